/* Where entries begin and end, and which of their values are no values, to the byte. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "logs/read/entry.h"
#include "logs/read/lookback.h"
#include "support.h"

/* Without quotation marks a value ends at a blank. */
static void a_value_without_quotation_marks_ends_at_a_blank(void **state)
{
    char text[600];
    (void)state;
    fv_buf buf;
    fv_buf_init(&buf);
    snprintf(text, sizeof(text),
             HOST "Event=\"Inbound TLS Negotiation Error\" Service=SIP Src-ip=198.51.100.6 "
                  "Src-port=40120 Dst-ip=192.0.2.47 Dst-port=5061 Detail=\"%s\" Protocol=TLS "
                  "Level=1 " TIME "\n",
             10u, 0u, "Peer's TLS certificate identity was unacceptable", 10u, 0u);
    fv_buf_append_text(&buf, text);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_string_equal(fedval_incident_get_peer(incident), "198.51.100.6");
    assert_int_equal(fedval_incident_get_port(incident), 5061);
    fedval_log_free(log);
}

/* A sentence that begins like it is no incident, and no other sentence either. */
static void another_sentence_of_a_403_is_none(void **state)
{
    (void)state;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf,
                       "403 Forbidden: From URI not authorized to communicate with anybody\n");
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 0);
    fedval_log_free(log);
}

/* What stands behind the port of a connection between Expressways decides whom the remedy is for.
 */
static const char *remedy_at_port(fedval_log **out_log, const char *detail, unsigned port)
{
    char text[600];
    fv_buf buf;
    fv_buf_init(&buf);
    snprintf(text, sizeof(text),
             HOST "Event=\"Inbound TLS Negotiation Error\" Service=\"SIP\" Src-ip=\"198.51.100.6\" "
                  "Src-port=\"40120\" Dst-ip=\"192.0.2.47\" Dst-port=\"%u\" Detail=\"%s\" "
                  "Protocol=\"TLS\" Level=\"1\" " TIME "\n",
             1u, 1u, port, detail, 1u, 1u);
    fv_buf_append_text(&buf, text);
    *out_log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(*out_log), 1);
    return fedval_incident_get_remedy(fedval_log_get_incident(*out_log, 0));
}

static void traversal_has_remedies_of_its_own_from_7001_to_7099(void **state)
{
    static const struct {
        unsigned port;
        bool is_traversal;
    } rows[] = {{7000, false}, {7001, true}, {7099, true}, {7100, false}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fedval_log *log = NULL;
        const char *remedy = remedy_at_port(
            &log, "certificate verify failed (self signed certificate)", rows[i].port);
        assert_int_equal(strstr(remedy, "Expressway-C") != NULL, rows[i].is_traversal);
        fedval_log_free(log);
    }
}

static void assert_fqdn(const char *logged, const char *wanted)
{
    char text[800];
    fv_buf buf;
    fv_buf_init(&buf);
    snprintf(text, sizeof(text),
             "%s/2.0 504 Server time-out\nCall-ID: c1\nCSeq: 1 INVITE\n"
             "From: <sip:a@meet.example.org>;tag=1\nTo: <sip:b@lync.example.net>\nServer: RTC/6.0\n"
             "ms-diagnostics: 1009;reason=\"No match\";domain=\"meet.example.org\";fqdn1=\"%s\";"
             "source=\"sip.lync.example.net\"\n\n",
             "SIP", logged);
    fv_buf_append_text(&buf, text);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const char *fqdn = fedval_incident_get_fqdn(fedval_log_get_incident(log, 0), 0);
    if (wanted == NULL)
        assert_null(fqdn);
    else
        assert_string_equal(fqdn, wanted);
    fedval_log_free(log);
}

static void a_name_with_what_is_no_port_is_dropped(void **state)
{
    (void)state;
    assert_fqdn("gw.example.net:5061", "gw.example.net:5061");
    assert_fqdn("gw.example.net:7", "gw.example.net:7");
    assert_fqdn("gw.example.net:65535", "gw.example.net:65535");
    assert_fqdn("gw.example.net:65536", NULL);
    assert_fqdn("gw.example.net:", NULL);
    assert_fqdn("gw.example.net:5O61", NULL);
    assert_fqdn("192.0.2.7:5061", "192.0.2.7:5061");
    assert_fqdn("192.O.2.7", NULL);
    assert_fqdn("gw.example.n7", "gw.example.n7");
    assert_fqdn("[2001:db8::1]:5061", "[2001:db8::1]:5061");
    assert_fqdn("[gw.example.net", NULL);
}

