"""The installed tree: a program outside the tree needs pkg-config and nothing else."""
import json
import os
import pathlib
import re
import shlex
import subprocess

import pytest

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
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


def run_with(folder, program, *words, given=None):
    libdir = pkg_config(folder, "--variable=libdir", "libfedval")[0]
    path = ":".join(filter(None, [libdir, os.environ.get("LD_LIBRARY_PATH")]))
    return subprocess.run([str(program), *words], capture_output=True, text=True, input=given,
                          env={**os.environ, "LD_LIBRARY_PATH": path})


def test_a_program_outside_the_tree_links_with_pkg_config_alone(installed, tmp_path):
    compile_outside(installed, PROGRAM, tmp_path / "outside")
    assert run_with(installed, tmp_path / "outside").stdout == "ok\n"


def compile_outside(folder, text, program):
    source = program.with_suffix(".c")
    source.write_text(text)
    flags = pkg_config(folder, "--cflags", "--libs", "libfedval")
    subprocess.run([*CC, "-Wall", "-Wextra", "-Werror", str(source), "-o", str(program), *flags], check=True)


@pytest.fixture
def readme_example(installed, tmp_path):
    """The C example of the README, compiled as the README says."""
    program = tmp_path / "example"
    compile_outside(installed, re.search(r"```c\n(.*?)```", (TOP / "README.md").read_text(), re.S).group(1), program)
    return program


def test_example_of_the_readme_judges_evidence(installed, readme_example):
    evidence = {"format": "fedval-evidence/1", "domain": "acano.steven.lab", "gathered_at": "2017-03-02T07:10:46Z",
                "facts": [{"question": {"name": "_sipfederationtls._tcp.acano.steven.lab", "type": "SRV"},
                           "outcome": "answer", "at": "2017-03-02T07:10:46Z", "source": "test", "records": [
                               {"type": "SRV", "owner": "_sipfederationtls._tcp.acano.steven.lab", "ttl": 3600,
                                "priority": 0, "weight": 0, "port": 5061, "target": "vcse.steven.lab"}]}]}
    done = run_with(installed, readme_example, given=json.dumps(evidence))
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["verdict"] == "fail"
    assert report["requirements"]["R2"] == "fail"


def test_example_of_the_readme_says_what_is_wrong_with_its_input(installed, readme_example):
    done = run_with(installed, readme_example, given='{"format":"fedval-evidence/1"')
    assert done.returncode == 1
    assert done.stderr.startswith("syntax: ")


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


def test_every_schema_is_installed_where_pkg_config_says(installed):
    folder = pathlib.Path(pkg_config(installed, "--variable=schemadir", "libfedval")[0])
    schemas = {path.name: path.read_text() for path in (TOP / "docs" / "schema").glob("*.json")}
    assert folder.parts[-2:] == ("fedval", "schema")
    assert {path.name: path.read_text() for path in folder.iterdir()} == schemas


# What each archive needs beside libfedval.a, as shared libraries.
NEEDS = {"libfedval": [], "libfedval-ldns": ["-lldns"], "libfedval-openssl": ["-lssl", "-lcrypto"],
         "libfedval-mbedtls": ["-lmbedtls", "-lmbedx509", "-lmbedcrypto"]}


def test_every_archive_links_and_says_what_it_needs(installed, tmp_path):
    libdir = installed.parent
    if not (libdir / "libfedval.a").exists():
        pytest.skip("built without -Ddefault_library=both")
    assert {path.stem for path in libdir.glob("*.a")} == set(packages(installed))
    for package in packages(installed):
        header = package.removeprefix("libfedval-") if package != "libfedval" else "status"
        call = {"ldns": "fedval_ldns_resolver_new(0, 0, 0, 0, 0)", "status": "fedval_text_free(0), 0"}.get(
            header, f"fedval_{header}_verifier_new(0)")
        source, program = tmp_path / f"{package}.c", tmp_path / f"{package}-archive"
        source.write_text(f"#include <fedval/{header}.h>\nint main(void) {{ return ({call}) > 0; }}\n")
        archives = dict.fromkeys([f"-l:{package}.a", "-l:libfedval.a"])
        subprocess.run([*CC, str(source), "-o", str(program), *pkg_config(installed, "--cflags", package),
                        f"-L{libdir}", *archives, *NEEDS[package], "-ljansson", "-lidn2", "-pthread"], check=True)
        needed = subprocess.run(["readelf", "-d", str(program)], capture_output=True, text=True, check=True).stdout
        assert "libfedval" not in needed
        assert subprocess.run([str(program)], check=False).returncode == 0
        text = (installed / f"{package}.pc").read_text()
        for name in NEEDS[package]:
            assert name[2:] in text.split("private:", 1)[1]


def test_libraries_have_a_soname(installed):
    for package in packages(installed):
        library = installed.parent / f"{package}.so"
        text = subprocess.run(["readelf", "-d", str(library)], capture_output=True, text=True, check=True).stdout
        assert f"[{package}.so.0]" in text


def test_the_command_its_manual_and_its_completion_are_installed(installed):
    if not (BUILD / "examples" / "fedval" / "fedval").exists():
        pytest.skip("the command was not built")
    prefix = pathlib.Path(pkg_config(installed, "--variable=prefix", "libfedval")[0])
    done = run_with(installed, prefix / "bin" / "fedval", "--version")
    assert done.stdout.startswith("fedval ")
    assert (prefix / "share/man/man1/fedval.1").exists() or (prefix / "share/man/man1/fedval.1.gz").exists()
    assert "complete -F" in (prefix / "share/bash-completion/completions/fedval").read_text()
