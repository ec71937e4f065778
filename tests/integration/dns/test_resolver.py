"""The resolver over the network against nsd, and against servers that fail in every way."""
import json
import os
import pathlib
import struct
import subprocess
import time

import pytest

from dns_servers import AD, CD, CNAME, NS, NSD, SOA, TC, A, FakeServer, a, name, nsd, patient_server, record, soa, srv
import servers  # where dns_servers found it

RESOLVE = pathlib.Path(os.environ["FEDVAL_BUILD"]) / "tests" / "integration" / "dns" / "resolve"
SERVICE = "_sipfederationtls._tcp.example.com"
HANG_MS = 30000  # longer than any busy machine takes; what is to time out is given less
OWN_RETRY = 0  # the resolver's own: ask again after 400 ms
with_nsd = pytest.mark.skipif(NSD is None, reason="nsd is not installed")


def resolve_all(address, questions, timeout_ms=HANG_MS, trust_ad=0, retry_ms=HANG_MS):
    """(facts by "TYPE name", milliseconds). Nothing is asked again for its answer being slow, unless a test says so:
    how many questions come does not depend on how busy the machine is."""
    words = [word for question in questions for word in question.split()]
    result = subprocess.run([str(word) for word in (RESOLVE, address, timeout_ms, trust_ad, retry_ms, *words)],
                            capture_output=True, timeout=120)
    assert result.returncode == 0, result.stderr.decode()
    document, took = result.stdout.decode().splitlines()
    facts = json.loads(document)["facts"]
    return {f'{fact["question"]["type"]} {fact["question"]["name"]}': fact for fact in facts}, int(took)


def resolve(address, question, **options):
    return resolve_all(address, [question], **options)[0][question]


def data(fact):
    return [record.get("target") or record.get("address") for record in fact["records"]]


# ---- nsd ----

ZONE = f"""
_sipfederationtls._tcp IN SRV 10 5 5061 expe
_sipfederationtls._tcp IN SRV 20 0 5062 standby
_sipfederationtls._tcp.notoffered IN SRV 0 0 0 .
_sipfederationtls._tcp.aliased IN SRV 0 0 5061 alias.aliased
alias.aliased IN CNAME expe
expe IN A 127.0.0.5
expe IN AAAA ::1
dangling IN CNAME nothing
outside IN CNAME www.elsewhere.test.
*.wild IN A 127.0.0.9
sub IN NS ns.sub
ns.sub IN A 127.0.0.1
""" + "".join(f"_sipfederationtls._tcp.many IN SRV {i} 0 5061 expe{i}\n" for i in range(200))


@pytest.fixture(scope="module")
def server():
    with nsd({"example.com": ZONE, "broken.test": None}) as address:
        yield address


@with_nsd
@pytest.mark.parametrize("question, outcome, records", [
    (f"SRV {SERVICE}", "answer", {"expe.example.com", "standby.example.com"}),
    ("A expe.example.com", "answer", {"127.0.0.5"}),
    ("AAAA expe.example.com", "answer", {"::1"}),
    ("SRV _sipfederationtls._tcp.none.example.com", "nxdomain", set()),
    ("SRV expe.example.com", "nodata", set()),
    ("SRV _sipfederationtls._tcp.notoffered.example.com", "answer", {"."}),
    ("SRV _sipfederationtls._tcp.aliased.example.com", "answer", {"alias.aliased.example.com"}),
    ("A alias.aliased.example.com", "answer", {"expe.example.com", "127.0.0.5"}),
    ("A dangling.example.com", "nxdomain", {"nothing.example.com"}),
    ("A outside.example.com", "refused", {"www.elsewhere.test"}),
    ("A any.wild.example.com", "answer", {"127.0.0.9"}),
    ("A x.sub.example.com", "not-answered", set()),
    ("A x.broken.test", "servfail", set()),
    ("A elsewhere.test", "refused", set()),
])
def test_each_outcome_of_a_real_server(server, question, outcome, records):
    fact = resolve(server, question)
    assert fact["outcome"] == outcome
    assert set(data(fact)) == records
    assert fact["source"] == f"resolver {server}"


