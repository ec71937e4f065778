/* What breaks when, for people: a time, the verdict from then on, and why. */
#include "fedval/render.h"
#include "render/text/report_text.h"
#include "render/text/words.h"

#define INDENT 4

void fv_text_milestone_finding(fv_out *out, const fv_milestone_finding *finding)
{
    if (!finding->is_new)
        fv_out_text(out, "no more: ");
    fv_out_text(out, fedval_finding_code_to_string(finding->code));
    if (finding->requirement != 0) {
        fv_out_text(out, " (R");
        fv_out_u64(out, finding->requirement);
        fv_out_text(out, ")");
    }
    if (finding->is_accepted)
        fv_out_text(out, ", accepted");
    fv_out_text(out, ": ");
    fv_out_prose(out, finding->message, INDENT + 2);
}

void fv_text_timeline_accepted(fv_out *out, const fedval_timeline *timeline)
{
    fv_out_text(out, "accepted, so that it does not count: ");
    for (size_t i = 0; i < timeline->num_accepted; i++) {
        fv_out_text(out, i == 0 ? "" : ", ");
        fv_out_text(out, fedval_finding_code_to_string(timeline->accepted[i]));
    }
}

static void put_milestone(fv_out *out, const fedval_milestone *milestone)
{
    fv_out_text(out, "  ");
    fv_out_time(out, milestone->time);
    fv_out_text(out, "  ");
    if (milestone->kind == FEDVAL_MILESTONE_RULE) {
        fv_out_newline(out);
        fv_out_text(out, "    ");
        fv_out_prose(out, milestone->text, INDENT);
        fv_out_newline(out);
        return;
    }
    fv_text_verdict(out, milestone->verdict);
    fv_out_text(out, milestone->before == milestone->verdict ? " still" : "");
    fv_out_newline(out);
    for (size_t i = 0; i < milestone->num_findings; i++) {
        fv_out_text(out, "    ");
        fv_text_milestone_finding(out, &milestone->findings[i]);
        fv_out_newline(out);
    }
}

fedval_status fedval_timeline_to_text(const fedval_timeline *timeline,
                                      const fedval_text_options *options, char **out_text,
                                      size_t *out_len)
{
    fv_out out;
    if (timeline == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_out_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    out.breaks = true;
    fv_out_styled(&out, FV_BOLD, timeline->domain);
    fv_out_text(&out, "  ");
    fv_text_verdict(&out, timeline->verdict);
    fv_out_text(&out, " at ");
    fv_out_time(&out, timeline->from);
    fv_out_text(&out, timeline->num_milestones == 0 ? "; nothing that is known changes after that"
                                                    : "; as long as nothing is renewed:");
    fv_out_newline(&out);
    if (timeline->source != NULL) {
        fv_out_text(&out, "  from ");
        fv_out_prose(&out, timeline->source, 2);
        fv_out_newline(&out);
    }
    if (timeline->num_accepted > 0) {
        fv_out_text(&out, "  ");
        fv_text_timeline_accepted(&out, timeline);
        fv_out_newline(&out);
    }
    for (size_t i = 0; i < timeline->num_milestones; i++)
        put_milestone(&out, &timeline->milestones[i]);
    return fv_out_finish(&out, out_text, out_len);
}
