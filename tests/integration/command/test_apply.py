"""--apply: what if these actions were carried out."""
import json

import command
import pytest

SRV = {"op": "replace", "kind": "dns", "owner": "_sipfederationtls._tcp.acano.steven.lab.", "type": "SRV", "ttl": 300,
       "data": "0 0 5061 vcse.acano.steven.lab."}
ADDRESS = {"op": "add", "kind": "dns", "owner": "vcse.acano.steven.lab.", "type": "A", "ttl": 300, "data": "10.48.36.47"}
NAME = {"op": "add", "kind": "san", "role": "server", "data": "vcse.acano.steven.lab"}


@pytest.fixture
def evidence(tmp_path):
    """A domain whose record leads out of it, and whose certificate lacks the new name."""
    zone, saved = tmp_path / "lab.zone", tmp_path / "evidence.json"
    zone.write_text("$ORIGIN .\n$TTL 3600\nlab. IN SOA ns.lab. a.lab. 1 1 1 1 1\n"
                    "_sipfederationtls._tcp.acano.steven.lab. IN SRV 0 0 5061 expe.steven.lab.\n"
                    "expe.steven.lab. IN A 10.48.36.47\n")
    command.run("check", "acano.steven.lab", "--offline", "--zone", f"lab={zone}", "--chain",
                f"expe.steven.lab={command.LAB / 'expe.pem'}", *command.ROOTS, "--at", command.AT, "--allow-private",
                "--save", str(saved), expect=1)
    return saved


def judge(evidence, *more, **keywords):
    return command.run("evaluate", str(evidence), *command.ROOTS, "--at", command.AT, "--allow-private", "--format", "json",
                       *more, **keywords)


def apply(evidence, tmp_path, actions, **keywords):
    path = tmp_path / "actions.json"
    path.write_text(actions if isinstance(actions, str) else json.dumps({"format": "fedval-actions/1", "actions": actions}))
    return judge(evidence, "--apply", str(path), **keywords)


def test_the_actions_of_a_report_given_back_tell_what_it_told(evidence, tmp_path):
    before, = command.documents(judge(evidence, expect=1))
    after, = command.documents(apply(evidence, tmp_path, json.dumps(before), expect=0))
    for member in ("actions", "after_actions", "judged_again", "assumed", "verdict", "findings"):
        assert after.get(member) == before.get(member), member


def test_half_of_what_is_needed_is_not_enough(evidence, tmp_path):
    before, = command.documents(judge(evidence, expect=1))
    certificate = next(a["certificate"] for a in before["actions"] if a["kind"] == "san")
    name = NAME | {"certificate": certificate}
    for some, verdict, status in (([], "fail", 1), ([SRV, ADDRESS], "fail", 1), ([name], "fail", 1),
                                  ([SRV, ADDRESS, name], "pass", 0)):
        report, = command.documents(apply(evidence, tmp_path, some, expect=status))
        assert report["after_actions"] == verdict, some
        assert len(report["actions"]) == len(some)


@pytest.mark.parametrize("action, place", [
    (SRV | {"op": "burn"}, "actions[0].op"),
    (SRV | {"kind": "wish"}, "actions[0].kind"),
    (SRV | {"kinds": 1}, "actions[0].kinds"),
    (SRV | {"data": "0 0 5061"}, "actions[0].data"),
    (SRV | {"data": "0 0 65536 a."}, "actions[0].data"),
    (SRV | {"data": 7}, "actions[0].data"),
    (SRV | {"type": "MX"}, "actions[0].type"),
    (SRV | {"owner": "a b."}, "actions[0].owner"),
    (SRV | {"ttl": -1}, "actions[0].ttl"),
    (SRV | {"why": ["no-such-finding"]}, "actions[0].why[0]"),
    (SRV | {"type": "CNAME"}, "actions[0].op"),
    (ADDRESS | {"data": "10.48.36.256"}, "actions[0].data"),
    (ADDRESS | {"data": "2001:db8::1"}, "actions[0].data"),
    (NAME | {"data": "two names"}, "actions[0].data"),
    ({"op": "add", "kind": "san", "data": "a.lab"}, "actions[0]"),
    ({"op": "add", "kind": "partner", "data": "a"}, "actions[0]"),
    ({"kind": "san"}, "actions[0]"),
    ("add", "actions[0]"),
])
def test_what_is_wrong_is_named_with_its_place(evidence, tmp_path, action, place):
    error, = command.documents(apply(evidence, tmp_path, [action], expect=65))
    assert error["format"] == "fedval-error/1" and place in error["message"], error


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "fedval-actions/1"}', '{"format": "fedval-plan/1", "actions": []}',
                                  '{"format": "fedval-actions/1", "actions": [], "more": 1}', "[" * 100000,
                                  '{"format": "fedval-actions/1", "actions": [' + ",".join(["{}"] * 1001) + "]}"])
def test_what_is_no_such_document_is_refused(evidence, tmp_path, text):
    error, = command.documents(apply(evidence, tmp_path, text, expect=65))
    assert error["format"] == "fedval-error/1"


def test_a_pair_has_no_actions(evidence):
    command.run("evaluate", "--pair", str(evidence), str(evidence), "--apply", "x", expect=64)
