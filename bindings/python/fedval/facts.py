"""Questions and facts: what is asked about a domain, and what came back."""
from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Optional, Union

from ._fedval import ffi, lib
from ._native import block, call, moment_of, own, seconds, string_or_none, text_arguments
from .certificates import Certificate
from .codes import Authority, ClientCertificate, Dnssec, Look, Outcome, QuestionKind, RecordType, Role, SourceKind

__all__ = ["Fact", "Question", "Record", "Source"]


@dataclass(frozen=True)
class Question:
    """What is asked: a DNS name and type, or a host, address and port that a prober connects to."""

    kind: QuestionKind
    #: DNS: the name, without the final dot
    name: Optional[str] = None
    #: DNS: the record type
    type: Optional[RecordType] = None
    #: DNS: which of several resolvers is asked, from 0
    view: int = 0
    #: probe: the host (for SNI); DNS: the zone's server that is to be asked, None: a resolver is
    host: Optional[str] = None
    #: its IP address; probe: None: it stands for every address of the host
    address: Optional[str] = None
    #: probe: 0: it stands for every port
    port: int = 0
    #: probe: the role in which the certificate is presented
    role: Optional[Role] = None
    #: probe: what is offered
    look: Look = Look.ANY

    @classmethod
    def dns(cls, name: str, type: Union[RecordType, str], view: int = 0) -> Question:
        """A question for DNS records."""
        return cls(QuestionKind.DNS, name=name, type=RecordType(type), view=view)

    @classmethod
    def dns_at(cls, name: str, type: Union[RecordType, str], server: str, address: str) -> Question:
        """The same to one of the zone's own servers, without recursion."""
        return cls(QuestionKind.DNS, name=name, type=RecordType(type), host=server, address=address)

    @classmethod
    def probe(cls, host: Optional[str], address: Optional[str] = None, port: int = 0, *,
              role: Union[Role, str] = Role.SERVER, look: Union[Look, str] = Look.ANY) -> Question:
        """A question for a server's certificate."""
        return cls(QuestionKind.PROBE, host=host, address=address, port=port, role=Role(role), look=Look(look))


@dataclass(frozen=True)
class Record:
    """A DNS record of a fact: an SRV, A, AAAA, CNAME or NS record."""

    owner: str
    type: Union[RecordType, str]
    ttl: int
    #: the address, or the name that it leads to
    data: str
    priority: int = 0
    weight: int = 0
    port: int = 0

    @classmethod
    def srv(cls, owner: str, target: str, port: int = 5061, *, priority: int = 0, weight: int = 0,
            ttl: int = 3600) -> Record:
        """An SRV record."""
        return cls(owner, RecordType.SRV, ttl, target, priority, weight, port)

    @classmethod
    def address(cls, owner: str, address: str, *, ttl: int = 3600) -> Record:
        """An A or AAAA record, by the family of the address."""
        return cls(owner, RecordType.AAAA if ":" in address else RecordType.A, ttl, address)

    @classmethod
    def cname(cls, owner: str, target: str, *, ttl: int = 3600) -> Record:
        """One step of an alias chain."""
        return cls(owner, RecordType.CNAME, ttl, target)


@dataclass(frozen=True)
class Source:
    """Who gives a fact: a resolver by its address, a zone by its file."""

    kind: Union[SourceKind, str]
    #: what the kind says: an address, a name or a file
    place: str


def ders_of(chain: Iterable[Union[bytes, Certificate]]) -> tuple[bytes, ...]:
    """The certificates of a chain as DER."""
    if isinstance(chain, (bytes, str, os.PathLike)):
        raise TypeError(f"a chain is a CertificateChain or a list of DER, not {type(chain).__name__}: "
                        "CertificateChain.read(path) reads a file, CertificateChain(data) its bytes")
    return tuple(each.der if isinstance(each, Certificate) else each for each in chain)


