#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fedval/evidence.h"
#include "fedval/name.h"
#include "fedval/policy.h"
#include "fedval/report.h"

typedef struct family {
    const char *(*to_string)(uint32_t code);
    fedval_status (*from_string)(const char *text, size_t text_len, uint32_t *out_code);
    uint32_t first, last; /* the codes have no gaps */
} family;

static const family families[] = {
    {fedval_outcome_to_string, fedval_outcome_from_string, 1, 22},
    {fedval_look_to_string, fedval_look_from_string, 0, 7},
    {fedval_dnssec_to_string, fedval_dnssec_from_string, 0, 3},
    {fedval_authority_to_string, fedval_authority_from_string, 0, 2},
    {fedval_client_certificate_to_string, fedval_client_certificate_from_string, 0, 3},
    {fedval_source_to_string, fedval_source_from_string, 1, 7},
    {fedval_role_to_string, fedval_role_from_string, 1, 2},
    {fedval_profile_to_string, fedval_profile_from_string, 1, 6},
    {fedval_side_to_string, fedval_side_from_string, 0, 2},
    {fedval_scope_to_string, fedval_scope_from_string, 0, 2},
    {fedval_service_to_string, fedval_service_from_string, 0, 2},
    {fedval_target_rule_to_string, fedval_target_rule_from_string, 0, 1},
    {fedval_reference_to_string, fedval_reference_from_string, 1, 4},
    {fedval_roots_to_string, fedval_roots_from_string, 1, 2},
    {fedval_question_kind_to_string, fedval_question_kind_from_string, 1, 2},
    {fedval_verdict_to_string, fedval_verdict_from_string, 1, 4},
    {fedval_not_checked_to_string, fedval_not_checked_from_string, 1, 14},
    {fedval_rank_to_string, fedval_rank_from_string, 1, 2},
    {fedval_mark_to_string, fedval_mark_from_string, 1, 6},
    {fedval_step_to_string, fedval_step_from_string, 1, 5},
    {fedval_origin_to_string, fedval_origin_from_string, 1, 3},
    {fedval_op_to_string, fedval_op_from_string, 1, 4},
    {fedval_action_kind_to_string, fedval_action_kind_from_string, 1, 5},
    {fedval_name_kind_to_string, fedval_name_kind_from_string, 1, 8},
    {fedval_name_fault_to_string, fedval_name_fault_from_string, 0, 10},
    {fedval_sip_scheme_to_string, fedval_sip_scheme_from_string, 1, 4},
    {fedval_srv_match_to_string, fedval_srv_match_from_string, 1, 8},
    {fedval_wildcard_rule_to_string, fedval_wildcard_rule_from_string, 1, 2},
    {fedval_cn_rule_to_string, fedval_cn_rule_from_string, 1, 3},
    {fedval_name_match_to_string, fedval_name_match_from_string, 1, 9},
};

static void every_code_has_a_word_that_leads_back_to_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        const family *f = &families[i];
        for (uint32_t code = f->first; code <= f->last; code++) {
            uint32_t back = UINT32_MAX;
            assert_non_null(f->to_string(code));
            assert_int_equal(f->from_string(f->to_string(code), FEDVAL_NUL_ENDED, &back),
                             FEDVAL_OK);
            assert_int_equal(back, code);
        }
    }
}

static void unknown_codes_and_words_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        const family *f = &families[i];
        uint32_t out = 77;
        assert_null(f->to_string(f->last + 1));
        assert_null(f->to_string(UINT32_MAX));
        assert_int_equal(f->from_string("no such word", FEDVAL_NUL_ENDED, &out),
                         FEDVAL_ERROR_NOT_FOUND);
        assert_int_equal(f->from_string(NULL, FEDVAL_NUL_ENDED, &out), FEDVAL_ERROR_ARGUMENT);
        assert_int_equal(f->from_string(f->to_string(f->last), FEDVAL_NUL_ENDED, NULL),
                         FEDVAL_ERROR_ARGUMENT);
        assert_int_equal(out, 77);
    }
}

static void words_of_the_formats_are_kept(void **state)
{
    uint32_t type = 0;
    (void)state;
    assert_string_equal(fedval_outcome_to_string(FEDVAL_OUTCOME_NO_COMMON_VERSION),
                        "no-common-version");
    assert_string_equal(fedval_verdict_to_string(FEDVAL_VERDICT_NOT_CHECKED), "not-checked");
    assert_string_equal(fedval_profile_to_string(FEDVAL_PROFILE_MICROSOFT_EDGE), "microsoft-edge");
    assert_int_equal(fedval_type_from_string("AAAA", FEDVAL_NUL_ENDED, &type), FEDVAL_OK);
    assert_int_equal(type, 28);
    assert_string_equal(fedval_type_to_string(33), "SRV");
    assert_null(fedval_type_to_string(3));
    assert_string_equal(fedval_srv_match_to_string(FEDVAL_SRV_MATCH_PARENT_OR_SIBLING),
                        "parent-or-sibling");
    assert_string_equal(fedval_name_match_to_string(FEDVAL_NAME_MATCH_SAN), "san");
}

static void only_the_five_real_matches_are_accepted(void **state)
{
    (void)state;
    uint32_t accepted = 0;
    for (uint32_t match = 0; match <= 20; match++)
        accepted += fedval_name_match_is_accepted(match);
    assert_int_equal(accepted, 5);
    assert_int_equal(fedval_name_match_is_accepted(FEDVAL_NAME_MATCH_CN), 1);
    assert_int_equal(fedval_name_match_is_accepted(FEDVAL_NAME_MATCH_CN_IGNORED), 0);
    assert_int_equal(fedval_name_match_is_accepted(FEDVAL_NAME_MATCH_WILDCARD_ONLY), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_a_word_that_leads_back_to_it),
        cmocka_unit_test(unknown_codes_and_words_are_refused),
        cmocka_unit_test(words_of_the_formats_are_kept),
        cmocka_unit_test(only_the_five_real_matches_are_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
