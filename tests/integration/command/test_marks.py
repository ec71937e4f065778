"""Texts as Windows editors save them: with a byte order mark and CRLF, in each place that takes a text."""
import json

import pytest

import command


def marked(path, text):
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    at = tmp_path_factory.mktemp("marks")
    zone = (command.LAB / "case-1.zone").read_text()
    saved = command.saved(1, at / "evidence.json").read_text()
    report = command.check(1, "--format", "json").stdout
    texts = {"zone": zone, "evidence": saved, "evidences": saved + saved, "report": report, "domains": f"{command.DOMAINS[1]}\n# end\n",
             "policy": json.dumps({"format": "fedval-policy/1", "profile": "office365"}, indent=2) + "\n",
             "log": (command.LAB / "logs" / "expe.log").read_text(), "intent": command.run("plan", "--template").stdout}
    return {name: (marked(at / f"{name}.marked", text), at / f"{name}.plain", text) for name, text in texts.items()}


def both(made, name, run):
    """What the command says of a marked file and of a plain one."""
    path, plain, text = made[name]
    plain.write_text(text)
    return [run(each).stdout.replace(each.name, "FILE") for each in (path, plain)]


RUNS = {
    "zone": lambda path: command.run("check", command.DOMAINS[1], "--offline", "--zone", path, "--at", command.AT),
    "domains": lambda path: command.run("check", "--domains", path, "--offline", "--zone", command.LAB / "case-1.zone", "--at", command.AT),
    "evidence": lambda path: command.run("evaluate", path, "--at", command.AT),
    "evidences": lambda path: command.run("evaluate", path, "--at", command.AT),
    "policy": lambda path: command.run("chain", command.LAB / "vcse.pem", "--policy", path, "--at", command.AT),
    "report": lambda path: command.run("diff", path, path),
    "log": lambda path: command.run("diagnose", path),
    "intent": lambda path: command.run("plan", path, "--at", command.AT),
}


@pytest.mark.parametrize("name", RUNS)
def test_a_text_with_a_byte_order_mark_and_crlf_is_read(name, made):
    marked_output, plain_output = both(made, name, RUNS[name])
    assert marked_output == plain_output != ""


def test_text_in_utf_16_is_named(made, tmp_path):
    for name in ("zone", "evidence", "policy", "report"):
        path = tmp_path / name
        path.write_bytes(made[name][2].encode("utf-16"))
        assert "UTF-16" in RUNS[name](path).stderr, name
