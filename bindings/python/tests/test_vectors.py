"""The vectors of the tree give the same reports in C and here, byte for byte."""
import json
import os
import pathlib
import re
import subprocess

import pytest

import fedval

BLOCK = re.compile(rb"-----BEGIN CERTIFICATE-----\n(.*?)-----END CERTIFICATE-----", re.S)


@pytest.fixture(scope="module")
def reports(source):
    """What C makes of each vector, by its path."""
    program = pathlib.Path(os.environ.get("FEDVAL_BUILD", source / "build"), "tests", "vectors", "vectors-run")
    if not program.exists():
        pytest.skip("vectors-run is not built")
    if "mbedtls" not in fedval.libraries:
        pytest.skip("the vectors are judged with mbedTLS, which this package was built without")
    run = subprocess.run([program, "--reports", source / "tests" / "vectors"], capture_output=True, check=True)
    return dict(line.split(b"\t", 1) for line in run.stdout.splitlines() if b"\t" in line)


def evidence_of(document, pki):
    for fact in document["facts"]:
        if "pem" in fact:
            blocks = BLOCK.findall((pki / f"{fact.pop('pem')}.pem").read_bytes())
            fact["chain"] = [b"".join(block.split()).decode() for block in blocks]
    return fedval.Evidence.from_json(json.dumps({"format": "fedval-evidence/1", **document}))


def load(path, pki):
    """The evidence of a vector, with that of the domains that are judged with it, and the judge."""
    vector = json.loads(pathlib.Path(os.fsdecode(path)).read_text())
    evidence = [evidence_of(document, pki) for document in (vector["evidence"], *vector.get("others", []))]
    policy = {"format": "fedval-policy/1", **vector.get("policy", {})}
    files = {kind: [(pki / "certs" / f"{name}.pem").read_bytes() for name in names]
             for kind, names in vector.get("anchors", {}).items()}
    crls = [(pki / f"{name}.crl").read_bytes() for name in vector.get("crls", [])]
    judge = fedval.Judge(fedval.Policy.from_json(json.dumps(policy)), anchors=fedval.Anchors(**files),
                         crls=fedval.Crls(crls) if crls else None, verifier="mbedtls")
    return evidence, judge


@pytest.fixture(scope="module")
def loaded(source, reports):
    """(path, evidence, judge, report in C) of each vector."""
    assert len(reports) > 200
    return [(path, *load(path, source / "tests" / "pki" / "out"), wanted) for path, wanted in reports.items()]


def test_reports_are_the_same_byte_for_byte(loaded):
    differ = [path for path, evidence, judge, wanted in loaded if judge.evaluate_together(evidence)[0].json != wanted]
    assert not differ


def test_a_domain_by_itself_is_the_same(loaded):
    alone = [(path, evidence[0], judge, wanted) for path, evidence, judge, wanted in loaded if len(evidence) == 1]
    assert len(alone) > 200
    assert not [path for path, evidence, judge, wanted in alone if judge.evaluate(evidence).json != wanted]
    for _, evidence, judge, wanted in alone[::20]:
        assert fedval.evaluate_json(evidence.to_json(), judge=judge) == wanted


def again(evidence):
    """Every fact read into Python, and written back; None where the evidence holds what is not made that way."""
    given = json.loads(evidence.to_json())["domain_given"]
    if given not in (None, evidence.domain) or any(fact is None for _, fact in evidence.facts):
        return None
    return fedval.Evidence(evidence.domain, evidence.facts, evidence.time, evidence.views)


def said(evidence):
    """What it says; that nothing is known of the last views need not be said."""
    document = json.loads(evidence.to_json())
    while document.get("views") and document["views"][-1] == "unknown":
        document["views"].pop()
    return document


def test_evidence_that_goes_through_python_is_the_same(loaded):
    pairs = [(each, again(each)) for _, evidence, _, _ in loaded for each in evidence]
    assert sum(copy is not None for _, copy in pairs) > 200
    # A kind of fact that is new to the library may be on its way to this package.
    assert sum(copy is not None and said(copy) != said(each) for each, copy in pairs) <= len(pairs) // 20


def test_every_report_reads_into_its_dataclass(reports):
    for text in reports.values():
        document = json.loads(text)
        report = fedval.Report.read(document)
        assert report.verdict == document["verdict"]
        assert [finding.code for finding in report.findings] == [each["code"] for each in document["findings"]]
