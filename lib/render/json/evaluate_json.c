/* Evidence JSON in, report JSON out. */
#include "base/error.h"
#include "fedval/evaluate.h"
#include "render/json/actions_read.h"

static fedval_status read_policy(const char *json, size_t json_len, fedval_policy **out,
                                 fedval_error *error)
{
    fedval_status status = fedval_policy_new_from_json(json, json_len, out, error);
    if (status != FEDVAL_OK && error != NULL) {
        fedval_error named = *error;
        fv_error_reset(error);
        fv_error_set_detail(error, "policy", fv_text_of(named.message));
        fv_error_set_place(error, named.line, named.column, named.offset);
    }
    return status;
}

/* Makes a sealed copy of `judge` (NULL: an empty judge) in which `policy`, if there is one, is the
 * only policy. */
static fedval_status new_judge(const fedval_judge *judge, const fedval_policy *policy,
                               fedval_judge **out)
{
    fedval_judge *copy = NULL;
    fedval_status status =
        judge == NULL ? fedval_judge_new(&copy) : fedval_judge_copy(judge, &copy);
    if (status == FEDVAL_OK && policy != NULL)
        status = fedval_judge_append_policy(copy, policy, NULL);
    if (status == FEDVAL_OK)
        status = fedval_judge_seal(copy);
    if (status == FEDVAL_OK)
        *out = copy;
    else
        fedval_judge_free(copy);
    return status;
}

static fedval_status evaluate(const fedval_judge *judge, const fedval_evidence *evidence,
                              char **out_json, size_t *out_len, fedval_error *error)
{
    fedval_report *report;
    fedval_status status = fedval_evaluate(judge, 0, evidence, &report);
    if (status == FEDVAL_ERROR_ARGUMENT &&
        fedval_evidence_get_time(evidence) == FEDVAL_TIME_UNKNOWN) {
        fv_error_set(error, "gathered_at is missing: without a time, and with a policy that has "
                            "none either, nothing can be judged");
    }
    if (status != FEDVAL_OK)
        return status;
    status = fedval_report_to_json(report, out_json, out_len);
    fedval_report_free(report);
    return status;
}

fedval_status fedval_evaluate_json(const fedval_judge *judge, const char *evidence_json,
                                   size_t evidence_len, const char *policy_json, size_t policy_len,
                                   char **out_json, size_t *out_len, fedval_error *error)
{
    fedval_evidence *evidence = NULL;
    fedval_policy *policy = NULL;
    fedval_judge *made = NULL;
    fv_error_reset(error);
    if (evidence_json == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status =
        fedval_evidence_new_from_json(evidence_json, evidence_len, &evidence, error);
    if (status == FEDVAL_OK && policy_json != NULL)
        status = read_policy(policy_json, policy_len, &policy, error);
    if (status == FEDVAL_OK && (judge == NULL || policy != NULL))
        status = new_judge(judge, policy, &made);
    if (status == FEDVAL_OK)
        status = evaluate(made != NULL ? made : judge, evidence, out_json, out_len, error);
    fedval_judge_free(made);
    fedval_policy_free(policy);
    fedval_evidence_free(evidence);
    return status;
}

static fedval_status apply(const fedval_judge *judge, size_t index, const fedval_evidence *evidence,
                           fv_text json, bool is_lenient, fedval_report **out_report,
                           fedval_error *error)
{
    fv_given_actions given = {0};
    fv_arena arena;
    fv_error_reset(error);
    if (json.data == NULL || out_report == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_arena_init(&arena);
    fedval_status status = fv_actions_read(&arena, json.data, json.len, is_lenient, &given, error);
    if (status == FEDVAL_OK)
        status = fv_evaluate_given(judge, index, evidence, &given, out_report);
    fv_arena_clear(&arena);
    return status;
}

fedval_status fedval_evaluate_with_actions(const fedval_judge *judge, size_t index,
                                           const fedval_evidence *evidence,
                                           const char *actions_json, size_t actions_len,
                                           fedval_report **out_report, fedval_error *error)
{
    return apply(judge, index, evidence, (fv_text){actions_json, actions_len}, false, out_report,
                 error);
}

fedval_status fedval_evaluate_with_actions_lenient(const fedval_judge *judge, size_t index,
                                                   const fedval_evidence *evidence,
                                                   const char *actions_json, size_t actions_len,
                                                   fedval_report **out_report, fedval_error *error)
{
    return apply(judge, index, evidence, (fv_text){actions_json, actions_len}, true, out_report,
                 error);
}
