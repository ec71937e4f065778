"""Plans: what has to exist so that federation works, and in which order it is made."""
from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, Union, cast

from . import documents
from ._fedval import ffi, lib
from ._native import (Moment, call, call_with_error, create, encode, own, seconds, string, string_or_none, take_text,
                      text_options)
from .checking import check_many
from .codes import IntentFile, Status, Verdict
from .errors import SyntaxFault, about
from .evidence import Evidence
from .judging import Judge, JudgeLike, judge_of
from .ports import Either, PortLike, Zone

__all__ = ["Plan", "plan"]


@dataclass(frozen=True)
class Plan(documents.Plan):
    """The steps in their order, what comes of them, what is assumed and what is asked."""

    #: "fedval-plan/1", as the library wrote it
    json: bytes = field(default=b"", repr=False, compare=False)
    #: the same for people
    text: str = field(default="", repr=False, compare=False)
    #: what can be written, by name: zone lines, requests, xConfiguration lines, PowerShell, letters
    contents: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def passed(self) -> bool:
        """Whether the plan may be carried out as it is, as exit status 0 of `fedval plan` says: its end is a pass, and every
        file that lies ready will do. `questions` and `assumed` say what it rests on."""
        return self.after == Verdict.PASS and not self.refused

    @property
    def refused(self) -> tuple[documents.PlanRequest, ...]:
        """The requests whose file lies ready and will not do; the findings in `ready` say why."""
        return tuple(each for each in self.requests if each.ready is not None and not each.ready.will_do)


class Intent:
    """What is to be, with the files that it names."""

    def __init__(self, document: bytes, folder: Path) -> None:
        self.handle = create("intent", lib.fedval_intent_new_from_json, document, len(document), with_error=True)
        self.zones: list[Zone] = []
        for i in range(lib.fedval_intent_count_files(self.handle)):
            path = folder / string(lib.fedval_intent_get_file_path(self.handle, i))
            if lib.fedval_intent_get_file_use(self.handle, i) == IntentFile.ZONE.number:
                self.zones.append(Zone.read(path))
            else:
                data = path.read_bytes()
                with about(path):
                    call_with_error(lib.fedval_intent_supply_file, self.handle, i, data, len(data))

    @property
    def domains(self) -> list[str]:
        return [string(lib.fedval_intent_get_domain(self.handle, i))
                for i in range(lib.fedval_intent_count_domains(self.handle))]

    def append(self, evidence: Evidence) -> None:
        """What there is today."""
        call(lib.fedval_intent_append_evidence, self.handle, evidence._handle)

    def read_zones(self, judge: Judge, now: Moment) -> None:
        """What the zone files say today."""
        if not self.zones:
            return
        resolver: PortLike = self.zones[-1]
        for zone in reversed(self.zones[:-1]):
            resolver = Either(zone, resolver)
        for check in check_many(self.domains, judge=judge, resolver=resolver, prober=None, at=now):
            if check.evidence is None:
                check.raise_error()
            else:
                self.append(check.evidence)


def contents_of(handle: Any) -> dict[str, str]:
    found = {}
    for i in range(lib.fedval_plan_count_files(handle)):
        name = string_or_none(lib.fedval_plan_get_file_name(handle, i))
        if name is not None:
            found[name] = take_text(lib.fedval_plan_file_to_text, handle, i).decode()
    return found


def document_of(intent: Union[Mapping[str, Any], bytes, str, os.PathLike[str]]) -> bytes:
    """The intent as JSON."""
    if isinstance(intent, Mapping):
        return json.dumps(intent).encode()
    data = encode(intent) if isinstance(intent, str) else intent if isinstance(intent, bytes) else \
        Path(intent).read_bytes()
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.lstrip().startswith(b"{"):
        raise SyntaxFault(Status.SYNTAX, "no JSON: plan() takes a dict, the JSON of one, or a pathlib.Path of a JSON file; "
                          "only the command (fedval plan) reads YAML: give plan() what yaml.safe_load makes of it")
    return data


def plan(intent: Union[Mapping[str, Any], bytes, str, os.PathLike[str]], *, judge: JudgeLike = None,
         folder: Union[str, os.PathLike[str], None] = None, today: Iterable[Evidence] = (),
         now: Optional[Moment] = None, width: int = 80) -> Plan:
    """The plan for an intent: a "fedval-intent/1" document, the pathlib.Path of one, or what json.loads gives of one.
    Nothing is ever executed, and nothing is written: `contents` holds the files that could be.

    `folder`: the folder of the files that the intent names (certificates, requests, zones); they are read. None: that of
    the intent, where it is a path, else the working directory. `today`: evidence of what there is, such as that of
    check_many; what its zone files say is added. `now`: the time to judge at, a datetime or a text as "2030-01-31"; None: now. What cannot be planned is a
    question of the plan; SyntaxFault names the member of the intent that is wrong.
    """
    path = intent if isinstance(intent, os.PathLike) else None
    if folder is None:
        folder = Path() if path is None else Path(path).parent
    judge = judge_of(judge)
    moment = datetime.datetime.now(datetime.timezone.utc) if now is None else now
    at = seconds(moment)
    with about(path):
        wanted = Intent(document_of(intent), Path(folder))
    wanted.read_zones(judge, moment)
    for evidence in today:
        wanted.append(evidence)
    out = ffi.new("fedval_plan **")
    call(lib.fedval_plan_new, judge._sealed(), 0, wanted.handle, at, out)
    handle = own("plan", out[0])
    options, _ = text_options(width, False, False)
    made = take_text(lib.fedval_plan_to_json, handle)
    found = cast(Plan, Plan.read(json.loads(made)))
    for name, value in (("json", made), ("text", take_text(lib.fedval_plan_to_text, handle, options).decode()),
                        ("contents", contents_of(handle))):
        object.__setattr__(found, name, value)
    return found
