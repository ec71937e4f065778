/* One chain in Markdown: its paths, the fault at its certificate. */
#include "fedval/render.h"
#include "judge/chain_result.h"
#include "render/exchange/markdown.h"
#include "render/text/report_text.h"

#define MAX_PATHS 5 /* the accepted path is first; the paths after the fifth add little */

static void put_head(fv_markdown *out, const fedval_chain_result *result)
{
    const fv_report_certificate *certificate = result->presented.certificate;
    fv_markdown_raw(out, "## ");
    fv_markdown_text(out, certificate == NULL ? "a certificate that cannot be read"
                                              : certificate->subject);
    fv_markdown_raw(out, ": ");
    fv_markdown_raw(out, fedval_verdict_to_string(result->verdict));
    fv_markdown_raw(out, "\n\n");
    if (result->source != NULL) {
        fv_markdown_raw(out, "From ");
        fv_markdown_text(out, result->source);
        fv_markdown_raw(out, ", ");
    }
    fv_text_chain_circumstances(&out->words, result);
    fv_markdown_words(out);
    fv_markdown_raw(out, ".\n");
}

static void put_name(fv_markdown *out, const fedval_chain_result *result)
{
    if (result->presented.certificate == NULL)
        return;
    fv_markdown_raw(out, "\n- names: ");
    fv_text_names(&out->words, result->presented.certificate);
    fv_markdown_words(out);
    if (result->name == NULL) {
        fv_markdown_raw(out, "\n");
        return;
    }
    fv_markdown_raw(out, "\n- wanted name: ");
    fv_markdown_text(out, result->name);
    fv_markdown_text(out, fv_text_match(result->presented.name_match));
    fv_markdown_raw(out, "\n");
}

static void put_path(fv_markdown *out, const fv_report_path *path, size_t number)
{
    fv_markdown_raw(out, "\n### Path ");
    fv_markdown_u64(out, number);
    fv_markdown_raw(out, path->accepted ? ", accepted\n\n" : ", refused\n\n");
    for (size_t i = 0; i < path->num_certificates; i++) {
        fv_markdown_raw(out, "1. ");
        fv_markdown_text(out, path->certificates[i].subject);
        for (size_t k = 0; k < path->num_findings; k++) {
            if (path->rungs[k] != i || path->findings[k].remark.severity <= FEDVAL_SEVERITY_NOTE)
                continue;
            fv_markdown_raw(out, " **");
            fv_markdown_raw(out, path->findings[k].entry->id);
            fv_markdown_raw(out, "**");
        }
        fv_markdown_raw(out, "\n");
    }
}

fedval_status fedval_chain_result_to_markdown(const fedval_chain_result *result, char **out_text,
                                              size_t *out_len)
{
    fv_markdown out;
    if (result == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_chain_result_make_texts(result))
        return FEDVAL_ERROR_NO_MEMORY;
    fv_markdown_init(&out);
    put_head(&out, result);
    put_name(&out, result);
    for (size_t i = 0; i < result->presented.num_paths && i < MAX_PATHS; i++)
        put_path(&out, &result->presented.paths[i], i + 1);
    for (size_t i = 0; i < result->num_findings; i++) {
        if (result->findings[i].remark.severity > FEDVAL_SEVERITY_NOTE)
            fv_markdown_finding(&out.buf, &result->findings[i]);
    }
    return fv_markdown_finish(&out, out_text, out_len);
}
