/* The scan for places that may tell of a failure: what it finds, and that it reads up to the end
 * that it is given and no further. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/log.h"
#include "logs/read/scan.h"
#include "logs/read/tally.h"
#include "logs/read/unwrap.h"

static void the_wide_scan_finds_what_the_plain_one_finds(void **state)
{
    static const char *const pieces[] = {"diag",      "SIP/2.0 504", "C3E9",     "certificate",
                                         " x ",       "Failed",      "time-out", "0x80",
                                         "FEDERATED", "zzzzzzzzzzz"};
    (void)state;
    uint64_t seed = 42;
    fv_scan wide;
    fv_scan_init(&wide);
    fv_scan plain = wide;
    plain.wide = false;
    size_t len = 200000, found = 0;
    uint8_t *bytes = malloc(len + 16);
    for (size_t i = 0; i < len;) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        const char *piece = pieces[(seed >> 33) % 10];
        for (; *piece != '\0' && i < len; piece++)
            bytes[i++] = (uint8_t)*piece;
        if (i < len)
            bytes[i++] = (uint8_t)(seed >> 56);
    }
    for (size_t at = 0; at < len; found++) {
        size_t a = fv_scan_next(&wide, bytes, at, len);
        assert_int_equal(a, fv_scan_next(&plain, bytes, at, len));
        at = a + 1;
    }
    assert_true(found > 5000);
    free(bytes);
}

/* A buffer as long as its text, so that a sanitizer sees a byte read too many. */
static void a_marker_is_found_at_every_offset_before_every_end(void **state)
{
    static const char text[] = " certificate";
    (void)state;
    fv_scan wide;
    fv_scan_init(&wide);
    fv_scan plain = wide;
    plain.wide = false;
    for (size_t at = 0; at < 140; at++) {
        for (size_t after = 0; after < 70; after++) {
            size_t len = at + sizeof(text) - 1 + after;
            uint8_t *bytes = malloc(len);
            memset(bytes, 'z', len);
            memcpy(bytes + at, text, sizeof(text) - 1);
            assert_int_equal(fv_scan_next(&wide, bytes, 0, len), at + 3);
            assert_int_equal(fv_scan_next(&wide, bytes, at + 4, len),
                             fv_scan_next(&plain, bytes, at + 4, len));
            assert_int_equal(fv_scan_next(&wide, bytes, 0, at + 6), at + 6);
            free(bytes);
        }
    }
}

static void lines_of_a_long_text_are_counted_whatever_ends_them(void **state)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    (void)state;
    for (size_t kind = 0; kind < 3; kind++) {
        uint8_t text[9000];
        size_t lines = 0, len = 0;
        while (len < sizeof(text) - 100) {
            /* Ends of lines of LF alone, but for one in the middle. */
            const char *end = ends[lines == 100 ? kind : 0];
            for (size_t i = 0; i < lines % 61; i++)
                text[len++] = 'x';
            for (; *end != '\0'; end++)
                text[len++] = (uint8_t)*end;
            lines++;
        }
        assert_int_equal(fv_scan_count_lines(text, 0, len, true), lines);
    }
}

static void lines_are_counted_with_every_line_end(void **state)
{
    static const uint8_t text[] =
        "a\nb\r\nc\rd\r\r\n\n0123456789012345678901234567890123456789\r\n";
    (void)state;
    assert_int_equal(fv_scan_count_lines(text, 0, sizeof(text) - 1, true), 7);
    for (size_t cut = 0; cut < sizeof(text) - 1; cut++) {
        bool at_end = text[cut] != '\n';
        assert_int_equal(fv_scan_count_lines(text, 0, cut, at_end) +
                             fv_scan_count_lines(text, cut, sizeof(text) - 1, true),
                         7);
    }
}

/* ---- answers that are only counted ---- */

static void a_status_is_read_before_the_end_alone(void **state)
{
    static const char text[] = "SIP/2.0 200 OK, SIP/2.0 504 Server time-out";
    const uint8_t *bytes = (const uint8_t *)text;
    const size_t len = sizeof(text) - 1;
    (void)state;
    assert_int_equal(fv_scan_passing_status(bytes, 4, len), 200);
    assert_int_equal(fv_scan_passing_status(bytes, 4, 12), 200);
    for (size_t end = 4; end < 12; end++)
        assert_int_equal(fv_scan_passing_status(bytes, 4, end), 0);
    assert_int_equal(fv_scan_passing_status(bytes, 20, len), 0); /* 504 is read, not counted */
    assert_int_equal(fv_scan_place(bytes, 4, len), 8);
    assert_int_equal(fv_scan_place(bytes, 4, 9), 8);
    for (size_t end = 4; end < 9; end++)
        assert_int_equal(fv_scan_place(bytes, 4, end), 4);
}

