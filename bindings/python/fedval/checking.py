"""Checking: facts are gathered about domains, one or many at once, and judged."""
from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Optional, Union

from ._fedval import ffi, lib
from ._functions import FunctionPort, Workers
from ._native import Moment, call, called_by_library, create, encode, own, raise_pending, seconds
from .codes import Outcome, View
from .errors import Error, error_of
from .evidence import MAX_VIEWS, Evidence
from .facts import Question, question_of
from .judging import Judge, JudgeLike, Report, judge_of
from .ports import AsyncFetch, Fetch, PortLike, Prober, Resolver, open_port

__all__ = ["Check", "Limits", "acheck", "acheck_many", "check", "check_many"]

#: One resolver; several, whose answers are compared; None: DNS is not asked.
Resolvers = Union[PortLike, tuple[PortLike, ...], None]

#: how long a step of the runner may wait, so that Ctrl-C is seen
TURN_MS = 250
#: seconds that its milliseconds have room for
MAX_S = 1e12
SYSTEM_RESOLVER, PROBER = Resolver(), Prober()
#: the outcomes that a function which failed leaves
FAILED = (Outcome.LOCAL.number, Outcome.TIMEOUT.number)


@dataclass(frozen=True)
class Limits:
    """How much time and how much at once."""

    #: seconds for a whole check, from its first question on
    check_s: float = 30.0
    #: seconds for one question
    question_s: float = 5.0
    #: how many questions are open at once
    questions: int = 256
    #: how many domains are begun or waiting at once
    domains: int = 64
    #: for how many seconds an answer serves the same question of other domains
    reuse_s: float = 0.0

    def __post_init__(self) -> None:
        if not (0 < self.check_s < MAX_S and 0 < self.question_s < MAX_S and 0 <= self.reuse_s < MAX_S):
            raise ValueError("limits of time are seconds, more than 0 and finite")
        if self.questions < 1 or self.domains < 1:
            raise ValueError("limits of number are 1 or more")


@dataclass(frozen=True)
class Check:
    """What came of one domain. `error` says why there is no report; what was gathered until then is there."""

    domain: str
    evidence: Optional[Evidence]
    #: one for each policy of the judge
    reports: tuple[Report, ...]
    error: Optional[Exception] = None

    @property
    def report(self) -> Report:
        """The report of the first policy; raises the error where there is none."""
        return self.raise_error().reports[0]

    def raise_error(self) -> Check:
        """Raises the error where there is one."""
        if self.error is not None:
            raise self.error
        return self


