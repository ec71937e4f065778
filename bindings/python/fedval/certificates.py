"""Certificates: decoded as far as they can be read, and matched with names. Nothing is judged here."""
from __future__ import annotations

import datetime
import json
import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Optional, Union

from ._fedval import ffi, lib
from ._native import block, call, create, encode, moment_of, string, take_text
from .codes import CnRule, KeyType, NameMatch, SanType, WildcardRule
from .documents import CertificateDocument
from .errors import about
from .names import Buffer, members, new_buffer, numbers, pack, packed_offsets, table_of

__all__ = ["Certificate", "CertificateChain", "CertificateFields"]

NAME_MATCHES = table_of(NameMatch)


class CertificateFields:
    """What a certificate has, and a request asks for."""

    __slots__ = ("_handle",)

    _handle: Any

    @property
    def subject(self) -> str:
        """For people, the most specific part first: "CN=vcse.example.com, O=Lab"."""
        return string(lib.fedval_certificate_get_subject(self._handle))

    @property
    def key_type(self) -> KeyType:
        """The kind of its public key."""
        return KeyType.of(lib.fedval_certificate_get_key_type(self._handle))

    @property
    def key_bits(self) -> Optional[int]:
        """The size of its public key; None: not known."""
        return lib.fedval_certificate_get_key_bits(self._handle) or None

    @property
    def names(self) -> list[str]:
        """The subjectAltName for people: "DNS:vcse.example.com"."""
        return [string(lib.fedval_certificate_get_san_text(self._handle, i))
                for i in range(lib.fedval_certificate_count_sans(self._handle))]

    @property
    def subject_alt_names(self) -> list[tuple[SanType, bytes]]:
        """The subjectAltName as it stands there: octets, which need not be text."""
        kind, length = ffi.new("uint32_t *"), ffi.new("size_t *")
        found = []
        for i in range(lib.fedval_certificate_count_sans(self._handle)):
            octets = block(lib.fedval_certificate_get_san(self._handle, i, kind, length), length)
            found.append((SanType.of(kind[0]), octets or b""))
        return found

    @property
    def defects(self) -> list[str]:
        """What is wrong with its encoding, a line each."""
        return [string(lib.fedval_certificate_get_defect(self._handle, i, ffi.NULL))
                for i in range(lib.fedval_certificate_count_defects(self._handle))]

    def document(self) -> CertificateDocument:
        """All that is in it: "fedval-certificate/1"."""
        return CertificateDocument.read(json.loads(self.to_json()))

    def to_json(self) -> bytes:
        """The same as JSON."""
        return take_text(lib.fedval_certificate_to_json, self._handle)

    def match(self, name: str, *, wildcard: Union[WildcardRule, str] = WildcardRule.NEVER,
              common_name: Union[CnRule, str] = CnRule.WITHOUT_SAN, sip_uri: bool = False) -> NameMatch:
        """How its names match a host name or an address. Raises SyntaxFault for a text that is neither.

        `sip_uri`: a sip: URI without a user names its domain (RFC 5922 7.1).
        """
        data, out = encode(name), ffi.new("uint32_t *")
        call(lib.fedval_certificate_match, self._handle, data, len(data), WildcardRule(wildcard).number,
             CnRule(common_name).number, sip_uri, out)
        return NameMatch.of(out[0])

    def match_many(self, names: Iterable[str], *, wildcard: Union[WildcardRule, str] = WildcardRule.NEVER,
                   common_name: Union[CnRule, str] = CnRule.WITHOUT_SAN,
                   sip_uri: bool = False) -> list[Optional[NameMatch]]:
        """match of many names in one call of the library, during which other threads run; None for a text that is no
        name."""
        if isinstance(names, str):  # which is iterable, too: by its letters
            raise TypeError("names is one text: call match, or give a list of names")
        items = names if isinstance(names, list) else list(names)
        text, offsets = pack(items)
        out = new_buffer("uint32_t[]", max(len(items), 1))
        call(lib.fedval_certificate_match_batch, self._handle, text, offsets[len(items)], offsets, len(items),
             WildcardRule(wildcard).number, CnRule(common_name).number, sip_uri, out)
        return members(NAME_MATCHES, out, len(items))

    def match_packed(self, text: Buffer, offsets: Buffer, *, wildcard: Union[WildcardRule, str] = WildcardRule.NEVER,
                     common_name: Union[CnRule, str] = CnRule.WITHOUT_SAN, sip_uri: bool = False) -> array[int]:
        """The same of packed arrays: name i lies between offsets[i] and offsets[i + 1] (unsigned 32-bit integers).
        Returns the numbers of the codes (`NameMatch.of`); 0 for a text that is no name."""
        places, count = packed_offsets(offsets)
        data = ffi.from_buffer(text)
        rules = WildcardRule(wildcard).number, CnRule(common_name).number, sip_uri
        return numbers(count, lambda out: lib.fedval_certificate_match_batch(
            self._handle, data, len(data), places, count, *rules, out))


