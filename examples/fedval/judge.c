#include "judge.h"

#include "anchors.h"
#include "backends.h"
#include "early.h"
#include "pair.h"
#include "plugin.h"

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
    bool ok = (settings->apply == NULL || input_read(&judge->actions, settings->apply, output)) &&
              policies_build(&judge->policies, settings, output) && new_verifier(judge, &verifier);
    if (ok)
        anchors = anchors_load(settings, verifier, output);
    ok = anchors != NULL && crls_load(settings, &crls, output);
    if (ok && !accepted_init(&judge->accepted, &judge->policies)) {
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
        ok = false;
    }
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

static void clear_held(cmd_judge *judge)
{
    for (size_t i = 0; i < judge->num_held; i++) {
        early_clear(judge, &judge->held[i]);
        fedval_evidence_free(judge->held[i].evidence);
        fedval_error_free(judge->held[i].error);
    }
    judge->num_held = 0;
}

void judge_clear(cmd_judge *judge)
{
    for (size_t i = 0; i < judge->num_reports; i++)
        fedval_report_free(judge->reports[i]);
    free(judge->reports);
    clear_held(judge);
    free(judge->held);
    closing_clear(&judge->closing);
    accepted_clear(&judge->accepted);
    input_clear(&judge->actions);
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

/* Takes the report over. `early`: what was shown of it before, or NULL. */
static void show(cmd_judge *judge, fedval_report *report, const char *early)
{
    cmd_output *output = judge->output;
    accepted_note(&judge->accepted, &judge->policies, report);
    if (judge->take != NULL) {
        judge->take(judge->taker, report);
        return;
    }
    bool shows_one = output->format == FORMAT_TEXT || output->format == FORMAT_JSON ||
                     output->format == FORMAT_HTML;
    output_note(output, judge_exit_status(judge->settings->apply != NULL
                                              ? fedval_report_get_after_actions(report)
                                              : fedval_report_get_verdict(report)));
    if (judge->settings->fails_on_warning && has_warning(report))
        output_note(output, EXIT_FAIL);
    if (shows_one && !judge->keeps_reports) {
        if (!early_is_shown(judge, report, early))
            output_report(output, report);
        closing_note(&judge->closing, report);
    } else if (keep(judge, report)) {
        return;
    } else {
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    }
    fedval_report_free(report);
}

static bool has_time(const fedval_evidence *evidence, const fedval_policy *policy)
{
    int64_t time = FEDVAL_TIME_UNKNOWN;
    (void)fedval_policy_get_number(policy, FEDVAL_POLICY_TIME, &time); /* it is a number */
    return time != FEDVAL_TIME_UNKNOWN || fedval_evidence_get_time(evidence) != FEDVAL_TIME_UNKNOWN;
}

/* ---- what waits ---- */

/* Enough for the domains of any cluster; a run over more is judged in parts. */
#define MOST_HELD 500

static void hold(cmd_judge *judge, cmd_held held)
{
    cmd_held *items = realloc(judge->held, (judge->num_held + 1) * sizeof(cmd_held));
    if (items == NULL) {
        output_internal(judge->output, FEDVAL_ERROR_NO_MEMORY);
        fedval_evidence_free(held.evidence);
        fedval_error_free(held.error);
        return;
    }
    judge->held = items;
    items[judge->num_held++] = held;
    if (judge->num_held == MOST_HELD)
        judge_held(judge);
}

void judge_refuse(cmd_judge *judge, int exit_status, const char *source, fedval_status status,
                  fedval_error *error)
{
    hold(
        judge,
        (cmd_held){.source = source, .exit_status = exit_status, .status = status, .error = error});
}

/* Under every policy: whether each says when to judge. */
static bool all_have_time(const cmd_judge *judge, const fedval_evidence *evidence)
{
    for (size_t i = 0; i < judge->policies.count; i++) {
        if (!has_time(evidence, judge->policies.items[i]))
            return false;
    }
    return true;
}

void judge_take(cmd_judge *judge, const char *source, fedval_evidence *evidence)
{
    if (judge->take_evidence != NULL) {
        judge->take_evidence(judge->evidence_user, evidence);
        fedval_evidence_free(evidence);
        return;
    }
    if (all_have_time(judge, evidence)) {
        hold(judge, (cmd_held){.source = source, .evidence = evidence});
        return;
    }
    fedval_error *error = fedval_error_new();
    fedval_error_set(error, "it does not say when it was gathered: --at has to say when to judge",
                     FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
    judge_refuse(judge, EXIT_INPUT, source, FEDVAL_ERROR_SYSTEM, error);
    fedval_evidence_free(evidence);
}

/* The two sides of a pair share no peer, whatever their addresses say. */
static fedval_status judge_apart(const cmd_judge *judge, size_t index,
                                 const fedval_evidence *const *evidence, size_t count,
                                 fedval_report **reports)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < count; i++)
        status = fedval_evaluate(judge->judge, index, evidence[i], &reports[i]);
    return status;
}

/* What if the actions were carried out: each domain by itself. */
static fedval_status apply_actions(const cmd_judge *judge, size_t index,
                                   const fedval_evidence *const *evidence, size_t count,
                                   fedval_report **reports, fedval_error *error)
{
    fedval_status status = FEDVAL_OK;
    const cmd_input *actions = &judge->actions;
    for (size_t i = 0; status == FEDVAL_OK && i < count; i++) {
        status = judge->settings->lenient
                     ? fedval_evaluate_with_actions_lenient(judge->judge, index, evidence[i],
                                                            actions->data, actions->len,
                                                            &reports[i], error)
                     : fedval_evaluate_with_actions(judge->judge, index, evidence[i], actions->data,
                                                    actions->len, &reports[i], error);
    }
    return status;
}

