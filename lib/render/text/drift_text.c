/* What changed of a domain, for people; and on one line, for mails and greps. */
#include "fedval/render.h"
#include "render/text/words.h"

#define PLACE_COLUMN 10
#define VALUE_INDENT 12

typedef struct change_look {
    const char *word, *heading;
    enum fv_style style;
} change_look;

static const change_look looks[] = {
    [0] = {"unknown", "UNKNOWN", FV_PLAIN},
    [FEDVAL_CHANGE_NONE] = {"same", "SAME", FV_GREEN},
    [FEDVAL_CHANGE_WORSE] = {"worse", "WORSE", FV_RED},
    [FEDVAL_CHANGE_BETTER] = {"better", "BETTER", FV_GREEN},
    [FEDVAL_CHANGE_OTHER] = {"changed", "CHANGED", FV_YELLOW},
};

static const char *const nouns[] = {
    [0] = "",
    [FEDVAL_CHANGED_DOMAIN] = "report",
    [FEDVAL_CHANGED_VERDICT] = "verdict",
    [FEDVAL_CHANGED_REQUIREMENT] = "requirement",
    [FEDVAL_CHANGED_FINDING] = "finding",
    [FEDVAL_CHANGED_PROFILE] = "judged by",
    [FEDVAL_CHANGED_SRV] = "SRV record",
    [FEDVAL_CHANGED_ADDRESS] = "address",
    [FEDVAL_CHANGED_CERTIFICATE] = "certificate",
    [FEDVAL_CHANGED_NAMES] = "names of the certificate",
    [FEDVAL_CHANGED_ISSUER] = "issuer of the certificate",
    [FEDVAL_CHANGED_EKU] = "purposes of the certificate",
};

void fv_text_changed(fv_out *out, const fv_drift_item *item)
{
    fv_out_text(out, nouns[item->what]);
    if (item->place == NULL)
        return;
    fv_out_text(out, item->what >= FEDVAL_CHANGED_SRV ? " of " : " ");
    fv_out_text(out, item->role == FEDVAL_ROLE_CLIENT ? "the calling side" : item->place);
}

static void put_sentence(fv_out *out, const fv_drift_item *item)
{
    fv_text_changed(out, item);
    if (item->is_renewal)
        fv_out_text(out, ", renewed");
    if (item->before == NULL)
        fv_out_text(out, ", new: ");
    else if (item->now == NULL)
        fv_out_text(out, ", gone: ");
    else
        fv_out_text(out, ": ");
    if (item->before != NULL)
        fv_out_prose(out, item->before, VALUE_INDENT);
    if (item->before != NULL && item->now != NULL)
        fv_out_more_prose(out, "->", VALUE_INDENT);
    if (item->now != NULL && item->before != NULL)
        fv_out_more_prose(out, item->now, VALUE_INDENT);
    else if (item->now != NULL)
        fv_out_prose(out, item->now, VALUE_INDENT);
}

fedval_status fedval_drift_to_text(const fedval_drift *drift, const fedval_text_options *options,
                                   char **out_text, size_t *out_len)
{
    fv_out out;
    if (drift == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_out_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    fv_out_styled(&out, FV_BOLD, drift->domain);
    fv_out_text(&out, "  ");
    fv_out_styled(&out, looks[drift->change].style, looks[drift->change].heading);
    fv_out_newline(&out);
    for (size_t i = 0; i < drift->num_items; i++) {
        const fv_drift_item *item = &drift->items[i];
        fv_out_text(&out, "  ");
        fv_out_styled(&out, looks[item->effect].style, looks[item->effect].word);
        fv_out_pad(&out, PLACE_COLUMN);
        put_sentence(&out, item);
        fv_out_newline(&out);
    }
    return fv_out_finish(&out, out_text, out_len);
}

/* The first item says most: the worse come first. */
fedval_status fedval_drift_to_line(const fedval_drift *drift, char **out_text, size_t *out_len)
{
    fv_out out;
    fedval_text_options plain = {.size = sizeof(plain)};
    if (drift == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_out_init(&out, &plain);
    if (status != FEDVAL_OK)
        return status;
    fv_out_text(&out, drift->domain);
    fv_out_text(&out, " ");
    fv_out_text(&out, looks[drift->change].word);
    for (size_t i = 0; i < drift->num_items; i++) {
        fv_out_text(&out, i == 0 ? ": " : "; ");
        put_sentence(&out, &drift->items[i]);
    }
    fv_out_newline(&out);
    return fv_out_finish(&out, out_text, out_len);
}
