/* The findings, a card each: what was seen, what was wanted, who sees what, what mends it. */
#include "render/html/parts.h"
#include "render/text/report_text.h"
#include "render/text/symptom_text.h"

static void put_row(fv_html *out, const char *label, const char *text)
{
    if (text == NULL)
        return;
    fv_html_raw(out, "<dt>");
    fv_html_raw(out, label);
    fv_html_element(out, "</dt><dd><bdi>", text, "</bdi></dd>\n");
}

static void put_symptoms(fv_html *out, const fedval_finding *s, uint32_t direction,
                         const char *label)
{
    bool is_first = true;
    for (size_t i = 0; i < s->num_symptoms; i++) {
        if ((s->symptoms[i].direction & direction) == 0)
            continue;
        fv_html_raw(out, is_first ? "<dt>" : "");
        fv_html_raw(out, is_first ? label : "");
        fv_html_raw(out, is_first ? "</dt><dd>" : "<br>");
        fv_text_symptom(&out->words, &s->symptoms[i]);
        fv_html_words(out);
        is_first = false;
    }
    fv_html_raw(out, is_first ? "" : "</dd>\n");
}

static void put_place(fv_html *out, const fedval_finding *s)
{
    const fv_where *where = &s->remark.where;
    if (where->role == FEDVAL_ROLE_CLIENT)
        put_row(out, "where", "the calling certificate");
    else if (where->address != NULL && where->target != NULL) {
        fv_out_text(&out->words, where->target);
        fv_out_text(&out->words, " at ");
        fv_out_text(&out->words, where->address);
        fv_html_raw(out, "<dt>where</dt><dd>");
        fv_html_words(out);
        fv_html_raw(out, "</dd>\n");
    } else {
        put_row(out, "where", where->target);
    }
}

static void put_heading(fv_html *out, const fedval_finding *s)
{
    const fv_html_look *look = fv_html_severity_look(s->remark.severity);
    fv_html_open(out, "<div class=\"card finding ", look, "\">\n<h4>");
    fv_html_tag(out, look);
    fv_html_element(out, " <code>", s->entry->id, "</code>");
    if (s->remark.requirement != 0) {
        fv_html_raw(out, " <span>R");
        fv_html_u64(out, s->remark.requirement);
        fv_html_raw(out, "</span>");
    }
    fv_html_raw(out, "</h4>\n");
    fv_html_element(out, "<p>", fedval_finding_get_message(s), "</p>\n");
}

static void put_finding(fv_html *out, const fedval_finding *s)
{
    put_heading(out, s);
    fv_html_raw(out, "<dl>\n");
    put_place(out, s);
    if (s->remark.severity >= FEDVAL_SEVERITY_INDETERMINATE) {
        put_row(out, "wanted", fedval_finding_get_expected(s));
        put_row(out, "seen", fedval_finding_get_observed(s));
        put_row(out, "certificate", s->remark.where.certificate);
        put_symptoms(out, s, FEDVAL_DIRECTION_TO_MICROSOFT, "calls to Microsoft");
        put_symptoms(out, s, FEDVAL_DIRECTION_FROM_MICROSOFT, "calls from Microsoft");
    }
    put_row(out, "mend", fedval_finding_get_remedy(s));
    put_row(out, "try", fv_out_hint(&out->words, s->hint));
    fv_html_raw(out, "</dl>\n</div>\n");
}

void fv_html_finding_cards(fv_html *out, const fedval_finding *findings, size_t num_findings)
{
    for (size_t i = 0; i < num_findings; i++)
        put_finding(out, &findings[i]);
}

void fv_html_findings(fv_html *out, const fedval_finding *findings, size_t num_findings)
{
    if (num_findings > 0 && findings[0].remark.severity > FEDVAL_SEVERITY_NOTE)
        fv_html_raw(out, "<h3>What was found</h3>\n");
    for (size_t i = 0; i < num_findings; i++) {
        if (findings[i].remark.severity > FEDVAL_SEVERITY_NOTE)
            put_finding(out, &findings[i]);
    }
}

void fv_html_notes(fv_html *out, const fedval_finding *findings, size_t num_findings)
{
    bool is_first = true;
    for (size_t i = 0; i < num_findings; i++) {
        if (findings[i].remark.severity > FEDVAL_SEVERITY_NOTE)
            continue;
        fv_html_raw(out, is_first ? "<h3>Notes</h3>\n<ul class=\"plain\">\n" : "");
        fv_html_element(out, "<li><code>", findings[i].entry->id, "</code>: ");
        fv_html_element(out, "<span>", fedval_finding_get_message(&findings[i]), "</span></li>\n");
        is_first = false;
    }
    fv_html_raw(out, is_first ? "" : "</ul>\n");
}
