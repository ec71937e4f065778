"""The interface of each library against its stored description: nothing is removed, nothing changes."""
import os
import re
import shutil
import subprocess

import pytest
from tree import BUILD, CC, TOP

STORED = TOP / "tests" / "abi"
GROWTH = STORED / "growth.suppr"
LIBRARIES = sorted(path.stem for path in STORED.glob("*.abi"))
# abidiff's exit status is a mask.
CANNOT, USAGE, CHANGED, INCOMPATIBLE = 1, 2, 4, 8

pytestmark = pytest.mark.skipif(not shutil.which("abidiff") or not shutil.which("abidw"), reason="abigail-tools is not installed")


def describe(library, headers, out):
    subprocess.run([TOP / "tools" / "update-abi", "--library", library, headers, out], check=True)
    return out


def abidiff(old, new, *options):
    done = subprocess.run(["abidiff", "--no-added-syms", "--no-show-locs", *options, str(old), str(new)],
                          capture_output=True, text=True)
    assert not done.returncode & (CANNOT | USAGE), done.stderr
    return done.stdout if done.returncode & (CHANGED | INCOMPATIBLE) else ""


def differences(old, new):
    """Between two descriptions: what breaks a program. A suppression for what grows hides a member there that changed its type, too: so without
    suppressions no member at all may have changed."""
    found = abidiff(old, new, "--suppressions", str(GROWTH))
    everything = abidiff(old, new)
    return found or (everything if re.search(r"data member (change|deletion)", everything) else "")


def built(name):
    return next((path for path in (BUILD / "lib").rglob(f"{name}.so")), None)


def has_debug_information(library):
    return ".debug_info" in subprocess.run(["readelf", "-SW", str(library)], capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", LIBRARIES)
def test_nothing_was_removed_or_changed(name, tmp_path):
    library = built(name)
    if library is None or os.environ["FEDVAL_SANITIZE"] != "none" or not has_debug_information(library):
        pytest.skip("no plain shared library with debug information")
    found = differences(STORED / f"{name}.abi", describe(library, TOP / "include", tmp_path / "built.abi"))
    assert not found, f"{found}\nIf this is meant: tools/update-abi BUILD (docs/abi.md)"


def test_every_library_has_its_description():
    names = {path.stem for path in (BUILD / "lib").rglob("libfedval*.so")}
    assert names <= set(LIBRARIES)


def test_every_code_keeps_its_number():
    text = "".join(path.read_text() for path in sorted((TOP / "include" / "fedval").glob("*.h")))
    now = dict(re.findall(r"\b(FEDVAL_[A-Z0-9_]+)\s*=\s*(-?\d+)\b", text))
    stored = dict(line.split() for line in (STORED / "codes.txt").read_text().splitlines())
    assert len(stored) > 400 and {name: now.get(name) for name in stored} == stored


# ---- the comparison itself, on a small library ----

OPTIONS = "typedef struct fedval_x_options {{ size_t size; uint32_t one;{end} }} fedval_x_options;\n"
HEADER = ("#include <stddef.h>\n#include <stdint.h>\n" + OPTIONS +
          "enum {{ FEDVAL_X_ONE = 1{code} }};\n"
          "int fedval_x({parameter} a, const fedval_x_options *o);\n{more}")
BODY = '#include "x.h"\nint fedval_x({parameter} a, const fedval_x_options *o) {{ return (int)a + (int)o->one + FEDVAL_X_ONE; }}\n'


def small_library(folder, parameter="int", end="", more="", more_body="", code=""):
    folder.mkdir()
    (folder / "x.h").write_text(HEADER.format(parameter=parameter, end=end, more=more, code=code))
    (folder / "x.c").write_text(BODY.format(parameter=parameter) + more_body)
    subprocess.run([CC[-1], "-g", "-shared", "-fPIC", str(folder / "x.c"), "-o", str(folder / "libx.so")], check=True)
    return folder


MORE = {"more": "int fedval_y(void);\n", "more_body": "int fedval_y(void) { return 0; }\n"}


@pytest.mark.parametrize("old, new, is_safe", [
    ({}, MORE, True), (MORE, {}, False), ({}, {"parameter": "long"}, False), ({}, {"end": " uint32_t two;"}, True),
    ({"end": " uint32_t two;"}, {"end": " uint16_t two;"}, False), ({"end": " uint32_t two;"}, {}, False),
    ({}, {"code": ", FEDVAL_X_TWO = 2"}, True)],
    ids=["added", "removed", "parameter", "grown-at-the-end", "member-changed", "member-removed", "code-added"])
def test_what_abidiff_takes_for_a_change(tmp_path, old, new, is_safe):
    before, after = small_library(tmp_path / "old", **old), small_library(tmp_path / "new", **new)
    old_text, new_text = (describe(folder / "libx.so", folder, tmp_path / f"{folder.name}.abi") for folder in (before, after))
    assert (differences(old_text, new_text) == "") == is_safe


OPAQUE = {"more": "typedef struct fedval_z fedval_z;\nint fedval_y(const fedval_z *z);\n"}
INSIDE = ["struct fedval_z { int one; };\n", "struct fedval_z { long one, two; };\n"]
BODIES = ["int fedval_y(const fedval_z *z) { return (int)z->one; }\n", "static int fv_w(void) { return 1; }\n\n\n"]


def test_a_description_follows_the_interface_alone(tmp_path):
    """Members of an opaque struct, the order of the sources and their lines leave no trace."""
    one = small_library(tmp_path / "one", **OPAQUE, more_body=INSIDE[0] + BODIES[0])
    two = small_library(tmp_path / "two", **OPAQUE, more_body=INSIDE[1] + BODIES[0])
    (two / "x.c").write_text('#include "x.h"\n' + INSIDE[1] + BODIES[0] + BODIES[1] +
                             BODY.format(parameter="int").split("\n", 1)[1])
    subprocess.run([CC[-1], "-g", "-shared", "-fPIC", str(two / "x.c"), "-o", str(two / "libx.so")], check=True)
    for folder in (one, two):
        describe(folder / "libx.so", folder, tmp_path / f"{folder.name}.abi")
    text = (tmp_path / "one.abi").read_text()
    assert text == (tmp_path / "two.abi").read_text()
    assert 'id="struct fedval_z"' in text and 'name="two"' not in text


def test_a_function_more_changes_no_line_that_was_there(tmp_path):
    for name, more in (("old", {}), ("new", MORE)):
        folder = small_library(tmp_path / name, **more)
        describe(folder / "libx.so", folder, tmp_path / f"{name}.abi")
    old, new = ((tmp_path / f"{name}.abi").read_text().splitlines() for name in ("old", "new"))
    assert len(new) > len(old)
    left = iter(new)
    assert all(line in left for line in old)
