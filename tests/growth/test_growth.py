"""How the work grows with the input, in instructions that valgrind counts and not in time: what a stranger sends twice as
long takes twice as many, not four times."""
import base64
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
FEDVAL = pathlib.Path(os.environ["FEDVAL_BUILD"]) / "examples" / "fedval" / "fedval"
PKI = TOP / "tests" / "pki" / "out"
OWN = "_sipfederationtls._tcp.example.com"

pytestmark = pytest.mark.skipif(shutil.which("valgrind") is None or os.environ.get("FEDVAL_SANITIZE", "none") != "none",
                                reason="needs valgrind, and a build without sanitizers")


def count(*words, expect=(0, 1, 2)):
    """The instructions of one run of the command."""
    done = subprocess.run(["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null",
                           str(FEDVAL), *map(str, words)],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=300)
    assert done.returncode in expect, done.stderr
    return int(re.search(r"I +refs: +([\d,]+)", done.stderr)[1].replace(",", ""))


def der(name):
    text = (PKI / "certs" / f"{name}.pem").read_text()
    return base64.b64decode("".join(text.split("-----")[2].split()))


def pem(data):
    return f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(data).decode()}-----END CERTIFICATE-----\n"


def numbered(data, number):
    """A certificate that differs from the others in its signature alone."""
    return data[:-4] + number.to_bytes(4, "big")


def probe(number, chain, host="expe.example.com"):
    return {"question": {"probe": host, "address": f"203.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", "port": 5061},
            "outcome": "handshake", "tls_version": "TLSv1.2", "chain": [base64.b64encode(chain).decode()]}


def evidence(facts):
    record = {"type": "SRV", "owner": OWN, "ttl": 1, "priority": 0, "weight": 0, "port": 5061, "target": "expe.example.com"}
    srv = {"question": {"name": OWN, "type": "SRV"}, "outcome": "answer", "records": [record]}
    return json.dumps({"format": "fedval-evidence/1", "domain": "example.com", "gathered_at": "2030-01-01T00:00:00Z",
                       "facts": [srv, *facts]})


def probe_facts(path, size):
    leaf = der("valid")
    path.write_text(evidence([probe(i, numbered(leaf, i)) for i in range(size)]))
    return ["evaluate", path, "--at", "2030-01-01", "--format", "json"]


def one_chain_at_many_addresses(path, size):
    leaf = der("valid")
    path.write_text(evidence([probe(i, leaf) for i in range(size)]))
    return ["evaluate", path, "--at", "2030-01-01"]


def anchors_of_one_name(path, size):
    root = der("root")
    path.write_text("".join(pem(numbered(root, i)) for i in range(size)))
    return ["chain", PKI / "certs" / "valid.pem", PKI / "certs" / "issuing.pem", "--public-trust", path, "--at", "2030-01-01"]


def certificates_of_one_chain(path, size):
    leaf, issuing = der("valid"), der("issuing")
    path.write_text(pem(leaf) + "".join(pem(numbered(issuing, i)) for i in range(size)))
    return ["chain", path, "--public-trust", PKI / "certs" / "root.pem", "--at", "2030-01-01"]


