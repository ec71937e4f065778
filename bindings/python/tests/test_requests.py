"""Certificate requests."""
import pickle
import shutil
import subprocess

import pytest

import fedval


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("request")
    subprocess.run(["openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "key", "-out",
                    folder / "vcse.csr", "-subj", "/CN=vcse.example.com", "-addext",
                    "subjectAltName=DNS:vcse.example.com,DNS:vcs-cluster.example.com"], check=True, capture_output=True)
    return folder / "vcse.csr"


def test_a_request_says_what_it_asks_for(path):
    request = fedval.CertificateRequest.read(path)
    assert request.subject == "CN=vcse.example.com" and request.key_type == fedval.KeyType.RSA and request.key_bits == 2048
    assert request.names == ["DNS:vcse.example.com", "DNS:vcs-cluster.example.com"]
    assert request.match("vcs-cluster.example.com") is fedval.NameMatch.SAN
    assert request.match_many(["other.example.com"]) == [fedval.NameMatch.NONE]
    assert [request.check_signature(name) for name in fedval.libraries] == [fedval.Verify.GOOD] * len(fedval.libraries)
    assert "vcse.example.com" in repr(request) and request.document().subject == request.subject
    assert pickle.loads(pickle.dumps(request)).names == request.names


def test_a_request_that_was_changed_is_told(path):
    data = subprocess.run(["openssl", "req", "-in", path, "-outform", "DER"], check=True, capture_output=True).stdout
    request = fedval.CertificateRequest(data.replace(b"vcs-cluster", b"vcs-clustex"))
    assert request.check_signature() is fedval.Verify.BAD


def test_what_is_no_request_is_refused(path, lab):
    with pytest.raises(fedval.NotFoundError):
        fedval.CertificateRequest(b"")
    with pytest.raises(fedval.Error) as caught:
        fedval.CertificateRequest.read(lab / "vcse.pem")
    assert caught.value.file == str(lab / "vcse.pem")
    with pytest.raises(fedval.ArgumentError):
        fedval.CertificateRequest.read(path).check_signature("gnutls")
