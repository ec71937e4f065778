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


def abidiff(old, new, headers, *options):
    done = subprocess.run(["abidiff", "--no-added-syms", "--exported-interfaces-only", "--headers-dir2", str(headers), "--no-show-locs", *options,
                           str(old), str(new)], capture_output=True, text=True)
    assert not done.returncode & (CANNOT | USAGE), done.stderr
    return done.stdout if done.returncode & (CHANGED | INCOMPATIBLE) else ""


def differences(old, new, headers):
    """What breaks a program. A suppression for what grows hides a member there that changed its type, too: so without
    suppressions no member at all may have changed."""
    found = abidiff(old, new, headers, "--suppressions", str(GROWTH))
    everything = abidiff(old, new, headers)
    return found or (everything if re.search(r"data member (change|deletion)", everything) else "")


def built(name):
    return next((path for path in (BUILD / "lib").rglob(f"{name}.so")), None)


def has_debug_information(library):
    return ".debug_info" in subprocess.run(["readelf", "-SW", str(library)], capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", LIBRARIES)
def test_nothing_was_removed_or_changed(name):
    library = built(name)
    if library is None or os.environ["FEDVAL_SANITIZE"] != "none" or not has_debug_information(library):
        pytest.skip("no plain shared library with debug information")
    found = differences(STORED / f"{name}.abi", library, TOP / "include")
    assert not found, f"{found}\nIf this is meant: tools/update-abi BUILD (docs/abi.md)"


def test_every_library_has_its_description():
    names = {path.stem for path in (BUILD / "lib").rglob("libfedval*.so")}
    assert names <= set(LIBRARIES)


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
    stored = tmp_path / "x.abi"
    subprocess.run(["abidw", "--headers-dir", str(before), "--out-file", str(stored), str(before / "libx.so")], check=True)
    assert (differences(stored, after / "libx.so", after) == "") == is_safe
