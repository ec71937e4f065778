/* Faults that nothing ties to a Microsoft side: they are told, but neither headline nor letter
 * speaks of them. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

#define HEAD                                                                                       \
    "2026-03-02T08:10:46.240+01:00 expe tvcs: UTCTime=\"2026-03-02 07:10:46,240\" "                \
    "Module=\"network.sip\" Level=\"DEBUG\":  Action=\"Received\" Local-ip=\"192.0.2.1\" "         \
    "Local-port=\"25001\" Src-ip=\"192.0.2.9\" Src-port=\"5061\"\n SIPMSG:\n |"
#define ANSWER(via, server)                                                                        \
    HEAD "SIP/2.0 504 Server time-out\nVia: SIP/2.0/TLS 192.0.2.1:5061;egress-zone=DNSZone" via    \
         "\nCall-ID: 0a1b\nCSeq: 7 INVITE\nFrom: <sip:4711@meet.example.org>;tag=1\n"              \
         "To: <sip:room@other.example>;tag=2\n" server "Content-Length: 0\n\n"
#define EVENT(id, text)                                                                            \
    "Log Name:      System\nSource:        Schannel\nEvent ID:      " id                           \
    "\nLevel:         Error\nDescription:\n" text "\n\n"
#define ALERT                                                                                      \
    EVENT("36887", "A fatal alert was received from the remote endpoint. The TLS protocol "        \
                   "defined fatal alert code is 46.")
#define EXPECTED_NAME                                                                              \
    EVENT("36884", "The certificate received from the remote server does not contain the "         \
                   "expected name. The server name we were expecting is gw.example.com.")

static size_t count_related(const char *text)
{
    size_t count = 0;
    fedval_log *log = read_log("test", (const uint8_t *)text, strlen(text), SIZE_MAX);
    assert_true(fedval_log_count_incidents(log) > 0);
    for (size_t i = 0; i < fedval_log_count_incidents(log); i++)
        count += fedval_incident_is_related(fedval_log_get_incident(log, i));
    fedval_log_free(log);
    return count;
}

/* Any proxy may answer 504; a Microsoft server says who it is, or adds its parameters to Via. */
static void an_answer_of_nobody_is_not_related(void **state)
{
    (void)state;
    assert_int_equal(count_related(ANSWER("", "")), 0);
    assert_int_equal(count_related(ANSWER("", "Server: RTC/6.0\n")), 1);
    assert_int_equal(count_related(ANSWER(";ms-received-port=25011", "")), 1);
}

static uint64_t count_events(const char *text)
{
    fedval_log *log = read_log("test", (const uint8_t *)text, strlen(text), SIZE_MAX);
    uint64_t count = fedval_log_get_num_events(log);
    fedval_log_free(log);
    return count;
}

/* Related incidents of no call are events. */
static void events_are_counted(void **state)
{
    (void)state;
    assert_int_equal(count_events(ALERT), 0);
    assert_int_equal(count_events(EXPECTED_NAME), 1);
    assert_int_equal(count_events(ALERT EXPECTED_NAME), 2);
    assert_int_equal(count_events(ANSWER("", "Server: RTC/6.0\n")), 0);
}

/* Every service of a Windows machine logs to Schannel. */
static void an_event_of_the_machine_is_not_related(void **state)
{
    (void)state;
    assert_int_equal(count_related(ALERT), 0);
    assert_int_equal(count_related(ALERT EXPECTED_NAME), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_of_nobody_is_not_related),
        cmocka_unit_test(events_are_counted),
        cmocka_unit_test(an_event_of_the_machine_is_not_related),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
