"""fedval plan, end to end: what it writes is used with the real tools, and the live check has the last word."""
import json
import pathlib
import re
import subprocess
import sys
import tarfile

import pytest

import command

sys.path[:0] = [str(command.TOP / "tests" / "integration"), str(command.TOP / "tests" / "integration" / "dns")]
import dns_servers  # noqa: E402
import servers  # noqa: E402

PKI = command.TOP / "tests" / "pki" / "out"
ANCHORS = ["--public-trust", PKI / "certs" / "root.pem", "--at", "2030-01-01"]


def intent(path, **members):
    """Writes an intent of one domain on one peer, with other members in the place of its own."""
    document = {"format": "fedval-intent/1", "domains": [{"name": "example.com", "host": "expe"}],
                "clusters": [{"version": "14.3", "peers": [{"name": "expe1.example.net", "addresses": ["93.184.216.34"]}],
                              "keep_names": []}]}
    path.write_text(json.dumps({**document, **members}))
    return path


def plan(path, *options, expect=0):
    return json.loads(command.run("plan", path, *ANCHORS, "--format", "json", *options, expect=expect).stdout)


# ---- the document ----

def test_the_template_is_an_intent(tmp_path):
    (tmp_path / "intent.yaml").write_text(command.run("plan", "--template", expect=0).stdout)
    done = command.run("plan", tmp_path / "intent.yaml", *ANCHORS, expect=1)
    assert done.stdout.startswith("1 domain on 1 peer:") and "203.0.113.1" in done.stdout
    assert "address-not-public" in done.stdout  # it is an address for documents


def test_yaml_says_the_same_as_json(tmp_path):
    yaml = """
format: fedval-intent/1
domains:
- {name: example.com, host: expe}
clusters:
- version: 14.3
  peers:
  - name: expe1.example.net
    addresses:
    - 93.184.216.34
  keep_names: []
"""
    (tmp_path / "intent.yaml").write_text(yaml)
    assert plan(tmp_path / "intent.yaml") == plan(intent(tmp_path / "intent.json"))


def test_a_byte_order_mark_is_passed_over(tmp_path):
    path = intent(tmp_path / "intent.json")
    (tmp_path / "marked.json").write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert plan(tmp_path / "marked.json") == plan(path)


@pytest.mark.parametrize("text, place, message", [
    ("format: fedval-intent/1\ndomains:\n- nmae: example.com\n", ":3:", "nmae: this format has no such member; the nearest is name"),
    ("format: fedval-intent/1\ndomains:\n- name: example.com\n  host: a.b\n", ":4:", "host: not one label"),
    ("format: fedval-intent/1\ndomains:\n- {name: example.com, zone: ample.com}\nclusters:\n- peers: [name: expe.example.com]\n",
     ":3:", "zone: neither the domain nor a parent of it"),
    ("format: fedval-intent/1\ndomains: []\nclusters:\n- peers: [name: a.example.com, name: a.example.com]\n", ":4:", "two of them have the name a.example.com"),
    ("format: fedval-intent/1\ndomains: []\nclusters:\n- peers: [{name: a.example.com, addresses: [93.184.216.34]}, "
     "{name: b.example.com, addresses: [93.184.216.34]}]\n", ":4:", "two of them have the address 93.184.216.34"),
    ("format: fedval-intent/1\ndomains: []\nclusters:\n- peers: [name: a.example.com]\n- peers: [name: b.example.com]\n- peers: [name: a.example.com]\n",
     ":4:", "two of them have a peer with the name or address "),
    ("format: fedval-intent/1\ndomains: []\nclusters:\n- peers: [{name: a.example.com, addresses: [93.184.216.34]}]\n"
     "- peers: [{name: b.example.com, addresses: [93.184.216.35, 93.184.216.34]}]\n", ":4:", "two of them have a peer with the name or address 93.184.216.34"),
    ("format: fedval-intent/1\ndomains: [{name: a.example.com}]\ncluster:\n- peers: [name: b.example.com]\n", ":4:",
     "cluster: this format has no such member; the nearest is clusters"),
    ("format: fedval-intent/1\ndomains: [{name: a.example.com, cluster: other}]\nclusters:\n- peers: [name: b.example.com]\n", ":2:",
     "no cluster has that name"),
    ("format: fedval-intent/1\ndomains: [{name: a.example.com}]\nclusters:\n- peer: [name: b.example.com]\n", ":4:",
     "peer: this format has no such member; the nearest is peers"),
    ("format: fedval-intent/1\ndomains: [{name: a.example.com}]\nclusters:\n- peers: [name: b.example.com]\n  keep_names: [mra.example.com]\n", ":5:",
     "such as {name: mra.example.com, for: _collab-edge._tls}"),
    ("format: fedval-intent/1\ndomains: [\n", ":3:", ""),
    ("a: &x [1]\nb: *x\n", ":2:", "aliases are not taken"),
    ("format: fedval-intent/1\n---\nformat: fedval-intent/1\n", ":2:", "a second document"),
    ("", ":1:", "it is empty"),
    ("{\"format\":\"fedval-intent/1\",\n\"domain\":[]}", ":2:", "domain: this format has no such member; the nearest is domains"),
])
def test_a_mistake_has_its_line(tmp_path, text, place, message):
    (tmp_path / "intent").write_text(text)
    done = command.run("plan", tmp_path / "intent", expect=65)
    assert f"intent{place}" in done.stderr and message in done.stderr, done.stderr


def test_a_file_that_is_not_there_is_named(tmp_path):
    path = intent(tmp_path / "intent.json", trust=["no-such-file.pem"])
    wanted = f"{path}: it names {tmp_path / 'no-such-file.pem'}: No such file or directory"
    assert wanted in " ".join(command.run("plan", path, expect=65).stderr.split())


@pytest.mark.parametrize("use, text, message", [
    ("zones", None, "today.file: No such file"),
    ("zones", "@ IN SOA\n", "today.file:1: not a record"),
    ("zones", "_sipfederationtls._tcp.example.com. 3600 IN SRV 0 0 5061 expe.example.com.\nexpe.example.net. A 93.184.216.34\n", "without a SOA record, of several zones"),
    ("evidence", None, "today.file: No such file"),
    ("evidence", "{}", "today.file"),
])
def test_without_what_there_is_today_nothing_is_planned(tmp_path, use, text, message):
    if text is not None:
        (tmp_path / "today.file").write_text(text)
    done = command.run("plan", intent(tmp_path / "intent.json", today={use: ["today.file"]}), *ANCHORS, expect=65)
    assert done.stdout == "" and len(done.stderr.splitlines()) == 1 and message in done.stderr


