"""fedval check, live, against real servers on loopback: a sound domain passes, each fault is named."""
import contextlib
import functools
import json
import os
import pathlib
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

import pytest

INTEGRATION = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(INTEGRATION), str(INTEGRATION / "dns")]
import dns_servers  # noqa: E402
import servers  # noqa: E402

FEDVAL = pathlib.Path(os.environ["FEDVAL_BUILD"]) / "examples" / "fedval" / "fedval"
ROOT = servers.PKI / "out" / "certs" / "root.pem"
AT = "2030-01-01T00:00:00Z"
SERVICE = "_sipfederationtls._tcp"
pytestmark = pytest.mark.skipif(dns_servers.NSD is None, reason="nsd is not installed")
with_gnutls = pytest.mark.skipif(not shutil.which("gnutls-serv"), reason="gnutls-serv is not installed")
with_kamailio = pytest.mark.skipif(servers.KAMAILIO is None, reason="kamailio is not installed")


def check(domain, *options, expect=None, allow_private=True, root=ROOT):
    """The report of one domain; `expect` is the exit status."""
    private = ["--allow-private"] if allow_private else []
    public = ["--public-trust", root] if root else []
    done = subprocess.run([str(word) for word in (FEDVAL, "check", domain, *public, "--at", AT, "--side", "cisco",
                                                  "--format", "json", *private, *options)],
                          capture_output=True, text=True, timeout=120)
    assert expect is None or done.returncode == expect, (done.returncode, done.stdout, done.stderr)
    return json.loads(done.stdout)


def codes(report, *severities):
    return {finding["code"] for finding in report["findings"] if finding["severity"] in (severities or ("error",))}


def zone(address, port=5061, host="expe", more=""):
    """example.com as it should be, at this address."""
    return f"{SERVICE} IN SRV 0 0 {port} {host}\n{host} IN A {address}\n{more}"


@contextlib.contextmanager
def edge(records, address, *options, **kamailio_options):
    """nsd with these records of example.com, and kamailio."""
    with servers.kamailio(address=address, **kamailio_options), dns_servers.nsd({"example.com": records}) as resolver:
        yield resolver


# ---- a SIP edge ----

@with_kamailio
@pytest.mark.parametrize("mutual", [True, False])
def test_a_sound_domain_passes(mutual):
    address = servers.loopback_address()
    with edge(zone(address), address, mutual=mutual) as resolver:
        report = check("example.com", "--resolver", resolver, expect=0)
    assert report["verdict"] == "pass"
    assert codes(report, "error", "indeterminate", "warning") == set()
    endpoint = report["endpoints"][0]
    assert (endpoint["target"], endpoint["port"]) == ("expe.example.com", 5061)
    assert ("tls-client-certificate-required" in codes(report, "note")) == mutual


@with_kamailio
@pytest.mark.parametrize("chain, code", [("expired", "cert-expired"), ("name-other", "cert-name-mismatch"),
                                         ("self-signed", "chain-self-signed"), ("incomplete", "chain-incomplete")])
def test_the_fault_of_an_edges_certificate_is_named(chain, code):
    address = servers.loopback_address()
    with edge(zone(address), address, chain=chain, mutual=False) as resolver:
        report = check("example.com", "--resolver", resolver, expect=2 if chain in OPEN_QUESTIONS else 1)
    assert code in codes(report, "indeterminate" if chain in OPEN_QUESTIONS else "error")


# ---- DNS ----

DNS_FAULTS = {
    "missing": ("", "srv-missing"),
    "notoffered": (f"{SERVICE}.notoffered IN SRV 0 0 0 .", "srv-not-offered"),
    "outside": (f"{SERVICE}.outside IN SRV 0 0 5061 expe", "srv-target-outside-domain"),
    "deeper": (f"{SERVICE}.deeper IN SRV 0 0 5061 expe.sub.deeper\nexpe.sub.deeper IN A 198.41.0.4", "srv-target-below-subdomain"),
    "nowhere": (f"{SERVICE}.nowhere IN SRV 0 0 5061 expe.nowhere", "address-missing"),
    "inside": (f"{SERVICE}.inside IN SRV 0 0 5061 expe.inside\nexpe.inside IN A 10.1.2.3", "address-not-public"),
    "literal": (f"{SERVICE}.literal IN SRV 0 0 5061 192.0.2.1.", "srv-target-is-address"),
    "provider": (f"{SERVICE}.provider IN SRV 0 0 5061 sipfed.online.lync.com.", "srv-points-to-provider"),
}


@pytest.fixture(scope="module")
def faulty_dns():
    records = "".join(lines + "\n" for lines, _ in DNS_FAULTS.values())
    with dns_servers.nsd({"example.com": "expe IN A 198.41.0.4\n" + records, "broken.test": None}) as resolver:
        yield resolver


@pytest.mark.parametrize("name", DNS_FAULTS)
def test_each_fault_of_dns_is_named(faulty_dns, name):
    """The resolver is said to be public: what one inside has for an address may be half of split DNS."""
    report = check(f"{name}.example.com", "--public-resolver", faulty_dns, "--only", "dns", expect=1, allow_private=False)
    assert DNS_FAULTS[name][1] in codes(report)


def test_what_may_be_in_order_is_a_warning():
    """An alias in the place of the address, and standbys that lie elsewhere: more than UDP holds."""
    standbys = "".join(f"{SERVICE} IN SRV 10 0 5061 standby-{number}.elsewhere.test.\n" for number in range(60))
    records = zone("198.41.0.4", host="real", more=f"{SERVICE} IN SRV 0 0 5061 alias\nalias IN CNAME real\n" + standbys)
    with dns_servers.nsd({"example.com": records}) as resolver:
        report = check("example.com", "--resolver", resolver, "--only", "dns", allow_private=False)
    assert {"srv-target-alias", "srv-standby-faulty"} <= codes(report, "warning")
    assert not codes(report)


@pytest.mark.parametrize("domain", ["broken.test", "not-served-here.test"])
def test_a_dns_server_that_fails_leaves_the_verdict_open(faulty_dns, domain):
    report = check(domain, "--resolver", faulty_dns, expect=2)
    assert codes(report, "indeterminate") == {"srv-lookup-failed"}


