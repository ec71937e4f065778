"""Resolvers and probers: those of the library, and functions of Python in their place.

A port here is only its description. Each run makes its own of it, so one can be shared by threads and pickled.
"""
from __future__ import annotations

import inspect
import os
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any, Callable, Optional, Protocol, Union

from ._fedval import ffi, lib
from ._native import create, text_arguments
from .codes import Status, View
from .errors import ArgumentError, about
from .evidence import Evidence
from .facts import Fact, Question

__all__ = ["AsyncFetch", "Either", "Fetch", "Following", "Port", "PortLike", "Prober", "Replay", "Resolver", "Zone"]

#: A function in the place of a port: a question and the seconds that it may take; None: it knows nothing of that.
Fetch = Callable[[Question, float], Optional[Fact]]
#: The same for the asynchronous calls.
AsyncFetch = Callable[[Question, float], Awaitable[Optional[Fact]]]


class Opener(Protocol):
    """What a run offers to ports made of functions (see checking.py)."""

    def open_function(self, function: Union[Fetch, AsyncFetch]) -> Any:
        """A port of C that calls the function."""


class Port:
    """The description of a resolver or prober."""

    __slots__ = ()

    def _open(self, run: Opener) -> tuple[Any, tuple[Any, ...]]:
        """A port of C that the caller frees, and what has to live as long."""
        raise NotImplementedError


PortLike = Union[Port, Fetch, AsyncFetch]


def open_port(port: PortLike, run: Opener) -> tuple[Any, tuple[Any, ...]]:
    """A port of C, by its description or by a function."""
    if isinstance(port, Port):
        return port._open(run)
    if callable(port):
        return run.open_function(port), ()
    raise TypeError(f"a resolver or prober is a Port or a function, not {type(port).__name__}")


def is_asynchronous(function: Any) -> bool:
    """Whether a call of it gives a coroutine."""
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "__call__", None))


@dataclass(frozen=True)
class Resolver(Port):
    """DNS over the network, by libfedval-ldns."""

    #: "192.0.2.53" or "192.0.2.53:5353"; None: the system's resolvers
    address: Optional[str] = None
    #: the way to it is safe, and its AD bit counts
    trust_ad: bool = False
    #: milliseconds before an unanswered question is sent again; 0: 400
    retry_ms: int = 0
    #: it sees what everybody sees: of several resolvers it is the one that is judged
    public: bool = False

    @property
    def view(self) -> View:
        """What is known of it."""
        return View.PUBLIC if self.public else View.SYSTEM if self.address is None else View.UNKNOWN

    def _open(self, run: Opener) -> tuple[Any, tuple[Any, ...]]:
        options = ffi.new("fedval_ldns_options *", {"size": ffi.sizeof("fedval_ldns_options"),
                                                    "trust_ad": self.trust_ad, "retry_ms": self.retry_ms})
        return create_port(lib.fedval_ldns_resolver_new, *text_arguments(self.address), options), ()


@dataclass(frozen=True)
class Zone(Port):
    """A zone master file in place of DNS: `Zone.read("example.com.zone")`. It holds a whole zone, with its SOA record."""

    #: the bytes of the file
    text: bytes = field(repr=False)
    #: what messages call it
    name: str = "zone"
    #: the origin at the start of the file; None: it says so itself
    origin: Optional[str] = None
    #: the path that it was read from, which errors name
    path: Optional[str] = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if isinstance(self.text, (str, os.PathLike)):
            raise TypeError(f"Zone takes the bytes of a zone file, not {type(self.text).__name__}: Zone.read(path) reads "
                            "a file")

    @classmethod
    def read(cls, path: Union[str, os.PathLike[str]], origin: Optional[str] = None) -> Zone:
        """Out of a file, which is read at once and judged for its form: raises SyntaxFault with its path and line."""
        with open(path, "rb") as file:
            zone = cls(file.read(), os.path.basename(path), origin, os.fspath(path))
        zone._new()
        return zone

    def _new(self) -> Any:
        with about(self.path):
            return create_port(lib.fedval_ldns_zone_new, self.text, len(self.text), *text_arguments(self.name),
                               *text_arguments(self.origin))

    def _open(self, run: Opener) -> tuple[Any, tuple[Any, ...]]:
        return self._new(), ()


@dataclass(frozen=True)
class Replay(Port):
    """Evidence that answers its questions again: resolver and prober in one."""

    evidence: Evidence

    def _open(self, run: Opener) -> tuple[Any, tuple[Any, ...]]:
        return create("port", lib.fedval_replay_new, self.evidence._handle), (self.evidence,)


@dataclass(frozen=True)
class Prober(Port):
    """Connects to servers by TLS and takes down what they present."""

    #: "openssl" or "mbedtls"
    library: str = "openssl"
    #: PEM, the chain to answer a request for a client certificate with, end-entity certificate first
    certificate: Optional[bytes] = field(default=None, repr=False)
    #: PEM, its private key
    key: Optional[bytes] = field(default=None, repr=False)
    #: OpenSSL: the highest version spoken, 0x0303 for TLS 1.2; 0: the highest that it knows
    max_tls: int = 0

    def _open(self, run: Opener) -> tuple[Any, tuple[Any, ...]]:
        make = getattr(lib, f"fedval_{self.library}_prober_new", None)
        if self.library not in ("openssl", "mbedtls") or make is None:
            raise ArgumentError(Status.ARGUMENT, f"no prober is called {self.library}")
        files = [part for data in (self.certificate, self.key)
                 for part in ((ffi.NULL, 0) if data is None else (data, len(data)))]
        more = (self.max_tls,) if self.library == "openssl" else ()
        return create_port(make, *files, *more), ()


@dataclass(frozen=True)
class Either(Port):
    """The first port, and the second one for what the first knows nothing of: a zone file, then the network."""

    first: PortLike
    second: PortLike

    def _open(self, run: Opener) -> tuple[Any, tuple[Any, ...]]:
        first, keep_first = open_port(self.first, run)
        second, keep_second = open_port(self.second, run)
        port = create("port", lib.fedval_port_new_either, first, second)
        return port, (*keep_first, *keep_second, disown(first), disown(second))


@dataclass(frozen=True)
class Following(Port):
    """A resolver that follows aliases which another leaves open, such as those that lead out of a zone file."""

    resolver: PortLike

    def _open(self, run: Opener) -> tuple[Any, tuple[Any, ...]]:
        inner, keep = open_port(self.resolver, run)
        return create("port", lib.fedval_port_new_following, inner), (*keep, disown(inner))


def create_port(make: Any, *arguments: Any) -> Any:
    return create("port", make, *arguments, with_error=True)


def disown(port: Any) -> Any:
    """The port now belongs to another one, which frees it."""
    return ffi.gc(port, None)
