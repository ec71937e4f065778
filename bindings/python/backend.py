"""The build backend: meson-python, with the sources of libfedval where Meson looks for a subproject.

In the tree the package lies in bindings/python, and subprojects/libfedval becomes a link to the tree. A source
distribution holds a copy of what the library and its command are built from.
"""
import io
import os
import pathlib
import subprocess
import sys
import sysconfig
import tarfile

import mesonpy
from mesonpy import *  # noqa: F403: the hooks that are not changed here

HERE = pathlib.Path(__file__).resolve().parent
SUBPROJECT = HERE / "subprojects" / "libfedval"
TREE = HERE.parent.parent
OLDEST = "cp39"

# What the library and the command are built from.
SOURCES = ["LICENSE", "meson.build", "meson_options.txt", "docs/fedval.1", "docs/manual.py", "docs/schema", "examples", "include", "lib",
           "pkgconfig"]


def provide_sources():
    """The link, where there is neither it nor a copy."""
    if SUBPROJECT.exists():
        return
    if not (TREE / "include" / "fedval").is_dir():
        raise SystemExit("fedval: the sources of libfedval are not here: build from the tree, or from a source distribution")
    SUBPROJECT.parent.mkdir(exist_ok=True)
    try:
        SUBPROJECT.symlink_to(os.path.relpath(TREE, SUBPROJECT.parent), target_is_directory=True)
    except FileExistsError:
        pass  # another build was faster


def for_this_python(config_settings):
    """A free-threaded Python has no stable ABI: the extension is then for the Python that builds it."""
    if not sysconfig.get_config_var("Py_GIL_DISABLED"):
        return config_settings
    settings = dict(config_settings or {})
    given = settings.get("setup-args", [])
    settings["setup-args"] = [*([given] if isinstance(given, str) else given), "-Dpython.allow_limited_api=false"]
    return settings


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """The wheel says which Python it was built with; where it keeps to the stable ABI it serves 3.9 as well."""
    name = mesonpy.build_wheel(wheel_directory, for_this_python(config_settings), metadata_directory)
    if "-abi3-" not in name:
        return name
    command = [sys.executable, "-m", "wheel", "tags", "--remove", "--python-tag", OLDEST, os.path.join(wheel_directory, name)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]


def listed(folder, names):
    """The files of git below some names of a folder; all that are there where there is no git."""
    found = subprocess.run(["git", "ls-files", "-z", "--", *names], cwd=folder, capture_output=True, text=True, check=False)
    if found.returncode == 0 and found.stdout:
        return sorted(name for name in found.stdout.split("\0") if name)
    paths = [path for name in names for path in [folder / name, *(folder / name).rglob("*")]]
    return sorted(str(path.relative_to(folder)) for path in paths if path.is_file())


def add_sources(sdist):
    """Puts the sources of the library into a source distribution that has only the package."""
    folder = SUBPROJECT.resolve()
    with tarfile.open(sdist, "r:gz") as archive:
        members = [(member, archive.extractfile(member).read()) for member in archive.getmembers() if member.isfile()]
    top = members[0][0].name.split("/")[0]
    with tarfile.open(sdist, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for member, data in members:
            archive.addfile(member, io.BytesIO(data))
        for name in listed(folder, SOURCES):
            data = (folder / name).read_bytes()
            member = tarfile.TarInfo(f"{top}/subprojects/libfedval/{name}")
            member.size, member.mode, member.mtime = len(data), 0o644, members[0][0].mtime
            archive.addfile(member, io.BytesIO(data))


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    return mesonpy.build_editable(wheel_directory, for_this_python(config_settings), metadata_directory)


def build_sdist(sdist_directory, config_settings=None):
    name = mesonpy.build_sdist(sdist_directory, config_settings)
    add_sources(pathlib.Path(sdist_directory, name))
    return name


# Whichever hook is called, it configures the project.
provide_sources()
