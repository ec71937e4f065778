"""Builds certificates and CRLs from the rows of table.py."""
import hashlib
import ipaddress
import pathlib
import re

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

import der

HERE = pathlib.Path(__file__).resolve().parent
NAME_TYPES = {"C": "2.5.4.6", "O": "2.5.4.10", "OU": "2.5.4.11", "CN": "2.5.4.3"}
EKUS = {"server": "1.3.6.1.5.5.7.3.1", "client": "1.3.6.1.5.5.7.3.2", "any": "2.5.29.37.0",
        "email": "1.3.6.1.5.5.7.3.4"}
KEY_USAGES = {"sign": 0, "encipher": 2, "cert": 5, "crl": 6}
HASHES = {"md5": hashes.MD5, "sha1": hashes.SHA1, "sha224": hashes.SHA224, "sha256": hashes.SHA256, "sha384": hashes.SHA384}
RSA_OIDS = {"md5": "1.2.840.113549.1.1.4", "sha1": "1.2.840.113549.1.1.5",
            "sha224": "1.2.840.113549.1.1.14", "sha256": "1.2.840.113549.1.1.11", "sha384": "1.2.840.113549.1.1.12"}
EC_OIDS = {"sha1": "1.2.840.10045.4.1", "sha256": "1.2.840.10045.4.3.2", "sha384": "1.2.840.10045.4.3.3"}
SHA256_ALGORITHM = der.sequence(der.oid("2.16.840.1.101.3.4.2.1"), der.null())
MAKERS = {"p256": lambda: ec.generate_private_key(ec.SECP256R1()),
          "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
          "ed25519": ed25519.Ed25519PrivateKey.generate}


def key(name):
    """The key keys/NAME.key; the last part of the name is its type: rsa2048, p256, ed25519."""
    path = HERE / "keys" / f"{name}.key"
    if path.exists():
        return serialization.load_pem_private_key(path.read_bytes(), None)
    kind = name.rsplit("-", 1)[-1]
    made = rsa.generate_private_key(65537, int(kind[3:])) if kind.startswith("rsa") else MAKERS[kind]()
    path.write_bytes(made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                        serialization.NoEncryption()))
    return made


def spki(private):
    return private.public_key().public_bytes(serialization.Encoding.DER,
                                             serialization.PublicFormat.SubjectPublicKeyInfo)


def key_identifier(private):
    return hashlib.sha1(spki(private)).digest()


def pss_algorithm(salt=32):
    mask = der.sequence(der.oid("1.2.840.113549.1.1.8"), SHA256_ALGORITHM)
    parameters = der.sequence(der.context(0, SHA256_ALGORITHM), der.context(1, mask),
                              der.context(2, der.integer(salt) if salt >= 0 else der.tlv(2, b"\xff")))
    return der.sequence(der.oid("1.2.840.113549.1.1.10"), parameters)


def algorithm(private, how):
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return der.sequence(der.oid("1.3.101.112"))
    if isinstance(private, ec.EllipticCurvePrivateKey):
        return der.sequence(der.oid(EC_OIDS[how]))
    if how in ("pss", "pss-negative"):
        return pss_algorithm(32 if how == "pss" else -1)
    return der.sequence(der.oid(RSA_OIDS[how]), der.null())


