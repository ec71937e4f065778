/* The judge: building, sealing, sharing, and which policy judges whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "../../believing_verifier.h"
#include "fedval/evaluate.h"

#define NOW INT64_C(1893456000) /* 2030-01-01 */

static fedval_evidence *new_evidence(const char *target)
{
    static const char owner[] = "_sipfederationtls._tcp.example.com";
    fedval_evidence *evidence;
    fedval_fact *srv;
    assert_int_equal(fedval_evidence_new("example.com", FEDVAL_NUL_ENDED, &evidence, NULL), 0);
    assert_int_equal(fedval_evidence_set_time(evidence, NOW), 0);
    assert_int_equal(fedval_fact_new_dns(owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &srv), 0);
    assert_int_equal(fedval_fact_append_srv(srv, owner, FEDVAL_NUL_ENDED, 3600, 0, 0, 5061, target,
                                            FEDVAL_NUL_ENDED),
                     0);
    assert_int_equal(fedval_fact_set_outcome(srv, FEDVAL_OUTCOME_ANSWER), 0);
    assert_int_equal(fedval_evidence_append(evidence, srv), 0);
    fedval_fact_free(srv);
    return evidence;
}

static fedval_judge *new_empty(void)
{
    fedval_judge *judge = NULL;
    assert_int_equal(fedval_judge_new(&judge), 0);
    return judge;
}

static uint32_t profile_for(const fedval_judge *judge, size_t index, const char *target)
{
    fedval_evidence *evidence = new_evidence(target);
    fedval_report *report = NULL;
    assert_int_equal(fedval_evaluate(judge, index, evidence, &report), 0);
    uint32_t profile = fedval_report_get_profile(report);
    fedval_report_free(report);
    fedval_evidence_free(evidence);
    return profile;
}

static void without_a_policy_the_side_decides_who_judges(void **state)
{
    (void)state;
    fedval_judge *judge = new_empty();
    assert_int_equal(fedval_judge_count_policies(judge), 0);
    assert_int_equal(fedval_judge_seal(judge), 0);
    assert_int_equal(fedval_judge_count_policies(judge), 1);
    assert_int_equal(profile_for(judge, 0, "expe.example.com"), FEDVAL_PROFILE_MICROSOFT_EDGE);
    assert_int_equal(profile_for(judge, 0, "sipfed.online.lync.com"), FEDVAL_PROFILE_EXPRESSWAY);
    fedval_judge_free(judge);
}

static void a_policy_judges_alone_or_beside_one_for_the_microsoft_side(void **state)
{
    (void)state;
    fedval_judge *judge = new_empty();
    fedval_policy *office, *expressway;
    assert_int_equal(fedval_policy_new(FEDVAL_PROFILE_OFFICE365, &office), 0);
    assert_int_equal(fedval_policy_new(FEDVAL_PROFILE_EXPRESSWAY, &expressway), 0);
    assert_int_equal(fedval_judge_append_policy(judge, office, NULL), 0);
    assert_int_equal(fedval_judge_append_policy(judge, office, expressway), 0);
    fedval_policy_free(office);
    fedval_policy_free(expressway);
    assert_int_equal(fedval_judge_seal(judge), 0);
    assert_int_equal(profile_for(judge, 0, "sipfed.online.lync.com"), FEDVAL_PROFILE_OFFICE365);
    assert_int_equal(profile_for(judge, 1, "sipfed.online.lync.com"), FEDVAL_PROFILE_EXPRESSWAY);
    assert_int_equal(profile_for(judge, 1, "expe.example.com"), FEDVAL_PROFILE_OFFICE365);
    assert_ptr_equal(fedval_judge_get_policy(judge, 0, FEDVAL_SIDE_CISCO),
                     fedval_judge_get_policy(judge, 0, FEDVAL_SIDE_MICROSOFT));
    assert_ptr_not_equal(fedval_judge_get_policy(judge, 1, FEDVAL_SIDE_CISCO),
                         fedval_judge_get_policy(judge, 1, FEDVAL_SIDE_MICROSOFT));
    assert_null(fedval_judge_get_policy(judge, 2, FEDVAL_SIDE_CISCO));
    fedval_judge_free(judge);
}

