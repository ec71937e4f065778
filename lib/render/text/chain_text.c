/* One chain, shown as a ladder: the end-entity certificate on top, the root at the bottom, and a
 * mark at the rung that breaks. */
#include "fedval/name.h"
#include "fedval/policy.h"
#include "fedval/trust.h"
#include "judge/chain_result.h"
#include "render/text/report_text.h"

#define RUNG_COLUMN 6

/* ---- the head ---- */

void fv_text_chain_circumstances(fv_out *out, const fedval_chain_result *result)
{
    fv_out_text(out, "as ");
    fv_out_text(out, fedval_purpose_to_string(result->purpose));
    fv_out_text(out, ", judged by ");
    fv_out_text(out, fedval_profile_to_string(result->profile));
    fv_out_text(out, " at ");
    fv_out_time(out, result->evaluated_at);
    fv_out_text(out, "; ");
    fv_out_u64(out, result->anchors[FEDVAL_ANCHOR_PUBLIC].count);
    fv_out_text(out, " public and ");
    fv_out_u64(out, result->anchors[FEDVAL_ANCHOR_PRIVATE].count);
    fv_out_text(out, " private roots");
    if (out->options.public_roots != NULL) {
        fv_out_text(out, ", public roots from ");
        fv_out_text(out, out->options.public_roots);
    }
}

static void put_head(fv_out *out, const fedval_chain_result *result)
{
    const fv_report_certificate *certificate = result->presented.certificate;
    if (result->source != NULL) {
        fv_out_text(out, result->source);
        fv_out_text(out, ": ");
    }
    if (certificate == NULL)
        fv_out_styled(out, FV_BOLD, "a certificate that cannot be read");
    else
        fv_out_styled(out, FV_BOLD, certificate->subject);
    fv_out_text(out, "  ");
    fv_text_verdict(out, result->verdict);
    const fedval_finding *worst =
        fv_findings_worst(result->findings, result->num_findings, FEDVAL_SEVERITY_INDETERMINATE);
    if (worst != NULL) {
        fv_out_text(out, "  ");
        fv_out_prose(out, fedval_finding_get_message(worst), 2);
    }
    fv_out_newline(out);
    fv_text_chain_circumstances(out, result);
    fv_out_newline(out);
}

static void put_facts(fv_out *out, const fedval_chain_result *result)
{
    const fv_report_presented *presented = &result->presented;
    if (presented->certificate == NULL)
        return;
    fv_out_newline(out);
    if (result->name != NULL) {
        uint32_t match = presented->name_match;
        fv_text_begin_step(out, "name");
        fv_text_mark_step(out, presented->name);
        fv_out_text(out, result->name);
        fv_out_text(out, "; the certificate holds ");
        fv_text_names(out, presented->certificate);
        fv_out_text(out, fv_text_match(match));
        fv_out_newline(out);
    }
    fv_text_begin_step(out, "valid");
    fv_out_pad(out, FV_TEXT_VALUE_COLUMN);
    fv_out_time(out, presented->certificate->not_before);
    fv_out_text(out, " to ");
    fv_out_time(out, presented->certificate->not_after);
    fv_out_newline(out);
}

/* ---- the ladder ---- */

/* Writes the ids only: their explanations follow below the ladder. */
static void put_rung_findings(fv_out *out, const fv_report_path *path, size_t rung)
{
    for (size_t i = 0; i < path->num_findings; i++) {
        const fedval_finding *s = &path->findings[i];
        if (path->rungs[i] != rung || s->remark.severity <= FEDVAL_SEVERITY_NOTE)
            continue;
        fv_out_text(out, "  ");
        fv_out_text(out, s->entry->id);
    }
}

static void put_ladder_mark(fv_out *out, uint32_t mark)
{
    static const struct {
        const char *text;
        enum fv_style style;
    } marks[] = {
        [0] = {"|", FV_PLAIN},
        [FEDVAL_MARK_SOUND] = {"|", FV_PLAIN},
        [FEDVAL_MARK_WARNING] = {"!", FV_YELLOW},
        [FEDVAL_MARK_OPEN] = {"?", FV_YELLOW},
        [FEDVAL_MARK_BROKEN] = {"X", FV_RED},
        [FEDVAL_MARK_NOT_JUDGED] = {"|", FV_PLAIN},
    };
    fv_out_text(out, "   ");
    fv_out_styled(out, marks[mark].style, marks[mark].text);
    fv_out_pad(out, RUNG_COLUMN);
}

static void put_path(fv_out *out, const fv_report_path *path, size_t number)
{
    bool is_told = fv_text_is_revocation_told(path);
    fv_out_newline(out);
    fv_out_text(out, "  path ");
    fv_out_u64(out, number);
    fv_out_text(out, path->accepted ? ", accepted" : ", refused");
    put_rung_findings(out, path, SIZE_MAX);
    fv_out_newline(out);
    for (size_t i = 0; i < path->num_certificates; i++) {
        put_ladder_mark(out, path->certificates[i].mark);
        fv_out_text(out, path->certificates[i].subject);
        if (is_told)
            fv_text_revocation(out, path->certificates[i].revocation);
        put_rung_findings(out, path, i);
        fv_out_newline(out);
    }
}

/* The accepted path is first, else the one that got furthest. The paths after the fifth add little.
 */
#define PATHS_SHOWN 5

static void put_paths(fv_out *out, const fedval_chain_result *result)
{
    const fv_report_presented *presented = &result->presented;
    size_t num_shown = presented->num_paths < PATHS_SHOWN ? presented->num_paths : PATHS_SHOWN;
    size_t num_more = presented->num_paths - num_shown + result->num_paths_dropped;
    for (size_t i = 0; i < num_shown; i++)
        put_path(out, &presented->paths[i], i + 1);
    if (num_more > 0) {
        fv_out_newline(out);
        fv_out_text(out, "  and ");
        fv_out_u64(out, num_more);
        fv_out_text(out, num_more == 1 ? " more that was refused" : " more that were refused");
        fv_out_newline(out);
    }
    fv_out_newline(out);
    fv_out_text(out, "  ");
    fv_out_text(out, fv_text_trust(presented->trust));
    if (result->valid_until != FEDVAL_TIME_UNKNOWN) {
        fv_out_text(out, "; the path holds until ");
        fv_out_time(out, result->valid_until);
    }
    fv_out_newline(out);
}

static void put_findings(fv_out *out, const fedval_chain_result *result)
{
    for (size_t i = 0; i < result->num_findings; i++) {
        const fedval_finding *s = &result->findings[i];
        if (s->remark.severity == FEDVAL_SEVERITY_NOTE || !fv_remark_counts(&s->remark))
            continue;
        fv_out_newline(out);
        fv_text_finding_heading(out, s);
        fv_text_finding_body(out, s, i == 0);
    }
    fv_text_accepted(out, result->findings, result->num_findings);
    fv_text_left_out(out, result->num_findings_left_out);
    fv_text_notes(out, result->findings, result->num_findings, NULL);
}

fedval_status fedval_chain_result_to_text(const fedval_chain_result *result,
                                          const fedval_text_options *options, char **out_text,
                                          size_t *out_len)
{
    fv_out out;
    if (result == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_chain_result_make_texts(result))
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fv_out_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    out.breaks = true;
    put_head(&out, result);
    put_facts(&out, result);
    put_paths(&out, result);
    put_findings(&out, result);
    return fv_out_finish(&out, out_text, out_len);
}
