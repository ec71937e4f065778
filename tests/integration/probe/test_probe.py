"""Both probers against real servers: what came of it, the chain as sent, who asked for a certificate."""
import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import servers  # noqa: E402

PROBE = pathlib.Path(os.environ["FEDVAL_BUILD"]) / "tests" / "integration" / "probe" / "probe-once"
HOST = "expe.example.com"
TLS12 = 0x0303
BACKENDS = os.environ["FEDVAL_PROBERS"].split()
both = pytest.mark.parametrize("backend", BACKENDS)
with_openssl = pytest.mark.skipif("openssl" not in BACKENDS, reason="libfedval-openssl is not built")
with_gnutls = pytest.mark.skipif(not shutil.which("gnutls-serv"), reason="gnutls-serv is not installed")


def probe(backend, port, host=HOST, max_tls=TLS12, timeout_ms=30000, identity=(), address="127.0.0.1"):
    command = [PROBE, backend, max_tls, host, address, port, timeout_ms, *identity]
    result = subprocess.run([str(word) for word in command], capture_output=True, timeout=120)
    assert result.returncode == 0, result.stderr.decode()
    return json.loads(result.stdout)


def sent(chain):
    """The certificates of a file, in hex, in their order."""
    text = servers.chain_file(chain).read_text()
    blocks = re.findall(r"-----BEGIN CERTIFICATE-----(.*?)-----END", text, re.S)
    return [base64.b64decode(block).hex() for block in blocks]


@both
def test_sound_server(backend):
    with servers.openssl_server("valid", "-tls1_2") as port:
        fact = probe(backend, port)
    assert fact["outcome"] == "handshake"
    assert fact["version"] == "TLSv1.2"
    assert fact["cipher"]
    assert fact["client"] == "not-requested"
    assert fact["alert"] == -1
    assert fact["chain"] == sent("valid")


@both
@pytest.mark.parametrize("chain", ["untrusted", "expired", "self-signed", "unneeded", "out-of-order", "incomplete"])
def test_a_faulty_chain_is_no_fault_of_the_probe(backend, chain):
    with servers.openssl_server(chain, "-tls1_2") as port:
        fact = probe(backend, port)
    assert fact["outcome"] == "handshake"
    assert fact["chain"] == sent(chain)


@both
def test_client_certificate_requested(backend):
    with servers.openssl_server("valid", "-tls1_2", "-verify", "2", "-quiet") as port:
        fact = probe(backend, port)
    assert (fact["outcome"], fact["client"]) == ("handshake", "requested")


@both
def test_a_server_that_demands_a_client_certificate_shows_its_chain(backend):
    with servers.openssl_server("valid", "-tls1_2", "-Verify", "2") as port:
        fact = probe(backend, port)
    assert (fact["outcome"], fact["alert"]) in (("alert", 40), ("alert", 116), ("reset", -1))
    assert fact["client"] == "required"
    assert fact["chain"] == sent("valid")


@both
def test_an_identity_answers_the_demand(backend):
    identity = (servers.chain_file("valid"), servers.key_file("rsa2048"))
    with servers.openssl_server("valid", "-tls1_2", "-Verify", "2") as port:
        fact = probe(backend, port, identity=identity)
    assert (fact["outcome"], fact["client"]) == ("handshake", "requested")


@both
@pytest.mark.parametrize("chain", ["critical-unknown", "issuer-permits"])
def test_a_chain_that_the_library_may_refuse_is_captured(backend, chain):
    with servers.openssl_server(chain, "-tls1_2") as port:
        fact = probe(backend, port)
    assert fact["outcome"] in ("handshake", "unsupported")
    assert fact["chain"] == sent(chain)
    assert fact["client"] == "not-requested"


@both
def test_small_records_do_not_hide_the_chain(backend):
    with servers.openssl_server("valid", "-tls1_2", "-max_send_frag", "512") as port:
        fact = probe(backend, port)
    assert fact["chain"] == sent("valid")


def test_a_chain_of_200_certificates_is_captured_whole():
    """mbedTLS refuses a Certificate message beyond 16 KiB; up to TLS 1.2 its bytes are read beside it. What OpenSSL
    is sent under encryption is as long."""
    many = sent("valid")[:1] + sent("valid")[-1:] * 199
    for backend in BACKENDS:
        with servers.openssl_server("valid", "-tls1_2", padding=200 - len(sent("valid"))) as port:
            fact = probe(backend, port)
        assert fact["outcome"] in ("handshake", "unsupported")
        assert (len(fact["chain"]), fact["chain"]) == (200, many)
    if "openssl" in BACKENDS:
        with servers.openssl_server("valid", "-tls1_3", padding=200 - len(sent("valid"))) as port:
            fact = probe("openssl", port, max_tls=0)
        assert (fact["outcome"], fact["version"], fact["chain"]) == ("handshake", "TLSv1.3", many)


@both
def test_an_address_of_ipv6(backend):
    try:
        servers.free_port("::1")
    except OSError:
        pytest.skip("no IPv6 loopback on this machine")
    with servers.openssl_server("valid", "-tls1_2", address="::1") as port:
        fact = probe(backend, port, address="::1")
    assert (fact["outcome"], fact["chain"]) == ("handshake", sent("valid"))
    assert probe(backend, servers.free_port("::1"), address="::1")["outcome"] == "refused"


