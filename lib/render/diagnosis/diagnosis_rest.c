/* The end of a diagnosis: lines that nothing ties to a Microsoft side, and the list of what was
 * read. */
#include "logs/incidents/tell.h"
#include "logs/log.h"
#include "render/diagnosis/diagnosis_text.h"

#include <string.h>

#define MAX_UNRELATED 20

/* ---- lines that nothing ties to a partner ---- */

/* Writes "3 times   expe.log:14  from 192.0.2.1 and others, which calls itself sip.example.com". */
void fv_diagnosis_put_unrelated_place(fv_diagnosis_writer *w, size_t group)
{
    const fedval_incident *incident = fedval_log_get_group_first(w->log, group);
    uint64_t size = fedval_log_get_group_size(w->log, group);
    fv_out_u64(&w->out, size);
    fv_out_text(&w->out, size == 1 ? " time   " : " times  ");
    fv_diagnosis_put(w, FV_SHOWN_SOURCE, incident->source);
    fv_out_text(&w->out, ":");
    fv_out_u64(&w->out, incident->line);
    if (incident->peer != NULL) {
        fv_out_text(&w->out, incident->way == FV_WAY_OUTBOUND ? "  to " : "  from ");
        fv_diagnosis_put(w, FV_SHOWN_HOST, incident->peer);
        fv_out_text(&w->out, w->log->store.groups[group].has_other_peers ? " and others" : "");
    }
    if (incident->num_fqdns > 0 && fv_incident_is_of_connection(incident)) {
        fv_out_text(&w->out, ", which calls itself ");
        fv_diagnosis_put(w, FV_SHOWN_HOST, incident->fqdns[0]);
    }
}

static void put_told(fv_diagnosis_writer *w, const char *label, fv_buf *told)
{
    fv_out_text(&w->out, label);
    fv_out_pad(&w->out, FV_DIAGNOSIS_LABEL_COLUMN);
    fv_diagnosis_put_told(w, told);
    fv_out_newline(&w->out);
}

static void put_one(fv_diagnosis_writer *w, size_t group)
{
    const fedval_incident *incident = fedval_log_get_group_first(w->log, group);
    const char *id = fedval_finding_code_to_string(incident->finding);
    fv_buf told;
    fv_out_text(&w->out, "  ");
    fv_diagnosis_put_unrelated_place(w, group);
    fv_out_newline(&w->out);
    fv_buf_init(&told);
    fv_buf_append_text(&told, id);
    fv_buf_append_text(&told, id != NULL ? ": " : NULL);
    fv_tell_message(&told, incident, fv_diagnosis_shower(w));
    put_told(w, "", &told);
    fv_buf_init(&told);
    if (fv_tell_unrelated_remedy(&told, incident, fv_diagnosis_shower(w)))
        put_told(w, "", &told);
    w->redactor.failed = w->redactor.failed || told.failed;
    fv_buf_clear(&told);
}

void fv_diagnosis_put_unrelated(fv_diagnosis_writer *w)
{
    size_t shown = 0;
    for (size_t i = 0; i < fedval_log_count_groups(w->log); i++) {
        if (fedval_log_get_group_first(w->log, i)->is_related)
            continue;
        if (shown == 0) {
            fv_out_newline(&w->out);
            fv_out_styled(&w->out, FV_BOLD, "NOT TIED TO A PARTNER");
            fv_out_text(&w->out, "  ");
            fv_out_u64(&w->out, fedval_log_get_num_unrelated(w->log));
            fv_out_text(&w->out, fedval_log_get_num_unrelated(w->log) == 1 ? " entry" : " entries");
            fv_out_text(&w->out, ": nothing in these logs says that the other end is a "
                                 "Microsoft side");
            fv_out_newline(&w->out);
        }
        if (shown++ < MAX_UNRELATED)
            put_one(w, i);
    }
    if (shown <= MAX_UNRELATED)
        return;
    fv_out_u64(&w->out, shown - MAX_UNRELATED);
    fv_out_text(&w->out, " more kinds are not shown: JSON has all of them");
    fv_out_newline(&w->out);
}

