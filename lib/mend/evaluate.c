/* fedval_evaluate: everything -> report. */
#include "fedval/evaluate.h"

#include "base/calendar.h"
#include "judge/endpoints.h"
#include "judge/judgement.h"
#include "judge/statement.h"
#include "mend/plan.h"
#include "trust/anchors.h"

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

static fv_report_anchors describe_anchors(const fedval_anchors *anchors, uint32_t anchor_class)
{
    fv_report_anchors out = {0};
    if (anchors == NULL)
        return out;
    out.count = fedval_anchors_count(anchors, anchor_class);
    const char *digest = fv_anchors_digest(anchors, anchor_class);
    memcpy(out.sha256, digest, strlen(digest) + 1);
    return out;
}

static bool fill_head(fedval_report *report, const fv_judgement *judgement)
{
    const fv_view *view = &judgement->view;
    const fv_rules_input *input = view->input;
    bool ok = true;
    report->domain = view->domain;
    report->domain_given = copy(&report->arena, input->evidence->domain_given, &ok);
    report->side = view->side;
    report->side_inferred = view->is_side_inferred;
    report->profile = input->policy->profile;
    report->scope = (uint32_t)input->policy->scope;
    report->gathered_at = input->evidence->time;
    report->evaluated_at = input->time;
    report->srv_owner = view->srv_owner;
    if (view->srv != NULL) {
        report->srv_outcome = view->srv->outcome;
        report->dns_source = copy(&report->arena, view->srv->source, &ok);
    }
    report->public_anchors = describe_anchors(input->anchors, FEDVAL_ANCHOR_PUBLIC);
    report->private_anchors = describe_anchors(input->anchors, FEDVAL_ANCHOR_PRIVATE);
    report->verdict = judgement->verdict;
    memcpy(report->requirements, judgement->requirements, sizeof(report->requirements));
    report->valid_until = fv_judgement_valid_until(judgement);
    return ok;
}

/* ---- what was not checked ---- */

static bool was_probed(const fv_view_target *target)
{
    for (size_t i = 0; i < target->num_addresses; i++) {
        const fedval_fact *probe = target->addresses[i].probe;
        if (probe != NULL && probe->outcome != 0 && probe->outcome != FEDVAL_OUTCOME_NOT_PROBED)
            return true;
    }
    return false;
}

static bool is_port_checked(const fv_view *view)
{
    bool any = false;
    for (size_t i = 0; i < view->num_targets; i++) {
        if (view->targets[i].counts && !was_probed(&view->targets[i]))
            return false;
        any |= view->targets[i].counts;
    }
    return any;
}

static bool fill_not_checked(fedval_report *report, const fv_view *view)
{
    const struct {
        const char *what;
        bool is_checked;
    } all[] = {
        {"port-5061", is_port_checked(view)},
        {"calling-certificate", view->has_client},
        {"partner-allowed-list", false},
        {"user-policy", false},
        {"media", false},
    };
    const size_t count = sizeof(all) / sizeof(all[0]);
    report->not_checked = fv_arena_alloc_array(&report->arena, count, sizeof(*report->not_checked));
    for (size_t i = 0; report->not_checked != NULL && i < count; i++) {
        if (!all[i].is_checked)
            report->not_checked[report->num_not_checked++] = all[i].what;
    }
    return report->not_checked != NULL;
}

/* ---- actions ---- */

static fedval_status fill_actions(fedval_report *report, const fv_judgement *judgement)
{
    fv_plan plan;
    report->after_actions = judgement->verdict;
    if (judgement->verdict == FEDVAL_VERDICT_PASS)
        return FEDVAL_OK;
    fedval_status status = fv_plan_make(&report->arena, judgement, &plan, &report->after_actions);
    if (status == FEDVAL_OK) {
        report->actions = plan.actions;
        report->num_actions = plan.num_actions;
    }
    fv_plan_clear(&plan);
    /* Evidence as large as can be has no room for what the actions would add to it. */
    if (status == FEDVAL_ERROR_LIMIT)
        return FEDVAL_OK;
    if (status == FEDVAL_OK &&
        !fv_plan_partner_alternative(&report->arena, judgement, &report->partner_alternative))
        status = FEDVAL_ERROR_NO_MEMORY;
    return status;
}

/* ---- the whole ---- */

/* What a report on one target takes, so that its arena need not grow step by step. */
#define USUAL_REPORT_SIZE (8 * 1024)

/* A report in its own arena. */
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

static fedval_status fill(fedval_report *report, const fv_rules_input *input)
{
    fv_judgement judgement;
    fedval_status status = fv_judge(&report->arena, input, &judgement);
    if (status != FEDVAL_OK)
        return status;
    if (!fill_head(report, &judgement) || !fill_not_checked(report, &judgement.view))
        return FEDVAL_ERROR_NO_MEMORY;
    status = fv_statements_from(&judgement, report);
    if (status == FEDVAL_OK)
        status = fv_endpoints_from(&judgement, report);
    return status == FEDVAL_OK ? fill_actions(report, &judgement) : status;
}

fedval_status fedval_evaluate(const fedval_evidence *evidence, const fedval_policy *policy,
                              const fedval_anchors *anchors, const fedval_crls *crls,
                              const fedval_verifier *verifier, fedval_report **out_report)
{
    if (evidence == NULL || policy == NULL || out_report == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_rules_input input = {.evidence = evidence,
                            .policy = policy,
                            .anchors = anchors,
                            .crls = crls,
                            .verifier = verifier,
                            .time =
                                policy->time != FV_TIME_UNKNOWN ? policy->time : evidence->time};
    if (input.time == FV_TIME_UNKNOWN)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_report *report = new_report();
    if (report == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fill(report, &input);
    if (status != FEDVAL_OK) {
        fedval_report_free(report);
        return status;
    }
    *out_report = report;
    return FEDVAL_OK;
}

uint32_t fedval_side_infer(const fedval_evidence *evidence, const fedval_policy *policy)
{
    return evidence != NULL && policy != NULL ? fv_side_infer(evidence, policy)
                                              : FEDVAL_SIDE_UNKNOWN;
}

uint32_t fedval_side_get_profile(uint32_t side)
{
    return side == FEDVAL_SIDE_MICROSOFT ? FEDVAL_PROFILE_EXPRESSWAY
                                         : FEDVAL_PROFILE_MICROSOFT_EDGE;
}
