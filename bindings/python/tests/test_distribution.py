"""The wheel and the source distribution: FEDVAL_WHEEL is the wheel that these tests were installed from."""
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import zipfile

import pytest

import fedval

PACKAGE = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel():
    if "FEDVAL_WHEEL" not in os.environ:
        pytest.skip("FEDVAL_WHEEL is not set")
    return pathlib.Path(os.environ["FEDVAL_WHEEL"])


def run(*command, **more):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **more)


def test_one_wheel_serves_every_python_from_3_9_on(wheel):
    assert re.match(r"fedval-[0-9.]+-cp39-abi3-linux_", wheel.name)
    names = zipfile.ZipFile(wheel).namelist()
    assert {"fedval/_fedval.abi3.so", "fedval/bin/fedval", "fedval/py.typed", "fedval/codes.py"} <= set(names)
    assert not [name for name in names if ".so." in name or name.endswith((".a", ".h"))]


def test_the_wheel_can_carry_all_that_it_needs(wheel, tmp_path):
    """auditwheel puts the libraries of the system into it, and what comes out runs by itself."""
    pytest.importorskip("auditwheel")
    repaired = run("auditwheel", "repair", "-w", tmp_path / "out", wheel)
    assert repaired.returncode == 0, repaired.stderr
    result = next((tmp_path / "out").glob("*.whl"))
    assert "manylinux" in result.name
    shown = run("auditwheel", "show", result)
    assert "is consistent with" in shown.stdout and "manylinux" in shown.stdout
    assert not re.search(r"libfedval|libjansson\.so\.4 \(", shown.stdout)
    installed = run(sys.executable, "-m", "pip", "-q", "install", "--no-deps", "--no-index", "--target",
                    tmp_path / "site", result)
    assert installed.returncode == 0, installed.stderr
    for command in ([sys.executable, "-c", "import fedval; print(fedval.srv_match('a.b', 'c.a.b'), fedval.__file__)"],
                    [tmp_path / "site" / "fedval" / "bin" / "fedval", "--version"]):
        done = run(*command, env={**os.environ, "PYTHONPATH": str(tmp_path / "site")}, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "match" in done.stdout and str(tmp_path) in done.stdout or "fedval" in done.stdout


def test_without_the_lock_there_is_no_stable_abi(monkeypatch):
    """What meson-python is told where the interpreter is free-threaded, which refuses a limited API."""
    pytest.importorskip("mesonpy")
    monkeypatch.syspath_prepend(str(PACKAGE))
    import backend
    for has_lock, given, wanted in ((True, None, None), (False, None, ["-Dpython.allow_limited_api=false"]),
                                    (False, {"setup-args": "-Da=b"}, ["-Da=b", "-Dpython.allow_limited_api=false"])):
        monkeypatch.setattr(backend.sysconfig, "get_config_var", lambda name, value=has_lock: 0 if value else 1)
        settings = backend.for_this_python(given)
        assert settings is given if has_lock else settings["setup-args"] == wanted


def test_a_source_distribution_holds_the_library(tmp_path):
    """Unpacked anywhere, it can be configured: the sources are there, and nothing of the tests."""
    pytest.importorskip("build")
    if not (PACKAGE.parent.parent / ".git").exists():
        pytest.skip("a source distribution is made of what git keeps")
    made = run(sys.executable, "-m", "build", "--sdist", f"-Cbuild-dir={tmp_path / 'build'}", "-o", tmp_path, PACKAGE)
    assert made.returncode == 0, made.stdout + made.stderr
    archive = next(tmp_path.glob("fedval-*.tar.gz"))
    with tarfile.open(archive) as opened:
        names = [name.split("/", 1)[1] for name in opened.getnames()]
        opened.extractall(tmp_path)
    assert {"PKG-INFO", "subprojects/libfedval/meson.build", "subprojects/libfedval/include/fedval/fedval.h",
            "fedval/names.py", "backend.py"} <= set(names)
    assert not [name for name in names if name.startswith("subprojects/libfedval/tests")]
    # What meson reads while it configures is all there; pip would go on and build it as it did the wheel.
    top = archive.with_suffix("").with_suffix("")
    configured = run("meson", "setup", top / "build", top)
    assert configured.returncode == 0, configured.stdout


def test_types_are_strict():
    pytest.importorskip("mypy")
    checked = run(sys.executable, "-m", "mypy", "--strict", "-p", "fedval", cwd=PACKAGE.parent)
    assert checked.returncode == 0, checked.stdout
    for example in sorted((PACKAGE / "examples").glob("*.py")):
        checked = run(sys.executable, "-m", "mypy", "--strict", example, cwd=PACKAGE.parent)
        assert checked.returncode == 0, checked.stdout


def test_a_user_of_the_types_is_checked(tmp_path):
    pytest.importorskip("mypy")
    (tmp_path / "wrong.py").write_text("import fedval\nverdict: int = fedval.check('example.com').report.verdict\n")
    checked = run(sys.executable, "-m", "mypy", "--strict", tmp_path / "wrong.py", cwd=tmp_path)
    assert checked.returncode == 1 and 'variable has type "int"' in checked.stdout
    assert pathlib.Path(fedval.__file__).with_name("py.typed").exists()
