"""fedval diff, and check --since: what changed, the exit status, and the file that is written."""
import json
import os
import stat

import pytest

import command


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Reports and evidence of the cases of the lab, by their number."""
    folder = tmp_path_factory.mktemp("diff")
    for case in range(1, 6):
        (folder / f"{case}.json").write_text(command.check(case, "--format", "json").stdout)
        command.saved(case, folder / f"e{case}.json")
    return folder


def diff(*words, **keywords):
    return command.run("diff", *words, **keywords)


def test_the_same_is_0(files):
    assert diff(files / "1.json", files / "1.json", expect=0).stdout == (
        "1 report: 0 worse, 0 better, 0 changed, 1 the same\n")
    assert diff(files / "1.json", files / "1.json", "--format", "line", expect=0).stdout == ""


def accepted(files, name):
    path = files / name
    path.write_text(command.check(1, "--ignore", "srv-target-outside-domain", "--format", "json").stdout)
    return path


def test_worse_is_1_and_anything_else_is_3(files):
    sound = accepted(files, "accepted.json")
    done = diff(sound, files / "1.json", expect=1)
    assert done.stdout.splitlines()[:3] == [
        "acano.steven.lab  WORSE", "  worse   verdict: pass -> fail", "  worse   requirement R2: pass -> fail"]
    assert "  worse   finding srv-target-outside-domain at vcse.steven.lab: error, accepted" in done.stdout
    assert diff(files / "1.json", sound, expect=3).stdout.startswith("acano.steven.lab  BETTER\n")
    document = command.documents(diff(files / "1.json", files / "2.json", "--format", "json", expect=3))[0]
    assert document["change"] == "other" and document["changes"][0]["effect"] == "worse"
    line = diff(sound, files / "1.json", "--format", "line", expect=1).stdout
    assert line.startswith("acano.steven.lab worse: verdict: pass -> fail; ") and line.count("\n") == 1


def test_evidence_is_judged_now(files):
    words = [*command.ROOTS, "--allow-private"]
    diff(files / "e1.json", files / "1.json", *words, expect=0)
    done = diff(files / "e5.json", files / "e5.json", *words, "--at", "2070-01-01", expect=0)
    assert "1 the same" in done.stdout
    assert "cert-name-mismatch" in diff(files / "e1.json", files / "2.json", *words, expect=3).stdout


def test_evidence_without_its_roots_says_what_to_give(files):
    hint = "try --trust FILE, --allow-private"
    done = diff(files / "1.json", files / "e1.json", "--public-trust", command.LAB / "public-root.pem", expect=1)
    assert hint in done.stderr and "judged anew with 1 public and 0 private roots:\n  address-not-public decides for acano.steven.lab\n" in done.stderr
    done = command.run("timeline", files / "e1.json", "--public-trust", command.LAB / "public-root.pem", "--allow-private", expect=0)
    assert hint in done.stderr and "0 private roots" in done.stderr
    words = [*command.ROOTS, "--allow-private"]
    assert diff(files / "e1.json", files / "e1.json", *words, expect=0).stderr == ""
    assert command.run("timeline", files / "e1.json", *words, expect=0).stderr == ""
    assert diff(files / "1.json", files / "2.json", expect=3).stderr == ""


def test_files_that_are_no_reports_give_no_count(files):
    text = files / "report.txt"
    text.write_text(command.check(1).stdout)
    done = diff(text, text, expect=65)
    assert done.stdout == "" and done.stderr.count("neither a report") == 2


def test_many_domains_are_told_the_worse_first(files):
    old, new = files / "old.ndjson", files / "new.ndjson"
    cases = {case: (files / f"{case}.json").read_text() for case in range(1, 6)}
    old.write_text(cases[5] + cases[3] + accepted(files, "a.json").read_text())
    new.write_text(cases[1] + "\n" + cases[5])
    done = diff(old, new, "--format", "line", expect=1)
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [["acano.steven.lab", "worse:"],
                                                                       ["cms.steven.lab", "changed:"]]
    assert "report, gone: fail" in done.stdout
    assert [(d["domain"], d["change"]) for d in command.documents(diff(old, new, "--format", "json", expect=1))] == [
        ("acano.steven.lab", "worse"), ("cms.steven.lab", "other"), ("example.com", "none")]


def test_each_profile_is_compared_with_itself(files):
    both = files / "both.ndjson"
    both.write_text(command.check(5, "--profile", "microsoft-edge", "--profile", "office365", "--format", "json").stdout)
    turned = files / "turned.ndjson"
    turned.write_text("".join(reversed(both.read_text().splitlines(True))))
    diff(both, turned, expect=0)


def test_what_cannot_be_read_is_named_with_its_line(files):
    broken = files / "broken.ndjson"
    broken.write_text((files / "1.json").read_text() + "{\"format\":\"fedval-report/1\",}\n")
    done = diff(files / "1.json", broken, expect=65)
    assert f"{broken}:2:" in done.stderr and "a string is missing" in done.stderr
    assert "1 the same" in done.stdout
    assert diff(files / "none.json", broken, expect=65).stdout == ""
    assert "neither a report (fedval-report/1) nor evidence" in diff(files / "1.json", "-", input='{"format":"fedval-policy/1"}', expect=65).stderr


def since(case, path, *options, **keywords):
    return command.check(case, "--since", path, *options, **keywords)


def test_since_compares_and_keeps_what_it_saw(tmp_path):
    state = tmp_path / "state.ndjson"
    assert "acano.steven.lab  CHANGED\n  changed report, new: fail\n" in since(1, state, expect=3).stdout
    assert json.loads(state.read_text())["format"] == "fedval-report/1"
    assert stat.S_IMODE(state.stat().st_mode) == 0o600
    assert since(1, state, "--format", "line", expect=0).stdout == ""
    before = state.read_text()
    assert since(2, state, "--format", "line", expect=3).stdout.startswith("acano.steven.lab changed: ")
    assert state.read_text() != before and os.listdir(tmp_path) == ["state.ndjson"]


def test_since_leaves_the_file_where_something_went_wrong(tmp_path):
    state = tmp_path / "state.ndjson"
    state.write_text("{\"format\":\"fedval-report/1\"}\n")
    assert "state.ndjson:1:" in since(1, state, expect=65).stderr
    assert state.read_text() == "{\"format\":\"fedval-report/1\"}\n" and os.listdir(tmp_path) == ["state.ndjson"]
    state.write_text("hello\n")
    assert "state.ndjson:1: no report (fedval-report/1): --since wants a file that it wrote" in " ".join(since(1, state, expect=65).stderr.split())
    done = since(1, command.LAB / "vcse.pem", expect=65)
    assert "vcse.pem:1: not reports but certificates or keys (PEM)" in " ".join(done.stderr.split())
    since(1, tmp_path / "none" / "state.ndjson", expect=74)
    since(5, tmp_path / "s", expect=3)
    done = command.run("check", "example.com", "a b", *command.facts(5), "--since", tmp_path / "s", expect=64)
    assert "is left as it was" in done.stderr and len((tmp_path / "s").read_text().splitlines()) == 1


@pytest.mark.parametrize("time", ["2026-01-01", "2026-01-01T12:00:00Z", "7d", "24h", "yesterday", "1767225600"])
def test_since_takes_no_time(tmp_path, time):
    done = since(1, time, expect=64, cwd=tmp_path)
    assert f"{time}: this is a time, and --since wants the file of earlier reports" in " ".join(done.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_since_names_another_document(tmp_path):
    other = tmp_path / "evidence.json"
    other.write_text('{"format":"fedval-evidence/1","domain":"example.com","facts":[]}')
    assert "not reports but fedval-evidence/1" in " ".join(since(1, other, expect=65).stderr.split())


@pytest.mark.parametrize("words", [["--format", "nagios"], ["--format", "prometheus"], ["--fail-on", "warning"]])
def test_since_refuses_what_it_cannot_do(tmp_path, words):
    done = since(1, tmp_path / "s", *words)
    assert done.returncode in (3, 64) and not (tmp_path / "s").exists()
    assert command.check(1, "--format", "line").returncode == 64


@pytest.mark.parametrize("side", ["old", "new"])
def test_of_a_file_that_is_none_of_ours_nothing_is_said_to_be_new_or_gone(files, side):
    (files / "note.txt").write_text("hello\n")
    for name in ("note.txt", "none.json"):
        words = [files / name, files / "1.json"]
        done = diff(*(words if side == "old" else words[::-1]), expect=65)
        assert done.stdout == "", done.stdout
    assert "neither a report (fedval-report/1) nor evidence" in diff(files / "note.txt", files / "1.json", expect=65).stderr


def test_of_a_file_that_is_cut_only_what_was_read_is_compared(files):
    (files / "cut.ndjson").write_text((files / "1.json").read_text() + (files / "5.json").read_text()[:300] + "\n")
    both = files / "both.ndjson"
    both.write_text((files / "1.json").read_text() + (files / "5.json").read_text())
    left = "1 report: 0 worse, 0 better, 0 changed, 1 the same; 1 not compared: a file could not be read whole\n"
    for words in ([files / "cut.ndjson", both], [both, files / "cut.ndjson"]):
        done = diff(*words, expect=65)
        assert done.stdout == left and "cut.ndjson:2:" in done.stderr
        assert len(command.documents(diff(*words, "--format", "json", expect=65))) == 2  # the error, and what is the same


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_is_none_of_ours(files, text):
    empty = files / "empty.json"
    empty.write_text(text)
    for words in ((empty, files / "1.json"), (files / "1.json", empty), (empty, empty)):
        done = diff(*words, expect=65)
        assert done.stdout == "" and "empty.json: it is empty: a report (fedval-report/1) or evidence" in done.stderr
