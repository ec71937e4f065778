"""Validates that calls between Cisco Expressway and Microsoft Skype for Business or Teams can federate.

>>> import fedval
>>> fedval.srv_match("example.com", "expe.sub.example.com")
<SrvMatch.DEEPER: 'deeper'>
>>> report = fedval.check("example.com").report
>>> print(report.verdict, [finding.code for finding in report.findings])

All rules are those of libfedval: this package only calls them. Its objects never change once they are made (a Session and
a LogReader aside, which lock), so threads may share them; calls of the library let other threads run.
"""
from __future__ import annotations

from ._fedval import lib as _lib
from ._native import string as _string
from .certificates import Certificate, CertificateChain
from .checking import Check, Limits, acheck, acheck_many, check, check_many
from .codes import *  # noqa: F403
from .codes import __all__ as _codes
from .drifts import Diff, diff
from .errors import (
    ArgumentError,
    CallbackError,
    CancelledError,
    Error,
    FormatError,
    LimitError,
    NoMemoryError,
    NotFoundError,
    StateError,
    SyntaxFault,
    SystemFault,
)
from .evidence import Evidence
from .explaining import Explanation, explain
from .facts import Fact, Question, Record, Source
from .judging import ChainReport, Judge, Report, default_judge, evaluate, evaluate_chain, evaluate_json
from .logs import Diagnosis, LogReader, diagnose
from .names import Name, normalise, order_srv, sip_domain, srv_match, srv_match_many, srv_match_packed
from .pairs import Pair, pair, pair_profile
from .plans import Plan, plan
from .policy import Policy
from .ports import Either, Following, Port, Prober, Replay, Resolver, Zone
from .requests import CertificateRequest
from .session import Session
from .timelines import Timeline, icalendar, timeline
from .trust import Anchors, Crls

__version__: str = _string(_lib.fedval_version())
#: the TLS libraries that this package was built with
libraries = tuple(name for name in ("openssl", "mbedtls") if hasattr(_lib, f"fedval_{name}_verifier_new"))

__all__ = [
    "Anchors",
    "ArgumentError",
    "CallbackError",
    "CancelledError",
    "Certificate",
    "CertificateChain",
    "CertificateRequest",
    "ChainReport",
    "Check",
    "Crls",
    "Diagnosis",
    "Diff",
    "Either",
    "Error",
    "Evidence",
    "Explanation",
    "Fact",
    "Following",
    "FormatError",
    "Judge",
    "LimitError",
    "Limits",
    "LogReader",
    "Name",
    "NoMemoryError",
    "NotFoundError",
    "Pair",
    "Plan",
    "Policy",
    "Port",
    "Prober",
    "Question",
    "Record",
    "Replay",
    "Report",
    "Resolver",
    "Session",
    "StateError",
    "SyntaxFault",
    "SystemFault",
    "Timeline",
    "Zone",
    "__version__",
    "acheck",
    "acheck_many",
    "check",
    "check_many",
    "default_judge",
    "diagnose",
    "diff",
    "evaluate",
    "evaluate_chain",
    "evaluate_json",
    "explain",
    "icalendar",
    "libraries",
    "normalise",
    "order_srv",
    "pair", "pair_profile",
    "plan",
    "sip_domain",
    "srv_match",
    "srv_match_many",
    "srv_match_packed",
    "timeline",
]
__all__ += _codes