def names_of_one_certificate(path, size):
    """Twice: what names it holds is told with the chain, and again with what a new certificate has to keep. The limit of a
    report holds for both, so that what is beyond costs reading alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "many.example.net")])
    names = x509.SubjectAlternativeName([x509.DNSName(f"host-{i}.example.net") for i in range(size)])
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
            .not_valid_before(datetime.datetime(2029, 1, 1)).not_valid_after(datetime.datetime(2031, 1, 1))
            .add_extension(names, critical=False).sign(key, hashes.SHA256()))
    path.write_text(evidence([probe(1, made.public_bytes(serialization.Encoding.DER))]))
    return ["evaluate", path, "--at", "2030-01-01"]


def many_labels(path, size):
    head = "$ORIGIN example.com.\n@ 60 IN SOA ns admin 1 60 60 60 60\n"
    path.write_text(head + "".join(f"{'.'.join('a' * 110)}.{i} 60 IN A 192.0.2.1\n" for i in range(size)))
    return ["check", "example.com", "--offline", "--zone", path, "--at", "2030-01-01"]


ANSWER = ("SIP/2.0 504 Server time-out\nCall-ID: {call}\nCSeq: {number} INVITE\nFrom: <sip:{user}@meet.example.org>;tag=1\n"
          "To: <sip:alice@lync.example.net>\nServer: RTC/6.0\n{more}\n\n")
CAUSE = 'ms-diagnostics: 1009;reason="No match";domain="meet.example.org";fqdn1="gw.example.net:5061";source="sip.lync.example.net"\n'


def requests_of_one_call(path, size):
    path.write_text("".join(ANSWER.format(call="one", number=i, user="room", more=CAUSE if i % 2 else "") for i in range(size)))
    return ["diagnose", path]


def users_in_redaction(path, size):
    path.write_text("".join(ANSWER.format(call=f"c{i}", number=1, user=f"user-{i}", more="") for i in range(size)))
    return ["diagnose", path, "--redact"]


def words_in_redaction(path, size):
    """No two texts have the same words, and none of them is in the catalogue."""
    text = "".join(ANSWER.format(call=f"c{i}", number=1, user="room", more="").replace("Server time-out", " ".join(
        f"w{i}x{k}q" for k in range(40)) + " + + + + + + +") for i in range(size))
    path.write_text(text)
    return ["diagnose", path, "--redact"]


def sources_of_logs(path, size):
    path.write_text("".join(ANSWER.format(call=f"c{i}", number=1, user="room", more=CAUSE) for i in range(size)))
    return ["diagnose", path, "--format", "json"]


def peers_of_clusters(path, size):
    """Half of the peers are of one cluster, half of another; each has as many addresses as an intent takes. Once they are
    read, the intent is refused: no domain is of a cluster that is there."""
    clusters = [{"name": f"{half}.example.com", "peers": [
        {"name": f"{i}.{half}.example.com", "addresses": [f"203.{n}.{i}.{k + 1}" for k in range(64)]} for i in range(size // 2)]}
        for n, half in enumerate("ab")]
    domains = [{"name": "example.org", "cluster": "nobody"}]
    path.write_text(json.dumps({"format": "fedval-intent/1", "clusters": clusters, "domains": domains}))
    return ["plan", path]


def domains_of_one_cluster(path, size):
    """Each peer's certificate holds a name for each domain, and each domain looks for its own in it."""
    peers = [{"name": f"exp{i}.example.net", "addresses": [f"20.30.40.{i + 1}"]} for i in range(2)]
    domains = [{"name": f"d{i}.example.org", "host": "sip"} for i in range(size)]
    path.write_text(json.dumps({"format": "fedval-intent/1", "clusters": [{"peers": peers}], "domains": domains}))
    return ["plan", path, "--at", "2030-01-01"]


def deltas_of_one_ca(path, size):
    """Delta CRLs that list the certificate, each newer than the one before and none with its base: whether one is overtaken
    is asked of each beside each other."""
    leaf, issuing = (x509.load_der_x509_certificate(der(name)) for name in ("valid", "issuing"))
    key = ec.generate_private_key(ec.SECP256R1())
    revoked = (x509.RevokedCertificateBuilder().serial_number(leaf.serial_number)
               .revocation_date(datetime.datetime(2028, 1, 1)).build())
    text = b""
    for i in range(size):
        made = (x509.CertificateRevocationListBuilder().issuer_name(issuing.subject)
                .last_update(datetime.datetime(2029, 1, 1) + datetime.timedelta(minutes=i))
                .next_update(datetime.datetime(2031, 1, 1)).add_extension(x509.CRLNumber(100000 + i), critical=False)
                .add_extension(x509.DeltaCRLIndicator(1000 + i), critical=True).add_revoked_certificate(revoked)
                .sign(key, hashes.SHA256()))
        text += made.public_bytes(serialization.Encoding.PEM)
    path.write_bytes(text)
    return ["chain", PKI / "certs" / "valid.pem", PKI / "certs" / "issuing.pem", "--public-trust", PKI / "certs" / "root.pem",
            "--crl", path, "--at", "2030-01-01"]


START, END = datetime.datetime(2029, 1, 1), datetime.datetime(2031, 1, 1)


def uris(kind, numbers):
    """All of one length, because names of different lengths are not compared further."""
    return [x509.UniformResourceIdentifier(f"http://crl.example.com/{kind}/{i:06}.crl") for i in numbers]