@with_nsd
def test_the_fields_of_srv_records(server):
    fact = resolve(server, f"SRV {SERVICE}")
    found = sorted((r["priority"], r["weight"], r["port"], r["target"], r["ttl"]) for r in fact["records"])
    assert found == [(10, 5, 5061, "expe.example.com", 3600), (20, 0, 5062, "standby.example.com", 3600)]


@with_nsd
def test_an_answer_too_long_for_udp_comes_over_tcp(server):
    fact = resolve(server, "SRV _sipfederationtls._tcp.many.example.com")
    assert fact["outcome"] == "answer"
    assert len(fact["records"]) == 200


@with_nsd
def test_a_referral_is_told_from_no_data(server):
    assert "referral" in resolve(server, "A x.sub.example.com")["detail"]


@with_nsd
def test_many_questions_at_once(server):
    questions = [f"A n{i}.wild.example.com" for i in range(300)]
    facts, _ = resolve_all(server, questions, retry_ms=OWN_RETRY)
    assert {fact["outcome"] for fact in facts.values()} == {"answer"}
    assert len(facts) == 300


# ---- silence ----

def test_a_server_that_never_answers():
    with FakeServer(lambda query: None) as server:
        facts, took = resolve_all(server.address, [f"SRV {SERVICE}"], timeout_ms=2500, retry_ms=OWN_RETRY)
        assert facts[f"SRV {SERVICE}"]["outcome"] == "timeout"
        assert 2450 <= took < HANG_MS
    # at once, after 400 ms, after 800 more; a busy machine may leave one out
    assert 2 <= len(server.queries) <= 3
    assert len({query.id for query in server.queries}) == 1


def test_a_closed_port_is_unreachable_at_once():
    """Before its deadline, that is, and without being asked again."""
    facts, took = resolve_all(f"127.0.0.1:{servers.free_port()}", [f"SRV {SERVICE}"])
    assert facts[f"SRV {SERVICE}"]["outcome"] == "unreachable"
    assert took < HANG_MS


def test_a_lost_question_is_repeated():
    with FakeServer(lambda query: query.reply(srv(query.name, "expe.example.com"))
                    if len(server.queries) > 1 else None) as server:
        fact = resolve(server.address, f"SRV {SERVICE}", retry_ms=OWN_RETRY)
    assert fact["outcome"] == "answer"


def test_no_question_waits_for_the_answer_of_another():
    names = [f"h{i}.example.com" for i in range(40)]
    with patient_server(set(names)) as server:
        facts, _ = resolve_all(server.address, [f"A {name}" for name in names], retry_ms=OWN_RETRY)
    assert {fact["outcome"] for fact in facts.values()} == {"answer"}


# ---- answers that do not fit ----

def wrong_id(query):
    return query.reply(a(query.name), id=query.id ^ 1)


def wrong_name(query):
    return query.reply(a("other.example.com"), question=name("other.example.com") + b"\0\1\0\1")


def wrong_type(query):
    return query.reply(a(query.name), question=name(query.name) + b"\0\x1c\0\1")


def no_question(query):
    return query.reply(a(query.name), question=b"")


@pytest.mark.parametrize("behave", [wrong_id, wrong_name, wrong_type, no_question, lambda query: b"",
                                    lambda query: b"garbage", lambda query: query.data[:2] + b"\xff" * 40])
def test_what_does_not_fit_the_question_is_passed_over(behave):
    with FakeServer(behave) as server:
        fact = resolve(server.address, "A expe.example.com", timeout_ms=600)
    assert fact["outcome"] == "timeout"
    assert fact["records"] == []


