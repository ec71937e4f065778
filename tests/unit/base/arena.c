#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static void memory_is_zeroed_and_aligned_for_any_type(void **state)
{
    (void)state;
    fv_arena arena;
    fv_arena_init(&arena);
    for (size_t size = 0; size < 5000; size += 37) {
        unsigned char *memory = fv_arena_alloc(&arena, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xA5, size);
    }
    fv_arena_clear(&arena);
    fv_arena_clear(&arena);
}

static void pieces_are_joined(void **state)
{
    (void)state;
    fv_arena arena;
    fv_arena_init(&arena);
    assert_string_equal(fv_arena_join(&arena, (const char *const[]){"a", "", "bc", NULL}), "abc");
    assert_string_equal(fv_arena_join(&arena, (const char *const[]){NULL}), "");
    fv_arena_clear(&arena);
}

static void room_that_was_reserved_is_used_in_one_piece(void **state)
{
    (void)state;
    fv_arena arena;
    fv_arena_init(&arena);
    assert_true(fv_arena_reserve(&arena, 100000));
    char *first = fv_arena_alloc(&arena, 16);
    for (size_t i = 1; i < 1000; i++)
        assert_ptr_equal(fv_arena_alloc(&arena, 16), first + i * 16);
    assert_false(fv_arena_reserve(&arena, SIZE_MAX));
    fv_arena_clear(&arena);
}

static void a_product_or_size_that_overflows_is_refused(void **state)
{
    (void)state;
    fv_arena arena;
    fv_arena_init(&arena);
    assert_null(fv_arena_alloc_array(&arena, SIZE_MAX / 2, 3));
    assert_null(fv_arena_alloc(&arena, SIZE_MAX));
    assert_null(fv_arena_alloc(&arena, SIZE_MAX - 15));
    assert_null(fv_arena_copy_text(&arena, "x", SIZE_MAX));
    fv_arena_clear(&arena);
}

static void a_large_item_leaves_the_open_block_in_use(void **state)
{
    (void)state;
    fv_arena arena;
    fv_arena_init(&arena);
    char *small = fv_arena_alloc(&arena, 16);
    char *large = fv_arena_alloc(&arena, 1 << 20);
    char *next = fv_arena_alloc(&arena, 16);
    assert_non_null(large);
    assert_ptr_equal(next, small + 16);
    memset(large, 1, 1 << 20);
    fv_arena_clear(&arena);
}

static void copies_are_equal_and_texts_end_with_nul(void **state)
{
    (void)state;
    fv_arena arena;
    fv_arena_init(&arena);
    const uint8_t raw[3] = {1, 0, 2};
    fv_bytes copy = {NULL, 0}, empty = {NULL, 0};
    assert_string_equal(fv_arena_copy_text(&arena, "steven.lab", 6), "steven");
    assert_string_equal(fv_arena_copy_text(&arena, NULL, 0), "");
    assert_true(fv_arena_copy_bytes(&arena, (fv_bytes){raw, 3}, &copy));
    assert_int_equal(copy.len, 3);
    assert_memory_equal(copy.data, raw, 3);
    assert_true(fv_arena_copy_bytes(&arena, empty, &copy));
    assert_int_equal(copy.len, 0);
    fv_arena_clear(&arena);
}

static void an_excerpt_is_cut_and_hides_nothing_behind_a_nul(void **state)
{
    (void)state;
    fv_arena arena;
    fv_arena_init(&arena);
    assert_string_equal(fv_arena_copy_excerpt(&arena, fv_text_of("steven.lab"), 10), "steven.lab");
    assert_string_equal(fv_arena_copy_excerpt(&arena, fv_text_of("steven.lab"), 6), "steven...");
    assert_string_equal(fv_arena_copy_excerpt(&arena, fv_text_of("caf\xc3\xa9s"), 4), "caf...");
    assert_string_equal(fv_arena_copy_excerpt(&arena, (fv_text){"a\0b", 3}, 3), "a?b");
    assert_string_equal(fv_arena_copy_excerpt(&arena, (fv_text){NULL, 0}, 3), "");
    fv_arena_clear(&arena);
}

static void appended_items_keep_their_values_while_the_array_grows(void **state)
{
    (void)state;
    fv_arena arena;
    fv_arena_init(&arena);
    void *items = NULL;
    size_t num_items = 0, capacity = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        uint32_t *slot = fv_arena_append(&arena, &items, &num_items, &capacity, sizeof(*slot));
        assert_non_null(slot);
        assert_int_equal(*slot, 0);
        *slot = i;
    }
    assert_int_equal(num_items, 1000);
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(((uint32_t *)items)[i], i);
    fv_arena_clear(&arena);
}

static size_t num_released;

static void count_release(void *object)
{
    num_released++;
    free(object);
}

static void an_adopted_object_is_released_with_the_arena_and_one_too_many_at_once(void **state)
{
    (void)state;
    fv_arena arena;
    fv_late_object slot = NULL;
    fv_arena_init(&arena);
    num_released = 0;
    void *first = malloc(1), *second = malloc(1);
    assert_ptr_equal(fv_arena_adopt_once(&arena, &slot, first, count_release), first);
    assert_int_equal(num_released, 0);
    assert_ptr_equal(fv_arena_adopt_once(&arena, &slot, second, count_release), first);
    assert_int_equal(num_released, 1);
    fv_arena_clear(&arena);
    assert_int_equal(num_released, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned_for_any_type),
        cmocka_unit_test(pieces_are_joined),
        cmocka_unit_test(room_that_was_reserved_is_used_in_one_piece),
        cmocka_unit_test(a_product_or_size_that_overflows_is_refused),
        cmocka_unit_test(a_large_item_leaves_the_open_block_in_use),
        cmocka_unit_test(copies_are_equal_and_texts_end_with_nul),
        cmocka_unit_test(an_excerpt_is_cut_and_hides_nothing_behind_a_nul),
        cmocka_unit_test(an_adopted_object_is_released_with_the_arena_and_one_too_many_at_once),
        cmocka_unit_test(appended_items_keep_their_values_while_the_array_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
