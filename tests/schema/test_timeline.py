"""What breaks when: each milestone is one by judging a second before and at it; and the calendar is one to others."""
import ctypes
import datetime
import json

import icalendar
import library
import pytest
from test_schema import validate


def judged(path):
    """The judge, the evidence and the policy of a vector."""
    evidence, policy, anchors = library.load(path)
    things = []
    for kind, document in (("evidence", evidence), ("policy", policy)):
        thing, data = ctypes.c_void_p(), document.encode()
        library.check(getattr(library.core, f"fedval_{kind}_new_from_json")(
            data, ctypes.c_size_t(len(data)), ctypes.byref(thing), None))
        things.append(thing)
    judge = library.new_judge(things[1], library.new_anchors(anchors.get("private", []), anchors.get("public", [])))
    return judge, things[0]


def timeline_of(judge, evidence):
    timeline = ctypes.c_void_p()
    library.check(library.core.fedval_timeline_new(judge, ctypes.c_size_t(0), evidence, library.TIME_UNKNOWN,
                                                   ctypes.byref(timeline)))
    return timeline


def told(path):
    judge, evidence = judged(path)
    timeline = timeline_of(judge, evidence)
    text = library.take(library.core.fedval_timeline_to_json, timeline)
    calendar = calendar_of([timeline])
    library.core.fedval_timeline_free(timeline)
    library.core.fedval_evidence_free(evidence)
    library.core.fedval_judge_free(judge)
    return text, calendar


def calendar_of(timelines):
    pointers = (ctypes.c_void_p * len(timelines))(*(timeline.value for timeline in timelines))
    return library.take(library.core.fedval_timelines_to_icalendar, pointers, ctypes.c_size_t(len(timelines)))


def at(time):
    return datetime.datetime.fromisoformat(time.replace("Z", "+00:00"))


def findings_at(path, time):
    """(verdict, sorted findings but for the notes) of a vector, judged at another time."""
    evidence, policy, anchors = library.load(path)
    document = json.loads(policy) | {"time": time.strftime("%Y-%m-%dT%H:%M:%SZ")}
    report = json.loads(library.evaluate(evidence, json.dumps(document), anchors.get("private", []),
                                         anchors.get("public", [])))
    rows = [(f["code"], f["severity"], json.dumps(f["where"]), json.dumps(f["acceptance"]))
            for f in report["findings"] if f["severity"] != "note"]
    return report["verdict"], sorted(rows)


def without(rows, others):
    left = list(others)
    return sorted(row[:2] for row in rows if not (row in left and not left.remove(row)))


def codes_of(milestone, is_new):
    return {(f["code"], f["severity"]) for f in milestone["findings"] if f["new"] is is_new}


@pytest.mark.parametrize("path", library.VECTORS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_event_is_one_a_second_before_and_at_it(path):
    text, calendar = told(path)
    validate(text, "timeline-1.json")
    document = json.loads(text)
    milestones = [milestone for milestone in document["milestones"] if milestone["kind"] == "findings"]
    assert [milestone["at"] for milestone in document["milestones"]] == sorted(milestone["at"] for milestone in document["milestones"])
    assert all(milestone["at"] > document["from"] for milestone in document["milestones"])
    for milestone in milestones:
        time = at(milestone["at"])
        before, now = findings_at(path, time - datetime.timedelta(seconds=1)), findings_at(path, time)
        assert (milestone["before"], milestone["verdict"]) == (before[0], now[0])
        assert codes_of(milestone, True) == set(without(now[1], before[1]))  # what several hosts share is told once
        assert codes_of(milestone, False) == set(without(before[1], now[1]))
        assert milestone["findings"] or milestone["before"] != milestone["verdict"]
    read = icalendar.Calendar.from_ical(calendar)
    assert len([c for c in read.walk("VEVENT")]) == len(document["milestones"])


def vector(name):
    return library.TOP / "tests" / "vectors" / f"{name}.json"


def test_an_end_is_warned_of_and_comes():
    document = json.loads(told(vector("certificate/expires-soon-not-yet"))[0])
    seen = [(e["at"], e["verdict"], [f["code"] for f in e["findings"] if f["new"]]) for e in document["milestones"]
            if e["kind"] == "findings"]
    codes = [code for _, _, found in seen for code in found]
    assert "cert-expires-soon" in codes and codes.index("cert-expires-soon") < codes.index("cert-expired")
    assert {verdict for _, verdict, found in seen if "cert-expired" in found} == {"fail"}
    soon = next(time for time, _, found in seen if "cert-expires-soon" in found)
    end = next(time for time, _, found in seen if "cert-expired" in found)
    assert at(end) - at(soon) == datetime.timedelta(days=7)  # as the vector asks for


def test_an_acceptance_ends():
    document = json.loads(told(vector("control/accepted-error"))[0])
    milestone = next(e for e in document["milestones"] if e["at"] == "2030-02-01T00:00:00Z")
    assert {(f["code"], f["new"]) for f in milestone["findings"]} >= {("srv-target-outside-domain", True)}


def test_public_certificates_have_their_dates():
    evidence = json.loads(vector("name/case").read_text())
    evidence["evidence"]["gathered_at"] = "2026-03-01T00:00:00Z"
    data = json.dumps({"format": "fedval-evidence/1"} | json.loads(library.load(vector("name/case"))[0])
                      | {"gathered_at": "2026-03-01T00:00:00Z"}).encode()
    thing = ctypes.c_void_p()
    library.check(library.core.fedval_evidence_new_from_json(data, ctypes.c_size_t(len(data)), ctypes.byref(thing), None))
    for kind, wanted in (("public", {"2026-03-15", "2026-06-15", "2027-03-15", "2029-03-15"}), ("private", set())):
        judge = library.new_judge(library.new_policy("microsoft-edge", 1772323200), library.new_anchors(**{kind: ["root"]}))
        timeline = timeline_of(judge, thing)
        document = json.loads(library.take(library.core.fedval_timeline_to_json, timeline))
        assert {e["at"][:10] for e in document["milestones"] if e["kind"] == "rule"} == wanted
        assert all(e["text"] and e["verdict"] is None for e in document["milestones"] if e["kind"] == "rule")
        library.core.fedval_timeline_free(timeline)
        library.core.fedval_judge_free(judge)
    library.core.fedval_evidence_free(thing)


def test_a_calendar_keeps_the_rules_of_its_format():
    path = vector("certificate/expires-soon-not-yet")
    text, calendar = told(path)
    lines = calendar.split("\r\n")
    assert lines[-1] == "" and all(len(line.encode()) <= 75 and "\n" not in line for line in lines)
    events = list(icalendar.Calendar.from_ical(calendar).walk("VEVENT"))
    assert len({str(event["UID"]) for event in events}) == len(events) > 1
    assert calendar == told(path)[1]
    document = json.loads(text)
    assert [event["DTSTART"].dt for event in events] == [at(e["at"]) for e in document["milestones"]]
    for event, wanted in zip(events, document["milestones"]):
        for finding in wanted["findings"]:
            assert finding["message"] in str(event["DESCRIPTION"])
        assert str(event["SUMMARY"]).startswith("example.com: ")


def test_a_calendar_without_events_is_one():
    read = icalendar.Calendar.from_ical(calendar_of([]))
    assert [component.name for component in read.subcomponents] == ["VTIMEZONE"]


def test_no_event_says_the_same_twice():
    for path in library.VECTORS:
        for milestone in json.loads(told(path)[0])["milestones"]:
            lines = [json.dumps(finding, sort_keys=True) for finding in milestone.get("findings", [])]
            assert len(lines) == len(set(lines)), (path, milestone)
