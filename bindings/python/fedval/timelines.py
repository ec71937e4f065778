"""Timelines: what breaks when, as long as nothing is renewed."""
from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Optional, cast

from . import documents
from ._fedval import ffi, lib
from ._native import Moment, call, own, seconds, take_text, text_options
from .codes import Status
from .errors import StateError
from .evidence import Evidence
from .judging import JudgeLike, judge_of

__all__ = ["Timeline", "icalendar", "timeline"]


@dataclass(frozen=True)
class Timeline(documents.Timeline):
    """The times at which the findings change, the earliest first."""

    #: "fedval-timeline/1", as the library wrote it
    json: bytes = field(default=b"", repr=False, compare=False)
    #: the same for people
    text: str = field(default="", repr=False, compare=False)
    _handle: Any = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_handle": None}


def timeline(evidence: Evidence, judge: JudgeLike = None, *, start: Optional[Moment] = None,
             index: int = 0, width: int = 80) -> Timeline:
    """What breaks when. `start`: milestones after this time; None: after that of the policy or of the evidence. `index`: which
    policy of the judge.

    Raises ArgumentError where nothing says from when.
    """
    judge = judge_of(judge)
    out = ffi.new("fedval_timeline **")
    call(lib.fedval_timeline_new, judge._sealed(), index, evidence._handle, seconds(start), out)
    handle = own("timeline", out[0])
    options, _ = text_options(width, False, False)
    document = take_text(lib.fedval_timeline_to_json, handle)
    found = cast(Timeline, Timeline.read(json.loads(document)))
    for name, value in (("json", document), ("text", take_text(lib.fedval_timeline_to_text, handle, options).decode()),
                        ("_handle", handle)):
        object.__setattr__(found, name, value)
    return found


def icalendar(timelines: Iterable[Timeline]) -> bytes:
    """One iCalendar file of all of them. An event has the same identifier in every run. Raises StateError for one that was
    pickled."""
    handles = [each._handle for each in timelines]
    if None in handles:
        raise StateError(Status.STATE, "it was pickled: make the timeline again to write it")
    return take_text(lib.fedval_timelines_to_icalendar, ffi.new("fedval_timeline *[]", handles), len(handles))
