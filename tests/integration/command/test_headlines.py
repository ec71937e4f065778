"""fedval diagnose: the headline speaks of one cause only where there is one, and of calls only where there are some."""
import pytest

import command

ANSWER = ("05/14/2019|09:{0}:10.101 1A2C:2B40 INFO  :: Data Received -203.0.113.5:443 (To Local Address: 10.30.0.71:61234) "
          "901 bytes:\nSIP/2.0 504 Server time-out\nFrom: <sip:alice@partner.net>;tag=7\nTo: <sip:room1@{1}>;tag=A\n"
          "Call-ID: d00dfeed{0}\nCSeq: 1 {2}\nms-diagnostics: {3};source=\"sip.partner.net\"\nServer: RTC/7.0\n"
          "Content-Length: 0\n\n")
RECORD = '1009;reason="No match for domain in DNS SRV results";domain="{0}";fqdn1="expe.other.net:5061"'
MISSING = '1008;reason="Unable to resolve DNS SRV record";domain="{0}"'
UNTOLD = '1034;reason="Previous hop federated peer did not report diagnostic information";Domain="{0}";PeerServer="expe.{0}"'


def answer(minute, domain, cause, method="INVITE"):
    return ANSWER.format(minute, domain, method, cause.format(domain))


@pytest.mark.parametrize("answers, headline, words", [
    ([answer(11, "example.com", RECORD)], "cause-found", "1 call in 1 log: cause found. Mend on the Cisco side."),
    ([answer(11, "example.com", RECORD), answer(12, "example.com", RECORD)], "cause-found", "2 calls in 1 log: cause found."),
    ([answer(11, "example.com", RECORD), answer(12, "example.org", RECORD)], "several-causes",
     "2 calls in 1 log: more than one cause found. What is known is all mended on the Cisco side."),
    ([answer(11, "example.com", RECORD), answer(12, "example.org", MISSING)], "several-causes", "more than one cause found"),
    ([answer(11, "example.com", RECORD), answer(12, "example.org", UNTOLD)], "cause-of-some",
     "2 calls in 1 log: cause found of some, not of all."),
    ([answer(11, "example.com", MISSING, "SUBSCRIBE")], "cause-found", "1 request for presence in 1 log: cause found."),
    ([answer(11, "example.com", MISSING, "SUBSCRIBE"), answer(12, "example.com", MISSING)], "cause-found",
     "1 call and 1 request for presence in 1 log: cause found."),
])
def test_the_headline_speaks_of_what_there_is(tmp_path, answers, headline, words):
    log = tmp_path / "client.log"
    log.write_text("".join(answers))
    document, = command.documents(command.run("diagnose", log, "--format", "json", expect=1))
    assert document["headline"] == headline
    assert document["presence"] == sum("SUBSCRIBE" in text for text in answers)
    assert document["calls"] == len(answers) - document["presence"]
    shown = command.run("diagnose", log, expect=1).stdout
    assert " ".join(shown.split()).startswith(words) or words in shown


def test_presence_is_not_told_as_a_call(tmp_path):
    log = tmp_path / "client.log"
    log.write_text(answer(11, "example.com", MISSING, "SUBSCRIBE"))
    shown = " ".join(command.run("diagnose", log, expect=1).stdout.split())
    assert "Presence d00dfeed11" in shown and "A request for presence to domain example.com" in shown
    assert "A call" not in shown and "1 call" not in shown
