/* Allocation failures in session/ and check/: a whole check out of ports in memory. */
#include "oom.h"

#include "../judging.h"

#include "../unit/check/memory_port.h"
#include "fedval/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const memory_row rows[] = {
    {"SRV _sipfederationtls._tcp.example.com", FEDVAL_OUTCOME_ANSWER, "expe.example.com", 0},
    {"A expe.example.com", FEDVAL_OUTCOME_ANSWER, "198.41.0.4", 0},
    {"AAAA expe.example.com", FEDVAL_OUTCOME_ANSWER, "2606:4700::1", 0},
    {"expe.example.com 198.41.0.4:5061", FEDVAL_OUTCOME_HANDSHAKE, NULL, 0},
};

typedef struct check_work {
    const fedval_port_vtable *face;
    int64_t timeout_ms;
} check_work;

static fedval_status check(void *context)
{
    const check_work *work = context;
    memory_port dns = {.rows = rows, .num_rows = sizeof(rows) / sizeof(rows[0])}, probe = dns;
    fedval_port *resolver = NULL, *prober = NULL;
    fedval_judge *judge = NULL;
    fedval_evidence *evidence = NULL;
    fedval_status status = fedval_port_new(work->face, &dns, &resolver);
    if (status == FEDVAL_OK)
        status = fedval_port_new(work->face, &probe, &prober);
    if (status == FEDVAL_OK)
        status = new_judge(NULL, NULL, NULL, NULL, &judge);
    if (status == FEDVAL_OK) {
        status = fedval_check(judge, "example.com", FEDVAL_NUL_ENDED, resolver, prober,
                              work->timeout_ms, 1488438646, &evidence, NULL);
    }
    if (status == FEDVAL_OK && fedval_evidence_count_facts(evidence) != 4)
        status = FEDVAL_ERROR_STATE;
    fedval_evidence_free(evidence);
    fedval_judge_free(judge);
    fedval_port_free(resolver);
    fedval_port_free(prober);
    return status;
}

static void a_check_with_event_driven_ports_survives_failures(void **state)
{
    (void)state;
    check_work work = {&memory_driven, 60000};
    assert_true(oom_run(check, &work) > 20);
}

static void a_check_with_simple_ports_survives_failures(void **state)
{
    (void)state;
    check_work work = {&memory_simple, 60000};
    assert_true(oom_run(check, &work) > 20);
}

static fedval_status join_ports(void *context)
{
    memory_port *memory = context;
    fedval_port *first = NULL, *second = NULL, *both = NULL;
    fedval_status status = fedval_port_new(&memory_simple, memory, &first);
    if (status == FEDVAL_OK)
        status = fedval_port_new(&memory_simple, memory, &second);
    if (status == FEDVAL_OK)
        status = fedval_port_new_either(first, second, &both);
    if (status == FEDVAL_OK)
        first = second = NULL; /* the new port's */
    fedval_port_free(both);
    fedval_port_free(first);
    fedval_port_free(second);
    return status;
}

static void joining_two_ports_survives_failures(void **state)
{
    (void)state;
    memory_port memory = {.rows = rows};
    assert_true(oom_run(join_ports, &memory) >= 4);
}

/* An alias that leads from one port to the other: every answer comes, or memory was short. */
static fedval_status follow_alias(void *user)
{
    static const memory_row first_rows[] = {
        {"A out.example.com", FEDVAL_OUTCOME_SERVFAIL, "host.elsewhere.example", 0}};
    static const memory_row second_rows[] = {
        {"A host.elsewhere.example", FEDVAL_OUTCOME_ANSWER, "198.51.100.2", 0}};
    (void)user;
    memory_port one = {.rows = first_rows, .num_rows = 1},
                two = {.rows = second_rows, .num_rows = 1};
    fedval_port *first = NULL, *second = NULL, *both = NULL, *following = NULL;
    fedval_fact *fact = NULL;
    fedval_status status = fedval_port_new(&memory_simple, &one, &first);
    if (status == FEDVAL_OK)
        status = fedval_port_new(&memory_simple, &two, &second);
    if (status == FEDVAL_OK)
        status = fedval_port_new_either(first, second, &both);
    if (status == FEDVAL_OK)
        first = second = NULL; /* the new port's */
    if (status == FEDVAL_OK)
        status = fedval_port_new_following(both, &following);
    if (status == FEDVAL_OK)
        both = NULL;
    if (status == FEDVAL_OK)
        status = fedval_fact_new_dns("out.example.com", FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &fact);
    if (status == FEDVAL_OK)
        status = fedval_port_fetch(following, fedval_fact_get_question(fact), 1000, fact);
    if (status == FEDVAL_OK && fedval_fact_get_outcome(fact) != FEDVAL_OUTCOME_ANSWER)
        status = FEDVAL_ERROR_STATE;
    fedval_fact_free(fact);
    fedval_port_free(following);
    fedval_port_free(both);
    fedval_port_free(first);
    fedval_port_free(second);
    return status;
}

static void following_an_alias_survives_failures(void **state)
{
    (void)state;
    assert_true(oom_run(follow_alias, NULL) >= 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_check_with_event_driven_ports_survives_failures),
        cmocka_unit_test(a_check_with_simple_ports_survives_failures),
        cmocka_unit_test(joining_two_ports_survives_failures),
        cmocka_unit_test(following_an_alias_survives_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
