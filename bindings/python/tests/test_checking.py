"""Live checks: ports of the library, functions of Python in their place, many at once, and in asyncio."""
import asyncio
import dataclasses
import datetime
import itertools
import multiprocessing
import pickle
import signal
import threading
import time

import pytest

import fedval
from conftest import OWNER, answer

NOW = datetime.datetime(2017, 3, 2, 7, 10, 46, tzinfo=datetime.timezone.utc)
# Long enough for a busy machine: only what blocks waits for it.
SHORT = fedval.Limits(question_s=2)
BAD = {"raises.example": KeyError, "junk.example": TypeError, "word.example": ValueError, "name.example": ValueError}


def misbehave(question, timeout):
    """answer, but for the domains that are named after what they do."""
    domain = question.name.split(".", 2)[2] if question.type == "SRV" else ""
    if domain == "raises.example":
        raise KeyError("no such thing")
    if domain == "junk.example":
        return 17
    if domain == "word.example":
        return fedval.Fact("splendid")
    if domain == "name.example":
        return fedval.Fact.answer([fedval.Record.srv(question.name, "a\0b")])
    if domain == "blocks.example":
        misbehave.gate.wait(30)
    if domain == "late.example":
        raise TimeoutError("nothing came")
    if domain == "nothing.example":
        return None
    return answer(question)


@pytest.fixture(autouse=True)
def gate():
    misbehave.gate = threading.Event()
    yield
    misbehave.gate.set()


def by_domain(checks):
    return {check.domain: check for check in checks}


def expect_of_the_misbehaving(found):
    for domain, cause in BAD.items():
        assert isinstance(found[domain].error, fedval.CallbackError), domain
        assert isinstance(found[domain].error.__cause__, cause), domain
        with pytest.raises(fedval.CallbackError):
            _ = found[domain].report
    assert "in time" in found["blocks.example"].error.message
    assert found["late.example"].report.srv.lookup == "timeout"
    assert found["nothing.example"].report.srv.lookup == "not-checked"
    assert isinstance(found["no domain"].error, fedval.SyntaxFault)
    for domain in ("good1.example", "good2.example"):
        assert found[domain].report.requirements.R2 == "pass"


DOMAINS = ["good1.example", *BAD, "blocks.example", "late.example", "nothing.example", "no domain", "good2.example"]


def test_a_function_that_fails_costs_its_own_checks(judge):
    found = by_domain(fedval.check_many(DOMAINS, judge=judge, resolver=misbehave, prober=None, limits=SHORT))
    expect_of_the_misbehaving(found)


def test_the_same_in_asyncio(judge):
    async def run():
        return by_domain([check async for check in fedval.acheck_many(
            DOMAINS, judge=judge, resolver=misbehave, prober=None, limits=SHORT)])

    expect_of_the_misbehaving(asyncio.run(run()))


def test_coroutines_in_the_place_of_a_port(judge):
    async def resolve(question, timeout):
        await asyncio.sleep(0)
        if "blocks" in question.name:
            await asyncio.sleep(30)
        return misbehave(question, timeout)

    async def domains():
        for domain in DOMAINS:
            await asyncio.sleep(0)
            yield domain

    async def run():
        return by_domain([check async for check in fedval.acheck_many(
            domains(), judge=judge, resolver=resolve, prober=None, limits=SHORT)])

    expect_of_the_misbehaving(asyncio.run(run()))
    with pytest.raises(TypeError):
        fedval.check("example.com", judge=judge, resolver=resolve, prober=None)


def test_a_prober_in_python(judge, lab):
    chain = fedval.CertificateChain((lab / "vcse.pem").read_bytes())
    asked = []

    def probe(question, timeout):
        asked.append(question)
        if question.host == "expe.raises.example":
            raise OSError("no socket")
        return fedval.Fact.handshake([each.der for each in chain], tls_version="TLSv1.2", source="my prober")

    found = by_domain(fedval.check_many(["example.com", "raises.example"], judge=judge, resolver=answer, prober=probe))
    address = found["example.com"].report.endpoints[0].addresses[0]
    assert (address.probe, address.probe_source) == ("handshake", "my prober")
    assert isinstance(found["raises.example"].error.__cause__, OSError)
    assert asked[0].kind is fedval.QuestionKind.PROBE and asked[0].port == 5061


