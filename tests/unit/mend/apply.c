/* Actions that somebody gives: which certificate each of them changes. */
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

#define NOW INT64_C(1893456000) /* 2030-01-01 */
#define OWNER "_sipfederationtls._tcp.example.com"
#define HOST "expe.example.com"

static void append_probe(fedval_evidence *evidence, const char *address, const char *pem)
{
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_probe(HOST, FEDVAL_NUL_ENDED, address, FEDVAL_NUL_ENDED, 5061,
                                           FEDVAL_ROLE_SERVER, &fact),
                     FEDVAL_OK);
    assert_int_equal(append_chain(fact, pem), FEDVAL_OK);
    add_fact(evidence, fact, FEDVAL_OUTCOME_HANDSHAKE);
}

/* Two servers behind one name. Neither certificate holds it. */
static fedval_evidence *new_evidence(void)
{
    static const char *const addresses[] = {"20.30.40.50", "20.30.40.51"};
    fedval_evidence *evidence = NULL;
    fedval_fact *srv = NULL, *a = NULL;
    assert_int_equal(fedval_evidence_new("example.com", FEDVAL_NUL_ENDED, &evidence, NULL),
                     FEDVAL_OK);
    assert_int_equal(fedval_evidence_set_time(evidence, NOW), FEDVAL_OK);
    assert_int_equal(fedval_fact_new_dns(OWNER, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &srv),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_append_srv(srv, OWNER, FEDVAL_NUL_ENDED, 3600, 0, 0, 5061, HOST,
                                            FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    add_fact(evidence, srv, FEDVAL_OUTCOME_ANSWER);
    assert_int_equal(fedval_fact_new_dns(HOST, FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &a), FEDVAL_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(fedval_fact_append_address(a, HOST, FEDVAL_NUL_ENDED, 3600, addresses[i],
                                                    FEDVAL_NUL_ENDED),
                         FEDVAL_OK);
    }
    add_fact(evidence, a, FEDVAL_OUTCOME_ANSWER);
    append_probe(evidence, addresses[0], "name-other");
    append_probe(evidence, addresses[1], "valid-second-peer");
    return evidence;
}

#define ACTION(certificate)                                                                        \
    "{\"op\":\"add\",\"kind\":\"san\",\"role\":\"server\",\"data\":\"" HOST                        \
    "\",\"certificate\":\"" certificate "\"}"
#define OTHER ACTION("CN=vcse.other.example")
#define SECOND ACTION("O=Example, CN=expe2.example.com")

/* What R4 comes to once the names are in the certificates. */
static uint32_t verdict_with(const char *actions)
{
    char json[1000];
    fedval_evidence *evidence = new_evidence();
    fedval_policy *policy = NULL;
    fedval_judge *judge = NULL;
    fedval_report *report = NULL;
    (void)snprintf(json, sizeof(json), "{\"format\":\"fedval-actions/1\",\"actions\":[%s]}",
                   actions);
    assert_int_equal(fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &policy), FEDVAL_OK);
    assert_int_equal(new_judge(policy, NULL, NULL, NULL, &judge), FEDVAL_OK);
    assert_int_equal(
        fedval_evaluate_with_actions(judge, 0, evidence, json, FEDVAL_NUL_ENDED, &report, NULL),
        FEDVAL_OK);
    uint32_t verdict = fedval_report_get_after_actions(report);
    fedval_report_free(report);
    fedval_judge_free(judge);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
    return verdict;
}

/* Nobody checks signatures here, so the best that can come of it is INDETERMINATE. */
static void a_name_goes_into_the_certificate_that_its_action_names(void **state)
{
    (void)state;
    assert_int_equal(verdict_with(""), FEDVAL_VERDICT_FAIL);
    assert_int_equal(verdict_with(OTHER), FEDVAL_VERDICT_FAIL);
    assert_int_equal(verdict_with(SECOND), FEDVAL_VERDICT_FAIL);
    assert_int_equal(verdict_with(OTHER "," SECOND), FEDVAL_VERDICT_INDETERMINATE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_goes_into_the_certificate_that_its_action_names),
    };
    return cmocka_run_group_tests_name("mend/apply", tests, NULL, NULL);
}
