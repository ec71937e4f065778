/* The lines before and after a line: what they tell of a prefix or of a mark at the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "logs/read/neighbours.h"
#include "logs/read/repeated.h"

#define FAR ((size_t)5000) /* no line that is this far away is looked at */

static fv_bytes bytes_of(const char *text)
{
    return (fv_bytes){(const uint8_t *)text, strlen(text)};
}

static void a_line_before_is_found_from_any_place(void **state)
{
    static const char text[] = "one\n  two\n\nthree";
    (void)state;
    for (size_t at = 11; at < 16; at++)
        assert_int_equal(fv_line_before(bytes_of(text), at), 6);
    for (size_t at = 6; at < 9; at++)
        assert_int_equal(fv_line_before(bytes_of(text), at), 0);
    for (size_t at = 0; at < 3; at++)
        assert_int_equal(fv_line_before(bytes_of(text), at), FV_NO_LINE);
    assert_int_equal(fv_line_after(bytes_of(text), 0), 6);
    assert_int_equal(fv_line_after(bytes_of(text), 6), 11);
    assert_int_equal(fv_line_after(bytes_of(text), 11), FV_NO_LINE);
}

static void a_line_far_away_is_none(void **state)
{
    (void)state;
    char *text = malloc(2 * FAR + 4);
    memset(text, 'x', 2 * FAR + 3);
    memcpy(text, "a\n", 2);
    memcpy(text + FAR, "\n", 1);
    text[2 * FAR + 3] = '\0';
    assert_int_equal(fv_line_before(bytes_of(text), FAR + 2), FV_NO_LINE);
    assert_int_equal(fv_line_before(bytes_of(text), 2 * FAR), FV_NO_LINE);
    assert_int_equal(fv_line_after(bytes_of(text), 2), FV_NO_LINE);
    free(text);
}

static void a_quotation_mark_closes_its_own_line_nearby(void **state)
{
    (void)state;
    assert_int_equal(fv_repeated_closing(bytes_of("\"abc\",\nd\""), 1), 4);
    assert_int_equal(fv_repeated_closing(bytes_of("\"abc\nd\""), 1), FV_REPEATED_OPEN);
    assert_int_equal(fv_repeated_closing(bytes_of("'abc\" "), 1), FV_REPEATED_OPEN);
    char *text = malloc(FAR + 3);
    memset(text, 'x', FAR + 2);
    text[0] = text[FAR + 1] = '"';
    text[FAR + 2] = '\0';
    assert_int_equal(fv_repeated_closing(bytes_of(text), 1), FV_REPEATED_OPEN);
    free(text);
}

static void heads_of_the_log_itself_are_no_prefix(void **state)
{
    static const char *const own[] = {
        "TL_INFO(TF_PROTOCOL) [1]0A2C.2F30: a\nTL_INFO(TF_PROTOCOL) [1]0A2C.2F30: b\n"
        "TL_INFO(TF_PROTOCOL) [1]0A2C.2F30: c\n",
        "2019-05-14T11:22:33+02:00 exp-e1 tvcs: a\n2019-05-14T11:22:33+02:00 exp-e1 tvcs: b\n"
        "2019-05-14T11:22:33+02:00 exp-e1 tvcs: c\n"};
    static const char others[] = "May 14 11:22:33 exp-e1 collector[812]: a\n"
                                 "May 14 11:22:33 exp-e1 collector[812]: b\n"
                                 "May 14 11:22:33 exp-e1 collector[812]: c\n";
    (void)state;
    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
        assert_int_equal(fv_repeated_skip(bytes_of(own[i]), 0), 0);
    assert_int_equal(fv_repeated_skip(bytes_of(others), 0),
                     strlen("May 14 11:22:33 exp-e1 collector[812]: "));
}

/* Headers behind a head that each line has: it was added, unless the log itself writes such. */
static void a_head_before_headers_was_added(void **state)
{
    static const struct {
        const char *own, *added;
    } rows[] = {
        {"TL_INFO(TF_PROTOCOL) [1]0A2C.2F30: ", "TX_INFO(TF_PROTOCOL) [1]0A2C.2F30: "},
        {"12 TL_INFO(TF_PROTOCOL) [1]0A2C.2F30: ", "12 TX_INFO(TF_PROTOCOL) [1]0A2C.2F30: "},
        {"2019-05-14 UTCTime x: ", "2019-05-14 UTCTimx x: "},
        {"2019-05-14 11:22:33 INFO :: ", "2019-05-14 11:22:33 INFO : "},
        {"12 $$begin_record: ", "12 $begin_record: "},
        {"2019-05-14 11:22:33 a=\"x: ", "2019-05-14 11:22:33 a='x: "},
        {NULL, "2019-05-14T11:22:33+02:00 exp-e1 tvcs: "},
    };
    /* Behind the stamp and the host of syslog, too. */
    static const char behind_host[] = "2019-05-14T11:22:33+02:00 exp-e1 TL_INFO a\n"
                                      "2019-05-14T11:22:33+02:00 exp-e1 TL_INFO b\n";
    (void)state;
    assert_int_equal(fv_repeated_skip(bytes_of(behind_host), 0), 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *const heads[] = {rows[i].own, rows[i].added};
        for (size_t k = rows[i].own == NULL; k < 2; k++) {
            char text[400];
            (void)snprintf(text, sizeof(text), "%sVia: SIP/2.0 one\n%sTo: two\n%sFrom: three\n",
                           heads[k], heads[k], heads[k]);
            assert_int_equal(fv_repeated_skip(bytes_of(text), 0),
                             k == 0 ? 0 : strlen(heads[k]) - 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_before_is_found_from_any_place),
        cmocka_unit_test(a_line_far_away_is_none),
        cmocka_unit_test(a_quotation_mark_closes_its_own_line_nearby),
        cmocka_unit_test(heads_of_the_log_itself_are_no_prefix),
        cmocka_unit_test(a_head_before_headers_was_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
