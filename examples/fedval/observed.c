#include "observed.h"

#include "options.h"

#include <fedval/evaluate.h>

/* The domains that Expressway looks up are those that it calls: the Microsoft side's, judged by
 * Expressway's rules. Certificates are not in the logs, so nothing passes by what they saw. */
static fedval_policy *make_policy(void)
{
    fedval_policy *policy = NULL;
    if (fedval_policy_new(FEDVAL_PROFILE_EXPRESSWAY, &policy) != FEDVAL_OK)
        return NULL;
    if (fedval_policy_set_number(policy, FEDVAL_POLICY_SIDE, FEDVAL_SIDE_MICROSOFT) != FEDVAL_OK) {
        fedval_policy_free(policy);
        return NULL;
    }
    return policy;
}

static void show(const fedval_evidence *evidence, const fedval_judge *judge, cmd_output *output)
{
    fedval_report *report = NULL;
    if (fedval_evidence_get_time(evidence) == FEDVAL_TIME_UNKNOWN)
        return;
    fedval_status status = fedval_evaluate(judge, 0, evidence, &report);
    if (status != FEDVAL_OK) {
        output_internal(output, status);
    } else if (fedval_report_get_verdict(report) == FEDVAL_VERDICT_FAIL) {
        output_note(output, EXIT_FAIL);
        output_report(output, report);
    }
    fedval_report_free(report);
}

static fedval_judge *make_judge(void)
{
    fedval_judge *judge = NULL;
    fedval_policy *policy = make_policy();
    if (policy == NULL || fedval_judge_new(&judge) != FEDVAL_OK)
        goto done;
    if (fedval_judge_append_policy(judge, policy, NULL) != FEDVAL_OK ||
        fedval_judge_seal(judge) != FEDVAL_OK) {
        fedval_judge_free(judge);
        judge = NULL;
    }
done:
    fedval_policy_free(policy);
    return judge;
}

void observed_judge(const fedval_log *log, cmd_output *output)
{
    size_t count = fedval_log_count_evidence(log);
    if (count > 0)
        output_hint_saved(output);
    fedval_judge *judge = count > 0 ? make_judge() : NULL;
    if (count > 0 && judge == NULL)
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    for (size_t i = 0; judge != NULL && i < count; i++)
        show(fedval_log_get_evidence(log, i), judge, output);
    fedval_judge_free(judge);
}
