"""DNS servers that do what none should: every question ends with an outcome, and inside its time. Where nothing but the
deadline ends it, the outcome is `timeout`; the rest ends before."""
import os
import socket
import struct
import threading

import pytest

from dns_servers import CNAME, NS, SRV, TC, A, FakeServer, Query, a, name, record
from test_resolver import data, resolve, resolve_all

HOST = "expe.example.com"
DNAME = 39
WAIT_MS = 1500  # what only the deadline ends gets so much


class StreamServer(FakeServer):
    """Truncates over UDP; over TCP, stream(connection, query) follows."""

    def __init__(self, stream):
        self.stream = stream
        super().__init__(lambda query: query.reply(flags=TC))

    def answer_over_tcp(self, connection, peer, data):
        query = Query(data, peer, True)
        self.queries.append(query)
        self.stream(connection, query)


def framed(message, num_answers=None):
    """With its length before it, and the number of answers that it claims."""
    if num_answers is not None:
        message = message[:6] + struct.pack(">H", num_answers) + message[8:]
    return struct.pack(">H", len(message)) + message


def until_gone(connection):
    while connection.recv(4096):
        pass


def sends(make, repeat=False):
    def stream(connection, query):
        connection.sendall(make(query))
        while repeat:
            connection.sendall(make(query))
        until_gone(connection)
    return stream


def closes(make):
    def stream(connection, query):
        connection.sendall(make(query))
        connection.shutdown(socket.SHUT_WR)
        until_gone(connection)
    return stream


def byte_by_byte(connection, query):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in framed(query.reply(*[a(query.name)] * 500)):
        connection.sendall(bytes([byte]))
    until_gone(connection)


def jumping(query):
    """Thousands of names, each of which jumps thousands of times from pointer to pointer."""
    head = query.reply()
    start = len(head) + 11
    count = (16380 - start) // 2
    chain = b"".join(struct.pack(">H", 0xC000 | (12 if i == 0 else start + 2 * (i - 1))) for i in range(count))
    end = 0xC000 | (start + 2 * (count - 1))
    ns = struct.pack(">HHHIHH", end, 2, 1, 0, 2, end)
    body = b"\0" + struct.pack(">HHIH", 65280, 1, 0, len(chain)) + chain
    num_ns = (65535 - len(head) - len(body)) // len(ns)
    return framed(head + body + ns * num_ns, num_ns + 1)


def aliases_of_others(query):
    chain = [record(f"a{i}.x", CNAME, name(f"a{i + 1}.x")) for i in range(1500)]
    return framed(query.reply(record(query.name, CNAME, name("a0.x")), *chain))


OVER_TCP = {
    "garbage without end": (sends(lambda query: os.urandom(65536), repeat=True), {"malformed"}),
    "zeros without end": (sends(lambda query: bytes(65536), repeat=True), {"malformed"}),
    "answers to others without end": (sends(lambda query: framed(query.reply(a("x.test"), id=query.id ^ 1)), repeat=True),
                                      {"malformed"}),
    "truncated again": (sends(lambda query: framed(query.reply(flags=TC))), {"malformed"}),
    "a byte in each segment": (byte_by_byte, {"answer"}),
    "a part, then nothing": (sends(lambda query: framed(query.reply(a(query.name)))[:20]), {"timeout"}),
    "nothing": (sends(lambda query: b""), {"timeout"}),
    "a part, then the end": (closes(lambda query: framed(query.reply(a(query.name)))[:20]), {"unreachable"}),
    "the end": (closes(lambda query: b""), {"unreachable"}),
    "65,535 bytes": (sends(lambda query: framed(query.reply(*[a(query.name)] * 2040))), {"answer"}),
    "more answers than it claims": (sends(lambda query: framed(query.reply(*[a(query.name)] * 9), 1)), {"answer", "malformed"}),
    "fewer answers than it claims": (sends(lambda query: framed(query.reply(a(query.name)), 60000)), {"malformed"}),
    "jumps from pointer to pointer": (sends(jumping), {"malformed"}),
    "aliases without end": (sends(aliases_of_others), {"alias-circle"}),
}


