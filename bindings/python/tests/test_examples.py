"""The examples, as programs: DNS and TLS are those of servers in this process, on loopback."""
import pathlib
import re
import socket
import ssl
import subprocess
import sys
import threading

import pytest

import fedval

BLOCK = re.compile(r"```python\n(.*?)```", re.S)
EXAMPLES = pathlib.Path(__file__).resolve().parent.parent / "examples"
DOMAIN = "acano.steven.lab"


def run(name, *arguments):
    return subprocess.run([sys.executable, EXAMPLES / name, *map(str, arguments)], capture_output=True, text=True,
                          check=False, timeout=120)


@pytest.fixture
def dns_server():
    """A resolver on a free port: expe.DOMAIN at 127.0.0.1, with the port that a test sets."""
    message, rrset = pytest.importorskip("dns.message"), pytest.importorskip("dns.rrset")
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    server.settimeout(0.1)
    zone, is_over = {}, threading.Event()

    def serve():
        while not is_over.is_set():
            try:
                data, peer = server.recvfrom(4096)
            except socket.timeout:
                continue
            query = message.from_wire(data)
            response = message.make_response(query)
            question = query.question[0]
            found = zone.get((question.name.to_text(omit_final_dot=True).lower(), question.rdtype))
            if found is not None:
                response.answer.append(rrset.from_text(question.name, 300, "IN", question.rdtype, found))
            elif not any(name == question.name.to_text(omit_final_dot=True).lower() for name, _ in zone):
                response.set_rcode(3)
            server.sendto(response.to_wire(), peer)

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"127.0.0.1:{server.getsockname()[1]}", zone
    is_over.set()
    thread.join()
    server.close()


@pytest.fixture
def tls_server(source):
    """A server on a free port that presents a certificate of the tests' own CA."""
    pki = source / "tests" / "pki"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(pki / "out" / "valid.pem", pki / "keys" / "leaf-rsa2048.key")
    except (OSError, ssl.SSLError) as error:
        pytest.skip(str(error))
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.1)
    is_over = threading.Event()

    def serve():
        while not is_over.is_set():
            try:
                connection, _ = server.accept()
                connection.settimeout(5)
                with context.wrap_socket(connection, server_side=True) as tls:
                    tls.recv(1)
            except OSError:
                continue

    thread = threading.Thread(target=serve)
    thread.start()
    yield server.getsockname()[1]
    is_over.set()
    thread.join()
    server.close()


def test_own_session(dns_server, tls_server):
    address, zone = dns_server
    zone[(f"_sipfederationtls._tcp.{DOMAIN}", 33)] = f"0 0 {tls_server} expe.{DOMAIN}."
    zone[(f"expe.{DOMAIN}", 1)] = "127.0.0.1"
    done = run("own_session.py", DOMAIN, address)
    assert done.returncode in (1, 2), done.stderr
    assert "dnspython 127.0.0.1" in done.stdout and f"expe.{DOMAIN}:{tls_server}" in done.stdout
    assert "TLSv1" in done.stdout
    absent = run("own_session.py", "absent.example", address)
    assert absent.returncode == 1 and "srv-missing" in absent.stdout


def test_provision_says_what_could_not_be_checked():
    done = run("provision.py", "no domain")
    assert done.returncode == 2 and "not checked" in done.stdout
    assert run("provision.py").returncode == 2


def test_the_resolver_of_the_readme(capsys):
    """But for the first block, which looks live."""
    blocks = BLOCK.findall((EXAMPLES.parent / "README.md").read_text())
    assert "import fedval" in blocks[0]
    names = {"fedval": fedval}
    exec("from __future__ import annotations\n" + "\n".join(blocks[1:]), names)
    assert callable(names["resolve"])


@pytest.fixture
def offline_files(lab, tmp_path):
    """A zone that is right, the certificate for it, its root."""
    zone = tmp_path / "new.zone"
    zone.write_text("$ORIGIN steven.lab.\n$TTL 60\n@ IN SOA ns hostmaster 1 2 3 4 5\nvcse IN A 198.41.0.4\n"
                    "_sipfederationtls._tcp IN SRV 0 0 5061 vcse\n")
    return zone, lab / "vcse.pem", lab / "lab-ca.pem"


