/* The value of ms-diagnostics: its numbers, and its parameters with or without quotation marks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "logs/read/params.h"

/* A value, and what is read of it: both numbers, and each parameter without blanks. "..." means
 * that the rest of it is missing. */
static const struct {
    const char *value, *read;
} rows[] = {
    {"1009;reason=\"a b\";domain=\"c\"", "1009.0 reason=ab domain=c"},
    {"1009.2;reason=a;domain=c d", "1009.2 reason=a domain=cd"},
    {"1009", "1009.0"},
    {"x", "none"},
    {";a=b", "none"},
    {"1009;", "1009.0"},
    {"1009.;a=b", "1009.0 a=b"},
    {"1009;a=b", "1009.0 a=b"},
    {"1009 ; , a=b , c=d", "1009.0 a=b,c=d"},
    {"1009;a;b=c", "1009.0 b=c"},
    {"1009;a='b c'; d=e", "1009.0 a=bc d=e"},
    {"1009;a='b;d=e'", "1009.0 a='b d=e'"},
    {"1009;a='b'c;d=e", "1009.0 a='b'c d=e"},
    {"1009;a=\"b;c\";d=e", "1009.0 a=b;c d=e"},
    {"1009;a=\"b", "1009.0 a=b..."},
    {"1009;a=\"b\\\"c\";d=e", "1009.0 a=b\\\"c d=e"},
    {"1009 \"Unable to\"", "1009.0 =Unableto"},
    {"1009 \"Unable to", "1009.0 =Unableto"},
    {"1009 Unable", "1009.0"},
    {"1009;=b", "1009.0 =b"},
    {"1009;a=", "1009.0 a="},
    {"1009;a=\"\";b=c", "1009.0 a= b=c"},
    {"123456789;a=b", "123456789.0 a=b"},
    {"1234567890;a=b", "123456789.0 a=b"},
    {"1009;a==b", "1009.0 a==b"},
    {"1009;a=b\nVia: x", "1009.0 a=bVia:x"},
    {"1009;a=\"b\nVia: SIP/2.0\";c=d", "1009.0 a=bVia:SIP/2.0\";c=d..."},
    {"1009;a=\"b\n2019-05-14Tx\";c=d", "1009.0 a=b2019-05-14Tx\";c=d..."},
    {"1009;a=\"b\nFrom: x\";c=d", "1009.0 a=bFrom:x c=d"},
    {"1009;a=\"b\nFrom: <x>\";c=d", "1009.0 a=bFrom:<x>\";c=d..."},
};

static void append_span(const fv_sight *sight, fv_span span, fv_buf *out)
{
    fv_text text = fv_sight_text(sight, span);
    fv_buf_append(out, text.data, text.len);
}

static void append_diagnostic(const fv_sight *sight, const fv_diagnostic *diagnostic, fv_buf *out)
{
    fv_buf_append_u64(out, diagnostic->id);
    fv_buf_append_char(out, '.');
    fv_buf_append_u64(out, diagnostic->sub_id);
    for (size_t i = 0; i < diagnostic->params.num_items; i++) {
        const fv_named_value *item = &diagnostic->params.items[i];
        fv_buf_append_char(out, ' ');
        append_span(sight, item->name, out);
        fv_buf_append_char(out, '=');
        append_span(sight, item->value, out);
        fv_buf_append_text(out, item->is_cut ? "..." : "");
    }
}

static void values_are_read_however_they_are_marked(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fv_sight sight;
        fv_diagnostic diagnostic;
        fv_buf read;
        fv_sight_init(&sight);
        fv_buf_init(&read);
        const char *value = rows[i].value;
        assert_true(fv_sight_read(&sight, (fv_bytes){(const uint8_t *)value, strlen(value)}));
        if (fv_diagnostic_read(&sight, (fv_span){0, sight.len}, &diagnostic))
            append_diagnostic(&sight, &diagnostic, &read);
        else
            fv_buf_append_text(&read, "none");
        assert_string_equal(read.data, rows[i].read);
        fv_buf_clear(&read);
        fv_sight_clear(&sight);
    }
}

/* Names are compared without letter case; one that is only a part of another is another. An empty
 * value is none. */
static void a_parameter_is_found_by_its_whole_name(void **state)
{
    static const char text[] = "1009;Reason_x=\"a\";reason=\"b\";domain=;domain=\"c";
    fv_sight sight;
    fv_diagnostic read;
    fv_span value;
    (void)state;
    fv_sight_init(&sight);
    assert_true(fv_sight_read(&sight, (fv_bytes){(const uint8_t *)text, sizeof(text) - 1}));
    assert_true(fv_diagnostic_read(&sight, (fv_span){0, sight.len}, &read));
    assert_true(fv_params_get(&sight, &read.params, "REASON", &value));
    assert_int_equal(sight.text[value.from], 'b');
    assert_false(fv_params_is_cut(&sight, &read.params, "reason"));
    assert_true(fv_params_get(&sight, &read.params, "domain", &value));
    assert_int_equal(sight.text[value.from], 'c');
    assert_true(fv_params_is_cut(&sight, &read.params, "domain"));
    assert_false(fv_params_get(&sight, &read.params, "reaso", &value));
    assert_false(fv_params_is_cut(&sight, &read.params, "fqdn1"));
    fv_sight_clear(&sight);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read_however_they_are_marked),
        cmocka_unit_test(a_parameter_is_found_by_its_whole_name),
    };
    return cmocka_run_group_tests_name("logs/params", tests, NULL, NULL);
}
