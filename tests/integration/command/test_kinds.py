"""Files of another kind than wanted, and YAML that is none: named, with what would do."""
import json

import pytest

import command


@pytest.mark.parametrize("name, words", [
    ("case-1.zone", "a zone file: fedval check DOMAIN --offline --zone FILE judges it, and fedval plan --from FILE"),
    ("vcse.pem", "certificates or keys (PEM): fedval chain FILE judges a chain"),
])
@pytest.mark.parametrize("verb, wanted", [("evaluate", "saved evidence"), ("timeline", "saved evidence"), ("plan", "an intent")])
def test_a_file_of_another_kind_is_named_with_its_command(name, words, verb, wanted):
    done = command.run(verb, command.LAB / name, expect=65)
    assert f"not {wanted} but {words}" in " ".join(done.stderr.split()) and done.stdout == ""


def test_a_report_is_told_where_evidence_comes_from(tmp_path):
    (tmp_path / "rep.json").write_text(json.dumps(command.report(1)))
    assert "--save-evidence of fedval check writes evidence" in " ".join(command.run("evaluate", tmp_path / "rep.json", expect=65).stderr.split())


def test_evidence_of_many_and_an_intent_are_told_apart(tmp_path):
    command.saved(1, tmp_path / "one.json")
    (tmp_path / "many.json").write_text((tmp_path / "one.json").read_text() * 2)
    for name in ("one.json", "many.json"):
        assert "fedval-evidence/1, where fedval-intent/1 is wanted; fedval plan --from FILE makes one" in command.run("plan", tmp_path / name, expect=65).stderr
    (tmp_path / "twice.json").write_text('{"format":"fedval-intent/1"}\n{"format":"fedval-intent/1"}\n')
    assert "not JSON: end of file expected" in command.run("plan", tmp_path / "twice.json", expect=65).stderr
    for verb in ("evaluate", "timeline"):
        done = command.run(verb, command.LAB / "intent.yaml", expect=65)
        assert "not saved evidence but an intent in YAML: fedval plan FILE" in " ".join(done.stderr.split())


@pytest.mark.parametrize("text, message", [
    ("format: fedval-intent/1\ndomains:\n\t- name: a\n", ":3:1: a tab: indent with spaces"),
    ("format: fedval-intent/1\ndomains:\n  \t- name: a\n", "a tab: indent with spaces"),
    ("format: fedval-intent/1\ndomains: []\ndomains: []\n", ":3:1: this key stands there twice"),
    ("format: fedval-intent/1\ndomains:\n- name: [\n", ":4:1: not YAML: "),
])
def test_faults_of_yaml_are_told_in_its_own_words(tmp_path, text, message):
    (tmp_path / "intent.yaml").write_text(text)
    done = command.run("plan", tmp_path / "intent.yaml", expect=65)
    assert message in done.stderr and "JSON" not in done.stderr


def test_a_policy_or_a_zone_that_is_another_file_is_told_in_one_line():
    done = command.check(1, "--policy", command.LAB / "intent.yaml", expect=65)
    assert "not a policy but an intent in YAML: fedval plan FILE" in " ".join(done.stderr.split())
    done = command.run("check", "example.com", "--offline", "--zone", command.LAB / "vcse.pem", expect=65)
    assert "this is PEM, such as a certificate, and no zone" in done.stderr and "SOA" not in done.stderr
