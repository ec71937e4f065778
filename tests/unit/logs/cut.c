/* Values that were cut or damaged: they are dropped, and what would follow from them is left open.
 */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

static fedval_log *read_text(const char *text, size_t step)
{
    return read_log("test", (const uint8_t *)text, strlen(text), step);
}

static fedval_log *read_answer(const char *id, const char *from, const char *diagnostics)
{
    char text[1000];
    snprintf(text, sizeof(text),
             "SIP/2.0 504 Server time-out\n"
             "Call-ID: %s\n"
             "CSeq: 1 INVITE\n"
             "From: <sip:4711@%s>;tag=1\n"
             "To: <sip:alice@lync.example.net>\n"
             "Server: RTC/6.0\n"
             "%s\n",
             id, from, diagnostics);
    return read_text(text, SIZE_MAX);
}

/* A value that a line end or an odd mark cut is not read for a shorter one. */
static void cut_values_are_dropped(void **state)
{
    static const char *const ids[] = {"7d1f0b52-33aa-4c58\nd4e5f", "7d1f0b52 - 33aa - 4c58",
                                      "7d1f0b52\342\200\24233aa", "7d1f0b52-"};
    static const char *const hosts[] = {"meet.exampl\ne.org", "meet"};
    (void)state;
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        fedval_log *log = read_answer(ids[i], "meet.example.org", "");
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        assert_null(fedval_incident_get_call_id(incident));
        fedval_log_free(log);
    }
    for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
        fedval_log *log = read_answer("7d1f0b52", hosts[i], "");
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        assert_null(fedval_incident_get_domain(incident));
        assert_int_equal(fedval_log_count_domains(log), 0);
        fedval_log_free(log);
    }
}

/* An address in angle brackets that has no end may have lost a part of its host. Parameters after
 * the host show that it is whole. */
static void an_address_without_its_end_names_no_domain(void **state)
{
    static const struct {
        const char *from, *domain;
    } rows[] = {{"\"Room\" <sip:2000@meet.example.o", NULL},
                {"<sip:2000@meet.example.org>", "meet.example.org"},
                {"<sip:2000@meet.example.org;transport=tls", "meet.example.org"},
                {"sip:2000@meet.example.org", "meet.example.org"}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[1000];
        snprintf(text, sizeof(text),
                 "SIP/2.0 504 Server time-out\nCall-ID: c1\nCSeq: 1 INVITE\nFrom: %s\n"
                 "To: <sip:alice@lync.example.net>;tag=2\nServer: RTC/6.0\n\n",
                 rows[i].from);
        fedval_log *log = read_text(text, SIZE_MAX);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        if (rows[i].domain == NULL)
            assert_null(fedval_incident_get_domain(incident));
        else
            assert_string_equal(fedval_incident_get_domain(incident), rows[i].domain);
        fedval_log_free(log);
    }
}

/* A dot at the end of each line stands for its CR; one at the end of a Call-ID alone belongs to
 * it. */
static void dots_of_packet_tools_are_no_part_of_a_call_id(void **state)
{
    (void)state;
    fedval_log *log = read_text("SIP/2.0 504 Server time-out.\nCall-ID: c1.\nCSeq: 1 INVITE.\n"
                                "ms-diagnostics: 1008;reason=\"x\";domain=\"video.example.com\".\n",
                                SIZE_MAX);
    assert_string_equal(fedval_incident_get_call_id(fedval_log_get_incident(log, 0)), "c1");
    fedval_log_free(log);
    log = read_answer("c1.", "meet.example.org", "");
    assert_string_equal(fedval_incident_get_call_id(fedval_log_get_incident(log, 0)), "c1.");
    fedval_log_free(log);
}

/* Names that cannot be names: a part of one, an address with a letter in it, a port that is none.
 */
static void names_that_cannot_be_are_dropped(void **state)
{
    static const char *const targets[] = {"192.O.2.47:5061", "expe.", "gw.example.com:5O61"};
    (void)state;
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        char header[200];
        snprintf(header, sizeof(header),
                 "ms-diagnostics: 1009;reason=\"x\";domain=\"video.example.com\";fqdn1=\"%s\"",
                 targets[i]);
        fedval_log *log = read_answer("c1", "meet.example.org", header);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_incident_count_fqdns(incident), 0);
        assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_UNDETERMINED);
        fedval_log_free(log);
    }
    fedval_log *log =
        read_answer("c1", "meet.example.org", "ms-diagnostics: 1008;reason=\"x\";domain=\"video\"");
    assert_null(fedval_incident_get_domain(fedval_log_get_incident(log, 0)));
    fedval_log_free(log);
}

