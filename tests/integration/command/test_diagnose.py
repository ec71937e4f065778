"""fedval diagnose: files, archives, standard input, what is done with what cannot be read, and --check."""
import bz2
import email.message
import functools
import gzip
import io
import json
import random
import signal
import subprocess
import tarfile
import zipfile

import pytest
import command
from command import LAB, ROOTS, TOP, documents, run

LOGS = TOP / "tests" / "vectors" / "logs"
BARE, EDGE = LOGS / "expressway-504.log", LOGS / "edge-srv.log"


def findings(done):
    return [incident["finding"] for incident in documents(done)[0]["incidents"]]


def test_the_exit_status_says_what_was_found():
    run("diagnose", LOGS / "healthy.log", expect=0)
    run("diagnose", EDGE, expect=1)
    run("diagnose", BARE, expect=2)
    run("diagnose", BARE, EDGE, expect=1)
    run("diagnose", expect=64)


def test_two_logs_are_joined():
    incidents = documents(run("diagnose", "--format", "json", BARE, EDGE))[0]["incidents"]
    assert [incident["explained_by"] for incident in incidents] == [2, None]
    assert [incident["source"] for incident in incidents] == ["expressway-504.log", "edge-srv.log"]


def test_what_cannot_be_read_is_said_and_the_rest_is_judged():
    done = run("diagnose", "--format", "json", "/no/such/file", EDGE, expect=65)
    error, diagnosis = documents(done)
    assert error["format"] == "fedval-error/1" and diagnosis["diagnosis"] == "faults"
    run("diagnose", "/no/such/file", expect=65)


def test_standard_input_is_a_log():
    done = run("diagnose", "--format", "json", "-", input=EDGE.read_text(), expect=1)
    assert documents(done)[0]["incidents"][0]["source"] == "standard input"


def make_tar(path):
    with tarfile.open(path, "w:gz") as archive:
        for log in (BARE, EDGE):
            archive.add(log, arcname=f"logs/{log.name}")


