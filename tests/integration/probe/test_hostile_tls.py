"""A TLS server that does what none should: every probe ends with an outcome, the same with both TLS libraries.
No row hangs on how fast the machine is: what floods is ended by its bytes, what is silent by the deadline."""
import concurrent.futures
import functools
import json
import os
import socket
import struct
import subprocess
import threading

import pytest

from test_probe import BACKENDS, HOST, PROBE, both, probe, sent
import servers

WAIT_MS = 2000  # what only the deadline ends gets so much
RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")


def record(kind, body, version=0x0303):
    return struct.pack(">BHH", kind, version, len(body)) + body


def message(kind, body):
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def handshake(*messages):
    return b"".join(record(22, part) for part in messages)


def in_records(data):
    """A message that goes on from record to record."""
    return b"".join(record(22, data[at:at + 16000]) for at in range(0, len(data), 16000))


def hello(suite=0xC02F, version=0x0303, random=bytes(32), session=b"", extensions=b"", compression=0):
    body = struct.pack(">H", version) + random + bytes([len(session)]) + session + struct.pack(">HB", suite, compression)
    return message(2, body + (struct.pack(">H", len(extensions)) + extensions if extensions else b""))


def certificates(*chain):
    entries = b"".join(len(der).to_bytes(3, "big") + der for der in chain)
    return message(11, len(entries).to_bytes(3, "big") + entries)


def retry(session):
    """HelloRetryRequest for a group that was offered without a share: P-384."""
    return hello(0x1301, random=RETRY, session=session,
                 extensions=bytes.fromhex("002b00020304") + bytes.fromhex("003300020018"))


