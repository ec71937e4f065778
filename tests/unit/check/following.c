#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "memory_port.h"

static const memory_row zone[] = {
    {"A here.example.com", FEDVAL_OUTCOME_ANSWER, "198.51.100.1", 0},
    {"A out.example.com", FEDVAL_OUTCOME_NOT_ANSWERED, "Host.Elsewhere.example", 0},
    {"A back.example.com", FEDVAL_OUTCOME_SERVFAIL, "turn.elsewhere.example", 0},
    {"A circle.example.com", FEDVAL_OUTCOME_SERVFAIL, "circle.elsewhere.example", 0},
    {"A lost.example.com", FEDVAL_OUTCOME_NOT_ANSWERED, "nowhere.example", 0},
    {"A slow.example.com", FEDVAL_OUTCOME_SERVFAIL, "slow.elsewhere.example", 0},
    {"A silent.example.com", FEDVAL_OUTCOME_SERVFAIL, "silent.elsewhere.example", 0},
    {"A gone.example.com", FEDVAL_OUTCOME_SERVFAIL, "gone.elsewhere.example", 0},
    {"A broken.example.com", FEDVAL_OUTCOME_SERVFAIL, NULL, 0},
};

static const memory_row network[] = {
    {"A host.elsewhere.example", FEDVAL_OUTCOME_ANSWER, "198.51.100.2", 0},
    {"A turn.elsewhere.example", FEDVAL_OUTCOME_SERVFAIL, "here.example.com", 0},
    {"A circle.elsewhere.example", FEDVAL_OUTCOME_SERVFAIL, "circle.example.com", 0},
    {"A slow.elsewhere.example", FEDVAL_OUTCOME_ANSWER, "198.51.100.3", 20},
    {"A silent.elsewhere.example", FEDVAL_OUTCOME_ANSWER, "198.51.100.4", -1},
    {"A gone.elsewhere.example", FEDVAL_OUTCOME_NXDOMAIN, NULL, 0},
};

typedef struct pair {
    memory_port zone, network;
    fedval_port *both;
    uint64_t ended[4];
    size_t num_ended;
} pair;

static void on_interest(int32_t fd, uint32_t events, void *user)
{
    (void)fd, (void)events, (void)user;
}

static void on_done(uint64_t ticket, void *user)
{
    pair *p = user;
    p->ended[p->num_ended++] = ticket;
}

static void open_pair(pair *p, const fedval_port_vtable *vtable)
{
    fedval_port *first = NULL, *second = NULL, *either = NULL;
    *p = (pair){.zone = {.rows = zone, .num_rows = sizeof(zone) / sizeof(zone[0])},
                .network = {.rows = network, .num_rows = sizeof(network) / sizeof(network[0])}};
    assert_int_equal(fedval_port_new(vtable, &p->zone, &first), FEDVAL_OK);
    assert_int_equal(fedval_port_new(vtable, &p->network, &second), FEDVAL_OK);
    assert_int_equal(fedval_port_new_either(first, second, &either), FEDVAL_OK);
    assert_int_equal(fedval_port_new_following(either, &p->both), FEDVAL_OK);
    if (vtable == &memory_driven) {
        const fedval_port_events events = {
            .size = sizeof(events), .interest = on_interest, .done = on_done, .user = p};
        assert_int_equal(fedval_port_attach(p->both, &events), FEDVAL_OK);
    }
}

static fedval_fact *new_fact(const char *name)
{
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_dns(name, FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &fact),
                     FEDVAL_OK);
    return fact;
}

/* What both faces come to: the outcome, how many records, the last one's data. */
static const struct {
    const char *name;
    uint32_t outcome;
    size_t num_records;
    const char *last;
} answers[] = {
    {"here.example.com", FEDVAL_OUTCOME_ANSWER, 1, "198.51.100.1"},
    {"out.example.com", FEDVAL_OUTCOME_ANSWER, 2, "198.51.100.2"},
    {"back.example.com", FEDVAL_OUTCOME_ANSWER, 3, "198.51.100.1"},
    {"circle.example.com", FEDVAL_OUTCOME_ALIAS_CIRCLE, 2, "circle.example.com"},
    {"lost.example.com", FEDVAL_OUTCOME_NOT_ANSWERED, 1, "nowhere.example"},
    {"gone.example.com", FEDVAL_OUTCOME_NXDOMAIN, 1, "gone.elsewhere.example"},
    {"broken.example.com", FEDVAL_OUTCOME_SERVFAIL, 0, NULL},
    {"host.elsewhere.example", FEDVAL_OUTCOME_ANSWER, 1, "198.51.100.2"},
};
#define NUM_ANSWERS (sizeof(answers) / sizeof(answers[0]))

