"""Exit statuses: each of them, and which one counts where several occur."""
import json
import os
import shutil
import subprocess

import pytest

import command


def test_pass_is_0_and_fail_is_1():
    command.check(5, expect=0)
    command.check(1, expect=1)


@pytest.mark.parametrize("option", ["--save-evidence", "--zone", "--trust", "-o", "--at"])
def test_an_option_is_not_the_value_of_another(option, tmp_path):
    """Else a forgotten value would take --offline away, and the network would be asked."""
    done = command.run("check", "example.com", option, "--offline", "--zone", "x.zone", expect=64, cwd=tmp_path)
    assert f"a value is missing: {option}" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_configuration_of_openssl_changes_a_verdict(tmp_path):
    """One provider that knows no algorithm; FIPS alone."""
    config = tmp_path / "openssl.cnf"
    config.write_text("openssl_conf = init\n[init]\nproviders = all\nalg_section = algorithms\n[all]\nnull = none\n"
                      "[none]\nactivate = 1\n[algorithms]\ndefault_properties = fips=yes\n")
    command.check(5, expect=0, OPENSSL_CONF=str(config))


def test_what_cannot_be_observed_is_2(tmp_path):
    zone = (command.LAB / "case-5.zone").read_text()
    apex = tmp_path / "apex.zone"
    apex.write_text("".join(line for line in zone.splitlines(True) if not line.startswith(("_", "expe")))
                    + "_sipfederationtls._tcp.example.com. 60 IN SRV 0 0 5061 example.com.\n"
                    + "example.com. 60 IN A 10.48.36.47\n")
    command.run("check", "example.com", "--offline", "--zone", apex, "--only", "dns", "--allow-private", expect=2)


WRONG = [[], ["nonsense"], ["check"], ["check", "--nonsense", "example.com"], ["check", "example.com", "--at"],
         ["check", "example.com", "--at", "yesterday"], ["check", "example.com", "--side", "unknown"],
         ["check", "example.com", "--profile", "webpki"], ["check", "example.com", "--profile", "nonsense"],
         ["check", "example.com", "--only", "all"], ["check", "example.com", "--timeout", "0"],
         ["check", "example.com", "--timeout", "-1"], ["check", "example.com", "--warn-days", "x"],
         ["check", "example.com", "--format", "xml"], ["check", "example.com", "--tls", "gnutls"],
         ["check", "example.com", "--offline"], ["check", "example.com", "--offline", "--resolver", "127.0.0.1"],
         ["check", "example.com", "--resolver", "nonsense"], ["check", "example.com", "--resolver", "127.0.0.1:99999"],
         ["check", "example.com", "--offline", "--chain", "nonsense"],
         ["check", "example.com", "--offline", "--chain", "host:0=file"],
         ["check", "example.com", "--client-key", "/dev/null"],
         ["check", "example.com", "--provider", "not a name"], ["check", "example.com", "--edge-fqdn", "a..b"],
         ["check", "example.com", "--name", "-"], ["check", "example.com", "--other-domain", "a b"],
         ["match", "example.com"], ["match", "a.example", "b.example", "c.example"],
         ["match", "not a domain", "a.example"], ["match", "a.example", "b.a.example", "--format", "nagios"],
         ["explain", "nonsense"], ["chain"], ["evaluate"], ["chain", "--name", "a b", "/dev/null"],
         ["chain", "--purpose", "fun", "/dev/null"]]


