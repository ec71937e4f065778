"""Texts for people and for monitoring: held to what is committed, and safe whatever the data holds.

FEDVAL_WRITE=1 writes what is expected anew: read the difference before committing it.
"""
import json
import os
import re

import library
import pytest

EXPECTED = library.pathlib.Path(__file__).parent / "expected"
CASES = ["address/ipv6-not-probed", "address/missing", "address/not-public-allowed", "address/not-public-beside-preferred",
         "address/not-public-certificate-alone", "address/not-public-ipv6", "name/common-name-in-organisation",
         "srv/scope-certificate", "certificate/calling-expired",
         "certificate/expired", "certificate/expires-soon", "certificate/not-der", "name/calling-certificate",
         "name/mismatch", "name/wildcard-only", "srv/dnssec-bogus", "srv/edge-fqdn", "srv/lookup-timeout", "srv/missing",
         "srv/not-offered", "srv/preferred-not-matching", "srv/several-none-fits", "srv/standby-faulty",
         "srv/servers-differ", "srv/ttl-of-cache", "srv/ttl-of-zone", "srv/views-differ", "transport/alert", "transport/client-certificate-required", "transport/one-address-refused",
         "trust/issuer-expired", "trust/revoked", "trust/untrusted-root", "control/accepted-error",
         "control/acceptance-expired", "control/critical-days"]
CHAINS = ["valid", "issuer-expired", "crossed", "incomplete", "name-wildcard", "self-signed", "unneeded"]
AT_2030 = 1893456000
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
ESCAPE = "\x1b]0;owned\x07\x1b[2J\r\n\t\u202e\u200b\x7f\u009b31m|'\"\\"


def report_of(name):
    evidence, policy, anchors = library.load(library.TOP / "tests" / "vectors" / f"{name}.json")
    return library.report_of(evidence, policy, anchors.get("private", []), anchors.get("public", []))


def hold(name, text):
    path = EXPECTED / f"{name.replace('/', '-')}.txt"
    if os.environ.get("FEDVAL_WRITE"):
        path.write_text(text)
    assert text == path.read_text(), path.name


@pytest.mark.parametrize("name", CASES)
def test_a_report_is_as_committed(name):
    report = report_of(name)
    nagios, status, prometheus = library.monitoring([report])
    hold(name, f"{library.report_text(report, library.look())}\n---- nagios {status}\n{nagios}---- prometheus\n{prometheus}")
    library.core.fedval_report_free(report)


@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_is_as_committed(name):
    hold(f"chain-{name}", library.chain_text(library.ders_of(name), "expe.example.com", "microsoft-edge", AT_2030, ["root"],
                                             library.look()))


def test_an_explanation_is_as_committed():
    hold("explain-srv-missing", library.explain("srv-missing", library.look(width=80)))


def test_several_reports_make_one_plugin_output():
    reports = [report_of(name) for name in ("name/case", "certificate/expired", "srv/lookup-timeout", "address/ipv6-only")]
    nagios, status, prometheus = library.monitoring(reports)
    hold("several", f"---- nagios {status}\n{nagios}---- prometheus\n{prometheus}")
    assert len(re.findall("^# HELP fedval_verdict ", prometheus, re.M)) == 1
    series = [line.rpartition(" ")[0] for line in prometheus.splitlines() if not line.startswith("#")]
    assert len(series) == len(set(series))


def test_an_expired_certificate_has_its_expiry_metric():
    report = report_of("certificate/expired")
    nagios, status, prometheus = library.monitoring([report])
    assert status == 2
    assert re.search(r" \| example\.com_expe\.example\.com_days=-\d+;30:;0:$", nagios, re.M)
    seconds = int(re.search(r"fedval_certificate_not_after_timestamp_seconds\{.*\} (\d+)", prometheus).group(1))
    assert seconds < AT_2030
    assert int(re.search(r"fedval_evaluated_timestamp_seconds\{.*\} (\d+)", prometheus).group(1)) == AT_2030


@pytest.mark.parametrize("width", [0, 40, 60, 80, 200])
def test_prose_keeps_to_the_width(width):
    text = library.report_text(report_of("srv/standby-faulty"), library.look(width=width))
    prose = [line for line in text.splitlines() if re.match(r"  (mend|.*which one is|  ask for)", line)]
    assert prose
    for line in prose:
        assert width == 0 or len(line) <= max(width, 60), line


def test_colours_change_nothing_but_colours():
    for name in CASES:
        report = report_of(name)
        plain = library.report_text(report, library.look())
        coloured = library.report_text(report, library.look(colour=1))
        assert coloured != plain
        assert COLOURS.sub("", coloured) == plain


def hostile_evidence():
    """Control characters, terminal escapes and direction marks wherever the network could put them."""
    def record(**more):
        return {"owner": "_sipfederationtls._tcp.example.com", "ttl": 60, **more}
    return json.dumps({"format": "fedval-evidence/1", "domain": "example.com", "gathered_at": "2030-01-01T00:00:00Z", "facts": [
        {"question": {"name": "_sipfederationtls._tcp.example.com", "type": "SRV"}, "outcome": "answer", "source": ESCAPE,
         "detail": ESCAPE, "records": [
             record(type="SRV", priority=0, weight=0, port=5061, target="expe.example.com"),
             record(type="SRV", priority=0, weight=0, port=5061, target=ESCAPE + ".example.com")]},
        {"question": {"name": "expe.example.com", "type": "A"}, "outcome": "answer", "source": ESCAPE,
         "records": [record(owner="expe.example.com", type="CNAME", target=ESCAPE),
                     record(owner=ESCAPE, type="A", address="20.30.40.50")]},
        {"question": {"probe": "expe.example.com", "address": "20.30.40.50", "port": 5061}, "outcome": "handshake",
         "role": "server", "source": ESCAPE, "tls_version": ESCAPE, "tls_cipher": ESCAPE,
         "chain": [library.base64.b64encode(der).decode() for der in library.ders_of("name-not-ascii")]}]})


@pytest.mark.parametrize("utf8", [0, 1])
def test_hostile_data_reaches_no_terminal(utf8):
    report = library.report_of(hostile_evidence())
    texts = [library.report_text(report, library.look(utf8=utf8)), library.monitoring([report])[0]]
    for text in texts:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]", text)
        assert utf8 or text.isascii()
    assert "\\x1b" in texts[0]
    coloured = library.report_text(report, library.look(colour=1))
    assert "\x1b" not in COLOURS.sub("", coloured)
    assert "\\x1b" in coloured


def test_hostile_data_breaks_no_metric_line():
    prometheus = library.monitoring([library.report_of(hostile_evidence())])[2]
    sample = re.compile(r'^[a-z_]+(\{[a-z]+="(\\.|[^"\\\n])*"(,[a-z]+="(\\.|[^"\\\n])*")*\})? -?\d+$')
    for line in prometheus.splitlines():
        assert line.startswith("# ") or sample.match(line), line


def test_hostile_data_stays_within_its_json_strings():
    document = json.loads(library.evaluate(hostile_evidence()))
    assert document["dns_source"] == ESCAPE
    assert any(endpoint["target"].startswith("\x1b]0;owned") for endpoint in document["endpoints"])


def test_hostile_data_stays_on_its_plugin_line():
    nagios = library.monitoring([library.report_of(hostile_evidence())])[0]
    first, *rest = nagios.splitlines()
    assert first.count("|") == 1 and not any("|" in line for line in rest)
    assert all(re.match(r"(broken|open) (srv|address|tls|name|chain) ", line) for line in rest)


