/* The time of an entry, from where its format writes it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "logs/read/when.h"
#include "sights.h"

#define FAILURES "TLS outgoing connection failures.\n"

/* An entry, what is before it, and its time; without Z where its zone is unknown. */
static const struct {
    const char *before, *entry, *time;
} rows[] = {
    {"", "2019-05-14T14:02:01.234+02:00 exp-e1 tvcs: Event=\"x\"\n", "2019-05-14T12:02:01.234Z"},
    {"", "2019-05-14T14:02:01,234Z exp-e1 tvcs: Event=\"x\"\n", "2019-05-14T14:02:01.234Z"},
    {"", "2019-05-14T14:02:01 exp-e1 tvcs: Event=\"x\"\n", "2019-05-14T14:02:01.000"},
    {"", "2019-05-14T14:02:01.23Z exp-e1 tvcs: Event=\"x\"\n", "2019-05-14T14:02:01.000"},
    {"", "2019-05-14T14:02:01.234567-04:30 exp-e1 tvcs: Event=\"x\"\n", "2019-05-14T18:32:01.234Z"},
    {"", "2019-05-14T14:02:01+1400 exp-e1 tvcs: Event=\"x\"\n", "2019-05-14T00:02:01.000Z"},
    {"", "2019-05-14T14:02:01+14:59 exp-e1 tvcs: Event=\"x\"\n", "2019-05-13T23:03:01.000Z"},
    {"", "2019-05-14T14:02:01+15:00 exp-e1 tvcs: Event=\"x\"\n", "2019-05-14T14:02:01.000"},
    {"", "2019-05-14T14:02:01-00:60 exp-e1 tvcs: Event=\"x\"\n", "2019-05-14T14:02:01.000"},
    {"", "2019-05-14T14:02:01*02:00 exp-e1 tvcs: Event=\"x\"\n", "2019-05-14T14:02:01.000"},
    {"", "2019-13-14T14:02:01Z exp-e1 tvcs: Event=\"x\"\n", ""},
    {"", "2019-05-32T14:02:01Z exp-e1 tvcs: Event=\"x\"\n", ""},
    {"", "2019-05-14T24:02:01Z exp-e1 tvcs: Event=\"x\"\n", ""},
    {"", "2019-05-14T14:60:01Z exp-e1 tvcs: Event=\"x\"\n", ""},
    {"", "2019-02-29T14:02:01Z exp-e1 tvcs: Event=\"x\"\n", ""},
    {"", "2020-02-29T14:02:01Z exp-e1 tvcs: Event=\"x\"\n", "2020-02-29T14:02:01.000Z"},
    {"", "1969-12-31T23:59:59.001Z exp-e1 tvcs: Event=\"x\"\n", "1969-12-31T23:59:59.001Z"},
    {"", "2019-05-14T14:02:01+02:00 exp-e1 tvcs: UTCTime=\"2019-05-14 12:02:01,567\" x\n",
     "2019-05-14T12:02:01.567Z"},
    {"", "2019-05-14T14:02:01+02:00 exp-e1 tvcs: UTCTime=\"x\" x\n", "2019-05-14T12:02:01.000Z"},
    {"", "TL_INFO(TF_DIAG) [0]0584.0A44::03/02/2017-07:10:46.230.0000773E (x)",
     "2017-03-02T07:10:46.230Z"},
    {"", "TL_INFO(TF_DIAG) [0]0584.0A44::03-02-2017-07:10:46", ""},
    {"", "TL_INFO(TF_DIAG) [0]0584.0A44:03/02/2017-07:10:46.230", ""},
    {"", "TL_INFO(TF_DIAG) [0]0584.0A44::13/02/2017-07:10:46.230", ""},
    {"", "TL_INFO(TF_DIAG) [0]0584.0A44::03/02-2017-07:10:46.230", ""},
    {"", "TL_INFO(TF_DIAG) [0]0584.0A44::03/02/201-07:10:46.230", ""},
    {"", "04/16/2013|03:17:30.168 1F68:C14 INFO", "2013-04-16T03:17:30.168"},
    {"", "04/16/2013|03:17:30 1F68", "2013-04-16T03:17:30.000"},
    {"", "Search (91)\n State: Completed\n StartTime: 2017-03-02 08:10:46\n",
     "2017-03-02T08:10:46.000"},
    {"", "Search (91)\n State: Completed\n StartTime: 2017-03-02\n", ""},
    {"", "Search (91)\n State: Completed\n", ""},
    {"", "2019-05-14 11:22:33 a@b.c d@e.f SIP", "2019-05-14T11:22:33.000"},
    {"", "2019-05-14T11:22:33.5Z a@b.c d@e.f SIP", "2019-05-14T11:22:33.000"},
    {"", "2019-05-14T11:22:33.123+02:00 a@b.c d@e.f SIP", "2019-05-14T09:22:33.123Z"},
    {"", "2019-05-14T11:22:33 a@b.c d@e.f SIP", "2019-05-14T11:22:33.000"},
    {"", "2019-05-14 11:22:33Z a@b.c d@e.f SIP", "2019-05-14T11:22:33.000"},
    {"2018-10-12  11:25:16.201  Info  ", "handshake error 104 on x", "2018-10-12T11:25:16.201"},
    {"2018-10-12  11:25:16.201\n", "handshake error 104 on x", ""},
    {"11:25:16.201  ", "handshake error 104 on x", ""},
    {"Date: 5/14/2019 9:22:33 AM\n", FAILURES, "2019-05-14T09:22:33.000"},
    {"Date: 5/14/2019 9:22:33 PM\n", FAILURES, "2019-05-14T21:22:33.000"},
    {"Date: 5/14/2019 12:22:33 AM\n", FAILURES, "2019-05-14T00:22:33.000"},
    {"Date: 5/14/2019 12:22:33 PM\n", FAILURES, "2019-05-14T12:22:33.000"},
    {"Date: 5/14/2019 13:22:33 PM\n", FAILURES, ""},
    {"Date: 5/14/2019 0:22:33 AM\n", FAILURES, ""},
    {"Date: 14/5/2019 9:22:33\n", FAILURES, "2019-05-14T09:22:33.000"},
    {"Date: 14.5.2019 9:22:33\n", FAILURES, "2019-05-14T09:22:33.000"},
    {"Datum: 14.05.2019 09:22:33\n", FAILURES, "2019-05-14T09:22:33.000"},
    {"Date: 4.5.2019 9:22:33\n", FAILURES, "2019-05-04T09:22:33.000"},
    {"Date: 4/5/2019 9:22:33\n", FAILURES, ""},
    {"Date: 4/5/2019 9:22:33 AM\n", FAILURES, "2019-04-05T09:22:33.000"},
    {"Date: 4-5-2019 9:22:33 AM\n", FAILURES, ""},
    {"Date: 5/5/2019 9:22:33\n", FAILURES, "2019-05-05T09:22:33.000"},
    {"Date: 5-14-2019 9:22:33\n", FAILURES, "2019-05-14T09:22:33.000"},
    {"Date: 5/14-2019 9:22:33\n", FAILURES, ""},
    {"Date: 5/14/201 9:22:33\n", FAILURES, ""},
    {"Date: 5/14/0999 9:22:33\n", FAILURES, ""},
    {"Date: 13/13/2019 9:22:33\n", FAILURES, ""},
    {"Date: 2019-05-14 09:22:33\n", FAILURES, "2019-05-14T09:22:33.000"},
    {"Date: 2019-05-14T09:22:33.1234567Z\n", FAILURES, "2019-05-14T09:22:33.123Z"},
    {"Date: 2019-05-14T09:22:33.123\n", FAILURES, "2019-05-14T09:22:33.123"},
    {"Date: 2019-05-14T09:22:33.12Z\n", FAILURES, "2019-05-14T09:22:33.000"},
    {"TimeCreated: 5/14/2019 9:22:33 AM\n", FAILURES, "2019-05-14T09:22:33.000"},
    {"TimeGenerated: 5/14/2019 9:22:33 AM\n", FAILURES, "2019-05-14T09:22:33.000"},
    {"SystemTime=\"2019-05-14T09:22:33Z\" ", FAILURES, "2019-05-14T09:22:33.000Z"},
    {"SystemTime='2019-05-14T09:22:33Z' ", FAILURES, "2019-05-14T09:22:33.000Z"},
    {"Time: 5/14/2019 9:22:33 AM\n", FAILURES, "2019-05-14T09:22:33.000"},
    {"x \"/Date(1557825753123)/\" ", FAILURES, "2019-05-14T09:22:33.123Z"},
    {"x \"/Date(155782575312)/\" ", FAILURES, ""},
    {"Error,5/14/2019 9:22:33 AM,LS,", FAILURES, "2019-05-14T09:22:33.000"},
    {"Error;5/14/2019 9:22:33 AM;LS;", FAILURES, "2019-05-14T09:22:33.000"},
    {"Error\t5/14/2019 9:22:33 AM\tLS ", FAILURES, "2019-05-14T09:22:33.000"},
    {"Error\n5/14/2019 9:22:33 AM\nLS\n", FAILURES, ""},
    {"Error,5/14/2019 9:22:33 AM,LS\n", FAILURES, "2019-05-14T09:22:33.000"},
    {"Error,5/14/2019 9:22:33 AM,LS\nx\n", FAILURES, ""},
    {"", FAILURES "Date: 5/14/2019 9:22:33 AM\n", "2019-05-14T09:22:33.000"},
    {"", "Log Name: x\nSource: y\nDate: 5/14/2019 9:22:33 AM\nEvent ID: 1\n",
     "2019-05-14T09:22:33.000"},
    {"Date: 5/14/2019 9:22:33 AM\nEvent ID: 1\n", FAILURES, "2019-05-14T09:22:33.000"},
    {"Date: 5/14/2019 9:22:33 AM\nEvent ID: 1\nEvent ID: 2\n", FAILURES, ""},
};

