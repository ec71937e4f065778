"""The page in Chromium: what is given is read, told and judged; nothing leaves; hostile text is text; keys are enough."""
import gzip
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import zipfile

import pytest

from built import NODE, SOURCE, WEB

PAGE = WEB / "page" / "fedval.html"
LAB = SOURCE / "examples" / "lab"
LOGS = [LAB / "logs" / "edge.log", LAB / "logs" / "expe.log"]
CERTIFICATE_CASE = [LAB / "case-1.zone", LAB / "vcse.pem", LAB / "lab-ca.pem"]
PICTURES = SOURCE / "tests" / "web" / "pictures.json"
CHROMIUM = shutil.which("chromium")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u2066"
SEEN = "srv-target-outside-domain"

pytestmark = pytest.mark.skipif(
    NODE is None or CHROMIUM is None or not PAGE.exists() or not (SOURCE / "web/node_modules/playwright-core").exists(),
    reason="the page is not built, or there is no Chromium")


def drive(task, *arguments, page=PAGE, folder="-"):
    done = subprocess.run([NODE, SOURCE / "tests/web/page.mjs", task, page.resolve().as_uri(), str(folder), *map(str, arguments)],
                          capture_output=True, text=True, timeout=200, env={**os.environ, "CHROMIUM": CHROMIUM})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def assert_quiet(result):
    """It loaded itself alone, and nothing went wrong."""
    assert result["faults"] == []
    assert [url for url in result["requests"] if not url.startswith("file:")] == []
    assert len(result["requests"]) == 1


def test_two_logs_give_the_cause():
    result = drive("files", *LOGS)
    assert_quiet(result)
    assert result["given"] == ["a log", "a log"]
    assert SEEN in result["text"] and "Call-ID" in result["text"] and "Mend on the Cisco side" in result["text"]


def test_each_kind_is_told_and_all_are_joined(tmp_path):
    evidence = tmp_path / "saved.json"
    evidence.write_text('{"format":"fedval-evidence/1","domain":"example.org","gathered_at":"2030-01-01T00:00:00Z","facts":[]}')
    report = tmp_path / "report.json"
    report.write_text('{"format":"fedval-report/1","domain":"example.net","verdict":"fail"}')
    intent = tmp_path / "intent.json"
    intent.write_text('{"format":"fedval-intent/1","domains":[]}')
    result = drive("files", *LOGS, *CERTIFICATE_CASE, evidence, report, intent)
    assert_quiet(result)
    told = " / ".join(result["given"])
    for wanted in ("a log", "a zone file (acano.steven.lab)", "certificates", "a root certificate", "saved evidence (example.org)",
                   "a report of fedval on example.net: fail", "an intent"):
        assert wanted in told, told
    assert "acano.steven.lab" in result["text"] and "example.org" in result["text"] and "Diagnosis of logs" in result["text"]


