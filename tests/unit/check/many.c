#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_clock.h"
#include "fedval/check.h"
#include "making.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- a port that knows every domain, and answers one millisecond later or at once ---- */

enum { MAX_ASKS = 512 };

typedef struct ask {
    uint64_t ticket;
    fedval_fact *fact; /* NULL: free */
    int64_t due;
} ask;

typedef struct wide_port {
    const fedval_port_events *events;
    ask asks[MAX_ASKS];
    size_t num_open, most_open, num_started;
    bool at_once;
    unsigned num_targets, num_addresses;
    size_t chain_len; /* bytes of the one certificate that each probe gives */
} wide_port;

static void append_targets(const wide_port *port, fedval_fact *fact, const char *owner)
{
    char target[300];
    const char *domain = strstr(owner, "_tcp.") + 5;
    for (unsigned i = 0; i < port->num_targets; i++) {
        snprintf(target, sizeof(target), "expe%u.%s", i, domain);
        assert_int_equal(fedval_fact_append_srv(fact, owner, FEDVAL_NUL_ENDED, 60, 0, 0, 5061,
                                                target, FEDVAL_NUL_ENDED),
                         FEDVAL_OK);
    }
}

static void append_addresses(const wide_port *port, fedval_fact *fact, const char *owner)
{
    char address[32];
    for (unsigned i = 0; i < port->num_addresses; i++) {
        snprintf(address, sizeof(address), "198.41.0.%u", i + 1);
        assert_int_equal(fedval_fact_append_address(fact, owner, FEDVAL_NUL_ENDED, 60, address,
                                                    FEDVAL_NUL_ENDED),
                         FEDVAL_OK);
    }
}

static void append_chain(const wide_port *port, fedval_fact *fact)
{
    uint8_t *der = calloc(1, port->chain_len + 1);
    assert_non_null(der);
    assert_int_equal(fedval_fact_append_certificate(fact, der, port->chain_len), FEDVAL_OK);
    free(der);
}

static void fill(const wide_port *port, fedval_fact *fact)
{
    const fedval_question *question = fedval_fact_get_question(fact);
    const char *name = fedval_question_get_name(question);
    uint32_t outcome = FEDVAL_OUTCOME_ANSWER;
    if (fedval_question_get_kind(question) == FEDVAL_QUESTION_PROBE) {
        append_chain(port, fact);
        outcome = FEDVAL_OUTCOME_HANDSHAKE;
    } else if (fedval_question_get_type(question) == FEDVAL_TYPE_SRV) {
        append_targets(port, fact, name);
    } else if (fedval_question_get_type(question) == FEDVAL_TYPE_A) {
        append_addresses(port, fact, name);
    } else {
        outcome = FEDVAL_OUTCOME_NODATA;
    }
    assert_int_equal(fedval_fact_set_outcome(fact, outcome), FEDVAL_OK);
}

static fedval_status wide_attach(const fedval_port_events *events, void *user)
{
    ((wide_port *)user)->events = events;
    return FEDVAL_OK;
}

static fedval_status wide_start(uint64_t ticket, const fedval_question *question, int64_t now_ms,
                                int64_t deadline_ms, fedval_fact *fact, void *user)
{
    wide_port *port = user;
    size_t place = 0;
    (void)question, (void)deadline_ms;
    port->num_started++;
    if (port->at_once) {
        fill(port, fact);
        port->events->done(ticket, port->events->user);
        return FEDVAL_OK;
    }
    while (place < MAX_ASKS && port->asks[place].fact != NULL)
        place++;
    assert_true(place < MAX_ASKS);
    port->asks[place] = (ask){ticket, fact, now_ms + 1};
    if (++port->num_open > port->most_open)
        port->most_open = port->num_open;
    return FEDVAL_OK;
}

static void wide_ready(int32_t fd, uint32_t events, int64_t now_ms, void *user)
{
    (void)fd, (void)events, (void)now_ms, (void)user;
}

static int64_t wide_next_deadline(void *user)
{
    const wide_port *port = user;
    int64_t next = INT64_MAX;
    for (size_t i = 0; i < MAX_ASKS; i++) {
        if (port->asks[i].fact != NULL && port->asks[i].due < next)
            next = port->asks[i].due;
    }
    return next;
}

static void wide_expire(int64_t now_ms, void *user)
{
    wide_port *port = user;
    for (size_t i = 0; i < MAX_ASKS; i++) {
        ask one = port->asks[i];
        if (one.fact == NULL || one.due > now_ms)
            continue;
        port->asks[i].fact = NULL;
        port->num_open--;
        fill(port, one.fact);
        port->events->done(one.ticket, port->events->user);
    }
}

static void wide_cancel(uint64_t ticket, void *user)
{
    (void)ticket, (void)user;
    fail_msg("nothing was to be cancelled");
}

