/* Calls that an Expressway tells of itself: those of a Microsoft side that it refused, and the rows
 * of its search history. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

/* In pieces, so that this file itself is no log. */
#define SIP_LINE(way, end)                                                                         \
    "2026-05-14T10:01:00.100+00:00 expe tvcs: UTCTime=\"2026-05-14 10:01:00,100\" "                \
    "Module=\"network.sip\" Level=\"DEBUG\":  Action=\"" way "\" Local-ip=\"192.0.2.47\" "         \
    "Local-port=\"5061\" " end "-ip=\"192.0.2.61\" " end "-port=\"50333\"\n SIPMSG:\n |"
#define PARTIES                                                                                    \
    "From: <sip:stejanss@skype.lab>;tag=1\nTo: <sip:2000@acano.steven.lab>\nContent-Length: 0\n"
#define CALL(id, method, via, agent)                                                               \
    SIP_LINE("Received", "Src")                                                                    \
    method " sip:2000@acano.steven.lab SIP"                                                        \
           "/2.0\nVia: SIP/2.0/TLS 192.0.2.61:50333;branch=z9hG4bK1.1" via "\nCall-ID: " id        \
           "\nCSeq: 1 " method "\n" agent PARTIES "\n"
#define ANSWER(id, method, status, server)                                                         \
    SIP_LINE("Sent", "Dst")                                                                        \
    "SIP"                                                                                          \
    "/2.0 " status "\nVia: SIP/2.0/TLS 192.0.2.61:50333;branch=z9hG4bK1.1\nCall-ID: " id           \
    "\nCSeq: 1 " method "\nServer: " server "\n" PARTIES "\n"
#define OF_MICROSOFT "ms-asserted-verification-level: ms-source-verified-user=verified\n"
#define OF_STRANGER "User-Agent: friendly\n"
#define EXPRESSWAY "TANDBERG/4137 (X15.5)"

static fedval_log *read_text(const char *text)
{
    return read_log("test", (const uint8_t *)text, strlen(text), SIZE_MAX);
}

static void check_refusal(const char *text, const char *words)
{
    fedval_log *log = read_text(text);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_finding(incident), FEDVAL_FINDING_NOT_A_FEDERATION_FAULT);
    assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_INFERRED);
    assert_int_equal(fedval_incident_get_direction(incident), FEDVAL_CALL_DIRECTION_FROM_MICROSOFT);
    assert_int_equal(fedval_incident_is_related(incident), 1);
    assert_string_equal(fedval_incident_get_domain(incident), "acano.steven.lab");
    assert_non_null(strstr(fedval_incident_get_message(incident), "its connection worked"));
    assert_null(strstr(fedval_incident_get_message(incident), "look-up"));
    assert_non_null(strstr(fedval_incident_get_message(incident), words));
    fedval_log_free(log);
}

/* The search history of this Expressway says why; the partner has no part in it. */
static void its_own_refusal_is_told(void **state)
{
    (void)state;
    check_refusal(CALL("5a5b", "INVITE", "", OF_MICROSOFT)
                      ANSWER("5a5b", "INVITE", "404 Not Found", EXPRESSWAY),
                  "by which rule");
    check_refusal(CALL("5a5b", "INVITE", "", OF_MICROSOFT)
                      ANSWER("5a5b", "INVITE", "504 Server Time-out", EXPRESSWAY),
                  "failed connections of the same moment");
}

#define AGENT(name) "User-Agent: " name "\n"

/* The header that says how a user was verified comes from an Edge; the others come with any client
 * or server of Microsoft. */
