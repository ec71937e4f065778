"""Both sides of one federation."""
import datetime
import json
import pickle

import pytest

import fedval

AT = datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc)
CISCO = fedval.Judge(fedval.Policy("microsoft-edge", side="cisco"))
MICROSOFT = fedval.Judge(fedval.Policy("expressway", side="microsoft"))


def report_on(judge, domain, target):
    owner = f"_sipfederationtls._tcp.{domain}"
    return judge.evaluate(fedval.Evidence(domain, [
        (fedval.Question.dns(owner, "SRV"), fedval.Fact.answer([fedval.Record.srv(owner, target)])),
        (fedval.Question.dns(target, "A"), fedval.Fact.answer([fedval.Record.address(target, "198.41.0.4")]))], AT))


def test_a_target_below_a_subdomain_breaks_every_way():
    cisco = report_on(CISCO, "example.com", "expe.sub.example.com")
    microsoft = report_on(MICROSOFT, "skype.example", "sip.skype.example")
    pair = fedval.pair(cisco, microsoft)
    assert pair.directions.to_microsoft == fedval.Outlook.BROKEN
    assert pair.because[0].finding == "srv-target-below-subdomain" and pair.because[0].side == "cisco"
    assert json.loads(pair.json)["format"] == "fedval-pair/1" and "example.com" in pair.text
    assert pair.cisco.verdict == cisco.verdict


def test_who_hosts_the_other_side_chooses_the_profile():
    assert fedval.pair_profile("microsoft") == fedval.Profile.EXPRESSWAY
    assert fedval.pair_profile("cisco") == fedval.Profile.MICROSOFT_EDGE
    own = report_on(MICROSOFT, "skype.example", "sip.skype.example")
    hosted = report_on(MICROSOFT, "skype.example", "sipfed.online.lync.com")
    assert fedval.pair_profile("cisco", own) == fedval.Profile.MICROSOFT_EDGE
    assert fedval.pair_profile("cisco", hosted) == fedval.Profile.OFFICE365


def test_reports_of_the_wrong_side_are_refused():
    cisco = report_on(CISCO, "example.com", "expe.example.com")
    with pytest.raises(fedval.ArgumentError):
        fedval.pair(cisco, cisco)
    with pytest.raises(fedval.StateError):
        fedval.pair(pickle.loads(pickle.dumps(cisco)), cisco)
