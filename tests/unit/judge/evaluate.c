#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../judging.h"
#include "../../presenting.h"
#include "../answering.h"
#include "fedval/evaluate.h"
#include "model/evidence.h"
#include "model/report.h"

#define NOW INT64_C(1893456000) /* 2030-01-01 */

static const char owner[] = "_sipfederationtls._tcp.acano.steven.lab";

static fedval_evidence *new_evidence(void)
{
    fedval_evidence *evidence;
    assert_int_equal(fedval_evidence_new("acano.steven.lab", 16, &evidence, NULL), FEDVAL_OK);
    assert_int_equal(fedval_evidence_set_time(evidence, NOW), FEDVAL_OK);
    return evidence;
}

/* Case 1 of the worked example, the certificate aside. */
static fedval_evidence *new_case_1(void)
{
    fedval_evidence *evidence = new_evidence();
    fedval_fact *srv, *a;
    assert_int_equal(fedval_fact_new_dns(owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &srv),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_append_srv(srv, owner, FEDVAL_NUL_ENDED, 3600, 0, 0, 5061,
                                            "vcse.steven.lab", FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_set_source(srv, "zone lab.zone", FEDVAL_NUL_ENDED), FEDVAL_OK);
    assert_int_equal(fedval_fact_new_dns("vcse.steven.lab", FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &a),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_append_address(a, "vcse.steven.lab", FEDVAL_NUL_ENDED, 3600,
                                                "20.30.40.50", FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    add_fact(evidence, srv, FEDVAL_OUTCOME_ANSWER);
    add_fact(evidence, a, FEDVAL_OUTCOME_ANSWER);
    return evidence;
}

static fedval_policy *new_policy(void)
{
    fedval_policy *policy;
    assert_int_equal(fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &policy), FEDVAL_OK);
    return policy;
}

static fedval_report *judge(const fedval_evidence *evidence, const fedval_policy *policy)
{
    fedval_report *report = NULL;
    assert_int_equal(evaluate_once(evidence, policy, NULL, NULL, NULL, &report), FEDVAL_OK);
    return report;
}

static void missing_arguments_are_refused_and_the_output_is_untouched(void **state)
{
    (void)state;
    fedval_evidence *evidence = new_evidence();
    fedval_policy *policy = new_policy();
    fedval_report *report = NULL;
    assert_int_equal(evaluate_once(NULL, policy, NULL, NULL, NULL, &report), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_evaluate(NULL, 0, evidence, &report), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(evaluate_once(evidence, policy, NULL, NULL, NULL, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_evidence_set_time(evidence, FEDVAL_TIME_UNKNOWN), FEDVAL_OK);
    assert_int_equal(evaluate_once(evidence, policy, NULL, NULL, NULL, &report),
                     FEDVAL_ERROR_ARGUMENT);
    assert_null(report);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
}

static void the_worked_example_says_what_its_table_says(void **state)
{
    (void)state;
    fedval_evidence *evidence = new_case_1();
    fedval_policy *policy = new_policy();
    fedval_report *report = judge(evidence, policy);
    assert_int_equal(fedval_report_get_verdict(report), FEDVAL_VERDICT_FAIL);
    assert_int_equal(fedval_report_get_requirement(report, 1), FEDVAL_VERDICT_PASS);
    assert_int_equal(fedval_report_get_requirement(report, 2), FEDVAL_VERDICT_FAIL);
    assert_int_equal(fedval_report_get_requirement(report, 3), FEDVAL_VERDICT_PASS);
    assert_int_equal(fedval_report_get_requirement(report, 4), FEDVAL_VERDICT_NOT_CHECKED);
    assert_int_equal(fedval_finding_get_code(fedval_report_get_finding(report, 0)),
                     FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN);
    assert_string_equal(fedval_finding_get_expected(fedval_report_get_finding(report, 0)),
                        "<host>.acano.steven.lab");
    assert_string_equal(fedval_finding_get_observed(fedval_report_get_finding(report, 0)),
                        "vcse.steven.lab");
    assert_string_equal(report->partner_alternative,
                        "Set-CsAllowedDomain -Identity acano.steven.lab -ProxyFqdn vcse.steven.lab "
                        "(New-CsAllowedDomain where the domain is not on the list)");
    assert_int_equal(fedval_report_get_after_actions(report), FEDVAL_VERDICT_INDETERMINATE);
    fedval_report_free(report);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
}

static void a_report_outlives_what_it_was_made_of(void **state)
{
    (void)state;
    fedval_evidence *evidence = new_case_1();
    fedval_policy *policy = new_policy();
    assert_int_equal(fedval_policy_set_text(policy, FEDVAL_POLICY_OTHER_DOMAIN, "other.example",
                                            FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    fedval_report *report = judge(evidence, policy);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
    assert_string_equal(report->domain, "acano.steven.lab");
    assert_string_equal(report->domain_given, "acano.steven.lab");
    assert_string_equal(report->dns_sources.text, "zone lab.zone");
    assert_string_equal(report->endpoints[0].target, "vcse.steven.lab");
    assert_string_equal(report->endpoints[0].addresses[0].address, "20.30.40.50");
    for (size_t i = 0; i < report->num_findings; i++)
        assert_true(strlen(fedval_finding_get_message(&report->findings[i])) > 5);
    for (size_t i = 0; i < report->num_actions; i++)
        assert_true(strlen(report->actions[i].data) > 5);
    fedval_report_free(report);
}

static void the_time_of_the_policy_goes_before_that_of_the_evidence(void **state)
{
    (void)state;
    fedval_evidence *evidence = new_case_1();
    fedval_policy *policy = new_policy();
    fedval_report *report = judge(evidence, policy);
    assert_int_equal(fedval_report_get_evaluated_at(report), NOW);
    fedval_report_free(report);
    assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_TIME, NOW + 1), FEDVAL_OK);
    report = judge(evidence, policy);
    assert_int_equal(fedval_report_get_evaluated_at(report), NOW + 1);
    assert_int_equal(report->gathered_at, NOW);
    fedval_report_free(report);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
}

static void nothing_asked_is_nothing_that_could_pass(void **state)
{
    (void)state;
    fedval_evidence *evidence = new_evidence();
    fedval_policy *policy = new_policy();
    fedval_report *report = judge(evidence, policy);
    assert_int_equal(fedval_report_get_verdict(report), FEDVAL_VERDICT_INDETERMINATE);
    for (uint32_t i = 1; i <= 7; i++)
        assert_int_equal(fedval_report_get_requirement(report, i), FEDVAL_VERDICT_NOT_CHECKED);
    assert_int_equal(fedval_report_count_actions(report), 0);
    fedval_report_free(report);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
}

/* A certificate of the tree, as the server of the target would send it. */
static void add_chain(fedval_evidence *evidence, const char *host, const char *file)
{
    fedval_fact *probe;
    assert_int_equal(
        fedval_fact_new_probe(host, FEDVAL_NUL_ENDED, NULL, 0, 0, FEDVAL_ROLE_SERVER, &probe),
        FEDVAL_OK);
    assert_int_equal(append_chain(probe, file), FEDVAL_OK);
    add_fact(evidence, probe, FEDVAL_OUTCOME_NOT_PROBED);
}

static uint32_t origin_of_chain(uint32_t outcome)
{
    fedval_fact *probe;
    fedval_evidence *evidence = new_case_1();
    fedval_policy *policy = new_policy();
    assert_int_equal(fedval_fact_new_probe("vcse.steven.lab", FEDVAL_NUL_ENDED, NULL, 0, 0,
                                           FEDVAL_ROLE_SERVER, &probe),
                     FEDVAL_OK);
    assert_int_equal(append_chain(probe, "valid"), FEDVAL_OK);
    if (outcome != 0)
        assert_int_equal(fedval_fact_set_outcome(probe, outcome), FEDVAL_OK);
    assert_int_equal(fedval_evidence_append(evidence, probe), FEDVAL_OK);
    fedval_fact_free(probe);
    fedval_report *report = judge(evidence, policy);
    const fedval_address *address =
        fedval_endpoint_get_address(fedval_report_get_endpoint(report, 0), 0);
    uint32_t origin = fedval_presented_get_origin(fedval_address_get_presented(address));
    fedval_report_free(report);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
    return origin;
}

static void the_outcome_tells_where_a_chain_is_from(void **state)
{
    (void)state;
    assert_int_equal(origin_of_chain(FEDVAL_OUTCOME_HANDSHAKE), FEDVAL_ORIGIN_PROBE);
    assert_int_equal(origin_of_chain(FEDVAL_OUTCOME_NOT_PROBED), FEDVAL_ORIGIN_FILE);
    assert_int_equal(origin_of_chain(0), FEDVAL_ORIGIN_EVIDENCE);
}

/* The pure functions alone: no library for cryptography, and what needs none is judged. */
static void without_a_verifier_trust_is_not_checked_and_the_rest_is(void **state)
{
    (void)state;
    fedval_evidence *evidence = new_case_1();
    fedval_policy *policy = new_policy();
    add_chain(evidence, "vcse.steven.lab", "valid");
    fedval_report *report = judge(evidence, policy);
    assert_int_equal(fedval_report_get_requirement(report, 4), FEDVAL_VERDICT_FAIL);
    assert_int_equal(fedval_report_get_requirement(report, 7), FEDVAL_VERDICT_PASS);
    for (size_t i = 0; i < report->num_findings; i++) {
        assert_int_not_equal(report->findings[i].remark.code,
                             FEDVAL_FINDING_CHAIN_SIGNATURE_UNSUPPORTED);
    }
    const fedval_endpoint *endpoint = fedval_report_get_endpoint(report, 0);
    const fedval_presented *presented =
        fedval_address_get_presented(fedval_endpoint_get_address(endpoint, 0));
    assert_int_not_equal(fedval_presented_get_trust(presented), FEDVAL_TRUST_BY_PUBLIC);
    fedval_report_free(report);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
}

/* The worst finding marks a step, also where the report has no room for it. */
static void what_a_report_has_no_room_for_marks_its_step_all_the_same(void **state)
{
    static const int64_t limits[] = {1000, 1};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        fedval_evidence *evidence = new_case_1();
        fedval_policy *policy = new_policy();
        assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_MAX_FINDINGS, limits[i]),
                         FEDVAL_OK);
        add_chain(evidence, "vcse.steven.lab", "expired");
        fedval_report *report = judge(evidence, policy);
        const fv_report_presented *presented = &report->endpoints[0].addresses[0].presented;
        assert_int_equal(presented->chain.mark, FEDVAL_MARK_BROKEN);
        assert_int_equal(presented->chain.finding == 0, i == 1);
        fedval_report_free(report);
        fedval_policy_free(policy);
        fedval_evidence_free(evidence);
    }
}

static void add_rubbish(fedval_evidence *evidence)
{
    fedval_fact *probe;
    assert_int_equal(fedval_fact_new_probe("junk.steven.lab", FEDVAL_NUL_ENDED, NULL, 0, 0,
                                           FEDVAL_ROLE_SERVER, &probe),
                     FEDVAL_OK);
    for (size_t i = 0; i < FV_EVIDENCE_MAX_DECODED; i++)
        assert_int_equal(fedval_fact_append_certificate(probe, (const uint8_t *)"?", 1), FEDVAL_OK);
    add_fact(evidence, probe, FEDVAL_OUTCOME_NOT_PROBED);
}

static char *judge_to_json(const fedval_evidence *evidence)
{
    char *json = NULL;
    fedval_policy *policy = new_policy();
    fedval_report *report = judge(evidence, policy);
    assert_int_equal(fedval_report_to_json(report, &json, NULL), FEDVAL_OK);
    fedval_report_free(report);
    fedval_policy_free(policy);
    return json;
}

/* Only so many certificates are decoded as they come. */
static void a_chain_is_judged_alike_whenever_it_is_decoded(void **state)
{
    (void)state;
    fedval_evidence *ahead = new_case_1(), *late = new_case_1();
    add_chain(ahead, "vcse.steven.lab", "valid");
    add_rubbish(ahead);
    add_rubbish(late);
    add_chain(late, "vcse.steven.lab", "valid");
    assert_non_null(ahead->facts[2]->certificates);
    assert_non_null(ahead->facts[2]->certificates[0]);
    assert_null(ahead->facts[3]->certificates);
    assert_null(late->facts[3]->certificates);
    char *expected = judge_to_json(ahead), *got = judge_to_json(late);
    assert_string_equal(got, expected);
    fedval_text_free(expected);
    fedval_text_free(got);
    fedval_evidence_free(ahead);
    fedval_evidence_free(late);
}

static void findings_stand_in_order_of_their_weight(void **state)
{
    (void)state;
    fedval_evidence *evidence = new_case_1();
    fedval_policy *policy = new_policy();
    fedval_report *report = judge(evidence, policy);
    for (size_t i = 1; i < fedval_report_count_findings(report); i++) {
        assert_true(fedval_finding_get_severity(fedval_report_get_finding(report, i - 1)) >=
                    fedval_finding_get_severity(fedval_report_get_finding(report, i)));
    }
    fedval_report_free(report);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
}

/* On the Microsoft side it is Expressway that looks: when it calls, and without an Edge's log. */
static void symptoms_are_those_of_a_cisco_side_domain(void **state)
{
    (void)state;
    fedval_evidence *evidence = new_case_1();
    fedval_policy *policy = new_policy();
    fedval_report *report = judge(evidence, policy);
    assert_int_equal(report->findings[0].breaks,
                     FEDVAL_DIRECTION_TO_MICROSOFT | FEDVAL_DIRECTION_FROM_MICROSOFT);
    assert_true(report->findings[0].num_symptoms >= 4);
    fedval_report_free(report);
    assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_SIDE, FEDVAL_SIDE_MICROSOFT),
                     FEDVAL_OK);
    report = judge(evidence, policy);
    assert_int_equal(report->findings[0].breaks, FEDVAL_DIRECTION_TO_MICROSOFT);
    assert_int_equal(report->findings[0].num_symptoms, 0);
    assert_null(report->partner_alternative);
    fedval_report_free(report);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
}

