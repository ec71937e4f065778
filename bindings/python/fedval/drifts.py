"""Drift: what has changed of a domain between two reports."""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Optional, Union, cast

from . import documents
from ._fedval import ffi, lib
from ._native import create, encode, take_text
from .judging import Report

__all__ = ["Diff", "diff"]

#: A report; or one that was saved, "fedval-report/1"; None: there was none.
ReportLike = Union[Report, bytes, str, None]


@dataclass(frozen=True)
class Diff(documents.Diff):
    """What changed, the worse first."""

    #: "fedval-diff/1", as the library wrote it
    json: bytes = field(default=b"", repr=False, compare=False)
    #: the same for people, on one line
    line: str = field(default="", repr=False, compare=False)


def state_of(report: ReportLike) -> Any:
    """What a report says without what changes by itself."""
    if report is None:
        return ffi.NULL
    document = report.json if isinstance(report, Report) else encode(report) if isinstance(report, str) else report
    return create("state", lib.fedval_state_new_from_json, document, len(document), with_error=True)


def diff(before: ReportLike, now: ReportLike) -> Diff:
    """What has changed between two reports on one domain; of evidence, judge both with one judge first.

    TTLs, times and the order of records are no change, and a certificate that was only renewed says so. Raises
    ArgumentError for reports on two domains, SyntaxFault or FormatError for what is no report.
    """
    drift = create("drift", lib.fedval_drift_new, state_of(before), state_of(now))
    document = take_text(lib.fedval_drift_to_json, drift)
    found = cast(Diff, Diff.read(json.loads(document)))
    object.__setattr__(found, "json", document)
    object.__setattr__(found, "line", take_text(lib.fedval_drift_to_line, drift).decode().rstrip("\n"))
    return found
