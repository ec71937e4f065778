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


def load(path, pki):
    """The evidence and the judge of a vector."""
    vector = json.loads(path.read_text())
    for fact in vector["evidence"]["facts"]:
        if "pem" in fact:
            blocks = BLOCK.findall((pki / f"{fact.pop('pem')}.pem").read_bytes())
            fact["chain"] = [b"".join(block.split()).decode() for block in blocks]
    evidence = {"format": "fedval-evidence/1", **vector["evidence"]}
    policy = {"format": "fedval-policy/1", **vector.get("policy", {})}
    files = {kind: [(pki / "certs" / f"{name}.pem").read_bytes() for name in names]
             for kind, names in vector.get("anchors", {}).items()}
    crls = [(pki / f"{name}.crl").read_bytes() for name in vector.get("crls", [])]
    judge = fedval.Judge(fedval.Policy.from_json(json.dumps(policy)), anchors=fedval.Anchors(**files),
                         crls=fedval.Crls(crls) if crls else None, verifier="mbedtls")
    return fedval.Evidence.from_json(json.dumps(evidence)), judge


def test_reports_are_the_same_byte_for_byte(source, reports):
    pki = source / "tests" / "pki" / "out"
    assert len(reports) > 200
    differ = []
    for path, wanted in reports.items():
        evidence, judge = load(pathlib.Path(os.fsdecode(path)), pki)
        if judge.evaluate(evidence).json != wanted:
            differ.append(path)
    assert not differ


def test_evidence_that_goes_through_python_facts_is_the_same(source, reports):
    """Every fact read into Python, and written back."""
    pki = source / "tests" / "pki" / "out"
    for path, wanted in reports.items():
        evidence, judge = load(pathlib.Path(os.fsdecode(path)), pki)
        if json.loads(evidence.to_json())["domain_given"] not in (None, evidence.domain):
            continue  # made anew from its A-labels
        if any(fact is None for _, fact in evidence.facts):
            continue
        again = fedval.Evidence(evidence.domain, evidence.facts, evidence.time)
        assert again.to_json() == evidence.to_json(), path
        assert judge.evaluate(again).json == wanted, path


def test_the_short_way_over_json_is_the_same(source, reports):
    pki = source / "tests" / "pki" / "out"
    for path, wanted in list(reports.items())[::20]:
        evidence, judge = load(pathlib.Path(os.fsdecode(path)), pki)
        assert fedval.evaluate_json(evidence.to_json(), judge=judge) == wanted


def test_every_report_reads_into_its_dataclass(reports):
    for text in reports.values():
        document = json.loads(text)
        report = fedval.Report.read(document)
        assert report.verdict == document["verdict"]
        assert [finding.code for finding in report.findings] == [each["code"] for each in document["findings"]]
