"""Installs the build into a folder of its own, and runs the tests of bindings/go against it: vet, staticcheck, the tests with
the race detector, and the programs that the guide shows. Where there is no Go, or one that is too old, the run is skipped (status 77).
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
STATICCHECK = "honnef.co/go/tools/cmd/staticcheck@2025.1.1"


def run(*command, **more):
    return subprocess.run([str(part) for part in command], check=False, stdin=subprocess.DEVNULL, **more).returncode


def version_of(go):
    said = subprocess.run([go, "version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"go(\d+)\.(\d+)", said)
    return tuple(map(int, found.groups())) if found else (0, 0)


# The runs of each program of the guide: arguments, input, what it has to print, whether it ends with 0.
EVIDENCE = SOURCE / "examples" / "ffi" / "evidence.json"
LAB = SOURCE / "examples" / "lab"
HOST = "expe.example.com=198.41.0.4"
PROGRAMS = [[([], EVIDENCE, "srv-target-outside-domain: ", False)],
            [(["example.com", LAB / "expe.pem", LAB / "public-root.pem", HOST], os.devnull, "example.com pass\n", True),
             (["example.com", LAB / "vcse.pem", LAB / "lab-ca.pem", HOST], os.devnull, "example.com fail\n", False)]]


def runs_programs(go, folder, environment):
    """Whether the programs of the guide do what it says of them."""
    text = (SOURCE / "docs" / "guide" / "from-your-own-program.md").read_text()
    programs = re.findall(r"^```go\n(package main\n.*?)^```$", text, re.M | re.S)
    if len(programs) != len(PROGRAMS):
        print(f"the guide has {len(programs)} programs in Go, {len(PROGRAMS)} are tested")
        return False
    source = folder / "main.go"
    for program, tries in zip(programs, PROGRAMS):
        source.write_text(program)
        for arguments, given, wanted, passes in tries:
            with open(given, encoding="utf-8") as file:
                done = subprocess.run([go, "run", source, *arguments], cwd=SOURCE / "bindings" / "go", env=environment, stdin=file,
                                      capture_output=True, text=True, check=False)
            if wanted not in done.stdout or (done.returncode == 0) != passes:
                print(f"a program of the guide: wanted {wanted!r}, got {done.returncode}:\n{done.stdout}{done.stderr}")
                return False
    return True


def find_staticcheck(go, folder):
    """A staticcheck that reads what this Go writes: one that is there, or one that is built here; None: none can be had."""
    path = f"{os.environ['PATH']}:{pathlib.Path.home() / 'go' / 'bin'}"
    found = shutil.which("staticcheck", path=path)
    if found is not None:
        said = subprocess.run([go, "version", found], capture_output=True, text=True, check=False).stdout
        made = re.search(r": go(\d+)\.(\d+)", said)
        if made is not None and tuple(map(int, made.groups())) >= version_of(go):
            return found
    environment = {**os.environ, "GOBIN": str(folder), "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local"}
    try:
        built = run(go, "install", STATICCHECK, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    timeout=200) == 0
    except subprocess.TimeoutExpired:
        built = False
    return folder / "staticcheck" if built else None


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
        environment = {**os.environ, "PATH": f"{os.path.dirname(go)}:{os.environ['PATH']}", "PKG_CONFIG_PATH": str(installed),
                       "PKG_CONFIG_SYSROOT_DIR": name,
                       "LD_LIBRARY_PATH": str(installed.parent), "GOFLAGS": "-mod=readonly", "GOPROXY": "off",
                       "GOTOOLCHAIN": "local", "CGO_ENABLED": "1", "CC": "gcc",
                       # Go's cache does not see what pkg-config says: the path tells the builds of two runs apart.
                       "CGO_LDFLAGS": f"-O2 -g -L{installed.parent}"}
        commands = [[go, "vet", "./..."], [go, "test", "-race", "./..."]]
        staticcheck = find_staticcheck(go, root)
        if staticcheck is None:
            print("no staticcheck can be had for this Go: it is left out")
        else:
            commands.append([staticcheck, "./..."])
        for command in commands:
            if run(*command, cwd=SOURCE / "bindings" / "go", env=environment) != 0:
                return 1
        return 0 if runs_programs(go, root, environment) else 1


if __name__ == "__main__":
    sys.exit(main())
