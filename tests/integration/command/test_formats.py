"""What each format holds: schemas, one document a line, metrics."""
import copy
import json
import pathlib
import re

import jsonschema
import pytest

import command

SCHEMAS = {path.stem: json.loads(path.read_text()) for path in (command.TOP / "docs" / "schema").glob("*.json")}


def close(schema):
    """The schema with every object closed: what it does not name may not be there."""
    if isinstance(schema, dict):
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
        for item in schema.values():
            close(item)
    elif isinstance(schema, list):
        for item in schema:
            close(item)
    return schema


STORE = {schema["$id"]: close(copy.deepcopy(schema)) for schema in SCHEMAS.values()}


def fits(document):
    """The document has a format, and the schema of this format lets it pass."""
    name = document["format"].removeprefix("fedval-").replace("/", "-")
    schema = STORE[SCHEMAS[name]["$id"]]
    jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver(schema["$id"], schema, store=STORE)).validate(document)
    return document


@pytest.mark.parametrize("case", command.DOMAINS)
def test_a_report_fits_its_schema(case):
    done = command.check(case, "--format", "json")
    assert done.stderr == ""
    report, = command.documents(done)
    assert fits(report)["format"] == "fedval-report/1"
    assert report["domain"] == command.DOMAINS[case]
    assert report["evaluated_at"] == command.AT


def test_each_profile_gives_a_document(tmp_path):
    done = command.check(1, "--profile", "office365", "--profile", "microsoft-edge", "--format", "json")
    assert [fits(report)["profile"] for report in command.documents(done)] == ["office365", "microsoft-edge"]


def test_each_domain_gives_a_document_in_the_order_given():
    domains = ["b.example", "acano.steven.lab", "a.example"]
    done = command.run("check", *domains, *command.facts(1), "--format", "json")
    assert [fits(report)["domain"] for report in command.documents(done)] == domains


def test_a_policy_may_come_from_a_file(tmp_path):
    path = tmp_path / "policy.json"
    path.write_text(json.dumps({"format": "fedval-policy/1", "profile": "microsoft-edge", "expiry_warning_days": 36500}))
    report = command.report(5, "--policy", path)
    assert "cert-expires-soon" in command.codes(report, "warning")


def test_a_member_of_a_policy_that_is_wrong_is_placed(tmp_path):
    path = tmp_path / "policy.json"
    path.write_text('{"format": "fedval-policy/1",\n "profile": "nonsense"}')
    refused, = command.documents(command.check(5, "--policy", path, "--format", "json", expect=65))
    assert fits(refused)["line"] == 2


def test_saved_evidence_gives_the_same_report_again(tmp_path):
    path = tmp_path / "evidence.json"
    first = command.check(1, "--save-evidence", path, "--format", "json").stdout
    fits(json.loads(path.read_text()))
    again = command.run("evaluate", path, *command.ROOTS, "--allow-private", "--format", "json", expect=1).stdout
    assert again == first
    assert command.run("evaluate", "-", *command.ROOTS, "--allow-private", "--format", "json",
                       input=path.read_text()).stdout == first


def test_saved_evidence_of_several_domains_is_a_document_a_line(tmp_path):
    path = tmp_path / "evidence.json"
    command.run("check", "a.example", "acano.steven.lab", *command.facts(1), "--save-evidence", path)
    saved = [fits(json.loads(line)) for line in path.read_text().splitlines()]
    assert [evidence["domain"] for evidence in saved] == ["a.example", "acano.steven.lab"]
    reports = command.documents(command.run("evaluate", path, *command.ROOTS, "--format", "json"))
    assert [report["domain"] for report in reports] == ["a.example", "acano.steven.lab"]


def test_evidence_that_was_laid_out_is_one_document(tmp_path):
    path = command.saved(5, tmp_path / "evidence.json")
    path.write_text(json.dumps(json.loads(path.read_text()), indent=2))
    command.run("evaluate", path, *command.ROOTS, "--allow-private", expect=0)


