#include "test.h"

#include "trust/index.h"

static fv_bytes key_of(const char *text)
{
    return (fv_bytes){(const uint8_t *)text, strlen(text)};
}

static size_t count(const fv_index *index, const char *key)
{
    size_t entry = 0, position, found = 0;
    while (fv_index_next(index, key_of(key), &entry, &position))
        found++;
    return found;
}

static void an_empty_index_has_nothing(void **state)
{
    fv_index index = {0};
    (void)state;
    assert_int_equal(count(&index, "a"), 0);
    fv_index_clear(&index);
}

static void every_position_of_a_key_is_found(void **state)
{
    fv_index index = {0};
    size_t entry = 0, position, sum = 0;
    (void)state;
    for (size_t i = 0; i < 300; i++)
        assert_true(fv_index_add(&index, key_of(i % 3 == 0 ? "third" : "other"), i));
    assert_int_equal(count(&index, "third"), 100);
    assert_int_equal(count(&index, "other"), 200);
    assert_int_equal(count(&index, "none"), 0);
    while (fv_index_next(&index, key_of("third"), &entry, &position))
        sum += position;
    assert_int_equal(sum, 99 * 100 / 2 * 3);
    assert_false(fv_index_next(&index, key_of("third"), &entry, &position));
    fv_index_clear(&index);
}

static void what_was_added_last_can_be_forgotten(void **state)
{
    fv_index index = {0};
    (void)state;
    assert_true(fv_index_add(&index, key_of("a"), 0));
    assert_true(fv_index_add(&index, key_of("a"), 1));
    assert_true(fv_index_add(&index, key_of("b"), 2));
    fv_index_truncate(&index, 1);
    assert_int_equal(count(&index, "a"), 1);
    assert_int_equal(count(&index, "b"), 0);
    assert_true(fv_index_add(&index, key_of("b"), 1));
    assert_int_equal(count(&index, "b"), 1);
    fv_index_clear(&index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_index_has_nothing),
        cmocka_unit_test(every_position_of_a_key_is_found),
        cmocka_unit_test(what_was_added_last_can_be_forgotten),
    };
    return cmocka_run_group_tests_name("trust/index", tests, NULL, NULL);
}