@pytest.mark.parametrize("words", [(), ("a", "b"), ("--write", "x")])
def test_plan_wants_one_file(words):
    assert "see fedval plan --help" in command.run("plan", *words, expect=64).stderr


@pytest.mark.parametrize("count, num_questions, has_rest", [(20, 20, False), (21, 21, True), (300, 21, True)])
def test_of_many_wildcards_the_first_are_asked_about(tmp_path, count, num_questions, has_rest):
    names = ",".join(f"DNS:*.w{i}.example.com" for i in range(count))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "/dev/null",
                    "-out", tmp_path / "now.pem", "-subj", "/CN=expe1.example.net", "-addext", f"subjectAltName={names}"],
                   check=True, capture_output=True)
    peer = {"name": "expe1.example.net", "addresses": ["93.184.216.34"], "server": {"certificate": "now.pem"}}
    asked = [text for text in plan(intent(tmp_path / "intent.json", clusters=[{"peers": [peer]}]))["questions"] if "rely on" in text]
    assert len(asked) == num_questions and any("the other wildcards" in text for text in asked) == has_rest


@pytest.mark.parametrize("form", ["text", "json", "html", "markdown"])
def test_findings_beyond_the_limit_of_the_policy_are_left_out(tmp_path, form):
    (tmp_path / "policy.json").write_text(json.dumps({"format": "fedval-policy/1", "max_findings": 2}))
    peer = {"name": "expe1.example.net", "addresses": ["10.1.1.1", "10.1.1.2", "10.1.1.3"]}
    path = intent(tmp_path / "intent.json", clusters=[{"peers": [peer]}])
    words = ["plan", path, "--policy", tmp_path / "policy.json", "--format", form]
    told = command.run(*words, expect=1).stdout
    assert "10.1.1.1" in told
    if form == "json":
        assert [finding["code"] for finding in json.loads(told)["domains"][0]["findings"]] == ["address-not-public"] * 2


# ---- what there is today ----

ZONE = """$ORIGIN example.com.
$TTL 3600
@ IN SOA ns hostmaster 1 7200 900 1209600 3600
@ IN NS ns
ns IN A 93.184.216.53
expe IN A 93.184.216.80
_sipfederationtls._tcp IN SRV 0 0 5061 old
old IN A 93.184.216.34
_collab-edge._tls IN SRV 0 0 8443 mra
_xmpp-server._tcp 600 IN SRV 0 0 5269 xmpp.example.com.
"""


def test_zones_are_today(tmp_path):
    (tmp_path / "example.com.zone").write_text(ZONE)
    found = plan(intent(tmp_path / "intent.json", today={"zones": ["example.com.zone"]},
                        domains=[{"name": "example.com", "host": "sip"}]))
    assert found["verdict_today"] == "indeterminate" and found["after"] == "pass"
    srv = [step for step in found["steps"] if step["type"] == "SRV"]
    assert [step["op"] for step in srv] == ["replace"] * 3  # the TTL is lowered, the record replaced, the TTL raised
    assert srv[0]["ttl"] == 300 and srv[0]["wait_s"] == 3600


def test_a_host_that_is_wanted_is_looked_up_too(tmp_path):
    """No record leads to it, so no check asks for it: its address is somebody else's all the same."""
    (tmp_path / "example.com.zone").write_text(ZONE)
    found = plan(intent(tmp_path / "intent.json"), "--zone", tmp_path / "example.com.zone")
    assert found["domains"][0]["target"] != "expe.example.com"
    assert any("expe.example.com is taken: it leads to 93.184.216.80" in question for question in found["questions"])


def test_saved_evidence_is_today(tmp_path):
    command.saved(5, tmp_path / "saved.json")
    path = intent(tmp_path / "intent.json", today={"evidence": ["saved.json"]})
    assert plan(path, "--allow-private")["domains"][0]["verdict_today"] in ("pass", "fail", "indeterminate")


def test_a_zone_that_covers_no_domain_tells_nothing_of_them(tmp_path):
    (tmp_path / "zone").write_text(ZONE.replace("example.com", "example.org"))
    domains = [{"name": name, "host": "expe"} for name in ("example.com", "example.net")]
    path = intent(tmp_path / "intent.json", domains=domains, today={"zones": ["zone"]})
    questions = plan(path)["questions"]
    assert all(any(f"what does DNS say of {domain['name']} today?" in text for text in questions) for domain in domains)
    head = " ".join(command.run("plan", path, *ANCHORS, expect=0).stdout.split("\n\n")[0].split())
    assert "What works now is not known of every domain" in head and "nothing that works now breaks" not in head
    (tmp_path / "zone").write_text(ZONE)
    assert not any("DNS say of example.com" in text for text in plan(path)["questions"])


# ---- learning ----

def learn(*files):
    done = command.run("plan", "--from", *files, expect=0)
    return json.loads(done.stdout)


def test_an_intent_is_learnt_from_a_zone(tmp_path):
    (tmp_path / "zone").write_text(ZONE)
    learnt = learn(tmp_path / "zone")
    assert learnt["domains"] == [{"name": "example.com", "host": "old"}]
    peer, = learnt["clusters"][0]["peers"]
    assert peer["name"] == "old.example.com" and peer["addresses"] == ["93.184.216.34"]
    assert learnt["clusters"][0]["keep_names"] == [{"name": "mra.example.com", "for": "_collab-edge._tls"},
                                                   {"name": "xmpp.example.com", "for": "_xmpp-server._tcp"}]
    assert any("which release" in question["question"] and question["member"] == "version" for question in learnt["questions"]
               if isinstance(question, dict))
    (tmp_path / "intent.json").write_text(json.dumps(learnt))
    assert plan(tmp_path / "intent.json")["after"] == "pass"


def test_a_zone_without_a_federation_record_is_where_a_plan_begins(tmp_path):
    (tmp_path / "zone").write_text("".join(line for line in ZONE.splitlines(True) if "_sipfederationtls" not in line))
    learnt = learn(tmp_path / "zone")
    assert learnt["domains"] == [{"name": "example.com"}]
    assert "is example.com to federate?" in learnt["questions"][0]
    assert any("FQDN of the Expressway-E" in question for question in learnt["questions"])


