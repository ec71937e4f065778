#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../reading.h"
#include "message.h"
#include "servers.h"

#include <stdio.h>
#include <string.h>

#define NAME "_sipfederationtls._tcp.example.com"

static fv_dns_query new_query(uint32_t type)
{
    fv_dns_query query = {.id = 0x1234, .type = (uint16_t)type};
    assert_true(fv_dns_name_from_text(NAME, &query.name));
    return query;
}

/* A seed of the fuzz target: its first byte chooses the type there. */
static size_t read_seed(const char *name, uint8_t *out, size_t out_size)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/tests/fuzz/corpus/dns-answer/%s", FEDVAL_SOURCE_ROOT, name);
    size_t len = read_into(path, out, out_size);
    assert_true(len > 1);
    memmove(out, out + 1, len - 1);
    return len - 1;
}

/* "outcome records", and the fact. */
static uint32_t read_answer(const char *seed, uint32_t type, fv_dns_answer *out_answer,
                            size_t *out_records)
{
    uint8_t packet[4096];
    size_t len = read_seed(seed, packet, sizeof(packet));
    fv_dns_query query = new_query(type);
    fedval_fact *fact = NULL;
    *out_answer = (fv_dns_answer){.aliases = 0};
    assert_int_equal(fedval_fact_new_dns(NAME, FEDVAL_NUL_ENDED, type, 0, &fact), FEDVAL_OK);
    assert_int_equal(fv_dns_answer_read(packet, len, &query, fact, out_answer), FEDVAL_OK);
    *out_records = fedval_fact_count_records(fact);
    fedval_fact_free(fact);
    return out_answer->outcome;
}

/* ---- questions ---- */

static void a_question_is_written_with_edns(void **state)
{
    (void)state;
    static const uint8_t expected[] = {
        0x12, 0x34, 0x01, 0x00, 0,    1, 0, 0,  0, 0, 0, 1, /* RD, one question, OPT */
        1,    'a',  2,    'b',  'c',  0, 0, 33, 0, 1,       /* a.bc SRV IN */
        0,    0,    41,   0x04, 0xD0, 0, 0, 0,  0, 0, 0};   /* OPT, 1232 bytes */
    uint8_t packet[FV_DNS_MAX_QUERY];
    fv_dns_query query = {.id = 0x1234, .type = FEDVAL_TYPE_SRV};
    assert_true(fv_dns_name_from_text("a.bc", &query.name));
    assert_int_equal(fv_dns_query_write(&query, packet), sizeof(expected));
    assert_memory_equal(packet, expected, sizeof(expected));
}

static void the_bits_of_dnssec_are_set_when_wanted(void **state)
{
    (void)state;
    uint8_t packet[FV_DNS_MAX_QUERY];
    fv_dns_query query = new_query(FEDVAL_TYPE_A);
    query.want_ad = true;
    size_t len = fv_dns_query_write(&query, packet);
    assert_int_equal(packet[3], 0x20);
    assert_int_equal(packet[len - 4], 0x80); /* DO */
    query.want_ad = false;
    query.checking_disabled = true;
    query.no_edns = true;
    assert_int_equal(fv_dns_query_write(&query, packet), len - 11);
    assert_int_equal(packet[3], 0x10);
    assert_int_equal(packet[11], 0);
}

static void the_longest_name_fits(void **state)
{
    (void)state;
    char text[254];
    uint8_t packet[FV_DNS_MAX_QUERY];
    fv_dns_query query = {.id = 1, .type = FEDVAL_TYPE_A};
    memset(text, 'a', sizeof(text) - 1);
    text[63] = text[127] = text[191] = '.';
    text[253] = '\0';
    assert_true(fv_dns_name_from_text(text, &query.name));
    assert_int_equal(query.name.len, FV_DNS_MAX_NAME);
    assert_int_equal(fv_dns_query_write(&query, packet), FV_DNS_MAX_QUERY);
}

/* ---- answers ---- */

typedef struct seed_row {
    const char *seed;
    uint32_t type, outcome;
    size_t num_records;
} seed_row;

static const seed_row seeds[] = {
    {"srv", FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_ANSWER, 2},
    {"srv-root", FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_ANSWER, 1},
    {"address", FEDVAL_TYPE_A, FEDVAL_OUTCOME_ANSWER, 1},
    {"address-v6", FEDVAL_TYPE_AAAA, FEDVAL_OUTCOME_ANSWER, 1},
    {"alias", FEDVAL_TYPE_A, FEDVAL_OUTCOME_ANSWER, 2},
    {"alias-open", FEDVAL_TYPE_A, 0, 1},
    {"alias-circle", FEDVAL_TYPE_A, FEDVAL_OUTCOME_ALIAS_CIRCLE, 16},
    {"nodata", FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_NODATA, 0},
    {"nxdomain", FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_NXDOMAIN, 0},
    {"referral", FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_NOT_ANSWERED, 0},
    {"servfail", FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_SERVFAIL, 0},
    {"refused-bare", FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_REFUSED, 0},
    {"badvers", FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_NOT_ANSWERED, 0},
    {"pointer-loop", FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_MALFORMED, 0},
    /* the answer is to another type */
    {"srv", FEDVAL_TYPE_A, FEDVAL_OUTCOME_MALFORMED, 0},
};

