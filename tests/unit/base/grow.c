/* A list that grows keeps what it holds, doubles its room, and stays as it was where it cannot. */
#include "base/grow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void items_are_kept(void **state)
{
    (void)state;
    uint32_t *items = NULL;
    size_t capacity = 0, moves = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        size_t before = capacity;
        items = fv_grow(items, i + 1, &capacity, sizeof(*items));
        assert_non_null(items);
        assert_true(capacity > i);
        moves += capacity != before;
        items[i] = i;
    }
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    assert_int_equal(moves, 5); /* 64, 128, 256, 512, 1024 */
    free(items);
}

static void room_is_made_for_many_at_once(void **state)
{
    (void)state;
    size_t capacity = 0;
    char *items = fv_grow(NULL, 1000, &capacity, 1);
    assert_non_null(items);
    assert_int_equal(capacity, 1024);
    assert_ptr_equal(fv_grow(items, 1024, &capacity, 1), items);
    assert_int_equal(capacity, 1024);
    free(items);
}

static void an_item_may_be_larger_than_the_first_room(void **state)
{
    (void)state;
    size_t capacity = 0;
    char *items = fv_grow(NULL, 1, &capacity, 1000);
    assert_non_null(items);
    assert_int_equal(capacity, 1);
    memset(items, 'x', 1000);
    free(items);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    size_t capacity = 0;
    uint32_t *items = fv_grow(NULL, 1, &capacity, sizeof(*items));
    size_t before = capacity;
    items[0] = 7;
    assert_null(fv_grow(items, SIZE_MAX, &capacity, sizeof(*items)));
    assert_null(fv_grow(items, SIZE_MAX / sizeof(*items), &capacity, sizeof(*items)));
    assert_null(fv_grow(items, SIZE_MAX / sizeof(*items) / 2 + 2, &capacity, sizeof(*items)));
    assert_int_equal(capacity, before);
    assert_int_equal(items[0], 7);
    free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_kept),
        cmocka_unit_test(room_is_made_for_many_at_once),
        cmocka_unit_test(an_item_may_be_larger_than_the_first_room),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
