"""Functions of Python in the place of a resolver or a prober.

Each function runs in a thread of its own (or as a task of asyncio), never in the thread of the runner: one that blocks
costs the checks that wait for it, and no others. What goes wrong is kept by question for the checks that asked it.
"""
from __future__ import annotations

import asyncio
import os
import queue
import socket
import threading
import time
from collections import deque
from typing import Any, Callable, Optional

from ._fedval import ffi, lib
from ._native import called_by_library
from .codes import Outcome, QuestionKind, Status
from .errors import CallbackError
from .facts import Fact, Question, fill, question_of
from .ports import is_asynchronous

#: threads that work at the same time, and threads that may hang beside them in calls that were given up
MAX_WORKERS, MAX_STUCK = 32, 256

#: failures that are kept for checks which have not ended
MAX_FAILURES = 10000

#: what a function raises for the outcome `timeout`: one class since Python 3.11
TIMEOUTS = (TimeoutError, asyncio.TimeoutError, socket.timeout)
NEVER = 2**63 - 1
LATE = "the function did not come back in time"


#: how many milliseconds before its deadline a function is told to end at most, so that one that obeys is in time
MAX_MARGIN_MS = 250


def now_ms() -> int:
    """The clock of the runner."""
    return time.monotonic_ns() // 1_000_000


