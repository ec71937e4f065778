"""Of every field of a certificate that can hold a name nothing gets through --redact, in any document and any format."""
import base64
import ipaddress
import json
import re
import sys

import command
import pytest

sys.path.insert(0, str(command.TOP / "tests" / "pki"))
import build  # noqa: E402
import der  # noqa: E402
import table  # noqa: E402

AT = "2030-01-01T00:00:00Z"
HOST, DOMAIN = "expe.example.com", "example.com"
SERVER = "20.30.40.50"
ROOT = command.TOP / "tests" / "pki" / "out" / "certs" / "root.pem"
FORMATS = {"chain": ["text", "json", "html", "markdown"],
           "check": ["text", "json", "html", "markdown", "csv", "sarif", "junit", "nagios", "prometheus"],
           "diff": ["text", "json", "html", "markdown"], "timeline": ["text", "json", "html", "markdown", "icalendar"],
           "plan": ["text", "json", "html", "markdown"]}
# Each text that a reader could know somebody by has this in it, or is one of these addresses.
MARK = "zmarkz"
ADDRESSES = ["198.51.100.77", "2001:db8:0:77::1", SERVER]
SPOKEN = r"""alice.%s@corp.example o'brien%s@x josé%s@x a"%s"b@x <%s> %s+1;x=/?&=$,-_.!~*'()# %%41%s \%s,""".replace("%s", MARK).replace("%%", "%").split(" ")


def other_name(value):
    return der.context(0, der.oid("1.3.6.1.4.1.311.20.2.3"), der.context(0, der.utf8(value)))


# Each form of GeneralName (RFC 5280 4.2.1.6), with a mark in its value.
SANS = {
    "other": other_name(f"alice.{MARK}@corp.example"),
    "email": build.general_name("email", f"alice.{MARK}@corp.example"),
    "dns": build.general_name("dns", f"alice {MARK}@corp.example"),
    "x400": der.context(3, der.sequence(der.printable(MARK))),
    "directory": build.general_name("dir", f"CN=Alice {MARK},O=Corp"),
    "edi": der.context(5, der.context(1, der.utf8(MARK))),
    "uri": build.general_name("uri", f"sip:alice.{MARK}@corp.example;transport=tls"),
    "ip4": build.general_name("ip", ADDRESSES[0]),
    "ip6": build.general_name("ip", ADDRESSES[1]),
    "server's address": build.general_name("ip", SERVER),
    "address as dns": build.general_name("dns", ADDRESSES[0]),
    "odd address": der.context(7, b"zmarkz", constructed=False),
    "rid": der.context(8, der.oid("1.2.3.4.77777")[2:], constructed=False),
}
# The sans are in DER and not words of table.py, so they go in as they are.
OWN = [der.context(1, text.encode("latin-1", "replace"), constructed=False) for text in SPOKEN]
SUBJECTS = {
    "none": b"",
    "each attribute": der.sequence(*(der.set_of(der.sequence(der.oid(number), der.utf8(f"{MARK} {number}"))) for number in (
        "2.5.4.3", "2.5.4.4", "2.5.4.5", "2.5.4.6", "2.5.4.7", "2.5.4.8", "2.5.4.9", "2.5.4.10", "2.5.4.11", "2.5.4.12", "2.5.4.15",
        "2.5.4.17", "2.5.4.42", "2.5.4.97", "0.9.2342.19200300.100.1.1", "0.9.2342.19200300.100.1.25", "1.2.840.113549.1.9.1", "1.2.3.4.5"))),
    "each character": der.sequence(*(der.set_of(der.sequence(der.oid("2.5.4.3"), der.utf8(text))) for text in SPOKEN)),
    "a long one": der.sequence(der.set_of(der.sequence(der.oid("2.5.4.10"), der.utf8((MARK + " ") * 400)))),
}


def made(folder, sans, subject=b"", issuer="issuing"):
    """A chain whose first certificate has these names."""
    rows = {name: {**table.CERTIFICATE_DEFAULTS, "name": name, **row} for name, row in table.AUTHORITIES}
    row = {**table.CERTIFICATE_DEFAULTS, "name": "redact", "sans": None, "subject": "",
           "extra": [("2.5.29.17", not subject, der.sequence(*sans))] if sans else []}
    wanted, build.name = build.name, lambda text, string=der.utf8: subject or der.sequence() if text == "" else wanted(text, string)
    try:
        leaf = build.certificate(row, rows[issuer])
    finally:
        build.name = wanted
    above = (command.TOP / "tests" / "pki" / "out" / "certs" / f"{issuer}.pem").read_text()
    path = folder / "chain.pem"
    path.write_text(f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(leaf).decode()}-----END CERTIFICATE-----\n{above}")
    return path


def judged(folder, *rest):
    zone = folder / "example.zone"
    zone.write_text(f"$ORIGIN {DOMAIN}.\n_sipfederationtls._tcp 3600 IN SRV 0 0 5061 {HOST}.\nexpe 3600 IN A {SERVER}\n")
    return ["check", DOMAIN, "--offline", "--zone", zone, "--at", AT, "--trust", ROOT, *rest]