def sign(private, how, message):
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return private.sign(message)
    if isinstance(private, ec.EllipticCurvePrivateKey):
        return private.sign(message, ec.ECDSA(HASHES[how]()))
    if how in ("pss", "pss-negative"):
        return private.sign(message, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    return private.sign(message, padding.PKCS1v15(), HASHES[how]())


def signed(tbs, private, how, damage):
    signature = bytearray(sign(private, how, tbs))
    if damage == "signature":
        signature[len(signature) // 2] ^= 1
    return der.sequence(tbs, algorithm(private, how), der.bits(bytes(signature)))


def name(text, string=der.utf8):
    """"CN=a,O=b" as an RDNSequence; a part may hold several values joined by "+", a value commas as "\\,"."""
    rdns = []
    for rdn in filter(None, re.split(r"(?<!\\),", text)):
        pairs = [part.split("=", 1) for part in rdn.split("+")]
        rdns.append(der.set_of(*(der.sequence(der.oid(NAME_TYPES[kind]), string(value.replace("\\,", ",")))
                                 for kind, value in pairs)))
    return der.sequence(*rdns)


def general_name(kind, value):
    if kind == "dns":
        return der.context(2, value if isinstance(value, bytes) else value.encode(), constructed=False)
    if kind == "uri":
        return der.context(6, value.encode(), constructed=False)
    if kind == "email":
        return der.context(1, value.encode(), constructed=False)
    if kind == "ip":
        return der.context(7, ipaddress.ip_address(value).packed, constructed=False)
    if kind == "ipnet":
        net = ipaddress.ip_network(value)
        return der.context(7, net.network_address.packed + net.netmask.packed, constructed=False)
    if kind == "unreadable":
        return der.tlv(0x89, value)
    if kind == "dir":
        return der.context(4, name(value))
    raise ValueError(kind)


def extension(number, critical, body):
    return der.sequence(der.oid(number), der.boolean(True) if critical else b"", der.octets(body))


def subtrees(tag, names):
    if not names:
        return b""
    return der.context(tag, *(der.sequence(general_name(*item)) for item in names))


def urls(number, addresses):
    names = [general_name("uri", address) for address in addresses]
    if number == "2.5.29.31":
        points = [der.sequence(der.context(0, der.context(0, item))) for item in names]
        return extension(number, False, der.sequence(*points))
    issuers = [der.sequence(der.oid("1.3.6.1.5.5.7.48.2"), item) for item in names]
    return extension(number, False, der.sequence(*issuers))


def basic_constraints(row):
    pathlen = row.get("pathlen")
    body = (der.boolean(True) if row["ca"] else b"") + (der.integer(pathlen) if pathlen is not None else b"")
    return extension("2.5.29.19", True, der.sequence(body))


def extensions(row, own_key, issuer_key):
    """In the order in which certificates usually carry them; None in the row leaves one out."""
    made = []
    if row["ca"] is not None:
        made.append(basic_constraints(row))
    if row["ku"] is not None:
        made.append(extension("2.5.29.15", True, der.named_bits(*(KEY_USAGES[use] for use in row["ku"]))))
    if row["eku"]:
        made.append(extension("2.5.29.37", False, der.sequence(*(der.oid(EKUS[use]) for use in row["eku"]))))
    if row["sans"] is not None:
        made.append(extension("2.5.29.17", row["subject"] == "",
                              der.sequence(*(general_name(*item) for item in row["sans"]))))
    if row["key_ids"]:
        made.append(extension("2.5.29.14", False, der.octets(key_identifier(own_key))))
        identifier = bytes(20) if row["key_ids"] == "wrong" else key_identifier(issuer_key)
        made.append(extension("2.5.29.35", False, der.sequence(der.context(0, identifier, constructed=False))))
    if row["permitted"] or row["excluded"]:
        made.append(extension("2.5.29.30", True,
                              der.sequence(subtrees(0, row["permitted"]), subtrees(1, row["excluded"]))))
    if row["crl_urls"]:
        made.append(urls("2.5.29.31", row["crl_urls"]))
    if row["aia_urls"]:
        made.append(urls("1.3.6.1.5.5.7.1.1", row["aia_urls"]))
    return made + [extension(*item) for item in row["extra"]]


def serial(row):
    return int.from_bytes(hashlib.sha256(row["name"].encode()).digest()[:8], "big") >> 1


def damaged(parts, damage):
    """The fields of a TBSCertificate with one of them spoilt, and sound ones around it."""
    if damage == "text":
        parts[4] = parts[4].replace(b"Example", b"Ex\xffmple")
    if damage == "time":
        parts[3] = der.sequence(der.tlv(0x17, b"2001010000Z"), der.tlv(0x18, b"20600101000000Z"))
    if damage == "trailing":
        return parts, [der.context(4, der.null())]
    return parts, []


def certificate(row, issuer_row):
    own_key, issuer_key = key(row["key"]), key(issuer_row["key"])
    how = row["sign"]
    parts = [der.integer(serial(row)), algorithm(issuer_key, how if row["damage"] != "algorithm" else "sha384"),
             name(row["issuer_name"] or issuer_row["subject"], row["issuer_string"]),
             der.sequence(der.time(row["from"]), der.time(row["to"])), name(row["subject"], row["subject_string"]), spki(own_key)]
    parts, behind = damaged(parts, row["damage"])
    if row["version"] == 3:
        parts = [der.context(0, der.integer(2))] + parts + [
            der.context(3, der.sequence(*extensions(row, own_key, issuer_key)))] + behind
    return signed(der.sequence(*parts), issuer_key, how, row["damage"])


def revoked_entry(serial, when, extra=()):
    more = der.sequence(*(extension(*item) for item in extra)) if extra else b""
    return der.sequence(der.integer(serial), der.time(when), more)


def crl(row, issuer_row, serials):
    issuer_key = key(issuer_row["key"])
    entries = [revoked_entry(serial, row["from"], row["entry_extra"]) for serial in sorted(serials)]
    identifier = der.sequence(der.context(0, key_identifier(issuer_key), constructed=False))
    extra = [extension("2.5.29.35", False, identifier), extension("2.5.29.20", row["critical_number"], der.integer(row["number"]))]
    extra += [extension(*item) for item in row["extra"]]
    tbs = der.sequence(der.integer(1), algorithm(issuer_key, "sha256"), name(issuer_row["subject"]),
                       row["time"](row["from"]), row["time"](row["to"]),
                       der.sequence(*entries) if entries else b"", der.context(0, der.sequence(*extra)))
    return signed(tbs, issuer_key, "sha256", row["damage"])
