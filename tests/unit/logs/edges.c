/* Limits of the log reader that a change could move without a word. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

static void append_refused(fv_buf *buf, const char *detail, unsigned second, unsigned milli)
{
    char text[600];
    snprintf(text, sizeof(text),
             HOST "Event=\"Inbound TLS Negotiation Error\" Service=\"SIP\" Src-ip=\"198.51.100.6\" "
                  "Src-port=\"40120\" Dst-ip=\"192.0.2.47\" Dst-port=\"5061\" Detail=\"%s\" "
                  "Protocol=\"TLS\" Level=\"1\" " TIME "\n",
             second, milli, detail, second, milli);
    fv_buf_append_text(buf, text);
}

static void append_name(fv_buf *buf, const char *name, unsigned second, unsigned milli)
{
    char text[600];
    snprintf(text, sizeof(text),
             HOST TIME " Module=\"developer.ssl\" Level=\"DEBUG\":  Detail=\"Found common name in "
                       "peer certificate\" CommonName=\"%s\"\n",
             second, milli, second, milli, name);
    fv_buf_append_text(buf, text);
}

/* ---- groups ---- */

static void a_group_holds_one_certainty(void **state)
{
    (void)state;
    fv_buf buf;
    fv_buf_init(&buf);
    append_refused(&buf, "certificate verify failed (self signed certificate)", 1, 0);
    append_refused(&buf, "certificate verify failed", 11, 0);
    append_refused(&buf, "certificate verify failed (self signed certificate)", 21, 0);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_groups(log), 2);
    const fedval_incident *stated = fedval_log_get_group_first(log, 0);
    const fedval_incident *inferred = fedval_log_get_group_first(log, 1);
    assert_int_equal(fedval_incident_get_finding(stated),
                     FEDVAL_FINDING_PEER_CERTIFICATE_UNTRUSTED);
    assert_int_equal(fedval_incident_get_finding(inferred),
                     FEDVAL_FINDING_PEER_CERTIFICATE_UNTRUSTED);
    assert_int_equal(fedval_incident_get_certainty(stated), FEDVAL_CERTAINTY_STATED);
    assert_int_equal(fedval_incident_get_certainty(inferred), FEDVAL_CERTAINTY_INFERRED);
    assert_int_equal(fedval_log_get_group_size(log, 0), 2);
    assert_int_equal(fedval_log_get_group_size(log, 1), 1);
    fedval_log_free(log);
}

/* Two alerts ask for two remedies, and so do the two directions of a connection. */
static void alerts_and_directions_make_groups_of_their_own(void **state)
{
    static const char outbound[] =
        HOST "Event=\"Outbound TLS Negotiation Error\" Service=\"SIP\" Src-ip=\"192.0.2.47\" "
             "Src-port=\"25106\" Dst-ip=\"198.51.100.6\" Dst-port=\"5061\" Detail=\"sslv3 alert "
             "unknown ca\" Protocol=\"TLS\" Level=\"1\" " TIME "\n";
    char text[600];
    fv_buf buf;
    (void)state;
    fv_buf_init(&buf);
    append_refused(&buf, "tlsv1 alert unknown ca", 1, 0);
    append_refused(&buf, "sslv3 alert bad certificate", 11, 0);
    append_refused(&buf, "sslv3 alert unknown ca", 21, 0);
    snprintf(text, sizeof(text), outbound, 31, 0, 31, 0);
    fv_buf_append_text(&buf, text);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 4);
    assert_int_equal(fedval_log_count_groups(log), 3);
    assert_int_equal(fedval_log_get_group_size(log, 0), 2);
    fedval_log_free(log);
}

/* A diagnostic record of the Edge. */
static void append_record(fv_buf *buf, const char *call_id, const char *start_line,
                          const char *result, const char *data)
{
    char text[900];
    snprintf(text, sizeof(text),
             "TL_ERROR(TF_DIAG) [pool\\edge01]0F3C.1A20::05/14/2019-09:22:33.471.000012AB "
             "(SIPStack,SIPAdminLog::WriteDiagnosticEvent:SIPAdminLog.cpp(830)) [2214466880] $$%s\n"
             "Severity: error\nResult-Code: %s\n%sSIP-Call-ID: %s\nSIP-CSeq: 1 INVITE\nData: %s\n"
             "$$end_record\n\n",
             "begin_record", result, start_line, call_id, data);
    fv_buf_append_text(buf, text);
}

