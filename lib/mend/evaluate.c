/* fedval_evaluate: makes a report from evidence and a judge. */
#include "fedval/evaluate.h"

#include "base/calendar.h"
#include "judge/endpoints.h"
#include "judge/finding.h"
#include "judge/judge.h"
#include "judge/judgement.h"
#include "judge/steps.h"
#include "mend/apply.h"
#include "mend/not_checked.h"
#include "mend/together.h"
#include "trust/anchors.h"

#include <stdlib.h>
#include <string.h>

/* ---- the head of the report ---- */

static const char *copy(fv_arena *arena, const char *text, bool *ok)
{
    if (text == NULL)
        return NULL;
    const char *copied = fv_arena_copy_text(arena, text, strlen(text));
    *ok &= copied != NULL;
    return copied;
}

static bool fill_head(fedval_report *report, const fv_judgement *judgement)
{
    const fv_scene *scene = &judgement->scene;
    const fv_rules_input *input = scene->input;
    bool ok = true;
    report->domain = scene->domain;
    report->domain_given = copy(&report->arena, input->evidence->domain_given, &ok);
    report->side = scene->side;
    report->side_inferred = scene->is_side_inferred;
    report->profile = input->policy->profile;
    report->policy = fv_policy_copy_to(&report->arena, input->policy, input->time);
    ok &= report->policy != NULL;
    report->scope = (uint32_t)input->policy->scope;
    report->gathered_at = input->evidence->time;
    report->evaluated_at = input->time;
    report->srv_owner = scene->srv_owner;
    if (scene->srv != NULL) {
        report->srv_outcome = scene->srv->outcome;
        ok &= fv_fact_sources_copy(&report->arena, &scene->srv->sources, &report->dns_sources);
    }
    fv_describe_anchors(input->anchors, report->anchors);
    report->verdict = judgement->verdict;
    memcpy(report->requirements, judgement->requirements, sizeof(report->requirements));
    memcpy(report->required, judgement->required, sizeof(report->required));
    report->valid_until = fv_judgement_valid_until(judgement);
    return ok;
}

/* ---- actions ---- */

static fedval_status fill_actions(fedval_report *report, const fv_judgement *judgement,
                                  const fv_given_actions *given)
{
    fv_mend mend;
    report->after_actions = judgement->verdict;
    if (judgement->verdict == FEDVAL_VERDICT_PASS && given == NULL)
        return FEDVAL_OK;
    fedval_status status = given == NULL
                               ? fv_mend_make(&report->arena, judgement, &mend, report)
                               : fv_mend_apply(&report->arena, judgement, given, &mend, report);
    fv_mend_clear(&mend);
    /* Evidence of the maximum size has no room for the facts that the actions would add. The report
     * has no actions then. */
    if (status == FEDVAL_ERROR_LIMIT && given == NULL)
        return FEDVAL_OK;
    if (status == FEDVAL_OK &&
        !fv_mend_partner_alternative(&report->arena, judgement, &report->partner_alternative))
        status = FEDVAL_ERROR_NO_MEMORY;
    return status;
}

/* ---- the whole ---- */

/* The bytes of a usual report, on one target: its arena need not grow step by step. */
#define USUAL_REPORT_SIZE (8 * 1024)

/* Makes an empty report in its own arena. NULL: memory is short. */
static fedval_report *new_report(void)
{
    fv_arena arena;
    fv_arena_init(&arena);
    fedval_report *report = fv_arena_reserve(&arena, USUAL_REPORT_SIZE)
                                ? fv_arena_alloc(&arena, sizeof(*report))
                                : NULL;
    if (report != NULL)
        report->arena = arena;
    else
        fv_arena_clear(&arena);
    return report;
}

static fedval_status fill(fedval_report *report, const fv_rules_input *input,
                          const fv_given_actions *given)
{
    fv_judgement judgement;
    fedval_status status = fv_judgement_make(&report->arena, input, &judgement);
    if (status != FEDVAL_OK)
        return status;
    if (!fill_head(report, &judgement) || !fv_fill_not_checked(report, &judgement))
        return FEDVAL_ERROR_NO_MEMORY;
    status = fv_findings_from(&judgement, report);
    if (status == FEDVAL_OK)
        status = fv_endpoints_from(&judgement, report);
    if (status == FEDVAL_OK)
        fv_steps_mark(report);
    if (status == FEDVAL_OK)
        status = fill_actions(report, &judgement, given);
    if (status == FEDVAL_OK)
        report->num_findings_left_out = fv_findings_cut(input->policy, &report->num_findings);
    return status;
}

