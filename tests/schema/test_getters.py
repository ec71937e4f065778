"""Everything that a document holds can be reached by getters: a walker that calls them alone gives the same document."""
import base64
import ctypes
import hashlib
import json
import sys

import library
import pytest
import walk
from library import core
from test_diagnosis import LOGS, Options
from test_drift import REPORTS, state
from test_schema import SCHEMAS
from test_timeline import judged, timeline_of

sys.path.insert(0, str(library.TOP / "tests" / "plan"))
import planning  # noqa: E402

PLANS = sorted((library.TOP / "tests" / "plan" / "vectors").glob("*.json"))


def name_of(path):
    return f"{path.parent.name}/{path.stem}"


def written(kind, thing, *more):
    return json.loads(library.take(getattr(core, f"fedval_{kind}_to_json"), thing, *more))


def report_of(path):
    evidence, policy, anchors = library.load(path)
    return library.report_of(evidence, policy, anchors.get("private", []), anchors.get("public", []))


@pytest.mark.parametrize("path", library.VECTORS, ids=name_of)
def test_a_report(path):
    report = report_of(path)
    assert walk.report(report) == written("report", report)
    core.fedval_report_free(report)


def shown_by(presented):
    """The SHA-256 of all certificates that were presented or lie on a path from there."""
    if not presented or not presented["certificate"]:
        return set()
    return {presented["certificate"]["sha256"]} | {one["sha256"] for path in presented["paths"] for one in path["rungs"]}


@pytest.mark.parametrize("path", library.VECTORS, ids=name_of)
def test_a_finding_tells_its_certificate_by_more_than_its_name(path):
    """A further look at an address may show a certificate that the report does not list: the evidence has it."""
    document, evidence = json.loads(REPORTS[name_of(path)]), json.loads(library.load(path)[0])
    shown = {hashlib.sha256(base64.b64decode(der)).hexdigest() for fact in evidence["facts"] for der in fact.get("chain", [])}
    shown |= shown_by(document["client"]).union(*(shown_by(address) for endpoint in document["endpoints"]
                                                  for address in endpoint["addresses"]))
    for finding in document["findings"]:
        place = finding["where"]
        assert ("certificate" in place) == ("certificate_sha256" in place), finding["code"]
        assert place.get("certificate_sha256") in shown | {None}, finding["code"]


@pytest.mark.parametrize("most", [1, 2])
def test_a_report_that_leaves_findings_out(most):
    evidence, policy, anchors = library.load(next(path for path in library.VECTORS if path.stem == "expired-and-wrong-name-and-outside"))
    policy = json.dumps({**json.loads(policy), "max_findings": most})
    report = library.report_of(evidence, policy, anchors.get("private", []), anchors.get("public", []))
    told = written("report", report)
    assert walk.report(report) == told and told["findings_left_out"] > 0
    core.fedval_report_free(report)


@pytest.mark.parametrize("pem", ["expired", "below-v1-root", "crossed", "eku-other", "duplicate-extension"])
@pytest.mark.parametrize("source", [None, b"expe.pem"])
def test_a_chain(pem, source):
    ders = library.ders_of(pem)
    judge, result = library.new_judge(library.new_policy("microsoft-edge", 1893456000), library.new_anchors()), ctypes.c_void_p()
    pointers = (ctypes.c_char_p * len(ders))(*ders)
    lengths = (ctypes.c_size_t * len(ders))(*map(len, ders))
    library.check(core.fedval_chain_evaluate(judge, ctypes.c_size_t(0), ctypes.cast(pointers, ctypes.c_void_p), lengths,
                                             ctypes.c_size_t(len(ders)), b"vcse.steven.lab", library.NUL_ENDED, 1,
                                             library.TIME_UNKNOWN, ctypes.byref(result)))
    library.check(core.fedval_chain_result_set_source(result, source, library.NUL_ENDED))
    assert walk.chain(result) == written("chain_result", result)
    core.fedval_chain_result_free(result)
    core.fedval_judge_free(judge)


