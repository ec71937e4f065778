"""What a report is of: what alone passed, in each format, and which calls a fault breaks."""
import pytest

import command

SITUATIONS = {
    "provider": ("$ORIGIN example.com.\n$TTL 300\n@ SOA ns h 1 1 1 1 1\n_sipfederationtls._tcp SRV 0 0 5061 sipfed.online.lync.com.\n",
                 ("--chain", f"sipfed.online.lync.com={command.LAB / 'expe.pem'}"), "DNS and certificates"),
    "provider-dns-alone": ("$ORIGIN example.com.\n$TTL 300\n@ SOA ns h 1 1 1 1 1\n_sipfederationtls._tcp SRV 0 0 5061 sipfed.online.lync.com.\n",
                           ("--only", "dns"), "DNS alone (R1 to R3)"),
    "own": ("$ORIGIN example.com.\n$TTL 300\n@ SOA ns h 1 1 1 1 1\n_sipfederationtls._tcp SRV 0 0 5061 expe\nexpe A 93.184.216.34\n",
            ("--chain", f"expe.example.com={command.LAB / 'expe.pem'}"), None),
    "own-dns-alone": ("$ORIGIN example.com.\n$TTL 300\n@ SOA ns h 1 1 1 1 1\n_sipfederationtls._tcp SRV 0 0 5061 expe\nexpe A 93.184.216.34\n",
                      ("--only", "dns"), "DNS alone (R1 to R3)"),
}
FORMATS = {
    "text": "PASS  of {}", "json": '"pass_of":"{}"', "nagios": "pass, {}", "junit": '<property name="pass-of" value="{}"/>',
    "html": "of {}", "markdown": "## example.com: pass of {}",
}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", SITUATIONS)
def test_each_format_says_what_passed(tmp_path, name, kind):
    records, options, part = SITUATIONS[name]
    (tmp_path / "records.zone").write_text(records)
    (tmp_path / "cloud.zone").write_text("$ORIGIN online.lync.com.\n$TTL 300\n@ SOA ns h 1 1 1 1 1\nsipfed A 52.112.1.1\n")
    done = command.run("check", "example.com", "--zone", tmp_path / "records.zone", "--zone", tmp_path / "cloud.zone", "--offline", *command.ROOTS, "--at", command.AT, *options,
                       "--format", kind, expect=None if kind == "nagios" else 0)
    if part is not None:
        assert FORMATS[kind].format(part) in done.stdout
    else:
        assert "pass_of" not in done.stdout and "DNS and certificates" not in done.stdout.split("\n\n")[0] and "pass-of" not in done.stdout


@pytest.mark.parametrize("side, breaks", [("cisco", ["from-microsoft"]), ("microsoft", ["to-microsoft"])])
def test_a_port_breaks_the_calls_to_the_server_alone(tmp_path, side, breaks):
    """Who is called has to be reached; an Edge that looks the caller up compares names, and needs no port."""
    (tmp_path / "records.zone").write_text(SITUATIONS["own"][0].replace("5061", "5060"))
    document, = command.documents(command.run("check", "example.com", "--zone", tmp_path / "records.zone", "--offline", "--side", side,
                                              "--profile", "microsoft-edge", *command.ROOTS, "--at", command.AT, "--format", "json"))
    finding, = (finding for finding in document["findings"] if finding["code"] == "srv-port-plain-sip")
    assert finding["breaks"] == breaks
