"""fedval diagnose: the letter goes to the side that can mend the fault."""
import re

import pytest

import command

LOGS = command.TOP / "tests" / "vectors" / "logs"
CLIENT = ("05/14/2019|09:41:10.101 1A2C:2B40 INFO  :: Data Received -203.0.113.5:443 (To Local Address: 10.30.0.71:61234) "
          "901 bytes:\nSIP/2.0 504 Server time-out\nFrom: <sip:alice@partner.net>;tag=7\nTo: <sip:room1@example.com>;tag=A\n"
          "Call-ID: d00dfeed0001\nCSeq: 1 INVITE\nms-diagnostics: 1010;reason=\"Certificate trust with another server could not "
          "be established\";tls-target=\"expe.example.com\";PeerServer=\"expe.example.com\";HRESULT=\"{}\";"
          "source=\"sip.partner.net\"\nServer: RTC/7.0\nContent-Length: 0\n\n")


def incidents(log, **keywords):
    return command.documents(command.run("diagnose", log, "--format", "json", **keywords))[0]["incidents"]


@pytest.mark.parametrize("hresult, side, words", [
    ("0x80090320(SEC_E_INCOMPLETE_CREDENTIALS)", "microsoft", "let the Edge show a certificate with clientAuth when it calls"),
    ("0x80092010(CRYPT_E_REVOKED)", "cisco", "issued anew"),
    ("0x80090328(SEC_E_CERT_EXPIRED)", "cisco", "Renew the server certificate")])
def test_who_can_mend_what_the_edge_found_gets_the_letter(tmp_path, hresult, side, words):
    log = tmp_path / "client.log"
    log.write_text(CLIENT.format(hresult))
    incident, = incidents(log, expect=1)
    assert (incident["mend_side"], incident["letter_to"]) == (side, side)
    assert words in incident["letter"] and "your side only" not in incident["letter"]


@pytest.mark.parametrize("hresult", ["0x80092012(CRYPT_E_NO_REVOCATION_CHECK)", "0x80092013(CRYPT_E_REVOCATION_OFFLINE)",
                                     "0x800b010e(CERT_E_REVOCATION_FAILURE)"])
def test_a_list_that_could_not_be_fetched_is_asked_for_and_blamed_on_nobody(tmp_path, hresult):
    log = tmp_path / "client.log"
    log.write_text(CLIENT.format(hresult))
    incident, = incidents(log, expect=1)
    assert (incident["mend_side"], incident["letter_to"]) == ("either", "microsoft")
    assert "Which revocation list could your server not fetch" in incident["letter"]
    assert "your side" not in incident["letter"] and "nobody outside can reach" in incident["remedy"]


# What each side alone has: in what is asked of the reader, and in all of a letter.
PRODUCTS = {"cisco": ["Expressway", "Meeting Server", "TLS verify", "Trusted CA"],
            "microsoft": ["Microsoft 365", "Front End", "external access policy", "allowed list", "SIPStack"]}
PLACES = {"cisco": ["n Expressway: ", "n Expressway ", "Maintenance >", "tls sip", "TLS verify"],
          "microsoft": ["n the Microsoft side: ", "-Cs", "certlm"]}


def assert_letter_is_for_its_reader(incident):
    letter, reader = incident["letter"], incident["letter_to"]
    if letter is None:
        return
    other = {"cisco": "microsoft", "microsoft": "cisco"}[reader]
    asked = letter.split("To change on your side: ")[-1] if "To change on your side: " in letter else letter.rsplit(". ", 1)[-1]
    assert not [word for word in PRODUCTS[other] if word in asked], (reader, letter)
    assert not [word for word in PLACES[other] if word in letter], (reader, letter)


@pytest.mark.parametrize("log", sorted(path.name for path in LOGS.glob("*.log")))
def test_no_letter_asks_its_reader_to_change_what_the_other_side_has(log):
    for incident in incidents(LOGS / log, expect=None):
        assert_letter_is_for_its_reader(incident)


CATALOGUE = command.TOP / "lib" / "catalogue"
TLS = ("2026-11-20T10:01:00.000+00:00 vcse tvcs: UTCTime=\"2026-11-20 10:01:00,000\" Event=\"{0} TLS Negotiation Error\" "
       "Service=\"SIP\" Src-ip=\"{1}\" Src-port=\"{2}\" Dst-ip=\"{3}\" Dst-port=\"5061\" Detail=\"{4}\" Protocol=\"TLS\" "
       "Common-name=\"sip.skype.lab\" Level=\"1\"\n")
