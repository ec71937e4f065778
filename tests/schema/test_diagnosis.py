"""Diagnoses of the tree's own logs fit their schema; redacted ones hold no user and no address."""
import ctypes
import json
import re

import library
import pytest
from test_schema import validate

LOGS = sorted(path for path in (library.TOP / "tests" / "vectors" / "logs").iterdir() if path.suffix != ".tsv")


class Options(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("group", ctypes.c_uint32), ("redact", ctypes.c_uint32)]


def diagnose(paths, group=0, redact=0, form="json"):
    log = ctypes.c_void_p()
    options = Options(ctypes.sizeof(Options), group, redact)
    library.check(library.core.fedval_log_new(ctypes.byref(log)))
    try:
        for path in paths:
            data = path.read_bytes()
            library.check(library.core.fedval_log_begin_source(log, path.name.encode(), library.NUL_ENDED))
            library.check(library.core.fedval_log_feed(log, data, ctypes.c_size_t(len(data))))
        library.check(library.core.fedval_log_finish(log))
        if form == "text":
            return library.take(library.core.fedval_log_to_text, log, ctypes.byref(options), None)
        return library.take(library.core.fedval_log_to_json, log, ctypes.byref(options))
    finally:
        library.core.fedval_log_free(log)


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.name)
@pytest.mark.parametrize("group, redact", [(0, 0), (1, 0), (0, 1)])
def test_a_diagnosis_fits_its_schema(path, group, redact):
    validate(diagnose([path], group, redact), "diagnosis-1.json")


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_redacted_diagnosis_can_be_sent_on(form):
    shown = diagnose(LOGS, redact=1, form=form)
    assert not re.search(r"\b\d{1,3}(\.\d{1,3}){3}\b", shown)
    users = set(re.findall(r"([\w.+-]+)@", shown))
    assert users and all(re.fullmatch(r"user\d+", user) for user in users)
    assert "meet.example.org" in shown


def test_the_same_user_is_the_same_word_throughout():
    names = [path for path in LOGS if path.name in ("expressway-504.log", "edge-srv.log")]
    incidents = json.loads(diagnose(names, redact=1))["incidents"]
    assert incidents[0]["to"] == incidents[1]["to"]
    assert incidents[0]["from"] != incidents[0]["to"]


def test_a_group_says_how_many():
    path = next(path for path in LOGS if path.name == "expressway-tls-errors.log")
    whole, grouped = (json.loads(diagnose([path], group)) for group in (0, 1))
    assert sum(incident["count"] for incident in grouped["incidents"]) == len(whole["incidents"])


def test_the_text_tells_cause_and_change_of_a_pair():
    names = [path for path in LOGS if path.name in ("expressway-504.log", "edge-srv.log")]
    shown = " ".join(diagnose(names, form="text").split())
    for wanted in ("cause found. Mend on the Cisco side.", "Cisco -> Microsoft", "srv-target-outside-domain (R2), stated",
                   "by Call-ID and CSeq", "expressway-504.log alone: undetermined", "fedval check meet.example.org"):
        assert wanted in shown
    alone = diagnose([path for path in names if path.name == "expressway-504.log"], form="text")
    assert "cause-not-in-this-log, undetermined" in alone and "SEND" in alone


def test_who_has_the_logs_of_the_microsoft_side_alone_gets_words_for_the_cisco_side():
    logs = {path.name: path for path in LOGS}
    alone = diagnose([logs["edge-srv.log"]], form="text")
    assert "SEND" in alone and "To change on your side:" in alone
    both = diagnose([logs["edge-srv.log"], logs["expressway-504.log"]], form="text")
    assert "SEND" not in both


def test_many_responses_that_one_record_explains_are_not_all_listed(tmp_path):
    pair = (library.TOP / "tests" / "vectors" / "logs" / "pair.log").read_text()
    at = pair.index("TL_WARN")
    response, record = pair[:at], pair[at:]
    calls = [response.replace("7d1f0b52", f"7d1f0b{n:02d}") for n in range(60, 72)]
    log = tmp_path / "calls.log"
    log.write_text(record + "\n" + "".join(calls))
    assert sum(incident["explained_by"] is not None for incident in json.loads(diagnose([log]))["incidents"]) == 12
    shown = diagnose([log], form="text")
    assert shown.count("504 Server time-out, no reason given") == 10
    assert "and more of the same call: JSON has all of them" in shown


def role_of(ladder, i):
    """The nearest hop is the first; the last began the call, unless it says that it is an Expressway."""
    zone = ladder[i]["egress_zone"]
    if zone is not None:
        return "expressway-c" if "Traversal" in zone else "expressway"
    return "caller" if i == len(ladder) - 1 else "unknown"


def test_a_hop_has_its_role():
    ladders = [incident["ladder"] for path in LOGS for incident in json.loads(diagnose([path]))["incidents"]]
    roles = [hop["role"] for ladder in ladders for hop in ladder]
    assert roles == [role_of(ladder, i) for ladder in ladders for i in range(len(ladder))]
    assert {"caller", "expressway", "expressway-c"} <= set(roles)
