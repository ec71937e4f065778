"""What every class of codes has in common."""
from __future__ import annotations

import enum
from typing import TypeVar

from ._fedval import ffi, lib

CodeType = TypeVar("CodeType", bound="Code")


class Code(str, enum.Enum):
    """A code of the library: the word that stands in JSON, with its `number` in the C interface."""

    number: int

    def __new__(cls, to_string: str, number: int = 0) -> Code:
        word = getattr(lib, to_string)(number)
        text: str = "" if word == ffi.NULL else ffi.string(word).decode()
        member = str.__new__(cls, text)
        member._value_ = text
        member.number = number
        return member

    def __str__(self) -> str:
        return str(self.value)

    # As str does: without this the words of two classes would be told apart by their hashes.
    __hash__ = str.__hash__

    @classmethod
    def of(cls: type[CodeType], number: int) -> CodeType:
        """The member with a number; ValueError for one that this class does not have."""
        for member in cls:
            if member.number == number:
                return member
        raise ValueError(f"{number} is no {cls.__name__}")


def number_of(cls: type[CodeType], word: str) -> int:
    """The number of a word of the class; ValueError for another word."""
    return cls(word).number
