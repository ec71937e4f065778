"""Runs the command that was built; cases of examples/lab to run it on."""
import json
import os
import pathlib
import subprocess

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
FEDVAL = pathlib.Path(os.environ["FEDVAL_BUILD"]) / "examples" / "fedval" / "fedval"
LAB = TOP / "examples" / "lab"
AT = "2017-03-02T07:10:46Z"

DOMAINS = {1: "acano.steven.lab", 2: "acano.steven.lab", 3: "cms.steven.lab", 4: "cms.steven.lab", 5: "example.com"}
CHAINS = {1: ("vcse.steven.lab", "vcse.pem"), 2: ("vcse.acano.steven.lab", "vcse.pem"),
          3: ("vcse.sub.cms.steven.lab", "vcse-sub.pem"), 4: ("vcse.cms.steven.lab", "vcse.pem"),
          5: ("expe.example.com", "expe.pem")}
ROOTS = ["--public-trust", LAB / "public-root.pem", "--trust", LAB / "lab-ca.pem"]


def run(*words, expect=None, input=None, stdout=subprocess.PIPE, cwd=None, **environment):
    """The finished process; `expect` is the exit status that it must have had."""
    done = subprocess.run([str(FEDVAL), *map(str, words)], stdout=stdout, stderr=subprocess.PIPE, text=True,
                          input=input, env={**os.environ, **environment}, cwd=cwd, timeout=120)
    assert expect is None or done.returncode == expect, (done.returncode, done.stdout, done.stderr)
    return done


def facts(case):
    """The options that give a case of the lab its facts."""
    host, chain = CHAINS[case]
    return ["--offline", "--zone", LAB / f"case-{case}.zone", "--chain", f"{host}={LAB / chain}", *ROOTS, "--at", AT,
            "--allow-private"]


def check(case, *options, **keywords):
    return run("check", DOMAINS[case], *facts(case), *options, **keywords)


def documents(done):
    """The JSON documents of standard output, one a line."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def report(case, *options):
    return documents(check(case, "--format", "json", *options))[0]


def codes(document, severity="error"):
    return {finding["code"] for finding in document["findings"] if finding["severity"] == severity}


def saved(case, path):
    """A file with the evidence of a case."""
    check(case, "--save-evidence", path)
    return path
