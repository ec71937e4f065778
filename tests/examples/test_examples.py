"""The small example programs: each does what its first comment says."""
import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

TOP = pathlib.Path(os.environ["FEDVAL_SOURCE"])
PROGRAMS = pathlib.Path(os.environ["FEDVAL_BUILD"]) / "examples"
LAB = TOP / "examples" / "lab"
sys.path[:0] = [str(TOP / "tests" / "integration"), str(TOP / "tests" / "integration" / "dns")]
import dns_servers  # noqa: E402
import servers  # noqa: E402


def run(name, *words):
    program = PROGRAMS / name
    if not program.exists():
        pytest.skip(f"{name} is not built: a backend is missing")
    return subprocess.run([str(word) for word in (program, *words)], capture_output=True, text=True, timeout=120)


def test_each_example_is_short():
    for source in sorted((TOP / "examples").glob("*.c")):
        most = 350 if source.name == "walk-report.c" else 175  # that one calls every getter of a report
        assert len(source.read_text().splitlines()) < most, source.name


def test_the_readme_shows_the_first_program_as_it_is():
    shown = re.search(r"<!-- file: (\S+) -->\n```c\n(.*?)```", (TOP / "README.md").read_text(), re.S)
    source = (TOP / shown.group(1)).read_text()
    assert shown.group(2) == source[source.index("#include"):]


def test_the_first_program_takes_ten_calls():
    """Each of them may fail; what is freed at the end is not counted."""
    source = (TOP / "examples" / "check-domain.c").read_text()
    assert len(re.findall(r"status = fedval_\w+\(", source)) == 10
    assert len(source.splitlines()) < 75


def test_check_domain_says_what_is_wrong():
    assert run("check-domain").returncode == 64
    wrong = run("check-domain", "not a domain")
    assert wrong.returncode == 65 and wrong.stderr.startswith("syntax: ")


@pytest.mark.skipif(dns_servers.NSD is None, reason="nsd is not installed")
def test_check_domain_on_a_live_resolver():
    zone = "_sipfederationtls._tcp IN SRV 0 0 5061 expe\nexpe IN A 127.0.0.1\n"
    with dns_servers.nsd({"example.com": zone}) as resolver:
        found = run("check-domain", "example.com", resolver)
    assert found.returncode == 1 and found.stdout.startswith("example.com  INDETERMINATE"), found.stderr
    assert "address-not-public" in found.stdout and "srv-target" not in found.stdout


# The objects that a report is made of.
OBJECTS = ("report", "endpoint", "address", "presented", "path", "report_certificate", "step", "finding", "symptom", "action")


def test_walk_report_calls_every_getter_of_a_report():
    """Those that the headers have; a report and what hangs on it."""
    headers = "\n".join(path.read_text() for path in (TOP / "include" / "fedval").glob("*.h"))
    getters = {name for kind in OBJECTS for name in re.findall(rf"\b(fedval_{kind}_(?:get|count|is|has)_\w+)\(", headers)}
    called = set(re.findall(r"\b(fedval_\w+)\(", (TOP / "examples" / "walk-report.c").read_text()))
    assert len(getters) > 100
    assert not getters - called, sorted(getters - called)