def test_a_true_answer_after_a_forged_one_is_taken():
    with FakeServer(lambda query: [wrong_id(query), wrong_name(query), query.reply(a(query.name, "192.0.2.7"))]) as server:
        fact = resolve(server.address, "A expe.example.com")
    assert data(fact) == ["192.0.2.7"]


def test_an_answer_from_another_address_is_passed_over():
    def behave(query):
        server.stranger.sendto(query.reply(a(query.name, "192.0.2.66")), query.peer)
    with FakeServer(behave) as server:
        assert resolve(server.address, "A expe.example.com", timeout_ms=600)["outcome"] == "timeout"


def test_records_of_other_names_and_types_are_not_taken():
    with FakeServer(lambda query: query.reply(a("other.example.com", "192.0.2.66"), a(query.name, "192.0.2.7"),
                                              srv(query.name, "x.example.com"))) as server:
        assert data(resolve(server.address, "A expe.example.com")) == ["192.0.2.7"]


@pytest.mark.parametrize("cut", [1, 5, 12])
def test_an_answer_that_cannot_be_decoded_is_malformed(cut):
    with FakeServer(lambda query: query.reply(a(query.name))[:-cut]) as server:
        assert resolve(server.address, "A expe.example.com")["outcome"] == "malformed"


def test_an_address_record_of_the_wrong_size_is_malformed():
    with FakeServer(lambda query: query.reply(record(query.name, A, b"\1\2\3"))) as server:
        assert resolve(server.address, "A expe.example.com")["outcome"] == "malformed"


def test_ids_and_ports_are_not_to_be_guessed():
    with FakeServer(lambda query: query.reply(a(query.name))) as server:
        for i in range(30):
            resolve(server.address, f"A h{i}.example.com")
        resolve_all(server.address, [f"A p{i}.example.com" for i in range(16)])
    alone, together = server.queries[:30], server.queries[30:]
    ids = [query.id for query in alone]
    assert len(set(ids)) >= 29
    assert len({ids[i + 1] - ids[i] for i in range(29)}) > 20  # they do not count
    assert len({query.peer[1] for query in alone}) >= 28
    assert len({query.peer[1] for query in together}) == 16  # a port for each


# ---- truncation and EDNS ----

def test_a_truncated_answer_is_fetched_over_tcp():
    with FakeServer(lambda query: query.reply(a(query.name)) if query.over_tcp else query.reply(flags=TC)) as server:
        fact = resolve(server.address, "A expe.example.com")
    assert fact["outcome"] == "answer"
    assert [query.over_tcp for query in server.queries] == [False, True]


def test_truncated_and_no_tcp_is_unreachable_or_timeout():
    with FakeServer(lambda query: query.reply(flags=TC), tcp=False) as server:
        fact = resolve(server.address, "A expe.example.com", timeout_ms=3000)
    assert fact["outcome"] in ("unreachable", "timeout")


@pytest.mark.parametrize("rcode", [1, 4])
def test_a_server_without_edns_is_asked_without(rcode):
    with FakeServer(lambda query: query.reply(rcode=rcode) if query.has_edns else query.reply(a(query.name))) as server:
        fact = resolve(server.address, "A expe.example.com")
    assert fact["outcome"] == "answer"
    assert [query.has_edns for query in server.queries] == [True, False]


@pytest.mark.parametrize("rcode, outcome", [(1, "not-answered"), (2, "servfail"), (3, "nxdomain"), (4, "not-answered"),
                                            (5, "refused"), (9, "not-answered"), (15, "not-answered")])
def test_each_rcode_has_its_outcome(rcode, outcome):
    with FakeServer(lambda query: query.reply(rcode=rcode)) as server:
        assert resolve(server.address, "A expe.example.com")["outcome"] == outcome


# ---- aliases ----

def alias(owner, target):
    return record(owner, CNAME, name(target))