@pytest.mark.parametrize("path", library.VECTORS, ids=name_of)
def test_a_timeline(path):
    judge, evidence = judged(path)
    timeline = timeline_of(judge, evidence)
    assert walk.timeline(timeline) == written("timeline", timeline)
    library.check(core.fedval_timeline_set_source(timeline, b"saved.json", library.NUL_ENDED))
    assert walk.timeline(timeline)["source"] == written("timeline", timeline)["source"] == "saved.json"
    for kind, thing in (("timeline", timeline), ("evidence", evidence), ("judge", judge)):
        getattr(core, f"fedval_{kind}_free")(thing)


def test_a_drift():
    """Each report beside the next one: most things differ."""
    names, effects = list(REPORTS), set()
    for before, now in zip(names, names[1:]):
        if json.loads(REPORTS[before])["domain"] != json.loads(REPORTS[now])["domain"]:
            continue
        drift, states = ctypes.c_void_p(), [state(REPORTS[before]), state(REPORTS[now])]
        library.check(core.fedval_drift_new(*states, ctypes.byref(drift)))
        told = written("drift", drift)
        assert walk.drift(drift) == told, (before, now)
        effects |= {change["effect"] for change in told["changes"]}
        core.fedval_drift_free(drift)
        for one in states:
            core.fedval_state_free(one)
    assert len(effects) > 1


def test_a_pair():
    sides = {"cisco": [], "microsoft": []}
    for path in library.VECTORS:
        side = json.loads(REPORTS[name_of(path)])["side"]
        if side in sides and len(sides[side]) < 12:
            sides[side].append(report_of(path))
    assert all(sides.values())
    for cisco in sides["cisco"]:
        for microsoft in sides["microsoft"]:
            pair = ctypes.c_void_p()
            library.check(core.fedval_pair_new(cisco, microsoft, ctypes.byref(pair)))
            assert walk.pair(pair) == written("pair", pair)
            core.fedval_pair_free(pair)
    for report in sides["cisco"] + sides["microsoft"]:
        core.fedval_report_free(report)


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.name)
@pytest.mark.parametrize("group", [0, 1])
def test_a_diagnosis(path, group):
    log, data = ctypes.c_void_p(), path.read_bytes()
    library.check(core.fedval_log_new(ctypes.byref(log)))
    library.check(core.fedval_log_begin_source(log, path.name.encode(), library.NUL_ENDED))
    library.check(core.fedval_log_feed(log, data, ctypes.c_size_t(len(data))))
    library.check(core.fedval_log_finish(log))
    assert walk.diagnosis(log, group) == written("log", log, ctypes.byref(Options(ctypes.sizeof(Options), group, 0)))
    core.fedval_log_free(log)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_plan(path):
    with planning.planned_vector(json.loads(path.read_text())) as plan:
        assert walk.plan(plan) == written("plan", plan)


def test_the_entries_of_the_catalogue():
    for i in range(walk.ask("catalogue_count")):
        thing = walk.ask("catalogue_get", i)
        assert walk.entry(thing) == written("catalogue_entry", ctypes.c_void_p(thing))


def explanation_to_json(asked, out_json, out_len):
    """With its outputs last, as library.take wants them: the answer stands in the document."""
    return core.fedval_explanation_to_json(asked, ctypes.c_size_t(len(asked)), out_json, out_len, None)


def explained(asked):
    told = json.loads(library.take(explanation_to_json, asked))
    assert told.pop("format") == "fedval-explanation/1" and told.pop("asked") == asked.decode()[:200]
    return told


def test_every_topic_is_reached_through_its_code_or_its_sentence():
    kinds = set()
    for topic in range(walk.ask("topic_count")):
        shown = walk.topic(topic)
        asked = (shown["code"] or shown["name"]).encode()
        told = explained(asked)
        assert walk.explanation(asked) == told
        assert shown in told["topics"] or shown["kind"] == "range", asked
        kinds.add(shown["kind"])
    assert len(kinds) == 14


@pytest.mark.parametrize("asked", [b"1019", b"alert 42", b"event 14499", b"wildcard certificate", b"no such words at all", b""])
def test_an_explanation(asked):
    assert walk.explanation(asked) == explained(asked)