/* ---- what was read ---- */

static const char *const format_names[][2] = {
    {"expressway", "Expressway"},         {"edge", "Edge trace"},
    {"client", "client trace"},           {"sip", "SIP messages"},
    {"windows-event", "Windows events"},  {"powershell", "PowerShell"},
    {"search-history", "search history"}, {"cms", "Meeting Server"},
};

static void put_formats(fv_diagnosis_writer *w, uint32_t formats)
{
    bool first = true;
    for (size_t i = 0; i < sizeof(format_names) / sizeof(format_names[0]); i++) {
        if ((formats & 1u << i) == 0)
            continue;
        fv_out_text(&w->out, first ? "" : ", ");
        fv_out_text(&w->out, format_names[i][1]);
        first = false;
    }
    if (first)
        fv_out_text(&w->out, "no entry of a log that is known here");
}

/* Writes "1 SIP answer, 504", "2 SIP answers, all 504" or "3 SIP answers: 200 (2), 404 (1)". */
static void put_answers(fv_diagnosis_writer *w, size_t source)
{
    uint64_t total = 0;
    size_t count = fedval_log_count_source_answers(w->log, source);
    for (size_t i = 0; i < count; i++)
        total += fedval_log_get_source_answer_times(w->log, source, i);
    fv_out_text(&w->out, ", ");
    fv_out_u64(&w->out, total);
    fv_out_text(&w->out, total == 1 ? " SIP answer" : " SIP answers");
    const char *lead = count > 1 ? ": " : total > 1 ? ", all " : ", ";
    for (size_t i = 0; i < count; i++) {
        fv_out_text(&w->out, i == 0 ? lead : ", ");
        fv_out_u64(&w->out, fedval_log_get_source_answer_status(w->log, source, i));
        if (count == 1)
            break;
        fv_out_text(&w->out, " (");
        fv_out_u64(&w->out, fedval_log_get_source_answer_times(w->log, source, i));
        fv_out_text(&w->out, ")");
    }
}

void fv_diagnosis_put_source(fv_diagnosis_writer *w, size_t source)
{
    uint64_t lines = fedval_log_get_source_lines(w->log, source);
    fv_diagnosis_put(w, FV_SHOWN_SOURCE, fedval_log_get_source_name(w->log, source));
    fv_out_text(&w->out, "  ");
    fv_out_u64(&w->out, lines);
    fv_out_text(&w->out, lines == 1 ? " line; " : " lines; ");
    put_formats(w, fedval_log_get_source_formats(w->log, source));
    put_answers(w, source);
}

static void put_unjudged(fv_diagnosis_writer *w)
{
    const char *unjudged = fedval_log_get_not_judged(w->log);
    if (unjudged == NULL)
        return;
    fv_out_styled(&w->out, FV_BOLD, "NOT JUDGED");
    fv_out_text(&w->out, "  ");
    fv_out_text(&w->out, unjudged);
    fv_out_newline(&w->out);
}

/* How many entries were not understood; nothing if there are none. */
static void put_not_understood(fv_diagnosis_writer *w)
{
    uint64_t count = fedval_log_get_num_not_understood(w->log);
    if (count == 0)
        return;
    fv_out_styled(&w->out, FV_BOLD, "NOT UNDERSTOOD");
    fv_out_text(&w->out, "  ");
    fv_out_u64(&w->out, count);
    fv_out_text(&w->out, count == 1 ? " entry reports a code or a text that is not known here"
                                    : " entries report codes or texts that are not known here");
    fv_out_newline(&w->out);
}

void fv_diagnosis_put_sources(fv_diagnosis_writer *w)
{
    fv_out_newline(&w->out);
    w->out.breaks = true;
    for (size_t i = 0; i < fedval_log_count_sources(w->log); i++) {
        fv_out_styled(&w->out, FV_BOLD, "READ");
        fv_out_pad(&w->out, FV_DIAGNOSIS_LABEL_COLUMN);
        fv_diagnosis_put_source(w, i);
        fv_out_newline(&w->out);
    }
    put_unjudged(w);
    put_not_understood(w);
    w->out.breaks = false;
}
