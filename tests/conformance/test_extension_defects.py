"""No defect inside an extension is silent. Sound contents of each extension that is read are spoilt at each element in
each way, put into a certificate of a sound chain, and shown to OpenSSL and to this library under three profiles."""
import ctypes
import functools
import json
import sys

import library
import pytest

sys.path.insert(0, str(library.TOP / "tests" / "pki"))
import build  # noqa: E402  (needs the path)
import der  # noqa: E402

AT_2030 = 1893456000
HOST = "expe.example.com"
PROFILES = ("expressway", "microsoft-edge", "webpki")
EXFLAG_INVALID = 0x80

# ---- sound contents ----

RDNS = (der.set_of(der.sequence(der.oid("2.5.4.6"), der.printable("DE"))),
        der.set_of(der.sequence(der.oid("2.5.4.10"), der.tlv(0x1E, "Lab".encode("utf-16-be"))),
                   der.sequence(der.oid("2.5.4.11"), der.utf8("Unit"))))
BASE = der.sequence(*RDNS)
NAME = der.sequence(*RDNS, der.set_of(der.sequence(der.oid("2.5.4.3"), der.utf8("Name"))))
SUBJECT = der.sequence(*RDNS, der.set_of(der.sequence(der.oid("2.5.4.3"), der.utf8(HOST))))
DIRECTORY = der.context(4, NAME)
OTHER = der.context(0, der.oid("1.3.6.1.4.1.311.20.2.3"), der.context(0, der.utf8("user@example.com")))
REGISTERED = der.tlv(0x88, der.oid("1.3.6.1.4.1.99999.300")[2:])
URI = der.context(6, b"http://crl.example.com/a", constructed=False)
EDI = der.context(5, der.context(0, der.utf8("Assigner")), der.context(1, der.utf8("Party")))
X400 = der.context(3, der.sequence(der.tlv(0x61, der.printable("DE"))))
NAMES = DIRECTORY + OTHER + REGISTERED + URI + EDI + X400
DNS = der.context(2, HOST.encode(), constructed=False)
POINTS = der.sequence(
    der.sequence(der.context(0, der.context(0, URI, DIRECTORY, OTHER, REGISTERED)), der.context(1, b"\x01\x06", constructed=False),
                 der.context(2, DIRECTORY)),
    der.sequence(der.context(0, der.context(1, der.sequence(der.oid("2.5.4.3"), der.utf8("CRL 1")))), der.context(2, DIRECTORY)))
ACCESS = der.sequence(der.sequence(der.oid("1.3.6.1.5.5.7.48.2"), URI), der.sequence(der.oid("1.3.6.1.5.5.7.48.1"), DIRECTORY),
                      der.sequence(der.oid("1.3.6.1.5.5.7.48.3"), OTHER), der.sequence(der.oid("1.3.6.1.5.5.7.48.5"), REGISTERED))
NOTICE = der.sequence(der.sequence(der.utf8("Org"), der.sequence(der.integer(1), der.integer(300))), der.tlv(0x1E, b"\0N\0o"))
SUBTREES = (der.sequence(DIRECTORY), der.sequence(OTHER), der.sequence(REGISTERED), der.sequence(EDI),
            der.sequence(der.context(2, b"other.example.net", constructed=False)))

