/* The forms in which logs are shown: HTML, Markdown, JSON; and what is read out of them. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalogue/symptom_codes.h"
#include "fedval/diagnosis.h"
#include "logs/interpret/reason.h"
#include "logs/read/sight.h"
#include "support.h"

static void assert_shows(const char *raw, const char *wanted)
{
    fv_sight sight;
    fv_sight_init(&sight);
    assert_true(fv_sight_read(&sight, (fv_bytes){(const uint8_t *)raw, strlen(raw)}));
    fv_text text = fv_sight_text(&sight, (fv_span){0, sight.len});
    if (!fv_text_equal(text, fv_text_of(wanted)))
        fail_msg("%s: seen %.*s, wanted %s", raw, (int)text.len, text.data, wanted);
    fv_sight_clear(&sight);
}

static void elements_are_not_seen(void **state)
{
    (void)state;
    assert_shows("<p>a</p><span class=\"x\">b</span>", "ab");
    assert_shows("<P>a<BR/>b<br />c", "abc");
    assert_shows("<sp\nan class=\"x\">a</\np>", "a");
    assert_shows("<a href=\"x\">b</a>", "b");
    assert_shows("<sip:a@b>;<b@c>", "<sip:a@b>;<b@c>");
    assert_shows("<table x", "<tablex");
    assert_shows("<p <p>", "<p");
    assert_shows("<p", "<p");
}

static void bold_is_not_seen_and_masks_are(void **state)
{
    (void)state;
    assert_shows("**a b**", "ab");
    assert_shows("**a**: b", "a:b");
    assert_shows("<sip:**@**.example>", "<sip:**@**.example>");
    assert_shows("a *** b ****", "a***b****");
    assert_shows("CN=*.example", "CN=*.example");
}

static void the_escapes_of_json_are_undone_around_values_alone(void **state)
{
    (void)state;
    assert_shows("a=\\\"b\\\";c=\\\"d\\\"\\r\\ne", "a=\"b\";c=\"d\"e");
    assert_shows("x=\"a \\\"b\\\" c\"", "x=\"a\\\"b\\\"c\"");
    assert_shows("edge\\node", "edge\\node");
}

static fedval_log *read_text(const char *text)
{
    return read_log("text", (const uint8_t *)text, strlen(text), 7);
}

static void a_log_within_json_is_read(void **state)
{
    (void)state;
    fedval_log *log = read_text(
        "{\"m\":\"SIP/2.0 504 Server time-out\\r\\nFrom: <sip:a@lync.example>;tag=1\\r\\n"
        "To: <sip:b@video.example.com>;tag=2\\r\\nCall-ID: 9f8e\\r\\nCSeq: 1 INVITE\\r\\n"
        "ms-diagnostics: 1009;reason=\\\"No match for domain\\\";"
        "domain=\\\"video.example.com\\\";fqdn1=\\\"gw.other.example:5061\\\"\\r\\n\"}\n");
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_finding(incident),
                     FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN);
    assert_string_equal(fedval_incident_get_domain(incident), "video.example.com");
    assert_string_equal(fedval_incident_get_call_id(incident), "9f8e");
    fedval_log_free(log);
}

static void a_response_on_the_way_is_no_failure(void **state)
{
    (void)state;
    fedval_log *log = read_text(
        "SIP/2.0 101 Progress Report\nVia: SIP/2.0/TLS 10.0.0.1:5061\nCall-ID: a\nCSeq: 1 INVITE\n"
        "ms-diagnostics: 24119;reason=\"On its way\";source=\"fe.lync.example\"\n\n"
        "101  Progress Report\nms-diagnostics: 13004;reason=\"Passed on\";Count=\"1\"\n");
    assert_int_equal(fedval_log_count_incidents(log), 0);
    fedval_log_free(log);
}

static void a_number_is_no_status_because_504_is_in_it(void **state)
{
    (void)state;
    fedval_log *log = read_text("2017-03-02 08:10:46  sip:1504@meet.example.org  sip:a@lync.example"
                                "  SIP <-> SIP  200 OK  64 seconds\n"
                                "2017-03-02 08:15:04  sip:12@meet.example.org  sip:b@lync.example"
                                "  SIP <-> SIP  200 OK  504 seconds\n"
                                "2017-03-02 08:20:00  sip:13@meet.example.org  sip:c@lync.example"
                                "  SIP <-> SIP  504 Server time-out  0 seconds\n");
    assert_int_equal(fedval_log_count_incidents(log), 1);
    assert_string_equal(fedval_incident_get_from(fedval_log_get_incident(log, 0)),
                        "13@meet.example.org");
    fedval_log_free(log);
}

static void assert_reason(const char *text, uint32_t wanted, bool is_stated)
{
    fv_sight sight;
    fv_sight_init(&sight);
    assert_true(fv_sight_read(&sight, (fv_bytes){(const uint8_t *)text, strlen(text)}));
    const fv_sentence *found = fv_reason_find(&sight, (fv_span){0, sight.len}, true);
    uint32_t finding = found != NULL ? found->inbound : 0;
    if (finding != wanted || (found == NULL || found->basis == NULL) != is_stated)
        fail_msg("%s: %s", text, fedval_finding_code_to_string(finding));
    fv_sight_clear(&sight);
}

static void a_cut_is_not_read_out_of_other_words(void **state)
{
    (void)state;
    assert_reason("EOF", FEDVAL_FINDING_CONNECTION_CUT, true);
    assert_reason("unexpected eof while reading", FEDVAL_FINDING_CONNECTION_CUT, true);
    assert_reason("handshake of no use (EOF)", FEDVAL_FINDING_CONNECTION_CUT, true);
    assert_reason("Connection reset by peer", FEDVAL_FINDING_CONNECTION_CUT, true);
    assert_reason("the size of a message is wrong", 0, true);
    assert_reason("some messages are set aside", 0, true);
}

static void a_reason_that_leaves_something_open_is_inferred(void **state)
{
    (void)state;
    assert_reason("self signed certificate", FEDVAL_FINDING_PEER_CERTIFICATE_UNTRUSTED, true);
    assert_reason("certificate verify failed (self signed certificate)",
                  FEDVAL_FINDING_PEER_CERTIFICATE_UNTRUSTED, true);
    assert_reason("certificate verify failed", FEDVAL_FINDING_PEER_CERTIFICATE_UNTRUSTED, false);
    assert_reason("unsupported certificate purpose", FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH, false);
}

static uint32_t finding_of(const char *format, uint32_t number, const char *meaning)
{
    char text[400];
    snprintf(text, sizeof(text), format, number);
    fedval_log *log = read_text(text);
    if (fedval_log_count_incidents(log) != 1)
        fail_msg("%s: %zu incidents", text, fedval_log_count_incidents(log));
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    uint32_t finding = fedval_incident_get_finding(incident);
    /* what an explanation of the code says of it */
    if (meaning != NULL && strstr(fedval_incident_get_message(incident), meaning) == NULL)
        fail_msg("%s: %s", meaning, fedval_incident_get_message(incident));
    fedval_log_free(log);
    return finding;
}

