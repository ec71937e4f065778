"""Plans for an intent."""
import dataclasses
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


def test_a_plan_with_a_file_that_will_not_do_is_refused(lab):
    def plan_of(certificate):
        peer = {"name": "vcse.steven.lab", "addresses": ["198.41.0.4"],
                "server": {"ready": certificate}}
        return fedval.plan({**INTENT, "domains": [{"name": "steven.lab", "host": "vcse"}],
                            "clusters": [{"name": "vcse.steven.lab", "version": "15.5", "peers": [peer]}]},
                           folder=lab, judge=fedval.Judge(anchors=fedval.Anchors(private=[lab / "lab-ca.pem"])), now=NOW)

    right, wrong = plan_of("vcse.pem"), plan_of("expe.pem")
    assert (right.after, right.passed, right.refused) == ("pass", True, ())
    assert (wrong.after, wrong.passed) == ("pass", False)
    assert [finding.code for finding in wrong.refused[0].ready.findings if finding.severity == "error"]
    assert not dataclasses.replace(right, after=fedval.Verdict.INDETERMINATE).passed


def test_the_time_is_a_datetime_or_a_text(lab):
    assert fedval.plan(INTENT, folder=lab, now="2030-01-01").json == fedval.plan(INTENT, folder=lab, now=NOW).json
    with pytest.raises(fedval.SyntaxFault, match="no time: '1 May'"):
        fedval.plan(INTENT, folder=lab, now="1 May")
    with pytest.raises(TypeError, match="a time is a datetime.*not date"):
        fedval.plan(INTENT, folder=lab, now=NOW.date())


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


def test_an_intent_is_read_from_a_path(lab, tmp_path):
    path = tmp_path / "intent.json"
    path.write_text("\ufeff" + json.dumps(INTENT), encoding="utf-8")
    (tmp_path / "vcse.pem").write_bytes((lab / "vcse.pem").read_bytes())
    assert fedval.plan(path, now=NOW).json == fedval.plan(INTENT, folder=lab, now=NOW).json
    (tmp_path / "vcse.pem").write_text("no certificate")
    with pytest.raises(fedval.Error) as caught:
        fedval.plan(path, now=NOW)
    assert caught.value.file == str(tmp_path / "vcse.pem")
    assert fedval.plan(path, folder=lab, now=NOW).steps


def test_yaml_is_refused_with_the_way_to_give_it(tmp_path):
    (tmp_path / "intent.yaml").write_text("format: fedval-intent/1\n")
    for intent in ("format: fedval-intent/1\n", b"format: fedval-intent/1\n", "intent.yaml", tmp_path / "intent.yaml"):
        with pytest.raises(fedval.SyntaxFault, match=r"yaml\.safe_load") as caught:
            fedval.plan(intent)
    assert caught.value.file == str(tmp_path / "intent.yaml")


def test_an_intent_says_where_it_is_wrong(lab):
    with pytest.raises(fedval.SyntaxFault, match="nearest is domains"):
        fedval.plan({"format": "fedval-intent/1", "domians": []})
    with pytest.raises(FileNotFoundError):
        fedval.plan(INTENT, folder=lab / "logs", now=NOW)
