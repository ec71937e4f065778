/* What each line of a log begins with, so that it is no part of the log: numbers that count, names
 * of files, marks, the heads of collectors and of syslog. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "logs/read/repeated.h"

/* The lines before a line, what is passed over of it, and the rest with the lines after it. */
static const struct {
    const char *before, *passed, *rest;
} rows[] = {
    {"", "1 ", "a\n2 b\n"},
    {"1 a\n", "2 ", "b\n"},
    {"", "", "1 a\n3 b\n"},
    {"", "", "1 a\nb\n"},
    {"", "9 ", "a\n10 b\n"},
    {"", "1\t", "a\n2\tb\n"},
    {"", "1.", " a\n2. b\n"},
    {"", "1)", " a\n2) b\n"},
    {"", "1:", " a\n2: b\n"},
    {"", "1|", " a\n2| b\n"},
    {"", "[1]", " a\n[2] b\n"},
    {"", "(1)", " a\n(2) b\n"},
    {"", "", "[1] a\n(2] b\n"},
    {"", "1>", " a\n2> b\n"},
    {"", "1-", " a\n2- b\n"},
    {"", "", "1, a\n2, b\n"},
    {"", "", "1. a\n2) b\n"},
    {"", "1", "\na\n2\nb\n"},
    {"1\na\n", "2", "\nb\n"},
    {"", "", "1\na\n3\nb\n"},
    {"", "123456789 ", "a\n123456790 b\n"},
    {"", "", "1234567890 a\n1234567891 b\n"},
    {"", "", "2 a\n1 b\n"},
    {"1 a\n", "2 ", "b\n9 c\n"},
    {"", "", "1"},
    {"", "", "x\n2 b\n"},
    {"", "edge.log:12:", "a\nedge.log:13:b\n"},
    {"edge.log:12:a\n", "edge.log:13:", "b\n"},
    {"", "edge.log-12-", "a\nedge.log-13-b\n"},
    {"", "edge.log:", "12:a\nedge.log:14:b\n"},
    {"", "edge.log:", "a\nedge.log:b\n"},
    {"", "edge.log-", "a\nedge.log-b\n"},
    {"", "", "edge:a\nedge:b\n"},
    {"", "edge:12:", "a\nedge:13:b\n"},
    {"", "", "edge.log:a\nother.log:b\n"},
    {"", "./edge:12:", "a\n./edge:13:b\n"},
    {"", "/var/edge:12:", "a\n/var/edge:13:b\n"},
    {"", "_edge.log:", "a\n_edge.log:b\n"},
    {"", "", "1edge.log:a\n1edge.log:b\n"},
    {"", "", "edge.toolong:a\nedge.toolong:b\n"},
    {"", "", "edge.:a\nedge.:b\n"},
    {"", "edge.log::", "a\nedge.log::b\n"},
    {"", "", "edge log:a\nedge log:b\n"},
    {"", "a.bcdef:", "x\na.bcdef:y\n"},
    {"", "", "a.bcdefg:x\na.bcdefg:y\n"},
    {"", "", "edge.log:12:a\n"},
    {"", "+", "a\n+b\n"},
    {"+a\n", "", "+b\nc\n"},
    {"", "", "+a\nb\n"},
    {"", "#", "a\n#b\n"},
    {"", "//", "a\n//b\n"},
    {"", ";", "a\n;b\n"},
    {"", "* ", "a\n* b\n"},
    {"", "", "*a\n*b\n"},
    {"", "- ", "a\n- b\n"},
    {"", "-", "a\n-b\n"},
    {"", "% ", "a\n% b\n"},
    {"", "", "%a\n%b\n"},
    {"", "\342\200\242", " a\n\342\200\242 b\n"},
    {"", "", "+a"},
    {"x\n", "", "+a\n+b\n"},
    {"+x\n", "+", "a\n+b\n"},
    {"", "node1 app[7]:", " Via: a\nnode1 app[7]: To: b\n"},
    {"node1 app[7]: Via: a\n", "node1 app[7]:", " To: b\n"},
    {"", "node1 app[7]:", " Via: a\nnode2 app[8]: To: b\n"},
    {"", "", "node1 app[7]: Via: a\nnodex app[7]: To: b\n"},
    {"", "node1 app[7]:", " x\nnode1 app[7]: To: b\n"},
    {"", "", "node1 app[7]: x\nnode1 app[7]: y\n"},
    {"", "abc ", "Via: a\nabc To: b\n"},
    {"", "", "ab Via: a\nab To: b\n"},
    {"", "", "abc: Via: a\n"},
    {"", "12:00:01 ", "Via: a\n12:00:02 To: b\n"},
    {"", "x\"y1\" ", "Via: a\nx\"y1\" To: b\n"},
    {"", "", "Via: a\nTo: b\n"},
    {"Via: a\n", "12:00:01 ", "Via: a\n12:00:02 To: b\n"},
    {"", "", "12:00:01 a\nVia: b\n"},
    {"", "12:00:01 ", "2019-05-14 11:22:33  sip:a\n12:00:02 To: b\n"},
    {"", "12:00:01 |", " To: b\n12:00:02 | To: b\n"},
    {"", "12:00:01 ", "|To: b\n12:00:02 |To: b\n"},
    {"", "12:00:01 ", "call-id: b\n12:00:02 x\n"},
    {"", "12:00:01 ", "CALL-ID: b\n12:00:02 x\n"},
    {"", "", "12:00:01 callid: b\n12:00:02 x\n"},
    {"", "12:00:01 ", "$$begin_record b\n12:00:02 x\n"},
    {"", "12:00:01 ", "SIP/2.0 504 b\n12:00:02 x\n"},
    {"", "12:00:01 ", "INVITE sip:a\n12:00:02 x\n"},
    {"", "12:00:01 ", "ms-diagnostics: a\n12:00:02 x\n"},
    {"", "May 14 11:22:33 host app[8]: ", "one\nMay 14 11:22:33 host app[8]: two\n"},
    {"", "May  4 11:22:33 host app[8]: ", "one\nMay  4 11:22:33 host app[8]: two\n"},
    {"", "2019-05-14T11:22:33+02:00 host app: ", "one\n2019-05-14T11:22:33+02:00 host app: two\n"},
    {"", "", "May 14 11:22:33 host app[8]: one\nMay 14 11:22:34 host app[8]: two\n"},
    {"", "", "May 14 11:22:33 host app one\nMay 14 11:22:33 host app two\n"},
    {"", "", "May 14 11:22:33 host tvcs: one\nMay 14 11:22:33 host tvcs: two\n"},
    {"May 14 11:22:33 host app: one\n", "May 14 11:22:33 host app: ", "two\n"},
    {"", "", "May 14 11:22:33 host\nMay 14 11:22:33 host\n"},
    {"", "", "May 14 11:22:3x host app: one\nMay 14 11:22:3x host app: two\n"},
    {"", "", "2019-05-14 host app: one\n2019-05-14 host app: two\n"},
    {"", "", "2019-05-14T11:22:33+02:00 host tvcs: UTCTime=\"a\"\n"},
    {"", "", ""},
    {"", "", "\n"},
    {"", "", "a\n"},
    {"", "", "a\nb\n"},
};

