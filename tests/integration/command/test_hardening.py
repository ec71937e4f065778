"""What the compiler and the linker do against a slip of ours is in every file of the default build."""
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess

import pytest

BUILD = pathlib.Path(os.environ["FEDVAL_BUILD"])


def option(name):
    listed = json.loads((BUILD / "meson-info" / "intro-buildoptions.json").read_text())
    return next(row["value"] for row in listed if row["name"] == name)


def linked_files():
    """The command and each shared library that there is."""
    libraries = [path for path in (BUILD / "lib").rglob("*.so*") if path.is_file() and not path.is_symlink() and ".so.p" not in str(path)]
    return [BUILD / "examples" / "fedval" / "fedval", *(path for path in libraries if path.suffix != ".symbols")]


def readelf(flag, path):
    return subprocess.run(["readelf", "-W", flag, str(path)], capture_output=True, text=True, check=True, timeout=60).stdout


pytestmark = pytest.mark.skipif(shutil.which("readelf") is None or not option("hardening"), reason="needs readelf, and a hardened build")


@pytest.mark.parametrize("path", linked_files(), ids=lambda path: path.name)
def test_a_linked_file_is_bound_at_its_start_and_then_read_only(path):
    dynamic, segments = readelf("-d", path), readelf("-l", path)
    assert "BIND_NOW" in dynamic or re.search(r"FLAGS_1.*\bNOW\b", dynamic)
    assert "GNU_RELRO" in segments
    assert re.search(r"GNU_STACK .* RW ", segments), "the stack may be executed"


@pytest.mark.parametrize("path", linked_files(), ids=lambda path: path.name)
def test_a_linked_file_watches_its_stack(path):
    assert "__stack_chk_fail" in readelf("--dyn-syms", path)


@pytest.mark.skipif(option("optimization") in ("plain", "0", "g") or option("b_sanitize") != "none" or option("fuzz"),
                    reason="fortified functions want optimisation, and a sanitizer has checks of its own")
def test_functions_of_the_c_library_are_fortified():
    symbols = readelf("--dyn-syms", BUILD / "examples" / "fedval" / "fedval")
    assert re.search(r"__\w+_chk@", symbols.replace("__stack_chk_fail", ""))


@pytest.mark.skipif(platform.machine() != "x86_64", reason="CET is of x86-64")
def test_every_object_of_ours_is_made_for_cet():
    """The linked files are not marked, because the startup files of Debian 12 are not."""
    objects = [path for path in (BUILD / "lib").rglob("*.c.o")]
    assert objects
    unmarked = [path.name for path in objects if "IBT, SHSTK" not in readelf("-n", path)]
    if len(unmarked) == len(objects) and "-fcf-protection" not in (BUILD / "compile_commands.json").read_text():
        pytest.skip("this compiler has no CET")
    assert not unmarked