def test_an_intent_in_another_folder_finds_what_it_was_learnt_from(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "zone").write_text(ZONE)
    (tmp_path / "plans").mkdir()
    command.run("plan", "--from", "zone", "--output", "plans/intent.json", expect=0)
    assert plan("plans/intent.json")["after"] == "pass"


def test_a_zone_that_does_not_say_its_name_is_told(tmp_path):
    (tmp_path / "zone").write_text(ZONE.partition("\n")[2])
    assert "$ORIGIN" in command.run("plan", "--from", tmp_path / "zone", expect=65).stderr


def test_issuers_are_learnt_with_their_certificate(tmp_path):
    (tmp_path / "zone").write_text(ZONE)
    learnt = learn(tmp_path / "zone", PKI / "leaf-last.pem")
    assert learnt["clusters"][0]["peers"][0]["server"]["certificate"].count("BEGIN") > 1
    (tmp_path / "intent.json").write_text(json.dumps(learnt))
    plan(tmp_path / "intent.json")


def test_no_file_is_passed_over_in_silence(tmp_path):
    (tmp_path / "zone").write_text(ZONE)
    (tmp_path / "readme").write_text("hello")
    with tarfile.open(tmp_path / "other.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "readme", "readme")
    questions = learn(tmp_path / "zone", PKI / "valid.pem", PKI / "expired.pem", tmp_path / "other.tar.gz")["questions"]
    assert any("expired.pem" in question and "not in the intent" in question for question in questions)
    assert any("other.tar.gz" in question and "Nothing was learnt" in question for question in questions)


def test_the_peer_is_named_by_its_certificate(tmp_path):
    (tmp_path / "zone").write_text("".join(line for line in ZONE.splitlines(True) if "_sipfederationtls" not in line))
    learnt = learn(tmp_path / "zone", PKI / "valid.pem")
    assert learnt["clusters"][0]["peers"][0]["name"] == "expe.example.com"
    assert learnt["clusters"][0]["peers"][0]["addresses"] == ["93.184.216.80"]  # its A record
    assert any("is expe.example.com the FQDN" in question for question in learnt["questions"])


XCONFIGURATION = """*c xConfiguration SystemUnit Name: "expe1"
*c xConfiguration IP DNS Hostname: "expe1"
*c xConfiguration IP DNS Domain Name: "example.net"
*c xConfiguration Ethernet 1 IP V4 Address: "10.0.0.1"
*c xConfiguration Ethernet 1 IP V4 StaticNAT Address: "93.184.216.34"
*c xConfiguration Alternates Cluster Name: "cluster.example.net"
*c xConfiguration Alternates Peer 1 Address: "expe1.example.net"
*c xConfiguration Alternates Peer 2 Address: "expe2.example.net"
*c xConfiguration SIP Domains Domain 1 Name: "example.com"
*c xConfiguration SIP Domains Domain 2 Name: "cms.example.com"
*c xConfiguration Zones Zone 3 DNS SIP TLS Verify Mode: "On"
*s SystemUnit Software Version: "X15.5.1"
"""


def is_learnt_of_an_expressway(learnt):
    assert [domain["name"] for domain in learnt["domains"]] == ["example.com", "cms.example.com"]
    cluster, = learnt["clusters"]
    assert (cluster["name"], cluster["version"]) == ("cluster.example.net", "15.5.1")
    assert [peer["name"] for peer in cluster["peers"]] == ["expe1.example.net", "expe2.example.net"]
    assert cluster["peers"][0]["addresses"] == ["93.184.216.34"]
    assert any("TLS verify mode On" in question for question in learnt["questions"])
    return cluster["peers"][0]


def test_an_intent_is_learnt_from_an_expressway(tmp_path):
    (tmp_path / "xconf.txt").write_text(XCONFIGURATION)
    is_learnt_of_an_expressway(learn(tmp_path / "xconf.txt"))


def test_the_other_peers_have_the_addresses_that_a_zone_gives_them(tmp_path):
    (tmp_path / "xconf.txt").write_text(XCONFIGURATION)
    (tmp_path / "zone").write_text(ZONE.replace("example.com.\n$TTL", "example.net.\n$TTL").replace("_sipfederationtls._tcp IN SRV 0 0 5061 old\n", "")
                                   + "expe2 IN A 93.184.216.35\nexpe2 IN AAAA 2606:2800:220:1::35\nexpe20 IN A 93.184.216.36\n")
    peers = learn(tmp_path / "xconf.txt", tmp_path / "zone")["clusters"][0]["peers"]
    assert [peer["addresses"] for peer in peers] == [["93.184.216.34"], ["93.184.216.35", "2606:2800:220:1::35"]]


def test_an_intent_is_learnt_from_a_diagnostic_archive_with_its_certificates(tmp_path):
    (tmp_path / "xconf_dump.txt").write_text(XCONFIGURATION)
    for name, source in (("server_cert.pem", "valid-cluster"), ("client_cert.pem", "valid")):
        (tmp_path / name).write_text((PKI / f"{source}.pem").read_text())
    with tarfile.open(tmp_path / "diagnostic.tar.gz", "w:gz") as archive:
        for name in ("xconf_dump.txt", "server_cert.pem", "client_cert.pem"):
            archive.add(tmp_path / name, f"expe1/{name}")
    peer = is_learnt_of_an_expressway(learn(tmp_path / "diagnostic.tar.gz"))
    assert peer["server"]["certificate"].startswith("-----BEGIN CERTIFICATE-----\n")
    assert peer["calling"]["certificate"] != peer["server"]["certificate"]
    (tmp_path / "intent.json").write_text(json.dumps(learn(tmp_path / "diagnostic.tar.gz")))
    names = [name["name"] for name in plan(tmp_path / "intent.json", expect=0)["requests"][0]["names"]]
    assert "expe2.example.com" in names  # the present certificate has it


def test_an_intent_is_learnt_from_saved_evidence(tmp_path):
    learnt = learn(command.saved(5, tmp_path / "saved.json"))
    assert learnt["domains"] == [{"name": "example.com", "host": "expe"}]
    assert learnt["today"]["evidence"] == [str(tmp_path / "saved.json")]


def test_nothing_is_learnt_from_what_holds_nothing(tmp_path):
    (tmp_path / "note.txt").write_text("hello")
    assert "nothing can be learnt" in command.run("plan", "--from", tmp_path / "note.txt", expect=65).stderr


# ---- the files, with real tools ----

def openssl(*words):
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, timeout=120)


