"""actions-1.json: the actions of every vector's report fit it and are taken; what it refuses, the library refuses too."""
import ctypes
import json

import jsonschema
import library
import pytest
from test_schema import validate

FIRST = {"op": "replace", "kind": "dns", "owner": "_sipfederationtls._tcp.example.com.", "type": "SRV", "ttl": 300,
         "data": "0 0 5061 expe.example.com."}
NAME = {"op": "add", "kind": "san", "role": "server", "data": "expe.example.com"}
VECTORS = [path for path in library.VECTORS if "others" not in json.loads(path.read_text())]


def document(*actions, **more):
    return json.dumps({"format": "fedval-actions/1", "actions": list(actions), **more})


def with_actions(path, actions):
    """The report on a vector's evidence with these actions carried out; raises Failure where they are refused."""
    evidence, policy, anchors = library.load(path)
    rules, report, text = ctypes.c_void_p(), ctypes.c_void_p(), actions.encode()
    library.check(library.core.fedval_policy_new_from_json(policy.encode(), ctypes.c_size_t(len(policy.encode())),
                                                           ctypes.byref(rules), None))
    judge = library.new_judge(rules, library.new_anchors(anchors.get("private", []), anchors.get("public", [])))
    facts = library.evidence_of(evidence)
    try:
        library.check(library.core.fedval_evaluate_with_actions(judge, ctypes.c_size_t(0), facts, text,
                                                                ctypes.c_size_t(len(text)), ctypes.byref(report), None))
        told = json.loads(library.take(library.core.fedval_report_to_json, report))
        library.core.fedval_report_free(report)
        return told
    finally:
        library.core.fedval_evidence_free(facts)
        library.core.fedval_judge_free(judge)


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_actions_of_a_vector_fit_the_schema_and_are_taken(path):
    evidence, policy, anchors = library.load(path)
    before = json.loads(library.evaluate(evidence, policy, anchors.get("private", []), anchors.get("public", [])))
    actions = document(*before["actions"])
    validate(actions, "actions-1.json")
    assert with_actions(path, actions)["actions"] == before["actions"]


def test_the_vectors_have_actions_of_each_kind():
    kinds = set()
    for path in VECTORS:
        evidence, policy, anchors = library.load(path)
        report = json.loads(library.evaluate(evidence, policy, anchors.get("private", []), anchors.get("public", [])))
        kinds |= {(action["kind"], action["op"]) for action in report["actions"]}
    assert {kind for kind, _ in kinds} == {"dns", "san", "trust", "partner", "domain"}
    assert {op for _, op in kinds} == {"add", "replace", "remove", "keep"}


def without(action, member):
    return {key: value for key, value in action.items() if key != member}


@pytest.mark.parametrize("text", [
    "[]", "{}", '{"format": "fedval-actions/1"}', document().replace("/1", "/2"), document(more=1), document("add"),
    document(*[NAME] * 1001), document(strict=1),
    *(document(FIRST | wrong) for wrong in (
        {"op": "burn"}, {"kind": "wish"}, {"side": "both"}, {"type": "MX"}, {"ttl": -1}, {"ttl": 4294967296}, {"ttl": "300"},
        {"ttl_from": "air"}, {"data": 7}, {"data": None}, {"owner": 7}, {"why": "srv-missing"}, {"why": ["Not an id"]},
        {"role": "both"}, {"certificate": 7}, {"address": 7}, {"hurts": False}, {"alternative_to": -1}, {"more": 1})),
    *(document(without(action, member)) for action in (FIRST, NAME) for member in ("op", "kind", "data")),
])
def test_what_the_schema_refuses_the_library_refuses(text):
    with pytest.raises(jsonschema.ValidationError):
        validate(text, "actions-1.json")
    with pytest.raises(library.Failure):
        with_actions(VECTORS[0], text)


@pytest.mark.parametrize("text", [
    document(), document(FIRST, NAME), document(*[NAME] * 1000), document(FIRST | {"ttl": 0}), document(FIRST | {"ttl": 4294967295}),
    document(FIRST | {"ttl": None, "why": [], "hurts": None, "alternative_to": None, "ttl_from": "cache"}),
    document(FIRST, strict=False), document(FIRST, **{"$schema": "https://libfedval.example/schema/actions-1.json"}),
])
def test_what_fits_the_schema_is_taken(text):
    validate(text, "actions-1.json")
    with_actions(VECTORS[0], text)
