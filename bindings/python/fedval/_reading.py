"""How the classes of documents.py read JSON."""
from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Callable, Optional, TypeVar

T = TypeVar("T")
EARLIEST = datetime.datetime.min.replace(tzinfo=datetime.timezone.utc)


class Document:
    """A document of the library, or a part of one."""

    __slots__ = ()


def single(read: Callable[[Any], T], value: Any) -> Optional[T]:
    """`value` as `read` reads it; None for null."""
    return None if value is None else read(value)


def each(read: Callable[[Any], T]) -> Callable[[Iterable[Any]], tuple[T, ...]]:
    """A reader of lists whose items `read` reads."""

    def read_all(values: Iterable[Any]) -> tuple[T, ...]:
        return tuple(map(read, values))

    return read_all


def moment(text: str) -> datetime.datetime:
    """A time of RFC 3339 in UTC. The year 0, which datetime does not have, is its earliest time."""
    if text.startswith("0000"):
        return EARLIEST
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