static void every_code_of_the_catalogue_is_read_out_of_a_response(void **state)
{
    static const char *const formats[] = {
        [FV_SYMPTOM_MS_DIAGNOSTICS] =
            "SIP/2.0 504 Server time-out\nCall-ID: a\nCSeq: 1 INVITE\n"
            "ms-diagnostics: %u;reason=\"text\";source=\"sip.x.example\"\n",
        [FV_SYMPTOM_HRESULT] = "SIP/2.0 504 Server time-out\nCall-ID: a\nCSeq: 1 INVITE\n"
                               "ms-diagnostics: 1047;reason=\"text\";HRESULT=\"0x%08x\"\n",
        [FV_SYMPTOM_WINSOCK] =
            "SIP/2.0 504 Server time-out\nCall-ID: a\nCSeq: 1 INVITE\n"
            "ms-diagnostics: 1047;reason=\"text\";WinsockFailureCode=\"%u(X)\"\n",
    };
    (void)state;
    for (size_t i = 0; i < fv_symptom_code_count(); i++) {
        const fv_symptom_code *code = fv_symptom_code_get(i);
        bool is_there = code->kind < sizeof(formats) / sizeof(formats[0]);
        if (!is_there || formats[code->kind] == NULL || (code->hints & FV_SYMPTOM_PROGRESS) != 0)
            continue;
        uint32_t finding = finding_of(formats[code->kind], code->number, code->meaning);
        if (finding != code->finding)
            fail_msg("%u: %s", code->number, fedval_finding_code_to_string(finding));
    }
}

static void an_unconfirmed_meaning_is_called_so(void **state)
{
    (void)state;
    fedval_log *log = read_text("ms-diagnostics: 1046;reason=\"Cannot connect\";x=\"y\"\n");
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_INFERRED);
    assert_non_null(strstr(fedval_incident_get_message(incident), "not confirmed"));
    fedval_log_free(log);
}

/* What 1028 means no document says, so it accuses nobody's list of partners. */
static void an_unconfirmed_meaning_is_no_error(void **state)
{
    (void)state;
    fedval_log *log = read_text("ms-diagnostics: 1028;reason=\"Not configured\";x=\"y\"\n");
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_finding(incident), FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
    assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_UNDETERMINED);
    assert_non_null(strstr(fedval_incident_get_message(incident), "no document says so"));
    fedval_log_free(log);
}

