"""Plans, pairs, changes and timelines as pages and as Markdown: whole, closed, hostile text stays text."""
import html
import json
import os
import pathlib
import re
import subprocess

import pytest

from pages import assert_closed, html_of, visible

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
COMMAND = pathlib.Path(os.environ["FEDVAL_BUILD"]) / "examples" / "fedval" / "fedval"
LAB = TOP / "examples" / "lab"
AT = ["--at", "2017-03-02T07:10:46Z"]
ROOTS = ["--public-trust", LAB / "public-root.pem", "--trust", LAB / "lab-ca.pem"]
LOGS = sorted((LAB / "logs").iterdir())
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>[a](http://x/)`*b*`\u202e"

pytestmark = pytest.mark.skipif(not COMMAND.exists(), reason="the command is not built")


def run(*arguments):
    done = subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.returncode in (0, 1, 2, 3), done.stderr
    return done.stdout


@pytest.fixture
def intent(tmp_path):
    def write(path=tmp_path / "intent.json", **members):
        document = {"format": "fedval-intent/1", "domains": [{"name": "acano.steven.lab", "host": "vcse"}],
                    "clusters": [{"version": "15.5", "peers": [{"name": "vcse.steven.lab", "addresses": ["93.184.216.34"],
                                                                "server": {"certificate": str(LAB / "vcse.pem")}}], "keep_names": []}],
                    "partners": [{"name": "skype.lab", "kind": "on-premises", "allowed": []}],
                    "today": {"zones": [str(LAB / "case-1.zone")]}, "ca": "private"}
        path.write_text(json.dumps({**document, **members}))
        return path
    return write


@pytest.fixture
def reports(tmp_path):
    """Two files: the lab's first case today, and with its record mended."""
    zone = (LAB / "case-1.zone").read_text()
    (tmp_path / "mended.zone").write_text(zone.replace("5061 vcse\n", "5061 vcse.acano\n") + "vcse.acano IN A 10.48.36.47\n")
    for name, file in (("old", LAB / "case-1.zone"), ("new", tmp_path / "mended.zone")):
        (tmp_path / name).write_text(run("check", "acano.steven.lab", "--offline", "--zone", file, *AT, "--allow-private", "--format", "json"))
    return [tmp_path / "old", tmp_path / "new"]


@pytest.fixture
def evidence(tmp_path):
    saved = tmp_path / "saved.json"
    run("check", "acano.steven.lab", "--offline", "--zone", LAB / "case-1.zone", "--chain", f"vcse.steven.lab={LAB / 'vcse.pem'}", *ROOTS, *AT,
        "--allow-private", "--save-evidence", saved)
    return saved


def pair(kind):
    return run("check", "--pair", "acano.steven.lab", "skype.lab", "--offline", "--zone", LAB / "case-1.zone", *ROOTS, *AT, "--allow-private",
               "--format", kind)


# ---- plans ----

def test_a_plan_has_its_steps_in_order_each_to_copy(intent):
    path = intent()
    document = json.loads(run("plan", path, *ROOTS, *AT, "--format", "json"))
    page = run("plan", path, *ROOTS, *AT, "--format", "html")
    text = visible(assert_closed(page))
    copied = [html.unescape(block) for block in re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.S)]
    wanted = [step["data"] if step["kind"] != "dns" else f"{step['owner']} {step['ttl']} IN {step['type']} {step['data']}"
              for step in document["steps"]]
    assert len(wanted) > 5 and copied[:len(wanted)] == wanted
    assert "On the Microsoft side" in text and "after" in text
    assert text.index("What to do, in this order") < text.index("After all steps") < text.index("To send to the partner")
    assert {domain["domain"] for domain in document["domains"]} <= set(re.findall(r"<bdi>(.*?)</bdi>", page))


def test_a_plan_holds_its_letter_and_its_files(intent, tmp_path):
    path = intent()
    run("plan", path, *ROOTS, *AT, "--write", tmp_path / "written")
    page = html.unescape(run("plan", path, *ROOTS, *AT, "--format", "html"))
    files = sorted((tmp_path / "written").iterdir())
    assert any(file.name.startswith("letter-") for file in files) and len(files) > 4
    for file in files:
        if file.name == "fedval-plan.files":
            continue  # what the command wrote, for its next run
        assert f"<code>{file.name}</code>" in page and file.read_text() in page, file.name


def test_a_plan_asks_in_the_page_too(intent):
    path = intent(today={})
    document = json.loads(run("plan", path, *AT, "--format", "json"))
    text = visible(assert_closed(run("plan", path, *AT, "--format", "html")))
    assert document["questions"] and all(question in text for question in document["questions"])


