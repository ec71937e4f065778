"""The guide, the reference and the pages: built, and tried as a reader would."""
import os
import pathlib
import re
import shlex
import shutil
import xml.etree.ElementTree as tree

import pytest
from running import run

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
BUILD = pathlib.Path(os.environ["FEDVAL_BUILD"])
CC = shlex.split(os.environ.get("CC", "cc"))
FEDVAL = BUILD / "examples" / "fedval" / "fedval"
GUIDE = sorted((TOP / "docs" / "guide").glob("*.md"))
DOCUMENTS = [*GUIDE, *(TOP / "docs").glob("*.md"), *TOP.glob("*.md"), TOP / "tests" / "README.md"]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


@pytest.mark.skipif(not shutil.which("doxygen") or not shutil.which("mandoc"), reason="doxygen or mandoc is not installed")
def test_the_documents_build_without_a_warning():
    done = run(TOP / "tools" / "build-docs", BUILD)
    assert done.returncode == 0, done.stdout + done.stderr
    docs = BUILD / "docs"
    assert (docs / "index.html").exists() and (docs / "man" / "fedval_check.3").exists()
    for page in GUIDE:
        title = re.match(r"# (.*?) *(\{#[\w-]+\})?$", page.read_text().splitlines()[0]).group(1)
        assert page.stem == "index" or any(f"<title>libfedval: {title}</title>" in path.read_text()
                                           for path in docs.glob("*.html")), page.name


def test_every_public_function_has_its_place_in_a_page(tmp_path):
    headers = sorted((TOP / "include" / "fedval").glob("*.h"))
    assert run("python3", TOP / "docs" / "manual.py", tmp_path, *headers).returncode == 0
    for header in headers:
        text = re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.S)
        declared = set(re.findall(r"FEDVAL_API\b[^;]*?\b(fedval_\w+)\s*\(", text))
        name = "fedval" if header.stem == "fedval" else f"fedval_{header.stem}"
        page = (tmp_path / f"{name}.3").read_text()
        assert set(re.findall(r"^\.It Fn (\w+)$", page, re.M)) == declared, header.name
        assert set(re.findall(r"^\.Fn (\w+)", page, re.M)) == declared


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(TOP)))
def test_links_lead_somewhere(document):
    text = BLOCK.sub("", document.read_text())
    for target in re.findall(r"\]\(([^)\s#]+)(?:#[\w-]+)?\)", text):
        if not re.match(r"[a-z]+:", target):
            assert (document.parent / target).exists(), target


def commands():
    """(page, line) of each call of the command that the guide shows."""
    for page in GUIDE:
        for _, text in BLOCK.findall(page.read_text()):
            for line in re.findall(r"^(?:\$ |ExecStart=/usr/bin/)(fedval .*)$", text, re.M):
                yield page.name, line


def options_of(command):
    return set(re.findall(r"(?:^  |, )(--?[a-z][a-z-]*)", run(FEDVAL, command, "--help").stdout, re.M))


@pytest.mark.parametrize("page, line", commands())
def test_a_command_of_the_guide_has_only_options_that_there_are(page, line):
    words = shlex.split(line)[1:]
    known = options_of(words[0])
    assert known, f"{page}: no such command: {words[0]}"
    assert {word.split("=")[0] for word in words[1:] if word.startswith("-")} <= known


LAB = TOP / "examples" / "lab"
OFFLINE = ["--offline", "--zone", LAB / "case-5.zone", "--chain", f"expe.example.com={LAB / 'expe.pem'}", "--public-trust",
           LAB / "public-root.pem", "--trust", LAB / "lab-ca.pem", "--at", "2017-03-02", "--allow-private"]


def words_here(line, folder):
    """A command of the guide as it can be run here: its live part reads the zone of the lab, its files are in `folder`."""
    words = [str(folder / word.rsplit("/", 1)[-1]) if word.startswith(("/etc/", "/var/")) else word
             for word in shlex.split(line)[1:]]
    while "--resolver" in words:
        place = words.index("--resolver")
        del words[place:place + 2]
    if words[0] != "check":
        return words
    if "--offline" in words:
        return [*words, *OFFLINE[5:]]  # it has files of its own
    return [*words, *OFFLINE] if "partner.com" not in words[1:2] else [*words, *OFFLINE[:3]]  # no chain of another host


