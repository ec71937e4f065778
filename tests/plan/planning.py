"""Plans through the public functions: an intent goes in, "fedval-plan/1" comes out."""
import base64
import contextlib
import ctypes
import json
import re

import library
from library import core

core.fedval_intent_count_files.restype = ctypes.c_size_t
core.fedval_intent_get_file_path.restype = ctypes.c_char_p
core.fedval_plan_count_files.restype = ctypes.c_size_t
core.fedval_plan_get_file_name.restype = ctypes.c_char_p
AT = 1893456000  # 2030-01-01


def size(number):
    return ctypes.c_size_t(number)


def read_json(kind, document):
    thing, error = ctypes.c_void_p(), ctypes.c_void_p(core.fedval_error_new())
    data = (document if isinstance(document, str) else json.dumps(document)).encode()
    try:
        library.check(getattr(core, f"fedval_{kind}_new_from_json")(data, size(len(data)), ctypes.byref(thing), error), error)
    finally:
        core.fedval_error_free(error)
    return thing


def pki(name):
    """A file of tests/pki/out."""
    return (library.PKI / name).read_bytes()


def with_chains(evidence):
    """An evidence document; "pem": NAME in a fact stands for the chain of that name."""
    evidence = json.loads(json.dumps(evidence))
    for fact in evidence["facts"]:
        if "pem" in fact:
            fact["chain"] = [base64.b64encode(der).decode() for der in library.ders_of(fact.pop("pem"))]
    return {"format": "fedval-evidence/1", "gathered_at": "2030-01-01T00:00:00Z", **evidence}


def judge_of(policy=None, public=("root",), private=()):
    rules = read_json("policy", {"format": "fedval-policy/1", "time": "2030-01-01T00:00:00Z", **(policy or {})})
    return library.new_judge(rules, library.new_anchors(private, public))


@contextlib.contextmanager
def planned(intent, files=None, evidence=(), judge=None):
    """The plan itself, for those who look at its parts."""
    thing, plan = read_json("intent", {"format": "fedval-intent/1", **intent}), ctypes.c_void_p()
    own = judge_of() if judge is None else judge
    for i in range(core.fedval_intent_count_files(thing)):
        data = (files or {}).get(core.fedval_intent_get_file_path(thing, size(i)).decode())
        if data is not None:
            library.check(core.fedval_intent_supply_file(thing, size(i), data, size(len(data)), None))
    for document in evidence:
        today = read_json("evidence", with_chains(document))
        library.check(core.fedval_intent_append_evidence(thing, today))
        core.fedval_evidence_free(today)
    library.check(core.fedval_plan_new(own, size(0), thing, ctypes.c_int64(AT), ctypes.byref(plan)))
    core.fedval_intent_free(thing)  # nothing of it is kept
    try:
        yield plan
    finally:
        core.fedval_plan_free(plan)
        if judge is None:
            core.fedval_judge_free(own)


@contextlib.contextmanager
def planned_vector(vector):
    """The plan of a vector."""
    files = {path: pki(name) for path, name in vector.get("files", {}).items()}
    anchors = vector.get("anchors", {"public": ["root"], "private": []})
    judge = judge_of(vector.get("policy"), anchors["public"], anchors["private"])
    try:
        with planned(vector["intent"], files=files, evidence=vector.get("evidence", []), judge=judge) as plan:
            yield plan
    finally:
        core.fedval_judge_free(judge)


def plan_of(intent, **rest):
    with planned(intent, **rest) as plan:
        return json.loads(library.take(core.fedval_plan_to_json, plan))


def files_of(intent, **rest):
    """{name: text} of what --write writes."""
    with planned(intent, **rest) as plan:
        return {core.fedval_plan_get_file_name(plan, size(i)).decode(): library.take(core.fedval_plan_file_to_text, plan, size(i))
                for i in range(core.fedval_plan_count_files(plan))}


def text_of(intent, **rest):
    with planned(intent, **rest) as plan:
        return library.take(core.fedval_plan_to_text, plan, ctypes.byref(library.look()))


def codes(findings, severity=None):
    return [finding["code"] for finding in findings if severity in (None, finding["severity"])]


# ---- evidence ----

def srv(domain, *targets, ttl=3600):
    owner = f"_sipfederationtls._tcp.{domain}"
    records = [{"type": "SRV", "owner": owner, "ttl": ttl, "priority": 0, "weight": 0, "port": 5061, "target": target}
               for target in targets]
    return {"question": {"name": owner, "type": "SRV"}, "outcome": "answer" if targets else "nxdomain", "records": records}


def address(host, *addresses, kind="A", ttl=3600):
    return {"question": {"name": host, "type": kind}, "outcome": "answer" if addresses else "nodata",
            "records": [{"type": kind, "owner": host, "ttl": ttl, "address": text} for text in addresses]}


def probe(host, where, pem):
    return {"question": {"probe": host, "address": where, "port": 5061}, "outcome": "handshake", "pem": pem}
