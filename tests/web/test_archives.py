"""Archives as the page unpacks them: one that is cut off or damaged says so, wherever it is."""
import io
import json
import pathlib
import tarfile
import zipfile

import pytest

from built import NODE, SOURCE, node

LOGS = [SOURCE / "examples" / "lab" / "logs" / name for name in ("edge.log", "expe.log")]
UNPACK = SOURCE / "tests" / "web" / "archives.mjs"
CUT_OFF = "a damaged archive: it is cut off before its end; copy or fetch it again"
DAMAGED = "a damaged archive: what is packed in it cannot be unpacked; copy or fetch it again"

pytestmark = pytest.mark.skipif(NODE is None or not (SOURCE / "web/node_modules/fflate").exists(), reason="what the page is built with is not here")


class Pipe(io.RawIOBase):
    """Cannot seek: a zip that is written to it says the lengths behind the entries."""
    def __init__(self):
        self.written = b""

    def writable(self):
        return True

    def write(self, data):
        self.written += bytes(data)
        return len(data)


def zipped(method, held):
    with zipfile.ZipFile(held, "w", method) as archive:
        archive.comment = b"two logs"
        for log in LOGS:
            archive.write(log, log.name)
    return held.written if isinstance(held, Pipe) else held.getvalue()


def tarred():
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for log in LOGS:
            archive.add(log, log.name)
    return held.getvalue()


KINDS = {"deflated": lambda: zipped(zipfile.ZIP_DEFLATED, io.BytesIO()), "stored": lambda: zipped(zipfile.ZIP_STORED, io.BytesIO()),
         "piped": lambda: zipped(zipfile.ZIP_DEFLATED, Pipe()), "tar": tarred}


def unpack(path: pathlib.Path, data, lengths):
    path.write_bytes(data)
    return [json.loads(line) for line in node(UNPACK, path, *lengths).splitlines()]


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_that_is_cut_off_says_so_wherever_it_is_cut(tmp_path, kind):
    data = KINDS[kind]()
    end = data.rindex(b"PK\5\6") + 22 if kind != "tar" else len(data.rstrip(b"\0")) // 512 * 512 + 1024
    lengths = [*range(520 if kind == "tar" else 30, end - 1, 7), end - 1]
    *cut, whole = unpack(tmp_path / "archive", data, [*lengths, len(data)])
    assert whole == {"entries": {log.name: log.read_text() for log in LOGS}}
    for length, result in zip(lengths, cut, strict=True):
        assert result.get("error") == CUT_OFF, length
        assert result["entries"].items() <= whole["entries"].items(), length


def test_a_zip_whose_content_was_changed_says_so(tmp_path):
    data = bytearray(KINDS["deflated"]())
    data[40] ^= 0xff  # in the first entry's packed bytes
    [result] = unpack(tmp_path / "changed.zip", data, [len(data)])
    assert result == {"entries": {}, "error": DAMAGED}
    data = bytearray(KINDS["deflated"]())
    data[data.index(b"PK\3\4", 4)] ^= 0xff  # the second entry is not found any more
    [result] = unpack(tmp_path / "lost.zip", data, [len(data)])
    assert result["error"] == DAMAGED
