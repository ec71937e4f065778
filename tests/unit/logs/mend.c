/* On which side a fault is to be mended: from the finding, and from who reported it. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

#define SIDE(name) FEDVAL_MEND_SIDE_##name

/* The sides of all incidents of a fixture, in order. */
static const struct {
    const char *fixture;
    uint32_t sides[8];
    size_t num_sides;
} rows[] = {
    {"edge-srv.log", {SIDE(CISCO)}, 1},          {"edge-cert.log", {SIDE(CISCO)}, 1},
    {"client-1008.log", {SIDE(EITHER)}, 1},      {"client-1009.log", {SIDE(CISCO)}, 1},
    {"client-1010-root.log", {SIDE(EITHER)}, 1}, {"client-1047.log", {SIDE(EITHER)}, 1},
    {"response-403.log", {SIDE(MICROSOFT)}, 1},  {"expressway-504.log", {SIDE(UNKNOWN)}, 1},
};

static fedval_log *read_fixture(const char *name)
{
    char path[300];
    size_t len = 0;
    snprintf(path, sizeof(path), VECTORS "/%s", name);
    uint8_t *bytes = (uint8_t *)read_file(path, &len);
    assert_non_null(bytes);
    fedval_log *log = read_log(name, bytes, len, len);
    free(bytes);
    return log;
}

static void the_side_follows_from_the_finding_and_the_reporter(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fedval_log *log = read_fixture(rows[i].fixture);
        if (fedval_log_count_incidents(log) != rows[i].num_sides)
            fail_msg("%s: %zu incidents", rows[i].fixture, fedval_log_count_incidents(log));
        for (size_t n = 0; n < rows[i].num_sides; n++) {
            uint32_t side = fedval_incident_get_mend_side(fedval_log_get_incident(log, n));
            if (side != rows[i].sides[n]) {
                fail_msg("%s, incident %zu: %s", rows[i].fixture, n + 1,
                         fedval_mend_side_to_string(side));
            }
        }
        fedval_log_free(log);
    }
    assert_int_equal(fedval_incident_get_mend_side(NULL), SIDE(UNKNOWN));
}

/* What one text gives: its first incident's side and a word of its remedy. */
static void assert_mend(const char *text, uint32_t side, const char *word)
{
    fedval_log *log = read_log("text", (const uint8_t *)text, strlen(text), 7);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_non_null(incident);
    assert_int_equal(fedval_incident_get_mend_side(incident), side);
    assert_non_null(strstr(fedval_incident_get_remedy(incident), word));
    fedval_log_free(log);
}

#define EXPRESSWAY "2026-03-02T08:10:46.240+01:00 expe tvcs: UTCTime=\"2026-03-02 07:10:46,240\" "

static void what_expressway_reports_of_its_peer_is_the_peers_or_its_own(void **state)
{
    (void)state;
    assert_mend(EXPRESSWAY "Module=\"network.tcp\" Level=\"DEBUG\": Src-ip=\"192.0.2.1\" "
                           "Src-port=\"25001\" Dst-ip=\"192.0.2.9\" Dst-port=\"5061\" "
                           "Detail=\"TCP Connection Failed\"\n",
                SIDE(EITHER), "192.0.2.9 answers on port 5061");
    assert_mend(EXPRESSWAY "Event=\"Outbound TLS Negotiation Error\" Service=\"SIP\" "
                           "Src-ip=\"192.0.2.1\" Src-port=\"25001\" Dst-ip=\"192.0.2.9\" "
                           "Dst-port=\"5061\" Detail=\"certificate has expired\" "
                           "Protocol=\"TLS\" Level=\"1\"\n",
                SIDE(MICROSOFT), "certificate");
    assert_mend(EXPRESSWAY "Event=\"Inbound TLS Negotiation Error\" Service=\"SIP\" "
                           "Src-ip=\"192.0.2.9\" Src-port=\"50001\" Dst-ip=\"192.0.2.1\" "
                           "Dst-port=\"5061\" "
                           "Detail=\"self signed certificate in certificate chain\" "
                           "Protocol=\"TLS\" Level=\"1\"\n",
                SIDE(CISCO), "Trusted CA certificate");
}

static void without_the_way_of_the_call_no_side_is_named(void **state)
{
    (void)state;
    assert_mend("ErrorCode=1009,Source=sip.skype.example,Reason=No match for domain in DNS SRV "
                "results\n",
                SIDE(UNKNOWN), "_sipfederationtls");
}

/* The letter to the Cisco side names the call, and says what to change there, as the incident does.
 */
static void a_letter_names_the_call_and_holds_the_remedy(void **state)
{
    (void)state;
    fedval_log *log = read_fixture("edge-srv.log");
    const char *letter = fedval_log_get_group_letter(log, 0);
    const char *remedy = fedval_incident_get_remedy(fedval_log_get_group_first(log, 0));
    assert_non_null(letter);
    const char *change = strstr(letter, ". To change on your side: ");
    assert_non_null(change);
    assert_true(strlen(remedy) > 20);
    assert_non_null(strstr(letter, " domain meet.example.org at 2019-05-14T"));
    assert_non_null(strstr(letter, ", Call-ID 7d1f0b52-33aa-4c58-9f6e-0a1b2c3d4e5f, failed: "));
    assert_non_null(strstr(change, remedy));
    fedval_log_free(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_side_follows_from_the_finding_and_the_reporter),
        cmocka_unit_test(what_expressway_reports_of_its_peer_is_the_peers_or_its_own),
        cmocka_unit_test(without_the_way_of_the_call_no_side_is_named),
        cmocka_unit_test(a_letter_names_the_call_and_holds_the_remedy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