/* The rules judge view 0. If another view is the one to judge, `*out` becomes a copy with that view
 * first. */
static fedval_status put_judged_view_first(const fedval_evidence *evidence,
                                           const fedval_evidence **out)
{
    uint32_t view = fv_evidence_judged_view(evidence);
    fedval_evidence *copy = NULL;
    *out = evidence;
    if (view == 0)
        return FEDVAL_OK;
    fedval_status status = fv_evidence_copy_with_first(evidence, view, &copy);
    if (status == FEDVAL_OK)
        *out = copy;
    return status;
}

/* `evidence` is that of the caller. If the input has a copy instead, frees the copy. */
static void clear_input(const fv_rules_input *input, const fedval_evidence *evidence)
{
    if (input->evidence != evidence)
        fedval_evidence_free((fedval_evidence *)(uintptr_t)input->evidence);
}

/* Finds the input for policy `index`. After success, call clear_input at the end. */
static fedval_status find_input(const fedval_judge *judge, size_t index,
                                const fedval_evidence *evidence, fv_rules_input *out)
{
    const fedval_evidence *first;
    if (evidence == NULL || judge == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!judge->is_sealed)
        return FEDVAL_ERROR_STATE;
    if (index >= judge->num_rows)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = put_judged_view_first(evidence, &first);
    if (status != FEDVAL_OK)
        return status;
    *out = fv_judge_input(judge, fv_judge_choose(judge, index, first));
    out->evidence = first;
    if (out->time == FV_TIME_UNKNOWN)
        out->time = evidence->time;
    if (out->time != FV_TIME_UNKNOWN)
        return FEDVAL_OK;
    clear_input(out, evidence);
    return FEDVAL_ERROR_ARGUMENT;
}

static fedval_status make_report(const fv_rules_input *input, const fv_given_actions *given,
                                 fedval_report **out_report)
{
    fedval_report *report = new_report();
    if (report == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fill(report, input, given);
    if (status == FEDVAL_OK)
        *out_report = report;
    else
        fedval_report_free(report);
    return status;
}

fedval_status fv_evaluate_given(const fedval_judge *judge, size_t index,
                                const fedval_evidence *evidence, const fv_given_actions *given,
                                fedval_report **out_report)
{
    fv_rules_input input;
    if (out_report == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = find_input(judge, index, evidence, &input);
    if (status != FEDVAL_OK)
        return status;
    status = make_report(&input, given, out_report);
    clear_input(&input, evidence);
    return status;
}

fedval_status fedval_evaluate(const fedval_judge *judge, size_t index,
                              const fedval_evidence *evidence, fedval_report **out_report)
{
    return fv_evaluate_given(judge, index, evidence, NULL, out_report);
}

/* ---- several domains ---- */

static fedval_status make_reports(fv_rules_input *inputs, size_t num_inputs,
                                  fedval_report **reports)
{
    fv_together together;
    fedval_status status = fv_together_relate(inputs, num_inputs, &together);
    for (size_t i = 0; status == FEDVAL_OK && i < num_inputs; i++) {
        fv_together_tell(&together, i, &inputs[i]);
        status = make_report(&inputs[i], NULL, &reports[i]);
    }
    fv_together_clear(&together);
    return status;
}

fedval_status fedval_evaluate_together(const fedval_judge *judge, size_t index,
                                       const fedval_evidence *const *evidence, size_t num_evidence,
                                       fedval_report **out_reports)
{
    if (evidence == NULL || out_reports == NULL || num_evidence == 0)
        return FEDVAL_ERROR_ARGUMENT;
    fv_rules_input *inputs = calloc(num_evidence, sizeof(*inputs));
    fedval_report **reports = calloc(num_evidence, sizeof(fedval_report *));
    fedval_status status = inputs != NULL && reports != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
    size_t num_inputs = 0;
    for (size_t i = 0; status == FEDVAL_OK && i < num_evidence; i++) {
        status = find_input(judge, index, evidence[i], &inputs[i]);
        num_inputs += status == FEDVAL_OK;
    }
    if (status == FEDVAL_OK)
        status = make_reports(inputs, num_evidence, reports);
    if (status == FEDVAL_OK)
        memcpy(out_reports, reports, num_evidence * sizeof(fedval_report *));
    for (size_t i = 0; status != FEDVAL_OK && reports != NULL && i < num_evidence; i++)
        fedval_report_free(reports[i]);
    for (size_t i = 0; i < num_inputs; i++)
        clear_input(&inputs[i], evidence[i]);
    free(reports);
    free(inputs);
    return status;
}