def test_an_alias_that_the_server_leaves_to_us_is_followed():
    def behave(query):
        if query.name == "expe.example.com":
            return query.reply(alias(query.name, "far.example.net"))
        return query.reply(a(query.name, "192.0.2.8"))
    with FakeServer(behave) as server:
        fact = resolve(server.address, "A expe.example.com")
    assert fact["outcome"] == "answer"
    assert data(fact) == ["far.example.net", "192.0.2.8"]


def test_an_alias_with_nothing_behind_it_is_no_data():
    with FakeServer(lambda query: query.reply(alias(query.name, "far.example.net"), authority=[soa("example.net")])) as server:
        fact = resolve(server.address, "A expe.example.com")
    assert (fact["outcome"], data(fact)) == ("nodata", ["far.example.net"])


def chain_of(query, count):
    """That many aliases and an address, in one answer."""
    names = [query.name, *(f"a{i}.example.com" for i in range(count))]
    return query.reply(*(alias(*pair) for pair in zip(names, names[1:])), a(names[-1]))


@pytest.mark.parametrize("behave, is_long", [
    (lambda query: query.reply(alias(query.name, "b.example.com"), alias("b.example.com", query.name)), False),
    (lambda query: query.reply(alias(query.name, "b.example.com" if query.name[0] == "e" else "expe.example.com")), False),
    (lambda query: query.reply(alias(query.name, "x" + query.name)), True),
    (lambda query: chain_of(query, 17), True),
    (lambda query: chain_of(query, 40), True),
], ids=["a circle in one answer", "a circle from answer to answer", "without end from answer to answer", "17", "40"])
def test_aliases_without_end_end(behave, is_long):
    """What leads on and on is a fault of the zone as a circle is, and told as what it is: no name comes twice."""
    with FakeServer(behave) as server:
        fact = resolve(server.address, "A expe.example.com")
        assert fact["outcome"] == "alias-circle"
        assert ("more than 16 aliases" in (fact["detail"] or "")) == is_long
        assert len(fact["records"]) == 16
        assert len(server.queries) <= 17


def test_sixteen_aliases_are_followed():
    with FakeServer(lambda query: chain_of(query, 16)) as server:
        assert resolve(server.address, "A expe.example.com")["outcome"] == "answer"


def test_a_delegation_is_a_referral():
    with FakeServer(lambda query: query.reply(authority=[record("example.com", NS, name("ns.example.com"))])) as server:
        assert resolve(server.address, "A expe.example.com")["outcome"] == "not-answered"


# ---- DNSSEC ----

def test_the_ad_bit_counts_only_from_a_trusted_resolver():
    with FakeServer(lambda query: query.reply(a(query.name), flags=AD)) as server:
        assert resolve(server.address, "A expe.example.com", trust_ad=0)["dnssec"] == "unknown"
        assert resolve(server.address, "A expe.example.com", trust_ad=1)["dnssec"] == "secure"
    assert [bool(query.flags & AD) for query in server.queries] == [False, True]


def test_a_trusted_resolver_without_ad_means_insecure():
    with FakeServer(lambda query: query.reply(a(query.name))) as server:
        assert resolve(server.address, "A expe.example.com", trust_ad=1)["dnssec"] == "insecure"


RRSIG, DS, OPT = 46, 43, 41
SIGNATURE = struct.pack(">HBBIIIH", A, 13, 3, 60, 2000000000, 1000000000, 1) + name("example.com") + bytes(64)


def ede(query, code, text=b"", rcode=2):
    """An answer with an Extended DNS Error, RFC 8914."""
    option = struct.pack(">HHH", 15, 2 + len(text), code) + text
    opt = b"\0" + struct.pack(">HHIH", OPT, 1232, 0, len(option)) + option
    reply = query.reply(rcode=rcode)
    return reply[:10] + b"\0\1" + reply[12:] + opt


def test_signatures_seen_with_checking_disabled_are_evidence():
    with FakeServer(lambda query: query.reply(a(query.name), record(query.name, RRSIG, SIGNATURE))
                    if query.flags & CD else query.reply(rcode=2)) as server:
        fact = resolve(server.address, "A expe.example.com")
    assert (fact["outcome"], fact["dnssec"], fact["records"]) == ("servfail", "bogus", [])
    assert [bool(query.flags & CD) for query in server.queries] == [False, True, False]


