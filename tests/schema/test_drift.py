"""What changed between two reports: the same from the object and from its JSON, and turned round where they are."""
import copy
import ctypes
import json

import library
import pytest
from test_schema import validate

TURNED = {"none": "none", "worse": "better", "better": "worse", "other": "other"}


def report_json(path):
    evidence, policy, anchors = library.load(path)
    return library.evaluate(evidence, policy, anchors.get("private", []), anchors.get("public", []))


def state(text):
    out, data = ctypes.c_void_p(), text.encode()
    library.check(library.core.fedval_state_new_from_json(data, ctypes.c_size_t(len(data)), ctypes.byref(out), None))
    return out


def compared(before, now):
    """The document of what changed between two states."""
    drift = ctypes.c_void_p()
    library.check(library.core.fedval_drift_new(before, now, ctypes.byref(drift)))
    text = library.take(library.core.fedval_drift_to_json, drift)
    library.core.fedval_drift_free(drift)
    validate(text, "diff-1.json")
    return json.loads(text)


def diff(before, now):
    """The same of two reports as JSON texts or documents."""
    states = [state(report if isinstance(report, str) else json.dumps(report)) for report in (before, now)]
    document = compared(*states)
    for one in states:
        library.core.fedval_state_free(one)
    return document


REPORTS = {f"{path.parent.name}/{path.stem}": report_json(path) for path in library.VECTORS}


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_changed_between_a_report_and_itself(name):
    assert diff(REPORTS[name], REPORTS[name]) | {"profile": ""} == {
        "format": "fedval-diff/1", "domain": json.loads(REPORTS[name])["domain"], "profile": "", "change": "none",
        "changes": []}


def without(document, key):
    """The document without that member, wherever it stands."""
    if isinstance(document, list):
        return [without(item, key) for item in document]
    if isinstance(document, dict):
        return {name: without(value, key) for name, value in document.items() if name != key}
    return document


@pytest.mark.parametrize("name", REPORTS)
def test_a_certificate_without_its_hash_is_told_by_its_other_texts(name):
    report = without(json.loads(REPORTS[name]), "sha256")
    assert diff(report, report)["changes"] == []
    other = json.loads(json.dumps(report).replace('"serial": "', '"serial": "0f'))
    changes = [change["what"] for change in diff(report, other)["changes"]]
    assert changes == ["certificate"] * len(changes) and bool(changes) == (other != report)


