"""Clusters: a certificate for each address, given by --chain HOST@ADDRESS=FILE or ADDRESS=FILE."""
import itertools

import pytest

import command

PKI = command.TOP / "tests" / "pki" / "out"
HOST = "expe.example.com"
ZONE = """$ORIGIN example.com.
$TTL 3600
@ IN SOA ns hostmaster 1 7200 900 1209600 3600
@ IN NS ns
ns IN A 20.30.40.53
expe IN A 20.30.40.50
expe IN A 20.30.40.51
expe IN AAAA 2a00:1:2::3
_sipfederationtls._tcp IN SRV 0 0 5061 expe
"""


def run(tmp_path, *chains, expect=None, form="json", more=()):
    (tmp_path / "zone").write_text(ZONE)
    options = [word for place, name in chains for word in ("--chain", f"{place}={PKI / name}.pem")]
    return command.run("check", "example.com", "--zone", str(tmp_path / "zone"), "--offline", "--at", "2030-01-01",
                       "--public-trust", str(PKI / "certs" / "root.pem"), "--format", form, *options, *more,
                       expect=expect)


def mismatches(done):
    report, = command.documents(done)
    return [found["where"]["address"] for found in report["findings"] if found["code"] == "cert-name-mismatch"]


PLACES = [(f"{HOST}@20.30.40.50", "valid"), ("20.30.40.51", "name-other"), (HOST, "valid")]


@pytest.mark.parametrize("order", list(itertools.permutations(PLACES)),
                         ids=lambda order: " ".join(place for place, _ in order))
def test_each_address_is_judged_with_its_own_certificate_whatever_the_order(tmp_path, order):
    assert mismatches(run(tmp_path, *order, expect=1)) == ["20.30.40.51"]


@pytest.mark.parametrize("place", ["2a00:1:2::3", "[2a00:1:2::3]:5061", "2A00:1:2:0::3", f"{HOST}@2a00:1:2::3",
                                   f"{HOST}@[2a00:1:2::3]:5061", f"{HOST}.@[2a00:1:2::3]"])
def test_an_ipv6_address_is_a_place_too(tmp_path, place):
    assert mismatches(run(tmp_path, (HOST, "valid"), (place, "name-other"), expect=1)) == ["2a00:1:2::3"]


@pytest.mark.parametrize("one, two", [(HOST, "EXPE.example.com."), (f"{HOST}:5061", f"{HOST}:5061"),
                                      ("20.30.40.50", "20.30.40.50"), ("2a00:1:2::3", "[2a00:1:2:0::3]"),
                                      (f"{HOST}@20.30.40.50:5061", f"{HOST}@20.30.40.50:5061")])
def test_two_chains_for_one_place_are_64_and_the_form_is_shown(tmp_path, one, two):
    done = run(tmp_path, (one, "valid"), (two, "name-other"), expect=64, form="text")
    assert not done.stdout and "HOST@ADDRESS=FILE" in done.stderr and "two chains for one place" in done.stderr


@pytest.mark.parametrize("place", [f"{HOST}@20.30.40.52", "20.30.40.52"])
def test_a_chain_for_an_address_that_no_target_has_is_65(tmp_path, place):
    done = run(tmp_path, (HOST, "valid"), (place, "valid"), expect=65, form="text")
    assert f"{place}: no endpoint uses this --chain: {HOST} has the address 2" in done.stderr


ADDRESSES = ["20.30.40.50", "20.30.40.51", "2a00:1:2::3"]


@pytest.mark.parametrize("place", ["{}", f"{HOST}@{{}}", f"{HOST}@[{{}}]:5061"])
def test_a_host_whose_every_address_has_its_own_chain_is_given_twice_for_one_place(tmp_path, place):
    chains = [(place.format(address) if ":" in address else place.replace("[{}]", "{}").format(address), "valid")
              for address in ADDRESSES]
    run(tmp_path, *chains, expect=0)
    done = run(tmp_path, *chains, (HOST, "name-other"), expect=65, form="text")
    last = chains[-1][0].replace("[", "").replace("]:5061", "")
    assert f"{HOST}: two chains for one place" in done.stderr
    assert f"--chain {HOST}=FILE" in done.stderr and f"--chain {last}=FILE" in done.stderr
    # Where an address is left over, the host's chain is for that.
    assert not run(tmp_path, *chains[1:], (HOST, "valid"), expect=0).stderr


