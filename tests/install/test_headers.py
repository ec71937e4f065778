"""Every public header compiles alone, in every C and C++ that a user may have set, without a warning."""
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


C_COMPILERS = [CC, *([name] for name in ("gcc", "clang") if shutil.which(name) and [name] != CC)]
CPP_COMPILERS = [[name] for name in ("g++", "clang++") if shutil.which(name)]


def compiles(command, source):
    done = subprocess.run([*command, *STRICT, str(source)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("header", HEADERS, ids=lambda path: path.stem)
def test_public_header_compiles_alone(header, tmp_path):
    source = tmp_path / "alone.c"
    source.write_text(f"#include <fedval/{header.name}>\nint unused_in_an_empty_unit;\n")
    compiles([*CC, "-std=c11"], source)


def everything(path):
    path.write_text("".join(f"#include <fedval/{header.name}>\n" for header in HEADERS) + "int unused;\n")
    return path


@pytest.mark.parametrize("standard", ["c99", "c11", "c17"])
@pytest.mark.parametrize("compiler", C_COMPILERS, ids=" ".join)
def test_c_takes_every_public_header(compiler, standard, tmp_path):
    compiles([*compiler, f"-std={standard}", "-Wstrict-prototypes"], everything(tmp_path / "all.c"))


@pytest.mark.parametrize("standard", ["c++11", "c++17"])
@pytest.mark.parametrize("compiler", CPP_COMPILERS, ids=" ".join)
def test_cpp_takes_every_public_header(compiler, standard, tmp_path):
    compiles([*compiler, f"-std={standard}", "-Wold-style-cast"], everything(tmp_path / "all.cc"))


@pytest.mark.skipif(not CPP_COMPILERS, reason="no C++ compiler")
@pytest.mark.parametrize("header", HEADERS, ids=lambda path: path.stem)
def test_public_header_compiles_alone_in_cpp(header, tmp_path):
    source = tmp_path / "alone.cc"
    source.write_text(f"#include <fedval/{header.name}>\n")
    compiles([*CPP_COMPILERS[0], "-std=c++11"], source)


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


def test_one_header_includes_all_but_the_backends():
    text = (TOP / "include" / "fedval" / "fedval.h").read_text()
    included = set(re.findall(r'#include "fedval/(\w+)\.h"', text))
    assert included == {header.stem for header in HEADERS} - {"fedval", "ldns", "mbedtls", "openssl"}


def test_the_version_of_the_headers_is_that_of_the_project():
    text = (TOP / "include" / "fedval" / "status.h").read_text()
    numbers = [re.search(rf"FEDVAL_VERSION_{part} (\d+)", text).group(1) for part in ("MAJOR", "MINOR", "PATCH")]
    version = re.search(r"version: '([\d.]+)'", (TOP / "meson.build").read_text()).group(1)
    assert ".".join(numbers) == version == re.search(r'FEDVAL_VERSION_STRING "([\d.]+)"', text).group(1)
