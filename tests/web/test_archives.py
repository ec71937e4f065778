"""Archives as the page unpacks them: one that is cut off or damaged says so, wherever it is."""
import gzip
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
DAMAGED = "a damaged archive: what is packed in it cannot be unpacked, or is not what was packed; copy or fetch it again"

pytestmark = pytest.mark.skipif(NODE is None, reason="there is no Node")


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


@pytest.mark.parametrize("kind", ["stored", "piped"])
def test_content_that_is_not_what_was_packed_says_so(tmp_path, kind):
    data = bytearray(KINDS[kind]())
    if kind == "stored":
        data[data.index(b"INVITE")] ^= 1  # nothing but the CRC can tell
    else:
        data[data.index(b"PK\1\2") + 16] ^= 1  # the CRC itself
    [result] = unpack(tmp_path / "changed.zip", data, [len(data)])
    assert result == {"entries": {}, "error": DAMAGED}


def test_long_names_and_lengths_are_read(tmp_path):
    name = "/".join(["d" * 90, "e" * 90, "expé.log"])
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT):
        own = name if form != tarfile.USTAR_FORMAT else "/".join(["d" * 60, "e" * 60, "exp.log"])
        held = io.BytesIO()
        with tarfile.open(fileobj=held, mode="w", format=form) as archive:
            archive.add(LOGS[0], own)
            archive.add(LOGS[1], "short.log")
        [result] = unpack(tmp_path / "long.tar", held.getvalue(), [len(held.getvalue())])
        assert result == {"entries": {own: LOGS[0].read_text(), "short.log": LOGS[1].read_text()}}, form
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as entry:
        entry.write(LOGS[0].read_bytes())
    [result] = unpack(tmp_path / "long.zip", held.getvalue(), [len(held.getvalue())])
    assert result == {"entries": {name: LOGS[0].read_text()}}


def test_a_header_of_a_tar_that_was_changed_says_so(tmp_path):
    data = bytearray(tarred())
    data[3] ^= 1  # in the first name
    [result] = unpack(tmp_path / "changed.tar", data, [len(data)])
    assert result == {"entries": {}, "error": DAMAGED}


def test_members_of_a_gzip_file_are_joined_and_each_is_compared(tmp_path):
    first, second = (log.read_bytes() for log in LOGS)
    whole = {"entries": {"": (first + second).decode()}}
    members = gzip.compress(first) + gzip.compress(second)
    by_chance = gzip.compress(first + b"\x1f\x8b\x08\x00" * 20, 0)  # stored: what looks like a member is none
    for data, wanted in ((members, whole), (members + bytes(512), whole), (gzip.compress(first + second) + bytes(9), whole),
                         (members[:-1], {"entries": {}, "error": CUT_OFF}), (members + b"more", {"entries": {}, "error": DAMAGED})):
        [result] = unpack(tmp_path / "members.gz", data, [len(data)])
        assert result == wanted
    [result] = unpack(tmp_path / "chance.gz", by_chance, [len(by_chance)])
    assert result["entries"][""].startswith(first.decode())
    for at in (-6, len(gzip.compress(first)) - 6):  # a CRC
        data = bytearray(members)
        data[at] ^= 1
        [result] = unpack(tmp_path / "changed.gz", data, [len(data)])
        assert result == {"entries": {}, "error": DAMAGED}, at