/* Whichever of the two names is damaged: what the diagnosis hangs on was not read whole. */
static void one_damaged_name_of_two_leaves_the_cause_open(void **state)
{
    static const struct {
        const char *expected, *presented;
        uint32_t certainty;
    } rows[] = {{"gw.video.example.com", "gw.example.com", FEDVAL_CERTAINTY_STATED},
                {"gw.", "gw.example.com", FEDVAL_CERTAINTY_UNDETERMINED},
                {"gw.video.example.com", "gw.", FEDVAL_CERTAINTY_UNDETERMINED}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char header[400];
        snprintf(header, sizeof(header),
                 "ms-diagnostics: 1010;reason=\"Certificate trust with another server could not be "
                 "established\";ErrorType=\"The peer certificate does not contain a matching "
                 "FQDN\";tls-target=\"%s\";PeerServer=\"%s\"",
                 rows[i].expected, rows[i].presented);
        fedval_log *log = read_answer("c1", "video.example.com", header);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_incident_get_certainty(incident), rows[i].certainty);
        fedval_log_free(log);
    }
}

#define CALL                                                                                       \
    "From: <sip:anna@nord.example>;tag=1\nTo: <sip:room@video.example.com>;tag=2\nCall-ID: c1\n"   \
    "CSeq: 1 INVITE\n"
#define REASON "1008;reason=\"Unable to resolve DNS SRV record\""

/* Without the domain in the value, that of the fault is the caller's or the called one. */
static void a_domain_that_is_missing_is_taken_from_nobody(void **state)
{
    static const struct {
        const char *head, *value, *domain;
    } rows[] = {
        {"", REASON ";domain=\"video.example.com\"", "video.example.com"},
        {"", REASON ";domain=\"video.exam-\nple.com\"", NULL},
        {"", REASON ";domain=\"video-two.example.com\"", "video-two.example.com"},
        {"", REASON ";source=\"sip.nord.example\"", "video.example.com"},
        {"Authentication-Info: TLS-DSK qop=\"auth\"\n", REASON, "video.example.com"},
        {"Authentication-Info: TLS-DSK qop=\"auth\"\n", REASON ";dom", NULL},
        {"", REASON ";domain=\"\";source=\"sip.nord.example\"", NULL},
        {"", REASON ";domain=;source=\"sip.nord.example\"", NULL},
        {"", REASON ";dom;source=\"sip.nord.example\"", "video.example.com"},
        {"", REASON ";source=\"sip.nord.example\";dom", NULL},
        {"", REASON ";source=\"sip.nord.example\";dom...", NULL},
        {"", REASON ";source=\"sip.nord.example\";text=\"a", NULL},
        {"", REASON ";source=\"sip.nord.example\" said the user", "video.example.com"},
        {"", REASON ";dom", NULL},
        {"", REASON, NULL},
        {"", "1008;reason=\"Unable to resolve DNS SR...", NULL},
        {"", "1009;reason=\"No match for dom", NULL},
        {"", "1014;reason=\"Unable to resolve DNS A record.\"", NULL},
        {"", "1010;reason=\"x\";HRESULT=\"0x80090322(SEC_E_WRONG_PRINCIPAL)\"", NULL},
        {"", "1010;reason=\"Certificate trust with another server could not...", NULL},
        {"", "1010;reason=\"x\"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[600];
        snprintf(text, sizeof(text),
                 "SIP/2.0 504 Server time-out\n%s" CALL
                 "ms-diagnostics: %s\nServer: RTC/6.0\nContent-Length: 0\n\n",
                 rows[i].head, rows[i].value);
        fedval_log *log = read_text(text, SIZE_MAX);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        const char *domain = fedval_incident_get_domain(incident);
        bool is_open = fedval_incident_get_certainty(incident) == FEDVAL_CERTAINTY_UNDETERMINED;
        if (is_open != (rows[i].domain == NULL) || (domain == NULL) != (rows[i].domain == NULL) ||
            (domain != NULL && strcmp(domain, rows[i].domain) != 0))
            fail_msg("%s: %s", rows[i].value, domain != NULL ? domain : "no domain");
        fedval_log_free(log);
    }
}

/* An id that was read from a picture is no other id: "1O1O" is not 1. */
static void letters_among_the_digits_of_an_id_leave_the_cause_open(void **state)
{
    static const struct {
        const char *id, *code;
        uint32_t certainty;
    } rows[] = {{"1O1O", "1O1O", FEDVAL_CERTAINTY_UNDETERMINED},
                {"1o08", "1o08", FEDVAL_CERTAINTY_UNDETERMINED},
                {"1008", "1008", FEDVAL_CERTAINTY_STATED}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char header[200];
        snprintf(header, sizeof(header),
                 "ms-diagnostics: %s;reason=\"x\";domain=\"video.example.com\"", rows[i].id);
        fedval_log *log = read_answer("c1", "video.example.com", header);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_incident_get_certainty(incident), rows[i].certainty);
        assert_string_equal(fedval_incident_get_reported_code(incident), rows[i].code);
        fedval_log_free(log);
    }
}

