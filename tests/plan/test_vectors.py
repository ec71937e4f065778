"""Vectors of plans: an intent, what there is today, and what the plan has to say.

FEDVAL_WRITE=1 writes "expected" anew.
"""
import json
import os
import pathlib

import jsonschema
import library
import planning
import pytest

SCHEMAS = library.TOP / "docs" / "schema"
VECTORS = sorted((pathlib.Path(__file__).parent / "vectors").glob("*.json"))


def shown(plan):
    """What a vector pins down: all but the texts of findings and configurations."""
    def steps(step):
        words = [step["side"], step["op"], step["kind"], step["owner"]]
        words += [step["type"] or "", step["data"]] + ([f"ttl {step['ttl']}"] if step["ttl"] is not None else [])
        return " | ".join(filter(None, words)) + (f" | after {step['after']}" if step["after"] else "") + (
            f" | wait {step['wait_s']}" if step["wait_s"] else "") + (
            f" | HURTS {step['hurts']}" if step["hurts"] else "") + (
            f" | or, for {step['alternative_to']}" if step["alternative_to"] else "") + (
            " | one change" if step["one_change"] else "")

    def request(item):
        ready = item["ready"] and {
            "will_do": item["ready"]["will_do"], "signature": item["ready"].get("signature"),
            "findings": [f"{f['severity']} {f['code']}" for f in item["ready"]["findings"]]}
        return {"peer": item["peer"], "role": item["role"], "origin": item["origin"], "ready": ready,
                "names": [f"{name['name']}: {name['for']}" for name in item["names"]]}
    return {"verdict_today": plan["verdict_today"], "after": plan["after"], "harm": plan["harm"],
            "judged_again": plan["judged_again"], "assumed": plan["assumed"], "questions": plan["questions"],
            "domains": [f"{d['domain']} -> {d['target']}: {d['verdict_today']}, then {d['after']}"
                        + "".join(f" ({f['severity']} {f['code']})" for f in d["findings"]) for d in plan["domains"]],
            "steps": [steps(step) for step in plan["steps"]], "requests": [request(item) for item in plan["requests"]],
            "files": plan["files"]}


def plan_of(vector):
    with planning.planned_vector(vector) as plan:
        return json.loads(library.take(planning.core.fedval_plan_to_json, plan))


def test_there_are_vectors():
    assert len(VECTORS) >= 12


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_a_plan_is_as_its_vector_says(path):
    vector = json.loads(path.read_text())
    plan = plan_of(vector)
    found = shown(plan)
    if os.environ.get("FEDVAL_WRITE"):
        vector["expected"] = found
        path.write_text(json.dumps(vector, indent=2, ensure_ascii=False) + "\n")
    assert found == vector["expected"]
    assert all(step["after"] == sorted(step["after"]) for step in plan["steps"])
    assert {"about", "provenance"} <= set(vector)


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_a_plan_fits_its_schema(path):
    schemas = {schema["$id"]: schema for schema in map(json.loads, (file.read_text() for file in SCHEMAS.glob("*.json")))}
    schema = schemas[next(name for name in schemas if name.endswith("/plan-1.json"))]
    resolver = jsonschema.RefResolver(schema["$id"], schema, store=schemas)
    jsonschema.Draft202012Validator(schema, resolver=resolver).validate(plan_of(json.loads(path.read_text())))


def outcome_of(plan):
    """What a plan comes to, out of its other members."""
    if plan["after"] != "pass":
        return plan["after"] if plan["after"] in ("fail", "indeterminate") else None
    if any(item["ready"] and not item["ready"]["will_do"] for item in plan["requests"]):
        return "ready-refused"
    return "pass" if plan["steps"] else "nothing-to-do"


def test_a_plan_says_what_it_comes_to():
    plans = [plan_of(json.loads(path.read_text())) for path in VECTORS]
    assert [plan["outcome"] for plan in plans] == [outcome_of(plan) for plan in plans]
    assert {"pass", "fail", "nothing-to-do", "ready-refused"} <= {plan["outcome"] for plan in plans}


def test_a_certificate_that_exists_is_named_by_its_digest():
    """One that is still to be issued has none."""
    seen = set()
    for path in VECTORS:
        for item in plan_of(json.loads(path.read_text()))["requests"]:
            seen.add((item["origin"], item["sha256"] is not None))
            assert (item["sha256"] is None) == (item["serial"] is None)
            assert item["sha256"] is None or (len(item["sha256"]) == 64 and int(item["serial"], 16) > 0)
    assert ("ready-certificate", True) in seen and ("keep", True) in seen
    assert not seen & {("new", True), ("ready-request", True)}
