"""A server that is shown a client certificate and does not take it: with each alert, without one, in TLS 1.2, where the
refusal comes within the handshake, and in TLS 1.3, where it comes after it."""
import socket
import ssl
import struct

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from test_hostile_tls import (DONE, VALID, ca, certificates, client_hello, handshake, hello, in_records, record, request)
from test_probe import BACKENDS, both, probe
import servers

IDENTITY = (servers.chain_file("valid"), servers.key_file("rsa2048"))
ROOT = servers.PKI / "out" / "certs" / "root.pem"
ALERTS = (40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 51, 80, 116)
CLOSURES = (0, 90)  # close_notify and user_canceled, RFC 8446 6.1
CHANGE_CIPHER_SPEC = b"\x14\3\3\0\1\1"


def after_its_flight(peer, until):
    data = b""
    while until not in data:
        more = peer.recv(65536)
        if not more:
            return False
        data += more
    return True


def ends(peer, silently, with_reset=False):
    if silently:
        servers.silence(peer)
    elif with_reset:
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def refuses_12(alert, asked=None, silently=False, with_reset=False):
    def behave(peer):
        client_hello(peer)
        peer.sendall(handshake(hello(0x009C), certificates(*VALID)) + in_records(asked or request(ca("Lab CA"))) +
                     handshake(DONE))
        if after_its_flight(peer, CHANGE_CIPHER_SPEC):
            if alert is not None:
                peer.sendall(record(21, bytes([2, alert])))
            ends(peer, silently, with_reset)
    return behave


def derive(secret, label, length, algorithm):
    """HKDF-Expand-Label without a context, RFC 8446 7.1."""
    label = b"tls13 " + label
    info = struct.pack(">HB", length, len(label)) + label + b"\0"
    return HKDFExpand(algorithm, length, info).derive(secret)


def sealed_alert(alert, cipher, secret):
    """The first record after the server's handshake."""
    algorithm = hashes.SHA384() if cipher.endswith("SHA384") else hashes.SHA256()
    key = derive(secret, b"key", 32 if "256_GCM" in cipher else 16, algorithm)
    head = struct.pack(">BHH", 23, 0x0303, 3 + 16)
    return head + AESGCM(key).encrypt(derive(secret, b"iv", 12, algorithm), bytes([2, alert, 21]), head)


def refuses_13(alert, tmp_path, silently=False):
    """The server of the standard library, which tells its secrets; the alert is made by hand."""
    def behave(peer):
        keys = tmp_path / f"keys-{peer.fileno()}"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.num_tickets = 0
        context.load_cert_chain(*IDENTITY)
        context.keylog_filename = keys
        context.verify_mode = ssl.CERT_OPTIONAL
        context.load_verify_locations(ROOT)
        heard, said = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(heard, said, server_side=True)
        while True:
            try:
                tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                peer.sendall(said.read())
                data = peer.recv(65536)
                if not data:
                    return
                heard.write(data)
            except ssl.SSLError:
                peer.sendall(said.read())
                return
        peer.sendall(said.read())
        if alert is not None:
            secret = [line.split()[2] for line in keys.read_text().splitlines() if line.startswith("SERVER_TRAFFIC_SECRET_0")][-1]
            peer.sendall(sealed_alert(alert, tls.cipher()[0], bytes.fromhex(secret)))
        ends(peer, silently)
    return behave


def look(backend, behave, identity, timeout_ms=30000):
    with servers.scripted(behave) as port:
        fact = probe(backend, port, max_tls=0, identity=identity, timeout_ms=timeout_ms)
    assert len(fact["chain"]) == len(VALID) or fact["outcome"] == "no-common-version"
    return fact["outcome"], fact["alert"], fact["client"]


@both
@pytest.mark.parametrize("alert", ALERTS)
def test_the_alert_is_told_in_tls_1_2(backend, alert):
    assert look(backend, refuses_12(alert), IDENTITY) == ("alert", alert, "requested")
    assert look(backend, refuses_12(alert), ()) == ("alert", alert, "required")


@both
@pytest.mark.parametrize("alert", ALERTS)
def test_the_alert_is_told_in_tls_1_3(backend, alert, tmp_path):
    """mbedTLS 2.28 speaks no TLS 1.3."""
    wanted = ("alert", alert, "requested"), ("no-common-version", 70, "unknown")
    assert look(backend, refuses_13(alert, tmp_path), IDENTITY) in wanted
    wanted = ("alert", alert, "required"), ("no-common-version", 70, "unknown")
    assert look(backend, refuses_13(alert, tmp_path), ()) in wanted


@both
@pytest.mark.parametrize("alert", CLOSURES)
def test_the_end_of_a_connection_is_no_refusal(backend, alert, tmp_path):
    wanted = ("handshake", -1, "requested"), ("no-common-version", 70, "unknown")
    for identity in ((), IDENTITY):
        assert look(backend, refuses_13(alert, tmp_path), identity) in wanted


@both
def test_a_refusal_counts_whether_the_connection_is_closed_or_not(backend, tmp_path):
    assert look(backend, refuses_12(48, silently=True), IDENTITY) == ("alert", 48, "requested")
    assert look(backend, refuses_13(48, tmp_path, silently=True), IDENTITY)[0] in ("alert", "no-common-version")


@both
@pytest.mark.parametrize("with_reset", [False, True])
def test_an_end_without_a_word_is_told_with_the_request(backend, with_reset):
    outcome, alert, client = look(backend, refuses_12(None, with_reset=with_reset), IDENTITY)
    assert (outcome in ("closed", "reset"), alert, client) == (True, -1, "requested")


@both
@pytest.mark.parametrize("number", [0, 1, 20, 400])
def test_the_names_of_cas_are_counted(backend, number):
    with servers.scripted(refuses_12(48, request(b"".join(ca(f"Lab CA {at}") for at in range(number))))) as port:
        fact = probe(backend, port, max_tls=0, identity=IDENTITY)
    assert (fact["cas"], fact["alert"]) == (number, 48)


def test_a_request_that_goes_on_in_another_record():
    """OpenSSL reads 3,000 names; mbedTLS cannot join the pieces, which is a limit of its own."""
    wanted = {"openssl": "alert", "mbedtls": "unsupported"}
    for backend in BACKENDS:
        with servers.scripted(refuses_12(48, request(b"".join(ca(f"{at:04}") for at in range(3000))))) as port:
            fact = probe(backend, port, max_tls=0, identity=IDENTITY)
        assert (fact["outcome"], fact["cas"]) == (wanted[backend], 1024)
