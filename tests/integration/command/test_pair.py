"""--pair: both sides of one federation, from a check and from evidence."""
import json

import pytest

import command

WAYS = ["to-microsoft", "from-microsoft", "presence", "call-back"]


@pytest.fixture
def both(tmp_path):
    """A zone with both domains: writes it, and gives the options."""
    def write(cisco="vcse.acano.steven.lab", microsoft="sip.skype.lab", chain="vcse.pem", more=()):
        zone = tmp_path / "both.zone"
        zone.write_text("$ORIGIN .\n$TTL 3600\nlab. IN SOA ns.lab. a.lab. 1 1 1 1 1\n"
                        f"_sipfederationtls._tcp.acano.steven.lab. IN SRV 0 0 5061 {cisco}.\n"
                        f"{cisco}. IN A 10.48.36.47\n"
                        f"_sipfederationtls._tcp.skype.lab. IN SRV 0 0 5061 {microsoft}.\n{microsoft}. IN A 10.48.36.6\n")
        return ["--offline", "--zone", f"lab={zone}", "--chain", f"{cisco}={command.LAB / chain}", "--chain",
                f"{microsoft}={command.LAB / 'expe.pem'}", *command.ROOTS, "--at", command.AT, "--allow-private", *more]
    return write


def pair(words, *more, **keywords):
    return command.run("check", "--pair", "acano.steven.lab", "skype.lab", *words, *more, **keywords)


def directions(done):
    document, = command.documents(done)
    assert document["format"] == "fedval-pair/1"
    assert document["cisco"]["profile"] in ("microsoft-edge", "office365")
    assert document["microsoft"]["profile"] == "expressway"
    return document


def test_the_record_of_the_cisco_side_breaks_every_way(both):
    document = directions(pair(both(cisco="vcse.steven.lab"), "--format", "json", expect=1))
    assert document["directions"] == dict.fromkeys(WAYS, "broken")
    assert {(r["side"], r["finding"]) for r in document["because"] if r["outlook"] == "broken"} == {
        ("cisco", "srv-target-outside-domain")}
    index = document["because"][0]["finding_index"]
    assert document["cisco"]["findings"][index]["code"] == "srv-target-outside-domain"


def test_what_is_accepted_breaks_nothing(both):
    words = both(cisco="vcse.steven.lab", more=["--ignore", "srv-target-outside-domain"])
    assert directions(pair(words, "--format", "json", expect=0))["directions"] == dict.fromkeys(WAYS, "works")
    assert "What was accepted does not count here" in pair(words, expect=0).stdout
    assert "accepted" not in pair(both(), expect=None).stdout


def test_what_was_not_seen_leaves_it_open(both):
    words = both(cisco="vcse.steven.lab", more=["--ignore", "srv-target-outside-domain"])
    place = next(i for i, word in enumerate(words) if str(word).startswith("vcse.steven.lab="))
    document = directions(pair(words[:place - 1] + words[place + 1:], "--format", "json", expect=2))
    assert set(document["directions"].values()) == {"unknown"}
    assert {(r["side"], r["finding"], r["requirement"]) for r in document["because"]} >= {("cisco", None, "R4")}
    assert "certificate" in document["not_seen"] and "user-policy" in document["not_seen"]


def test_whether_the_cloud_federates_is_not_known(both):
    words = both(cisco="vcse.steven.lab", microsoft="sipfed.online.lync.com",
                 more=["--ignore", "srv-target-outside-domain", "--ignore", "chain-private-root"])
    zone = next(str(word).split("=")[1] for word in words if str(word).startswith("lab="))
    text = open(zone).read()
    open(zone, "w").write("".join(line for line in text.splitlines(True) if not line.startswith("sipfed")))
    document = directions(pair([w for i, w in enumerate(words) if "sipfed" not in str(w) and
                                not (w == "--chain" and "sipfed" in str(words[i + 1]))], "--format", "json"))
    assert document["cisco"]["profile"] == "office365"
    assert {r["finding"] for r in document["because"] if r["side"] == "microsoft" and r["finding"]} >= {
        "srv-hosting-provider"}
    assert set(document["directions"].values()) <= {"unknown", "broken"}


def test_the_other_domain_of_the_calls_is_paired_by_itself(both):
    words = both(cisco="vcse.steven.lab", more=["--ignore", "srv-target-outside-domain", "--other-domain", "cms.steven.lab"])
    assert "pair the other domain too" in pair(words, expect=64).stderr


def test_the_text_says_it_and_shows_both_reports(both):
    text = pair(both(cisco="vcse.steven.lab"), expect=1).stdout
    assert text.startswith("acano.steven.lab (Cisco) and skype.lab (Microsoft)\n"
                           "  calls to Microsoft    broken   srv-target-outside-domain (acano.steven.lab)\n")
    assert "\nacano.steven.lab  FAIL" in text and "\nskype.lab  PASS" in text


