"""The installed tree: a program outside the tree needs pkg-config and nothing else."""
import os
import pathlib
import shlex
import subprocess

import pytest

BUILD = pathlib.Path(os.environ["FEDVAL_BUILD"])
CC = shlex.split(os.environ.get("CC", "cc"))
PROGRAM = """
#include <fedval/status.h>
#include <stdio.h>

int main(void)
{
    puts(fedval_status_to_string(FEDVAL_OK));
    return 0;
}
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The folder that stands for the prefix after an installation into an empty root."""
    root = tmp_path_factory.mktemp("root")
    done = subprocess.run(["meson", "install", "-C", str(BUILD), "--no-rebuild", "--quiet", "--destdir", str(root)],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(root.rglob("libfedval.pc")).parent


def pkg_config(folder, *arguments):
    """Asks pkg-config about the installed tree; its prefix stands under the temporary root."""
    text = (folder / "libfedval.pc").read_text()
    prefix = text.split("prefix=", 1)[1].splitlines()[0]
    root = str(folder)[:str(folder).index(prefix)]
    environment = {**os.environ, "PKG_CONFIG_PATH": str(folder)}
    done = subprocess.run(["pkg-config", f"--define-variable=prefix={root}{prefix}", *arguments],
                          capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def run_with(folder, program):
    libdir = pkg_config(folder, "--variable=libdir", "libfedval")[0]
    path = ":".join(filter(None, [libdir, os.environ.get("LD_LIBRARY_PATH")]))
    return subprocess.run([str(program)], capture_output=True, text=True, env={**os.environ, "LD_LIBRARY_PATH": path})


def test_a_program_outside_the_tree_links_with_pkg_config_alone(installed, tmp_path):
    source = tmp_path / "outside.c"
    source.write_text(PROGRAM)
    flags = pkg_config(installed, "--cflags", "--libs", "libfedval")
    subprocess.run([*CC, "-Wall", "-Werror", str(source), "-o", str(tmp_path / "outside"), *flags], check=True)
    assert run_with(installed, tmp_path / "outside").stdout == "ok\n"


def packages(folder):
    return sorted(path.stem for path in folder.glob("*.pc"))


def test_every_backend_that_was_built_has_its_pc_file(installed):
    built = {path.stem for path in (BUILD / "lib" / "backends").rglob("libfedval-*.so")}
    assert set(packages(installed)) == built | {"libfedval"}


def test_every_pc_file_links(installed, tmp_path):
    source = tmp_path / "empty.c"
    source.write_text("int main(void) { return 0; }\n")
    for package in packages(installed):
        flags = pkg_config(installed, "--cflags", "--libs", package)
        program = tmp_path / package
        subprocess.run([*CC, str(source), "-o", str(program), "-Wl,--no-as-needed", *flags], check=True)
        done = run_with(installed, program)
        assert done.returncode == 0, f"{package}: {done.stderr}"


def test_libraries_have_a_soname(installed):
    for package in packages(installed):
        library = installed.parent / f"{package}.so"
        text = subprocess.run(["readelf", "-d", str(library)], capture_output=True, text=True, check=True).stdout
        assert f"[{package}.so.0]" in text
