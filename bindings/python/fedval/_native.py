"""Calls of the C library: texts in and out, objects that free themselves, statuses that raise."""
from __future__ import annotations

import datetime
import os
import threading
from typing import Any, Callable, Optional, TypeVar, Union

from ._fedval import ffi, lib
from .errors import error_of

Callback = TypeVar("Callback", bound=Callable[..., Any])
#: A datetime (UTC where it has no zone), or a text of RFC 3339, or of a date alone.
Moment = Union[datetime.datetime, str]
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
TIME_UNKNOWN: int = int(lib.FEDVAL_TIME_UNKNOWN)

#: Held while something that threads share is made. A fork waits for it, so no child finds it locked by a thread that the
#: child does not have.
making = threading.RLock()
os.register_at_fork(before=making.acquire, after_in_parent=making.release, after_in_child=making.release)


def encode(text: str) -> bytes:
    """UTF-8; what no UTF-8 can say becomes bytes that the library refuses with a status of its own."""
    try:
        return text.encode("utf-8", "surrogatepass")
    except AttributeError:
        raise TypeError(f"a str is wanted, not {type(text).__name__}") from None


def string(pointer: Any) -> str:
    """The text at a pointer that is not NULL."""
    text: bytes = ffi.string(pointer)
    return text.decode("utf-8", "replace")


def string_or_none(pointer: Any) -> Optional[str]:
    """The text at a pointer; None for NULL."""
    return None if pointer == ffi.NULL else string(pointer)


def block(pointer: Any, length: Any) -> Optional[bytes]:
    """A copy of the bytes that a getter gave with their length; None for NULL."""
    return None if pointer == ffi.NULL else bytes(ffi.buffer(pointer, length[0]))


def text_arguments(text: Optional[str]) -> tuple[Any, int]:
    """A text as pointer and length; None is absent."""
    if text is None:
        return ffi.NULL, 0
    data = encode(text)
    return data, len(data)


def call(function: Any, *arguments: Any) -> None:
    """Calls a function that gives a status; raises what the status says."""
    status = function(*arguments)
    if status != 0:
        raise error_of(status)


def call_with_error(function: Any, *arguments: Any) -> None:
    """The same of a function whose last parameter is the error with its place."""
    error = ffi.gc(lib.fedval_error_new(), lib.fedval_error_free)
    status = function(*arguments, error)
    if status != 0:
        raise error_of(status, error)


def create(kind: str, function: Any, *arguments: Any, with_error: bool = False) -> Any:
    """The object that a function hands out as its last parameter; it is freed with its last reference."""
    out = ffi.new(f"fedval_{kind} **")
    (call_with_error if with_error else call)(function, *arguments, out)
    return own(kind, out[0])


def own(kind: str, pointer: Any) -> Any:
    """An object that the library handed over, freed with its last reference."""
    return ffi.gc(pointer, getattr(lib, f"fedval_{kind}_free"))


def take_text(function: Any, *arguments: Any, after: tuple[Any, ...] = ()) -> bytes:
    """The text that a function writes (text, length and what stands `after` them are its last parameters)."""
    text, length = ffi.new("char **"), ffi.new("size_t *")
    call(function, *arguments, text, length, *after)
    try:
        return bytes(ffi.buffer(text[0], length[0]))
    finally:
        lib.fedval_text_free(text[0])


def seconds(moment: Optional[Moment]) -> int:
    """Seconds since 1970; a datetime without a zone is taken as UTC. None is a time that is not known."""
    if moment is None:
        return TIME_UNKNOWN
    if isinstance(moment, str):
        out = ffi.new("int64_t *")
        status = lib.fedval_time_from_string(*text_arguments(moment), out)
        if status != 0:
            raise error_of(status, message=f"no time: {moment!r}; \"2030-01-31\" and \"2030-01-31T07:10:46Z\" are")
        return int(out[0])
    if not isinstance(moment, datetime.datetime):
        raise TypeError(f"a time is a datetime, or a text as \"2030-01-31\", not {type(moment).__name__}")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    return (moment - EPOCH) // datetime.timedelta(seconds=1)


def moment_of(time: int) -> Optional[datetime.datetime]:
    """The datetime, in UTC, of seconds since 1970; None for a time that is not known, or that datetime has not."""
    if time == TIME_UNKNOWN:
        return None
    try:
        return EPOCH + datetime.timedelta(seconds=time)
    except OverflowError:
        return None


def called_by_library(error: Optional[int] = None) -> Callable[[Callback], Callback]:
    """Makes a function that one which the library calls, by its name. What it raises cannot cross the library: it gets
    `error`, and raise_pending raises once the call of the library has returned."""

    def decorate(function: Callback) -> Callback:
        ffi.def_extern(function.__name__, error=error, onerror=_keep)(function)
        return function

    return decorate


_pending = threading.local()


def _keep(kind: type[BaseException], value: BaseException, traceback: Any) -> None:
    if getattr(_pending, "raised", None) is None:
        _pending.raised = value


def raise_pending() -> None:
    """Raises what a function that the library called has raised in this thread: that of a signal (Ctrl-C), above all."""
    raised: Optional[BaseException] = getattr(_pending, "raised", None)
    if raised is not None:
        _pending.raised = None
        raise raised


def text_options(width: int, colour: bool, utf8: bool, public_roots: Optional[str] = None) -> tuple[Any, Any]:
    """fedval_text_options, and what has to live as long."""
    return sized("fedval_text_options", public_roots, width=width, colour=colour, utf8=utf8)


def html_options(fragment: bool, public_roots: Optional[str]) -> tuple[Any, Any]:
    """fedval_html_options, and what has to live as long."""
    return sized("fedval_html_options", public_roots, fragment=fragment)


def sized(kind: str, public_roots: Optional[str], **members: Any) -> tuple[Any, Any]:
    """Options of a kind that begins with its size and names the public roots."""
    roots = ffi.NULL if public_roots is None else ffi.new("char[]", encode(public_roots))
    return ffi.new(f"{kind} *", {"size": ffi.sizeof(kind), "public_roots": roots, **members}), roots
