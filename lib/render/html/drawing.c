/* What is drawn: the path with its broken step, and certificates on a line of time. */
#include "render/html/parts.h"

#include "fedval/evidence.h"

#include <string.h>

enum {
    STATION_WIDTH = 105,
    STATION_STEP = 70,
    STATION_Y = 22,
    LABEL_Y = 54,
    WORD_Y = 68,
    DRAWING_HEIGHT = 74
};

/* ---- the path ---- */

static void put_number(fv_html *out, const char *before, size_t value)
{
    fv_html_raw(out, before);
    fv_html_u64(out, value);
    fv_html_raw(out, "\"");
}

static size_t center_of(size_t station)
{
    return STATION_STEP / 2 + station * STATION_STEP;
}

static void draw_line(fv_html *out, size_t station, const fv_html_look *look)
{
    fv_html_open(out, "<line class=\"", look, "\"");
    put_number(out, " x1=\"", center_of(station - 1) + 15);
    put_number(out, " x2=\"", center_of(station) - 15);
    put_number(out, " y1=\"", STATION_Y);
    put_number(out, " y2=\"", STATION_Y);
    fv_html_raw(out, "/>");
}

static void draw_text(fv_html *out, const char *class, size_t station, size_t y, const char *text)
{
    fv_html_raw(out, class);
    put_number(out, " x=\"", center_of(station));
    put_number(out, " y=\"", y);
    fv_html_element(out, ">", text, "</text>");
}

static void draw_station(fv_html *out, const fv_html_station *station, size_t index)
{
    const fv_html_look *look = fv_html_mark_look(station->mark);
    fv_html_open(out, "<g class=\"", look, "\">");
    if (index > 0)
        draw_line(out, index, look);
    fv_html_raw(out, "<use href=\"#fv-");
    fv_html_raw(out, station->mark == 0 ? "start" : look->symbol);
    put_number(out, "\" x=\"", center_of(index) - 12);
    put_number(out, " y=\"", STATION_Y - 12);
    fv_html_raw(out, " width=\"24\" height=\"24\"/>");
    draw_text(out, "<text", index, LABEL_Y, station->name);
    draw_text(out, "<text class=\"sub\"", index, WORD_Y, look->word);
    fv_html_raw(out, "</g>");
}

/* "The path: SRV broken, address ok, ..." */
static void put_path_title(fv_html *out, const fv_html_station *stations, size_t count)
{
    fv_html_raw(out, "<title>");
    for (size_t i = 1; i < count; i++) {
        fv_html_element(out, i == 1 ? "The path: " : ", ", stations[i].name, " ");
        fv_html_raw(out, fv_html_mark_look(stations[i].mark)->word);
    }
    fv_html_raw(out, "</title>");
}

void fv_html_draw_path(fv_html *out, const fv_html_station *stations, size_t count)
{
    fv_html_raw(out, "<svg class=\"drawing\" role=\"img\"");
    put_number(out, " width=\"", count * STATION_WIDTH);
    fv_html_raw(out, " viewBox=\"0 0 ");
    fv_html_u64(out, count * STATION_STEP);
    fv_html_raw(out, " ");
    fv_html_u64(out, DRAWING_HEIGHT);
    fv_html_raw(out, "\">");
    put_path_title(out, stations, count);
    for (size_t i = 0; i < count; i++)
        draw_station(out, &stations[i], i);
    fv_html_raw(out, "</svg>\n");
}

/* ---- the line of time ---- */

static void add_span(fv_html_spans *all, const fv_report_certificate *certificate,
                     const char *about)
{
    const char *name =
        certificate->common_name != NULL ? certificate->common_name : certificate->subject;
    for (size_t i = 0; i < all->count; i++) {
        const fv_html_span *known = &all->items[i];
        if (known->from == certificate->not_before && known->to == certificate->not_after &&
            strcmp(known->name, name) == 0)
            return;
    }
    if (all->count < FV_HTML_MAX_SPANS) {
        all->items[all->count++] =
            (fv_html_span){name, about, certificate->not_before, certificate->not_after};
    }
}

