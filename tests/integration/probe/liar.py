"""A TLS server, 1.2 and 1.3, that completes its handshake, and lies at any one place that a test names. Python, since no
library would: AES-128-GCM with SHA-256, and X25519 (RFC 5246, RFC 5288, RFC 8422, RFC 8446). It answers one client.

`lies` has, by name: "messages": the first flight as pairs of type and body; "flight": its bytes, records and all;
"signature", "finished" (verify data); "scheme", a number; "pieces", how many bytes go into a record of TLS 1.3; "seal", an encrypted record; "before-ccs", "after": bytes that
are sent there. Each is a function of what an honest server sends, and gives what this one sends."""
import contextlib
import hashlib
import hmac
import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from test_probe import sent
import servers

SHA256 = hashes.SHA256()
ECDHE_RSA, ECDHE_ECDSA, AES_13 = 0xC02F, 0xC02B, 0x1301
PKCS1, ECDSA, PSS = 0x0401, 0x0403, 0x0804
CCS = b"\x14\3\3\0\1\1"
RENEGOTIATION_INFO = bytes.fromhex("ff01000100")
VERSION_13 = bytes.fromhex("002b00020304")


def record(kind, body, version=0x0303):
    return struct.pack(">BHH", kind, version, len(body)) + body


def message(kind, body):
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def block(data, size=2):
    return len(data).to_bytes(size, "big") + data


def extension(kind, body):
    return struct.pack(">H", kind) + block(body)


def exactly(peer, length):
    data = b""
    while len(data) < length:
        more = peer.recv(length - len(data))
        if not more:
            raise ConnectionError
        data += more
    return data


def read_record(peer):
    head = exactly(peer, 5)
    return head[0], exactly(peer, int.from_bytes(head[3:], "big"))


class Hello:
    """What a ClientHello offers."""

    def __init__(self, body):
        self.raw, self.random = body, body[6:38]
        at = 39 + body[38]
        self.session = body[39:at]
        length = int.from_bytes(body[at:at + 2], "big")
        self.suites = {int.from_bytes(body[at + i:at + i + 2], "big") for i in range(2, length + 2, 2)}
        at += 2 + length
        at += 1 + body[at] + 2
        self.extensions = {}
        while at + 4 <= len(body):
            kind, length = struct.unpack(">HH", body[at:at + 4])
            self.extensions[kind] = body[at + 4:at + 4 + length]
            at += 4 + length

    @property
    def has_13(self):
        return b"\3\4" in self.extensions.get(43, b"")

    def x25519_share(self):
        body, at = self.extensions.get(51, b""), 2
        while at + 4 <= len(body):
            group, length = struct.unpack(">HH", body[at:at + 4])
            if group == 0x001D:
                return body[at + 4:at + 4 + length]
            at += 4 + length
        return None


class Liar:
    def __init__(self, peer, lies, chain="valid", key="rsa2048", scheme=None, extended=False):
        self.peer, self.lies, self.extended = peer, lies, extended
        self.key = serialization.load_pem_private_key(servers.key_file(key).read_bytes(), None)
        self.is_rsa = isinstance(self.key, rsa.RSAPrivateKey)
        self.scheme = scheme or (PKCS1 if self.is_rsa else ECDSA)
        self.chain = [bytes.fromhex(der) for der in sent(chain)]
        self.random, self.private = os.urandom(32), x25519.X25519PrivateKey.generate()
        self.public = self.private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.transcript = b""

    def tell(self, name, truth):
        return self.lies[name](truth) if name in self.lies else truth

    def begin(self):
        self.hello = Hello(read_record(self.peer)[1])
        self.transcript += self.hello.raw
        return self.hello

    def sign(self, data):
        if not self.is_rsa:
            signed = self.key.sign(data, ec.ECDSA(SHA256))
        elif self.scheme == PSS:
            signed = self.key.sign(data, padding.PSS(padding.MGF1(SHA256), 32), SHA256)
        else:
            signed = self.key.sign(data, padding.PKCS1v15(), SHA256)
        return self.tell("signature", signed)

    def signature(self, data):
        return struct.pack(">H", self.tell("scheme", self.scheme)) + block(self.sign(data))

    def server_hello(self, suite, extensions, session=b""):
        return 2, b"\3\3" + self.random + block(session, 1) + struct.pack(">HB", suite, 0) + block(extensions)

    def send_flight(self, flight):
        parts = [message(*each) for each in self.tell("messages", flight)]
        self.transcript += b"".join(parts)
        self.peer.sendall(self.tell("flight", b"".join(record(22, part) for part in parts)))

    def seal(self, cipher, nonce, header, data):
        return self.tell("seal", cipher.encrypt(nonce, data, header))


# ---- TLS 1.2 ----

def prf(secret, label, seed, length):
    out, a = b"", label + seed
    while len(out) < length:
        a = hmac.digest(secret, a, "sha256")
        out += hmac.digest(secret, a + label + seed, "sha256")
    return out[:length]


def send_12(liar, cipher, salt, number, kind, data):
    explicit = number.to_bytes(8, "big")
    aad = explicit + struct.pack(">BHH", kind, 0x0303, len(data))
    liar.peer.sendall(record(kind, explicit + liar.seal(cipher, salt + explicit, aad, data)))


