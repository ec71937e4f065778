#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "render/text/out.h"
#include "render/text/wrap.h"

/* What `line` becomes; a record begins at byte `record` of it, 0: none. */
static void assert_wrapped(const char *line, size_t width, size_t record, const char *expected)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "before\n");
    size_t start = buf.len;
    fv_buf_append_text(&buf, line);
    fv_wrap_line(&buf, start, width, record == 0 ? 0 : start + record);
    assert_false(buf.failed);
    assert_string_equal(buf.data + start, expected);
    assert_memory_equal(buf.data, "before\n", start);
    fv_buf_clear(&buf);
}

static void a_line_that_fits_stays(void **state)
{
    (void)state;
    assert_wrapped("twelve chars", 12, 0, "twelve chars");
    assert_wrapped("", 12, 0, "");
}

static void words_are_not_broken(void **state)
{
    (void)state;
    assert_wrapped("one two three", 8, 0, "one two\n  three");
    assert_wrapped("extraordinarily long", 8, 0, "extraordinarily\n  long");
    assert_wrapped("  one two three four", 11, 0, "  one two\n    three\n    four");
}

static void what_goes_on_stands_below_the_tables_last_column(void **state)
{
    (void)state;
    assert_wrapped("  chain ok  one two three four", 22, 0, "  chain ok  one two\n    three four");
    assert_wrapped("  chain ok  one two three four", 26, 0,
                   "  chain ok  one two three\n            four");
    assert_wrapped("a             b           c d e f", 30, 0,
                   "a             b           c d\n              e f");
}

static void escapes_and_characters_of_many_bytes_have_their_columns(void **state)
{
    (void)state;
    assert_wrapped("\x1b[1;31mone\x1b[0m two three", 7, 0, "\x1b[1;31mone\x1b[0m two\n  three");
    assert_wrapped("b\xc3\xbc\xc3\xbc two", 7, 0, "b\xc3\xbc\xc3\xbc two");
}

static void a_record_stays_whole(void **state)
{
    (void)state;
    assert_wrapped("  3  add  host IN A 192.0.2.1", 20, 10, "  3  add\n     host IN A 192.0.2.1");
    assert_wrapped("  3  add  host IN A 192.0.2.1", 80, 10, "  3  add  host IN A 192.0.2.1");
}

static void a_writer_wraps_its_lines(void **state)
{
    (void)state;
    static const fedval_text_options look = {.size = sizeof(look), .width = 12};
    fv_out out;
    char *text = NULL;
    assert_int_equal(fv_out_init(&out, &look), FEDVAL_OK);
    out.breaks = true;
    fv_out_text(&out, "one two three");
    fv_out_newline(&out);
    fv_out_text(&out, "add ");
    fv_out_begin_record(&out);
    fv_out_text(&out, "host IN A 192.0.2.1");
    fv_out_newline(&out);
    fv_out_text(&out, "one two three");
    fv_out_newline(&out);
    assert_int_equal(fv_out_finish(&out, &text, NULL), FEDVAL_OK);
    assert_string_equal(text, "one two\n  three\nadd\n   host IN A 192.0.2.1\none two\n  three\n");
    fedval_text_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_that_fits_stays),
        cmocka_unit_test(words_are_not_broken),
        cmocka_unit_test(what_goes_on_stands_below_the_tables_last_column),
        cmocka_unit_test(escapes_and_characters_of_many_bytes_have_their_columns),
        cmocka_unit_test(a_record_stays_whole),
        cmocka_unit_test(a_writer_wraps_its_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