static void the_default_profile_follows_the_side(void **state)
{
    (void)state;
    assert_int_equal(fedval_side_get_profile(FEDVAL_SIDE_CISCO), FEDVAL_PROFILE_MICROSOFT_EDGE);
    assert_int_equal(fedval_side_get_profile(FEDVAL_SIDE_MICROSOFT), FEDVAL_PROFILE_EXPRESSWAY);
}

/* As many facts as evidence can have: there is no room for those of an action. */
static void actions_that_do_not_fit_beside_the_evidence_are_refused(void **state)
{
    static const char given[] =
        "{\"format\":\"fedval-actions/1\",\"actions\":[{\"op\":\"add\",\"kind\":\"dns\",\"owner\":"
        "\"vcse.acano.steven.lab.\",\"type\":\"A\",\"ttl\":300,\"data\":\"20.30.40.51\"}]}";
    (void)state;
    fedval_evidence *evidence = new_case_1();
    fedval_policy *policy = new_policy();
    fedval_judge *judge = NULL;
    fedval_report *report = NULL;
    for (size_t i = fedval_evidence_count_facts(evidence); i < FV_EVIDENCE_MAX_FACTS; i++) {
        char host[64];
        fedval_fact *fact;
        (void)snprintf(host, sizeof(host), "host%zu.example.net", i);
        assert_int_equal(fedval_fact_new_dns(host, FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &fact),
                         FEDVAL_OK);
        add_fact(evidence, fact, FEDVAL_OUTCOME_NODATA);
    }
    assert_int_equal(new_judge(policy, NULL, NULL, NULL, &judge), FEDVAL_OK);
    assert_int_equal(
        fedval_evaluate_with_actions(judge, 0, evidence, given, sizeof(given) - 1, &report, NULL),
        FEDVAL_ERROR_LIMIT);
    assert_null(report);
    assert_int_equal(fedval_evaluate(judge, 0, evidence, &report), FEDVAL_OK);
    assert_int_equal(fedval_report_count_actions(report), 0);
    fedval_report_free(report);
    fedval_judge_free(judge);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_report_has_no_room_for_marks_its_step_all_the_same),
        cmocka_unit_test(actions_that_do_not_fit_beside_the_evidence_are_refused),
        cmocka_unit_test(missing_arguments_are_refused_and_the_output_is_untouched),
        cmocka_unit_test(the_worked_example_says_what_its_table_says),
        cmocka_unit_test(a_report_outlives_what_it_was_made_of),
        cmocka_unit_test(the_time_of_the_policy_goes_before_that_of_the_evidence),
        cmocka_unit_test(nothing_asked_is_nothing_that_could_pass),
        cmocka_unit_test(without_a_verifier_trust_is_not_checked_and_the_rest_is),
        cmocka_unit_test(the_outcome_tells_where_a_chain_is_from),
        cmocka_unit_test(a_chain_is_judged_alike_whenever_it_is_decoded),
        cmocka_unit_test(findings_stand_in_order_of_their_weight),
        cmocka_unit_test(symptoms_are_those_of_a_cisco_side_domain),
        cmocka_unit_test(the_default_profile_follows_the_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
