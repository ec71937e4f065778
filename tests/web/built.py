"""What tools/build-web built, and Node to run it."""
import os
import pathlib
import shutil
import subprocess

import pytest

SOURCE = pathlib.Path(os.environ.get("FEDVAL_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
WEB = pathlib.Path(os.environ.get("FEDVAL_WEB") or SOURCE / "build-web")
MODULE = WEB / "fedval.wasm"
NODE = shutil.which("node")

needs_module = pytest.mark.skipif(NODE is None or not MODULE.exists(), reason="tools/build-web has not built the module")


def node(script, *arguments, stdin=""):
    """Runs an ES module given as text or as a path; gives its standard output."""
    how = [str(script)] if isinstance(script, pathlib.Path) else ["--input-type=module", "-e", script, "--"]
    done = subprocess.run([NODE, *how, *map(str, arguments)], input=stdin, capture_output=True, text=True, timeout=240, cwd=SOURCE)
    assert done.returncode == 0, done.stderr
    return done.stdout