def test_a_ds_record_at_the_parent_is_evidence():
    """Signatures were stripped, and the parent says that the zone has them."""
    def behave(query):
        if not query.flags & CD:
            return query.reply(rcode=2)
        if query.type == SOA:
            return query.reply(authority=[soa("example.com")])
        if query.type == DS:
            return query.reply(record(query.name, DS, b"\0\1\15\2" + bytes(32)))
        return query.reply(a(query.name))
    with FakeServer(behave) as server:
        fact = resolve(server.address, "A expe.example.com")
    assert (fact["outcome"], fact["dnssec"]) == ("servfail", "bogus")
    assert [(query.type, query.name) for query in server.queries] == [
        (A, "expe.example.com"), (A, "expe.example.com"), (SOA, "expe.example.com"), (DS, "example.com"),
        (A, "expe.example.com")]


def test_an_unsigned_domain_is_never_bogus():
    with FakeServer(lambda query: query.reply(a(query.name)) if query.flags & CD else query.reply(rcode=2)) as server:
        fact = resolve(server.address, "A expe.example.com")
    assert (fact["outcome"], fact["dnssec"]) == ("servfail", "unknown")


@pytest.mark.parametrize("code, dnssec", [(6, "bogus"), (7, "bogus"), (9, "bogus"), (12, "bogus"), (5, "unknown"),
                                          (13, "unknown"), (22, "unknown")])
def test_an_extended_error_is_a_fact_and_some_are_evidence(code, dnssec):
    with FakeServer(lambda query: ede(query, code, b"why \xff\n")) as server:
        fact = resolve(server.address, "A expe.example.com", timeout_ms=4000)
    assert (fact["outcome"], fact["dnssec"]) == ("servfail", dnssec)
    assert fact["ede"] == {"code": code, "text": "why ??"}


def test_a_failure_that_the_resolver_keeps_is_asked_again_when_it_has_forgotten():
    """RFC 9520: it answers the same for a second, but for what is asked with checking disabled."""
    first = []

    def behave(query):
        if query.flags & CD:
            return query.reply(a(query.name))
        first.append(time.monotonic())
        return query.reply(rcode=2) if first[-1] - first[0] < 1 else query.reply(a(query.name))
    with FakeServer(behave) as server:
        fact = resolve(server.address, "A expe.example.com")
    assert (fact["outcome"], fact["dnssec"], data(fact)) == ("answer", "unknown", ["192.0.2.1"])


def test_a_server_that_failed_once_is_not_bogus():
    with FakeServer(lambda query: query.reply(a(query.name)) if len(server.queries) > 1 else query.reply(rcode=2)) as server:
        fact = resolve(server.address, "A expe.example.com")
    assert (fact["outcome"], fact["dnssec"]) == ("answer", "unknown")


def test_servfail_and_then_silence_stays_servfail():
    with FakeServer(lambda query: query.reply(rcode=2) if len(server.queries) == 1 else None) as server:
        assert resolve(server.address, "A expe.example.com", timeout_ms=3000)["outcome"] == "servfail"


@pytest.mark.parametrize("rcode", [0, 3])
@pytest.mark.parametrize("code, outcome", [(4, "filtered"), (15, "filtered"), (16, "filtered"), (17, "filtered"),
                                           (18, "filtered"), (3, None), (5, None), (14, None), (19, None)])