def test_a_chain_from_a_file_is_no_handshake(judge, lab):
    chain = fedval.CertificateChain.read(lab / "vcse.pem")
    fact = fedval.Fact.not_probed(chain, source="file vcse.pem")
    assert fact == fedval.Fact("not-probed", chain=chain, source="file vcse.pem")
    assert fact.chain == tuple(each.der for each in chain)
    report = fedval.check("example.com", judge=judge, resolver=answer, prober=lambda question, timeout: fact).report
    address = report.endpoints[0].addresses[0]
    assert (address.probe, address.probe_source, address.certificate.origin) == ("not-probed", "file vcse.pem", "file")
    assert "port-5061" in report.not_checked
    told = dataclasses.replace(fact, source=None, sources=(fedval.Source("file", "vcse.pem"),))
    report = fedval.check("example.com", judge=judge, resolver=answer, prober=lambda question, timeout: told).report
    assert report.endpoints[0].addresses[0].probe_source == "file vcse.pem"
    for wrong in lab / "vcse.pem", "vcse.pem", b"der":
        for make in fedval.Fact.not_probed, fedval.Fact.handshake, lambda chain: fedval.Fact("not-probed", chain=chain):
            with pytest.raises(TypeError, match=r"CertificateChain\.read"):
                make(wrong)


def test_one_check_raises_what_went_wrong(judge):
    with pytest.raises(fedval.CallbackError) as caught:
        fedval.check("raises.example", judge=judge, resolver=misbehave, prober=None)
    assert isinstance(caught.value.__cause__, KeyError)
    with pytest.raises(fedval.SyntaxFault):
        fedval.check("no domain", judge=judge, resolver=answer, prober=None)
    with pytest.raises(TypeError):
        fedval.check("example.com", judge=judge, resolver=17, prober=None)


def test_more_functions_block_than_there_are_threads(judge):
    """Their threads are made up for: the domains behind them are answered in time."""
    domains = [f"b{i}.blocks.example" for i in range(64)] + ["good.example"]

    def resolve(question, timeout):
        if "blocks" in question.name:
            misbehave.gate.wait(60)
        return answer(question)

    found = by_domain(fedval.check_many(domains, judge=judge, resolver=resolve, prober=None,
                                        limits=fedval.Limits(question_s=2, domains=64)))
    assert found["good.example"].error is None
    assert sum(isinstance(check.error, fedval.CallbackError) for check in found.values()) == 64


def test_an_endless_source_is_read_as_far_as_there_is_room(judge):
    read = []

    def source():
        for i in itertools.count():
            read.append(i)
            yield f"d{i}.example"

    checks = fedval.check_many(source(), judge=judge, resolver=answer, prober=None, limits=fedval.Limits(domains=4))
    assert len({next(checks).domain for _ in range(20)}) == 20
    checks.close()
    assert len(read) < 40


def test_results_do_not_wait_for_the_end_of_a_slow_source(judge):
    seen = []

    def source():
        for i in range(50):  # fewer than may be under way at once
            if seen:
                return
            time.sleep(0.2)
            yield f"d{i}.example"
        raise AssertionError("no result came meanwhile")

    for check in fedval.check_many(source(), judge=judge, resolver=answer, prober=None):
        seen.append(check)
    assert seen


def test_a_function_is_told_to_end_before_its_answer_is_late(judge):
    given = []

    def resolve(question, timeout):
        given.append(timeout)
        raise TimeoutError("nothing came")

    for seconds, most in (20, 19.75), (2, 1.75), (0.4, 0.3):
        limits = fedval.Limits(question_s=seconds)
        found = fedval.check("example.com", judge=judge, resolver=resolve, prober=None, limits=limits)
        assert found.report.srv.lookup == "timeout"
        assert 0 < given.pop() <= most


