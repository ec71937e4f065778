"""The session: which questions a domain needs, for programs that ask them in their own way."""
from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from typing import Any, Optional

from ._fedval import ffi, lib
from ._native import Moment, call, create, own, seconds, text_arguments
from .codes import Status
from .errors import StateError
from .evidence import Evidence
from .facts import Fact, Question, fill, new_fact, question_of
from .judging import JudgeLike, judge_of

__all__ = ["Session"]


class Session:
    """Knows a domain, the policies and the facts so far, and says which questions are still to be asked. No I/O.

    >>> session = Session("example.com")
    >>> while not session.is_done:
    ...     for question in session.questions():
    ...         session.supply(question, ask(question))  # your function
    >>> report = fedval.evaluate(session.evidence())

    Several questions may be open at once, and their facts come in any order. A lock keeps two threads apart.
    """

    def __init__(self, domain: str, judge: JudgeLike = None, *, views: int = 1) -> None:
        """`views`: how many resolvers are compared. Raises SyntaxFault for a text that is no domain."""
        self._handle = create("session", lib.fedval_judge_new_session, judge_of(judge)._sealed(), *text_arguments(domain), views,
                              with_error=True)
        self._lock = threading.Lock()
        self._pointers: dict[Question, Any] = {}

    def questions(self) -> Iterator[Question]:
        """The questions that it has not given yet. Each fact that is supplied can raise new ones."""
        while True:
            question = self.next()
            if question is None:
                return
            yield question

    def next(self) -> Optional[Question]:
        """One of them; None: no new question."""
        out = ffi.new("fedval_question **")
        with self._lock:
            call(lib.fedval_session_next, self._handle, out)
            if out[0] == ffi.NULL:
                return None
            question = question_of(out[0])
            self._pointers[question] = out[0]
            return question

    def supply(self, question: Question, fact: Optional[Fact]) -> None:
        """The fact of a question; None: it gets none ("not checked"). One that was not asked for is welcome."""
        if fact is None:
            self.skip(question)
            return
        with self._lock:
            pointer = self._pointers.get(question)
            if pointer is None:
                made = new_fact(question, fact)
            else:
                made = create("fact", lib.fedval_fact_new, pointer)
                fill(made, fact, question.kind)
            call(lib.fedval_session_supply, self._handle, made)

    def skip(self, question: Question) -> None:
        """The question gets no fact. Raises KeyError for one that the session did not give."""
        with self._lock:
            call(lib.fedval_session_skip, self._handle, self._pointers[question])

    @property
    def is_done(self) -> bool:
        """Whether every question has its fact or was skipped."""
        with self._lock:
            return bool(lib.fedval_session_is_done(self._handle))

    def evidence(self, time: Optional[Moment] = None) -> Evidence:
        """Takes the evidence; the session then is at its end. `time`: when the gathering ended; None: now."""
        with self._lock:
            now = datetime.datetime.now(datetime.timezone.utc) if time is None else time
            call(lib.fedval_session_set_time, self._handle, seconds(now))
            taken = lib.fedval_session_take_evidence(self._handle)
            self._pointers.clear()
        if taken == ffi.NULL:
            raise StateError(Status.STATE, "the evidence was taken before")
        return Evidence._of(own("evidence", taken))
