#include "judge.h"

#include "anchors.h"
#include "backends.h"

#include <fedval/evaluate.h>

#include <stdlib.h>

/* Signatures remembered: the intermediates of a run over many domains are few. */
#define CACHE_CAPACITY 4096

bool judge_init(cmd_judge *judge, const cmd_settings *settings, cmd_output *output)
{
    *judge = (cmd_judge){.settings = settings, .output = output};
    if (!policies_build(&judge->policies, settings, output))
        return false;
    if (!backends_verifier(settings, &judge->verifier, output))
        return false;
    fedval_status status = FEDVAL_OK;
    if (judge->verifier != NULL)
        status = fedval_verify_cache_new(judge->verifier, CACHE_CAPACITY, &judge->cache);
    if (status != FEDVAL_OK) {
        output_internal(output, status);
        return false;
    }
    judge->anchors = anchors_load(settings, judge->verifier, output);
    return judge->anchors != NULL && crls_load(settings, &judge->crls, output);
}

void judge_clear(cmd_judge *judge)
{
    for (size_t i = 0; i < judge->num_reports; i++)
        fedval_report_free(judge->reports[i]);
    free(judge->reports);
    fedval_crls_free(judge->crls);
    fedval_anchors_free(judge->anchors);
    fedval_verifier_free(judge->cache);
    fedval_verifier_free(judge->verifier);
    policies_clear(&judge->policies);
}

int judge_exit_status(uint32_t verdict)
{
    if (verdict == FEDVAL_VERDICT_PASS)
        return EXIT_PASS;
    return verdict == FEDVAL_VERDICT_FAIL ? EXIT_FAIL : EXIT_INDETERMINATE;
}

static bool keep(cmd_judge *judge, fedval_report *report)
{
    fedval_report **reports =
        realloc(judge->reports, (judge->num_reports + 1) * sizeof(fedval_report *));
    if (reports == NULL)
        return false;
    judge->reports = reports;
    reports[judge->num_reports++] = report;
    return true;
}

/* Takes the report over. */
static void show(cmd_judge *judge, fedval_report *report)
{
    cmd_output *output = judge->output;
    bool shows_one = output->format == FORMAT_TEXT || output->format == FORMAT_JSON;
    output_note(output, judge_exit_status(fedval_report_get_verdict(report)));
    if (shows_one && !judge->keeps_reports)
        output_report(output, report);
    else if (keep(judge, report))
        return;
    else
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    fedval_report_free(report);
}

/* Where nobody said whose domain it is, whose rules judge follows from whose it seems to be. */
static const fedval_policy *choose_policy(const cmd_judge *judge, size_t index,
                                          const fedval_evidence *evidence)
{
    const fedval_policy *policy = judge->policies.items[index];
    if (judge->policies.other == NULL ||
        fedval_side_infer(evidence, policy) != FEDVAL_SIDE_MICROSOFT)
        return policy;
    return judge->policies.other;
}

static bool has_time(const fedval_evidence *evidence, const fedval_policy *policy)
{
    int64_t time = FEDVAL_TIME_UNKNOWN;
    (void)fedval_policy_get_number(policy, FEDVAL_POLICY_TIME, &time); /* it is a number */
    return time != FEDVAL_TIME_UNKNOWN || fedval_evidence_get_time(evidence) != FEDVAL_TIME_UNKNOWN;
}

void judge_evidence(cmd_judge *judge, const char *source, const fedval_evidence *evidence)
{
    for (size_t i = 0; i < judge->policies.count; i++) {
        const fedval_policy *policy = choose_policy(judge, i, evidence);
        fedval_report *report = NULL;
        if (!has_time(evidence, policy)) {
            output_refuse_text(
                judge->output, EXIT_INPUT, source,
                "it does not say when it was gathered: --at has to say when to judge");
            return;
        }
        fedval_status status =
            fedval_evaluate(evidence, policy, judge->anchors, judge->crls, judge->cache, &report);
        if (status == FEDVAL_OK)
            show(judge, report);
        else
            output_internal(judge->output, status);
    }
}

void judge_finish(cmd_judge *judge)
{
    const fedval_report *const *reports = (const fedval_report *const *)judge->reports;
    cmd_output *output = judge->output;
    char *text = NULL;
    size_t text_len = 0;
    uint32_t exit_status = 0;
    fedval_status status;
    if (judge->num_reports == 0)
        return;
    if (output->format == FORMAT_NAGIOS) {
        status =
            fedval_reports_to_nagios(reports, judge->num_reports, &text, &text_len, &exit_status);
        output->nagios = (int)exit_status;
        if (exit_status != NAGIOS_CRITICAL)
            output_refusals(output);
    } else {
        status = fedval_reports_to_prometheus(reports, judge->num_reports, &text, &text_len);
    }
    output_text(output, status, text, text_len);
}
