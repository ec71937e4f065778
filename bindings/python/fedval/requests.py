"""Certificate requests (PKCS #10): what a CA is asked for, before it has issued anything."""
from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Union

from ._fedval import ffi, lib
from ._native import call, create
from .certificates import CertificateFields
from .codes import Status, Verify
from .errors import ArgumentError, about

__all__ = ["CertificateRequest"]


class CertificateRequest(CertificateFields):
    """One request, out of PEM or DER. It never changes: any number of threads may read it.

    >>> request = CertificateRequest.read("vcse.csr")
    >>> request.match("vcse.example.com"), request.check_signature()
    (<NameMatch.SAN: 'san'>, <Verify.GOOD: 'good'>)
    """

    __slots__ = ("_request", "data")

    #: the file as it was given
    data: bytes

    def __init__(self, data: bytes) -> None:
        """The bytes of a file; `read` takes its path. Raises SyntaxFault with the place of what is broken, NotFoundError
        where there is no request, which says what there is."""
        self._request = create("request", lib.fedval_request_new, data, len(data), with_error=True)
        self._handle = lib.fedval_request_get_asked(self._request)
        self.data = bytes(data)

    @classmethod
    def read(cls, path: Union[str, os.PathLike[str]]) -> CertificateRequest:
        """Out of a file. What is raised names it."""
        with about(path):
            return cls(Path(path).read_bytes())

    def __reduce__(self) -> tuple[Any, ...]:
        return CertificateRequest, (self.data,)

    def __repr__(self) -> str:
        return f"<CertificateRequest for {self.subject or 'no subject'}>"

    def check_signature(self, verifier: str = "openssl") -> Verify:
        """Whether who made the request has its key. Of trust it says nothing. `verifier`: "openssl" or "mbedtls"."""
        make = getattr(lib, f"fedval_{verifier}_verifier_new", None)
        if verifier not in ("openssl", "mbedtls") or make is None:
            raise ArgumentError(Status.ARGUMENT, f"no verifier is called {verifier}")
        out = ffi.new("uint32_t *")
        call(lib.fedval_request_check_signature, self._request, create("verifier", make), out)
        return Verify.of(out[0])
