"""Writes fedval/documents.py: the JSON documents of the library as frozen dataclasses, out of their schemas.

usage: documents.py DEPFILE OUTPUT SCHEMA_FOLDER
"""
import json
import keyword
import pathlib
import sys
from typing import NamedTuple

from headers import write_depfile

# The documents that become classes, and the name of each. What they refer to comes with them.
DOCUMENTS = {"report-1.json": "Report", "chain-1.json": "ChainReport", "diagnosis-1.json": "Diagnosis",
             "explanation-1.json": "Explanation", "policy-1.json": "PolicyDocument",
             "certificate-1.json": "CertificateDocument", "plan-1.json": "Plan", "diff-1.json": "Diff",
             "timeline-1.json": "Timeline", "pair-1.json": "Pair"}
# Parts whose own name is that of a class with another meaning.
PARTS = {"anchors": "AnchorCount", "certificate": "PresentedCertificate"}
PLAIN = {"string": "str", "integer": "int", "boolean": "bool", "number": "float"}

HEAD = '''"""The documents of libfedval as frozen dataclasses, written from their JSON Schemas when the package is built.

Members have the names that they have in JSON (`from_` for "from"); None is null, or an absent member; times
are datetimes in UTC, lists are tuples. A member that a later edition of a format adds is passed over.
"""
from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

from ._reading import Document, each, moment, single

__all__ = [
%s]
'''


class Value(NamedTuple):
    """How a member is annotated, and read: as it stands (no reader), by its reader, or each item by it."""

    annotation: str
    reader: str = ""
    is_list: bool = False

    def read(self, value, may_be_none):
        if self.is_list and self.reader:
            reader = f"each({self.reader})"
        else:
            reader = "tuple" if self.is_list else self.reader
        if not reader:
            return value
        return f"single({reader}, {value})" if may_be_none else f"{reader}({value})"


class Field(NamedTuple):
    name: str
    value: Value
    is_required: bool
    may_be_none: bool
    note: str

    def declare(self):
        annotation = f"Optional[{self.value.annotation}]" if self.may_be_none else self.value.annotation
        lines = [f"    #: {self.note}"] if self.note else []
        return [*lines, f"    {python_name(self.name)}: {annotation}"]

    def read(self):
        value = f'document["{self.name}"]' if self.is_required else f'document.get("{self.name}")'
        return f"            {python_name(self.name)}={self.value.read(value, self.may_be_none)},"


class Writer:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.files = {}
        self.places = {}   # class -> (file, its schema)
        self.classes = []  # (class, text), those that others need first

    def load(self, file):
        if file not in self.files:
            self.files[file] = json.loads((self.folder / file).read_text(encoding="utf-8"))
        return self.files[file]

    def resolve(self, schema, file, name):
        """(schema, its file, the name of the class that it would be), behind a $ref where there is one."""
        reference = schema.get("$ref")
        if reference is None:
            return schema, file, name
        target, _, pointer = reference.partition("#")
        target = target.rsplit("/", 1)[-1] or file  # by its $id, or relative to it
        found, parts = self.load(target), pointer.split("/")[1:]
        for part in parts:
            found = found[part]
        if not parts:
            return found, target, DOCUMENTS.get(target, camel(target.split("-")[0]))
        return found, target, PARTS.get(parts[-1], camel(parts[-1]))

    def value(self, schema, file, name):
        """(Value, whether null may stand there) of a schema; name: of its class, where it is an object."""
        schema, file, name = self.resolve(schema, file, name)
        kinds = schema.get("type", "string" if "enum" in schema or "const" in schema else [])
        kinds = kinds if isinstance(kinds, list) else [kinds]
        may_be_null = "null" in kinds or None in schema.get("enum", [])
        kinds = [kind for kind in kinds if kind != "null"]
        return self.value_of_kind(schema, file, name, kinds[0] if len(kinds) == 1 else None), may_be_null

    def value_of_kind(self, schema, file, name, kind):
        if kind == "object" and "properties" in schema:
            name = self.write_class(schema, file, name)
            return Value(name, f"{name}.read")
        if kind == "object":
            return Value("Mapping[str, Any]")
        if kind == "array":
            inner, _ = self.value(schema.get("items", {}), file, singular(name))
            return Value(f"tuple[{inner.annotation}, ...]", "" if inner.is_list else inner.reader, True)
        if kind == "string" and schema.get("format") == "date-time":
            return Value("datetime.datetime", "moment")
        return Value(PLAIN.get(kind, "Any"))

    def write_class(self, schema, file, name):
        """Writes the class of an object once; another object of that name is called after its document too."""
        if self.places.get(name, (file, schema)) != (file, schema):
            name = DOCUMENTS.get(file, camel(file.split("-")[0])) + name
        if name in self.places:
            return name
        self.places[name] = (file, schema)
        required, fields = set(schema.get("required", [])), []
        for member, inner in schema["properties"].items():
            if not member.startswith("$"):
                value, may_be_null = self.value(inner, file, name + camel(member))
                is_required = member in required
                fields.append(Field(member, value, is_required, may_be_null or not is_required,
                                    inner.get("description", "")))
        self.classes.append((name, class_text(name, schema.get("description", ""), fields)))
        return name


def camel(name):
    return "".join(part[:1].upper() + part[1:] for part in name.replace("-", "_").split("_"))


def singular(name):
    return name[:-1] if name.endswith("s") else name + "Item"


def python_name(member):
    name = member.replace("-", "_")
    return name + "_" if keyword.iskeyword(name) else name


def sentence(text):
    return (text[:1].upper() + text[1:]).replace("\\", "\\\\").rstrip(".") + "."


def class_text(name, description, fields):
    lines = ["", "", "@dataclass(frozen=True)", f"class {name}(Document):",
             f'    """{sentence(description or "A part of a document")}"""', ""]
    for field in fields:
        lines += field.declare()
    lines += ["", "    @classmethod", f"    def read(cls, document: Mapping[str, Any]) -> {name}:",
              '        """Out of what json.loads gives."""', "        return cls("]
    lines += [field.read() for field in fields]
    return "\n".join([*lines, "        )"]) + "\n"


def main():
    depfile, output, folder = sys.argv[1:]
    writer = Writer(folder)
    for file, name in DOCUMENTS.items():
        if (writer.folder / file).exists():
            writer.write_class(writer.load(file), file, name)
    with open(output, "w", encoding="utf-8") as file:
        file.write(HEAD % "".join(f'    "{name}",\n' for name, _ in writer.classes))
        file.writelines(text for _, text in writer.classes)
    write_depfile(depfile, output, [writer.folder / name for name in writer.files])


if __name__ == "__main__":
    main()
