"""What the objects call: layers 0 to 3 memory and string functions only, and no layer one above it."""
import functools
import os
import pathlib
import re
import subprocess

import pytest

import layers

BUILD = pathlib.Path(os.environ.get("FEDVAL_BUILD", layers.TOP / "build"))
ALLOWED = set("""
    malloc calloc realloc free
    memchr memcmp memcpy memmove memset
    strchr strcmp strcspn strlen strncmp strnlen strrchr strspn strstr
    bsearch qsort
    __memcpy_chk __memmove_chk __memset_chk __stack_chk_fail _GLOBAL_OFFSET_TABLE_
""".split())
# The pure part of a library, or a lock: the folder that may have it, and what.
SPECIAL = {
    "names": {"idn2_to_ascii_8z", "idn2_lookup_u8", "idn2_register_u8", "idn2_free"},
    "model": {"idn2_to_ascii_8z", "idn2_lookup_u8", "idn2_free"},
    "trust": {"pthread_mutex_init", "pthread_mutex_lock", "pthread_mutex_unlock", "pthread_mutex_destroy"},
}
# What the compiler's own library tells about the processor (__builtin_cpu_supports).
SPECIAL["logs"] = {"__cpu_model", "__cpu_indicator_init"}
LOCKING_FILE = "lock_posix"


def objects():
    return sorted(BUILD.glob("lib/libfedval-internal.a.p/*.o"))


@functools.lru_cache(maxsize=None)
def tables(undefined):
    """The symbols of every object of the core, by its path: one run of nm, since there are hundreds of them."""
    return read_symbols(objects(), undefined)


def read_symbols(paths, undefined):
    found = {path: set() for path in paths}
    flag = "--undefined-only" if undefined else "--defined-only"
    lines = subprocess.run(["nm", "-A", flag, *map(str, paths)], capture_output=True, text=True, check=True).stdout
    for line in lines.splitlines():
        path, _, symbol = line.partition(":")
        found[pathlib.Path(path)].add(symbol.split()[-1])
    return found


def symbols(path, undefined):
    table = tables(undefined)
    return table[path] if path in table else read_symbols([path], undefined)[path]


def folder_of(path):
    """Of a file that the build writes, too: meson-generated_.._render_html_html_style.c.o."""
    return path.name.removeprefix("meson-generated_.._").split("_")[0]


def forbidden(path, defined):
    folder = folder_of(path)
    special = SPECIAL.get(folder, set())
    if any("mutex" in name for name in special) and LOCKING_FILE not in path.name:
        special = set()
    return symbols(path, True) - defined - ALLOWED - special


def is_sanitized():
    return any(re.match(r"__(asan|ubsan|tsan)", name) for path in objects()[:3] for name in symbols(path, True))


def test_pure_layers_call_memory_and_string_functions_only():
    if is_sanitized():
        pytest.skip("a build with sanitizers calls their runtime")
    assert objects(), f"no objects under {BUILD}"
    defined = set().union(*(symbols(path, False) for path in objects()))
    found = {path.name: sorted(forbidden(path, defined)) for path in objects() if folder_of(path) in layers.PURE}
    found = {name: bad for name, bad in found.items() if bad}
    assert not found, found


def test_a_call_of_the_clock_is_seen(tmp_path):
    source = tmp_path / "names_clock.c"
    source.write_text("#include <time.h>\nlong now(void);\nlong now(void) { return (long)time(0); }\n")
    compiled = tmp_path / "names_clock.c.o"
    subprocess.run(["cc", "-c", str(source), "-o", str(compiled)], check=True)
    assert forbidden(compiled, set()) == {"time"}


def test_no_object_calls_a_layer_above_it():
    home = {name: folder_of(path) for path in objects() for name in symbols(path, False)}
    found = [f"{path.name}: {name} of {home[name]}/" for path in objects() for name in sorted(symbols(path, True))
             if name in home and not layers.may_see(folder_of(path), home[name])
             and not (folder_of(path) == "backends" and name.startswith("fedval_"))]
    assert not found, "\n".join(found)


def test_pure_layers_have_no_writable_globals():
    if is_sanitized():
        pytest.skip("a build with sanitizers has data of its own")
    found = []
    for path in objects():
        if folder_of(path) in layers.PURE:
            # Tables of pointers live in .data.rel.ro and are constant once the program runs.
            table = subprocess.run(["objdump", "-t", str(path)], capture_output=True, text=True, check=True).stdout
            found += [f"{path.name}: {name}" for name in re.findall(r"\sO\s\.(?:data|bss)\s.*\s(\S+)$", table, re.M)]
    assert not found, found
