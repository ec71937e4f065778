"""What a call and an item of a batch cost: ctypes and cffi beside C.

usage: bench.py [LIBRARY [CERTIFICATE]]     LIBRARY: libfedval.so.0, for the rows of ctypes; CERTIFICATE: PEM

The row of C is the batch function of the library over packed arrays that are ready, from a loop in C of the extension's
own kind: what is over it is the price of Python. Times are CPU time, the contenders taking turns in many short windows: the
median of the windows, and the least, which other work on the machine disturbs least.
"""
from __future__ import annotations

import ctypes
import statistics
import sys
import time
from array import array
from typing import Any, Callable

import fedval
from fedval._fedval import ffi, lib

ITEMS, WINDOWS = 1000, 200


def window(work: Callable[[], Any], calls: int) -> float:
    """Nanoseconds of CPU time of one call, in one window."""
    begin = time.process_time_ns()
    for _ in range(calls):
        work()
    return (time.process_time_ns() - begin) / calls


#: nanoseconds an item: the median of the windows, and the least
Times = tuple[float, float]


def measure(contenders: dict[str, tuple[Callable[[], Any], int]], items: int) -> dict[str, Times]:
    """The times of each, (work, calls in a window)."""
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(WINDOWS):
        for name, (work, calls) in contenders.items():
            found[name].append(window(work, calls) / items)
    return {name: (statistics.median(times), min(times)) for name, times in found.items()}


def show(title: str, found: dict[str, Times], base: str) -> None:
    print(title)
    print(f"  {'':34} {'median':>9}    {'over C':>8}   {'least':>9}    {'over C':>8}")
    for name, times in found.items():
        cells = [f"{each:9.1f} ns " + (" " * 8 if name == base else f"{each - of_c:+8.1f}")
                 for each, of_c in zip(times, found[base])]
        print(f"  {name:34} {'   '.join(cells)}")


def single(library: Any) -> None:
    """One call for one pair."""
    domain, target = b"example.com", b"expe.example.com"
    # A loop of C over one pair again and again: a batch of the same pair.
    text = (domain + target) * ITEMS
    offsets = array("I", [0])
    for _ in range(ITEMS):
        offsets.extend((offsets[-1] + len(domain), offsets[-1] + len(domain) + len(target)))
    places, data = ffi.from_buffer("uint32_t[]", offsets), ffi.from_buffer(text)
    out = ffi.new("uint32_t[]", ITEMS)
    in_c = measure({"C": (lambda: lib.fedval_srv_match_batch(data, len(text), places, ITEMS, out), 20)}, ITEMS)["C"]
    contenders: dict[str, tuple[Callable[[], Any], int]] = {
        "cffi, the function alone": (lambda: lib.fedval_srv_match(domain, 11, target, 16), 2000),
        "fedval.srv_match": (lambda: fedval.srv_match("example.com", "expe.example.com"), 2000),
    }
    if library is not None:
        match = library.fedval_srv_match
        match.restype = ctypes.c_uint32
        match.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t]
        contenders["ctypes, the function alone"] = (lambda: match(domain, 11, target, 16), 2000)
    show("one call: srv_match", {"C": in_c, **measure(contenders, 1)}, "C")


def batch(library: Any) -> None:
    """1,000 names against one certificate, and 1,000 pairs."""
    pairs = [(f"d{i}.example.com", f"expe.d{i}.example.com") for i in range(ITEMS)]
    names = [name for pair in pairs for name in pair]
    text, offsets = "".join(names).encode(), array("I", [0])
    for name in names:
        offsets.append(offsets[-1] + len(name))
    places, data, out = ffi.from_buffer("uint32_t[]", offsets), ffi.from_buffer(text), ffi.new("uint32_t[]", ITEMS)
    contenders: dict[str, tuple[Callable[[], Any], int]] = {
        "C": (lambda: lib.fedval_srv_match_batch(data, len(text), places, ITEMS, out), 10),
        "srv_match_packed": (lambda: fedval.srv_match_packed(text, offsets), 10),
        "srv_match_many (list of pairs)": (lambda: fedval.srv_match_many(pairs), 10),
        "[srv_match(*pair) for pair]": (lambda: [fedval.srv_match(*pair) for pair in pairs], 1),
    }
    if library is not None:
        match = library.fedval_srv_match_batch
        pointer = ctypes.POINTER(ctypes.c_uint32)
        match.argtypes = [ctypes.c_char_p, ctypes.c_size_t, pointer, ctypes.c_size_t, pointer]
        c_offsets = (ctypes.c_uint32 * len(offsets)).from_buffer(offsets)
        c_out = (ctypes.c_uint32 * ITEMS)()
        contenders["ctypes, packed"] = (lambda: match(text, len(text), c_offsets, ITEMS, c_out), 10)
    show(f"a batch of {ITEMS} pairs, a pair", measure(contenders, ITEMS), "C")


def certificate(path: str) -> None:
    """1,000 names against one certificate."""
    with open(path, "rb") as file:
        cert = fedval.CertificateChain(file.read())[0]
    names = [f"d{i}.example.com" for i in range(ITEMS)]
    text, offsets = "".join(names).encode(), array("I", [0])
    for name in names:
        offsets.append(offsets[-1] + len(name))
    places, data, out = ffi.from_buffer("uint32_t[]", offsets), ffi.from_buffer(text), ffi.new("uint32_t[]", ITEMS)
    show(f"a batch of {ITEMS} names against a certificate, a name", measure({
        "C": (lambda: lib.fedval_certificate_match_batch(cert._handle, data, len(text), places, ITEMS, 1, 2, 0, out), 10),
        "match_packed": (lambda: cert.match_packed(text, offsets), 10),
        "match_many (list of str)": (lambda: cert.match_many(names), 10),
    }, ITEMS), "C")


def main() -> None:
    library = ctypes.CDLL(sys.argv[1]) if len(sys.argv) > 1 else None
    single(library)
    batch(library)
    for path in sys.argv[2:]:
        certificate(path)


if __name__ == "__main__":
    main()