def test_an_address_is_given_twice_with_its_host_and_without(tmp_path):
    chains = [(HOST, "valid"), (f"{HOST}@20.30.40.50", "valid"), ("20.30.40.50", "name-other")]
    done = run(tmp_path, *chains, expect=65, form="text")
    assert "20.30.40.50: two chains for one place" in done.stderr and f"--chain {HOST}@20.30.40.50=FILE" in done.stderr


@pytest.mark.parametrize("other", [HOST, f"{HOST}@20.30.40.50", "20.30.40.50"])
def test_a_chain_for_a_port_that_no_record_has_is_told_so_beside_another(tmp_path, other):
    done = run(tmp_path, (f"{HOST}:5062", "valid"), (other, "valid"), expect=65, form="text")
    assert f"{HOST}: no endpoint uses this --chain: the SRV record says port 5061" in done.stderr
    assert "another --chain" not in done.stderr and "two chains" not in done.stderr


def test_the_chain_for_the_other_addresses_is_no_planned_certificate(tmp_path):
    report, = command.documents(run(tmp_path, (HOST, "valid"), ("20.30.40.51", "valid-two-domains"), expect=0))
    assert "cert-names-lost" not in [found["code"] for found in report["findings"]]


def test_what_was_saved_is_judged_alike(tmp_path):
    saved = tmp_path / "saved.json"
    run(tmp_path, *PLACES, expect=1, more=["--save-evidence", str(saved)])
    done = command.run("evaluate", str(saved), "--at", "2030-01-01", "--public-trust", str(PKI / "certs" / "root.pem"),
                       "--format", "json", expect=1)
    assert mismatches(done) == ["20.30.40.51"]


# ---- R8 ----

OTHER = """$ORIGIN other.example.
$TTL 3600
@ IN SOA ns hostmaster 1 7200 900 1209600 3600
@ IN NS ns
ns IN A 20.30.40.53
vcse IN A 20.30.40.50
_sipfederationtls._tcp IN SRV 0 0 5061 vcse
"""


def check_both(tmp_path, *names, chains, form="json", expect=None):
    """Checks domains that the peer at 20.30.40.50 serves."""
    (tmp_path / "zone").write_text(ZONE)
    (tmp_path / "other").write_text(OTHER)
    saved = tmp_path / "saved.json"
    options = [word for place, name in chains for word in ("--chain", f"{place}={PKI / name}.pem")]
    done = command.run("check", *names, "--zone", str(tmp_path / "zone"), "--zone", str(tmp_path / "other"), "--offline",
                       "--at", "2030-01-01", "--public-trust", str(PKI / "certs" / "root.pem"), "--format", form,
                       "--save-evidence", str(saved), *options, expect=expect)
    return done, saved


def r8(report):
    return report["requirements"]["R8"], [(found["where"].get("address"), found["expected"])
                                          for found in report["findings"] if found["code"] == "cluster-name-missing"]


BOTH = [(HOST, "valid"), ("vcse.other.example", "valid-two-domains")]


def test_domains_of_one_run_at_one_address_are_judged_together(tmp_path):
    done, saved = check_both(tmp_path, "example.com", "other.example", chains=BOTH, expect=2)
    first, second = command.documents(done)
    assert r8(first) == ("indeterminate", [("20.30.40.50", "vcse.other.example")])
    assert r8(second) == ("pass", []) and second["verdict"] == "pass"
    again = command.run("evaluate", str(saved), "--public-trust", str(PKI / "certs" / "root.pem"), "--format", "json",
                        expect=2)
    assert [r8(report) for report in command.documents(again)] == [r8(first), r8(second)]


def test_a_domain_alone_is_asked_for_its_own_names(tmp_path):
    done, _ = check_both(tmp_path, "example.com", chains=[(HOST, "valid")], expect=0)
    report, = command.documents(done)
    assert r8(report) == ("pass", [])  # three addresses, one certificate


