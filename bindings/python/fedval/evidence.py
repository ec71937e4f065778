"""Evidence: all the facts about one domain, with the time they were gathered."""
from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Optional, Union

from ._fedval import lib
from ._native import Moment, call, create, encode, moment_of, seconds, string, take_text, text_arguments
from .codes import View
from .facts import Fact, Question, fact_of, new_fact, question_of

__all__ = ["Evidence"]

#: of how many resolvers evidence says what they are
MAX_VIEWS = 16


class Evidence:
    """All the facts about one domain. It can be written as JSON and judged elsewhere, or later.

    >>> owner = "_sipfederationtls._tcp.example.com"
    >>> Evidence("example.com", [(Question.dns(owner, "SRV"), Fact.answer([Record.srv(owner, "expe.example.com")]))])

    Immutable: any number of threads may judge it. Can be pickled.
    """

    __slots__ = ("_handle",)

    def __init__(self, domain: str, facts: Iterable[tuple[Question, Fact]] = (),
                 time: Optional[Moment] = None,
                 views: Optional[Mapping[int, Union[View, str]]] = None) -> None:
        """`time`: when the gathering ended, which is the time judged at where no policy has one. `views`: what is known
        of the resolver behind a view.

        Raises SyntaxFault for a text that is no domain.
        """
        handle = create("evidence", lib.fedval_evidence_new, *text_arguments(domain), with_error=True)
        for question, fact in facts:
            call(lib.fedval_evidence_append, handle, new_fact(question, fact))
        call(lib.fedval_evidence_set_time, handle, seconds(time))
        for view, kind in (views or {}).items():
            call(lib.fedval_evidence_set_view, handle, view, View(kind).number)
        self._handle = handle

    @classmethod
    def _of(cls, handle: Any) -> Evidence:
        """Around an object of C that nobody else changes."""
        evidence = cls.__new__(cls)
        evidence._handle = handle
        return evidence

    @classmethod
    def from_json(cls, document: Union[bytes, str]) -> Evidence:
        """Out of a "fedval-evidence/1" document. Raises SyntaxFault with the place of what is wrong."""
        data = encode(document) if isinstance(document, str) else document
        return cls._of(create("evidence", lib.fedval_evidence_new_from_json, data, len(data), with_error=True))

    def to_json(self) -> bytes:
        """The document, on one line."""
        return take_text(lib.fedval_evidence_to_json, self._handle)

    def __reduce__(self) -> tuple[Any, ...]:
        return Evidence.from_json, (self.to_json(),)

    def __repr__(self) -> str:
        return f"<Evidence about {self.domain}, {lib.fedval_evidence_count_facts(self._handle)} facts>"

    @property
    def domain(self) -> str:
        """As A-labels."""
        return string(lib.fedval_evidence_get_domain(self._handle))

    @property
    def time(self) -> Optional[datetime.datetime]:
        """When the gathering ended, in UTC."""
        return moment_of(lib.fedval_evidence_get_time(self._handle))

    @property
    def views(self) -> dict[int, View]:
        """What is known of the resolver behind a view, where something is."""
        kinds = ((view, lib.fedval_evidence_get_view(self._handle, view)) for view in range(MAX_VIEWS))
        return {view: View.of(kind) for view, kind in kinds if kind != View.UNKNOWN.number}

    @property
    def facts(self) -> list[tuple[Question, Optional[Fact]]]:
        """Each question with its fact."""
        found = []
        for i in range(lib.fedval_evidence_count_facts(self._handle)):
            pointer = lib.fedval_evidence_get_fact(self._handle, i)
            found.append((question_of(lib.fedval_fact_get_question(pointer)), fact_of(pointer)))
        return found
