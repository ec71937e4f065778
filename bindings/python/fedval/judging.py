"""Judging: a judge and evidence go in, a report comes out. No network, no clock: the same inputs, the same report."""
from __future__ import annotations

import dataclasses
import datetime
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import Any, Optional, Union

from . import documents
from ._fedval import ffi, lib
from ._native import (
    Moment,
    call,
    call_with_error,
    create,
    html_options,
    making,
    own,
    seconds,
    take_text,
    text_arguments,
    text_options,
)
from .certificates import CertificateChain
from .codes import Purpose, Side, Status
from .errors import ArgumentError, StateError
from .evidence import Evidence
from .policy import Policy
from .trust import Anchors, Crls

__all__ = ["ChainReport", "Judge", "Report", "default_judge", "evaluate", "evaluate_chain", "evaluate_json"]

#: A policy, or one with that which judges domains of the Microsoft side in its place.
PolicyLike = Union[Policy, tuple[Policy, Policy]]


class Rendered:
    """What a report and the result of a chain have beside the members of their document."""

    json: bytes
    _handle: Any
    #: the functions of the library are called fedval_<this>_to_text and the like
    _kind = ""

    def _render(self, form: str, options: Any) -> str:
        if self._handle is None:
            raise StateError(Status.STATE, "it was pickled: judge the evidence again to show it")
        return take_text(getattr(lib, f"fedval_{self._kind}_to_{form}"), self._handle, options).decode()

    def to_text(self, *, width: int = 80, colour: bool = False, utf8: bool = False,
                public_roots: Optional[str] = None) -> str:
        """For people, as the command prints it. `public_roots`: what stood in for the public roots.

        Raises StateError for one that was pickled: judge the evidence again.
        """
        options, roots = text_options(width, colour, utf8, public_roots)
        text = self._render("text", options)
        del roots
        return text

    def to_html(self, *, fragment: bool = False, public_roots: Optional[str] = None) -> str:
        """As one page without scripts, or as the article alone. Otherwise as to_text."""
        options, roots = html_options(fragment, public_roots)
        page = self._render("html", options)
        del roots
        return page

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_handle": None}


@dataclasses.dataclass(frozen=True)
class Report(Rendered, documents.Report):
    """One report: verdict, requirements, endpoints, findings, actions."""

    #: "fedval-report/1", as the library wrote it
    json: bytes = field(default=b"", repr=False, compare=False)
    _handle: Any = field(default=None, repr=False, compare=False)
    _kind = "report"


@dataclasses.dataclass(frozen=True)
class ChainReport(Rendered, documents.ChainReport):
    """The result for one chain: verdict, the paths that were tried, findings."""

    #: "fedval-chain/1", as the library wrote it
    json: bytes = field(default=b"", repr=False, compare=False)
    _handle: Any = field(default=None, repr=False, compare=False)
    _kind = "chain_result"


def rendered(cls: Any, to_json: Any, handle: Any) -> Any:
    """The dataclass of an object of C."""
    text = take_text(to_json, handle)
    found = cls.read(json.loads(text))
    object.__setattr__(found, "json", text)
    object.__setattr__(found, "_handle", handle)
    return found


