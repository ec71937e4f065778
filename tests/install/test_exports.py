"""What the headers declare is what the libraries export, in both directions."""
import os
import pathlib
import subprocess
import sys

import pytest

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
BUILD = pathlib.Path(os.environ["FEDVAL_BUILD"])


def exported(library):
    lines = subprocess.run(["nm", "-D", "--defined-only", str(library)], capture_output=True, text=True, check=True)
    names = {line.split()[-1].split("@")[0] for line in lines.stdout.splitlines()}
    return {name for name in names if name != "FEDVAL_0"}


def listed(script):
    lines = script.read_text().split("local:")[0].splitlines()
    return {line.strip().rstrip(";") for line in lines if line.strip().startswith("fedval_")}


def libraries():
    """(library, version script) of everything that was built."""
    core = BUILD / "lib" / "libfedval.so"
    if not core.exists():
        pytest.skip("built with -Ddefault_library=static")
    yield core, TOP / "lib" / "libfedval.map"
    for backend in ("ldns", "mbedtls", "openssl"):
        library = BUILD / "lib" / "backends" / backend / f"libfedval-{backend}.so"
        if library.exists():
            yield library, TOP / "lib" / "backends" / backend / f"libfedval-{backend}.map"


def test_version_scripts_are_in_step_with_the_headers():
    done = subprocess.run([sys.executable, str(TOP / "tools" / "update-exports"), "--check"], capture_output=True,
                          text=True)
    assert done.returncode == 0, done.stderr


def test_every_listed_function_is_exported_and_nothing_else():
    for library, script in libraries():
        assert exported(library) == listed(script), library.name