static void assert_domain(const char *logged, const char *wanted)
{
    char text[800];
    fv_buf buf;
    fv_buf_init(&buf);
    snprintf(text, sizeof(text),
             "%s/2.0 504 Server time-out\nCall-ID: c1\nCSeq: 1 INVITE\nServer: RTC/6.0\n"
             "ms-diagnostics: 1009;reason=\"No match\";domain=\"%s\";fqdn1=\"gw.example.net:5061\";"
             "source=\"sip.lync.example.net\"\n\n",
             "SIP", logged);
    fv_buf_append_text(&buf, text);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const char *domain = fedval_incident_get_domain(fedval_log_get_incident(log, 0));
    if (wanted == NULL)
        assert_null(domain);
    else
        assert_string_equal(domain, wanted);
    fedval_log_free(log);
}

static void an_address_is_no_domain(void **state)
{
    (void)state;
    assert_domain("Meet.example.org", "meet.example.org");
    assert_domain("192.0.2.1", NULL);
    assert_domain("2001:db8::1", NULL);
    assert_domain(".", NULL);
    assert_domain("a b", NULL);
}

/* Whatever stands further back, the entry does not begin before what was read already. */
static void an_entry_does_not_begin_in_what_was_read(void **state)
{
    static const char entry[] = "\n2019-05-14T14:02:01+02:00 exp-e1 tvcs: Event=\"x\"\n";
    static uint8_t bytes[2 * FV_LOOKBACK_MAX];
    (void)state;
    memset(bytes, 'a', sizeof(bytes));
    memcpy(bytes + 200, entry, sizeof(entry) - 1);
    size_t at = FV_LOOKBACK_MAX + 100;
    assert_int_equal(fv_lookback(bytes, 0, at), 201);
    assert_int_equal(fv_lookback(bytes, 201, at), 201);
    assert_int_equal(fv_lookback(bytes, 300, at), 300);
    assert_int_equal(fv_lookback(bytes, FV_LOOKBACK_MAX, at), FV_LOOKBACK_MAX);
    assert_int_equal(fv_lookback(bytes, 0, 201 + FV_LOOKBACK_MAX), 201);
    assert_int_equal(fv_lookback(bytes, 0, 202 + FV_LOOKBACK_MAX), 202);
}

/* grep writes the name of the file, and with -n the number of the line, before each line. */
static void assert_read_behind(const char *prefix, const char *call_id)
{
    static const char *const lines[] = {"SIP/2.0 504 Server time-out",
                                        "Call-ID: c1",
                                        "CSeq: 1 INVITE",
                                        "From: <sip:a@meet.example.org>;tag=1",
                                        "To: <sip:b@lync.example.net>",
                                        "Server: RTC/6.0",
                                        "Content-Length: 0"};
    fv_buf buf;
    fv_buf_init(&buf);
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        fv_buf_append_text(&buf, prefix);
        fv_buf_append_text(&buf, lines[i]);
        fv_buf_append_char(&buf, '\n');
    }
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const char *found = fedval_incident_get_call_id(fedval_log_get_incident(log, 0));
    if (call_id == NULL)
        assert_null(found);
    else
        assert_string_equal(found, call_id);
    fedval_log_free(log);
}

static void the_name_of_the_file_before_a_line_is_passed_over(void **state)
{
    (void)state;
    assert_read_behind("", "c1");
    assert_read_behind("edge.log:", "c1");
    assert_read_behind("edge.log:12:", "c1");
    assert_read_behind("/var/log/edge.txt:7:", "c1");
    assert_read_behind("x.log:7:", "c1");
}

static size_t count_searches(const char *before, const char *reason)
{
    char text[600];
    fv_buf buf;
    fv_buf_init(&buf);
    snprintf(text, sizeof(text),
             "%sSearch (91)\n State: Completed\n Found: False\n%s Type: SIP (INVITE)\n Source (1)\n"
             "  Aliases (1)\n   Alias (1)\n    Type: Url\n    Value: 4711@meet.example.org\n"
             " Destination (1)\n  Alias (1)\n   Type: Url\n   Value: sip:alice@lync.example.net\n"
             "  Reason: Server time-out\n\n",
             before, reason);
    fv_buf_append_text(&buf, text);
    fedval_log *log = read_buf(&buf);
    size_t count = fedval_log_count_incidents(log);
    fedval_log_free(log);
    return count;
}

