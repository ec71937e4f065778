"""The page in Chromium: what is given is read, told and judged; nothing leaves; hostile text is text; keys are enough."""
import base64
import gzip
import io
import json
import os
import pathlib
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
COMMAND = pathlib.Path(os.environ.get("FEDVAL_BUILD", "build")) / "examples" / "fedval" / "fedval"
CHROMIUM = shutil.which("chromium")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u2066"
SEEN = "srv-target-outside-domain"

pytestmark = pytest.mark.skipif(
    NODE is None or CHROMIUM is None or not PAGE.exists() or not (SOURCE / "web/node_modules/playwright-core").exists(),
    reason="the page is not built, or there is no Chromium")


def drive(task, *arguments, page=PAGE, folder="-", flags=""):
    done = subprocess.run([NODE, SOURCE / "tests/web/page.mjs", task, page.resolve().as_uri(), str(folder), *map(str, arguments)],
                          capture_output=True, text=True, timeout=280,
                          env={**os.environ, "CHROMIUM": CHROMIUM, **({"CHROMIUM_FLAGS": flags} if flags else {})})
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
    assert "no letter to the partner here" in result["text"]


def test_a_letter_needs_no_word_on_why_there_is_none():
    result = drive("files", LOGS[0], *CERTIFICATE_CASE)
    assert "to the partner" in result["text"] and "no letter to the partner here" not in result["text"]


def test_each_kind_is_told_and_all_are_joined(tmp_path):
    evidence = tmp_path / "saved.json"
    evidence.write_text('{"format":"fedval-evidence/1","domain":"example.org","gathered_at":"2030-01-01T00:00:00Z","facts":[]}')
    report = tmp_path / "report.json"
    report.write_text('{"format":"fedval-report/1","domain":"example.net","profile":"microsoft-edge","verdict":"fail"}')
    intent = tmp_path / "intent.json"
    intent.write_text('{"format":"fedval-intent/1","domains":[]}')
    result = drive("files", *LOGS, *CERTIFICATE_CASE, evidence, report, intent)
    assert_quiet(result)
    told = " / ".join(result["given"])
    for wanted in ("a log", "a zone file (acano.steven.lab)", "certificates", "a root certificate", "saved evidence (example.org)",
                   "a report of fedval on example.net: fail", "domains: no domain is to be planned"):
        assert wanted in told, told
    assert "acano.steven.lab" in result["text"] and "example.org" in result["text"] and "Diagnosis of logs" in result["text"]


def test_an_intent_is_planned_on_what_was_given(tmp_path):
    intent = {"format": "fedval-intent/1", "domains": [{"name": "acano.steven.lab", "host": "vcse"}], "clusters": [
        {"version": "15.5", "peers": [{"name": "vcse.steven.lab", "addresses": ["93.184.216.34"], "server": {"certificate": "certs/vcse.pem"}}],
         "keep_names": []}], "partners": [{"name": "skype.lab", "kind": "on-premises", "allowed": []}]}
    (tmp_path / "intent.json").write_text(json.dumps(intent))
    (tmp_path / "intent.yaml").write_text("""format: fedval-intent/1   # as the template of fedval plan is
domains:
- {name: acano.steven.lab, host: vcse}
clusters:
- version: 15.5
  peers:
  - {name: vcse.steven.lab, addresses: [93.184.216.34], server: {certificate: certs/vcse.pem}}
  keep_names: []
partners:
- {name: skype.lab, kind: on-premises, allowed: []}
""")
    told = {}
    for name in ("intent.json", "intent.yaml"):
        result = drive("files", tmp_path / name, LAB / "case-1.zone", LAB / "vcse.pem")
        assert_quiet(result)
        assert result["given"][0] == "an intent, of which a plan is made (acano.steven.lab)"
        told[name] = result["text"]
        for wanted in ("What to do, in this order", "To send to the partner", "now fail: srv-target-outside-domain",
                       "_sipfederationtls._tcp.acano.steven.lab. 3600 IN SRV 0 0 5061 vcse.acano.steven.lab."):
            assert wanted in result["text"], (name, wanted)
    assert told["intent.json"] == told["intent.yaml"]
    (tmp_path / "broken.yaml").write_text("format: fedval-intent/1\ndomains: [\n")
    (tmp_path / "unknown.json").write_text('{"format":"fedval-intent/1","domians":[]}')
    result = drive("files", tmp_path / "broken.yaml", tmp_path / "unknown.json")
    assert result["given"][0].startswith("not read: ") and "the nearest is domains" in result["given"][1] and result["faults"] == []