void fv_html_spans_add(fv_html_spans *all, const fv_report_presented *presented, const char *about)
{
    if (presented->certificate == NULL)
        return;
    add_span(all, presented->certificate, about);
    for (size_t i = 1; presented->num_paths > 0 && i < presented->paths[0].num_certificates; i++)
        add_span(all, &presented->paths[0].certificates[i], "issued it");
}

static bool is_known(const fv_html_span *span)
{
    return span->from != FEDVAL_TIME_UNKNOWN && span->to != FEDVAL_TIME_UNKNOWN &&
           span->from < span->to;
}

/* The line of time reaches from the first beginning to the last end, and holds the time judged at.
 */
static void find_reach(const fv_html_spans *all, int64_t now, int64_t *out_from, int64_t *out_to)
{
    *out_from = *out_to = now;
    for (size_t i = 0; i < all->count; i++) {
        if (!is_known(&all->items[i]))
            continue;
        *out_from = all->items[i].from < *out_from ? all->items[i].from : *out_from;
        *out_to = all->items[i].to > *out_to ? all->items[i].to : *out_to;
    }
}

/* Places a time on a line of 1000 units. Dates of certificates reach from year 0 to 9999, so that
 * the product fits. */
static size_t place_of(int64_t time, int64_t from, int64_t to)
{
    return to <= from ? 0 : (size_t)((time - from) * 1000 / (to - from));
}

static const fv_html_look *look_of(const fv_html_span *span, int64_t now)
{
    static const fv_html_look valid = {"sound", "sound", "in date"},
                              expired = {"broken", "broken", "past its end"},
                              later = {"broken", "broken", "not yet begun"},
                              unknown = {"none", "none", "dates cannot be read"};
    if (!is_known(span))
        return &unknown;
    return now > span->to ? &expired : now < span->from ? &later : &valid;
}

static void draw_span(fv_html *out, const fv_html_span *span, int64_t now, int64_t from, int64_t to)
{
    size_t begin = place_of(span->from, from, to), end = place_of(span->to, from, to);
    fv_html_raw(out,
                "<svg class=\"reach\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
                "aria-hidden=\"true\">"
                "<rect class=\"all\" width=\"1000\" height=\"10\"/><rect class=\"span\" y=\"2\" "
                "height=\"6\"");
    put_number(out, " x=\"", begin);
    put_number(out, " width=\"", end > begin + 3 ? end - begin : 4);
    put_number(out, "/><line y1=\"0\" y2=\"10\" x1=\"", place_of(now, from, to));
    put_number(out, " x2=\"", place_of(now, from, to));
    fv_html_raw(out, "/></svg>");
}

static void put_span(fv_html *out, const fv_html_span *span, int64_t now, int64_t from, int64_t to)
{
    const fv_html_look *look = look_of(span, now);
    fv_html_open(out, "<li class=\"", look, "\">");
    fv_html_tag(out, look);
    fv_html_raw(out, " ");
    fv_html_value(out, span->name);
    fv_html_element(out, " <span class=\"how\">", span->about, "</span>");
    if (is_known(span))
        draw_span(out, span, now, from, to);
    fv_html_raw(out, "<div class=\"dates\"><span>from ");
    fv_out_time(&out->words, span->from);
    fv_html_words(out);
    fv_html_raw(out, "</span><span>until ");
    fv_out_time(&out->words, span->to);
    fv_html_words(out);
    fv_html_raw(out, "</span></div></li>\n");
}

void fv_html_draw_spans(fv_html *out, const fv_html_spans *all, int64_t now)
{
    int64_t from, to;
    if (all->count == 0)
        return;
    find_reach(all, now, &from, &to);
    fv_html_raw(out, "<h3>Certificates on a line of time</h3>\n<p class=\"how\">The upright line "
                     "is the time judged at, ");
    fv_out_time(&out->words, now);
    fv_html_words(out);
    fv_html_raw(out, ".</p>\n<ul class=\"times\">\n");
    for (size_t i = 0; i < all->count; i++)
        put_span(out, &all->items[i], now, from, to);
    fv_html_raw(out, "</ul>\n");
}