# What is spoilt: the OID, the contents, and whether a CA has it rather than the end entity.
SOUND = {
    "subjectAltName": ("2.5.29.17", der.sequence(DNS, NAMES), False),
    "issuerAltName": ("2.5.29.18", der.sequence(NAMES), False),
    "authorityKeyIdentifier": ("2.5.29.35", None, False),
    "subjectKeyIdentifier": ("2.5.29.14", der.octets(b"12345678"), False),
    "cRLDistributionPoints": ("2.5.29.31", POINTS, False),
    "freshestCRL": ("2.5.29.46", POINTS, False),
    "authorityInfoAccess": ("1.3.6.1.5.5.7.1.1", ACCESS, False),
    "subjectInfoAccess": ("1.3.6.1.5.5.7.1.11", ACCESS, False),
    "extKeyUsage": ("2.5.29.37", der.sequence(der.oid("1.3.6.1.5.5.7.3.1"), der.oid("1.3.6.1.5.5.7.3.2"),
                                              der.oid("1.3.6.1.4.1.99999.300")), False),
    "certificatePolicies": ("2.5.29.32", der.sequence(
        der.sequence(der.oid("1.3.6.1.4.1.99999.1"),
                     der.sequence(der.sequence(der.oid("1.3.6.1.5.5.7.2.1"), der.ia5("http://example.com/cps")),
                                  der.sequence(der.oid("1.3.6.1.5.5.7.2.2"), NOTICE))),
        der.sequence(der.oid("1.3.6.1.4.1.99999.300"))), False),
    "policyMappings": ("2.5.29.33", der.sequence(der.sequence(der.oid("1.3.6.1.4.1.99999.1"), der.oid("1.3.6.1.4.1.99999.300"))), True),
    "policyConstraints": ("2.5.29.36", der.sequence(der.context(1, b"\x05", constructed=False)), True),
    "inhibitAnyPolicy": ("2.5.29.54", der.integer(300), True),
    "nameConstraints": ("2.5.29.30", der.sequence(der.context(1, *SUBTREES)), True),
    "nameConstraints, permitted": ("2.5.29.30", der.sequence(der.context(0, der.sequence(der.context(4, BASE)), der.sequence(REGISTERED))), True),
    "basicConstraints": ("2.5.29.19", der.sequence(der.boolean(True), der.integer(3)), True),
    "keyUsage": ("2.5.29.15", der.named_bits(0, 2), False),
    "subjectDirectoryAttributes": ("2.5.29.9", der.sequence(
        der.sequence(der.oid("1.3.6.1.5.5.7.9.4"), der.set_of(der.printable("DE"), der.printable("FR"))),
        der.sequence(der.oid("1.3.6.1.4.1.99999.300"), der.set_of(der.utf8("Role")))), False),
    "privateKeyUsagePeriod": ("2.5.29.16", der.sequence(der.context(0, b"20200101000000Z", constructed=False),
                                                       der.context(1, b"20400101000000Z", constructed=False)), False),
    "qcStatements": ("1.3.6.1.5.5.7.1.3", der.sequence(der.sequence(der.oid("0.4.0.1862.1.1")),
                                                      der.sequence(der.oid("0.4.0.1862.1.3"), der.integer(15))), False),
    "tlsFeature": ("1.3.6.1.5.5.7.1.24", der.sequence(der.integer(5)), False),
    "applicationPolicies": ("1.3.6.1.4.1.311.21.10", der.sequence(der.sequence(der.oid("1.3.6.1.5.5.7.3.1")),
                                                                 der.sequence(der.oid("1.3.6.1.5.5.7.3.2"))), False),
    "nsCertType": ("2.16.840.1.113730.1.1", der.named_bits(0, 1), False),
}  # tests/unit/x509/resources.c has those of RFC 3779, with what OpenSSL says


def sound_contents(kind):
    contents = SOUND[kind][1]
    if contents is not None:
        return contents
    return der.sequence(der.context(0, build.key_identifier(key_of_ca()), constructed=False),
                        der.context(1, der.context(4, build.name("CN=Test root,O=Example")), OTHER, REGISTERED),
                        der.context(2, b"\x07", constructed=False))


# ---- how they are spoilt ----

def header_of(data):
    """The length of tag and length."""
    return 2 if data[1] < 128 else 2 + (data[1] & 0x7F)


def read(data):
    """The elements of some DER: [tag, contents or the list of elements inside]."""
    found = []
    while data:
        start = header_of(data)
        end = start + (data[1] if start == 2 else int.from_bytes(data[2:start], "big"))
        found.append([data[0], read(data[start:end]) if data[0] & 0x20 else data[start:end]])
        data = data[end:]
    return found


def write(elements):
    return b"".join(item if isinstance(item, bytes)
                    else der.tlv(item[0], write(item[1]) if isinstance(item[1], list) else item[1]) for item in elements)


def whole(element):
    return write([element])


def long_length(body):
    return bytes([body[0], 0x83, 0]) + len(body[2:]).to_bytes(2, "big") + body[2:] if body[1] < 128 else body


def is_oid(element):
    return element[0] in (0x06, 0x88)


def ways(element):
    """(what was done, what stands there instead) for one element."""
    tag, inside = element
    body = whole(element)
    yield "is missing its last byte", der.tlv(tag, body[header_of(body):-1])
    yield "is an element of no kind", der.tlv(0x1F, b"x")
    yield "is garbage", b"\xff\xfe\xfd"
    yield "has another tag", der.tlv(0x8F, b"x")
    yield "is the other form", der.tlv(tag ^ 0x20, body[header_of(body):])
    if isinstance(inside, list):
        yield "has more at its end", der.tlv(tag, write(inside), der.null())
        yield "ends in garbage", der.tlv(tag, write(inside), b"\xff")
        yield "is empty", der.tlv(tag)
    if is_oid(element):
        yield "is not minimal", der.tlv(tag, b"\x2b\x80\x01")
        yield "begins with a zero", der.tlv(tag, b"\x80\x2b")
        yield "is cut", der.tlv(tag, inside[:-1] + b"\x81")
        yield "is empty", der.tlv(tag)
    if tag == 0x0C:
        yield "is no UTF-8", der.tlv(tag, b"a\xff")
        yield "is too long a form of UTF-8", der.tlv(tag, b"a\xc0\x80")
    if tag in (0x12, 0x13, 0x16, 0x86, 0x82):
        yield "is not ASCII", der.tlv(tag, b"a\xff")
    if tag == 0x1E:
        yield "has half a character", der.tlv(tag, b"\0a\0")
    if tag == 0x03 and inside[0] > 0:
        yield "has unused bits that are set", der.tlv(tag, inside[:-1] + bytes([inside[-1] | 1]))
    if tag == 0x02:
        yield "is not minimal", der.tlv(tag, b"\0" + inside)
        yield "is empty", der.tlv(tag)