# What a tired administrator types, and what the complaint has to say, once.
TYPED = [(["check", "-a.example"], "fedval check: unknown option: -a.example; see fedval check --help\n"),
         (["check", "a.example", "--offline=yes"],
          "fedval check: an option that takes no value: --offline=yes; see fedval check --help\n"),
         (["check", "a b"], "fedval: not a domain name, a character that is no letter, digit or hyphen: a b\n"),
         (["check", ""], "fedval: not a domain name, it is empty\n"),
         (["check", "sip:user@a.example"],
          "fedval: not a domain name (give the domain alone, without user, scheme or port): sip:user@a.example\n"),
         (["check", "a.example:5061"],
          "fedval: not a domain name (give the domain alone, without user, scheme or port): a.example:5061\n"),
         (["check", "_sipfederationtls._tcp.a.example"],
          "fedval: not a SIP domain, it holds an underscore (give the domain alone, without the service): "
          "_sipfederationtls._tcp.a.example\n"),
         (["check", "192.0.2.1"], "fedval: not a SIP domain but an IP address: 192.0.2.1\n"),
         (["check", "a.example", "--resolver", "127.0.0.1:0"],
          "fedval: not the address of a DNS server, with or without a port: 127.0.0.1:0\n"),
         (["check", "a.example", "--warn-days", "99999"],
          "fedval check: --warn-days wants days, 0 to 36500, such as 30 or 30:, not: 99999; see fedval check --help\n"),
         (["check", "a.example", "--offline", "--chain", "a.example:65536=x"],
          "fedval: a.example:65536=x: --chain wants HOST[:PORT]=FILE or HOST@ADDRESS[:PORT]=FILE, "
          "with a port of 1 to 65535\n"),
         (["check", "a.example", "--offline", "--chain", "a b=x"],
          "fedval: a b=x: --chain wants HOST[:PORT]=FILE or HOST@ADDRESS[:PORT]=FILE, with a host name\n"),
         (["check", "a.example", "--offline", "--chain", "a.example@b.example=x"],
          "fedval: a.example@b.example=x: --chain wants HOST[:PORT]=FILE or HOST@ADDRESS[:PORT]=FILE, "
          "with an IP address behind the @\n")]


@pytest.mark.parametrize("words, said", TYPED, ids=[" ".join(words) for words, _ in TYPED])
def test_a_complaint_names_what_was_typed_once_and_what_is_wanted(words, said):
    more = ["--resolver", "127.0.0.1:9"] if len(words) == 2 else []
    assert command.run(*words, *more, expect=64).stderr == said


def test_standard_input_is_called_so():
    assert command.run("evaluate", "-", input="", expect=65).stderr == \
        "fedval: standard input:1:1: not JSON: it is empty\n"


TWICE = [("chain", "-", "-"), ("chain", "-", "--trust", "-"), ("chain", "x.pem", "--trust", "-", "--public-trust", "-"),
         ("chain", "x.pem", "--crl", "-", "--crl", "-"), ("evaluate", "-", "-"), ("diagnose", "-", "-"),
         ("check", "--offline", "--zone", "-", "--zone", "-", "example.com"),
         ("check", "--offline", "--zone", "-", "--chain", "expe.example.com=-", "example.com"),
         ("check", "--offline", "--zone", "x.zone", "--policy", "-", "--domains", "-")]


@pytest.mark.parametrize("words", TWICE, ids=" ".join)
def test_standard_input_is_read_for_one_file(words):
    assert "cannot read standard input, which is read already for " in command.run(*words, input="", expect=64).stderr


@pytest.mark.parametrize("words", [
    ("chain", ""), ("chain", "x.pem", "--trust", ""), ("evaluate", ""), ("diagnose", ""), ("plan", ""),
    ("check", "--offline", "--zone", "", "example.com"), ("chain", "x.pem", "--output", "")], ids=repr)
def test_an_empty_name_is_told_with_what_it_is_of(words):
    option = words[-2] if words[-2].startswith("--") else "--zone" if "--zone" in words else "FILE"
    assert f"{option} wants a file, and its name is empty" in command.run(*words, expect=64).stderr


def test_a_key_that_does_not_fit_is_named(tmp_path):
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).write_text((command.LAB / "expe.pem").read_text())
    done = command.run("check", "a.example", "--resolver", "127.0.0.1:9", "--client-cert", tmp_path / "cert.pem",
                       "--client-key", tmp_path / "key.pem", expect=65)
    assert done.stderr.startswith(f"fedval: {tmp_path / 'key.pem'}: the client key")


@pytest.mark.parametrize("tls", ["openssl", "mbedtls"])
@pytest.mark.parametrize("key", ["leaf-p256", "leaf-rsa2048"])
def test_a_key_of_another_certificate_is_named(tls, key):
    path = command.TOP / "tests" / "pki" / "keys" / f"{key}.key"
    done = command.run("check", "a.example", "--resolver", "127.0.0.1:9", "--client-cert", command.LAB / "expe.pem",
                       "--client-key", path, "--tls", tls, expect=65)
    assert "the client key" in done.stderr and str(path) in done.stderr


