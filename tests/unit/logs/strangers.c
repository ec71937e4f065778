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

#define EXPRESSWAY "2026-03-02T08:10:46.240+01:00 expe tvcs: "
#define REFUSED(address, port, detail)                                                             \
    EXPRESSWAY "Event=\"Outbound TLS Negotiation Error\" Service=\"SIP\" Src-ip=\"192.0.2.1\" "    \
               "Src-port=\"25040\" Dst-ip=\"" address "\" Dst-port=\"" port "\" Detail=\"" detail  \
               "\" Protocol=\"TLS\" Level=\"1\" UTCTime=\"2026-03-02 07:10:46,240\"\n"

/* Logs of products and services that have no part in federation. */
static void documents_of_strangers_accuse_nobody(void **state)
{
    static const char *const documents[] = {
        ANSWER("", "Server: TANDBERG/4137 (X14.0.5)\n"),
        ANSWER("", "Server: Asterisk PBX 18.9\n"),
        ANSWER("", "User-Agent: a session border controller\n"),
        REFUSED("203.0.113.20", "5062", "self signed certificate in certificate chain"),
        REFUSED("10.20.0.160", "5061", "certificate has expired"),
        "SIP/2.0 403 Forbidden\nVia: SIP/2.0/TLS sbc1.customer.example:5061;branch=z9hG4bK1\n"
        "From: <sip:+49301@sbc1.customer.example>;tag=1\nTo: <sip:+49302@trunk.example>;tag=2\n"
        "Call-ID: 123@sbc1.customer.example\nCSeq: 1 INVITE\n"
        "Server: Microsoft.PSTNHub.SIPProxy v.2024.2.1\nContent-Length: 0\n",
        "[Mar  5 10:15:01] ERROR[2211] tcptls.c: Problem setting up ssl connection: "
        "error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca\n"
        "SIP/2.0 504 Server Time-out\nVia: SIP/2.0/TLS 10.0.0.1:5061;branch=z9hG4bK1\n"
        "From: <sip:100@pbx.example.org>;tag=1\nTo: <sip:200@trunk.example.net>;tag=2\n"
        "Call-ID: 4a5b@10.0.0.1\nCSeq: 102 INVITE\nServer: OpenSIPS (3.2.2)\n",
        "Mar  5 10:15:01 mx postfix/smtp[77]: SSL_connect error to mx.partner.example[198.51.100.3]"
        ":25: certificate verify failed\n",
        "203.0.113.9 - - [05/Mar/2024:10:15:01 +0100] \"GET /federation HTTP/2.0\" 504 167\n",
        EXPRESSWAY "UTCTime=\"2026-03-02 07:10:46,240\" Module=\"network.dns\" Level=\"DEBUG\":  "
                   "Detail=\"Could not resolve hostname\" Name=\"_sips._tcp.partner.example\" "
                   "Type=\"SRV (IPv4 and IPv6)\"\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
        fedval_log *log =
            read_log("test", (const uint8_t *)documents[i], strlen(documents[i]), SIZE_MAX);
        if (fedval_log_get_diagnosis(log) != FEDVAL_DIAGNOSIS_NOTHING)
            fail_msg("accused: %s", documents[i]);
        assert_int_equal(fedval_log_get_num_calls(log), 0);
        assert_int_equal(fedval_log_count_domains(log), 0);
        for (size_t g = 0; g < fedval_log_count_groups(log); g++) {
            assert_null(fedval_log_get_group_letter(log, g));
            assert_false(fedval_incident_is_related(fedval_log_get_group_first(log, g)));
        }
        fedval_log_free(log);
    }
}

/* The handshake is tied to the partner too, but the call is what people ask about. */
static void the_call_with_a_partner_comes_first(void **state)
{
    static const char text[] = REFUSED("203.0.113.9", "5061", "certificate has expired")
        REFUSED("192.0.2.9", "5061", "tlsv1 alert unknown ca") ANSWER("", "Server: RTC/6.0\n");
    (void)state;
    fedval_log *log = read_log("test", (const uint8_t *)text, sizeof(text) - 1, SIZE_MAX);
    assert_int_equal(fedval_log_count_groups(log), 3);
    assert_string_equal(fedval_incident_get_call_id(fedval_log_get_group_first(log, 0)), "0a1b");
    assert_int_equal(fedval_incident_get_finding(fedval_log_get_group_first(log, 1)),
                     FEDVAL_FINDING_PEER_REJECTED_CERTIFICATE);
    assert_false(fedval_incident_is_related(fedval_log_get_group_first(log, 2)));
    fedval_log_free(log);
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
        cmocka_unit_test(documents_of_strangers_accuse_nobody),
        cmocka_unit_test(the_call_with_a_partner_comes_first),
        cmocka_unit_test(an_answer_of_nobody_is_not_related),
        cmocka_unit_test(events_are_counted),
        cmocka_unit_test(an_event_of_the_machine_is_not_related),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