class Judge:
    """All that judging needs beside the evidence: anchors, CRLs, a signature verifier, policies.

    >>> Judge(Policy("office365"), anchors=Anchors.system())

    Immutable: any number of threads may share it, and it can be pickled. After a fork the child makes the objects of C
    anew, so no lock of the parent stays held.
    """

    __slots__ = ("_handle", "_pid", "anchors", "cache", "crls", "policies", "verifier")

    def __init__(self, *policies: PolicyLike, anchors: Optional[Anchors] = None, crls: Optional[Crls] = None,
                 verifier: Optional[str] = "openssl", cache: int = 0) -> None:
        """Without a policy: microsoft-edge for domains of the Cisco side, expressway for those of the Microsoft side.

        `verifier`: "openssl" or "mbedtls"; None: signatures are not checked, and trust is unknown.
        `cache`: how many good signatures are remembered.
        """
        if verifier not in (None, "openssl", "mbedtls"):
            raise ArgumentError(Status.ARGUMENT, f"no verifier is called {verifier}")
        if verifier is not None and not hasattr(lib, f"fedval_{verifier}_verifier_new"):
            raise ArgumentError(Status.ARGUMENT, f"this package was built without {verifier}")
        for given, wanted in ((anchors, Anchors), (crls, Crls)):
            if not isinstance(given, (wanted, type(None))):
                raise TypeError(f"{wanted.__name__} are wanted, not {type(given).__name__}")
        if not all(isinstance(each, Policy) for policy in policies
                   for each in (policy if isinstance(policy, tuple) else (policy,))):
            raise TypeError('a Policy is wanted: Policy("office365")')
        self.policies = tuple(policy if isinstance(policy, tuple) else (policy, None) for policy in policies)
        self.anchors, self.crls, self.verifier, self.cache = anchors, crls, verifier, cache
        self._pid = -1
        self._handle: Any = None
        self._sealed()

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore_judge, (self.policies, self.anchors, self.crls, self.verifier, self.cache)

    def _sealed(self) -> Any:
        """The judge of C."""
        if self._pid == os.getpid():
            return self._handle
        with making:
            if self._pid != os.getpid():
                self._handle = self._build()
                self._pid = os.getpid()
            return self._handle

    def _build(self) -> Any:
        judge = create("judge", lib.fedval_judge_new)
        if self.verifier is not None:
            verifier = create("verifier", getattr(lib, f"fedval_{self.verifier}_verifier_new"))
            if self.cache > 0:
                verifier = create("verifier", lib.fedval_verify_cache_new, verifier, self.cache)
            call(lib.fedval_judge_set_verifier, judge, verifier)
        # Of its own: sealing a judge changes what is shared.
        if self.anchors is not None:
            call(lib.fedval_judge_set_anchors, judge, self.anchors._new())
        if self.crls is not None:
            call(lib.fedval_judge_set_crls, judge, self.crls._new())
        for policy, microsoft in self.policies:
            call(lib.fedval_judge_append_policy, judge, policy._handle,
                 ffi.NULL if microsoft is None else microsoft._handle)
        call(lib.fedval_judge_seal, judge)
        return judge

    def policy(self, index: int = 0, side: Union[Side, str] = Side.CISCO) -> Policy:
        """One of its policies; that for domains of the Microsoft side, where it has one."""
        pointer = lib.fedval_judge_get_policy(self._sealed(), index, Side(side).number)
        if pointer == ffi.NULL:
            raise IndexError(index)
        return Policy.from_json(take_text(lib.fedval_policy_to_json, pointer))

    def __len__(self) -> int:
        """How many policies there are; each gives a report."""
        found: int = lib.fedval_judge_count_policies(self._sealed())
        return found

    def evaluate(self, evidence: Evidence, index: int = 0) -> Report:
        """The report of one of its policies. Other threads run meanwhile.

        Raises ArgumentError where neither policy nor evidence holds a time.
        """
        if not isinstance(evidence, Evidence):
            raise TypeError(f"Evidence is wanted, not {type(evidence).__name__}: Evidence.from_json reads a document")
        out = ffi.new("fedval_report **")
        call(lib.fedval_evaluate, self._sealed(), index, evidence._handle, out)
        report: Report = rendered(Report, lib.fedval_report_to_json, own("report", out[0]))
        return report

    def evaluate_together(self, evidence: Sequence[Evidence], index: int = 0) -> tuple[Report, ...]:
        """The reports on several domains, in their order, each with the others in view: where two share an address or a
        certificate, each certificate has to hold the targets of both (R8)."""
        out = ffi.new("fedval_report *[]", max(len(evidence), 1))
        call(lib.fedval_evaluate_together, self._sealed(), index,
             ffi.new("fedval_evidence *[]", [each._handle for each in evidence]), len(evidence), out)
        handles = [own("report", out[i]) for i in range(len(evidence))]
        return tuple(rendered(Report, lib.fedval_report_to_json, handle) for handle in handles)

    def evaluate_all(self, evidence: Evidence) -> tuple[Report, ...]:
        """A report of each policy."""
        return tuple(self.evaluate(evidence, index) for index in range(len(self)))

    def evaluate_chain(self, chain: Union[CertificateChain, Iterable[bytes], bytes], name: Optional[str] = None, *,
                       purpose: Union[Purpose, str] = Purpose.SERVER, at: Optional[Moment] = None,
                       index: int = 0) -> ChainReport:
        """One chain judged by itself, end-entity certificate first: neither DNS nor a server takes part.

        `chain`: the bytes of a file, or DER certificates one by one; of these, one that is no certificate is a finding.
        `name`: the host or address that the certificate has to name; None: names are not looked at. `at`: the time to
        judge at; None: that of the policy, else now.
        """
        if at is None and self.policy(index).document().time is None:
            at = datetime.datetime.now(datetime.timezone.utc)
        out = ffi.new("fedval_chain_result **")
        rest = *text_arguments(name), Purpose(purpose).number, seconds(at), out
        if isinstance(chain, (bytes, bytearray)):
            chain = CertificateChain(bytes(chain))
        if isinstance(chain, CertificateChain):
            call(lib.fedval_chain_evaluate_list, self._sealed(), index, chain._handle, *rest)
        else:
            ders = [ffi.from_buffer("uint8_t[]", der) for der in chain]
            call(lib.fedval_chain_evaluate, self._sealed(), index, ffi.new("uint8_t *[]", ders),
                 ffi.new("size_t[]", [len(der) for der in ders]), len(ders), *rest)
        result: ChainReport = rendered(ChainReport, lib.fedval_chain_result_to_json, own("chain_result", out[0]))
        return result


