/* SipHash-1-3 against another implementation: with a key of zeros CPython's, whose hash() of bytes
 * it is, and a reference in Python for another key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "logs/incidents/lookup.h"

#define SEED UINT64_C(0x0123456789abcdef) /* the key's other half is made of it */

static void texts_have_the_hash_of_the_reference(void **state)
{
    static const struct {
        const char *text;
        uint64_t of_zero, of_seed;
    } rows[] = {
        {"", 0xd1fba762150c532c, 0xa6bb9f3d3c8d8106},
        {"a", 0x407448d2b89b1813, 0xf65f5128727bafcf},
        {"abcdefg", 0x6db12aae9070f506, 0x4b803df4c61d0065},
        {"abcdefgh", 0x3f7b849c0b8e35ea, 0xca2c99080d9b3fcb},
        {"abcdefghi", 0xf89b34a3d11eb6e5, 0x22b70565d43370d5},
        {"sip:alice@meet.example.org", 0x2d20ea118e4221ab, 0xd1de373424ac189a},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_true(fv_hash_text(0, rows[i].text) == rows[i].of_zero);
        assert_true(fv_hash_text(SEED, rows[i].text) == rows[i].of_seed);
    }
}

/* A number is hashed as its eight bytes and a zero. */
static void numbers_have_the_hash_of_the_reference(void **state)
{
    (void)state;
    assert_true(fv_hash_number(SEED, 5061) == UINT64_C(0x22869dd8465318c9));
    assert_true(fv_hash_text(SEED, NULL) == fv_hash_number(SEED, UINT64_MAX));
    assert_true(fv_hash_text(SEED, NULL) != fv_hash_text(SEED, ""));
}

static void seeds_differ_between_objects(void **state)
{
    (void)state;
    assert_true(fv_hash_seed(state) != fv_hash_seed(*state));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_have_the_hash_of_the_reference),
        cmocka_unit_test(numbers_have_the_hash_of_the_reference),
        cmocka_unit_test(seeds_differ_between_objects),
    };
    return cmocka_run_group_tests_name("logs/hash", tests, NULL, NULL);
}