class Certificate(CertificateFields):
    """One certificate, out of DER. It never changes: any number of threads may read it.

    >>> Certificate(der).match("vcse.example.com")
    <NameMatch.SAN: 'san'>
    """

    __slots__ = ("der",)

    #: the certificate itself
    der: bytes

    def __init__(self, der: bytes) -> None:
        """Raises SyntaxFault for what is no certificate at all; a flawed one has `defects`."""
        self._handle = create("certificate", lib.fedval_certificate_new, der, len(der))
        self.der = bytes(der)

    def __reduce__(self) -> tuple[Any, ...]:
        return Certificate, (self.der,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Certificate) and self.der == other.der

    def __hash__(self) -> int:
        return hash(self.der)

    def __repr__(self) -> str:
        return f"<Certificate {self.subject or 'without a subject'}>"

    @property
    def issuer(self) -> str:
        """As subject."""
        return string(lib.fedval_certificate_get_issuer(self._handle))

    @property
    def serial(self) -> Optional[bytes]:
        """The octets of the serial number as they stand there."""
        length = ffi.new("size_t *")
        return block(lib.fedval_certificate_get_serial(self._handle, length), length)

    @property
    def not_before(self) -> Optional[datetime.datetime]:
        """The first second of validity, in UTC; None: it cannot be read."""
        return moment_of(lib.fedval_certificate_get_not_before(self._handle))

    @property
    def not_after(self) -> Optional[datetime.datetime]:
        """The last second of validity, in UTC; None: it cannot be read."""
        return moment_of(lib.fedval_certificate_get_not_after(self._handle))

    @property
    def is_ca(self) -> bool:
        """Whether basicConstraints says that it is a CA."""
        return bool(lib.fedval_certificate_is_ca(self._handle))


class CertificateChain(Sequence[Certificate]):
    """The certificates of a file, in its order: PEM, DER, several DER in a row, PKCS #7, or a text in UTF-16."""

    __slots__ = ("_certificates", "_handle")

    def __init__(self, data: bytes) -> None:
        """The bytes of the file; `read` takes its path. Raises SyntaxFault with the place of what is broken, NotFoundError
        where there is no certificate."""
        if isinstance(data, (str, os.PathLike)):
            raise TypeError(f"CertificateChain takes the bytes of a file, not {type(data).__name__}: "
                            "CertificateChain.read(path) reads one")
        self._handle = create("certificate_list", lib.fedval_certificate_list_new, data, len(data), with_error=True)
        length = ffi.new("size_t *")
        self._certificates = tuple(
            Certificate(block(lib.fedval_certificate_get_der(lib.fedval_certificate_list_get(self._handle, i), length),
                              length) or b"")
            for i in range(lib.fedval_certificate_list_count(self._handle)))

    @classmethod
    def read(cls, path: Union[str, os.PathLike[str]]) -> CertificateChain:
        """Out of a file. What is raised names it."""
        with about(path):
            return cls(Path(path).read_bytes())

    @classmethod
    def from_der(cls, certificates: Iterable[bytes]) -> CertificateChain:
        """Out of DER, end-entity certificate first, as a TLS library has them."""
        return cls(b"".join(certificates))

    @classmethod
    def from_pkcs12(cls, data: bytes, password: Optional[str] = None) -> CertificateChain:
        """Out of a PKCS #12 file (.p12, .pfx). The key does not come out. Raises StateError for a wrong password."""
        text, length = ffi.new("char **"), ffi.new("size_t *")
        secret = ffi.NULL if password is None else encode(password)
        call(lib.fedval_openssl_pkcs12_open, data, len(data), secret, 0 if password is None else len(secret), text, length, ffi.NULL)
        pem = bytes(ffi.buffer(text[0], length[0]))
        lib.fedval_text_free(text[0])
        return cls(pem)

    def __reduce__(self) -> tuple[Any, ...]:
        return CertificateChain, (b"".join(certificate.der for certificate in self._certificates),)

    def __len__(self) -> int:
        return len(self._certificates)

    def __getitem__(self, index: Any) -> Any:
        return self._certificates[index]

    def __iter__(self) -> Iterator[Certificate]:
        return iter(self._certificates)

    def __repr__(self) -> str:
        return f"<CertificateChain {' <- '.join(certificate.subject for certificate in self._certificates)}>"
