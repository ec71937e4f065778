/* What an incident tells each side to do: never more than its code says, and nothing that cannot
 * help. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

#define SIDE(name) FEDVAL_MEND_SIDE_##name

/* The answer that the client of a Microsoft side got, with this value of ms-diagnostics. */
static fedval_log *read_client(const char *value)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf,
                       "05/14/2019|11:22:33.101 1A2C:2B40 INFO  :: Data Received -192.0.2.80:443 "
                       "(To Local Address: 10.9.0.7:50123) 901 bytes:\n"
                       "SIP/2.0 504 Server time-out\n"
                       "From: <sip:kim@lync.example>;tag=1\n"
                       "To: <sip:room@meet.example.org>;tag=2\n"
                       "Call-ID: c7\nCSeq: 1 INVITE\n"
                       "ms-diagnostics: ");
    fv_buf_append_text(&buf, value);
    fv_buf_append_text(&buf, ";source=\"sip.lync.example\"\nServer: RTC/7.0\n"
                             "Content-Length: 0\n\n");
    return read_buf(&buf);
}

static void assert_has(const char *text, const char *word, const char *name)
{
    if (text == NULL || strstr(text, word) == NULL)
        fail_msg("%s: \"%s\" is not in: %s", name, word, text != NULL ? text : "nothing");
}

static void assert_lacks(const char *text, const char *word, const char *name)
{
    if (text != NULL && strstr(text, word) != NULL)
        fail_msg("%s: \"%s\" is in: %s", name, word, text);
}

/* What a 1010 with an HRESULT says: a word that the remedy has, one that it does not have, and
 * whether the Microsoft side is told that it has nothing to change. */
static const struct {
    const char *hresult;
    uint32_t side, certainty;
    bool frees_partner;
    const char *has, *lacks;
} trusts[] = {
    {"0x800B010A(CERT_E_CHAINING)", SIDE(EITHER), FEDVAL_CERTAINTY_INFERRED, false, "import",
     "Untrusted"},
    {"0x800B0109(CERT_E_UNTRUSTEDROOT)", SIDE(EITHER), FEDVAL_CERTAINTY_STATED, false,
     "Trusted CA list", "Untrusted"},
    {"0x800B0111(TRUST_E_EXPLICIT_DISTRUST)", SIDE(EITHER), FEDVAL_CERTAINTY_INFERRED, false,
     "take it out of Untrusted Certificates", "Trusted CA list"},
    {"0x80096010(TRUST_E_BAD_DIGEST)", SIDE(CISCO), FEDVAL_CERTAINTY_INFERRED, false, "Load", NULL},
    {"0x80096004(TRUST_E_CERT_SIGNATURE)", SIDE(CISCO), FEDVAL_CERTAINTY_STATED, true, "Load",
     NULL},
};

static void what_may_be_of_either_side_frees_neither(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(trusts) / sizeof(trusts[0]); i++) {
        const char *name = trusts[i].hresult;
        char value[400];
        snprintf(value, sizeof(value),
                 "1010;reason=\"Certificate trust with another server could not be established\";"
                 "tls-target=\"gw.meet.example.org\";PeerServer=\"gw.meet.example.org\";"
                 "HRESULT=\"%s\"",
                 name);
        fedval_log *log = read_client(value);
        const fedval_incident *incident = fedval_log_get_incident(log, 0);
        assert_non_null(incident);
        if (fedval_incident_get_mend_side(incident) != trusts[i].side)
            fail_msg("%s: another side", name);
        if (fedval_incident_get_certainty(incident) != trusts[i].certainty)
            fail_msg("%s: another certainty", name);
        if ((fedval_incident_get_partner_remedy(incident) != NULL) != trusts[i].frees_partner)
            fail_msg("%s: what is told to the partner", name);
        assert_has(fedval_incident_get_remedy(incident), trusts[i].has, name);
        if (trusts[i].lacks != NULL)
            assert_lacks(fedval_incident_get_remedy(incident), trusts[i].lacks, name);
        fedval_log_free(log);
    }
}

/* Expressway looks up the domain that it calls, and takes any target. */
static void a_look_up_that_failed_is_told_as_a_call_to_the_domain(void **state)
{
    fv_buf buf;
    (void)state;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "2019-05-14T14:02:10.240+02:00 exp-e1 tvcs: UTCTime=\"2019-05-14 "
                             "12:02:10,240\" Module=\"network.dns\" Level=\"DEBUG\": "
                             "Detail=\"Could not resolve hostname\" "
                             "Name=\"_sipfederationtls._tcp.lync.example\"\n");
    fedval_log *log = read_buf(&buf);
    const fedval_incident *incident = fedval_log_get_incident(log, 0);
    assert_has(fedval_log_get_group_letter(log, 0), "A call to domain lync.example", "letter");
    assert_has(fedval_incident_get_remedy(incident), "takes any target", "remedy");
    assert_lacks(fedval_incident_get_remedy(incident), "one label under", "remedy");
    fedval_log_free(log);
}

/* What each code is told to change: a word that the remedy has. */
static const struct {
    const char *value, *has;
} remedies[] = {
    {"1001;reason=\"not authorized\"", "1001 EnablePublicCloudAccess"},
    {"1002;reason=\"not authorized\"", "1002 means EnableFederationAccess"},
    {"1012;reason=\"not authorized\"", "1012 access from outside (EnableOutsideAccess"},
    {"1046;reason=\"Failed to connect\";WinsockFailureCode=\"10061(WSAECONNREFUSED)\"",
     "the service listens there"},
    {"1046;reason=\"Failed to connect\";WinsockFailureCode=\"10060(WSAETIMEDOUT)\"",
     "open that port"},
    {"1009;reason=\"No match\";domain=\"meet.example.org\";fqdn1=\"meet.example.org:5061\"",
     "all three together"},
};

static void a_remedy_fits_its_code(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(remedies) / sizeof(remedies[0]); i++) {
        fedval_log *log = read_client(remedies[i].value);
        assert_int_equal(fedval_log_count_incidents(log), 1);
        assert_has(fedval_incident_get_remedy(fedval_log_get_incident(log, 0)), remedies[i].has,
                   remedies[i].value);
        fedval_log_free(log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_may_be_of_either_side_frees_neither),
        cmocka_unit_test(a_look_up_that_failed_is_told_as_a_call_to_the_domain),
        cmocka_unit_test(a_remedy_fits_its_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
