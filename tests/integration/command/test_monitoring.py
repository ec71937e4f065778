"""What monitoring and other programs read, when names are hostile, domains many and inputs unreadable: each format by a
reader that is not ours."""
import csv
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as tree

import pytest

import command

TARGETS = ["=cmd|' /C calc'!A0.example.com", "+1.example.com", "-1.example.com", "@a.example.com", "\uff1d1.example.com",
           'a"b,c.example.com', "a\nb.example.com", "a\tb=1 2.example.com", "it's|x;y.example.com", "\u202eevil.example.com",
           "<b>&amp;]]>-->.example.com", "\u00e4.example.com", "a\\nb\\.example.com", "${x}%s%n.example.com",
           "a`b*_[x](y).example.com", " lead.example.com", "\ufffe.example.com", "::error::x.example.com"]
ANSWER = {"outcome": "answer", "at": "2030-01-01T00:00:00Z", "source": "t\u00ebst|1"}


def evidence(folder, number, target):
    domain = f"d{number}.example.com"
    owner = f"_sipfederationtls._tcp.{domain}"
    path = folder / f"{number}.json"
    path.write_text(json.dumps({"format": "fedval-evidence/1", "domain": domain, "gathered_at": ANSWER["at"], "facts": [
        {"question": {"name": owner, "type": "SRV"}, **ANSWER, "records": [
            {"type": "SRV", "owner": owner, "ttl": 1, "priority": 0, "weight": 0, "port": 5061, "target": target}]}]}))
    return path


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """Each hostile target under a domain of its own, a sound domain, and two inputs that cannot be read."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "broken, =1|.json").write_text("{")
    sound = folder / "sound.json"
    command.check(5, "--save-evidence", sound)
    return [folder / "broken, =1|.json", *(evidence(folder, i, target) for i, target in enumerate(TARGETS)),
            folder / "none.json", sound]


def written(inputs, form, *more, expect=65):
    return command.run("evaluate", *inputs, *command.ROOTS, "--allow-private", "--format", form, *more, expect=expect).stdout


def test_a_spreadsheet_sees_no_formula(inputs):
    rows = list(csv.DictReader(io.StringIO(written(inputs, "csv"), newline=""), strict=True))
    assert {row["domain"] for row in rows} == {f"d{i}.example.com" for i in range(len(TARGETS))} | {"example.com"}
    assert not [value for row in rows for value in row.values() if value[:1] in tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20") and value]
    assert 'a"b,c.example.com' in {row["target"] for row in rows}
    assert not [value for row in rows for value in row.values() if re.search(r"[\x00-\x1f\x7f\u202e]", value)]


def test_a_build_server_reads_each_domain(inputs):
    suites = tree.fromstring(written(inputs, "junit").encode())
    assert [suite.get("name") for suite in suites] == [*(f"d{i}.example.com" for i in range(len(TARGETS))), "example.com"]
    assert all(suite.get("failures") != "0" for suite in list(suites)[:-1])


def test_code_scanning_reads_each_result(inputs):
    results = json.loads(written(inputs, "sarif"))["runs"][0]["results"]
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    assert {f"dns:d{i}.example.com" for i in range(len(TARGETS))} <= uris
    assert all(re.fullmatch(r"[\w:.%-]+", uri) for uri in uris)


@pytest.mark.skipif(not shutil.which("cmark"), reason="cmark is not installed")
def test_a_wiki_shows_each_domain_and_no_markup(inputs):
    text = written(inputs, "markdown")
    html = subprocess.run(["cmark", "--unsafe"], input=text, capture_output=True, text=True, check=True).stdout
    heads = re.findall(r"<h2>([\w.-]+)(?: \(.*?\))?: \w+</h2>", html)
    assert heads == [*(f"d{i}.example.com" for i in range(len(TARGETS))), "example.com"]
    assert not re.search(r"<(b|em|img|a|code)\b", html)


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed")
def test_metrics_pass_promtool(inputs):
    text = written(inputs, "prometheus", expect=0)
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "\nfedval_unreadable_inputs 2\n" in text
    assert len(re.findall(r'^fedval_verdict\{.*verdict="fail"\} 1$', text, re.M)) == len(TARGETS)


# ---- plug-ins ----

PARSE = """for (Monitoring::Plugin::Performance->parse_perfstring($ARGV[0])) {
    print join("\\t", $_->label, $_->value, $_->warning, $_->critical), "\\n" }"""


def plugin(*words, expect=None):
    """The lines of a plug-in, and its performance data as the plug-in guidelines have it: behind the bar of the first line,
    and no bar after that."""
    lines = command.run(*words, "--format", "nagios", expect=expect).stdout.splitlines()
    assert not [line for line in lines[1:] if "|" in line], lines
    text, _, data = lines[0].partition("|")
    assert re.match(r"FEDERATION (OK|WARNING|CRITICAL|UNKNOWN) - ", text) and text.isascii()
    return lines, data.strip()


def labels(data):
    if subprocess.run(["perl", "-MMonitoring::Plugin::Performance", "-e", "1"], capture_output=True).returncode != 0:
        pytest.skip("Monitoring::Plugin is not installed")
    done = subprocess.run(["perl", "-we", "no warnings; use Monitoring::Plugin::Performance;" + PARSE, data],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines()]


def test_a_plugin_keeps_its_data_on_its_first_line(inputs, tmp_path):
    sound = inputs[-1]
    roots = [*command.ROOTS, "--allow-private"]
    lines, data = plugin("evaluate", *inputs, *roots, expect=2)
    assert "0 of" not in lines[0] and f"1 of {len(TARGETS) + 1} sound" in lines[0]
    assert [line for line in lines if "none.json" in line and line.startswith("FEDERATION UNKNOWN - ")]
    lines, alone = plugin("evaluate", sound, inputs[0], *roots, expect=3)
    assert lines[0].startswith("FEDERATION UNKNOWN - ") and data == alone == plugin("evaluate", sound, *roots, expect=0)[1]
    assert lines[1].startswith("FEDERATION OK - example.com: pass")
    warned = plugin("evaluate", sound, inputs[0], *roots, "-w", "36500", expect=3)
    assert warned[1].replace(";36500:", ";30:") == data and "FEDERATION WARNING" in warned[0][1]


def test_labels_and_thresholds_are_read_by_the_plugin_library(inputs):
    sound = inputs[-1]
    _, data = plugin("evaluate", sound, *command.ROOTS, "--allow-private", "-w", "60", "-c", "20", expect=0)
    (label, value, warning, critical), = labels(data)
    assert (label, warning, critical) == ("example.com_expe.example.com_days", "60:", "20:") and int(value) > 10000


def test_every_profile_and_domain_has_its_label_once(inputs):
    _, data = plugin("evaluate", inputs[-1], inputs[-1], *command.ROOTS, "--allow-private", "--profile", "microsoft-edge",
                     "--profile", "expressway")
    found = [row[0] for row in labels(data)]
    assert found == ["example.com_expe.example.com_days"]


def test_thresholds_may_be_written_as_ranges():
    bare = command.check(5, "--format", "nagios", "-w", "40", "-c", "9", expect=0).stdout
    assert command.check(5, "--format", "nagios", "-w", "40:", "-c", "9:", expect=0).stdout == bare
    for wrong in ["@10:20", "10:20", "~:30", ":", "::", "30::", "-1:", "1e3:", "99999999:", "", "00000000000030:"]:
        done = command.check(5, "--format", "nagios", f"--warn-days={wrong}", expect=3)
        assert done.stdout.startswith("FEDERATION UNKNOWN - --warn-days wants days, 0 to 36500, such as 30 or 30:, not: ")


def test_a_domain_that_is_none_is_counted_by_the_metrics(tmp_path):
    """A collector goes on with the others."""
    path = tmp_path / "fedval.prom"
    done = command.run("check", "bad domain", "acano.steven.lab", *command.facts(1), "--format", "prometheus", "--output", path,
                       expect=0)
    assert "bad domain" in done.stderr
    text = path.read_text()
    assert "\nfedval_unreadable_inputs 1\n" in text
    assert 'fedval_verdict{domain="acano.steven.lab",profile="microsoft-edge",verdict="fail"} 1' in text


@pytest.mark.parametrize("only, words", [("dns", "pass, DNS alone (R1 to R3)"), ("certificate", "the certificate alone (R4 to R8)"),
                                         (None, None)])
def test_nagios_says_what_was_judged(only, words):
    line = command.check(5, "--format", "nagios", *(["--only", only] if only else [])).stdout.splitlines()[0]
    assert words in line if words else "alone" not in line