def test_a_dns_server_that_is_silent_leaves_the_verdict_open():
    with dns_servers.FakeServer(lambda query: None) as server:
        report = check("example.com", "--resolver", server.address, "--timeout", "1", expect=2)
    assert codes(report, "indeterminate") == {"srv-lookup-failed"}
    assert report["verdict"] == "indeterminate"


def test_failed_validation_is_named():
    def behave(query):
        if not query.flags & dns_servers.CD:
            return query.reply(rcode=2)
        signature = dns_servers.record(query.name, 46, bytes(18) + dns_servers.name("example.com") + bytes(64))
        return query.reply(dns_servers.srv(query.name, "expe.example.com"), signature)
    with dns_servers.FakeServer(behave) as server:
        report = check("example.com", "--resolver", server.address, expect=1)
    assert "srv-dnssec-bogus" in codes(report)


def test_a_record_under_a_wrong_name_is_found():
    with dns_servers.nsd({"example.com": f"{SERVICE}.example.com IN SRV 0 0 5061 expe\n"}) as resolver:
        report = check("example.com", "--resolver", resolver, "--only", "dns", expect=1)
    missing = [finding for finding in report["findings"] if finding["code"] == "srv-missing"]
    assert f"{SERVICE}.example.com.example.com" in missing[0]["message"]


# ---- split DNS ----

