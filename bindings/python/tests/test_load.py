"""10,000 checks from 8 threads over files: what they need is given back, and no lock holds the others up."""
import gc
import os
import sys
import threading
import time
import tracemalloc
from array import array
from concurrent.futures import ThreadPoolExecutor

import pytest

import fedval
from conftest import answer

THREADS, CHECKS = 8, 10000


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def descriptors():
    return len(os.listdir("/proc/self/fd"))


def check_many_times(judge, evidence, zone, count):
    """Half from a zone file, half replayed."""
    replay = fedval.Replay(evidence)
    for i in range(count):
        resolver = zone if i % 2 else replay
        found = fedval.check("acano.steven.lab", judge=judge, resolver=resolver, prober=None)
        assert found.report.srv.lookup == "answer"


def test_checks_from_many_threads_leak_nothing(judge, lab):
    zone = fedval.Zone.read(lab / "case-2.zone")
    evidence = fedval.check("acano.steven.lab", judge=judge, resolver=zone, prober=None).evidence

    def run(count):
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(lambda _: check_many_times(judge, evidence, zone, count // THREADS), range(THREADS)))
        gc.collect()

    run(CHECKS // 10)  # what is made once
    open_before, resident_before = descriptors(), resident()
    run(CHECKS)
    assert descriptors() == open_before
    assert resident() - resident_before < 16 << 20
    tracemalloc.start()
    try:
        run(CHECKS // 100)
        before = tracemalloc.get_traced_memory()[0]
        run(CHECKS // 20)
        assert tracemalloc.get_traced_memory()[0] - before < 256 << 10
    finally:
        tracemalloc.stop()


def test_functions_of_python_leak_nothing(judge):
    def run(count):
        domains = (f"d{i}.example" for i in range(count))
        assert all(check.error is None for check in
                   fedval.check_many(domains, judge=judge, resolver=answer, prober=None))
        gc.collect()

    run(100)
    open_before, threads_before, resident_before = descriptors(), threading.active_count(), resident()
    for _ in range(10):
        run(100)
    assert descriptors() == open_before
    assert resident() - resident_before < 16 << 20
    for _ in range(100):  # the threads of the last run end by themselves
        if threading.active_count() <= threads_before:
            break
        time.sleep(0.05)
    assert threading.active_count() <= threads_before


def test_a_check_that_waits_lets_other_threads_run(judge):
    """The check waits for a resolver that only another thread can free."""
    gate, waiting = threading.Event(), threading.Event()

    def resolve(question, timeout):
        waiting.set()
        assert gate.wait(20)
        return answer(question)

    with ThreadPoolExecutor(2) as pool:
        blocked = pool.submit(fedval.check, "example.com", judge=judge, resolver=resolve, prober=None,
                              limits=fedval.Limits(question_s=20))
        assert waiting.wait(20)
        others = [fedval.check("example.org", judge=judge, resolver=answer, prober=None) for _ in range(20)]
        assert not blocked.done() and all(check.report for check in others)
        gate.set()
        assert blocked.result(timeout=20).report.requirements.R2 == "pass"


@pytest.fixture
def nobody_is_interrupted():
    """A thread keeps the interpreter until it gives it up itself."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    yield
    sys.setswitchinterval(before)


def calls():
    """Each call that may be long, as a function without parameters."""
    names, count = b"example.comexpe.example.com", 20000
    offsets = array("I", [27 * (i // 2) + (11 if i % 2 else 0) for i in range(2 * count + 1)])
    text = names * count
    reader = fedval.LogReader()
    reader.begin("x")
    data = b"2017-03-02 07:10:46 nothing of interest here\n" * 20000
    return {"batch": lambda: fedval.srv_match_packed(text, offsets), "log": lambda: reader.feed(data)}


@pytest.mark.parametrize("name", ["batch", "log"])
def test_long_calls_let_other_threads_run(name, nobody_is_interrupted):
    """Only within the call of the library can the other thread count."""
    counted, is_over, call = [0], threading.Event(), calls()[name]

    def count():
        while not is_over.is_set():
            counted[0] += 1
            time.sleep(0)

    thread = threading.Thread(target=count)
    thread.start()
    try:
        for _ in range(2000):
            before = counted[0]
            call()
            if counted[0] > before:
                break
        assert counted[0] > before
    finally:
        is_over.set()
        thread.join()
