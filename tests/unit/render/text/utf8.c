#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "render/text/utf8.h"

static const struct {
    const char *text;
    size_t len;
    uint32_t c;
} good[] = {
    {"a", 1, 'a'},
    {"\x7f", 1, 0x7f},
    {"\xc2\x80", 2, 0x80},
    {"\xdf\xbf", 2, 0x7ff},
    {"\xe0\xa0\x80", 3, 0x800},
    {"\xed\x9f\xbf", 3, 0xd7ff},
    {"\xee\x80\x80", 3, 0xe000},
    {"\xef\xbf\xbf", 3, 0xffff},
    {"\xf0\x90\x80\x80", 4, 0x10000},
    {"\xf4\x8f\xbf\xbf", 4, 0x10ffff},
};

static const char *const bad[] = {
    "",                 /* nothing */
    "\x80",             /* a byte that only continues */
    "\xc3",             /* cut */
    "\xc3(",            /* not continued */
    "\xc0\x80",         /* overlong */
    "\xc1\xbf",         /* overlong */
    "\xe0\x9f\xbf",     /* overlong */
    "\xf0\x8f\xbf\xbf", /* overlong */
    "\xed\xa0\x80",     /* a surrogate */
    "\xf4\x90\x80\x80", /* above U+10FFFF */
    "\xf8\x88\x80\x80\x80",
    "\xff",
};

static void every_shape_of_character_is_decoded(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        uint32_t c = 0;
        assert_int_equal(fv_utf8_decode(fv_text_of(good[i].text), &c), good[i].len);
        assert_int_equal(c, good[i].c);
    }
}

static void what_is_no_character_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        uint32_t c = 77;
        assert_int_equal(fv_utf8_decode(fv_text_of(bad[i]), &c), 0);
        assert_int_equal(c, 77);
    }
}

static void bytes_that_belong_to_no_character_are_replaced_one_by_one(void **state)
{
    (void)state;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_utf8_append_repaired(&buf, fv_text_of("a\xff\xc3\xbc\xe2\x82z"));
    assert_string_equal(buf.data, "a\xef\xbf\xbd\xc3\xbc\xef\xbf\xbd\xef\xbf\xbdz");
    fv_buf_clear(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_of_character_is_decoded),
        cmocka_unit_test(what_is_no_character_is_refused),
        cmocka_unit_test(bytes_that_belong_to_no_character_are_replaced_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
