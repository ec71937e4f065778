"""HTML: read by a parser that is not ours, without a fault; nothing outside, no script; hostile text stays text."""
import html
import json
import os
import pathlib
import re
import subprocess

import pytest

import library
from pages import assert_closed, visible

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
COMMAND = pathlib.Path(os.environ["FEDVAL_BUILD"]) / "examples" / "fedval" / "fedval"
LAB = TOP / "examples" / "lab"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u202eevil\u2066\x1b[31m\x00"[:-1]

ONE_KIND = [path for path in library.VECTORS if path.parent.name != "logs" and "crls" not in json.loads(path.read_text())]
needs_command = pytest.mark.skipif(not COMMAND.exists(), reason="the command is not built")


def run(*arguments):
    done = subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.returncode in (0, 1, 2), done.stderr
    return done.stdout


def lab(number, *options):
    domain = {1: "acano.steven.lab", 5: "example.com"}[number]
    chain = {1: f"vcse.steven.lab={LAB}/vcse.pem", 5: f"expe.example.com={LAB}/expe.pem"}[number]
    trust = ["--trust", LAB / "lab-ca.pem"] if number == 1 else []
    return run("check", domain, "--offline", "--zone", LAB / f"case-{number}.zone", "--chain", chain, "--public-trust",
               LAB / "public-root.pem", *trust, "--at", "2017-03-02T07:10:46Z", "--allow-private", "--format", "html", *options)


@needs_command
def test_a_report_is_one_page_and_begins_with_the_verdict():
    page = lab(1)
    text = visible(assert_closed(page))
    assert text.index("acano.steven.lab") < text.index("fail") < text.index("R1") < text.index("What to change")
    assert page.count("<!DOCTYPE html>") == 1 and page.count("<h2>") == 1


@needs_command
def test_the_path_is_drawn_with_its_broken_step():
    drawing = re.search(r'<svg class="drawing".*?</svg>', lab(1), re.S).group()
    assert "<title>The path: SRV broken, address ok, TLS not looked at, name ok, root ok</title>" in drawing
    assert drawing.count("#fv-broken") == 1


@needs_command
def test_the_records_to_copy_are_those_of_the_json():
    document = json.loads(run("check", "acano.steven.lab", "--offline", "--zone", LAB / "case-1.zone", "--chain",
                              f"vcse.steven.lab={LAB}/vcse.pem", "--public-trust", LAB / "public-root.pem", "--trust",
                              LAB / "lab-ca.pem", "--at", "2017-03-02T07:10:46Z", "--allow-private", "--format", "json"))
    copied = [html.unescape(block) for block in re.findall(r"<pre[^>]*>(.*?)</pre>", lab(1), re.S)]
    for action in document["actions"]:
        wanted = action["data"] if action["kind"] != "dns" else \
            f"{action['owner']} {action['ttl']} IN {action['type']} {action['data']}"
        assert wanted in copied


@needs_command
def test_the_letters_say_what_changes_and_where():
    letters = [html.unescape(letter) for letter in re.findall(r'<pre class="letter" tabindex="0">(.*?)</pre>', lab(1), re.S)]
    to_owner, to_partner = letters
    assert to_owner.startswith("To the administrators of acano.steven.lab\n\nSIP federation with your domain acano.steven.lab does not work")
    assert to_partner.startswith("To the administrators of our federation partner\n")
    for letter in letters:
        assert "the SRV target vcse.steven.lab is not one label under acano.steven.lab" in letter
        assert "replace: _sipfederationtls._tcp.acano.steven.lab. 3600 IN SRV 0 0 5061 vcse.acano.steven.lab." in letter
        assert letter.rstrip().endswith("fedval check acano.steven.lab")
    assert "Please change on your side" in to_owner and "We are going to change on our side" in to_partner
    assert "our private root is trusted: CN=Lab CA" in to_partner and "private root" not in to_owner


@needs_command
def test_a_sound_domain_has_nothing_to_ask_of_its_owner():
    page = lab(5)
    assert "pass" in visible(assert_closed(page))
    [letter] = re.findall(r'<pre class="letter" tabindex="0">(.*?)</pre>', page, re.S)
    assert "is sound, as far as DNS and certificates tell." in letter and "change" not in letter


@needs_command
def test_an_action_names_its_certificate():
    assert "(the server&#39;s, CN=vcse.steven.lab)" in lab(1)


@needs_command
def test_several_domains_are_one_page():
    page = run("check", "acano.steven.lab", "cms.steven.lab", "--offline", "--zone", LAB / "case-1.zone", "--at",
               "2017-03-02T07:10:46Z", "--allow-private", "--format", "html")
    assert_closed(page)
    assert page.count("<!DOCTYPE html>") == 1 and page.count("<article") == 2


@needs_command
def test_a_chain_is_a_ladder():
    page = run("chain", LAB / "vcse.pem", "--trust", LAB / "lab-ca.pem", "--name", "vcse.acano.steven.lab", "--at",
               "2017-03-02T07:10:46Z", "--format", "html")
    text = visible(assert_closed(page))
    assert "cert-name-mismatch" in text and "Path 1" in text


@needs_command
def test_a_diagnosis_has_the_ladder_of_hops():
    page = run("diagnose", *sorted((LAB / "logs").iterdir()), "--format", "html")
    text = visible(assert_closed(page))
    assert text.index("cause found") < text.index("10.48.36.47") < text.index("0xc3e93d6f") < text.index("To see whether")


@needs_command
def test_a_redacted_diagnosis_has_no_user_and_no_address():
    page = run("diagnose", *sorted((LAB / "logs").iterdir()), "--redact", "--format", "html")
    assert_closed(page)
    assert "2000@" not in page and "10.48." not in page and "acano.steven.lab" in page


@pytest.mark.parametrize("path", ONE_KIND, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_vector_gives_a_page(path):
    evidence, policy, anchors = library.load(path)
    report = library.report_of(evidence, policy, anchors.get("private", []), anchors.get("public", []))
    page = library.take(library.core.fedval_report_to_html, report, None)
    document = json.loads(library.take(library.core.fedval_report_to_json, report))
    library.core.fedval_report_free(report)
    text = visible(assert_closed(page))
    assert document["verdict"] in text
    assert {finding["code"] for finding in document["findings"]} <= set(re.findall(r"[a-z0-9-]+", text))


@needs_command
def test_hostile_text_is_shown_and_is_never_markup(tmp_path):
    evidence = {"format": "fedval-evidence/1", "domain": "example.com", "gathered_at": "2030-01-01T00:00:00Z", "facts": [
        {"question": {"name": "_sipfederationtls._tcp.example.com", "type": "SRV"}, "outcome": "answer", "source": HOSTILE,
         "records": [{"owner": "_sipfederationtls._tcp.example.com", "type": "SRV", "ttl": 60, "priority": 0, "weight": 0,
                      "port": 5061, "target": HOSTILE}]}]}
    file = tmp_path / "<b>evidence.json"
    file.write_text(json.dumps(evidence))
    page = run("evaluate", file, "--format", "html")
    assert_closed(page)
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page
    assert "\u202e" not in page and "\u2066" not in page and "\x1b" not in page
    assert "202e" in page.lower() and "&lt;img" in page


@needs_command
def test_a_hostile_log_and_its_name_are_text(tmp_path):
    log = tmp_path / "<img src=x onerror=alert(1)>\u202e.log"
    text = (LAB / "logs" / "edge.log").read_text() + (LAB / "logs" / "expe.log").read_text()
    log.write_text(text.replace("alice", "<svg onload=alert(1)>").replace("Server time-out", HOSTILE))
    page = run("diagnose", log, "--format", "html")
    assert_closed(page)
    assert "<img" not in page and "\u202e" not in page
