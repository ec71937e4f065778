#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/policy.h"
#include "fedval/render.h"

static char *json_of(const fedval_policy *policy)
{
    char *json = NULL;
    assert_int_equal(fedval_policy_to_json(policy, &json, NULL), FEDVAL_OK);
    return json;
}

static void every_profile_comes_back_byte_for_byte(void **state)
{
    (void)state;
    for (uint32_t profile = 1; profile <= 6; profile++) {
        fedval_policy *policy = NULL, *back = NULL;
        assert_int_equal(fedval_policy_new(profile, &policy), FEDVAL_OK);
        (void)fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, 1488438646);
        (void)fedval_policy_set_number(policy, FEDVAL_POLICY_ALLOW_PRIVATE, 1);
        (void)fedval_policy_set_text(policy, FEDVAL_POLICY_EDGE_FQDN, "sip.example.com",
                                     FEDVAL_NUL_ENDED);
        (void)fedval_policy_append_provider(policy, "edge.example.net", FEDVAL_NUL_ENDED);
        char *json = json_of(policy);
        assert_int_equal(fedval_policy_new_from_json(json, strlen(json), &back, NULL), FEDVAL_OK);
        char *again = json_of(back);
        assert_string_equal(json, again);
        fedval_text_free(json);
        fedval_text_free(again);
        fedval_policy_free(policy);
        fedval_policy_free(back);
    }
}

static void a_policy_is_written_with_words(void **state)
{
    (void)state;
    fedval_policy *policy = NULL;
    assert_int_equal(fedval_policy_new(FEDVAL_PROFILE_OFFICE365, &policy), FEDVAL_OK);
    char *json = json_of(policy);
    assert_string_equal(
        json,
        "{\"format\":\"fedval-policy/1\",\"profile\":\"office365\",\"side\":\"unknown\","
        "\"scope\":\"all\",\"time\":null,\"allow_private\":false,\"service\":\"sipfederationtls\","
        "\"target_rule\":\"one-label\",\"reference\":\"srv-target\",\"wildcard\":\"never\","
        "\"common_name\":\"without-san\",\"trust\":\"public-only\",\"min_tls\":\"TLSv1.2\","
        "\"min_rsa_bits\":2048,\"max_rsa_bits\":8191,\"expiry_warning_days\":30,\"expiry_critical_"
        "days\":0,"
        "\"allow_partial_chain\":false,\"max_depth\":10,\"max_signature_checks\":100,"
        "\"max_tries\":10000,\"max_name_comparisons\":250000,\"max_certificates\":64,"
        "\"max_chain_bytes\":1048576,\"max_targets\":16,\"max_addresses\":16,"
        "\"require_crl\":false,\"max_connections\":5,\"sip_options\":false,\"authoritative\":false,"
        "\"explicit_policy\":"
        "false,\"inhibit_policy_mapping\":false,"
        "\"inhibit_any_policy\":false,\"max_findings_per_certificate\":8,\"max_findings\":1000,"
        "\"expressway_version\":0,"
        "\"require\":[],"
        "\"edge_fqdn\":null,\"subject_name\":null,"
        "\"other_domain\":null,"
        "\"providers\":[],\"initial_policies\":[],\"accepted\":[]}");
    fedval_text_free(json);
    fedval_policy_free(policy);
}

static void absent_fields_are_those_of_the_profile(void **state)
{
    (void)state;
    static const char json[] = "{\"format\":\"fedval-policy/1\",\"min_rsa_bits\":3072}";
    fedval_policy *policy = NULL;
    int64_t value = 0;
    assert_int_equal(fedval_policy_new_from_json(json, sizeof(json) - 1, &policy, NULL), FEDVAL_OK);
    assert_int_equal(fedval_policy_get_profile(policy), FEDVAL_PROFILE_MICROSOFT_EDGE);
    assert_int_equal(fedval_policy_get_number(policy, FEDVAL_POLICY_MIN_RSA_BITS, &value), 0);
    assert_int_equal(value, 3072);
    assert_int_equal(fedval_policy_get_number(policy, FEDVAL_POLICY_TARGET_RULE, &value), 0);
    assert_int_equal(value, FEDVAL_TARGET_RULE_ONE_LABEL);
    fedval_policy_free(policy);
}

