/* The remedy where a policy changes that of the catalogue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/trust.h"
#include "rules/rules.h"

/* An Expressway of every kind of release; 0: not known. */
static const int64_t releases[] = {0, 804, 1403, 1404, 1405, 1504, 1505, 1601};
#define NUM_RELEASES (sizeof(releases) / sizeof(releases[0]))

static const char *remedy_without_client_auth(uint32_t profile, int64_t release)
{
    fedval_policy policy = *fv_profile_find(profile);
    policy.expressway_version = release;
    return fv_remedy_of(&policy, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH);
}

static bool has(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

/* Where public CAs alone are taken, a certificate of a private CA is refused (R5), so no remedy
 * may lead there. On premises it is named with those whom it hurts. */
static void no_remedy_leads_to_a_private_ca_that_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < NUM_RELEASES; i++) {
        const char *cloud = remedy_without_client_auth(FEDVAL_PROFILE_OFFICE365, releases[i]);
        assert_true(has(cloud, "takes no private CA"));
        assert_true(has(cloud, "copy of the server's certificate"));
        assert_true(has(cloud, "is not documented"));
        assert_false(has(cloud, "imported"));
        const char *edge = remedy_without_client_auth(FEDVAL_PROFILE_MICROSOFT_EDGE, releases[i]);
        assert_true(has(edge, "imported by every partner that is called"));
        assert_true(has(edge, "public CAs no longer give clientAuth"));
    }
}

/* A release before X15.5 calls with the certificate that every partner is shown. */
static void a_release_with_one_certificate_is_upgraded_first(void **state)
{
    static const uint32_t profiles[] = {FEDVAL_PROFILE_OFFICE365, FEDVAL_PROFILE_MICROSOFT_EDGE};
    (void)state;
    for (size_t i = 0; i < NUM_RELEASES * 2; i++) {
        int64_t release = releases[i / 2];
        const char *text = remedy_without_client_auth(profiles[i % 2], release);
        bool has_one = release > 0 && release < 1505;
        assert_int_equal(strncmp(text, "Upgrade first", 13) == 0, has_one);
        assert_int_equal(has(text, "pgrade first"), release < 1505);
        assert_int_equal(has(text, "EnableServerEkuUpload: On (Expressway-E only)"),
                         release == 1504);
        assert_int_equal(has(text, "by SCP"), has_one && release != 1504);
        assert_int_equal(has(text, "every partner that has not imported its root"),
                         release < 1505 && i % 2 == 1);
    }
}

/* An Edge has one external certificate for all of its partners. */
static void the_certificate_of_an_edge_is_left_as_it_is(void **state)
{
    (void)state;
    const char *text = remedy_without_client_auth(FEDVAL_PROFILE_EXPRESSWAY, 0);
    assert_true(has(text, "ExtendedKeyUsage Checking Mode: Off"));
    assert_true(has(text, "leave it as it is"));
    assert_false(has(text, "private CA"));
}

static void a_caller_that_is_no_expressway_gets_no_advice_for_one(void **state)
{
    static const uint32_t profiles[] = {FEDVAL_PROFILE_WEBPKI, FEDVAL_PROFILE_RFC5922_SIP,
                                        FEDVAL_PROFILE_MICROSOFT_TRUNK};
    (void)state;
    for (size_t i = 0; i < sizeof(profiles) / sizeof(profiles[0]); i++)
        assert_false(has(remedy_without_client_auth(profiles[i], 1504), "X15"));
}

static void other_remedies_are_changed_only_where_public_cas_alone_are_taken(void **state)
{
    const uint32_t code = FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT;
    (void)state;
    assert_null(fv_remedy_of(fv_profile_find(FEDVAL_PROFILE_MICROSOFT_EDGE), code));
    assert_non_null(fv_remedy_of(fv_profile_find(FEDVAL_PROFILE_OFFICE365), code));
    assert_null(
        fv_remedy_of(fv_profile_find(FEDVAL_PROFILE_OFFICE365), FEDVAL_FINDING_CERT_EXPIRED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_remedy_leads_to_a_private_ca_that_is_refused),
        cmocka_unit_test(a_release_with_one_certificate_is_upgraded_first),
        cmocka_unit_test(the_certificate_of_an_edge_is_left_as_it_is),
        cmocka_unit_test(a_caller_that_is_no_expressway_gets_no_advice_for_one),
        cmocka_unit_test(other_remedies_are_changed_only_where_public_cas_alone_are_taken),
    };
    return cmocka_run_group_tests_name("rules/remedy", tests, NULL, NULL);
}
