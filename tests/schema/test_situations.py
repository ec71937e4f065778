"""Situations of the field in the lab's names, each beside a twin that differs in the fact that decides."""
import json

import pytest
from test_diagnosis import diagnose

HEAD = '2026-11-20T10:00:00.240+00:00 expe tvcs: UTCTime="2026-11-20 10:00:00,240" '


def sip(status, server="RTC/7.0", more="", sender="2000@acano.steven.lab", called="alice@skype.lab", cseq="7 INVITE",
        zone="NeighborZoneCMS", action="Received"):
    return (HEAD + f'Module="network.sip" Level="DEBUG":  Action="{action}" Local-ip="192.0.2.1" Local-port="25002" '
            f'Src-ip="198.51.100.6" Src-port="5061"\n SIPMSG:\n |SIP/2.0 {status}\n'
            "Via: SIP/2.0/TLS 192.0.2.1:5061;egress-zone=DNSZone1;received=192.0.2.1;ms-received-port=25002\n"
            f"Via: SIP/2.0/TLS 10.0.0.9:52768;received=10.0.0.9;ingress-zone={zone}\n"
            f"Call-ID: 5e1ab000-0001\nCSeq: {cseq}\nFrom: <sip:{sender}>;tag=1\nTo: <sip:{called}>;tag=2\n"
            f"Server: {server}\n{more}Content-Length: 0\n\n")


def client(status, diagnostics, more=""):
    return (f"05/14/2019|09:41:10.101 1A2C:2B40 INFO  :: Data Received -203.0.113.5:443 (To Local Address: "
            f"10.30.0.71:61234) 901 bytes:\nSIP/2.0 {status}\nFrom: <sip:alice@skype.lab>;tag=1\n"
            "To: <sip:2000@acano.steven.lab>;tag=2\nCall-ID: 5e1ab0000002\nCSeq: 1 INVITE\n"
            "Via: SIP/2.0/TLS 10.30.0.71:61234;received=203.0.113.9;ms-received-port=61234\n"
            f"ms-diagnostics: {diagnostics}\nServer: RTC/7.0\n{more}Content-Length: 0\n\n")


def trust(hresult, target="vcse.acano.steven.lab", peer="vcse.acano.steven.lab"):
    return client("504 Server time-out", '1010;reason="Certificate trust with another server could not be established";'
                  f'tls-target="{target}";PeerServer="{peer}"{hresult};source="sip.skype.lab"')


def tls(detail, way="Inbound", peer="198.51.100.6"):
    ends = (f'Src-ip="{peer}" Src-port="50010" Dst-ip="192.0.2.1" Dst-port="5061"' if way == "Inbound" else
            f'Src-ip="192.0.2.1" Src-port="25010" Dst-ip="{peer}" Dst-port="5061"')
    return HEAD + (f'Event="{way} TLS Negotiation Error" Service="SIP" {ends} Detail="{detail}" Protocol="TLS" '
                   'Common-name="sip.skype.lab" Level="1"\n')


def schannel(event, text, level="Error", source="Schannel"):
    return (f"Log Name:      System\nSource:        {source}\nDate:          11/20/2026 10:00:00 AM\n"
            f"Event ID:      {event}\nLevel:         {level}\nDescription:\n{text}\n\n")


def edge(text, code="0x80090349 SEC_E_CERT_WRONG_USAGE"):
    return ("TL_ERROR(TF_CONNECTION) [edge\\edge01]0584.0A44::11/20/2026-07:10:47.230.0000773F (SIPStack,x:y.cpp(830)) "
            f"[1] $$begin_record\nSeverity: error\nText: {text}\nPeer: vcse.steven.lab:25003\nTransport: M-TLS\n"
            f"Result-Code: {code}\n$$end_record\n")


