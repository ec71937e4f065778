"""Where the output goes, and in which colours; what closes a run over several domains."""
import json
import os
import re
import resource
import shutil
import stat
import subprocess

import pytest

import command

COLOUR = "\x1b["
WORDS = ["check", command.DOMAINS[1], *command.facts(1)]


def test_a_file_is_written_in_place_of_standard_output(tmp_path):
    path = tmp_path / "report"
    done = command.run(*WORDS, "-o", path, expect=1)
    assert done.stdout == "" and path.read_text() == command.run(*WORDS).stdout
    assert list(tmp_path.iterdir()) == [path]


def test_a_dash_is_standard_output():
    assert command.run(*WORDS, "--output", "-", expect=1).stdout == command.run(*WORDS).stdout
    assert not os.path.exists("-")


def test_a_new_file_can_be_read_by_others_and_an_old_one_keeps_its_rights(tmp_path):
    path = tmp_path / "report"
    old = os.umask(0o022)
    try:
        command.run(*WORDS, "--output", path, expect=1)
        assert stat.S_IMODE(path.stat().st_mode) == 0o644
        path.chmod(0o640)
        command.run(*WORDS, "--output", path, expect=1)
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
    finally:
        os.umask(old)


EACH = {"check": WORDS, "evaluate": ["evaluate", "EVIDENCE", *command.ROOTS, "--allow-private"],
        "diff": ["diff", "EVIDENCE", "EVIDENCE"], "timeline": ["timeline", "EVIDENCE", *command.ROOTS, "--allow-private"],
        "chain": ["chain", command.LAB / "vcse.pem", *command.ROOTS, "--at", command.AT],
        "match": ["match", "example.com", "expe.sub.example.com"], "explain": ["explain", "1010"],
        "diagnose": ["diagnose", command.LAB / "logs" / "expe.log", command.LAB / "logs" / "edge.log"],
        "plan": ["plan", "INTENT", "--at", command.AT]}


def test_every_command_is_among_them():
    assert set(EACH) == set(re.findall(r"^  ([a-z]+)  ", command.run("--help", expect=0).stdout, re.M))


@pytest.mark.parametrize("name", EACH)
def test_each_command_writes_its_file_whole_or_not_at_all(name, tmp_path):
    from test_terminal import INTENT
    (tmp_path / "intent").write_text(json.dumps(INTENT))
    files = {"INTENT": tmp_path / "intent", "EVIDENCE": command.saved(1, tmp_path / "evidence")}
    words = [files.get(word, word) for word in EACH[name]]
    shown = command.run(*words)
    assert shown.returncode in (0, 1, 2), shown.stderr
    path = tmp_path / "out"
    done = command.run(*words, "--output", path, expect=shown.returncode)
    assert done.stdout == "" and path.read_text() == shown.stdout
    command.run(*words, "--nonsense", "--output", path, expect=64)
    assert path.read_text() == shown.stdout
    assert sorted(file.name for file in tmp_path.iterdir()) == ["evidence", "intent", "out"]


@pytest.mark.parametrize("words", [["evaluate", "/nonexistent"], ["check", "--nonsense"], ["match", "one"],
                                   ["check", "example.com", "--offline", "--zone", "/nonexistent"]])
def test_a_run_that_went_wrong_leaves_the_file_as_it_was(tmp_path, words):
    path = tmp_path / "report"
    path.write_text("old")
    done = command.run(*words, "--output", path)
    assert done.returncode in (64, 65) and path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_an_error_of_output(tmp_path):
    done = command.run(*WORDS, "--output", tmp_path / "none" / "report", expect=74)
    assert "No such file" in done.stderr and str(tmp_path) in done.stderr
    done = command.run(*WORDS, "--output", "/dev/full", expect=74)
    assert "No space left" in done.stderr


def test_what_is_no_file_is_written_to_as_it_is():
    assert command.run(*WORDS, "--output", "/dev/stdout", expect=1).stdout == command.run(*WORDS).stdout


