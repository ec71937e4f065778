"""The files that people have, in each place that takes a certificate: read, or named for what they are."""
import json
import ssl
import subprocess

import pytest

import command

AT = ["--at", "2027-01-01"]


def openssl(*words, cwd, text=None):
    return subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, timeout=60, cwd=cwd, input=text).stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A chain of two, and the same in other forms."""
    at = tmp_path_factory.mktemp("forms")
    ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl("req", "-x509", *ec, "-subj", "/CN=Forms CA", "-days", "3650", "-keyout", "ca.key", "-out", "ca.pem", cwd=at)
    openssl("req", "-new", *ec, "-subj", "/CN=expe.example.com", "-addext", "subjectAltName=DNS:expe.example.com", "-keyout", "leaf.key",
            "-out", "leaf.csr", cwd=at)
    openssl("x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "3000", "-copy_extensions", "copy", "-out",
            "leaf.pem", cwd=at)
    leaf, ca = (at / "leaf.pem").read_text(), (at / "ca.pem").read_text()
    chain = leaf + ca
    der = {name: openssl("x509", "-in", f"{name}.pem", "-outform", "DER", cwd=at) for name in ("leaf", "ca")}
    (at / "chain.pem").write_text(chain)
    (at / "password").write_text("secret\n")
    (at / "wrong").write_text("other\n")
    export = ["pkcs12", "-export", "-inkey", "leaf.key", "-in", "leaf.pem", "-certfile", "ca.pem"]
    for name, password in (("none.p12", ""), ("secret.p12", "secret")):
        openssl(*export, "-passout", f"pass:{password}", "-out", name, cwd=at)
    openssl("pkcs12", "-export", "-nokeys", "-in", "chain.pem", "-passout", "pass:secret", "-out", "no-keys.p12", cwd=at)
    read = {"row.der": der["leaf"] + der["ca"], "crlf.pem": chain.replace("\n", "\r\n").encode(), "utf16le.pem": chain.encode("utf-16"),
            "utf16be.pem": b"\xfe\xff" + chain.encode("utf-16-be"), "text.pem": openssl("x509", "-in", "leaf.pem", "-text", cwd=at) + ca.encode(),
            "mail.txt": b"Subject: our certificate\n\n" + chain.encode() + b"-- \nBest\n",
            "bag.pem": openssl("pkcs12", "-in", "none.p12", "-nodes", "-passin", "pass:", cwd=at),
            "bag-sealed.pem": openssl("pkcs12", "-in", "none.p12", "-passin", "pass:", "-passout", "pass:x", cwd=at),
            "chain.p7b": openssl("crl2pkcs7", "-nocrl", "-certfile", "chain.pem", cwd=at),
            "chain-der.p7c": openssl("crl2pkcs7", "-nocrl", "-certfile", "chain.pem", "-outform", "DER", cwd=at),
            "certutil.p7b": relabel(openssl("crl2pkcs7", "-nocrl", "-certfile", "chain.pem", cwd=at), b"CERTIFICATE"),
            "netscape.p7b": relabel(openssl("crl2pkcs7", "-nocrl", "-certfile", "chain.pem", cwd=at), b"PKCS #7 SIGNED DATA"),
            "macintosh.pem": chain.replace("\n", "\r").encode(), "bom.pem": b"\xef\xbb\xbf" + chain.encode(), "none-copy.p12": (at / "none.p12").read_bytes()}
    named = {"leaf.key": (None, "a private key"), "key.der": (openssl("pkey", "-in", "leaf.key", "-outform", "DER", cwd=at), "a private key"),
             "old.key": (openssl("ec", "-in", "leaf.key", cwd=at), "a private key"),
             "sealed.key": (openssl("pkcs8", "-topk8", "-in", "leaf.key", "-passout", "pass:x", cwd=at), "an encrypted private key"),
             "public.pem": (openssl("pkey", "-in", "leaf.key", "-pubout", cwd=at), "a public key"),
             "leaf.csr": (None, "a certificate request (PKCS #10)"),
             "csr.der": (openssl("req", "-in", "leaf.csr", "-outform", "DER", cwd=at), "a certificate request (PKCS #10)"),
             "secret.p12": (None, "a PKCS #12 file, which has to be opened with its password; give --password-file FILE"),
             "no-keys.p12": (None, "a PKCS #12 file, which has to be opened with its password; give --password-file FILE"),
             "pgp.asc": (b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n", "a PGP key or message"),
             "ssh.pub": (b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB me@here\n", "an SSH public key"),
             "putty.ppk": (b"PuTTY-User-Key-File-3: ssh-rsa\n", "a PuTTY key"),
             "store.jks": (b"\xfe\xed\xfe\xed\x00\x00\x00\x02" + bytes(40), "a Java key store (JKS)"),
             "text-only.txt": (openssl("x509", "-in", "leaf.pem", "-text", "-noout", cwd=at), "the text of a certificate, without its PEM block"),
             "cut.pem": (chain[:300].encode(), "a PEM block that is damaged or not closed"),
             "cut.p12": ((at / "none.p12").read_bytes()[:-9], "a PKCS #12 file whose end is missing"),
             "cut.der": (der["leaf"][:200], "not a certificate in DER"), "empty.pem": (b"", "it is empty"),
             "quoted.txt": (b"".join(b"> " + line + b"\n" for line in leaf.encode().splitlines()), "quoted as in a mail"),
             "time-stamp.tsq": (openssl("ts", "-query", "-data", "leaf.pem", "-sha256", cwd=at), "DER of a kind that is not known here"),
             "file.zip": (b"PK\x03\x04" + bytes(60), "a zip archive"), "file.json": (b'{"a": 1}', "a JSON document"),
             "page.html": (b"<!doctype html><html>sign in</html>", "a web page (HTML)"),
             "note.txt": (b"the certificate is in the other mail\n", "no PEM block, which begins with -----BEGIN"),
             "ca.crl": ((command.TOP / "tests/pki/out/issuing.crl").read_bytes(), "a certificate revocation list (CRL)")}
    for name, data in read.items():
        (at / name).write_bytes(data)
    if not opens_pkcs12(at):
        read.pop("none-copy.p12")
        named.update({name: (None, "which this fedval cannot open: it was built without a TLS library") for name in ("secret.p12", "no-keys.p12")})
    for name, (data, _) in named.items():
        if data is not None:
            (at / name).write_bytes(data)
    return at, list(read), {name: message for name, (_, message) in named.items()}


def relabel(pem, label):
    """As `certutil -encode` does with whatever it is given."""
    return pem.replace(b"PKCS7", label)


def opens_pkcs12(at):
    return "built without a TLS library" not in chain(at, "none.p12").stderr


def chain(at, name, *options, **rest):
    return command.run("chain", at / name, "--name", "expe.example.com", "--trust", at / "ca.pem", *AT, *options, **rest)


def test_every_form_of_a_chain_is_read(made):
    at, read, _ = made
    for name in read:
        assert "CN=expe.example.com PASS" in " ".join(chain(at, name, expect=0).stdout.split()), name


def test_what_cannot_be_read_is_named_for_what_it_is(made):
    at, _, named = made
    assert len(named) >= 20
    for name, message in named.items():
        done = chain(at, name, expect=65)
        assert message in done.stderr and done.stderr.count("\n") == 1, (name, done.stderr)


def test_a_pkcs12_file_is_opened_with_its_password_alone(made):
    at, _, _ = made
    if not opens_pkcs12(at):
        pytest.skip("this build has no TLS library")
    for name in ("secret.p12", "no-keys.p12"):
        chain(at, name, "--password-file", at / "password", expect=0)
        assert "password" in chain(at, name, "--password-file", at / "wrong", expect=65).stderr
    openssl("pkcs12", "-export", "-legacy", "-inkey", "leaf.key", "-in", "leaf.pem", "-passout", "pass:secret", "-out", "old.p12", cwd=at)
    old = chain(at, "old.p12", "--password-file", at / "password")  # RC2, which mbedTLS lacks
    if command.check(5, "--tls", "openssl").returncode != 64:
        assert old.returncode == 0 and "CN=expe.example.com" in old.stdout, old.stderr
    else:
        assert old.returncode == 65 and "openssl pkcs12 -legacy" in old.stderr
    openssl("pkcs12", "-export", "-inkey", "leaf.key", "-in", "leaf.pem", "-certfile", "ca.pem", "-certpbe", "NONE", "-passout", "pass:secret", "-out",
            "plain.p12", cwd=at)
    chain(at, "plain.p12", expect=0)  # the key alone is encrypted, and nobody needs it
    openssl("pkcs12", "-export", "-nokeys", "-in", "ca.pem", "-passout", "pass:secret", "-out", "ca.p12", cwd=at)
    root = ["chain", at / "chain.pem", "--name", "expe.example.com", *AT, "--trust", at / "ca.p12"]
    command.run(*root, "--password-file", at / "password", expect=0)
    assert "--password-file" in command.run(*root, expect=65).stderr
    chain(at, "none.p12", "--password-file", at / "password", expect=0)  # it needs none


def test_a_password_that_nothing_uses_is_told(made):
    at, _, _ = made
    told = "--password-file is of no use"
    if opens_pkcs12(at):
        assert told not in chain(at, "secret.p12", "--password-file", at / "password", expect=0).stderr
        assert told not in chain(at, "secret.p12", "--password-file", at / "wrong", expect=65).stderr
    for name in ("chain.pem", "none.p12") if opens_pkcs12(at) else ("chain.pem",):
        assert f"{at / 'password'}: {told}: no file asks" in chain(at, name, "--password-file", at / "password").stderr
    done = command.run("check", "example.com", "--offline", "--zone", command.LAB / "case-5.zone", "--password-file",
                       at / "password", expect=64)
    assert f"{told} without --chain" in done.stderr and not done.stdout


def test_bytes_after_a_certificate_in_its_block_are_told(made):
    at, _, _ = made
    leaf, ca = (openssl("x509", "-in", f"{name}.pem", "-outform", "DER", cwd=at) for name in ("leaf", "ca"))
    (at / "behind.pem").write_text(ssl.DER_cert_to_PEM_cert(leaf + b"left over") + ssl.DER_cert_to_PEM_cert(ca))
    (at / "both.pem").write_text(ssl.DER_cert_to_PEM_cert(leaf + ca))
    for name in ("behind.pem", "both.pem"):
        done = chain(at, name, expect=0)
        assert "CN=expe.example.com is not encoded as it should be: bytes after its end" in " ".join(done.stdout.split())
        assert "bytes after" in chain(at, name, "--profile", "webpki", expect=1).stdout
    assert "bytes after" not in chain(at, "chain.pem", expect=0).stdout


def test_bytes_after_a_root_in_its_block_are_told_and_refuse_nothing(made):
    at, _, _ = made
    ca = openssl("x509", "-in", "ca.pem", "-outform", "DER", cwd=at)
    (at / "ca-behind.pem").write_text(ssl.DER_cert_to_PEM_cert(ca + b"left over"))
    for profile in ("microsoft-edge", "expressway", "webpki"):
        named = ["--name", "expe.example.com"] if profile == "webpki" else []
        done = command.run("chain", at / "leaf.pem", "--trust", at / "ca-behind.pem", "--profile", profile, *named, *AT)
        told = " ".join(done.stdout.split())
        assert "is not encoded as it should be: bytes after its end; they may be a root that was not read" in told
        assert done.returncode == 0 or profile == "webpki", done.stdout


def test_a_reversed_file_is_told_and_read(made):
    at, _, _ = made
    (at / "reversed.pem").write_text((at / "ca.pem").read_text() + (at / "leaf.pem").read_text())
    assert "the certificates are in reverse" in " ".join(chain(at, "reversed.pem").stdout.split())


PLACES = {
    "trust": lambda at, path: ["chain", at / "chain.pem", "--trust", path, *AT],
    "public-trust": lambda at, path: ["chain", at / "chain.pem", "--public-trust", path, *AT],
    "chain": lambda at, path: ["check", "example.com", "--offline", "--zone", command.LAB / "case-5.zone", "--chain", f"expe.example.com={path}", *AT],
    "client-chain": lambda at, path: ["check", "example.com", "--offline", "--zone", command.LAB / "case-5.zone", "--client-chain", path, *AT],
    "intent": lambda at, path: ["plan", intent(at, path), *AT],
}


def intent(at, path):
    (at / "intent.json").write_text(json.dumps({
        "format": "fedval-intent/1", "domains": [{"name": "example.com", "host": "expe"}], "clusters": [
            {"version": "14.3", "keep_names": [], "peers": [{"name": "expe1.example.net", "addresses": ["93.184.216.34"],
                                                             "server": {"certificate": str(path)}}]}]}))
    return at / "intent.json"


@pytest.mark.parametrize("place", PLACES)
def test_each_place_that_takes_a_certificate_names_what_it_got(made, place):
    at, _, named = made
    for name in ("leaf.key", "key.der", "sealed.key", "pgp.asc", "store.jks", "text-only.txt", "time-stamp.tsq", "file.json", "empty.pem", "secret.p12"):
        done = command.run(*PLACES[place](at, at / name), expect=65)
        assert named[name].split(";")[0] in done.stderr and name in done.stderr, (place, name, done.stderr)


@pytest.mark.parametrize("place", ["chain", "client-chain", "intent"])
def test_each_place_reads_every_form(made, place):
    at, read, _ = made
    for name in read:
        done = command.run(*PLACES[place](at, at / name))
        assert done.returncode in (0, 1, 2) and not done.stderr, (place, name, done.stderr)


# ---- must-staple (RFC 7633) ----

@pytest.mark.parametrize("name, more, is_told", [("must-staple", (), True), ("valid", (), False),
                                                 ("must-staple", ("--purpose", "client"), False)])
def test_a_chain_by_itself_says_that_its_certificate_asks_for_a_stapled_response(name, more, is_told):
    pki = command.TOP / "tests" / "pki" / "out"
    done = command.run("chain", pki / f"{name}.pem", "--public-trust", pki / "certs" / "root.pem", "--at", "2030-01-01",
                       "--format", "json", *more)
    result, = command.documents(done)
    found = [finding for finding in result["findings"] if finding["code"] == "must-staple"]
    assert len(found) == is_told
    for finding in found:
        assert finding["severity"] == "note" and "a chain by itself cannot show one" in finding["message"]


def test_a_chain_of_a_check_says_that_no_connection_was_seen(tmp_path):
    pki = command.TOP / "tests" / "pki" / "out"
    (tmp_path / "zone").write_text("$ORIGIN example.com.\n$TTL 60\n@ SOA ns x 1 2 3 4 5\nexpe A 20.30.40.50\n"
                                   "_sipfederationtls._tcp SRV 0 0 5061 expe\n")
    done = command.run("check", "example.com", "--zone", tmp_path / "zone", "--offline", "--chain",
                       f"expe.example.com={pki / 'must-staple.pem'}", "--public-trust", pki / "certs" / "root.pem", "--at",
                       "2030-01-01", "--format", "json")
    report, = command.documents(done)
    found, = [finding for finding in report["findings"] if finding["code"] == "must-staple"]
    assert "no TLS connection was seen with it" in found["message"]
