#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/name.h"

typedef struct pair {
    const char *domain;
    const char *target;
    uint32_t match;
} pair;

static const pair pairs[] = {
    {"example.com", "expe.example.com", FEDVAL_SRV_MATCH_MATCH},
    {"Example.COM", "EXPE.example.com.", FEDVAL_SRV_MATCH_MATCH},
    {"example.com.", "expe.example.com", FEDVAL_SRV_MATCH_MATCH},
    {"acano.steven.lab", "vcse.acano.steven.lab", FEDVAL_SRV_MATCH_MATCH},
    {"lab", "vcse.lab", FEDVAL_SRV_MATCH_MATCH},
    {"3com.example", "1.3com.example", FEDVAL_SRV_MATCH_MATCH},
    {"example.com", "expe.sub.example.com", FEDVAL_SRV_MATCH_DEEPER},
    {"cms.steven.lab", "vcse.sub.cms.steven.lab", FEDVAL_SRV_MATCH_DEEPER},
    {"example.com", "a.b.c.d.example.com", FEDVAL_SRV_MATCH_DEEPER},
    {"acano.steven.lab", "vcse.steven.lab", FEDVAL_SRV_MATCH_PARENT_OR_SIBLING},
    {"acano.steven.lab", "steven.lab", FEDVAL_SRV_MATCH_PARENT_OR_SIBLING},
    {"acano.steven.lab", "vcse.cms.STEVEN.lab.", FEDVAL_SRV_MATCH_PARENT_OR_SIBLING},
    {"example.co.uk", "expe.other.co.uk", FEDVAL_SRV_MATCH_PARENT_OR_SIBLING},
    {"example.com", "example.com", FEDVAL_SRV_MATCH_APEX},
    {"example.com", "EXAMPLE.com.", FEDVAL_SRV_MATCH_APEX},
    {"example.com", "expe.dummy.com", FEDVAL_SRV_MATCH_OTHER_DOMAIN},
    {"example.com", "expe.example.org", FEDVAL_SRV_MATCH_OTHER_DOMAIN},
    {"example.com", "badexample.com", FEDVAL_SRV_MATCH_OTHER_DOMAIN},
    {"example.com", "expe.badexample.com", FEDVAL_SRV_MATCH_OTHER_DOMAIN},
    {"contoso.com", "sipfed.online.lync.com", FEDVAL_SRV_MATCH_OTHER_DOMAIN},
    {"example.com", "com", FEDVAL_SRV_MATCH_OTHER_DOMAIN},
    {"example.com", "localhost", FEDVAL_SRV_MATCH_OTHER_DOMAIN},
    {"example.com", ".", FEDVAL_SRV_MATCH_NOT_OFFERED},
    {"example.com", "", FEDVAL_SRV_MATCH_NOT_A_HOST_NAME},
    {"example.com", "..", FEDVAL_SRV_MATCH_NOT_A_HOST_NAME},
    {"example.com", ".example.com", FEDVAL_SRV_MATCH_NOT_A_HOST_NAME},
    {"example.com", "expe.example.com..", FEDVAL_SRV_MATCH_NOT_A_HOST_NAME},
    {"example.com", "192.0.2.1", FEDVAL_SRV_MATCH_NOT_A_HOST_NAME},
    {"example.com", "2001:db8::1", FEDVAL_SRV_MATCH_NOT_A_HOST_NAME},
    {"example.com", "*.example.com", FEDVAL_SRV_MATCH_NOT_A_HOST_NAME},
    {"example.com", "ex_pe.example.com", FEDVAL_SRV_MATCH_NOT_A_HOST_NAME},
    {"example.com", "expe .example.com", FEDVAL_SRV_MATCH_NOT_A_HOST_NAME},
    {"example.com", "-expe.example.com", FEDVAL_SRV_MATCH_NOT_A_HOST_NAME},
    {"example.com", "exp\xc3\xa9.example.com", FEDVAL_SRV_MATCH_NOT_A_HOST_NAME},
    /* A control character is no dot, though only the bit of case lies between them. */
    {"example.com",
     "expe\x0e"
     "example\x0e"
     "com",
     FEDVAL_SRV_MATCH_NOT_A_HOST_NAME},
    {"example\x0e"
     "com",
     "expe.example.com", FEDVAL_SRV_MATCH_DOMAIN_NOT_A_HOST_NAME},
    {"", "expe.example.com", FEDVAL_SRV_MATCH_DOMAIN_NOT_A_HOST_NAME},
    {".", "expe.example.com", FEDVAL_SRV_MATCH_DOMAIN_NOT_A_HOST_NAME},
    {"192.0.2.1", "expe.example.com", FEDVAL_SRV_MATCH_DOMAIN_NOT_A_HOST_NAME},
};