def test_a_plugin_says_in_the_file_what_is_wrong(tmp_path):
    path = tmp_path / "line"
    command.run("evaluate", "/nonexistent", "--format", "nagios", "--output", path, expect=3)
    assert path.read_text().startswith("FEDERATION UNKNOWN - ")


@pytest.mark.parametrize("option, environment, has_colour", [
    ([], {}, False), (["--color=always"], {}, True), (["--color=always"], {"NO_COLOR": "1"}, True),
    ([], {"CLICOLOR_FORCE": "1"}, True), ([], {"CLICOLOR_FORCE": "0"}, False),
    ([], {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False), (["--color=never"], {"CLICOLOR_FORCE": "1"}, False),
    (["--color=auto"], {"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, True)])
def test_colour_is_as_was_asked_for(option, environment, has_colour):
    assert (COLOUR in command.run(*WORDS, *option, **environment).stdout) == has_colour


def test_a_colour_that_is_none_is_refused_with_the_nearest_word():
    assert "did you mean always?" in command.run(*WORDS, "--color=alway", expect=64).stderr


def test_several_domains_are_closed_by_a_table():
    text = command.run("check", "a.example", "acano.steven.lab", *command.facts(1)).stdout
    assert text.endswith("""
2 reports: 0 pass, 1 fail, 1 indeterminate

  a.example         indeterminate  not all was seen
  acano.steven.lab  fail           srv-target-outside-domain
""")
    assert "reports:" not in command.run(*WORDS).stdout


def test_profiles_are_told_apart_in_the_table():
    text = command.run(*WORDS, "--profile", "microsoft-edge", "--profile", "expressway").stdout
    assert re.search(r"\n  acano\.steven\.lab  fail           microsoft-edge  ", text)
    assert re.search(r"\n  acano\.steven\.lab  [a-z]+ +expressway ", text)


def test_the_command_alone_lists_the_commands():
    done = command.run(expect=64)
    assert done.stdout == "" and done.stderr == command.run("--help", expect=0).stdout


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
def test_help_fits_the_width(columns):
    from test_terminal import on_terminal
    for words in (["--help"], ["check", "--help"], ["evaluate", "--help"], ["diagnose", "--help"]):
        lines = on_terminal(*words, columns=columns).replace("\r", "").splitlines()
        assert max(map(len, lines)) <= columns, (words, max(lines, key=len))


PROMTOOL = shutil.which("promtool")


def test_metrics_that_were_written_are_a_success(tmp_path):
    path = tmp_path / "fedval.prom"
    done = command.run("evaluate", "/nonexistent", command.saved(1, tmp_path / "a.json"), *command.ROOTS, "--allow-private",
                       "--format", "prometheus", "--output", path, expect=0)
    assert "/nonexistent" in done.stderr
    metrics = path.read_text()
    assert "\nfedval_unreadable_inputs 1\n" in metrics and 'verdict="fail"} 1\n' in metrics
    assert re.search(r"^fedval_run_timestamp_seconds \d{10}$", metrics, re.M)
    assert re.search(r"^fedval_run_duration_seconds \d+\.\d{3}$", metrics, re.M)
    if PROMTOOL:
        checked = subprocess.run([PROMTOOL, "check", "metrics"], input=metrics, capture_output=True, text=True)
        assert (checked.returncode, checked.stderr) == (0, "")
    command.run(*WORDS, "--format", "prometheus", "--nonsense", expect=64)


def test_metrics_are_written_where_nothing_could_be_read():
    done = command.run("evaluate", "/nonexistent", "--format", "prometheus", expect=0)
    assert "\nfedval_unreadable_inputs 1\n" in done.stdout and "fedval_verdict" not in done.stdout


def test_days_are_the_thresholds_of_the_plugin():
    """The certificate of this case ends in 2065."""
    words = ["check", "example.com", *command.facts(5), "--format", "nagios"]
    plain = command.run(*words)
    assert ";30:;0:" in plain.stdout
    assert re.search(r"=\d+;60:;20:", command.run(*words, "-w", "60", "-c", "20", expect=plain.returncode).stdout)
    critical = command.run(*words, "-c", "36500", expect=2)
    assert critical.stdout.startswith("FEDERATION CRITICAL - ") and ";30:;36500:" in critical.stdout


@pytest.mark.parametrize("format, begin", [("markdown", "## "), ("csv", "domain,"), ("junit", "<?xml "),
                                           ("sarif", '{"$schema":')])
def test_reports_are_written_in_one_document(format, begin):
    done = command.run("check", "a.example", "acano.steven.lab", *command.facts(1), "--format", format, expect=1)
    assert done.stdout.startswith(begin) and "a.example" in done.stdout and "srv-target-outside-domain" in done.stdout


def test_timelines_of_several_files_name_them(tmp_path):
    files = [command.saved(case, tmp_path / f"c{case}.json") for case in (1, 2)]
    options = [*command.ROOTS, "--allow-private"]
    def printed(form, paths=files):
        return command.run("timeline", *paths, *options, "--format", form).stdout
    text = printed("text")
    assert all(re.search(rf"nothing is renewed:\n  from {re.escape(str(file))}\n", text) for file in files)
    unescaped = re.sub(r"\\(.)", r"\1", printed("markdown"))
    assert all(f"Z, from {file}" in unescaped for file in files)
    assert [json.loads(line)["source"] for line in printed("json").splitlines()] == [str(file) for file in files]
    assert all(file.name in printed("html") for file in files)
    calendar = printed("icalendar").replace("\n ", "")
    assert all(f"\\nfrom {file}" in calendar for file in files)
    assert str(files[0]) in printed("html", files[:1])
    assert str(files[0]) not in command.run("timeline", files[0], *options).stdout


def test_a_file_that_may_not_grow_is_named_and_the_old_one_stays(tmp_path):
    saved = tmp_path / "evidence.json"
    saved.write_text("old\n")
    words = ["check", command.DOMAINS[5], *command.facts(5), "--save-evidence", saved]
    done = subprocess.run([str(word) for word in (command.FEDVAL, *words)], capture_output=True, text=True, timeout=120,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)))
    assert done.returncode == 74 and f"{saved}: File too large" in done.stderr
    assert saved.read_text() == "old\n" and list(tmp_path.iterdir()) == [saved]


@pytest.mark.parametrize("words", [
    ("evaluate", "{}", "-o", "{}"), ("chain", "{}", "-o", "{}"), ("diagnose", "{}", "--output", "{}"), ("diff", "{}", "{}", "-o", "{}"),
    ("check", "example.com", "--offline", "--zone", "{}", "--save-evidence", "{}"),
    ("check", "example.com", "--offline", "--zone", "example.com={}", "-o", "{}"),
    ("check", "example.com", "--offline", "--zone", "/dev/null", "--chain", "expe.example.com={}", "-o", "{}"),
    ("check", "example.com", "--offline", "--zone", "/dev/null", "--trust", "{}", "-o", "{}"),
    ("check", "--domains", "{}", "--offline", "--zone", "/dev/null", "-o", "{}"),
    ("evaluate", "other.json", "--policy", "{}", "-o", "{}"),
])
def test_an_output_never_replaces_what_is_read(tmp_path, words):
    path = tmp_path / "it"
    path.write_text("precious\n")
    link = tmp_path / "link"
    link.symlink_to(path)
    for name in (path, link):
        given = [word.replace("{}", str(name if i == len(words) - 1 else path)) for i, word in enumerate(words)]
        assert "would replace a file that is read" in command.run(*given, expect=64).stderr
        assert path.read_text() == "precious\n"


def test_two_outputs_are_two_files(tmp_path):
    one = tmp_path / "one.json"
    done = command.run("check", "example.com", "--offline", "--zone", "example.com=/dev/null", "-o", one, "--save-evidence", one, expect=64)
    assert "names the file of another output" in done.stderr and not one.exists()
