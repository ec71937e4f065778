"""The policy: whose rules judge, at what time, and with what limits."""
from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Iterator, Mapping
from typing import Any, Union

from ._fedval import lib
from ._native import create, encode, take_text
from .codes import Profile
from .documents import PolicyDocument
from .errors import Error

__all__ = ["Policy"]


class Policy:
    """A profile, with what differs from it. The fields are those of "fedval-policy/1" (docs/schema/policy-1.json).

    >>> Policy("office365", expiry_warning_days=60)

    Immutable; equal where it says the same; can be pickled.
    """

    __slots__ = ("_handle", "json")

    #: the whole policy, "fedval-policy/1"
    json: bytes

    def __init__(self, profile: Union[Profile, str] = Profile.MICROSOFT_EDGE, **fields: Any) -> None:
        """Raises SyntaxFault for a field that there is not (it names the nearest one) or a value out of range. `time`, the
        time to judge at: a datetime, or a text as "2030-01-31"."""
        with _without_place():
            self._load(_document({"profile": str(profile), **fields}))

    @classmethod
    def from_json(cls, document: Union[bytes, str]) -> Policy:
        """Out of a "fedval-policy/1" document."""
        policy = cls.__new__(cls)
        policy._load(encode(document) if isinstance(document, str) else document)
        return policy

    def _load(self, document: bytes) -> None:
        self._handle = create("policy", lib.fedval_policy_new_from_json, document, len(document), with_error=True)
        self.json = take_text(lib.fedval_policy_to_json, self._handle)

    def replace(self, **fields: Any) -> Policy:
        """The same policy with other values in some fields."""
        with _without_place():
            return Policy.from_json(_document({**json.loads(self.json), **fields}))

    def document(self) -> PolicyDocument:
        """Its fields."""
        return PolicyDocument.read(json.loads(self.json))

    def __reduce__(self) -> tuple[Any, ...]:
        return Policy.from_json, (self.json,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policy) and self.json == other.json

    def __hash__(self) -> int:
        return hash(self.json)

    def __repr__(self) -> str:
        return f"<Policy {self.json.decode()}>"


def _plain(value: object) -> object:
    if isinstance(value, datetime.datetime):
        moment = value if value.tzinfo is not None else value.replace(tzinfo=datetime.timezone.utc)
        return moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    raise TypeError(f"a policy holds no {type(value).__name__}")


@contextlib.contextmanager
def _without_place() -> Iterator[None]:
    """An error that leaves the block names the field, and no place in JSON that the caller did not write."""
    try:
        yield
    except Error as error:
        raise type(error)(error.status, error.message) from None


def _document(fields: Mapping[str, Any]) -> bytes:
    return json.dumps({"format": "fedval-policy/1", **fields}, default=_plain).encode()
