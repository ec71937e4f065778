#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/versioned.h"

typedef struct known {
    size_t size;
    uint64_t first, second;
} known;

typedef struct later {
    size_t size;
    uint64_t first, second, third;
} later;

static void the_same_size_is_copied_whole(void **state)
{
    (void)state;
    known from = {sizeof(from), 1, 2}, out = {0, 9, 9};
    assert_true(fv_versioned_copy(&out, sizeof(out), &from));
    assert_int_equal(out.size, sizeof(out));
    assert_int_equal(out.first, 1);
    assert_int_equal(out.second, 2);
}

static void an_older_struct_is_filled_up_with_zero(void **state)
{
    (void)state;
    known from = {offsetof(known, second), 1, 2}, out = {0, 9, 9};
    assert_true(fv_versioned_copy(&out, sizeof(out), &from));
    assert_int_equal(out.size, sizeof(out));
    assert_int_equal(out.first, 1);
    assert_int_equal(out.second, 0);
}

static void a_later_struct_is_taken_when_its_tail_is_zero(void **state)
{
    (void)state;
    later from = {sizeof(from), 1, 2, 0};
    known out = {0, 9, 9};
    assert_true(fv_versioned_copy(&out, sizeof(out), &from));
    assert_int_equal(out.second, 2);
}

static void an_unknown_member_that_is_set_is_refused(void **state)
{
    (void)state;
    later from = {sizeof(from), 1, 2, 3};
    known out = {0, 9, 9};
    assert_false(fv_versioned_copy(&out, sizeof(out), &from));
    assert_int_equal(out.first, 9);
}

static void a_size_that_was_never_set_is_refused(void **state)
{
    (void)state;
    known from = {0, 1, 2}, out = {0, 9, 9};
    assert_false(fv_versioned_copy(&out, sizeof(out), &from));
    assert_int_equal(out.first, 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_size_is_copied_whole),
        cmocka_unit_test(an_older_struct_is_filled_up_with_zero),
        cmocka_unit_test(a_later_struct_is_taken_when_its_tail_is_zero),
        cmocka_unit_test(an_unknown_member_that_is_set_is_refused),
        cmocka_unit_test(a_size_that_was_never_set_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
