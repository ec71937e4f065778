"""The help, the manual, the completion and the catalogue's document say the same."""
import json
import os
import re
import shutil
import subprocess

import pytest

import command

BUILT = command.FEDVAL.parent
MANUAL = command.TOP / "docs" / "fedval.1"
BASH = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_fedval
printf '%s\\n' "${COMPREPLY[@]}"
"""


def commands():
    overview = command.run("--help", expect=0).stdout
    return re.findall(r"^  ([a-z]+) +[A-Z\[]", overview, re.M)


def options(name):
    return set(re.findall(r"^  (--[a-z-]+)", command.run(name, "--help", expect=0).stdout, re.M))


def complete(*words):
    done = subprocess.run(["bash", "-c", BASH, "bash", str(BUILT / "fedval.bash"), "fedval", *words], capture_output=True,
                          text=True, check=True, env={**os.environ, "PATH": f"{command.FEDVAL.parent}:/usr/bin:/bin"})
    return set(filter(None, done.stdout.split("\n")))


def test_commands_are_known():
    assert {"check", "evaluate", "chain", "match", "explain"} <= set(commands())


@pytest.mark.parametrize("name", commands())
def test_help_has_an_example_that_is_an_option_of_the_command(name):
    text = command.run(name, "--help", expect=0).stdout
    example = text.split("\n\n")[-1]
    assert example.startswith(f"example: fedval {name}")
    assert set(re.findall(r"(--[a-z-]+)", example)) <= options(name)
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("name", commands())
def test_help_of_a_command_may_be_asked_for_both_ways(name):
    text = command.run(name, "--help", expect=0).stdout
    assert command.run("help", name, expect=0).stdout == text
    assert "\nExit status: 0" in text


def test_help_of_no_command_is_a_usage_error():
    assert "no such command: nonsense" in command.run("help", "nonsense", expect=64).stderr
    assert command.run("help", expect=0).stdout == command.run("--help", expect=0).stdout


def test_the_manual_has_every_option_and_no_other():
    in_manual = {f"--{name}" for name in re.findall(r"^\.It Fl Fl ([a-z-]+)", MANUAL.read_text(), re.M)}
    assert in_manual == set().union(*map(options, commands()))


def synopsis(name):
    """The arguments of a command in the manual's synopsis, as its usage writes them."""
    text = re.search(rf"^\.Nm\n\.Cm {name}\n(.*?)^\.(?:Nm|Sh)", MANUAL.read_text(), re.M | re.S).group(1)
    words = []
    for line in text.splitlines():
        arguments = " ".join(word.upper() if word.isalpha() else word for word in line.split()[1:] if word != "Ar")
        words.append(f"[{arguments}]" if line.startswith(".Op") else arguments)
    return " ".join(words).replace(" ...", "...").replace("...]", "]...")


def taken_in_manual(name):
    """The options that the manual lists for a command."""
    listed = MANUAL.read_text().split("\n.Ss Which command takes which option\n")[1].split("\n.S")[0]
    return set(re.findall(r"(?<=\.Fl Fl )[a-z-]+", re.search(rf"^\.It Cm {name}\n(.*?)(?=^\.It|^\.El)", listed, re.M | re.S).group(1)))


@pytest.mark.parametrize("name", commands())
def test_the_manual_agrees_with_the_help_of_each_command(name):
    text = " ".join(command.run(name, "--help", expect=0).stdout.split("\n\n")[0].split())
    assert text == f"usage: fedval {name} {synopsis(name)}"
    in_help = {option[2:] for option in options(name)}
    assert taken_in_manual(name) == in_help, f"tools/update-manual {command.FEDVAL}"


def test_the_manual_has_every_command():
    assert set(re.findall(r"^\.Nm\n\.Cm ([a-z]+)", MANUAL.read_text(), re.M)) == set(commands())


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc is not installed")
def test_the_manual_is_sound():
    done = subprocess.run(["mandoc", "-Tlint", str(MANUAL)], capture_output=True, text=True)
    found = [line for line in done.stdout.splitlines() if "referenced manual not found: Xr fedval-" not in line]
    assert not found, found


def test_the_completion_has_every_command():
    assert complete("") == set(commands()) | {"--help", "--version"}


@pytest.mark.parametrize("name", commands())
def test_the_completion_has_every_option_and_no_other(name):
    assert {word for word in complete(name, "--") if word.startswith("--")} == options(name)