def test_the_order_says_the_sides_and_a_provider_contradicts_it(tmp_path):
    zone = tmp_path / "zone"
    zone.write_text("_sipfederationtls._tcp.example.com. IN SRV 0 0 5061 sipfed.online.lync.com.\n")
    for form in ("text", "html", "markdown"):
        told = [" ".join(command.run("check", "--pair", *order, "--offline", "--zone", f"example.com={zone}", "--at", command.AT,
                                     "--format", form).stdout.replace("&quot;", '"').replace("\\", "").split())
                for order in (("example.com", "example.net"), ("example.net", "example.com"))]
        assert all('"works" means: as far as DNS and certificates tell' in text and "The sides are as given: the Cisco side first" in text
                   for text in told), told
        assert "The SRV record of example.com leads to Microsoft: if that is the Microsoft side, swap the two." in told[0]
        assert "swap the two" not in told[1]


def test_the_partner_is_no_peer_of_the_same_cluster(both):
    words = both()
    zone = next(str(word).split("=")[1] for word in words if str(word).startswith("lab="))
    text = open(zone).read().replace("10.48.36.6\n", "10.48.36.47\n")
    open(zone, "w").write(text)
    document = directions(pair(words, "--format", "json", expect=None))
    assert "cluster-name-missing" not in json.dumps(document)
    assert document["shared_server"] == "10.48.36.47"
    together = command.run("check", "acano.steven.lab", "skype.lab", *words, "--format", "json", "--side", "cisco", expect=None)
    assert "cluster-name-missing" in together.stdout


@pytest.mark.parametrize("microsoft, old, new, shared", [
    ("sip.skype.lab", "IN A 10.48.36.6\n", "IN A 10.48.36.47\n", "10.48.36.47"),
    ("sip.skype.lab", "IN A 10.48.36.6\n", "IN A 10.48.36.6\nsip.skype.lab. IN A 10.48.36.47\n", "10.48.36.47"),
    ("vcse.steven.lab", "IN A 10.48.36.6\n", "IN A 10.48.36.47\n", "vcse.steven.lab"),
    ("sip.skype.lab", "5061 sip.skype.lab.\nsip.skype.lab. IN A 10.48.36.6\n",
     "5062 sip.skype.lab.\nsip.skype.lab. IN A 10.48.36.47\n", None)])
def test_one_server_is_not_both_sides(both, microsoft, old, new, shared):
    words = both(cisco="vcse.steven.lab", microsoft=microsoft, more=[
        "--ignore", "srv-target-outside-domain", "--ignore", "cert-name-mismatch"])
    if microsoft == "vcse.steven.lab":  # a chain for each host, once
        words = words[:5] + words[7:]
    zone = next(str(word).split("=")[1] for word in words if str(word).startswith("lab="))
    text = open(zone).read()
    assert old in text
    open(zone, "w").write(text.replace(old, new))
    document = directions(pair(words, "--format", "json", expect=None))
    assert document["shared_server"] == shared
    assert ("works" in document["directions"].values()) == (shared is None)
    for form in ("text", "html", "markdown"):
        told = " ".join(pair(words, "--format", form).stdout.split())
        assert ("one server is no partner of itself" in told) == (shared is not None), (form, told[:600])


def test_evidence_gives_the_same(both, tmp_path):
    words = both(cisco="vcse.steven.lab")
    for domain in ("acano.steven.lab", "skype.lab"):
        command.run("check", domain, *[w for i, w in enumerate(words) if not (
            w == "--chain" and ("skype" in str(words[i + 1])) != (domain == "skype.lab")) and not (
            "=" in str(w) and words[i - 1] == "--chain" and ("skype" in str(w)) != (domain == "skype.lab"))],
            "--save-evidence", tmp_path / domain)
    done = command.run("evaluate", "--pair", tmp_path / "acano.steven.lab", tmp_path / "skype.lab", *command.ROOTS,
                       "--allow-private", "--format", "json", expect=1)
    assert directions(done)["directions"] == dict.fromkeys(WAYS, "broken")


def test_one_file_with_both_sides_gives_the_same(both, tmp_path):
    first = directions(pair(both(cisco="vcse.steven.lab"), "--save-evidence", tmp_path / "p.jsonl", "--format", "json", expect=1))
    again = directions(command.run("evaluate", "--pair", tmp_path / "p.jsonl", *command.ROOTS, "--allow-private", "--at", command.AT,
                                   "--format", "json", expect=1))
    assert again["directions"] == first["directions"] and again["cisco"]["domain"] == "acano.steven.lab"
    command.saved(1, tmp_path / "one")
    assert "both in one file" in " ".join(command.run("evaluate", "--pair", tmp_path / "one", expect=65).stderr.split())
    assert "--pair wants two" in command.run("evaluate", "--pair", *(3 * [tmp_path / "one"]), expect=64).stderr


