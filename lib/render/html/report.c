/* A report as HTML, verdict first. */
#include "catalogue/guide.h"
#include "fedval/policy.h"
#include "model/finding.h"
#include "render/html/parts.h"
#include "render/text/report_text.h"

#include <string.h>

static void put_head(fv_html *out, const fedval_report *report)
{
    fv_html_begin(out, report->domain, fv_html_verdict_look(report->verdict));
    if (strcmp(report->domain, report->domain_given) != 0)
        fv_html_element(out, "<p>given as <bdi>", report->domain_given, "</bdi></p>\n");
    fv_html_raw(out, "<p class=\"because\">");
    fv_text_headline(&out->words, report);
    fv_html_words(out);
    fv_html_raw(out, "</p>\n<p class=\"how\">");
    fv_text_circumstances(&out->words, report);
    fv_html_words(out);
    fv_html_raw(out, "</p>\n</div>\n");
}

static void put_requirement(fv_html *out, const fedval_report *report, uint32_t number)
{
    const fv_concept *asked = &fv_requirements[number - 1];
    const fv_html_look *look = fv_html_verdict_look(fedval_report_get_requirement(report, number));
    fv_html_open(out, "<li class=\"", look, "\"><details><summary>");
    fv_html_icon(out, look);
    fv_html_element(out, " ", asked->id, " ");
    fv_html_raw(out, look->word);
    fv_html_element(out, "<span class=\"title\">", asked->title, "</span></summary>");
    fv_html_element(out, "<p>", asked->text, "</p></details></li>\n");
}

static void put_requirements(fv_html *out, const fedval_report *report)
{
    fv_html_raw(out, "<h3>What federation asks for</h3>\n<ol class=\"marks\">\n");
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++)
        put_requirement(out, report, i);
    fv_html_raw(out, "</ol>\n");
}

static void put_certificates(fv_html *out, const fedval_report *report)
{
    fv_html_spans all = {.count = 0};
    for (size_t i = 0; i < report->num_endpoints; i++) {
        const fv_report_endpoint *endpoint = &report->endpoints[i];
        for (size_t j = 0; j < endpoint->num_addresses; j++)
            fv_html_spans_add(&all, &endpoint->addresses[j].presented, endpoint->target);
    }
    fv_html_spans_add(&all, &report->client, "calling");
    fv_html_draw_spans(out, &all, report->evaluated_at);
}

static void put_both_domains(fv_html *out, const fedval_report *report)
{
    if (!fv_text_both_domains(&out->words, report))
        return;
    fv_html_raw(out, "<p>");
    fv_html_words(out);
    fv_html_raw(out, "</p>\n");
}

static void put_unchecked(fv_html *out, const fedval_report *report, uint32_t what)
{
    fv_buf text;
    fv_buf_init(&text);
    fv_text_append_not_checked(&text, report, what);
    out->words.buf.failed = out->words.buf.failed || text.failed;
    if (!text.failed)
        fv_html_element(out, "<li>", text.data, "");
    fv_buf_clear(&text);
}

static void put_not_checked(fv_html *out, const fedval_report *report)
{
    if (report->num_not_checked == 0)
        return;
    fv_html_raw(out, "<h3>What was not checked</h3>\n<ul class=\"plain\">\n");
    for (size_t i = 0; i < report->num_not_checked; i++) {
        const char *how = fv_out_hint(&out->words, report->not_checked_hints[i]);
        put_unchecked(out, report, report->not_checked[i]);
        if (how != NULL)
            fv_html_element(out, " <span class=\"how\">(", how, ")</span>");
        fv_html_raw(out, "</li>\n");
    }
    fv_html_raw(out, "</ul>\n");
}

fedval_status fedval_report_to_html(const fedval_report *report, const fedval_html_options *options,
                                    char **out_html, size_t *out_len)
{
    fv_html out;
    if (report == NULL || out_html == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_reports_make_texts(&report, 1))
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fv_html_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    put_head(&out, report);
    put_requirements(&out, report);
    fv_html_endpoints(&out, report);
    fv_html_findings(&out, report->findings, report->num_findings);
    fv_html_actions(&out, report);
    put_both_domains(&out, report);
    put_certificates(&out, report);
    put_not_checked(&out, report);
    fv_html_letters(&out, report);
    fv_html_notes(&out, report->findings, report->num_findings);
    fv_html_end(&out);
    return fv_html_finish(&out, out_html, out_len);
}