@dataclass(frozen=True)
class Fact:
    """How a question was answered. A timeout, a refused connection, NXDOMAIN are outcomes like any other."""

    outcome: Union[Outcome, str]
    #: DNS: in the order received, aliases first
    records: tuple[Record, ...] = ()
    #: DNS: what is known of the answer's DNSSEC state
    dnssec: Union[Dnssec, str] = Dnssec.UNKNOWN
    #: DNS: whose answer it is, and so what its TTLs mean
    authority: Union[Authority, str] = Authority.UNKNOWN
    #: DNS: the INFO-CODE of the Extended DNS Error (RFC 8914), and its text
    ede: Optional[int] = None
    ede_text: Optional[str] = None
    #: probe: the certificates as sent, DER, end-entity first
    chain: tuple[bytes, ...] = ()
    #: probe: False: the source gives the end-entity certificate only
    chain_complete: bool = True
    #: probe: "TLSv1.2"
    tls_version: Optional[str] = None
    tls_cipher: Optional[str] = None
    #: probe: the group of the key exchange, and the scheme that the server signed with
    tls_group: Optional[str] = None
    tls_signature: Optional[str] = None
    #: probe: the number of the fatal alert received
    alert: Optional[int] = None
    #: probe: whether the server asked for a client certificate
    client_certificate: Union[ClientCertificate, str] = ClientCertificate.UNKNOWN
    #: probe: the CAs that its request names, DER
    client_cas: tuple[bytes, ...] = ()
    #: probe: the OCSP response that it stapled, DER
    ocsp: Optional[bytes] = None
    #: probe: the first line that the server sent beside TLS
    banner: Optional[str] = None
    #: probe: the answer to a SIP OPTIONS request
    sip_status: Optional[int] = None
    sip_server: Optional[str] = None
    #: who says so, for people: "resolver 192.0.2.53"; where `sources` are given, it is made of them
    source: Optional[str] = None
    #: who says so: Source("resolver", "192.0.2.53"). The address of a resolver tells whether it is an inner one
    sources: tuple[Source, ...] = ()
    #: one line for people
    detail: Optional[str] = None
    #: when it was observed
    time: Optional[datetime.datetime] = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "chain", ders_of(self.chain))

    @classmethod
    def answer(cls, records: Iterable[Record], **more: Any) -> Fact:
        """DNS records; none of them: the name exists, the type does not."""
        found = tuple(records)
        return cls(Outcome.ANSWER if found else Outcome.NODATA, found, **more)

    @classmethod
    def handshake(cls, chain: Iterable[Union[bytes, Certificate]], **more: Any) -> Fact:
        """A handshake that succeeded, and the certificates that were sent: a CertificateChain, or a list of DER."""
        return cls(Outcome.HANDSHAKE, chain=ders_of(chain), **more)

    @classmethod
    def not_probed(cls, chain: Iterable[Union[bytes, Certificate]], **more: Any) -> Fact:
        """The certificates that a server will present, from a file: a CertificateChain, or a list of DER. Nobody has
        connected, so the report does not say that the port speaks TLS."""
        return cls(Outcome.NOT_PROBED, chain=ders_of(chain), **more)


# ---- to C ----


APPEND = {
    RecordType.A: lib.fedval_fact_append_address,
    RecordType.AAAA: lib.fedval_fact_append_address,
    RecordType.CNAME: lib.fedval_fact_append_cname,
    RecordType.NS: lib.fedval_fact_append_ns,
}


def fill_record(pointer: Any, record: Record) -> None:
    owner, data = text_arguments(record.owner), text_arguments(record.data)
    kind = RecordType(record.type)
    if kind is RecordType.SRV:
        call(lib.fedval_fact_append_srv, pointer, *owner, record.ttl, record.priority, record.weight, record.port,
             *data)
    else:
        call(APPEND[kind], pointer, *owner, record.ttl, *data)


