"""What headers declare, read without a compiler: enough for the way in which this tree is written."""
import os
import re


def without_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S)


def outermost(text):
    """The text outside all braces, without comments and directives; `@` stands for each pair of braces."""
    text = re.sub(r"\\\n", " ", without_comments(text))
    text = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    before = None
    while before != text:
        before, text = text, re.sub(r"\{[^{}]*\}", "@", text)
    return text


# How a declaration is written, and the name in it. A type that is only announced (`typedef struct fv_arena fv_arena;`)
# is declared by the header that says what it holds.
ANNOUNCED = re.compile(r"typedef\s+(?:struct|union|enum)\s+(\w+)\s+\1|(?:struct|union|enum)\s+\w+")
FORMS = [re.compile(form, re.S) for form in (
    r"typedef.*?\(\s*\*\s*(\w+)\s*\)\s*\(.*",
    r"typedef.*\b(\w+)",
    r"(?:struct|union|enum)\s+(\w+)\s*@",
    r"[\w\s*]*?\b(\w+)\s*\(.*",
    r"[\w\s*]*?\b(\w+)\s*(?:\[.*\])?",
)]


def declared(text):
    """The names that a header declares: functions, types, variables."""
    found = set()
    # The body of a function in a header ends what it declares, as a semicolon does.
    for statement in re.split(r";|(?<=\))\s*@", outermost(text)):
        statement = statement.strip()
        if not statement or ANNOUNCED.fullmatch(statement):
            continue
        found |= {match.group(1) for match in [next(filter(None, (form.fullmatch(statement) for form in FORMS)), None)] if match}
    return found


def enums(text):
    """(name, names of the members) of each enum of a public header."""
    for match in re.finditer(r"\benum\s*(\w*)\s*\{([^}]*)\}\s*(\w*)", without_comments(text)):
        members = re.findall(r"\bFEDVAL_\w+", re.sub(r"=[^,]*", "", match.group(2)))
        if members:
            yield match.group(1) or match.group(3) or members[0], members


def prefix(members):
    """What the names of all members begin with, up to its last underscore."""
    common = os.path.commonprefix(members)
    return common[:common.rfind("_") + 1]