INVITE = (HEAD + 'Module="network.sip" Level="DEBUG":  Action="Sent" Local-ip="192.0.2.1" Dst-ip="198.51.100.6" '
          'Dst-port="5061"\n SIPMSG:\n |INVITE sip:alice@skype.lab SIP/2.0\nVia: SIP/2.0/TLS 192.0.2.1:5061\n'
          "Call-ID: 5e1ab000-0001\nCSeq: 7 INVITE\nFrom: <sip:2000@acano.steven.lab>;tag=1\n"
          "To: <sip:alice@skype.lab>\nP-Asserted-Identity: <sip:2000@{}>\nContent-Length: 0\n\n")
LOOKUP = (HEAD + 'Module="network.dns" Level="DEBUG":  Detail="Sending DNS query" Name="_sipfederationtls._tcp.skype.lab" '
          'Type="SRV"\n' + HEAD + 'Module="network.dns" Level="DEBUG":  Detail="Resolved hostname to:  '
          "['IPv4''TCP''198.51.100.6:5061'] (A/AAAA) Hostname:'sip.skype.lab' Port:'5061' Priority:'0' TTL:'300' "
          "Weight:'0' (SRV) Number of relevant records retrieved: 1\"\n")
FORWARDED = ('1034;reason="Previous hop federated peer did not report diagnostic information";Domain="acano.steven.lab";'
             'PeerServer="vcse.acano.steven.lab";source="sip.skype.lab"')