static void each_answer_has_its_outcome(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++) {
        fv_dns_answer answer;
        size_t num_records;
        uint32_t outcome = read_answer(seeds[i].seed, seeds[i].type, &answer, &num_records);
        if (outcome != seeds[i].outcome || num_records != seeds[i].num_records)
            print_message("%s\n", seeds[i].seed);
        assert_int_equal(outcome, seeds[i].outcome);
        assert_int_equal(num_records, seeds[i].num_records);
    }
}

static void an_open_alias_says_what_to_ask_next(void **state)
{
    (void)state;
    fv_dns_answer answer;
    fv_dns_name expected;
    size_t num_records;
    assert_int_equal(read_answer("alias-open", FEDVAL_TYPE_A, &answer, &num_records), 0);
    assert_true(fv_dns_name_from_text("x.example.net", &expected));
    assert_int_equal(answer.next.len, expected.len);
    assert_memory_equal(answer.next.bytes, expected.bytes, expected.len);
    assert_int_equal(answer.aliases, 1);
}

static void the_extended_rcode_is_read(void **state)
{
    (void)state;
    fv_dns_answer answer;
    size_t num_records;
    read_answer("badvers", FEDVAL_TYPE_SRV, &answer, &num_records);
    assert_int_equal(answer.rcode, 16);
}

static void every_shorter_answer_is_malformed(void **state)
{
    (void)state;
    uint8_t packet[4096];
    size_t len = read_seed("srv", packet, sizeof(packet));
    fv_dns_query query = new_query(FEDVAL_TYPE_SRV);
    for (size_t cut = 1; cut < len; cut++) {
        fv_dns_answer answer = {.aliases = 0};
        fedval_fact *fact = NULL;
        assert_int_equal(fedval_fact_new_dns(NAME, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact),
                         FEDVAL_OK);
        assert_int_equal(fv_dns_answer_read(packet, len - cut, &query, fact, &answer), FEDVAL_OK);
        assert_int_equal(answer.outcome, FEDVAL_OUTCOME_MALFORMED);
        assert_int_equal(fedval_fact_count_records(fact), 0);
        fedval_fact_free(fact);
    }
}

/* RFC 5452 9.1: an answer, to this question and no other, and whole. */
static void what_does_not_fit_the_question_is_malformed(void **state)
{
    (void)state;
    static const struct {
        size_t at; /* of the header, or the type in the question */
        uint8_t flip;
    } changes[] = {
        {0, 0x01},                 /* id */
        {2, 0x80},                 /* a question */
        {2, 0x10},                 /* another opcode */
        {2, 0x02},                 /* truncated, though it came over TCP */
        {5, 0x02},                 /* three questions */
        {14, 0x01},                /* another name */
        {sizeof(NAME) + 15, 0x01}, /* another class */
    };
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        uint8_t packet[4096];
        size_t len = read_seed("srv", packet, sizeof(packet));
        fv_dns_query query = new_query(FEDVAL_TYPE_SRV);
        fv_dns_answer answer = {.aliases = 0};
        fedval_fact *fact = NULL;
        packet[changes[i].at] ^= changes[i].flip;
        assert_int_equal(fedval_fact_new_dns(NAME, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact),
                         FEDVAL_OK);
        assert_int_equal(fv_dns_answer_read(packet, len, &query, fact, &answer), FEDVAL_OK);
        if (answer.outcome != FEDVAL_OUTCOME_MALFORMED)
            print_message("change %zu\n", i);
        assert_int_equal(answer.outcome, FEDVAL_OUTCOME_MALFORMED);
        assert_int_equal(fedval_fact_count_records(fact), 0);
        fedval_fact_free(fact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_is_written_with_edns),
        cmocka_unit_test(the_bits_of_dnssec_are_set_when_wanted),
        cmocka_unit_test(the_longest_name_fits),
        cmocka_unit_test(each_answer_has_its_outcome),
        cmocka_unit_test(an_open_alias_says_what_to_ask_next),
        cmocka_unit_test(the_extended_rcode_is_read),
        cmocka_unit_test(every_shorter_answer_is_malformed),
        cmocka_unit_test(what_does_not_fit_the_question_is_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
