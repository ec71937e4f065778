"""The library by its public functions, JSON in and JSON out, as any binding would use it."""
import base64
import ctypes
import json
import os
import pathlib
import re

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
BUILD = pathlib.Path(os.environ["FEDVAL_BUILD"])
PKI = TOP / "tests" / "pki" / "out"
VECTORS = sorted((TOP / "tests" / "vectors").glob("*/*.json"))

NUL_ENDED = ctypes.c_size_t(-1)  # FEDVAL_NUL_ENDED
core = ctypes.CDLL(str(BUILD / "lib" / "libfedval.so.0"), mode=ctypes.RTLD_GLOBAL)
TLS = next(name for name in ("openssl", "mbedtls")
           if (BUILD / "lib" / "backends" / name / f"libfedval-{name}.so.0").exists())
tls = ctypes.CDLL(str(BUILD / "lib" / "backends" / TLS / f"libfedval-{TLS}.so.0"))
core.fedval_error_get_message.restype = ctypes.c_char_p
core.fedval_error_new.restype = ctypes.c_void_p
core.fedval_catalogue_get.restype = ctypes.c_void_p
core.fedval_catalogue_get.argtypes = [ctypes.c_size_t]
core.fedval_catalogue_count.restype = ctypes.c_size_t
PUBLIC, PRIVATE = 1, 2
TIME_UNKNOWN = ctypes.c_int64(-2**63)


class Failure(Exception):
    pass


def check(status, error=None):
    if status != 0:
        message = core.fedval_error_get_message(error).decode() if error else ""
        raise Failure(f"{status} {message}")


def take(function, *arguments):
    """Calls a function whose last outputs are a text and its length; gives the text."""
    text, length = ctypes.c_char_p(), ctypes.c_size_t()
    check(function(*arguments, ctypes.byref(text), ctypes.byref(length)))
    value = text.value.decode()
    core.fedval_text_free(text)
    assert len(value.encode()) == length.value
    return value


def new_verifier():
    verifier = ctypes.c_void_p()
    check(getattr(tls, f"fedval_{TLS}_verifier_new")(ctypes.byref(verifier)))
    return verifier


VERIFIER = new_verifier()


def new_anchors(private=(), public=()):
    """Names in tests/pki/out/certs."""
    anchors = ctypes.c_void_p()
    check(core.fedval_anchors_new(ctypes.byref(anchors)))
    for kind, names in ((PRIVATE, private), (PUBLIC, public)):
        for name in names:
            data = (PKI / "certs" / f"{name}.pem").read_bytes()
            check(core.fedval_anchors_append(anchors, kind, data, ctypes.c_size_t(len(data)), None))
    check(core.fedval_anchors_seal(anchors, VERIFIER))
    return anchors


def evaluate(evidence, policy=None, private=(), public=()):
    """The report on an evidence document, as JSON text."""
    judge = new_judge(None, new_anchors(private, public))
    text, error = ctypes.c_char_p(), ctypes.c_void_p(core.fedval_error_new())
    policy = None if policy is None else policy.encode()
    data = evidence.encode()
    try:
        check(core.fedval_evaluate_json(judge, data, ctypes.c_size_t(len(data)), policy,
                                        ctypes.c_size_t(len(policy or b"")), ctypes.byref(text), None, error), error)
        value = text.value.decode()
        core.fedval_text_free(text)
        return value
    finally:
        core.fedval_error_free(error)
        core.fedval_judge_free(judge)


def rewrite(kind, document):
    """An evidence or policy document, read and written again."""
    thing, data = ctypes.c_void_p(), document.encode()
    error = ctypes.c_void_p(core.fedval_error_new())
    check(getattr(core, f"fedval_{kind}_new_from_json")(data, ctypes.c_size_t(len(data)), ctypes.byref(thing), error),
          error)
    text = take(getattr(core, f"fedval_{kind}_to_json"), thing)
    getattr(core, f"fedval_{kind}_free")(thing)
    core.fedval_error_free(error)
    return text


def new_policy(profile, time):
    policy, code = ctypes.c_void_p(), ctypes.c_uint32()
    check(core.fedval_profile_from_string(profile.encode(), NUL_ENDED, ctypes.byref(code)))
    check(core.fedval_policy_new(code, ctypes.byref(policy)))
    check(core.fedval_policy_set_number(policy, 3, ctypes.c_int64(time)))
    return policy


def new_judge(policy, anchors, crls=()):
    """The policy and the anchors go with it; `crls` are names in tests/pki/out."""
    judge = ctypes.c_void_p()
    check(core.fedval_judge_new(ctypes.byref(judge)))
    check(core.fedval_judge_set_verifier(judge, VERIFIER))
    check(core.fedval_judge_set_anchors(judge, anchors))
    for name in crls:
        data = (PKI / f"{name}.crl").read_bytes()
        check(core.fedval_judge_append_crls(judge, data, ctypes.c_size_t(len(data)), None))
    if policy is not None:
        check(core.fedval_judge_append_policy(judge, policy, None))
        core.fedval_policy_free(policy)
    check(core.fedval_judge_seal(judge))
    core.fedval_anchors_free(anchors)
    return judge