class Run:
    """A runner of C, with the ports that it asks. One thread at a time."""

    def __init__(self, judge: Judge, resolver: Resolvers, prober: Optional[PortLike], limits: Limits,
                 at: Optional[Moment], loop: Optional[asyncio.AbstractEventLoop] = None) -> None:
        self.judge = judge
        self.num_left = 0
        self._domains: dict[int, str] = {}
        self._ended: deque[tuple[int, Any, int]] = deque()
        self._failures: dict[Question, Exception] = {}
        self._workers = Workers()
        self._functions: list[FunctionPort] = []
        self._loop = loop
        self._handle = ffi.new_handle(self)
        self._at = ffi.NULL if at is None else ffi.new("int64_t *", seconds(at))
        out = ffi.new("fedval_runner **")
        call(lib.fedval_runner_new, out)
        self.runner = out[0]
        self._ports: list[Any] = []
        try:
            self._set_up(resolver, prober, limits)
        except BaseException:
            self.close()
            raise

    def _set_up(self, resolver: Resolvers, prober: Optional[PortLike], limits: Limits) -> None:
        check_ms = max(1, round(limits.check_s * 1000))
        call(lib.fedval_runner_set_timeouts, self.runner, min(check_ms, max(1, round(limits.question_s * 1000))),
             check_ms)
        call(lib.fedval_runner_set_max_in_flight, self.runner, limits.questions)
        call(lib.fedval_runner_set_reuse, self.runner, round(limits.reuse_s * 1000))
        call(lib.fedval_runner_set_clock, self.runner, ffi.addressof(lib, "fedval_python_clock"), self._at)
        resolvers = resolver if isinstance(resolver, tuple) else () if resolver is None else (resolver,)
        for each in resolvers:
            call(lib.fedval_runner_append_resolver, self.runner, self._open(each))
        self._views = [each.view if isinstance(each, Resolver) else View.UNKNOWN for each in resolvers[:MAX_VIEWS]]
        self.num_views = max(len(resolvers), 1)
        if prober is not None:
            call(lib.fedval_runner_set_prober, self.runner, self._open(prober))

    def _open(self, port: PortLike) -> Any:
        opened, keep = open_port(port, self)
        self._ports.append((opened, keep))
        return opened

    def open_function(self, function: Union[Fetch, AsyncFetch]) -> Any:
        """See ports.Opener."""
        port = FunctionPort(function, self._workers, self._failures, self._loop)
        self._functions.append(port)
        return port.open()

    def close(self) -> None:
        """Drops what is unfinished."""
        runner, self.runner = self.runner, ffi.NULL
        lib.fedval_runner_free(runner)  # which detaches the ports
        for port, _ in self._ports:
            ffi.release(port)
        self._ports.clear()
        for function in self._functions:
            function.close()
        self._workers.close()
        self._handle = None
        raise_pending()

    def add(self, domain: str) -> Optional[Check]:
        """Begins a domain; gives at once what came of a text that is none."""
        try:
            data = encode(domain)
            session = create("session", lib.fedval_judge_new_session, self.judge._sealed(), data, len(data),
                             self.num_views, with_error=True)
            number = ffi.new("uint64_t *")
            call(lib.fedval_runner_add, self.runner, session, lib.fedval_python_done, self._handle, number)
            ffi.gc(session, None)
        except (Error, TypeError) as error:
            return Check(domain, None, (), error)
        self._domains[number[0]] = domain
        self.num_left += 1
        return None

    def step(self, wait_ms: int) -> None:
        """One turn; other threads run meanwhile."""
        status = lib.fedval_runner_step(self.runner, wait_ms, ffi.NULL)
        raise_pending()
        if status != 0:
            raise error_of(status)

    def done(self, number: int, evidence: Any, status: int) -> None:
        """A session has ended; called from within a step."""
        self._ended.append((number, evidence, status))

    def take(self) -> Optional[Check]:
        """A check that has ended."""
        if not self._ended:
            return None
        number, evidence, status = self._ended.popleft()
        domain = self._domains.pop(number)
        self.num_left -= 1
        if status != 0:
            return Check(domain, None, (), error_of(status))
        found = Evidence._of(own("evidence", evidence))
        for view, kind in enumerate(self._views):
            if kind is not View.UNKNOWN:
                call(lib.fedval_evidence_set_view, evidence, view, kind.number)
        try:
            error = self._failure_of(evidence)
            reports = () if error is not None else self.judge.evaluate_all(found)
        except Error as raised:
            error, reports = raised, ()
        if self.num_left == 0:
            self._failures.clear()
        return Check(domain, found, reports, error)

    def _failure_of(self, evidence: Any) -> Optional[Exception]:
        """The error of a function that was asked one of the questions of this evidence."""
        if not self._failures:
            return None
        for i in range(lib.fedval_evidence_count_facts(evidence)):
            fact = lib.fedval_evidence_get_fact(evidence, i)
            if lib.fedval_fact_get_outcome(fact) in FAILED:
                error = self._failures.get(question_of(lib.fedval_fact_get_question(fact)))
                if error is not None:
                    return error
        return None

    # ---- for asyncio ----

    def descriptors(self) -> dict[int, int]:
        """What the runner waits for, by descriptor."""
        events = ffi.new("uint32_t *")
        found: dict[int, int] = {}
        for i in range(lib.fedval_runner_count_descriptors(self.runner)):
            descriptor = lib.fedval_runner_get_descriptor(self.runner, i, events)
            found[descriptor] = found.get(descriptor, 0) | events[0]
        return found

    def wait_s(self) -> Optional[float]:
        """Seconds until the next step is due whatever the descriptors do; None: only when one is ready."""
        wait_ms: int = lib.fedval_runner_get_wait_ms(self.runner)
        return None if wait_ms < 0 else wait_ms / 1000


@called_by_library()
def fedval_python_done(number: int, evidence: Any, status: int, user: Any) -> None:
    ffi.from_handle(user).done(number, evidence, status)


def check_many(domains: Iterable[str], *, judge: JudgeLike = None, resolver: Resolvers = SYSTEM_RESOLVER,
               prober: Optional[PortLike] = PROBER, limits: Limits = Limits(),
               at: Optional[Moment] = None) -> Generator[Check, None, None]:
    """Checks any number of domains, many at once on one thread, and gives each as it is done.

    `domains` is read as far as there is room, so it may be endless. `resolver` and `prober`: a Port, or a function of a
    Question and the seconds that it may take; None: nobody is asked. `at`: the time of the facts; None: now. A domain
    that fails is a Check with an error; the others go on. While the caller works on one, the rest waits: hand long work
    to another thread.
    """
    refuse_one(domains)
    run = Run(judge_of(judge), resolver, prober, limits, at)
    try:
        source, is_open = iter(domains), True
        while is_open or run.num_left > 0:
            # One is begun at a time: results do not wait for a source that is slow.
            if is_open and run.num_left < limits.domains:
                try:
                    refused = run.add(next(source))
                except StopIteration:
                    is_open = False
                else:
                    if refused is not None:
                        yield refused
            if run.num_left > 0:
                run.step(0 if is_open and run.num_left < limits.domains else TURN_MS)
            ended = run.take()
            while ended is not None:
                yield ended
                ended = run.take()
    finally:
        run.close()