def test_reports_are_shown_and_compared(tmp_path):
    report = {"format": "fedval-report/1", "domain": "acano.steven.lab", "profile": "microsoft-edge", "side": "cisco", "verdict": "fail",
              "gathered_at": "2017-03-02T07:10:46Z", "evaluated_at": "2017-03-02T07:10:46Z", "requirements": {"R1": "pass", "R2": "fail"},
              "endpoints": [], "findings": [{"code": SEEN, "severity": "error", "requirement": "R2", "where": {}, "message": HOSTILE,
                                             "expected": None, "observed": "vcse.steven.lab", "remedy": "change it"}],
              "actions": [{"side": "cisco", "op": "add", "kind": "dns", "owner": "a.", "type": "A", "ttl": 60, "data": "192.0.2.1"}],
              "not_checked": ["media"]}
    (tmp_path / "old.json").write_text(json.dumps(report))
    (tmp_path / "new.json").write_text(json.dumps({**report, "verdict": "pass", "gathered_at": "2017-03-03T00:00:00Z", "findings": [],
                                                   "requirements": {"R1": "pass", "R2": "pass"}}))
    one = drive("files", tmp_path / "old.json")
    assert_quiet(one)
    for wanted in ("acano.steven.lab", "R2 fail", SEEN, "<script>alert(1)</script>", "a. 60 IN A 192.0.2.1", "media"):
        assert wanted in one["text"], wanted
    both = drive("files", tmp_path / "new.json", tmp_path / "old.json")
    assert_quiet(both)
    assert "Between old.json and new.json:" in both["text"] and "better" in both["text"].lower() and "What changed" in both["text"]
    (tmp_path / "lines.json").write_text((tmp_path / "old.json").read_text() + "\n" + (tmp_path / "new.json").read_text() + "\n")
    assert len(drive("archive", tmp_path / "lines.json", 2)["given"]) == 2


def test_every_log_of_the_vectors_is_a_log(tmp_path):
    folder = SOURCE / "tests" / "vectors" / "logs"
    logs = sorted(file for file in folder.iterdir() if file.suffix != ".tsv")
    given = dict(zip((file.name for file in logs), drive("files", *logs)["given"], strict=True))
    assert {name: told for name, told in given.items() if told != "a log"} == {}
    log = folder / "client-1009.log"
    (tmp_path / "utf16.log").write_bytes(log.read_text().encode("utf-16-le"))
    with zipfile.ZipFile(tmp_path / "logs.zip", "w") as archive:
        archive.write(log, log.name)
    for task, name in (("files", "utf16.log"), ("files", "logs.zip")):
        assert drive(task, tmp_path / name)["given"] == ["a log"], name
    assert drive("pasted", log)["given"] == ["a log"]


def test_certificates_in_der_are_still_known(tmp_path):
    der = base64.b64decode("".join(line for line in (LAB / "vcse.pem").read_text().splitlines() if "-----" not in line))
    (tmp_path / "vcse.cer").write_bytes(der)
    (tmp_path / "cut.cer").write_bytes(der[:200])
    (tmp_path / "noted.pem").write_text("05/14/2019 fetched by the lab\n" + (LAB / "vcse.pem").read_text())
    told = drive("files", tmp_path / "vcse.cer", tmp_path / "noted.pem", tmp_path / "cut.cer")["given"]
    assert told[0].startswith("certificates") and told[1].startswith("certificates") and told[2].startswith("not read: ")


def test_a_long_word_in_a_heading_fits_a_narrow_screen():
    result = drive("narrow", SOURCE / "tests" / "vectors" / "logs" / "client-1009.log")
    assert "d00dfeedd00dfeed0000000000000001" in result["text"] and result["width"] <= 360


