"""What a stranger says of itself, and what people write as a source, gets through --redact in no format: the words of products
are left, and nothing else."""
import json

import command
import pytest

HOST, DOMAIN, SERVER = "expe.example.com", "example.com", "20.30.40.50"
FORMATS = ["text", "json", "html", "markdown", "csv", "sarif", "junit", "nagios", "prometheus"]
# Each form in which somebody can be known, with the parts of it that must not be there.
PEOPLE = {
    "brackets": ("josé(zmarkz)@corp.example", ["josé", "zmarkz"]),
    "accents": ("zmarkzé@corp.example", ["zmarkz"]),
    "quoted": ('"anna zmarkz"@corp.example', ["anna", "zmarkz"]),
    "parameters": ("sip:zmarkz;x=1@corp.example", ["zmarkz"]),
    "password": ("zmarkz:pw@corp.example", ["zmarkz", "pw@"]),
    "number": ("+41 79 123 45 67", ["+41", "123 45"]),
    "tel": ("tel:+41791234567", ["4179", "1234567"]),
}
FACTS = {"banner", "server", "ede", "source", "detail"}


def evidence(where, text):
    answer = {"outcome": "answer", "at": "2030-01-01T00:00:00Z"}
    probe = {"question": {"probe": HOST, "address": SERVER, "port": 5061}, "outcome": "not-tls"}
    srv = {"question": {"name": f"_sipfederationtls._tcp.{DOMAIN}", "type": "SRV"}, **answer, "records": [
        {"owner": f"_sipfederationtls._tcp.{DOMAIN}", "type": "SRV", "ttl": 60, "priority": 0, "weight": 0, "port": 5061, "target": HOST}]}
    a = {"question": {"name": HOST, "type": "A"}, **answer, "records": [{"owner": HOST, "type": "A", "ttl": 60, "address": SERVER}]}
    aaaa = {"question": {"name": HOST, "type": "AAAA"}, "outcome": "nodata"}
    if where == "banner":
        probe["banner"] = text
    elif where == "server":
        probe["outcome"] = "handshake"
        probe["sip"] = {"status": 200, "server": text}
        probe["question"]["look"] = "options"
    elif where == "ede":
        srv = {"question": srv["question"], "outcome": "servfail", "ede": {"code": 22, "text": text}}
    elif where == "source":
        srv["source"] = f"resolver of {text}"
    else:
        probe.update(outcome="unsupported", detail=f"refused for {text}")
    return {"format": "fedval-evidence/1", "domain": DOMAIN, "gathered_at": "2030-01-01T00:00:00Z", "facts": [srv, a, aaaa, probe]}


@pytest.mark.parametrize("where", sorted(FACTS))
@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_nobody_gets_through(tmp_path, where, person):
    text, parts = PEOPLE[person]
    path = tmp_path / "evidence.json"
    path.write_text(json.dumps(evidence(where, text)))
    for form in FORMATS:
        done = command.run("evaluate", path, "--format", form, "--redact")
        assert done.stdout and done.returncode in (0, 1, 2, 3), (form, done.returncode, done.stderr)
        found = [part for part in parts if part in json.dumps(done.stdout, ensure_ascii=False)]
        assert not found, (form, found, done.stdout)


@pytest.mark.parametrize("where", sorted(FACTS - {"server"}))
def test_it_is_there_without_redaction(tmp_path, where):
    path = tmp_path / "evidence.json"
    path.write_text(json.dumps(evidence(where, "anna.zmarkz@corp.example")))
    assert "zmarkz" in command.run("evaluate", path, "--format", "json").stdout


def test_words_of_products_are_left(tmp_path):
    path = tmp_path / "evidence.json"
    path.write_text(json.dumps(evidence("banner", "SIP TLS. 5061 zmarkz Cisco")))
    done = command.run("evaluate", path, "--redact")
    assert "SIP TLS. 5061 ... Cisco" in done.stdout and "zmarkz" not in done.stdout
