#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cursor.h"

static void numbers_are_read_in_network_order(void **state)
{
    (void)state;
    const uint8_t raw[] = {1, 2, 3, 4, 5, 6, 0xFF, 0xFE, 0xFD, 0xFC};
    fv_cursor cursor;
    uint8_t u8;
    uint16_t u16;
    uint32_t u32;
    fv_cursor_init(&cursor, (fv_bytes){raw, sizeof(raw)});
    assert_true(fv_cursor_read_u8(&cursor, &u8) && u8 == 1);
    assert_true(fv_cursor_read_u16(&cursor, &u16) && u16 == 0x0203);
    assert_true(fv_cursor_read_u24(&cursor, &u32) && u32 == 0x040506);
    assert_true(fv_cursor_read_u24(&cursor, &u32) && u32 == 0xFFFEFD);
    assert_true(fv_cursor_read_u8(&cursor, &u8) && u8 == 0xFC);
    assert_int_equal(fv_cursor_left(&cursor), 0);
    assert_int_equal(fv_cursor_offset(&cursor), sizeof(raw));
}

static void a_read_past_the_end_moves_nothing(void **state)
{
    (void)state;
    const uint8_t raw[] = {9, 8, 7};
    fv_cursor cursor;
    uint8_t u8 = 1;
    uint16_t u16 = 1;
    uint32_t u32 = 1;
    fv_bytes taken = {NULL, 1};
    fv_cursor_init(&cursor, (fv_bytes){raw, 3});
    assert_false(fv_cursor_take(&cursor, 4, &taken));
    assert_false(fv_cursor_skip(&cursor, SIZE_MAX));
    assert_int_equal(fv_cursor_offset(&cursor), 0);
    assert_true(fv_cursor_skip(&cursor, 2));
    assert_false(fv_cursor_read_u16(&cursor, &u16));
    assert_false(fv_cursor_read_u24(&cursor, &u32));
    assert_true(fv_cursor_peek_u8(&cursor, &u8) && u8 == 7);
    assert_int_equal(fv_cursor_left(&cursor), 1);
    assert_true(fv_cursor_skip(&cursor, 1));
    assert_false(fv_cursor_peek_u8(&cursor, &u8));
    assert_false(fv_cursor_read_u8(&cursor, &u8));
    assert_true(u8 == 7 && u16 == 1 && u32 == 1 && taken.len == 1);
}

static void nothing_can_be_read_from_nothing(void **state)
{
    (void)state;
    fv_cursor cursor;
    fv_bytes taken;
    fv_cursor_init(&cursor, (fv_bytes){NULL, 0});
    assert_int_equal(fv_cursor_left(&cursor), 0);
    assert_true(fv_cursor_take(&cursor, 0, &taken));
    assert_int_equal(taken.len, 0);
    assert_false(fv_cursor_skip(&cursor, 1));
    /* An empty run inside something larger keeps its place. */
    const uint8_t raw[] = {1, 2};
    fv_cursor_init(&cursor, (fv_bytes){raw + 1, 0});
    assert_ptr_equal(cursor.next, raw + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_in_network_order),
        cmocka_unit_test(a_read_past_the_end_moves_nothing),
        cmocka_unit_test(nothing_can_be_read_from_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
