#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

static void numbers_and_hex_are_written_in_full(void **state)
{
    (void)state;
    const uint8_t raw[] = {0x00, 0xAF, 0x10};
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_u64(&buf, 0);
    fv_buf_append_char(&buf, ' ');
    fv_buf_append_u64(&buf, UINT64_MAX);
    fv_buf_append_text(&buf, " ");
    fv_buf_append_i64(&buf, INT64_MIN);
    fv_buf_append(&buf, " xyz", 2);
    fv_buf_append_i64(&buf, 42);
    fv_buf_append_text(&buf, NULL);
    fv_buf_append_char(&buf, ' ');
    fv_buf_append_hex(&buf, (fv_bytes){raw, 3});
    assert_string_equal(buf.data, "0 18446744073709551615 -9223372036854775808 x42 00af10");
    assert_int_equal(buf.len, strlen(buf.data));
    fv_buf_clear(&buf);
    assert_null(buf.data);
}

static void text_grows_past_every_capacity(void **state)
{
    (void)state;
    fv_buf buf;
    fv_buf_init(&buf);
    for (size_t i = 0; i < 10000; i++)
        fv_buf_append_char(&buf, (char)('a' + i % 26));
    size_t len = 0;
    char *text = fv_buf_take(&buf, &len);
    assert_int_equal(len, 10000);
    assert_int_equal(strlen(text), 10000);
    assert_int_equal(text[9999], 'a' + 9999 % 26);
    assert_null(buf.data);
    free(text);
}

static void an_empty_text_is_taken_as_an_empty_string(void **state)
{
    (void)state;
    fv_buf buf;
    fv_buf_init(&buf);
    char *text = fv_buf_take(&buf, NULL);
    assert_string_equal(text, "");
    free(text);
}

static void the_first_failure_sticks(void **state)
{
    (void)state;
    fv_buf buf;
    size_t len = 7;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "kept");
    fv_buf_append(&buf, "x", SIZE_MAX - 2);
    assert_true(buf.failed);
    fv_buf_append_text(&buf, "not appended");
    assert_string_equal(buf.data, "kept");
    assert_null(fv_buf_take(&buf, &len));
    assert_int_equal(len, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_hex_are_written_in_full),
        cmocka_unit_test(text_grows_past_every_capacity),
        cmocka_unit_test(an_empty_text_is_taken_as_an_empty_string),
        cmocka_unit_test(the_first_failure_sticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