OFFLINE = ["check", "example.com", "--offline", "--zone", "/dev/null"]
# An option that would be passed over in silence, and its name in the complaint.
USELESS = [([*OFFLINE, "--resolver", "127.0.0.1"], "--resolver"), ([*OFFLINE, "--trust-ad"], "--trust-ad"),
           ([*OFFLINE, "--client-cert", "/dev/null"], "--client-cert"), ([*OFFLINE, "--timeout", "5"], "--timeout"),
           ([*OFFLINE, "--client-cert", "/dev/null", "--client-key", "/dev/null"], "--client-cert"),
           (["check", "example.com", "--client-key", "/dev/null"], "--client-key"),
           (["diagnose", "--offline", "/dev/null"], "--offline"), (["diagnose", "--zone", "x", "/dev/null"], "--zone"),
           (["diagnose", "/dev/null", "--at", "2030-01-01"], "--at"), (["diagnose", "/dev/null", "--trust", "x"], "--trust"),
           (["diagnose", "/dev/null", "--profile", "office365"], "--profile"),
           (["diagnose", "/dev/null", "--save-evidence", "x"], "--save-evidence"),
           (["diagnose", "--check", "--offline", "/dev/null"], "--zone"),
           (["diagnose", "--check", "--offline", "--zone", "x", "--timeout", "5", "/dev/null"], "--timeout"),
           (["diagnose", "--check", "--redact", "/dev/null"], "--redact"),
           (["plan", "--redact", "--write", "x", "/dev/null"], "--redact"), (["plan", "--redact", "--template"], "--redact"),
           (["plan", "--redact", "--from", "/dev/null"], "--redact"),
           (["check", "example.com", "--resolver", "127.0.0.1:9", "--side", "cisco", "--name", "a.example"], "--name"),
           (["check", "example.com", "--resolver", "127.0.0.1:9", "--profile", "office365", "--name", "a.example"], "--name"),
           (["evaluate", "/dev/null", "--profile", "rfc5922-sip", "--name", "a.example"], "--name"),
           (["explain", "--format", "markdown", "srv-missing"], "markdown")]


@pytest.mark.parametrize("words, named", USELESS, ids=lambda value: " ".join(value) if isinstance(value, list) else value)
def test_an_option_that_would_be_of_no_use_is_64_and_is_named(words, named):
    done = command.run(*words, expect=64)
    assert named in done.stderr and not done.stdout


@pytest.mark.parametrize("words, status", [
    (["diagnose", "--group", "--redact", command.LAB / "logs" / "edge.log"], 1), (["evaluate", "/dev/null", "--name", "a.example"], 65),
    (["evaluate", "/dev/null", "--profile", "office365", "--profile", "microsoft-trunk", "--name", "a.example"], 65)])
def test_an_option_that_is_of_use_to_one_of_several_is_taken(words, status):
    command.run(*words, expect=status)


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_command_line_is_64_and_says_so(words):
    done = command.run(*words, expect=64)
    assert done.stderr or "nonsense" in done.stdout or words[0] == "match"


def test_a_domain_that_is_none_is_64_and_the_others_are_judged():
    done = command.run("check", "not..a.domain", command.DOMAINS[5], *command.facts(5), "--format", "json", expect=64)
    refused, report = command.documents(done)
    assert (refused["format"], refused["source"]) == ("fedval-error/1", "not..a.domain")
    assert report["verdict"] == "pass"


# What was given, with FILE for a file of these bytes, and what the answer names.
BAD_RECORD = b"$ORIGIN x.test.\n$TTL 60\n@ SOA ns h 1 1 1 1 1\n_sipfederationtls._tcp SRV ten 0 5061 expe\n"
PEM = (command.LAB / "vcse.pem").read_bytes()
UNCLEAR = [(["check", "x.test", "--offline", "--zone", "FILE"], BAD_RECORD, 65, ":4: ", "priority, weight, port and target"),
           (["check", "x.test", "--offline", "--zone", "FILE"], PEM, 65, "PEM", "no zone"),
           (["diagnose", "FILE"], PEM, 65, "a certificate (PEM)", "fedval chain"),
           (["diagnose", "FILE"], b"-----BEGIN PRIVATE KEY-----\n", 65, "in PEM", "no log")]


