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

import sys
sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "plan"))
import planning  # noqa: E402
from built import MODULE, NODE, SOURCE, needs_module, node

BUILD = pathlib.Path(os.environ["FEDVAL_BUILD"])
COMMAND = BUILD / "examples" / "fedval" / "fedval"
MBEDTLS = BUILD / "lib" / "backends" / "mbedtls" / "libfedval-mbedtls.so.0"
PKI = library.PKI
LOGS = sorted(path for path in [*(SOURCE / "tests/vectors/logs").iterdir(), *(SOURCE / "tests/fuzz/corpus/log").iterdir(),
                                *(SOURCE / "examples/lab/logs").iterdir()] if path.suffix != ".tsv")
PACKAGE = MODULE.parent / "npm"
TSC = SOURCE / "web" / "node_modules" / "typescript" / "bin" / "tsc"
PLAIN = MODULE.parent / "fedval-plain.wasm"
WRAPPINGS = BUILD / "tests" / "unit" / "test-logs-wrappings"
RUN = SOURCE / "tests" / "web" / "run.mjs"

needs_both = pytest.mark.skipif(not MBEDTLS.exists() or not COMMAND.exists(), reason="built without mbedTLS or the command")
pytestmark = needs_module


def run(jobs, module=MODULE):
    lines = "".join(json.dumps(job) + "\n" for job in jobs)
    return [json.loads(line) for line in node(RUN, module, stdin=lines).splitlines()]


@pytest.fixture(scope="module")
def same_verifier():
    """The native library with the verifier that the module has: algorithms that one lacks, both lack."""
    before, tls = library.VERIFIER, ctypes.CDLL(str(MBEDTLS))
    library.VERIFIER = ctypes.c_void_p()
    library.check(tls.fedval_mbedtls_verifier_new(ctypes.byref(library.VERIFIER)))
    yield
    library.VERIFIER = before


def certificates(names):
    return [str(PKI / "certs" / f"{name}.pem") for name in names]


@needs_both
@pytest.mark.parametrize("redact", [False, True], ids=["whole", "redacted"])
def test_every_vector_gives_the_same_report_byte_for_byte(same_verifier, redact):
    loaded = [(*library.load(path), json.loads(path.read_text()).get("crls", [])) for path in library.VECTORS]
    done = run({"job": "evaluate", "evidence": evidence, "policy": policy, "redact": redact, "publicTrust": certificates(anchors.get("public", [])),
                "trust": certificates(anchors.get("private", [])), "crls": [str(PKI / f"{name}.crl") for name in crls]}
               for evidence, policy, anchors, crls in loaded)
    assert len(done) == len(loaded) > 200 and any(crls for *_, crls in loaded)
    for path, (evidence, policy, anchors, crls), result in zip(library.VECTORS, loaded, done, strict=True):
        report = library.report_of(evidence, policy, anchors.get("private", []), anchors.get("public", []), crls, redact)
        native = library.take(library.core.fedval_report_to_json, report)
        library.core.fedval_report_free(report)
        assert result == {"ok": native}, path


