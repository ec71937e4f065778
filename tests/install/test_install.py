"""The installed tree: a program outside the tree needs pkg-config and nothing else."""
import json
import pathlib
import re
import subprocess

import pytest
from tree import BUILD, CC, TOP, has_shared, needed, packages, pkg_config, run_with

PROGRAM = """
#include <fedval/status.h>
#include <stdio.h>

int main(void)
{
    puts(fedval_status_to_string(FEDVAL_OK));
    return 0;
}
"""


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


def test_every_backend_that_was_built_has_its_pc_file(installed):
    built = {path.stem for pattern in ("libfedval*.so", "static/libfedval*.a") for path in (BUILD / "lib").rglob(pattern)}
    assert set(packages(installed)) == built


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


def test_libraries_have_a_soname(installed):
    if not has_shared(installed):
        pytest.skip("archives alone")
    for package in packages(installed):
        assert f"[{package}.so.0]" in needed(installed.parent / f"{package}.so")


def test_no_path_of_the_build_is_in_what_is_installed(installed):
    """The same bytes wherever the tree lies: tools/soak reproducible builds it twice."""
    root = next(parent for parent in installed.parents if parent.name.startswith("root"))
    found = [path.name for path in root.rglob("*") if path.is_file() and str(TOP).encode() in path.read_bytes()]
    assert not found, found


def test_the_command_its_manual_and_its_completion_are_installed(installed):
    if not (BUILD / "examples" / "fedval" / "fedval").exists():
        pytest.skip("the command was not built")
    prefix = pathlib.Path(pkg_config(installed, "--variable=prefix", "libfedval")[0])
    done = run_with(installed, prefix / "bin" / "fedval", "--version")
    assert done.stdout.startswith("fedval ")
    assert (prefix / "share/man/man1/fedval.1").exists() or (prefix / "share/man/man1/fedval.1.gz").exists()
    assert (prefix / "share/man/man1/fedval-check.1").exists() or (prefix / "share/man/man1/fedval-check.1.gz").exists()
    assert "complete -F" in (prefix / "share/bash-completion/completions/fedval.bash").read_text()
    assert (prefix / "share/zsh/site-functions/_fedval").read_text().startswith("#compdef fedval\n")
    assert "complete -c fedval" in (prefix / "share/fish/vendor_completions.d/fedval.fish").read_text()
