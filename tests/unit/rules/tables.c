#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fedval/trust.h"
#include "rules/rule.h"

static bool is_listed_by_a_rule(uint32_t code)
{
    const fv_rule *rule;
    for (size_t i = 0; (rule = fv_rule_get(i)) != NULL; i++) {
        if (fv_rule_lists(rule, code))
            return true;
    }
    return false;
}

static void every_code_but_those_of_logs_is_listed_by_a_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        bool is_log = entry->family == FEDVAL_FAMILY_LOG;
        if (is_listed_by_a_rule(entry->code) == is_log)
            fail_msg("%s", entry->id);
    }
}

static void every_rule_lists_known_codes_once_and_has_a_level(void **state)
{
    (void)state;
    const fv_rule *rule;
    size_t count = 0;
    for (; (rule = fv_rule_get(count)) != NULL; count++) {
        assert_non_null(rule->apply);
        assert_in_range(rule->level, FV_LEVEL_SCENE, FV_LEVEL_LAST);
        assert_int_not_equal(rule->codes[0], 0);
        assert_int_equal(rule->codes[FV_RULE_MAX_CODES - 1], 0);
        for (size_t c = 0; rule->codes[c] != 0; c++) {
            assert_non_null(fedval_catalogue_find(rule->codes[c]));
            for (size_t k = 0; k < c; k++)
                assert_int_not_equal(rule->codes[k], rule->codes[c]);
        }
    }
    assert_true(count > 20);
    assert_null(fv_rule_get(count));
    assert_null(fv_rule_get(SIZE_MAX));
}

static void every_level_has_room_for_its_rules(void **state)
{
    (void)state;
    size_t num_rules[FV_LEVEL_LAST + 1] = {0};
    const fv_rule *rule;
    for (size_t i = 0; (rule = fv_rule_get(i)) != NULL; i++)
        assert_true(++num_rules[rule->level] <= FV_LEVEL_MAX_RULES);
}

static uint32_t severity(uint32_t profile, const fedval_anchors *anchors, uint32_t code)
{
    fedval_policy *policy;
    assert_int_equal(fedval_policy_new(profile, &policy), FEDVAL_OK);
    fv_rules_input input = {.policy = policy, .anchors = anchors};
    uint32_t found = fv_severity_of(&input, code);
    fedval_policy_free(policy);
    return found;
}

static void severity_follows_the_profile(void **state)
{
    (void)state;
    assert_int_equal(
        severity(FEDVAL_PROFILE_MICROSOFT_EDGE, NULL, FEDVAL_FINDING_TLS_VERSION_TOO_OLD),
        FEDVAL_SEVERITY_WARNING);
    assert_int_equal(severity(FEDVAL_PROFILE_OFFICE365, NULL, FEDVAL_FINDING_TLS_VERSION_TOO_OLD),
                     FEDVAL_SEVERITY_ERROR);
    assert_int_equal(
        severity(FEDVAL_PROFILE_MICROSOFT_EDGE, NULL, FEDVAL_FINDING_CHAIN_PRIVATE_ROOT),
        FEDVAL_SEVERITY_NOTE);
    assert_int_equal(severity(FEDVAL_PROFILE_OFFICE365, NULL, FEDVAL_FINDING_CHAIN_PRIVATE_ROOT),
                     FEDVAL_SEVERITY_ERROR);
    assert_int_equal(severity(FEDVAL_PROFILE_WEBPKI, NULL, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH),
                     FEDVAL_SEVERITY_NOTE);
}

/* The partner's trust list cannot be seen: only on premises, and only while nothing stands for it.
 */
static void an_unknown_root_is_open_only_on_premises_without_private_anchors(void **state)
{
    (void)state;
    const uint32_t code = FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT;
    fedval_anchors *anchors;
    assert_int_equal(fedval_anchors_new(&anchors), FEDVAL_OK);
    assert_int_equal(severity(FEDVAL_PROFILE_MICROSOFT_EDGE, NULL, code),
                     FEDVAL_SEVERITY_INDETERMINATE);
    assert_int_equal(severity(FEDVAL_PROFILE_MICROSOFT_EDGE, anchors, code),
                     FEDVAL_SEVERITY_INDETERMINATE);
    assert_int_equal(severity(FEDVAL_PROFILE_OFFICE365, NULL, code), FEDVAL_SEVERITY_ERROR);
    assert_int_equal(severity(FEDVAL_PROFILE_WEBPKI, NULL, code), FEDVAL_SEVERITY_ERROR);
    fedval_anchors_free(anchors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_but_those_of_logs_is_listed_by_a_rule),
        cmocka_unit_test(every_rule_lists_known_codes_once_and_has_a_level),
        cmocka_unit_test(every_level_has_room_for_its_rules),
        cmocka_unit_test(severity_follows_the_profile),
        cmocka_unit_test(an_unknown_root_is_open_only_on_premises_without_private_anchors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