def make_zip(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for log in (BARE, EDGE):
            archive.write(log, f"logs/{log.name}")


@pytest.mark.parametrize("name, make", [("bundle.tar.gz", make_tar), ("bundle.zip", make_zip)])
def test_archives_are_opened(tmp_path, name, make):
    make(tmp_path / name)
    done = run("diagnose", "--format", "json", tmp_path / name)
    if done.returncode == 65 and "libarchive" in done.stdout:
        pytest.skip("built without libarchive")
    assert done.returncode == 1
    assert findings(done) == ["cause-not-in-this-log", "srv-target-outside-domain"]
    assert documents(done)[0]["incidents"][1]["source"] == f"{name}/logs/edge-srv.log"
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_broken_archive_is_refused(tmp_path):
    whole = gzip.compress(EDGE.read_bytes() * 50)
    (tmp_path / "cut.gz").write_bytes(whole[:len(whole) // 2])
    run("diagnose", tmp_path / "cut.gz", expect=65)


def test_content_of_a_zip_that_is_not_what_was_packed_is_told(tmp_path):
    path = tmp_path / "changed.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.write(EDGE, EDGE.name)
    data = bytearray(path.read_bytes())
    data[data.index(b"INVITE")] ^= 1
    path.write_bytes(data)
    done = run("diagnose", path, expect=65)
    assert "what is packed in it is not what was packed" in done.stderr
    assert "cause found" in done.stdout  # what was read of it stays


def with_wrong_sum(packed):
    return packed[:-8] + bytes([packed[-8] ^ 1]) + packed[-7:]


@pytest.mark.parametrize("name, make", [("edge.log.gz", lambda: gzip.compress(EDGE.read_bytes())), ("edge.tar.gz", lambda: tar_gz_of(EDGE))])
def test_a_wrong_sum_of_gzip_is_named_and_what_was_read_stays(name, make, tmp_path):
    (tmp_path / name).write_bytes(with_wrong_sum(make()))
    done = run("diagnose", tmp_path / name, expect=65)
    assert f"{name}: damaged: what is packed in it is not what was packed" in done.stderr
    assert "0xc3e93d" in done.stdout
    (tmp_path / name).write_bytes(make())
    assert run("diagnose", tmp_path / name, expect=1).stderr == ""


def test_gzip_files_in_a_row_are_one(tmp_path):
    whole = gzip.decompress(tar_gz_of(EDGE))
    for cut in (100, 512, 1500, len(whole) - 1):
        (tmp_path / "joined.tgz").write_bytes(gzip.compress(whole[:cut]) + gzip.compress(whole[cut:]))
        assert run("diagnose", tmp_path / "joined.tgz", expect=1).stderr == ""


@pytest.mark.parametrize("name, data", [("cut.log.gz", lambda: gzip.compress(EDGE.read_bytes())[:40]),
                                        ("cut.tar.gz", lambda: tar_gz_of(EDGE)[:60])])
def test_a_damaged_archive_is_told_in_our_words(name, data, tmp_path):
    (tmp_path / name).write_bytes(data())
    done = run("diagnose", tmp_path / name, expect=65)
    assert f"{name}: the archive is cut off or damaged" in done.stderr


def test_a_packed_file_that_is_no_log_is_not_unpacked_to_its_end(tmp_path):
    """Whoever read on would find that its end is missing, or that its sum is wrong."""
    whole = gzip.compress(b"\x89PNG\r\n\x1a\n" + random.Random(7).randbytes(1 << 20))
    for name, packed in (("cut.gz", whole[:-300000]), ("changed.gz", with_wrong_sum(whole))):
        (tmp_path / name).write_bytes(packed)
        done = run("diagnose", tmp_path / name, expect=65)
        assert f"{name}: this is a picture (PNG), no log that can be read" in done.stderr


def test_what_lies_far_behind_the_end_of_a_tar_is_not_unpacked(tmp_path):
    whole = gzip.compress(gzip.decompress(tar_gz_of(EDGE)) + random.Random(7).randbytes(18 << 20), 1)
    (tmp_path / "long.tar.gz").write_bytes(whole[:-300000])
    assert run("diagnose", tmp_path / "long.tar.gz", expect=1).stderr == ""


@pytest.mark.parametrize("kind", ["tar.gz", "zip"])
def test_an_archive_without_its_end_is_named_in_plain_words(tmp_path, kind):
    whole, path = tmp_path / f"whole.{kind}", tmp_path / f"cut.{kind}"
    text = EDGE.read_bytes() * 300
    if kind == "zip":
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("edge.log", text)
    else:
        with tarfile.open(whole, "w:gz") as archive:
            entry = tarfile.TarInfo("edge.log")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
    path.write_bytes(whole.read_bytes()[:-300])
    assert run("diagnose", whole).returncode == 1
    result = run("diagnose", path)
    assert result.returncode == 65
    assert f"cut.{kind}" in result.stderr and "cut off or damaged" in result.stderr
    assert "decompression" not in result.stderr
    assert kind == "zip" or "srv-target-outside-domain" in result.stdout  # of what was unpacked


def test_an_archive_is_not_expanded_without_end(tmp_path):
    """5 GB of zeros: refused long before they are there."""
    path = tmp_path / "bomb.tar.gz"
    part = gzip.compress(bytes(64 << 20))
    entry = tarfile.TarInfo("zeros.log")
    entry.size = 80 * (64 << 20)
    with open(path, "wb") as file:
        file.write(gzip.compress(entry.tobuf(tarfile.GNU_FORMAT)))
        for _ in range(80):
            file.write(part)
    done = run("diagnose", "--format", "json", path, expect=65)
    message = documents(done)[0]["message"]
    assert "300 times" in message or "libarchive" in message


def tar_gz_of(log):
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:gz") as archive:
        archive.add(log, arcname=f"snapshot/{log.name}")
    return inner.getvalue()


def zip_of(members):
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return outer.getvalue()


def diagnose_bytes(tmp_path, name, content, **wanted):
    (tmp_path / name).write_bytes(content)
    done = run("diagnose", "--format", "json", tmp_path / name, **wanted)
    if done.returncode == 65 and "libarchive" in done.stdout:
        pytest.skip("built without libarchive")
    return documents(done)[0]


def test_an_archive_within_another_is_opened(tmp_path):
    shown = diagnose_bytes(tmp_path, "case.zip", zip_of({"edge.tar.gz": tar_gz_of(EDGE), "expe.log": BARE.read_text()}))
    sources = [incident["source"] for incident in shown["incidents"]]
    assert sources == ["case.zip/edge.tar.gz/snapshot/edge-srv.log", "case.zip/expe.log"]


def test_an_archive_that_lies_too_deep_is_named(tmp_path):
    deep = zip_of({"mail.zip": zip_of({"edge.tar.gz": tar_gz_of(EDGE)})})
    error = diagnose_bytes(tmp_path, "deep.zip", deep)
    assert error["format"] == "fedval-error/1" and error["source"].endswith("deep.zip/mail.zip/edge.tar.gz")
    assert "within three others" in error["message"]


def folders(count):
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for number in range(count):
            entry = tarfile.TarInfo(f"d{number}")
            entry.type = tarfile.DIRTYPE
            archive.addfile(entry)
    return tar.getvalue()


# The head of an .xz whose first block wants a dictionary of 4 GiB.
LARGE_XZ = b"\xfd7zXZ\0\0\4\xe6\xd6\xb4\x46" + b"\2\0\x21\1\x28\0\0\0" + bytes(64)


@pytest.mark.parametrize("name, content, word", [
    ("folders.tar.bz2", lambda: bz2.compress(folders(20_000)), "10,000 files"),
    ("twice.gz.bz2", lambda: bz2.compress(gzip.compress(b"") * 400_000), "compressed more than once"),
    ("large.xz", lambda: LARGE_XZ, "128 MiB of memory"),
])
def test_each_header_and_each_filter_counts(tmp_path, name, content, word):
    error = diagnose_bytes(tmp_path, name, content(), expect=65)
    assert error["format"] == "fedval-error/1" and error["source"] == name and word in error["message"]


@pytest.mark.parametrize("name, content, word", [
    ("events.evtx", b"ElfFile\0" + bytes(4088), "Save All Events As"),
    ("trace.etl", (b"\0\0\1\0" + bytes(68) + b"\2\0\2\xc0" + bytes(4000)), "Search-CsClsLogging"),
    ("trace.etl", bytes(4096), "Search-CsClsLogging"),
    ("logs.7z", b"7z\xbc\xaf\x27\x1c" + bytes(100), "unpack it first"),
    ("mail.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "save the message as text"),
    ("article.pdf", b"%PDF-1.7\n" + bytes(range(256)), "pdftotext"),
    ("shot.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"),
    ("shot.jpg", b"\xff\xd8\xff\xe0" + bytes(50), "a picture"),
    ("capture.pcap", b"\xd4\xc3\xb2\xa1" + bytes(50), "packet capture"),
    ("capture.pcapng", b"\n\r\r\n" + bytes(50), "tshark"),
    ("capture-ns.pcap", b"\xa1\xb2\x3c\x4d" + bytes(50), "packet capture"),
    ("capture.snoop", b"snoop\0\0\0" + bytes(50), "packet capture"),
    ("report.xlsx", b"PK\3\4" + bytes(26) + b"xl/workbook.xml" + bytes(50), "an Office document"),
    ("report.docx", b"PK\3\4" + bytes(26) + b"_rels/.rels" + bytes(50), "an Office document"),
    ("logs.rar", b"Rar!\x1a\7\1\0" + bytes(50), "unpack it first"),
    ("logs.cab", b"MSCF\0\0\0\0" + bytes(50), "unpack it first"),
    ("calls.sqlite", b"SQLite format 3\0" + bytes(50), "sqlite3 FILE .dump"),
    ("settings.plist", b"bplist00" + bytes(50), "plutil -p"),
    ("edge.cer", b"\x30\x82\4\x8f\x30\x82\3\x77" + bytes(50), "fedval chain FILE"),
    ("capture.pcap.gz", gzip.compress(b"\xd4\xc3\xb2\xa1" + bytes(50)), "packet capture"),
    ("odd.gz", gzip.compress(bytes(range(256)) * 4), "not known here"),
    ("odd.bin", bytes(range(256)) * 4, "not known here"),
])
def test_what_holds_no_text_is_named_with_the_way_out(tmp_path, name, content, word):
    error = diagnose_bytes(tmp_path, name, content, expect=65)
    assert error["format"] == "fedval-error/1" and error["source"] == name and word in error["message"]


@pytest.mark.parametrize("front", ["PKI: ", "xxxxAVI ", "xxxxxxxxWEBP ", "x" * 30 + "xl/ ", "The Standard Jet DB "])
def test_words_of_a_text_are_no_binary_data(tmp_path, front):
    (tmp_path / "edge.log").write_bytes(front.encode() + b"\n" + EDGE.read_bytes())
    assert "srv-target-outside-domain" in run("diagnose", tmp_path / "edge.log", expect=1).stdout


def test_an_empty_file_is_no_sound_log(tmp_path):
    (tmp_path / "edge.log").write_bytes(b"")
    assert "the file is empty" in run("diagnose", tmp_path / "edge.log", expect=65).stderr


def test_a_folder_is_read(tmp_path):
    (tmp_path / "case" / "edge").mkdir(parents=True)
    (tmp_path / "case" / "edge" / "edge.log").write_bytes(EDGE.read_bytes())
    (tmp_path / "case" / "expe.log").write_bytes(BARE.read_bytes())
    (tmp_path / "case" / "shot.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (tmp_path / "case" / "round").symlink_to(tmp_path / "case")
    done = run("diagnose", "--format", "json", tmp_path / "case", expect=1)
    assert [i["source"] for i in documents(done)[0]["incidents"]] == ["case/edge/edge.log", "case/expe.log"]
    text = run("diagnose", tmp_path / "case", expect=1)
    assert "case/shot.png: a picture (PNG), not read" in text.stderr
    (tmp_path / "empty").mkdir()
    run("diagnose", tmp_path / "empty", expect=65)


def test_redaction_reaches_text_and_json():
    for form in ("text", "json"):
        shown = run("diagnose", "--redact", "--format", form, BARE, EDGE).stdout
        assert "4711@" not in shown and "198.51.100.6" not in shown and "user1@meet.example.org" in shown


def edge_record(domain, target):
    return EDGE.read_text().replace("meet.example.org", domain).replace("expe.example.org", target)


@pytest.mark.parametrize("case, wanted", [(1, "stands"), (2, "gone")])
def test_check_says_whether_the_fault_still_stands(tmp_path, case, wanted):
    log = tmp_path / "edge.log"
    log.write_text(edge_record("acano.steven.lab", "vcse.steven.lab"))
    done = run("diagnose", "--check", "--format", "json", "--offline", "--zone", LAB / f"case-{case}.zone", *ROOTS,
               "--allow-private", log, expect=1)
    diagnosis, report, recheck = documents(done)
    assert report["format"] == "fedval-report/1" and report["domain"] == "acano.steven.lab"
    assert recheck["format"] == "fedval-recheck/1" and recheck["recheck"] == wanted
    assert recheck["incident"] == diagnosis["incidents"][0]["id"]
    text = run("diagnose", "--check", "--offline", "--zone", LAB / f"case-{case}.zone", *ROOTS, "--allow-private", log)
    assert ("still so" if wanted == "stands" else "no longer so") in text.stdout


def test_a_fault_that_is_gone_makes_nothing_right_that_was_not_seen(tmp_path):
    log = tmp_path / "edge.log"
    log.write_text(edge_record("example.com", "expe.dummy.com"))
    chain = ["--chain", f"{command.CHAINS[5][0]}={LAB / command.CHAINS[5][1]}"]
    check = ["diagnose", "--check", "--offline", "--zone", LAB / "case-5.zone", *ROOTS, "--at", command.AT, "--allow-private",
             log]
    for form in "text", "markdown", "html":
        unseen = " ".join(run(*check, "--format", form).stdout.split())
        assert "are right in this now" not in unseen and "leaves other requirements open" in unseen, unseen
        seen = " ".join(run(*check, *chain, "--format", form).stdout.split())
        assert "are right in this now" in seen and "call again" in seen, seen
    # what is mended is not asked for any more, by text, page or letter
    text = run(*check, *chain).stdout
    assert "DONE     the check that was made since found this fault gone" in text
    assert "CHANGE" not in text and "SEND" not in text and "VERIFY" not in text
    for form, label in (("markdown", "- change"), ("html", "<dt>change</dt>")):
        assert label not in run(*check, *chain, "--format", form).stdout
        assert label in run("diagnose", log, "--format", form).stdout


@pytest.mark.parametrize("case, wanted", [(2, "found a fault that can be it"), (5, "found no fault that can be it")])
def test_what_the_log_left_open_is_not_still_so(tmp_path, case, wanted):
    log = tmp_path / "bare.log"
    log.write_text(BARE.read_text().replace("meet.example.org", command.DOMAINS[case]))
    for form in "text", "markdown", "html":
        told = " ".join(run("diagnose", "--check", *command.facts(case), "--format", form, log).stdout.split())
        assert "the log leaves the cause open" in told and wanted in told, told
        assert "still so" not in told and "no longer so" not in told


def test_a_file_that_check_cannot_read_has_its_line_among_the_documents(tmp_path):
    log = tmp_path / "edge.log"
    log.write_text(edge_record("acano.steven.lab", "vcse.steven.lab"))
    done = run("diagnose", "--check", "--format", "json", "--offline", "--zone", tmp_path / "none.zone", *ROOTS, log,
               expect=65)
    assert [document["format"] for document in documents(done)] == ["fedval-diagnosis/1", "fedval-error/1"]
    assert done.stderr == ""


def test_the_dns_answers_in_a_log_are_judged_by_the_rules_of_the_check():
    done = run("diagnose", "--format", "json", LOGS / "expressway-observed.log", expect=1)
    diagnosis, report = documents(done)
    assert diagnosis["incidents"][0]["presented_name"] == "sip.lync.example.net, lync.example.net"
    assert report["domain"] == "lync.example.net" and report["side"] == "microsoft"
    assert "srv-target-is-address" in [finding["code"] for finding in report["findings"]]
    assert report["dns_source"] == "expressway-observed.log:2"


@pytest.mark.parametrize("name", ["case-1.zone", "README.md"])
def test_what_is_no_log_is_not_called_sound(name):
    done = run("diagnose", LAB / name, expect=65)
    assert "no failed call was found" in done.stdout and "nothing wrong" not in done.stdout
    assert f"{name}: this is text without an entry of any log" in done.stderr


def test_a_certificate_in_the_place_of_a_log_is_named():
    done = run("diagnose", LAB / "vcse.pem", expect=65)
    assert "vcse.pem: this is a certificate (PEM), no log that can be read" in done.stderr
    assert "nothing wrong" not in done.stdout


def mail_of(name, content, body="the log is attached", boundary=None):
    """A mail with one attachment, as mail programs send it."""
    mail = email.message.EmailMessage()
    mail["From"], mail["Subject"] = "a@example.org", "calls fail"
    mail.set_content(body)
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if boundary:
        mail.set_boundary(boundary)
    return mail.as_bytes()


@pytest.mark.parametrize("name,content,wanted", [
    ("logs.zip", zip_of({"edge.log": EDGE.read_text()}), "save the attachment"),
    ("logs.tar.gz", tar_gz_of(EDGE), "save the attachment"),
    ("events.evtx", b"ElfFile\0" + bytes(400), "wevtutil"),
    ("shot.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture"),
    ("log.pdf", b"%PDF-1.7\n" + bytes(range(256)), "pdftotext"),
])
def test_an_attachment_that_is_no_text_is_named_with_how_to_get_text(tmp_path, name, content, wanted):
    (tmp_path / "mail.eml").write_bytes(mail_of(name, content))
    done = run("diagnose", "--format", "json", tmp_path / "mail.eml", expect=65)
    error = [document for document in documents(done) if document["format"] == "fedval-error/1"]
    assert [e["source"] for e in error] == [f"mail.eml/{name}"]
    assert wanted in error[0]["message"]


def test_a_boundary_may_be_one_character(tmp_path):
    """RFC 2046 5.1.1: 1 to 70 characters."""
    (tmp_path / "mail.eml").write_bytes(mail_of("log.pdf", b"%PDF-1.7\n" + bytes(range(256)), boundary="b"))
    done = run("diagnose", tmp_path / "mail.eml", expect=65)
    assert "mail.eml/log.pdf: this is a PDF document" in done.stderr


def test_a_mail_with_a_log_is_read_and_its_attachment_noted(tmp_path):
    (tmp_path / "mail.eml").write_bytes(mail_of("shot.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), EDGE.read_text()))
    done = run("diagnose", tmp_path / "mail.eml", expect=1)
    assert "mail.eml/shot.png: a picture (PNG), not read" in done.stderr
    (tmp_path / "text.eml").write_bytes(mail_of("edge.log", EDGE.read_bytes()))
    done = run("diagnose", tmp_path / "text.eml", expect=1)
    assert done.stderr == ""


ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


@pytest.mark.parametrize("number", ENDINGS)
def test_a_signal_ends_the_reading_and_what_was_read_is_told(number):
    """What is written is longer than a pipe holds: when the last of it is taken, the first was read."""
    process = subprocess.Popen([command.FEDVAL, "diagnose", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, preexec_fn=functools.partial(signal.signal, number, signal.SIG_DFL))
    process.stdin.write((LAB / "logs" / "expe.log").read_bytes() + b"\n" + b"nothing\n" * 40000)
    process.stdin.flush()
    process.send_signal(number)
    out, complaint = process.communicate(timeout=60)
    assert b"interrupted: the diagnosis is of what was read until then" in complaint
    assert b"504" in out and process.returncode == -number


def tar_of(text):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("expe.log")
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
    return out.getvalue()


@pytest.mark.parametrize("form", [lambda text: text, tar_of])
def test_an_archive_whose_reading_is_interrupted_is_not_called_damaged(form):
    noise = random.Random(7).randbytes(400000).hex().encode()
    packed = gzip.compress(form((LAB / "logs" / "expe.log").read_bytes() + b"\n" + noise))
    process = subprocess.Popen([command.FEDVAL, "diagnose", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    process.stdin.write(packed[:300000])
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, complaint = process.communicate(timeout=60)
    assert complaint == b"fedval: interrupted: the diagnosis is of what was read until then\n"
    assert b"504" in out and process.returncode == -signal.SIGINT


@pytest.mark.parametrize("target, finding, certainty", [
    ("gw.deep.video.example.com", "srv-target-below-subdomain", "stated"),
    ("sipfed.online.lync.com.video.example.com", "srv-provider-without-dot", "inferred"),
    ("sipfed.online.lync.com.video.example.net", "srv-target-outside-domain", "stated")])
def test_a_provider_without_its_final_dot_needs_no_host_of_its_own(tmp_path, target, finding, certainty):
    log = (TOP / "tests/vectors/logs/client-1009.log").read_text()
    (tmp_path / "a.log").write_text(log.replace("gw.deep.video.example.com", target))
    document, = documents(run("diagnose", "--format", "json", tmp_path / "a.log", expect=1))
    incident, = document["incidents"]
    assert (incident["finding"], incident["certainty"]) == (finding, certainty)
    shown = " ".join(run("diagnose", tmp_path / "a.log", expect=1).stdout.split())
    is_without_dot = finding == "srv-provider-without-dot"
    assert ("as sipfed.online.lync.com. with the final dot" in shown) == is_without_dot
    assert ("give that host an address record" in shown) != is_without_dot
