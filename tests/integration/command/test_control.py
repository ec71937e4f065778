"""What an administrator lives with: accepted findings, the statuses of warnings, and days that are critical."""
import json

import pytest

import command

OUTSIDE = "srv-target-outside-domain"


def test_an_accepted_finding_is_shown_and_does_not_count():
    done = command.check(1, "--ignore", OUTSIDE, expect=0)
    assert "PASS  (1 finding accepted)" in done.stdout
    assert f"ACCEPTED {OUTSIDE}: an error that does not count\n" in done.stdout
    document = command.report(1, "--ignore", OUTSIDE)
    assert document["verdict"] == "pass" and document["valid_until"] == "2065-01-01T00:00:00Z"
    assert [f["acceptance"] for f in document["findings"] if f["code"] == OUTSIDE] == [
        {"state": "accepted", "until": None}]
    assert all(f["acceptance"] is None for f in document["findings"] if f["code"] != OUTSIDE)
    assert document["policy"]["accepted"] == [{"code": OUTSIDE, "domain": None, "until": None}]
    assert document["endpoints"][0]["steps"]["srv"]["mark"] == "warning"


@pytest.mark.parametrize("until, status", [("2017-03-02T07:10:46Z", 1), ("2017-03-02T07:10:47Z", 0), ("2017-03-03", 0),
                                           ("2017-03-02", 1)])
def test_it_counts_again_from_the_end_on(until, status):
    done = command.check(1, "--ignore", f"{OUTSIDE}=until {until}", expect=status)
    said = " ".join(done.stdout.split())
    assert ("was accepted until 2017-03-02" in said) == (status == 1)
    assert ("does not count until" in said) == (status == 0)


def test_it_is_accepted_of_the_named_domain_alone():
    command.check(1, "--ignore", f"{OUTSIDE}@acano.steven.lab=until 2018-01-01", expect=0)
    command.check(1, "--ignore", f"{OUTSIDE}@ACANO.steven.lab.", expect=0)
    command.check(1, "--ignore", f"{OUTSIDE}@cms.steven.lab", expect=1)


def test_the_policy_file_says_the_same(tmp_path):
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps({"format": "fedval-policy/1", "profile": "microsoft-edge",
                                  "accepted": [{"code": OUTSIDE, "domain": "acano.steven.lab"}]}))
    command.check(1, "--policy", policy, expect=0)


def test_a_plugin_and_metrics_name_it():
    done = command.check(1, "--ignore", OUTSIDE, "--format", "nagios", expect=0)
    assert done.stdout.startswith("FEDERATION OK - ") and f", accepted: {OUTSIDE} |" in done.stdout
    done = command.check(1, "--ignore", f"{OUTSIDE}=until 2017-01-01", "--format", "nagios", expect=2)
    assert "was accepted until 2017-01-01" in done.stdout
    done = command.check(1, "--ignore", OUTSIDE, "--format", "prometheus", expect=0)
    assert 'fedval_findings_accepted{domain="acano.steven.lab",profile="microsoft-edge",severity="error"} 1' in done.stdout
    assert 'fedval_findings{domain="acano.steven.lab",profile="microsoft-edge",severity="error"} 0' in done.stdout
    assert "fedval_findings_accepted" not in command.check(1, "--format", "prometheus", expect=0).stdout


def test_a_chain_by_itself_takes_what_is_accepted_of_every_domain():
    words = ["chain", command.LAB / "expe.pem", "--name", "other.example.com", "--at", command.AT, "--public-trust",
             command.LAB / "public-root.pem", "--ignore"]
    assert "ACCEPTED cert-name-mismatch" in command.run(*words, "cert-name-mismatch", expect=0).stdout
    command.run(*words, "cert-name-mismatch@example.com", expect=1)


def test_a_warning_can_fail():
    warned = ["--warn-days", "30000"]
    assert "PASS" in command.check(5, *warned, "--fail-on", "warning", expect=1).stdout
    command.check(5, *warned, "--fail-on", "error", expect=0)
    command.check(5, "--fail-on", "warning", expect=0)
    command.check(5, *warned, "--fail-on", "warning", "--ignore", "cert-expires-soon", "--ignore", "chain-expires-soon",
                  expect=0)


def test_days_can_be_critical():
    done = command.check(5, "--critical-days", "30000", expect=1)
    assert "ERROR cert-expires-soon (R7)\n" in done.stdout
    assert "FEDERATION CRITICAL" in command.check(5, "--critical-days", "30000", "--format", "nagios", expect=2).stdout
    command.check(5, "--critical-days", "300", expect=0)