def test_the_offline_example_of_the_readme(offline_files):
    text = next(text for text in BLOCK.findall((EXAMPLES.parent / "README.md").read_text()) if "judge_offline" in text)
    names = {}
    exec("from __future__ import annotations\n" + text, names)
    zone, certificate, root = offline_files
    report = names["judge_offline"]("steven.lab", zone, certificate, root)
    assert names["reasons"](report) == []
    assert (report.verdict, report.endpoints[0].addresses[0].probe) == ("pass", "not-probed")
    assert "port-5061" in report.not_checked
    wrong = names["reasons"](names["judge_offline"]("steven.lab", zone, certificate.with_name("expe.pem"), root))
    assert wrong[0].startswith("cert-name-mismatch: ")
    report = fedval.check("steven.lab", judge=fedval.Judge(), resolver=fedval.Zone.read(zone), prober=None).report
    unseen = names["reasons"](report)
    assert "R4 is not-checked" in unseen and "not checked: certificate" in unseen
    outside = names["judge_offline"]("unknown.example", zone, certificate, root)
    assert outside.verdict == "indeterminate" and "not checked: srv" in names["reasons"](outside)
    assert (outside.srv.lookup, outside.not_checked_hints["srv"], outside.dns_source) == ("not-checked", "ask-dns", None)


def test_the_plans_and_logs_of_the_readme(lab):
    blocks = BLOCK.findall((EXAMPLES.parent / "README.md").read_text())
    names = {"fedval": fedval}
    exec("from __future__ import annotations\n" + next(text for text in blocks if "def refusal" in text), names)
    exec(next(text for text in blocks if "allow_private" in text), names)
    assert names["lab"].document().allow_private and names["lab"].document().time.year == 2030
    judge = fedval.Judge(names["lab"], anchors=fedval.Anchors(private=[lab / "lab-ca.pem"]))

    def plan_of(ready):
        peer = {"name": "vcse.steven.lab", "addresses": ["10.0.0.4"], "server": {"ready": ready}}
        return fedval.plan({"format": "fedval-intent/1", "domains": [{"name": "steven.lab", "host": "vcse"}],
                            "clusters": [{"name": "vcse.steven.lab", "version": "15.5", "peers": [peer]}],
                            "partners": [{"name": "skype.lab", "kind": "on-premises"}], "ca": "private"},
                           folder=lab, judge=judge, now="2030-01-31")

    assert names["refusal"](plan_of("vcse.pem")) == []
    assert names["refusal"](plan_of("expe.pem"))[0] == "vcse.steven.lab: what lies ready will not do"
    assert isinstance(names["faults"](str(sorted((lab / "logs").iterdir())[0])), list)
    with pytest.raises(ValueError, match="no log"):
        names["faults"](str(lab / "vcse.pem"))


def test_the_offline_program_of_the_guide(source, offline_files, tmp_path):
    page = source / "docs" / "guide" / "from-your-own-program.md"
    (tmp_path / "offline.py").write_text(BLOCK.findall(page.read_text())[1])
    program = [sys.executable, tmp_path / "offline.py", "steven.lab", *offline_files]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_program_of_the_guide(source, tmp_path):
    page = source / "docs" / "guide" / "from-your-own-program.md"
    (tmp_path / "program.py").write_text(BLOCK.findall(page.read_text())[0])
    evidence = (source / "examples" / "ffi" / "evidence.json").read_bytes()
    log = sorted((source / "examples" / "lab" / "logs").iterdir())[0]
    done = subprocess.run([sys.executable, tmp_path / "program.py", log], input=evidence, capture_output=True, check=False)
    assert done.returncode == 1 and b"srv-target-outside-domain: " in done.stdout, done.stderr
    assert str(log).encode() in done.stdout