def chain_of_points(path, points, scopes):
    """A certificate with distribution points, given by the names of each, and CRLs of its CA, each with the names that its
    issuing distribution point has. No name is both of a point and of a CRL, so that each is compared with all others."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer, subject = (x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in ("Points CA", "expe.example.com"))

    def certificate(name, number, *extensions):
        made = (x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key.public_key())
                .serial_number(number).not_valid_before(START).not_valid_after(END))
        for extension, is_critical in extensions:
            made = made.add_extension(extension, critical=is_critical)
        return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    def crl(names):
        scope = x509.IssuingDistributionPoint(names, None, False, False, None, False, False)
        return (x509.CertificateRevocationListBuilder().issuer_name(issuer).last_update(START).next_update(END)
                .add_extension(x509.CRLNumber(1), critical=False).add_extension(scope, critical=True)
                .sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    path.mkdir()
    own = x509.CRLDistributionPoints([x509.DistributionPoint(names, None, None, None) for names in points])
    (path / "leaf").write_bytes(certificate(subject, 2, (own, False)))
    (path / "root").write_bytes(certificate(issuer, 1, (x509.BasicConstraints(True, None), True)))
    (path / "crls").write_bytes(b"".join(map(crl, scopes)))
    return ["chain", path / "leaf", "--public-trust", path / "root", "--crl", path / "crls", "--at", "2030-01-01"]


def names_of_one_distribution_point(path, size):
    return chain_of_points(path, [uris("point", range(size))], [uris("scope", range(size))])


def distribution_points_of_one_certificate(path, size):
    return chain_of_points(path, [uris("point", [i]) for i in range(size)], [uris("scope", range(16))])


def crls_of_one_ca(path, size):
    """Each CRL is asked at each point, up to the limit of points: no CRL is compared with the others for that."""
    return chain_of_points(path, [uris("point", range(4 * i, 4 * i + 4)) for i in range(40)],
                           [uris("scope", range(4 * i, 4 * i + 4)) for i in range(size)])


def paths_over_points(path, num_paths, num_points):
    """A leaf with distribution points of 16 names each, below a CA that has a certificate of each of several roots, and CRLs
    of that CA with as many names: on each path the same CRLs are asked at the same points."""
    made = chain_of_points(path, [uris("point", range(16 * i, 16 * i + 16)) for i in range(num_points)],
                           [uris("scope", range(16 * i, 16 * i + 16)) for i in range(16)])
    key, roots = ec.generate_private_key(ec.SECP256R1()), []
    ca = x509.load_pem_x509_certificate((path / "root").read_bytes())

    def certificate(subject, public_key, issuer, number):
        return (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public_key).serial_number(number)
                .not_valid_before(START).not_valid_after(END).add_extension(x509.BasicConstraints(True, None), critical=True)
                .sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    sent = (path / "leaf").read_bytes()
    for i in range(num_paths):
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, f"Root {i}")])
        roots.append(certificate(name, key.public_key(), name, 1))
        sent += certificate(ca.subject, ca.public_key(), name, i + 2)
    (path / "sent").write_bytes(sent)
    (path / "roots").write_bytes(b"".join(roots))
    return ["chain", path / "sent", "--public-trust", path / "roots", *made[4:]]


# Each with the size of the smaller input: beyond the limits of the policy, so that these hold.
READERS = [(probe_facts, 50), (one_chain_at_many_addresses, 50), (anchors_of_one_name, 100),
           (certificates_of_one_chain, 50), (names_of_one_certificate, 500), (many_labels, 100), (requests_of_one_call, 150), (users_in_redaction, 150),
           (words_in_redaction, 50),
           (sources_of_logs, 150), (peers_of_clusters, 32), (domains_of_one_cluster, 100),
           (names_of_one_distribution_point, 100), (distribution_points_of_one_certificate, 100), (crls_of_one_ca, 25)]

REFUSED = (peers_of_clusters,)
# Their steps are small beside the first count and count all the same: a small square would hide there.
STRICT = (names_of_one_distribution_point, distribution_points_of_one_certificate, crls_of_one_ca)


@pytest.mark.parametrize("make, size", READERS, ids=lambda value: getattr(value, "__name__", ""))
def test_what_a_stranger_sends_twice_costs_twice(make, size, tmp_path):
    expect = (65,) if make in REFUSED else (0, 1, 2)
    counts = [count(*make(tmp_path / f"input-{factor}", factor * size), expect=expect) for factor in (1, 2, 4)]
    first, second = counts[1] - counts[0], counts[2] - counts[1]
    # From size to 2 * size, and from there to 4 * size: twice the step. With the square it would be four times.
    is_small = make not in STRICT and second < counts[0] / 10
    assert second < 2.6 * max(first, 1) or is_small, counts


def test_what_is_compared_each_with_each_costs_the_square(tmp_path):
    counts = [count(*deltas_of_one_ca(tmp_path / f"input-{factor}", factor * 100)) for factor in (1, 2, 4)]
    first, second = counts[1] - counts[0], counts[2] - counts[1]
    # Four times the step, and not eight times.
    assert second < 5 * first, counts


def test_a_crl_is_compared_with_a_point_once_however_many_paths_there_are(tmp_path):
    """What is compared on one path costs the difference that the points make. Seven paths more cost less than that once more,
    so it was not compared again on each."""
    one, few = (count(*paths_over_points(tmp_path / f"one-{points}", 1, points)) for points in (30, 1))
    many, bare = (count(*paths_over_points(tmp_path / f"many-{points}", 8, points)) for points in (30, 1))
    assert many - bare < 2 * (one - few), (one, few, many, bare)


def test_a_word_in_redaction_costs_no_reading_of_the_catalogue(tmp_path):
    """Once the words of the catalogue are in a table, a word costs a look at it: 2,000 words more cost less than the catalogue
    read 20 times, which is some 700,000 instructions each."""
    few, many = (count(*words_in_redaction(tmp_path / f"words-{size}", size)) for size in (10, 60))
    assert many - few < 20 * 700_000, (few, many)
