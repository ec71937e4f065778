"""Each document that the library writes fits its schema, and holds no member that the schema keeps quiet about."""
import copy
import hashlib
import json
import re
import ssl
import urllib.parse

import jsonschema
import library
import pytest

SCHEMAS = {path.name: json.loads(path.read_text()) for path in sorted((library.TOP / "docs" / "schema").glob("*.json"))}
AT_2030 = 1893456000


def strict(schema):
    """The schema with every object closed: what it does not name may not be there."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if "properties" in schema:
        closed.setdefault("additionalProperties", False)
    return closed


STRICT = {name: strict(copy.deepcopy(schema)) for name, schema in SCHEMAS.items()}
STORE = {schema["$id"]: schema for schema in STRICT.values()}


def validate(document, name):
    schema = STRICT[name]
    resolver = jsonschema.RefResolver(schema["$id"], schema, store=STORE)
    jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=jsonschema.FormatChecker()).validate(
        json.loads(document))


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_one(name):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$id"] == "https://libfedval.example/schema/" + name


def test_a_schema_resolves_from_any_folder():
    """References lead from one identifier to another, wherever the files lie."""
    ids = {schema["$id"] for schema in SCHEMAS.values()}
    for name, schema in SCHEMAS.items():
        for reference in re.findall(r'"\$ref": "([^"#]+)', json.dumps(schema)):
            assert urllib.parse.urljoin(schema["$id"], reference) in ids, (name, reference)


def test_there_are_vectors():
    assert len(library.VECTORS) > 20


@pytest.mark.parametrize("path", library.VECTORS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_evidence_policy_and_report_of_a_vector_fit_their_schemas(path):
    evidence, policy, anchors = library.load(path)
    validate(evidence, "evidence-1.json")
    validate(library.rewrite("evidence", evidence), "evidence-1.json")
    validate(policy, "policy-1.json")
    validate(library.rewrite("policy", policy), "policy-1.json")
    report = library.evaluate(evidence, policy, anchors.get("private", []), anchors.get("public", []))
    validate(report, "report-1.json")
    assert report == library.evaluate(evidence, policy, anchors.get("private", []), anchors.get("public", []))


@pytest.mark.parametrize("name", ["valid", "issuer-expired", "crossed", "incomplete", "name-wildcard", "signature-bad",
                                  "out-of-order", "unneeded", "version-1"])
@pytest.mark.parametrize("profile", ["microsoft-edge", "office365", "webpki"])
def test_a_chain_fits_its_schema(name, profile):
    document = library.chain(library.ders_of(name), "expe.example.com", profile, AT_2030, ["root"])
    validate(document, "chain-1.json")


MARKS = {"error": "broken", "indeterminate": "open", "warning": "warning"}


@pytest.mark.parametrize("name", ["valid", "issuer-expired", "crossed", "incomplete", "signature-bad", "unneeded", "version-1"])
def test_a_rung_is_marked_by_the_worst_that_its_path_finds(name):
    paths = json.loads(library.chain(library.ders_of(name), "expe.example.com", "microsoft-edge", AT_2030, ["root"]))["paths"]
    for path in paths:
        for i, rung in enumerate(path["rungs"]):
            found = {finding["severity"] for finding in path["findings"] if finding.get("rung") == i}
            worst = [mark for severity, mark in MARKS.items() if severity in found]
            assert rung["mark"] == (worst + ["sound" if path["accepted"] else "not-judged"])[0]


def test_the_small_documents_fit_their_schemas():
    validate(library.take(library.core.fedval_srv_match_to_json, b"example.com", library.NUL_ENDED,
                          b"a.example.com", library.NUL_ENDED), "match-1.json")
    validate(library.take(library.core.fedval_error_to_json, b"f.json", library.NUL_ENDED, -3, None), "error-1.json")
    validate(library.take(library.core.fedval_error_to_json, None, library.NUL_ENDED, -4, None), "error-1.json")


def read_list(name):
    data, found = (library.PKI / f"{name}.pem").read_bytes(), library.ctypes.c_void_p()
    library.check(library.core.fedval_certificate_list_new(data, library.ctypes.c_size_t(len(data)),
                                                           library.ctypes.byref(found), None))
    return found


@pytest.mark.parametrize("name", [path.stem for path in sorted(library.PKI.glob("*.pem"))])
def test_certificates_fit_their_schema(name):
    certificates = read_list(name)
    document = library.take(library.core.fedval_certificate_list_to_json, certificates)
    validate(document, "certificates-1.json")
    library.core.fedval_certificate_list_get.restype = library.ctypes.c_void_p
    first = library.ctypes.c_void_p(library.core.fedval_certificate_list_get(certificates, library.ctypes.c_size_t(0)))
    one = library.take(library.core.fedval_certificate_to_json, first)
    validate(one, "certificate-1.json")
    assert json.loads(document)["certificates"][0] == json.loads(one)
    library.core.fedval_certificate_list_free(certificates)


def test_what_is_in_a_certificate_stands_in_its_document():
    document = json.loads(library.take(library.core.fedval_certificate_list_to_json, read_list("valid")))
    leaf, issuing = document["certificates"]
    assert leaf["subject"] == "O=Example, CN=expe.example.com"
    assert leaf["names"] == ["DNS:expe.example.com"]
    assert (leaf["key_type"], leaf["key_bits"], leaf["is_ca"], leaf["path_length"]) == ("rsa", 2048, False, None)
    assert "1.3.6.1.5.5.7.3.1" in leaf["key_purposes"]
    assert leaf["authority_key_id"] == issuing["subject_key_id"] != ""
    assert "keyCertSign" in issuing["key_usage"] and issuing["path_length"] == 0
    assert leaf["defects"] == []
    assert leaf["sha256"] == hashlib.sha256(library.ders_of("valid")[0]).hexdigest()


def test_anchors_and_crls_fit_their_schemas():
    anchors = library.new_anchors(private=["root"], public=["issuing"])
    document = library.take(library.core.fedval_anchors_to_json, anchors)
    validate(document, "anchors-1.json")
    assert {(row["class"], row["subject"]) for row in json.loads(document)["anchors"]} == {
        ("private", "O=Example, CN=Test root"), ("public", "O=Example, CN=Test issuing")}
    assert all(len(row["sha256"]) == 64 for row in json.loads(document)["anchors"])
    library.core.fedval_anchors_free(anchors)
    anchors, data = library.ctypes.c_void_p(), (library.PKI / "certs" / "root.pem").read_bytes()
    library.check(library.core.fedval_anchors_new(library.ctypes.byref(anchors)))
    library.check(library.core.fedval_anchors_append(anchors, 1, data, library.ctypes.c_size_t(len(data)), None))
    document = library.take(library.core.fedval_anchors_to_json, anchors)
    validate(document, "anchors-1.json")
    told = json.loads(document)["anchors"][0]
    assert told["sha256"] == hashlib.sha256(ssl.PEM_cert_to_DER_cert(data.decode())).hexdigest()
    assert (told["issuer"], told["key_type"], told["key_bits"]) == ("O=Example, CN=Test root", "rsa", 2048)
    crls, data = library.ctypes.c_void_p(), (library.PKI / "issuing.crl").read_bytes()
    library.check(library.core.fedval_crls_new(library.ctypes.byref(crls)))
    library.check(library.core.fedval_crls_append(crls, data, library.ctypes.c_size_t(len(data)), None))
    document = library.take(library.core.fedval_crls_to_json, crls)
    validate(document, "crls-1.json")
    assert json.loads(document)["crls"][0]["issuer"] == "O=Example, CN=Test issuing"
    assert json.loads(document)["crls"][0]["revoked"] > 0
    library.core.fedval_crls_free(crls)
    library.core.fedval_anchors_free(anchors)


def test_every_row_of_the_catalogue_fits_its_schema():
    count = library.core.fedval_catalogue_count()
    assert count > 70
    for index in range(count):
        entry = library.ctypes.c_void_p(library.core.fedval_catalogue_get(index))
        validate(library.take(library.core.fedval_catalogue_entry_to_json, entry), "finding-1.json")


def explain(text):
    """"fedval-explanation/1" for a text"""
    json_text, length, answer = library.ctypes.c_char_p(), library.ctypes.c_size_t(), library.ctypes.c_uint32()
    library.check(library.core.fedval_explanation_to_json(text, library.NUL_ENDED, library.ctypes.byref(json_text),
                                                          library.ctypes.byref(length), library.ctypes.byref(answer)))
    value = json_text.value.decode()
    library.core.fedval_text_free(json_text)
    return value


def test_every_topic_fits_its_schema():
    library.core.fedval_topic_get_name.restype = library.ctypes.c_char_p
    count = library.core.fedval_topic_count()
    assert count > 400
    for index in range(count):
        topic = library.ctypes.c_size_t(index)
        name = library.core.fedval_topic_get_name(topic)
        asked = name or str(library.core.fedval_topic_get_number(topic) & 0xffffffff).encode()
        document = explain(asked)
        validate(document, "explanation-1.json")
        assert json.loads(document)["answer"] in ("known", "range"), asked
    for text in (b"", b"no such thing", b"\xff\x00\x1b[31m", b"wildcard" * 1000):
        validate(explain(text), "explanation-1.json")


def test_a_member_that_no_schema_names_is_seen():
    with pytest.raises(jsonschema.ValidationError):
        validate('{"format":"fedval-match/1","domain":"a","target":"b","srv_match":"apex","more":1}', "match-1.json")


def test_findings_md_is_in_step_with_the_catalogue():
    written = (library.TOP / "docs" / "findings.md").read_text()
    assert written == library.take(library.core.fedval_catalogue_to_markdown), \
        "run tools/update-findings"