static void who_called_is_known_by_its_user_agent(void **state)
{
    static const char *const calls[] = {
        CALL("5a5b", "INVITE", "",
             AGENT("UCCAPI/15.0.4569.1503 OC/15.0.4569.1503 (Microsoft Lync)")),
        CALL("5a5b", "INVITE", "",
             AGENT("UCCAPI/16.0.4405.1000 OC/16.0.4405.1000 (Skype for Business)")),
        CALL("5a5b", "INVITE", "", AGENT("UCCAPI/2.0.6362.67")),
        CALL("5a5b", "INVITE", "", AGENT("RTCC/7.0.0.0 MediationServer")),
        CALL("5a5b", "INVITE", "", "USER-AGENT: RTCC/4.0.0.0\n"),
        CALL("5a5b", "INVITE", "", AGENT("AndroidLync/6.8.0.11")),
        CALL("5a5b", "INVITE", "", AGENT("OCPhone/4.0.7577.4478 (Microsoft Lync Phone Edition)")),
    };
    (void)state;
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        fv_buf buf;
        fv_buf_init(&buf);
        fv_buf_append_text(&buf, calls[i]);
        fv_buf_append_text(&buf, ANSWER("5a5b", "INVITE", "403 Forbidden", EXPRESSWAY));
        check_refusal(buf.data, "by which rule");
        fv_buf_clear(&buf);
    }
}

static void assert_nothing(const char *text)
{
    fedval_log *log = read_text(text);
    assert_int_equal(fedval_log_count_incidents(log), 0);
    fedval_log_free(log);
}

/* Scanners are refused all day; so are calls that another Expressway passed on, and requests that
 * are no calls. Another call of the same log ties nothing. */
static void what_is_no_call_of_microsoft_is_not_told(void **state)
{
    (void)state;
    assert_nothing(CALL("5a5b", "INVITE", "", OF_STRANGER)
                       ANSWER("5a5b", "INVITE", "404 Not Found", EXPRESSWAY));
    /* Other products, which say that they can call Microsoft's. */
    assert_nothing(CALL("5a5b", "INVITE", "", AGENT("TANDBERG/4352 (X8.10.2-b2bua-1.0)"))
                       ANSWER("5a5b", "INVITE", "403 Forbidden", EXPRESSWAY));
    assert_nothing(CALL("5a5b", "INVITE", "", AGENT("Acano CallBridge"))
                       ANSWER("5a5b", "INVITE", "403 Forbidden", EXPRESSWAY));
    assert_nothing(CALL("5a5b", "INVITE", "", AGENT("gateway 1.2 for UCCAPI/16"))
                       ANSWER("5a5b", "INVITE", "403 Forbidden", EXPRESSWAY));
    assert_nothing(CALL("5a5b", "INVITE", ";ingress-zone=DefaultZone",
                        AGENT("UCCAPI/16.0.4405.1000 OC/16.0.4405.1000 (Skype for Business)"))
                       ANSWER("5a5b", "INVITE", "403 Forbidden", EXPRESSWAY));
    assert_nothing(CALL("5a5b", "INVITE", ";ingress-zone=DefaultZone", OF_MICROSOFT)
                       ANSWER("5a5b", "INVITE", "404 Not Found", EXPRESSWAY));
    assert_nothing(CALL("5a5b", "OPTIONS", "", OF_MICROSOFT)
                       ANSWER("5a5b", "OPTIONS", "404 Not Found", EXPRESSWAY));
    assert_nothing(CALL("5a5b", "INVITE", "", OF_MICROSOFT)
                       ANSWER("5a5c", "INVITE", "404 Not Found", EXPRESSWAY));
    assert_nothing(CALL("5a5b", "INVITE", "", OF_MICROSOFT)
                       ANSWER("5a5b", "INVITE", "404 Not Found", "Acano CallBridge"));
}

/* Such a request changes a call that is up: who had made it is not known. */
static void a_change_of_a_call_is_no_arrival(void **state)
{
    (void)state;
    assert_nothing(SIP_LINE("Received", "Src") "INVITE sip:2000@acano.steven.lab SIP"
                                               "/2.0\nVia: SIP/2.0/TLS 192.0.2.61:50333\n"
                                               "Call-ID: 5a5b\nCSeq: 1 INVITE\n" OF_MICROSOFT
                                               "From: <sip:stejanss@skype.lab>;tag=1\n"
                                               "To: <sip:2000@acano.steven.lab>;tag=2\n"
                                               "Content-Length: 0\n\n" ANSWER(
                                                   "5a5b", "INVITE", "404 Not Found", EXPRESSWAY));
}