@contextlib.contextmanager
def views(*records):
    """A resolver for each view of example.com."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(dns_servers.nsd({"example.com": each})) for each in records]


INSIDE, OUTSIDE = zone("10.1.2.3"), zone("198.41.0.4")
RESOLVERS = ("--resolver", "--resolver"), ("--resolver", "--public-resolver"), ("--public-resolver", "--resolver")


def check_views(options, resolvers, expect):
    asked = [word for pair in zip(options, resolvers) for word in pair]
    return check("example.com", *asked, "--only", "dns", expect=expect, allow_private=False)


def told_data(report):
    """What the report advises to publish."""
    return " ".join(action["data"] or "" for action in report["actions"] if action["op"] != "remove")


def test_a_view_with_a_private_address_among_public_ones_is_the_inner_one():
    """One host of two is inside; the other resolver has public addresses alone."""
    mixed = f"{SERVICE} IN SRV 0 0 5061 expe2\nexpe2 IN A {{}}\n"
    with views(zone("10.1.2.3", more=mixed.format("198.41.0.9")), zone("198.41.0.4", more=mixed.format("198.41.0.9"))) as resolvers:
        for options in RESOLVERS[:2]:
            report = check_views(options, resolvers, 0)
            assert "split-dns" in codes(report, "note") and not report["actions"]
        turned = check_views(RESOLVERS[0], resolvers[::-1], 0)
    assert "split-dns" in codes(turned, "note")


@pytest.mark.parametrize("options", RESOLVERS[:2])
def test_the_public_view_judges_where_the_inner_one_has_a_private_address(options):
    with views(INSIDE, OUTSIDE) as resolvers:
        report = check_views(options, resolvers, 0)
        alone = check_views(options[:1], resolvers[:1], 2)
        public = check_views(["--public-resolver"], resolvers[:1], 1)
    assert "split-dns" in codes(report, "note") and "views-differ" not in codes(report, "indeterminate", "warning")
    assert "10.1.2.3" not in told_data(report)
    assert "address-not-public" in codes(alone, "indeterminate") and "address-not-public" in codes(public)


def test_the_public_view_judges_where_it_has_the_fault():
    """Inside all is as it should be; what partners see is a target outside the domain, or nothing."""
    wrong = f"{SERVICE} IN SRV 0 0 5061 expe.other.test.\n"
    for outside, code in ((wrong, "srv-target-outside-domain"), ("", "srv-missing")):
        with views(OUTSIDE, outside) as resolvers:
            judged = check_views(RESOLVERS[1], resolvers, 1)
            turned = check_views(RESOLVERS[2], resolvers, 0)  # what is said to be public counts, whichever it is
        assert code in codes(judged) and "split-dns" in codes(judged, "note")
        assert not codes(turned) and "split-dns" in codes(turned, "note")


@pytest.mark.parametrize("other, is_split", [("10.1.2.3", True), ("198.41.0.5", False), ("198.41.0.4", None)])
def test_two_views_are_split_dns_only_where_one_is_private(other, is_split):
    with views(zone(other), OUTSIDE) as resolvers:
        report = check_views(RESOLVERS[0], resolvers, 2 if is_split is False else 0)
    assert ("split-dns" in codes(report, "note")) == (is_split is True)
    assert ("views-differ" in codes(report, "indeterminate", "warning")) == (is_split is False)


def test_views_that_differ_never_advise_to_publish_private_records():
    both = zone("10.1.2.3", more="expe IN A 198.41.0.9\n")
    for first, second in ((both, OUTSIDE), (OUTSIDE, both), (INSIDE, zone("10.9.9.9")), (INSIDE, "")):
        with views(first, second) as resolvers:
            for options in RESOLVERS:
                asked = [word for pair in zip(options, resolvers) for word in pair]
                report = check("example.com", *asked, "--only", "dns", allow_private=False)
                assert not re.search(r"\b10\.\d", told_data(report)), (options, report["actions"])
                assert report["verdict"] != "pass" or "split-dns" in codes(report, "note")


# ---- what other peers get ----

def tls_edge(address, *options):
    return servers.openssl_server("valid", *options, address=address, port=5061)


def probes(path):
    """What was asked of servers, by look."""
    facts = json.loads(path.read_text())["facts"]
    return {fact["question"].get("look", "any"): fact for fact in facts if "probe" in fact["question"]}


def test_a_server_that_shuts_windows_out_is_named(tmp_path):
    address, saved = servers.loopback_address(), tmp_path / "evidence.json"
    with tls_edge(address, "-tls1_3"), dns_servers.nsd({"example.com": zone(address)}) as resolver:
        report = check("example.com", "--resolver", resolver, "--save-evidence", saved, expect=1)
    if probes(saved)["any"]["outcome"] == "handshake":
        assert "tls-windows-refused" in codes(report)
        assert probes(saved)["windows"]["outcome"] == "no-common-version"


def test_a_server_that_refuses_tls_1_3_at_once_is_judged_with_tls_1_2(tmp_path):
    """What stands in front of it resets each connection whose first message names TLS 1.3."""
    def behave(peer):
        hello = peer.recv(65536)
        if re.search(rb"\x00\x2b\x00.{1,8}\x03\x04", hello, re.DOTALL):
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        with socket.create_connection((address, 5061)) as server:
            server.sendall(hello)
            while ready := select.select([peer, server], [], [], 10)[0]:
                for one in ready:
                    data = one.recv(65536)
                    if not data:
                        return
                    (server if one is peer else peer).sendall(data)
    address, saved = servers.loopback_address(), tmp_path / "evidence.json"
    with tls_edge(address), servers.scripted(behave) as port:
        records = f"{SERVICE} IN SRV 0 0 {port} expe\nexpe IN A 127.0.0.1\n"
        with dns_servers.nsd({"example.com": records}) as resolver:
            report = check("example.com", "--resolver", resolver, "--save-evidence", saved, expect=0)
    if probes(saved)["any"]["outcome"] != "handshake":  # mbedTLS 2.28 offers no TLS 1.3
        assert probes(saved)["any"]["outcome"] == "reset"
        assert probes(saved)["windows"]["outcome"] == "handshake"
        assert "tls-fuller-offer-refused" in codes(report, "warning")


@pytest.mark.parametrize("options, windows", [
    (("-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384"), "Windows Server 2012 R2"),
    (("-cipher", "ECDHE-RSA-AES256-GCM-SHA384"), "Windows Server 2012 R2"),
    (("-tls1_2", "-cipher", "ECDHE", "-groups", "X25519"), "Windows Server 2012 R2"),
    (("-tls1_2", "-cipher", "DHE-RSA-AES256-SHA:@SECLEVEL=0"), "Windows Server 2019 or 2022"),
    (("-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-SHA384"), None),
    (("-tls1_2", "-cipher", "DHE-RSA-AES256-SHA:DHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0"), None),
])
def test_a_server_that_shuts_one_windows_out_is_a_warning(options, windows):
    address = servers.loopback_address()
    with tls_edge(address, *options), dns_servers.nsd({"example.com": zone(address)}) as resolver:
        for library in PROBERS:
            report = check("example.com", "--resolver", resolver, "--tls", library, expect=0)
            told = [one["message"] for one in report["findings"] if one["code"] == "tls-windows-version-refused"]
            assert len(told) == (windows is not None), library
            assert all(windows in message for message in told)
            assert report["verdict"] == "pass"


@pytest.mark.parametrize("number", [1, 2, 4])
def test_connections_are_no_more_than_wanted(number, tmp_path):
    address, saved = servers.loopback_address(), tmp_path / "evidence.json"
    with tls_edge(address), dns_servers.nsd({"example.com": zone(address)}) as resolver:
        check("example.com", "--resolver", resolver, "--save-evidence", saved, "--connections", number, expect=0)
    assert 1 <= len(probes(saved)) <= number
    assert (len(probes(saved)) == 1) == (number == 1)


@pytest.mark.parametrize("staples", [False, True])
def test_must_staple_is_seen_where_the_library_asks_for_it(staples, tmp_path):
    """mbedTLS asks for no OCSP response, so nothing follows from there being none."""
    address, response = servers.loopback_address(), tmp_path / "response.der"
    response.write_bytes(b"\x30\x03\x0a\x01\x01")
    stapling = ("-status_file", response) if staples else ()
    with servers.openssl_server("must-staple", "-tls1_2", *stapling, address=address, port=5061), \
            dns_servers.nsd({"example.com": zone(address)}) as resolver:
        for library in PROBERS:
            report = check("example.com", "--resolver", resolver, "--tls", library, expect=0)
            seen = "ocsp-stapled" if staples else "must-staple-missing"
            found = codes(report, "note", "warning") & {"ocsp-stapled", "must-staple", "must-staple-missing"}
            assert found == {seen if library == "openssl" else "must-staple"}


@with_kamailio
def test_options_prove_sip():
    address = servers.loopback_address()
    with edge(zone(address), address, mutual=False) as resolver:
        asked = check("example.com", "--resolver", resolver, "--options", expect=0)
        unasked = check("example.com", "--resolver", resolver, expect=0)
    assert "sip-spoken" in codes(asked, "note") and "sip-spoken" not in codes(unasked, "note")
    assert "sip" not in asked["not_checked"] and "sip" in unasked["not_checked"]


# ---- many domains ----

def test_domains_come_from_a_list(tmp_path):
    listed = tmp_path / "domains"
    listed.write_text("# ours\n\n  example.com  \r\nexample.com # ours too")
    with dns_servers.nsd({"example.com": f"{SERVICE} IN SRV 0 0 5061 expe\nexpe IN A 198.41.0.4\n"}) as resolver:
        command = [FEDVAL, "check", "--domains", listed, "--resolver", resolver, "--only", "dns", "--format", "json"]
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=120)
    assert [json.loads(line)["domain"] for line in done.stdout.splitlines()] == ["example.com"] * 2
    assert done.returncode == 0


def test_each_question_of_many_domains_has_a_port_of_its_own(tmp_path):
    """RFC 5452 4.5: who wants to forge an answer has to guess the port of each question. The system gives ports by chance, so
    a few come twice once the question before is over: of n from a range of m so many are expected twice as have birthdays
    on one day. Questions that are under way together never share one."""
    listed = tmp_path / "domains"
    names = [f"d{i}.example" for i in range(300)]
    listed.write_text("\n".join(names))
    under_way, shared = {}, []

    def behave(query):
        now = time.monotonic()
        port, last = query.peer[1], under_way.get(query.peer[1])
        if last is not None and last[0] != query.id and now < last[1]:
            shared.append(port)
        under_way[port] = (query.id, now + 0.02)
        return 0.02, query.reply(rcode=3)
    with dns_servers.FakeServer(behave) as server:
        command = [FEDVAL, "check", "--domains", listed, "--resolver", server.address, "--only", "dns", "--format", "json"]
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=300)
    assert len(done.stdout.splitlines()) == len(names)
    asked = {(query.peer[1], query.id) for query in server.queries}
    ports = {query.peer[1] for query in server.queries}
    low, high = map(int, pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    expected_twice = len(asked) ** 2 / (2 * (high - low + 1))
    assert len(asked) >= len(names) and not shared
    assert len(ports) >= len(asked) - 3 * expected_twice - 10, (len(ports), len(asked))


PROBERS = os.environ.get("FEDVAL_PROBERS", "openssl mbedtls").split()
NOT_REACHED = {"local-lack", "connect-timeout", "connect-unreachable", "connect-refused", "tls-stalled", "tls-handshake-failed",
               "srv-lookup-failed", "address-lookup-failed"}


@pytest.mark.parametrize("descriptors", [24, 1024])
@pytest.mark.parametrize("tls", PROBERS)
def test_sound_servers_are_reached_however_few_descriptors_there_are(tls, descriptors, tmp_path):
    with servers.many_tls_servers(80) as ports:
        records = "".join(f"{SERVICE}.d{port} IN SRV 0 0 {port} expe.d{port}\nexpe.d{port} IN A 127.0.0.1\n" for port in ports)
        listed = tmp_path / "domains"
        listed.write_text("".join(f"d{port}.example.com\n" for port in ports))
        with dns_servers.nsd({"example.com": records}) as resolver:
            command = ["prlimit", f"--nofile={descriptors}", FEDVAL, "check", "--domains", listed, "--resolver", resolver,
                       "--allow-private", "--tls", tls, "--side", "cisco", "--format", "json", "--timeout", "100"]
            done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=200)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(reports) == 80, done.stderr
    for report in reports:
        assert not codes(report, "error", "indeterminate", "warning") & NOT_REACHED
        assert "cert-name-mismatch" in codes(report)  # the certificate was seen


def test_servers_that_flood_hold_nobody_else(tmp_path):
    """Each of them sends without end, in its own way, to all that connect; the sound one beside them is judged."""
    def floods(flood):
        def behave(peer):
            peer.recv(4096)
            while True:
                peer.sendall(flood * 4000)
        return behave
    kinds = [bytes.fromhex(record) for record in ("160303000400000000", "15030300020170", "1603030000", "14030300010100", "1703030001")]
    address = servers.loopback_address()
    with contextlib.ExitStack() as stack:
        ports = [stack.enter_context(servers.scripted(floods(kind))) for kind in kinds]
        stack.enter_context(servers.openssl_server("valid", address=address, port=5061))
        records = "".join(f"{SERVICE}.d{port} IN SRV 0 0 {port} expe.d{port}\nexpe.d{port} IN A 127.0.0.1\n" for port in ports)
        resolver = stack.enter_context(dns_servers.nsd({"example.com": zone(address, more=records)}))
        for tls in PROBERS:
            command = [FEDVAL, "check", "example.com", *(f"d{port}.example.com" for port in ports), "--resolver", resolver, "--tls", tls,
                       "--allow-private", "--public-trust", ROOT, "--at", AT, "--side", "cisco", "--format", "json"]
            done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=120)
            reports = [json.loads(line) for line in done.stdout.splitlines()]
            assert [report["verdict"] for report in reports] == ["pass"] + ["fail"] * len(kinds), (tls, done.stderr)
            assert all("tls-handshake-failed" in codes(report) for report in reports[1:])


def test_a_report_comes_as_soon_as_its_domain_was_gathered():
    """The second domain is answered only after the first report was read: else it could not be answered at all."""
    was_read = threading.Event()

    def behave(query):
        return query.reply(rcode=3) if "fast" in query.name or was_read.is_set() else None
    with dns_servers.FakeServer(behave) as server:
        command = [FEDVAL, "check", "fast.example", "slow.example", "--resolver", server.address, "--only", "dns", "--timeout", "60"]
        running = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        first = running.stdout.readline()
        was_read.set()
        rest, _ = running.communicate(timeout=120)
    assert first.startswith("fast.example  FAIL") and "slow.example  FAIL  R1" in rest and "2 reports" in rest
    assert rest.count("fast.example  FAIL") == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGQUIT])
def test_what_was_finished_is_written_when_it_is_interrupted(number, tmp_path):
    """One domain is answered at once, one never: then the signal comes."""
    asked = threading.Event()

    def behave(query):
        if "slow" in query.name:
            asked.set()
            return None
        return query.reply(rcode=3)
    saved = tmp_path / "evidence.json"
    with dns_servers.FakeServer(behave) as server:
        command = [FEDVAL, "check", "slow.example", "fast.example", "--resolver", server.address, "--only", "dns",
                   "--format", "json", "--save-evidence", saved]
        running = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   preexec_fn=functools.partial(signal.signal, number, signal.SIG_DFL))
        assert asked.wait(60)
        while sum("fast" in query.name for query in server.queries) < 4:
            time.sleep(0.05)
        time.sleep(1)
        running.send_signal(number)
        out, err = running.communicate(timeout=60)
    assert running.returncode == -number
    assert [path.name for path in tmp_path.iterdir()] == [saved.name]
    assert [json.loads(line)["domain"] for line in out.splitlines()] == ["fast.example"]
    assert [json.loads(line)["domain"] for line in saved.read_text().splitlines()] == ["fast.example"]
    assert b"1 of 2 domains" in err


ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


@pytest.mark.parametrize("number", ENDINGS)
def test_an_old_file_stays_where_nothing_was_gathered(number, tmp_path):
    saved, asked = tmp_path / "evidence.json", threading.Event()

    def behave(query):
        asked.set()
    saved.write_text("old\n")
    with dns_servers.FakeServer(behave) as server:
        command = [FEDVAL, "check", "example.com", "--resolver", server.address, "--timeout", "60", "--save-evidence", saved]
        process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   preexec_fn=functools.partial(signal.signal, number, signal.SIG_DFL))
        assert asked.wait(60)
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == -number and b"0 of 1 domains" in errors
    assert saved.read_text() == "old\n" and list(tmp_path.iterdir()) == [saved]


def count_in_memory(pid, what):
    """How often a text stands in the memory of a process; None if it cannot be read."""
    count = 0
    for line in pathlib.Path(f"/proc/{pid}/maps").read_text().splitlines():
        first, last, rights = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+)", line).groups()
        if "w" not in rights:
            continue
        try:
            with open(f"/proc/{pid}/mem", "rb") as memory:
                memory.seek(int(first, 16))
                count += memory.read(int(last, 16) - int(first, 16)).count(what)
        except PermissionError:
            return None
    return count


@pytest.mark.skipif(os.environ.get("FEDVAL_SANITIZE", "none") != "none", reason="a sanitizer maps more memory than can be read")
@pytest.mark.parametrize("library", PROBERS)
@pytest.mark.parametrize("in_one_file, before", [(False, 0), (True, 0), (True, 70_000), (True, 300_000)])
def test_the_text_of_a_client_key_is_wiped(library, in_one_file, before, tmp_path):
    """While the handshake goes on, the library has the key, and nobody has the file that it came from, be it so long that it
    was moved while it was read."""
    certificate, key = servers.chain_file("valid"), servers.key_file("rsa2048")
    if in_one_file:
        both = tmp_path / "both.pem"
        comment = "# a line before them\n" * (before // 21)
        both.write_text(key.read_text() + comment + certificate.read_text())
        certificate = key = both
    line = servers.key_file("rsa2048").read_bytes().splitlines()[3]
    connected, zone_file = threading.Event(), tmp_path / "example.com.zone"

    def behave(peer):
        connected.set()
        servers.silence(peer)
    with servers.scripted(behave) as port:
        zone_file.write_text(f"$ORIGIN example.com.\n$TTL 60\n@ IN SOA ns host 1 1 1 1 1\n{SERVICE} SRV 0 0 {port} expe\n"
                             "expe A 127.0.0.1\n")
        command = [FEDVAL, "check", "example.com", "--zone", zone_file, "--allow-private", "--client-cert", certificate,
                   "--client-key", key, "--tls", library, "--timeout", "60"]
        process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert connected.wait(60)
        found = count_in_memory(process.pid, line)
        process.terminate()
        process.wait(60)
    if found is None:
        pytest.skip("the memory of a process cannot be read here")
    assert found == 0


OUTSIDE = f"{SERVICE} IN SRV 0 0 5061 expe\nexpe IN A 198.41.0.4\n"
INSIDE = f"{SERVICE} IN SRV 0 0 5061 inner\ninner IN A 10.0.0.1\n"


@contextlib.contextmanager
def two_views(outside=OUTSIDE, inside=INSIDE):
    with dns_servers.nsd({"example.com": outside}) as one, dns_servers.nsd({"example.com": inside}) as other:
        yield one, other


def test_a_zone_beside_a_resolver_that_gives_alias_after_alias_asks_no_more(tmp_path):
    """The zone file makes a port that follows aliases, and each of its questions may follow as many again."""
    path = tmp_path / "example.net.zone"
    path.write_text("$ORIGIN example.net.\n$TTL 60\n@ IN SOA ns host 1 1 1 1 1\n")

    def behave(query):
        if query.name.startswith(SERVICE):
            return query.reply(dns_servers.srv(query.name, "c0.example.com"))
        number = int(query.name.split(".")[0][1:])
        return query.reply(dns_servers.record(query.name, dns_servers.CNAME, dns_servers.name(f"c{number + 1}.example.com")))
    with dns_servers.FakeServer(behave) as server:
        report = check("example.com", "--zone", path, "--resolver", server.address, "--only", "dns", expect=1)
    assert codes(report) == {"address-missing"}
    assert len(server.queries) <= 1 + 2 * 17


def test_two_resolvers_that_differ_are_noticed():
    with two_views(inside=f"{SERVICE} IN SRV 0 0 5061 other\nother IN A 198.41.0.5\n") as (first, second):
        report = check("example.com", "--resolver", first, "--resolver", second, "--only", "dns", allow_private=False)
    assert "views-differ" in codes(report, "indeterminate") and "split-dns" not in codes(report, "note")


@pytest.mark.parametrize("is_inside_first", [True, False])
def test_split_dns_is_named_and_the_public_view_judged(is_inside_first):
    with two_views() as (outside, inside):
        order = (inside, outside) if is_inside_first else (outside, inside)
        report = check("example.com", *(word for one in order for word in ("--resolver", one)), "--only", "dns",
                       expect=0, allow_private=False)
    assert report["endpoints"][0]["target"] == "expe.example.com" and report["dns_source"] == f"resolver {outside}"
    assert "split-dns" in codes(report, "note") and "views-differ" not in codes(report, "indeterminate")


def test_the_public_resolver_judges_whatever_it_says(tmp_path):
    """The record stands inside alone, with a public address, so nothing but the option tells the views apart."""
    saved = tmp_path / "saved.json"
    with two_views(outside="", inside=OUTSIDE) as (outside, inside):
        report = check("example.com", "--resolver", inside, "--public-resolver", outside, "--only", "dns", "--save-evidence",
                       saved, expect=1, allow_private=False)
    assert codes(report) == {"srv-missing"} and "split-dns" in codes(report, "note")
    assert json.loads(saved.read_text())["views"] == ["public"]
    again = subprocess.run([FEDVAL, "evaluate", saved, "--only", "dns", "--at", AT, "--side", "cisco", "--format", "json"],
                           capture_output=True, text=True, timeout=60)
    assert json.loads(again.stdout)["findings"] == report["findings"]


# ---- the zone's own servers ----

TWO_SERVERS = "@ IN NS ns2\nns2 IN A 127.0.0.2\n"
SOUND = f"{SERVICE} IN SRV 0 0 5061 expe\nexpe IN A 198.41.0.4\n"


@contextlib.contextmanager
def zone_servers(first, second):
    """Two servers of example.com, at one port of 127.0.0.1, which is the resolver too, and 127.0.0.2; second None: nobody
    listens there. Yields the resolver and the port."""
    with contextlib.ExitStack() as stack:
        resolver = stack.enter_context(dns_servers.nsd({"example.com": first + TWO_SERVERS, "sub.test": ""}))
        port = int(resolver.rsplit(":", 1)[1])
        if second is not None:
            stack.enter_context(dns_servers.nsd(second, address="127.0.0.2", port=port))
        yield resolver, port


def ask_all(servers_of_zone, *options, domain="example.com"):
    resolver, port = servers_of_zone
    return check(domain, "--resolver", resolver, "--authoritative", "--authority-port", port, "--only", "dns", *options)


def of_server(report):
    return {(finding["code"], finding["message"].split(" says ")[0].split(" is listed")[0])
            for finding in report["findings"] if finding["code"].startswith("dns-")}


def test_servers_of_a_zone_that_agree_are_no_finding(tmp_path):
    saved = tmp_path / "evidence.json"
    with zone_servers(SOUND, {"example.com": SOUND + TWO_SERVERS}) as both_servers:
        report = ask_all(both_servers, "--save-evidence", saved)
    assert report["verdict"] == "pass" and of_server(report) == set()
    facts = [fact for fact in json.loads(saved.read_text())["facts"] if "address" in fact["question"]]
    assert {(fact["question"]["server"], fact["question"]["address"], fact["question"]["type"], fact["outcome"])
            for fact in facts} == {
        (server, address, kind, outcome) for server, address in (("ns.example.com", "127.0.0.1"), ("ns2.example.com", "127.0.0.2"))
        for kind, outcome in (("SRV", "answer"), ("A", "answer"), ("AAAA", "nodata"))}
    assert {fact["authority"] for fact in facts} == {"zone"}


def test_the_server_that_differs_is_named():
    stale = SOUND.replace("5061 expe", "5061 old").replace("198.41.0.4", "198.41.0.5")
    with zone_servers(SOUND, {"example.com": stale + TWO_SERVERS}) as both_servers:
        report = ask_all(both_servers)
    port = both_servers[1]
    assert of_server(report) == {("dns-servers-differ", f"name server ns2.example.com (127.0.0.2:{port})")}
    messages = " ".join(finding["message"] for finding in report["findings"] if finding["code"] == "dns-servers-differ")
    assert "0 0 5061 old.example.com" in messages and "198.41.0.5" in messages
    assert report["verdict"] == "pass"


@pytest.mark.parametrize("second, why", [(None, "unreachable"), ({"elsewhere.test": ""}, "refused")])
def test_a_server_that_does_not_answer_for_its_zone_is_named_once(second, why):
    with zone_servers(SOUND, second) as both_servers:
        report = ask_all(both_servers)
    assert of_server(report) == {("dns-server-faulty", f"name server ns2.example.com (127.0.0.2:{both_servers[1]})")}
    assert [why in finding["observed"] for finding in report["findings"] if finding["code"] == "dns-server-faulty"] == [True]


def test_a_resolver_that_differs_from_all_servers_of_the_zone_is_named():
    def behave(query):
        """A cache with an older record; the servers of the zone it knows."""
        answers = {
            ("example.com", dns_servers.NS): dns_servers.record("example.com", dns_servers.NS, dns_servers.name("ns.example.com")),
            ("ns.example.com", dns_servers.A): dns_servers.a("ns.example.com", "127.0.0.1"),
            (f"{SERVICE}.example.com", dns_servers.SRV): dns_servers.srv(query.name, "old.example.com"),
            ("old.example.com", dns_servers.A): dns_servers.a("old.example.com", "198.41.0.4"),
        }
        found = answers.get((query.name, query.type))
        return query.reply(found) if found else query.reply(authority=[dns_servers.soa("example.com")])
    with dns_servers.nsd({"example.com": SOUND}) as own, dns_servers.FakeServer(behave) as cache:
        report = ask_all((cache.address, own.rsplit(":", 1)[1]))
    first = next(finding for finding in report["findings"] if finding["code"] == "dns-cache-differs")
    assert f"resolver {cache.address}" in first["message"] and "0 0 5061 expe.example.com" in first["message"]


def test_the_zone_of_a_domain_may_begin_above_it():
    """The domain is a name inside the zone."""
    records = SOUND.replace(SERVICE, f"{SERVICE}.video").replace("expe", "expe.video")
    other = records.replace("198.41.0.4", "198.41.0.6")
    with zone_servers(records, {"example.com": other + TWO_SERVERS}) as both_servers:
        report = ask_all(both_servers, domain="video.example.com")
    assert {code for code, _ in of_server(report)} == {"dns-servers-differ"}


def test_private_servers_of_a_strangers_zone_are_left_alone(tmp_path):
    saved = tmp_path / "evidence.json"
    with dns_servers.nsd({"example.com": SOUND}) as resolver:
        report = check("example.com", "--resolver", resolver, "--authoritative", "--only", "dns", "--save-evidence", saved,
                       allow_private=False)
    assert ["name server ns.example.com (127.0.0.1) was not asked" in finding["message"] for finding in report["findings"]
            if finding["code"] == "dns-server-not-asked"] == [True]
    facts = json.loads(saved.read_text())["facts"]
    assert any(fact["question"]["type"] == "NS" for fact in facts)
    assert not [fact for fact in facts if "server" in fact["question"]]


def test_a_zone_file_comes_before_the_resolver(tmp_path):
    path = tmp_path / "example.com.zone"
    path.write_text(dns_servers.ZONE_HEAD.format(name="example.com") + f"{SERVICE} IN SRV 0 0 5061 expe.example.net.\n")
    with dns_servers.nsd({"example.net": "expe IN A 198.41.0.4\n"}) as resolver:
        report = check("example.com", "--zone", path, "--resolver", resolver, "--only", "dns", expect=1, allow_private=False)
        saved = tmp_path / "evidence.json"
        check("example.com", "--zone", path, "--resolver", resolver, "--only", "dns", "--save-evidence", saved)
    assert codes(report) == {"srv-target-outside-domain"}
    sources = {fact["question"]["type"]: fact["source"] for fact in json.loads(saved.read_text())["facts"]}
    assert sources["SRV"] == "zone example.com.zone"
    assert sources["A"] == f"resolver {resolver}"


# ---- transport ----

ALIAS_ZONE = dns_servers.ZONE_HEAD.format(name="example.com") + f"{SERVICE} IN SRV 0 0 5061 expe\nexpe IN CNAME {{}}\n"


def written(tmp_path, name, text):
    path = tmp_path / f"{name}.zone"
    path.write_text(text)
    return path


def addresses(report):
    return [address["address"] for address in report["endpoints"][0]["addresses"]]


def test_an_alias_that_leads_out_of_a_zone_file_is_followed_over_the_network(tmp_path):
    path = written(tmp_path, "example.com", ALIAS_ZONE.format("edge.elsewhere.test."))
    saved = tmp_path / "evidence.json"
    elsewhere = {"elsewhere.test": "edge IN CNAME deep\ndeep IN A 198.41.0.4\n"}
    with dns_servers.nsd(elsewhere) as resolver:
        report = check("example.com", "--zone", path, "--resolver", resolver, "--only", "dns", "--save-evidence", saved,
                       expect=0, allow_private=False)
    assert addresses(report) == ["198.41.0.4"]
    assert codes(report, "warning") == {"srv-target-alias"}
    facts = {(fact["question"]["name"], fact["question"]["type"]): fact for fact in json.loads(saved.read_text())["facts"]}
    fact = facts[("expe.example.com", "A")]
    assert [record["type"] for record in fact["records"]] == ["CNAME", "CNAME", "A"]
    assert fact["source"] == f"zone example.com.zone, resolver {resolver}"
    assert facts[("expe.example.com", "AAAA")]["outcome"] == "nodata"


def test_an_alias_that_leads_nowhere_is_told_from_one_that_nobody_could_follow(tmp_path):
    path = written(tmp_path, "example.com", ALIAS_ZONE.format("gone.elsewhere.test."))
    with dns_servers.nsd({"elsewhere.test": ""}) as resolver:
        found = check("example.com", "--zone", path, "--resolver", resolver, "--only", "dns", expect=1)
        assert codes(found) == {"address-missing"}
        unserved = written(tmp_path, "unserved", ALIAS_ZONE.format("gone.unserved.test."))
        found = check("example.com", "--zone", unserved, "--resolver", resolver, "--only", "dns", expect=2)
        assert codes(found, "indeterminate") == {"address-lookup-failed"}
    found = check("example.com", "--zone", path, "--offline", "--only", "dns", expect=2)
    assert codes(found, "indeterminate") == {"address-lookup-failed"}


@pytest.mark.parametrize("reverse", [False, True])
def test_an_alias_leads_from_one_zone_file_into_another_without_the_network(tmp_path, reverse):
    paths = [written(tmp_path, "example.com", ALIAS_ZONE.format("edge.elsewhere.test.")),
             written(tmp_path, "elsewhere", dns_servers.ZONE_HEAD.format(name="elsewhere.test") + "edge IN A 198.41.0.4\n")]
    options = [word for path in (reversed(paths) if reverse else paths) for word in ("--zone", path)]
    report = check("example.com", *options, "--offline", "--only", "dns", expect=0)
    assert addresses(report) == ["198.41.0.4"]


def transport(listener, seconds=50):
    """The report of a domain whose target is this port of 127.0.0.1."""
    with listener as port, dns_servers.nsd({"example.com": zone("127.0.0.1", port)}) as resolver:
        return check("example.com", "--resolver", resolver, "--timeout", seconds)


@contextlib.contextmanager
def closed_port():
    yield servers.free_port()


def speaks_http(connection):
    connection.recv(4096)
    connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")


def test_a_closed_port_is_named():
    assert "connect-refused" in codes(transport(closed_port()))


def test_a_black_hole_is_named():
    report = transport(servers.full_backlog(), seconds=5)
    assert "connect-timeout" in codes(report, "indeterminate")
    assert report["verdict"] == "indeterminate"


def test_what_does_not_speak_tls_is_named():
    assert "tls-not-spoken" in codes(transport(servers.scripted(speaks_http)))


def test_a_cut_handshake_is_named():
    assert "tls-handshake-failed" in codes(transport(servers.scripted(servers.reset)))


def test_a_dead_address_beside_one_that_answers_is_a_warning():
    """The address that answers keeps the target up; the other is reported beside it."""
    address = servers.loopback_address()
    with servers.openssl_server("valid", "-tls1_2", address=address) as port:
        records = zone(address, port, more="expe IN A 127.0.0.3\nexpe IN A 127.0.0.4\n")
        with dns_servers.nsd({"example.com": records}) as resolver:
            report = check("example.com", "--resolver", resolver, expect=0)
    assert "connect-refused" in codes(report, "warning")
    assert len(report["endpoints"][0]["addresses"]) == 3


# ---- certificates ----

CERTIFICATE_FAULTS = {
    "expired": "cert-expired",
    "not-yet-valid": "cert-not-yet-valid",
    "name-other": "cert-name-mismatch",
    "name-parent": "cert-name-mismatch",
    "name-cn-beside-san": "cert-name-only-in-cn",
    "name-wildcard": "cert-name-wildcard-only",
    "eku-client-only": "cert-eku-no-server-auth",
    "self-signed": "chain-self-signed",
    "incomplete": "chain-incomplete",
    "issuer-expired": "chain-issuer-expired",
    "issuer-not-a-ca": "chain-not-a-ca",
    "issuer-excludes": "chain-name-not-permitted",
    "issuer-no-cert-sign": "chain-not-a-ca",
    "issuer-client-only": "chain-eku-not-permitted",
    "issuer-critical-unknown": "chain-unknown-critical-extension",
    "issuer-requires-policy": "chain-policy-violated",
    "issuer-bad-signature": "chain-bad-signature",
    "issuer-rsa1024": "cert-key-weak",
    "issuer-sha1": "cert-signature-weak",
    "signature-bad": "chain-bad-signature",
    "signature-md5": "cert-signature-weak",
    "critical-unknown": "chain-unknown-critical-extension",
    "duplicate-extension": "cert-malformed",
    "below": "chain-path-too-long",
}


# What an Edge does with these is not documented.
OPEN_QUESTIONS = {"name-wildcard", "incomplete"}  # Windows fetches an issuer that the certificate has an address of

# No public CA may issue these any more; that an Edge on its own premises refuses them is not documented.
ADVICE = {"issuer-rsa1024", "issuer-sha1"}


def weak_server(chain):
    return servers.openssl_server(chain, "-tls1_2", "-cipher", "ALL:@SECLEVEL=0")


def fault_of(server, chain):
    with server as port:
        with dns_servers.nsd({"example.com": zone("127.0.0.1", port)}) as resolver:
            report = check("example.com", "--resolver", resolver, expect=2 if chain in OPEN_QUESTIONS else 0 if chain in ADVICE else 1)
    severity = "indeterminate" if chain in OPEN_QUESTIONS else "warning" if chain in ADVICE else "error"
    assert CERTIFICATE_FAULTS[chain] in codes(report, severity)


@pytest.mark.parametrize("chain", CERTIFICATE_FAULTS)
def test_each_fault_of_a_certificate_is_named(chain):
    fault_of(weak_server(chain), chain)


@with_gnutls
@pytest.mark.parametrize("chain", sorted(CERTIFICATE_FAULTS.keys() - {"duplicate-extension"}))  # which it does not load
def test_each_fault_of_a_certificate_is_named_whatever_the_server(chain):
    fault_of(servers.gnutls_server(chain), chain)


def test_an_old_tls_version_is_named():
    with servers.openssl_server("valid", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0") as port:
        with dns_servers.nsd({"example.com": zone("127.0.0.1", port)}) as resolver:
            report = check("example.com", "--resolver", resolver)
    assert codes(report, "warning", "indeterminate") & {"tls-version-too-old", "tls-no-common-version"}


def live(chain, *options, key="rsa2048", more=(), records=zone, **keywords):
    """The report of a domain whose target is openssl s_server with this chain."""
    with servers.openssl_server(chain, *options, key=key) as port:
        with dns_servers.nsd({"example.com": records("127.0.0.1", port)}) as resolver:
            return check("example.com", "--resolver", resolver, *more, **keywords)


def test_a_name_in_the_common_name_alone_is_a_warning():
    report = live("name-cn-only", "-tls1_2", expect=0)
    assert "cert-name-from-cn" in codes(report, "warning")


def test_a_root_that_nobody_gave_is_named():
    """Whether the partner has imported it cannot be seen from outside, unless private roots were given."""
    stranger = servers.PKI / "out" / "certs" / "root-other.pem"
    other = servers.SOURCE / "examples" / "lab" / "lab-ca.pem"
    public = ["--public-trust", stranger]
    report = live("with-root", "-tls1_2", root=None, more=public, expect=2)
    assert "chain-untrusted-root" in codes(report, "indeterminate")
    report = live("with-root", "-tls1_2", root=None, more=[*public, "--trust", other], expect=1)
    assert "chain-untrusted-root" in codes(report)
    report = live("with-root", "-tls1_2", root=None, more=[*public, "--trust", ROOT], expect=0)
    assert report["endpoints"][0]["addresses"][0]["trust"] == "private"


def test_office_365_wants_tls_1_2_and_a_public_root():
    report = live("valid", "-tls1", "-cipher", "ALL:@SECLEVEL=0", more=["--profile", "office365"])
    assert {"tls-version-too-old", "tls-no-common-version"} & codes(report, "error", "indeterminate")


@pytest.mark.parametrize("tls", ["openssl", "mbedtls"])
def test_each_prober_and_verifier_sees_the_same(tls):
    done = subprocess.run([str(FEDVAL), "check", "example.com", "--offline", "--chain", f"expe.example.com={ROOT}", "--tls",
                           tls], capture_output=True, text=True, timeout=120)
    if done.returncode == 64:
        pytest.skip("not built in")
    report = live("expired", "-tls1_2", more=["--tls", tls], expect=1)
    assert codes(report) == {"cert-expired"}
    assert report["endpoints"][0]["addresses"][0]["tls_version"] == "TLSv1.2"


def test_a_server_that_demands_a_certificate_is_sound_with_one_and_without():
    certificate, key = servers.chain_file("valid"), servers.key_file("rsa2048")
    demanding = ("-tls1_2", "-Verify", "2", "-CAfile", ROOT)
    without = live("valid", *demanding, expect=0)
    assert "tls-client-certificate-required" in codes(without, "note")
    with_one = live("valid", *demanding, more=["--client-cert", certificate, "--client-key", key], expect=0)
    assert with_one["endpoints"][0]["addresses"][0]["probe"] == "handshake"


# ---- the other side ----

def test_a_domain_that_microsoft_hosts_is_no_fault():
    address = "127.0.0.1"
    with servers.openssl_server("name-other", "-tls1_2") as port:
        zones = {"example.com": f"{SERVICE} IN SRV 0 0 {port} sipfed.online.lync.com.\n",
                 "online.lync.com": f"sipfed IN A {address}\n"}
        with dns_servers.nsd(zones) as resolver:
            words = [FEDVAL, "check", "example.com", "--resolver", resolver, "--public-trust", ROOT, "--at", AT,
                     "--allow-private", "--format", "json"]
            done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120)
    report = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert (report["side"], report["side_inferred"], report["profile"]) == ("microsoft", True, "expressway")
    assert codes(report, "error", "indeterminate") == set()
    assert "srv-hosting-provider" in codes(report, "warning")


# ---- several domains ----

def test_many_domains_are_checked_in_one_run():
    names = [f"d{number}" for number in range(60)]
    with servers.openssl_server("valid", "-tls1_2", "-naccept", "200") as port:
        records = "".join(f"{SERVICE}.{name} IN SRV 0 0 {port} expe.{name}\nexpe.{name} IN A 127.0.0.1\n" for name in names)
        with dns_servers.nsd({"example.com": records}) as resolver:
            words = [FEDVAL, "check", *[f"{name}.example.com" for name in names], "--resolver", resolver,
                     "--public-trust", ROOT, "--at", AT, "--allow-private", "--format", "json"]
            done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [report["domain"] for report in reports] == [f"{name}.example.com" for name in names]
    assert all(codes(report) == {"cert-name-mismatch"} for report in reports)


def test_no_domain_waits_for_another():
    """The resolver answers nobody before it was asked about all of them."""
    names = [f"d{number}.example.com" for number in range(40)]
    with dns_servers.patient_server({f"{SERVICE}.{name}" for name in names}) as server:
        words = [FEDVAL, "check", *names, "--resolver", server.address, "--public-trust", ROOT, "--format", "json"]
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [report["domain"] for report in reports] == names
    assert {report["srv"]["lookup"] for report in reports} == {"nodata"}


# ---- evidence ----

def test_saved_evidence_gives_the_same_report(tmp_path):
    saved = tmp_path / "evidence.json"
    with servers.openssl_server("expired", "-tls1_2") as port:
        with dns_servers.nsd({"example.com": zone("127.0.0.1", port)}) as resolver:
            live = check("example.com", "--resolver", resolver, "--save-evidence", saved, expect=1)
    done = subprocess.run([str(word) for word in (FEDVAL, "evaluate", saved, "--public-trust", ROOT, "--at", AT, "--side",
                                                  "cisco", "--allow-private", "--format", "json")],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert json.loads(done.stdout) == live
