/* The fast scan against the plain one, which has a test of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/name.h"
#include "model/dns_name.h"

static uint64_t seed = 42;

static uint32_t next_random(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33);
}

/* An exact-size copy, so that a sanitizer sees a read beyond the name. */
static bool scan_copy(const char *name, size_t len)
{
    char *copy = malloc(len == 0 ? 1 : len);
    assert_non_null(copy);
    memcpy(copy, name, len);
    bool valid = fv_host_name_is_valid((fv_text){copy, len});
    free(copy);
    return valid;
}

static void assert_scans_agree(const char *name, size_t len)
{
    fv_text text = {name, len};
    bool plain = fv_dns_name_check(text, 0) == FEDVAL_NAME_FAULT_NONE;
    if (scan_copy(name, len) != plain)
        fail_msg("%.*s: plain says %d", (int)len, name, plain);
}

static void every_byte_at_every_place_is_judged_like_the_plain_scan(void **state)
{
    (void)state;
    for (size_t len = 1; len <= 24; len++) {
        for (size_t at = 0; at < len; at++) {
            for (unsigned byte = 0; byte < 256; byte++) {
                char name[24];
                memset(name, 'a', len);
                name[at] = (char)(unsigned char)byte;
                assert_scans_agree(name, len);
            }
        }
    }
}

static void every_two_neighbours_are_judged_like_the_plain_scan(void **state)
{
    static const char pairs[][2] = {{'.', '.'}, {'.', '-'}, {'-', '.'}, {'-', '-'}, {'.', 'a'},
                                    {'1', '.'}, {'.', '1'}, {'@', '`'}, {'[', '{'}, {'/', ':'}};
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        for (size_t len = 2; len <= 40; len++) {
            for (size_t at = 0; at + 1 < len; at++) {
                char name[40];
                memset(name, 'z', len);
                memcpy(name + at, pairs[i], 2);
                assert_scans_agree(name, len);
            }
        }
    }
}

static void random_names_are_judged_like_the_plain_scan(void **state)
{
    static const char letters[] = "aZ09--..mq_*";
    size_t num_valid = 0;
    (void)state;
    for (size_t round = 0; round < 20000; round++) {
        char name[300];
        size_t len = next_random() % (round % 10 == 0 ? 300 : 20);
        for (size_t i = 0; i < len; i++)
            name[i] = letters[next_random() % (sizeof(letters) - (round % 2 ? 1 : 3))];
        assert_scans_agree(name, len);
        num_valid += fv_host_name_is_valid((fv_text){name, len});
    }
    assert_true(num_valid > 1000);
}

static void long_labels_are_refused(void **state)
{
    char name[80];
    (void)state;
    memset(name, 'a', sizeof(name));
    assert_true(fv_host_name_is_valid((fv_text){name, 63}));
    assert_false(fv_host_name_is_valid((fv_text){name, 64}));
    name[10] = '.';
    assert_true(fv_host_name_is_valid((fv_text){name, 74}));
    assert_false(fv_host_name_is_valid((fv_text){name, 75}));
}

static void equality_looks_at_every_byte_and_passes_over_case_alone(void **state)
{
    (void)state;
    for (size_t len = 1; len <= 40; len++) {
        for (size_t at = 0; at < len; at++) {
            char a[40], b[40];
            memset(a, 'k', len);
            memset(b, 'k', len);
            b[at] = 'K';
            assert_true(fv_host_name_equal((fv_text){a, len}, (fv_text){b, len}));
            b[at] = 'l';
            assert_false(fv_host_name_equal((fv_text){a, len}, (fv_text){b, len}));
        }
    }
    assert_false(fv_host_name_equal(fv_text_of("abc"), fv_text_of("abcd")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_at_every_place_is_judged_like_the_plain_scan),
        cmocka_unit_test(every_two_neighbours_are_judged_like_the_plain_scan),
        cmocka_unit_test(random_names_are_judged_like_the_plain_scan),
        cmocka_unit_test(long_labels_are_refused),
        cmocka_unit_test(equality_looks_at_every_byte_and_passes_over_case_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
