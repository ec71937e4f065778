"""What --redact of each command hides: the addresses and subjects that the whole result shows are gone, in every format."""
import json
import re

import command
import pytest

ADDRESS = re.compile(r"(?<![\w.])10\.48(?:\.\d{1,3}){2}(?![\w.])")
SUBJECT = re.compile(r"\b(?:CN|OU|O)=[^\s,<&\"]+")
ROOT = "Lab CA"
FORMATS = ["text", "json", "html", "markdown"]


def evidence(case, folder):
    return command.saved(case, folder / f"{case}.json")


def chain(folder):
    return ["chain", "--trust", command.LAB / "lab-ca.pem", "--public-trust", command.LAB / "public-root.pem", "--at", command.AT, "--name", "vcse.steven.lab", command.LAB / "vcse.pem"]


def expired(folder):
    """Its findings name the certificate; the root that it wants is not given."""
    return ["chain", "--public-trust", command.LAB / "public-root.pem", "--at", "2070-01-01T00:00:00Z", "--name", "vcse.steven.lab", command.LAB / "vcse.pem"]


def pair(folder):
    return ["evaluate", "--pair", "--at", command.AT, *command.ROOTS, "--allow-private", evidence(1, folder), evidence(4, folder)]


def difference(folder):
    return ["diff", "--at", command.AT, *command.ROOTS, "--allow-private", evidence(1, folder), moved(folder)]


def moved(folder):
    """The same domain later: at another address, with another certificate."""
    zone = folder / "moved.zone"
    zone.write_text((command.LAB / "case-1.zone").read_text().replace("10.48.36.47", "10.48.36.99"))
    command.run("check", command.DOMAINS[1], "--offline", "--zone", zone, "--chain", f"vcse.steven.lab={command.LAB / 'vcse-sub.pem'}", *command.ROOTS,
                "--at", command.AT, "--allow-private", "--save-evidence", folder / "moved.json")
    return folder / "moved.json"


def timeline(folder):
    return ["timeline", "--at", command.AT, *command.ROOTS, "--allow-private", evidence(4, folder)]


def plan(folder):
    intent = folder / "intent.json"
    ready = command.LAB / "vcse.pem"
    intent.write_text('{"format":"fedval-intent/1","domains":[{"name":"acano.steven.lab"}],"ca":"private",'
                      '"partners":[{"name":"skype.lab","kind":"on-premises"}],'
                      f'"trust":["{command.LAB / "lab-ca.pem"}"],"today":{{"zones":["{command.LAB / "case-1.zone"}"]}},'
                      '"clusters":[{"name":"vcse.steven.lab","peers":[{"name":"vcse.steven.lab","addresses":["10.48.36.47"],'
                      f'"server":{{"certificate":"{ready}","ready":"{ready}"}}}}]}}]}}')
    return ["plan", "--at", command.AT, intent]


KINDS = {"chain": chain, "expired": expired, "pair": pair, "diff": difference, "timeline": timeline, "plan": plan}


def shown(words):
    """The exit status, and what is shown without the escapes of Markdown."""
    done = command.run(*words)
    return done.returncode, re.sub(r"\\([^\w\s])", r"\1", done.stdout)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_it_is_left(kind, form, tmp_path):
    words = [*KINDS[kind](tmp_path), "--format", form]
    status, whole = shown(words)
    status_redacted, redacted = shown([*words, "--redact"])
    assert status == status_redacted
    assert ADDRESS.search(whole) or SUBJECT.search(whole), whole
    for left in (ADDRESS, re.compile(ROOT)):
        assert not left.findall(redacted), redacted
    requested = {"CN=vcse.acano.steven.lab", "CN=vcse.steven.lab"} if kind == "plan" else set()
    assert set(SUBJECT.findall(redacted)) <= requested, redacted
    assert re.search(r"address1|certificate1", redacted)
    assert "steven.lab" in redacted


@pytest.mark.parametrize("form", FORMATS)
def test_a_path_ends_at_its_file(form, tmp_path):
    """A folder tells who works there."""
    folder = tmp_path / "alice"
    folder.mkdir()
    (folder / "vcse.pem").write_text((command.LAB / "vcse.pem").read_text())
    for words in (["chain", folder / "vcse.pem"], [*timeline(folder)]):
        redacted = command.run(*words, "--format", form, "--redact").stdout
        assert "alice" not in redacted


def test_an_address_that_changed_is_told_so(tmp_path):
    """Both would be "address1" were the reports redacted before they are compared."""
    shown = command.run(*difference(tmp_path), "--redact").stdout
    assert "address1" in shown and "address2" in shown


@pytest.mark.parametrize("other", [lambda folder: evidence(1, folder), moved], ids=["one address", "two addresses"])
def test_two_servers_of_a_pair_are_not_taken_for_one(other, tmp_path):
    words = ["evaluate", "--pair", "--at", command.AT, *command.ROOTS, "--allow-private", "--format", "json", evidence(4, tmp_path), other(tmp_path)]
    whole, redacted = command.documents(command.run(*words)), command.documents(command.run(*words, "--redact"))
    assert [one.get("shared_server") is None for one in whole] == [one.get("shared_server") is None for one in redacted]
    assert (whole[0]["shared_server"] is None) == (other is moved)


def test_a_file_of_since_keeps_the_whole_reports(tmp_path):
    kept = tmp_path / "kept.ndjson"
    assert not ADDRESS.search(command.check(1, "--since", kept, "--redact").stdout)
    assert ADDRESS.search(kept.read_text())
    again = command.run("evaluate", "--at", command.AT, *command.ROOTS, "--allow-private", "--redact", moved(tmp_path))
    assert not ADDRESS.search(again.stdout)


def test_a_subject_with_an_arrow_is_one_subject(tmp_path):
    """A path is a list of subjects. "A <- B" between two of them is for people."""
    before = command.documents(command.check(1, "--format", "json"))[0]
    now = json.loads(json.dumps(before))
    path = now["endpoints"][0]["addresses"][0]["paths"][0]
    assert path["accepted"]
    path["certificates"][1:] = ["O=Alice <- Bob, CN=Other CA"]
    files = [tmp_path / "before.json", tmp_path / "now.json"]
    for file, report in zip(files, (before, now)):
        file.write_text(json.dumps(report))
    assert "Alice" in command.run("diff", *files).stdout
    redacted = command.run("diff", *files, "--redact").stdout
    assert "certificate" in redacted
    assert not re.search("Alice|Bob|Other CA", redacted), redacted