def test_a_damaged_line_is_placed_in_its_file(tmp_path):
    path = command.saved(5, tmp_path / "evidence.json")
    path.write_text(path.read_text() + '{"format":"fedval-evidence/1","domain":7}\n')
    sound, refused = command.documents(command.run("evaluate", path, *command.ROOTS, "--allow-private", "--format",
                                                   "json", expect=65))
    assert sound["verdict"] == "pass"
    assert (fits(refused)["source"], refused["line"]) == (str(path), 2)


def test_other_time_other_verdict(tmp_path):
    path = command.saved(5, tmp_path / "evidence.json")
    words = ["evaluate", path, *command.ROOTS, "--allow-private", "--format", "json", "--at"]
    report, = command.documents(command.run(*words, "2070-01-01", expect=1))
    assert command.codes(report) >= {"cert-expired"}
    assert report["evaluated_at"] == "2070-01-01T00:00:00Z"
    assert report["gathered_at"] == command.AT


@pytest.mark.parametrize("scope, broken", [("dns", {"R2"}), ("certificate", set())])
def test_a_part_alone(scope, broken):
    report = command.report(1, "--only", scope)
    assert report["scope"] == scope
    assert {name for name, verdict in report["requirements"].items() if verdict == "fail"} == broken


def test_side_provider_and_edge_fqdn():
    assert command.report(1, "--side", "cisco")["side_inferred"] is False
    report = command.report(1, "--provider", "vcse.steven.lab")
    assert (report["side"], report["side_inferred"], report["profile"]) == ("microsoft", True, "expressway")
    report = command.report(1, "--edge-fqdn", "vcse.steven.lab")
    assert report["requirements"]["R2"] == "pass" or report["requirements"]["R2"] == "not-checked"
    assert command.report(1, "--side", "microsoft")["profile"] == "expressway"


def test_a_private_address_is_a_fault_unless_it_is_allowed():
    words = [word for word in command.facts(5) if word != "--allow-private"]
    report, = command.documents(command.run("check", "example.com", *words, "--format", "json", expect=1))
    assert "address-not-public" in command.codes(report)


def test_the_certificate_that_calls_can_be_given():
    assert "client-certificate-not-observed" in command.codes(command.report(5), "note")
    report = command.report(5, "--client-chain", command.LAB / "expe.pem")
    assert "client-certificate-not-observed" not in command.codes(report, "note")
    assert report["client"] is not None


def test_a_chain_beside_a_look_up_that_failed_is_no_mistake():
    """Whether the chain belongs to the domain cannot be told then; without any look-up, nothing can use it."""
    chain = f"expe.example.com={command.LAB / 'expe.pem'}"
    done = command.run("check", "example.com", "--resolver", "127.0.0.1:1", "--timeout", "5", "--chain", chain, *command.ROOTS, expect=2)
    assert "this --chain was not judged, because the look-up of _sipfederationtls._tcp.example.com SRV failed (" in done.stderr
    assert "no SRV record" not in done.stderr
    done = command.run("check", "example.com", "--offline", "--chain", chain, *command.ROOTS, expect=65)
    assert "no endpoint uses this --chain: nothing tells the SRV record (--zone FILE" in done.stderr


def test_a_chain_for_a_host_that_is_nobodys_target_is_noticed():
    chain = command.LAB / "expe.pem"
    done = command.check(5, "--chain", f"expo.example.com={chain}", expect=65)
    assert "expo.example.com: no endpoint uses this --chain: the SRV record points to expe.example.com" in done.stderr
    words = ["check", "example.com", "--offline", "--zone", command.LAB / "case-5.zone", *command.ROOTS, "--allow-private"]
    done = command.run(*words, "--chain", f"expe.example.com:5060={chain}", expect=65)
    assert "no endpoint uses this --chain: the SRV record says port 5061" in done.stderr
    assert "example.com  INDETERMINATE" in done.stdout
    command.run(*words, "--chain", f"expe.example.com:5061={chain}", expect=0)
    done = command.run(*words, "--chain", f"expe.example.com:5061={chain}", "--chain", f"expe.example.com={chain}",
                       expect=65)
    assert "no endpoint uses this --chain: another --chain is for port 5061 of this place" in done.stderr