@pytest.mark.parametrize("kind", OVER_TCP)
def test_whatever_comes_over_tcp_the_question_ends(kind):
    stream, outcomes = OVER_TCP[kind]
    with StreamServer(stream) as server:
        fact = resolve(server.address, f"A {HOST}", timeout_ms=WAIT_MS if "timeout" in outcomes else 30000)
    assert fact["outcome"] in outcomes
    if fact["outcome"] in ("timeout", "unreachable"):
        assert "too long for UDP" in fact["detail"]
    assert sum(query.over_tcp for query in server.queries) == 1


@pytest.mark.parametrize("forge", [
    lambda query: query.reply(a(query.name, "192.0.2.66"), id=query.id ^ 1),
    lambda query: query.reply(a("x.test"), question=name("x.test") + b"\0\1\0\1"),
    lambda query: b"",
], ids=["ids", "questions", "nothing"])
def test_a_flood_of_answers_that_do_not_fit_ends_with_the_question(forge):
    """They come faster than they can be read; a question beside it gets its answer."""
    def behave(query):
        if query.name != HOST:
            return query.reply(a(query.name))

        def flood():
            while not server.over.is_set():
                server.send(forge(query), query.peer)
        threading.Thread(target=flood, daemon=True).start()
        return None
    with FakeServer(behave) as server:
        facts, _ = resolve_all(server.address, [f"A {HOST}", "A other.example.com"], timeout_ms=WAIT_MS)
    assert (facts[f"A {HOST}"]["outcome"], facts[f"A {HOST}"]["records"]) == ("timeout", [])
    assert "do not fit" in facts[f"A {HOST}"]["detail"]
    assert facts["A other.example.com"]["outcome"] == "answer"


def with_flags(reply, flags):
    """The second half of the flags stays: RA and the rcode."""
    return reply[:2] + bytes([flags]) + reply[3:]


def data_srv(target):
    return struct.pack(">HHH", 0, 0, 5061) + target


OTHER = "other.test"
RENAMED = "expe.other.test"
# what comes, outcome, targets and addresses
ODD = {
    "an alias of a whole zone": (lambda q: q.reply(record("example.com", DNAME, name(OTHER)), record(q.name, CNAME, name(OTHER)),
                                                   a(OTHER)), "answer", [OTHER, "192.0.2.1"]),
    "an alias of a whole zone, alone": (lambda q: q.reply(record("example.com", DNAME, name(OTHER))) if q.name.endswith("example.com")
                                        else q.reply(a(q.name)), "answer", [RENAMED, "192.0.2.1"]),
    "an alias of a whole zone and what it leads to": (lambda q: q.reply(record("example.com", DNAME, name(OTHER)), a(RENAMED)),
                                                      "answer", [RENAMED, "192.0.2.1"]),
    "an alias of a zone beside": (lambda q: q.reply(record("ample.com", DNAME, name(OTHER))), "nodata", []),
    "an alias of a zone to itself": (lambda q: q.reply(record("example.com", DNAME, name("example.com"))), "alias-circle", None),
    "an alias of a zone below itself": (lambda q: q.reply(record("example.com", DNAME, name("a.example.com"))), "alias-circle", None),
    "an alias of a zone to a name that gets too long": (
        lambda q: q.reply(record("example.com", DNAME, name(".".join(["a" * 62] * 4)))), "malformed", []),
    "an alias of what does not exist": (lambda q: q.reply(record(q.name, CNAME, name(OTHER)), rcode=3), "nxdomain", [OTHER]),
    "a name that does not exist, without SOA": (lambda q: q.reply(rcode=3), "nxdomain", []),
    "a name that does not exist, with an address": (lambda q: q.reply(a(q.name), rcode=3), "nxdomain", []),
    "a question in place of an answer": (lambda q: with_flags(q.reply(a(q.name)), 0x01), "timeout", []),
    "another opcode": (lambda q: with_flags(q.reply(a(q.name)), 0xA9), "timeout", []),
    "two questions": (lambda q: q.reply()[:4] + b"\0\2" + q.reply()[6:12] + q.question * 2, "timeout", []),
    "a header cut short": (lambda q: q.reply()[:11], "timeout", []),
    "records of another class": (lambda q: q.reply(name(q.name) + struct.pack(">HHIH", A, 3, 60, 4) + bytes(4)), "nodata", []),
    "an address beside the answer": (lambda q: q.reply(authority=(a(q.name),)), "nodata", []),
    "a referral to the root": (lambda q: q.reply(authority=(record(".", NS, name("ns.test")),)), "not-answered", []),
    "a referral to itself": (lambda q: q.reply(authority=(record("example.com", NS, name("ns.example.com")),)), "not-answered", []),
    "an owner in capitals": (lambda q: q.reply(a(q.name.upper())), "answer", ["192.0.2.1"]),
    "bytes behind the answer": (lambda q: q.reply(a(q.name)) + b"more", "answer", ["192.0.2.1"]),
    "an address of another size": (lambda q: q.reply(record(q.name, A, bytes(3))), "malformed", []),
    "two aliases of one name": (lambda q: q.reply(record(q.name, CNAME, name(OTHER)), record(q.name, CNAME, name("third.test")),
                                                  a(OTHER), a("third.test")), "answer", [OTHER, "192.0.2.1"]),
    "an alias of itself": (lambda q: q.reply(record(q.name, CNAME, name(q.name))), "alias-circle", None),
    "an alias there and back": (lambda q: q.reply(record(q.name, CNAME, name(OTHER if q.name != OTHER else HOST))),
                                "alias-circle", None),
    "an error without a name": (lambda q: q.reply(rcode=11), "not-answered", []),
    "truncated, and refused over TCP": (lambda q: q.reply(rcode=5) if q.over_tcp else q.reply(a(q.name), flags=TC), "refused", []),
}


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_answer_has_its_outcome(kind):
    behave, outcome, seen = ODD[kind]
    with FakeServer(behave) as server:
        fact = resolve(server.address, f"A {HOST}", **({"timeout_ms": WAIT_MS} if outcome == "timeout" else {}))
    assert (fact["outcome"], data(fact) if seen is not None else None) == (outcome, seen)
    assert len(server.queries) <= 20


