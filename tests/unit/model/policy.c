#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/evidence.h"
#include "model/policy.h"

static fedval_policy *policy_of(uint32_t profile)
{
    fedval_policy *policy = NULL;
    assert_int_equal(fedval_policy_new(profile, &policy), FEDVAL_OK);
    return policy;
}

/* The table of the specification, row by row. */
static const struct {
    uint32_t profile;
    const char *service;
    uint32_t target_rule, reference, wildcard, common_name, trust;
} rows[] = {
    {FEDVAL_PROFILE_MICROSOFT_EDGE, "_sipfederationtls._tcp", FEDVAL_TARGET_RULE_ONE_LABEL,
     FEDVAL_REFERENCE_SRV_TARGET, FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN,
     FEDVAL_ROOTS_PUBLIC_OR_PRIVATE},
    {FEDVAL_PROFILE_OFFICE365, "_sipfederationtls._tcp", FEDVAL_TARGET_RULE_ONE_LABEL,
     FEDVAL_REFERENCE_SRV_TARGET, FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN,
     FEDVAL_ROOTS_PUBLIC_ONLY},
    {FEDVAL_PROFILE_EXPRESSWAY, "_sipfederationtls._tcp", FEDVAL_TARGET_RULE_ANY,
     FEDVAL_REFERENCE_GIVEN_OR_NOTHING, FEDVAL_WILDCARD_NEVER, FEDVAL_CN_NEVER,
     FEDVAL_ROOTS_PUBLIC_OR_PRIVATE},
    {FEDVAL_PROFILE_MICROSOFT_TRUNK, NULL, FEDVAL_TARGET_RULE_ANY, FEDVAL_REFERENCE_GIVEN,
     FEDVAL_WILDCARD_NEVER, FEDVAL_CN_REQUIRED, FEDVAL_ROOTS_PUBLIC_OR_PRIVATE},
    {FEDVAL_PROFILE_RFC5922_SIP, "_sips._tcp", FEDVAL_TARGET_RULE_ANY, FEDVAL_REFERENCE_SIP_DOMAIN,
     FEDVAL_WILDCARD_NEVER, FEDVAL_CN_WITHOUT_SAN, FEDVAL_ROOTS_PUBLIC_OR_PRIVATE},
    {FEDVAL_PROFILE_WEBPKI, NULL, FEDVAL_TARGET_RULE_ANY, FEDVAL_REFERENCE_GIVEN,
     FEDVAL_WILDCARD_LEFT_MOST, FEDVAL_CN_NEVER, FEDVAL_ROOTS_PUBLIC_OR_PRIVATE},
};

static void every_profile_has_the_row_of_the_specification(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fedval_policy *policy = policy_of(rows[i].profile);
        const char *service = fv_policy_service_label(policy);
        if (rows[i].service == NULL)
            assert_null(service);
        else
            assert_string_equal(service, rows[i].service);
        assert_int_equal(policy->target_rule, rows[i].target_rule);
        assert_int_equal(policy->reference, rows[i].reference);
        assert_int_equal(policy->wildcard, rows[i].wildcard);
        assert_int_equal(policy->common_name, rows[i].common_name);
        assert_int_equal(policy->trust, rows[i].trust);
        assert_int_equal(policy->expiry_warning_days, 30);
        assert_true(policy->time == FEDVAL_TIME_UNKNOWN);
        fedval_policy_free(policy);
    }
    fedval_policy *none = NULL;
    assert_int_equal(fedval_policy_new(7, &none), FEDVAL_ERROR_NOT_FOUND);
    assert_null(none);
}

