#!/usr/bin/env python3
"""Writes a page of section 3 for each public header: its overview, its functions, and what is said of each.

usage: manual.py FOLDER HEADER...     the pages are FOLDER/fedval_NAME.3
"""
import pathlib
import re
import sys
import textwrap

DATE = "November 29, 2026"
FUNCTION = re.compile(r"(/\*\*(?:(?!\*/).)*\*/)\s*FEDVAL_API\s+(.*?)\b(fedval_\w+)\s*\((.*?)\)\s*;", re.S)


def plain(comment):
    """A comment's lines without its marks."""
    lines = re.sub(r"^/\*+|\*/$", "", comment.strip(), flags=re.S).splitlines()
    return [re.sub(r"^ ?\* ?", "", line.strip(" ") if line.strip() == "*" else re.sub(r"^\s+(?=\*)", " ", line)).rstrip()
            for line in lines]


def escape(line):
    return re.sub(r"^(?=[.'])", r"\\&", line.replace("\\", "\\e"))


def prose(text):
    """Sentences on lines of their own, as mdoc wants them."""
    sentences = re.split(r"(?<=[.:;?]) (?=[A-Z`\"])", " ".join(text.split()))
    return [escape(line) for sentence in sentences for line in
            textwrap.wrap(sentence, 76, break_long_words=False, break_on_hyphens=False)]


def paragraphs(lines):
    """Prose, lists and code (indented by four) of an overview, as mdoc."""
    out, block, code = [], [], []

    def flush():
        if block:
            out.extend([".Pp", *prose(" ".join(block))])
            block.clear()
        if code:
            out.extend([".Bd -literal -offset indent", *(escape(line) for line in textwrap.dedent("\n".join(code)).splitlines()),
                        ".Ed"])
            code.clear()

    for line in lines:
        if line.startswith("    ") or (code and not line):
            if block:
                flush()
            code.append(line)
            continue
        while code and not code[-1]:
            code.pop()
        if code or not line.strip():
            flush()
        if line.strip():
            block.append(line.strip())
    while code and not code[-1]:
        code.pop()
    flush()
    return out[1:] if out[:1] == [".Pp"] else out


def described(comment):
    """The comment of a function: its text, then its parameters and what it returns."""
    parts = re.split(r"\s*@(param|returns|since)\s+", " ".join(line.strip() for line in plain(comment)))
    out = prose(parts[0])
    for tag, text in zip(parts[1::2], parts[2::2]):
        if tag == "param":
            name, _, rest = text.partition(" ")
            out += [".br", f".Fa {name.rstrip(',')}" + ("" if not name.endswith(",") else " ,"), *prose(rest)]
        elif tag == "returns":
            out += [".br", *prose("Returns " + text)]
        else:
            out += [".br", *prose("Since " + text)]
    return [line for line in out if line]


def arguments(text):
    found = re.sub(r"/\*.*?\*/", "", " ".join(text.split()))
    parts, depth, start = [], 0, 0
    for at, char in enumerate(found):
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            parts.append(found[start:at])
            start = at + 1
    return [part.strip() for part in [*parts, found[start:]]]


def page(header):
    text = header.read_text()
    overview = re.match(r"/\*.*?\*/", text, re.S).group(0)
    lines = plain(overview)
    summary = re.split(r"(?<=[.:]) ", " ".join(" ".join(lines).split()), maxsplit=1)[0].rstrip(".:")
    name = header.stem
    title = "fedval" if name == "fedval" else f"fedval_{name}"
    found = [(comment, " ".join(result.split()), function, arguments(given))
             for comment, result, function, given in FUNCTION.findall(text)]
    out = [f".Dd {DATE}", f".Dt {title.upper()} 3", ".Os", ".Sh NAME", f".Nm {title}", f".Nd {escape(summary)}", ".Sh LIBRARY",
           "libfedval" + (f"-{name}" if name in ("ldns", "mbedtls", "openssl") else ""), ".Sh SYNOPSIS", f".In fedval/{name}.h"]
    for _, result, function, given in found:
        quoted = " ".join('"%s"' % argument for argument in given)
        out += [f".Ft {result}", f".Fn {function} {quoted}"]
    out += [".Sh DESCRIPTION", *paragraphs(lines)]
    if found:
        out += [".Ss Functions", ".Bl -tag -width Ds"]
        for comment, _, function, _ in found:
            out += [f".It Fn {function}", *described(comment)]
        out.append(".El")
    others = [other for other in re.findall(r'#include "fedval/(\w+)\.h"', text) if other != name]
    links = [".Xr fedval 1", *(f".Xr fedval_{other} 3" for other in sorted(others))]
    out += [".Sh SEE ALSO", *(link + " ," for link in links[:-1]), links[-1]]
    return "\n".join(out) + "\n"


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for header in map(pathlib.Path, sys.argv[2:]):
        title = "fedval" if header.stem == "fedval" else f"fedval_{header.stem}"
        (folder / f"{title}.3").write_text(page(header))


if __name__ == "__main__":
    main()
