"""No function over 60 lines, no file over 400."""
import shutil
import subprocess

import pytest

import layers

FUNCTION_LIMIT = 60
FILE_LIMIT = 400


def library_files(pattern):
    return sorted(layers.LIB.rglob(pattern))


def test_no_function_is_longer_than_a_screen():
    if not shutil.which("ctags"):
        pytest.skip("ctags is not installed")
    tags = subprocess.run(["ctags", "--languages=C", "--kinds-C=f", "--fields=+ne", "-o", "-",
                           *map(str, library_files("*.c"))], capture_output=True, text=True, check=True).stdout
    found = []
    for line in tags.splitlines():
        fields = dict(field.split(":", 1) for field in line.split("\t")[3:] if ":" in field)
        if "end" in fields and int(fields["end"]) - int(fields["line"]) + 1 > FUNCTION_LIMIT:
            found.append("\t".join(line.split("\t")[:2]))
    assert not found, "\n".join(found)


def test_no_file_is_longer_than_its_limit():
    lengths = {path: len(path.read_text().splitlines()) for path in library_files("*.[ch]")}
    found = {str(path.relative_to(layers.TOP)): length for path, length in lengths.items() if length > FILE_LIMIT}
    assert not found, found
