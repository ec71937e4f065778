"""Certificates, chains, policies, judges and reports."""
import dataclasses
import datetime
import multiprocessing
import os
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

import fedval
from conftest import OWNER

AT = datetime.datetime(2017, 3, 2, 7, 10, 46, tzinfo=datetime.timezone.utc)


@pytest.fixture(scope="module")
def chain(lab):
    return fedval.CertificateChain((lab / "vcse.pem").read_bytes())


def evidence_of(target="expe.example.com", time=AT):
    return fedval.Evidence("example.com", [
        (fedval.Question.dns(OWNER, "SRV"), fedval.Fact.answer([fedval.Record.srv(OWNER, target)])),
        (fedval.Question.dns(target, "A"), fedval.Fact.answer([fedval.Record.address(target, "198.41.0.4")])),
        (fedval.Question.dns(target, "AAAA"), fedval.Fact("nodata"))], time)


def test_a_certificate_is_read_and_matched(chain):
    certificate = chain[0]
    assert certificate.subject.startswith("CN=")
    assert certificate.not_before < certificate.not_after
    names = [text[4:] for text in certificate.names if text.startswith("DNS:")]
    others = ["other.example.com", "not a name", *names]
    assert certificate.match(names[0]) is fedval.NameMatch.SAN
    assert certificate.match_many(others)[:2] == [fedval.NameMatch.NONE, None]
    assert certificate.match_many(others)[2:] == [fedval.NameMatch.SAN] * len(names)
    with pytest.raises(TypeError, match="one text"):
        certificate.match_many("vcse.steven.lab")
    with pytest.raises(fedval.SyntaxFault):
        certificate.match("not a name")
    assert certificate.document().subject == certificate.subject
    assert pickle.loads(pickle.dumps(chain))[0] == certificate


def test_what_is_no_certificate_is_refused_with_its_place():
    with pytest.raises(fedval.SyntaxFault):
        fedval.Certificate(b"no")
    with pytest.raises(fedval.NotFoundError):
        fedval.CertificateChain(b"")
    with pytest.raises(fedval.SyntaxFault) as caught:
        fedval.CertificateChain(b"\n\n-----BEGIN CERTIFICATE-----\n%%\n-----END CERTIFICATE-----\n")
    assert caught.value.line is not None and isinstance(caught.value, ValueError)


def test_a_path_in_the_place_of_bytes_is_refused_at_once(lab):
    for path in ("example.com.zone", lab / "case-1.zone"):
        with pytest.raises(TypeError, match=r"Zone\.read"):
            fedval.Zone(path)
        with pytest.raises(TypeError, match=r"CertificateChain\.read"):
            fedval.CertificateChain(path)


def test_what_is_wrong_with_a_file_names_it(lab, tmp_path):
    broken = tmp_path / "broken.txt"
    broken.write_text("$ORIGIN example.com.\nexpe 3600 IN A 198.41.0.4\n")
    for read in (fedval.Zone.read, fedval.CertificateChain.read, lambda path: fedval.Anchors(private=[path]),
                 lambda path: fedval.Anchors(public=[lab / "lab-ca.pem", str(path)]), lambda path: fedval.Crls([path])):
        with pytest.raises(fedval.Error) as caught:
            read(broken)
        assert caught.value.file == str(broken) and str(caught.value).startswith(f"{broken}: ")
        assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    with pytest.raises(fedval.Error) as caught:
        fedval.Anchors(private=[broken.read_bytes()])
    assert caught.value.file is None
    broken.write_text("$ORIGIN example.com.\n@ 60 IN SOA ns a 1 2 3 4 5\nexpe 60 IN A nowhere\n")
    with pytest.raises(fedval.SyntaxFault) as caught:
        fedval.Zone.read(broken)
    assert caught.value.line == 3 and str(caught.value).startswith(f"{broken}: line 3: ")
    with pytest.raises(FileNotFoundError, match="absent"):
        fedval.CertificateChain.read(tmp_path / "absent.pem")
    assert fedval.CertificateChain.read(lab / "vcse.pem")[0].der == \
        fedval.CertificateChain.read(str(lab / "vcse.pem"))[0].der


def test_a_handshake_takes_a_chain(chain):
    assert fedval.Fact.handshake(chain) == fedval.Fact.handshake([chain[0].der, *list(chain)[1:]]) == \
        fedval.Fact.handshake(each.der for each in chain)
    for one in (chain[0].der, "vcse.pem"):
        with pytest.raises(TypeError, match=r"CertificateChain\.read"):
            fedval.Fact.handshake(one)


def test_a_chain_is_judged_by_itself(chain, lab):
    name = next(text[4:] for text in chain[0].names if text.startswith("DNS:"))
    judge = fedval.Judge(anchors=fedval.Anchors(private=[lab / "lab-ca.pem"]))
    at = chain[0].not_before + datetime.timedelta(days=1)
    for given in (chain, [each.der for each in chain], (lab / "vcse.pem").read_bytes()):
        result = judge.evaluate_chain(given, name, at=at)
        assert (result.verdict, result.trust, result.name_match) == ("pass", fedval.Trust.BY_PRIVATE, "san")
    assert judge.evaluate_chain(chain, "other.example.com", at=at).name_match == "none"
    assert "vcse" in result.to_text()
    untrusted = fedval.evaluate_chain([b"no certificate"], judge=judge, at=at)
    assert untrusted.verdict == "fail"


