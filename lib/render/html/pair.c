/* What works between two domains, as HTML. The two reports come behind it. */
#include "fedval/policy.h"
#include "render/html/parts.h"
#include "render/text/words.h"

static const fv_html_look *look_of(uint32_t outlook)
{
    static const fv_html_look works = {"sound", "sound", "works"},
                              broken = {"broken", "broken", "broken"},
                              unknown = {"open", "open", "unknown"};
    return outlook == FEDVAL_OUTLOOK_WORKS    ? &works
           : outlook == FEDVAL_OUTLOOK_BROKEN ? &broken
                                              : &unknown;
}

/* The look of all ways together. */
static const fv_html_look whole_looks[] = {
    [0] = {"none", "none", ""},
    [FEDVAL_OUTLOOK_WORKS] = {"sound", "sound", "all of it works"},
    [FEDVAL_OUTLOOK_BROKEN] = {"broken", "broken", "not all of it works"},
    [FEDVAL_OUTLOOK_UNKNOWN] = {"open", "open", "not all of it is known to work"},
};

static uint32_t mark_of(uint32_t outlook)
{
    return outlook == FEDVAL_OUTLOOK_WORKS    ? FEDVAL_MARK_SOUND
           : outlook == FEDVAL_OUTLOOK_BROKEN ? FEDVAL_MARK_BROKEN
                                              : FEDVAL_MARK_OPEN;
}

static void draw_way(fv_html *out, const fedval_pair *pair, uint32_t way)
{
    bool is_to_microsoft = way == FEDVAL_WAY_TO_MICROSOFT;
    const fv_html_station stations[] = {
        {is_to_microsoft ? "Cisco" : "Microsoft", 0},
        {is_to_microsoft ? "Microsoft" : "Cisco", mark_of(pair->outlooks[way])},
    };
    fv_html_draw_path(out, stations, sizeof(stations) / sizeof(stations[0]));
}

static void put_way(fv_html *out, const fedval_pair *pair, uint32_t way)
{
    fv_html_raw(out, "<div class=\"card\">\n<h4>");
    fv_html_raw(out, fv_text_way(way));
    fv_html_raw(out, " ");
    fv_html_tag(out, look_of(pair->outlooks[way]));
    fv_html_raw(out, "</h4>\n");
    if (way == FEDVAL_WAY_TO_MICROSOFT || way == FEDVAL_WAY_FROM_MICROSOFT)
        draw_way(out, pair, way);
    fv_html_raw(out, "<ul class=\"plain\">\n");
    for (size_t i = 0; i < pair->num_reasons; i++) {
        if (!fv_text_is_reason_shown(pair, i, way))
            continue;
        fv_text_reason(&out->words, pair, &pair->reasons[i]);
        fv_html_raw(out, "<li>");
        fv_html_words(out);
        fv_html_raw(out, "</li>\n");
    }
    fv_html_raw(out, "</ul>\n</div>\n");
}

fedval_status fedval_pair_to_html(const fedval_pair *pair, const fedval_html_options *options,
                                  char **out_html, size_t *out_len)
{
    fv_html out;
    if (pair == NULL || out_html == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_html_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    fv_html_begin(&out, "Both sides", &whole_looks[fedval_pair_get_outlook_of_all(pair)]);
    fv_html_element(&out, "<p class=\"because\"><bdi>", pair->cisco->domain, "</bdi> (Cisco) and ");
    fv_html_value(&out, pair->microsoft->domain);
    fv_html_raw(&out, " (Microsoft)</p>\n<p class=\"how\">");
    fv_text_pair_basis(&out.words, pair);
    fv_html_words(&out);
    fv_html_raw(&out, "</p>\n</div>\n<h3>What works</h3>\n");
    for (uint32_t way = 1; way <= FV_NUM_WAYS; way++)
        put_way(&out, pair, way);
    fv_html_end(&out);
    return fv_html_finish(&out, out_html, out_len);
}
