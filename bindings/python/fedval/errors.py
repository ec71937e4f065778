"""What goes wrong, as exceptions: each carries the status of the library and the place in the input."""
from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any, Optional, Union

from ._fedval import ffi, lib
from .codes import Status

__all__ = [
    "ArgumentError",
    "CallbackError",
    "CancelledError",
    "Error",
    "FormatError",
    "LimitError",
    "NoMemoryError",
    "NotFoundError",
    "StateError",
    "SyntaxFault",
    "SystemFault",
]

UNKNOWN_OFFSET = 2**64 - 1


class Error(Exception):
    """A call that the library refused. `line` and `column` begin at 1, `offset` at 0; None: not known. `file`: the path of
    the file that was read, where one was."""

    def __init__(self, status: Status, message: str = "", line: Optional[int] = None, column: Optional[int] = None,
                 offset: Optional[int] = None, file: Optional[str] = None) -> None:
        super().__init__(status, message, line, column, offset, file)
        self.status = status
        self.message = message
        self.line = line
        self.column = column
        self.offset = offset
        self.file = file

    def __str__(self) -> str:
        place = "" if self.line is None else f"line {self.line}" if self.column is None else \
            f"line {self.line}, column {self.column}"
        return ": ".join(part for part in (self.file, place, self.message or str(self.status)) if part)


class NoMemoryError(Error, MemoryError):
    """Memory was short; nothing was changed."""


class ArgumentError(Error, ValueError):
    """A value that the call does not take."""


class SyntaxFault(Error, ValueError):
    """An input that is malformed or cut."""


class LimitError(Error, ValueError):
    """An input larger than a documented limit."""


class FormatError(Error, ValueError):
    """A document of a later format, or of another one."""


class NotFoundError(Error, LookupError):
    """No such thing."""


class StateError(Error, RuntimeError):
    """Called in the wrong order."""


class SystemFault(Error, OSError):
    """The operating system refused."""

    # OSError makes its text of its arguments.
    __str__ = Error.__str__


class CancelledError(Error, RuntimeError):
    """Ended before it was done."""


class CallbackError(Error, RuntimeError):
    """A resolver or a prober written in Python failed: it raised (see `__cause__`), gave back what is no fact, or did
    not come back in time. It costs the checks that asked that question, and no others."""


@contextlib.contextmanager
def about(file: Union[str, os.PathLike[str], None]) -> Iterator[None]:
    """Errors of the library that leave the block name the file; None: there is none."""
    try:
        yield
    except Error as error:
        if file is None or error.file is not None:
            raise
        raise type(error)(error.status, error.message, error.line, error.column, error.offset,
                          os.fspath(file)) from None


CLASSES: dict[Status, type[Error]] = {
    Status.NO_MEMORY: NoMemoryError,
    Status.ARGUMENT: ArgumentError,
    Status.SYNTAX: SyntaxFault,
    Status.LIMIT: LimitError,
    Status.FORMAT: FormatError,
    Status.NOT_FOUND: NotFoundError,
    Status.STATE: StateError,
    Status.SYSTEM: SystemFault,
    Status.CANCELLED: CancelledError,
}


def error_of(number: int, error: Any = None, message: str = "") -> Error:
    """The exception of a status that is not 0; `error`: the fedval_error that says more, else `message` does."""
    status = Status.of(number)
    if error is None or error == ffi.NULL:
        return CLASSES[status](status, message)
    message = ffi.string(lib.fedval_error_get_message(error)).decode("utf-8", "replace")
    offset = lib.fedval_error_get_offset(error)
    return CLASSES[status](status, message, lib.fedval_error_get_line(error) or None,
                           lib.fedval_error_get_column(error) or None, None if offset == UNKNOWN_OFFSET else offset)