@pytest.mark.parametrize("words, data, status, where, what", UNCLEAR, ids=lambda value: None if isinstance(value, bytes) else str(value))
def test_a_file_of_another_kind_gets_a_clear_answer(words, data, status, where, what, tmp_path):
    path = tmp_path / "given"
    path.write_bytes(data)
    done = command.run(*(path if word == "FILE" else word for word in words), expect=status)
    assert where in done.stderr and what in done.stderr


@pytest.mark.parametrize("place, said", [("othername.steven.lab", "points to vcse.steven.lab"), ("vcse.steven.lab:5060", "says port 5061")])
def test_a_chain_that_no_endpoint_uses_is_told_with_what_would(place, said):
    done = command.run("check", command.DOMAINS[1], "--offline", "--zone", command.LAB / "case-1.zone", "--allow-private",
                       "--chain", f"{place}={command.LAB / 'vcse.pem'}")
    assert said in done.stderr


def test_a_domain_of_one_label_is_doubted():
    done = command.run("check", "steven", "--offline", "--zone", command.LAB / "case-1.zone", expect=2)
    assert "one label" in done.stderr


UNREADABLE = ["/nonexistent/file", "/"]


@pytest.mark.parametrize("path", UNREADABLE)
@pytest.mark.parametrize("option", ["--trust", "--public-trust", "--crl", "--policy", "--zone", "--client-chain",
                                    "--chain"])
def test_an_unreadable_file_is_65_and_is_named(option, path):
    value = f"expe.example.com:5061={path}" if option == "--chain" else path
    done = command.check(5, option, value, expect=65)
    assert path in done.stderr


@pytest.mark.parametrize("option", ["--trust", "--public-trust", "--crl", "--policy", "--zone", "--client-chain",
                                    "--chain"])
def test_a_file_that_is_something_else_is_65_and_is_named(option, tmp_path):
    path = tmp_path / "other"
    path.write_text("-----BEGIN CERTIFICATE-----\nnonsense\n")
    value = f"expe.example.com:5061={path}" if option == "--chain" else path
    done = command.check(5, option, value, expect=65)
    assert str(path) in done.stderr


def test_a_client_certificate_that_is_none_is_65(tmp_path):
    path = tmp_path / "other"
    path.write_text("nonsense")
    done = command.run("check", "example.com", "--resolver", "127.0.0.1:9", "--client-cert", path, expect=65)
    assert str(path) in done.stderr


def test_evidence_that_cannot_be_read_is_65_and_the_others_are_judged(tmp_path):
    sound = command.saved(5, tmp_path / "sound.json")
    done = command.run("evaluate", "/nonexistent", sound, "--format", "json", *command.ROOTS, "--allow-private",
                       expect=65)
    refused, report = command.documents(done)
    assert refused["format"] == "fedval-error/1"
    assert (refused["source"], refused["line"]) == ("/nonexistent", None)
    assert report["verdict"] == "pass"


@pytest.mark.parametrize("inputs, status", [
    (["sound"], 0), (["sound", "faulty"], 1), (["faulty", "sound"], 1), (["faulty", "damaged", "sound"], 65),
    (["damaged"], 65)])
def test_of_several_inputs_the_worst_counts(inputs, status, tmp_path):
    command.saved(5, tmp_path / "sound")
    command.saved(1, tmp_path / "faulty")
    (tmp_path / "damaged").write_text("{")
    done = command.run("evaluate", *[tmp_path / name for name in inputs], *command.ROOTS, "--allow-private",
                       "--format", "json", expect=status)
    assert len(command.documents(done)) == len(inputs)


FULL = [["check"], ["check", "--format", "json"], ["check", "--format", "prometheus"], ["explain"], ["match"],
        ["--help"], ["--version"], ["check", "--help"], ["chain"]]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
