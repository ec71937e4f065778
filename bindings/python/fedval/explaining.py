"""What a code, an id or a sentence of a log means."""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import cast

from . import documents
from ._fedval import ffi, lib
from ._native import encode, take_text, text_options

__all__ = ["Explanation", "explain"]


@dataclass(frozen=True)
class Explanation(documents.Explanation):
    """What a text stands for, the likeliest meaning first."""

    #: "fedval-explanation/1", as the library wrote it
    json: bytes = field(default=b"", repr=False, compare=False)
    #: the same for people
    text: str = field(default="", repr=False, compare=False)


def explain(text: str, *, long: bool = False, width: int = 80, colour: bool = False, utf8: bool = False) -> Explanation:
    """What a code, an id, a symbol or a sentence from a log stands for: "1010", "TLS alert 42", "srv-missing".

    `long`: the text says everything, not the first meaning in ten lines. An unknown one is no error: `answer` says so.
    """
    data = encode(text)
    options, _ = text_options(width, colour, utf8)
    document = take_text(lib.fedval_explanation_to_json, data, len(data), after=(ffi.NULL,))
    shown = take_text(lib.fedval_explanation_to_text, data, len(data), int(long), options, after=(ffi.NULL,))
    explanation = cast(Explanation, Explanation.read(json.loads(document)))
    object.__setattr__(explanation, "json", document)
    object.__setattr__(explanation, "text", shown.decode())
    return explanation
