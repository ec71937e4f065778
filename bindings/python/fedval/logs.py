"""Logs: what the products of both sides wrote about calls that failed."""
from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Optional, Union, cast

from . import documents
from ._fedval import ffi, lib
from ._native import call, create, encode, take_text, text_options
from .codes import Status
from .errors import ArgumentError
from .evidence import Evidence

__all__ = ["Diagnosis", "LogReader", "diagnose"]

#: how much of a file is read at once
PIECE = 1 << 20

#: A file's path; an open binary file; or a name with the bytes, in one piece or in many.
LogSource = Union[str, "os.PathLike[str]", BinaryIO, tuple[str, Union[bytes, Iterable[bytes]]]]


@dataclass(frozen=True)
class Diagnosis(documents.Diagnosis):
    """What was read from logs: incidents, joined, with what follows from them."""

    #: "fedval-diagnosis/1", as the library wrote it
    json: bytes = field(default=b"", repr=False, compare=False)
    #: the same for people
    text: str = field(default="", repr=False, compare=False)
    #: what the logs themselves observed: the SRV records of the domains called
    evidence: tuple[Evidence, ...] = field(default=(), repr=False, compare=False)

    @property
    def has_log(self) -> bool:
        """Whether any of the sources holds an entry of a log that is known. Where none does (a certificate, a binary, an
        empty file), the diagnosis "nothing" says nothing about calls. `sources[i].formats` says it of each."""
        return any(source.formats for source in self.sources)


class LogReader:
    """Reads logs piece by piece. A lock keeps two threads apart; other threads run while it reads.

    >>> reader = LogReader()
    >>> reader.begin("edge.log")
    >>> reader.feed(data)
    >>> diagnosis = reader.finish()
    """

    def __init__(self, *, max_incidents: Optional[int] = None) -> None:
        """`max_incidents`: how many are kept one by one; None: 50,000."""
        self._handle = create("log", lib.fedval_log_new)
        self._lock = threading.Lock()
        if max_incidents is not None:
            call(lib.fedval_log_set_max_incidents, self._handle, max_incidents)

    def begin(self, name: str) -> None:
        """Begins a file; `name` is what incidents call it."""
        data = encode(name)
        with self._lock:
            call(lib.fedval_log_begin_source, self._handle, data, len(data))

    def feed(self, data: Union[bytes, bytearray, memoryview]) -> None:
        """Reads on in it. The pieces may be cut anywhere."""
        with self._lock, ffi.from_buffer(data) as piece:
            call(lib.fedval_log_feed, self._handle, piece, len(piece))

    def read(self, source: LogSource) -> None:
        """Reads a whole file."""
        if isinstance(source, tuple):
            name, pieces = source
            self.begin(name)
            for piece in (pieces,) if isinstance(pieces, (bytes, bytearray)) else pieces:
                self.feed(piece)
        elif isinstance(source, (str, os.PathLike)):
            with open(source, "rb") as file:
                self._read_file(os.fspath(source), file)
        elif not hasattr(source, "read"):
            raise TypeError(f"a log is a path, a file, or a tuple of a name and bytes, not {type(source).__name__}")
        else:
            self._read_file(str(getattr(source, "name", "input")), source)

    def _read_file(self, name: str, file: BinaryIO) -> None:
        self.begin(name)
        while piece := file.read(PIECE):
            self.feed(piece)

    def finish(self, *, group: bool = False, redact: bool = False, width: int = 80, colour: bool = False,
               utf8: bool = False) -> Diagnosis:
        """Joins what was read. `group`: incidents that say the same are one, with their count. `redact`: user parts and
        addresses are replaced, so that it can be sent on."""
        options = ffi.new("fedval_diagnosis_options *", {"size": ffi.sizeof("fedval_diagnosis_options"),
                                                         "group": group, "redact": redact})
        look, _ = text_options(width, colour, utf8)
        with self._lock:
            call(lib.fedval_log_finish, self._handle)
            document = take_text(lib.fedval_log_to_json, self._handle, options)
            text = take_text(lib.fedval_log_to_text, self._handle, options, look).decode()
            evidence = tuple(self._evidence(i) for i in range(lib.fedval_log_count_evidence(self._handle)))
        diagnosis = cast(Diagnosis, Diagnosis.read(json.loads(document)))
        for name, value in (("json", document), ("text", text), ("evidence", evidence)):
            object.__setattr__(diagnosis, name, value)
        return diagnosis

    def _evidence(self, index: int) -> Evidence:
        """A copy, which does not depend on the log."""
        return Evidence.from_json(take_text(lib.fedval_evidence_to_json,
                                            lib.fedval_log_get_evidence(self._handle, index)))


def diagnose(*sources: LogSource, group: bool = False, redact: bool = False, **look: Any) -> Diagnosis:
    """What is wrong in logs that belong together: whole files, excerpts, text pasted out of mails.

    >>> diagnose("expressway.log", "edge.log").text

    A source that is no log is no error: see Diagnosis.has_log. Raises ArgumentError where there is no source.
    """
    if not sources:
        raise ArgumentError(Status.ARGUMENT, "no log is given")
    reader = LogReader()
    for source in sources:
        reader.read(source)
    return reader.finish(group=group, redact=redact, **look)
