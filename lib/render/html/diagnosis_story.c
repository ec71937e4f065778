/* A call that failed: the ladder of who said what and when, the cause, what to change, what to
 * send. */
#include "logs/incidents/story.h"
#include "logs/log.h"
#include "render/html/diagnosis.h"

#include <string.h>

#define MAX_EXPLAINED 10

static const fv_html_look broken = {"broken", "broken", "cause"}, said = {"open", "open", "answer"},
                          hop_look = {"none", "start", "hop"};

/* ---- the ladder ---- */

static void put_rung(fv_html_diagnosis *d)
{
    fv_html_raw(&d->html, "<li class=\"none\">");
    fv_html_icon(&d->html, &hop_look);
    fv_html_diagnosis_take(d);
    fv_html_raw(&d->html, "</li>\n");
}

/* `role` says in words what the mark of the event means. */
static void put_event(fv_html_diagnosis *d, const fedval_incident *incident,
                      const fv_html_look *look, const char *role)
{
    char time[FV_WHEN_TEXT_SIZE];
    fv_when_format(fedval_incident_get_time_ms(incident),
                   fedval_incident_is_zone_known(incident) != 0, time);
    fv_html_open(&d->html, "<li class=\"", look, "\">");
    fv_html_icon(&d->html, look);
    fv_html_raw(&d->html, "<div class=\"event\">");
    fv_diagnosis_put_words_of(&d->text, incident);
    fv_html_diagnosis_take(d);
    fv_html_element(&d->html, "<div class=\"place\">", role, ": ");
    fv_html_element(&d->html, "", time, time[0] != '\0' ? ", " : "");
    fv_diagnosis_put(&d->text, FV_SHOWN_SOURCE, fedval_incident_get_source(incident));
    fv_html_diagnosis_take(d);
    fv_html_raw(&d->html, ", line ");
    fv_html_u64(&d->html, fedval_incident_get_line(incident));
    fv_html_raw(&d->html, "</div></div></li>\n");
}

static void put_ladder(fv_html_diagnosis *d, const fedval_incident *incident,
                       const fedval_incident *seen)
{
    const fedval_incident *explained = incident->first_explained;
    size_t count = fedval_incident_count_hops(seen);
    fv_html_raw(&d->html, "<ol class=\"ladder\">\n");
    for (size_t i = count; i > 0; i--) {
        fv_diagnosis_put_hop(&d->text, seen, i - 1);
        put_rung(d);
    }
    fv_diagnosis_put_answerer(&d->text, incident, seen);
    put_rung(d);
    if (fv_incident_is_fault(incident))
        put_event(d, incident, &broken, "the cause");
    else
        put_event(d, incident, &said, "what was answered");
    for (size_t n = 0; explained != NULL && n < MAX_EXPLAINED; n++) {
        put_event(d, explained, &said, "follows from it");
        explained = explained->next_explained;
    }
    fv_html_raw(&d->html, "</ol>\n");
}

/* ---- the cause, and what follows ---- */

static const fv_html_look senses[] = {
    [0] = {"none", "none", ""},
    [FEDVAL_INCIDENT_SENSE_CAUSE] = {"broken", "broken", "cause"},
    [FEDVAL_INCIDENT_SENSE_OPEN] = {"open", "open", "open"},
    [FEDVAL_INCIDENT_SENSE_OTHER] = {"note", "none", "other"},
    [FEDVAL_INCIDENT_SENSE_WORKS] = {"sound", "sound", "works"},
};

static void put_cause(fv_html_diagnosis *d, const fedval_incident *incident)
{
    fv_html *out = &d->html;
    const char *id = fedval_finding_code_to_string(incident->finding);
    uint32_t requirement = fedval_incident_get_requirement(incident);
    const fv_html_look *look = &senses[fedval_incident_get_sense(incident)];
    fv_buf message;
    fv_html_open(out, "<div class=\"card finding ", look, "\">\n<h4>");
    fv_html_tag(out, look);
    fv_html_element(out, " <code>", id != NULL ? id : "not known here", "</code>");
    if (requirement != 0) {
        fv_html_raw(out, " <span>R");
        fv_html_u64(out, requirement);
        fv_html_raw(out, "</span>");
    }
    fv_html_element(out, " <span class=\"how\">", fedval_certainty_to_string(incident->certainty),
                    "</span></h4>\n<p>");
    fv_buf_init(&message);
    fv_tell_message(&message, incident, fv_diagnosis_shower(&d->text));
    fv_html_diagnosis_told(d, &message);
    fv_html_raw(out, "</p>\n<dl>\n");
}