def test_nothing_is_green_that_was_not_seen():
    words = ["check", "example.com", "--offline", "--zone", command.LAB / "case-5.zone", *command.ROOTS, "--allow-private"]
    done = command.run(*words, expect=2)
    assert done.stdout.splitlines()[0] == "example.com  INDETERMINATE  not seen: R4, R5, R7"
    assert "the certificate (--chain, or a check" in done.stdout
    report = json.loads(command.run(*words, "--format", "json", expect=2).stdout)
    assert report["required"] == ["R1", "R2", "R3", "R4", "R5", "R7"]
    assert report["not_checked_hints"]["certificate"] == "give-chain"
    assert command.run(*words, "--format", "nagios", expect=3).stdout.startswith("FEDERATION UNKNOWN - ")
    command.run(*words, "--only", "dns", expect=0)
    chain = ["--chain", f"expe.example.com={command.LAB / 'expe.pem'}"]
    command.run(*words, *chain, expect=0)
    command.run(*words, *chain, "--require", "R6", expect=2)
    command.run(*words, *chain, "--require", "R1,R4", expect=0)
    command.run(*words, *chain, "--require", "all", expect=2)
    command.run(*words, *chain, "--require", "R9", expect=64)
    command.run(*words, "--only", "dns", "--require", "R1,R3", expect=0)
    for only, required in ("dns", "R5"), ("dns", "all"), ("dns", "R1,R8"), ("certificate", "R1"), ("certificate", "R4,R3"):
        done = command.run(*words, *chain, "--only", only, "--require", required, expect=64)
        assert f"--only {only} judges" in done.stderr
    done = command.run(*words, "--warn-days", "10", "--critical-days", "50", expect=64)
    assert "--warn-days wants at least the days of --critical-days" in done.stderr


def test_a_policy_that_requires_what_it_leaves_out_is_not_green(tmp_path):
    policy = tmp_path / "policy.json"
    words = ["check", "example.com", "--offline", "--zone", command.LAB / "case-5.zone", "--allow-private", "--policy", policy]
    policy.write_text('{"format": "fedval-policy/1", "scope": "dns", "require": ["R2"]}')
    command.run(*words, expect=0)
    policy.write_text('{"format": "fedval-policy/1", "scope": "dns", "require": ["R5"]}')
    report = json.loads(command.run(*words, "--format", "json", expect=2).stdout)
    assert report["requirements"]["R5"] == "not-checked"
    assert report["not_checked_hints"]["certificate"] == "wider-scope"


def test_a_zone_needs_no_origin_when_the_option_names_it(tmp_path):
    zone = tmp_path / "bare.zone"
    zone.write_text("@ 60 IN SOA ns root 1 2 3 4 5\n_sipfederationtls._tcp 60 IN SRV 0 0 5061 expe\n"
                    "expe 60 IN A 10.48.36.47\n")
    words = ["check", "example.com", "--offline", "--only", "dns", "--allow-private", "--zone"]
    command.run(*words, zone, expect=65)
    command.run(*words, f"example.com={zone}", expect=0)


@pytest.mark.parametrize("tls", ["mbedtls", "openssl"])
def test_both_libraries_say_the_same(tls):
    done = command.check(5, "--tls", tls, "--format", "json")
    if done.returncode == 64:
        pytest.skip("not built in")
    assert done.stdout == command.check(5, "--format", "json").stdout


def test_the_chain_alone():
    chain = command.LAB / "expe.pem"
    done = command.run("chain", chain, *command.ROOTS, "--at", command.AT, "--name", "expe.example.com", "--format",
                       "json", expect=0)
    document, = command.documents(done)
    assert (fits(document)["trust"], document["name_match"], document["purpose"]) == ("public", "san", "server")
    done = command.run("chain", chain, *command.ROOTS, "--at", command.AT, "--name", "other.example.com", "--format",
                       "json", expect=1)
    assert command.documents(done)[0]["name_match"] == "none"
    assert "cert-name-mismatch" in command.run("chain", chain, *command.ROOTS, "--at", command.AT, "--name",
                                               "other.example.com").stdout


