#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "render/json/json.h"
#include "render/json/json_read.h"

static void assert_written(fv_json *json, const char *expected)
{
    char *text = NULL;
    assert_int_equal(fv_json_finish(json, &text, NULL), FEDVAL_OK);
    assert_string_equal(text, expected);
    fedval_text_free(text);
}

static void members_stand_in_the_order_in_which_they_are_put(void **state)
{
    (void)state;
    fv_json json;
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "z", "1");
    fv_json_text_if(&json, "gone", NULL);
    fv_json_array(&json, "a");
    fv_json_i64(&json, NULL, INT64_MIN);
    fv_json_bool(&json, NULL, true);
    fv_json_object(&json, NULL);
    fv_json_end(&json);
    fv_json_array(&json, NULL);
    fv_json_end(&json);
    fv_json_end(&json);
    fv_json_null(&json, "n");
    fv_json_text(&json, "t", NULL);
    fv_json_time(&json, "when", 0);
    fv_json_time(&json, "never", FV_TIME_UNKNOWN);
    fv_json_base64(&json, "b", (fv_bytes){(const uint8_t *)"\x30\x00", 2});
    fv_json_end(&json);
    assert_written(&json,
                   "{\"z\":\"1\",\"a\":[-9223372036854775808,true,{},[]],\"n\":null,\"t\":null,"
                   "\"when\":\"1970-01-01T00:00:00Z\",\"never\":null,\"b\":\"MAA=\"}");
}

static void strings_are_escaped_and_repaired(void **state)
{
    (void)state;
    fv_json json;
    fv_json_init(&json);
    fv_json_text(&json, NULL, "\"\\/\n\r\t\x01\x1f\x7f\xc3\xbc\xff\xe2\x80\xa8");
    assert_written(&json, "\"\\\"\\\\/\\n\\r\\t\\u0001\\u001f\\u007f\xc3\xbc\xef\xbf\xbd"
                          "\\u2028\"");
}

static void a_value_is_found_again_by_its_path(void **state)
{
    (void)state;
    static const char text[] =
        " {\"a\": [1, {\"b\" : \"x,}]\\\"\", \"c\":\n [ [], null, true ]}],\n\"d\": 7}";
    const fv_json_segment path_d[] = {{"d", 0}};
    const fv_json_segment path_true[] = {{"a", 0}, {NULL, 1}, {"c", 0}, {NULL, 2}};
    const fv_json_segment path_none[] = {{"a", 0}, {NULL, 9}};
    fv_text json = {text, sizeof(text) - 1};
    uint32_t line = 0, column = 0;
    assert_int_equal(text[fv_json_find_value(json, path_d, 1)], '7');
    size_t at = fv_json_find_value(json, path_true, 4);
    assert_memory_equal(text + at, "true", 4);
    fv_json_place(json, at, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 14);
    assert_int_equal(text[fv_json_find_value(json, path_none, 2)], '[');
    assert_int_equal(text[fv_json_find_value(json, path_none, 0)], '{');
}

static void what_would_take_too_much_is_told_before_it_is_parsed(void **state)
{
    (void)state;
    const char *what = NULL;
    assert_true(fv_json_find_excess(fv_text_of("{\"[[[[[[[[[[[[[[[[[[[\":[[{}]]}"), &what) ==
                SIZE_MAX);
    assert_int_equal(fv_json_find_excess(fv_text_of("[[[[[[[[[[[[[["), &what), 12);
    assert_string_equal(what, "nested too deeply");
}

/* What turns text round, cannot be seen or acts on a terminal is escaped, in UTF-16. */
static void hidden_characters_are_escaped(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"a\xc2\x9b"
         "31m",
         "\"a\\u009b31m\""},
        {"\xe2\x80\xae"
         "x\xe2\x81\xa6y",
         "\"\\u202ex\\u2066y\""},
        {"\xe2\x80\xa8\xe2\x80\xa9", "\"\\u2028\\u2029\""},
        {"a\xe2\x80\x8b"
         "b\xef\xbb\xbf",
         "\"a\\u200bb\\ufeff\""},
        {"\xf3\xa0\x81\x81", "\"\\udb40\\udc41\""},
        {"\x9b"
         "31m \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80",
         "\"\xef\xbf\xbd"
         "31m \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fv_json json;
        fv_json_init(&json);
        fv_json_text(&json, NULL, cases[i].text);
        assert_written(&json, cases[i].wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hidden_characters_are_escaped),
        cmocka_unit_test(members_stand_in_the_order_in_which_they_are_put),
        cmocka_unit_test(strings_are_escaped_and_repaired),
        cmocka_unit_test(a_value_is_found_again_by_its_path),
        cmocka_unit_test(what_would_take_too_much_is_told_before_it_is_parsed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
