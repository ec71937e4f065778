"""The five cases of the worked example: verdict, findings, and the codes that each side sees."""
import pytest

import lab

FAULTS = {1: ("R2", "srv-target-outside-domain"), 2: ("R4", "cert-name-mismatch"),
          3: ("R2", "srv-target-below-subdomain"), 4: ("R4", "cert-name-mismatch")}


@pytest.mark.parametrize("case", FAULTS)
def test_faulty_case_breaks_one_requirement_by_one_error(case):
    requirement, code = FAULTS[case]
    report = lab.report(case)
    assert report["verdict"] == "fail"
    assert lab.codes(report) == {code}
    broken = {name for name, verdict in report["requirements"].items() if verdict == "fail"}
    assert broken == {requirement}


@pytest.mark.parametrize("case", FAULTS)
def test_faulty_case_passes_after_its_actions(case):
    report = lab.report(case)
    assert report["actions"]
    assert report["after_actions"] == "pass"


@pytest.mark.parametrize("case", [1, 3])
def test_broken_r2_is_what_edge_and_client_report(case):
    _, code = FAULTS[case]
    seen = lab.symptoms(lab.report(case), code)
    assert set(seen["edge", "to-microsoft"]) == {"0xc3e93d6f"}
    assert seen["edge", "to-microsoft"]["0xc3e93d6f"]["name"] == \
        "SIPPROXY_E_EPROUTING_MSG_ALLOWED_DOMAIN_NO_SRV_MATCH"
    assert set(seen["client", "from-microsoft"]) == {"1009"}
    assert set(seen["expressway", "to-microsoft"]) == {"504"}


@pytest.mark.parametrize("case", [2, 4])
def test_broken_r4_is_what_edge_and_client_report(case):
    _, code = FAULTS[case]
    seen = lab.symptoms(lab.report(case), code)
    assert set(seen["edge", "to-microsoft"]) == {"0xc3e93d67"}
    assert seen["edge", "to-microsoft"]["0xc3e93d67"]["name"] == "SIPPROXY_E_ROUTING_MSG_CERT_MISMATCH"
    assert set(seen["client", "from-microsoft"]) == {"1010", "0x80090322"}
    assert set(seen["expressway", "to-microsoft"]) == {"504"}


def test_sound_case_passes_without_errors_and_warnings():
    report = lab.report(5)
    assert report["verdict"] == "pass"
    assert lab.codes(report) == lab.codes(report, "warning") == lab.codes(report, "indeterminate") == set()
    assert report["endpoints"][0]["addresses"][0]["trust"] == "public"


@pytest.mark.parametrize("case, status", [(1, 1), (2, 1), (3, 1), (4, 1), (5, 0)])
def test_exit_status_follows_the_verdict(case, status):
    lab.run(case, expect=status)


def test_first_case_proposes_record_address_and_name_together():
    actions = lab.report(1)["actions"]
    found = {(action["op"], action["kind"], action["type"], action["data"]) for action in actions}
    assert ("replace", "dns", "SRV", "0 0 5061 vcse.acano.steven.lab.") in found
    assert ("add", "dns", "A", "10.48.36.47") in found
    assert any(op == "add" and kind == "san" and "vcse.acano.steven.lab" in data for op, kind, _, data in found)


def test_private_root_does_not_do_for_office_365():
    report = lab.report(1, "--profile", "office365")
    assert "chain-private-root" in lab.codes(report)
    assert report["requirements"]["R5"] == "fail"
