/* What breaks when, as HTML: a ladder of times, each with the verdict from then on. */
#include "render/html/parts.h"
#include "render/text/words.h"

static void put_time(fv_html *out, int64_t time)
{
    fv_out_time(&out->words, time);
    fv_html_words(out);
}

static void put_rule(fv_html *out, const fedval_milestone *milestone)
{
    static const fv_html_look rule = {"none", "none", "rule"};
    fv_html_raw(out, "<li class=\"none\">");
    fv_html_icon(out, &rule);
    fv_html_raw(out, "<div class=\"event\"><div class=\"place\">");
    put_time(out, milestone->time);
    fv_html_element(out, "</div>", milestone->text, "</div></li>\n");
}

static void put_findings(fv_html *out, const fedval_milestone *milestone)
{
    const fv_html_look *look = fv_html_verdict_look(milestone->verdict);
    fv_html_open(out, "<li class=\"", look, "\">");
    fv_html_icon(out, look);
    fv_html_raw(out, "<div class=\"event\"><div class=\"place\">");
    put_time(out, milestone->time);
    fv_html_raw(out, "</div><b>");
    fv_html_raw(out, milestone->before == milestone->verdict ? "still " : "");
    fv_html_raw(out, look->word);
    fv_html_raw(out, "</b>\n<ul class=\"plain\">\n");
    for (size_t i = 0; i < milestone->num_findings; i++) {
        fv_text_milestone_finding(&out->words, &milestone->findings[i]);
        fv_html_raw(out, "<li>");
        fv_html_words(out);
        fv_html_raw(out, "</li>\n");
    }
    fv_html_raw(out, "</ul></div></li>\n");
}

static void put_source(fv_html *out, const fedval_timeline *timeline)
{
    if (timeline->source != NULL) {
        fv_html_raw(out, ", from ");
        fv_html_text(out, timeline->source);
    }
    if (timeline->num_accepted > 0) {
        fv_html_raw(out, "; ");
        fv_text_timeline_accepted(&out->words, timeline);
        fv_html_words(out);
    }
}

fedval_status fedval_timeline_to_html(const fedval_timeline *timeline,
                                      const fedval_html_options *options, char **out_html,
                                      size_t *out_len)
{
    fv_html out;
    if (timeline == NULL || out_html == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_html_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    fv_html_begin(&out, timeline->domain, fv_html_verdict_look(timeline->verdict));
    fv_html_raw(&out, "<p class=\"how\">at ");
    put_time(&out, timeline->from);
    put_source(&out, timeline);
    fv_html_raw(&out, timeline->num_milestones == 0
                          ? "; nothing that is known changes after that</p>\n</div>\n"
                          : "; what follows holds as long as nothing is renewed</p>\n</div>\n"
                            "<h3>What breaks when</h3>\n<ol class=\"ladder\">\n");
    for (size_t i = 0; i < timeline->num_milestones; i++) {
        if (timeline->milestones[i].kind == FEDVAL_MILESTONE_RULE)
            put_rule(&out, &timeline->milestones[i]);
        else
            put_findings(&out, &timeline->milestones[i]);
    }
    fv_html_raw(&out, timeline->num_milestones == 0 ? "" : "</ol>\n");
    fv_html_end(&out);
    return fv_html_finish(&out, out_html, out_len);
}
