"""Logs and codes."""
import io

import pytest

import fedval


@pytest.fixture(scope="module")
def logs(lab):
    files = sorted(path for path in (lab / "logs").iterdir() if path.is_file())
    assert files
    return files


def test_logs_are_read_in_every_form(logs):
    by_path = fedval.diagnose(*logs)
    assert by_path.diagnosis in ("faults", "undetermined", "nothing") and by_path.text
    pieces = [(str(path), [path.read_bytes()[i:i + 7] for i in range(0, path.stat().st_size, 7)]) for path in logs]
    assert fedval.diagnose(*pieces).json == by_path.json
    whole = [(str(path), path.read_bytes()) for path in logs]
    assert fedval.diagnose(*whole) == by_path
    handles = [open(path, "rb") for path in logs]
    assert fedval.diagnose(*handles).json == by_path.json
    for handle in handles:
        handle.close()


def test_a_record_of_the_edge_names_the_cause():
    line = ("Text: None of the FQDNs is in the same domain; Result-Code: 0xc3e93d6f "
            "SIPPROXY_E_EPROUTING_MSG_ALLOWED_DOMAIN_NO_SRV_MATCH\n")
    diagnosis = fedval.diagnose(("edge.log", line.encode()))
    assert diagnosis.sources[0].source == "edge.log"
    assert fedval.diagnose(io.BytesIO(b"")).diagnosis == "nothing"
    with pytest.raises(fedval.SyntaxFault):
        fedval.diagnose(("a\0b", b""))


def test_what_is_no_log_is_told_apart(lab, logs):
    assert fedval.diagnose(*logs).has_log
    for data in b"", b"\x7fELF\x02\x01\x01\x00\x00", (lab / "vcse.pem").read_bytes():
        diagnosis = fedval.diagnose(("x", data))
        assert (diagnosis.diagnosis, diagnosis.sources[0].formats, diagnosis.has_log) == ("nothing", (), False)
    mixed = fedval.diagnose(("x", b""), logs[0])
    assert mixed.has_log and not mixed.sources[0].formats and mixed.sources[1].formats
    with pytest.raises(fedval.ArgumentError, match="no log is given"):
        fedval.diagnose()


def test_redaction_and_groups_are_passed_on(logs):
    grouped = fedval.diagnose(*logs, group=True)
    assert grouped.grouped and all(incident.count >= 1 for incident in grouped.incidents)
    assert fedval.diagnose(*logs, redact=True).json != fedval.diagnose(*logs).json


def test_a_reader_keeps_its_order():
    reader = fedval.LogReader(max_incidents=5)
    with pytest.raises(fedval.StateError):
        reader.feed(b"x")
    reader.begin("a")
    reader.feed(memoryview(b"nothing"))
    assert reader.finish().diagnosis == "nothing"
    with pytest.raises(fedval.StateError):
        reader.begin("b")
    with pytest.raises(fedval.ArgumentError):
        fedval.LogReader(max_incidents=0)


def test_explain():
    explanation = fedval.explain("1010")
    assert explanation.answer == fedval.Answer.KNOWN and explanation.text.startswith("1010")
    assert len(fedval.explain("1010", long=True).text) > len(explanation.text)
    assert fedval.explain("no such thing at all 99").answer in ("unknown", "similar")