@needs_both
def test_pairs_and_timelines_are_those_of_the_command(tmp_path):
    lab, at = SOURCE / "examples" / "lab", "2017-03-02T07:10:46Z"
    given = ["--at", at, "--trust", lab / "lab-ca.pem", "--public-trust", lab / "public-root.pem"]
    (tmp_path / "theirs.zone").write_text("$ORIGIN example.org.\n@ 60 IN SOA ns h 1 1 1 1 1\n_sipfederationtls._tcp 60 IN SRV 0 0 5061 edge\nedge 60 IN A 93.184.216.34\n")
    (tmp_path / "cloud.zone").write_text("$ORIGIN example.org.\n@ 60 IN SOA ns h 1 1 1 1 1\n_sipfederationtls._tcp 60 IN SRV 0 0 5061 sipfed.online.lync.com.\n")

    def ran(*arguments):
        done = subprocess.run([COMMAND, *arguments, *given], capture_output=True, text=True, timeout=60)
        assert done.returncode in (0, 1, 2, 3), done.stderr
        return done.stdout
    for name, domain, zone in (("ours", "acano.steven.lab", lab / "case-1.zone"), ("theirs", "example.org", tmp_path / "theirs.zone"),
                               ("cloud", "example.org", tmp_path / "cloud.zone")):
        chain = ["--chain", f"vcse.steven.lab={lab / 'vcse.pem'}"] if name == "ours" else []
        ran("check", domain, "--offline", "--zone", zone, *chain, "--save-evidence", tmp_path / name)
    held = {name: (tmp_path / name).read_text() for name in ("ours", "theirs", "cloud")}
    job = {"at": at, "trust": [str(lab / "lab-ca.pem")], "publicTrust": [str(lab / "public-root.pem")]}
    jobs = [{"job": "pair", "cisco": held["ours"], "microsoft": held[name], **job} for name in ("theirs", "cloud")]
    done = run([*jobs, {"job": "timeline", "evidence": held["ours"], **job}])
    native = [ran("evaluate", "--pair", tmp_path / "ours", tmp_path / name, "--format", "json").splitlines()[0] for name in ("theirs", "cloud")]
    timeline = ran("timeline", tmp_path / "ours", "--format", "json").splitlines()[0]
    native.append(re.sub('"source":"[^"]*"', '"source":null', timeline, count=1))  # the command names the file
    assert done == [{"ok": text} for text in native]
    assert json.loads(native[1])["cisco"]["profile"] == "office365"


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


def native_text(name, data):
    """The diagnosis of the native library: a process for each of thousands would take minutes."""
    log, size = ctypes.c_void_p(), ctypes.c_size_t
    core = library.core
    library.check(core.fedval_log_new(ctypes.byref(log)))
    try:
        library.check(core.fedval_log_begin_source(log, name.encode(), size(len(name.encode()))))
        library.check(core.fedval_log_feed(log, data, size(len(data))))
        library.check(core.fedval_log_finish(log))
        return library.take(core.fedval_log_to_json, log, None)
    finally:
        core.fedval_log_free(log)


@pytest.mark.skipif(not WRAPPINGS.exists(), reason="the test of the wrappings is not built")
def test_every_wrapping_of_a_log_gives_the_same_diagnosis(tmp_path):
    subprocess.run([WRAPPINGS], env={**os.environ, "WRAPPINGS_WRITE": str(tmp_path)}, check=True, capture_output=True, timeout=120)
    paths = sorted(tmp_path.iterdir())
    assert len(paths) > 2000
    done = run({"job": "diagnose", "names": [str(path)], "piece": 1 << 20} for path in paths)
    for path, result in zip(paths, done, strict=True):
        assert result == {"ok": native_text(path.name, path.read_bytes())}, path.name


@needs_both
def test_without_simd_every_log_gives_the_same_diagnosis():
    jobs = [{"job": "diagnose", "names": [str(path)], "piece": 1 << 20} for path in LOGS]
    assert run(jobs, PLAIN) == run(jobs)


PLANS = sorted((SOURCE / "tests/plan/vectors").glob("*.json"))