def make_ca(folder):
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Plan test CA", "-days", "3650",
            "-keyout", folder / "ca.key", "-out", folder / "ca.pem", "-addext", "keyUsage=critical,keyCertSign,cRLSign")


def issue(folder, config):
    """openssl req from the configuration that was written; the CA of the test signs what is asked."""
    stem = folder / config.stem
    openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-config", config, "-keyout", f"{stem}.key", "-out", f"{stem}.csr")
    openssl("req", "-in", f"{stem}.csr", "-noout", "-verify")
    openssl("x509", "-req", "-in", f"{stem}.csr", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key", "-CAcreateserial",
            "-days", "90", "-copy_extensions", "copy", "-out", f"{stem}.pem")
    return stem


def tls_server(stem, address):
    return servers.process(["openssl", "s_server", "-accept", f"{address}:5061", "-quiet", "-naccept", "1000", "-cert", f"{stem}.pem",
                            "-key", f"{stem}.key", "-Verify", "1", "-no-CAfile", "-no-CApath", "-no-CAstore"], 5061, address)


def check(domain, resolver, folder, expect=0):
    return command.documents(command.run("check", domain, "--resolver", resolver, "--allow-private", "--trust", folder / "ca.pem",
                                         "--timeout", "20", "--format", "json", expect=expect))[0]


needs_nsd = pytest.mark.skipif(dns_servers.NSD is None, reason="nsd is not installed")


@needs_nsd
def test_what_is_written_works_with_real_tools(tmp_path):
    address = servers.loopback_address()
    path = intent(tmp_path / "intent.json", ca="private", clusters=[
        {"version": "14.3", "keep_names": [{"name": "mra.example.net", "for": "_collab-edge._tls"}],
         "peers": [{"name": "expe1.example.net", "addresses": [address]}]}])
    command.run("plan", path, "--allow-private", "--write", tmp_path / "out", expect=0)
    make_ca(tmp_path)
    stem = issue(tmp_path, tmp_path / "out" / "expe1.example.net.server.cnf")
    text = subprocess.run(["openssl", "x509", "-in", f"{stem}.pem", "-noout", "-ext", "subjectAltName"], capture_output=True, text=True).stdout
    assert {"expe1.example.net", "expe.example.com", "mra.example.net"} == set(re.findall(r"DNS:([\w.-]+)", text))
    with dns_servers.nsd({"example.com": (tmp_path / "out" / "example.com.zone").read_text()}) as resolver, tls_server(stem, address):
        report = check("example.com", resolver, tmp_path)
    assert report["verdict"] == "pass" and report["endpoints"][0]["target"] == "expe.example.com"


def apply(zones, step):
    """What a step does to the zones: zone -> owner and type -> records."""
    records = zones[step["zone"]]
    key = (step["owner"], step["type"])
    line = f"{step['owner']} {step['ttl']} IN {step['type']} {step['data']}"
    if step["op"] == "remove":
        records[key] = [one for one in records[key] if not one.endswith(f" {step['data']}")]
    else:
        records[key] = [line] + (records.get(key, []) if step["op"] == "add" else [])


@needs_nsd
def test_the_lab_is_walked_from_broken_to_passing_and_nothing_that_works_breaks(tmp_path):
    """The lab of the specification: the UC domain works; one CMS domain leads outside, the other too deep."""
    address = servers.loopback_address()
    make_ca(tmp_path)
    (tmp_path / "today.cnf").write_text("[req]\nprompt=no\ndistinguished_name=d\nreq_extensions=e\n[d]\nCN=vcse.steven.lab\n"
                                        "[e]\nsubjectAltName=DNS:vcse.steven.lab\nextendedKeyUsage=serverAuth,clientAuth\n")
    serving = issue(tmp_path, tmp_path / "today.cnf")
    service = "_sipfederationtls._tcp"
    zones = {"steven.lab": {("vcse.steven.lab.", "A"): [f"vcse.steven.lab. 60 IN A {address}"],
                            (f"{service}.steven.lab.", "SRV"): [f"{service}.steven.lab. 60 IN SRV 0 0 5061 vcse.steven.lab."],
                            (f"{service}.acano.steven.lab.", "SRV"): [f"{service}.acano.steven.lab. 60 IN SRV 0 0 5061 vcse.steven.lab."],
                            (f"{service}.cms.steven.lab.", "SRV"): [f"{service}.cms.steven.lab. 60 IN SRV 0 0 5061 vcse.sub.cms.steven.lab."],
                            ("vcse.sub.cms.steven.lab.", "A"): [f"vcse.sub.cms.steven.lab. 60 IN A {address}"]}}
    names = ["steven.lab", "acano.steven.lab", "cms.steven.lab"]

    def verdicts():
        text = {zone: "\n".join(line for lines in records.values() for line in lines) + "\n" for zone, records in zones.items()}
        with dns_servers.nsd(text) as resolver, tls_server(serving, address):
            return {name: check(name, resolver, tmp_path, expect=None)["verdict"] for name in names}

    text = "\n".join(line for lines in zones["steven.lab"].values() for line in lines) + "\n"
    with dns_servers.nsd({"steven.lab": text}) as resolver, tls_server(serving, address):
        path = intent(tmp_path / "intent.json", ca="private", trust=["ca.pem"],
                      domains=[{"name": name, "host": "vcse", "zone": "steven.lab"} for name in names],
                      clusters=[{"version": "14.3", "keep_names": [], "peers": [{"name": "vcse.steven.lab", "addresses": [address]}]}],
                      partners=[{"name": "skype.lab", "allowed": ["acano.steven.lab"]}],
                      today={"live": True, "resolver": resolver})
        found = json.loads(command.run("plan", path, "--allow-private", "--format", "json", "--write", tmp_path / "out").stdout)
    assert {d["domain"]: (d["verdict_today"], d["after"]) for d in found["domains"]} == {
        "steven.lab": ("pass", "pass"), "acano.steven.lab": ("fail", "pass"), "cms.steven.lab": ("fail", "pass")}
    assert not [step for step in found["steps"] if step["hurts"]]
    passing = {"steven.lab"}
    assert {name for name, verdict in verdicts().items() if verdict == "pass"} == passing
    signed = issue(tmp_path, tmp_path / "out" / "vcse.steven.lab.server.cnf")
    for step in found["steps"]:
        if step["alternative_to"] is not None or step["kind"] not in ("dns", "expressway"):
            continue
        if step["kind"] == "dns":
            apply(zones, step)
        else:
            serving = signed
        now = {name for name, verdict in verdicts().items() if verdict == "pass"}
        assert now >= passing, (step, now)
        passing = now
    assert passing == set(names)


