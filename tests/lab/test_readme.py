"""The documents show what the command really prints."""
import re

import lab


def test_report_in_the_readme_is_the_report_of_case_1():
    readme = (lab.TOP / "README.md").read_text()
    shown = re.search(r"<!-- report: examples/lab/run 1 -->\n```\n(.*?)```\n<!-- end of report -->", readme, re.S)
    assert shown, "no report between its marks"
    assert shown.group(1) == lab.run(1, NO_COLOR="1").stdout, "run tools/update-readme"


def test_commands_of_the_lab_are_those_of_its_script():
    text = (lab.TOP / "examples" / "lab" / "README.md").read_text().replace("\\\n", " ")
    shown = [line.split()[1:] for line in text.splitlines() if line.startswith("fedval check")]
    assert len(shown) == 5
    for case, words in enumerate(shown, 1):
        ran = lab.subprocess.run([str(lab.TOP / "examples" / "lab" / "run"), str(case)], capture_output=True, text=True,
                                 env={"FEDVAL": "/bin/echo", "PATH": "/usr/bin:/bin"}).stdout
        lab_folder = str(lab.TOP / "examples" / "lab") + "/"
        assert sorted(ran.replace(lab_folder, "").split()) == sorted(words)