def test_two_of_a_file_that_holds_more_are_named(tmp_path):
    paths = [command.saved(case, tmp_path / f"e{case}") for case in (3, 1, 5)]
    more = tmp_path / "more.jsonl"
    more.write_text("".join(path.read_text() for path in paths))
    rest = [*command.ROOTS, "--allow-private"]
    for files in ([more], paths):
        document = directions(command.run("evaluate", "--pair", "Acano.Steven.lab", "cms.steven.lab", *files, *rest,
                                          "--format", "json", expect=None))
        assert (document["cisco"]["domain"], document["microsoft"]["domain"]) == ("acano.steven.lab", "cms.steven.lab")
    for names in (["example.net", "example.com"], ["example.com", "example.net"]):
        done = command.run("evaluate", "--pair", *names, more, *rest, expect=65)
        assert done.stdout == "" and "no file holds the domain example.net" in done.stderr
    done = command.run("evaluate", "--pair", "example.com", "acano.steven.lab", more, paths[1], *rest, expect=65)
    assert done.stdout == "" and "more than once" in done.stderr
    assert "name the two" in " ".join(command.run("evaluate", "--pair", more, *rest, expect=65).stderr.split())
    assert "--pair wants two" in command.run("evaluate", "--pair", "a.example", "a.example", more, expect=64).stderr


def test_a_file_of_two_domains_is_no_side(tmp_path):
    command.saved(1, tmp_path / "one")
    (tmp_path / "two").write_text((tmp_path / "one").read_text() * 2)
    done = command.run("evaluate", "--pair", tmp_path / "one", tmp_path / "two", expect=65)
    assert done.stdout == "" and "two domains, one each" in done.stderr


def purposes(tmp_path, cisco, microsoft, *more):
    """A pair of sound domains whose certificates are for these purposes."""
    pki = command.TOP / "tests" / "pki" / "out"
    zone = tmp_path / "purposes.zone"
    zone.write_text("$ORIGIN .\n$TTL 3600\ncom. IN SOA ns.com. a.com. 1 1 1 1 1\n" +
                    "".join(f"_sipfederationtls._tcp.{domain}. IN SRV 0 0 5061 {host}.\n{host}. IN A {address}\n" for
                            domain, host, address in (("example.com", "expe.example.com", "20.30.40.50"),
                                                      ("partner.com", "sip.partner.com", "20.30.40.60"))))
    done = command.run("check", "--pair", "example.com", "partner.com", "--offline", "--zone", f"com={zone}", "--at",
                       "2030-01-01", "--public-trust", pki / "certs" / "root.pem", "--chain",
                       f"expe.example.com={pki / cisco}.pem", "--chain", f"sip.partner.com={pki / microsoft}.pem",
                       "--format", "json", *more)
    return directions(done)


OPEN = {"cisco": ["to-microsoft", "presence"], "microsoft": ["from-microsoft", "presence", "call-back"]}


@pytest.mark.parametrize("good", ["valid", "valid-no-eku"])
@pytest.mark.parametrize("side", ["cisco", "microsoft"])
def test_what_a_side_starts_with_a_certificate_for_servers_alone_is_open(tmp_path, side, good):
    """A calling certificate has clientAuth, both purposes or none at all (spec R6)."""
    chains = {"cisco": good, "microsoft": good, side: "eku-server-only"}
    document = purposes(tmp_path, chains["cisco"], chains["microsoft"])
    assert document["directions"] == {way: "unknown" if way in OPEN[side] else "works" for way in WAYS}
    assert {(r["side"], r["finding"], r["direction"]) for r in document["because"]} == {
        (side, "cert-eku-no-client-auth", way) for way in OPEN[side]}
    sound = purposes(tmp_path, good, good)
    assert sound["directions"] == dict.fromkeys(WAYS, "works")


def test_the_calling_certificate_decides_not_the_servers(tmp_path):
    pki = command.TOP / "tests" / "pki" / "out"
    for calling, outlook in (("eku-client-only", "works"), ("valid", "works"), ("eku-server-only", "unknown")):
        document = purposes(tmp_path, "eku-server-only", "valid", "--client-chain", pki / f"{calling}.pem")
        assert document["directions"]["to-microsoft"] == outlook, calling
        # it is the Expressway's, and says nothing of the partner
        assert {reason["side"] for reason in document["because"]} <= {"cisco"}, calling
        assert document["microsoft"]["client"] is None and document["cisco"]["client"] is not None
    assert purposes(tmp_path, "valid", "eku-server-only", "--expressway-version", "X14.3")["directions"] == dict.fromkeys(
        WAYS, "works")
    assert purposes(tmp_path, "valid", "eku-server-only", "--expressway-version", "X15.5")["directions"][
        "from-microsoft"] == "unknown"


@pytest.mark.parametrize("words", [["a.example"], ["a.example", "a.example"], ["a.example", "b.example", "c.example"],
                                   ["a.example", "b.example", "--profile", "office365"],
                                   ["a.example", "b.example", "--side", "cisco"],
                                   ["a.example", "b.example", "--format", "csv"]])
def test_what_a_pair_cannot_be(words):
    command.run("check", "--pair", *words, expect=64)


def test_the_document_is_one_of_its_schema(both):
    import jsonschema
    schemas = {}
    for path in (command.TOP / "docs" / "schema").glob("*.json"):
        schema = json.loads(path.read_text())
        schemas[schema["$id"]] = schema
    schema = schemas["https://libfedval.example/schema/pair-1.json"]
    document = directions(pair(both(), "--format", "json"))
    jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver(schema["$id"], schema, store=schemas)).validate(
        document)
