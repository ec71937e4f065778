#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/evidence.h"
#include "render/text/out.h"

static const fedval_text_options utf8_look = {
    .size = sizeof(utf8_look), .width = 20, .colour = 0, .utf8 = 1};
static const fedval_text_options colour_look = {
    .size = sizeof(colour_look), .width = 0, .colour = 1, .utf8 = 0};

static fv_out begin(const fedval_text_options *look)
{
    fv_out out;
    assert_int_equal(fv_out_init(&out, look), FEDVAL_OK);
    return out;
}

static void assert_written(fv_out *out, const char *expected)
{
    char *text = NULL;
    size_t len = 0;
    assert_int_equal(fv_out_finish(out, &text, &len), FEDVAL_OK);
    assert_string_equal(text, expected);
    assert_int_equal(len, strlen(expected));
    fedval_text_free(text);
}

static void what_a_terminal_would_act_on_is_escaped(void **state)
{
    (void)state;
    fv_out out = begin(&utf8_look);
    fv_out_text(&out, "a\x1b[31m\n\r\t\x7f\xc2\x9b|\xe2\x80\xae|\xef\xbb\xbf|\xf3\xa0\x80\x81");
    assert_written(&out, "a\\x1b[31m\\x0a\\x0d\\x09\\x7f\\x9b|\\u{202e}|\\u{feff}|\\u{0e0001}");
}

static void characters_beyond_ascii_stay_only_where_they_are_wanted(void **state)
{
    (void)state;
    fv_out out = begin(&utf8_look);
    fv_out_text(&out, "b\xc3\xbc\xc3");
    assert_written(&out, "b\xc3\xbc\\xc3");
    out = begin(NULL);
    fv_out_text(&out, "b\xc3\xbc \xf0\x9f\x98\x80");
    assert_written(&out, "b\\xfc \\u{01f600}");
}

static void columns_count_characters(void **state)
{
    (void)state;
    fv_out out = begin(&utf8_look);
    fv_out_text(&out, "\xc3\xbc");
    fv_out_pad(&out, 4);
    fv_out_text(&out, "x");
    fv_out_pad(&out, 2);
    fv_out_text(&out, "y");
    fv_out_newline(&out);
    assert_written(&out, "\xc3\xbc   x y\n");
}

static void lines_do_not_end_in_blanks(void **state)
{
    (void)state;
    fv_out out = begin(NULL);
    fv_out_text(&out, "a");
    fv_out_pad(&out, 9);
    fv_out_newline(&out);
    fv_out_newline(&out);
    assert_written(&out, "a\n\n");
}

static void prose_breaks_at_blanks_within_the_width(void **state)
{
    (void)state;
    fv_out out = begin(&utf8_look);
    fv_out_text(&out, "12345 ");
    fv_out_prose(&out, "one two three  four abcdefghijklmnopqrstuvwxyz end", 2);
    assert_written(&out, "12345 one two three\n  four\n  abcdefghijklmnopqrstuvwxyz\n  end");
    out = begin(&colour_look);
    fv_out_prose(&out, "one two three four five six seven eight nine ten eleven twelve thirteen",
                 2);
    assert_written(&out, "one two three four five six seven eight nine ten eleven twelve thirteen");
}

static void check_first_words(unsigned width, const char *expected)
{
    const fedval_text_options look = {.size = sizeof(look), .width = width};
    fv_out out = begin(&look);
    fv_out_text(&out, "at times  ");
    fv_out_first_words(&out, "it stands in the name");
    assert_written(&out, expected);
}

static void a_line_is_shortened_between_words(void **state)
{
    (void)state;
    check_first_words(0, "at times  it stands in the name");
    check_first_words(31, "at times  it stands in the name");
    check_first_words(30, "at times  it stands in the...");
    check_first_words(29, "at times  it stands in the...");
    check_first_words(28, "at times  it stands in...");
    check_first_words(1, "at times  it...");
}

static void colours_stand_around_what_they_colour(void **state)
{
    (void)state;
    fv_out out = begin(&colour_look);
    fv_out_styled(&out, FV_RED, "X\x1b");
    fv_out_styled(&out, FV_PLAIN, "y");
    assert_written(&out, "\x1b[1;31mX\\x1b\x1b[0my");
}

static void times_and_numbers_are_written(void **state)
{
    (void)state;
    fv_out out = begin(NULL);
    fv_out_time(&out, 1488438646);
    fv_out_text(&out, " ");
    fv_out_date(&out, 1488438646);
    fv_out_text(&out, " ");
    fv_out_time(&out, FEDVAL_TIME_UNKNOWN);
    fv_out_text(&out, " ");
    fv_out_u64(&out, UINT64_MAX);
    assert_written(&out, "2017-03-02T07:10:46Z 2017-03-02 unknown 18446744073709551615");
}

static void options_of_a_size_that_cannot_be_are_refused(void **state)
{
    (void)state;
    fv_out out;
    struct {
        fedval_text_options known;
        size_t later;
    } longer = {.known = utf8_look, .later = 0};
    fedval_text_options wrong = {.size = 1};
    assert_int_equal(fv_out_init(&out, &wrong), FEDVAL_ERROR_ARGUMENT);
    longer.known.size = sizeof(longer);
    assert_int_equal(fv_out_init(&out, &longer.known), FEDVAL_OK);
    longer.later = 1;
    assert_int_equal(fv_out_init(&out, &longer.known), FEDVAL_ERROR_ARGUMENT);
}

static void a_hint_is_said_in_the_words_of_the_program(void **state)
{
    static const char *const words[] = {[FEDVAL_HINT_GIVE_ROOT] = "--trust FILE"};
    const fedval_text_options look = {
        .size = sizeof(look), .hints = words, .num_hints = FEDVAL_HINT_GIVE_ROOT + 1};
    (void)state;
    fv_out out = begin(&look);
    assert_string_equal(fv_out_hint(&out, FEDVAL_HINT_GIVE_ROOT), "--trust FILE");
    assert_null(fv_out_hint(&out, FEDVAL_HINT_ALLOW_PRIVATE));
    assert_null(fv_out_hint(&out, FEDVAL_HINT_RAISE_LIMIT));
    fv_buf_clear(&out.buf);
    out = begin(NULL);
    assert_null(fv_out_hint(&out, FEDVAL_HINT_GIVE_ROOT));
    fv_buf_clear(&out.buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_terminal_would_act_on_is_escaped),
        cmocka_unit_test(characters_beyond_ascii_stay_only_where_they_are_wanted),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(lines_do_not_end_in_blanks),
        cmocka_unit_test(prose_breaks_at_blanks_within_the_width),
        cmocka_unit_test(a_line_is_shortened_between_words),
        cmocka_unit_test(colours_stand_around_what_they_colour),
        cmocka_unit_test(times_and_numbers_are_written),
        cmocka_unit_test(options_of_a_size_that_cannot_be_are_refused),
        cmocka_unit_test(a_hint_is_said_in_the_words_of_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