# ---- grammar ----

FQDN = r"[a-z0-9-]+(\.[a-z0-9-]+)+"
POWERSHELL = [rf'New-CsAllowedDomain -Identity "{FQDN}"( -ProxyFqdn "{FQDN}")?', rf'Set-CsAllowedDomain -Identity "{FQDN}" -ProxyFqdn "{FQDN}"',
              rf'Set-CsTenantFederationConfiguration -AllowedDomainsAsAList @\{{Add="{FQDN}"\}}']
EXPRESSWAY = [r"xConfiguration XCP TLS Certificate CVS EnableServerEkuUpload: (On|Off)",
              r"xConfiguration SIP TLS Certificate ExtendedKeyUsage Checking Mode: (On|Off)"]


def commands(path):
    lines = [line.removeprefix("# ") for line in path.read_text().splitlines()]
    return [line for line in lines if re.match(r"(New|Set)-Cs|xConfiguration ", line)]


@pytest.mark.parametrize("kind, version", [("on-premises", "14.3"), ("office365", "15.4"), ("on-premises", "15.5")])
def test_commands_follow_the_grammar_of_the_documents(tmp_path, kind, version):
    path = intent(tmp_path / "intent.json", domains=[{"name": "example.com"}, {"name": "video.example.com"}], partners=[
        {"name": "skype.lab", "kind": kind}, {"name": "fabrikam.lab", "kind": kind, "allowed": ["example.com"], "proxy_fqdn": "expe.example.com"}],
        clusters=[{"name": "cluster.example.net", "version": version, "peers": [
            {"name": "expe1.example.net", "addresses": ["93.184.216.34"], "server": {}, "calling": {}}], "keep_names": []}])
    command.run("plan", path, *ANCHORS, "--write", tmp_path / "out", expect=0)
    powershell = [line for name in ("skype.lab.ps1", "fabrikam.lab.ps1") for line in commands(tmp_path / "out" / name)]
    assert powershell and all(any(re.fullmatch(form, line) for form in POWERSHELL) for line in powershell), powershell
    lines = [line for path in (tmp_path / "out").glob("*.xconfiguration.txt") for line in commands(path)]
    assert bool(lines) == (version != "14.3") and all(any(re.fullmatch(form, line) for form in EXPRESSWAY) for line in lines)


NEW_PARTNER = {"name": "skype.lab", "kind": "on-premises", "allowed": ["example.com"]}


def test_files_of_an_earlier_plan_go_and_others_stay(tmp_path):
    out = tmp_path / "out"
    domains = [{"name": "example.com"}, {"name": "video.example.com"}]
    path = intent(tmp_path / "intent.json", domains=domains, partners=[NEW_PARTNER])
    command.run("plan", path, *ANCHORS, "--write", out, expect=0)
    assert (out / "video.example.com.zone").exists() and (out / "skype.lab.ps1").exists()
    (out / "expe1.example.net.server.key").write_text("not ours")
    (tmp_path / "outside").write_text("not ours")
    with open(out / "fedval-plan.files", "a") as listed:
        listed.write("../outside\n..\n\nno-such-file\n")
    done = command.run("plan", intent(path, domains=domains[:1]), *ANCHORS, "--write", out, expect=0)
    gone = {"video.example.com.zone", "skype.lab.ps1", "letter-skype.lab.txt"}
    assert {line.split(": ")[1].split("/")[-1] for line in done.stderr.splitlines()} == gone
    assert not gone & {entry.name for entry in out.iterdir()}
    assert (out / "expe1.example.net.server.key").exists() and (tmp_path / "outside").exists()
    assert sorted((out / "fedval-plan.files").read_text().splitlines()) == sorted(
        entry.name for entry in out.iterdir() if entry.name not in ("fedval-plan.files", "expe1.example.net.server.key"))


def test_the_letter_says_which_domain_is_new(tmp_path):
    path = intent(tmp_path / "intent.json", domains=[{"name": "example.com"}, {"name": "video.example.com"}], partners=[NEW_PARTNER])
    command.run("plan", path, *ANCHORS, "--write", tmp_path / "out", expect=0)
    letter = (tmp_path / "out" / "letter-skype.lab.txt").read_text()
    assert re.search(r"^  example.com .*on your list already", letter, re.M) and re.search(r"^  video.example.com .*NEW", letter, re.M)
    assert "Please allow these domains; skype.lab.ps1 holds the commands:\n  video.example.com\n" in letter


def test_the_page_and_the_configuration_agree_on_names(tmp_path):
    path = intent(tmp_path / "intent.json", clusters=[{"name": "cluster.example.net", "version": "14.3", "keep_names": [], "peers": [
        {"name": f"expe{i}.example.net", "addresses": [f"93.184.216.{i}"]} for i in (1, 2)]}])
    command.run("plan", path, *ANCHORS, "--write", tmp_path / "out", expect=0)
    for peer in ("expe1.example.net", "expe2.example.net"):
        config = (tmp_path / "out" / f"{peer}.server.cnf").read_text()
        page = (tmp_path / "out" / f"{peer}.server.csr-page.txt").read_text()
        assert "FQDN of Expressway only" in page
        listed = page.split("(comma separated):\n\n")[1].splitlines()[0].split(",")
        assert {peer, *listed} == set(re.findall(r"^DNS\.\d+ = (.*)$", config, re.M)) and "cluster.example.net" in listed


