"""Runs a case of examples/lab through the command that was built."""
import json
import os
import pathlib
import subprocess

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
COMMAND = pathlib.Path(os.environ["FEDVAL_BUILD"]) / "examples" / "fedval" / "fedval"


def run(case, *options, expect=None, **environment):
    """The finished process; `expect` is the exit status that it must have had."""
    done = subprocess.run([str(TOP / "examples" / "lab" / "run"), str(case), *options], capture_output=True, text=True,
                          env={**os.environ, "FEDVAL": str(COMMAND), **environment}, timeout=120)
    assert expect is None or done.returncode == expect, done.stdout + done.stderr
    return done


def report(case, *options):
    return json.loads(run(case, "--format", "json", *options).stdout)


def codes(case_report, severity="error"):
    return {finding["code"] for finding in case_report["findings"] if finding["severity"] == severity}


def symptoms(case_report, code):
    """What each side sees for a finding: {(seen_by, direction): {code: symptom}}."""
    finding = next(item for item in case_report["findings"] if item["code"] == code)
    seen = {}
    for item in finding["symptoms"]:
        seen.setdefault((item["seen_by"], item["direction"]), {})[item["code"]] = item
    return seen
