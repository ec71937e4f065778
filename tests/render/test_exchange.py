"""The formats that other programs read, each read by a reader that is not ours."""
import csv
import io
import json
import os
import pathlib
import re
import xml.etree.ElementTree as tree

import library
import pytest
from pages import html_of
from test_render import CASES, ESCAPE, hostile_evidence, report_of

KINDS = ("markdown", "csv", "junit", "sarif")
COLUMNS = ["domain", "profile", "verdict", "evaluated_at", "code", "severity", "requirement", "target", "port", "address",
           "certificate", "message", "expected", "observed", "remedy", "acceptance"]
SCHEMA = os.environ.get("FEDVAL_SARIF_SCHEMA")


def all_reports():
    return [report_of(name) for name in CASES] + [library.report_of(hostile_evidence())]


def documents(reports):
    return [json.loads(library.take(library.core.fedval_report_to_json, report)) for report in reports]


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_report_there_is_no_document(kind):
    with pytest.raises(library.Failure):
        library.exchange(kind, [])


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_data_stays_text(kind):
    text = library.exchange(kind, [library.report_of(hostile_evidence())])
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]", text)


def test_an_accepted_finding_is_shown_as_that():
    evidence, _, anchors = library.load(library.TOP / "tests" / "vectors" / "name" / "mismatch.json")
    policy = json.dumps({"format": "fedval-policy/1", "time": "2030-01-01T00:00:00Z",
                         "accepted": [{"code": "cert-name-mismatch"}]})
    report = library.report_of(evidence, policy, anchors.get("private", []), anchors.get("public", []))
    texts = {kind: library.exchange(kind, [report]) for kind in KINDS}
    assert "### error cert-name-mismatch (R4), accepted\n" in texts["markdown"]
    row, = (row for row in csv.DictReader(io.StringIO(texts["csv"], newline="")) if row["code"] == "cert-name-mismatch")
    assert row["acceptance"] == "accepted"
    assert "cert-name-mismatch" not in texts["junit"]
    result, = (result for result in json.loads(texts["sarif"])["runs"][0]["results"] if result["ruleId"] == "cert-name-mismatch")
    assert result["suppressions"] == [{"kind": "external", "status": "accepted"}]


# ---- CSV ----

def test_csv_has_each_finding_in_a_row():
    reports = all_reports()
    rows = list(csv.DictReader(io.StringIO(library.exchange("csv", reports), newline=""), strict=True))
    assert list(rows[0]) == COLUMNS
    wanted = [(document["verdict"], finding["code"], finding["severity"]) for document in documents(reports)
              for finding in document["findings"] or [{"code": "", "severity": ""}]]
    assert [(row["verdict"], row["code"], row["severity"]) for row in rows] == wanted
    assert all(row[column] is not None for row in rows for column in COLUMNS)


def test_csv_has_a_row_for_a_report_without_findings():
    sound = next(report for report in map(report_of, ("srv/edge-fqdn", "name/case")) if documents([report])[0]["verdict"] == "pass")
    text = library.exchange("csv", [sound])
    assert text.endswith("\r\n") and len(list(csv.DictReader(io.StringIO(text, newline="")))) >= 1


def test_csv_holds_no_formula():
    evidence = json.loads(hostile_evidence())
    evidence["facts"][0]["records"][1]["target"] = "=HYPERLINK(1).example.com"
    rows = csv.DictReader(io.StringIO(library.exchange("csv", [library.report_of(json.dumps(evidence))]), newline=""))
    targets = {row["target"] for row in rows}
    assert "'=HYPERLINK(1).example.com" in targets
    assert not any(value[:1] in ("=", "+", "@") for value in targets)


# ---- JUnit ----