@needs_both
def test_every_plan_is_the_same_byte_for_byte(same_verifier):
    jobs, native = [], []
    for path in PLANS:
        vector = json.loads(path.read_text())
        anchors = vector.get("anchors", {"public": ["root"], "private": []})
        evidence = [planning.with_chains(document) for document in vector.get("evidence", [])]
        files = vector.get("files", {})
        certificates = {kind: [str(PKI / "certs" / f"{name}.pem") for name in anchors[kind]] for kind in ("public", "private")}
        jobs.append({"job": "plan", "intent": {"format": "fedval-intent/1", **vector["intent"]}, "evidence": evidence, "at": planning.AT,
                     "files": {name: str(PKI / file) for name, file in files.items()}, "policy": vector.get("policy") or {},
                     "publicTrust": certificates["public"], "trust": certificates["private"]})
        judge = planning.judge_of(vector.get("policy"), anchors["public"], anchors["private"])
        with planning.planned(vector["intent"], files={name: planning.pki(file) for name, file in files.items()},
                              evidence=vector.get("evidence", []), judge=judge) as plan:
            native.append(library.take(library.core.fedval_plan_to_json, plan))
        library.core.fedval_judge_free(judge)
    for path, result, wanted in zip(PLANS, run(jobs), native, strict=True):
        assert result == {"ok": wanted}, path


@needs_both
def test_what_changed_is_what_the_command_says(tmp_path):
    lab, files = SOURCE / "examples" / "lab", []
    (tmp_path / "mended.zone").write_text((lab / "case-1.zone").read_text().replace("5061 vcse\n", "5061 vcse.acano\n") + "vcse.acano IN A 10.48.36.47\n")
    for name, zone in (("old", lab / "case-1.zone"), ("new", tmp_path / "mended.zone")):
        (tmp_path / name).write_text(subprocess.run([COMMAND, "check", "acano.steven.lab", "--offline", "--zone", zone, "--at", "2017-03-02",
                                                     "--allow-private", "--format", "json"], capture_output=True, text=True).stdout)
        files.append(tmp_path / name)
    native = subprocess.run([COMMAND, "diff", *files, "--format", "json"], capture_output=True, text=True).stdout
    before, now = (file.read_text() for file in files)
    assert run([{"job": "diff", "before": before, "now": now}]) == [{"ok": native.rstrip("\n")}]
    assert "nothing" not in run([{"job": "diff", "before": None, "now": now}])[0]["ok"]


def test_zones_are_asked_for_what_a_plan_would_use():
    lab, at = SOURCE / "examples" / "lab", "2017-03-02T07:10:46Z"
    intent = {"format": "fedval-intent/1", "domains": [{"name": "acano.steven.lab", "host": "vcse"}], "clusters": [
        {"version": "15.5", "peers": [{"name": "vcse.steven.lab", "addresses": ["93.184.216.34"], "server": {"certificate": "vcse.pem"}}],
         "keep_names": []}], "today": {"zones": ["case-1.zone"]}}
    job = {"job": "plan", "intent": intent, "at": at, "files": {"case-1.zone": str(lab / "case-1.zone"), "vcse.pem": str(lab / "vcse.pem")}}
    [result] = run([job])
    plan = json.loads(result["ok"])
    assert plan["verdict_today"] == "fail" and plan["domains"][0]["why_today"]
    assert any(step["op"] == "replace" and step["type"] == "SRV" for step in plan["steps"])
    [files] = run([{**job, "as": "files"}])
    assert [file["name"] for file in files["ok"]] == plan["files"]


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


@needs_both
@pytest.mark.parametrize("number", ["1e999", "-1e309", "9e308", "1e308", "1.5", "0.0e99999", "1" + "0" * 400 + ".0e-390", "0." + "0" * 400 + "1e500", "0." + "1" * 400])
def test_numbers_with_a_fraction_are_refused_in_the_same_words(number, tmp_path):
    text = f'{{"format":"fedval-evidence/1","domain":"example.com","facts":[],"gathered_at":{number}}}'
    (tmp_path / "evidence.json").write_text(text)
    done = subprocess.run([COMMAND, "evaluate", tmp_path / "evidence.json"], capture_output=True, text=True, timeout=60)
    [result] = run([{"job": "evaluate", "evidence": text}])
    assert done.returncode == 3 or done.stderr, done
    assert result["error"].split("syntax: ")[-1].split(":")[-1].strip() in done.stderr, (result, done.stderr)


