#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"

/* Seconds as GNU date prints them (date -u -d ... +%s). */
static const struct {
    const char *text;
    int64_t seconds;
} known[] = {
    {"1970-01-01T00:00:00Z", 0},
    {"1969-12-31T23:59:59Z", -1},
    {"2017-03-02T07:10:46Z", 1488438646},
    {"2000-02-29T12:00:00Z", 951825600},
    {"1900-03-01T00:00:00Z", -2203891200},
    {"1950-01-01T00:00:00Z", -631152000},
    {"2049-12-31T23:59:59Z", 2524607999},
    {"2400-02-29T00:00:00Z", 13574563200},
    {"9999-12-31T23:59:59Z", 253402300799},
    {"0000-01-01T00:00:00Z", -62167219200},
};

static void known_moments_are_read_and_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        int64_t seconds = 0;
        char text[FV_CALENDAR_TEXT_SIZE];
        assert_true(fv_calendar_parse(fv_text_of(known[i].text), &seconds));
        assert_true(seconds == known[i].seconds);
        fv_calendar_format(seconds, text);
        assert_string_equal(text, known[i].text);
    }
}

static void every_day_of_ten_thousand_years_converts_back(void **state)
{
    (void)state;
    for (int64_t day = -719528; day <= 2932896; day++) {
        fv_calendar calendar;
        int64_t seconds = 0;
        assert_true(fv_calendar_from_seconds(day * 86400 + 3661, &calendar));
        assert_true(fv_calendar_to_seconds(&calendar, &seconds));
        if (seconds != day * 86400 + 3661)
            fail_msg("day %lld", (long long)day);
    }
}

static void moments_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "",
        "2017-02-29",
        "1900-02-29",
        "2017-13-01",
        "2017-00-01",
        "2017-01-00",
        "2017-04-31",
        "2017-03-02T24:00:00Z",
        "2017-03-02T07:60:00Z",
        "2017-03-02T07:10:60Z",
        "2017-03-02T07:10:46",
        "2017-03-02T07:10Z",
        "2017-03-02T07:10:46.Z",
        "2017-03-02T07:10:46+0100",
        "2017-03-02T07:10:46+24:00",
        "2017-03-02T07:10:46Zx",
        "2017-03-02Z",
        "17-03-02",
        "2017-3-02",
        " 2017-03-02",
        "+017-03-02",
    };
    int64_t seconds = 7;
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        if (fv_calendar_parse(fv_text_of(refused[i]), &seconds))
            fail_msg("accepted: %s", refused[i]);
    }
    assert_false(fv_calendar_parse((fv_text){"2017-03-02\0", 11}, &seconds));
    assert_int_equal(seconds, 7);
}

static void offsets_fractions_and_bare_dates_are_understood(void **state)
{
    (void)state;
    static const char *const same[] = {
        "2017-03-02T07:10:46Z",      "2017-03-02t07:10:46z",          "2017-03-02 07:10:46Z",
        "2017-03-02T08:10:46+01:00", "2017-03-02T00:40:46.999-06:30", "2017-03-02T07:10:46,240Z",
    };
    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
        int64_t seconds = 0;
        assert_true(fv_calendar_parse(fv_text_of(same[i]), &seconds));
        assert_int_equal(seconds, 1488438646);
    }
    int64_t midnight = 0;
    assert_true(fv_calendar_parse(fv_text_of("2017-03-02"), &midnight));
    assert_int_equal(midnight, 1488412800);
}

static void times_that_cannot_be_written_give_an_empty_text(void **state)
{
    (void)state;
    static const int64_t outside[] = {FV_TIME_UNKNOWN, INT64_MAX, 253402300800, -62167219201};
    for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++) {
        char text[FV_CALENDAR_TEXT_SIZE] = "x";
        fv_calendar calendar;
        fv_calendar_format(outside[i], text);
        assert_string_equal(text, "");
        assert_false(fv_calendar_from_seconds(outside[i], &calendar));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_moments_are_read_and_written),
        cmocka_unit_test(every_day_of_ten_thousand_years_converts_back),
        cmocka_unit_test(moments_that_do_not_exist_are_refused),
        cmocka_unit_test(offsets_fractions_and_bare_dates_are_understood),
        cmocka_unit_test(times_that_cannot_be_written_give_an_empty_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
