/* What works between two domains, for people. The two reports come behind it. */
#include "fedval/render.h"
#include "render/text/words.h"

#define OUTLOOK_COLUMN 24
#define REASON_COLUMN 33

static const struct {
    uint32_t outlook;
    const char *word;
    enum fv_style style;
} looks[] = {
    {FEDVAL_OUTLOOK_WORKS, "works", FV_GREEN},
    {FEDVAL_OUTLOOK_BROKEN, "broken", FV_RED},
    {FEDVAL_OUTLOOK_UNKNOWN, "unknown", FV_YELLOW},
};

static void put_outlook(fv_out *out, uint32_t outlook)
{
    for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
        if (looks[i].outlook == outlook)
            fv_out_styled(out, looks[i].style, looks[i].word);
    }
}

void fv_text_reason(fv_out *out, const fedval_pair *pair, const fedval_pair_reason *reason)
{
    const fedval_report *report = reason->side == FEDVAL_SIDE_CISCO ? pair->cisco : pair->microsoft;
    if (reason->finding != NULL) {
        fv_out_text(out, reason->finding->entry->id);
        fv_out_text(out, " (");
        fv_out_text(out, report->domain);
        fv_out_text(out, ")");
        return;
    }
    fv_out_text(out, "R");
    fv_out_u64(out, reason->requirement);
    fv_out_text(out, " of ");
    fv_out_text(out, report->domain);
    fv_out_text(out, " was not seen");
}

static bool is_same(const fedval_pair_reason *a, const fedval_pair_reason *b)
{
    bool has_same = a->finding == NULL || b->finding == NULL
                        ? a->finding == b->finding
                        : a->finding->remark.code == b->finding->remark.code;
    return a->way == b->way && a->side == b->side && has_same && a->requirement == b->requirement;
}

static bool is_shown_before(const fedval_pair *pair, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (is_same(&pair->reasons[i], &pair->reasons[index]))
            return true;
    }
    return false;
}

bool fv_text_is_reason_shown(const fedval_pair *pair, size_t index, uint32_t way)
{
    const fedval_pair_reason *reason = &pair->reasons[index];
    return reason->way == way && reason->outlook == pair->outlooks[way] &&
           !is_shown_before(pair, index);
}

/* A reason a line. */
static void put_reasons(fv_out *out, const fedval_pair *pair, uint32_t way)
{
    bool is_first = true;
    for (size_t i = 0; i < pair->num_reasons; i++) {
        if (!fv_text_is_reason_shown(pair, i, way))
            continue;
        if (!is_first)
            fv_out_newline(out);
        fv_out_pad(out, REASON_COLUMN);
        fv_text_reason(out, pair, &pair->reasons[i]);
        is_first = false;
    }
}

static bool has_accepted(const fedval_report *report)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        if (!fv_remark_counts(&report->findings[i].remark))
            return true;
    }
    return false;
}

static const char *const names[] = {
    [FEDVAL_WAY_TO_MICROSOFT] = "calls to Microsoft",
    [FEDVAL_WAY_FROM_MICROSOFT] = "calls from Microsoft",
    [FEDVAL_WAY_PRESENCE] = "presence",
    [FEDVAL_WAY_CALL_BACK] = "call back",
};

const char *fv_text_way(uint32_t way)
{
    return way < sizeof(names) / sizeof(names[0]) ? names[way] : NULL;
}

/* The order of the two is all that says which side is whose. */
static void put_sides(fv_out *out, const fedval_pair *pair)
{
    fv_out_prose(out, "The sides are as given: the Cisco side first, by the order of the two.", 0);
    fv_out_newline(out);
    if (!pair->is_perhaps_swapped)
        return;
    fv_out_text(out, "The SRV record of ");
    fv_out_text(out, pair->cisco->domain);
    fv_out_more_prose(out, "leads to Microsoft: if that is the Microsoft side, swap the two.", 0);
    fv_out_newline(out);
}

static void put_shared(fv_out *out, const fedval_pair *pair)
{
    fv_out_text(out, "Both domains lead to ");
    fv_out_prose(out, pair->shared_server, 0);
    fv_out_more_prose(out,
                      "on the same port: one server is no partner of itself, so nothing was seen "
                      "of the other side. Give one domain of each side.",
                      0);
    fv_out_newline(out);
}

void fv_text_pair_basis(fv_out *out, const fedval_pair *pair)
{
    if (pair->shared_server != NULL)
        put_shared(out, pair);
    put_sides(out, pair);
    fv_out_prose(out,
                 "\"works\" means: as far as DNS and certificates tell; what was not checked is "
                 "at the end of each report.",
                 0);
    fv_out_newline(out);
    if (has_accepted(pair->cisco) || has_accepted(pair->microsoft)) {
        fv_out_prose(out, "What was accepted does not count here: the reports list it.", 0);
        fv_out_newline(out);
    }
}

fedval_status fedval_pair_to_text(const fedval_pair *pair, const fedval_text_options *options,
                                  char **out_text, size_t *out_len)
{
    fv_out out;
    if (pair == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_out_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    out.breaks = true;
    fv_out_styled(&out, FV_BOLD, pair->cisco->domain);
    fv_out_text(&out, " (Cisco) and ");
    fv_out_styled(&out, FV_BOLD, pair->microsoft->domain);
    fv_out_text(&out, " (Microsoft)");
    fv_out_newline(&out);
    for (uint32_t way = 1; way <= FV_NUM_WAYS; way++) {
        fv_out_text(&out, "  ");
        fv_out_text(&out, names[way]);
        fv_out_pad(&out, OUTLOOK_COLUMN);
        put_outlook(&out, pair->outlooks[way]);
        put_reasons(&out, pair, way);
        fv_out_newline(&out);
    }
    fv_text_pair_basis(&out, pair);
    return fv_out_finish(&out, out_text, out_len);
}