def fish(*words):
    """What fish offers for the last of the words."""
    line = " ".join(["fedval", *words])
    done = subprocess.run(["fish", "--no-config", "-c", 'source $argv[1]; complete -C "$argv[2]"', str(BUILT / "fedval.fish"), line],
                          capture_output=True, text=True, check=True, env={**os.environ, "PATH": f"{BUILT}:/usr/bin:/bin"})
    return {answer.split("\t")[0] for answer in done.stdout.splitlines()}


needs_fish = pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")


@needs_fish
def test_fish_has_every_command():
    assert fish("''") >= set(commands())


@needs_fish
@pytest.mark.parametrize("name", commands())
def test_fish_has_every_option_and_no_other(name):
    assert fish(name, "--") == options(name)


@needs_fish
def test_fish_knows_words_and_codes():
    assert fish("check", "--tls", "''") == {"mbedtls", "openssl"}
    assert "srv-missing" in fish("explain", "srv-m")


ZSH_OPTION = re.compile(r"^ +'\*(?:'\{-[a-zA-Z],(--[a-z-]+)\}'|(--[a-z-]+))\[", re.M)


@pytest.mark.parametrize("name", commands())
def test_zsh_has_every_option_and_no_other(name):
    text = (BUILT / "_fedval").read_text()
    block = text.split(f"\n        {name})\n")[1].split(";;")[0]
    assert {one or other for one, other in ZSH_OPTION.findall(block)} == options(name)
    assert f"        '{name}:" in text


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh_completes(tmp_path):
    """In a real zsh on a terminal: what it shows for `fedval ch`, then for an option."""
    script = f"""
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=; fpath=({BUILT} \\$fpath); autoload -Uz compinit; compinit -u -D; PATH={BUILT}:$PATH; zstyle ':completion:*' list-prompt ''"
zpty -w z "bindkey '^I' complete-word; unsetopt always_last_prompt; setopt no_beep; print rea'dy'"
zpty -r z line '*ready*'
zpty -n -w z $'fedval check --al\\t\\C-A\\C-K print do\\'ne\\'\\n'
zpty -r z line '*done*'
print -r -- $line
zpty -d z
"""
    done = subprocess.run(["zsh", "-f", "-c", script], capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert "fedval check --allow-private" in done.stdout, (done.stdout, done.stderr)


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc is not installed")
@pytest.mark.parametrize("name", commands())
def test_each_command_has_a_page(name):
    page = BUILT / "man1" / f"fedval-{name}.1"
    done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", str(page)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    assert {f"--{option}" for option in re.findall(r"^\.It Fl Fl ([a-z-]+)", page.read_text(), re.M)} == options(name)


ENUMERATED = ["--profile", "--side", "--only", "--purpose", "--tls", "--format", "--color"]


@pytest.mark.parametrize("name, option", [(name, option) for name in ("check", "evaluate", "chain")
                                          for option in ENUMERATED if option in options(name)])
def test_words_that_are_completed_are_taken(name, option):
    words = complete(name, option, "")
    assert words
    for word in words:
        done = command.run(name, option, word, "/nonexistent/file" if name != "check" else "not..a.domain")
        assert "wanted" not in done.stderr, done.stderr


@pytest.mark.parametrize("name", commands())
def test_words_behind_an_equals_sign_are_completed(name):
    if "--format" not in options(name):
        pytest.skip("it has no --format")
    formats = complete(name, "--format", "")
    assert complete(name, "--format", "=") == formats
    assert complete(name, "--format", "=", "j") == {word for word in formats if word.startswith("j")} != set()


def test_an_option_without_a_value_has_none_completed():
    assert complete("diagnose", "--redact", "=") == set()


def test_files_behind_an_equals_sign_are_completed(tmp_path):
    (tmp_path / "one.zone").touch()
    assert complete("check", "--zone", "=", str(tmp_path / "o")) == {str(tmp_path / "one.zone")}


def test_codes_and_files_are_completed(tmp_path):
    assert "srv-missing" in complete("explain", "srv-m")
    zone = tmp_path / "two words.zone"
    zone.touch()
    assert complete("check", "--zone", str(tmp_path / "two")) == {str(zone)}
    assert complete("evaluate", str(tmp_path / "t")) == {str(zone)}


def test_findings_are_those_of_the_catalogue():
    done = command.run("explain", "--format", "markdown", expect=0)
    assert (command.TOP / "docs" / "findings.md").read_text() == done.stdout


def test_explain_finds_codes_that_a_side_reports():
    for word, code in (("1009", "srv-target-outside-domain"), ("0XC3E93D67", "cert-name-mismatch"),
                       ("SEC_E_WRONG_PRINCIPAL", "cert-name-mismatch"), ("srv-missing", "srv-missing")):
        found, = command.documents(command.run("explain", word, "--format", "json", expect=0))
        assert found["answer"] == "known" and code == found["topics"][0]["finding"], word


def findings_listed():
    table = command.run("explain", "--long", expect=0).stdout
    return re.findall(r"^  ([a-z0-9-]+) ", table.split("\n\n")[0], re.M)


def test_explain_alone_is_a_table_with_a_line_each_in_order():
    table = command.run("explain", expect=0).stdout
    for line in (r"  srv-missing +\S", r"  R1 +\S", r"  1009 +\S", r"  0x80090322  SEC_E_WRONG_PRINCIPAL +\S", r"  22  record_overflow +\S"):
        assert len(re.findall("^" + line, table, re.M)) == 1, line
    assert "with --long where to look in each product" in table
    ranges = table.split("whose numbers are whose\n")[1].splitlines()
    numbers = [int(line.split()[0]) for line in ranges if re.match(r"  \d+ ", line)]
    diagnostics = numbers[:numbers.index(50000) + 1]
    assert len(diagnostics) > 20 and diagnostics == sorted(diagnostics)


def test_what_is_filled_in_is_shown_as_what_it_stands_for():
    text = " ".join(command.run("explain", "--long", "cert-name-mismatch", "chain-untrusted-root", "srv-missing", expect=0).stdout.split())
    assert "Have the certificate issued anew with the name wanted as a subjectAltName" in text
    assert "a root among those given (whose number the report gives)" in text and "publish _sipfederationtls._tcp.<domain> with" in text
    for code in findings_listed():
        told = re.sub(r"@\{Add=\"<domain>\"\}", "", command.run("explain", code, expect=0).stdout)
        assert not set("{}") & set(told), code


def test_explain_lists_every_finding():
    listed = findings_listed()
    as_json = [json.loads(line)["code"] for line in command.run("explain", "--format", "json").stdout.splitlines()]
    assert listed == as_json
    assert len(listed) > 70


def test_words_that_are_no_code_by_themselves_are_one_text():
    for words, code in ((["TLS", "alert", "42"], "42"), (["sip", "404"], "404"), (["event", "36884"], "36884")):
        found, = command.documents(command.run("explain", *words, "--format", "json", expect=0))
        assert found["topics"][0]["code"] == code
    assert len(command.documents(command.run("explain", "1008", "1009", "--format", "json", expect=0))) == 2


def test_an_explanation_has_ten_lines_and_more_with_long():
    short = command.run("explain", "1010", expect=0).stdout
    assert len(short.splitlines()) <= 10 and "cert-name-mismatch" in short.splitlines()[2]
    assert "  and 3 causes more" in short.splitlines()
    assert len(command.run("explain", "1010", "--long", expect=0).stdout.splitlines()) > 15


def test_a_number_of_a_known_range_is_told_as_that():
    text = command.run("explain", "1019", expect=0).stdout
    assert text.startswith("1019 is not known here") and "1000 to 1999" in text
    assert "no matter" not in command.run("explain", "nonsense", expect=64).stderr


CODES = command.TOP.parent / "shared" / "data" / "field" / "codes.txt"


@pytest.mark.skipif(not CODES.exists(), reason="the list of codes is not here")
def test_every_code_of_the_field_is_answered():
    codes = [line for line in CODES.read_text().splitlines() if line and not line.startswith("#")]
    done = command.run("explain", "--format", "json", "--", *codes, expect=0)
    answers = [document["answer"] for document in command.documents(done)]
    assert len(answers) == len(codes) and set(answers) <= {"known", "range"}
    assert answers.count("known") >= 220


def test_a_negative_number_is_no_option():
    """Windows writes an HRESULT as a signed number; a word with other signs is still an option."""
    found = command.documents(command.run("explain", "1009", "-2146893019", "--format", "json", "-2146893022", expect=0))
    assert [document["topics"][0]["code"] for document in found] == ["1009", "0x80090325", "0x80090322"]
    assert [document["asked"] for document in found] == ["1009", "-2146893019", "-2146893022"]
    assert "unknown option" in command.run("explain", "-2146893019x", expect=64).stderr
    assert "-7: nothing" in command.run("explain", "-7", expect=64).stderr
    assert "unknown option" in command.run("check", "-2146893019", expect=64).stderr


def test_a_profile_names_where_its_own_names_are_seen():
    """The federation's SRV record and a client's log say nothing of a web client's certificate or of the cloud's rules."""
    for profile, wanted in ("webpki", "openssl s_client"), ("rfc5922-sip", "openssl s_client"), ("office365", "Tenant"):
        told = command.run("explain", profile, expect=0).stdout
        assert wanted in told and "_sipfederationtls" not in told and "UccApi" not in told