static void entries_have_the_time_that_their_format_writes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char time[FV_WHEN_TEXT_SIZE];
        fv_sight before, whole;
        fv_buf text;
        fv_entry entry;
        fv_header header = FV_HEADER_UNREAD;
        fv_buf_init(&text);
        fv_buf_append_text(&text, rows[i].before);
        read_sight(&before, &text);
        fv_buf_append_text(&text, rows[i].entry);
        read_sight(&whole, &text);
        fv_start start = fv_start_at(&whole, before.len, &header);
        assert_int_not_equal(start, FV_START_NONE);
        fv_entry_read(&whole, before.len, start, &entry);
        fv_when when = fv_when_of_entry(&whole, &entry);
        fv_when_format(when.milliseconds, when.zone_known, time);
        if (strcmp(time, rows[i].time) != 0)
            fail_msg("%s: %s in place of %s", text.data, time, rows[i].time);
        fv_sight_clear(&before);
        fv_sight_clear(&whole);
        fv_buf_clear(&text);
    }
}

/* The time of an event is looked for in the thousand characters before its text. */
static void a_time_far_before_an_event_is_not_its_own(void **state)
{
    (void)state;
    for (size_t far = 0; far < 2; far++) {
        fv_sight sight;
        fv_buf text;
        fv_buf_init(&text);
        fv_buf_append_text(&text, "Date: 2019-05-14 09:22:33\n");
        for (size_t i = 0; i < 977 + far; i++)
            fv_buf_append_char(&text, 'x');
        fv_buf_append_text(&text, "\n" FAILURES);
        read_sight(&sight, &text);
        size_t from = sight.len - strlen("TLSoutgoingconnectionfailures.");
        fv_when when = fv_when_of_event(&sight, (fv_span){from, sight.len});
        assert_int_equal(when.milliseconds == FEDVAL_TIME_UNKNOWN, far);
        fv_sight_clear(&sight);
        fv_buf_clear(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_have_the_time_that_their_format_writes),
        cmocka_unit_test(a_time_far_before_an_event_is_not_its_own),
    };
    return cmocka_run_group_tests_name("logs/when", tests, NULL, NULL);
}
