"""`fedval chain --purpose client` judges a calling certificate as a check does: what nothing documents is no error."""
import command
import pytest

OUT = command.TOP / "tests" / "pki" / "out"
AT = ("--at", "2030-01-01T00:00:00Z", "--trust", OUT / "certs" / "root.pem")


def judged(chain, name, purpose, *more):
    return command.run("chain", OUT / f"{chain}.pem", "--name", name, "--purpose", purpose, *AT, *more)


@pytest.mark.parametrize("purpose, status, word", [("server", 1, "FAIL"), ("client", 2, "INDETERMINATE")])
def test_another_name(purpose, status, word):
    done = judged("valid", "other.example.com", purpose, "--profile", "microsoft-edge")
    assert done.returncode == status and word in done.stdout.partition("\nas ")[0], done.stdout
    assert ("is inferred" in " ".join(done.stdout.split())) == (purpose == "client")


@pytest.mark.parametrize("version, words", [("X15.3", "Expressway before X15.4 does not load it"), ("X15.5", "only as a copy of the server's")])
def test_a_certificate_for_servers_alone_is_warned_of_in_each_release(version, words):
    done = judged("eku-server-only", "expe.example.com", "client", "--profile", "microsoft-edge", "--expressway-version", version)
    text = " ".join(done.stdout.split())
    assert done.returncode == 0 and "WARNING cert-eku-no-client-auth" in text and words in text, done.stdout


def test_one_for_both_roles_is_not():
    done = judged("valid", "expe.example.com", "client", "--profile", "microsoft-edge", "--expressway-version", "X15.3")
    assert done.returncode == 0 and "cert-eku-no-client-auth" not in done.stdout