@pytest.mark.parametrize("name, reason", [("issuer-expired", "chain-issuer-expired"), ("key-rsa1024", "cert-key-weak"), ("valid", None)])
def test_what_lies_ready_and_will_not_do_fails(tmp_path, name, reason):
    (tmp_path / "new1.pem").write_bytes((PKI / f"{name}.pem").read_bytes())
    peer = {"name": "expe.example.com", "addresses": ["93.184.216.34"], "server": {"ready": "new1.pem"}}
    path = intent(tmp_path / "intent.json", clusters=[{"version": "14.3", "keep_names": [], "peers": [peer]}])
    told = command.run("plan", path, *ANCHORS, expect=0 if reason is None else 1).stdout
    assert ("1 of what lies ready will not do" in told.splitlines()[0]) == (reason is not None)
    assert reason is None or f"because new1.pem will not do: {reason}" in " ".join(told.split())
    assert plan(path, expect=0 if reason is None else 1)["after"] == "pass"


def test_a_ca_is_named_once(tmp_path):
    root, ready = str(PKI / "certs" / "root.pem"), str(PKI / "valid.pem")
    path = intent(tmp_path / "intent.json", trust=[root], ca="private", partners=[NEW_PARTNER], clusters=[
        {"name": f"cluster{i}.example.net", "version": "14.3", "keep_names": [], "peers": [
            {"name": f"expe{i}.example.com", "addresses": [f"93.184.216.{i}"], "server": {"ready": ready}}]} for i in (1, 2)],
        domains=[{"name": "example.com", "host": "expe", "cluster": "cluster1.example.net"}])
    command.run("plan", path, "--at", "2030-01-01", "--write", tmp_path / "out")
    for name in ("letter-skype.lab.txt", "cluster1.example.net.trust.pem"):
        digests = re.findall(r"SHA-256 ([0-9a-f]{64})", (tmp_path / "out" / name).read_text())
        assert digests and len(digests) == len(set(digests)), name


def test_what_is_open_today_has_its_reason(tmp_path):
    (tmp_path / "zone").write_text(ZONE)
    path = intent(tmp_path / "intent.json", domains=[{"name": "example.com", "host": "sip"}], today={"zones": ["zone"]})
    found = plan(path)["domains"][0]
    assert found["verdict_today"] == "indeterminate" and "R5" in found["not_seen_today"] and found["why_today"] == []
    assert re.search(r"\(now INDETERMINATE: not seen: (R\d, )*R7\)", command.run("plan", path, *ANCHORS, expect=0).stdout)
    (tmp_path / "zone").write_text(ZONE.replace("5061 old", "5061 old.example.net."))
    assert plan(path)["domains"][0]["why_today"] == ["srv-target-outside-domain"]
    assert "(now FAIL: srv-target-outside-domain)" in command.run("plan", path, *ANCHORS, expect=0).stdout


def test_a_member_that_is_open_is_asked_for_once(tmp_path):
    clusters = [{"peers": [{"name": "expe1.example.net", "addresses": ["93.184.216.34"]}], "keep_names": []}]
    path = intent(tmp_path / "intent.json", clusters=clusters, questions=[
        {"question": "which release runs? (version)", "member": "version"}, {"question": "which one runs? (version)", "member": "version", "about": "expe1.example.net"},
        {"question": "which runs at expe9? (version)", "member": "version", "about": "expe9.example.net"}, "who are the partners? (partners)"])
    asked = [question["question"] for question in plan(path)["open_questions"] if question["member"] == "version"]
    assert len(asked) == 2 and asked[1] == "which runs at expe9? (version)" and "who are the partners? (partners)" in plan(path)["questions"]


def test_what_is_learnt_and_open_is_asked_once(tmp_path):
    (tmp_path / "zone").write_text(ZONE)
    (tmp_path / "intent.json").write_text(json.dumps(learn(tmp_path / "zone")))
    asked = [question["member"] for question in plan(tmp_path / "intent.json")["open_questions"]]
    assert asked.count("version") == 1 and asked.count("server.certificate") == 1


@pytest.mark.parametrize("version", ["14.3", "15.4", "15.5"])
def test_a_plan_with_nothing_to_do_says_so_and_writes_nothing(tmp_path, version):
    pem = (PKI / "valid.pem").read_text()
    (tmp_path / "zone").write_text("example.com. 3600 IN SOA ns.example.com. hostmaster.example.com. 1 7200 900 1209600 3600\n"
                                   "_sipfederationtls._tcp.example.com. 3600 IN SRV 0 0 5061 expe.example.com.\n"
                                   "expe.example.com. 3600 IN A 93.184.216.34\n")
    path = intent(tmp_path / "intent.json", today={"zones": ["zone"]}, partners=[NEW_PARTNER], clusters=[
        {"version": version, "keep_names": [], "peers": [{"name": "expe.example.com", "addresses": ["93.184.216.34"],
                                                         "server": {"certificate": pem}, "calling": {"certificate": pem}}]}])
    done = command.run("plan", path, *ANCHORS, "--write", tmp_path / "out", expect=0)
    assert "nothing is to be done, all is as it has to be" in done.stdout, done.stdout
    assert [entry.name for entry in (tmp_path / "out").iterdir()] == ["fedval-plan.files"]


def test_a_list_of_allowed_domains_is_not_begun_unawares(tmp_path):
    path = intent(tmp_path / "intent.json", partners=[{"name": "contoso.com", "kind": "office365"}])
    command.run("plan", path, *ANCHORS, "--write", tmp_path / "out", expect=0)
    assert "AllowAllKnownDomains, run none of this" in (tmp_path / "out" / "contoso.com.ps1").read_text()


def test_what_a_name_is_for_stays_in_its_comment(tmp_path):
    path = intent(tmp_path / "intent.json", clusters=[{"version": "14.3", "peers": [
        {"name": "expe1.example.net", "addresses": ["93.184.216.34"]}],
        "keep_names": [{"name": "mra.example.com", "for": "MRA\n[extensions]\nbasicConstraints = CA:TRUE"}]}])
    command.run("plan", path, *ANCHORS, "--write", tmp_path / "out", expect=0)
    config = next((tmp_path / "out").glob("*.cnf")).read_text()
    assert "# keep: MRA [extensions] basicConstraints = CA:TRUE\n" in config and config.count("\n[extensions]\n") == 1


def unbroken(text):
    """Prose without its line breaks."""
    return " ".join(text.split())


def test_what_is_not_known_of_today_is_not_said_to_go_on_working(tmp_path):
    path = intent(tmp_path / "intent.json")
    done = command.run("plan", path, *ANCHORS, expect=0)
    assert "What works now is not known of every domain" in unbroken(done.stdout) and "Nothing that works now" not in done.stdout
    (tmp_path / "zone").write_text(ZONE)
    done = command.run("plan", path, *ANCHORS, "--zone", tmp_path / "zone")
    assert "As far as is known, nothing that works now breaks" in unbroken(done.stdout)