def test_wrapped_files_are_opened(tmp_path):
    with zipfile.ZipFile(tmp_path / "logs.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for log in LOGS:
            archive.write(log, f"inner/{log.name}")
    with tarfile.open(tmp_path / "logs.tar.gz", "w:gz") as archive:
        for log in LOGS:
            archive.add(log, f"inner/{log.name}")
    for name in ("logs.zip", "logs.tar.gz"):
        result = drive("archive", tmp_path / name, 2)
        assert_quiet(result)
        assert result["given"] == ["a log", "a log"] and SEEN in result["text"], name
    (tmp_path / "edge.log.gz").write_bytes(gzip.compress(LOGS[0].read_bytes()))
    (tmp_path / "utf16.log").write_bytes(b"\xff\xfe" + LOGS[0].read_text().encode("utf-16-le"))
    for name in ("edge.log.gz", "utf16.log"):
        assert SEEN in drive("files", tmp_path / name)["text"], name


def test_a_folder_a_drop_and_a_paste_do():
    for task, arguments in (("folder", (LAB / "logs", 2)), ("dropped", (LOGS[0],)), ("pasted", (LOGS[0],))):
        result = drive(task, *arguments)
        assert_quiet(result)
        assert SEEN in result["text"], task


def test_keys_alone_are_enough():
    result = drive("keyboard", LOGS[0])
    assert_quiet(result)
    assert SEEN in result["text"] and "1010" in result["explained"] and result["outline"] != "none"


def test_what_if_needs_no_reading_again():
    result = drive("whatIf", *CERTIFICATE_CASE)
    assert_quiet(result)
    assert "address-not-public" in result["first"] and "address-not-public" not in result["then"]
    assert "2017-03-02T07:10:46Z" in result["then"] and "judged by office365" in result["office365"]


def test_what_is_saved_is_whole():
    result = drive("saves", *LOGS)
    assert_quiet(result)
    assert result["html"].startswith("<!DOCTYPE html>") and SEEN in result["html"]
    assert json.loads(result["json"].splitlines()[0])["format"] == "fedval-diagnosis/1"
    assert SEEN in result["redacted"] and "2000@" not in result["redacted"] and "10.48." not in result["redacted"]


def test_nothing_can_leave():
    assert drive("tries")["outcomes"] == {"fetch": "refused", "socket": "refused", "beacon": "connect-src", "image": "refused", "handler": "refused"}


def test_hostile_text_runs_nothing(tmp_path):
    log = tmp_path / "<img src=x onerror=alert(1)>\u202e.log"
    log.write_text(LOGS[0].read_text().replace("skype.lab", f"skype.lab {HOSTILE}") + HOSTILE)
    zone = tmp_path / "<b>zone"
    zone.write_text((LAB / "case-1.zone").read_text() + f"x IN TXT \"{HOSTILE}\"\n")
    evidence = tmp_path / "evidence.json"
    evidence.write_text(json.dumps({"format": "fedval-evidence/1", "domain": "example.org", "gathered_at": "2030-01-01T00:00:00Z", "facts": [
        {"question": {"name": "_sipfederationtls._tcp.example.org", "type": "SRV"}, "outcome": "answer", "source": HOSTILE, "records": [
            {"owner": "_sipfederationtls._tcp.example.org", "type": "SRV", "ttl": 60, "priority": 0, "weight": 0, "port": 5061, "target": HOSTILE}]}]}))
    result = drive("files", log, zone, evidence)
    assert_quiet(result)
    assert "<script>alert(1)</script>" in result["text"]
    assert not re.search("[\u202e\u2066]", result["text"] + " ".join(result["given"]))


def test_axe_finds_nothing():
    assert drive("axe", *LOGS, *CERTIFICATE_CASE) == {"light": [], "dark": []}


def test_it_fits_a_narrow_screen_and_paper(tmp_path):
    widths = drive("looks", *LOGS, *CERTIFICATE_CASE, folder=tmp_path)["widths"]
    assert widths["narrow"][0] <= 360 and widths["wide"][0] <= 1100
    assert widths["print"] == 0


def test_it_looks_as_it_did(tmp_path):
    """Coarsely: fonts differ from machine to machine. FEDVAL_WRITE_PICTURES=1 writes what is compared with."""
    grids = drive("looks", *LOGS, folder=tmp_path)["grids"]
    if os.environ.get("FEDVAL_WRITE_PICTURES"):
        PICTURES.write_text(json.dumps(grids, separators=(",", ":")).replace('},"', '},\n"') + "\n")
    stored = json.loads(PICTURES.read_text())
    assert set(grids) == set(stored) == {"wide", "dark", "narrow", "print"}
    for name, wanted in stored.items():
        assert abs(grids[name]["shape"] / wanted["shape"] - 1) < 0.08, name
        differences = [abs(a - b) for a, b in zip(grids[name]["cells"], wanted["cells"], strict=True)]
        assert sum(differences) / len(differences) < 8, name
    light, dark = (sum(stored[name]["cells"]) / len(stored[name]["cells"]) for name in ("wide", "dark"))
    assert light > 180 > 80 > dark


def test_a_long_log_leaves_the_page_free():
    result = drive("long", 200)
    assert result["answered"] == 2 and result["cancelled"] == "Cancelled."
    assert result["faults"] == [] and result["heap"] < 64 << 20
    assert "no failed call was found" in result["text"].lower()