class Textless(KeyError):
    def __str__(self):
        raise ValueError("not even that")


class TextlessTimeout(TimeoutError):
    __str__ = Textless.__str__


@pytest.mark.parametrize("raised", [Textless, TextlessTimeout])
def test_an_error_without_a_text_harms_nobody_else(judge, raised):
    def resolve(question, timeout):
        if "textless" in question.name:
            raise raised
        return answer(question)

    found = by_domain(fedval.check_many(["textless.example", "example.com"], judge=judge, resolver=resolve, prober=None))
    assert found["example.com"].error is None
    if raised is Textless:
        assert isinstance(found["textless.example"].error.__cause__, Textless)
    else:
        assert found["textless.example"].report.srv.lookup == "timeout"


def test_a_function_that_failed_is_not_asked_again(judge):
    asked = []

    def resolve(question, timeout):
        asked.append(question)
        raise KeyError

    with pytest.raises(fedval.CallbackError):
        fedval.check("example.com", judge=judge, resolver=resolve, prober=None)
    assert len(asked) == 1


@pytest.mark.parametrize("wrong", [{"domains": 0}, {"questions": 0}, {"check_s": 0}, {"question_s": -1}, {"reuse_s": -1},
                                   {"check_s": float("nan")}, {"question_s": float("inf")}])
def test_limits_that_are_none_are_refused(wrong):
    with pytest.raises(ValueError):
        fedval.Limits(**wrong)


def test_one_text_is_no_list_of_domains(judge):
    for text in ("example.com", b"example.com"):
        with pytest.raises(TypeError, match="a list of domains"):
            next(fedval.check_many(text, judge=judge, resolver=answer, prober=None))


def test_whoever_stops_reading_closes_the_source(judge):
    async def run():
        closed = []

        async def domains(then):
            try:
                yield "example.com"
                await then()
            finally:
                closed.append(then)

        async def hang():
            await asyncio.sleep(60)

        async def fail():
            raise KeyError("of the source")

        found = fedval.acheck_many(domains(hang), judge=judge, resolver=answer, prober=None)
        assert (await found.__anext__()).domain == "example.com"  # which does not wait for the next one
        await found.aclose()
        assert closed == [hang]
        with pytest.raises(KeyError):
            async for _ in fedval.acheck_many(domains(fail), judge=judge, resolver=answer, prober=None):
                pass
        assert closed == [hang, fail]
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(run())


def test_a_zone_file_and_a_replay(judge, lab):
    zone = fedval.Zone.read(lab / "case-2.zone")
    first = fedval.check("acano.steven.lab", judge=judge, resolver=zone, prober=None, at=NOW)
    assert first.report.srv.lookup == "answer"
    assert first.evidence.time == NOW
    replay = fedval.Replay(first.evidence)
    for resolver in (replay, fedval.Either(replay, answer), fedval.Following(fedval.Either(zone, answer)),
                     pickle.loads(pickle.dumps(zone))):
        again = fedval.check("acano.steven.lab", judge=judge, resolver=resolver, prober=None, at=NOW)
        assert again.report.endpoints[0].target == first.report.endpoints[0].target
    with pytest.raises(fedval.SyntaxFault) as caught:
        fedval.check("example.com", judge=judge, resolver=fedval.Zone(b"; nothing"), prober=None)
    assert caught.value.message


def test_several_resolvers_are_compared(judge):
    def other(question, timeout):
        return fedval.Fact("nxdomain") if question.type == "SRV" else answer(question)

    report = fedval.check("example.com", judge=judge, resolver=(answer, other), prober=None).report
    assert fedval.FindingCode.VIEWS_DIFFER in [finding.code for finding in report.findings]


