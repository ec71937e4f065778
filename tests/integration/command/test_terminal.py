"""On a terminal and in a pipe: colour, width, progress."""
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
import time

import command
import pytest

COLOUR = "\x1b["


def on_terminal(*words, columns=80, stderr_only=False, **environment):
    """What comes out of a terminal; standard error's goes there too."""
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("this system has no pseudo-terminals")
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    names = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen([str(command.FEDVAL), *map(str, words)], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE if stderr_only else theirs, stderr=theirs,
                               env={**names, "TERM": "xterm", **environment})
    os.close(theirs)
    out = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:
            break
        if not data:
            break
        out += data
    os.close(ours)
    if stderr_only:
        process.stdout.close()
    process.wait(120)
    return out.decode()


CHECK = ["check", "acano.steven.lab", *command.facts(1)]


def test_a_terminal_has_colour():
    assert COLOUR in on_terminal(*CHECK)


def test_no_color_is_heeded():
    assert COLOUR not in on_terminal(*CHECK, NO_COLOR="1")
    assert COLOUR in on_terminal(*CHECK, NO_COLOR="")
    assert COLOUR not in on_terminal(*CHECK, TERM="dumb")


def test_a_pipe_has_none():
    assert COLOUR not in command.run(*CHECK).stdout


def test_json_has_none_either():
    assert COLOUR not in on_terminal(*CHECK, "--format", "json")


def test_prose_follows_the_width():
    narrow, wide = (on_terminal(*CHECK, columns=columns, NO_COLOR="1") for columns in (60, 100))
    assert len(narrow.splitlines()) > len(wide.splitlines())
    assert narrow.split() == wide.split()


COMMANDS = ["check", "evaluate", "diff", "timeline", "chain", "match", "diagnose", "plan", "explain"]


@pytest.mark.parametrize("columns", [40, 80, 100])
def test_help_fits_the_width_of_a_terminal_and_of_columns(columns):
    for words in [], ["--help"], *([name, "--help"] for name in COMMANDS):
        shown = on_terminal(*words, columns=columns, COLUMNS="77")  # the terminal itself knows best
        assert max(map(len, shown.splitlines())) <= columns
        if words:
            assert command.run(*words, COLUMNS=str(columns)).stdout == shown.replace("\r\n", "\n")


@pytest.mark.parametrize("columns", ["", "0", "-5", "wide", "80"])
def test_columns_that_say_nothing_leave_the_width_as_it_is(columns):
    assert command.run("check", "--help", COLUMNS=columns).stdout == command.run("check", "--help").stdout


def test_every_command_tells_the_version():
    wanted = command.run("--version", expect=0).stdout
    for name in COMMANDS:
        assert command.run(name, "--version", expect=0).stdout == command.run(name, "-V", expect=0).stdout == wanted


INTENT = {"format": "fedval-intent/1", "domains": [{"name": "acano.steven.lab", "host": "vcse"}],
          "clusters": [{"name": "vcse-cluster.steven.lab", "version": "15.5", "peers": [
              {"name": "vcse.steven.lab", "addresses": ["198.41.0.4"],
               "server": {"certificate": str(command.LAB / "vcse.pem")}}]}],
          "partners": [{"name": "skype.lab", "kind": "on-premises"}], "ca": "private",
          "today": {"zones": [str(command.LAB / "case-1.zone")]}}


def is_unbroken(line):
    """Whether a line that is too wide is one record, or ends with a word that alone is too wide."""
    return " IN " in line or len(line.split()[-1]) > 40


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("words", [["plan", "INTENT"], ["timeline", "EVIDENCE"], ["evaluate", "EVIDENCE"],
                                   ["check", "--pair", "acano.steven.lab", "skype.lab", *command.facts(1)],
                                   ["chain", command.LAB / "vcse.pem", *command.ROOTS, "--at", command.AT],
                                   ["diagnose", command.LAB / "logs" / "expe.log", command.LAB / "logs" / "edge.log"],
                                   ["explain", "1010"], ["explain", "srv-target-outside-domain", "--long"]],
                         ids=lambda words: words[0] if isinstance(words, list) else str(words))
def test_prose_wraps_and_records_do_not_break(words, columns, tmp_path):
    (tmp_path / "intent.json").write_text(json.dumps(INTENT))
    files = {"INTENT": tmp_path / "intent.json", "EVIDENCE": command.saved(1, tmp_path / "evidence.json")}
    lines = on_terminal(*[files.get(word, word) for word in words], columns=columns, NO_COLOR="1").splitlines()
    assert len(lines) > 3
    assert [line for line in lines if len(line) > columns and not is_unbroken(line)] == []


def test_a_record_of_a_plan_is_whole_on_its_line(tmp_path):
    (tmp_path / "intent.json").write_text(json.dumps(INTENT))
    text = on_terminal("plan", tmp_path / "intent.json", columns=60, NO_COLOR="1").replace("\r", "")
    assert "\n     _sipfederationtls._tcp.acano.steven.lab. 3600 IN SRV 0 0 5061 vcse.acano.steven.lab.\n" in text
    assert re.search(r"\n +then wait 3600 s\n", text)


def slow(*more):
    """A check of a domain that nobody answers for, so that it takes its three seconds."""
    import socket
    mute = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    mute.bind(("127.0.0.1", 0))
    return mute, ["check", "example.com", "--resolver", f"127.0.0.1:{mute.getsockname()[1]}", "--timeout", "3",
                  "--public-trust", command.LAB / "public-root.pem", *more]


def test_progress_is_shown_on_a_terminal_alone_and_is_wiped():
    mute, words = slow()
    with mute:
        shown = on_terminal(*words, stderr_only=True)
        assert re.search(r"gathering, [1-9]\d* s", shown)
        assert shown.endswith("\r\x1b[K")
        assert command.run(*words, expect=2).stderr == ""
        assert on_terminal(*words, stderr_only=True, TERM="dumb") == ""  # which can wipe nothing


def test_there_is_no_progress_in_the_first_second():
    begin = time.monotonic()
    shown = on_terminal(*CHECK)
    assert "gathering" not in shown or time.monotonic() - begin >= 1


def test_names_beyond_ascii_follow_the_locale():
    words = ["check", "bücher.example", "--offline", "--zone", command.LAB / "case-1.zone", "--at", command.AT,
             "--public-trust", command.LAB / "public-root.pem"]
    assert "bücher" in command.run(*words, LC_ALL="C.UTF-8").stdout
    plain = command.run(*words, LC_ALL="C").stdout
    assert "bücher" not in plain and "xn--bcher-kva.example" in plain


def test_reports_are_parted_by_a_blank_line():
    done = command.run("check", "a.example", "b.example", *command.facts(1))
    assert re.search(r"\n\nb\.example  ", done.stdout)