fedval_status judge_evaluate(const cmd_judge *judge, const fedval_evidence *const *evidence,
                             size_t count, fedval_report **reports, fedval_error *error)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < judge->policies.count; i++) {
        fedval_report **some = reports + i * count;
        if (judge->settings->apply != NULL)
            status = apply_actions(judge, i, evidence, count, some, error);
        else if (judge->settings->pair)
            status = judge_apart(judge, i, evidence, count, some);
        else
            status = fedval_evaluate_together(judge->judge, i, evidence, count, some);
    }
    return status;
}

/* Takes the report over. Whoever takes reports redacts what it makes of them. */
static void show_redacted(cmd_judge *judge, fedval_report *report, const cmd_held *held,
                          const char *early)
{
    bool is_shown = judge->take == NULL;
    fedval_status status = is_shown && judge->settings->redact
                               ? fedval_report_redact(report, held->evidence)
                               : FEDVAL_OK;
    if (status == FEDVAL_OK) {
        show(judge, report, early);
        return;
    }
    fedval_report_free(report);
    output_internal(judge->output, status);
}

static void show_held(cmd_judge *judge, fedval_report **reports, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < judge->num_held; i++) {
        const cmd_held *held = &judge->held[i];
        if (held->evidence == NULL) {
            output_refuse(judge->output, held->exit_status, held->source, held->status,
                          held->error);
            continue;
        }
        for (size_t k = 0; k < judge->policies.count; k++) {
            show_redacted(judge, reports[k * count + at], held,
                          held->early != NULL ? held->early[k] : NULL);
            reports[k * count + at] = NULL;
        }
        at++;
    }
}

void judge_held(cmd_judge *judge)
{
    fedval_error *error = fedval_error_new();
    size_t count = 0, num_reports = (judge->num_held + 1) * (judge->policies.count + 1);
    const fedval_evidence **evidence = calloc(judge->num_held + 1, sizeof(fedval_evidence *));
    fedval_report **reports = calloc(num_reports, sizeof(fedval_report *));
    fedval_status status = evidence != NULL && reports != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; status == FEDVAL_OK && i < judge->num_held; i++) {
        if (judge->held[i].evidence != NULL)
            evidence[count++] = judge->held[i].evidence;
    }
    if (status == FEDVAL_OK && count > 0)
        status = judge_evaluate(judge, evidence, count, reports, error);
    if (status == FEDVAL_OK && count > 0 && judge->settings->pair && judge->settings->redact)
        status = pair_redact(judge, evidence, count, reports);
    if (status == FEDVAL_OK)
        show_held(judge, reports, count);
    else if (judge->settings->apply != NULL && status != FEDVAL_ERROR_NO_MEMORY)
        output_refuse(judge->output, EXIT_INPUT, judge->settings->apply, status, error);
    else
        output_internal(judge->output, status);
    for (size_t i = 0; reports != NULL && i < num_reports; i++)
        fedval_report_free(reports[i]);
    free(reports);
    free(evidence);
    fedval_error_free(error);
    clear_held(judge);
}

/* The formats that show all reports at once, but for those of monitoring. */
static const struct {
    uint32_t format;
    fedval_status (*write)(const fedval_report *const *reports, size_t num_reports, char **out_text,
                           size_t *out_len);
} writers[] = {
    {FORMAT_MARKDOWN, fedval_reports_to_markdown},
    {FORMAT_CSV, fedval_reports_to_csv},
    {FORMAT_JUNIT, fedval_reports_to_junit},
    {FORMAT_SARIF, fedval_reports_to_sarif},
};

static void finish_nagios(cmd_judge *judge, const fedval_report *const *reports)
{
    cmd_output *output = judge->output;
    char *text = NULL;
    size_t text_len = 0;
    uint32_t exit_status = 0;
    fedval_status status =
        fedval_reports_to_nagios(reports, judge->num_reports, &text, &text_len, &exit_status);
    output->nagios = (int)exit_status;
    if (status == FEDVAL_OK && exit_status != NAGIOS_CRITICAL && output->refusals != NULL) {
        plugin_write(output, text, text_len);
        fedval_text_free(text);
        return;
    }
    output_text(output, status, text, text_len);
}

/* Metrics about the run are written even where nothing could be judged. */
static void finish_prometheus(cmd_judge *judge, const fedval_report *const *reports)
{
    fedval_metrics_options run = output_run(judge->output);
    char *text = NULL;
    size_t text_len = 0;
    fedval_status status =
        fedval_reports_to_prometheus(reports, judge->num_reports, &run, &text, &text_len);
    judge->output->has_metrics = status == FEDVAL_OK;
    output_text(judge->output, status, text, text_len);
}

void judge_finish(cmd_judge *judge)
{
    judge_held(judge);
    const fedval_report *const *reports = (const fedval_report *const *)judge->reports;
    char *text = NULL;
    size_t text_len = 0;
    if (judge->output->format == FORMAT_PROMETHEUS)
        finish_prometheus(judge, reports);
    else if (judge->num_reports > 0 && judge->output->format == FORMAT_NAGIOS)
        finish_nagios(judge, reports);
    for (size_t i = 0; i < sizeof(writers) / sizeof(writers[0]); i++) {
        if (judge->num_reports == 0 || writers[i].format != judge->output->format)
            continue;
        fedval_status status = writers[i].write(reports, judge->num_reports, &text, &text_len);
        output_text(judge->output, status, text, text_len);
    }
    closing_write(&judge->closing, judge->output);
    accepted_tell(&judge->accepted, &judge->policies);
}