static void assert_answer(const fedval_fact *fact, size_t index)
{
    size_t count = fedval_fact_count_records(fact);
    assert_int_equal(fedval_fact_get_outcome(fact), answers[index].outcome);
    assert_int_equal(count, answers[index].num_records);
    if (count > 0)
        assert_string_equal(fedval_fact_get_record_data(fact, count - 1), answers[index].last);
}

static void an_alias_is_followed_from_one_to_the_other_when_fetching(void **state)
{
    (void)state;
    pair p;
    open_pair(&p, &memory_simple);
    for (size_t i = 0; i < NUM_ANSWERS; i++) {
        fedval_fact *fact = new_fact(answers[i].name);
        assert_int_equal(fedval_port_fetch(p.both, fedval_fact_get_question(fact), 1000, fact),
                         FEDVAL_OK);
        assert_answer(fact, i);
        fedval_fact_free(fact);
    }
    fedval_port_free(p.both);
}

static void an_alias_is_followed_from_one_to_the_other_on_events(void **state)
{
    (void)state;
    pair p;
    open_pair(&p, &memory_driven);
    for (size_t i = 0; i < NUM_ANSWERS; i++) {
        fedval_fact *fact = new_fact(answers[i].name);
        p.num_ended = 0;
        assert_int_equal(
            fedval_port_start(p.both, i, fedval_fact_get_question(fact), 0, 1000, fact), FEDVAL_OK);
        assert_int_equal(p.num_ended, 1);
        assert_int_equal(p.ended[0], i);
        assert_answer(fact, i);
        fedval_fact_free(fact);
    }
    fedval_port_free(p.both);
}

static void what_neither_has_anything_on_is_not_found(void **state)
{
    (void)state;
    pair p;
    open_pair(&p, &memory_driven);
    fedval_fact *fact = new_fact("nobody.example");
    assert_int_equal(fedval_port_start(p.both, 1, fedval_fact_get_question(fact), 0, 1000, fact),
                     FEDVAL_ERROR_NOT_FOUND);
    assert_int_equal(p.num_ended, 0);
    fedval_fact_free(fact);
    fedval_port_free(p.both);
}

static void the_answer_to_an_alias_may_come_later_or_never(void **state)
{
    (void)state;
    pair p;
    open_pair(&p, &memory_driven);
    fedval_fact *slow = new_fact("slow.example.com"), *silent = new_fact("silent.example.com");
    assert_int_equal(fedval_port_start(p.both, 1, fedval_fact_get_question(slow), 0, 100, slow),
                     FEDVAL_OK);
    assert_int_equal(fedval_port_start(p.both, 2, fedval_fact_get_question(silent), 0, 100, silent),
                     FEDVAL_OK);
    assert_int_equal(p.num_ended, 0);
    assert_int_equal(fedval_port_next_deadline_ms(p.both), 20);
    fedval_port_expire(p.both, 20);
    assert_int_equal(p.num_ended, 1);
    assert_int_equal(p.ended[0], 1);
    assert_string_equal(fedval_fact_get_record_data(slow, 1), "198.51.100.3");
    fedval_port_expire(p.both, 100);
    assert_int_equal(p.num_ended, 2);
    assert_int_equal(fedval_fact_get_outcome(silent), FEDVAL_OUTCOME_TIMEOUT);
    assert_int_equal(fedval_fact_count_records(silent), 1);
    fedval_port_free(p.both);
    fedval_fact_free(slow);
    fedval_fact_free(silent);
}

