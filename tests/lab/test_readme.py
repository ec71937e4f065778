"""The documents show what the command really prints."""
import json
import re
import subprocess

import lab

DIAGNOSE = "fedval diagnose examples/lab/logs/expe.log examples/lab/logs/edge.log"


def diagnosis(*options):
    return subprocess.run([str(lab.COMMAND), *DIAGNOSE.split()[1:], *options], cwd=lab.TOP, capture_output=True,
                          text=True, timeout=120)


def test_the_reports_in_the_readme_are_what_the_command_prints():
    readme = (lab.TOP / "README.md").read_text()
    shown = re.findall(r"<!-- report: (.*?) -->\n```\n(.*?)```\n<!-- end of report -->", readme, re.S)
    assert [words for words, _ in shown] == ["examples/lab/run 1", DIAGNOSE]
    assert shown[0][1] == lab.run(1, NO_COLOR="1").stdout, "run tools/update-readme"
    assert shown[1][1] == diagnosis().stdout, "run tools/update-readme"


def test_the_logs_of_the_lab_tell_the_cause_of_case_1():
    found = json.loads(diagnosis("--format", "json").stdout)
    assert {incident["finding"] for incident in found["incidents"]} == {"srv-target-outside-domain",
                                                                       "cause-not-in-this-log"}
    assert found["domains"] == ["acano.steven.lab"]
    assert lab.codes(lab.report(1)) == {"srv-target-outside-domain"}


def test_commands_of_the_lab_are_those_of_its_script():
    text = (lab.TOP / "examples" / "lab" / "README.md").read_text().replace("\\\n", " ")
    shown = [line.split()[1:] for line in text.splitlines() if line.startswith("fedval check")]
    assert len(shown) == 5
    for case, words in enumerate(shown, 1):
        ran = subprocess.run([str(lab.TOP / "examples" / "lab" / "run"), str(case)], capture_output=True, text=True,
                                 env={"FEDVAL": "/bin/echo", "PATH": "/usr/bin:/bin"}).stdout
        lab_folder = str(lab.TOP / "examples" / "lab") + "/"
        assert sorted(ran.replace(lab_folder, "").split()) == sorted(words)
