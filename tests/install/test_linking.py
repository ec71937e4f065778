"""Shared and static linking from outside the tree, by pkg-config and by CMake."""
import os
import pathlib
import shutil
import subprocess

import pytest
from tree import CC, TOP, ask_pkg_config, has_archives, has_shared, needed, packages, pkg_config, run_with, write_call

DEPENDENCIES = ("jansson", "idn2", "ldns", "ssl", "crypto", "mbedtls")


@pytest.fixture
def archives(installed):
    if not has_archives(installed):
        pytest.skip("built with -Ddefault_library=shared")
    return installed


def test_static_means_static(archives):
    if has_shared(archives):
        pytest.skip("built with -Ddefault_library=both")
    assert {path.stem for path in archives.parent.glob("*.a")} == set(packages(archives))
    prefix = pathlib.Path(pkg_config(archives, "--variable=prefix", "libfedval")[0])
    assert not [path for path in prefix.rglob("*") if ".so" in path.name]
    command = prefix / "bin" / "fedval"
    assert not command.exists() or "libfedval" not in needed(command)


def test_flags_want_no_headers_of_the_dependencies(installed, tmp_path):
    """No .pc file of a dependency can be read here, as where its -dev package is not installed."""
    for package in packages(installed):
        for static in ([], ["--static"]):
            done = ask_pkg_config(installed, "--cflags", "--libs", *static, package, libdir=str(tmp_path))
            assert done.returncode == 0, done.stderr


def test_without_archives_no_private_library_is_named(installed):
    if has_archives(installed):
        pytest.skip("archives are installed")
    for package in packages(installed):
        flags = pkg_config(installed, "--static", "--libs", package)
        assert not [flag for flag in flags if flag.removeprefix("-l") in DEPENDENCIES]


def only_archives(folder, tmp_path):
    """A folder of the archives without the shared libraries: the linker has no choice."""
    lone = tmp_path / "archives"
    lone.mkdir()
    for archive in folder.parent.glob("*.a"):
        shutil.copy(archive, lone)
    return lone


def test_every_archive_links_with_what_pkg_config_says(archives, tmp_path):
    lone = only_archives(archives, tmp_path)
    static = ["--static"] if has_shared(archives) else []
    for package in packages(archives):
        program = tmp_path / package
        flags = pkg_config(archives, "--cflags", "--libs", *static, package)
        subprocess.run([*CC, str(write_call(package, tmp_path)), "-o", str(program), f"-L{lone}",
                        *[flag for flag in flags if flag != f"-L{archives.parent}"]], check=True)
        assert "libfedval" not in needed(program)
        assert subprocess.run([str(program)], check=False).returncode == 0


def has_static_dependencies(flags):
    """Whether every library of `flags` can be had as an archive."""
    names = [flag[2:] for flag in flags if flag.startswith("-l") and "fedval" not in flag]
    found = [subprocess.run([*CC, f"-print-file-name=lib{name}.a"], capture_output=True, text=True).stdout.strip()
             for name in names]
    return "unistring" in names and all(os.path.isabs(path) for path in found)


def test_a_program_can_be_static_as_a_whole(archives, tmp_path):
    if os.environ["FEDVAL_SANITIZE"] != "none":
        pytest.skip("a sanitizer's runtime is shared")
    flags = pkg_config(archives, "--static", "--cflags", "--libs", "libfedval")
    if not has_static_dependencies(flags):
        pytest.skip("an archive of a dependency is missing")
    program = tmp_path / "whole"
    subprocess.run([*CC, "-static", str(write_call("libfedval", tmp_path)), "-o", str(program), *flags], check=True)
    assert "NEEDED" not in needed(program)
    assert subprocess.run([str(program)], check=False).returncode == 0


PROJECT = """cmake_minimum_required(VERSION 3.16)
project(outside C)
{before}
find_package(fedval 0.1 REQUIRED COMPONENTS files {components})
foreach(name {names})
    add_executable(${{name}} ${{name}}.c)
    string(REPLACE "libfedval-" "" target "${{name}}")
    string(REPLACE "libfedval" "fedval" target "${{target}}")
    target_link_libraries(${{name}} fedval::${{target}} fedval::files)
endforeach()
"""


def run_cmake(folder, tmp_path, before="", components=None):
    backends = [name.removeprefix("libfedval-") for name in packages(folder) if name != "libfedval"]
    for package in packages(folder):
        write_call(package, tmp_path)
    (tmp_path / "CMakeLists.txt").write_text(PROJECT.format(
        before=before, components=" ".join(backends if components is None else components),
        names=" ".join(packages(folder))))
    configured = subprocess.run(["cmake", "-S", str(tmp_path), "-B", str(tmp_path / "out"), "-G", "Ninja",
                                 f"-DCMAKE_C_COMPILER={shutil.which(CC[-1])}",
                                 f"-Dfedval_DIR={folder.parent / 'cmake' / 'fedval'}"], capture_output=True, text=True)
    if configured.returncode == 0:
        subprocess.run(["cmake", "--build", str(tmp_path / "out")], check=True, capture_output=True)
    return configured


needs_cmake = pytest.mark.skipif(shutil.which("cmake") is None, reason="cmake is not installed")


@needs_cmake
@pytest.mark.parametrize("static", [False, True], ids=["shared", "static"])
def test_cmake_finds_every_library(installed, tmp_path, static):
    if not (has_archives(installed) if static else has_shared(installed)):
        pytest.skip("not built")
    done = run_cmake(installed, tmp_path, before="set(fedval_USE_STATIC_LIBS ON)" if static else "")
    assert done.returncode == 0, done.stderr
    for package in packages(installed):
        program = tmp_path / "out" / package
        assert ("libfedval" in needed(program)) != static
        assert run_with(installed, program).returncode == 0


@needs_cmake
def test_cmake_says_which_component_is_missing(installed, tmp_path):
    done = run_cmake(installed, tmp_path, components=["gnutls"])
    assert done.returncode != 0
    assert "the component gnutls is not installed" in done.stderr


OUTER = """project('outer', 'c')
executable('outer', 'libfedval.c', dependencies: [dependency('libfedval'), dependency('libfedval-ldns', required: false)])
"""


def test_the_tree_serves_as_a_subproject_of_meson(tmp_path):
    """Configured only; dependency('libfedval') is the subproject's."""
    (tmp_path / "subprojects").mkdir()
    (tmp_path / "subprojects" / "libfedval").symlink_to(TOP)
    (tmp_path / "meson.build").write_text(OUTER)
    write_call("libfedval", tmp_path)
    done = subprocess.run(["meson", "setup", str(tmp_path / "out"), str(tmp_path), "--force-fallback-for=libfedval",
                           "-Dlibfedval:tests=false", "-Dlibfedval:command=disabled"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Dependency libfedval found: YES 0" in done.stdout + done.stderr
