/* Calls that were set up are told as working, and are set against failures of the same direction;
 * events of whole calls are told as what they are. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

/* In pieces, so that this file itself is no log. */
#define LINE(time, way, end, port)                                                                 \
    "2026-05-14T" time ".100+00:00 expe tvcs: UTCTime=\"2026-05-14 " time ",100\" "                \
    "Module=\"network.sip\" Level=\"DEBUG\":  Action=\"" way "\" Local-ip=\"192.0.2.47\" "         \
    "Local-port=\"25002\" " end "-ip=\"192.0.2.61\" " end "-port=\"" port "\"\n SIPMSG:\n |"
#define BODY(id, method, from, to, headers)                                                        \
    "Call-ID: " id "\nCSeq: 1 " method "\nFrom: <sip:2000@" from ">;tag=1\nTo: <sip:anna@" to      \
    ">;tag=2\n" headers "Content-Length: 0\n\n"
#define TO_MICROSOFT                                                                               \
    "Via: SIP/2.0/TLS 192.0.2.47:5061;egress-zone=DNSZone;branch=z9;received=192.0.2.47;"          \
    "ms-received-port=25002\n"
#define ANSWER(time, id, method, status, from, headers)                                            \
    LINE(time, "Received", "Src", "5061")                                                          \
    "SIP"                                                                                          \
    "/2.0 " status "\n" TO_MICROSOFT                                                               \
    BODY(id, method, from, "skype.lab", headers)
#define OF_MICROSOFT "Server: RTC/7.0\n"
#define OPEN(time, from) ANSWER(time, "5a90", "INVITE", "504 Server time-out", from, OF_MICROSOFT)
#define SET_UP(time, id, from) ANSWER(time, id, "INVITE", "200 OK", from, OF_MICROSOFT)
#define HERE "acano.steven.lab"
#define OTHER "cms.steven.lab"

static fedval_log *read_text(const char *text)
{
    return read_log("expe.log", (const uint8_t *)text, strlen(text), SIZE_MAX);
}

static bool says(const fedval_incident *incident, const char *words)
{
    return strstr(fedval_incident_get_message(incident), words) != NULL;
}

static const fedval_incident *check_works(const fedval_log *log, size_t index, uint32_t direction)
{
    const fedval_incident *incident = fedval_log_get_incident(log, index);
    assert_int_equal(fedval_incident_get_finding(incident), FEDVAL_FINDING_LINK_WORKS);
    assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_INFERRED);
    assert_int_equal(fedval_incident_get_direction(incident), direction);
    assert_int_equal(fedval_incident_is_related(incident), 1);
    assert_true(says(incident, "the call was set up, so DNS and certificates held"));
    assert_int_equal(fedval_log_get_diagnosis(log), FEDVAL_DIAGNOSIS_NOTHING);
    return incident;
}