# name: log, (finding, certainty, direction, domain), diagnosis, side, words that the text has to have
SITUATIONS = {
    "404 of the far side": (sip("404 Not Found"), ("link-works", "inferred", "to-microsoft"), "nothing", "unknown",
                            ["404 Not Found was made by the far side itself", "look at the called user"]),
    "404 of nobody": (sip("404 Not Found", server="Asterisk"), None, "nothing", "unknown", ["no failed call that tells of federation", "1 SIP answer, 404"]),
    "404 of the own Expressway": (sip("404 Not Found", server="TANDBERG/4137 (X15.5)", action="Sent"),
                                  ("not-a-federation-fault", "inferred", "unknown"), "nothing", "unknown",
                                  ["the Expressway itself answered, not the partner"]),
    "404 of the own Expressway, to a stranger": (sip("404 Not Found", server="TANDBERG/4137 (X15.5)", zone="DefaultZone"),
                                                 None, "nothing", "unknown", ["no failed call"]),
    "488": (sip("488 Not Acceptable Here", more='ms-client-diagnostics: 52001;reason="Client side general processing."\n'),
            ("link-works", "inferred", "to-microsoft"), "nothing", "unknown", ["codecs and encryption"]),
    "user unknown": (sip("404 Not Found", more='ms-diagnostics-public: 1003;Reason="User does not exist"\n'),
                     ("link-works", "inferred", "to-microsoft"), "nothing", "unknown", ["alice@skype.lab"]),
    "403 of the far side": (sip("403 Forbidden"), ("policy-refused", "inferred", "to-microsoft"), "faults", "microsoft",
                            ["the user's policy", "list of allowed domains", "Get-CsAllowedDomain"]),
    "504 of the far side": (sip("504 Server time-out"), ("cause-not-in-this-log", "undetermined", "to-microsoft"),
                            "undetermined", "unknown", ["(R1)", "(R2)", "(R4)", "no list of allowed", "behind the Edge"]),
    "the From is an address": (sip("504 Server time-out", sender="2000@10.0.0.9"),
                               ("caller-not-a-domain", "inferred", "to-microsoft"), "faults", "cisco", ["2000@10.0.0.9"]),
    "sign-in refused": (sip("403 Forbidden", cseq="1 REGISTER", sender="alice@skype.lab"),
                        ("not-a-federation-fault", "inferred", "unknown"), "nothing", "unknown", ["own server"]),
    "asserted elsewhere": (INVITE.format("cms.steven.lab") + sip("504 Server time-out"),
                           ("cause-not-in-this-log", "undetermined", "to-microsoft"), "undetermined", "unknown",
                           ["fedval check acano.steven.lab", "fedval check cms.steven.lab"]),
    "asserted alike": (INVITE.format("acano.steven.lab") + sip("504 Server time-out"),
                       ("cause-not-in-this-log", "undetermined", "to-microsoft"), "undetermined", "unknown",
                       ["fedval check acano.steven.lab"]),
    "wrong principal": (trust(';HRESULT="0x80090322(SEC_E_WRONG_PRINCIPAL)"', peer="vcse.steven.lab"),
                        ("cert-name-mismatch", "stated", "from-microsoft"), "faults", "cisco", ["0x80090322"]),
    "wrong principal, names that agree": (trust(';HRESULT="0x80090322(SEC_E_WRONG_PRINCIPAL)"'),
                                          ("cause-not-in-this-log", "undetermined", "from-microsoft"), "undetermined", "unknown",
                                          ["0x80090322", "the names agree"]),
    "signature": (trust(';HRESULT="0x80096004(TRUST_E_CERT_SIGNATURE)"'), ("chain-bad-signature", "stated", "from-microsoft"),
                  "faults", "cisco", ["TRUST_E_CERT_SIGNATURE"]),
    "an HRESULT that nobody knows": (trust(';ErrorType="Something new";HRESULT="0x80097777(SEC_E_NEW)"'),
                                     (None, "undetermined", "from-microsoft"), "undetermined", "unknown",
                                     ["0x80097777(SEC_E_NEW)", "Something new"]),
    "names that agree": (trust(""), ("cause-not-in-this-log", "undetermined", "from-microsoft"), "undetermined", "unknown",
                         ["the names agree"]),
    "names that differ": (trust("", peer="vcse.steven.lab"), ("cert-name-mismatch", "inferred", "from-microsoft"), "faults",
                          "cisco", ["which differ"]),
    "passed on, 504": (client("504 Server time-out", FORWARDED), ("cause-not-in-this-log", "undetermined", "from-microsoft"),
                       "undetermined", "unknown", ["Ask the side of vcse.acano.steven.lab", "search history"]),
    "passed on, 603": (client("603 Decline", FORWARDED), ("link-works", "inferred", "from-microsoft"), "nothing", "unknown",
                       ["603 Decline was made by the far side itself"]),
    "passed on, 500": (client("500 Server Internal Error", FORWARDED), ("cause-not-in-this-log", "undetermined", "from-microsoft"),
                       "undetermined", "unknown", ["1034"]),
    "passed on, 486": (client("486 Busy Here", FORWARDED), ("link-works", "inferred", "from-microsoft"), "nothing", "unknown",
                       ["486 Busy Here was made by the far side itself"]),
    "a caller's certificate": (edge("The incoming TLS connection was refused: the certificate is not valid for the usage"),
                               ("cert-eku-no-client-auth", "inferred", "to-microsoft"), "faults", "cisco", ["client's role"]),
    "a server's certificate": (edge("The outgoing TLS connection was refused: the certificate is not valid for the usage"),
                               ("cert-eku-no-server-auth", "inferred", "unknown"), "faults", "unknown", ["not meant for this use"]),
    "handshake of a stranger": (tls("wrong version number"), ("tls-not-spoken", "stated", "unknown"), "nothing", "unknown",
                                ["NOT TIED TO A PARTNER", "sip.skype.lab", "no failed call"]),
    "a server that speaks no TLS": (tls("wrong version number", way="Outbound"), ("tls-not-spoken", "stated", "unknown"),
                                    "nothing", "unknown", ["which the Expressway called", "port 5061"]),
    "a partner that speaks no TLS": (LOOKUP + tls("http request"), ("tls-not-spoken", "stated", "from-microsoft"), "faults",
                                     "either", ["let it speak TLS to port 5061 of the Expressway"]),
    "an expired certificate": (LOOKUP + tls("certificate has expired"), ("cert-expired", "stated", "from-microsoft"), "faults",
                               "microsoft", ["sip.skype.lab: certificate has expired CHANGE"]),
    "handshake of the partner": (LOOKUP + tls("unsupported certificate purpose"),
                                 ("cert-eku-no-client-auth", "inferred", "from-microsoft"), "faults", "either",
                                 ["ExtendedKeyUsage Checking Mode: Off", "1 event without a call"]),
    "handshake beside a call": (sip("404 Not Found") + tls("unsupported certificate purpose"),
                                ("link-works", "inferred", "to-microsoft"), "faults", "either", ["Checking Mode: Off"]),
    "handshake of another beside a call": (sip("404 Not Found") + tls("unsupported certificate purpose", peer="203.0.113.7"),
                                           ("link-works", "inferred", "to-microsoft"), "nothing", "unknown",
                                           ["NOT TIED TO A PARTNER"]),
    "alert 45": (LOOKUP + tls("sslv3 alert certificate expired", "Outbound"),
                 ("peer-rejected-certificate", "stated", "to-microsoft"), "faults", "cisco",
                 ["calling certificate of the Expressway", "has expired", "(R7)"]),
    "alert 43": (LOOKUP + tls("ssl/tls alert unsupported certificate", "Outbound"),
                 ("peer-rejected-certificate", "stated", "to-microsoft"), "faults", "cisco",
                 ["extended key usage", "(R6)"]),
    "Schannel 36884": (schannel(36884, "The certificate received from the remote server does not contain the expected name. "
                                "The server name we were expecting is vcse.acano.steven.lab. The TLS connection request has failed."),
                       ("cert-name-mismatch", "inferred", "from-microsoft"), "faults", "cisco", ["vcse.acano.steven.lab", "(R4)"]),
    "Schannel 36887": (schannel(36887, "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal "
                                "alert code is 43."), ("peer-rejected-certificate", "inferred", "unknown"), "nothing", "unknown",
                       ["TLS alert 43 unsupported_certificate"]),
    "Schannel 36882": (schannel(36882, "The certificate received from the remote server was issued by an untrusted "
                                "certificate authority."), ("chain-untrusted-root", "inferred", "from-microsoft"), "nothing",
                       "unknown", ["36882"]),
    "another source's 36884": (schannel(36884, "The certificate received from the remote server is not the one.",
                                        source="Backup"), None, "nothing", "unknown", ["no failed call"]),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_situation_is_told_as_it_is(name, tmp_path):
    log, first, diagnosis, side, words = SITUATIONS[name]
    path = tmp_path / "log"
    path.write_text(log)
    document = json.loads(diagnose([path]))
    incidents = document["incidents"]
    seen = tuple(incidents[0][key] for key in ("finding", "certainty", "direction")) if incidents else None
    assert seen == first
    assert (document["diagnosis"], document["mend_side"]) == (diagnosis, side)
    text = " ".join(diagnose([path], form="text").split())
    assert document["headline_sentence"] in text
    for word in words:
        assert word in text, text


def test_calls_are_told_before_handshakes_of_strangers(tmp_path):
    path = tmp_path / "log"
    path.write_text(tls("wrong version number", peer="203.0.113.7") + sip("504 Server time-out"))
    document = json.loads(diagnose([path], group=1))
    assert [incident["related"] for incident in document["incidents"]] == [True, False]
    assert (document["calls"], document["unrelated"]) == (1, 1)
    assert document["incidents"][1]["letter"] is None and document["incidents"][1]["verify"] == []
    assert "37797" not in diagnose([path], form="text") and "port 50010" not in diagnose([path], form="text")


def test_a_call_is_counted_once_however_often_it_is_logged(tmp_path):
    path = tmp_path / "log"
    path.write_text(sip("504 Server time-out") + sip("504 Server time-out", action="Sent") +
                    sip("504 Server time-out").replace("7 INVITE", "8 INVITE"))
    assert json.loads(diagnose([path]))["calls"] == 1


def test_what_was_read_is_counted(tmp_path):
    path = tmp_path / "log"
    path.write_text(sip("200 OK") * 3 + sip("180 Ringing") + sip("404 Not Found") + sip("200 OK"))
    (source,) = json.loads(diagnose([path]))["sources"]
    assert source["answers"] == [{"status": 180, "count": 1}, {"status": 200, "count": 4}, {"status": 404, "count": 1}]
    assert "expressway" in source["formats"] and source["lines"] == 72
