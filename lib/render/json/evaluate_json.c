/* Evidence JSON in, report JSON out. */
#include "base/error.h"
#include "fedval/evaluate.h"

static fedval_status read_policy(const char *json, size_t json_len, fedval_policy **out,
                                 fedval_error *error)
{
    if (json == NULL)
        return fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, out);
    fedval_status status = fedval_policy_new_from_json(json, json_len, out, error);
    if (status != FEDVAL_OK && error != NULL) {
        fedval_error named = *error;
        fv_error_reset(error);
        fv_error_set_detail(error, "policy", fv_text_of(named.message));
        fv_error_set_place(error, named.line, named.column, named.offset);
    }
    return status;
}

static fedval_status evaluate(const fedval_evidence *evidence, const fedval_policy *policy,
                              const fedval_anchors *anchors, const fedval_crls *crls,
                              const fedval_verifier *verifier, char **out_json, size_t *out_len)
{
    fedval_report *report;
    fedval_status status = fedval_evaluate(evidence, policy, anchors, crls, verifier, &report);
    if (status != FEDVAL_OK)
        return status;
    status = fedval_report_to_json(report, out_json, out_len);
    fedval_report_free(report);
    return status;
}

fedval_status fedval_evaluate_json(const char *evidence_json, size_t evidence_len,
                                   const char *policy_json, size_t policy_len,
                                   const fedval_anchors *anchors, const fedval_crls *crls,
                                   const fedval_verifier *verifier, char **out_json,
                                   size_t *out_len, fedval_error *error)
{
    fedval_evidence *evidence = NULL;
    fedval_policy *policy = NULL;
    fv_error_reset(error);
    if (evidence_json == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status =
        fedval_evidence_new_from_json(evidence_json, evidence_len, &evidence, error);
    if (status == FEDVAL_OK)
        status = read_policy(policy_json, policy_len, &policy, error);
    if (status == FEDVAL_OK)
        status = evaluate(evidence, policy, anchors, crls, verifier, out_json, out_len);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
    return status;
}