def test_markdown_of_a_plan_has_every_step(intent):
    path = intent()
    document = json.loads(run("plan", path, *ROOTS, *AT, "--format", "json"))
    page = html_of(run("plan", path, *ROOTS, *AT, "--format", "markdown"))
    assert re.findall(r"<h3>(\d+) ", page) == [str(step["n"]) for step in document["steps"]]
    blocks = [html.unescape(block) for block in re.findall(r"<code>(.*?)</code>", page, re.S)]
    for step in document["steps"]:
        assert any(block.rstrip("\n").endswith(step["data"]) for block in blocks)
    assert blocks[-1].startswith("To the administrators of skype.lab")


# ---- pairs ----

def test_a_pair_shows_what_works_before_its_reports():
    page = pair("html")
    text = visible(assert_closed(page))
    assert page.count("<!DOCTYPE html>") == 1 and page.count("<article") == 3
    assert text.index("not all of it works") < text.index("calls to Microsoft") < text.index("presence") < text.index("What federation asks for")
    assert "srv-target-outside-domain (acano.steven.lab)" in text
    assert "<title>The path: Microsoft broken</title>" in page


def test_markdown_of_a_pair_holds_both_reports():
    text = pair("markdown")
    assert "(Cisco) and" in text.splitlines()[0]
    assert re.findall(r"<h2>(.*?)</h2>", html_of(text))[1:] == ["acano.steven.lab: fail", "skype.lab: indeterminate"]


# ---- changes ----

def test_a_change_shows_before_and_now(reports):
    page = run("diff", *reports, "--format", "html")
    text = visible(assert_closed(page))
    assert text.index("acano.steven.lab") < text.index("better") < text.index("What changed")
    assert "SRV record" in text and "0 0 5061 vcse.steven.lab" in text and "0 0 5061 vcse.acano.steven.lab" in text


def test_no_change_is_said(reports):
    assert "the same" in visible(assert_closed(run("diff", reports[0], reports[0], "--format", "html")))
    assert "the same" in html_of(run("diff", reports[0], reports[0], "--format", "markdown"))


def test_markdown_of_a_change_is_a_table(reports):
    document = json.loads(run("diff", *reports, "--format", "json"))
    lines = run("diff", *reports, "--format", "markdown").splitlines()
    assert len([line for line in lines if line.startswith("| ") and "---" not in line]) == len(document["changes"]) + 1


# ---- timelines, chains, logs ----

def test_a_timeline_is_a_ladder_of_times(evidence):
    document = json.loads(run("timeline", evidence, *ROOTS, "--format", "json"))
    page = run("timeline", evidence, *ROOTS, "--format", "html")
    text = visible(assert_closed(page))
    assert document["milestones"] and all(each["at"] in text for each in document["milestones"])
    headings = re.findall(r"<h3>(.*?)</h3>", html_of(run("timeline", evidence, *ROOTS, "--format", "markdown")))
    assert [heading[:20] for heading in headings] == [each["at"] for each in document["milestones"]]


def test_markdown_of_a_chain_has_paths_and_findings():
    page = html_of(run("chain", LAB / "vcse.pem", *ROOTS, *AT, "--name", "vcse.acano.steven.lab", "--format", "markdown"))
    assert "<h2>CN=vcse.steven.lab: fail</h2>" in page and "<h3>Path 1, accepted</h3>" in page and "cert-name-mismatch (R4)" in page


def test_markdown_of_logs_has_the_ladder_and_the_cause():
    page = html_of(run("diagnose", *LOGS, "--format", "markdown"))
    assert page.index("10.48.36.47") < page.index("0xc3e93d6f") < page.index("<strong>srv-target-outside-domain</strong>")
    redacted = run("diagnose", *LOGS, "--redact", "--format", "markdown")
    assert "2000@" not in redacted and "10.48." not in redacted


# ---- hostile data ----

def test_hostile_text_is_never_markup(tmp_path, reports):
    texts = [reports[0].read_text().replace("vcse.steven.lab", json.dumps(HOSTILE)[1:-1]), reports[1].read_text()]
    for file, text in zip(reports, texts):
        file.write_text(text)
    log = tmp_path / "a`<b>*x*.log"
    log.write_text(LOGS[0].read_text().replace("skype.lab", HOSTILE).replace("2000@", "`````<b>@"))
    for arguments in (["diff", *reports], ["diagnose", log]):
        page = run(*arguments, "--format", "html")
        assert_closed(page)
        marked = html_of(run(*arguments, "--format", "markdown"))
        for text in (page, marked):
            assert "<script" not in text and "<img" not in text and "\u202e" not in text and "http://x/\"" not in text
        assert not re.search(r"<(b|em)>", marked)
