"""Record lines as they are pasted, without a SOA record: taken where their zone is known, else the message says the form."""
import json

import pytest

import command

RELATIVE = "_sipfederationtls._tcp 3600 IN SRV 0 0 5061 expe\nexpe 3600 IN A 93.184.216.34\n"
ABSOLUTE = "_sipfederationtls._tcp.example.com. 3600 IN SRV 0 0 5061 expe.example.com.\nexpe.example.com. 3600 IN A 93.184.216.34\n"
CHAIN = f"expe.example.com={command.LAB / 'expe.pem'}"


def check(*zones, domains=("example.com",), expect=0):
    return command.run("check", *domains, "--offline", *(word for zone in zones for word in ("--zone", zone)), "--chain", CHAIN,
                       *command.ROOTS, "--at", command.AT, expect=expect)


@pytest.fixture
def lines(tmp_path):
    def write(text, name="records"):
        (tmp_path / name).write_text(text)
        return tmp_path / name
    return write


@pytest.mark.parametrize("text", [RELATIVE, ABSOLUTE, "$ORIGIN example.com.\n" + RELATIVE, "; pasted\r\n\r\n" + ABSOLUTE.replace("\n", "\r\n"),
                                  "$TTL 3600\n_sipfederationtls._tcp.example.com. SRV 0 0 5061 expe.example.com.\nexpe.example.com. A 93.184.216.34"])
def test_lines_are_taken_for_the_zone_of_the_domain(lines, text):
    done = check(lines(text))
    assert "has no SOA record: its lines are taken for the whole zone example.com" in done.stderr and "PASS" in done.stdout


def test_the_zone_is_given_in_front_of_the_file(lines):
    check(f"example.com={lines(RELATIVE)}", domains=("example.com", "example.net"), expect=2)
    check(f"example.com={lines(ABSOLUTE)}")


@pytest.mark.parametrize("text, message", [
    (RELATIVE, "relative to a zone that is not named: give it in front of the file, such as example.com=FILE"),
    (ABSOLUTE + "expe.example.net. IN A 93.184.216.34\n", "expe.example.net is not in example.com; give each zone a file of its own"),
    (ABSOLUTE.replace("com. 3600", "com 3600"), "zone that is not named"),
])
def test_lines_whose_zone_is_not_known_are_refused_with_the_form(lines, text, message):
    done = check(lines(text), domains=("example.com", "example.net"), expect=65)
    assert message in " ".join(done.stderr.split()), done.stderr


def test_full_names_without_their_dot_are_named(lines):
    done = check(lines(ABSOLUTE.replace("com. 3600", "com 3600")), expect=65)
    assert "_sipfederationtls._tcp.example.com is relative to example.com as it stands: a full name ends with a dot" in " ".join(done.stderr.split())


def test_a_plan_takes_them_too_and_says_so_once(lines, tmp_path):
    (tmp_path / "intent.yaml").write_text("format: fedval-intent/1\ndomains: [{name: example.com, host: expe}]\nclusters: [{peers: [{name: expe1.example.net, "
                                          "addresses: [93.184.216.34]}]}]\ntoday: {zones: [records]}\n")
    lines(RELATIVE)
    done = command.run("plan", tmp_path / "intent.yaml", "--at", command.AT, *command.ROOTS, expect=0)
    assert done.stderr.count("has no SOA record") == 1 and "IN A" not in done.stdout


def test_a_place_in_the_lines_stays_its_own(lines):
    assert ":2:" in check(lines("expe IN A 93.184.216.34\nexpe IN A 1.2.3\n"), expect=65).stderr


SOA = "IN SOA ns.example.com. a.example.com. 1 1 1 1 1\n"
SALES = "_sipfederationtls._tcp IN SRV 0 0 5061 expe\nexpe IN A 93.184.216.34\n"


@pytest.mark.parametrize("sales", [
    "_sipfederationtls._tcp.sales.example.com. 300 IN SRV 0 0 5061 expe.sales.example.com.\nexpe.sales.example.com. 300 IN A 93.184.216.34\n",
    "$TTL 300\nsales.example.com. " + SOA + "$ORIGIN sales.example.com.\n" + SALES,
    "$TTL 300\n$ORIGIN sales.example.com.\n@ " + SOA + SALES,
    "$TTL 300\n$ORIGIN example.com.\nsales 3600 " + SOA + "$ORIGIN sales.example.com.\n" + SALES,
])
@pytest.mark.parametrize("is_swapped", [False, True])
def test_the_lowest_zone_answers_whatever_the_order(lines, sales, is_swapped):
    zones = [lines("$TTL 300\nexample.com. " + SOA + ABSOLUTE, "upper"), lines(sales, "lower")]
    done = command.run("check", "sales.example.com", "example.com", "--offline", *(
        word for zone in (zones[::-1] if is_swapped else zones) for word in ("--zone", zone)), *command.ROOTS, "--at", command.AT,
        "--format", "json", expect=2)
    assert {r["domain"]: r["requirements"]["R1"] for r in command.documents(done)} == {"sales.example.com": "pass", "example.com": "pass"}


