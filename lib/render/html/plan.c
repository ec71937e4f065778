/* A plan as HTML: the verdict after it, what is open, the steps in their order, the letters and
 * files. */
#include "render/html/plan.h"
#include "render/plan/plan_words.h"

static const fv_html_look *look_of(const fedval_plan *plan)
{
    static const fv_html_look looks[] = {
        [0] = {"none", "none", "not judged"},
        [FEDVAL_PLAN_OUTCOME_PASS] = {"pass", "sound", "passes after all steps"},
        [FEDVAL_PLAN_OUTCOME_FAIL] = {"fail", "broken", "fails even after all steps"},
        [FEDVAL_PLAN_OUTCOME_INDETERMINATE] = {"indeterminate", "open",
                                               "indeterminate after all steps"},
        [FEDVAL_PLAN_OUTCOME_NOTHING_TO_DO] = {"pass", "sound", "passes, nothing is to be done"},
        [FEDVAL_PLAN_OUTCOME_READY_REFUSED] =
            {"fail", "broken", "passes after all steps, but not with what lies ready"},
    };
    return &looks[fedval_plan_get_outcome(plan)];
}

static void put_head(fv_html *out, const fedval_plan *plan)
{
    fv_html_begin(out, "Plan", look_of(plan));
    fv_html_raw(out, "<p class=\"because\">");
    fv_plan_put_head(&out->words, plan);
    fv_html_words(out);
    fv_html_raw(out, "</p>\n<p class=\"how\">");
    fv_plan_put_judged_again(&out->words, plan);
    fv_html_words(out);
    fv_html_raw(out, "</p>\n</div>\n");
}

typedef size_t (*text_count)(const fedval_plan *plan);
typedef const char *(*text_of)(const fedval_plan *plan, size_t index);

static void put_list(fv_html *out, const char *heading, const fedval_plan *plan, text_count count,
                     text_of get)
{
    if (count(plan) == 0)
        return;
    fv_html_raw(out, heading);
    fv_html_raw(out, "<ul class=\"plain\">\n");
    for (size_t i = 0; i < count(plan); i++)
        fv_html_element(out, "<li>", get(plan, i), "</li>\n");
    fv_html_raw(out, "</ul>\n");
}

static void put_steps(fv_html *out, const fedval_plan *plan)
{
    if (plan->num_steps == 0)
        return;
    fv_html_raw(out, "<h3>What to do, in this order</h3>\n<ol>\n");
    for (size_t i = 0; i < plan->num_steps; i++)
        fv_html_plan_step(out, plan, &plan->steps[i]);
    fv_html_raw(out, "</ol>\n");
}

static void put_ready(fv_html *out, const fedval_plan *plan)
{
    bool is_first = true;
    for (size_t i = 0; i < plan->num_certificates; i++) {
        const fedval_plan_certificate *certificate = &plan->certificates[i];
        if (certificate->num_ready_der == 0)
            continue;
        fv_html_raw(out, is_first ? "<h3>What lies ready</h3>\n" : "");
        is_first = false;
        fv_html_raw(out, "<p>");
        fv_plan_put_ready(&out->words, certificate);
        fv_html_words(out);
        fv_html_raw(out, "</p>\n");
        fv_html_finding_cards(out, certificate->findings, certificate->num_findings);
    }
}

static void put_domain(fv_html *out, const fedval_plan *plan, const fedval_plan_domain *domain)
{
    fv_html_raw(out, "<li>");
    fv_html_value(out, domain->name);
    fv_html_raw(out, " ");
    fv_html_tag(out, fv_html_verdict_look(domain->verdict_after));
    fv_plan_put_in_place(&out->words, plan, domain);
    fv_html_words(out);
    fv_html_raw(out, " <span class=\"how\">now ");
    fv_html_raw(out, fv_html_verdict_look(domain->verdict_today)->word);
    fv_plan_put_why_today(&out->words, domain);
    fv_html_words(out);
    fv_html_raw(out, "</span>\n");
    for (size_t i = 0; i < domain->num_findings; i++) {
        if (!fv_plan_is_said_before(domain->findings, i))
            fv_html_finding_cards(out, &domain->findings[i], 1);
    }
    fv_html_raw(out, "</li>\n");
}

static void put_domains(fv_html *out, const fedval_plan *plan)
{
    fv_html_raw(out, "<h3>After all steps</h3>\n<ul class=\"times\">\n");
    for (size_t i = 0; i < plan->num_domains; i++)
        put_domain(out, plan, &plan->domains[i]);
    fv_html_raw(out, "</ul>\n");
}

fedval_status fedval_plan_to_html(const fedval_plan *plan, const fedval_html_options *options,
                                  char **out_html, size_t *out_len)
{
    fv_html out;
    if (plan == NULL || out_html == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_html_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    put_head(&out, plan);
    put_list(&out, "<h3>Questions that only you can answer</h3>\n", plan,
             fedval_plan_count_questions, fedval_plan_get_question);
    put_steps(&out, plan);
    put_ready(&out, plan);
    put_domains(&out, plan);
    put_list(&out, "<h3>Taken for granted</h3>\n", plan, fedval_plan_count_assumed,
             fedval_plan_get_assumed);
    /* memory is all that files can lack */
    out.buf.failed |= fv_html_plan_files(&out, plan) != FEDVAL_OK;
    fv_html_end(&out);
    return fv_html_finish(&out, out_html, out_len);
}