def test_a_chain_that_stays_and_lacks_its_issuer_gets_it(tmp_path):
    path = intent(tmp_path / "intent.json", clusters=[{"version": "14.3", "keep_names": [], "peers": [
        {"name": "expe.example.com", "addresses": ["93.184.216.34"], "server": {"certificate": str(PKI / "incomplete.pem")}}]}])
    done = command.run("plan", path, *ANCHORS, expect=2)
    assert re.search(r"now +trust +expe\.example\.com: the root", done.stdout)
    assert done.stdout.count("chain-incomplete") == 1  # though the certificate calls too
    assert [step["kind"] for step in plan(path, expect=2)["steps"]] == ["trust", "dns", "dns"]


def test_a_list_over_999_characters_is_told(tmp_path):
    path = intent(tmp_path / "intent.json", domains=[{"name": f"a-rather-long-name-{i}.example.com"} for i in range(40)])
    done = command.run("plan", path, *ANCHORS, "--write", tmp_path / "out")
    page = next((tmp_path / "out").glob("*.csr-page.txt")).read_text()
    assert "too long for the page" in page and "too long, use the .cnf file" in unbroken(done.stdout)
    listed = next(line for line in page.splitlines() if line.count(",") > 10)
    assert f"{listed.count(',') + 1} additional names, {len(listed)} of 999 characters" in page


def test_nothing_is_written_without_write(tmp_path):
    path = intent(tmp_path / "intent.json")
    command.run("plan", path, *ANCHORS, expect=0)
    assert [entry.name for entry in pathlib.Path(tmp_path).iterdir()] == ["intent.json"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    assert "file/out" in command.run("plan", intent(tmp_path / "intent.json"), *ANCHORS, "--write", tmp_path / "file" / "out", expect=74).stderr


PARENT_ZONE = "$ORIGIN example.com.\n@ 3600 IN SOA ns hostmaster 1 2 3 4 5\n@ 3600 IN NS ns\nns 3600 IN A 93.184.216.1\n"


@pytest.mark.parametrize("more, zone_member, zone", [("", None, "example.com"), ("", "sales.example.com", "sales.example.com"),
                                                     ("sales 3600 IN NS ns.sales\nns.sales 3600 IN A 93.184.216.2\n", None, "sales.example.com")])
def test_lines_go_to_the_zone_that_there_is(tmp_path, more, zone_member, zone):
    (tmp_path / "example.zone").write_text(PARENT_ZONE + more)
    domain = {"name": "sales.example.com", "host": "expe", **({"zone": zone_member} if zone_member else {})}
    path = intent(tmp_path / "intent.json", domains=[domain], today={"zones": ["example.zone"]})
    done = command.run("plan", path, *ANCHORS, "--write", tmp_path / "out")
    assert [file.name for file in (tmp_path / "out").glob("*.zone")] == [f"{zone}.zone"]
    listed = done.stdout[done.stdout.index("Written to "):].splitlines()
    assert listed[0] == f"Written to {tmp_path / 'out'}" and f"  {zone}.zone  lines for the zone: what to add, to replace, to remove" in listed
    assert {line.split()[0] for line in listed[1:]} == {file.name for file in (tmp_path / "out").iterdir()} - {"fedval-plan.files"}


def test_the_intent_of_the_readme_runs_as_it_stands(tmp_path):
    file = command.LAB / "intent.yaml"
    assert file.read_text() in (command.TOP / "README.md").read_text()
    line = file.read_text().splitlines()[1]
    assert line.startswith("# fedval plan examples/lab/intent.yaml ")
    done = command.run(*line.split()[2:], "--write", tmp_path / "out", cwd=command.TOP, expect=0)
    assert "acano.steven.lab PASS (now FAIL: srv-target-outside-domain)" in done.stdout
    assert "SHA-256" in (tmp_path / "out" / "letter-skype.lab.txt").read_text()


def test_a_present_certificate_in_reverse_is_told(tmp_path):
    whole = (PKI / "valid-cluster.pem").read_text().split("-----END CERTIFICATE-----\n")[:-1]
    (tmp_path / "reversed.pem").write_text("".join(part + "-----END CERTIFICATE-----\n" for part in reversed(whole)))
    assert len(whole) > 1
    peer = {"name": "expe1.example.com", "addresses": ["93.184.216.34"], "server": {"certificate": "reversed.pem"}}
    path = intent(tmp_path / "intent.json", clusters=[{"version": "14.3", "peers": [peer], "keep_names": []}])
    made = plan(path)
    assert any("is in reverse, the CA first" in text for text in made["assumed"])
    assert not any(finding["code"] == "chain-out-of-order" for domain in made["domains"] for finding in domain["findings"])


def test_a_ttl_of_0_is_a_ttl(tmp_path):
    """Nothing caches the old record, so nothing is lowered, and nobody waits."""
    def steps_with(ttl):
        (tmp_path / "example.zone").write_text(f"{PARENT_ZONE}old 3600 IN A 93.184.216.1\n_sipfederationtls._tcp {ttl} IN SRV 0 0 5061 old\n")
        made = plan(intent(tmp_path / "intent.json", today={"zones": ["example.zone"]}))
        return [step for step in made["steps"] if step["kind"] == "dns" and step["type"] == "SRV"]
    srv, = steps_with(0)
    assert srv["ttl"] == 0 and srv["wait_s"] == 0
    assert len(steps_with(3600)) > 1


def test_a_page_does_not_pass_what_lies_ready_and_will_not_do(tmp_path):
    peer = {"name": "expe1.example.net", "addresses": ["93.184.216.34"], "server": {"ready": str(PKI / "name-other.pem")}}
    path = intent(tmp_path / "intent.json", clusters=[{"version": "14.3", "peers": [peer], "keep_names": []}])
    page = command.run("plan", path, *ANCHORS, "--format", "html", expect=1).stdout
    assert "passes after all steps, but not with what lies ready" in page
    assert "but not with what lies ready" not in command.run("plan", intent(tmp_path / "other.json"), *ANCHORS, "--format", "html").stdout


def test_the_letter_of_a_ca_that_is_not_known_promises_nothing(tmp_path):
    def letter(**members):
        path = intent(tmp_path / "intent.json", partners=[{"name": "partner.example", "kind": "on-premises"}], **members)
        command.run("plan", path, *ANCHORS, "--write", tmp_path / "out")
        return " ".join((tmp_path / "out" / "letter-partner.example.txt").read_text().split())
    assert "Which CA signs our certificates is not settled yet." in letter() and "we will send them to you." in letter()
    assert "come from a public CA: nothing is to be imported" in letter(ca="public")
    assert "come from a private CA. Please import its root" in letter(ca="private")


# ---- what a newcomer gives ----

MRA_ZONE = ZONE + "mra IN A {}\n"


@pytest.mark.parametrize("address, is_kept", [("93.184.216.34", True), ("93.184.216.99", False)])
def test_the_name_of_a_service_in_the_zone_is_kept(tmp_path, address, is_kept):
    (tmp_path / "zone").write_text(MRA_ZONE.format(address))
    clusters = [{"version": "14.3", "peers": [{"name": "expe1.example.net", "addresses": ["93.184.216.34"], "server": {"certificate": None}}]}]
    path = intent(tmp_path / "intent.json", clusters=clusters)
    command.run("plan", path, *ANCHORS, "--zone", tmp_path / "zone", "--write", tmp_path / "out")
    names = (tmp_path / "out" / "expe1.example.net.server.cnf").read_text()
    assert ("mra.example.com" in names) == is_kept
    head = unbroken(command.run("plan", path, *ANCHORS, "--zone", tmp_path / "zone").stdout)
    assert "Nothing that works now" not in head  # the certificate in use was not given


def newcomer(tmp_path, **peers):
    """An intent of two peers, with what it says of the server certificate of each."""
    for name in ("exp1", "exp2", "stranger"):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "/dev/null",
                        "-out", tmp_path / f"{name}.pem", "-days", "9000", "-subj", f"/CN={name}.example.org", "-addext",
                        f"subjectAltName=DNS:{name}.example.org" + ("" if name == "stranger" else ",DNS:expe.example.org"),
                        "-addext", "basicConstraints=critical,CA:FALSE"], check=True, capture_output=True)
    return intent(tmp_path / "intent.json", ca="private", domains=[{"name": "example.org", "host": "expe"}], clusters=[
        {"name": "expe.example.org", "version": "14.3", "keep_names": [], "peers": [
            {"name": f"{name}.example.org", "addresses": [f"93.184.216.{i}"], "server": peers[name]} for i, name in enumerate(("exp1", "exp2"), 34)]}])