def test_what_is_no_log_is_named_and_said_what_to_give(tmp_path):
    def zipped(name, *entries, method=zipfile.ZIP_DEFLATED):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", method) as archive:
            for entry, content in entries:
                archive.writestr(entry, content)
        (tmp_path / name).write_bytes(held.getvalue())
        return held.getvalue()
    log = LOGS[0].read_bytes()
    inner = log
    for depth in range(6):
        inner = zipped("deep.zip", (f"{depth}.zip", inner))
    locked = bytearray(zipped("locked.zip", ("a.log", log)))
    locked[6] |= 1
    given = {"report.pdf": b"%PDF-1.7\n...", "events.evtx": b"ElfFile\0" + bytes(64), "calls.pcapng": b"\x0a\x0d\x0d\x0a" + bytes(64),
             "empty.log": b"", "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(64), "a.7z": b"7z\xbc\xaf\x27\x1c" + bytes(32), "locked.zip": bytes(locked),
             "random.bin": bytes(range(32)) * 320, "server.key": b"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n",
             "cut.zip": zipped("whole.zip", ("a.log", log))[:100], "notes.txt": b"please call me back\n",
             "plan.json": b'{"format":"fedval-plan/1"}', "quoted.pem": b"".join(b"> " + line for line in (LAB / "vcse.pem").read_bytes().splitlines(True)),
             "cut.pem": (LAB / "vcse.pem").read_bytes()[:400], "a.json": b'{"a":1}',
             "dig.txt": b"; <<>> DiG 9.18.24 <<>> MX example.com\n;; ANSWER SECTION:\nexample.com. 60 IN MX 5 mx.example.com.\n;; WHEN: Mon Nov 30 01:02:03 UTC 2026\n",
             "nslookup.txt": b"Server: dc1\n\nNon-authoritative answer:\n_sip\tSRV service location:\n          svr hostname   = a.example.com\n"}
    for name, content in given.items():
        (tmp_path / name).write_bytes(content)
    zipped("letter.docx", ("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>"))
    names = [*given, "letter.docx", "deep.zip"]
    result = drive("files", *(tmp_path / name for name in names))
    assert_quiet(result)
    told = dict(zip(names, result["given"], strict=True))
    for name, wanted in {"report.pdf": "a PDF document", "events.evtx": "Save All Events As", "calls.pcapng": "TLS hides SIP", "empty.log": "it is empty",
                         "picture.png": "ask for the log itself", "a.7z": "unpack it first", "locked.zip": "with a password", "random.bin": "binary data",
                         "server.key": "a private key", "cut.zip": "it is cut off before its end",
                         "notes.txt": "nothing that is known here", "plan.json": "(fedval-plan/1)", "letter.docx": "an Office document",
                         "deep.zip": "more than 4 deep", "quoted.pem": "take the > in front", "cut.pem": "cut off or changed", "a.json": "no document of fedval",
                         "dig.txt": "what a DNS lookup printed, without an answer", "nslookup.txt": "what a DNS lookup printed, without an answer"}.items():
        assert told[name].startswith("not read: ") and wanted in told[name], (name, told[name])
    assert "no failed call" not in result["text"].lower()  # of files that are no logs nothing is said