def allowed_s(deadline: int) -> float:
    """The seconds that a function may take."""
    left = deadline - now_ms()
    return max(left - min(left // 4, MAX_MARGIN_MS), 1) / 1000


class Ask:
    """One question under way."""

    __slots__ = ("deadline", "fact", "is_given_up", "is_running", "question", "task", "ticket")

    def __init__(self, ticket: int, question: Question, deadline: int, fact: Any) -> None:
        self.ticket = ticket
        self.question = question
        self.deadline = deadline
        self.fact = fact
        self.is_running = False
        self.is_given_up = False
        self.task: Optional[asyncio.Task[None]] = None


class Workers:
    """Threads that call functions. They are daemons: one that never comes back does not keep the program alive."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Optional[Callable[[], None]]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads = 0
        self._waiting = 0  # threads without work, less the work that is queued for them
        self._stuck = 0
        self._is_closed = False

    def submit(self, work: Callable[[], None]) -> None:
        with self._lock:
            self._waiting -= 1
            self._queue.put(work)
            self._add_thread()

    def _add_thread(self) -> None:
        room = MAX_WORKERS + max(0, min(self._stuck, MAX_STUCK))
        if self._waiting < 0 and self._threads < room and not self._is_closed:
            self._threads += 1
            self._waiting += 1
            threading.Thread(target=self._run, name="fedval", daemon=True).start()

    def note_stuck(self, change: int) -> None:
        """A call under way was given up (1), or one that was has come back (-1)."""
        with self._lock:
            self._stuck += change
            self._add_thread()

    def _run(self) -> None:
        while True:
            work = self._queue.get()
            if work is None:
                return
            work()
            with self._lock:
                self._waiting += 1

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            for _ in range(self._threads):
                self._queue.put(None)


class FunctionPort:
    """The event-driven face of one function, for one run."""

    def __init__(self, function: Any, workers: Workers, failures: dict[Question, Exception],
                 loop: Optional[asyncio.AbstractEventLoop]) -> None:
        self._function = function
        self._is_asynchronous = is_asynchronous(function)
        if self._is_asynchronous and loop is None:
            raise TypeError("an asynchronous function serves acheck and acheck_many only")
        self._workers, self._failures, self._loop = workers, failures, loop
        self._asks: dict[int, Ask] = {}  # by ticket, in the order of their deadlines
        self._finished: deque[tuple[Ask, Optional[Fact], Optional[BaseException]]] = deque()
        self._events: Any = None
        self._lock = threading.Lock()
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)
        self._is_closed = False
        self._self = ffi.new_handle(self)
        self._vtable = ffi.new("fedval_port_vtable *", {
            "size": ffi.sizeof("fedval_port_vtable"), "attach": lib.fedval_python_attach,
            "start": lib.fedval_python_start, "ready": lib.fedval_python_ready,
            "next_deadline": lib.fedval_python_next_deadline, "expire": lib.fedval_python_expire,
            "cancel": lib.fedval_python_cancel})

    def open(self) -> Any:
        """The port of C; it does not keep this object alive."""
        out = ffi.new("fedval_port **")
        status = lib.fedval_port_new(self._vtable, self._self, out)
        if status != 0:
            raise MemoryError
        return ffi.gc(out[0], lib.fedval_port_free)

    def close(self) -> None:
        """Once the run has ended. Calls that are still under way come back to nobody."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                os.close(self._read)
                os.close(self._write)
        self._self = None

    # ---- in a thread of its own, or as a task ----

    def _call(self, ask: Ask) -> None:
        with self._lock:
            if ask.is_given_up:
                return
            ask.is_running = True
        fact, error = None, None
        try:
            fact = self._function(ask.question, allowed_s(ask.deadline))
        except BaseException as raised:  # noqa: B036: nothing may cross into C, and the thread has to go on
            error = raised
        self._finish(ask, fact, error)
        with self._lock:
            ask.is_running = False
            was_given_up = ask.is_given_up
        if was_given_up:
            self._workers.note_stuck(-1)

    async def _await(self, ask: Ask) -> None:
        fact, error = None, None
        try:
            fact = await self._function(ask.question, allowed_s(ask.deadline))
        except asyncio.CancelledError:
            return
        except Exception as raised:
            error = raised
        self._finish(ask, fact, error)

    def _finish(self, ask: Ask, fact: Optional[Fact], error: Optional[BaseException]) -> None:
        self._finished.append((ask, fact, error))
        with self._lock:
            if not self._is_closed:
                try:
                    os.write(self._write, b"\0")
                except BlockingIOError:
                    pass  # a full pipe wakes as well

    # ---- called by the runner ----

    def attach(self, events: Any) -> None:
        if events != ffi.NULL:
            self._events = events
            events.interest(self._read, lib.FEDVAL_IO_READ, events.user)
            return
        for ask in list(self._asks.values()):
            self._give_up(ask)
        self._asks.clear()

    def start(self, ticket: int, question: Any, deadline: int, fact: Any) -> None:
        ask = Ask(ticket, question_of(question), deadline, fact)
        self._asks[ticket] = ask
        if self._is_asynchronous:
            assert self._loop is not None
            ask.task = self._loop.create_task(self._await(ask))
        else:
            self._workers.submit(lambda: self._call(ask))

    def ready(self) -> None:
        try:
            os.read(self._read, 65536)
        except BlockingIOError:
            pass
        while self._finished:
            ask, fact, error = self._finished.popleft()
            if self._asks.pop(ask.ticket, None) is ask:
                self._answer(ask, fact, error)

    def _answer(self, ask: Ask, fact: Optional[Fact], error: Optional[BaseException]) -> None:
        try:
            if isinstance(error, TIMEOUTS):
                fact = Fact(Outcome.TIMEOUT, detail=text_of(error) or None)
            elif error is not None:
                raise error
            if fact is not None:
                fill(ask.fact, fact, ask.question.kind)
        except BaseException as raised:  # noqa: B036: as above
            self._fail(ask, f"{type(raised).__name__}: {text_of(raised)}", raised)
        else:
            self._events.done(ask.ticket, self._events.user)

    def _fail(self, ask: Ask, detail: str, cause: Optional[BaseException]) -> None:
        """The fact says what failed on this side; the checks that asked end with the error."""
        error = CallbackError(Status.STATE, f"{describe(ask.question)}: {detail}")
        error.__cause__ = cause
        self._remember(ask, error)
        lib.fedval_fact_set_outcome(ask.fact, Outcome.LOCAL.number)
        lib.fedval_fact_set_final(ask.fact)  # this machine is short of nothing
        text = detail.replace("\0", " ").encode("utf-8", "replace")
        lib.fedval_fact_set_detail(ask.fact, text, len(text))
        self._events.done(ask.ticket, self._events.user)

    def next_deadline(self) -> int:
        first = next(iter(self._asks.values()), None)
        return NEVER if first is None else first.deadline

    def expire(self, now: int) -> None:
        for ask in [ask for ask in self._asks.values() if ask.deadline <= now]:
            del self._asks[ask.ticket]
            self._give_up(ask)
            self._fail(ask, LATE, None)

    def cancel(self, ticket: int) -> None:
        ask = self._asks.pop(ticket, None)
        if ask is None:
            return
        self._give_up(ask)
        if ask.deadline <= now_ms():
            self._remember(ask, CallbackError(Status.STATE, f"{describe(ask.question)}: {LATE}"))

    def _remember(self, ask: Ask, error: CallbackError) -> None:
        self._failures[ask.question] = error
        if len(self._failures) > MAX_FAILURES:
            del self._failures[next(iter(self._failures))]

    def _give_up(self, ask: Ask) -> None:
        with self._lock:
            was_running = ask.is_running
            ask.is_given_up = True
        if ask.task is not None:
            ask.task.cancel()
        elif was_running:
            self._workers.note_stuck(1)


def text_of(error: Optional[BaseException]) -> str:
    """What it says; one that cannot even say that must not harm the checks of others."""
    try:
        return str(error)
    except Exception:
        return "an exception without a text"


def describe(question: Question) -> str:
    """A question in a few words."""
    if question.kind is QuestionKind.DNS:
        return f"{question.name} {question.type}"
    return f"{question.host or question.address}:{question.port}"


# ---- what C calls; `user` is the handle of a FunctionPort ----


@called_by_library(Status.STATE.number)
def fedval_python_attach(events: Any, user: Any) -> int:
    ffi.from_handle(user).attach(events)
    return 0


@called_by_library(Status.STATE.number)
def fedval_python_start(ticket: int, question: Any, now: int, deadline: int, fact: Any, user: Any) -> int:
    ffi.from_handle(user).start(ticket, question, deadline, fact)
    return 0


@called_by_library()
def fedval_python_ready(descriptor: int, events: int, now: int, user: Any) -> None:
    ffi.from_handle(user).ready()


@called_by_library(NEVER)
def fedval_python_next_deadline(user: Any) -> int:
    found: int = ffi.from_handle(user).next_deadline()
    return found


@called_by_library()
def fedval_python_expire(now: int, user: Any) -> None:
    ffi.from_handle(user).expire(now)


@called_by_library()
def fedval_python_cancel(ticket: int, user: Any) -> None:
    ffi.from_handle(user).cancel(ticket)