@pytest.mark.parametrize("words", FULL, ids=" ".join)
def test_output_that_cannot_be_written_is_74(words):
    rest = {"check": [command.DOMAINS[1], *command.facts(1)], "match": ["a.example", "b.a.example"],
            "chain": [command.LAB / "expe.pem", *command.ROOTS]}.get(words[0], [])
    with open("/dev/full", "w") as full:
        done = command.run(*words[:1], *rest, *words[1:], stdout=full, expect=74)
    assert "No space left" in done.stderr


def test_a_reader_that_goes_away_is_74_and_no_signal():
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as gone:
        done = command.check(1, "--format", "json", stdout=gone, expect=74)
    assert done.stderr == ""


@pytest.mark.parametrize("path", ["/dev/full", "/nonexistent/evidence.json"])
def test_evidence_that_cannot_be_kept_is_74(path):
    done = command.check(5, "--save-evidence", path, expect=74)
    assert path in done.stderr


def test_an_evidence_file_is_replaced_by_a_whole_one_alone(tmp_path):
    path = tmp_path / "evidence.json"
    path.write_text("old\n")
    link = tmp_path / "link.json"
    link.symlink_to(path)
    command.check(5, "--save-evidence", link)
    assert link.is_symlink() and json.loads(path.read_text())["format"] == "fedval-evidence/1"
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["evidence.json", "link.json"]


def test_an_evidence_file_that_cannot_be_replaced_stays(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    path = folder / "evidence.json"
    path.write_text("old\n")
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):
        pytest.skip("this user may write everywhere")
    command.check(5, "--save-evidence", path, expect=74)
    assert path.read_text() == "old\n"


NAGIOS = [(["check", "example.com", *command.facts(5)], 0), (["check", "acano.steven.lab", *command.facts(1)], 2),
          (["check", "example.com", *command.facts(5), "--warn-days", "36500"], 1),
          (["check", "not..a.domain", *command.facts(5)], 3), (["check", "example.com", "--nonsense"], 3),
          (["evaluate", "/nonexistent"], 3), (["check"], 3)]


@pytest.mark.parametrize("words, status", NAGIOS)
def test_a_monitoring_plugin_has_four_exit_statuses(words, status):
    done = command.run(*words, "--format", "nagios", expect=status)
    assert done.stdout.startswith("FEDERATION " + ["OK", "WARNING", "CRITICAL", "UNKNOWN"][status])


@pytest.mark.parametrize("words, said", [
    (["check", "example.com", "--nonsense"], "unknown option: --nonsense"), (["check"], "wanted: DOMAIN..."),
    (["check", "example.com", "--offline"], "--offline wants --zone or --chain beside it")])
def test_a_plugin_says_on_its_one_line_what_is_wrong_with_the_command_line(words, said):
    done = command.run(*words, "--format", "nagios", expect=3)
    assert done.stdout == f"FEDERATION UNKNOWN - {said}; see fedval check --help\n"


def test_the_first_line_of_a_plugin_fits_its_status_when_evidence_cannot_be_kept():
    done = command.check(5, "--format", "nagios", "--save-evidence", "/nonexistent/evidence.json", expect=3)
    first, = done.stdout.splitlines()
    assert first == "FEDERATION UNKNOWN - /nonexistent/evidence.json: No such file or directory"
    done = command.check(5, "--format", "nagios", "--save-evidence", "/dev/full", expect=3)
    assert done.stdout.startswith("FEDERATION UNKNOWN - /dev/full")


@pytest.mark.parametrize("case, status, first", [(5, 3, "UNKNOWN"), (1, 2, "CRITICAL")])
def test_the_first_line_of_a_plugin_is_what_its_exit_status_says(case, status, first, tmp_path):
    saved = command.saved(case, tmp_path / "evidence.json")
    done = command.run("evaluate", "/nonexistent", saved, *command.ROOTS, "--allow-private", "--format", "nagios",
                       expect=status)
    assert done.stdout.startswith(f"FEDERATION {first}")
    assert "FEDERATION UNKNOWN - /nonexistent" in done.stdout