def places(elements, path=()):
    for i, element in enumerate(elements):
        yield path + (i,)
        if isinstance(element[1], list):
            yield from places(element[1], path + (i,))


def put(elements, path, what):
    if len(path) == 1:
        return elements[:path[0]] + [what] + elements[path[0] + 1:]
    tag, inside = elements[path[0]]
    return elements[:path[0]] + [[tag, put(inside, path[1:], what)]] + elements[path[0] + 1:]


def spoilt(kind):
    elements = read(sound_contents(kind))
    for path in places(elements):
        element = elements[path[0]]
        for i in path[1:]:
            element = element[1][i]
        for way, instead in ways(element):
            if instead != whole(element):
                yield f"{'.'.join(map(str, path))} ({element[0]:02x}) {way}", write(put(elements, path, instead))
    yield "is empty", b""
    yield "has bytes behind", sound_contents(kind) + b"\0"


# ---- certificates ----

@functools.cache
def key_of_ca():
    return build.key("issuing-p256")


@functools.cache
def key_of_leaf():
    return build.key("leaf-p256")


@functools.cache
def certificate(subject, issuer, own_key, issuer_key, how, extensions):
    tbs = der.sequence(der.context(0, der.integer(2)), der.integer(7), build.algorithm(issuer_key, how), build.name(issuer),
                       der.sequence(der.time("2020-01-01"), der.time("2040-01-01")), subject, build.spki(own_key),
                       der.context(3, der.sequence(*extensions)))
    return build.signed(tbs, issuer_key, how, "")


def extensions_with(kind, contents, is_ca):
    usages = (5, 6) if is_ca else (0,)
    made = {"2.5.29.19": der.sequence(der.boolean(True)) if is_ca else der.sequence(), "2.5.29.15": der.named_bits(*usages)}
    if not is_ca:
        made["2.5.29.17"] = der.sequence(DNS)
        made["2.5.29.37"] = der.sequence(der.oid("1.3.6.1.5.5.7.3.1"), der.oid("1.3.6.1.5.5.7.3.2"))
        made["2.5.29.14"] = der.octets(build.key_identifier(key_of_leaf()))
    else:
        made["2.5.29.14"] = der.octets(build.key_identifier(key_of_ca()))
    number, _, on_ca = SOUND[kind]
    if on_ca == is_ca:
        made[number] = contents
    critical = {"2.5.29.19", "2.5.29.15", "2.5.29.30", "2.5.29.36", "2.5.29.54", "2.5.29.33"}
    return tuple(build.extension(number, number in critical, body) for number, body in made.items())


@functools.cache
def root():
    return build.key("root-rsa2048")


def chain_with(kind, contents):
    leaf = certificate(SUBJECT, "CN=Some CA", key_of_leaf(), key_of_ca(), "sha256", extensions_with(kind, contents, False))
    ca = certificate(build.name("CN=Some CA"), "CN=Test root,O=Example", key_of_ca(), root(), "sha256", extensions_with(kind, contents, True))
    return [leaf, ca]


# ---- OpenSSL ----

@functools.cache
def libcrypto():
    crypto = ctypes.CDLL("libcrypto.so.3")
    for name, kinds in (("d2i_X509", (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_long)), ("X509_free", (ctypes.c_void_p,)),
                        ("X509_get_extension_flags", (ctypes.c_void_p,)), ("OBJ_txt2nid", (ctypes.c_char_p,)),
                        ("X509_get_ext_d2i", (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p))):
        getattr(crypto, name).argtypes = kinds
    crypto.d2i_X509.restype = crypto.X509_get_ext_d2i.restype = ctypes.c_void_p
    return crypto


def ask_openssl(data, number):
    """"refused": it loads no such certificate, or uses none; "unread": the extension alone; else "read"."""
    crypto = libcrypto()
    pointer = ctypes.c_char_p(data)
    loaded = crypto.d2i_X509(None, ctypes.byref(pointer), len(data))
    if not loaded:
        return "refused"
    is_invalid = crypto.X509_get_extension_flags(loaded) & EXFLAG_INVALID
    nid = crypto.OBJ_txt2nid(number.encode())
    is_read = crypto.X509_get_ext_d2i(loaded, nid, None, None)  # what is read is small, and left to the end of the process
    crypto.X509_free(loaded)
    return "refused" if is_invalid else "read" if is_read else "unread"


