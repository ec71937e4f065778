/* A plan in Markdown: the steps in their order, each to copy; what comes of them; the letters. */
#include "fedval/policy.h"
#include "fedval/render.h"
#include "render/exchange/markdown.h"
#include "render/plan/plan_words.h"
#include "render/text/report_text.h"

static void put_heading(fv_markdown *out, const fedval_plan_step *step)
{
    bool is_dns = step->kind == FEDVAL_PLAN_KIND_DNS;
    fv_markdown_raw(out, "\n### ");
    fv_markdown_u64(out, step->number);
    fv_markdown_raw(out, " ");
    fv_markdown_raw(out, is_dns ? "DNS" : fedval_plan_kind_to_string(step->kind));
    fv_markdown_raw(out, " ");
    fv_markdown_text(out, is_dns ? fv_plan_change(step) : step->owner);
    fv_markdown_raw(out, step->type != NULL ? " " : "");
    fv_markdown_text(out, step->type);
    fv_markdown_raw(out, "\n\nOn ");
    fv_markdown_raw(out, fv_text_side(step->side));
    fv_markdown_raw(out, ", ");
    if (step->alternative_to != 0) {
        fv_markdown_raw(out, "in place of step ");
        fv_markdown_u64(out, step->alternative_to);
    } else {
        fv_plan_put_when(&out->words, step);
        fv_markdown_words(out);
    }
    if (step->wait_s > 0) {
        fv_markdown_raw(out, "; then wait ");
        fv_markdown_u64(out, step->wait_s);
        fv_markdown_raw(out, " s");
    }
    fv_markdown_raw(out, ".\n");
}

static void put_step(fv_markdown *out, const fedval_plan_step *step)
{
    put_heading(out, step);
    if (step->kind == FEDVAL_PLAN_KIND_DNS) {
        fv_plan_put_record(&out->words, step);
        fv_markdown_block(out, &out->words);
    } else {
        fv_markdown_block_of(out, step->data);
    }
    if (step->hurts == NULL)
        return;
    fv_markdown_raw(out, "**But** it ");
    fv_markdown_text(out, step->hurts);
    fv_markdown_raw(out, "\n");
}

typedef size_t (*text_count)(const fedval_plan *plan);
typedef const char *(*text_of)(const fedval_plan *plan, size_t index);

static void put_list(fv_markdown *out, const char *heading, const fedval_plan *plan,
                     text_count count, text_of get)
{
    fv_markdown_raw(out, count(plan) > 0 ? heading : "");
    for (size_t i = 0; i < count(plan); i++) {
        fv_markdown_raw(out, "- ");
        fv_markdown_text(out, get(plan, i));
        fv_markdown_raw(out, "\n");
    }
}

static void put_domain(fv_markdown *out, const fedval_plan *plan, const fedval_plan_domain *domain)
{
    fv_markdown_raw(out, "- ");
    fv_markdown_text(out, domain->name);
    fv_markdown_raw(out, ": ");
    fv_markdown_raw(out, fedval_verdict_to_string(domain->verdict_after));
    fv_plan_put_in_place(&out->words, plan, domain);
    fv_markdown_words(out);
    fv_markdown_raw(out, " (now ");
    fv_markdown_raw(out, fedval_verdict_to_string(domain->verdict_today));
    fv_plan_put_why_today(&out->words, domain);
    fv_markdown_words(out);
    fv_markdown_raw(out, ")\n");
    for (size_t i = 0; i < domain->num_findings; i++) {
        if (fv_plan_is_said_before(domain->findings, i))
            continue;
        fv_markdown_raw(out, "  - ");
        fv_markdown_raw(out, fedval_severity_to_string(domain->findings[i].remark.severity));
        fv_markdown_raw(out, " ");
        fv_markdown_raw(out, domain->findings[i].entry->id);
        fv_markdown_raw(out, ": ");
        fv_markdown_text(out, fedval_finding_get_message(&domain->findings[i]));
        fv_markdown_raw(out, "\n");
    }
}

static void put_ready(fv_markdown *out, const fedval_plan *plan)
{
    for (size_t i = 0; i < plan->num_certificates; i++) {
        const fedval_plan_certificate *certificate = &plan->certificates[i];
        if (certificate->num_ready_der == 0)
            continue;
        fv_markdown_raw(out, "\nReady: ");
        fv_plan_put_ready(&out->words, certificate);
        fv_markdown_words(out);
        fv_markdown_raw(out, "\n");
        for (size_t k = 0; k < certificate->num_findings; k++)
            fv_markdown_finding(&out->buf, &certificate->findings[k]);
    }
}

static fedval_status put_letters(fv_markdown *out, const fedval_plan *plan)
{
    for (size_t i = 0; i < plan->num_files; i++) {
        char *text = NULL;
        if (plan->files[i].kind != FV_PLAN_FILE_LETTER)
            continue;
        fedval_status status = fedval_plan_file_to_text(plan, i, &text, NULL);
        if (status != FEDVAL_OK)
            return status;
        fv_markdown_raw(out, "\n### To send to the partner\n");
        fv_markdown_block_of(out, text);
        fedval_text_free(text);
    }
    return FEDVAL_OK;
}

fedval_status fedval_plan_to_markdown(const fedval_plan *plan, char **out_text, size_t *out_len)
{
    fv_markdown out;
    if (plan == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_markdown_init(&out);
    fv_markdown_raw(&out, "## Plan: ");
    fv_markdown_raw(&out, fedval_verdict_to_string(plan->verdict_after));
    fv_markdown_raw(&out, " after all steps\n\n");
    fv_plan_put_head(&out.words, plan);
    fv_markdown_words(&out);
    fv_markdown_raw(&out, "\n");
    put_list(&out, "\n### Questions\n\n", plan, fedval_plan_count_questions,
             fedval_plan_get_question);
    for (size_t i = 0; i < plan->num_steps; i++)
        put_step(&out, &plan->steps[i]);
    put_ready(&out, plan);
    fv_markdown_raw(&out, "\n### After all steps\n\n");
    for (size_t i = 0; i < plan->num_domains; i++)
        put_domain(&out, plan, &plan->domains[i]);
    put_list(&out, "\n### Taken for granted\n\n", plan, fedval_plan_count_assumed,
             fedval_plan_get_assumed);
    /* memory is all that letters can lack */
    out.buf.failed |= put_letters(&out, plan) != FEDVAL_OK;
    return fv_markdown_finish(&out, out_text, out_len);
}