/* ---- rows of a table ---- */

static uint16_t kinds_around(const char *text, const char *place)
{
    size_t from;
    bool in_field;
    const fv_bytes bytes = {(const uint8_t *)text, strlen(text)};
    size_t at = (size_t)(strstr(text, place) - text);
    return fv_unwrap_kinds_around(bytes, 0, at, &from, &in_field);
}

static void a_row_begins_and_ends_with_a_quotation_mark(void **state)
{
    (void)state;
    assert_int_equal(kinds_around("\"a\",\"1010\",\"b\"", "1010"), FV_WRAP_CSV | FV_WRAP_CSV_LINES);
    assert_int_equal(kinds_around("\"a \"x\" b\",\"1010\",\"b\"", "1010"), FV_WRAP_CSV);
    assert_int_equal(kinds_around("\"a\";\"1010\";\"b\" \r\n", "1010"),
                     FV_WRAP_CSV | FV_WRAP_CSV_LINES);
    assert_int_equal(kinds_around("x \"a\",\"1010\",\"b\"", "1010"), FV_WRAP_NONE);
    assert_int_equal(kinds_around("\"a\",\"1010\",\"b\" x", "1010"), FV_WRAP_NONE);
    assert_int_equal(kinds_around("x,\"a\",\"1010\",\"b\",x", "1010"),
                     FV_WRAP_CSV | FV_WRAP_CSV_LINES);
    assert_int_equal(kinds_around("2019-05-14 11:22:33\te1\t\"x 1010\"", "1010"),
                     FV_WRAP_CSV | FV_WRAP_CSV_LINES);
    assert_int_equal(kinds_around("1010;\"Unable to resolve\"", "1010"), FV_WRAP_NONE);
    assert_int_equal(kinds_around("a: x;y=1;\"1010\"", "1010"), FV_WRAP_NONE);
    assert_int_equal(kinds_around("Error,x y,\"1010\"", "1010"), FV_WRAP_NONE);
    assert_int_equal(kinds_around("\"a 1010 b\"", "1010"), FV_WRAP_NONE);
}

/* ---- formats ---- */

static uint32_t formats_of(const char *text)
{
    fv_tally tally;
    fv_tally_init(&tally);
    fv_tally_look(&tally, (fv_bytes){(const uint8_t *)text, strlen(text)});
    return tally.formats;
}

/* A line of a chat has two aliases too. */
static void a_row_of_the_search_history_begins_with_a_time(void **state)
{
    static const char *const others[] = {"202X-05-14 07:12:01 a@example.com b@example.net SIP\n",
                                         "2019-05-14 07.12.01 a@example.com b@example.net SIP\n",
                                         "from a@example.com to b@example.net over SIP\n",
                                         "2019-05-14 a@ b@ SIP\n",
                                         "2019-05-14 07:12:01 a@example.com SIP\n"};
    (void)state;
    assert_int_equal(formats_of("x\n2019-05-14 07:12:01 a@example.com b@example.net SIP\n"),
                     FEDVAL_LOG_FORMAT_SEARCH_HISTORY);
    assert_int_equal(formats_of("2019-05-14T07:12:01 a@example.com b@example.net H323"),
                     FEDVAL_LOG_FORMAT_SEARCH_HISTORY);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        assert_int_equal(formats_of(others[i]), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_wide_scan_finds_what_the_plain_one_finds),
        cmocka_unit_test(a_marker_is_found_at_every_offset_before_every_end),
        cmocka_unit_test(lines_of_a_long_text_are_counted_whatever_ends_them),
        cmocka_unit_test(lines_are_counted_with_every_line_end),
        cmocka_unit_test(a_status_is_read_before_the_end_alone),
        cmocka_unit_test(a_row_begins_and_ends_with_a_quotation_mark),
        cmocka_unit_test(a_row_of_the_search_history_begins_with_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