@pytest.mark.parametrize("is_given", [True, False])
def test_an_alias_into_another_zone_is_followed_where_that_zone_is_given(lines, is_given):
    here = lines("$TTL 300\nexample.com. " + SOA + "_sipfederationtls._tcp.example.com. IN SRV 0 0 5061 expe.example.com.\n"
                 "expe.example.com. IN CNAME host.example.net.\n", "here")
    there = lines("$TTL 300\nexample.net. " + SOA + "host.example.net. IN A 93.184.216.34\n", "there")
    done = command.run("check", "example.com", "--offline", "--zone", here, *(["--zone", there] if is_given else []),
                       *command.ROOTS, "--at", command.AT, "--format", "json", expect=2)
    report = command.documents(done)[0]
    assert report["requirements"]["R3"] == ("pass" if is_given else "indeterminate")
    assert ("leads out of the zone" in done.stdout) == (not is_given)


@pytest.mark.parametrize("is_there", [True, False])
def test_a_host_without_an_address_is_no_proxy_for_the_partner(lines, is_there):
    zone = lines("$TTL 300\nexample.com. " + SOA + "_sipfederationtls._tcp.example.com. IN SRV 0 0 5061 expe.example.com.example.com.\n" + (
        "expe.example.com.example.com. IN A 93.184.216.34\n" if is_there else ""))
    document, = command.documents(command.run("check", "example.com", "--offline", "--zone", zone, *command.ROOTS, "--at", command.AT,
                                              "--side", "cisco", "--format", "json", expect=1))
    assert ("-ProxyFqdn expe.example.com.example.com" in json.dumps(document)) == is_there


def test_a_zone_that_no_domain_uses_is_told(lines):
    zones = f"example.com={lines(ABSOLUTE)}", f"example.net={lines(ABSOLUTE.replace('example.com', 'example.net'), 'other')}"
    done = check(*zones)
    assert f"fedval: {lines('', 'other').parent / 'other'}: no domain uses this --zone" in done.stderr and "records: no domain" not in done.stderr
    lines(ABSOLUTE.replace("example.com", "example.net"), "other")
    assert "no domain uses" not in check(*zones, domains=("example.com", "example.net"), expect=2).stderr


@pytest.mark.parametrize("text", ["", "\n\n", "; nothing but a comment\n", "$TTL 300\n  ; and a directive\n"])
def test_a_file_without_a_record_is_no_zone(lines, text):
    done = command.run("check", "example.com", "--offline", "--zone", lines(text), expect=65)
    assert done.stdout == "" and "no record is in it, where a zone is wanted" in done.stderr
    known = command.run("check", "example.com", "--offline", "--zone", f"example.com={lines(text)}", expect=1)
    assert "has no SRV record" in known.stdout


# ---- aliases ----

HEAD = "$ORIGIN example.com.\n$TTL 300\n@ SOA ns host 1 1 1 1 1\n_sipfederationtls._tcp SRV 0 0 5061 expe\n"


def chain_of(count, end):
    names = ["expe", *(f"a{i}" for i in range(1, count))]
    return "".join(f"{name} CNAME {target}\n" for name, target in zip(names, [*names[1:], end]))


def missing_address(path, *options):
    done = command.run("check", "example.com", "--zone", path, "--only", "dns", "--format", "json", "--at", command.AT, *options, expect=1)
    report = json.loads(done.stdout)
    assert command.codes(report) == {"address-missing"} and report["requirements"]["R3"] == "fail"
    return next(finding["message"] for finding in report["findings"] if finding["code"] == "address-missing")


@pytest.mark.parametrize("options", [["--offline"], ["--resolver", "127.0.0.1:9"]], ids=["offline", "beside a resolver"])
@pytest.mark.parametrize("count", [17, 20, 40, 100])
def test_more_aliases_than_resolvers_follow_are_a_fault_of_the_zone(lines, count, options):
    path = lines(HEAD + chain_of(count, "real") + "real A 93.184.216.34\n")
    assert "more than 16 aliases" in missing_address(path, *options)


def test_sixteen_aliases_are_followed(lines):
    path = lines(HEAD + chain_of(16, "real") + "real A 93.184.216.34\n")
    command.run("check", "example.com", "--zone", path, "--only", "dns", "--offline", "--at", command.AT, expect=0)


@pytest.mark.parametrize("text", [chain_of(20, "expe"), chain_of(2, "expe"), chain_of(3, "a1"), "expe CNAME x.b\nb DNAME a.b\n", "expe CNAME x.b\nb DNAME "
                                  + ".".join(["a" * 60] * 3) + ".b\n"],
                         ids=["of 20", "of 2", "further on", "a DNAME below itself", "a DNAME far below itself"])
def test_a_circle_of_aliases_is_a_fault_of_the_zone(lines, text):
    assert "alias-circle" in missing_address(lines(HEAD + text), "--offline")
