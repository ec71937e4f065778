"""Installs the build into a folder of its own, and runs the tests of bindings/go against it: vet, the tests with the race
detector, and the programs. Where there is no Go, or one that is too old, the run is skipped (status 77).
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["FEDVAL_SOURCE"])
BUILD = pathlib.Path(os.environ["FEDVAL_BUILD"])
OLDEST = (1, 19)
SKIPPED = 77


def run(*command, **more):
    return subprocess.run([str(part) for part in command], check=False, stdin=subprocess.DEVNULL, **more).returncode


def version_of(go):
    said = subprocess.run([go, "version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"go(\d+)\.(\d+)", said)
    return tuple(map(int, found.groups())) if found else (0, 0)


def main():
    go = shutil.which("go", path=os.environ["PATH"] + ":/usr/local/go/bin")
    if go is None or version_of(go) < OLDEST:
        print("skipped: Go 1.19 or later is not installed")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="fedval-go-") as name:
        root = pathlib.Path(name)
        if run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", env={**os.environ, "DESTDIR": name}) != 0:
            return 1
        installed = next(root.rglob("libfedval.pc")).parent
        environment = {**os.environ, "PKG_CONFIG_PATH": str(installed), "PKG_CONFIG_SYSROOT_DIR": name,
                       "LD_LIBRARY_PATH": str(installed.parent), "GOFLAGS": "-mod=readonly", "GOPROXY": "off",
                       "GOTOOLCHAIN": "local", "CGO_ENABLED": "1", "CC": "gcc"}
        for arguments in (["vet", "./..."], ["test", "-race", "./..."]):
            if run(go, *arguments, cwd=SOURCE / "bindings" / "go", env=environment) != 0:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
