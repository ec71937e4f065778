/* Pairs, changes and timelines in Markdown. */
#include "fedval/render.h"
#include "render/exchange/markdown.h"
#include "render/text/words.h"

/* The heading: what it is on, and the word for all of it. The line stays open. */
static void begin(fv_markdown *out, const char *domain, const char *word)
{
    fv_markdown_init(out);
    fv_markdown_raw(out, "## ");
    fv_markdown_text(out, domain);
    fv_markdown_raw(out, ": ");
    fv_markdown_raw(out, word);
}

/* ---- pairs ---- */

static void put_way(fv_markdown *out, const fedval_pair *pair, uint32_t way)
{
    size_t count = 0;
    fv_markdown_raw(out, "| ");
    fv_markdown_raw(out, fv_text_way(way));
    fv_markdown_raw(out, " | ");
    fv_markdown_raw(out, fedval_outlook_to_string(pair->outlooks[way]));
    fv_markdown_raw(out, " | ");
    for (size_t i = 0; i < pair->num_reasons; i++) {
        if (!fv_text_is_reason_shown(pair, i, way))
            continue;
        fv_markdown_raw(out, count++ > 0 ? "; " : "");
        fv_text_reason(&out->words, pair, &pair->reasons[i]);
        fv_markdown_words(out);
    }
    fv_markdown_raw(out, " |\n");
}

fedval_status fedval_pair_to_markdown(const fedval_pair *pair, char **out_text, size_t *out_len)
{
    fv_markdown out;
    if (pair == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_markdown_init(&out);
    fv_markdown_raw(&out, "## ");
    fv_markdown_text(&out, pair->cisco->domain);
    fv_markdown_raw(&out, " (Cisco) and ");
    fv_markdown_text(&out, pair->microsoft->domain);
    fv_markdown_raw(&out, " (Microsoft)\n\n| | | because of |\n|---|---|---|\n");
    for (uint32_t way = 1; way <= FV_NUM_WAYS; way++)
        put_way(&out, pair, way);
    fv_markdown_raw(&out, "\n");
    fv_text_pair_basis(&out.words, pair);
    fv_markdown_words(&out);
    fv_markdown_raw(&out, "\n");
    return fv_markdown_finish(&out, out_text, out_len);
}

/* ---- changes ---- */

static void put_item(fv_markdown *out, const fv_drift_item *item)
{
    fv_markdown_raw(out, "| ");
    fv_markdown_raw(out, fedval_change_to_string(item->effect));
    fv_markdown_raw(out, " | ");
    fv_text_changed(&out->words, item);
    fv_markdown_words(out);
    fv_markdown_raw(out, item->is_renewal ? ", renewed | " : " | ");
    fv_markdown_text(out, item->before);
    fv_markdown_raw(out, " | ");
    fv_markdown_text(out, item->now);
    fv_markdown_raw(out, " |\n");
}

fedval_status fedval_drift_to_markdown(const fedval_drift *drift, char **out_text, size_t *out_len)
{
    fv_markdown out;
    if (drift == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    begin(&out, drift->domain,
          drift->change == FEDVAL_CHANGE_NONE ? "the same"
                                              : fedval_change_to_string(drift->change));
    fv_markdown_raw(&out, "\n");
    if (drift->num_items > 0)
        fv_markdown_raw(&out, "\n| | what | before | now |\n|---|---|---|---|\n");
    for (size_t i = 0; i < drift->num_items; i++)
        put_item(&out, &drift->items[i]);
    return fv_markdown_finish(&out, out_text, out_len);
}

/* ---- timelines ---- */

static void put_time(fv_markdown *out, int64_t time)
{
    fv_out_time(&out->words, time);
    fv_markdown_words(out);
}

static void put_milestone(fv_markdown *out, const fedval_milestone *milestone)
{
    fv_markdown_raw(out, "\n### ");
    put_time(out, milestone->time);
    fv_markdown_raw(out, milestone->kind == FEDVAL_MILESTONE_RULE  ? "\n\n"
                         : milestone->before == milestone->verdict ? ": still "
                                                                   : ": ");
    if (milestone->kind == FEDVAL_MILESTONE_RULE) {
        fv_markdown_text(out, milestone->text);
        fv_markdown_raw(out, "\n");
        return;
    }
    fv_markdown_raw(out, fedval_verdict_to_string(milestone->verdict));
    fv_markdown_raw(out, "\n\n");
    for (size_t i = 0; i < milestone->num_findings; i++) {
        fv_text_milestone_finding(&out->words, &milestone->findings[i]);
        fv_markdown_raw(out, "- ");
        fv_markdown_words(out);
        fv_markdown_raw(out, "\n");
    }
}

fedval_status fedval_timeline_to_markdown(const fedval_timeline *timeline, char **out_text,
                                          size_t *out_len)
{
    fv_markdown out;
    if (timeline == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    begin(&out, timeline->domain, fedval_verdict_to_string(timeline->verdict));
    fv_markdown_raw(&out, " at ");
    put_time(&out, timeline->from);
    if (timeline->source != NULL) {
        fv_markdown_raw(&out, ", from ");
        fv_markdown_text(&out, timeline->source);
    }
    if (timeline->num_accepted > 0) {
        fv_text_timeline_accepted(&out.words, timeline);
        fv_markdown_raw(&out, "; ");
        fv_markdown_words(&out);
    }
    fv_markdown_raw(&out, timeline->num_milestones == 0
                              ? "\n\nNothing that is known changes after that.\n"
                              : "\n\nWhat follows holds as long as nothing is renewed.\n");
    for (size_t i = 0; i < timeline->num_milestones; i++)
        put_milestone(&out, &timeline->milestones[i]);
    return fv_markdown_finish(&out, out_text, out_len);
}