#define WRONG_NAME "expected-fqdn=\"gw.video.example.com\";certName=\"gw.example.com\""
#define OUTSIDE "domain=\"video.example.com\";fqdn1=\"gw.other.example:5061\""
#define START_LINE "SIP-Start-Line: INVITE sip:alice@lync.example.net SIP/2.0\n"

static void expect_groups(fv_buf *buf, size_t num_incidents, size_t num_groups, size_t first_size)
{
    fedval_log *log = read_buf(buf);
    assert_int_equal(fedval_log_count_incidents(log), num_incidents);
    assert_int_equal(fedval_log_count_groups(log), num_groups);
    assert_int_equal(fedval_log_get_group_size(log, 0), first_size);
    fedval_log_free(log);
}

/* A second record of a call tells the direction: from then on it is one with those that told it at
 * once, before it and after it. */
static void a_direction_that_is_told_later_moves_the_group(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        fv_buf buf;
        fv_buf_init(&buf);
        if (i == 1)
            append_record(&buf, "77ab13", START_LINE, "0xc3e93d67", WRONG_NAME);
        append_record(&buf, "77ab12", "", "0xc3e93d67", WRONG_NAME);
        append_record(&buf, "77ab12", START_LINE, "0xc3e93d67", WRONG_NAME);
        if (i == 0)
            append_record(&buf, "77ab13", START_LINE, "0xc3e93d67", WRONG_NAME);
        expect_groups(&buf, 2, 1, 2);
    }
}

/* The one that stays behind, and a later one like it, are not told with the one that is certain
 * now. */
static void a_certainty_that_is_told_later_moves_the_group(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        fv_buf buf;
        fv_buf_init(&buf);
        append_record(&buf, "77ab12", START_LINE, "0xc3e93d6f", OUTSIDE ";fqdn2=\"gw.{.example\"");
        append_record(&buf, "77ab13", START_LINE, "0xc3e93d6f", OUTSIDE ";fqdn2=\"gw.{.example\"");
        append_record(&buf, "77ab12", START_LINE, "0xc3e93d6f", OUTSIDE);
        append_record(&buf, i == 0 ? "77ab13" : "77ab14", START_LINE, "0xc3e93d6f",
                      OUTSIDE ";fqdn2=\"gw.{.example\"");
        expect_groups(&buf, 2 + i, 2, 1);
    }
}

/* ---- methods ---- */

/* RFC 3261 7.1: the method "is case-sensitive". A log in small letters throughout is another
 * matter. */
static void methods_keep_their_letters_unless_all_are_small(void **state)
{
    static const struct {
        const char *version, *cseq, *wanted;
    } cases[] = {
        {"SIP/2.0", "1 INVITE", "1 INVITE"}, {"SIP/2.0", "1 invite", "1 invite"},
        {"sip/2.0", "1 invite", "1 INVITE"}, {"sip/2.0", "1 INVITE", "1 INVITE"},
        {"sip/2.0", "1 invi", "1"},          {"SIP/2.0", "1 INVI", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[400];
        snprintf(text, sizeof(text),
                 "%s 504 Server time-out\nCall-ID: 1a@x\nCSeq: %s\nFrom: <sip:a@a.example>\n"
                 "To: <sip:b@b.example>\nServer: RTC/6.0\n\n",
                 cases[i].version, cases[i].cseq);
        fedval_log *log = read_log("test", (const uint8_t *)text, strlen(text), strlen(text));
        assert_int_equal(fedval_log_count_incidents(log), 1);
        const char *cseq = fedval_incident_get_cseq(fedval_log_get_incident(log, 0));
        if (cases[i].wanted == NULL)
            assert_null(cseq);
        else
            assert_string_equal(cseq, cases[i].wanted);
        fedval_log_free(log);
    }
}

/* ---- masks ---- */

/* A name that somebody masked is none: nothing is to be checked for it. */
static void masked_names_are_no_names(void **state)
{
    static const struct {
        const char *host, *wanted;
    } cases[] = {{"xxxxx.xxx", NULL},
                 {"XXXX.XXXX.XXXX", NULL},
                 {"XX"
                  "X.com",
                  NULL},
                 {"xxx.example.com", "xxx.example.com"},
                 {"xx.xxx", "xx.xxx"},
                 {"xxxy.xxx", "xxxy.xxx"}};
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[400];
        snprintf(text, sizeof(text),
                 "SIP/2.0 504 Server time-out\nCall-ID: 1a@x\nCSeq: 1 INVITE\n"
                 "From: <sip:a@%s>\nTo: <sip:b@b.example>\nServer: RTC/6.0\n\n",
                 cases[i].host);
        fedval_log *log = read_log("test", (const uint8_t *)text, strlen(text), strlen(text));
        assert_int_equal(fedval_log_count_incidents(log), 1);
        const char *domain = fedval_incident_get_domain(fedval_log_get_incident(log, 0));
        if (cases[i].wanted == NULL)
            assert_null(domain);
        else
            assert_string_equal(domain, cases[i].wanted);
        fedval_log_free(log);
    }
}

