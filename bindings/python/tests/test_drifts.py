"""What has changed between two reports."""
import json
import pickle

import pytest

import fedval
from test_judging import evidence_of


@pytest.fixture(scope="module")
def reports(judge):
    return judge.evaluate(evidence_of()), judge.evaluate(evidence_of("expe.sub.example.com"))


def test_a_target_below_a_subdomain_is_worse(reports):
    before, now = reports
    found = fedval.diff(before, now)
    assert found.change == fedval.Change.WORSE
    requirement = next(change for change in found.changes if change.what == fedval.Changed.REQUIREMENT)
    assert (requirement.place, requirement.old, requirement.new) == ("R2", "pass", "fail")
    assert found.line.startswith("example.com worse")
    assert json.loads(found.json)["format"] == "fedval-diff/1"
    assert fedval.diff(now, before).change == fedval.Change.BETTER


def test_reports_are_compared_in_every_form(reports):
    before, now = reports
    forms = (before, before.json, before.json.decode(), pickle.loads(pickle.dumps(before)))
    assert {fedval.diff(form, now).json for form in forms} == {fedval.diff(before, now).json}
    assert all(fedval.diff(form, before).change == fedval.Change.NONE for form in forms)
    assert fedval.diff(None, before).changes[0].what == fedval.Changed.DOMAIN


def test_what_cannot_be_compared_is_refused(reports):
    with pytest.raises(fedval.ArgumentError):
        fedval.diff(None, None)
    with pytest.raises(fedval.SyntaxFault):
        fedval.diff(reports[0], b"{")
    with pytest.raises(fedval.FormatError):
        fedval.diff(reports[0], b'{"format":"fedval-evidence/1"}')