static void every_field_has_a_name_and_a_value_that_can_be_set_again(void **state)
{
    (void)state;
    for (size_t i = 0; i < fv_num_policy_numbers; i++) {
        fedval_policy *policy = policy_of(FEDVAL_PROFILE_MICROSOFT_EDGE);
        uint32_t field = fv_policy_numbers[i].field, back = 0;
        int64_t value = -7;
        assert_int_equal(
            fedval_policy_field_from_string(fv_policy_numbers[i].name, FEDVAL_NUL_ENDED, &back),
            FEDVAL_OK);
        assert_int_equal(back, field);
        assert_string_equal(fedval_policy_field_to_string(field), fv_policy_numbers[i].name);
        assert_int_equal(fedval_policy_get_number(policy, field, &value), FEDVAL_OK);
        assert_int_equal(fedval_policy_set_number(policy, field, value), FEDVAL_OK);
        assert_int_equal(fedval_policy_set_number(policy, field, -7),
                         fv_policy_numbers[i].form == FV_POLICY_TIME ? FEDVAL_OK
                                                                     : FEDVAL_ERROR_ARGUMENT);
        assert_int_equal(fedval_policy_set_number(policy, field, INT64_MAX), FEDVAL_ERROR_ARGUMENT);
        fedval_policy_free(policy);
    }
    assert_null(fedval_policy_field_to_string(99));
    assert_string_equal(fedval_policy_field_to_string(FEDVAL_POLICY_EDGE_FQDN), "edge_fqdn");
}

static void a_number_that_no_word_stands_for_is_refused(void **state)
{
    (void)state;
    fedval_policy *policy = policy_of(FEDVAL_PROFILE_MICROSOFT_EDGE);
    assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_MIN_TLS, 0x0304), FEDVAL_OK);
    assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_MIN_TLS, 12),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_SIDE, 3),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_EDGE_FQDN, 1),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(policy->min_tls, 0x0304);
    fedval_policy_free(policy);
}