WRONG = [(["--ignore", "srv-mising"], "a finding's code"), (["--ignore", OUTSIDE + "@a b"], "a domain behind the @"),
         (["--ignore", OUTSIDE + "=2017-01-01"], '"until" and a date'), (["--ignore", OUTSIDE + "@"], "a domain behind"),
         (["--ignore", OUTSIDE + "=until yesterday"], '"until" and a date'), (["--fail-on", "note"], "error or warning"),
         (["--critical-days", "-1"], "days, 0 to 36500"),
         (["--fail-on", "warning", "--format", "nagios"], "which says 1 of a warning")]


@pytest.mark.parametrize("words, said", WRONG, ids=lambda value: value[-1] if isinstance(value, list) else None)
def test_what_is_wrong_is_named(words, said):
    done = command.run("check", "example.com", *words)
    assert (done.returncode, said in done.stderr or said in done.stdout) == (3 if "nagios" in words else 64, True)


def test_what_is_accepted_and_not_there_is_told():
    told = command.check(1, "--ignore", OUTSIDE, "--ignore", "cert-expired@acano.steven.lab=until 2030-01-01", expect=0).stderr
    assert told.startswith("fedval: accepted, and not found: cert-expired@acano.steven.lab until 2030-01-01") and told.count("\n") == 1
    assert "accepted, and not found" not in command.check(1, "--ignore", OUTSIDE, expect=0).stderr
    assert "not found: srv-missing;" in command.check(5, "--ignore", "srv-missing", "--profile", "office365",
                                                       "--profile", "microsoft-edge", expect=0).stderr
    over = command.check(1, "--ignore", f"{OUTSIDE}=until 2017-01-01", expect=1)
    assert "was accepted until 2017-01-01" in " ".join(over.stdout.split()) and "accepted, and not found" not in over.stderr
    other = command.check(1, "--ignore", f"{OUTSIDE}@cms.steven.lab", expect=1)
    assert f"accepted, and not found: {OUTSIDE}@cms.steven.lab;" in other.stderr


def test_what_is_accepted_of_a_chain_and_not_there_is_told():
    words = ["chain", command.LAB / "vcse.pem", "--trust", command.LAB / "lab-ca.pem", "--at", "2070-01-01",
             "--ignore", "chain-issuer-expired"]
    assert "accepted, and not found" not in command.run(*words, expect=1).stderr
    told = command.run(*words, "--ignore", "cert-not-yet-valid", "--ignore", "cert-expired@acano.steven.lab", expect=1).stderr
    assert [line.split(";")[0].split(": ")[2] for line in told.splitlines()] == ["cert-not-yet-valid",
                                                                                 "cert-expired@acano.steven.lab"]


def test_what_a_policy_accepts_and_is_not_there_is_told(tmp_path):
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps({"format": "fedval-policy/1", "profile": "microsoft-edge", "accepted": [{"code": "cert-expired"}]}))
    assert "accepted, and not found: cert-expired;" in command.check(5, "--policy", policy, expect=0).stderr


def test_a_code_that_is_none_is_named_with_the_nearest_one():
    done = command.run("evaluate", "--ignore", "srv-mising@example.com", "x.json", expect=64)
    assert "such as srv-missing" in done.stderr, done.stderr


def test_a_timeline_says_what_is_accepted_and_what_is_not_met(tmp_path):
    file = command.saved(1, tmp_path / "c1.json")
    timeline = ["timeline", file, *command.ROOTS, "--allow-private", "--ignore"]
    done = command.run(*timeline, "srv-target-outside-domain", expect=0)
    assert "  accepted, so that it does not count: srv-target-outside-domain\n" in done.stdout and not done.stderr
    assert done.stdout.startswith("acano.steven.lab  PASS")
    found = json.loads(command.run(*timeline, "cert-expired", "--format", "json", expect=0).stdout)
    flags = {finding["code"]: finding["accepted"] for milestone in found["milestones"] for finding in milestone["findings"]}
    assert found["accepted"] == ["cert-expired"] and flags["cert-expired"] and not flags["cert-expires-soon"]
    for other in ("srv-missing", "cert-expired@other.lab"):
        assert f"accepted, and not found: {other}" in command.run(*timeline, other, expect=0).stderr
