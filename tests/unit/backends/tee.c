#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "backends/probe/tee.h"

/* A TLS 1.2 ServerHello (version, random, no session id, suite, compression), then a Certificate
 * message with two certificates of 3 and 2 bytes, in two records cut in the midst of a message. */
static const uint8_t flight[] =
    {
        22, 3,  3,  0,  50, /* record */
        2,  0,  0,  38, 3,  3,  0,  1,   2,   3,    4,    5,  6,  7,   8,
        9,  10, 11, 12, 13, 14, 15, 16,  17,  18,   19,   20, 21, 22,  23,
        24, 25, 26, 27, 28, 29, 30, 31,  0,   0xC0, 0x2F, 0, /* hello */
        11, 0,  0,  14, 0,  0,  11, 0,                       /* certificate, its first half */
        22, 3,  3,  0,  14, 0,  3,  'a', 'b', 'c',  0,    0,  2,  'd', 'e', /* its second half */
        14, 0,  0,  0,                                                      /* hello done */
};

static fedval_fact *new_fact(void)
{
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_probe("expe.example.com", FEDVAL_NUL_ENDED, "192.0.2.1",
                                           FEDVAL_NUL_ENDED, 5061, FEDVAL_ROLE_SERVER, &fact),
                     FEDVAL_OK);
    return fact;
}

static void assert_flight(const fv_tls_tee *tee)
{
    fedval_fact *fact = new_fact();
    fv_bytes body;
    size_t count = 0, len = 0;
    assert_int_equal(fv_tls_tee_version(tee), 0x0303);
    assert_true(fv_tls_tee_find(tee, FV_TLS_SERVER_HELLO_DONE, &body));
    assert_false(fv_tls_tee_find(tee, FV_TLS_CERTIFICATE_REQUEST, &body));
    assert_int_equal(fv_tls_tee_copy_chain(tee, fact, &count), FEDVAL_OK);
    assert_int_equal(count, 2);
    assert_memory_equal(fedval_fact_get_certificate(fact, 0, &len), "abc", 3);
    assert_memory_equal(fedval_fact_get_certificate(fact, 1, &len), "de", 2);
    assert_int_equal(len, 2);
    fedval_fact_free(fact);
}

static void the_chain_is_read_however_the_bytes_are_cut(void **state)
{
    (void)state;
    for (size_t step = 1; step <= sizeof(flight); step++) {
        fv_tls_tee tee;
        fv_tls_tee_init(&tee);
        for (size_t at = 0; at < sizeof(flight); at += step) {
            size_t left = sizeof(flight) - at;
            fv_tls_tee_feed(&tee, (fv_bytes){flight + at, left < step ? left : step});
        }
        assert_flight(&tee);
        fv_tls_tee_clear(&tee);
    }
}

static void half_a_message_is_none(void **state)
{
    (void)state;
    fedval_fact *fact = new_fact();
    fv_tls_tee tee;
    size_t count = 7;
    fv_tls_tee_init(&tee);
    fv_tls_tee_feed(&tee, (fv_bytes){flight, 58});
    assert_int_equal(fv_tls_tee_copy_chain(&tee, fact, &count), FEDVAL_OK);
    assert_int_equal(count, 0);
    fv_tls_tee_clear(&tee);
    fedval_fact_free(fact);
}

static void a_fatal_alert_gives_its_number_and_a_warning_none(void **state)
{
    (void)state;
    static const uint8_t fatal[] = {21, 3, 3, 0, 2, 2, 70}, warning[] = {21, 3, 3, 0, 2, 1, 90};
    fv_tls_tee tee;
    fv_tls_tee_init(&tee);
    assert_int_equal(fv_tls_tee_alert(&tee), -1);
    fv_tls_tee_feed(&tee, (fv_bytes){fatal, sizeof(fatal)});
    assert_int_equal(fv_tls_tee_alert(&tee), 70);
    fv_tls_tee_clear(&tee);
    fv_tls_tee_feed(&tee, (fv_bytes){warning, sizeof(warning)});
    assert_int_equal(fv_tls_tee_alert(&tee), -1);
    fv_tls_tee_clear(&tee);
}

static void a_fatal_alert_after_a_warning_counts(void **state)
{
    (void)state;
    static const uint8_t both[] = {21, 3, 3, 0, 2, 1, 112, 21, 3, 3, 0, 2, 2, 40};
    for (size_t cut = 0; cut <= sizeof(both); cut++) {
        fv_tls_tee tee;
        fv_tls_tee_init(&tee);
        fv_tls_tee_feed(&tee, (fv_bytes){both, cut});
        fv_tls_tee_feed(&tee, (fv_bytes){both + cut, sizeof(both) - cut});
        assert_int_equal(fv_tls_tee_alert(&tee), 40);
        fv_tls_tee_clear(&tee);
    }
}

static void other_protocols_are_not_tls(void **state)
{
    (void)state;
    fv_tls_tee tee;
    fv_tls_tee_init(&tee);
    fv_tls_tee_feed(&tee, (fv_bytes){(const uint8_t *)"SIP/2.0 400", 11});
    assert_true(tee.not_tls);
    fv_tls_tee_clear(&tee);
}