@pytest.mark.skipif(not shutil.which("prlimit"), reason="prlimit is not installed")
def test_a_lack_of_memory_is_70():
    words = ["prlimit", "--as=120000000", str(command.FEDVAL), "check", "example.com",
             *map(str, command.facts(5)), "--zone", "/dev/zero"]
    if os.environ.get("FEDVAL_SANITIZE", "none") != "none":
        pytest.skip("a sanitizer wants the address space for itself")
    done = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (70, "fedval: out of memory\n")


MISTYPED = [(["chek", "a.example"], "no such command: chek (did you mean check?)"),
            (["help", "explian"], "no such command: explian (did you mean explain?)"),
            (["chain", "a.pem", "--nmae", "a.example"], "unknown option: --nmae (did you mean --name?)"),
            (["check", "a.example", "--ofline"], "unknown option: --ofline (did you mean --offline?)"),
            (["check", "a.example", "--profile", "office356"], "not: office356 (did you mean office365?)"),
            (["check", "a.example", "--side", "cisko"], "not: cisko (did you mean cisco?)"),
            (["explain", "cert-expird"], "or these words (did you mean cert-expired?)"),
            (["--versoin"], "an option where a command is wanted, which comes first: --versoin (did you mean --version?)")]


@pytest.mark.parametrize("words, complaint", MISTYPED)
def test_the_word_that_was_meant_is_offered(words, complaint):
    assert complaint in command.run(*words, expect=64).stderr


@pytest.mark.parametrize("words, complaint", [
    (["--format", "json", "check"], "an option where a command is wanted, which comes first: --format;"),
    (["plan", "--template", "x.yaml"], "--template reads no file: x.yaml"),
    (["check", "a.example", "--profile", "webpki"], "this one is of fedval chain and fedval evaluate"),
], ids=["option first", "template of a file", "profile of other commands"])
def test_what_stands_in_the_wrong_place_is_told_so(words, complaint):
    assert complaint in command.run(*words, expect=64).stderr


def test_a_list_without_a_domain_is_named(tmp_path):
    path = tmp_path / "domains"
    path.write_text("# none yet\n\n")
    assert f"{path}: no domain is in it; one a line is wanted" in command.run("check", "--domains", path, expect=65).stderr


@pytest.mark.parametrize("start, name", [
    (b"-----BEGIN CERTIFICATE-----\nMIIB\n", "a certificate (PEM), which fedval chain judges"), (b'{"format": 1}\n', "a JSON document"),
    (b"$TTL 60\n@ IN SOA a b 1 2 3 4 5\n", "a zone file, which --zone takes"), (b"PK\x03\x04" + bytes(60), "an archive"),
    (b"%PDF-1.7\n", "a PDF document"), ("a.example\n".encode("utf-16"), "text in UTF-16, or binary data"),
    (b"\x30\x82\x03\x10\x30\x82\x01\xf8" + bytes(90), "a certificate or another object in DER"),
], ids=["certificate", "json", "zone", "zip", "pdf", "utf-16", "der"])
def test_a_file_of_another_kind_is_no_list_of_domains(tmp_path, start, name):
    path = tmp_path / "domains"
    path.write_bytes(start)
    done = command.run("check", "--domains", path, expect=65)
    assert done.stderr == f"fedval: {path}: this is {name}; --domains wants a text with one domain a line\n" and done.stdout == ""


def test_a_wrong_line_of_a_list_is_named_with_its_place(tmp_path):
    path = tmp_path / "domains"
    path.write_text("# ours\n\nno domain\r\nb..example\n")
    done = command.run("check", "--domains", path, "--timeout", "1", expect=65)
    lines = done.stderr.splitlines()
    assert [line.split(" ")[1] for line in lines] == [f"{path}:3:", f"{path}:4:"], done.stderr
    assert all("not a domain name" in line for line in lines)
    document = command.documents(command.run("check", "--domains", path, "--format", "json"))[0]
    assert document["source"] == str(path) and document["line"] == 3
    assert command.run("check", "no domain", expect=64).stderr.startswith("fedval: not a domain name")


def test_a_file_is_named_whatever_its_name(tmp_path, monkeypatch):
    (tmp_path / "empty").write_text("")
    monkeypatch.chdir(tmp_path)
    assert command.run("evaluate", "empty", expect=65).stderr == "fedval: empty:1:1: not JSON: it is empty\n"