static size_t count_passed(const fv_buf *text, size_t at)
{
    return fv_repeated_skip((fv_bytes){(const uint8_t *)text->data, text->len}, at) - at;
}

static void what_lines_share_is_passed_over(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fv_buf text;
        fv_buf_init(&text);
        fv_buf_append_text(&text, rows[i].before);
        fv_buf_append_text(&text, rows[i].passed);
        fv_buf_append_text(&text, rows[i].rest);
        size_t passed = count_passed(&text, strlen(rows[i].before));
        if (passed != strlen(rows[i].passed))
            fail_msg("%s%s%s: %zu", rows[i].before, rows[i].passed, rows[i].rest, passed);
        fv_buf_clear(&text);
    }
}

/* A name of a file has up to 120 characters with its mark, a head up to 160. */
static void what_is_longer_is_no_name_and_no_head(void **state)
{
    static const struct {
        size_t longest;
        const char *ends[2]; /* of the first line, of the second */
    } limits[] = {{115, {".log:a\n", ".log:b\n"}}, {159, {": Via: a\n", ": To: b\n"}}};
    (void)state;
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        for (size_t more = 0; more < 2; more++) {
            fv_buf text;
            fv_buf_init(&text);
            for (size_t line = 0; line < 2; line++) {
                for (size_t k = 0; k < limits[i].longest + more; k++)
                    fv_buf_append_char(&text, 'x');
                fv_buf_append_text(&text, limits[i].ends[line]);
            }
            assert_int_equal(count_passed(&text, 0) > 0, more == 0);
            fv_buf_clear(&text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_lines_share_is_passed_over),
        cmocka_unit_test(what_is_longer_is_no_name_and_no_head),
    };
    return cmocka_run_group_tests_name("logs/repeated", tests, NULL, NULL);
}