/* What a search tells begins a line, and its own reason stands before its parties. */
static void a_search_begins_a_line_and_has_a_reason(void **state)
{
    (void)state;
    assert_int_equal(count_searches("", " Reason: Server time-out\n"), 1);
    assert_int_equal(count_searches("a\n", " Reason: Server time-out\n"), 1);
    assert_int_equal(count_searches("a ", " Reason: Server time-out\n"), 0);
    assert_int_equal(count_searches("", ""), 0);
}

static void assert_refusal(const char *zone, uint32_t finding)
{
    char text[800];
    fv_buf buf;
    fv_buf_init(&buf);
    snprintf(text, sizeof(text),
             "%s/2.0 404 Not Found\nVia: SIP/2.0/TLS 10.20.0.160:51022;branch=z9hG4bK1;"
             "received=10.20.0.160;ingress-zone=%s\nCall-ID: c1\nCSeq: 1 INVITE\n"
             "From: <sip:a@meet.example.org>;tag=1\nTo: <sip:b@lync.example.net>\n"
             "Server: TANDBERG/4137 (X14.0)\n\n",
             "SIP", zone);
    fv_buf_append_text(&buf, text);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), finding != 0);
    if (finding != 0) {
        assert_int_equal(fedval_incident_get_finding(fedval_log_get_incident(log, 0)), finding);
    }
    fedval_log_free(log);
}

/* Calls from strangers are refused all day. */
static void a_stranger_that_the_expressway_refuses_is_no_incident(void **state)
{
    (void)state;
    assert_refusal("NeighborCMS", FEDVAL_FINDING_NOT_A_FEDERATION_FAULT);
    assert_refusal("DefaultZone", 0);
}

/* The alert that ends a connection as it should is stated, whatever the machine uses TLS for. */
static void an_alert_that_is_no_fault_stays_stated(void **state)
{
    (void)state;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf,
                       "Log Name:      System\nSource:        Schannel\nEvent ID:      36887\n"
                       "Level:         Error\nDescription:\nA fatal alert was received from the "
                       "remote server. The TLS protocol defined fatal alert code is 90.\n\n");
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_finding(incident), FEDVAL_FINDING_NOT_A_FEDERATION_FAULT);
    assert_int_equal(fedval_incident_get_certainty(incident), FEDVAL_CERTAINTY_STATED);
    assert_int_equal(fedval_incident_get_direction(incident), FEDVAL_CALL_DIRECTION_UNKNOWN);
    fedval_log_free(log);
}

/* A row of the search history begins with its time, in either form, with digits behind the second
 * or without. */
static void a_row_of_the_history_begins_with_its_time(void **state)
{
    static const char *const times[] = {
        "2019-05-14 11:22:33",           "2019-05-14T11:22:33Z",
        "2019-05-14T11:22:33+02:00",     "2019-05-14T11:22:33.1Z",
        "2019-05-14T11:22:33.123+02:00", "2019-05-14T11:22:33,123456-05:00"};
    (void)state;
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        fv_buf buf;
        fv_buf_init(&buf);
        fv_buf_append_text(&buf, times[i]);
        fv_buf_append_text(&buf, "\nsip:4711@meet.example.org\nsip:alice@lync.example.net\n"
                                 "SIP <-> Lync SIP\n504 Server time-out\n0 seconds\n\n");
        fedval_log *log = read_buf(&buf);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_incident_get_status(incident), 504);
        assert_int_not_equal(fedval_incident_get_time_ms(incident), FEDVAL_TIME_UNKNOWN);
        fedval_log_free(log);
    }
}

/* 2019-05-14T12:02:10Z in the zones that logs have. */
static void assert_time(const char *time, int is_known)
{
    char text[600];
    fv_buf buf;
    fv_buf_init(&buf);
    snprintf(text, sizeof(text),
             "%s exp-e1 tvcs: Event=\"Inbound TLS Negotiation Error\" Service=\"SIP\" "
             "Src-ip=\"198.51.100.6\" Src-port=\"40120\" Dst-ip=\"192.0.2.47\" Dst-port=\"5061\" "
             "Detail=\"certificate verify failed\" Protocol=\"TLS\" Level=\"1\"\n",
             time);
    fv_buf_append_text(&buf, text);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_time_ms(incident), INT64_C(1557835330000));
    assert_int_equal(fedval_incident_is_zone_known(incident), is_known);
    fedval_log_free(log);
}

