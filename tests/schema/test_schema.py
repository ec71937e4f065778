"""Each document that the library writes fits its schema, and holds no member that the schema keeps quiet about."""
import copy
import json

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
    resolver = jsonschema.RefResolver("", schema, store=STORE)
    jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=jsonschema.FormatChecker()).validate(
        json.loads(document))


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_one(name):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$id"] == name


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


def test_the_small_documents_fit_their_schemas():
    validate(library.take(library.core.fedval_srv_match_to_json, b"example.com", b"a.example.com"), "match-1.json")
    validate(library.take(library.core.fedval_error_to_json, b"f.json", -3, None), "error-1.json")
    validate(library.take(library.core.fedval_error_to_json, None, -4, None), "error-1.json")


def test_every_row_of_the_catalogue_fits_its_schema():
    count = library.core.fedval_catalogue_count()
    assert count > 70
    for index in range(count):
        entry = library.ctypes.c_void_p(library.core.fedval_catalogue_get(index))
        validate(library.take(library.core.fedval_catalogue_entry_to_json, entry), "finding-1.json")


def test_a_member_that_no_schema_names_is_seen():
    with pytest.raises(jsonschema.ValidationError):
        validate('{"format":"fedval-match/1","domain":"a","target":"b","srv_match":"apex","more":1}', "match-1.json")


def test_findings_md_is_in_step_with_the_catalogue():
    written = (library.TOP / "docs" / "findings.md").read_text()
    assert written == library.take(library.core.fedval_catalogue_to_markdown), \
        "run tools/update-findings"
