"""Redaction works on fields: no user, number or address of an entry is left in a redacted diagnosis, whatever the
characters that RFC 3261 25.1 allows, wherever an entry may hold one."""
import json
import re

import library
import pytest
from test_diagnosis import diagnose

# unreserved and user-unreserved of RFC 3261 25.1, an escape, and what people have beside them.
USERS = [f"zqx{mark}vwk" for mark in "-_.!~*'()&=+$,;?/"] + [
    "zqx%20vwk", "+31698765432", "31698765432", "o'zqxvwk", "josé(zqx)vwk", "zqx:vwk", "ZQX\\vwk"]

EXPRESSWAY = ('2026-03-02T08:10:46.240+01:00 expe tvcs: UTCTime="2026-03-02 07:10:46,240" Module="network.sip" '
              'Level="DEBUG":  Action="{action}" Local-ip="192.0.2.1" Local-port="25001" Src-ip="192.0.2.9" '
              'Src-port="5061"\n SIPMSG:\n |{message}\n\n')


def message(start="SIP/2.0 504 Server time-out", user="room", called="bob", name="Room", call="0a1b2c3d-4e5f", more=""):
    return (f"{start}\nVia: SIP/2.0/TLS 192.0.2.1:5061;egress-zone=DNSZone;received=192.0.2.1\nCall-ID: {call}\n"
            f'CSeq: 7 INVITE\nFrom: "{name}" <sip:{user}@meet.example.com>;tag=1\n'
            f"To: <sip:{called}@partner.example>;tag=2\nServer: RTC/6.0\n{more}Content-Length: 0")


def expressway(**parts):
    return EXPRESSWAY.format(action="Received", message=message(**parts))


def edge(line="bob", text="The domain of the message is refused", peer="gw.example.com"):
    return ("TL_ERROR(TF_DIAG) [pool\\edge]0584.0A44::03/02/2026-07:10:46.230.0000773E (SIPStack,x:y.cpp(830)) [1] "
            f"$$begin_record\nSeverity: error\nText: {text}\nResult-Code: 0xc3e93d70 SIPPROXY_E_NEW\n"
            f"SIP-Start-Line: INVITE sip:{line}@partner.example SIP/2.0\nSIP-Call-ID: 0a1b2c3d\nSIP-CSeq: 7 INVITE\n"
            f'Peer: {peer}:25001\nData: domain="meet.example.com"\n$$end_record\n')


def event(alias):
    return ('2026-03-02T08:10:46.240+01:00 expe tvcs: UTCTime="2026-03-02 07:10:46,240" Event="Call Rejected" '
            'Service="SIP" Src-ip="192.0.2.9" Src-port="5061" {} Detail="Server time-out" Protocol="TLS" '
            'Level="1"\n').format(alias)


PLACES = {
    "from": lambda user: expressway(user=user),
    "to": lambda user: expressway(called=user),
    "display": lambda user: expressway(name=user),
    "asserted": lambda user: EXPRESSWAY.format(action="Sent", message=message(
        "INVITE sip:bob@partner.example SIP/2.0", more=f"P-Asserted-Identity: <sip:{user}@other.example>\n")) + expressway(),
    "call-id": lambda user: expressway(call=f"{user}@192.0.2.77"),
    "reason-phrase": lambda user: expressway(start=f"SIP/2.0 403 Forbidden for {user}@meet.example.com"),
    "warning": lambda user: expressway(more=f'Warning: 399 192.0.2.1 "{user}@meet.example.com may not call"\n').replace(
        "504 Server time-out", "403 Forbidden").replace("RTC/6.0", "TANDBERG/4137").replace("received", "ingress-zone=C;received"),
    "reason": lambda user: expressway(more=f'ms-diagnostics: 1099;reason="User {user}@partner.example is unknown";x="y"\n'),
    "known": lambda user: expressway(user=user, more=f'ms-diagnostics: 1099;reason="User {user} is unknown";x="y"\n'),
    "error-type": lambda user: expressway(more=f'ms-diagnostics: 1010;reason="x";ErrorType="For {user}@partner.example";'
                                               'HRESULT="0x80097777(X)"\n'),
    "client": lambda user: message(user=user, more='ms-diagnostics: 1009;reason="No match";domain="meet.example.com";'
                                                   'fqdn1="gw.example.com:5061"\n') + "\n\n",
    "edge-line": lambda user: edge(line=user),
    "edge-text": lambda user: edge(text=f"The user {user}@partner.example is refused"),
    "src-alias": lambda user: event(f'Src-alias="sip:{user}@meet.example.com" Dst-alias="sip:bob@partner.example"'),
    "dst-alias": lambda user: event(f'Src-alias="sip:room@meet.example.com" Dst-alias="sip:{user}@partner.example"'),
    "history": lambda user: f"2026-03-02 08:10:46 sip:{user}@meet.example.com sip:bob@partner.example SIP Server time-out 1\n",
    "summary": lambda user: ('2026-03-02T08:10:46.240+01:00 expe tvcs: UTCTime="2026-03-02 07:10:46,240" '
                             'Module="network.sip" Level="INFO": Src-ip="192.0.2.9" Src-port="5061" '
                             f'Detail="Receive Response Code=504, Method=INVITE, CSeq=7, To=sip:{user}@partner.example, '
                             'Call-ID=0a1b2c3d, From-Tag=5a"\n'),
    "powershell": lambda user: ("Test-CsFederatedPartner -Domain meet.example.com\nDiagnosis : ErrorCode=1099,"
                                f"Source=sip.partner.example,Reason=User {user}@partner.example is unknown\n"),
    "windows-event": lambda user: ("Log Name:      Lync Server\nSource:        LS Protocol Stack\nEvent ID:      14999\n"
                                   f"Level:         Error\nDescription:\nThe certificate of the user {user}@partner.example is refused. More.\n"),
}


