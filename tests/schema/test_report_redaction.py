"""A redacted report holds no address and no subject of a certificate, in any format, and reads as a report still."""
import ctypes
import ipaddress
import json
import re

import library
import pytest
from test_schema import validate

NAME = re.compile(r"\b(?:CN|OU|O|C|DC|L|ST|emailAddress)=")
WORD = re.compile(r"[0-9A-Za-z.:_-]+")


def is_address(word):
    """Whether a word is an address, has a port behind it, or the word for a type before it, as "IP:192.0.2.1"."""
    whole = word.rstrip(".")
    behind = [whole[at + 1:] for at, letter in enumerate(whole) if letter == ":"]
    for candidate in (whole.rstrip(":"), whole.rpartition(":")[0], *behind):
        try:
            ipaddress.ip_address(candidate)
        except ValueError:
            continue
        return True
    return False


def is_name(text):
    """Whether a text shows a certificate by a name that is no host: a subject, or a subjectAltName of another type than DNS."""
    return "=" in text or re.match(r"(email|URI|IP|DirName|otherName|X400|EdiParty|RID|unknown):", text) is not None


# Parameters of findings that name a certificate or an issuer.
NAMING = {"certificate", "issuer", "root", "subject", "anchor"}


def subjects(report):
    """What the members of a report call a subject or an issuer."""
    if isinstance(report, list):
        return {text for item in report for text in subjects(item)}
    if not isinstance(report, dict):
        return set()
    own = {report[key] for key in ("subject", "issuer", "common_name") if isinstance(report.get(key), str)}
    return own.union(*(subjects(item) for item in report.values()))


def identities(report):
    """The serial numbers and digests of all certificates: each finds its certificate in public logs."""
    if isinstance(report, list):
        return {text for item in report for text in identities(item)}
    if not isinstance(report, dict):
        return set()
    own = {report[key] for key in ("serial", "certificate_sha256") if report.get(key)}
    return {text for text in own if len(text) > 8}.union(*(identities(item) for item in report.values()))


def redacted(path, with_evidence=True):
    evidence, policy, anchors = library.load(path)
    report = library.report_of(evidence, policy, anchors.get("private", []), anchors.get("public", []))
    thing = library.evidence_of(evidence) if with_evidence else ctypes.c_void_p()
    before = json.loads(library.take(library.core.fedval_report_to_json, report))
    library.check(library.core.fedval_report_redact(report, thing))
    library.core.fedval_evidence_free(thing)
    document = library.take(library.core.fedval_report_to_json, report)
    # A source names sections of documents: "RFC 5280 4.1.2.5".
    texts = [re.sub(r'"source":"[^"]*"', "", document), library.report_text(report, library.look()), *library.monitoring([report])[::2]]
    library.core.fedval_report_free(report)
    return before, document, texts


@pytest.mark.parametrize("path", library.VECTORS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nothing_is_left(path):
    before, document, texts = redacted(path)
    validate(document, "report-1.json")
    after = json.loads(document)
    assert (after["verdict"], after["requirements"]) == (before["verdict"], before["requirements"])
    assert [finding["code"] for finding in after["findings"]] == [finding["code"] for finding in before["findings"]]
    hidden = {text for text in subjects(before) if is_name(text)}
    for text in texts:
        assert not [word for word in WORD.findall(text) if is_address(word)]
        assert not NAME.search(text), NAME.search(text)
        assert not [subject for subject in hidden if subject in text]
        assert not [identity for identity in identities(before) if identity in text]
        assert "(serial number " not in text


@pytest.mark.parametrize("path", library.VECTORS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_report_hides_what_its_findings_name_without_the_evidence(path):
    """A finding names issuers and roots that nobody sent: its parameters tell their subjects."""
    before, _, texts = redacted(path, with_evidence=False)
    named = {value for finding in before["findings"] for key, value in finding["params"].items() if key in NAMING and is_name(value)}
    for text in texts:
        assert not [subject for subject in named if subject in text]


def test_one_word_stands_for_one_thing():
    """Both addresses of one host present one certificate, and are told apart."""
    two = [path for path in library.VECTORS if len(json.dumps(redacted(path)[1]).split("address2")) > 1]
    assert two
    for path in two[:5]:
        before, document, _ = redacted(path)
        pairs = [(old["address"], new["address"])
                 for side, other in zip(before["endpoints"], json.loads(document)["endpoints"])
                 for old, new in zip(side["addresses"], other["addresses"])]
        assert len({old for old, _ in pairs}) == len({new for _, new in pairs}) == len(set(pairs))


def test_a_report_is_needed():
    assert library.core.fedval_report_redact(ctypes.c_void_p(), ctypes.c_void_p()) != 0
