/* One chain as HTML: its paths as ladders, the fault at its certificate. */
#include "fedval/name.h"
#include "fedval/policy.h"
#include "fedval/trust.h"
#include "judge/chain_result.h"
#include "render/html/parts.h"
#include "render/text/report_text.h"

/* The accepted path is first, else the one that got furthest. The paths after the fifth add little.
 */
#define MAX_PATHS 5

static void put_head(fv_html *out, const fedval_chain_result *result)
{
    const fv_report_certificate *certificate = result->presented.certificate;
    fv_html_begin(out,
                  certificate == NULL ? "a certificate that cannot be read" : certificate->subject,
                  fv_html_verdict_look(result->verdict));
    if (result->source != NULL)
        fv_html_element(out, "<p>from <bdi>", result->source, "</bdi></p>\n");
    const fedval_finding *worst =
        fv_findings_worst(result->findings, result->num_findings, FEDVAL_SEVERITY_INDETERMINATE);
    if (worst != NULL) {
        fv_html_element(out, "<p class=\"because\">", fedval_finding_get_message(worst), "</p>\n");
    }
    fv_html_raw(out, "<p class=\"how\">");
    fv_text_chain_circumstances(&out->words, result);
    fv_html_words(out);
    fv_html_raw(out, "</p>\n</div>\n");
}

static void put_name(fv_html *out, const fedval_chain_result *result)
{
    const fv_report_presented *presented = &result->presented;
    if (presented->certificate == NULL)
        return;
    fv_html_raw(out, "<h3>Its names</h3>\n<div class=\"card\"><ol class=\"steps\">\n");
    if (result->name != NULL) {
        fv_out_text(&out->words, result->name);
        fv_out_text(&out->words, "; the certificate holds ");
    }
    fv_text_names(&out->words, presented->certificate);
    fv_out_text(&out->words, result->name != NULL ? fv_text_match(presented->name_match) : NULL);
    fv_html_step(out, "Name",
                 result->name != NULL ? presented->name.mark : (uint32_t)FEDVAL_MARK_NOT_ASKED);
    fv_html_raw(out, "</ol></div>\n");
}

static void put_rung_findings(fv_html *out, const fv_report_path *path, size_t rung)
{
    for (size_t i = 0; i < path->num_findings; i++) {
        if (path->rungs[i] == rung && path->findings[i].remark.severity > FEDVAL_SEVERITY_NOTE)
            fv_html_element(out, " <code>", path->findings[i].entry->id, "</code>");
    }
}

static void put_path(fv_html *out, const fv_report_path *path, size_t number)
{
    fv_html_raw(out, "<div class=\"card\">\n<h4>Path ");
    fv_html_u64(out, number);
    fv_html_raw(out, path->accepted ? ", accepted" : ", refused");
    put_rung_findings(out, path, SIZE_MAX);
    fv_html_raw(out, "</h4>\n<ol class=\"ladder\">\n");
    for (size_t i = 0; i < path->num_certificates; i++) {
        const fv_html_look *look = fv_html_mark_look(path->certificates[i].mark);
        fv_html_open(out, "<li class=\"", look, "\">");
        fv_html_icon(out, look);
        fv_html_value(out, path->certificates[i].subject);
        put_rung_findings(out, path, i);
        fv_html_raw(out, "</li>\n");
    }
    fv_html_raw(out, "</ol>\n</div>\n");
}

static void put_paths(fv_html *out, const fedval_chain_result *result)
{
    const fv_report_presented *presented = &result->presented;
    size_t num_shown = presented->num_paths < MAX_PATHS ? presented->num_paths : MAX_PATHS;
    size_t num_more = presented->num_paths - num_shown + result->num_paths_dropped;
    fv_html_element(out, "<h3>Paths to a root</h3>\n<p>", fv_text_trust(presented->trust), "");
    if (result->valid_until != FEDVAL_TIME_UNKNOWN) {
        fv_html_raw(out, "; the path holds until ");
        fv_out_time(&out->words, result->valid_until);
        fv_html_words(out);
    }
    fv_html_raw(out, "</p>\n");
    for (size_t i = 0; i < num_shown; i++)
        put_path(out, &presented->paths[i], i + 1);
    if (num_more > 0) {
        fv_html_raw(out, "<p>Refused beside these: ");
        fv_html_u64(out, num_more);
        fv_html_raw(out, "</p>\n");
    }
}

fedval_status fedval_chain_result_to_html(const fedval_chain_result *result,
                                          const fedval_html_options *options, char **out_html,
                                          size_t *out_len)
{
    fv_html out;
    fv_html_spans spans = {.count = 0};
    if (result == NULL || out_html == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_chain_result_make_texts(result))
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fv_html_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    put_head(&out, result);
    put_name(&out, result);
    put_paths(&out, result);
    fv_html_findings(&out, result->findings, result->num_findings);
    fv_html_spans_add(&spans, &result->presented, "end entity");
    fv_html_draw_spans(&out, &spans, result->evaluated_at);
    fv_html_notes(&out, result->findings, result->num_findings);
    fv_html_end(&out);
    return fv_html_finish(&out, out_html, out_len);
}