def _restore_judge(policies: tuple[Any, ...], anchors: Optional[Anchors], crls: Optional[Crls],
                   verifier: Optional[str], cache: int) -> Judge:
    pairs = [policy if microsoft is None else (policy, microsoft) for policy, microsoft in policies]
    return Judge(*pairs, anchors=anchors, crls=crls, verifier=verifier, cache=cache)


_default: list[Judge] = []


def default_judge() -> Judge:
    """The judge of those who name none: the system's public roots, where it has some, and the default policies."""
    with making:
        if not _default:
            has_roots = lib.fedval_system_roots_get_path() != ffi.NULL
            _default.append(Judge(anchors=Anchors.system() if has_roots else None))
        return _default[0]


#: a judge; a policy, with the system's public roots; None: the default judge
JudgeLike = Union[Judge, Policy, None]


def judge_of(given: JudgeLike) -> Judge:
    """The judge that is meant."""
    if given is None:
        return default_judge()
    if isinstance(given, Policy):
        return Judge(given, anchors=default_judge().anchors)
    if isinstance(given, Judge):
        return given
    raise TypeError(f"a Judge or a Policy is wanted, not {type(given).__name__}")


def evaluate(evidence: Evidence, judge: JudgeLike = None) -> Report:
    """The report on evidence, by a judge, or by a policy with the system's public roots."""
    return judge_of(judge).evaluate(evidence)


def evaluate_chain(chain: Union[CertificateChain, Iterable[bytes], bytes], name: Optional[str] = None, *,
                   purpose: Union[Purpose, str] = Purpose.SERVER, at: Optional[Moment] = None,
                   judge: JudgeLike = None) -> ChainReport:
    """Judge.evaluate_chain, with the system's public roots where no judge is named."""
    return judge_of(judge).evaluate_chain(chain, name, purpose=purpose, at=at)


def evaluate_json(evidence: bytes, policy: Optional[bytes] = None, judge: Optional[Judge] = None) -> bytes:
    """Evidence as JSON in, the report as JSON out, with nothing between: for programs that pass both on."""
    text, length = ffi.new("char **"), ffi.new("size_t *")
    handle = ffi.NULL if judge is None else judge._sealed()
    rules = (ffi.NULL, 0) if policy is None else (policy, len(policy))
    call_with_error(lib.fedval_evaluate_json, handle, evidence, len(evidence), *rules, text, length)
    try:
        return bytes(ffi.buffer(text[0], length[0]))
    finally:
        lib.fedval_text_free(text[0])