@pytest.mark.parametrize("path", library.VECTORS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_report_and_its_json_are_one_state(path):
    evidence, policy, anchors = library.load(path)
    report = library.report_of(evidence, policy, anchors.get("private", []), anchors.get("public", []))
    out, read = ctypes.c_void_p(), state(REPORTS[f"{path.parent.name}/{path.stem}"])
    library.check(library.core.fedval_state_new(report, ctypes.byref(out)))
    assert compared(out, read)["changes"] == []
    for one in (out, read):
        library.core.fedval_state_free(one)
    library.core.fedval_report_free(report)


def test_what_is_worse_is_better_the_other_way():
    by_domain, seen = {}, set()
    for text in REPORTS.values():
        by_domain.setdefault(json.loads(text)["domain"], []).append(text)
    for texts in by_domain.values():
        for before, now in zip(texts, texts[1:] + texts[:1]):
            there, back = diff(before, now), diff(now, before)
            assert back["change"] == TURNED[there["change"]]
            assert sorted((c["what"], c["place"] or "", TURNED[c["effect"]]) for c in back["changes"] if
                          c["what"] in ("verdict", "requirement", "finding")) == sorted(
                (c["what"], c["place"] or "", c["effect"]) for c in there["changes"] if
                c["what"] in ("verdict", "requirement", "finding"))
            ranks = [["worse", "better", "other"].index(c["effect"]) for c in there["changes"]]
            assert ranks == sorted(ranks)
            seen.add(there["change"])
    assert seen >= {"worse", "better", "other"}


SEVERAL = "srv/standby-faulty"


def changed(name, change):
    """What changed once `change` was done to a report."""
    before = json.loads(REPORTS[name])
    now = copy.deepcopy(before)
    change(now)
    return diff(before, now)


def age(report):
    report["gathered_at"] = report["evaluated_at"] = "2031-01-01T00:00:00Z"
    report["dns_source"] = "resolver 192.0.2.9"
    report["version"] = "9.9"
    report["valid_until"] = None
    for endpoint in report["endpoints"]:
        endpoint["ttl"] = 7
        endpoint["addresses"].reverse()
        for address in endpoint["addresses"]:
            address["probe_source"] = "another"
    report["endpoints"].reverse()
    report["findings"].reverse()
    for finding in report["findings"]:
        finding["message"] = "in 3 days"


def test_what_changes_by_itself_is_no_change():
    assert changed(SEVERAL, age)["changes"] == []
    report = json.loads(REPORTS[SEVERAL])
    assert diff(report, json.loads(json.dumps(report, sort_keys=True)))["changes"] == []
    assert diff(json.dumps(report, sort_keys=True, indent=3), report)["changes"] == []


def leaf(report):
    return report["endpoints"][0]["addresses"][0]["certificate"]


def renew(report):
    leaf(report).update(sha256="00" * 32, serial="07", not_after="2077-01-01T00:00:00Z")


def fall_back(report):
    leaf(report).update(sha256="00" * 32, serial="07", not_after="2017-01-01T00:00:00Z")


def rename(report):
    leaf(report).update(sha256="00" * 32, dns_names=["other.example.com"])


def reissue(report):
    leaf(report).update(sha256="00" * 32, issuer="CN=Another CA")


def repurpose(report):
    leaf(report).update(sha256="00" * 32, key_purposes=["1.3.6.1.5.5.7.3.1"])


def cross(report):
    for path in report["endpoints"][0]["addresses"][0]["paths"]:
        path["certificates"][-1] = "CN=Another root"


@pytest.mark.parametrize("change, wanted", [
    (renew, {("certificate", True)}), (fall_back, {("certificate", False)}), (rename, {("certificate", False), ("names", False)}),
    (reissue, {("certificate", False), ("issuer", False)}), (repurpose, {("certificate", False), ("eku", False)}),
    (cross, {("issuer", False)})], ids=lambda value: getattr(value, "__name__", ""))
def test_a_certificate_that_is_another_one(change, wanted):
    document = changed("name/case", change)
    assert {(c["what"], c["renewal"]) for c in document["changes"]} == wanted and document["change"] == "other"
    purposes = [(c["old"], c["new"]) for c in document["changes"] if c["what"] == "eku"]
    assert purposes in ([], [("serverAuth, clientAuth", "serverAuth")])


def test_each_peer_of_a_cluster_keeps_its_own_certificate():
    before = json.loads(REPORTS["name/case"])
    addresses = before["endpoints"][0]["addresses"]
    addresses.append(copy.deepcopy(addresses[0]) | {"address": "20.30.40.99"})
    addresses[1]["certificate"].update(subject="CN=second.example.com", sha256="ff" * 32, serial="08")
    now = copy.deepcopy(before)
    for address, digest in zip(now["endpoints"][0]["addresses"], ("ee" * 32, "00" * 32)):
        address["certificate"].update(sha256=digest, serial="09", dns_names=["more.example.com"])
    told = [c for c in diff(before, now)["changes"] if c["what"] == "certificate"]
    assert len(told) == 2 and all(c["old"].split(", serial")[0] == c["new"].split(", serial")[0] for c in told), told


def test_what_is_the_same_at_several_addresses_is_told_once():
    def add(report):
        report["findings"] += [{"code": "not-known-yet", "severity": "warning", "where": {}}] * 3
    assert [(c["what"], c["place"]) for c in changed("name/case", add)["changes"]] == [("finding", "not-known-yet")]


def test_a_later_edition_and_an_earlier_one_can_be_read():
    def make_later(report):
        report["news"] = {"x": [1.5e3, None, True, "\\u00e4"]}
        report["findings"].append({"code": "not-known-yet", "severity": "warning", "where": {}, "more": []})
    document = changed("name/case", make_later)
    assert document["change"] == "worse"
    assert [(c["what"], c["place"], c["old"], c["new"]) for c in document["changes"]] == [
        ("finding", "not-known-yet", None, "warning")]

    def make_earlier(report):
        leaf(report).pop("key_purposes")
    assert changed("name/case", make_earlier)["changes"] == []


def test_a_domain_can_come_and_go():
    one = state(REPORTS["certificate/expired"])
    assert compared(None, one)["changes"] == [
        {"what": "domain", "effect": "other", "place": None, "role": None, "old": None, "new": "fail",
         "renewal": False}]
    assert compared(one, None)["changes"][0]["old"] == "fail"
    library.core.fedval_state_free(one)


def test_a_host_named_calling_does_not_have_the_calling_certificate():
    server = json.loads(REPORTS["certificate/calling-expired"])
    caller = copy.deepcopy(server)
    server["client"] = None
    server["endpoints"][0]["target"] = "calling"
    caller["endpoints"] = []
    found = [change for change in diff(server, caller)["changes"] if change["what"] == "certificate"]
    assert [(c["place"], c["role"], c["new"] is None) for c in found] == [("calling", "server", True),
                                                                         ("calling", "client", False)]


HOSTILE = [('{"format":"fedval-report/1"', "a comma is missing", 1), ("[]", "an object is missing", 1),
           ('{"format":"fedval-report/1","domain":"a","verdict":"pass"} x', "behind the document", 1),
           ('{"a":\n\n"b\n"}', "a control character", 3), ('{"a":' * 40, "nested too deeply", 1),
           ('{"domain":"\\ud83d"}', "an escape", 1), ('{"domain":"\\u0000"}', "an escape", 1), ('{"a":,}', "a value", 1),
           ('{"endpoints":[{"port":-1}]}', "a whole number", 1), ('{"domain":7}', "a string is missing", 1),
           ('{"verdict":"pass"}', "the format is missing", 1), ('{"format":"fedval-report/1"}', "the domain", 1),
           ('{"format":"fedval-evidence/1"}', "wanted fedval-report/1, not: fedval-evidence/1", 0),
           ('{"endpoints":[{"srv_match":"match"},]}', "an object is missing", 1), ('{"a":tru}', "a value", 1),
           ('{"x":"' + "a" * 70_000_000 + '"}', "larger than 64 MiB", 0)]


@pytest.mark.parametrize("text, said, line", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_reports_are_refused_with_their_place(text, said, line):
    error, out, data = ctypes.c_void_p(library.core.fedval_error_new()), ctypes.c_void_p(), text.encode()
    status = library.core.fedval_state_new_from_json(data, ctypes.c_size_t(len(data)), ctypes.byref(out), error)
    assert status != 0 and out.value is None
    assert said in library.core.fedval_error_get_message(error).decode()
    assert library.core.fedval_error_get_line(error) == line
    library.core.fedval_error_free(error)


def test_no_file_makes_a_state_too_large():
    findings = ",".join('{"code":"srv-missing","severity":"note"}' for _ in range(100_001))
    data = f'{{"format":"fedval-report/1","domain":"a","verdict":"pass","findings":[{findings}]}}'.encode()
    out = ctypes.c_void_p()
    status = library.core.fedval_state_new_from_json(data, ctypes.c_size_t(len(data)), ctypes.byref(out), None)
    assert (status, out.value) == (-5 if status == -5 else status, None) and status != 0