static void put_row(fv_html_diagnosis *d, const char *label, fv_buf *told)
{
    fv_html_raw(&d->html, "<dt>");
    fv_html_raw(&d->html, label);
    fv_html_raw(&d->html, "</dt><dd>");
    fv_html_diagnosis_told(d, told);
    fv_html_raw(&d->html, "</dd>\n");
}

/* Where a check found the fault gone, nothing is left to be done. */
static void put_gone(fv_html_diagnosis *d)
{
    fv_buf told;
    fv_buf_init(&told);
    fv_buf_append_text(&told, FV_GROUP_GONE);
    put_row(d, "done", &told);
    fv_html_raw(&d->html, "</dl>\n");
}

static void put_rows(fv_html_diagnosis *d, const fedval_incident *incident)
{
    const fv_shower *shower = fv_diagnosis_shower(&d->text);
    fv_buf told;
    fv_buf_init(&told);
    if (incident->first_explained != NULL) {
        fv_buf_append_text(&told, incident->first_explained->joined_by);
        put_row(d, "joined by", &told);
    }
    fv_buf_init(&told);
    if (fv_tell_next(&told, incident, shower))
        put_row(d, "next", &told);
    fv_buf_init(&told);
    if (fv_tell_remedy(&told, incident, shower))
        put_row(d, fv_incident_is_fault(incident) ? "change" : "do", &told);
    fv_buf_init(&told);
    if (fv_tell_partner(&told, incident, shower))
        put_row(d, "partner", &told);
    fv_html_raw(&d->html, "</dl>\n");
}

static void put_letter(fv_html_diagnosis *d, const fedval_incident *incident)
{
    fv_buf letter;
    fv_buf_init(&letter);
    if (fv_tell_letter(&letter, &d->text.log->store, incident, fv_diagnosis_shower(&d->text))) {
        fv_html_raw(&d->html, "<h4>To send ");
        fv_html_raw(&d->html, fv_diagnosis_letter_to(&d->text, incident));
        fv_html_raw(&d->html, "</h4>\n<pre class=\"letter\" tabindex=\"0\">");
        fv_html_diagnosis_told(d, &letter);
        fv_html_raw(&d->html, "</pre>\n");
    }
    d->html.buf.failed = d->html.buf.failed || letter.failed;
    fv_buf_clear(&letter);
}

static void put_verify(fv_html_diagnosis *d, size_t group)
{
    size_t count = fedval_log_count_group_domains(d->text.log, group);
    fv_html_raw(&d->html, count > 0 ? "<h4>To see whether it is mended</h4>\n" : "");
    if (count > 0 &&
        fedval_incident_is_verified_by_call(fedval_log_get_group_first(d->text.log, group)))
        fv_html_raw(&d->html, "<p>" FV_DIAGNOSIS_CALL_AGAIN ":</p>\n");
    for (size_t i = 0; i < count; i++) {
        fv_html_raw(&d->html, "<pre tabindex=\"0\">fedval check ");
        fv_diagnosis_put(&d->text, FV_SHOWN_DOMAIN,
                         fedval_log_get_group_domain(d->text.log, group, i));
        fv_html_diagnosis_take(d);
        fv_html_raw(&d->html, "</pre>\n");
    }
}

void fv_html_diagnosis_story(fv_html_diagnosis *d, size_t group)
{
    const fedval_incident *incident = fedval_log_get_group_first(d->text.log, group);
    const fedval_incident *seen = fv_incident_seen(incident);
    fv_html_raw(&d->html, "<h3>");
    fv_diagnosis_put_call(&d->text, incident);
    fv_html_diagnosis_take(d);
    fv_html_raw(&d->html, "</h3>\n<p>");
    fv_diagnosis_put_people(&d->text, seen);
    fv_html_diagnosis_take(d);
    fv_html_raw(&d->html, "</p>\n<p class=\"how\">");
    fv_diagnosis_put_repetition(&d->text, group);
    fv_html_diagnosis_take(d);
    fv_html_raw(&d->html, "</p>\n");
    put_ladder(d, incident, seen);
    put_cause(d, incident);
    if (d->text.log->store.groups[group].is_gone) {
        put_gone(d);
    } else {
        put_rows(d, incident);
        put_letter(d, incident);
        put_verify(d, group);
    }
    fv_html_raw(&d->html, "</div>\n");
}