static void zones_have_hours_and_minutes(void **state)
{
    (void)state;
    assert_time("2019-05-14T12:02:10Z", 1);
    assert_time("2019-05-14T14:02:10+02:00", 1);
    assert_time("2019-05-14T14:02:10+0200", 1);
    assert_time("2019-05-14T08:32:10-03:30", 1);
    assert_time("2019-05-15T02:02:10+14:00", 1);
    assert_time("2019-05-14T12:02:10+15:00", 0);
    assert_time("2019-05-14T12:02:10+02:60", 0);
    assert_time("2019-05-14T12:02:10", 0);
}

/* Up to nanoseconds. A time with more digits is read without its zone. */
static void a_second_has_up_to_nine_digits(void **state)
{
    (void)state;
    assert_time("2019-05-14T12:02:10.000Z", 1);
    assert_time("2019-05-14T12:02:10,000000000Z", 1);
    assert_time("2019-05-14T12:02:10.0000000000Z", 0);
}

/* The name of the program is read to its colon, and no further than the bytes that are there. */
static void a_line_names_its_program_with_a_colon(void **state)
{
    static const char line[] = "abc\nexp-e1 tvcs: x";
    const uint8_t *bytes = (const uint8_t *)line;
    (void)state;
    assert_int_equal(fv_lookback(bytes, 0, strlen(line)), 4);
    assert_int_equal(fv_lookback(bytes, 0, strlen("abc\nexp-e1 tvcs:")), 4);
    assert_int_equal(fv_lookback(bytes, 0, strlen("abc\nexp-e1 tvcs")), 0);
}

static size_t end_of_entry(const char *head, size_t word)
{
    fv_buf buf;
    fv_sight sight;
    fv_entry entry;
    fv_header header = FV_HEADER_UNREAD;
    fv_buf_init(&buf);
    fv_sight_init(&sight);
    fv_buf_append_text(&buf, head);
    for (size_t i = 0; i < word; i++)
        fv_buf_append_char(&buf, 'a');
    fv_buf_append_text(&buf, "\nTo: <sip:a@meet.example.org>\n");
    assert_true(fv_sight_read(&sight, (fv_bytes){(const uint8_t *)buf.data, buf.len}));
    fv_entry_read(&sight, 0, fv_start_at(&sight, 0, &header), &entry);
    size_t end = entry.ends ? entry.span.to : 0;
    fv_sight_clear(&sight);
    fv_buf_clear(&buf);
    return end;
}

/* An entry has at most 16,000 characters, an event 3,000, also where they are one word. */
static void an_entry_ends_within_a_word_that_is_too_long(void **state)
{
    (void)state;
    static const char response[] = "SIP/2.0 504 Server time-out\nCall-ID: c1\nX: ";
    assert_int_equal(end_of_entry(response, 15000), 0);
    assert_int_equal(end_of_entry(response, 20000), 16001);
    assert_int_equal(end_of_entry("Event ID: 14428\nDescription: ", 2000), 2025);
    assert_int_equal(end_of_entry("Event ID: 14428\nDescription: ", 5000), 3001);
}

/* The console breaks the line of a command, so a domain can go on in the next line: with what may
 * belong to a name, but not with a number of up to nine digits, which is a line of its own. */