def test_what_is_damaged_is_told_and_the_rest_is_read(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for log in LOGS:
            archive.write(log, log.name)
    data = bytearray(held.getvalue())
    data[data.index(b"INVITE")] ^= 1
    (tmp_path / "logs.zip").write_bytes(data)
    result = drive("archive", tmp_path / "logs.zip", 2)
    assert_quiet(result)
    assert result["given"][0].startswith("a log; a damaged archive") and result["given"][1] == "a log" and SEEN in result["text"]
    (tmp_path / "cut.log.gz").write_bytes(gzip.compress(LOGS[0].read_bytes() * 50)[:300])
    assert "it is cut off before its end" in drive("files", tmp_path / "cut.log.gz")["given"][0]
    # a long one is told of when it is read to its end, and what came before counts
    noise = "".join(f"2017-03-02T07:10:46.000+00:00 expe tvcs: number {i * i * i}\n" for i in range(120_000)).encode()
    packed = bytearray(gzip.compress(LOGS[0].read_bytes() + noise))
    packed[-6] ^= 1
    (tmp_path / "long.log.gz").write_bytes(packed)
    result = drive("files", tmp_path / "long.log.gz")
    assert_quiet(result)
    assert result["given"][0].startswith("a log; a damaged archive") and SEEN in result["text"]


def test_what_has_a_fault_says_which(tmp_path):
    given = {"old.json": (b'{"format":"fedval-evidence/0"}', "of another version (fedval-evidence/0)"), "member.json": (b'{"format":"fedval-evidence/1","domain":"a.example","fact":[]}', "with a fault: facts: missing; what is there is fact"),
             "intent.yaml": (b"format: fedval-intent/1\ndomain: []\n", "the nearest is domains"), "printed.txt": (b"Certificate:\n    Data:\n        Version: 3 (0x2)\n", "printed as text")}
    for name, (content, _) in given.items():
        (tmp_path / name).write_bytes(content)
    result = drive("files", *(tmp_path / name for name in given))
    assert_quiet(result)
    for (name, (_, wanted)), told in zip(given.items(), result["given"], strict=True):
        assert told.startswith("not read: ") and wanted in told, name
    key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
    (tmp_path / "both.pem").write_text((LAB / "lab-ca.pem").read_text() + key)
    result = drive("files", tmp_path / "both.pem")
    assert result["given"] == ["a root certificate, trusted as private; a private key beside it is not read, and is better given to nobody"]
    assert result["status"].startswith("Nothing to show yet: a root certificate")
    (tmp_path / "zeros.log").write_bytes(LOGS[0].read_bytes()[:400] + bytes(64) + LOGS[0].read_bytes()[400:])
    assert SEEN in drive("files", tmp_path / "zeros.log")["text"]


def test_a_windows_has_its_own_ways():
    result = drive("files", *LOGS)
    for wanted in ("Resolve-DnsName -Type SRV _sipfederationtls._tcp.acano.steven.lab -Server", "Test-NetConnection <host> -Port 5061", "WriteAllBytes"):
        assert wanted in result["all"], wanted


def test_what_windows_saves_is_read(tmp_path):
    zone = (LAB / "case-1.zone").read_text()
    (tmp_path / "marked.zone").write_bytes(b"\xef\xbb\xbf" + zone.encode())
    (tmp_path / "utf16.zone").write_bytes(b"\xff\xfe" + zone.encode("utf-16-le"))
    (tmp_path / "utf16.log").write_bytes(LOGS[0].read_text().encode("utf-16-be"))
    for name in ("marked.zone", "utf16.zone"):
        result = drive("files", tmp_path / name)
        assert_quiet(result)
        assert result["given"] == ["a zone file (acano.steven.lab)"] and SEEN in result["text"]
    (tmp_path / "members.log.gz").write_bytes(gzip.compress(LOGS[0].read_bytes()[:300]) + gzip.compress(LOGS[0].read_bytes()[300:]))
    for name in ("utf16.log", "members.log.gz"):
        assert SEEN in drive("files", tmp_path / name)["text"], name


def test_a_policy_and_a_list_of_what_is_revoked_count(tmp_path):
    (tmp_path / "policy.json").write_text('{"format":"fedval-policy/1","profile":"office365","allow_private":true}')
    (tmp_path / "wrong.json").write_text('{"format":"fedval-policy/1","profil":"office365"}')
    result = drive("files", *CERTIFICATE_CASE, tmp_path / "policy.json")
    assert_quiet(result)
    assert result["given"][-1] == "a policy, by which all is judged" and "judged by office365" in result["text"]
    result = drive("files", tmp_path / "wrong.json")
    assert result["given"][0].startswith("not read: ") and "profil" in result["given"][0]


OWNER = "_sipfederationtls._tcp.acano.steven.lab"
LOOKUPS = {
    "windows": f"Server:  dc1.corp.local\r\nAddress:  10.0.0.1\r\n\r\nNon-authoritative answer:\r\n{OWNER}\tSRV service location:\r\n          priority       = 0\r\n"
               "          weight         = 0\r\n          port           = 5061\r\n          svr hostname   = vcse.steven.lab\r\n\r\nvcse.steven.lab\tinternet address = 93.184.216.34\r\n",
    "unix": f"Server:\t\t127.0.0.53\nAddress:\t127.0.0.53#53\n\nNon-authoritative answer:\n{OWNER}\tservice = 0 0 5061 vcse.steven.lab.\n",
    "powershell": f"\nName                                     Type   TTL   Section    NameTarget                     Priority Weight Port\n----   ----   ---   -------    ----------   -------- ------ ----\n"
                  f"{OWNER}  SRV    3600  Answer     vcse.steven.lab                0        0      5061\n\nName       : vcse.steven.lab\nQueryType  : A\nTTL        : 3599\nSection    : Additional\nIP4Address : 93.184.216.34\n",
    "dig": f"; <<>> DiG 9.18 <<>> SRV {OWNER}\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n;; QUESTION SECTION:\n;{OWNER}. IN SRV\n\n;; ANSWER SECTION:\n"
           f"{OWNER}. 3600 IN SRV 0 0 5061 vcse.steven.lab.\n",
}


@pytest.mark.parametrize("tool", LOOKUPS)
def test_what_a_lookup_printed_is_read(tool, tmp_path):
    (tmp_path / "printed.txt").write_text(LOOKUPS[tool])
    result = drive("pasted", tmp_path / "printed.txt")
    assert_quiet(result)
    assert result["given"] == ["what a DNS lookup printed; of names that are not in it nothing is known (acano.steven.lab)"]
    assert SEEN in result["text"]
    # that the host has no address is said of no host whose address was not asked for
    assert "address-missing" not in result["text"] and "10.0.0.1" not in result["text"]
    assert ("93.184.216.34" in result["text"]) == ("93.184.216.34" in LOOKUPS[tool])


@pytest.mark.parametrize("printed", [f"*** dns.google can't find {OWNER}: Non-existent domain\n", f"Resolve-DnsName : {OWNER} : DNS name does not exist\nAt line:1 char:1\n",
                                     f"; <<>> DiG 9.18 <<>> SRV\n;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 1\n;; QUESTION SECTION:\n;{OWNER}. IN SRV\n"])
def test_a_lookup_that_found_nothing_says_that_the_record_is_missing(printed, tmp_path):
    (tmp_path / "printed.txt").write_text(printed)
    result = drive("pasted", tmp_path / "printed.txt")
    assert_quiet(result)
    assert "srv-missing" in result["text"]


def test_record_lines_are_taken_for_their_zone(tmp_path):
    (tmp_path / "relative.txt").write_text("_sipfederationtls._tcp 60 IN SRV 0 0 5061 vcse.steven.lab.\n")
    (tmp_path / "full.txt").write_text("_sipfederationtls._tcp.acano.steven.lab. 60 IN SRV 0 0 5061 vcse.steven.lab.\n")
    (tmp_path / "undotted.txt").write_text("_sipfederationtls._tcp.acano.steven.lab 60 IN SRV 0 0 5061 vcse.steven.lab.\n")
    (tmp_path / "several.txt").write_text("a.example.com. 60 IN A 192.0.2.1\nb.example.org. 60 IN A 192.0.2.2\n")
    full = drive("files", tmp_path / "full.txt")
    assert_quiet(full)
    assert full["given"] == ["the SRV record of acano.steven.lab alone: of the address of its host nothing is known (acano.steven.lab)"]
    assert SEEN in full["text"]
    (tmp_path / "alone.txt").write_text("_sipfederationtls._tcp.example.com. IN SRV 0 0 5061 sip.example.com.")
    alone = drive("files", tmp_path / "alone.txt")
    assert_quiet(alone)
    assert "indeterminate" in alone["text"].lower() and "address-missing" not in alone["text"]
    (tmp_path / "whole.txt").write_text("_sipfederationtls._tcp.example.com. IN SRV 0 0 5061 sip.example.com.\nwww.example.com. IN A 192.0.2.1\n")
    whole = drive("files", tmp_path / "whole.txt")
    assert whole["given"] == ["record lines without a SOA record, taken for the whole zone example.com (example.com)"] and "address-missing" in whole["text"]
    open_zone = drive("files", tmp_path / "relative.txt")
    assert 'type it under "Domain"' in open_zone["given"][0] and 'type it under "Domain"' in open_zone["text"]
    assert SEEN in drive("forDomain", "acano.steven.lab", tmp_path / "relative.txt")["text"]
    undotted = drive("forDomain", "acano.steven.lab", tmp_path / "undotted.txt")["text"]
    assert "_sipfederationtls._tcp.acano.steven.lab is relative to acano.steven.lab as it is written: a full name ends with a dot" in undotted
    assert "b.example.org is not in a.example.com" in drive("files", tmp_path / "several.txt")["text"]


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("zeros.log", "w") as entry:
            for _ in range(1100):
                entry.write(bytes(1 << 20))
    result = drive("files", tmp_path / "bomb.zip")
    assert_quiet(result)
    assert result["given"] == ["not read: it unpacks to more than 1 GB: unpack it, and give the logs in it"]


def test_a_folder_of_many_files_is_read_while_the_page_answers(tmp_path):
    for i in range(2000):
        (tmp_path / f"{i}.txt").write_text(f"nothing of interest in number {i}\n")
    (tmp_path / "edge.log").write_bytes(LOGS[0].read_bytes())
    result = drive("many", tmp_path, 2001)
    assert result["faults"] == [] and len(result["given"]) == 2001 and SEEN in result["text"]


def test_a_machine_without_simd_is_told_what_to_open():
    flags = "--js-flags=--no-enable-sse4-1"
    told = drive("refused", flags=flags)
    assert told["ready"] is None and "fedval-plain.html" in told["status"]
    for page in (WEB / "page" / "fedval-plain.html", WEB / "page" / "site" / "index.html"):
        result = drive("files", *LOGS, page=page, flags=flags)
        assert result["faults"] == [] and SEEN in result["text"], page


def test_the_form_for_a_web_server_does_the_same():
    result = drive("files", *LOGS, page=WEB / "page" / "site" / "index.html")
    assert result["faults"] == [] and SEEN in result["text"]
    assert [url for url in result["requests"] if not url.startswith("file:")] == []


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
    result = drive("keyboardRemove", *LOGS)
    assert len(result["before"]) == 2 and len(result["after"]) == 1 and result["focused"] == "choose-files"


def test_a_certificate_is_judged_for_the_host_that_is_named():
    result = drive("asked", "acano.steven.lab", "vcse.acano.steven.lab", LAB / "vcse.pem", LAB / "lab-ca.pem")
    assert_quiet(result)
    assert "Judged for the host vcse.acano.steven.lab" in result["text"]
    assert "cert-name-mismatch" in result["text"] and "With these changes: PASS" in result["text"]


def test_where_nobody_names_the_host_it_is_asked_for():
    for domain, named in (("steven.lab", "Of its names vcse.steven.lab could be it"), ("acano.steven.lab", "None of its names lies in acano.steven.lab")):
        result = drive("asked", domain, "", LAB / "vcse.pem", LAB / "lab-ca.pem")
        assert_quiet(result)
        assert f"Which host does the SRV record of {domain} name?" in result["text"] and named in result["text"]
        assert result["looks"] == ["fv indeterminate"] and result["letters"] == []
        for wrong in ("pass", "vcse.acano", "www.", "sound", "srv is not consulted"):
            assert wrong not in result["text"].lower(), wrong
        assert all("pass" not in text.lower() and "Which host" in text for text in result["plain"][:2])
        assert json.loads(result["plain"][2])["verdict"] == json.loads(result["redacted"]["json"])["verdict"] == "indeterminate"
        for form, text in result["redacted"].items():
            assert "CN=vcse" not in text and "CN\\=vcse" not in text and "certificate1" in text, (form, text)
        assert "indeterminate" in result["redacted"]["text"] and "PASS" not in result["redacted"]["text"]


def test_of_two_certificates_the_worst_comes_first_and_each_is_named(tmp_path):
    for name in ("a.pem", "b.pem"):
        shutil.copy(LAB / "vcse.pem", tmp_path / name)
    result = drive("hosts", "steven.lab", "vcse.steven.lab", "other.steven.lab", tmp_path / "a.pem", tmp_path / "b.pem", LAB / "lab-ca.pem")
    assert_quiet(result)
    assert [heading for heading in result["headings"] if heading.endswith(".pem")] == ["b.pem", "a.pem"]
    assert "fv fail" in result["looks"][0] and "fv pass" in " ".join(result["looks"])


def test_a_domain_is_taken_out_of_what_people_type():
    for typed in ("sip:alice@acano.steven.lab", "https://acano.steven.lab/", "alice@acano.steven.lab", "sips:acano.steven.lab:5061;transport=tls", "acano.steven.lab."):
        result = drive("asked", typed, "", LAB / "case-1.zone")
        assert_quiet(result)
        assert SEEN in result["text"] and "_sipfederationtls._tcp.acano.steven.lab" in result["text"], typed
    alone = drive("asked", "acano.steven.lab", "")
    assert_quiet(alone)
    assert alone["status"] == "Nothing to show yet of acano.steven.lab: give a zone file, a certificate or a log."


def test_what_if_needs_no_reading_again():
    result = drive("whatIf", *CERTIFICATE_CASE)
    assert_quiet(result)
    assert "address-not-public" in result["first"] and "address-not-public" not in result["then"]
    assert "2017-03-02T07:10:46Z" in result["then"] and "judged by office365" in result["office365"]


def test_what_is_saved_is_whole():
    result = drive("saves", *LOGS)
    assert_quiet(result)
    assert result["html"].startswith("<!DOCTYPE html>") and SEEN in result["html"]
    assert json.loads(result["json"])["format"] == "fedval-diagnosis/1" and result["name"] == "fedval.json"
    assert "Names of domains, hosts and files stay" in result["masked"]
    assert result["markdown"].startswith("## ") and "2000\\@" in result["markdown"] and "2000@" in result["plain"]
    assert sorted(result["redacted"]) == ["html", "json", "markdown", "text"] and result["redacted"]["html"].startswith("<!DOCTYPE html>")
    for form, text in result["redacted"].items():
        assert "2000@" not in text and "2000\\@" not in text and "10.48." not in text and "10\\.48" not in text, form
    assert SEEN in result["redacted"]["text"]


def test_what_is_saved_is_read_again(tmp_path):
    result = drive("saves", *LOGS, *CERTIFICATE_CASE)
    assert_quiet(result)
    documents = [json.loads(line) for line in result["json"].splitlines()]
    assert result["name"] == "fedval.ndjson" and len(documents) > 2 and all(one["format"].startswith("fedval-") for one in documents)
    (tmp_path / "fedval.ndjson").write_text(result["json"])
    again = drive("files", tmp_path / "fedval.ndjson")
    assert_quiet(again)
    assert len(again["given"]) == 1 and again["given"][0].startswith("a report of fedval on acano.steven.lab: fail")
    assert f"{len(documents) - 1} results beside it" in again["given"][0] and SEEN in again["text"]


def zone_of(domain, host, address="93.184.216.34", port=5061):
    return (f"$ORIGIN {domain}.\n$TTL 3600\n@ IN SOA ns hostmaster 1 3600 600 86400 3600\n"
            f"_sipfederationtls._tcp IN SRV 0 0 {port} {host}\n" + ("" if host.endswith(".") else f"{host} IN A {address}\n"))


def test_both_sides_are_told_together(tmp_path):
    (tmp_path / "theirs.zone").write_text(zone_of("skype.lab", "edge"))
    (tmp_path / "cloud.zone").write_text(zone_of("example.org", "sipfed.online.lync.com."))
    result = drive("pair", "acano.steven.lab", *CERTIFICATE_CASE, tmp_path / "theirs.zone")
    assert_quiet(result)
    assert "Both sides together" not in result["before"]  # nothing says that they are two companies
    for wanted in ("Both sides together: acano.steven.lab as that of Cisco, skype.lab as that of Microsoft", "calls to Microsoft", "call back",
                   "side cisco, judged by microsoft-edge", "side microsoft, judged by expressway"):
        assert wanted in result["after"], wanted
    for form, text in result["redacted"].items():
        assert "10.48.36.47" not in text and "address1" in text, form
    assert "calls to Microsoft" in result["redacted"]["text"]
    turned = drive("pair", "skype.lab", *CERTIFICATE_CASE, tmp_path / "theirs.zone")["after"]
    assert "skype.lab as that of Cisco, acano.steven.lab as that of Microsoft" in turned
    hosted = drive("files", *CERTIFICATE_CASE, tmp_path / "cloud.zone")["text"]
    assert "acano.steven.lab as that of Cisco, example.org as that of Microsoft" in hosted and "judged by office365" in hosted


def test_what_breaks_when_is_shown_and_every_judgement_can_be_sent_on(tmp_path):
    (tmp_path / "intent.json").write_text(json.dumps({
        "format": "fedval-intent/1", "domains": [{"name": "acano.steven.lab", "host": "vcse"}], "partners": [{"name": "skype.lab", "kind": "on-premises"}],
        "clusters": [{"version": "15.5", "peers": [{"name": "vcse.steven.lab", "addresses": ["93.184.216.34", "2001:db8::7"]}], "keep_names": []}]}))
    result = drive("saves", *CERTIFICATE_CASE)
    assert_quiet(result)
    assert "What breaks when" in result["text"] and "2065-01-01T00:00:01Z" in result["text"]
    for form, text in result["redacted"].items():
        assert "cert-expired" in text.replace("\\", "") and "certificate1" in text, form
        assert "CN=" not in text.replace("\\", "") and "10.48.36.47" not in text, form
    for files, hidden in (([tmp_path / "intent.json", LAB / "case-1.zone"], ["93.184.216.34", "2001:db8::7"]), ([LAB / "vcse.pem"], ["CN=vcse", "CN=Lab"])):
        result = drive("saves", *files)
        assert result["status"] == "Saved." and all(len(text) > 200 for text in result["redacted"].values())
        assert [(form, word) for form, text in result["redacted"].items() for word in hidden if word in text.replace("\\", "")] == []


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


def assert_looks(grids, name, shapes=0.02, mean=2.5):
    """FEDVAL_WRITE_PICTURES=1 writes what is compared with."""
    stored = json.loads(PICTURES.read_text())
    if os.environ.get("FEDVAL_WRITE_PICTURES"):
        stored[name] = grids
        PICTURES.write_text(json.dumps(stored, separators=(",", ":"), sort_keys=True).replace('},"', '},\n"') + "\n")
    assert set(grids) == set(stored[name])
    for form, wanted in stored[name].items():
        cells, before = (list(base64.b64decode(grid["cells"])) for grid in (grids[form], wanted))
        differences = [abs(a - b) for a, b in zip(cells, before, strict=True)]
        assert abs(grids[form]["shape"] / wanted["shape"] - 1) < shapes, (name, form)
        assert sum(differences) / len(differences) < mean, (name, form)
        assert sum(difference > 48 for difference in differences) < len(differences) / 50, (name, form)


def brightness(grid):
    cells = base64.b64decode(grid["cells"])
    return sum(cells) / len(cells)


def test_it_looks_as_it_did(tmp_path):
    grids = drive("looks", *LOGS, folder=tmp_path)["grids"]
    assert set(grids) == {"wide", "dark", "narrow", "print"}
    assert_looks(grids, "page")
    assert brightness(grids["wide"]) > 180 > 80 > brightness(grids["dark"])


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A page of each command that writes one."""
    folder = tmp_path_factory.mktemp("written")
    at = ["--at", "2017-03-02T07:10:46Z", "--public-trust", LAB / "public-root.pem", "--trust", LAB / "lab-ca.pem", "--allow-private"]
    case = ["--offline", "--zone", LAB / "case-1.zone", "--chain", f"vcse.steven.lab={LAB / 'vcse.pem'}"]
    (folder / "mended.zone").write_text((LAB / "case-1.zone").read_text().replace("5061 vcse\n", "5061 vcse.acano\n") + "vcse.acano IN A 10.48.36.47\n")
    (folder / "intent.json").write_text(json.dumps({
        "format": "fedval-intent/1", "domains": [{"name": "acano.steven.lab", "host": "vcse"}], "partners": [{"name": "skype.lab", "kind": "on-premises"}],
        "clusters": [{"version": "15.5", "peers": [{"name": "vcse.steven.lab", "addresses": ["93.184.216.34"]}], "keep_names": []}],
        "today": {"zones": [str(LAB / "case-1.zone")]}, "ca": "private"}))

    def run(*arguments):
        done = subprocess.run([COMMAND.resolve(), *map(str, arguments)], capture_output=True, text=True, timeout=60, cwd=folder)
        assert done.returncode in (0, 1, 2, 3), done.stderr
    for name, zone in (("old", LAB / "case-1.zone"), ("new", folder / "mended.zone")):
        run("check", "acano.steven.lab", "--offline", "--zone", zone, *at, "--format", "json", "-o", folder / name)
    run("check", "acano.steven.lab", *case, *at, "--save-evidence", folder / "evidence")
    for name, arguments in {
            "check": ["check", "acano.steven.lab", *case, *at], "chain": ["chain", LAB / "vcse.pem", "--name", "vcse.acano.steven.lab", *at[:-1]],
            "diagnose": ["diagnose", *LOGS], "plan": ["plan", folder / "intent.json", *at], "diff": ["diff", folder / "old", folder / "new"],
            "pair": ["check", "--pair", "acano.steven.lab", "skype.lab", *case, *at], "timeline": ["timeline", "evidence", *at]}.items():
        run(*arguments, "--format", "html", "-o", folder / f"{name}.html")
    return sorted(folder.glob("*.html"))


@pytest.mark.skipif(not COMMAND.exists(), reason="the command is not built")
def test_the_pages_of_the_command_hold_by_themselves(written, tmp_path):
    found = drive("written", *written, folder=tmp_path)
    assert sorted(found) == ["chain", "check", "diagnose", "diff", "pair", "plan", "timeline"]
    for name, of in found.items():
        assert of["violations"] == [], name
        assert of["widths"]["narrow"] <= 360 and of["widths"]["light"] <= 1000, name
        assert {url.split("?")[0] for url in of["requests"]} == {f"file://{path}" for path in written if path.stem == name}
        assert len(of["withoutScripts"]) > 60, name
        assert_looks(of["grids"], name)
        assert brightness(of["grids"]["light"]) > 180 > 80 > brightness(of["grids"]["dark"]), name
        assert brightness(of["grids"]["print"]) > 200, name


def test_a_long_log_leaves_the_page_free():
    result = drive("long", 200)
    assert result["answered"] == 2 and result["cancelled"] == "Cancelled."
    assert result["faults"] == [] and result["heap"] < 64 << 20
    assert "no failed call was found" in result["text"].lower()