/* A record of the Edge in pieces, so that no reader finds it in this file. */
#define BEGIN                                                                                      \
    "TL_WA"                                                                                        \
    "RN(TF_"                                                                                       \
    "DIAG) [pool\\edge01]0584.0A44::03/02/2017-07:10:4"
#define WHERE                                                                                      \
    ".230.0000773E (SIPStack,SIPAdminLog::Write:SIPAdminLog.cpp(830)) [1] $$begin_"                \
    "record\n"
#define REPORT                                                                                     \
    "Severity: warning\n"                                                                          \
    "Text: The domain of the message resolved by DNS SRV but none of the FQDNs is in the same "    \
    "domain\nResult-"                                                                              \
    "Code: 0xc3e9"                                                                                 \
    "3d6f SIPPROXY_E_EPROUTING_MSG_ALLOWED_DOMAIN_NO_SRV_MATCH\n"
#define CALLED                                                                                     \
    "SIP-Start-Line: INVITE sip:bob@nord.example SIP/2.0\nSIP-Call-ID: 7c1e2f33@10.4.5.6\n"        \
    "SIP-CSeq: 100 INVITE\nPeer: vcse.harbour.example:25010\n"                                     \
    "Data: domain=\"meet.harbour.example\";fqdn1=\"vcse.harbour.example:5061\"\n$$end_"            \
    "record\n"

/* An archive or a log that was cut ends within its last record. That is no new call, wherever it
 * was cut: it repeats the record before it, or its call is not known. */
static void a_record_that_the_log_cuts_is_no_call_of_its_own(void **state)
{
    static const char whole[] = BEGIN "6" WHERE REPORT CALLED;
    static const char *const seconds[] = {"6", "9"};
    (void)state;
    for (size_t i = 0; i < 2 * sizeof(whole); i++) {
        char text[4 * sizeof(whole)], again[sizeof(whole)];
        bool is_same_time = i % 2 == 0;
        size_t len = i / 2;
        snprintf(again, sizeof(again), BEGIN "%s" WHERE REPORT CALLED, seconds[i % 2]);
        again[len < sizeof(again) ? len : 0] = '\0';
        snprintf(text, sizeof(text), "%s%s", whole, again);
        fedval_log *log = read_text(text, SIZE_MAX);
        size_t num = fedval_log_count_incidents(log);
        if (fedval_log_get_num_calls(log) != 1 || num > (is_same_time ? 1u : 2u))
            fail_msg("cut after %zu: %zu incidents: %s", len, num, again);
        bool is_named = strstr(again, "@10.4.5.6\n") != NULL;
        if (num == 2 && !is_named &&
            strstr(fedval_incident_get_message(fedval_log_get_incident(log, 1)),
                   "the log ends within this record") == NULL) {
            fail_msg("cut after %zu: %s", len,
                     fedval_incident_get_message(fedval_log_get_incident(log, 1)));
        }
        fedval_log_free(log);
    }
}

/* Where the last line is whole, so is the Call-ID in it. */
static void a_call_id_in_a_whole_last_line_counts(void **state)
{
    static const char *const ends[] = {"", "\n", "\r\n"};
    (void)state;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        char text[1000];
        snprintf(text, sizeof(text), BEGIN "6" WHERE REPORT "SIP-Call-ID: 7c1e2f33@10.4.5.6%s",
                 ends[i]);
        fedval_log *log = read_text(text, SIZE_MAX);
        const char *call = fedval_incident_get_call_id(fedval_log_get_incident(log, 0));
        assert_int_equal(call != NULL, i > 0);
        fedval_log_free(log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cut_values_are_dropped),
        cmocka_unit_test(an_address_without_its_end_names_no_domain),
        cmocka_unit_test(dots_of_packet_tools_are_no_part_of_a_call_id),
        cmocka_unit_test(names_that_cannot_be_are_dropped),
        cmocka_unit_test(a_domain_that_is_missing_is_taken_from_nobody),
        cmocka_unit_test(letters_among_the_digits_of_an_id_leave_the_cause_open),
        cmocka_unit_test(one_damaged_name_of_two_leaves_the_cause_open),
        cmocka_unit_test(a_record_that_the_log_cuts_is_no_call_of_its_own),
        cmocka_unit_test(a_call_id_in_a_whole_last_line_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