/* The client of the called user writes no Server header; its server notes the port in Via. */
static void a_call_to_microsoft_that_was_set_up_works(void **state)
{
    static const char *const texts[] = {
        SET_UP("10:01:00", "5a01", HERE),
        ANSWER("10:01:00", "5a01", "INVITE", "200 OK", HERE, ""),
        ANSWER("10:01:00", "5a01", "INVITE", "200 OK", HERE, "User-Agent: UCCAPI/16.0 OC/16.0\n"),
        /* who answers says who it is */
        ANSWER("10:01:00", "5a01", "INVITE", "200 OK", HERE,
               OF_MICROSOFT "P-Asserted-Identity: <sip:anna@skype.lab>\n"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        fedval_log *log = read_text(texts[i]);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        const fedval_incident *call = check_works(log, 0, FEDVAL_CALL_DIRECTION_TO_MICROSOFT);
        assert_string_equal(fedval_incident_get_domain(call), HERE);
        assert_non_null(strstr(fedval_incident_get_remedy(call), "the media"));
        assert_int_equal(fedval_log_get_num_calls(log), 1);
        assert_false(says(call, "P-Asserted-Identity"));
        fedval_log_free(log);
    }
}

#define ARRIVING                                                                                   \
    LINE("10:01:00", "Received", "Src", "50333")                                                   \
    "INVITE sip:2000@" HERE " SIP"                                                                 \
    "/2.0\nVia: SIP/2.0/TLS 192.0.2.61:50333;branch=z9\nCall-ID: 5a02\nCSeq: 1 INVITE\n"           \
    "From: <sip:anna@skype.lab>;tag=1\nTo: <sip:2000@" HERE ">\n"                                  \
    "ms-asserted-verification-level: ms-source-verified-user=verified\nContent-Length: 0\n\n"
#define ACCEPTED(id)                                                                               \
    LINE("10:01:03", "Sent", "Dst", "50333")                                                       \
    "SIP"                                                                                          \
    "/2.0 200 OK\nVia: SIP/2.0/TLS 192.0.2.61:50333;branch=z9;received=192.0.2.61\n"               \
    "Call-ID: " id "\nCSeq: 1 INVITE\nFrom: <sip:anna@skype.lab>;tag=1\nTo: <sip:2000@" HERE       \
    ">;tag=2\nContent-Length: 0\n\n"

static void a_call_of_microsoft_that_was_set_up_works(void **state)
{
    (void)state;
    fedval_log *log = read_text(ARRIVING ACCEPTED("5a02"));
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *call = check_works(log, 0, FEDVAL_CALL_DIRECTION_FROM_MICROSOFT);
    assert_string_equal(fedval_incident_get_domain(call), HERE);
    fedval_log_free(log);
}

/* Each differs from a call with a Microsoft side in one fact. */
static void other_answers_prove_nothing(void **state)
{
    static const char *const texts[] = {
        ANSWER("10:01:00", "5a01", "OPTIONS", "200 OK", HERE, OF_MICROSOFT),
        ANSWER("10:01:00", "5a01", "INVITE", "200 OK", HERE, "Server: Acano CallBridge\n"),
        ANSWER("10:01:00", "5a01", "INVITE", "200 OK", "skype.lab", OF_MICROSOFT),
        ANSWER("10:01:00", "5a01", "INVITE", "180 Ringing", HERE, OF_MICROSOFT),
        ARRIVING ACCEPTED("5a03"),
        ACCEPTED("5a02"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        fedval_log *log = read_text(texts[i]);
        assert_int_equal(fedval_log_count_incidents(log), 0);
        fedval_log_free(log);
    }
}

/* A change of a call that is up has the same Call-ID and is no call of its own. */
static void calls_are_counted_and_one_of_them_is_kept(void **state)
{
    (void)state;
    fedval_log *log =
        read_text(SET_UP("10:01:00", "5a01", HERE) SET_UP("10:02:00", "5a02", HERE)
                      SET_UP("10:03:00", "5a02", HERE) SET_UP("10:04:00", "5a03", HERE));
    assert_int_equal(fedval_log_count_incidents(log), 1);
    assert_int_equal(fedval_log_get_num_calls(log), 3);
    assert_int_equal(fedval_log_get_group_size(log, 0), 3);
    assert_int_equal(fedval_log_get_num_not_kept(log), 0);
    assert_int_equal(fedval_log_count_source_answers(log, 0), 1);
    assert_int_equal(fedval_log_get_source_answer_times(log, 0, 0), 4);
    fedval_log_free(log);
}

/* Returns the open call of the log, whose 504 is the last entry. */
static const fedval_incident *find_open(const fedval_log *log)
{
    for (size_t i = 0; i < fedval_log_count_incidents(log); i++) {
        const fedval_incident *incident = fedval_log_get_incident(log, i);
        if (fedval_incident_get_finding(incident) == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG)
            return incident;
    }
    fail();
    return NULL;
}

#define LEADS_OUTSIDE "leads outside the domain (R2)"

/* What holds for every call of a domain is no cause of one that failed beside others. */
static void a_call_that_worked_is_set_against_the_causes(void **state)
{
    static const struct {
        const char *text, *has, *lacks;
        uint32_t worked, worked_for_other; /* the members say it too, by id */
    } logs[] = {
        {OPEN("10:09:00", HERE), LEADS_OUTSIDE, "set up", 0, 0},
        {SET_UP("10:01:00", "5a01", HERE) OPEN("10:09:00", HERE),
         "The same way a call was set up at 2026-05-14T10:01:00.100Z (expe.log:1)", LEADS_OUTSIDE,
         1, 0},
        {SET_UP("10:01:00", "5a01", HERE) SET_UP("10:20:00", "5a02", HERE) OPEN("10:09:00", HERE),
         ", the last such at 2026-05-14T10:20:00.100Z", LEADS_OUTSIDE, 1, 0},
        {ANSWER("10:01:00", "5a01", "INVITE", "486 Busy Here", HERE, OF_MICROSOFT)
             OPEN("10:09:00", HERE),
         "The same way the far side itself answered a call", LEADS_OUTSIDE, 1, 0},
        {SET_UP("10:01:00", "5a01", OTHER) OPEN("10:09:00", HERE),
         "between " OTHER " and the same partner a call was set up", "The same way", 0, 1},
        {ARRIVING ACCEPTED("5a02") OPEN("10:09:00", HERE), LEADS_OUTSIDE, "set up", 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        fedval_log *log = read_text(logs[i].text);
        const fedval_incident *open = find_open(log);
        if (!says(open, logs[i].has) || says(open, logs[i].lacks))
            fail_msg("%zu: %s", i, fedval_incident_get_message(open));
        assert_int_equal(fedval_incident_get_worked(open), logs[i].worked);
        assert_int_equal(fedval_incident_get_worked_for_other(open), logs[i].worked_for_other);
        assert_int_equal(fedval_incident_get_last_worked_ms(open) == FEDVAL_TIME_UNKNOWN,
                         logs[i].worked == 0);
        assert_int_equal(fedval_incident_get_certainty(open), FEDVAL_CERTAINTY_UNDETERMINED);
        assert_int_equal(fedval_log_get_diagnosis(log), FEDVAL_DIAGNOSIS_UNDETERMINED);
        fedval_log_free(log);
    }
}

#define FAILED_TCP(time)                                                                           \
    "2026-05-14T" time ".000+00:00 expe tvcs: UTCTime=\"2026-05-14 " time ",000\" "                \
    "Module=\"network.tcp\" Level=\"DEBUG\":  Src-ip=\"192.0.2.47\" Src-port=\"25009\" "           \
    "Dst-ip=\"192.0.2.61\" Dst-port=\"5061\" Detail=\"TCP Connection Failed\" "                    \
    "Reason=\"timed out\"\n"

#define SET_UP_BY_OTHER(time)                                                                      \
    "2026-05-14T" time ".100+00:00 expe tvcs: UTCTime=\"2026-05-14 " time ",100\" "                \
    "Module=\"network.sip\" Level=\"DEBUG\":  Action=\"Received\" Local-ip=\"192.0.2.47\" "        \
    "Local-port=\"25002\" Src-ip=\"192.0.2.62\" Src-port=\"5061\"\n SIPMSG:\n |"                   \
    "SIP"                                                                                          \
    "/2.0 200 OK\n" TO_MICROSOFT BODY("5a09", "INVITE", HERE, "skype.lab", OF_MICROSOFT)

static const fedval_incident *find_kind(const fedval_log *log, uint32_t kind)
{
    for (size_t i = 0; i < fedval_log_count_incidents(log); i++) {
        if (fedval_incident_get_kind(fedval_log_get_incident(log, i)) == kind)
            return fedval_log_get_incident(log, i);
    }
    fail();
    return NULL;
}

/* A later call refutes what was inferred; an earlier one does not, and is told. */
static void an_inferred_cause_is_open_if_a_later_call_worked(void **state)
{
    static const struct {
        const char *text;
        uint32_t certainty;
    } logs[] = {
        {FAILED_TCP("10:05:00") SET_UP("10:09:00", "5a01", HERE), FEDVAL_CERTAINTY_UNDETERMINED},
        {SET_UP("10:01:00", "5a01", HERE) FAILED_TCP("10:05:00"), FEDVAL_CERTAINTY_INFERRED},
        /* the later call went through another server of the partner */
        {SET_UP("10:01:00", "5a01", HERE) FAILED_TCP("10:05:00") SET_UP_BY_OTHER("10:30:00"),
         FEDVAL_CERTAINTY_INFERRED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        fedval_log *log = read_text(logs[i].text);
        const fedval_incident *fault = find_kind(log, FEDVAL_INCIDENT_KIND_EXPRESSWAY_TCP);
        assert_int_equal(fedval_incident_get_certainty(fault), logs[i].certainty);
        assert_true(says(fault, "yet the same way a call was set up"));
        fedval_log_free(log);
    }
}

#define EVENT(time, event, rest) EVENT_OF(HERE, time, event, rest)
#define EVENT_OF(from, time, event, rest)                                                          \
    "2026-05-14T" time ".200+00:00 expe tvcs: Event=\"" event "\" Service=\"SIP\" "                \
    "Src-ip=\"192.0.2.47\" Src-port=\"25010\" Src-alias-type=\"SIP\" Src-alias=\"sip:2000@" from   \
    "\" Dst-alias-type=\"SIP\" Dst-alias=\"sip:otto@skype.lab\" " rest                             \
    " Protocol=\"TLS\" Level=\"1\" UTCTime=\"2026-05-14 " time ",200\"\n"
#define REJECTED(detail, code)                                                                     \
    EVENT("10:05:00", "Call Rejected", "Detail=\"" detail "\" Response-code=\"" code "\"")
#define CONNECTED EVENT("10:05:00", "Call Connected", "Dst-ip=\"192.0.2.61\"")

/* The event names no server, so it is related only if the log shows whose the called domain is. */
static void an_event_of_a_call_is_told_as_what_it_is(void **state)
{
    static const struct {
        const char *text;
        uint32_t finding, certainty, is_related;
        const char *words;
    } logs[] = {
        {CONNECTED, FEDVAL_FINDING_LINK_WORKS, FEDVAL_CERTAINTY_INFERRED, 0,
         "whether its other side is a Microsoft side, nothing in these logs says"},
        {CONNECTED OPEN("10:09:00", OTHER), FEDVAL_FINDING_LINK_WORKS, FEDVAL_CERTAINTY_INFERRED, 1,
         "so DNS and certificates held in this direction"},
        {REJECTED("Not Found", "404"), FEDVAL_FINDING_NOT_A_FEDERATION_FAULT,
         FEDVAL_CERTAINTY_UNDETERMINED, 0, "the event does not say who gave it"},
        {REJECTED("Not Found", "404") OPEN("10:09:00", OTHER),
         FEDVAL_FINDING_NOT_A_FEDERATION_FAULT, FEDVAL_CERTAINTY_UNDETERMINED, 1,
         "the event does not say who gave it"},
        {REJECTED("Request Time" /* in pieces */ "out", "408"),
         FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG, FEDVAL_CERTAINTY_UNDETERMINED, 0,
         "it can be the way to the other side, too"},
        {REJECTED("Service Unavailable", "503") OPEN("10:09:00", OTHER),
         FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG, FEDVAL_CERTAINTY_UNDETERMINED, 1,
         "it can be the way to the other side, too"},
        {REJECTED("Policy Response", "403"), FEDVAL_FINDING_NOT_A_FEDERATION_FAULT,
         FEDVAL_CERTAINTY_INFERRED, 0,
         "the Expressway itself refused the call, by its call policy"},
        {REJECTED("Server time"
                  "-out",
                  "504"),
         FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG, FEDVAL_CERTAINTY_UNDETERMINED, 1,
         "the cause is not in this log"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        fedval_log *log = read_text(logs[i].text);
        const fedval_incident *event = fedval_log_get_incident(log, 0);
        assert_non_null(event);
        assert_int_equal(fedval_incident_get_finding(event), logs[i].finding);
        assert_int_equal(fedval_incident_get_certainty(event), logs[i].certainty);
        assert_int_equal(fedval_incident_is_related(event), logs[i].is_related);
        if (!says(event, logs[i].words))
            fail_msg("%zu: %s", i, fedval_incident_get_message(event));
        fedval_log_free(log);
    }
}

/* The answer of the call that the event tells of. */
#define REFUSED_AT(time, id)                                                                       \
    LINE(time, "Received", "Src", "5061")                                                          \
    "SIP"                                                                                          \
    "/2.0 404 Not Found\n" TO_MICROSOFT "Call-ID: " id "\nCSeq: 1 INVITE\nFrom: <sip:2000@" HERE   \
    ">;tag=1\nTo: <sip:otto@skype.lab>;tag=2\n" OF_MICROSOFT "Content-Length: 0\n\n"
#define REFUSED_CALL REFUSED_AT("10:05:00", "5a70")
#define CONNECTED_OF(from) EVENT_OF(from, "10:05:00", "Call Connected", "Dst-ip=\"192.0.2.61\"")

/* Two domains of one Expressway call the same partner: what worked for one is not the other's. */
static void events_of_two_domains_stay_apart(void **state)
{
    static const char *const logs[] = {
        CONNECTED_OF(OTHER) CONNECTED_OF(HERE) OPEN("10:09:00", HERE),
        CONNECTED_OF(HERE) CONNECTED_OF(OTHER) OPEN("10:09:00", HERE),
    };
    (void)state;
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        fedval_log *log = read_text(logs[i]);
        const fedval_incident *open = find_open(log);
        if (!says(open, "The same way a call was set up") || says(open, OTHER))
            fail_msg("%zu: %s", i, fedval_incident_get_message(open));
        fedval_log_free(log);
    }
}

/* Who called without a domain may be of the domain whose call worked. */
static void a_caller_without_a_domain_has_no_other(void **state)
{
    (void)state;
    fedval_log *log =
        read_text(SET_UP("10:01:00", "5a01", HERE) OPEN("10:09:00", "anonymous.invalid"));
    for (size_t i = 0; i < fedval_log_count_incidents(log); i++)
        assert_false(says(fedval_log_get_incident(log, i), "what this domain has for itself"));
    fedval_log_free(log);
}

/* Whichever of the two logs of an Expressway is read first. */
static void an_answer_and_its_event_are_one_call(void **state)
{
    static const char *const logs[] = {
        REJECTED("Not Found", "404") REFUSED_CALL,
        REFUSED_CALL REJECTED("Not Found", "404"),
        REJECTED("Not Found", "404") REFUSED_CALL REFUSED_CALL REJECTED("Not Found", "404"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        fedval_log *log = read_text(logs[i]);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        assert_int_equal(fedval_log_get_num_calls(log), 1);
        const fedval_incident *call = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_incident_get_finding(call), FEDVAL_FINDING_LINK_WORKS);
        assert_int_equal(fedval_incident_get_direction(call), FEDVAL_CALL_DIRECTION_TO_MICROSOFT);
        assert_int_equal(fedval_incident_is_related(call), 1);
        assert_string_equal(fedval_incident_get_call_id(call), "5a70");
        assert_string_equal(fedval_incident_get_domain(call), HERE);
        assert_int_equal(fedval_log_get_diagnosis(log), FEDVAL_DIAGNOSIS_NOTHING);
        fedval_log_free(log);
    }
    fedval_log *other = read_text(REJECTED("Not Found", "404") REFUSED_AT("10:25:00", "5a71"));
    assert_int_equal(fedval_log_count_incidents(other), 2);
    fedval_log_free(other);
}

#define SET_UP_OTTO(id)                                                                            \
    LINE("10:05:00", "Received", "Src", "5061")                                                    \
    "SIP"                                                                                          \
    "/2.0 200 OK\n" TO_MICROSOFT "Call-ID: " id "\nCSeq: 1 INVITE\nFrom: <sip:2000@" HERE          \
    ">;tag=1\nTo: <sip:otto@skype.lab>;tag=2\n" OF_MICROSOFT "Content-Length: 0\n\n"

static void a_call_that_was_set_up_and_its_event_are_one_call(void **state)
{
    static const char *const logs[] = {
        CONNECTED SET_UP_OTTO("5a70"),
        SET_UP_OTTO("5a70") CONNECTED,
        SET_UP_OTTO("5a70") CONNECTED SET_UP_OTTO("5a70"),
        CONNECTED SET_UP_OTTO("5a70") CONNECTED SET_UP_OTTO("5a70"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        fedval_log *log = read_text(logs[i]);
        assert_int_equal(fedval_log_get_num_calls(log), 1);
        assert_int_equal(fedval_log_get_num_events(log), 0);
        assert_int_equal(fedval_log_get_num_unrelated(log), 0);
        fedval_log_free(log);
    }
    fedval_log *two = read_text(CONNECTED SET_UP_OTTO("5a70") SET_UP_OTTO("5a71"));
    assert_int_equal(fedval_log_get_num_calls(two), 2);
    fedval_log_free(two);
}

/* A scanner is rejected every minute: its calls do not crowd out what is to be told. */
static void rejected_strangers_are_counted(void **state)
{
    fv_buf buf;
    (void)state;
    fv_buf_init(&buf);
    for (unsigned i = 0; i < 500; i++) {
        char line[600];
        snprintf(line, sizeof(line),
                 "2026-05-14T10:%02u:%02u.200+00:00 expe tvcs: Event=\"Call Rejected\" "
                 "Service=\"SIP\" Src-alias=\"sip:%u@scan.example\" Dst-alias=\"sip:%u@%s\" "
                 "Detail=\"Not Found\" Response-code=\"404\" Level=\"1\" "
                 "UTCTime=\"2026-05-14 10:%02u:%02u,200\"\n",
                 i / 60, i % 60, i, i + 9000, HERE, i / 60, i % 60);
        fv_buf_append_text(&buf, line);
    }
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    assert_int_equal(fedval_log_get_num_unrelated(log), 500);
    assert_int_equal(fedval_log_get_num_calls(log), 0);
    fedval_log_free(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_to_microsoft_that_was_set_up_works),
        cmocka_unit_test(a_call_of_microsoft_that_was_set_up_works),
        cmocka_unit_test(other_answers_prove_nothing),
        cmocka_unit_test(calls_are_counted_and_one_of_them_is_kept),
        cmocka_unit_test(a_call_that_worked_is_set_against_the_causes),
        cmocka_unit_test(an_inferred_cause_is_open_if_a_later_call_worked),
        cmocka_unit_test(an_event_of_a_call_is_told_as_what_it_is),
        cmocka_unit_test(events_of_two_domains_stay_apart),
        cmocka_unit_test(a_caller_without_a_domain_has_no_other),
        cmocka_unit_test(an_answer_and_its_event_are_one_call),
        cmocka_unit_test(a_call_that_was_set_up_and_its_event_are_one_call),
        cmocka_unit_test(rejected_strangers_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