/* So many calls later the first is forgotten, and the last is not. */
static void only_the_latest_calls_are_remembered(void **state)
{
    (void)state;
    for (size_t last = 0; last < 20; last += 19) {
        char id[8];
        fv_buf buf;
        fv_buf_init(&buf);
        for (size_t i = 0; i < 20; i++) {
            snprintf(id, sizeof(id), "5a%02zu", i);
            fv_buf_append_text(&buf, CALL("", "INVITE", "", OF_MICROSOFT));
            char *at = strstr(buf.data, "Call-ID: \n");
            assert_non_null(at);
            buf.len = (size_t)(at - buf.data) + strlen("Call-ID: ");
            fv_buf_append_text(&buf, id);
            fv_buf_append_text(&buf, "\nCSeq: 1 INVITE\n" OF_MICROSOFT PARTIES "\n");
        }
        fv_buf_append_text(&buf, last == 0 ? ANSWER("5a00", "INVITE", "404 Not Found", EXPRESSWAY)
                                           : ANSWER("5a19", "INVITE", "404 Not Found", EXPRESSWAY));
        fedval_log *log = read_buf(&buf);
        assert_int_equal(fedval_log_count_incidents(log), last == 0 ? 0 : 1);
        fedval_log_free(log);
    }
}

#define ROW                                                                                        \
    "2026-05-14T10:01:00+00:00   sip:2000@acano.steven.lab   sip:stejanss@skype.lab   SIP"         \
    "   Server time"                                                                               \
    "-out   1\n"
#define EXPLAINED(domain)                                                                          \
    SIP_LINE("Received", "Src")                                                                    \
    "SIP"                                                                                          \
    "/2.0 504 Server time-out\nVia: SIP/2.0/TLS 192.0.2.47:5061;egress-zone=DNSZone;branch=z9\n"   \
    "Call-ID: 5a5d\nCSeq: 2 INVITE\nServer: RTC/6.0\nFrom: <sip:4711@acano.steven.lab>;tag=1\n"    \
    "To: <sip:anna@" domain ">;tag=2\nContent-Length: 0\n\n"

/* The row names no server: only another call of the same log says whose the called domain is. */
static void a_row_of_the_history_has_no_direction_by_itself(void **state)
{
    static const struct {
        const char *text;
        uint32_t direction;
    } rows[] = {{ROW, FEDVAL_CALL_DIRECTION_UNKNOWN},
                {ROW EXPLAINED("skype.lab"), FEDVAL_CALL_DIRECTION_TO_MICROSOFT},
                {ROW EXPLAINED("other.lab"), FEDVAL_CALL_DIRECTION_UNKNOWN}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fedval_log *log = read_text(rows[i].text);
        const fedval_incident *row = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_log_count_incidents(log), i == 0 ? 1 : 2);
        assert_int_equal(fedval_incident_get_kind(row), FEDVAL_INCIDENT_KIND_SEARCH_HISTORY);
        assert_int_equal(fedval_incident_get_direction(row), rows[i].direction);
        assert_string_equal(fedval_incident_get_domain(row), "acano.steven.lab");
        fedval_log_free(log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_own_refusal_is_told),
        cmocka_unit_test(who_called_is_known_by_its_user_agent),
        cmocka_unit_test(what_is_no_call_of_microsoft_is_not_told),
        cmocka_unit_test(a_change_of_a_call_is_no_arrival),
        cmocka_unit_test(a_row_of_the_history_has_no_direction_by_itself),
        cmocka_unit_test(only_the_latest_calls_are_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