def check(domain: str, *, judge: JudgeLike = None, resolver: Resolvers = SYSTEM_RESOLVER,
          prober: Optional[PortLike] = PROBER, limits: Limits = Limits(),
          at: Optional[Moment] = None) -> Check:
    """Checks one domain; see check_many. Raises what went wrong: SyntaxFault for a text that is no domain,
    CallbackError for a function that failed."""
    with closing(check_many((domain,), judge=judge, resolver=resolver, prober=prober, limits=limits, at=at)) as found:
        return next(found).raise_error()


class Waiter:
    """Waits in asyncio for what a runner waits for."""

    def __init__(self, run: Run, loop: asyncio.AbstractEventLoop) -> None:
        self._run, self._loop = run, loop
        self._event = asyncio.Event()
        self._watched: dict[int, tuple[int, int]] = {}

    def _watch(self, wanted: dict[int, int]) -> None:
        # A number may be that of another socket by now, which the loop does not notice: the inode tells them apart.
        new = {descriptor: (events, os.fstat(descriptor).st_ino) for descriptor, events in wanted.items()}
        for descriptor, old in self._watched.items():
            if new.get(descriptor) != old:
                self._loop.remove_reader(descriptor)
                self._loop.remove_writer(descriptor)
        for descriptor, (events, inode) in new.items():
            if self._watched.get(descriptor) != (events, inode):
                self._add(descriptor, events)
        self._watched = new

    def _add(self, descriptor: int, events: int) -> None:
        if events & lib.FEDVAL_IO_READ:
            self._loop.add_reader(descriptor, self._event.set)
        if events & lib.FEDVAL_IO_WRITE:
            self._loop.add_writer(descriptor, self._event.set)

    async def wait(self) -> None:
        """Until the next step is due."""
        self._event.clear()
        self._watch(self._run.descriptors())
        wait_s = self._run.wait_s()
        # Not asyncio.wait_for, which before Python 3.12 can lose a cancellation.
        timer = None if wait_s is None else self._loop.call_later(wait_s, self._event.set)
        try:
            await self._event.wait()
        finally:
            if timer is not None:
                timer.cancel()

    def wake(self) -> None:
        """There is something to do."""
        self._event.set()

    def close(self) -> None:
        self._watch({})


def refuse_one(domains: object) -> None:
    """A str is iterable, too: by its letters."""
    if isinstance(domains, (str, bytes)):
        raise TypeError("domains is one text: give a list of domains, or call check")


async def iterate(domains: Union[Iterable[str], AsyncIterable[str]]) -> AsyncGenerator[str, None]:
    """The items of either kind of iterable."""
    refuse_one(domains)
    if isinstance(domains, AsyncIterable):
        async for domain in domains:
            yield domain
    else:
        for domain in domains:
            yield domain


async def acheck_many(domains: Union[Iterable[str], AsyncIterable[str]], *, judge: JudgeLike = None,
                      resolver: Resolvers = SYSTEM_RESOLVER, prober: Optional[PortLike] = PROBER,
                      limits: Limits = Limits(), at: Optional[Moment] = None) -> AsyncGenerator[Check, None]:
    """check_many inside a loop of asyncio: its descriptors are watched by the loop, and no thread is needed for the
    ports of the library. `resolver` and `prober` may be coroutine functions; `domains` may be asynchronous."""
    loop = asyncio.get_running_loop()
    run = Run(judge_of(judge), resolver, prober, limits, at, loop)
    waiter = Waiter(run, loop)
    source = iterate(domains)
    reading: Optional[asyncio.Future[str]] = None
    is_open = True
    try:
        while is_open or run.num_left > 0:
            if is_open and reading is None and run.num_left < limits.domains:
                reading = asyncio.ensure_future(source.__anext__())
                reading.add_done_callback(lambda _: waiter.wake())
            if reading is not None and reading.done():
                try:
                    refused = run.add(reading.result())
                    if refused is not None:
                        yield refused
                except StopAsyncIteration:
                    is_open = False
                reading = None
                if is_open and run.num_left < limits.domains:
                    continue
            if run.num_left > 0:
                run.step(0)
            ended = run.take()
            if ended is None and (run.num_left > 0 or is_open):
                await waiter.wait()
            while ended is not None:
                yield ended
                ended = run.take()
    finally:
        waiter.close()
        run.close()
        if reading is not None:
            reading.cancel()
            await asyncio.wait((reading,))
            if not reading.cancelled():
                reading.exception()  # nobody asks for it any longer
        await source.aclose()


async def acheck(domain: str, *, judge: JudgeLike = None, resolver: Resolvers = SYSTEM_RESOLVER,
                 prober: Optional[PortLike] = PROBER, limits: Limits = Limits(),
                 at: Optional[Moment] = None) -> Check:
    """check inside a loop of asyncio. Cancelling it ends the check at once."""
    found = acheck_many((domain,), judge=judge, resolver=resolver, prober=prober, limits=limits, at=at)
    try:
        return (await found.__anext__()).raise_error()
    finally:
        await found.aclose()