def dhe(bits):
    number = (1 << (bits - 1) | 1).to_bytes((bits + 7) // 8, "big")
    part = struct.pack(">H", len(number)) + number
    return message(12, part + b"\0\1\2" + part + struct.pack(">HH", 0x0401, 256) + bytes(256))


def der(tag, *parts):
    body = b"".join(parts)
    length = len(body).to_bytes(2, "big")
    return bytes([tag]) + (length[1:] if len(body) < 128 else b"\x82" + length) + body


def heavy_certificate(bits):
    """RSA with a public exponent as long as its modulus; each signature costs the most there is."""
    number = der(2, b"\0" + b"\xff" * (bits // 8))
    rsa, pkcs1 = (der(0x30, bytes.fromhex("06092a864886f70d0101" + last), b"\5\0") for last in ("01", "0b"))
    name = der(0x30, der(0x31, der(0x30, bytes.fromhex("0603550403"), der(12, b"heavy"))))
    times = der(0x30, der(23, b"200101000000Z"), der(23, b"490101000000Z"))
    key = der(0x30, rsa, der(3, b"\0", der(0x30, number, number)))
    inner = der(0x30, der(0xA0, b"\2\1\2"), b"\2\1\1", pkcs1, name, times, name, key)
    return der(0x30, inner, pkcs1, der(3, b"\0" + b"\1" * (bits // 8)))


def request(names=b"", algorithms=bytes.fromhex("040105010403"), rest=b""):
    """CertificateRequest of TLS 1.2; the names as they stand in their list."""
    return message(13, b"\1\1" + struct.pack(">H", len(algorithms)) + algorithms + struct.pack(">H", len(names)) + names + rest)


def ca(text):
    """A distinguished name in its place in the list."""
    name = der(0x30, der(0x31, der(0x30, bytes.fromhex("0603550403"), der(12, text.encode()))))
    return struct.pack(">H", len(name)) + name


def asks(*requests):
    """Key transport by RSA: no signature of the server is needed."""
    return says(handshake(hello(0x009C), certificates(*VALID)), *(in_records(one) for one in requests), handshake(DONE))


VALID = [bytes.fromhex(text) for text in sent("valid")]
DONE = message(14, b"")
FLIGHT = handshake(hello(), certificates(*VALID))
HELLO_REQUEST = message(0, b"")
REQUEST = message(13, b"\1\1\0\2\4\1" + struct.pack(">H", 16000) + b"\0\2\x30\0" * 4000)
POINT = bytes.fromhex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e"
                      "162bce33576b315ececbb6406837bf51f5")
VERSION_13 = bytes.fromhex("002b00020304")
X25519_ZERO = bytes.fromhex("00330024001d0020") + bytes(32)
P256_OFF_CURVE = bytes.fromhex("0033004500170041") + b"\4" + b"\1" * 64
KEYS = message(12, b"\3\0\x17" + bytes([len(POINT)]) + POINT + struct.pack(">HH", 0x0401, 256) + b"\1" * 256)


def ecdhe(group, point, scheme=0x0401):
    return message(12, struct.pack(">BHB", 3, group, len(point)) + point + struct.pack(">HH", scheme, 256) + b"\1" * 256)


def client_hello(peer):
    """Reads one ClientHello whole; its session id, or None when the client is gone."""
    data = b""
    while len(data) < 5 or len(data) < 5 + int.from_bytes(data[3:5], "big"):
        more = peer.recv(4096)
        if not more:
            return None
        data += more
    return data[44:44 + data[43]] if len(data) > 44 else b""


def says(*parts):
    """Takes the ClientHello, says its parts, and waits until the client is gone."""
    def behave(peer):
        client_hello(peer)
        for part in parts:
            peer.sendall(part)
        servers.silence(peer)
    return behave


def closes(*parts):
    def behave(peer):
        client_hello(peer)
        for part in parts:
            peer.sendall(part)
    return behave


def floods(flood):
    def behave(peer):
        client_hello(peer)
        while True:
            peer.sendall(flood * 2000)
    return behave


def then_floods(flood, *parts):
    """Says its parts, and then the flood without end."""
    def behave(peer):
        client_hello(peer)
        for part in parts:
            peer.sendall(part)
        while True:
            peer.sendall(flood * 2000)
    return behave


def says_tls13(extensions, suite=0x1301):
    """A ServerHello of TLS 1.3 that takes over the session id, as it must."""
    def behave(peer):
        session = client_hello(peer)
        peer.sendall(handshake(hello(suite, session=session, extensions=VERSION_13 + extensions)))
        servers.silence(peer)
    return behave


def ends_with_reset(*parts):
    def behave(peer):
        client_hello(peer)
        for part in parts:
            peer.sendall(part)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return behave


def echoes(peer):
    """Sends back the ClientHello, the alert that follows it, and whatever else comes."""
    while True:
        data = peer.recv(65536)
        if not data:
            return
        peer.sendall(data)


def echoes_once(peer):
    peer.sendall(peer.recv(65536))
    servers.silence(peer)


def speaks_first(banner):
    def behave(peer):
        peer.sendall(banner)
        servers.silence(peer)
    return behave


def slowly(data, size=1):
    """Each piece in a segment of its own."""
    def behave(peer):
        client_hello(peer)
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for at in range(0, len(data), size):
            peer.sendall(data[at:at + size])
        servers.silence(peer)
    return behave


def ends_its_half(*parts):
    def behave(peer):
        client_hello(peer)
        for part in parts:
            peer.sendall(part)
        peer.shutdown(socket.SHUT_WR)
        servers.silence(peer)
    return behave


def retries_without_end(peer):
    while True:
        session = client_hello(peer)
        if session is None:
            return
        peer.sendall(handshake(retry(session)))


def asks_for_what_it_has(peer):
    """HelloRetryRequest for X25519, of which the first ClientHello had a share (RFC 8446 4.1.4)."""
    session = client_hello(peer)
    peer.sendall(handshake(hello(0x1301, random=RETRY, session=session,
                                 extensions=VERSION_13 + bytes.fromhex("00330002001d"))))
    servers.silence(peer)


def waits_for_an_empty_line(answer):
    def behave(peer):
        data = b""
        while b"\r\n\r\n" not in data:
            more = peer.recv(4096)
            if not more:
                return
            data += more
        peer.sendall(answer)
    return behave


# behaviour, outcome, what stands in detail or banner
ROWS = {
    "HelloRequests without end": (floods(handshake(message(0, b""))), "violation", "without end"),
    "warning alerts without end": (floods(record(21, b"\x01\x70")), "violation", "warning alerts"),
    "HelloRequests packed, then one by one": (then_floods(handshake(HELLO_REQUEST), record(22, HELLO_REQUEST * 4000) * 30),
                                              "violation", "HelloRequests without end"),
    "ChangeCipherSpecs without end": (floods(record(20, b"\1")), "violation", "without end"),
    "ChangeCipherSpecs after the hello": (then_floods(record(20, b"\1"), handshake(hello())), "violation", "too short to be encrypted"),
    "data before the handshake": (floods(record(23, bytes(100))), "violation", "without end"),
    "empty records in a message": (then_floods(record(22, b""), record(22, hello()[:4])), "violation", "empty records"),
    "requests for a certificate without end": (then_floods(handshake(REQUEST), FLIGHT), "violation", None),
    "half closed after the hello": (ends_its_half(handshake(hello())), "closed", None),
    "a byte in each segment": (slowly(FLIGHT), "stalled", None),
    "an exponent of 8,192 bits": (says(handshake(hello()), handshake(certificates(*[heavy_certificate(8192)] * 4)),
                                       handshake(KEYS, DONE)), "unsupported", "8192 bits"),
    "empty records without end": (floods(record(22, b"")), "violation", "empty records"),
    "an empty certificate list": (says(handshake(hello(), certificates(), DONE)), "violation", "empty list"),
    "a certificate list too short": (says(handshake(hello(), message(11, b"\0\0\5abc"), DONE)), "violation", "lengths"),
    "a suite that was not offered": (says(handshake(hello(0xFEFE), certificates(*VALID), DONE)), "violation", "not offered"),
    "a compression that was not offered": (says(handshake(hello(compression=1), certificates(*VALID), DONE)), "violation",
                                           "compression"),
    "a ServerHello cut short": (says(handshake(message(2, b"\3\3abc"))), "violation", "cannot be read"),
    "certificates before the hello": (says(handshake(certificates(*VALID))), "violation", "before its ServerHello"),
    "a message of no known type": (says(handshake(message(99, b"abc"))), "violation", "no place"),
    "two hellos": (says(handshake(hello(), hello())), "violation", "second ServerHello"),
    "bytes that are no record": (says(handshake(hello(), certificates(*VALID)), b"\xff" * 64), "violation", "no TLS record"),
    "close_notify at once": (closes(record(21, b"\x01\x00")), "closed", "close_notify"),
    "close_notify after the hello": (closes(handshake(hello()), record(21, b"\x01\x00")), "closed", "close_notify"),
    "alert 40 at once": (closes(record(21, b"\x02\x28")), "alert", "offered"),
    "alert 71 at once": (closes(record(21, b"\x02\x47")), "alert", "offered"),
    "alert 70 at once": (closes(record(21, b"\x02\x46")), "no-common-version", None),
    "a web server that speaks at once": (closes(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "not-tls", "HTTP/1.1 400"),
    "SIP that waits for an empty line": (waits_for_an_empty_line(b"SIP/2.0 400 Bad Request\r\n\r\n"), "not-tls",
                                         "SIP/2.0 400"),
    "HTTP that waits for an empty line": (waits_for_an_empty_line(b"HTTP/1.0 400 Bad request\r\n"), "not-tls",
                                          "HTTP/1.0 400"),
    "silence": (servers.silence, "stalled", None),
    "a record announced, and nothing in it": (says(handshake(hello())[:5]), "stalled", "5 bytes came"),
    "silence after the certificate": (says(handshake(hello(), certificates(*VALID))), "stalled", None),
    "one byte": (says(handshake(hello())[:1]), "stalled", "1 byte came"),
    "half a record": (says(handshake(hello())[:20]), "stalled", "20 bytes came"),
    "closed at once": (closes(), "closed", None),
    "HelloRequests in records of 16 KB": (then_floods(record(22, HELLO_REQUEST * 4000), handshake(hello())), "violation",
                                          "HelloRequests without end"),
    "empty messages of no known type": (then_floods(record(22, b"\x63\0\0\0" * 4000), handshake(hello())), "violation",
                                        "no place"),
    "1,000 certificates": (says(handshake(hello()), in_records(certificates(VALID[0], *VALID[1:] * 1000)), handshake(DONE)),
                           "violation", "bytes, more than TLS libraries take"),
    "a suite of TLS 1.3 in TLS 1.2": (says(handshake(hello(0x1301))), "violation", None),
    "a suite of TLS 1.2 in TLS 1.3, and an end": (closes(handshake(hello(0xC02F, extensions=VERSION_13))), "violation",
                                                  "another version"),
    "a version that does not exist": (says(handshake(hello(0x1301, extensions=bytes.fromhex("002b00020305")))), "violation",
                                      None),
    "TLS 1.3 without a key share": (says_tls13(b""), "violation", None),
    "TLS 1.3 with the share of no point": (says_tls13(P256_OFF_CURVE), "violation", None),
    "TLS 1.3 with a share of zeros": (says_tls13(X25519_ZERO), "violation", None),
    "a retry for a share that was sent": (asks_for_what_it_has, "violation", None),
    "a group that was not offered": (says(handshake(hello(), certificates(*VALID), ecdhe(1, b"\4" + b"\1" * 20), DONE)),
                                     "violation", "group that was not offered"),
    "a curve of its own": (says(handshake(hello(), certificates(*VALID), message(12, b"\1" + bytes(40)), DONE)), "violation",
                           "ServerKeyExchange that cannot be read"),
    "a ServerKeyExchange cut short": (says(handshake(hello(), certificates(*VALID), message(12, b"\3\0"), DONE)), "violation",
                                      "ServerKeyExchange that cannot be read"),
    "an algorithm that was not offered": (says(handshake(hello(), certificates(*VALID), ecdhe(23, POINT, 0x0101), DONE)),
                                          "violation", "algorithm that was not offered"),
    "no ServerKeyExchange": (says(handshake(hello(), certificates(*VALID), DONE)), "violation", "without a ServerKeyExchange"),
    "done without a certificate": (says(handshake(hello(), DONE)), "violation", "without a certificate"),
    "done without a certificate, with key transport": (says(handshake(hello(0x009C), DONE)), "violation", "without a certificate"),
    "done without a certificate, and an end": (closes(handshake(hello(0x009E), DONE)), "violation", "without a certificate"),
    "a request and no certificate": (says(handshake(hello()), in_records(request(ca("Lab CA"))), handshake(DONE)), "violation",
                                     "without a certificate"),
    "certificates twice": (says(handshake(hello(), certificates(*VALID), certificates(*VALID), DONE)), "violation", None),
    "a certificate of no bytes": (says(handshake(hello(), certificates(b""), DONE)), "violation", "lengths"),
    "Finished at once": (says(handshake(hello(), message(20, bytes(12)))), "violation", "no place"),
    "a hello of a renegotiation": (says(handshake(hello(extensions=bytes.fromhex("ff0100020101")), certificates(*VALID), KEYS,
                                                  DONE)), "violation", "negotiated before"),
    "a session id of 40 bytes": (says(handshake(message(2, b"\3\3" + bytes(32) + b"\x28" + bytes(40) + b"\xc0\x2f\0"))),
                                 "violation", "cannot be read"),
    "a reset after the ClientHello": (ends_with_reset(), "reset", None),
    "a warning and an end": (closes(record(21, b"\x01\x28")), "closed", None),
    "an alert of one byte": (says(record(21, b"\2")), "violation", None),
    "an alert that does not exist": (closes(record(21, b"\x02\xc8")), "alert", None),
    "an answer of SSL 2": (says(bytes.fromhex("800301000200")), "not-tls", None),
    "the own ClientHello": (echoes_once, "not-tls", "sends back what it is sent"),
    "an echo of all that comes": (echoes, "not-tls", "sends back what it is sent"),
    "a mail server": (speaks_first(b"220 mail.example.com ESMTP\r\n"), "not-tls", "220 mail"),
    "a secure shell": (speaks_first(b"SSH-2.0-OpenSSH_9.2p1\r\n"), "not-tls", "SSH-2.0"),
    "bytes of no protocol": (speaks_first(bytes(range(128, 200))), "not-tls", None),
    "SIP that does not wait": (says(b"SIP/2.0 400 Bad Request\r\n\r\n"), "not-tls", "SIP/2.0 400"),
    "a greeting of two letters": (speaks_first(b"hi\r\n"), "not-tls", "hi"),
    "a greeting without a line end": (closes(b"no"), "not-tls", "no"),
    "an empty line": (speaks_first(b"\r\n\r\n"), "not-tls", None),
    "a greeting in pieces": (slowly(b"SIP/2.0 400 Bad Request\r\n"), "not-tls", "SIP/2.0 400 Bad Request"),
    "SIP that answers an empty line with another": (waits_for_an_empty_line(b"\r\n"), "not-tls", None),
    "a record of 65,535 bytes": (says(b"\x16\3\3\xff\xff" + bytes(20)), "violation", "longer than TLS allows"),
    "a message of 16 MB": (then_floods(record(22, bytes(16000)), record(22, b"\x0b\xff\xff\xff")), "violation",
                           "16777215 bytes"),
    "a ServerHello of 16 MB": (then_floods(record(22, bytes(16000)), record(22, b"\2\xff\xff\xff")), "violation",
                               "16777215 bytes"),
    "a list of certificates of 16 MB": (says(handshake(hello()), record(22, b"\x0b\xff\xff\xff\xff\xff\xfc" + bytes(100))),
                                        "violation", "16777215 bytes"),
    "an alert of no known level": (says(record(21, b"\3\x28")), "violation", "neither a warning nor fatal"),
    "an alert in two records": (says(record(21, b"\2"), record(21, b"\x28")), "alert", None),
    "alert 40 and then silence": (says(record(21, b"\x02\x28")), "alert", "offered"),
    "alert 120 at once": (closes(record(21, b"\x02\x78")), "alert", None),
    "an alert after the certificates, and then silence": (says(FLIGHT, record(21, b"\x02\x50")), "alert", None),
    "a protocol that was not offered": (says(handshake(hello(0x009C, extensions=bytes.fromhex("001000050003026832")),
                                                       certificates(*VALID), DONE)), "violation", "ALPN"),
    "an extension that was not offered": (says(handshake(hello(extensions=bytes.fromhex("fafa0000")), certificates(*VALID),
                                                         KEYS, DONE)), "violation", "extension that was not offered"),
    "a response that was not announced": (says(handshake(hello(0x009C), certificates(*VALID), message(22, b"\1\0\0\0"),
                                                         DONE)), "violation", "did not announce"),
    "two requests for a certificate": (asks(request() + request()), "violation", "twice"),
    "a request with a name of no bytes": (asks(request(b"\0\0")), "violation", "cannot be read"),
    "a request with a name that is none": (asks(request(b"\0\4abcd")), "violation", "cannot be read"),
    "a request with a name that goes on": (asks(request(b"\0\x20abc")), "violation", "cannot be read"),
    "a request with bytes after it": (asks(request(ca("Lab CA"), rest=b"\0")), "violation", "cannot be read"),
    "a request without algorithms": (asks(request(algorithms=b"")), "violation", "cannot be read"),
    "a request cut short": (asks(message(13, b"\1\1")), "violation", "cannot be read"),
    "DHE of 512 bits": (says(handshake(hello(0x009E), certificates(*VALID), dhe(512), DONE)), "unsupported", None),
    "DHE of 10,000 bits": (says(handshake(hello(0x009E), certificates(*VALID), dhe(10000), DONE)), "unsupported",
                           "10000 bits"),
}
# mbedTLS 2.28, which offers no TLS 1.3, sees a suite that it did not offer
IN_OTHER_WORDS = {"a suite of TLS 1.3 in TLS 1.2", "a version that does not exist", "TLS 1.3 without a key share",
                  "TLS 1.3 with the share of no point", "TLS 1.3 with a share of zeros", "a retry for a share that was sent"}
BY_DEADLINE = {"silence", "one byte", "a byte in each segment", "silence after the certificate", "half a record",
               "a record announced, and nothing in it", "SIP that waits for an empty line",
               "HTTP that waits for an empty line", "SIP that answers an empty line with another"}


def look(name, backend):
    behave, *_ = ROWS[name]
    with servers.scripted(behave) as port:
        return probe(backend, port, max_tls=0, timeout_ms=WAIT_MS if name in BY_DEADLINE else 30000)


@functools.cache
def looks():
    """What both probers see of each misconduct: most of a look is waiting, so four are taken at once."""
    pool = concurrent.futures.ThreadPoolExecutor(4)
    return {(name, backend): pool.submit(look, name, backend) for name in ROWS for backend in BACKENDS}


def look_at(name, backend):
    return dict(looks()[name, backend].result(600))


@both
@pytest.mark.parametrize("name", ROWS)
def test_every_misconduct_has_its_outcome(backend, name):
    _, outcome, text = ROWS[name]
    fact = look_at(name, backend)
    assert (fact["outcome"], fact["detail"]) == (outcome, fact["detail"])
    if text is not None:
        assert text in (fact["detail"] or fact["banner"])


@both
@pytest.mark.parametrize("name", ["silence after the certificate", "a byte in each segment", "DHE of 512 bits", "DHE of 10,000 bits"])
def test_the_certificate_that_came_is_kept(backend, name):
    fact = look_at(name, backend)
    assert fact["chain"] == sent("valid")
    if name.startswith("DHE"):
        assert fact["group"] == name.replace("of ", "").replace(",", "")


def test_hello_retry_requests_without_end():
    """mbedTLS 2.28 speaks no TLS 1.3: it takes the first for a ServerHello of TLS 1.2, with a suite that it did not
    offer."""
    for backend in BACKENDS:
        with servers.scripted(retries_without_end) as port:
            fact = probe(backend, port, max_tls=0)
        assert (fact["outcome"], fact["chain"]) == ("violation", []), backend


@pytest.mark.skipif(len(BACKENDS) < 2, reason="one prober is built")
@pytest.mark.parametrize("name", ROWS)
def test_both_libraries_tell_the_same(name):
    facts = [look_at(name, backend) for backend in BACKENDS]
    for fact in facts:
        # each offers a number of suites of its own
        fact["detail"] = "".join(c for c in fact["detail"] or "" if not c.isdigit() and name not in IN_OTHER_WORDS)
    assert facts[0] == facts[1]


@both
def test_a_wrong_signature_says_that_the_key_is_not_the_servers(backend):
    """The right chain, an ephemeral key that is on its curve, and a signature of nothing."""
    with servers.scripted(says(handshake(hello(), certificates(*VALID), KEYS, DONE))) as port:
        fact = probe(backend, port)
    assert (fact["outcome"], fact["chain"]) == ("violation", sent("valid"))
    assert "another key" in fact["detail"]


@both
def test_a_stalled_server_shows_its_certificate(backend):
    """Behind a sound server something swallows what the client says after its first flight."""
    def swallow(inner):
        def behave(peer):
            with socket.create_connection(("127.0.0.1", inner)) as server:
                server.sendall(peer.recv(65536))

                def back():
                    while data := server.recv(65536):
                        peer.sendall(data)
                thread = threading.Thread(target=back, daemon=True)
                thread.start()
                servers.silence(peer)
                server.shutdown(socket.SHUT_RDWR)
                thread.join()
        return behave
    with servers.openssl_server("valid", "-tls1_2") as inner, servers.scripted(swallow(inner)) as port:
        fact = probe(backend, port, timeout_ms=WAIT_MS)
    assert (fact["outcome"], fact["chain"]) == ("stalled", sent("valid"))


def test_a_message_in_records_of_one_byte_is_no_misconduct():
    """RFC 5246 6.2.1 allows it. mbedTLS cannot join the pieces, which is a limit of its own."""
    pieces = b"".join(record(22, bytes([byte])) for byte in hello() + certificates(*VALID))
    wanted = {"openssl": "stalled", "mbedtls": "unsupported"}
    for backend in BACKENDS:
        with servers.scripted(slowly(pieces, 4000)) as port:
            fact = probe(backend, port, max_tls=0, timeout_ms=WAIT_MS)
        assert (fact["outcome"], fact["chain"]) == (wanted[backend], sent("valid"))


# ---- after the handshake ----

FLOODS = ("key-updates", "tickets", "certificate-requests", "hello-requests", "data", "bytes")
FLOOD_SERVER = PROBE.parent / "flood-server"


@pytest.mark.skipif(not FLOOD_SERVER.exists(), reason="libssl is not there to build its server")
@both
@pytest.mark.parametrize("look", ["any", "options"])
@pytest.mark.parametrize("flood", FLOODS)
def test_what_comes_without_end_after_the_handshake_is_no_fault_and_ends(backend, look, flood):
    port = servers.free_port()
    command = [FLOOD_SERVER, flood, port, servers.chain_file("valid"), servers.key_file("rsa2048")]
    with servers.process(command, port):
        fact = probe(f"{backend}:{look}", port, max_tls=0)
    if fact["outcome"] == "no-common-version":  # mbedTLS 2.28
        assert flood not in ("hello-requests", "data", "bytes")
    else:
        assert (fact["outcome"], fact["chain"], fact["sip"]) == ("handshake", sent("valid"), 0)


# ---- looks ----

@both
def test_a_look_as_windows_has_tls_1_2(backend):
    with servers.openssl_server("valid") as port:
        fact = probe(f"{backend}:windows", port, max_tls=0)
    assert (fact["outcome"], fact["version"]) == ("handshake", "TLSv1.2")
    assert fact["cipher"].startswith("TLS_ECDHE_RSA_WITH_AES_")
    assert fact["group"] and fact["signature"]


@both
def test_windows_is_turned_down_by_what_speaks_tls_1_3_alone(backend):
    with servers.openssl_server("valid", "-tls1_3") as port:
        fact = probe(f"{backend}:windows", port, max_tls=0)
    assert fact["outcome"] == "no-common-version"


@both
def test_windows_is_turned_down_by_an_ed25519_key(backend):
    with servers.openssl_server("valid-ed25519", "-tls1_2", key="ed25519") as port:
        fact = probe(f"{backend}:windows", port, max_tls=0)
    assert (fact["outcome"], fact["alert"]) == ("alert", 40)


@both
def test_windows_is_turned_down_by_groups_that_it_lacks(backend):
    with servers.openssl_server("valid", "-tls1_2", "-groups", "P-521:X448", "-cipher", "ECDHE") as port:
        fact = probe(f"{backend}:windows", port, max_tls=0)
    assert (fact["outcome"], fact["chain"]) == ("alert", [])


# What each Windows Server offers by default over TLS 1.2 (Microsoft's lists), without what the libraries may lack: DSS, RC4, 3DES.
COMMON_SUITES = {0xC02C, 0xC02B, 0x009F, 0x009E, 0xC024, 0xC023, 0xC028, 0xC027, 0xC00A, 0xC009, 0xC014, 0xC013,
                 0x009D, 0x009C, 0x003D, 0x003C, 0x0035, 0x002F}
OPTIONAL_SUITES = {0x006A, 0x0040, 0x0038, 0x0032, 0x000A, 0x0013, 0x0005, 0x0004, 0x00FF}
WINDOWS_OFFERS = {
    "windows": (COMMON_SUITES | {0xC030, 0xC02F, 0x0039, 0x0033}, {0x001D, 0x0017, 0x0018}),
    "windows-2012-r2": (COMMON_SUITES | {0x0039, 0x0033}, {0x0017, 0x0018}),
    "windows-2019": (COMMON_SUITES | {0xC030, 0xC02F}, {0x001D, 0x0017, 0x0018}),
}


def numbers(data):
    return {int.from_bytes(data[at:at + 2], "big") for at in range(0, len(data), 2)}


def offer_of(hello):
    """Suites and groups of a ClientHello, behind its record header."""
    at = 5 + 4 + 2 + 32
    at += 1 + hello[at]
    length = int.from_bytes(hello[at:at + 2], "big")
    suites = numbers(hello[at + 2:at + 2 + length])
    at += 2 + length
    at += 1 + hello[at] + 2
    groups = set()
    while at + 4 <= len(hello):
        kind, length = struct.unpack(">HH", hello[at:at + 4])
        if kind == 10:
            groups = numbers(hello[at + 6:at + 4 + length])
        at += 4 + length
    return suites, groups


@both
@pytest.mark.parametrize("look", WINDOWS_OFFERS)
def test_a_look_as_windows_offers_what_that_windows_offers(backend, look):
    seen = []
    with servers.scripted(lambda peer: seen.append(peer.recv(4096))) as port:
        probe(f"{backend}:{look}", port, max_tls=0)
    suites, groups = offer_of(seen[0])
    assert suites - OPTIONAL_SUITES == WINDOWS_OFFERS[look][0]
    assert groups == WINDOWS_OFFERS[look][1]


WINDOWS_SERVERS = {  # what the server takes: which looks are turned down
    ("-cipher", "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256"): {"windows-2012-r2"},
    ("-cipher", "ECDHE", "-groups", "X25519"): {"windows-2012-r2"},
    ("-cipher", "ECDHE", "-groups", "X25519:P-256"): set(),
    ("-cipher", "DHE-RSA-AES256-GCM-SHA384"): set(),
    ("-cipher", "DHE-RSA-AES256-SHA:@SECLEVEL=0"): {"windows-2019"},
    ("-cipher", "ECDHE-RSA-CHACHA20-POLY1305"): {"windows", "windows-2012-r2", "windows-2019"},
}


@both
@pytest.mark.parametrize("options", WINDOWS_SERVERS)
def test_each_windows_gets_through_where_it_has_something_in_common(backend, options):
    with servers.openssl_server("valid", "-tls1_2", *options) as port:
        outcomes = {look: probe(f"{backend}:{look}", port)["outcome"] for look in WINDOWS_OFFERS}
    assert {look for look, outcome in outcomes.items() if outcome == "alert"} == WINDOWS_SERVERS[options]
    assert set(outcomes.values()) <= {"alert", "handshake"}


@both
def test_each_kind_of_key_is_seen_by_a_look_of_its_own(backend):
    beside = ("-tls1_2", "-dcert", servers.chain_file("valid-p256"), "-dkey", servers.key_file("p256"))
    with servers.openssl_server("valid", *beside) as port:
        rsa = probe(f"{backend}:rsa", port)
        ecdsa = probe(f"{backend}:ecdsa", port)
    assert (rsa["chain"][0], ecdsa["chain"][0]) == (sent("valid")[0], sent("valid-p256")[0])


@both
def test_a_look_without_the_server_name(backend):
    options = ("-tls1_2", "-servername", "expe.example.com", "-cert2", servers.chain_file("name-other"),
               "-key2", servers.key_file("rsa2048"))
    with servers.openssl_server("valid", *options) as port:
        assert probe(backend, port)["chain"][0] == sent("name-other")[0]
        assert probe(f"{backend}:no-server-name", port)["chain"][0] == sent("valid")[0]


@both
def test_the_cas_of_a_request_are_facts(backend):
    root = servers.PKI / "out" / "certs" / "root.pem"
    with servers.openssl_server("valid", "-tls1_2", "-verify", "2", "-CAfile", root) as port:
        fact = probe(backend, port)
    assert (fact["outcome"], fact["client"], fact["cas"]) == ("handshake", "requested", 1)


@both
def test_an_identity_that_is_refused_is_told_with_its_alert(backend):
    identity = (servers.chain_file("valid"), servers.key_file("rsa2048"))
    with servers.openssl_server("valid", "-tls1_2", "-Verify", "2", "-verify_return_error") as port:
        fact = probe(backend, port, identity=identity)
    assert (fact["outcome"], fact["alert"], fact["client"]) == ("alert", 48, "requested")


@pytest.mark.skipif(not servers.KAMAILIO, reason="kamailio is not installed")
@both
def test_options_are_answered_by_a_sip_edge(backend):
    with servers.kamailio("valid", mutual=False) as address:
        fact = probe(f"{backend}:options", 5061, address=address)
    assert (fact["outcome"], fact["sip"]) == ("handshake", 404)
    assert "kamailio" in fact["server"]


@both
def test_what_answers_options_with_something_else_has_a_banner(backend):
    with servers.openssl_server("valid", "-tls1_2", "-www") as port:
        fact = probe(f"{backend}:options", port)
    assert (fact["outcome"], fact["sip"]) == ("handshake", 0)


def test_no_configuration_of_openssl_changes_what_is_seen(tmp_path):
    if "openssl" not in BACKENDS:
        pytest.skip("libfedval-openssl is not built")
    config = tmp_path / "strict.cnf"
    config.write_text("openssl_conf = init\n[init]\nssl_conf = ssl\n[ssl]\nsystem_default = strict\n"
                      "[strict]\nMinProtocol = TLSv1.3\nCipherString = ECDHE-ECDSA-AES256-GCM-SHA384\n")
    with servers.openssl_server("valid", "-tls1_2") as port:
        command = [PROBE, "openssl", "0x0303", HOST, "127.0.0.1", port, 30000]
        result = subprocess.run([str(word) for word in command], capture_output=True, timeout=120, check=True,
                                env=os.environ | {"OPENSSL_CONF": str(config)})
    fact = json.loads(result.stdout)
    assert (fact["outcome"], fact["version"]) == ("handshake", "TLSv1.2")
