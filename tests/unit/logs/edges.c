/* Limits of the log reader that a change could move without a word. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "logs/read/lookback.h"
#include "support.h"

#define HOST "2019-05-14T14:02:%02u.%03u+02:00 exp-e1 tvcs: "
#define TIME "UTCTime=\"2019-05-14 12:02:%02u,%03u\""

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

static fedval_log *read_buf(fv_buf *buf)
{
    assert_false(buf->failed);
    fedval_log *log = read_log("exp-e1.log", (const uint8_t *)buf->data, buf->len, buf->len);
    fv_buf_clear(buf);
    return log;
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

/* ---- names with a port ---- */

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

/* ---- where an entry begins ---- */

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

/* ---- whose answer it is ---- */

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_holds_one_certainty),
        cmocka_unit_test(names_belong_to_a_refusal_within_three_seconds_after_them),
        cmocka_unit_test(names_seen_after_the_refusal_are_not_its_own),
        cmocka_unit_test(names_that_do_not_fit_are_left_out),
        cmocka_unit_test(a_refusal_names_the_peer_that_was_refused),
        cmocka_unit_test(the_sentence_of_a_refused_user_is_a_403),
        cmocka_unit_test(another_sentence_of_a_403_is_none),
        cmocka_unit_test(traversal_has_remedies_of_its_own_from_7001_to_7099),
        cmocka_unit_test(a_name_with_what_is_no_port_is_dropped),
        cmocka_unit_test(an_entry_does_not_begin_in_what_was_read),
        cmocka_unit_test(the_name_of_the_file_before_a_line_is_passed_over),
        cmocka_unit_test(a_stranger_that_the_expressway_refuses_is_no_incident),
        cmocka_unit_test(an_alert_that_is_no_fault_stays_stated),
        cmocka_unit_test(a_summary_names_who_was_called),
        cmocka_unit_test(names_of_an_event_are_read_when_their_end_is_there),
        cmocka_unit_test(the_host_and_the_port_of_a_hop_are_told_apart),
        cmocka_unit_test(more_digits_than_milliseconds_are_passed_over),
    };
    return cmocka_run_group_tests_name("logs/edges", tests, NULL, NULL);
}