@pytest.mark.parametrize("page, line", [pair for pair in commands() if pair[0] != "adding-a-domain.md"])
def test_each_command_of_the_guide_runs(page, line, tmp_path):
    """Those of the other page are run one after the other, further down."""
    for name in ("expressway.log", "edge.log"):
        shutil.copy(LAB / "logs" / name.replace("expressway", "expe"), tmp_path / name)
    for name, source in (("new.zone", "case-5.zone"), ("expe.pem", "expe.pem")):
        shutil.copy(LAB / source, tmp_path / name)
    assert run(FEDVAL, "check", "example.com", *OFFLINE, "--save-evidence", tmp_path / "example.json").returncode == 0
    (tmp_path / "domains").write_text("example.com\n")
    done = run(FEDVAL, *words_here(line, tmp_path), cwd=tmp_path)
    assert done.returncode in ((3,) if "--since" in line else (0, 1, 2)), done.stderr
    output = re.search(r"--output (?:\S*/)?(\S+)", line)
    assert (tmp_path / output.group(1)).stat().st_size > 500 if output else done.stdout


def test_what_the_guide_explains_is_known():
    for line in {line for _, line in commands() if line.startswith("fedval explain")}:
        assert run(FEDVAL, *shlex.split(line)[1:]).returncode == 0, line


def test_metrics_of_the_guide_are_those_that_are_written():
    table = (TOP / "docs" / "guide" / "monitoring.md").read_text()
    evidence = TOP / "examples" / "ffi" / "evidence.json"
    written = run(FEDVAL, "evaluate", evidence, "--format", "prometheus").stdout
    names = {line.split()[2] for line in written.splitlines() if line.startswith("# TYPE")}
    told = set(re.findall(r"\bfedval_\w+", "\n".join(line for line in table.splitlines() if line.startswith("| `"))))
    assert names <= told and told <= names | {"fedval_certificate_not_after_timestamp_seconds", "fedval_findings_accepted"}


def test_rules_of_the_guide_are_sound(tmp_path):
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed")
    rules = next(text for _, text in BLOCK.findall((TOP / "docs" / "guide" / "monitoring.md").read_text())
                 if text.startswith("groups:"))
    (tmp_path / "rules.yml").write_text(rules)
    done = run(promtool, "check", "rules", tmp_path / "rules.yml")
    assert done.returncode == 0 and "3 rules found" in done.stdout, done.stdout + done.stderr


def test_the_program_of_the_guide_runs(tmp_path):
    if not (BUILD / "lib" / "libfedval.so").exists() or os.environ["FEDVAL_SANITIZE"] != "none":
        pytest.skip("no plain shared library")
    (tmp_path / "program.c").write_text(next(text for kind, text in BLOCK.findall(
        (TOP / "docs" / "guide" / "from-your-own-program.md").read_text()) if kind == "c"))
    program = tmp_path / "program"
    done = run(*CC, "-Wall", "-Wextra", "-Werror", f"-I{TOP / 'include'}", tmp_path / "program.c", "-o", program,
               f"-L{BUILD / 'lib'}", f"-Wl,-rpath,{BUILD / 'lib'}", "-lfedval")
    assert done.returncode == 0, done.stderr
    with open(TOP / "examples" / "ffi" / "evidence.json") as evidence:
        found = run(program, stdin=evidence)
    assert found.returncode == 0 and "srv-target-outside-domain: " in found.stdout, found.stderr
    assert run(program, input="{").returncode == 1


def page_files(page, folder):
    """Writes each file that a page shows under a `test:` mark."""
    for name, text in re.findall(r"<!-- test: ([\w.]+) -->\n```\w*\n(.*?)^```$", (TOP / "docs" / "guide" / page).read_text(),
                                 re.M | re.S):
        (folder / name).write_text(text)


class Authority:
    """A private CA in a folder, by the openssl command."""

    def __init__(self, folder):
        self.folder = folder
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "900",
                     "-subj", "/CN=Example CA", "-addext", "keyUsage=critical,keyCertSign,cRLSign")

    def openssl(self, *words, folder="."):
        done = run("openssl", *words, cwd=self.folder / folder)
        assert done.returncode == 0, done.stderr

    def sign(self, request, certificate, names):
        (self.folder / "extensions").write_text("keyUsage=critical,digitalSignature,keyEncipherment\n"
                                                "extendedKeyUsage=serverAuth,clientAuth\n"
                                                f"subjectAltName={','.join('DNS:' + name for name in names)}\n")
        self.openssl("x509", "-req", "-in", request, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "390",
                     "-extfile", "extensions", "-out", certificate)