def test_a_policy_names_the_field_that_is_wrong():
    with pytest.raises(fedval.SyntaxFault, match="expiry_warning_days"):
        fedval.Policy("office365", expiry_warning_dys=60)
    policy = fedval.Policy("office365", expiry_warning_days=60, time=AT)
    assert policy.document().expiry_warning_days == 60
    assert policy.replace(expiry_warning_days=61) != policy == pickle.loads(pickle.dumps(policy))
    with pytest.raises(ValueError):
        fedval.Policy("nobody")
    for name, value in (("max_depth", -1), ("time", "1 May"), ("allow_private", "yes"), ("profile", "nobody"),
                        ("expiry_warning_dys", 60), ("min_rsa_bit", 4096)):
        for make in fedval.Policy, policy.replace:
            with pytest.raises(fedval.SyntaxFault, match=f"^{name}: ") as caught:
                make(**{"target_rule": "one-label", name: value})
            assert (caught.value.line, caught.value.column, caught.value.offset) == (None, None, None)


def test_the_srv_rule_reaches_the_report(judge):
    assert judge.evaluate(evidence_of()).requirements.R2 == "pass"
    report = judge.evaluate(evidence_of("expe.sub.example.com"))
    assert report.verdict is not None and report.verdict == fedval.Verdict.FAIL
    assert report.findings[0].code == fedval.FindingCode.SRV_TARGET_BELOW_SUBDOMAIN
    assert report.to_text().startswith("example.com  FAIL")
    assert "private-roots.pem" in report.to_text(public_roots="private-roots.pem", width=200)
    assert report.to_html().startswith("<!DOCTYPE html>")
    assert not report.to_html(fragment=True).startswith("<!DOCTYPE")
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.verdict = "pass"


def test_what_is_pickled_says_the_same(judge):
    evidence = evidence_of()
    again, copy = pickle.loads(pickle.dumps(judge)), pickle.loads(pickle.dumps(evidence))
    report = judge.evaluate(evidence)
    assert again.evaluate(copy).json == report.json
    assert pickle.loads(pickle.dumps(report)) == report
    with pytest.raises(fedval.StateError):
        pickle.loads(pickle.dumps(report)).to_text()
    for error in (fedval.SyntaxFault(fedval.Status.SYNTAX, "what", 1, 2, 3), fedval.SystemFault(fedval.Status.SYSTEM)):
        other = pickle.loads(pickle.dumps(error))
        assert (type(other), other.status, other.message, other.line, str(other)) == \
            (type(error), error.status, error.message, error.line, str(error))


def test_several_policies_give_several_reports():
    judge = fedval.Judge(fedval.Policy("office365"), (fedval.Policy("microsoft-edge"), fedval.Policy("expressway")))
    assert len(judge) == 2
    assert [report.profile for report in judge.evaluate_all(evidence_of())] == ["office365", "microsoft-edge"]
    assert judge.policy(1, "microsoft").document().profile == "expressway"
    with pytest.raises(fedval.ArgumentError):
        judge.evaluate(evidence_of(), 2)


def test_without_a_time_nothing_is_judged():
    with pytest.raises(fedval.ArgumentError):
        fedval.Judge().evaluate(evidence_of(time=None))
    with pytest.raises(fedval.ArgumentError):
        fedval.Judge(verifier="nobody")


def test_evidence_says_where_it_is_wrong():
    with pytest.raises(fedval.SyntaxFault) as caught:
        fedval.Evidence.from_json('{"format":"fedval-evidence/1",\n "domain":"example.com","facts":[],"fcats":[]}')
    assert caught.value.line == 2 and "facts" in caught.value.message
    with pytest.raises(fedval.FormatError):
        fedval.Evidence.from_json('{"format":"fedval-evidence/2","domain":"example.com","facts":[]}')
    with pytest.raises(fedval.SyntaxFault):
        fedval.Evidence("not a domain")


def test_threads_share_a_judge(judge):
    evidence = evidence_of()
    wanted = judge.evaluate(evidence).json
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: judge.evaluate(evidence).json, range(400))) == {wanted}


def judge_in_child(queue, judge, evidence):
    queue.put((os.getpid(), judge.evaluate(evidence).json))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_judge_serves_other_processes(method, judge, lab):
    """Forked while the parent's cache of signatures is in use; spawned, by pickle."""
    judge = fedval.Judge(anchors=fedval.Anchors(private=[lab / "lab-ca.pem"]), cache=100)
    evidence, context = evidence_of(), multiprocessing.get_context(method)
    queue = context.Queue()
    children = [context.Process(target=judge_in_child, args=(queue, judge, evidence)) for _ in range(2)]
    for child in children:
        child.start()
    found = [queue.get(timeout=60) for _ in children]
    for child in children:
        child.join()
    assert {text for _, text in found} == {judge.evaluate(evidence).json}
    assert os.getpid() not in {pid for pid, _ in found}


def test_what_stands_in_the_wrong_place_is_refused_by_its_name(lab):
    evidence = evidence_of()
    for wrong, said in (
            (lambda: fedval.Judge("office365"), "a Policy is wanted"),
            (lambda: fedval.Judge(anchors="ca.pem"), "Anchors are wanted"),
            (lambda: fedval.Judge().evaluate(evidence.to_json()), "Evidence is wanted"),
            (lambda: fedval.evaluate(evidence, "office365"), "a Judge or a Policy is wanted"),
            (lambda: fedval.Anchors(private="ca.pem"), "a list of files is wanted"),
            (lambda: fedval.Crls(lab / "vcse.pem"), "a list of files is wanted"),
            (lambda: fedval.diagnose(b"text"), "a log is a path")):
        with pytest.raises(TypeError, match=said):
            wrong()
    with pytest.raises(fedval.SyntaxFault, match="the nearest is office365"):
        fedval.Policy("office364")
    policy = fedval.Policy("office365")
    assert fedval.evaluate(evidence, policy).profile == "office365"
    assert fedval.check("example.com", judge=policy, resolver=None, prober=None).report.profile == "office365"
