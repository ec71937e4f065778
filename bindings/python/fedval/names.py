"""Names: the SRV rule of federation, DNS names in their one form, the domain of a SIP URI."""
from __future__ import annotations

import operator
import sys
from array import array
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple, Optional, Union

from ._code import Code
from ._fedval import ffi, lib
from ._native import call, encode, string
from .codes import NameFault, NameKind, SrvMatch
from .errors import SyntaxFault, error_of

__all__ = ["Buffer", "Name", "normalise", "order_srv", "sip_domain", "srv_match", "srv_match_many", "srv_match_packed"]

#: Anything with the buffer protocol: bytes, bytearray, memoryview, array, a NumPy array.
Buffer = Union[bytes, bytearray, memoryview, "array[int]"]


def table_of(codes: type[Code]) -> tuple[Any, ...]:
    """The members of a class by their numbers; None where there is none."""
    table: list[Optional[Code]] = [None] * (max(code.number for code in codes) + 1)
    for code in codes:
        table[code.number] = code
    return tuple(table)


MATCHES = table_of(SrvMatch)
#: how many names a pair has
PAIR = frozenset((2,))
#: where a code is in an integer of this machine
LOW_BYTE = 0 if sys.byteorder == "little" else 3
new_buffer = ffi.new_allocator(should_clear_after_alloc=False)


class Name(NamedTuple):
    """A DNS name in the form in which names are compared, and what kind of name it is."""

    text: str
    kind: NameKind


def normalise(name: str) -> Name:
    """Lower-case A-labels without the final dot; an address as the RFCs write it.

    Raises SyntaxFault for what is no name; its message is the word of the NameFault.
    """
    data = encode(name)
    out, kind, fault = ffi.new("char[]", lib.FEDVAL_NAME_SIZE), ffi.new("uint32_t *"), ffi.new("uint32_t *")
    status = lib.fedval_name_normalise(data, len(data), out, lib.FEDVAL_NAME_SIZE, kind, fault)
    if status != 0:
        error = error_of(status)
        raise SyntaxFault(error.status, str(NameFault.of(fault[0]))) if isinstance(error, SyntaxFault) else error
    return Name(string(out), NameKind.of(kind[0]))


def sip_domain(uri: str) -> Name:
    """The domain of a SIP or SIPS URI. Raises NotFoundError for a scheme without one (tel), SyntaxFault for no URI."""
    data = encode(uri)
    out, kind = ffi.new("char[]", lib.FEDVAL_NAME_SIZE), ffi.new("uint32_t *")
    call(lib.fedval_sip_uri_domain, data, len(data), out, lib.FEDVAL_NAME_SIZE, kind)
    return Name(string(out), NameKind.of(kind[0]))


def order_srv(records: Sequence[tuple[int, int]]) -> list[int]:
    """The order in which the Microsoft Edge takes SRV records, given as (priority, weight): their indices."""
    out = ffi.new("uint32_t[]", max(len(records), 1))
    call(lib.fedval_srv_order_edge, ffi.new("uint16_t[]", [priority for priority, _ in records] or [0]),
         ffi.new("uint16_t[]", [weight for _, weight in records] or [0]), len(records), out, ffi.NULL)
    order: list[int] = ffi.unpack(out, len(records)) if records else []
    return order


def srv_match(domain: str, target: str) -> SrvMatch:
    """How an SRV target relates to the SIP domain that it serves. The Edge accepts SrvMatch.MATCH alone.

    >>> srv_match("example.com", "expe.example.com")
    <SrvMatch.MATCH: 'match'>
    """
    domain_data, target_data = encode(domain), encode(target)
    match: SrvMatch = MATCHES[lib.fedval_srv_match(domain_data, len(domain_data), target_data, len(target_data))]
    return match


def srv_match_many(pairs: Iterable[tuple[str, str]]) -> list[SrvMatch]:
    """srv_match of many (domain, target) in one call of the library, during which other threads run."""
    pairs = pairs if isinstance(pairs, list) else list(pairs)
    if not PAIR.issuperset(map(len, pairs)):
        raise ValueError("a pair is a domain and a target")
    names = list(chain.from_iterable(pairs))
    text, offsets = pack(names)
    out = new_buffer("uint32_t[]", max(len(names) // 2, 1))
    call(lib.fedval_srv_match_batch, text, offsets[len(names)], offsets, len(names) // 2, out)
    return members(MATCHES, out, len(names) // 2)


def srv_match_packed(text: Buffer, offsets: Buffer) -> array[int]:
    """The same of packed arrays: every name one after the other, and where each begins and the last ends.

    `offsets` holds 2n + 1 unsigned 32-bit integers: the domain of pair i lies between offsets[2i] and
    offsets[2i + 1], its target between that and offsets[2i + 2]. Returns the numbers of the codes
    (`SrvMatch.of`). Nothing is copied on the way in.
    """
    places, count = packed_offsets(offsets)
    if count % 2 != 0:
        raise ValueError("a pair is a domain and a target")
    data = ffi.from_buffer(text)
    return numbers(count // 2, lambda out: lib.fedval_srv_match_batch(data, len(data), places, count // 2, out))


# ---- packed arrays, for the batch functions of other modules too ----


def pack(names: Sequence[str]) -> tuple[Any, Any]:
    """The packed text and offsets of a list of names."""
    joined = encode("\0".join(names))
    text, offsets = new_buffer("char[]", len(joined) + 1), new_buffer("uint32_t[]", len(names) + 1)
    if len(joined) >= 2**32:
        raise ValueError("the names of one batch are longer than 4 GiB")
    if not lib.fedval_python_pack(joined, len(joined), len(names), text, offsets):
        return pack_slowly(names)
    return text, offsets


def pack_slowly(names: Sequence[str]) -> tuple[Any, Any]:
    """The same where a name holds a NUL, which is no name but has its place all the same; and of no names."""
    items = [encode(name) for name in names]
    places = [0]
    for item in items:
        places.append(places[-1] + len(item))
    return ffi.new("char[]", b"".join(items)), ffi.new("uint32_t[]", places)


def members(table: tuple[Any, ...], out: Any, count: int) -> list[Any]:
    """The codes behind the numbers that a batch function wrote: each fits the low byte of its 32 bits."""
    found = bytes(ffi.buffer(out, 4 * count))[LOW_BYTE::4]
    if count < 2:
        return [table[number] for number in found]
    return list(operator.itemgetter(*found)(table))


def packed_offsets(offsets: Buffer) -> tuple[Any, int]:
    """The offsets as C sees them, and how many items they divide."""
    view = memoryview(offsets)
    if view.itemsize not in (1, 4) or view.nbytes % 4 != 0 or view.nbytes == 0:
        raise ValueError("offsets are unsigned 32-bit integers, one more than there are items")
    return ffi.from_buffer("uint32_t[]", offsets), view.nbytes // 4 - 1


def numbers(count: int, fill: Any) -> array[int]:
    """An array of `count` codes that `fill` wrote."""
    found = array("I", bytes(4 * count))
    call(fill, ffi.from_buffer("uint32_t[]", found, require_writable=True) if count else ffi.new("uint32_t[1]"))
    return found
