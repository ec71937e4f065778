/* A plan for people: the steps in their order, then the result of a check after them. */
#include "fedval/render.h"
#include "render/plan/plan_words.h"

enum { COLUMN_WHEN = 5, COLUMN_KIND = 22, COLUMN_TEXT = 34 };

/* ---- steps ---- */

static void begin_extra(fv_out *out)
{
    fv_out_newline(out);
    fv_out_pad(out, COLUMN_TEXT);
}

/* The record is copied from the screen: what goes with it has lines of its own. */
static void put_dns(fv_out *out, const fedval_plan_step *step)
{
    fv_out_text(out, fv_plan_change(step));
    fv_out_text(out, "  ");
    fv_out_begin_record(out);
    fv_plan_put_bare_record(out, step);
    if (step->is_one_change) {
        begin_extra(out);
        fv_out_text(out, fv_plan_one_change);
    }
    if (step->wait_s > 0) {
        begin_extra(out);
        fv_out_text(out, "then wait ");
        fv_out_u64(out, step->wait_s);
        fv_out_text(out, " s");
    }
}

static void put_request(fv_out *out, const fedval_plan *plan, const fedval_plan_step *step)
{
    const fedval_plan_certificate *certificate = &plan->certificates[step->certificate];
    fv_out_text(out, step->owner);
    fv_out_text(out, certificate->is_for_both ? " (server and calling):" : " ");
    fv_out_text(out, certificate->is_for_both ? "" : step->type);
    fv_out_text(out, certificate->is_for_both ? "" : ":");
    fv_out_more_prose(out, step->data, COLUMN_TEXT);
    if (certificate->origin != FEDVAL_PLAN_ORIGIN_NEW)
        return;
    begin_extra(out);
    fv_plan_put_page_use(out, certificate);
}

static void put_extra(fv_out *out, const char *label, const char *text)
{
    begin_extra(out);
    fv_out_text(out, label);
    fv_out_more_prose(out, text, COLUMN_TEXT);
}

static void put_step(fv_out *out, const fedval_plan *plan, const fedval_plan_step *step)
{
    fv_out_text(out, step->number < 10 ? "  " : step->number < 100 ? " " : "");
    fv_out_u64(out, step->number);
    fv_out_pad(out, COLUMN_WHEN);
    fv_plan_put_when(out, step);
    fv_out_pad(out, COLUMN_KIND);
    fv_out_text(out, step->kind == FEDVAL_PLAN_KIND_DNS ? "DNS"
                                                        : fedval_plan_kind_to_string(step->kind));
    fv_out_pad(out, COLUMN_TEXT);
    if (step->kind == FEDVAL_PLAN_KIND_DNS) {
        put_dns(out, step);
    } else if (step->kind == FEDVAL_PLAN_KIND_REQUEST) {
        put_request(out, plan, step);
    } else {
        fv_out_text(out, step->owner);
        fv_out_text(out, step->type == NULL ? ":" : " ");
        fv_out_text(out, step->type == NULL ? "" : step->type);
        fv_out_text(out, step->type == NULL ? "" : ":");
        fv_out_more_prose(out, step->data, COLUMN_TEXT);
    }
    if (step->hurts != NULL)
        put_extra(out, "HURTS", step->hurts);
    fv_out_newline(out);
}

/* ---- what lies ready ---- */

static void put_finding(fv_out *out, const fedval_finding *finding)
{
    enum fv_style style = finding->remark.severity == FEDVAL_SEVERITY_ERROR ? FV_RED : FV_YELLOW;
    fv_out_text(out, "    ");
    fv_out_styled(out, style, fedval_severity_to_string(finding->remark.severity));
    fv_out_text(out, " ");
    fv_out_text(out, finding->entry->id);
    fv_out_text(out, ": ");
    fv_out_prose(out, fedval_finding_get_message(finding), 6);
    fv_out_newline(out);
}

static void put_ready(fv_out *out, const fedval_plan_certificate *certificate)
{
    if (certificate->num_ready_der == 0)
        return;
    fv_out_text(out, "Ready   ");
    fv_plan_put_ready(out, certificate);
    for (size_t i = 0; i < certificate->num_findings; i++) {
        if (!fv_plan_is_said_before(certificate->findings, i))
            put_finding(out, &certificate->findings[i]);
    }
}

/* ---- the verdict after it ---- */

static void put_verdict(fv_out *out, uint32_t verdict)
{
    switch (verdict) {
    case FEDVAL_VERDICT_PASS:
        fv_out_styled(out, FV_GREEN, "PASS");
        return;
    case FEDVAL_VERDICT_FAIL:
        fv_out_styled(out, FV_RED, "FAIL");
        return;
    case FEDVAL_VERDICT_INDETERMINATE:
        fv_out_styled(out, FV_YELLOW, "INDETERMINATE");
        return;
    default:
        fv_out_text(out, "not known");
    }
}

typedef size_t (*text_count)(const fedval_plan *plan);
typedef const char *(*text_of)(const fedval_plan *plan, size_t index);

static void put_list(fv_out *out, const char *label, const fedval_plan *plan, text_count count,
                     text_of get)
{
    for (size_t i = 0; i < count(plan); i++) {
        fv_out_text(out, i == 0 ? label : "");
        fv_out_pad(out, 11);
        fv_out_prose(out, get(plan, i), 11);
        fv_out_newline(out);
    }
}

static void put_after(fv_out *out, const fedval_plan *plan)
{
    fv_out_text(out, "After all steps");
    fv_out_newline(out);
    for (size_t i = 0; i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        fv_out_text(out, "  ");
        fv_out_text(out, domain->name);
        fv_out_text(out, " ");
        put_verdict(out, domain->verdict_after);
        fv_plan_put_in_place(out, plan, domain);
        fv_out_text(out, " (now ");
        put_verdict(out, domain->verdict_today);
        fv_plan_put_why_today(out, domain);
        fv_out_text(out, ")");
        fv_out_newline(out);
        for (size_t k = 0; k < domain->num_findings; k++) {
            if (!fv_plan_is_said_before(domain->findings, k))
                put_finding(out, &domain->findings[k]);
        }
    }
    fv_out_text(out, "  ");
    fv_plan_put_judged_again(out, plan);
}

fedval_status fedval_plan_to_text(const fedval_plan *plan, const fedval_text_options *options,
                                  char **out_text, size_t *out_len)
{
    fv_out out;
    if (plan == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_out_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    out.breaks = true;
    fv_plan_put_head(&out, plan);
    fv_out_newline(&out);
    for (size_t i = 0; i < plan->num_steps; i++)
        put_step(&out, plan, &plan->steps[i]);
    fv_out_newline(&out);
    for (size_t i = 0; i < plan->num_certificates; i++)
        put_ready(&out, &plan->certificates[i]);
    put_after(&out, plan);
    put_list(&out, "Assumed", plan, fedval_plan_count_assumed, fedval_plan_get_assumed);
    put_list(&out, "Questions", plan, fedval_plan_count_questions, fedval_plan_get_question);
    return fv_out_finish(&out, out_text, out_len);
}