static void nothing_is_judged_before_the_sealing_and_nothing_built_after(void **state)
{
    (void)state;
    fedval_judge *judge = new_empty();
    fedval_evidence *evidence = new_evidence("expe.example.com");
    fedval_report *report = NULL;
    fedval_session *session = NULL;
    fedval_anchors *anchors;
    fedval_crls *crls;
    assert_int_equal(fedval_anchors_new(&anchors), 0);
    assert_int_equal(fedval_crls_new(&crls), 0);
    assert_int_equal(fedval_evaluate(judge, 0, evidence, &report), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_judge_new_session(judge, "example.com", 11, 1, &session, NULL),
                     FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_judge_seal(judge), 0);
    assert_int_equal(fedval_judge_seal(judge), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_judge_set_anchors(judge, anchors), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_judge_set_crls(judge, crls), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_judge_append_anchors(judge, FEDVAL_ANCHOR_PUBLIC, "", 0, NULL),
                     FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_judge_append_policy(
                         judge, fedval_judge_get_policy(judge, 0, FEDVAL_SIDE_CISCO), NULL),
                     FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_evaluate(judge, 1, evidence, &report), FEDVAL_ERROR_ARGUMENT);
    assert_null(report);
    fedval_anchors_free(anchors);
    fedval_crls_free(crls);
    fedval_evidence_free(evidence);
    fedval_judge_free(judge);
}

static void what_is_shared_may_be_freed_before_the_judges(void **state)
{
    (void)state;
    static const fedval_verifier_vtable believer = {.size = sizeof(believer),
                                                    .digest = believer_digest,
                                                    .key_open = believer_key_open,
                                                    .key_close = believer_key_close,
                                                    .verify = believer_verify};
    fedval_judge *first = new_empty(), *second = new_empty(), *third = NULL;
    fedval_anchors *anchors;
    fedval_crls *crls;
    fedval_verifier *verifier;
    assert_int_equal(fedval_anchors_new(&anchors), 0);
    assert_int_equal(fedval_crls_new(&crls), 0);
    assert_int_equal(fedval_verifier_new(&believer, NULL, &verifier), 0);
    assert_int_equal(fedval_judge_set_verifier(first, verifier), 0);
    assert_int_equal(fedval_judge_set_anchors(first, anchors), 0);
    assert_int_equal(fedval_judge_set_anchors(first, anchors), FEDVAL_ERROR_STATE);
    assert_int_equal(fedval_judge_set_crls(first, crls), 0);
    assert_int_equal(fedval_judge_set_anchors(second, anchors), 0);
    fedval_anchors_free(anchors);
    fedval_crls_free(crls);
    fedval_verifier_free(verifier);
    assert_int_equal(fedval_judge_seal(first), 0);
    assert_int_equal(fedval_judge_seal(second), 0); /* the anchors are sealed already */
    assert_int_equal(fedval_judge_copy(first, &third), 0);
    fedval_judge_free(first);
    assert_int_equal(fedval_judge_count_policies(third), 0);
    assert_ptr_equal(fedval_judge_get_anchors(third), fedval_judge_get_anchors(second));
    assert_non_null(fedval_judge_get_crls(third));
    assert_int_equal(fedval_judge_seal(third), 0);
    fedval_judge_free(second);
    assert_int_equal(profile_for(third, 0, "expe.example.com"), FEDVAL_PROFILE_MICROSOFT_EDGE);
    fedval_judge_free(third);
}

static void anchors_that_were_given_are_not_appended_to(void **state)
{
    (void)state;
    fedval_judge *judge = new_empty();
    fedval_anchors *anchors;
    fedval_error *error = fedval_error_new();
    assert_int_equal(fedval_judge_append_anchors(judge, FEDVAL_ANCHOR_PUBLIC, "x", 1, error),
                     FEDVAL_ERROR_SYNTAX);
    assert_string_not_equal(fedval_error_get_message(error), "");
    fedval_judge_free(judge);
    judge = new_empty();
    assert_int_equal(fedval_anchors_new(&anchors), 0);
    assert_int_equal(fedval_judge_set_anchors(judge, anchors), 0);
    assert_int_equal(fedval_judge_append_anchors(judge, FEDVAL_ANCHOR_PUBLIC, "x", 1, error),
                     FEDVAL_ERROR_STATE);
    fedval_anchors_free(anchors);
    fedval_error_free(error);
    fedval_judge_free(judge);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_policy_the_side_decides_who_judges),
        cmocka_unit_test(a_policy_judges_alone_or_beside_one_for_the_microsoft_side),
        cmocka_unit_test(nothing_is_judged_before_the_sealing_and_nothing_built_after),
        cmocka_unit_test(what_is_shared_may_be_freed_before_the_judges),
        cmocka_unit_test(anchors_that_were_given_are_not_appended_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