# ---- this library ----

@functools.cache
def judge_of(profile):
    return library.new_judge(library.new_policy(profile, AT_2030), library.new_anchors(["root"]))


def findings_of(chain, profile):
    result = ctypes.c_void_p()
    pointers, lengths = (ctypes.c_char_p * len(chain))(*chain), (ctypes.c_size_t * len(chain))(*map(len, chain))
    library.check(library.core.fedval_chain_evaluate(
        judge_of(profile), ctypes.c_size_t(0), ctypes.cast(pointers, ctypes.c_void_p), lengths, ctypes.c_size_t(len(chain)),
        HOST.encode(), library.NUL_ENDED, 1, library.TIME_UNKNOWN, ctypes.byref(result)))
    document = json.loads(library.take(library.core.fedval_chain_result_to_json, result))
    library.core.fedval_chain_result_free(result)
    return {(item["severity"], item["code"], item["message"]) for item in document["findings"] if item["severity"] != "note"}


@functools.cache
def usual(kind):
    """What is found where the contents are sound, for each profile."""
    return {profile: findings_of(chain_with(kind, sound_contents(kind)), profile) for profile in PROFILES}


def new_findings(kind, contents):
    chain = chain_with(kind, contents)
    return {profile: findings_of(chain, profile) - usual(kind)[profile] for profile in PROFILES}


def is_no_defect(kind, what):
    """Spoilt contents that are sound all the same: shorter values, and elements that may be anything."""
    place, _, way = what.partition(" ")
    tag = way[1:3]
    if way.endswith("missing its last byte"):
        return tag in ("02", "04", "06", "0c", "12", "13", "16", "80", "82", "86", "88")  # another value of that type
    if X400 in sound_contents(kind) and place.startswith("0.5" if kind == "issuerAltName" else "0.6"):
        return place.count(".") > 1 or way.endswith("more at its end")  # X.411 says what is in it
    if kind == "authorityKeyIdentifier" and place == "0.2":
        return way.endswith("not ASCII")  # a serial number
    if kind == "nameConstraints, permitted" and way.endswith("is empty") and tag == "30":
        return place.count(".") == 4  # the base of all directory names
    if way.endswith("has another tag"):
        return tag in ("0c", "13", "02") and (kind in ("qcStatements", "subjectDirectoryAttributes") or OTHER in sound_contents(kind))
    if way.endswith("has more at its end"):
        # One more value in a SET OF ANY, or one where it may be left out.
        return kind in ("qcStatements", "subjectDirectoryAttributes") and tag in ("30", "31")
    return False


@pytest.mark.parametrize("kind", SOUND)
def test_sound_contents_are_taken_for_sound(kind):
    number, _, on_ca = SOUND[kind]
    assert ask_openssl(chain_with(kind, sound_contents(kind))[on_ca], number) in ("read", "unread")
    for profile in ("expressway", "microsoft-edge"):
        assert usual(kind)[profile] == set()
    assert not any("not encoded" in message or "cannot be read" in message for _, _, message in usual(kind)["webpki"])


@functools.cache
def results(kind):
    """(what was done, whether OpenSSL refuses it, the new findings of each profile) for each spoilt certificate."""
    number, _, on_ca = SOUND[kind]
    return [(what, ask_openssl(chain_with(kind, contents)[on_ca], number) == "refused", new_findings(kind, contents))
            for what, contents in spoilt(kind)]


@pytest.mark.parametrize("kind", SOUND)
def test_no_defect_is_silent(kind):
    assert [what for what, _, found in results(kind) if not is_no_defect(kind, what) and not all(found.values())] == []


@pytest.mark.parametrize("kind", SOUND)
def test_what_openssl_refuses_is_an_error_under_expressway_and_nothing_else_is_called_so(kind):
    wrong = []
    for what, is_refused, found in results(kind):
        if is_refused and not any(severity == "error" for severity, _, _ in found["expressway"]):
            wrong.append((what, "OpenSSL refuses it"))
        if not is_refused and any("OpenSSL cannot use it" in message for _, _, message in found["expressway"]):
            wrong.append((what, "OpenSSL uses it"))
    assert wrong == []


def test_unused_bits_of_a_key_usage_are_a_warning_where_openssl_takes_them():
    rows = [row for row in results("keyUsage") if row[0].endswith("unused bits that are set")]
    assert len(rows) == 1 and not rows[0][1]
    assert all({severity for severity, _, _ in found} == {"warning"} for found in rows[0][2].values())
