"""What breaks when."""
import datetime
import pickle

import pytest

import fedval

AT = datetime.datetime(2017, 3, 2, tzinfo=datetime.timezone.utc)


@pytest.fixture(scope="module")
def lab_judge(lab):
    return fedval.Judge(fedval.Policy(allow_private=True), anchors=fedval.Anchors(private=[lab / "lab-ca.pem"]))


@pytest.fixture(scope="module")
def seen(lab, lab_judge):
    """Evidence with a certificate."""
    chain = fedval.CertificateChain.read(lab / "vcse.pem")
    return fedval.check("acano.steven.lab", judge=lab_judge, resolver=fedval.Zone.read(lab / "case-2.zone"), at=AT,
                        prober=lambda question, timeout: fedval.Fact.handshake(chain)).evidence


def test_events_come_in_their_order(seen, lab_judge):
    timeline = fedval.timeline(seen, lab_judge)
    times = [milestone.at for milestone in timeline.milestones]
    assert times == sorted(times) and len(times) >= 2 and times[0] > AT
    assert any(finding.code == "cert-expired" for milestone in timeline.milestones for finding in milestone.findings)
    assert "acano.steven.lab" in timeline.text
    later = fedval.timeline(seen, lab_judge, start=times[0])
    assert len(later.milestones) < len(times)


def test_a_calendar_has_each_event(seen, lab_judge):
    timelines = [fedval.timeline(seen, lab_judge)]
    text = fedval.icalendar(timelines)
    assert text.count(b"BEGIN:VEVENT") == len(timelines[0].milestones) > 0 and text.endswith(b"END:VCALENDAR\r\n")
    assert fedval.icalendar([]).startswith(b"BEGIN:VCALENDAR\r\n")
    with pytest.raises(fedval.StateError):
        fedval.icalendar(pickle.loads(pickle.dumps(timelines)))


def test_a_time_to_begin_at_is_wanted():
    with pytest.raises(fedval.ArgumentError):
        fedval.timeline(fedval.Evidence("example.com"))