def test_what_is_known_of_a_resolver_stands_in_the_evidence(judge):
    """A port of this machine that nobody listens on: what counts is what the evidence says of who was asked."""
    limits = fedval.Limits(question_s=0.2, check_s=1)
    public = fedval.Resolver("127.0.0.1:1", public=True)
    found = next(fedval.check_many(["example.com"], judge=judge, resolver=(answer, public), prober=None, limits=limits))
    assert found.evidence.views == {1: fedval.View.PUBLIC}
    assert fedval.Resolver().view is fedval.View.SYSTEM


def test_a_port_that_refuses_connections_is_a_fact(judge):
    def resolve(question, timeout):
        if question.type == "A":
            return fedval.Fact.answer([fedval.Record.address(question.name, "127.0.0.1")])
        if question.type == "SRV":
            return fedval.Fact.answer([fedval.Record.srv(question.name, "expe.example.com", port=1)])
        return answer(question)

    for library in fedval.libraries:
        found = fedval.check("example.com", judge=judge, resolver=resolve, prober=fedval.Prober(library))
        assert found.report.endpoints[0].addresses[0].probe == "refused"
        async_found = asyncio.run(fedval.acheck("example.com", judge=judge, resolver=resolve,
                                                prober=fedval.Prober(library)))
        assert async_found.report.endpoints[0].addresses[0].probe == "refused"
    with pytest.raises(fedval.ArgumentError):
        fedval.check("example.com", judge=judge, resolver=resolve, prober=fedval.Prober("nobody"))


def test_a_cancelled_check_ends_at_once(judge):
    async def resolve(question, timeout):
        resolve.started.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            resolve.cancelled = True
            raise

    async def run():
        resolve.started, resolve.cancelled = asyncio.Event(), False
        task = asyncio.create_task(fedval.acheck("example.com", judge=judge, resolver=resolve, prober=None))
        await resolve.started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0)
        return resolve.cancelled

    assert asyncio.run(run())


def test_a_session_is_driven_by_hand(judge):
    session, asked = fedval.Session("example.com", judge), []
    while not session.is_done:
        for question in session.questions():
            asked.append(question)
            session.supply(question, answer(question) if question.kind == "dns" else None)
    assert asked[0] == fedval.Question.dns(OWNER, "SRV")
    report = judge.evaluate(session.evidence(NOW))
    assert report.requirements.R2 == "pass"
    with pytest.raises(fedval.StateError):
        session.evidence()
    other = fedval.Session("example.com", judge)
    other.supply(fedval.Question.dns(OWNER, "SRV"), fedval.Fact("nxdomain"))
    assert OWNER not in [question.name for question in other.questions()]
    with pytest.raises(KeyError):
        other.skip(fedval.Question.dns("x.example.com", "A"))


def test_a_signal_is_seen_while_a_check_waits(judge):
    """Ctrl-C: the wait is not one long call."""
    class Interrupted(Exception):
        pass

    def interrupt(number, frame):
        raise Interrupted

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(Interrupted):
            fedval.check("blocks.example", judge=judge, resolver=misbehave, prober=None,
                         limits=fedval.Limits(question_s=60, check_s=60))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_what_is_no_text_is_refused_like_a_bad_domain(judge):
    found = list(fedval.check_many([None, 7, "example.com"], judge=judge, resolver=answer, prober=None))
    assert [type(check.error) for check in found if check.error] == [TypeError, TypeError] and len(found) == 3


def check_in_child(queue, judge):
    queue.put(fedval.check("example.com", judge=judge, resolver=answer, prober=None).report.requirements.R2)


def test_a_child_that_was_forked_from_a_check_checks_too(judge):
    """Forked by a resolver, while the parent's runner and its threads are at work."""
    context = multiprocessing.get_context("fork")
    queue = context.Queue()

    def resolve(question, timeout):
        if question.type == "SRV":
            child = context.Process(target=check_in_child, args=(queue, judge))
            child.start()
            child.join(30)
        return answer(question)

    assert fedval.check("example.com", judge=judge, resolver=resolve, prober=None,
                        limits=fedval.Limits(question_s=40, check_s=60)).report.requirements.R2 == "pass"
    assert queue.get(timeout=30) == "pass"
