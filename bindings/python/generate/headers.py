"""Reads the public headers of libfedval: what cffi has to know of them, and the enumerations.

The headers keep to fixed-width integers, opaque pointers and plain enumerations, so what is left of
them once comments and preprocessor lines are gone is what cffi reads.
"""
import pathlib
import re

COMMENT = re.compile(r"/\*.*?\*/", re.S)
CONSTANT = re.compile(r"^#define (FEDVAL_[A-Z0-9_]+) (?:-?\d+|INT64_MIN|SIZE_MAX)$", re.M)
ENUM = re.compile(r"(?:/\*\*(?P<doc>(?:(?!\*/).)*?)\*/\s*)?^enum \{(?P<body>.*?)\};", re.S | re.M)
MEMBER = re.compile(r"(FEDVAL_[A-Z0-9_]+)\s*=\s*(-?\d+)")
WORDS = re.compile(r"/\*\*(?P<doc>(?:(?!\*/).)*?)\*/\s*FEDVAL_API const char \*\s*(?P<name>fedval_\w+)_to_string"
                   r"\((?:uint32_t|fedval_status) \w+\);", re.S)
PREFIX = re.compile(r"\((FEDVAL_\w+_)\)")


def declarations(header):
    """What a header declares, as cffi reads it."""
    text = COMMENT.sub("", pathlib.Path(header).read_text(encoding="utf-8"))
    constants = "".join(f"#define {name} ...\n" for name in CONSTANT.findall(text))
    text = re.sub(r"^#.*(?:\\\n.*)*$", "", text, flags=re.M)
    text = text.replace('extern "C" {', "").replace("FEDVAL_API", "")
    # The brace that closes extern "C" stands alone; those of structures and enumerations do not.
    text = re.sub(r"^\}$", "", text, flags=re.M)
    return constants + re.sub(r"\n\s*\n+", "\n", text)


def enumerations(header):
    """[(the line above it, [(name, number), ...])] of a header, in its order."""
    text = pathlib.Path(header).read_text(encoding="utf-8")
    found = []
    for match in ENUM.finditer(text):
        doc = re.sub(r"\s*\n \* ?", " ", match["doc"] or "").strip()
        members = [(name, int(number)) for name, number in MEMBER.findall(COMMENT.sub("", match["body"]))]
        found.append((doc, members))
    return found


def words(header):
    """[("fedval_srv_match", "FEDVAL_SRV_MATCH_"), ...]: what a header has a _to_string of, and what its codes begin with.

    The comment says "(FEDVAL_KEY_)" where the codes do not begin as the function does.
    """
    found = []
    for match in WORDS.finditer(pathlib.Path(header).read_text(encoding="utf-8")):
        prefix = PREFIX.search(match["doc"])
        found.append((match["name"], prefix[1] if prefix else match["name"].upper() + "_"))
    return found


def write_depfile(depfile, output, inputs):
    """Tells ninja what an output is written from."""
    pathlib.Path(depfile).write_text(f"{output}: {' '.join(map(str, inputs))}\n", encoding="utf-8")