WAYS = [("Inbound", "10.48.36.6", "10.48.36.47"), ("Outbound", "10.48.36.47", "10.48.36.6")]


def listed(name, pattern):
    found = re.findall(pattern, (CATALOGUE / name).read_text())
    assert len(found) > 20
    return found


def client_log():
    hresults = listed("codes_hresults.c", r'VALUE\((0x[0-9a-f]{8}), "([A-Z_0-9]+)"')
    ids = listed("codes_ms_diagnostics.c", r"ID\((\d+),")
    calls = [CLIENT.format(f"{number}({symbol})") for number, symbol in hresults]
    calls += [CLIENT.replace("1010;", f"{number};").replace("HRESULT=\"{}\";", "") for number in ids]
    return "".join(call.replace("d00dfeed0001", f"d00dfeed{1000 + place}") for place, call in enumerate(calls))


def expressway_log():
    sentences = listed("sentences.c", r'\n    \{"[^"]+", "([^"]+)"')
    tied = (LOGS / "situation-tls-tied.log").read_text()
    return tied + "".join(TLS.format(way, caller, 30000 + place, called, sentence) for place, sentence in enumerate(sentences)
                          for way, caller, called in WAYS)


@pytest.mark.parametrize("texts", [[client_log], [expressway_log], [client_log, expressway_log]])
def test_nor_does_one_of_any_code_that_is_known(tmp_path, texts):
    names = []
    for text in texts:
        names.append(tmp_path / f"{text.__name__}.log")
        names[-1].write_text(text())
    run = command.run("diagnose", *names, "--format", "json", expect=None)
    letters = [incident for incident in command.documents(run)[0]["incidents"] if incident["letter"] is not None]
    assert len(letters) > 5
    for incident in letters:
        assert_letter_is_for_its_reader(incident)


@pytest.mark.parametrize("hresult", ["0x8007232a(DNS_ERROR_RCODE_SERVER_FAILURE)", "0x80072afa(WSATRY_AGAIN)"])
def test_a_look_up_that_failed_may_be_the_fault_of_either_side(tmp_path, hresult):
    log = tmp_path / "client.log"
    log.write_text(CLIENT.format(hresult))
    incident, = incidents(log, expect=None)
    assert incident["mend_side"] in ("either", "unknown") and "To change on your side" not in (incident["letter"] or "")


EVENT = ("Log Name:      System\nSource:        Schannel\nDate:          11/20/2026 10:00:04 AM\nEvent ID:      36884\n"
         "Level:         Error\nComputer:      edge.partner.net\nDescription:\nThe certificate received from the remote server does "
         "not contain the expected name. The server name we were expecting is {}. The TLS connection request has failed.\n\n")


@pytest.mark.parametrize("name, finding", [
    ("expe.example.com", "cert-name-mismatch"), ("sipfed.online.gov.skypeforbusiness.us", "not-a-federation-fault"),
    ("login.microsoftonline.us", "not-a-federation-fault"), ("login.partner.microsoftonline.cn", "not-a-federation-fault"),
    ("outlook.office365.us", "not-a-federation-fault"), ("partner.outlook.cn", "not-a-federation-fault"),
    ("login.chinacloudapi.cn", "not-a-federation-fault"), ("outlook.office365.us.example.com", "cert-name-mismatch")])
def test_a_name_of_microsofts_own_is_no_partners(tmp_path, name, finding):
    log = tmp_path / "system.txt"
    log.write_text(EVENT.format(name))
    incident, = incidents(log, expect=None)
    assert incident["finding"] == finding
    assert finding == "cert-name-mismatch" or incident["letter"] is None
    assert "nothing to change on the Cisco side" in " ".join(command.run("explain", "36884", "--long").stdout.split())


def test_a_clock_that_is_skewed_is_one_of_the_side_that_says_so(tmp_path):
    log = tmp_path / "client.log"
    log.write_text(CLIENT.format("").replace("1010;reason", "1013;reason"))
    incident, = incidents(log, expect=1)
    assert (incident["finding"], incident["mend_side"], incident["letter_to"]) == ("clock-skew", "microsoft", "microsoft")
    assert "both sides" not in incident["remedy"] and "Microsoft side" in incident["remedy"]


@pytest.mark.parametrize("log", sorted(path.name for path in LOGS.glob("*.log")))
def test_no_letter_goes_to_the_side_that_cannot_mend_it(log):
    for incident in incidents(LOGS / log, expect=None):
        if incident["letter"] is not None and incident["mend_side"] in ("cisco", "microsoft"):
            assert incident["letter_to"] == incident["mend_side"], incident