def test_what_a_resolver_made_up_says_nothing_of_the_zone(code, outcome, rcode):
    """RFC 8914 4.5, 4.16 to 4.19; other codes beside an answer leave it what it is."""
    def behave(query):
        reply = query.reply(a(query.name), rcode=rcode) if rcode == 0 else query.reply(rcode=rcode)
        option = struct.pack(">HHH", 15, 2, code)
        return reply[:10] + b"\0\1" + reply[12:] + b"\0" + struct.pack(">HHIH", OPT, 1232, 0, len(option)) + option
    with FakeServer(behave) as server:
        fact = resolve(server.address, "A expe.example.com")
    assert fact["outcome"] == (outcome or ("nxdomain" if rcode else "answer"))
    assert fact["ede"]["code"] == code
    assert bool(fact["records"]) == (fact["outcome"] == "answer")


def test_the_second_server_is_asked_where_the_first_filters():
    with FakeServer(lambda query: ede(query, 17, rcode=3)) as first, FakeServer(lambda query: query.reply(a(query.name))) as second:
        fact = resolve(f"{first.address},{second.address}", "A expe.example.com")
    assert (fact["outcome"], len(second.queries)) == ("answer", 1)


def test_a_server_that_refuses_once_is_asked_once_more():
    with FakeServer(lambda query: query.reply(rcode=5) if len(server.queries) == 1 else query.reply(a(query.name))) as server:
        assert resolve(server.address, "A expe.example.com")["outcome"] == "answer"
    with FakeServer(lambda query: query.reply(rcode=5)) as server:
        assert resolve(server.address, "A expe.example.com")["outcome"] == "refused"
        assert len(server.queries) == 2


# ---- as it is met ----

@pytest.mark.parametrize("rcode, outcome", [(1, "not-answered"), (3, "nxdomain"), (5, "refused")])
def test_a_header_alone_is_an_answer(rcode, outcome):
    with FakeServer(lambda query: query.reply(rcode=rcode, question=b"")) as server:
        assert resolve(server.address, "A expe.example.com")["outcome"] == outcome


def test_every_question_is_whole_whatever_the_server_dislikes():
    """FORMERR with and without EDNS: no question is cut."""
    with FakeServer(lambda query: query.reply(rcode=1)) as server:
        fact = resolve(server.address, "A expe.example.com")
    assert (fact["outcome"], fact["detail"]) == ("not-answered", "the server answered FORMERR")
    assert [query.has_edns for query in server.queries] == [True, False]
    assert [len(query.data) - len(query.question) - 12 for query in server.queries] == [11, 0]


def test_an_answer_over_tcp_has_the_time_that_is_left():
    """It comes after what would be the time for one over UDP."""
    def behave(query):
        if query.over_tcp:
            time.sleep(1)
        return query.reply(a(query.name)) if query.over_tcp else query.reply(flags=TC)
    with FakeServer(behave) as server:
        fact = resolve(server.address, "A expe.example.com", retry_ms=100)
    assert (fact["outcome"], data(fact)) == ("answer", ["192.0.2.1"])
    assert sum(query.over_tcp for query in server.queries) == 1


def test_a_server_that_refuses_many_at_once_answers_all_in_the_end():
    """Like dnsmasq, which takes so many at a time; here each name is refused the first time."""
    seen = set()

    def behave(query):
        if query.name in seen:
            return query.reply(a(query.name))
        seen.add(query.name)
        return query.reply(rcode=5)
    with FakeServer(behave) as server:
        facts, _ = resolve_all(server.address, [f"A h{i}.example.com" for i in range(60)])
    outcomes = [fact["outcome"] for fact in facts.values()]
    assert outcomes.count("answer") >= 50  # the last few under way are few: their refusal is one


@pytest.mark.parametrize("behave", [lambda query: query.reply(rcode=5), lambda query: query.reply(rcode=2),
                                    lambda query: query.reply(rcode=4), lambda query: None,
                                    lambda query: query.reply(a(query.name))[:-3],
                                    lambda query: query.reply(authority=[record("x.test", NS, name("ns.x.test"))])],
                         ids=["refuses", "fails", "cannot", "is silent", "answers with rubbish", "refers elsewhere"])