def secrets_of(user):
    """What must not be read: the runs of letters and digits that tell who it is."""
    return [run.lower() for run in re.findall(r"\w+", user) if re.search(r"zqx|vwk|\d{6}", run.lower())]


def shown(tmp_path, text, form):
    path = tmp_path / "log"
    path.write_text(text)
    return diagnose([path], redact=1, form=form)


@pytest.mark.parametrize("place", PLACES)
def test_no_user_is_left(place, tmp_path):
    assert len(USERS) * len(PLACES) == 456
    read = 0
    for user in USERS:
        for form in ("json", "text"):
            text = shown(tmp_path, PLACES[place](user), form)
            assert not [secret for secret in secrets_of(user) if secret in text.lower()], (user, form, text)
        read += len(json.loads(shown(tmp_path, PLACES[place](user), "json"))["incidents"]) > 0
    assert read > len(USERS) // 2


# Shapes beside those: escapes of letters, quoted strings, numbers with marks, brackets, characters that are not seen.
MORE_USERS = ['"zqx vwk"', "zqx%2Bvwk", "%7Aqxvwk", "ZQXVWK", "+31-6-98765432", "31.698.765432", "zqxvwk;phone-context=+31",
              "zqx\\,vwk", "zqx\u00a0vwk", "zqxvwk%40other.example", "u=zqxvwk", "zqx\u200bvwk", "sip%3Azqxvwk", "zqx''vwk",
              "zqx|vwk", "zqx[vwk]", "<zqxvwk>", "{zqxvwk}", "zqx#vwk", "zqx^vwk`"]


def with_field(field):
    return lambda user: expressway(more=field.format(user=user) + "\n")


MORE_PLACES = PLACES | {
    "contact": with_field('Contact: <sip:{user}@192.0.2.7:5061;transport=tls>;+sip.instance="<urn:uuid:1>"'),
    "remote-party": with_field('Remote-Party-ID: "{user}" <sip:{user}@meet.example.com>;party=calling'),
    "preferred": with_field("P-Preferred-Identity: <sip:{user}@meet.example.com>"),
    "referred-by": with_field("Referred-By: <sips:{user}@meet.example.com>"),
    "diversion": with_field("Diversion: <sip:{user}@meet.example.com>;reason=unconditional"),
    "history-info": with_field("History-Info: <sip:{user}@meet.example.com?Reason=SIP%3Bcause%3D302>;index=1"),
    "public": with_field('ms-diagnostics-public: 1099;reason="See {user}@partner.example";AppUri="http://x/{user}"'),
    "parties": with_field('ms-client-diagnostics: 52001; reason="Client side";CallParties="{user}@partner.example"'),
    "mail": with_field('ms-diagnostics: 1099;reason="mail mailto:{user}@partner.example now"'),
    "schemes": with_field('ms-diagnostics: 1099;reason="im:{user}@partner.example or xmpp:{user}@partner.example/res"'),
    "gruu": lambda user: expressway().replace("room@meet.example.com", f"{user}@meet.example.com;opaque=user:epid:AbC;gruu"),
    "sips": lambda user: expressway().replace("<sip:room@", f"<sips:{user}@"),
    "bare-display": lambda user: expressway().replace('"Room" <', f"{user} <"),
    "tel": lambda user: expressway().replace("<sip:room@meet.example.com>", f"<tel:{user}>"),
    "edge-data": lambda user: edge().replace('domain="meet.example.com"',
                                             f'domain="meet.example.com";user="{user}";from="sip:{user}@meet.example.com"'),
}


@pytest.mark.parametrize("place", MORE_PLACES)
def test_no_user_of_another_shape_is_left(place, tmp_path):
    users = MORE_USERS if place in PLACES else MORE_USERS + USERS
    for user in users:
        for form in ("json", "text"):
            text = shown(tmp_path, MORE_PLACES[place](user), form)
            assert not [secret for secret in secrets_of(user) if secret in text.lower()], (user, form, text)


