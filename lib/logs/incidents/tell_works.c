/* Sentences about calls that were set up: by themselves, and beside a failure. */
#include "logs/incidents/wording.h"

static void append_time(fv_buf *buf, int64_t milliseconds, const fv_when *when)
{
    char time[FV_WHEN_TEXT_SIZE];
    fv_when_format(milliseconds, when->zone_known, time);
    fv_buf_append_text(buf, time[0] != '\0' ? " at " : "");
    fv_buf_append_text(buf, time);
}

/* Appends "a call was set up at 2026-03-12T09:00:01Z (expe.log:22), the last at ...". */
static void append_evidence(fv_buf *buf, const fv_wording *w, const fedval_incident *works,
                            int64_t last_ms)
{
    fv_buf_append_text(buf, fv_incident_is_set_up(works) ? "a call was set up"
                                                         : "the far side itself answered a call");
    append_time(buf, works->when.milliseconds, &works->when);
    if (!w->is_letter) {
        fv_buf_append_text(buf, " (");
        fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_SOURCE, works->source));
        fv_buf_append_char(buf, ':');
        fv_buf_append_u64(buf, works->line);
        fv_buf_append_char(buf, ')');
    }
    if (last_ms == FEDVAL_TIME_UNKNOWN || last_ms == works->when.milliseconds)
        return;
    fv_buf_append_text(buf, ", the last such");
    append_time(buf, last_ms, &works->when);
}

bool fv_word_worked(fv_buf *buf, const fv_wording *w, const fedval_incident *incident)
{
    if (incident->works == NULL)
        return false;
    fv_buf_append_text(buf, ". The same way ");
    append_evidence(buf, w, incident->works, fv_incident_last_that_worked(incident));
    fv_buf_append_text(buf,
                       ": then the record, the name in the certificate and the allowed list "
                       "held. So it can be: a fault behind the Edge, inside the Microsoft side; a "
                       "change of DNS or of a certificate between the two; one of several servers "
                       "or Edges that differs from the others");
    return true;
}

void fv_word_works(fv_buf *buf, const fv_wording *w, const fedval_incident *incident)
{
    if (incident->works != NULL) {
        fv_buf_append_text(buf, "; yet the same way ");
        append_evidence(buf, w, incident->works, fv_incident_last_that_worked(incident));
        fv_buf_append_text(buf, ", so it does not hold for every call: it began or ended in "
                                "between, or one of several servers differs from the others");
    } else if (incident->works_of_other != NULL) {
        fv_buf_append_text(buf, "; between ");
        fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_DOMAIN,
                                         fv_incident_own_domain(incident->works_of_other)));
        fv_buf_append_text(buf, " and the same partner ");
        append_evidence(buf, w, incident->works_of_other, incident->works_of_other->last_ms);
        fv_buf_append_text(buf, ", so look first at what this domain has for itself: its record, "
                                "its name in the certificate, its place on the allowed list");
    }
}

void fv_word_set_up(fv_buf *buf, const fv_wording *w, const fedval_incident *incident)
{
    fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_TEXT, incident->reported_code));
    fv_buf_append_text(buf, incident->reported_code != NULL ? " " : "");
    fv_buf_append_text(buf, fv_shown(w->shower, FV_SHOWN_TEXT, incident->reported_text));
    fv_buf_append_text(buf, incident->is_related
                                ? ": the call was set up, so DNS and certificates held in this "
                                  "direction"
                                : ": a call was set up; whether its other side is a Microsoft "
                                  "side, nothing in these logs says");
}
