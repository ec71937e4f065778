"""The examples in Python and Go give the same report, with the shared library alone."""
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

SOURCE = pathlib.Path(os.environ["FEDVAL_SOURCE"])
LIBRARY = pathlib.Path(os.environ["FEDVAL_BUILD"]) / "lib"
EXAMPLES = SOURCE / "examples" / "ffi"
MATCHES = [
    "match example.com expe.example.com match",
    "match example.com expe.sub.example.com deeper",
    "match acano.steven.lab vcse.steven.lab parent-or-sibling",
    "match example.com example.com apex",
    "match example.com . not-offered",
]
# A library built with sanitizers wants their runtime first in the process.
plain = pytest.mark.skipif("sanitize" in os.environ.get("FEDVAL_OPTIONS", ""), reason="sanitizers: own processes only")


def run(command, **options):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=180, **options)


def run_python(evidence):
    return run([sys.executable, EXAMPLES / "python" / "fedval_ffi.py", LIBRARY / "libfedval.so.0", evidence])


@pytest.fixture(scope="session")
def go_program(tmp_path_factory):
    go = shutil.which("go")
    if not go:
        pytest.skip("go is not installed")
    folder = tmp_path_factory.mktemp("go")
    environment = os.environ | {"CGO_ENABLED": "1", "CGO_CFLAGS": f"'-I{SOURCE}/include'",
                                "CGO_LDFLAGS": f"'-L{LIBRARY}' '-Wl,-rpath,{LIBRARY}'", "GOFLAGS": "-mod=mod",
                                "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOCACHE": str(folder / "cache"),
                                "GOPATH": str(folder / "path")}
    built = run([go, "build", "-o", folder / "ffi", "."], cwd=EXAMPLES / "go", env=environment)
    assert built.returncode == 0, built.stderr
    return folder / "ffi"


def check(result):
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == "verdict fail"
    assert "finding error srv-target-outside-domain" in lines
    assert lines[-len(MATCHES):] == MATCHES


@plain
def test_python():
    check(run_python(EXAMPLES / "evidence.json"))


@plain
def test_go(go_program):
    check(run([go_program, EXAMPLES / "evidence.json"]))


@plain
def test_both_say_where_evidence_is_broken(go_program, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text('{"format":"fedval-evidence/1",\n "domain":}')
    for result in (run_python(broken), run([go_program, broken])):
        assert result.returncode != 0
        assert "syntax, line 2" in result.stderr


@plain
def test_python_says_where_evidence_is_broken(tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text('{"format":"fedval-evidence/9"}')
    result = run_python(broken)
    assert result.returncode != 0
    assert "format" in result.stderr


def run_own_resolver(domain):
    return run([sys.executable, EXAMPLES / "python" / "own_resolver.py", LIBRARY / "libfedval.so.0", domain])


@plain
def test_facts_can_come_from_python():
    sound, missing, wrong = (run_own_resolver(name) for name in ("example.com", "nobody.example", "a b"))
    assert (sound.returncode, missing.returncode) == (0, 0), sound.stderr + missing.stderr
    assert sound.stdout.splitlines()[0] == "example.com indeterminate"  # nobody has seen its certificate
    assert "srv-missing" not in sound.stdout
    assert missing.stdout.splitlines()[:2] == ["nobody.example fail", "finding srv-missing"]
    assert (wrong.returncode, wrong.stderr) == (1, "fedval_judge_new_session: syntax\n")