def test_the_second_server_is_asked_where_the_first(behave):
    with FakeServer(behave) as first, FakeServer(lambda query: query.reply(a(query.name, "192.0.2.9"))) as second:
        fact = resolve(f"{first.address},{second.address}", "A expe.example.com", retry_ms=OWN_RETRY)
    assert (fact["outcome"], data(fact)) == ("answer", ["192.0.2.9"])
    assert fact["source"] == f"resolver {first.address}, {second.address}"
    assert len(first.queries) >= 1


def test_the_second_server_is_asked_where_nobody_listens_at_the_first():
    with FakeServer(lambda query: query.reply(a(query.name, "192.0.2.9"))) as second:
        fact = resolve(f"127.0.0.1:{servers.free_port()},{second.address}", "A expe.example.com")
    assert (fact["outcome"], data(fact)) == ("answer", ["192.0.2.9"])


def test_the_second_server_is_asked_where_the_first_is_silent_over_tcp():
    """A firewall lets DNS over TCP through to one of them alone."""
    def behave(query):
        return None if query.over_tcp else query.reply(flags=TC)
    with FakeServer(behave) as first, FakeServer(lambda query: query.reply(a(query.name))) as second:
        fact = resolve(f"{first.address},{second.address}", "A expe.example.com", timeout_ms=6000)
    assert fact["outcome"] == "answer"


def test_a_name_that_the_first_server_knows_not_to_exist_is_not_asked_elsewhere():
    with FakeServer(lambda query: query.reply(rcode=3)) as first, FakeServer(lambda query: query.reply(a(query.name))) as second:
        fact = resolve(f"{first.address},{second.address}", "A expe.example.com")
    assert (fact["outcome"], len(second.queries)) == ("nxdomain", 0)


def test_where_all_servers_refuse_the_last_word_is_the_outcome():
    with FakeServer(lambda query: query.reply(rcode=5)) as first, FakeServer(lambda query: query.reply(rcode=5)) as second:
        fact = resolve(f"{first.address},{second.address}", "A expe.example.com")
    assert (fact["outcome"], len(first.queries), len(second.queries)) == ("refused", 1, 1)


def test_a_process_short_of_descriptors_asks_in_turns():
    with FakeServer(lambda query: query.reply(a(query.name))) as server:
        words = [word for i in range(60) for word in ("A", f"h{i}.example.com")]
        command = [RESOLVE, server.address, HANG_MS, 0, HANG_MS, *words]
        result = subprocess.run(["prlimit", "--nofile=24", *[str(word) for word in command]], capture_output=True,
                                timeout=120)
    facts = json.loads(result.stdout.decode().splitlines()[0])["facts"]
    assert {fact["outcome"] for fact in facts} == {"answer"}


def test_an_answer_after_the_deadline_is_not_waited_for():
    with FakeServer(lambda query: (3.0, query.reply(a(query.name)))) as server:
        assert resolve(server.address, "A expe.example.com", timeout_ms=300)["outcome"] == "timeout"


def test_bad_addresses_are_refused():
    for address in ("", ",", "127.0.0.1,", "127.0.0.1,,127.0.0.2", ",".join(["127.0.0.1"] * 5), "localhost", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "[::1", "[127.0.0.1]:53", "::1]:53"):
        result = subprocess.run([RESOLVE, address, "100", "0", "0", "A", "x.example.com"], capture_output=True, timeout=120)
        assert result.returncode == 65, address
        assert b"syntax" in result.stderr


def test_the_systems_resolvers_are_named():
    """Nothing is sent: the deadline of the question has passed already."""
    lines = pathlib.Path("/etc/resolv.conf").read_text().splitlines() if os.path.exists("/etc/resolv.conf") else []
    servers = [line.split()[1] for line in lines if line.startswith("nameserver ")]
    source = resolve("system", "A expe.example.com", timeout_ms=-1)["source"]
    assert source.startswith("system resolver ")
    if servers and "%" not in servers[0]:
        assert source.split()[2].rstrip(",") == servers[0]