static void a_domain_ends_with_the_line_of_its_command(void **state)
{
    static const struct {
        const char *next, *domain;
    } rows[] = {
        {"123456789", "video.example.com"},
        {"1234567890", NULL},
        {"x.org", "video.example.comx.org"},
        {"Target is", "video.example.com"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[600];
        fv_buf buf;
        fv_buf_init(&buf);
        snprintf(text, sizeof(text),
                 "PS C:\\> Test-CsFederatedPartner -TargetFqdn edge.lync.example.net -Domain "
                 "video.example.com\n%s\nError Message : 504, Server time-out\n"
                 "Diagnosis     : ErrorCode=1008,Source=edge.lync.example.net,Reason=Unable to "
                 "resolve DNS SRV record.\n",
                 rows[i].next);
        fv_buf_append_text(&buf, text);
        fedval_log *log = read_buf(&buf);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        const char *domain = fedval_incident_get_domain(fedval_log_get_incident(log, 0));
        if (rows[i].domain == NULL)
            assert_null(domain);
        else
            assert_string_equal(domain, rows[i].domain);
        fedval_log_free(log);
    }
}

/* ---- whose answer was passed on ---- */

/* In a client's log four statuses are failures of a server; the others say what the client did. */
static void a_client_sees_a_failure_in_four_statuses(void **state)
{
    static const unsigned failures[] = {408, 500, 503, 504};
    (void)state;
    for (unsigned status = 400; status < 700; status++) {
        char text[600];
        fv_buf buf;
        bool is_failure = false;
        fv_buf_init(&buf);
        snprintf(text, sizeof(text),
                 "10/02/2026|10:11:12.100 1A2C:0F1C INFO  :: %s/2.0 %u Refused\n"
                 "Via: SIP/2.0/TLS 192.168.1.5:50001\nCall-ID: c1\nCSeq: 1 INVITE\n"
                 "From: <sip:bob@lync.example.net>;tag=1\nTo: <sip:a@meet.example.org>;tag=2\n\n",
                 "SIP", status);
        fv_buf_append_text(&buf, text);
        fedval_log *log = read_buf(&buf);
        for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++)
            is_failure |= failures[i] == status;
        bool is_told = fedval_log_count_incidents(log) == 1 &&
                       fedval_incident_get_finding(fedval_log_get_incident(log, 0)) ==
                           FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
        if (is_told != is_failure)
            fail_msg("status %u", status);
        fedval_log_free(log);
    }
}

static uint32_t finding_of_next_hop(unsigned status)
{
    char text[600];
    fv_buf buf;
    fv_buf_init(&buf);
    snprintf(text, sizeof(text),
             "%s/2.0 %u Refused\nCall-ID: c1\nCSeq: 1 INVITE\nServer: RTC/6.0\n"
             "From: <sip:a@lync.example.net>;tag=1\nTo: <sip:b@meet.example.org>\n"
             "ms-diagnostics: 1034;reason=\"Previous hop federated peer did not report diagnostic "
             "information\";domain=\"meet.example.org\";source=\"sip.lync.example.net\"\n\n",
             "SIP", status);
    fv_buf_append_text(&buf, text);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    uint32_t finding = fedval_incident_get_finding(fedval_log_get_incident(log, 0));
    fedval_log_free(log);
    return finding;
}

/* A refusal (403) and a timeout (408) can be the partner's, or those of somebody on the way. */
static void an_answer_that_was_passed_on_shows_that_the_partner_was_reached(void **state)
{
    (void)state;
    assert_int_not_equal(finding_of_next_hop(402), FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
    assert_int_not_equal(finding_of_next_hop(488), FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
    assert_int_equal(finding_of_next_hop(403), FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
    assert_int_equal(finding_of_next_hop(408), FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
    assert_int_equal(finding_of_next_hop(504), FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones_have_hours_and_minutes),
        cmocka_unit_test(a_client_sees_a_failure_in_four_statuses),
        cmocka_unit_test(an_entry_ends_within_a_word_that_is_too_long),
        cmocka_unit_test(a_domain_ends_with_the_line_of_its_command),
        cmocka_unit_test(a_second_has_up_to_nine_digits),
        cmocka_unit_test(a_line_names_its_program_with_a_colon),
        cmocka_unit_test(an_answer_that_was_passed_on_shows_that_the_partner_was_reached),
        cmocka_unit_test(a_row_of_the_history_begins_with_its_time),
        cmocka_unit_test(a_value_without_quotation_marks_ends_at_a_blank),
        cmocka_unit_test(another_sentence_of_a_403_is_none),
        cmocka_unit_test(traversal_has_remedies_of_its_own_from_7001_to_7099),
        cmocka_unit_test(a_name_with_what_is_no_port_is_dropped),
        cmocka_unit_test(an_address_is_no_domain),
        cmocka_unit_test(an_entry_does_not_begin_in_what_was_read),
        cmocka_unit_test(the_name_of_the_file_before_a_line_is_passed_over),
        cmocka_unit_test(a_search_begins_a_line_and_has_a_reason),
        cmocka_unit_test(a_stranger_that_the_expressway_refuses_is_no_incident),
        cmocka_unit_test(an_alert_that_is_no_fault_stays_stated),
    };
    return cmocka_run_group_tests_name("logs/borders", tests, NULL, NULL);
}