def chain(ders, name, profile, time, private=()):
    """What comes of one chain, as JSON text."""
    judge, result = new_judge(new_policy(profile, time), new_anchors(private)), ctypes.c_void_p()
    pointers = (ctypes.c_char_p * len(ders))(*ders)
    lengths = (ctypes.c_size_t * len(ders))(*map(len, ders))
    check(core.fedval_chain_evaluate(judge, ctypes.c_size_t(0), ctypes.cast(pointers, ctypes.c_void_p), lengths,
                                     ctypes.c_size_t(len(ders)), None if name is None else name.encode(), NUL_ENDED, 1,
                                     TIME_UNKNOWN, ctypes.byref(result)))
    text = take(core.fedval_chain_result_to_json, result)
    core.fedval_chain_result_free(result)
    core.fedval_judge_free(judge)
    return text


class TextOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("width", ctypes.c_uint32), ("colour", ctypes.c_uint32),
                ("utf8", ctypes.c_uint32)]


def look(width=100, colour=0, utf8=0):
    return TextOptions(ctypes.sizeof(TextOptions), width, colour, utf8)


def evidence_of(document):
    """Evidence read from a document; the caller frees it with fedval_evidence_free."""
    thing, data = ctypes.c_void_p(), document.encode()
    check(core.fedval_evidence_new_from_json(data, ctypes.c_size_t(len(data)), ctypes.byref(thing), None))
    return thing


def report_of(evidence, policy=None, private=(), public=(), crls=(), redact=False):
    """The report itself; the caller frees it with fedval_report_free."""
    report, thing, rules = (ctypes.c_void_p() for _ in range(3))
    policy = policy or '{"format":"fedval-policy/1"}'
    for kind, document, out in (("evidence", evidence, thing), ("policy", policy, rules)):
        data = document.encode()
        check(getattr(core, f"fedval_{kind}_new_from_json")(data, ctypes.c_size_t(len(data)), ctypes.byref(out), None))
    judge = new_judge(rules, new_anchors(private, public), crls)
    check(core.fedval_evaluate(judge, ctypes.c_size_t(0), thing, ctypes.byref(report)))
    if redact:
        check(core.fedval_report_redact(report, thing))
    core.fedval_evidence_free(thing)
    core.fedval_judge_free(judge)
    return report


def report_text(report, options):
    return take(core.fedval_report_to_text, report, ctypes.byref(options))


class MetricsOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("num_unreadable", ctypes.c_uint32), ("run_at", ctypes.c_int64),
                ("duration_ms", ctypes.c_int64)]


def run(num_unreadable=0, run_at=TIME_UNKNOWN.value, duration_ms=-1):
    """What the metrics tell beside the reports."""
    return MetricsOptions(ctypes.sizeof(MetricsOptions), num_unreadable, run_at, duration_ms)


def pointers_to(reports):
    return (ctypes.c_void_p * len(reports))(*(report.value for report in reports)), ctypes.c_size_t(len(reports))


def monitoring(reports, options=None):
    """(nagios text, its exit status, prometheus text)"""
    text, length, status = ctypes.c_char_p(), ctypes.c_size_t(), ctypes.c_uint32()
    options = None if options is None else ctypes.byref(options)
    check(core.fedval_reports_to_nagios(*pointers_to(reports), ctypes.byref(text), ctypes.byref(length),
                                        ctypes.byref(status)))
    nagios = text.value.decode()
    core.fedval_text_free(text)
    return nagios, status.value, take(core.fedval_reports_to_prometheus, *pointers_to(reports), options)


def exchange(kind, reports):
    """The reports in a format that other programs read: markdown, csv, junit, sarif."""
    return take(getattr(core, f"fedval_reports_to_{kind}"), *pointers_to(reports))


def ders_of(name):
    text = (PKI / f"{name}.pem").read_text()
    blocks = re.findall(r"-----BEGIN CERTIFICATE-----\n(.*?)-----END CERTIFICATE-----", text, re.S)
    return [base64.b64decode("".join(block.split())) for block in blocks]


def load(path):
    """(evidence, policy, anchors) of a vector, with its chains filled in."""
    vector = json.loads(path.read_text())
    evidence = {"format": "fedval-evidence/1", **vector["evidence"]}
    for fact in evidence["facts"]:
        if "pem" in fact:
            fact["chain"] = [base64.b64encode(der).decode() for der in ders_of(fact.pop("pem"))]
    policy = {"format": "fedval-policy/1", **vector.get("policy", {})}
    return json.dumps(evidence), json.dumps(policy), vector.get("anchors", {})


def chain_text(ders, name, profile, time, private, options):
    judge, result = new_judge(new_policy(profile, time), new_anchors(private)), ctypes.c_void_p()
    pointers = (ctypes.c_char_p * len(ders))(*ders)
    lengths = (ctypes.c_size_t * len(ders))(*map(len, ders))
    check(core.fedval_chain_evaluate(judge, ctypes.c_size_t(0), ctypes.cast(pointers, ctypes.c_void_p), lengths,
                                     ctypes.c_size_t(len(ders)), name.encode(), NUL_ENDED, 1,
                                     TIME_UNKNOWN, ctypes.byref(result)))
    text = take(core.fedval_chain_result_to_text, result, ctypes.byref(options))
    core.fedval_chain_result_free(result)
    core.fedval_judge_free(judge)
    return text


def explain(name, options):
    code = ctypes.c_uint32()
    check(core.fedval_finding_code_from_string(name.encode(), NUL_ENDED, ctypes.byref(code)))
    core.fedval_catalogue_find.restype = ctypes.c_void_p
    entry = ctypes.c_void_p(core.fedval_catalogue_find(code))
    return take(core.fedval_catalogue_entry_to_text, entry, ctypes.byref(options))