def test_a_report_in_place_of_evidence_is_named(tmp_path):
    path = tmp_path / "report.json"
    path.write_text('{"format":"fedval-report/1"}')
    done = command.run("evaluate", path, expect=65)
    assert "another kind of document, fedval-report/1, where fedval-evidence/1 is wanted" in done.stderr


@pytest.mark.parametrize("words", [["frobnicate"], ["check", "a.example", "--frobnicate"], ["check", "--profile", "zebra"]])
def test_what_is_near_nothing_is_not_guessed(words):
    assert "did you mean" not in command.run(*words, expect=64).stderr


@pytest.mark.parametrize("word", ["--version", "-V", "version"])
def test_the_version_is_told_however_it_is_asked_for(word):
    assert command.run(word, expect=0).stdout.startswith("fedval ")


def test_what_a_document_holds_beside_its_format_is_passed_over_where_that_is_asked_for(tmp_path):
    policy = tmp_path / "policy.json"
    policy.write_text('{"format":"fedval-policy/1","later":1}')
    saved = command.saved(1, tmp_path / "evidence.json")
    evidence = json.loads(saved.read_text())
    evidence["later"] = 1
    saved.write_text(json.dumps(evidence))
    words = ["evaluate", saved, *command.ROOTS, "--at", command.AT, "--allow-private", "--format", "json"]
    assert "later: this format has no such member" in command.run(*words, expect=65).stdout
    assert "later: this format has no such member" in command.run(*words[:1], "--policy", policy, *words[1:], expect=65).stdout
    lenient = command.documents(command.run(*words, "--lenient", "--policy", policy))
    assert [document["domain"] for document in lenient] == [command.DOMAINS[1]]
    intent = tmp_path / "intent.yaml"
    intent.write_text(command.run("plan", "--template", expect=0).stdout + "later: 1\n")
    assert "later: this format has no such member" in command.run("plan", intent, expect=65).stderr
    assert "no such member" not in command.run("plan", intent, "--lenient").stderr


def test_evidence_that_an_intent_names_and_actions_are_read_as_strictly_as_asked_for(tmp_path):
    saved = command.saved(1, tmp_path / "evidence.json")
    evidence = json.loads(saved.read_text())
    evidence["gatherd_at"] = evidence["gathered_at"]
    saved.write_text(json.dumps(evidence) + "\n")
    refused = "evidence.json:1:"
    domain = command.DOMAINS[1]
    intent = tmp_path / "intent.json"
    peer = {"name": f"expe.{domain}", "addresses": ["192.0.2.1"]}
    intent.write_text(json.dumps({"format": "fedval-intent/1", "domains": [{"name": domain, "side": "cisco"}],
                                  "clusters": [{"name": peer["name"], "peers": [peer]}], "today": {"evidence": [saved.name]}}))
    words = ["plan", intent, "--at", command.AT]
    strict = command.run(*words, expect=65).stderr
    assert refused in strict and "gatherd_at: this format has no such member; the nearest is gathered_at" in strict
    lenient = command.run(*words, "--lenient", "--format", "json")
    assert refused not in lenient.stderr and json.loads(lenient.stdout)["domains"][0]["verdict_today"] != "not-checked"

    learnt = command.run("plan", "--from", saved, expect=65).stderr
    assert refused in learnt and "the nearest is gathered_at" in learnt
    assert domain in command.run("plan", "--from", saved, "--lenient", expect=0).stdout

    actions = tmp_path / "actions.json"
    actions.write_text(json.dumps({"format": "fedval-actions/1", "actions": [
        {"kind": "dns", "op": "add", "type": "A", "owner": f"vcse.{domain}.", "ownr": "", "data": "192.0.2.9"}]}))
    words = ["evaluate", saved, "--lenient", *command.ROOTS, "--at", command.AT, "--apply", actions, "--format", "json"]
    assert command.documents(command.run(*words))[0]["actions"][0]["data"] == "192.0.2.9"
    saved.write_text(json.dumps({**evidence, "strict": False}) + "\n")
    words.remove("--lenient")
    assert "ownr: this format has no such member; the nearest is owner" in command.run(*words, expect=65).stdout
