/* The steps of a plan, and its files. */
#include "fedval/policy.h"
#include "render/html/plan.h"
#include "render/plan/plan_words.h"
#include "render/text/report_text.h"

/* ---- a step ---- */

static void put_what(fv_html *out, const fedval_plan *plan, const fedval_plan_step *step)
{
    bool is_dns = step->kind == FEDVAL_PLAN_KIND_DNS;
    fv_html_element(out, " <code>", is_dns ? "DNS" : fedval_plan_kind_to_string(step->kind),
                    "</code> ");
    if (is_dns) {
        fv_html_element(out, "<span>", fv_plan_change(step), "</span> ");
        fv_html_element(out, "<span>", step->type, "</span></h4>\n");
        return;
    }
    fv_html_value(out, step->owner);
    bool is_for_both =
        step->kind == FEDVAL_PLAN_KIND_REQUEST && plan->certificates[step->certificate].is_for_both;
    fv_html_element(out, " <span class=\"how\">",
                    is_for_both ? "the certificate for both roles, server and calling" : step->type,
                    "</span></h4>\n");
}

static void put_when(fv_html *out, const fedval_plan_step *step)
{
    fv_html_element(out, "<p class=\"how\">On ", fv_text_side(step->side), ", ");
    if (step->alternative_to != 0) {
        fv_html_raw(out, "in place of step ");
        fv_html_u64(out, step->alternative_to);
    } else {
        fv_plan_put_when(&out->words, step);
        fv_html_words(out);
    }
    if (step->wait_s > 0) {
        fv_html_raw(out, "; then wait ");
        fv_html_u64(out, step->wait_s);
        fv_html_raw(out, " s: so long may caches hold the old answer");
    }
    fv_html_raw(out, "</p>\n");
}

static void put_copied(fv_html *out, const fedval_plan *plan, const fedval_plan_step *step)
{
    if (step->kind == FEDVAL_PLAN_KIND_DNS)
        fv_plan_put_record(&out->words, step);
    else
        fv_out_text(&out->words, step->data);
    fv_html_raw(out, "<pre tabindex=\"0\">");
    fv_html_words(out);
    fv_html_raw(out, "</pre>\n");
    if (step->kind != FEDVAL_PLAN_KIND_REQUEST ||
        plan->certificates[step->certificate].origin != FEDVAL_PLAN_ORIGIN_NEW)
        return;
    fv_html_raw(out, "<p class=\"how\">");
    fv_plan_put_page_use(&out->words, &plan->certificates[step->certificate]);
    fv_html_words(out);
    fv_html_raw(out, "</p>\n");
}

void fv_html_plan_step(fv_html *out, const fedval_plan *plan, const fedval_plan_step *step)
{
    fv_html_raw(out, "<li class=\"card\"><h4><span class=\"number\">");
    fv_html_raw(out, step->alternative_to != 0 ? "or " : "");
    fv_html_u64(out, step->number);
    fv_html_raw(out, "</span>");
    put_what(out, plan, step);
    put_when(out, step);
    put_copied(out, plan, step);
    if (step->hurts != NULL)
        fv_html_element(out, "<p><b>But</b> it ", step->hurts, "</p>\n");
    fv_html_raw(out, "</li>\n");
}

/* ---- files ---- */

static fedval_status put_file(fv_html *out, const fedval_plan *plan, size_t index)
{
    bool is_letter = plan->files[index].kind == FV_PLAN_FILE_LETTER;
    char *text = NULL;
    fedval_status status = fedval_plan_file_to_text(plan, index, &text, NULL);
    if (status != FEDVAL_OK)
        return status;
    fv_html_element(out, is_letter ? "<p><code>" : "<details class=\"card\"><summary><code>",
                    plan->files[index].name,
                    is_letter ? "</code></p>\n<pre class=\"letter\" tabindex=\"0\">"
                              : "</code></summary>\n<pre tabindex=\"0\">");
    fv_html_lines(out, text);
    fv_html_raw(out, is_letter ? "</pre>\n" : "</pre></details>\n");
    fedval_text_free(text);
    return FEDVAL_OK;
}

static fedval_status put_files(fv_html *out, const fedval_plan *plan, const char *heading,
                               bool are_letters)
{
    bool is_first = true;
    for (size_t i = 0; i < plan->num_files; i++) {
        if ((plan->files[i].kind == FV_PLAN_FILE_LETTER) != are_letters)
            continue;
        fv_html_raw(out, is_first ? heading : "");
        is_first = false;
        fedval_status status = put_file(out, plan, i);
        if (status != FEDVAL_OK)
            return status;
    }
    return FEDVAL_OK;
}

fedval_status fv_html_plan_files(fv_html *out, const fedval_plan *plan)
{
    fedval_status status = put_files(out, plan, "<h3>To send to the partner</h3>\n", true);
    if (status != FEDVAL_OK)
        return status;
    return put_files(out, plan, "<h3>Files that the steps use</h3>\n", false);
}
