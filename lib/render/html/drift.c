/* What changed of a domain, as HTML: before and now, the worse first. */
#include "render/html/parts.h"
#include "render/text/words.h"

static const fv_html_look *look_of(uint32_t change)
{
    static const fv_html_look looks[] = {
        [0] = {"none", "none", "unknown"},
        [FEDVAL_CHANGE_NONE] = {"sound", "sound", "the same"},
        [FEDVAL_CHANGE_WORSE] = {"broken", "broken", "worse"},
        [FEDVAL_CHANGE_BETTER] = {"sound", "sound", "better"},
        [FEDVAL_CHANGE_OTHER] = {"open", "open", "changed"},
    };
    return &looks[change <= FEDVAL_CHANGE_OTHER ? change : 0];
}

static void put_side(fv_html *out, const char *label, const char *text)
{
    fv_html_element(out, "<dt>", label, "</dt><dd>");
    if (text == NULL)
        fv_html_raw(out, "<span class=\"how\">nothing</span>");
    else
        fv_html_value(out, text);
    fv_html_raw(out, "</dd>\n");
}

static void put_item(fv_html *out, const fv_drift_item *item)
{
    const fv_html_look *look = look_of(item->effect);
    fv_html_open(out, "<div class=\"card finding ", look, "\">\n<h4>");
    fv_html_tag(out, look);
    fv_html_raw(out, " <span>");
    fv_text_changed(&out->words, item);
    fv_html_words(out);
    fv_html_raw(out, item->is_renewal ? ", renewed</span></h4>\n<dl>\n" : "</span></h4>\n<dl>\n");
    put_side(out, "before", item->before);
    put_side(out, "now", item->now);
    fv_html_raw(out, "</dl>\n</div>\n");
}

fedval_status fedval_drift_to_html(const fedval_drift *drift, const fedval_html_options *options,
                                   char **out_html, size_t *out_len)
{
    fv_html out;
    if (drift == NULL || out_html == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_html_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    fv_html_begin(&out, drift->domain, look_of(drift->change));
    fv_html_raw(&out, "</div>\n");
    if (drift->num_items > 0)
        fv_html_raw(&out, "<h3>What changed</h3>\n");
    for (size_t i = 0; i < drift->num_items; i++)
        put_item(&out, &drift->items[i]);
    fv_html_end(&out);
    return fv_html_finish(&out, out_html, out_len);
}