def test_a_chain_may_be_der_or_come_from_standard_input(tmp_path):
    import base64
    text = (command.LAB / "vcse.pem").read_text()
    block = re.search(r"-----BEGIN CERTIFICATE-----(.*?)-----END", text, re.S).group(1)
    (tmp_path / "vcse.der").write_bytes(base64.b64decode(block))
    words = [*command.ROOTS, "--at", command.AT, "--format", "json"]
    as_der, = command.documents(command.run("chain", tmp_path / "vcse.der", *words, expect=0))
    from_input, = command.documents(command.run("chain", "-", *words, input=text, expect=0))
    assert (as_der.pop("source"), from_input.pop("source")) == (str(tmp_path / "vcse.der"), "standard input")
    assert as_der == from_input


BUNDLES = [path for path in re.findall(r"^\.Pa (/etc\S+|/usr/local/share/certs\S+)", (command.TOP / "docs" / "fedval.1").read_text(),
                                        re.M) if pathlib.Path(path).exists()]


@pytest.mark.skipif(not BUNDLES, reason="this system has no bundle of public roots")
def test_the_text_says_which_bundle_stood_in_for_the_public_roots(tmp_path):
    log = tmp_path / "edge.log"
    log.write_text((command.TOP / "tests/vectors/logs/edge-srv.log").read_text())
    words = ["--offline", "--zone", command.LAB / "case-5.zone", "--allow-private"]
    for done in (command.run("check", "example.com", *words), command.run("chain", command.LAB / "expe.pem"),
                 command.run("diagnose", "--check", *words, log)):
        assert f"public roots from {BUNDLES[0]}" in " ".join(done.stdout.split())
    assert "public roots from" not in command.check(5).stdout  # who named them knows
    assert "public roots from" not in command.run("check", "example.com", *words, "--only", "dns").stdout


def test_of_several_chains_each_says_which_file_it_is():
    files = [str(command.LAB / name) for name in ("vcse.pem", "expe.pem")]
    words = [*files, *command.ROOTS, "--at", command.AT]
    assert [document["source"] for document in command.documents(command.run("chain", *words, "--format", "json"))] == files
    shown = command.run("chain", *words).stdout
    assert all(f"{file}: CN=" in shown for file in files)


@pytest.mark.parametrize("target, is_provider, status", [
    ("sipfed.online.lync.com", True, 2), ("SIPFED.online.lync.com.", True, 2), ("sipfed2.online.lync.com", False, 2)])
def test_a_providers_host_is_right_for_domains_that_are_hosted_there(target, is_provider, status):
    document, = command.documents(command.run("match", "example.com", target, "--format", "json", expect=status))
    assert fits(document)["is_provider"] == is_provider and document["srv_match"] == "other-domain"
    assert ("hosting provider" in command.run("match", "example.com", target).stdout) == is_provider


@pytest.mark.parametrize("target, provider", [
    ("sipdir.online.lync.com", "sipfed.online.lync.com"), ("WEBDIR.online.lync.com.", "sipfed.online.lync.com"),
    ("sip.pstnhub.microsoft.com", "sipfed.online.lync.com"), ("webdir.online.partner.lync.cn", "sipfed.online.partner.lync.cn")])
def test_another_host_of_a_cloud_is_not_documented(target, provider):
    document, = command.documents(command.run("match", "example.com", target, "--format", "json", expect=2))
    assert fits(document)["provider_of_cloud"] == provider and document["is_provider"] is False
    shown = " ".join(command.run("match", "example.com", target).stdout.split())
    assert "  ?  " in command.run("match", "example.com", target).stdout and f"they name {provider}" in shown


REFUSED = ("05/14/2019|09:41:10.101 1A2C:2B40 INFO  :: Data Received -203.0.113.5:443 (To Local Address: 10.30.0.71:61234) "
           "901 bytes:\nSIP/2.0 504 Server time-out\nFrom: <sip:alice@partner.net>;tag=7\nTo: <sip:room1@example.com>;tag=A\n"
           "Call-ID: d00dfeed0001\nCSeq: 1 INVITE\nms-diagnostics: {}\nServer: RTC/7.0\nContent-Length: 0\n\n")