def test_junit_has_a_case_for_each_requirement():
    reports = all_reports()
    suites = tree.fromstring(library.exchange("junit", reports).encode())
    elements = {"pass": None, "fail": "failure", "indeterminate": "error", "not-checked": "skipped"}
    for suite, document in zip(suites, documents(reports), strict=True):
        cases = {case.get("name"): next((child.tag for child in case if child.tag != "system-out"), None) for case in suite.iter("testcase")}
        lacking = {name for name in document["required"] if document["requirements"][name] == "not-checked"}
        assert cases == {name: "error" if name in lacking else elements[verdict] for name, verdict in document["requirements"].items()}
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(attribute)) == list(cases.values()).count(tag)
        assert int(suite.get("tests")) == len(document["requirements"])


def properties(text):
    suite, = tree.fromstring(text.encode())
    return {item.get("name"): item.get("value") for item in suite.iter("property")}


def test_junit_says_what_was_judged_and_when_certificates_end():
    whole = library.exchange("junit", [report_of("certificate/eku-server-only")])
    seen = properties(whole)
    assert (seen["scope"], seen["valid_until"]) == ("all", "2060-01-01T00:00:00Z")
    assert seen["certificate_until expe.example.com"] == "2060-01-01T00:00:00Z"
    assert "cert-eku-no-client-auth" in "".join(item.text for item in tree.fromstring(whole.encode()).iter("system-out"))
    part = library.exchange("junit", [report_of("srv/scope-certificate")])
    assert properties(part)["scope"] == "certificate" and "valid_until" not in properties(part)
    assert properties(part)["certificate_until expe.dummy.com"] == "2024-01-01T00:00:00Z"
    skipped = {item.get("message") for item in tree.fromstring(part.encode()).iter("skipped")}
    assert "not checked: judged was the certificate alone (R4 to R8)" in skipped


def test_junit_has_each_warning_once():
    """Those about no requirement are beside the cases."""
    about_none = 0
    for path in library.VECTORS:
        name = f"{path.parent.name}/{path.stem}"
        report = report_of(name)
        told = json.loads(library.take(library.core.fedval_report_to_json, report))
        warnings = [f for f in told["findings"] if f["severity"] == "warning" and (f["acceptance"] or {}).get("state") != "accepted"]
        suite = tree.fromstring(library.exchange("junit", [report]).encode()).find("testsuite")
        text = "".join(suite.itertext()) + "".join(node.get("message", "") for node in suite.iter())
        assert not [f["code"] for f in warnings if f["code"] not in text], name
        beside = suite.find("system-out")
        assert (beside is not None) == any(f["requirement"] is None for f in warnings), name
        about_none += beside is not None
    assert about_none


def test_junit_says_what_is_wrong():
    suites = tree.fromstring(library.exchange("junit", [report_of("name/mismatch")]).encode())
    fault, = suites.iter("failure")
    assert "cert-name-mismatch" in fault.text and "wanted: " in fault.text
    assert fault.get("message") in fault.text


def test_junit_is_read_by_a_reader_of_junit(tmp_path):
    junitparser = pytest.importorskip("junitparser")
    path = tmp_path / "report.xml"
    path.write_text(library.exchange("junit", all_reports()))
    parsed = junitparser.JUnitXml.fromfile(str(path))
    suites = list(parsed)
    assert len(suites) == len(CASES) + 1
    parsed.update_statistics()
    assert parsed.tests == sum(suite.tests for suite in suites) >= 7 * len(suites)
    assert sum(suite.failures for suite in suites) > 10


# ---- SARIF ----

