"""The enumerations and documents are those of the headers and schemas: every word has its number, both ways."""
import dataclasses
import enum
import json
import re

import fedval
from fedval import codes, documents


def test_every_code_has_a_word_of_its_own():
    for name in codes.__all__:
        cls = getattr(fedval, name)
        assert issubclass(cls, enum.Enum) and len(cls) >= 2, name
        assert all(re.fullmatch(r"[a-zA-Z0-9_-]+( [a-z]+)?", member.value) for member in cls), name
        assert len({member.number for member in cls}) == len(cls), name
        assert all(cls.of(member.number) is member and cls(str(member)) is member for member in cls)


def test_every_enumeration_of_the_headers_has_its_class(source):
    headers = "".join(path.read_text() for path in (source / "include" / "fedval").glob("*.h"))
    functions = re.findall(r"FEDVAL_API const char \*\s*fedval_(\w+)_to_string\(", headers)
    assert len(functions) == len(codes.__all__)


def test_documents_have_the_members_of_their_schemas(source):
    for cls, name in ((documents.Report, "report-1"), (documents.ChainReport, "chain-1"),
                      (documents.Diagnosis, "diagnosis-1"), (documents.Explanation, "explanation-1")):
        schema = json.loads((source / "docs" / "schema" / f"{name}.json").read_text())
        assert {field.name for field in dataclasses.fields(cls)} == set(schema["properties"])
