"""Files that are meant to do harm: they end in a complaint, never in a crash or a changed terminal."""
import random
import subprocess

import pytest

import command

ESCAPE = "\x1b]0;owned\x07"


def evaluate(path, *options):
    done = command.run("evaluate", path, *command.ROOTS, "--allow-private", *options)
    assert done.returncode in (0, 1, 2, 65), (done.returncode, done.stderr)
    assert "\x1b" not in done.stdout + done.stderr
    return done


def test_every_truncation_of_evidence_is_refused(tmp_path):
    text = command.saved(5, tmp_path / "evidence.json").read_text().rstrip("\n")
    for end in range(0, len(text), max(1, len(text) // 40)):
        path = tmp_path / "cut.json"
        path.write_text(text[:end])
        assert evaluate(path).returncode == 65


def test_damaged_evidence_never_crashes(tmp_path):
    text = command.saved(1, tmp_path / "evidence.json").read_bytes()
    source = random.Random(1)
    for _ in range(40):
        damaged = bytearray(text)
        for _ in range(source.randint(1, 8)):
            damaged[source.randrange(len(damaged))] = source.randrange(256)
        path = tmp_path / "damaged.json"
        path.write_bytes(damaged)
        evaluate(path)


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", "\x00", "\xff\xfe{", "{" * 100000, "[" * 100000,
                                  '{"format":"fedval-evidence/2","domain":"a.example","facts":[]}',
                                  '{"format":"fedval-evidence/1","domain":"a.example","facts":[{}]}'])
def test_what_is_no_evidence_is_refused(text, tmp_path):
    path = tmp_path / "evidence.json"
    path.write_text(text, encoding="latin-1")
    assert evaluate(path).returncode == 65


def test_an_endless_file_is_refused():
    done = command.run("evaluate", "/dev/zero", expect=65)
    assert "64 MiB" in done.stderr


def test_texts_in_evidence_do_not_reach_the_terminal(tmp_path):
    path = command.saved(1, tmp_path / "evidence.json")
    text = path.read_text()
    path.write_text(text.replace("case-1.zone", ESCAPE.replace("\x1b", "\\u001b").replace("\x07", "\\u0007")))
    assert "\\x1b" in evaluate(path).stdout
    evaluate(path, "--format", "nagios")
    evaluate(path, "--format", "prometheus")


def test_the_name_of_a_file_does_not_reach_the_terminal(tmp_path):
    path = tmp_path / ESCAPE.replace("/", "_")
    path.write_text("{")
    assert "\\x1b" in evaluate(path).stderr
    done = command.check(5, "--save-evidence", tmp_path / "nowhere" / path.name, expect=74)
    assert "\x1b" not in done.stderr and "\\x1b" in done.stderr


def test_texts_of_the_command_line_do_not_reach_the_terminal():
    done = command.run("match", f"a{ESCAPE}.example", "b.example")
    assert "\x1b" not in done.stdout + done.stderr
    done = command.run("check", f"a{ESCAPE}.example", "--offline", "--zone", command.LAB / "case-1.zone", expect=64)
    assert "\x1b" not in done.stdout + done.stderr
    done = command.run("check", f"--{ESCAPE}", expect=64)
    assert "\x1b" not in done.stdout + done.stderr
    done = command.run("check", "--at", ESCAPE, expect=64)
    assert "\x1b" not in done.stdout + done.stderr
    done = command.run(ESCAPE, expect=64)
    assert "\x1b" not in done.stdout + done.stderr


def test_damaged_certificates_never_crash(tmp_path):
    text = (command.LAB / "expe.pem").read_bytes()
    source = random.Random(2)
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for _ in range(40):
        damaged = bytearray(text)
        for _ in range(source.randint(1, 6)):
            at = source.randrange(len(damaged))
            if damaged[at] in alphabet:
                damaged[at] = source.choice(alphabet)
        path = tmp_path / "chain.pem"
        path.write_bytes(damaged)
        done = command.run("chain", path, *command.ROOTS, "--at", command.AT, "--name", "expe.example.com")
        assert done.returncode in (0, 1, 2, 65), (done.returncode, done.stderr)


def test_a_certificate_of_endless_names_makes_no_endless_report(tmp_path):
    subject = "".join(f"/CN=name {number} of many" for number in range(2000))
    path = tmp_path / "names.pem"
    subprocess.run(["openssl", "req", "-x509", "-new", "-key", command.TOP / "tests/pki/keys/leaf-p256.key", "-subj",
                    subject, "-out", path], check=True, capture_output=True)
    done = command.run("chain", path, *command.ROOTS, "--name", "expe.example.com", expect=1)
    assert "CN=name 1999 of many, CN=name 1998 of many" in done.stdout
    assert "..." in done.stdout
    assert len(done.stdout) < 8000
    command.run("chain", path, *command.ROOTS, "--name", "expe.example.com", "--format", "json", expect=1)


def test_of_many_refused_paths_the_first_are_shown(tmp_path):
    certificates = command.TOP / "tests/pki/out/certs"
    issuers = sorted(certificates.glob("issuing*.pem"))
    path = tmp_path / "many.pem"
    path.write_text("".join(file.read_text() for file in [certificates / "signature-bad.pem", *issuers]))
    words = ["chain", path, "--public-trust", certificates / "root.pem"]
    text = command.run(*words, expect=1).stdout
    paths = len(command.documents(command.run(*words, "--format", "json"))[0]["paths"])
    assert paths > 10
    assert text.count("refused\n   ") == 5
    assert f"  and {paths - 5} more that were refused\n" in text


@pytest.mark.parametrize("line", ["$INCLUDE /etc/passwd", "expe 60 IN A 999.1.1.1", "\x00", "x" * 70000,
                                  "_sipfederationtls._tcp 60 IN SRV 0 0 5061",
                                  "_sipfederationtls._tcp 60 IN SRV 0 0 70000 expe", "( ( ("])
def test_a_hostile_zone_is_refused_with_its_line(line, tmp_path):
    path = tmp_path / "hostile.zone"
    path.write_text("$ORIGIN example.com.\n@ 60 IN SOA ns root 1 2 3 4 5\n" + line + "\n")
    done = command.run("check", "example.com", "--offline", "--zone", path, "--only", "dns", expect=65)
    assert f"{path}" in done.stderr


def test_a_directory_is_told():
    assert "directory" in command.run("evaluate", "/", expect=65).stderr