UNMATCHED = '1009;reason="No match for domain in DNS SRV results";domain="example.com";fqdn1="{}:5061";source="sip.partner.net"'
OTHER_NAME = ('1010;reason="Certificate trust with another server could not be established";tls-target="{}";PeerServer="expe.example.com";'
              'HRESULT="0x80090322(SEC_E_WRONG_PRINCIPAL)";source="sip.partner.net"')


@pytest.mark.parametrize("target, code, in_log", [
    ("sipfed2e.infra.lync.com", "srv-target-of-cloud", ["srv-target-of-cloud"] * 2),
    ("sipdir.online.lync.com", "srv-target-of-cloud", ["srv-target-of-cloud"] * 2),
    ("sipfed.online.lync.com", "srv-hosting-provider", ["partner-not-allowed", "srv-points-to-provider"]),
    ("sipfed.online.gov.skypeforbusiness.us", "srv-hosting-provider", ["partner-not-allowed", "srv-points-to-provider"])])
def test_a_host_of_a_cloud_is_the_same_to_every_command(tmp_path, target, code, in_log):
    zone = tmp_path / "zone"
    zone.write_text(f"_sipfederationtls._tcp.example.com. IN SRV 0 0 5061 {target}.\n")
    report, = command.documents(command.run("check", "example.com", "--offline", "--zone", f"example.com={zone}", "--at",
                                            "2026-11-30", "--format", "json", expect=2))
    assert code in {finding["code"] for finding in report["findings"]}
    assert command.run("explain", target, expect=0).stdout.startswith(f"{code}  ")
    match, = command.documents(command.run("match", "example.com", target, "--format", "json", expect=2))
    assert match["is_provider"] == (code == "srv-hosting-provider")
    for text, finding in zip((UNMATCHED, OTHER_NAME), in_log):
        log = tmp_path / "a.log"
        log.write_text(REFUSED.format(text.format(target)))
        incident, = command.documents(command.run("diagnose", log, "--format", "json", expect=1))[0]["incidents"]
        assert incident["finding"] == finding, text


@pytest.mark.parametrize("domain, target, provider", [
    ("example.com", "sipfed.online.lync.com.example.com", "sipfed.online.lync.com"),
    ("video.example.com", "sipdir.online.lync.com.example.com.", "sipfed.online.lync.com"),
    ("example.com", "sipfed.online.lync.com.example.net", None), ("example.com", "a.expe.example.com", None)])
def test_a_providers_host_without_its_final_dot_is_told(domain, target, provider):
    document, = command.documents(command.run("match", domain, target, "--format", "json", expect=1))
    assert fits(document)["provider_without_dot"] == provider
    shown = " ".join(command.run("match", domain, target, expect=1).stdout.split())
    assert ("the final dot is missing" in shown) == (provider is not None)
    assert provider is None or shown.endswith(f"the target is {provider}.")


@pytest.mark.parametrize("domain, target, match, status", [
    ("example.com", "expe.example.com", "match", 0), ("Example.COM.", "expe.example.com.", "match", 0),
    ("example.com", "a.b.example.com", "deeper", 1), ("a.steven.lab", "vcse.steven.lab", "parent-or-sibling", 1),
    ("example.com", "example.com", "apex", 2), ("example.com", "expe.dummy.com", "other-domain", 1),
    ("example.com", ".", "not-offered", 1), ("example.com", "192.0.2.1", "not-a-host-name", 1),
    ("bücher.example", "edge.xn--bcher-kva.example", "match", 0), ("192.0.2.1", "a.example", "domain-not-a-host-name", 64)])
def test_the_rule_alone(domain, target, match, status):
    document, = command.documents(command.run("match", domain, target, "--format", "json", expect=status))
    assert fits(document)["srv_match"] == match
    assert match in command.run("match", domain, target).stdout


def test_an_entry_of_the_catalogue_fits_its_schema():
    for document in command.documents(command.run("explain", "--format", "json")):
        fits(document)


def test_metrics_hold_each_domain_once():
    done = command.run("check", "a.example", "acano.steven.lab", *command.facts(1), "--format", "prometheus")
    samples = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    assert len(samples) == len({line.rsplit(" ", 1)[0] for line in samples})
    assert set(re.findall(r'domain="(.*?)"', done.stdout)) == {"a.example", "acano.steven.lab"}