static void wrong_fields_are_named(void **state)
{
    static const struct {
        const char *member, *message;
    } wrong[] = {
        {"\"profile\":\"lync\"", "profile: an unknown word; known are microsoft-edge, office365"},
        {"\"side\":\"left\"", "side: an unknown word; known are unknown, cisco, microsoft"},
        {"\"side\":1", "side: not a string"},
        {"\"allow_private\":1", "allow_private: neither"},
        {"\"max_tries\":0", "max_tries: a number out of range"},
        {"\"time\":\"soon\"", "time: not a time"},
        {"\"edge_fqdn\":\"a b\"", "edge_fqdn: not a host name"},
        {"\"providers\":[\"x.example\",7]", "providers[1]: not a host name"},
        {"\"providers\":{}", "providers: not an array"},
        {"\"initial_policies\":[\"1.2.3\",\"1.x\"]",
         "initial_policies[1]: not an object identifier"},
        {"\"expiry_warning_dys\":3", "expiry_warning_dys: this format has no such member"},
        {"\"min_rsa\":2048",
         "min_rsa: this format has no such member; the nearest is min_rsa_bits"},
        {"\"accepted\":[7]", "accepted[0]: not an object"},
        {"\"accepted\":[{\"domain\":\"example.com\"}]",
         "accepted[0]: the code of a finding is missing"},
        {"\"accepted\":[{\"code\":\"srv-mising\"}]", "accepted[0].code: an unknown word"},
        {"\"accepted\":[{\"code\":\"srv-missing\",\"domain\":\"a b\"}]",
         "accepted[0]: not a domain"},
        {"\"accepted\":[{\"code\":\"srv-missing\",\"untill\":null}]", "the nearest is until"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        char json[256] = "{\"format\":\"fedval-policy/1\",";
        fedval_policy *policy = NULL;
        fedval_error *error = fedval_error_new();
        strcat(strcat(json, wrong[i].member), "}");
        assert_int_equal(fedval_policy_new_from_json(json, strlen(json), &policy, error),
                         FEDVAL_ERROR_SYNTAX);
        if (strstr(fedval_error_get_message(error), wrong[i].message) == NULL)
            fail_msg("%s: %s", wrong[i].member, fedval_error_get_message(error));
        assert_int_equal(fedval_error_get_line(error), 1);
        assert_null(policy);
        fedval_error_free(error);
    }
}

static void the_small_documents_have_their_members(void **state)
{
    (void)state;
    char *json = NULL;
    assert_int_equal(fedval_srv_match_to_json("acano.steven.lab", FEDVAL_NUL_ENDED,
                                              "vcse.steven.lab", FEDVAL_NUL_ENDED, &json, NULL),
                     FEDVAL_OK);
    assert_string_equal(json, "{\"format\":\"fedval-match/1\",\"domain\":\"acano.steven.lab\","
                              "\"target\":\"vcse.steven.lab\",\"srv_match\":"
                              "\"parent-or-sibling\",\"is_provider\":false,"
                              "\"provider_of_cloud\":null,\"provider_without_dot\":null}");
    fedval_text_free(json);
    assert_int_equal(
        fedval_error_to_json("a\"b", FEDVAL_NUL_ENDED, FEDVAL_ERROR_SYNTAX, NULL, &json, NULL),
        FEDVAL_OK);
    assert_string_equal(json, "{\"format\":\"fedval-error/1\",\"source\":\"a\\\"b\",\"status\":"
                              "\"syntax\",\"message\":\"syntax\",\"line\":null,\"column\":null,"
                              "\"offset\":null}");
    fedval_text_free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_profile_comes_back_byte_for_byte),
        cmocka_unit_test(a_policy_is_written_with_words),
        cmocka_unit_test(absent_fields_are_those_of_the_profile),
        cmocka_unit_test(wrong_fields_are_named),
        cmocka_unit_test(the_small_documents_have_their_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
