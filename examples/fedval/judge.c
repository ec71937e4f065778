#include "judge.h"

#include "anchors.h"
#include "backends.h"

#include <fedval/evaluate.h>

#include <stdlib.h>

/* Signatures remembered: the intermediates of a run over many domains are few. */
#define CACHE_CAPACITY 4096

/* A verifier that remembers good signatures, across domains; NULL where no TLS library was built
 * in. */
static bool new_verifier(const cmd_judge *judge, fedval_verifier **out_verifier)
{
    fedval_verifier *verifier = NULL;
    if (!backends_verifier(judge->settings, &verifier, judge->output))
        return false;
    if (verifier == NULL)
        return true;
    fedval_status status = fedval_verify_cache_new(verifier, CACHE_CAPACITY, out_verifier);
    fedval_verifier_free(verifier);
    if (status != FEDVAL_OK)
        output_internal(judge->output, status);
    return status == FEDVAL_OK;
}

static fedval_status append_policies(cmd_judge *judge)
{
    const cmd_policies *policies = &judge->policies;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < policies->count; i++)
        status = fedval_judge_append_policy(judge->judge, policies->items[i], policies->other);
    return status;
}

static fedval_status build(cmd_judge *judge, const fedval_verifier *verifier,
                           fedval_anchors *anchors, fedval_crls *crls)
{
    fedval_status status = fedval_judge_new(&judge->judge);
    if (status == FEDVAL_OK && verifier != NULL)
        status = fedval_judge_set_verifier(judge->judge, verifier);
    if (status == FEDVAL_OK)
        status = fedval_judge_set_anchors(judge->judge, anchors);
    if (status == FEDVAL_OK && crls != NULL)
        status = fedval_judge_set_crls(judge->judge, crls);
    if (status == FEDVAL_OK)
        status = append_policies(judge);
    return status == FEDVAL_OK ? fedval_judge_seal(judge->judge) : status;
}

bool judge_init(cmd_judge *judge, const cmd_settings *settings, cmd_output *output)
{
    fedval_verifier *verifier = NULL;
    fedval_anchors *anchors = NULL;
    fedval_crls *crls = NULL;
    *judge = (cmd_judge){.settings = settings, .output = output};
    bool ok = policies_build(&judge->policies, settings, output) && new_verifier(judge, &verifier);
    if (ok)
        anchors = anchors_load(settings, verifier, output);
    ok = anchors != NULL && crls_load(settings, &crls, output);
    if (ok) {
        fedval_status status = build(judge, verifier, anchors, crls);
        ok = status == FEDVAL_OK;
        if (!ok)
            output_internal(output, status);
    }
    fedval_crls_free(crls);
    fedval_anchors_free(anchors);
    fedval_verifier_free(verifier);
    return ok;
}

void judge_clear(cmd_judge *judge)
{
    for (size_t i = 0; i < judge->num_reports; i++)
        fedval_report_free(judge->reports[i]);
    free(judge->reports);
    fedval_judge_free(judge->judge);
    policies_clear(&judge->policies);
}

int judge_exit_status(uint32_t verdict)
{
    if (verdict == FEDVAL_VERDICT_PASS)
        return EXIT_PASS;
    return verdict == FEDVAL_VERDICT_FAIL ? EXIT_FAIL : EXIT_INDETERMINATE;
}

static bool has_warning(const fedval_report *report)
{
    for (size_t i = 0; i < fedval_report_count_findings(report); i++) {
        const fedval_finding *finding = fedval_report_get_finding(report, i);
        if (fedval_finding_get_severity(finding) == FEDVAL_SEVERITY_WARNING &&
            fedval_finding_get_acceptance(finding) != FEDVAL_ACCEPTANCE_IN_FORCE)
            return true;
    }
    return false;
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
    if (judge->settings->fails_on_warning && has_warning(report))
        output_note(output, EXIT_FAIL);
    if (shows_one && !judge->keeps_reports)
        output_report(output, report);
    else if (keep(judge, report))
        return;
    else
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    fedval_report_free(report);
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
        const fedval_policy *policy = judge->policies.items[i];
        fedval_report *report = NULL;
        if (!has_time(evidence, policy)) {
            output_refuse_text(
                judge->output, EXIT_INPUT, source,
                "it does not say when it was gathered: --at has to say when to judge");
            return;
        }
        fedval_status status = fedval_evaluate(judge->judge, i, evidence, &report);
        if (status == FEDVAL_OK && judge->settings->redact)
            status = fedval_report_redact(report, evidence);
        if (status == FEDVAL_OK) {
            show(judge, report);
        } else {
            fedval_report_free(report);
            output_internal(judge->output, status);
        }
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
