"""The npm package beside the native library: the same inputs give the same texts, byte for byte."""
import ctypes
import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

import library
from built import MODULE, NODE, SOURCE, needs_module, node

BUILD = pathlib.Path(os.environ["FEDVAL_BUILD"])
COMMAND = BUILD / "examples" / "fedval" / "fedval"
MBEDTLS = BUILD / "lib" / "backends" / "mbedtls" / "libfedval-mbedtls.so.0"
PKI = library.PKI
LOGS = sorted(path for path in [*(SOURCE / "tests/vectors/logs").iterdir(), *(SOURCE / "tests/fuzz/corpus/log").iterdir(),
                                *(SOURCE / "examples/lab/logs").iterdir()] if path.suffix != ".tsv")
PACKAGE = MODULE.parent / "npm"
RUN = SOURCE / "tests" / "web" / "run.mjs"

needs_both = pytest.mark.skipif(not MBEDTLS.exists() or not COMMAND.exists(), reason="built without mbedTLS or the command")
pytestmark = needs_module


def run(jobs):
    lines = "".join(json.dumps(job) + "\n" for job in jobs)
    return [json.loads(line) for line in node(RUN, MODULE, stdin=lines).splitlines()]


@pytest.fixture(scope="module")
def same_verifier():
    """The native library with the verifier that the module has: algorithms that one lacks, both lack."""
    before, tls = library.VERIFIER, ctypes.CDLL(str(MBEDTLS))
    library.VERIFIER = ctypes.c_void_p()
    library.check(tls.fedval_mbedtls_verifier_new(ctypes.byref(library.VERIFIER)))
    yield
    library.VERIFIER = before


@needs_both
def test_every_vector_gives_the_same_report_byte_for_byte(same_verifier):
    vectors = [path for path in library.VECTORS if "crls" not in json.loads(path.read_text())]
    loaded = [library.load(path) for path in vectors]
    certificates = {kind: [[str(PKI / "certs" / f"{name}.pem") for name in anchors.get(kind, [])] for _, _, anchors in loaded]
                    for kind in ("public", "private")}
    done = run({"job": "evaluate", "evidence": evidence, "policy": policy, "publicTrust": certificates["public"][i],
                "trust": certificates["private"][i]} for i, (evidence, policy, _) in enumerate(loaded))
    assert len(done) == len(vectors) > 200
    for path, (evidence, policy, anchors), result in zip(vectors, loaded, done):
        report = library.report_of(evidence, policy, anchors.get("private", []), anchors.get("public", []))
        native = library.take(library.core.fedval_report_to_json, report)
        library.core.fedval_report_free(report)
        assert result == {"ok": native}, path


@needs_both
def test_every_vector_with_crls_gives_what_it_expects():
    vectors = [path for path in library.VECTORS if "crls" in json.loads(path.read_text())]
    jobs = []
    for path in vectors:
        evidence, policy, anchors = library.load(path)
        jobs.append({"job": "evaluate", "evidence": evidence, "policy": policy,
                     "publicTrust": [str(PKI / "certs" / f"{name}.pem") for name in anchors.get("public", [])],
                     "trust": [str(PKI / "certs" / f"{name}.pem") for name in anchors.get("private", [])],
                     "crls": [str(PKI / f"{name}.crl") for name in json.loads(path.read_text())["crls"]]})
    done = run(jobs)
    assert len(done) == len(vectors) > 0
    for path, result in zip(vectors, done):
        expected, report = json.loads(path.read_text())["expected"], json.loads(result["ok"])
        assert report["verdict"] == expected["verdict"], path
        assert sorted(f["code"] for f in report["findings"]) == sorted(f["code"] for f in expected["findings"]), path


def native_diagnosis(names, form="json"):
    done = subprocess.run([COMMAND, "diagnose", *names, "--format", form], capture_output=True, text=True, timeout=60,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "0"})
    return done.stdout.splitlines()[0]