def fill_probe(pointer: Any, fact: Fact) -> None:
    for der in fact.chain:
        call(lib.fedval_fact_append_certificate, pointer, der, len(der))
    for name in fact.client_cas:
        call(lib.fedval_fact_append_client_ca, pointer, name, len(name))
    if fact.tls_version is not None or fact.tls_cipher is not None:
        call(lib.fedval_fact_set_tls, pointer, *text_arguments(fact.tls_version), *text_arguments(fact.tls_cipher))
    if fact.tls_group is not None or fact.tls_signature is not None:
        call(lib.fedval_fact_set_key_exchange, pointer, *text_arguments(fact.tls_group),
             *text_arguments(fact.tls_signature))
    if fact.alert is not None:
        call(lib.fedval_fact_set_alert, pointer, fact.alert)
    if fact.ocsp is not None:
        call(lib.fedval_fact_set_ocsp, pointer, fact.ocsp, len(fact.ocsp))
    if fact.banner is not None:
        call(lib.fedval_fact_set_banner, pointer, *text_arguments(fact.banner))
    if fact.sip_status is not None:
        call(lib.fedval_fact_set_sip, pointer, fact.sip_status, *text_arguments(fact.sip_server))
    if not fact.chain_complete:
        call(lib.fedval_fact_set_chain_complete, pointer, 0)
    call(lib.fedval_fact_set_client_certificate, pointer, ClientCertificate(fact.client_certificate).number)


def fill(pointer: Any, fact: Fact, kind: QuestionKind) -> None:
    """Writes a fact of Python into one of C, which a question came with."""
    if not isinstance(fact, Fact):
        raise TypeError(f"a Fact is wanted, not {type(fact).__name__}")
    if kind is QuestionKind.DNS:
        for record in fact.records:
            fill_record(pointer, record)
        call(lib.fedval_fact_set_dnssec, pointer, Dnssec(fact.dnssec).number)
        call(lib.fedval_fact_set_authority, pointer, Authority(fact.authority).number)
        if fact.ede is not None:
            call(lib.fedval_fact_set_ede, pointer, fact.ede, *text_arguments(fact.ede_text))
    else:
        fill_probe(pointer, fact)
    for source in fact.sources:
        call(lib.fedval_fact_append_source, pointer, SourceKind(source.kind).number, *text_arguments(source.place))
    if fact.source is not None and not fact.sources:
        call(lib.fedval_fact_set_source, pointer, *text_arguments(fact.source))
    if fact.detail is not None:
        call(lib.fedval_fact_set_detail, pointer, *text_arguments(fact.detail))
    if fact.time is not None:
        call(lib.fedval_fact_set_time, pointer, seconds(fact.time))
    call(lib.fedval_fact_set_outcome, pointer, Outcome(fact.outcome).number)


def new_fact(question: Question, fact: Fact) -> Any:
    """A fact of C, freed with its last reference."""
    out = ffi.new("fedval_fact **")
    if question.kind is QuestionKind.DNS:
        assert question.type is not None
        about = *text_arguments(question.name), question.type.number
        if question.address is None:
            call(lib.fedval_fact_new_dns, *about, question.view, out)
        else:
            call(lib.fedval_fact_new_dns_at, *about, *text_arguments(question.host),
                 *text_arguments(question.address), out)
    elif question.look is not Look.ANY:
        call(lib.fedval_fact_new_look, *text_arguments(question.host), *text_arguments(question.address),
             question.port, question.look.number, out)
    else:
        role = question.role or Role.SERVER
        call(lib.fedval_fact_new_probe, *text_arguments(question.host), *text_arguments(question.address),
             question.port, role.number, out)
    pointer = own("fact", out[0])
    fill(pointer, fact, question.kind)
    return pointer


# ---- from C ----