/* ---- the names of the certificate that was refused ---- */

static const char refused_for_its_name[] = "Peer's TLS certificate identity was unacceptable";

/* The name is logged at `name_ms`, the refusal at 10,000 ms, in this order. */
static bool is_presented(unsigned name_ms)
{
    fv_buf buf;
    fv_buf_init(&buf);
    append_name(&buf, "sip.lync.example.net", name_ms / 1000, name_ms % 1000);
    append_refused(&buf, refused_for_its_name, 10, 0);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_finding(incident),
                     FEDVAL_FINDING_PEER_CERTIFICATE_NAME_REFUSED);
    const char *presented = fedval_incident_get_presented_name(incident);
    if (presented != NULL)
        assert_string_equal(presented, "sip.lync.example.net");
    fedval_log_free(log);
    return presented != NULL;
}

static void names_belong_to_a_refusal_within_three_seconds_after_them(void **state)
{
    (void)state;
    assert_true(is_presented(9999));
    assert_true(is_presented(10000));
    assert_true(is_presented(7000));
    assert_false(is_presented(6999));
}

/* Names with a later time are those of another connection. */
static void names_seen_after_the_refusal_are_not_its_own(void **state)
{
    (void)state;
    assert_false(is_presented(10001));
    assert_false(is_presented(12000));
}

/* What does not fit is left out whole: the first name is kept, and no name is cut. */
static void names_that_do_not_fit_are_left_out(void **state)
{
    (void)state;
    fv_buf buf;
    fv_buf_init(&buf);
    append_name(&buf, "sip.lync.example.net", 9, 0);
    for (unsigned i = 0; i < 200; i++) {
        char text[600];
        snprintf(text, sizeof(text),
                 HOST TIME
                 " Module=\"developer.ssl\" Level=\"DEBUG\":  Detail=\"Found DNS alt-name "
                 "in peer certificate\" AltName=\"%060u.lync.example.net\"\n",
                 9u, 1u, 9u, 1u, i);
        fv_buf_append_text(&buf, text);
    }
    append_refused(&buf, refused_for_its_name, 10, 0);
    fedval_log *log = read_buf(&buf);
    const char *presented = fedval_incident_get_presented_name(fedval_log_get_incident(log, 0));
    assert_non_null(presented);
    assert_int_equal(strncmp(presented, "sip.lync.example.net, 0000", 26), 0);
    const char *last = strrchr(presented, ' ') + 1;
    assert_int_equal(strlen(last), 60 + strlen(".lync.example.net"));
    assert_true(strlen(presented) < 100 * strlen(last));
    fedval_log_free(log);
}

/* ---- what is told ---- */

static void a_refusal_names_the_peer_that_was_refused(void **state)
{
    (void)state;
    fv_buf buf;
    fv_buf_init(&buf);
    append_refused(&buf, refused_for_its_name, 10, 0);
    fedval_log *log = read_buf(&buf);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_non_null(strstr(fedval_incident_get_message(incident), "198.51.100.6"));
    fedval_log_free(log);
}

