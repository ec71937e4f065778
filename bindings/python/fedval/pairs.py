"""Pairs: both sides of one federation, and which calls work."""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Optional, Union, cast

from . import documents
from ._fedval import ffi, lib
from ._native import create, take_text, text_options
from .codes import Profile, Side, Status
from .errors import StateError
from .judging import Report

__all__ = ["Pair", "pair", "pair_profile"]


@dataclass(frozen=True)
class Pair(documents.Pair):
    """What works in which direction, and why not."""

    #: "fedval-pair/1", as the library wrote it
    json: bytes = field(default=b"", repr=False, compare=False)
    #: the same for people
    text: str = field(default="", repr=False, compare=False)


def handle_of(report: Report) -> Any:
    """The report of C."""
    if report._handle is None:
        raise StateError(Status.STATE, "it was pickled: judge the evidence again to pair it")
    return report._handle


def pair_profile(side: Union[Side, str], microsoft: Optional[Report] = None) -> Profile:
    """Under which profile a side of a federation is to be judged: Expressway judges the Microsoft side; an Edge judges the
    Cisco side, or, where the report on the Microsoft side says that its domain is hosted by Microsoft, the cloud."""
    other = ffi.NULL if microsoft is None else handle_of(microsoft)
    return Profile.of(lib.fedval_pair_choose_profile(Side(side).number, other))


def pair(cisco: Report, microsoft: Report, *, width: int = 80, utf8: bool = False) -> Pair:
    """Puts the reports on both sides of one federation together: the Cisco side judged as an Edge does (a policy of
    microsoft-edge or office365), the Microsoft side as an Expressway does.

    Raises ArgumentError for reports that are not of these sides.
    """
    handle = create("pair", lib.fedval_pair_new, handle_of(cisco), handle_of(microsoft))
    options, _ = text_options(width, False, utf8)
    document = take_text(lib.fedval_pair_to_json, handle)
    found = cast(Pair, Pair.read(json.loads(document)))
    object.__setattr__(found, "json", document)
    object.__setattr__(found, "text", take_text(lib.fedval_pair_to_text, handle, options).decode())
    ffi.release(handle)  # it borrows both reports
    return found