def test_expiry_is_a_metric_also_when_it_is_past():
    words = command.facts(5)
    words[words.index(command.AT)] = "2070-01-01"
    done = command.run("check", "example.com", *words, "--format", "prometheus", expect=0)
    ends = re.search(r"^fedval_certificate_not_after_timestamp_seconds\{.*\} (\d+)$", done.stdout, re.M)
    assert ends and int(ends.group(1)) == 2997993600
    done = command.run("check", "example.com", *words, "--format", "nagios", expect=2)
    assert re.search(r"_days=-\d+;30:;0:", done.stdout)


def test_version():
    assert re.fullmatch(r"fedval \d+\.\d+\.\d+\n", command.run("--version", expect=0).stdout)


def test_a_verdict_that_is_open_for_lack_of_facts_says_so():
    words = ["check", "other.example", "--offline", "--zone", command.LAB / "case-5.zone", *command.ROOTS]
    assert "not seen: R1, R2, R3, R4, R5, R7" in command.run(*words, expect=2).stdout.splitlines()[0]
    assert "not seen: R1 R2 R3 R4 R5 R7" in command.run(*words, "--format", "nagios", expect=3).stdout


PKI = command.TOP / "tests" / "pki" / "out"


def test_revocation_of_each_certificate_of_a_path_is_told():
    words = ["chain", PKI / "valid-any-eku.pem", "--public-trust", PKI / "certs" / "root.pem", "--at", "2030-01-01"]
    both = ["--crl", PKI / "issuing.crl", "--crl", PKI / "root.crl"]
    for crls, expected in ((both, ["good", "good", "not-asked"]), (both[:2], ["good", "not-checked", "not-asked"]),
                           ([], ["not-checked", "not-checked", "not-asked"])):
        document = fits(command.documents(command.run(*words, *crls, "--format", "json"))[0])
        assert [rung["revocation"] for rung in document["paths"][0]["rungs"]] == expected
    assert "CN=Test issuing (revocation not checked)" in command.run(*words, *both[:2]).stdout
    assert "CN=expe.example.com (revocation checked: good)" in command.run(*words, *both).stdout
    assert "(revocation" not in command.run(*words).stdout


def test_an_anchor_that_is_no_root_is_told():
    done = command.run("chain", PKI / "incomplete.pem", "--trust", PKI / "certs" / "issuing.pem", "--at", "2030-01-01", expect=1)
    said = " ".join(done.stdout.split())
    assert "which is not given; the certificate below it is, but that is no root" in said
    assert "not among the roots given" not in said


def test_findings_beyond_the_limit_of_the_policy_are_counted(tmp_path):
    whole = command.report(4)
    policy = tmp_path / "policy.json"
    policy.write_text('{"format": "fedval-policy/1", "max_findings": 1}')
    short = fits(command.report(4, "--policy", policy))
    assert len(whole["findings"]) > 2 and whole["findings_left_out"] == 0
    assert short["findings"] == whole["findings"][:1]
    assert short["findings_left_out"] == len(whole["findings"]) - 1
    for key in ("verdict", "requirements", "after_actions"):
        assert short[key] == whole[key]
    text = command.check(4, "--policy", policy).stdout
    assert f"and {short['findings_left_out']} more findings" in text


def test_probes_beyond_the_limit_of_addresses_are_counted(tmp_path):
    whole = json.loads(command.saved(5, tmp_path / "evidence").read_text())
    probe = next(fact for fact in whole["facts"] if "probe" in fact["question"])
    whole["facts"] = [fact for fact in whole["facts"] if fact["question"].get("type") == "SRV"] + [
        {**probe, "question": {**probe["question"], "address": f"20.1.2.{number}"}} for number in range(40)]
    path = tmp_path / "many"
    path.write_text(json.dumps(whole))
    report = command.documents(command.run("evaluate", path, "--format", "json", *command.ROOTS, "--at", command.AT))[0]
    assert len(report["endpoints"][0]["addresses"]) == report["policy"]["max_addresses"]
    assert "limit-reached" in command.codes(report, "indeterminate")