static void one_byte_shows_that_it_is_not_tls(void **state)
{
    (void)state;
    static const char *const firsts[] = {"S", "\r", "\x05", "\x16\x05"};
    for (size_t i = 0; i < sizeof(firsts) / sizeof(firsts[0]); i++) {
        fv_tls_tee tee;
        fv_tls_tee_init(&tee);
        fv_tls_tee_feed(&tee, (fv_bytes){(const uint8_t *)firsts[i], i < 3 ? 1 : 2});
        assert_true(tee.not_tls);
        fv_tls_tee_clear(&tee);
    }
}

static void a_record_that_is_too_long_is_no_message(void **state)
{
    (void)state;
    static const uint8_t longest[] = {22, 3, 3, 0x48, 0x00},
                         longer[] = {22, 3, 3, 0x48, 0x01, 0, 0, 0, 0};
    fv_tls_tee tee;
    fv_tls_tee_init(&tee);
    fv_tls_tee_feed(&tee, (fv_bytes){longest, sizeof(longest)});
    assert_false(tee.is_too_long);
    fv_tls_tee_clear(&tee);
    fv_tls_tee_feed(&tee, (fv_bytes){longer, sizeof(longer)});
    assert_true(tee.is_too_long);
    assert_false(fv_tls_tee_has(&tee, FV_TLS_HELLO_REQUEST));
    fv_tls_tee_clear(&tee);
}

static void an_alert_of_no_known_level_is_neither_a_warning_nor_fatal(void **state)
{
    (void)state;
    static const uint8_t odd[] = {21, 3, 3, 0, 2, 3, 40};
    fv_tls_tee tee;
    fv_tls_tee_init(&tee);
    fv_tls_tee_feed(&tee, (fv_bytes){odd, sizeof(odd)});
    assert_true(tee.has_odd_alert);
    assert_int_equal(tee.num_warnings, 0);
    assert_int_equal(fv_tls_tee_alert(&tee), -1);
    fv_tls_tee_clear(&tee);
}

static void a_message_is_announced_until_it_is_whole(void **state)
{
    (void)state;
    fv_tls_tee tee;
    fv_tls_tee_init(&tee);
    fv_tls_tee_feed(&tee, (fv_bytes){flight, 50});
    assert_int_equal(fv_tls_tee_announced(&tee), 0);
    fv_tls_tee_feed(&tee, (fv_bytes){flight + 50, 1});
    assert_int_equal(fv_tls_tee_announced(&tee), 14);
    fv_tls_tee_feed(&tee, (fv_bytes){flight + 51, sizeof(flight) - 51});
    assert_int_equal(fv_tls_tee_announced(&tee), 0);
    fv_tls_tee_clear(&tee);
}

/* The server spoke TLS before: that the rest cannot be read does not make it another protocol. */
static void garbage_after_a_record_of_tls_is_no_other_protocol(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {22, 3, 3, 0, 1, 2, 'H', 'T', 'T', 'P', '/', '1', '.', '1'};
    fv_tls_tee tee;
    fv_tls_tee_init(&tee);
    fv_tls_tee_feed(&tee, (fv_bytes){bytes, sizeof(bytes)});
    assert_false(tee.not_tls);
    fv_tls_tee_clear(&tee);
}

static void what_comes_encrypted_is_not_kept(void **state)
{
    (void)state;
    static const uint8_t changed[] = {22, 3, 3, 0,  4, 2, 0, 0, 0, 20, 3, 3,
                                      0,  1, 1, 22, 3, 3, 0, 4, 1, 2,  3, 4};
    fv_tls_tee tee;
    fv_tls_tee_init(&tee);
    fv_tls_tee_feed(&tee, (fv_bytes){changed, sizeof(changed)});
    assert_true(tee.encrypted);
    assert_int_equal(tee.flight_len, 4);
    fv_tls_tee_clear(&tee);
}

static void a_change_before_the_hello_hides_nothing(void **state)
{
    (void)state;
    static const uint8_t changed[] = {20, 3, 3, 0, 1, 1, 22, 3, 3, 0, 4, 2, 0, 0, 0};
    fv_tls_tee tee;
    fv_tls_tee_init(&tee);
    fv_tls_tee_feed(&tee, (fv_bytes){changed, sizeof(changed)});
    assert_true(tee.has_early_change);
    assert_false(tee.encrypted);
    assert_true(fv_tls_tee_has(&tee, FV_TLS_SERVER_HELLO));
    fv_tls_tee_clear(&tee);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chain_is_read_however_the_bytes_are_cut),
        cmocka_unit_test(half_a_message_is_none),
        cmocka_unit_test(a_fatal_alert_gives_its_number_and_a_warning_none),
        cmocka_unit_test(a_fatal_alert_after_a_warning_counts),
        cmocka_unit_test(garbage_after_a_record_of_tls_is_no_other_protocol),
        cmocka_unit_test(other_protocols_are_not_tls),
        cmocka_unit_test(one_byte_shows_that_it_is_not_tls),
        cmocka_unit_test(a_record_that_is_too_long_is_no_message),
        cmocka_unit_test(an_alert_of_no_known_level_is_neither_a_warning_nor_fatal),
        cmocka_unit_test(a_message_is_announced_until_it_is_whole),
        cmocka_unit_test(what_comes_encrypted_is_not_kept),
        cmocka_unit_test(a_change_before_the_hello_hides_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