static void texts_are_host_names_in_their_one_form(void **state)
{
    (void)state;
    fedval_policy *policy = policy_of(FEDVAL_PROFILE_MICROSOFT_EDGE);
    assert_int_equal(fedval_policy_set_text(policy, FEDVAL_POLICY_EDGE_FQDN, "SIP.Example.com.",
                                            FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    assert_string_equal(fedval_policy_get_text(policy, FEDVAL_POLICY_EDGE_FQDN), "sip.example.com");
    assert_int_equal(
        fedval_policy_set_text(policy, FEDVAL_POLICY_EDGE_FQDN, "192.0.2.1", FEDVAL_NUL_ENDED),
        FEDVAL_ERROR_SYNTAX);
    assert_int_equal(
        fedval_policy_set_text(policy, FEDVAL_POLICY_SUBJECT_NAME, "192.0.2.1", FEDVAL_NUL_ENDED),
        FEDVAL_OK);
    assert_int_equal(fedval_policy_set_text(policy, FEDVAL_POLICY_SIDE, "x", FEDVAL_NUL_ENDED),
                     FEDVAL_ERROR_ARGUMENT);
    assert_string_equal(fedval_policy_get_text(policy, FEDVAL_POLICY_EDGE_FQDN), "sip.example.com");
    assert_int_equal(fedval_policy_set_text(policy, FEDVAL_POLICY_EDGE_FQDN, NULL, 0), FEDVAL_OK);
    assert_null(fedval_policy_get_text(policy, FEDVAL_POLICY_EDGE_FQDN));
    fedval_policy_free(policy);
}

static void providers_are_the_known_ones_and_those_added(void **state)
{
    (void)state;
    fedval_policy *policy = policy_of(FEDVAL_PROFILE_MICROSOFT_EDGE);
    assert_true(fv_policy_is_provider(policy, "SIPFED.online.lync.com"));
    assert_false(fv_policy_is_provider(policy, "x.sipfed.online.lync.com"));
    assert_false(fv_policy_is_provider(policy, "edge.host.example"));
    assert_int_equal(fedval_policy_append_provider(policy, "Edge.Host.Example", FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    assert_int_equal(fedval_policy_append_provider(policy, "*.example", FEDVAL_NUL_ENDED),
                     FEDVAL_ERROR_SYNTAX);
    assert_true(fv_policy_is_provider(policy, "edge.host.example"));
    assert_int_equal(fedval_policy_count_providers(policy), 1);
    assert_string_equal(fedval_policy_get_provider(policy, 0), "edge.host.example");
    assert_null(fedval_policy_get_provider(policy, 1));
    fedval_policy_free(policy);
}

static void a_copy_stands_on_its_own(void **state)
{
    (void)state;
    fedval_policy *policy = policy_of(FEDVAL_PROFILE_OFFICE365), *copy = NULL;
    (void)fedval_policy_set_text(policy, FEDVAL_POLICY_SUBJECT_NAME, "a.example", FEDVAL_NUL_ENDED);
    (void)fedval_policy_append_provider(policy, "b.example", FEDVAL_NUL_ENDED);
    (void)fedval_policy_set_number(policy, FEDVAL_POLICY_MAX_DEPTH, 3);
    assert_int_equal(fedval_policy_copy(policy, &copy), FEDVAL_OK);
    fedval_policy_free(policy);
    assert_int_equal(fedval_policy_get_profile(copy), FEDVAL_PROFILE_OFFICE365);
    assert_string_equal(fedval_policy_get_text(copy, FEDVAL_POLICY_SUBJECT_NAME), "a.example");
    assert_string_equal(fedval_policy_get_provider(copy, 0), "b.example");
    assert_int_equal(copy->limits.depth, 3);
    fedval_policy_free(copy);
}

static void certificate_policies_are_object_identifiers(void **state)
{
    static const char *const wrong[] = {"",     "1",    "1.",    "3.1", "1.40",
                                        "1..2", "1.2.", "1.2.x", "1.2 "};
    fedval_policy *policy;
    (void)state;
    assert_int_equal(fedval_policy_new(FEDVAL_PROFILE_WEBPKI, &policy), FEDVAL_OK);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_int_equal(fedval_policy_append_policy_oid(policy, wrong[i], FEDVAL_NUL_ENDED),
                         FEDVAL_ERROR_SYNTAX);
    }
    assert_int_equal(
        fedval_policy_append_policy_oid(policy, "2.16.840.1.101.3.2.1.48.1", FEDVAL_NUL_ENDED),
        FEDVAL_OK);
    assert_int_equal(fedval_policy_append_policy_oid(policy, "1.2.3, 4", 5), FEDVAL_OK);
    assert_int_equal(fedval_policy_count_policy_oids(policy), 2);
    assert_string_equal(fedval_policy_get_policy_oid(policy, 1), "1.2.3");
    static const uint8_t der[] = {0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x02, 0x01, 0x30, 0x01};
    assert_int_equal(policy->initial_policies[0].der.len, sizeof(der));
    assert_memory_equal(policy->initial_policies[0].der.data, der, sizeof(der));
    fedval_policy *copy;
    assert_int_equal(fedval_policy_copy(policy, &copy), FEDVAL_OK);
    assert_string_equal(fedval_policy_get_policy_oid(copy, 0), "2.16.840.1.101.3.2.1.48.1");
    assert_null(fedval_policy_get_policy_oid(copy, 2));
    fedval_policy_free(copy);
    fedval_policy_free(policy);
}

/* A report keeps the policy that judged, and may outlive it. */
static void a_copy_in_an_arena_outlives_the_policy(void **state)
{
    (void)state;
    fv_arena arena;
    fv_arena_init(&arena);
    fedval_policy *policy = policy_of(FEDVAL_PROFILE_OFFICE365);
    assert_int_equal(
        fedval_policy_set_text(policy, FEDVAL_POLICY_SUBJECT_NAME, "a.example", FEDVAL_NUL_ENDED),
        FEDVAL_OK);
    assert_int_equal(fedval_policy_append_provider(policy, "b.example", FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    assert_int_equal(fedval_policy_append_policy_oid(policy, "2.16.840.1", FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    const fedval_policy *copy = fv_policy_copy_to(&arena, policy, 7);
    fedval_policy_free(policy);
    assert_non_null(copy);
    assert_int_equal(copy->time, 7);
    assert_string_equal(fedval_policy_get_text(copy, FEDVAL_POLICY_SUBJECT_NAME), "a.example");
    assert_string_equal(fedval_policy_get_provider(copy, 0), "b.example");
    assert_string_equal(fedval_policy_get_policy_oid(copy, 0), "2.16.840.1");
    assert_memory_equal(copy->initial_policies[0].der.data, "\x60\x86\x48\x01", 4);
    fv_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_profile_has_the_row_of_the_specification),
        cmocka_unit_test(every_field_has_a_name_and_a_value_that_can_be_set_again),
        cmocka_unit_test(a_number_that_no_word_stands_for_is_refused),
        cmocka_unit_test(texts_are_host_names_in_their_one_form),
        cmocka_unit_test(providers_are_the_known_ones_and_those_added),
        cmocka_unit_test(certificate_policies_are_object_identifiers),
        cmocka_unit_test(a_copy_stands_on_its_own),
        cmocka_unit_test(a_copy_in_an_arena_outlives_the_policy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