def test_walk_report_prints_all_of_a_report():
    program = PROGRAMS / "walk-report"
    evidence = (TOP / "examples" / "ffi" / "evidence.json").read_text()
    done = subprocess.run([str(program)], input=evidence, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    for line in ("acano.steven.lab: fail, cisco, by microsoft-edge", "R2 fail", "endpoint vcse.steven.lab:5061, parent-or-sibling",
                 "step srv: broken, finding 0", "  error srv-target-outside-domain R2: ", "action on the cisco side: replace",
                 "  mends srv-target-outside-domain", "R2 fail, required", "  judged again: R2",
                 "  assumed: a public address of vcse.acano.steven.lab", "  caches hold the old answers 3600 s",
                 "not checked: port-5061; ", "not checked: media; nothing from outside would\n"):
        assert line in done.stdout, line


def test_own_resolver():
    sound = run("own-resolver", "example.com")
    assert sound.returncode == 0
    assert sound.stdout.startswith("example.com  INDETERMINATE  not seen: R4, R5, R7")  # there is no prober
    assert "DNS from a table" in sound.stdout
    missing = run("own-resolver", "nobody.example")
    assert "FAIL" in missing.stdout and "srv-missing" in missing.stdout
    assert run("own-resolver", "not a domain").returncode == 65


def test_a_zone_and_a_certificate_are_judged_before_they_are_used(tmp_path):
    zone = tmp_path / "example.com.zone"
    zone.write_text((LAB / "case-5.zone").read_text().replace("10.48.36.47", "198.41.0.4"))
    words = ["example.com", zone, "expe.example.com", LAB / "expe.pem", LAB / "public-root.pem"]
    sound = run("offline", *words)
    assert (sound.returncode, sound.stderr) == (0, "") and sound.stdout.startswith("example.com  PASS"), sound.stdout
    assert "not probed (certificate from file" in " ".join(sound.stdout.split())
    assert "R4" in run("offline", *words[:3], LAB / "vcse.pem", LAB / "lab-ca.pem").stdout.splitlines()[0]
    for place, wrong in ((1, LAB / "expe.pem"), (3, zone), (4, tmp_path / "none.pem")):
        done = run("offline", *words[:place], wrong, *words[place + 1:])
        assert done.returncode == 65 and "offline: " in done.stderr and done.stdout == ""


def test_pure_functions_on_names():
    assert run("pure-functions", "example.com", "Expe.Example.COM.").returncode == 0
    wrong = run("pure-functions", "acano.steven.lab", "vcse.steven.lab")
    assert (wrong.returncode, wrong.stdout) == (1, "acano.steven.lab -> vcse.steven.lab: parent-or-sibling\n")
    assert run("pure-functions", "a..b", "x.example.com").returncode == 65


def test_pure_functions_on_a_chain():
    found = run("pure-functions", "steven.lab", "vcse.steven.lab", LAB / "vcse.pem", LAB / "lab-ca.pem")
    assert "trust private, name san" in found.stdout
    found = run("pure-functions", "steven.lab", "other.steven.lab", LAB / "vcse.pem", LAB / "public-root.pem")
    assert "name none" in found.stdout and "chain-incomplete" in found.stdout


@pytest.mark.skipif(dns_servers.NSD is None, reason="nsd is not installed")
def test_own_event_loop_on_live_servers():
    with servers.openssl_server("valid", "-tls1_2") as port:
        zone = f"_sipfederationtls._tcp IN SRV 0 0 {port} expe\nexpe IN A 127.0.0.1\n"
        with dns_servers.nsd({"example.com": zone}) as resolver:
            found = run("own-event-loop", "example.com", resolver, "--allow-private")
            missing = run("own-event-loop", "nobody.example.com", resolver)
    assert found.returncode == 0, found.stderr
    assert f"expe.example.com:{port}" in found.stdout
    assert "SAN expe.example.com" in found.stdout
    assert "srv-missing" in missing.stdout


@pytest.mark.skipif(dns_servers.NSD is None, reason="nsd is not installed")
def test_many_domains_in_a_loop_of_its_own():
    names = [f"d{i}" for i in range(40)]
    with servers.openssl_server("valid", "-tls1_2") as port:
        zone = "".join(f"_sipfederationtls._tcp.{name} IN SRV 0 0 {port} expe.{name}\nexpe.{name} IN A 127.0.0.1\n"
                       for name in names)
        with dns_servers.nsd({"example.com": zone}) as resolver:
            program = PROGRAMS / "many-domains"
            if not program.exists():
                pytest.skip("a backend is missing")
            found = subprocess.run([str(program), resolver, "--allow-private"], capture_output=True, text=True,
                                   timeout=120, input="".join(f"{name}.example.com\n" for name in
                                                              [*names, "nobody", "not a domain"]))
    assert found.returncode == 0, found.stderr
    # No certificate holds the name of these targets, and one domain has no SRV record at all.
    assert sorted(found.stdout.splitlines()) == sorted(f"{name}.example.com fail" for name in [*names, "nobody"])
    assert "not a domain" in found.stderr


def test_log_only():
    def diagnose(name):
        program = PROGRAMS / "log-only"
        with open(TOP / "tests" / "vectors" / "logs" / name, "rb") as log:
            return subprocess.run([str(program)], stdin=log, capture_output=True, text=True, timeout=120)

    healthy = diagnose("healthy.log")
    assert healthy.returncode == 0
    assert healthy.stdout.startswith("line 7: link-works (inferred) domain meet.example.org")
    found = diagnose("pair.log")
    assert found.returncode == 1
    assert "line 1: cause-not-in-this-log (undetermined) domain meet.example.org" in found.stdout
    assert "explained by incident 2" in found.stdout
    assert "line 14: srv-target-outside-domain (stated)" in found.stdout


INTENT = {"format": "fedval-intent/1", "domains": [{"name": "example.com", "host": "expe"}],
          "clusters": [{"version": "14.3", "keep_names": [],
                        "peers": [{"name": "expe1.example.net", "addresses": ["93.184.216.34"]}]}]}


def provision(tmp_path, **members):
    (tmp_path / "intent.json").write_text(json.dumps({**INTENT, **members}))
    (tmp_path / "out").mkdir(exist_ok=True)
    return run("provision", tmp_path / "intent.json", tmp_path / "out")


def test_provision_writes_what_to_create(tmp_path):
    done = provision(tmp_path)
    assert done.returncode == 0, done.stderr
    written = {pathlib.Path(line).name for line in done.stdout.splitlines()}
    assert written == {"example.com.zone", "expe1.example.net.server.cnf", "expe1.example.net.server.csr-page.txt"}
    assert "IN SRV 0 0 5061 expe.example.com." in (tmp_path / "out" / "example.com.zone").read_text()


def test_provision_refuses_with_reasons(tmp_path):
    clusters = json.loads(json.dumps(INTENT["clusters"]))
    clusters[0]["peers"][0]["addresses"] = ["10.1.2.3"]
    done = provision(tmp_path, clusters=clusters)
    assert done.returncode == 1 and "10.1.2.3" in done.stderr and not list((tmp_path / "out").iterdir())
    clusters[0]["peers"][0].update(addresses=["93.184.216.34"],
                                   server={"ready": str(TOP / "tests" / "pki" / "out" / "name-other.pem")})
    done = provision(tmp_path, clusters=clusters)
    assert done.returncode == 1 and "expe1.example.net, what lies ready: " in done.stderr
    assert provision(tmp_path, domains=[]).returncode == 65
    assert run("provision").returncode == 64
    clusters = [{"version": "14.3", "peers": [{"name": "expe1.example.net", "server": {"certificate": "gone.pem"}}]}]
    done = provision(tmp_path, clusters=clusters)
    assert done.returncode == 65 and "cannot be read" in done.stderr


def test_provision_reads_files_of_any_size_whole_and_skips_nothing(tmp_path):
    (tmp_path / "comment.pem").write_text("# a comment\n" * 120_000 + (TOP / "tests/pki/out/name-other.pem").read_text())
    clusters = [{"version": "14.3", "keep_names": [], "peers": [
        {"name": "expe1.example.net", "addresses": ["93.184.216.34"], "server": {"ready": str(tmp_path / "comment.pem")}}]}]
    done = provision(tmp_path, clusters=clusters, questions=["x" * 1_500_000])
    assert done.returncode == 1 and "expe1.example.net, what lies ready: " in done.stderr, done.stderr
    (tmp_path / "zone").write_text("")
    for today in ({"zones": [str(tmp_path / "zone")]}, {"resolver": "192.0.2.53"}, {"live": True}):
        done = provision(tmp_path, today=today)
        assert done.returncode == 65 and "DNS is not asked here: name evidence" in done.stderr, done.stderr


def test_provision_is_under_120_lines():
    assert len((TOP / "examples" / "provision.c").read_text().splitlines()) < 120