static void the_sentence_of_a_refused_user_is_a_403(void **state)
{
    (void)state;
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "403 Forbidden: From URI not authorized to communicate with ");
    fv_buf_append_text(&buf, "federated partners\n");
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_finding(incident), FEDVAL_FINDING_POLICY_REFUSED);
    assert_int_equal(fedval_incident_get_status(incident), 403);
    assert_string_equal(fedval_incident_get_reported_code(incident), "403");
    fedval_log_free(log);
}

static void a_summary_names_who_was_called(void **state)
{
    char text[600];
    (void)state;
    fv_buf buf;
    fv_buf_init(&buf);
    snprintf(text, sizeof(text),
             HOST TIME " Module=\"network.sip\" Level=\"INFO\":  Src-ip=\"192.0.2.9\" "
                       "Src-port=\"5061\" Detail=\"%s=%d,ReceiveRequest=INVITE,Received-CSeq=7,"
                       "To=sip:1@meet.example.org,Call-ID=c1\"\n",
             1u, 1u, 1u, 1u, "ReceiveResponseCode", 504);
    fv_buf_append_text(&buf, text);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    assert_string_equal(fedval_incident_get_to(fedval_log_get_incident(log, 0)),
                        "1@meet.example.org");
    fedval_log_free(log);
}

/* ---- events ---- */

static const char *presented_in_event(fedval_log **out_log, const char *names)
{
    char text[900];
    fv_buf buf;
    fv_buf_init(&buf);
    snprintf(text, sizeof(text),
             "Log Name:      Lync Server\nSource:        LS Protocol Stack\n"
             "%s ID:      14501\nLevel:         Error\nDescription:\n"
             "A significant number of invalid certificates have been provided by remote IP address "
             "192.0.2.88 when attempting to establish an MTLS peer. There have been 12 such "
             "failures in the last 60 minutes.\n"
             "Certificate Names associated with this peer were %s\n",
             "Event", names);
    fv_buf_append_text(&buf, text);
    *out_log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(*out_log), 1);
    return fedval_incident_get_presented_name(fedval_log_get_incident(*out_log, 0));
}

/* Without what follows them, the last name may have been cut. */
static void names_of_an_event_are_read_when_their_end_is_there(void **state)
{
    (void)state;
    fedval_log *log = NULL;
    const char *whole = presented_in_event(
        &log,
        "gw.video.example.com, gw.example.com . The serial number of this certificate is 0F.");
    assert_string_equal(whole, "gw.video.example.com,gw.example.com");
    fedval_log_free(log);
    assert_null(presented_in_event(&log, "gw.video.example.com, gw.exa"));
    fedval_log_free(log);
}

/* ---- hops ---- */

static void assert_hop(const char *via, const char *host, uint32_t port)
{
    char text[800];
    fv_buf buf;
    fv_buf_init(&buf);
    snprintf(text, sizeof(text),
             "%s/2.0 504 Server time-out\nVia: %s\nCall-ID: c1\nCSeq: 1 INVITE\n"
             "From: <sip:a@video.example.com>;tag=1\nTo: <sip:b@lync.example.net>\n"
             "Server: RTC/6.0\n\n",
             "SIP", via);
    fv_buf_append_text(&buf, text);
    fedval_log *log = read_buf(&buf);
    assert_int_equal(fedval_log_count_incidents(log), 1);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_count_hops(incident), 1);
    assert_string_equal(fedval_incident_get_hop_host(incident, 0), host);
    assert_int_equal(fedval_incident_get_hop_port(incident, 0), port);
    assert_int_equal(strncmp(fedval_incident_get_hop(incident, 0), host, strlen(host)), 0);
    fedval_log_free(log);
}