static void a_question_that_is_cancelled_while_its_alias_is_followed_is_forgotten(void **state)
{
    (void)state;
    pair p;
    open_pair(&p, &memory_driven);
    fedval_fact *fact = new_fact("slow.example.com"), *other = new_fact("silent.example.com");
    assert_int_equal(fedval_port_start(p.both, 1, fedval_fact_get_question(fact), 0, 100, fact),
                     FEDVAL_OK);
    assert_int_equal(fedval_port_start(p.both, 2, fedval_fact_get_question(other), 0, 100, other),
                     FEDVAL_OK);
    fedval_port_cancel(p.both, 1);
    fedval_port_cancel(p.both, 9);
    assert_int_equal(p.network.num_cancelled, 1);
    fedval_port_expire(p.both, 50);
    assert_int_equal(p.num_ended, 0);
    fedval_port_attach(p.both, NULL); /* ends the other one without a call */
    assert_int_equal(p.num_ended, 0);
    fedval_fact_free(fact);
    fedval_fact_free(other);
    fedval_port_free(p.both);
}

/* a1 -> a2 -> ... -> a40, each known to the network alone. */
static void no_more_than_sixteen_aliases_are_followed(void **state)
{
    (void)state;
    enum { LINKS = 40 };
    static char questions[LINKS][32], targets[LINKS][32];
    memory_row rows[LINKS];
    for (int i = 0; i < LINKS; i++) {
        snprintf(questions[i], sizeof(questions[i]), "A a%d.example", i);
        snprintf(targets[i], sizeof(targets[i]), "a%d.example", i + 1);
        rows[i] = (memory_row){questions[i], FEDVAL_OUTCOME_SERVFAIL, targets[i], 0};
    }
    pair p;
    open_pair(&p, &memory_simple);
    p.network.rows = rows;
    p.network.num_rows = LINKS;
    fedval_fact *fact = new_fact("a0.example");
    assert_int_equal(fedval_port_fetch(p.both, fedval_fact_get_question(fact), 1000, fact),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_get_outcome(fact), FEDVAL_OUTCOME_ALIAS_CIRCLE);
    assert_non_null(strstr(fedval_fact_get_detail(fact), "more than 16 aliases"));
    assert_int_equal(fedval_fact_count_records(fact), 17);
    fedval_fact_free(fact);
    fedval_port_free(p.both);
}

/* b0 -> ... -> b17 -> an address: no record behind the 17th alias counts, whoever has it. */
static void the_end_of_a_chain_that_is_too_long_is_not_taken(void **state)
{
    (void)state;
    enum { LINKS = 17 };
    static char questions[LINKS + 1][32], targets[LINKS][32];
    memory_row rows[LINKS + 1];
    for (int i = 0; i <= LINKS; i++) {
        snprintf(questions[i], sizeof(questions[i]), "A b%d.example", i);
        if (i < LINKS)
            snprintf(targets[i], sizeof(targets[i]), "b%d.example", i + 1);
        rows[i] = i < LINKS ? (memory_row){questions[i], FEDVAL_OUTCOME_NOT_ANSWERED, targets[i], 0}
                            : (memory_row){questions[i], FEDVAL_OUTCOME_ANSWER, "198.51.100.5", 0};
    }
    for (int first = 0; first <= 1; first++) {
        pair p;
        open_pair(&p, &memory_simple);
        p.network.rows = rows;
        p.network.num_rows = LINKS + 1;
        fedval_fact *fact = new_fact(first == 0 ? "b0.example" : "b1.example");
        assert_int_equal(fedval_port_fetch(p.both, fedval_fact_get_question(fact), 1000, fact),
                         FEDVAL_OK);
        assert_int_equal(fedval_fact_get_outcome(fact),
                         first == 0 ? FEDVAL_OUTCOME_ALIAS_CIRCLE : FEDVAL_OUTCOME_ANSWER);
        assert_int_equal(fedval_fact_count_records(fact), LINKS);
        fedval_fact_free(fact);
        fedval_port_free(p.both);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alias_is_followed_from_one_to_the_other_when_fetching),
        cmocka_unit_test(an_alias_is_followed_from_one_to_the_other_on_events),
        cmocka_unit_test(what_neither_has_anything_on_is_not_found),
        cmocka_unit_test(the_answer_to_an_alias_may_come_later_or_never),
        cmocka_unit_test(a_question_that_is_cancelled_while_its_alias_is_followed_is_forgotten),
        cmocka_unit_test(no_more_than_sixteen_aliases_are_followed),
        cmocka_unit_test(the_end_of_a_chain_that_is_too_long_is_not_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