static void assert_told(const char *log, const char *wanted)
{
    fedval_log *read = read_text(log);
    char *text = NULL;
    assert_int_equal(fedval_log_to_text(read, NULL, NULL, &text, NULL), FEDVAL_OK);
    char *shown = strstr(text, wanted);
    if (shown == NULL)
        fail_msg("%s is not in %s", wanted, text);
    fedval_text_free(text);
    fedval_log_free(read);
}

/* Whether a vector of the tree is diagnosed with `wanted` and without `unwanted`. */
static void assert_file_told(const char *name, const char *wanted, const char *unwanted)
{
    char path[500];
    char *text = NULL;
    fedval_diagnosis_options options = {.size = sizeof(options)};
    fedval_text_options look = {.size = sizeof(look), .width = 9999};
    (void)snprintf(path, sizeof(path), VECTORS "/%s", name);
    size_t len = 0;
    char *bytes = read_file(path, &len);
    assert_non_null(bytes);
    bytes[len] = '\0';
    fedval_log *log = read_text(bytes);
    assert_int_equal(fedval_log_to_text(log, &options, &look, &text, NULL), FEDVAL_OK);
    if (strstr(text, wanted) == NULL || strstr(text, unwanted) != NULL)
        fail_msg("%s: wanted %s, not %s: %s", name, wanted, unwanted, text);
    fedval_text_free(text);
    fedval_log_free(log);
    free(bytes);
}

/* A domain that the Edge does not know is new on its list; one whose SRV record it refuses is on
 * it. Microsoft 365 has commands of its own. */
static void the_command_for_the_list_is_the_one_that_fits(void **state)
{
    (void)state;
    assert_file_told("situation-list-new.log", "New-CsAllowedDomain -Identity acano.steven.lab",
                     "Set-Cs");
    assert_file_told("situation-list-known.log", "Set-CsAllowedDomain -Identity acano.steven.lab",
                     "New-Cs");
    assert_file_told("situation-list-cloud.log",
                     "Set-CsTenantFederationConfiguration -AllowedDomainsAsAList "
                     "@{Add=\"acano.steven.lab\"}",
                     "CsAllowedDomain");
    assert_file_told("situation-list-cloud.log", "no log of a server to read", "SIPStack");
}

/* A remedy is about the certificate that was refused, on the side that showed it. */
static void a_refusal_in_a_handshake_is_mended_where_the_certificate_is(void **state)
{
    static const char name[] = "situation-tls-sides.log";
    (void)state;
    assert_file_told(name, "have its server certificate issued anew with serverAuth",
                     "on each peer that shows it");
    assert_file_told(name, "Checking Mode: Off; or the partner gets", "<domain>");
    assert_file_told(name, "renew the certificate that it shows", "mend that one in");
    assert_file_told(name, "the calling certificate of the Expressway, which was shown to", "??");
    assert_file_told(name, "the server certificate of the Expressway, which was shown to", "??");
    assert_file_told("client-1010-name.log", "as a subjectAltName", "explain that one");
}

/* A text says in words what the log does not name, and where it is found. */
static void what_is_not_known_has_its_own_words(void **state)
{
    (void)state;
    assert_file_told("expressway-tls-reasons.log", "Make a new key, RSA of 2048 bits or more",
                     "new key of not known");
    assert_file_told("edge-srv-no-domain.log", "this log does not name that domain", "<domain>");
    assert_file_told("situation-provider.log", "it is what follows the @ in the From", "<domain>");
}

/* The alert "certificate required" is about the side that called. */
static void who_called_has_sent_no_certificate(void **state)
{
    (void)state;
    assert_file_told("expressway-tls-reasons.log", "198.51.100.6 sent no client certificate",
                     "the Expressway sent no client certificate");
}

/* The partner reads of its own server, of a time as exact as it was logged, and no notes of ours.
 */
static void a_letter_is_written_for_its_reader(void **state)
{
    static const char tied[] = "situation-tls-tied.log", asserted[] = "situation-asserted.log";
    (void)state;
    assert_file_told(tied, "of your server sip.skype.lab", "by what is not there");
    assert_file_told(tied, "A connection at 2026-11-20T10:01:04Z failed", "10:01:04.000Z failed");
    assert_file_told(tied, "failed, as far as the logs here show: ", "CA's). What do your logs");
    assert_file_told("client-1010-root.log", "(time zone not known)", "by what is not there");
    assert_file_told(asserted, "(in P-Asserted-Identity: cms.steven.lab)", "by what is not there");
    assert_file_told(asserted, "check acano.steven.lab and cms.steven.lab", "2 times the same");
}

static void a_caller_without_a_public_domain_is_the_finding(void **state)
{
    static const char name[] = "situation-callers.log";
    (void)state;
    assert_file_told(name, "the From of the call holds a number without a domain", "??");
    assert_file_told(name, "2000@cms.local: no domain that public DNS", "check cms.local");
    assert_file_told(name, "the caller's domain is acano.steven.lab", "alone: undetermined");
}

