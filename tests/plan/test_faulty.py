"""For every faulty vector of the rules that DNS or a certificate can mend, the plan from it passes."""
import json

import library
import planning
import pytest

# Those that a plan leaves alone, and why.
NOT_PLANNED = {}


def is_mendable(path):
    expected = json.loads(path.read_text()).get("expected", {})
    kinds = {action["kind"] for action in expected.get("actions", [])}
    return (expected.get("verdict") in ("fail", "indeterminate") and expected.get("after_actions") == "pass"
            and expected.get("side") == "cisco" and kinds and kinds <= {"dns", "san", "trust"})


def profile_of(path):
    return json.loads(path.read_text()).get("policy", {}).get("profile", "microsoft-edge")


MENDABLE = [path for path in library.VECTORS if is_mendable(path) and path.stem not in NOT_PLANNED and profile_of(path) in ("microsoft-edge", "office365")]


def intent_of(evidence, family):
    """One peer, which has the addresses that today's targets have, as far as they are public ones of IPv4. Of the vectors
    about chains it has not that of the others: what is presented there stays open whatever is planned for DNS."""
    public = ("93.", "203.0.114.", "20.30.40.") if family == "srv" else ("93.", "203.0.114.")
    addresses = sorted({record["address"] for fact in evidence["facts"] for record in fact.get("records", [])
                        if record["type"] == "A" and record["address"].startswith(public)}) or ["93.184.216.34"]
    return {"domains": [{"name": evidence["domain"]}],
            "clusters": [{"version": "14.3", "peers": [{"name": "expe.example.com", "addresses": addresses}], "keep_names": []}]}


def test_there_are_mendable_vectors():
    assert len(MENDABLE) > 30


@pytest.mark.parametrize("path", MENDABLE, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_plan_from_a_faulty_vector_passes(path):
    evidence, policy, anchors = library.load(path)
    judge = library.new_judge(planning.read_json("policy", policy),
                              library.new_anchors(anchors.get("private", ()), anchors.get("public", ())))
    try:
        plan = planning.plan_of(intent_of(json.loads(evidence), path.parent.name), evidence=[json.loads(evidence)], judge=judge)
    finally:
        planning.core.fedval_judge_free(judge)
    assert plan["after"] == "pass", (plan["domains"], plan["steps"])