def check(folder, chain):
    return judged(folder, "--chain", f"{HOST}={chain}", "--client-chain", chain)


def alone(folder, chain):
    return ["chain", chain, "--name", HOST, "--at", AT, "--trust", ROOT]


def saved(folder, chain, name):
    command.run(*judged(folder, "--chain", f"{HOST}={chain}"), "--save-evidence", folder / name)
    return folder / name


def diff(folder, chain):
    before = command.TOP / "tests" / "pki" / "out" / "valid.pem"
    return ["diff", "--at", AT, "--trust", ROOT, saved(folder, before, "before.json"), saved(folder, chain, "now.json")]


def timeline(folder, chain):
    return ["timeline", "--at", AT, "--trust", ROOT, saved(folder, chain, "now.json")]


def plan(folder, chain):
    intent = folder / "intent.json"
    intent.write_text(json.dumps({
        "format": "fedval-intent/1", "domains": [{"name": DOMAIN}], "ca": "private", "trust": [str(ROOT)],
        "partners": [{"name": "skype.lab", "kind": "on-premises"}],
        "clusters": [{"name": HOST, "peers": [{"name": HOST, "addresses": [SERVER],
                                               "server": {"certificate": str(chain)}, "calling": {"ready": str(chain)}}]}]}))
    return ["plan", "--at", AT, intent]


KINDS = {"check": check, "chain": alone, "diff": diff, "timeline": timeline, "plan": plan}


def addresses(text):
    """Each address of the certificate or of the server that the text has, in whatever form."""
    for word in re.findall(r"[0-9A-Fa-f:.]*[0-9A-Fa-f]", text):
        while word:
            try:
                if str(ipaddress.ip_address(word)) in ADDRESSES:
                    yield word
                    break
            except ValueError:
                pass
            word = word.partition(":")[2] if ":" in word else ""


def assert_hidden(kind, folder, chain, requested=()):
    words = KINDS[kind](folder, chain)
    for form in FORMATS[kind]:
        done = command.run(*words, "--format", form, "--redact")
        assert done.stdout and done.returncode in (0, 1, 2, 3), (words, form, done.returncode, done.stderr)
        text = done.stdout.replace("\\", "")
        assert MARK not in text.lower() and MARK.encode().hex() not in text.lower(), (form, text)
        assert not (set(addresses(text)) - set(requested)), (form, text)


def whole(kind, folder, chain):
    return command.run(*KINDS[kind](folder, chain), "--format", "json").stdout


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", SANS)
def test_a_name_of_each_form_is_hidden(form, kind, tmp_path):
    """Alone and without a subject, so that the certificate is called by it."""
    assert_hidden(kind, tmp_path, made(tmp_path, [SANS[form]]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_of_each_form_is_hidden(subject, kind, tmp_path):
    """With all the other names, and without any."""
    for sans in ([*SANS.values()], [*SANS.values(), *OWN], []):
        assert_hidden(kind, tmp_path, made(tmp_path, sans, SUBJECTS[subject]))


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_are_cut_are_hidden(kind, tmp_path):
    """A list ends after a kilobyte, within a name."""
    long = [der.context(1, f"{MARK * 60}@corp.example".encode(), constructed=False) for _ in range(8)]
    assert_hidden(kind, tmp_path, made(tmp_path, long))


@pytest.mark.parametrize("kind", ["check", "chain"])
def test_what_constraints_refuse_is_hidden(kind, tmp_path):
    """The finding names it."""
    chain = made(tmp_path, [build.general_name("dns", "expe.other.example"), build.general_name("email", f"a.{MARK}@corp.example"),
                            build.general_name("ip", ADDRESSES[0])], issuer="issuing-permits")
    assert "chain-name-not-permitted" in whole(kind, tmp_path, chain)
    assert_hidden(kind, tmp_path, chain)


@pytest.mark.parametrize("kind", KINDS)
def test_the_marks_are_there_to_be_hidden(kind, tmp_path):
    """Without --redact each kind of document shows them, or this file would prove nothing."""
    text = whole(kind, tmp_path, made(tmp_path, [SANS["email"], SANS["ip4"]]))
    assert MARK in text
    if kind in ("check", "chain"):
        assert ADDRESSES[0] in text


def test_one_address_has_one_word(tmp_path):
    """The server's address has the same word as a record and as a name of the certificate."""
    chain = made(tmp_path, [SANS["server's address"]])
    report = command.documents(command.run(*check(tmp_path, chain), "--format", "json", "--redact"))[0]
    (address,) = report["endpoints"][0]["addresses"]
    assert address["address"] == "address1"
    assert any(f"IP:{address['address']}" in finding["message"] for finding in report["findings"])
    assert any(action["data"] == f"IP:{address['address']}" for action in report["actions"])


def test_hosts_stay(tmp_path):
    """The verdict is about them."""
    chain = made(tmp_path, [build.general_name("dns", "other.example.com"), SANS["email"]])
    shown = command.run(*check(tmp_path, chain), "--redact").stdout
    assert "other.example.com" in shown and "email:name" in shown
