"""The examples of docs/bindings.md, run where the toolchain is there."""
import json
import os
import pathlib
import re
import shutil

import pytest
from running import run

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
LIBRARY = pathlib.Path(os.environ["FEDVAL_BUILD"]) / "lib"
EVIDENCE = (TOP / "examples" / "ffi" / "evidence.json").read_text()
KOFFI = "koffi@2.12.0"

pytestmark = pytest.mark.skipif(not (LIBRARY / "libfedval.so").exists() or os.environ["FEDVAL_SANITIZE"] != "none",
                                reason="no plain shared library")


def example(kind):
    text = (TOP / "docs" / "bindings.md").read_text()
    return re.search(rf"<!-- test: {kind} -->\n```\w+\n(.*?)^```$", text, re.M | re.S).group(1)


@pytest.mark.parametrize("kind", ["rust", "node"])
def test_an_example_has_forty_lines_or_so(kind):
    assert len(example(kind).splitlines()) <= 50


@pytest.mark.skipif(not shutil.which("rustc"), reason="rustc is not installed")
def test_rust(tmp_path):
    (tmp_path / "fedval.rs").write_text(example("rust"))
    built = run("rustc", "-D", "warnings", "-L", LIBRARY, "-C", f"link-arg=-Wl,-rpath,{LIBRARY}", "-o", tmp_path / "fedval",
                tmp_path / "fedval.rs")
    if "rustup could not" in built.stderr or "no default toolchain" in built.stderr:
        pytest.skip("rustup has no toolchain")
    assert built.returncode == 0, built.stderr
    done = run(tmp_path / "fedval", input=EVIDENCE)
    assert done.returncode == 0, done.stderr
    first, report = done.stdout.splitlines()
    assert first == "match deeper" and json.loads(report)["verdict"] == "fail"
    broken = run(tmp_path / "fedval", input='{"format":')
    assert broken.returncode == 1 and broken.stderr.startswith("syntax: ")


@pytest.mark.skipif(not shutil.which("node") or not shutil.which("npm"), reason="node is not installed")
def test_node(tmp_path):
    if run("npm", "install", "--no-audit", "--no-fund", "--prefix", tmp_path, KOFFI, cwd=tmp_path).returncode != 0:
        pytest.skip("koffi cannot be had from here")
    (tmp_path / "fedval.mjs").write_text(example("node"))
    done = run("node", tmp_path / "fedval.mjs", LIBRARY / "libfedval.so.0", input=EVIDENCE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:2] == ["match deeper", "verdict fail"]
    assert "finding error srv-target-outside-domain" in done.stdout
    broken = run("node", tmp_path / "fedval.mjs", LIBRARY / "libfedval.so.0", input='{"format":')
    assert broken.returncode != 0 and "Error: syntax: " in broken.stderr