@needs_both
def test_every_log_gives_the_same_diagnosis_however_it_is_cut():
    jobs = [{"job": "diagnose", "names": [str(path)], "piece": piece} for path in LOGS for piece in (1 << 20, 997)]
    done = run(jobs)
    assert len(done) == 2 * len(LOGS) > 100
    for path, whole, cut in zip(LOGS, done[::2], done[1::2]):
        assert whole == cut, path
        if path.suffix in (".log", ".txt", ".md", ".html"):
            assert whole == {"ok": native_diagnosis([path])}, path


@needs_both
def test_two_logs_are_joined_as_the_command_joins_them():
    names = [str(SOURCE / "examples/lab/logs" / name) for name in ("edge.log", "expe.log")]
    assert run([{"job": "diagnose", "names": names, "piece": 4096}]) == [{"ok": native_diagnosis(names)}]


@needs_both
def test_zones_and_chains_are_gathered_as_the_command_does(tmp_path):
    lab, at = SOURCE / "examples" / "lab", "2017-03-02T07:10:46Z"
    saved = tmp_path / "evidence.json"
    for case, domain, host, chain in ((1, "acano.steven.lab", "vcse.steven.lab", "vcse.pem"),
                                      (3, "cms.steven.lab", "vcse.sub.cms.steven.lab", "vcse-sub.pem"),
                                      (5, "example.com", "expe.example.com", "expe.pem")):
        zone = lab / f"case-{case}.zone"
        subprocess.run([COMMAND, "check", domain, "--offline", "--zone", zone, "--chain", f"{host}={lab / chain}", "--at", at,
                        "--save-evidence", saved, "--allow-private"], capture_output=True, timeout=60)
        [result] = run([{"job": "gather", "domain": domain, "zone": str(zone), "at": at,
                         "chains": [{"host": host, "file": str(lab / chain)}]}])
        ours, native = json.loads(result["ok"]), json.loads(saved.read_text())
        key = lambda fact: json.dumps(fact["question"], sort_keys=True)
        for fact in [*ours["facts"], *native["facts"]]:
            fact.pop("at", None)
        assert sorted(ours["facts"], key=key) == sorted(native["facts"], key=key)


def test_what_cannot_be_read_is_said():
    done = run([{"job": "evaluate", "evidence": "{"}, {"job": "evaluate", "evidence": '{"format":"fedval-evidence/1","domian":"a"}'}])
    assert all("error" in result and "syntax" in result["error"] for result in done)


def test_the_first_use_of_the_readme_runs(tmp_path):
    readme = (SOURCE / "bindings/js/README.md").read_text()
    code = readme.split("```js\n")[1].split("```")[0]
    lab = SOURCE / "examples" / "lab"
    for name, source in {"chain.pem": "vcse.pem", "lab-ca.pem": "lab-ca.pem", "edge.log": "logs/edge.log"}.items():
        (tmp_path / name).write_bytes((lab / source).read_bytes())
    (tmp_path / "evidence.json").write_text('{"format":"fedval-evidence/1","domain":"example.com","gathered_at":"2030-01-01T00:00:00Z","facts":[]}')
    shutil.copytree(PACKAGE, tmp_path / "node_modules" / "fedval")
    (tmp_path / "first.mjs").write_text(code)
    done = subprocess.run([NODE, "first.mjs"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_package_holds_what_it_lists_and_needs_nothing():
    described = json.loads((PACKAGE / "package.json").read_text())
    assert {"package.json", *described["files"]} == {path.name for path in PACKAGE.iterdir()}
    assert not {"dependencies", "peerDependencies", "optionalDependencies", "scripts"} & set(described)


def test_the_types_declare_what_the_package_exports():
    exported = json.loads(node("const all = await import(process.argv[1]); console.log(JSON.stringify(Object.keys(all)));",
                               (PACKAGE / "index.js").as_uri()))
    types = (PACKAGE / "index.d.ts").read_text()
    declared = set(re.findall(r"^export (?:const|function|class) (\w+)", types, re.M)) - {"Log"} | {"default"}
    assert declared == set(exported)
