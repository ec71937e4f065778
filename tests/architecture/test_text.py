"""The text of the tree: formatted, finished, and free of this or that machine."""
import re
import shutil
import subprocess

import pytest

import layers
from braces import faults, mended

FOLDERS = ["lib", "include", "examples", "tests", "bindings"]
# Put together here, so that this file does not hold them itself.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "not " + "implemented"]) + r")\b")


def sources():
    """Those of the tree: a build of a package leaves others in folders with a dot for a while."""
    return [path for folder in FOLDERS for path in sorted((layers.TOP / folder).rglob("*.[ch]"))
            if not any(part.startswith(".") for part in path.relative_to(layers.TOP).parts)]


def test_sources_are_formatted():
    version = shutil.which("clang-format") and subprocess.run(["clang-format", "--version"], capture_output=True,
                                                              text=True).stdout
    if not version or " 14." not in version:
        pytest.skip("clang-format 14 is not installed")
    done = subprocess.run(["clang-format", "--dry-run", "-Werror", *map(str, sources())], capture_output=True,
                          text=True)
    wrong = sorted({line.split(":")[0] for line in done.stderr.splitlines() if " error: " in line})
    assert not wrong, "run clang-format -i on: " + " ".join(wrong)


def test_bodies_of_more_than_one_line_stand_in_braces():
    found = [str(path.relative_to(layers.TOP)) for path in sources() if faults(path.read_text())]
    assert not found, "run tests/architecture/braces.py and clang-format -i on: " + " ".join(found)


BARE = """
void f(int x)
{
    if (x)
        for (;;)
            g(x); /* one line */
    else
        g(x,
          2);
    while (x)
        /* twice */
        g(x);
    if (x &&
        x)
        g(x);
    else if (x) {
        do
            if (x)
                g("}");
        while (x);
    }
    each (x) {
        for (;;)
            switch (x) {
            default:
                g(x);
            }
    }
    for (;;)
        ;
    if (x)
        x = (struct y){1,
                       2};
}
"""


def test_a_long_body_without_braces_is_seen_and_mended():
    assert faults(BARE) == [4, 7, 10, 17, 23, 31]
    assert faults(mended(BARE)) == []
    assert mended(mended(BARE)) == mended(BARE)


def test_no_source_is_left_unfinished():
    found = [f"{path}:{number}" for path in sources()
             for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1) if UNFINISHED.search(line)]
    assert not found, found