def test_sarif_has_each_finding_as_a_result():
    reports = all_reports()
    run, = json.loads(library.exchange("sarif", reports))["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    wanted = [finding["code"] for document in documents(reports) for finding in document["findings"]]
    assert [result["ruleId"] for result in run["results"]] == wanted
    assert len(set(rules)) == len(rules) and set(rules) == set(wanted)
    levels = {result["properties"]["severity"]: result["level"] for result in run["results"]}
    assert levels == {"error": "error", "warning": "warning", "indeterminate": "warning", "note": "note"}


def test_rules_of_sarif_are_for_people():
    run, = json.loads(library.exchange("sarif", all_reports()))["runs"]
    texts = [text for rule in run["tool"]["driver"]["rules"] for text in (rule["shortDescription"]["text"], rule["help"]["text"])]
    assert not [text for text in texts if "{" in text] and [text for text in texts if "In the public DNS of <domain>: publish" in text]


def test_sarif_says_what_was_not_judged():
    reports = all_reports()
    run, = json.loads(library.exchange("sarif", reports))["runs"]
    wanted = [document["domain"] + ": not judged, although a pass needs it: " + ", ".join(lacking) for document in documents(reports)
              if (lacking := [name for name in document["required"] if document["requirements"][name] == "not-checked"])]
    invocation, = run["invocations"]
    assert [notification["message"]["text"] for notification in invocation["toolExecutionNotifications"]] == wanted and wanted


def test_sarif_keeps_to_its_schema():
    jsonschema = pytest.importorskip("jsonschema")
    if not SCHEMA or not pathlib.Path(SCHEMA).exists():
        pytest.skip("no schema of SARIF; tools/fetch-sarif-schema gets it")
    validator = jsonschema.validators.validator_for(json.loads(pathlib.Path(SCHEMA).read_text()))
    document = json.loads(library.exchange("sarif", all_reports()))
    errors = list(validator(json.loads(pathlib.Path(SCHEMA).read_text())).iter_errors(document))
    assert not errors, errors[:3]
    del document["runs"][0]["results"][0]["message"]
    assert list(validator(json.loads(pathlib.Path(SCHEMA).read_text())).iter_errors(document))


# ---- Markdown ----

@pytest.mark.parametrize("name", CASES)
def test_markdown_has_a_heading_for_each_finding(name):
    report = report_of(name)
    document, = documents([report])
    html = html_of(library.exchange("markdown", [report]))
    told = [f"{finding['severity']} {finding['code']}" for finding in document["findings"] if finding["severity"] != "note"]
    headings = re.findall(r"<h3>(.*?)</h3>", html)
    assert [re.sub(r"( \(R\d\))?(, accepted)?$", "", heading) for heading in headings if not heading.startswith("What ")] == told
    part = f" of {document['pass_of']}" if "pass_of" in document else ""
    assert re.findall(r"<h2>(.*?)</h2>", html) == [f"{document['domain']}: {document['verdict']}{part}"]
    assert html.count("<ol>") == (1 if document["actions"] else 0)


def test_markdown_tells_a_change_from_what_it_can_be_in_place_of():
    report = report_of("srv/caller-domains-differ-provider")
    document, = documents([report])
    text = library.exchange("markdown", [report])
    changes = [action for action in document["actions"] if action["alternative_to"] is None and action["op"] != "keep"]
    others = [action for action in document["actions"] if action["alternative_to"] is not None]
    assert others and len(re.findall(r"^[0-9]+\. ", text, re.M)) == len(changes)
    assert text.count("- **or** ") == len(others)
    assert text.count("**but** it ") == sum(action["hurts"] is not None for action in document["actions"])
    assert "### What was not checked" in text and "A check of the new domain will say" in text


def test_markdown_takes_nothing_in_the_data_for_markup():
    evidence = json.loads(hostile_evidence())
    evidence["facts"][0]["records"][1]["target"] = "<b>*x*</b>![a](http://x/)[b](y)`c`|#&amp;.example.com"
    html = html_of(library.exchange("markdown", [library.report_of(json.dumps(evidence))]))
    assert not re.search(r"<(b|em|img|a|code)\b", html)
    assert "&lt;b&gt;*x*&lt;/b&gt;![a](http://x/)[b](y)`c`" in html and "&amp;amp;" in html
    assert ESCAPE not in html


def test_markdown_escapes_nothing_that_is_no_markup_at_its_place():
    text = library.exchange("markdown", [report_of(name) for name in CASES])
    prose = re.sub(r"(?ms)^(`{3,})\n.*?^\1$", "", text)
    assert "\\" in prose and "http\\://" in prose
    prose = prose.replace("http\\://", "")
    assert not re.findall(r"[a-z0-9]\\[^`*_{}\[\]<>|~&@$\\]", prose)