def serve_12(liar, hello):
    params = b"\3\0\x1d" + block(liar.public, 1)
    entries = b"".join(block(der, 3) for der in liar.chain)
    suite = ECDHE_RSA if liar.is_rsa else ECDHE_ECDSA
    liar.send_flight([liar.server_hello(suite, RENEGOTIATION_INFO), (11, block(entries, 3)),
                      (12, params + liar.signature(hello.random + liar.random + params)), (14, b"")])
    kind, exchange = read_record(liar.peer)
    if kind != 22:
        return
    liar.transcript += exchange
    shared = liar.private.exchange(x25519.X25519PublicKey.from_public_bytes(exchange[5:]))
    master = prf(shared, b"master secret", hello.random + liar.random, 48)
    if liar.extended:  # RFC 7627 4
        master = prf(shared, b"extended master secret", hashlib.sha256(liar.transcript).digest(), 48)
    keys = prf(master, b"key expansion", liar.random + hello.random, 40)
    read_record(liar.peer)  # ChangeCipherSpec
    _, sealed = read_record(liar.peer)
    plain = AESGCM(keys[:16]).decrypt(keys[32:36] + sealed[:8], sealed[8:], bytes(8) + struct.pack(">BHH", 22, 0x0303, 16))
    liar.transcript += plain
    verify = prf(master, b"server finished", hashlib.sha256(liar.transcript).digest(), 12)
    liar.peer.sendall(liar.tell("ccs", CCS))
    send_12(liar, AESGCM(keys[16:32]), keys[36:40], 0, 22, message(20, liar.tell("finished", verify)))
    if "after" in liar.lies:
        send_12(liar, AESGCM(keys[16:32]), keys[36:40], 1, 23, liar.lies["after"](b""))


# ---- TLS 1.3 ----

def expand(secret, label, context, length):
    info = struct.pack(">H", length) + block(b"tls13 " + label, 1) + block(context, 1)
    return HKDFExpand(SHA256, length, info).derive(secret)


def derive(secret, label, transcript):
    return expand(secret, label, hashlib.sha256(transcript).digest(), 32)


class Keys:
    """What the server writes with, from a traffic secret."""

    def __init__(self, secret):
        self.secret, self.number = secret, 0
        self.cipher, self.iv = AESGCM(expand(secret, b"key", b"", 16)), expand(secret, b"iv", b"", 12)

    def send(self, liar, kind, data):
        size = liar.tell("pieces", len(data))
        for at in range(0, len(data), size):
            self.send_one(liar, kind, data[at:at + size])

    def send_one(self, liar, kind, data):
        header = struct.pack(">BHH", 23, 0x0303, len(data) + 17)
        nonce = (int.from_bytes(self.iv, "big") ^ self.number).to_bytes(12, "big")
        self.number += 1
        liar.peer.sendall(header + liar.seal(self.cipher, nonce, header, data + bytes([kind])))

    def verify_data(self, transcript):
        key = expand(self.secret, b"finished", b"", 32)
        return hmac.digest(key, hashlib.sha256(transcript).digest(), "sha256")


def serve_13(liar, hello):
    share = extension(51, b"\0\x1d" + block(liar.public))
    liar.send_flight([liar.server_hello(AES_13, VERSION_13 + share, hello.session)])
    early = hmac.digest(bytes(32), bytes(32), "sha256")
    shared = liar.private.exchange(x25519.X25519PublicKey.from_public_bytes(hello.x25519_share()))
    handshake = hmac.digest(derive(early, b"derived", b""), shared, "sha256")
    keys = Keys(derive(handshake, b"s hs traffic", liar.transcript))
    entries = b"".join(block(der, 3) + b"\0\0" for der in liar.chain)
    sealed = liar.tell("sealed", [(8, b"\0\0"), (11, b"\0" + block(entries, 3))])
    for each in sealed:
        liar.transcript += message(*each)
        keys.send(liar, 22, message(*each))
    signed = b" " * 64 + b"TLS 1.3, server CertificateVerify\0" + hashlib.sha256(liar.transcript).digest()
    for kind, body in ((15, lambda: liar.signature(signed)),
                       (20, lambda: liar.tell("finished", keys.verify_data(liar.transcript)))):
        whole = message(kind, body())
        liar.transcript += whole
        keys.send(liar, 22, whole)
    if "after" in liar.lies:
        master = hmac.digest(derive(handshake, b"derived", b""), bytes(32), "sha256")
        Keys(derive(master, b"s ap traffic", liar.transcript)).send(liar, 23, liar.lies["after"](b""))


def serve(version, lies, then=servers.silence, spoken=None, **options):
    """A behaviour for servers.scripted. `spoken` gets whether the client speaks the version."""
    def behave(peer):
        liar = Liar(peer, lies, **options)
        hello = liar.begin()
        can = version == 12 or (hello.has_13 and hello.x25519_share() is not None)
        if spoken is not None:
            spoken.append(can)
        if not can:
            return
        with contextlib.suppress(InvalidTag):  # the lie led to other keys
            (serve_13 if version == 13 else serve_12)(liar, hello)
        then(peer)
    return behave
