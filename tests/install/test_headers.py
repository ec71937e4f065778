"""Every public header compiles alone, in C11 and in C++, without a warning."""
import os
import pathlib
import re
import shlex
import shutil
import subprocess

import pytest

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
HEADERS = sorted((TOP / "include" / "fedval").glob("*.h"))
CC = shlex.split(os.environ.get("CC", "cc"))
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-fsyntax-only", f"-I{TOP / 'include'}"]


def compiles(command, source):
    done = subprocess.run([*command, *STRICT, str(source)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("header", HEADERS, ids=lambda path: path.stem)
def test_public_header_compiles_alone(header, tmp_path):
    source = tmp_path / "alone.c"
    source.write_text(f"#include <fedval/{header.name}>\nint unused_in_an_empty_unit;\n")
    compiles([*CC, "-std=c11"], source)


def test_cpp_takes_every_public_header(tmp_path):
    if not shutil.which("c++"):
        pytest.skip("no C++ compiler")
    source = tmp_path / "all.cc"
    source.write_text("".join(f"#include <fedval/{header.name}>\n" for header in HEADERS))
    compiles(["c++", "-std=c++11"], source)


def test_every_header_is_installed():
    listed = (TOP / "include" / "meson.build").read_text()
    missing = [header.name for header in HEADERS if f"'fedval/{header.name}'" not in listed]
    assert not missing, missing


def test_every_public_function_has_a_comment_of_its_own_that_says_since_when():
    missing = []
    for header in HEADERS:
        text = header.read_text()
        for match in re.finditer(r"^FEDVAL_API[^;]*?\b(fedval_\w+)\s*\(", text, re.M):
            before = text[:match.start()].rstrip()
            if not before.endswith("*/") or "@since" not in before[before.rindex("/*"):]:
                missing.append(f"{header.name}: {match.group(1)}")
    assert not missing, missing