def test_a_wrong_file_as_the_certificate_in_use_is_asked_about(tmp_path):
    path = newcomer(tmp_path, exp1={"certificate": "stranger.pem"}, exp2={"certificate": "exp1.pem"})
    found = plan(path)
    names = [[name["name"] for name in request["names"]] for request in found["requests"]]
    assert names == [["exp1.example.org", "expe.example.org"], ["exp2.example.org", "expe.example.org"]]
    asked = [text for text in found["questions"] if "is it this peer's?" in text]
    assert ["CN=stranger.example.org" in text for text in asked] == [True, False] and "does not hold exp2.example.org" in asked[1]


def test_swapped_files_that_lie_ready_say_whose_they_are(tmp_path):
    path = newcomer(tmp_path, exp1={"ready": "exp2.pem"}, exp2={"ready": "exp1.pem"})
    told = unbroken(command.run("plan", path, *ANCHORS, expect=1).stdout)
    assert "WILL NOT DO; file exp2.pem; it has the name of exp2.example.org, not that of this peer" in told
    assert "example.org PASS with a new request in place of what will not do" in told
    for form in ("html", "markdown"):
        assert "with a new request in place" in unbroken(command.run("plan", path, *ANCHORS, "--format", form, expect=1).stdout)


def test_the_root_of_a_private_ca_is_asked_for(tmp_path):
    path = newcomer(tmp_path, exp1={"certificate": "exp1.pem"}, exp2={"certificate": "exp2.pem"})
    assert any("a private root beside it" in text for text in plan(path)["questions"])
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "/dev/null",
                    "-out", tmp_path / "root.pem", "-days", "9000", "-subj", "/CN=Private root"], check=True, capture_output=True)
    assert not any("a private root beside it" in text for text in plan(path, "--trust", tmp_path / "root.pem")["questions"])


def test_what_is_no_ca_is_named_where_a_root_is_given(tmp_path):
    path = newcomer(tmp_path, exp1={"certificate": "exp1.pem"}, exp2={"certificate": "exp2.pem"})
    done = command.run("plan", path, *ANCHORS, "--trust", tmp_path / "exp1.pem")
    assert "exp1.pem: not a CA certificate, so no other one can come from it: CN=exp1.example.org" in done.stderr
    assert "not a CA" not in command.run("plan", path, *ANCHORS, "--trust", PKI / "certs" / "issuing.pem").stderr


def test_certificates_in_use_are_said_not_to_be_judged_for_today(tmp_path):
    (tmp_path / "zone").write_text(ZONE)
    clusters = [{"version": "14.3", "keep_names": [], "peers": [{"name": "expe1.example.net", "addresses": ["93.184.216.34"],
                                                                "server": {"certificate": str(PKI / "incomplete.pem")}}]}]
    words = ["plan", intent(tmp_path / "intent.json", clusters=clusters), *ANCHORS, "--zone", tmp_path / "zone"]
    assert "the certificates in use that the intent gives are not judged for today" in unbroken(command.run(*words).stdout)


def test_the_zone_file_names_the_record_that_is_replaced(tmp_path):
    changes = tmp_path / "changes"
    command.run("plan", command.LAB / "intent.yaml", "--allow-private", "--at", "2017-03-02", "--write", changes, expect=None)
    lines = (changes / "steven.lab.zone").read_text().splitlines()
    old, = [line for line in lines if line.startswith("; remove: ")]
    assert old.split() == [";", "remove:", "_sipfederationtls._tcp.acano.steven.lab.", "IN", "SRV", "0", "0", "5061", "vcse.steven.lab."]
    assert "SRV 0 0 5061 vcse.acano.steven.lab." in lines[lines.index(old) + 1]


@pytest.mark.parametrize("words", [("--write", "changes"), ("--from",)])
def test_a_template_takes_no_other_task(tmp_path, words):
    done = command.run("plan", "--template", *words, expect=64)
    assert words[0] in done.stderr and done.stdout == ""
