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


def report_of(tmp_path, *options, expect=0):
    (tmp_path / "zone").write_text(ZONE)
    done = command.run("check", "example.com", "--zone", str(tmp_path / "zone"), "--offline", "--at", "2030-01-01",
                       "--public-trust", str(PKI / "certs" / "root.pem"), "--format", "json", *options, expect=expect)
    report, = command.documents(done)
    return report


def check(tmp_path, *options):
    report = report_of(tmp_path, *options)
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
    assert len(check(tmp_path, *chain("eku-server-only"), *client("eku-server-only"))) == 1


@pytest.mark.parametrize("profile, said, is_refused", [
    ("office365", "a copy of the server's certificate", True),
    ("microsoft-edge", "imported by every partner that is called", False),
])
def test_the_advice_leads_to_no_certificate_that_is_refused(tmp_path, profile, said, is_refused):
    options = "--profile", profile, "--trust", str(PKI / "certs" / "root-other.pem")
    report = report_of(tmp_path, *chain("eku-server-only"), "--expressway-version", "X14.3", *options)
    remedy, = [found["remedy"] for found in report["findings"] if found["code"] == "cert-eku-no-client-auth"]
    assert said in remedy and ("takes no private CA" in remedy) == is_refused
    copied = report_of(tmp_path, *chain("eku-server-only"), *client("eku-server-only"), "--expressway-version", "X15.5", *options)
    assert copied["verdict"] == "pass"
    private = report_of(tmp_path, *chain("eku-server-only"), *client("untrusted"), "--expressway-version", "X15.5", *options,
                        expect=1 if is_refused else 0)
    assert private["verdict"] == ("fail" if is_refused else "pass")


@pytest.mark.parametrize("word", ["15", "X", "15.x", "15.5-beta", "0.1", "x15.5.3.2"])
def test_a_release_that_is_none_is_refused(word):
    done = command.run("check", "example.com", "--offline", "--expressway-version", word, expect=64)
    assert "a release, such as X15.5" in done.stderr


# ---- From and P-Asserted-Identity name two domains ----

def test_the_other_domain_is_checked_too(tmp_path):
    zone = tmp_path / "zone"
    zone.write_text("$ORIGIN example.com.\n$TTL 60\n@ IN SOA ns h 1 1 1 1 1\n@ IN NS ns\nns IN A 20.30.40.53\n"
                    "expe IN A 20.30.40.50\n_sipfederationtls._tcp IN SRV 0 0 5061 expe\n")
    other = tmp_path / "other"
    other.write_text("$ORIGIN other.example.\n$TTL 60\n@ IN SOA ns h 1 1 1 1 1\n@ IN NS ns\nns IN A 20.30.40.53\n")
    words = ["check", "example.com", "--zone", str(zone), "--zone", str(other), "--offline", "--only", "dns", "--at",
             "2030-01-01", "--format", "json", "--other-domain"]
    first, second = command.documents(command.run(*words, "other.example", expect=1))
    assert [first["domain"], second["domain"]] == ["example.com", "other.example"]
    assert first["verdict"] == "pass" and "caller-domains-differ" in [found["code"] for found in first["findings"]]
    assert second["requirements"]["R1"] == "fail"
    assert "caller-domains-differ" not in [found["code"] for found in second["findings"]]
    assert len(command.documents(command.run(*words, "EXAMPLE.com", expect=0))) == 1


@pytest.mark.parametrize("option", ["--chain", "--client-chain"])
def test_a_file_of_ca_certificates_alone_is_refused(tmp_path, option):
    root = PKI / "certs" / "root.pem"
    (tmp_path / "zone").write_text(ZONE)
    done = command.run("check", "example.com", "--zone", str(tmp_path / "zone"), "--offline", "--at", "2030-01-01",
                       "--public-trust", str(root), option,
                       f"expe.example.com={root}" if option == "--chain" else str(root), expect=65)
    assert "holds certificates of CAs alone" in done.stderr
    assert not done.stdout