def fedval_in(folder, line):
    """Runs a line that the page shows, as it is shown."""
    assert f"$ {line}\n" in (TOP / "docs" / "guide" / "adding-a-domain.md").read_text(), line
    return run(FEDVAL, *shlex.split(line)[1:], cwd=folder)


def set_ready(folder, names):
    text = (folder / "intent.yaml").read_text()
    for n, name in enumerate(names, 1):
        text = re.sub(rf"\{{certificate: expe{n}.pem.*?\}}", f"{{certificate: expe{n}.pem, ready: {name}}}", text)
    (folder / "intent.yaml").write_text(text)


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
def test_a_domain_is_added_as_the_guide_says(tmp_path):
    page_files("adding-a-domain.md", tmp_path)
    if "without libyaml" in run(FEDVAL, "plan", "intent.yaml", cwd=tmp_path).stderr:
        pytest.skip("this command reads no YAML")
    ca, peers = Authority(tmp_path), [1, 2]
    for n in peers:
        ca.openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "old.key", "-out", "old.csr", "-subj",
                   f"/CN=expe{n}.example.com")
        ca.sign("old.csr", f"expe{n}.pem", [f"expe{n}.example.com", "expe.example.com"])
    planned = fedval_in(tmp_path, "fedval plan intent.yaml --write changes")
    assert planned.returncode == 0 and "2 certificates to request" in planned.stdout, planned.stdout + planned.stderr

    for n in peers:
        first = (tmp_path / "changes" / f"expe{n}.example.com.server.cnf").read_text().splitlines()[0]
        ca.openssl(*shlex.split(first)[2:], folder="changes")
    requests = [f"changes/expe{n}.example.com.server.csr" for n in peers]
    set_ready(tmp_path, requests)
    planned = fedval_in(tmp_path, "fedval plan intent.yaml")
    assert planned.returncode == 0 and planned.stdout.count(" (server) will do") == 2, planned.stdout + planned.stderr

    for n in peers:
        shown = next(line for line in (TOP / "docs" / "guide" / "adding-a-domain.md").read_text().splitlines() if line.startswith("$ openssl x509"))
        ca.openssl(*shlex.split(shown.replace("expe1", f"expe{n}").replace("new1", f"new{n}"))[2:])
    set_ready(tmp_path, [f"new{n}.pem" for n in peers])
    planned = fedval_in(tmp_path, "fedval plan intent.yaml --trust ca.pem")
    assert planned.returncode == 0 and "sales.example.com PASS" in planned.stdout, planned.stdout + planned.stderr

    lines = (tmp_path / "changes" / "example.com.zone").read_text()
    (tmp_path / "new.zone").write_text((tmp_path / "example.com.zone").read_text() + lines)
    text = (tmp_path / "intent.yaml").read_text()
    (tmp_path / "own.yaml").write_text(text.replace("sales.example.com, host: expe}", "sales.example.com, host: expe, zone: sales.example.com}"))
    assert run(FEDVAL, "plan", "own.yaml", "--trust", "ca.pem", "--write", "own", cwd=tmp_path).returncode == 0
    lines = (tmp_path / "own" / "sales.example.com.zone").read_text()
    noted = run(FEDVAL, "check", "sales.example.com", "--offline", "--zone", "own/sales.example.com.zone", cwd=tmp_path)
    assert "its lines are taken for the whole zone sales.example.com" in noted.stderr
    (tmp_path / "own.zone").write_text((tmp_path / "own.zone").read_text() + lines)
    shown = ("fedval check example.com sales.example.com --offline --zone new.zone --trust ca.pem "
             "--chain 20.30.40.1=new1.pem --chain 20.30.40.2=new2.pem")
    checked = fedval_in(tmp_path, shown)
    assert checked.returncode == 0 and "2 pass, 0 fail" in checked.stdout, checked.stdout + checked.stderr
    alone = shown.replace("new.zone", "own.zone").replace(" example.com", "", 1)
    assert run(FEDVAL, *shlex.split(alone)[1:], cwd=tmp_path).returncode == 0


def test_the_picture_is_sound():
    root = tree.parse(TOP / "docs" / "guide" / "call-path.svg").getroot()
    text = "".join(root.itertext())
    assert all(f"R{n}" in text for n in range(1, 9))
