"""Writes fedval/codes.py: the enumerations of the headers as classes.

usage: codes.py DEPFILE OUTPUT HEADER...
"""
import sys

from headers import enumerations, words, write_depfile

# The classes that are not called after their function (fedval_srv_match -> SrvMatch), since another thing has the name.
CLASSES = {"fedval_type": "RecordType", "fedval_topic": "TopicKind", "fedval_diagnosis": "DiagnosisResult",
           "fedval_step": "StepKind", "fedval_source": "SourceKind"}

HEAD = '''"""The codes of libfedval, written from its headers when the package is built.

Each member is the word that stands in JSON, so `report.verdict == "pass"` and
`report.verdict == Verdict.PASS` say the same; `number` is the code in the C interface.
"""
from __future__ import annotations

from ._code import Code

__all__ = [
%s]
'''


def class_name(function):
    return CLASSES.get(function) or "".join(part.capitalize() for part in function.split("_")[1:])


def python_name(word):
    return f"N{word}" if word[0].isdigit() else word


def members_of(function, prefix, enums):
    prefix = "FEDVAL_ERROR_" if function == "fedval_status" else prefix
    for doc, members in enums:
        if members and all(name.startswith(prefix) or name == "FEDVAL_OK" for name, _ in members):
            return doc, [(python_name(name[len(prefix):] if name.startswith(prefix) else "OK"), number)
                         for name, number in members]
    sys.exit(f"codes.py: no enumeration begins with {prefix}, which {function}_to_string wants")


def write_class(function, prefix, enums):
    doc, members = members_of(function, prefix, enums)
    lines = [f"\n\nclass {class_name(function)}(Code):", f'    """{doc or function + ": its codes."}"""', ""]
    lines += [f'    {name} = "{function}_to_string", {number}' for name, number in members]
    return "\n".join(lines) + "\n"


def main():
    depfile, output, *headers = sys.argv[1:]
    write_depfile(depfile, output, headers)
    enums = [enum for header in headers for enum in enumerations(header)]
    functions = [function for header in headers for function in words(header)]
    names = "".join(f'    "{class_name(function)}",\n' for function, _ in functions)
    with open(output, "w", encoding="utf-8") as file:
        file.write(HEAD % names)
        file.writelines(write_class(function, prefix, enums) for function, prefix in functions)


if __name__ == "__main__":
    main()