def question_of(pointer: Any) -> Question:
    """What a question of C asks."""
    if lib.fedval_question_get_kind(pointer) == QuestionKind.DNS.number:
        return Question(QuestionKind.DNS, name=string_or_none(lib.fedval_question_get_name(pointer)),
                        type=RecordType.of(lib.fedval_question_get_type(pointer)),
                        view=lib.fedval_question_get_view(pointer),
                        host=string_or_none(lib.fedval_question_get_host(pointer)),
                        address=string_or_none(lib.fedval_question_get_address(pointer)))
    return Question(QuestionKind.PROBE, host=string_or_none(lib.fedval_question_get_host(pointer)),
                    address=string_or_none(lib.fedval_question_get_address(pointer)),
                    port=lib.fedval_question_get_port(pointer),
                    role=Role.of(lib.fedval_question_get_role(pointer)),
                    look=Look.of(lib.fedval_question_get_look(pointer)))


def record_of(pointer: Any, index: int) -> Record:
    return Record(string_or_none(lib.fedval_fact_get_record_owner(pointer, index)) or "",
                  RecordType.of(lib.fedval_fact_get_record_type(pointer, index)),
                  lib.fedval_fact_get_record_ttl(pointer, index),
                  string_or_none(lib.fedval_fact_get_record_data(pointer, index)) or "",
                  lib.fedval_fact_get_record_priority(pointer, index),
                  lib.fedval_fact_get_record_weight(pointer, index),
                  lib.fedval_fact_get_record_port(pointer, index))


def source_of(pointer: Any, index: int) -> Source:
    return Source(SourceKind.of(lib.fedval_fact_get_source_kind(pointer, index)),
                  string_or_none(lib.fedval_fact_get_source_place(pointer, index)) or "")


def blocks(pointer: Any, count: Any, get: Any) -> tuple[bytes, ...]:
    length = ffi.new("size_t *")
    return tuple(block(get(pointer, i, length), length) or b"" for i in range(count(pointer)))


def none_if(value: int, nothing: int) -> Optional[int]:
    return None if value == nothing else value


def fact_of(pointer: Any) -> Optional[Fact]:
    """What a fact of C says; None where it says nothing yet."""
    outcome = lib.fedval_fact_get_outcome(pointer)
    if outcome == 0:
        return None
    length = ffi.new("size_t *")
    return Fact(
        Outcome.of(outcome),
        records=tuple(record_of(pointer, i) for i in range(lib.fedval_fact_count_records(pointer))),
        dnssec=Dnssec.of(lib.fedval_fact_get_dnssec(pointer)),
        authority=Authority.of(lib.fedval_fact_get_authority(pointer)),
        ede=none_if(lib.fedval_fact_get_ede(pointer), -1),
        ede_text=string_or_none(lib.fedval_fact_get_ede_text(pointer)),
        chain=blocks(pointer, lib.fedval_fact_count_certificates, lib.fedval_fact_get_certificate),
        chain_complete=bool(lib.fedval_fact_get_chain_complete(pointer)),
        tls_version=string_or_none(lib.fedval_fact_get_tls_version(pointer)),
        tls_cipher=string_or_none(lib.fedval_fact_get_tls_cipher(pointer)),
        tls_group=string_or_none(lib.fedval_fact_get_tls_group(pointer)),
        tls_signature=string_or_none(lib.fedval_fact_get_tls_signature(pointer)),
        alert=none_if(lib.fedval_fact_get_alert(pointer), -1),
        client_certificate=ClientCertificate.of(lib.fedval_fact_get_client_certificate(pointer)),
        client_cas=blocks(pointer, lib.fedval_fact_count_client_cas, lib.fedval_fact_get_client_ca),
        ocsp=block(lib.fedval_fact_get_ocsp(pointer, length), length),
        banner=string_or_none(lib.fedval_fact_get_banner(pointer)),
        sip_status=none_if(lib.fedval_fact_get_sip_status(pointer), 0),
        sip_server=string_or_none(lib.fedval_fact_get_sip_server(pointer)),
        source=string_or_none(lib.fedval_fact_get_source(pointer)),
        sources=tuple(source_of(pointer, i) for i in range(lib.fedval_fact_count_sources(pointer))),
        detail=string_or_none(lib.fedval_fact_get_detail(pointer)),
        time=moment_of(lib.fedval_fact_get_time(pointer)),
    )
