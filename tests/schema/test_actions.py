"""actions-1.json: the actions of every vector's report fit it and are taken; what it refuses, the library refuses too."""
import base64
import ctypes
import datetime
import json

import jsonschema
import library
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from test_schema import validate

FIRST = {"op": "replace", "kind": "dns", "owner": "_sipfederationtls._tcp.example.com.", "type": "SRV", "ttl": 300,
         "data": "0 0 5061 expe.example.com."}
NAME = {"op": "add", "kind": "san", "role": "server", "data": "expe.example.com"}
VECTORS = [path for path in library.VECTORS if "others" not in json.loads(path.read_text())]


def document(*actions, **more):
    return json.dumps({"format": "fedval-actions/1", "actions": list(actions), **more})


def with_actions(path, actions, redact=False):
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
        if redact:
            library.check(library.core.fedval_report_redact(report, facts))
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


def keeping(data, **more):
    return {"op": "keep", "kind": "san", "role": "server", "data": data, **more}


@pytest.mark.parametrize("action, private", [
    (keeping("URI:sip:jan@example.net"), "jan"), (keeping("email:o'brien@example.net"), "brien"), (keeping("IP:203.0.113.77"), "203.0.113.77"),
    (keeping("DirName:CN=Jan Jansen, O=Example"), "Jansen"), (keeping("otherName:1.3.6.1.4.1.311.20.2.3:jan"), "jan"),
    (keeping("RID:1.2.3.4567"), "4567"), (keeping("X400:#6a616e"), "6a616e"), (keeping("unknown:jan"), "jan"),
    (NAME | {"certificate": "CN=Jan Jansen, O=Example"}, "Jansen"), (NAME | {"certificate": "email:jan@example.net"}, "jan"),
    (NAME | {"address": "203.0.113.77"}, "203.0.113.77"),
    *(({"op": "add", "kind": kind, "role": "server", "owner": "expe.example.com", "data": f"ask {mail} first", "hurts": f"<{mail}>, and others"}, "jan")
      for kind in ("trust", "partner", "domain") for mail in ("jan@corp.example", "o'jan.x@corp.example", "sip:jan@corp.example", "CN=jan@corp.example")),
])
def test_what_an_action_names_is_hidden_whoever_wrote_it(action, private):
    actions = document(action)
    validate(actions, "actions-1.json")
    assert private in json.dumps(with_actions(VECTORS[0], actions)["actions"])
    assert private not in json.dumps(with_actions(VECTORS[0], actions, redact=True)["actions"])


def test_a_host_in_an_action_stays():
    told = with_actions(VECTORS[0], document(keeping("expe.example.com"), NAME | {"certificate": "DNS:expe.example.com"}), redact=True)
    assert [action["data"] for action in told["actions"]] == ["expe.example.com"] * 2
    assert told["actions"][1]["certificate"] == "DNS:expe.example.com"


def test_the_vectors_have_actions_of_each_kind():
    kinds = set()
    for path in VECTORS:
        evidence, policy, anchors = library.load(path)
        report = json.loads(library.evaluate(evidence, policy, anchors.get("private", []), anchors.get("public", [])))
        kinds |= {(action["kind"], action["op"]) for action in report["actions"]}
    assert {kind for kind, _ in kinds} == {"dns", "san", "trust", "partner", "domain"}
    assert {op for _, op in kinds} == {"add", "replace", "remove", "keep"}


def with_many_names(number, size):
    """A probe of a server whose certificate holds `size` names of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "many.example.net")])
    names = x509.SubjectAlternativeName([x509.DNSName(f"host-{number}-{i}.example.net") for i in range(size)])
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
            .not_valid_before(datetime.datetime(2029, 1, 1)).not_valid_after(datetime.datetime(2031, 1, 1))
            .add_extension(names, critical=False).sign(key, hashes.SHA256()))
    return {"question": {"probe": "expe.example.com", "address": f"203.0.113.{number}", "port": 5061}, "outcome": "handshake",
            "tls_version": "TLSv1.2", "chain": [base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()]}


@pytest.mark.parametrize("size, left_out", [(999, 0), (1000, 0), (1007, 7)])
def test_names_that_stay_beyond_a_thousand_are_counted(size, left_out):
    owner = "_sipfederationtls._tcp.example.com"
    record = {"type": "SRV", "owner": owner, "ttl": 1, "priority": 0, "weight": 0, "port": 5061, "target": "expe.example.com"}
    srv = {"question": {"name": owner, "type": "SRV"}, "outcome": "answer", "records": [record]}
    evidence = {"format": "fedval-evidence/1", "domain": "example.com", "gathered_at": "2030-01-01T00:00:00Z",
                "facts": [srv, with_many_names(1, size)]}
    actions = json.loads(library.evaluate(json.dumps(evidence)))["actions"]
    kept = [action for action in actions if action["op"] == "keep"]
    assert len(kept) == size - left_out
    assert [action.get("names_left_out", 0) for action in kept] == [0] * (len(kept) - 1) + [left_out]


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


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_keeps_the_actions_from_a_pass_is_said(path):
    evidence, policy, anchors = library.load(path)
    report = json.loads(library.evaluate(evidence, policy, anchors.get("private", []), anchors.get("public", [])))
    reasons = report["remaining"] + report["open_after"]
    if report["after_actions"] == "pass" or not report["actions"]:
        assert not reasons
    elif report["after_actions"] != "not-checked":
        assert reasons
    if report["after_actions"] == "fail" and report["actions"]:
        assert report["remaining"]