static fedval_port *new_wide_port(wide_port *user)
{
    static const fedval_port_vtable vtable = {.size = sizeof(vtable),
                                              .attach = wide_attach,
                                              .start = wide_start,
                                              .ready = wide_ready,
                                              .next_deadline = wide_next_deadline,
                                              .expire = wide_expire,
                                              .cancel = wide_cancel};
    fedval_port *port = NULL;
    assert_int_equal(fedval_port_new(&vtable, user, &port), FEDVAL_OK);
    return port;
}

/* ---- sessions ---- */

typedef struct tally {
    size_t num_ended, num_facts, num_handshakes, num_unsupported;
    fedval_status status; /* the first that was none of success */
} tally;

static void on_end(uint64_t id, fedval_evidence *evidence, fedval_status status, void *user)
{
    tally *self = user;
    (void)id;
    self->num_ended++;
    if (self->status == FEDVAL_OK)
        self->status = status;
    for (size_t i = 0; evidence != NULL && i < fedval_evidence_count_facts(evidence); i++) {
        uint32_t outcome = fedval_fact_get_outcome(fedval_evidence_get_fact(evidence, i));
        self->num_facts++;
        self->num_handshakes += outcome == FEDVAL_OUTCOME_HANDSHAKE;
        self->num_unsupported += outcome == FEDVAL_OUTCOME_UNSUPPORTED;
    }
    fedval_evidence_free(evidence);
}

static void add_domain(fedval_runner *runner, const char *domain, tally *self)
{
    assert_int_equal(fedval_runner_add(runner, new_session(domain), on_end, self, NULL), FEDVAL_OK);
}

static tally run_domains(size_t num_domains, wide_port *dns, wide_port *probe)
{
    fedval_runner *runner = NULL;
    fedval_port *resolver = new_wide_port(dns), *prober = new_wide_port(probe);
    tally seen = {.num_ended = 0};
    assert_int_equal(fedval_runner_new(&runner), FEDVAL_OK);
    assert_int_equal(fedval_runner_append_resolver(runner, resolver), FEDVAL_OK);
    assert_int_equal(fedval_runner_set_prober(runner, prober), FEDVAL_OK);
    for (size_t i = 0; i < num_domains; i++) {
        char domain[64];
        snprintf(domain, sizeof(domain), "d%zu.example.com", i);
        add_domain(runner, domain, &seen);
    }
    assert_int_equal(fedval_runner_run(runner), FEDVAL_OK);
    fedval_runner_free(runner);
    fedval_port_free(resolver);
    fedval_port_free(prober);
    return seen;
}

/* The lowest descriptor that is free: it rises when one leaks. */
static int next_descriptor(void)
{
    int fd = open("/dev/null", O_RDONLY);
    assert_true(fd >= 0);
    close(fd);
    return fd;
}

static void thousands_of_sessions_run_within_the_limit(void **state)
{
    (void)state;
    wide_port dns = {.num_targets = 1, .num_addresses = 2}, probe = dns;
    int before = next_descriptor();
    tally seen = run_domains(3000, &dns, &probe);
    assert_int_equal(seen.num_ended, 3000);
    assert_int_equal(seen.status, FEDVAL_OK);
    assert_int_equal(seen.num_facts, 3000 * 5);
    assert_int_equal(seen.num_handshakes, 3000 * 2);
    assert_true(dns.most_open + probe.most_open > 256 / 2);
    assert_true(dns.most_open <= 256 && probe.most_open <= 256);
    assert_int_equal(next_descriptor(), before);
}

static void thousands_of_sessions_are_answered_at_once(void **state)
{
    (void)state;
    wide_port dns = {.num_targets = 1, .num_addresses = 2, .at_once = true}, probe = dns;
    tally seen = run_domains(3000, &dns, &probe);
    assert_int_equal(seen.num_ended, 3000);
    assert_int_equal(seen.status, FEDVAL_OK);
    assert_int_equal(seen.num_handshakes, 3000 * 2);
}

/* 16 targets with 16 addresses, each of which sends half a megabyte: twice what evidence holds. */
static void what_evidence_cannot_hold_does_not_cost_the_check(void **state)
{
    (void)state;
    wide_port dns = {.num_targets = 16, .num_addresses = 16, .at_once = true}, probe = dns;
    probe.chain_len = (size_t)512 << 10;
    tally seen = run_domains(1, &dns, &probe);
    assert_int_equal(seen.status, FEDVAL_OK);
    assert_int_equal(seen.num_handshakes + seen.num_unsupported, 256);
    assert_true(seen.num_handshakes > 100 && seen.num_unsupported > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thousands_of_sessions_run_within_the_limit),
        cmocka_unit_test(thousands_of_sessions_are_answered_at_once),
        cmocka_unit_test(what_evidence_cannot_hold_does_not_cost_the_check),
    };
    fake_now_ms = 1000000;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