ADDRESSES = ["203.0.113.77", "2001:db8::77", "2001:db8:0:1:2:3:4:77"]
ADDRESS_PLACES = {
    "via": lambda address: expressway().replace("TLS 192.0.2.1:5061", f"TLS {bracketed(address)}:5061"),
    "received": lambda address: expressway().replace("received=192.0.2.1", f"received={address}"),
    "peer": lambda address: expressway().replace('Src-ip="192.0.2.9"', f'Src-ip="{address}"'),
    "edge-peer": lambda address: edge(peer=bracketed(address)),
    "from": lambda address: expressway().replace("@meet.example.com", f"@{bracketed(address)}"),
    "call-id": lambda address: expressway(call=f"0a1b2c3d4e5f@{address}"),
    "reason": lambda address: expressway(more=f'ms-diagnostics: 1099;reason="No way to {address}: closed";x="y"\n'),
    "fqdn": lambda address: expressway(more='ms-diagnostics: 1009;reason="x";domain="meet.example.com";'
                                            f'fqdn1="{bracketed(address)}:5061"\n'),
    "target": lambda address: expressway(more=f'ms-diagnostics: 1010;reason="x";tls-target="{address}";PeerServer="{address}"\n'),
}


def bracketed(address):
    return f"[{address}]" if ":" in address else address


@pytest.mark.parametrize("form", ["json", "text"])
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("place", ADDRESS_PLACES)
def test_no_address_is_left(place, address, form, tmp_path):
    assert address not in shown(tmp_path, ADDRESS_PLACES[place](address), form)


# Where an address or a number may be written by hand, and forms of them that no parser of addresses takes.
WRITTEN_PLACES = ADDRESS_PLACES | {place: PLACES[place] for place in ("display", "known", "reason-phrase", "warning", "call-id",
                                                                      "error-type", "edge-text", "windows-event")} | {
    "written": lambda text: expressway(more=f'ms-diagnostics: 1099;reason="See {text} and ask";x="y"\n'),
    "written-edge": lambda text: edge(text=f"No way from {text} to here"),
    "call-id-alone": lambda text: expressway(call=text),
    "call-id-behind": lambda text: expressway(call=f"zqx@{text}"),
}
WRITTEN_ADDRESSES = ["10.44.55.66-x", "10.44.55.66-feed0000beef", "10. 44. 55. 66", "10 .44 .55 .66", "10.44.55.66:5061",
                     "10.44.55.66/24", "10.44.55.66%eth0", "x-10.44.55.66", "gw.10.44.55.66.local", "::ffff:10.44.55.66",
                     "10[.]44[.]55[.]66", "10-44-55-66-abcdef", "10.44.55.66_1", "(10.44.55.66)", "10.44.55.66,10.44.55.67"]
WRITTEN_IPV6 = ["fe80::1ff:fe23:4567:98ba%eth0", "[fe80::1ff:fe23:4567:98ba%25eth0]:5061", "fe80::1ff:fe23:4567:98ba/64",
                "fe80::1ff:fe23:4567:98ba-x", "FE80:0:0:0:1FF:FE23:4567:98BA"]
WRITTEN_NUMBERS = ["+86 697 9753 8642", "+86 (0)697 9753 8642", "(0697) 9753-8642", "0697/9753 8642", "0697.9753.8642",
                   "697 9753 8642", "+86-697-9753-8642", "00 86 697 9753 8642", "697\u00a09753\u00a08642", "697 - 9753 - 8642",
                   "697\t9753\t8642", "697,9753,8642", "697, 9753, 8642", "697;9753;8642", "697|9753|8642", "697_9753_8642",
                   "697 97 53 86 42", "+86 97538642", "697–9753–8642"]


@pytest.mark.parametrize("place", WRITTEN_PLACES)
def test_nothing_that_is_written_by_hand_is_left(place, tmp_path):
    for written in WRITTEN_ADDRESSES + WRITTEN_IPV6 + WRITTEN_NUMBERS:
        for form in ("json", "text"):
            text = shown(tmp_path, WRITTEN_PLACES[place](written), form).lower()
            # a log that is broken by a line end is as good a place as any other
            text = re.sub(r"\s+", " ", text)
            for secret in (r"44\D{1,3}55", r"55\D{1,3}66", "4567", "98ba", "9753", "8642", r"97\D{1,3}53", r"86\D{1,3}42"):
                assert not re.search(secret, text), (written, form, secret, text)


def test_codes_and_versions_in_a_text_are_left(tmp_path):
    text = shown(tmp_path, WRITTEN_PLACES["written"]("504 on port 5061 with TLSv1.2 and 0x80090322"), "text")
    for wanted in ("504", "5061", "TLSv1.2", "0x80090322"):
        assert wanted in re.search(r"1099[^\n]*\n?[^\n]*", text)[0], text


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_number_is_hidden(form, tmp_path):
    text = expressway().replace("<sip:room@meet.example.com>", "<tel:+31698765432>")
    assert "98765432" not in shown(tmp_path, text, form)


def test_what_the_other_side_needs_is_left(tmp_path):
    text = shown(tmp_path, PLACES["client"]("zqx-vwk"), "text")
    for wanted in ("0a1b2c3d-4e5f", "meet.example.com", "gw.example.com:5061", "1009 No match", "user"):
        assert wanted in text


def test_one_user_has_one_word_throughout(tmp_path):
    (incident,) = json.loads(shown(tmp_path, PLACES["known"]("zqx.vwk"), "json"))["incidents"]
    assert incident["from"].split("@")[0] in incident["reported_text"].split()