@both
def test_old_versions_are_reported_not_refused(backend):
    with servers.openssl_server("valid", "-tls1", "-cipher", "ALL:@SECLEVEL=0") as port:
        fact = probe(backend, port)
    # mbedTLS 3.6 no longer speaks it
    assert (fact["outcome"], fact["version"]) == ("handshake", "TLSv1.0") or \
        (backend == "mbedtls" and fact["outcome"] == "no-common-version")


def test_mbedtls_2_28_and_a_server_of_tls_1_3_have_no_common_version():
    if "mbedtls" not in BACKENDS:
        pytest.skip("libfedval-mbedtls is not built")
    with servers.openssl_server("valid", "-tls1_3") as port:
        fact = probe("mbedtls", port, max_tls=0)
    assert fact["outcome"] in ("no-common-version", "handshake")  # the latter: mbedTLS 3.6
    if fact["outcome"] == "no-common-version":
        assert fact["alert"] == 70
    else:
        assert (fact["version"], fact["chain"]) == ("TLSv1.3", sent("valid"))


@with_openssl
def test_openssl_reaches_a_server_of_tls_1_3():
    with servers.openssl_server("valid", "-tls1_3") as port:
        fact = probe("openssl", port, max_tls=0)
    assert (fact["outcome"], fact["version"], fact["client"]) == ("handshake", "TLSv1.3", "not-requested")
    assert fact["chain"] == sent("valid")


@with_openssl
def test_the_refusal_of_tls_1_3_comes_at_the_first_read():
    with servers.openssl_server("valid", "-tls1_3", "-Verify", "2") as port:
        fact = probe("openssl", port, max_tls=0)
    assert (fact["outcome"], fact["alert"], fact["client"]) == ("alert", 116, "required")
    assert fact["chain"] == sent("valid")


@both
def test_server_name_is_sent(backend):
    options = ("-tls1_2", "-servername", HOST, "-servername_fatal", "-cert2", servers.chain_file("name-other"),
               "-key2", servers.key_file("rsa2048"))
    with servers.openssl_server("valid", *options) as port:
        assert probe(backend, port, host=HOST)["chain"][0] == sent("name-other")[0]
        other = probe(backend, port, host="other.example.com")
    assert (other["outcome"], other["alert"]) == ("alert", 112)


@both
def test_what_does_not_speak_tls(backend):
    with servers.scripted(lambda peer: peer.sendall(b"SIP/2.0 400 Bad Request\r\n\r\n")) as port:
        assert probe(backend, port)["outcome"] == "not-tls"


@both
def test_closed_and_reset_are_told_apart(backend):
    with servers.scripted(lambda peer: peer.recv(4096)) as port:
        assert probe(backend, port)["outcome"] == "closed"
    with servers.scripted(servers.reset) as port:
        assert probe(backend, port)["outcome"] == "reset"


@both
def test_refused(backend):
    assert probe(backend, servers.free_port())["outcome"] == "refused"


@both
def test_silence_ends_at_the_deadline(backend):
    with servers.scripted(servers.silence) as port:
        assert probe(backend, port, timeout_ms=500)["outcome"] == "stalled"


@both
def test_a_full_backlog_is_a_timeout(backend):
    with servers.full_backlog() as port:
        assert probe(backend, port, timeout_ms=500)["outcome"] == "timeout"


@both
def test_a_flight_of_garbage_is_an_outcome(backend):
    garbage = bytes([22, 3, 3, 0, 8, 2, 0, 0, 4, 255, 255, 255, 255]) + bytes(range(256)) * 8
    with servers.scripted(lambda peer: peer.sendall(garbage)) as port:
        fact = probe(backend, port)
    assert fact["outcome"] == "violation"
    assert fact["chain"] == []


@with_gnutls
@both
def test_gnutls_server(backend):
    with servers.gnutls_server("valid", "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.2") as port:
        fact = probe(backend, port)
    assert (fact["outcome"], fact["version"]) == ("handshake", "TLSv1.2")
    assert fact["chain"] == sent("valid")
    assert fact["client"] == "requested"


@with_gnutls
@both
def test_gnutls_server_that_demands_a_certificate(backend):
    with servers.gnutls_server("valid", "--require-client-cert", "--priority",
                               "NORMAL:-VERS-ALL:+VERS-TLS1.2") as port:
        fact = probe(backend, port)
    assert fact["client"] == "required"
    assert fact["chain"] == sent("valid")


@pytest.mark.skipif(not servers.KAMAILIO, reason="kamailio is not installed")
@both
def test_a_sip_edge_with_mutual_tls(backend):
    with servers.kamailio("valid") as address:
        fact = probe(backend, 5061, address=address)
    # the alert is lost where the reset that follows it overtakes it
    assert fact["outcome"] in ("alert", "reset")
    assert fact["client"] == "required"
    assert fact["chain"] == sent("valid")


@pytest.mark.skipif(len(BACKENDS) < 2, reason="one prober is built")
@pytest.mark.parametrize("chain,key", [("valid", "rsa2048"), ("valid-p256", "p256"), ("expired", "rsa2048"),
                                       ("issuer-permits", "rsa2048"), ("twice", "rsa2048")])
def test_both_probers_tell_the_same(chain, key):
    """Held to TLS 1.2. Cipher, group and signature may differ: each offers its own; and a limit of one library is
    its own outcome."""
    with servers.openssl_server(chain, "-tls1_2", key=key) as port:
        facts = [probe(backend, port) for backend in BACKENDS]
    for fact in facts:
        del fact["cipher"], fact["group"], fact["signature"]
        if fact["outcome"] == "unsupported":
            fact["outcome"] = "handshake"
    assert facts[0] == facts[1]