def test_a_zone_with_places_is_read(tmp_path):
    """Nothing else that a zone holds has a number with a fraction."""
    zone = tmp_path / "places.zone"
    zone.write_text("$ORIGIN example.com.\n@ 60 IN SOA ns h 1 1 1 1 1\n@ 60 IN LOC 51 30 12.748 N 0 7 39.612 W 0.00m 1.5m 10m 2.25m\n"
                    "_sipfederationtls._tcp 60 IN SRV 0 0 5061 sip\nsip 60 IN A 192.0.2.1\n")
    [result] = run([{"job": "gather", "domain": "example.com", "zone": str(zone), "at": "2030-01-01T00:00:00Z", "chains": []}])
    assert "sip.example.com" in result["ok"], result


def test_the_first_use_of_the_readme_runs(tmp_path):
    readme = (SOURCE / "bindings/js/README.md").read_text()
    code = readme.split("```js\n")[1].split("```")[0]
    lab = SOURCE / "examples" / "lab"
    for name, source in {"chain.pem": "vcse.pem", "lab-ca.pem": "lab-ca.pem", "edge.log": "logs/edge.log"}.items():
        (tmp_path / name).write_bytes((lab / source).read_bytes())
    (tmp_path / "evidence.json").write_text('{"format":"fedval-evidence/1","domain":"example.com","gathered_at":"2030-01-01T00:00:00Z","facts":[]}')
    (tmp_path / "intent.json").write_text(json.dumps({
        "format": "fedval-intent/1", "domains": [{"name": "example.com", "host": "sip"}],
        "clusters": [{"version": "14.3", "peers": [{"name": "expe1.example.com", "addresses": ["93.184.216.34"]}], "keep_names": []}]}))
    shutil.copytree(PACKAGE, tmp_path / "node_modules" / "fedval")
    (tmp_path / "first.mjs").write_text(code)
    done = subprocess.run([NODE, "first.mjs"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    promised = re.findall(r"^console\.log\(.*\); +// (.+)$", code, re.M)[:-1]  # the last says what it is, not what it prints
    assert done.stdout.splitlines()[:len(promised)] == promised and len(promised) >= 4
    assert "srv-target-outside-domain" in done.stdout and code.count("\n") <= 12


@pytest.mark.skipif(not TSC.exists(), reason="TypeScript is not installed")
def test_the_types_hold_by_tsc_strict(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "node_modules" / "fedval")
    shutil.copy(SOURCE / "tests" / "web" / "types.ts", tmp_path / "types.ts")
    for resolution, module in (("bundler", "esnext"), ("nodenext", "nodenext")):
        done = subprocess.run([NODE, TSC, "--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2022", "--lib", "es2022,dom,dom.asynciterable",
                               "--module", module, "--moduleResolution", resolution, "types.ts"], cwd=tmp_path, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("document, places", [
    ("diagnosis", {"Diagnosis": "", "Incident": "incidents", "ReadSource": "sources"}), ("pair", {"Pair": "", "PairReason": "because"}),
    ("timeline", {"Timeline": "", "Milestone": "milestones"}), ("diff", {"Diff": "", "Change": "changes"}), ("explanation", {"Explanation": "", "Topic": "topics"})])
def test_the_types_have_the_members_that_a_schema_requires(document, places):
    schema = json.loads((SOURCE / "docs" / "schema" / f"{document}-1.json").read_text())
    types = (SOURCE / "bindings" / "js" / "index.d.ts").read_text()
    for name, place in places.items():
        part = schema["properties"][place]["items"] if place else schema
        while "$ref" in part:
            part = schema["$defs"][part["$ref"].split("/")[-1]]
        declared = set(re.findall(r"(\w+)\??: ", re.search(rf"^export interface {name} {{\n(.*?)^}}$", types, re.M | re.S).group(1)))
        assert set(part["required"]) - declared <= {"version", "grouped", "limit", "accepted", "source", "hops", "ladder", "document"}, name


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
