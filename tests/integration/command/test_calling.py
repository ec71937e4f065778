"""What is said of a certificate without clientAuth: by who presents it, and by the Expressway's release."""
import pytest

import command

PKI = command.TOP / "tests" / "pki" / "out"
ZONE = """$ORIGIN example.com.
$TTL 3600
@ IN SOA ns hostmaster 1 7200 900 1209600 3600
@ IN NS ns
ns IN A 20.30.40.53
expe IN A 20.30.40.50
_sipfederationtls._tcp IN SRV 0 0 5061 expe
"""


def check(tmp_path, *options):
    (tmp_path / "zone").write_text(ZONE)
    done = command.run("check", "example.com", "--zone", str(tmp_path / "zone"), "--offline", "--at", "2030-01-01",
                       "--public-trust", str(PKI / "certs" / "root.pem"), "--format", "json", *options)
    report, = command.documents(done)
    return [(found["where"].get("role"), found["severity"], found["message"]) for found in report["findings"]
            if found["code"].startswith("cert-eku")]


def chain(name):
    return "--chain", f"expe.example.com={PKI / name}.pem"


def client(name):
    return "--client-chain", str(PKI / (name + ".pem"))


@pytest.mark.parametrize("version, said", [
    ((), "if it calls too"),
    (("--expressway-version", "X14.3.1"), "one certificate for both roles and does not load it"),
    (("--expressway-version", "15.4"), "only with EnableServerEkuUpload On"),
    (("--expressway-version", "X15.5"), None),
])
def test_a_server_certificate_for_servers_alone(tmp_path, version, said):
    found = check(tmp_path, *chain("eku-server-only"), *version)
    assert len(found) == (said is not None)
    assert all(severity == "warning" and said in message for _, severity, message in found)


@pytest.mark.parametrize("version, said", [
    ((), "only as a copy of the server's"),
    (("--expressway-version", "X14.3"), "before X15.4 does not load it"),
    (("--expressway-version", "X15.4"), "only with EnableServerEkuUpload On"),
    (("--expressway-version", "X16.0"), "only as a copy of the server's"),
])
def test_a_calling_certificate_for_servers_alone(tmp_path, version, said):
    (role, severity, message), = check(tmp_path, *chain("valid"), *client("eku-server-only"), *version)
    assert (role, severity) == ("client", "warning")
    assert said in message


@pytest.mark.parametrize("name", ["eku-client-only", "valid"])
def test_a_calling_certificate_need_not_be_a_servers(tmp_path, name):
    assert check(tmp_path, *chain("valid"), *client(name)) == []


def test_a_server_certificate_is_not_asked_for_client_auth_where_another_calls(tmp_path):
    assert check(tmp_path, *chain("eku-server-only"), *client("valid")) == []
    assert len(check(tmp_path, *chain("eku-server-only"), *client("eku-server-only"))) == 2


@pytest.mark.parametrize("word", ["15", "X", "15.x", "15.5-beta", "0.1", "x15.5.3.2"])
def test_a_release_that_is_none_is_refused(word):
    done = command.run("check", "example.com", "--offline", "--expressway-version", word, expect=64)
    assert "a release, such as X15.5" in done.stderr