#define NUM_PAIRS (sizeof(pairs) / sizeof(pairs[0]))

static uint32_t match(const char *domain, const char *target)
{
    return fedval_srv_match(domain, strlen(domain), target, strlen(target));
}

static void every_pair_gets_its_outcome(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_PAIRS; i++) {
        uint32_t seen = match(pairs[i].domain, pairs[i].target);
        if (seen != pairs[i].match) {
            fail_msg("%s -> %s: %s", pairs[i].domain, pairs[i].target,
                     fedval_srv_match_to_string(seen));
        }
    }
}

static void null_counts_as_an_empty_text(void **state)
{
    (void)state;
    assert_int_equal(fedval_srv_match(NULL, 5, "a.b", 3), FEDVAL_SRV_MATCH_DOMAIN_NOT_A_HOST_NAME);
    assert_int_equal(fedval_srv_match("a.b", 3, NULL, 5), FEDVAL_SRV_MATCH_NOT_A_HOST_NAME);
}

static void the_longest_names_are_matched(void **state)
{
    char target[257];
    (void)state;
    memset(target, 'a', sizeof(target));
    for (size_t i = 50; i < 250; i += 50)
        target[i] = '.';
    assert_int_equal(fedval_srv_match(target + 51, 202, target, 253), FEDVAL_SRV_MATCH_MATCH);
    assert_int_equal(fedval_srv_match(target + 51, 203, target, 254),
                     FEDVAL_SRV_MATCH_NOT_A_HOST_NAME);
}

/* Lays all pairs out as the batch form wants them. */
static size_t pack(char *text, uint32_t *offsets)
{
    size_t len = 0;
    for (size_t i = 0; i < NUM_PAIRS; i++) {
        const char *both[2] = {pairs[i].domain, pairs[i].target};
        for (size_t j = 0; j < 2; j++) {
            offsets[2 * i + j] = (uint32_t)len;
            memcpy(text + len, both[j], strlen(both[j]));
            len += strlen(both[j]);
        }
    }
    offsets[2 * NUM_PAIRS] = (uint32_t)len;
    return len;
}

static void the_batch_form_gives_the_same_outcomes(void **state)
{
    char text[4096];
    uint32_t offsets[2 * NUM_PAIRS + 1], seen[NUM_PAIRS];
    (void)state;
    size_t len = pack(text, offsets);
    assert_int_equal(fedval_srv_match_batch(text, len, offsets, NUM_PAIRS, seen), FEDVAL_OK);
    for (size_t i = 0; i < NUM_PAIRS; i++)
        assert_int_equal(seen[i], pairs[i].match);
}

static void a_batch_with_unsound_offsets_is_refused_untouched(void **state)
{
    const uint32_t descending[] = {0, 3, 2}, outside[] = {0, 3, 9}, sound[] = {0, 3, 8};
    uint32_t seen = 77;
    (void)state;
    assert_int_equal(fedval_srv_match_batch("a.bx.a.b", 8, descending, 1, &seen),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_srv_match_batch("a.bx.a.b", 8, outside, 1, &seen),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_srv_match_batch(NULL, 8, sound, 1, &seen), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_srv_match_batch("a.bx.a.b", 8, NULL, 1, &seen), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_srv_match_batch("a.bx.a.b", 8, sound, 1, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(seen, 77);
    assert_int_equal(fedval_srv_match_batch("a.bx.a.b", 8, sound, 1, &seen), FEDVAL_OK);
    assert_int_equal(seen, FEDVAL_SRV_MATCH_MATCH);
    assert_int_equal(fedval_srv_match_batch(NULL, 0, NULL, 0, NULL), FEDVAL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_gets_its_outcome),
        cmocka_unit_test(null_counts_as_an_empty_text),
        cmocka_unit_test(the_longest_names_are_matched),
        cmocka_unit_test(the_batch_form_gives_the_same_outcomes),
        cmocka_unit_test(a_batch_with_unsound_offsets_is_refused_untouched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
