/* The parts of the HTML forms that reports, chains and diagnoses share. */
#ifndef FV_RENDER_HTML_PARTS_H
#define FV_RENDER_HTML_PARTS_H

#include "model/report.h"
#include "render/html/writer.h"

/* How a state looks: its class in the style sheet, its drawing, its word. Colour is never the only
 * sign. */
typedef struct fv_html_look {
    const char *class;
    const char *symbol;
    const char *word;
} fv_html_look;

const fv_html_look *fv_html_verdict_look(uint32_t verdict);
const fv_html_look *fv_html_mark_look(uint32_t mark);
const fv_html_look *fv_html_severity_look(uint32_t severity);

/* The drawing of a look alone: the text beside it says the same in words. */
void fv_html_icon(fv_html *out, const fv_html_look *look);
/* Drawing and word, in one bubble. */
void fv_html_tag(fv_html *out, const fv_html_look *look);
/* Opens an element with a class of its own and that of the look: "<li class=\"step broken\">". */
void fv_html_open(fv_html *out, const char *before, const fv_html_look *look, const char *after);

/* The article and its head: verdict first. fv_html_end closes what this opens. */
void fv_html_begin(fv_html *out, const char *title, const fv_html_look *look);
void fv_html_end(fv_html *out);

/* One station of a drawn path: the short name below it, and its mark. */
typedef struct fv_html_station {
    const char *name;
    uint32_t mark; /* FEDVAL_MARK_; 0: where the path begins */
} fv_html_station;

/* Draws a path as SVG. Its title says the same in words. */
void fv_html_draw_path(fv_html *out, const fv_html_station *stations, size_t count);

/* One certificate on a line of time. */
typedef struct fv_html_span {
    const char *name, *about;
    int64_t from, to; /* seconds since 1970; FEDVAL_TIME_UNKNOWN: malformed */
} fv_html_span;

#define FV_HTML_MAX_SPANS 64

typedef struct fv_html_spans {
    fv_html_span items[FV_HTML_MAX_SPANS];
    size_t count;
} fv_html_spans;

/* Adds the certificates of the path that counts; one that is there already is not added again. */
void fv_html_spans_add(fv_html_spans *all, const fv_report_presented *presented, const char *about);
void fv_html_draw_spans(fv_html *out, const fv_html_spans *all, int64_t now);

/* The path of the report, endpoint by endpoint. */
void fv_html_endpoints(fv_html *out, const fedval_report *report);
/* The findings, all but the notes, a card each. */
void fv_html_findings(fv_html *out, const fedval_finding *findings, size_t num_findings);
/* A card for each of them, whatever they are. */
void fv_html_finding_cards(fv_html *out, const fedval_finding *findings, size_t num_findings);
void fv_html_notes(fv_html *out, const fedval_finding *findings, size_t num_findings);
void fv_html_actions(fv_html *out, const fedval_report *report);
/* The letters about it, to whoever runs the domain and to their partner. */
void fv_html_letters(fv_html *out, const fedval_report *report);
/* One step of a list: its name and mark. */
void fv_html_step(fv_html *out, const char *name, uint32_t mark);

#endif
