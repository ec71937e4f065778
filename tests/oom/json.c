/* Allocation failures while evidence and policies are built, written and read again. */
#include "oom.h"

#include "fedval/evidence.h"
#include "fedval/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static fedval_status add_dns(fedval_evidence *evidence)
{
    fedval_fact *fact = NULL;
    fedval_status status = fedval_fact_new_dns("_sipfederationtls._tcp.example.com",
                                               FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ANSWER);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_source(fact, "zone lab.zone", FEDVAL_NUL_ENDED);
    for (uint16_t i = 0; status == FEDVAL_OK && i < (oom_is_large() ? 2000 : 20); i++) {
        status =
            fedval_fact_append_srv(fact, "_sipfederationtls._tcp.example.com", FEDVAL_NUL_ENDED,
                                   3600, i, 0, 5061, "expe.example.com.", FEDVAL_NUL_ENDED);
    }
    if (status == FEDVAL_OK)
        status = fedval_evidence_append(evidence, fact);
    fedval_fact_free(fact);
    return status;
}

static fedval_status add_probe(fedval_evidence *evidence)
{
    static const uint8_t der[3000] = {0x30, 0x82};
    fedval_fact *fact = NULL;
    fedval_status status = fedval_fact_new_probe("expe.example.com", FEDVAL_NUL_ENDED, "192.0.2.1",
                                                 FEDVAL_NUL_ENDED, 5061, FEDVAL_ROLE_SERVER, &fact);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_HANDSHAKE);
    if (status == FEDVAL_OK) {
        status = fedval_fact_set_tls(fact, "TLSv1.2", FEDVAL_NUL_ENDED,
                                     "ECDHE-RSA-AES256-GCM-SHA384", FEDVAL_NUL_ENDED);
    }
    for (size_t i = 0; status == FEDVAL_OK && i < 3; i++)
        status = fedval_fact_append_certificate(fact, der, sizeof(der));
    if (status == FEDVAL_OK)
        status = fedval_evidence_append(evidence, fact);
    fedval_fact_free(fact);
    return status;
}

static fedval_status make_evidence(fedval_evidence **out_evidence)
{
    static const char domain[] = "b\xc3\xbc"
                                 "cher.example";
    fedval_evidence *evidence = NULL;
    fedval_status status = fedval_evidence_new(domain, strlen(domain), &evidence, NULL);
    if (status == FEDVAL_OK)
        status = add_dns(evidence);
    if (status == FEDVAL_OK)
        status = add_probe(evidence);
    if (status == FEDVAL_OK)
        *out_evidence = evidence;
    else
        fedval_evidence_free(evidence);
    return status;
}

static fedval_status write_evidence(void *context)
{
    fedval_evidence *evidence = NULL;
    char *json = NULL;
    size_t json_len = 0;
    fedval_status status = make_evidence(&evidence);
    if (status == FEDVAL_OK)
        status = fedval_evidence_to_json(evidence, &json, &json_len);
    /* Success is only right when nothing got lost. */
    if (status == FEDVAL_OK && context != NULL && strcmp(json, context) != 0)
        status = FEDVAL_ERROR_STATE;
    fedval_text_free(json);
    fedval_evidence_free(evidence);
    return status;
}

static char *evidence_text(void)
{
    fedval_evidence *evidence = NULL;
    char *json = NULL;
    size_t json_len = 0;
    assert_int_equal(make_evidence(&evidence), FEDVAL_OK);
    assert_int_equal(fedval_evidence_to_json(evidence, &json, &json_len), FEDVAL_OK);
    fedval_evidence_free(evidence);
    return json;
}

static void writing_evidence_survives_failures(void **state)
{
    (void)state;
    char *json = evidence_text();
    assert_true(oom_run(write_evidence, json) > 20);
    fedval_text_free(json);
}

static fedval_status read_evidence(void *context)
{
    fedval_evidence *evidence = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status = error == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
    if (status == FEDVAL_OK)
        status = fedval_evidence_new_from_json(context, strlen(context), &evidence, error);
    fedval_evidence_free(evidence);
    fedval_error_free(error);
    return status;
}

static void reading_evidence_survives_failures(void **state)
{
    (void)state;
    char *json = evidence_text();
    oom_spare_jansson(true);
    assert_true(oom_run(read_evidence, json) > 20);
    oom_spare_jansson(false);
    fedval_text_free(json);
}

static fedval_status make_policy(fedval_policy **out_copy)
{
    fedval_policy *policy = NULL;
    fedval_status status = fedval_policy_new(FEDVAL_PROFILE_OFFICE365, &policy);
    if (status == FEDVAL_OK)
        status = fedval_policy_append_provider(policy, "edge.provider.example", FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK)
        status = fedval_policy_copy(policy, out_copy);
    fedval_policy_free(policy);
    return status;
}

static fedval_status write_policy(void *context)
{
    fedval_policy *policy = NULL;
    char *json = NULL;
    size_t json_len = 0;
    (void)context;
    fedval_status status = make_policy(&policy);
    if (status == FEDVAL_OK)
        status = fedval_policy_to_json(policy, &json, &json_len);
    fedval_text_free(json);
    fedval_policy_free(policy);
    return status;
}

static void writing_policies_survives_failures(void **state)
{
    (void)state;
    assert_true(oom_run(write_policy, NULL) > 5);
}

static fedval_status read_policy(void *context)
{
    fedval_policy *policy = NULL;
    fedval_status status = fedval_policy_new_from_json(context, strlen(context), &policy, NULL);
    fedval_policy_free(policy);
    return status;
}

static void reading_policies_survives_failures(void **state)
{
    (void)state;
    fedval_policy *policy = NULL;
    char *json = NULL;
    size_t json_len = 0;
    assert_int_equal(make_policy(&policy), FEDVAL_OK);
    assert_int_equal(fedval_policy_to_json(policy, &json, &json_len), FEDVAL_OK);
    oom_spare_jansson(true);
    assert_true(oom_run(read_policy, json) > 0);
    oom_spare_jansson(false);
    fedval_text_free(json);
    fedval_policy_free(policy);
}

/* A document that is refused must not be taken for a lack of memory, nor the other way round. */
static fedval_status read_damaged(void *context)
{
    fedval_evidence *evidence = NULL;
    (void)context;
    static const char json[] = "{\"format\":\"fedval-evidence/1\",\"domain\":\"example.com\","
                               "\"facts\":[{\"question\":{\"name\":\"a.example\",\"type\":7}}]}";
    fedval_status status = fedval_evidence_new_from_json(json, sizeof(json) - 1, &evidence, NULL);
    fedval_evidence_free(evidence);
    return status == FEDVAL_ERROR_SYNTAX ? FEDVAL_OK : status;
}

static void damaged_evidence_survives_failures(void **state)
{
    (void)state;
    oom_spare_jansson(true);
    assert_true(oom_run_tolerant(read_damaged, NULL) > 0);
    oom_spare_jansson(false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writing_evidence_survives_failures),
        cmocka_unit_test(reading_evidence_survives_failures),
        cmocka_unit_test(writing_policies_survives_failures),
        cmocka_unit_test(reading_policies_survives_failures),
        cmocka_unit_test(damaged_evidence_survives_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
