"""A host of a zone file that no record leads to: named in place of <host>, where nothing else singles out another."""
import pytest

import command

HEAD = "$ORIGIN example.com.\n$TTL 300\n@ SOA ns hostmaster 1 1 1 1 1\n@ NS ns\nns A 93.184.216.1\n"
HOST = "vcse A 93.184.216.34\n"


def told(tmp_path, records, *options, expect=1):
    (tmp_path / "records.zone").write_text(HEAD + records)
    return command.run("check", "example.com", "--zone", tmp_path / "records.zone", "--offline", *command.ROOTS, "--at", command.AT, *options,
                       expect=expect)


@pytest.mark.parametrize("records, host", [
    (HOST, "vcse"),
    (HOST + "www A 93.184.216.80\nmail2 A 93.184.216.81\n", "vcse"),
    (HOST + "other A 93.184.216.80\n_collab-edge._tls SRV 0 0 8443 other\n", "other"),
    (HOST + "other A 93.184.216.80\n", None),
    (HOST + "_collab-edge._tls SRV 0 0 8443 elsewhere.example.net.\n", "vcse"),
    ("vcse.deeper A 93.184.216.34\n", None),
    ("www A 93.184.216.80\n", None),
    ("", None),
])
def test_a_host_of_the_zone_is_used_before_a_placeholder(tmp_path, records, host):
    done = told(tmp_path, records)
    assert f"5061 {host or '<host>'}.example.com." in done.stdout
    assert ("taken for the server" in done.stderr) == (host is not None)
    assert ("IN A <public address" in done.stdout) == (host is None)


def test_where_there_is_a_record_no_other_host_is_looked_for(tmp_path):
    done = told(tmp_path, HOST + "_sipfederationtls._tcp SRV 0 0 5061 expe\nexpe A 93.184.216.35\n", expect=2)
    assert "vcse" not in done.stdout + done.stderr


@pytest.mark.parametrize("records, is_there", [(HOST, True), ("expe A 93.184.216.34\n", False)])
def test_a_host_that_the_zone_has_is_not_added_again(tmp_path, records, is_there):
    """The record leads outside the domain: the host of its first label under the domain takes its place."""
    done = told(tmp_path, records + "_sipfederationtls._tcp SRV 0 0 5061 vcse.example.net.\n")
    assert "5061 vcse.example.com." in done.stdout
    assert ("vcse.example.com. 3600 IN A <public address" in done.stdout) == (not is_there)


def test_the_target_of_a_record_under_a_wrong_name_is_meant(tmp_path):
    done = told(tmp_path, HOST + "expe A 93.184.216.35\n_sipfederationtls SRV 0 0 5061 expe\n")
    assert "5061 expe.example.com." in done.stdout and "IN A <public address" not in done.stdout