static void a_failure_of_the_far_side_is_told_from_the_own(void **state)
{
    static const char name[] = "situation-far-failures.log";
    (void)state;
    assert_file_told(name, "503: a server is overloaded, down, or cannot be reached", "no failed");
    assert_file_told(name, "the Expressway itself gave the call up", "hold in this direction");
}

/* Who gave the log of the client is not sent for it again; who gave the Expressway's is. */
static void the_next_source_is_another_one(void **state)
{
    (void)state;
    assert_file_told("situation-client-unsaid.log",
                     "Get the Edge's SIPStack trace of the same call", "UccApiLog");
    assert_file_told("expressway-504.log", "or the client's UccApiLog", "search history whether");
}

static void rows_that_prove_nothing_are_named(void **state)
{
    static const struct {
        const char *name;
        bool has_rows;
    } rows[] = {{"search-history.txt", true}, {"expressway-504.log", false}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char path[500];
        size_t len = 0;
        (void)snprintf(path, sizeof(path), VECTORS "/%s", rows[i].name);
        char *bytes = read_file(path, &len);
        assert_non_null(bytes);
        fedval_log *log = read_log("test", (const uint8_t *)bytes, len, len);
        const char *told = fedval_log_get_not_judged(log);
        assert_int_equal(told != NULL && strstr(told, "search history") != NULL, rows[i].has_rows);
        char *json = NULL;
        assert_int_equal(fedval_log_to_json(log, NULL, &json, NULL), FEDVAL_OK);
        assert_int_equal(strstr(json, "\"not_judged\":null") == NULL, rows[i].has_rows);
        free(json);
        fedval_log_free(log);
        free(bytes);
    }
    assert_null(fedval_log_get_not_judged(NULL));
}

static void what_is_not_understood_is_counted(void **state)
{
    (void)state;
    assert_told("ms-diagnostics: 1019;reason=\"text\";source=\"sip.x.example\"\n",
                "NOT UNDERSTOOD  1 entry");
}

static void assert_remedy(const char *text, const char *wanted)
{
    fedval_log *log = read_text(text);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const char *remedy = fedval_incident_get_remedy(fedval_log_get_incident(log, 0));
    if (remedy == NULL || strstr(remedy, wanted) == NULL)
        fail_msg("%s: %s", text, remedy != NULL ? remedy : "no remedy");
    fedval_log_free(log);
}

static void an_open_report_says_where_to_look(void **state)
{
    (void)state;
    assert_remedy("ms-diagnostics: 1034;reason=\"Previous hop\";Domain=\"video.example.com\";"
                  "PeerServer=\"gw.video.example.com\"\n",
                  "Ask the side of gw.video.example.com");
    assert_remedy("ms-diagnostics: 1027;reason=\"Cannot route this type\";x=\"y\"\n",
                  "an earlier failure with this partner");
    assert_remedy("ms-diagnostics: 2;reason=\"See response code\";x=\"y\"\n", "SIPStack trace");
    assert_remedy("ms-diagnostics: 1099;reason=\"Never seen\";x=\"y\"\n",
                  "See whether DNS and certificates of the domain of the caller are sound");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_are_not_seen),
        cmocka_unit_test(bold_is_not_seen_and_masks_are),
        cmocka_unit_test(the_escapes_of_json_are_undone_around_values_alone),
        cmocka_unit_test(a_log_within_json_is_read),
        cmocka_unit_test(a_response_on_the_way_is_no_failure),
        cmocka_unit_test(a_number_is_no_status_because_504_is_in_it),
        cmocka_unit_test(a_cut_is_not_read_out_of_other_words),
        cmocka_unit_test(a_reason_that_leaves_something_open_is_inferred),
        cmocka_unit_test(every_code_of_the_catalogue_is_read_out_of_a_response),
        cmocka_unit_test(an_unconfirmed_meaning_is_called_so),
        cmocka_unit_test(an_unconfirmed_meaning_is_no_error),
        cmocka_unit_test(the_command_for_the_list_is_the_one_that_fits),
        cmocka_unit_test(a_refusal_in_a_handshake_is_mended_where_the_certificate_is),
        cmocka_unit_test(what_is_not_known_has_its_own_words),
        cmocka_unit_test(who_called_has_sent_no_certificate),
        cmocka_unit_test(a_letter_is_written_for_its_reader),
        cmocka_unit_test(a_caller_without_a_public_domain_is_the_finding),
        cmocka_unit_test(a_failure_of_the_far_side_is_told_from_the_own),
        cmocka_unit_test(the_next_source_is_another_one),
        cmocka_unit_test(rows_that_prove_nothing_are_named),
        cmocka_unit_test(what_is_not_understood_is_counted),
        cmocka_unit_test(an_open_report_says_where_to_look),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
