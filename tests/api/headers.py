"""The public headers as data: functions with their comments, enumerations, structures."""
import os
import pathlib
import re
from typing import NamedTuple

TOP = pathlib.Path(os.environ.get("FEDVAL_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
HEADERS = sorted((TOP / "include" / "fedval").glob("*.h"))
COMMENT = re.compile(r"/\*.*?\*/", re.S)


class Parameter(NamedTuple):
    type: str
    name: str

    @property
    def is_pointer(self):
        return "*" in self.type

    @property
    def is_function(self):
        return "(" in self.type

    @property
    def object(self):
        """'fedval_report' of a (const) pointer to one; None for everything else."""
        match = re.fullmatch(r"(?:const )?(fedval_\w+) \*", self.type)
        return match and match.group(1)


class Function(NamedTuple):
    header: str
    name: str
    returns: str
    parameters: tuple
    comment: str

    @property
    def object(self):
        """The object whose function it is: its first parameter, where the name begins with its type."""
        first = self.parameters[0].object if self.parameters else None
        return first if first and self.name.startswith(first + "_") else None

    @property
    def is_fallible(self):
        return self.returns == "fedval_status"

    @property
    def outputs(self):
        return [p for p in self.parameters if p.name.startswith("out_")]


class Enumeration(NamedTuple):
    header: str
    members: tuple  # (name, number)
    comment: str


class Structure(NamedTuple):
    header: str
    name: str
    members: tuple  # Parameter


def plain(text):
    """One line, blanks as clang-format would have them on one line."""
    return re.sub(r"\* (?=\w)", "* ", re.sub(r"\s+", " ", text)).strip()


def words_of(comment):
    """A comment without its frame, on one line."""
    text = re.sub(r"^/\*+<?|\*+/$", "", comment)
    return plain(re.sub(r"^\s*\*", " ", text, flags=re.M))


def split_parameters(text):
    depth, start, parts = 0, 0, []
    for at, char in enumerate(text):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [plain(part) for part in [*parts, text[start:]] if plain(part) not in ("", "void")]


def parameter(text):
    function = re.match(r"(.*\(\*)(\w+)(\)\s*\(.*\))$", text)
    if function:
        return Parameter(function.group(1) + function.group(3), function.group(2))
    match = re.match(r"(.*?)(\w+)((?:\[\d*\])?)$", text)
    kind = match.group(1).strip() + (" *" if match.group(3) else "")
    return Parameter(re.sub(r"\s*\*", " *", kind).replace("* *", "**"), match.group(2))


def comment_before(text, at):
    """The comment that ends right before at; '' when there is none."""
    before = text[:at].rstrip()
    return words_of(before[before.rindex("/*"):]) if before.endswith("*/") else ""


def functions(header):
    text = header.read_text()
    blank = COMMENT.sub(lambda m: " " * len(m.group()), text)
    for match in re.finditer(r"FEDVAL_API ([^;(]*?)\b(fedval_\w+)\s*\(([^;]*)\);", blank):
        parts = tuple(parameter(part) for part in split_parameters(match.group(3)))
        yield Function(header.stem, match.group(2), plain(match.group(1)), parts, comment_before(text, match.start()))


def enumerations(header):
    text = header.read_text()
    for match in re.finditer(r"^enum \{(.*?)\};", text, re.M | re.S):
        pairs = re.findall(r"\b(FEDVAL_\w+)\s*=\s*(-?\d+)", COMMENT.sub(" ", match.group(1)))
        yield Enumeration(header.stem, tuple((name, int(value)) for name, value in pairs),
                          comment_before(text, match.start()))


def structures(header):
    text = COMMENT.sub(" ", header.read_text())
    for match in re.finditer(r"typedef struct (fedval_\w+) \{(.*?)^\} \1;", text, re.M | re.S):
        members = tuple(parameter(plain(part)) for part in match.group(2).split(";") if part.strip())
        yield Structure(header.stem, match.group(1), members)


def objects(header):
    """The opaque types that a header declares."""
    return re.findall(r"^typedef struct (fedval_\w+) \1;", header.read_text(), re.M)


def every(what):
    return [thing for header in HEADERS for thing in what(header)]
