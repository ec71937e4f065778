"""Plans for an intent."""
import datetime
import json

import pytest

import fedval
from test_judging import evidence_of

NOW = datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc)
INTENT = {
    "format": "fedval-intent/1",
    "domains": [{"name": "acano.steven.lab", "host": "vcse"}],
    "clusters": [{"name": "vcse-cluster.steven.lab", "version": "15.5",
                  "peers": [{"name": "vcse.steven.lab", "addresses": ["198.41.0.4"],
                             "server": {"certificate": "vcse.pem"}}]}],
    "partners": [{"name": "skype.lab", "kind": "on-premises"}],
    "ca": "private",
}


def test_a_plan_has_steps_and_files(lab):
    plan = fedval.plan(INTENT, folder=lab, now=NOW)
    assert {step.kind for step in plan.steps} >= {"dns", "request", "letter"}
    assert [step.n for step in plan.steps] == list(range(1, len(plan.steps) + 1))
    assert set(plan.contents) == set(plan.files) and all(plan.contents.values())
    assert plan.verdict_today == "not-checked"
    assert "acano.steven.lab" in plan.text
    assert fedval.plan(json.dumps(INTENT), folder=lab, now=NOW).json == plan.json == \
        fedval.plan(json.dumps(INTENT).encode(), folder=lab, now=NOW).json


def test_zone_files_say_what_there_is_today(lab):
    zones = {**INTENT, "today": {"zones": ["case-2.zone"]}}
    assert fedval.plan(zones, folder=lab, now=NOW).verdict_today != "not-checked"


def test_evidence_says_what_there_is_today(judge):
    intent = {**INTENT, "domains": [{"name": "example.com", "host": "expe"}], "clusters": [
        {"name": "expe.example.com", "version": "15.5", "peers": [{"name": "expe.example.com",
                                                                  "addresses": ["198.41.0.4"]}]}]}
    known = fedval.plan(intent, judge=judge, today=[evidence_of(time=NOW)], now=NOW)
    assert known.verdict_today != "not-checked"
    unknown = fedval.plan(intent, judge=judge, now=NOW)
    assert len(unknown.steps) > len(known.steps)


def test_an_intent_says_where_it_is_wrong(lab):
    with pytest.raises(fedval.SyntaxFault, match="nearest is domains"):
        fedval.plan({"format": "fedval-intent/1", "domians": []})
    with pytest.raises(FileNotFoundError):
        fedval.plan(INTENT, folder=lab / "logs", now=NOW)