def test_the_same_names_are_asked_of_a_peer_whichever_domain_the_report_is_on(tmp_path):
    chains = [(HOST, "name-parent"), ("vcse.other.example", "name-parent")]
    done, _ = check_both(tmp_path, "example.com", "other.example", chains=chains, expect=1)
    lists = [sorted(action["data"] for action in report["actions"] if action["kind"] == "san")
             for report in command.documents(done)]
    assert lists == [["example.com", HOST, "vcse.other.example"]] * 2


DOMAINS = ["a.example", "b.example", "c.example"]


@pytest.mark.parametrize("order", list(itertools.permutations(DOMAINS)), ids=" ".join)
def test_the_report_of_each_domain_lists_the_names_in_the_order_of_the_domains(tmp_path, order):
    options = []
    for domain in DOMAINS:
        (tmp_path / domain).write_text(f"$ORIGIN {domain}.\n$TTL 60\n@ SOA ns x 1 2 3 4 5\nexpe A 20.30.40.50\n"
                                       "_sipfederationtls._tcp SRV 0 0 5061 expe\n")
        options += ["--zone", str(tmp_path / domain)]
    done = command.run("check", *order, *options, "--offline", "--chain", f"20.30.40.50={PKI / 'valid.pem'}",
                       "--public-trust", str(PKI / "certs" / "root.pem"), "--at", "2030-01-01", "--format", "json", expect=1)
    lists = [[action["data"] for action in report["actions"] if action["kind"] == "san" and action["op"] == "add"]
             for report in command.documents(done)]
    assert lists == [[f"expe.{domain}" for domain in order]] * 3


def test_reports_and_refusals_stand_in_the_order_of_the_domains(tmp_path):
    done, _ = check_both(tmp_path, "example.com", "a b", "other.example", chains=BOTH, expect=64)
    assert [document["format"] for document in command.documents(done)] == [
        "fedval-report/1", "fedval-error/1", "fedval-report/1"]


def test_every_action_says_which_certificate_it_changes(tmp_path):
    done = run(tmp_path, *PLACES, expect=1, form="text")
    assert "(the server's at 20.30.40.51, CN=vcse.other.example)" in " ".join(done.stdout.split())
    report, = command.documents(run(tmp_path, *PLACES, expect=1))
    assert {(action["role"], action["address"]) for action in report["actions"]} == {("server", "20.30.40.51")}


def test_a_cluster_can_be_required(tmp_path):
    done = run(tmp_path, (HOST, "valid"), expect=0, more=["--require", "R8"])
    assert command.documents(done)[0]["requirements"]["R8"] == "pass"
    (tmp_path / "one").write_text(OTHER)
    done = command.run("check", "other.example", "--zone", str(tmp_path / "one"), "--offline", "--at", "2030-01-01",
                       "--public-trust", str(PKI / "certs" / "root.pem"), "--require", "R8", "--format", "json",
                       "--chain", f"vcse.other.example={PKI / 'valid-two-domains'}.pem", expect=2)
    assert command.documents(done)[0]["requirements"]["R8"] == "not-checked"


def test_an_address_that_no_chain_is_given_for_is_named_and_nothing_passes(tmp_path):
    chains = [(f"{HOST}@{address}", "valid") for address in ADDRESSES[:2]]
    text = " ".join(run(tmp_path, *chains, expect=2, form="text").stdout.split())
    assert f"NOT CHECKED the certificate of {HOST}@{ADDRESSES[2]} (--chain HOST@ADDRESS=FILE" in text
    assert "root (--trust)" not in text
    report, = command.documents(run(tmp_path, *chains, expect=2))
    assert report["verdict"] == "indeterminate" and "certificate" in report["not_checked"]
    assert [report["requirements"][f"R{number}"] for number in (4, 5, 7)] == ["not-checked"] * 3
    run(tmp_path, *chains, expect=3, form="nagios")
    assert "not checked, although a pass needs it" in run(tmp_path, *chains, expect=2, form="junit").stdout
    run(tmp_path, *chains, (f"{HOST}@{ADDRESSES[2]}", "valid"), expect=0)
