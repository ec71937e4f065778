"""What threads share, with the lock of the interpreter and without it."""
import multiprocessing
import sys
import sysconfig
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import fedval
from conftest import answer
from fedval import _native, judging
from test_judging import evidence_of

THREADS = 16


@pytest.mark.skipif(not sysconfig.get_config_var("Py_GIL_DISABLED"), reason="this Python has the lock")
def test_the_extension_does_not_bring_the_lock_back():
    assert not sys._is_gil_enabled()


def at_once(function):
    """The results of a function in many threads, which begin together."""
    barrier = threading.Barrier(THREADS)

    def begin(number):
        barrier.wait(20)
        return function(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(begin, range(THREADS)))


def test_the_default_judge_is_made_once(monkeypatch):
    monkeypatch.setattr(judging, "_default", [])
    assert len(set(map(id, at_once(lambda _: fedval.default_judge())))) == 1


def test_one_judge_serves_all_threads_at_once(judge):
    evidence = [evidence_of(), evidence_of("expe.sub.example.com")]
    wanted = [judge.evaluate(each).json for each in evidence]

    def work(number):
        for i in range(200):
            assert judge.evaluate(evidence[(number + i) % 2]).json == wanted[(number + i) % 2]
            assert fedval.srv_match("example.com", "expe.sub.example.com") is fedval.SrvMatch.DEEPER
        return True

    assert all(at_once(work))


def test_a_session_takes_facts_from_many_threads(judge):
    session = fedval.Session("example.com", judge)
    lock, asked = threading.Lock(), []

    def work(_):
        while not session.is_done:
            question = session.next()
            if question is not None:
                with lock:
                    asked.append(question)
                session.supply(question, answer(question) if question.kind == "dns" else None)

    at_once(work)
    assert len(asked) == len(set(asked)) > 2
    assert judge.evaluate(session.evidence()).requirements.R2 == "pass"


def test_runs_of_many_threads_keep_to_themselves(judge):
    def work(number):
        domains = [f"d{i}.t{number}.example" for i in range(20)]
        found = list(fedval.check_many(domains, judge=judge, resolver=answer, prober=None))
        return sorted(check.domain for check in found if check.error is None) == sorted(domains)

    assert all(at_once(work))


def judge_in_child(judge, results):
    results.put((fedval.default_judge() is not None, judge.evaluate(evidence_of()).json))


def test_a_fork_waits_for_what_another_thread_makes(judge):
    """The lock is held by a thread that the child does not have."""
    held, release = threading.Event(), threading.Event()

    def hold():
        with _native.making:
            held.set()
            release.wait(20)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(20)
    threading.Timer(0.2, release.set).start()
    context = multiprocessing.get_context("fork")
    results = context.SimpleQueue()
    child = context.Process(target=judge_in_child, args=(judge, results))
    child.start()
    thread.join()
    child.join(30)
    assert child.exitcode == 0 and results.get() == (True, judge.evaluate(evidence_of()).json)