@pytest.mark.parametrize("target, outcome", [
    (b"\5a.b\0c\7example\3com\0", "answer"), ((b"\x3f" + b"a" * 63) * 5 + b"\0", "malformed"), (b"\4expe", "malformed"),
    (b"\xc0\xff", "malformed"), (b"\x40", "malformed"), (b"", "malformed"),
], ids=["a dot and a NUL in a label", "more than 255 bytes", "no end", "a pointer out of the message", "a label of no kind",
        "no target"])
def test_an_odd_target_ends_with_an_outcome(target, outcome):
    with FakeServer(lambda query: query.reply(record(query.name, SRV, data_srv(target)))) as server:
        assert resolve(server.address, f"SRV {HOST}")["outcome"] == outcome


def opt(rcode_and_version=0, options=b""):
    return b"\0" + struct.pack(">HHIH", 41, 1232, rcode_and_version, len(options)) + options


def with_opts(query, *opts, answers=True):
    reply = query.reply(a(query.name)) if answers else query.reply()
    return reply[:10] + struct.pack(">H", len(opts)) + reply[12:] + b"".join(opts)


@pytest.mark.parametrize("behave, outcomes", [
    (lambda query: with_opts(query, opt(), opt()), {"answer", "malformed"}),
    (lambda query: with_opts(query, opt(0, b"\0\x0f\xff\xff")), {"answer", "malformed"}),
    (lambda query: with_opts(query, opt(0x00090000)), {"answer"}),
    (lambda query: with_opts(query, opt(0x01000000), answers=False), {"not-answered"}),
    (lambda query: with_opts(query, opt(0xFF000000), answers=False), {"not-answered"}),
    (lambda query: query.reply(rcode=1) if query.has_edns else query.reply(flags=TC), {"malformed"}),
], ids=["two OPT records", "an option that lies about its length", "version 9", "BADVERS", "an rcode of 4080",
        "FORMERR, then truncated"])
def test_odd_edns_ends_with_an_outcome(behave, outcomes):
    with FakeServer(behave) as server:
        assert resolve(server.address, f"A {HOST}")["outcome"] in outcomes
    assert len(server.queries) <= 4