/* RFC 3261 25.1: sent-by is a host and, behind a colon, a port; an IPv6 address has brackets. */
static void the_host_and_the_port_of_a_hop_are_told_apart(void **state)
{
    (void)state;
    assert_hop("SIP/2.0/TLS 10.48.36.47:5061;branch=z9hG4bK1", "10.48.36.47", 5061);
    assert_hop("SIP/2.0/TLS 10.48.36.47;branch=z9hG4bK1", "10.48.36.47", 0);
    assert_hop("SIP/2.0/TLS edge.lync.example.net:50001;branch=z9hG4bK1", "edge.lync.example.net",
               50001);
    assert_hop("SIP/2.0/TLS [2001:db8::1]:5061;branch=z9hG4bK1", "[2001:db8::1]", 5061);
    assert_hop("SIP/2.0/TLS [2001:db8::1];branch=z9hG4bK1", "[2001:db8::1]", 0);
    assert_hop("SIP/2.0/TLS 10.48.36.47:65536;branch=z9hG4bK1", "10.48.36.47:65536", 0);
}

/* ---- times ---- */

/* Digits behind the milliseconds belong to the time, and change nothing. */
static void more_digits_than_milliseconds_are_passed_over(void **state)
{
    static const char *const fractions[] = {"230", "2301", "230123", "230123456"};
    (void)state;
    for (size_t i = 0; i < sizeof(fractions) / sizeof(fractions[0]); i++) {
        char text[600];
        fv_buf buf;
        fv_buf_init(&buf);
        snprintf(text, sizeof(text),
                 "2019-05-14T12:02:10.%sZ exp-e1 tvcs: Event=\"Inbound TLS Negotiation Error\" "
                 "Service=\"SIP\" Src-ip=\"198.51.100.6\" Src-port=\"40120\" "
                 "Dst-ip=\"192.0.2.47\" Dst-port=\"5061\" Detail=\"%s\" Protocol=\"TLS\" "
                 "Level=\"1\"\n",
                 fractions[i], refused_for_its_name);
        fv_buf_append_text(&buf, text);
        fedval_log *log = read_buf(&buf);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_int_equal(fedval_incident_get_time_ms(incident), INT64_C(1557835330230));
        assert_int_equal(fedval_incident_is_zone_known(incident), 1);
        fedval_log_free(log);
    }
}

/* ---- details of a search ---- */

/* A mail or a ticket drops the blanks that lines begin with. */
static void details_of_a_search_need_no_indentation(void **state)
{
    (void)state;
    size_t len = 0;
    char *text = read_file(VECTORS "/search-details.txt", &len);
    assert_non_null(text);
    fv_buf flat;
    fv_buf_init(&flat);
    for (size_t i = 0; i < len; i++) {
        if (text[i] != ' ' || (flat.len > 0 && flat.data[flat.len - 1] != '\n'))
            fv_buf_append_char(&flat, text[i]);
    }
    char *wanted = rows_of_bytes((const uint8_t *)text, len, len, ROW_WHOLE);
    char *seen = rows_of_bytes((const uint8_t *)flat.data, flat.len, flat.len, ROW_WHOLE);
    assert_string_equal(seen, wanted);
    free(wanted);
    free(seen);
    fv_buf_clear(&flat);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_holds_one_certainty),
        cmocka_unit_test(a_direction_that_is_told_later_moves_the_group),
        cmocka_unit_test(a_certainty_that_is_told_later_moves_the_group),
        cmocka_unit_test(methods_keep_their_letters_unless_all_are_small),
        cmocka_unit_test(masked_names_are_no_names),
        cmocka_unit_test(alerts_and_directions_make_groups_of_their_own),
        cmocka_unit_test(names_belong_to_a_refusal_within_three_seconds_after_them),
        cmocka_unit_test(names_seen_after_the_refusal_are_not_its_own),
        cmocka_unit_test(names_that_do_not_fit_are_left_out),
        cmocka_unit_test(a_refusal_names_the_peer_that_was_refused),
        cmocka_unit_test(the_sentence_of_a_refused_user_is_a_403),
        cmocka_unit_test(a_summary_names_who_was_called),
        cmocka_unit_test(names_of_an_event_are_read_when_their_end_is_there),
        cmocka_unit_test(the_host_and_the_port_of_a_hop_are_told_apart),
        cmocka_unit_test(more_digits_than_milliseconds_are_passed_over),
        cmocka_unit_test(details_of_a_search_need_no_indentation),
    };
    return cmocka_run_group_tests_name("logs/edges", tests, NULL, NULL);
}
