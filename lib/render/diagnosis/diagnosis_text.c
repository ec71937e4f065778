/* A diagnosis for a tired administrator: what it comes to, then call by call who said what to whom,
 * the cause, how sure it is, and what to change on which side. */
#include "render/diagnosis/diagnosis_text.h"

#include <string.h>

#define MAX_STORIES 50 /* more than anybody reads; JSON has them all */
#define MAX_EXPLAINED 10

static void put_label(fv_diagnosis_writer *w, const char *label)
{
    fv_out_styled(&w->out, FV_BOLD, label);
    fv_out_pad(&w->out, FV_DIAGNOSIS_LABEL_COLUMN);
}

/* A sentence under its label, wrapped; takes the buffer over. */
static void put_sentence(fv_diagnosis_writer *w, const char *label, fv_buf *sentence)
{
    put_label(w, label);
    fv_diagnosis_put_prose(w, sentence->failed ? NULL : sentence->data);
    w->redactor.failed = w->redactor.failed || sentence->failed;
    fv_buf_clear(sentence);
    fv_out_newline(&w->out);
}

/* ---- the head ---- */

static const char *headline(const fedval_log *log)
{
    switch (fedval_log_get_diagnosis(log)) {
    case FEDVAL_DIAGNOSIS_FAULTS:
        return "cause found";
    case FEDVAL_DIAGNOSIS_UNDETERMINED:
        return "the cause cannot be told from what was given";
    default:
        /* No report at all says nothing of the calls: the file may not be such a log. */
        return fedval_log_count_incidents(log) > 0
                   ? "nothing wrong with DNS or certificates was found"
                   : "no failed call was found; without DNS, TLS or SIP lines in it a log tells "
                     "nothing";
    }
}

/* Which side has something to mend, over all that is certain. */
static uint32_t overall_side(const fedval_log *log)
{
    uint32_t side = FEDVAL_MEND_SIDE_UNKNOWN;
    for (size_t i = 0; i < fedval_log_count_groups(log); i++) {
        uint32_t here = fedval_incident_get_mend_side(fedval_log_get_group_first(log, i));
        if (here == FEDVAL_MEND_SIDE_UNKNOWN || here == FEDVAL_MEND_SIDE_NEITHER)
            continue;
        if (side != FEDVAL_MEND_SIDE_UNKNOWN && side != here)
            return FEDVAL_MEND_SIDE_EITHER;
        side = here;
    }
    return side;
}

static void put_head(fv_diagnosis_writer *w, size_t num_stories)
{
    static const char *const sides[] = {
        [FEDVAL_MEND_SIDE_UNKNOWN] = ".",
        [FEDVAL_MEND_SIDE_NEITHER] = ".",
        [FEDVAL_MEND_SIDE_CISCO] = ". Mend on the Cisco side.",
        [FEDVAL_MEND_SIDE_MICROSOFT] = ". Mend on the Microsoft side.",
        [FEDVAL_MEND_SIDE_EITHER] = ". Look on both sides.",
    };
    fv_out_u64(&w->out, num_stories);
    fv_out_text(&w->out, num_stories == 1 ? " report: " : " reports: ");
    fv_out_styled(&w->out, FV_BOLD, headline(w->log));
    fv_out_text(&w->out, sides[overall_side(w->log)]);
    fv_out_newline(&w->out);
}

/* ---- the cause ---- */

static void put_cause(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    uint32_t finding = fedval_incident_get_finding(incident);
    const fedval_catalogue_entry *entry = fedval_catalogue_find(finding);
    bool known = fedval_incident_get_certainty(incident) != FEDVAL_CERTAINTY_UNDETERMINED;
    put_label(w, known ? "CAUSE" : "OPEN");
    fv_out_styled(&w->out, known ? FV_RED : FV_YELLOW,
                  entry != NULL ? fedval_catalogue_entry_get_id(entry) : "not known here");
    if (entry != NULL && fedval_catalogue_entry_get_requirement(entry) != 0) {
        fv_out_text(&w->out, " (R");
        fv_out_u64(&w->out, fedval_catalogue_entry_get_requirement(entry));
        fv_out_text(&w->out, ")");
    }
    fv_out_text(&w->out, ", ");
    fv_out_text(&w->out, fedval_certainty_to_string(fedval_incident_get_certainty(incident)));
    fv_out_newline(&w->out);
    fv_out_pad(&w->out, FV_DIAGNOSIS_LABEL_COLUMN);
    fv_diagnosis_put_prose(w, fedval_incident_get_message(incident));
    fv_out_newline(&w->out);
}

/* Mending the record alone leads to the next fault: the certificate would not hold the new name. */
static void put_next(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    uint32_t finding = fedval_incident_get_finding(incident);
    bool is_target = finding == FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN ||
                     finding == FEDVAL_FINDING_SRV_TARGET_BELOW_SUBDOMAIN;
    const char *peer = fedval_incident_get_peer(incident);
    if (!is_target)
        return;
    fv_buf sentence;
    fv_buf_init(&sentence);
    fv_buf_append_text(&sentence, "cert-name-mismatch is likely once the record is right");
    fv_buf_append_text(&sentence, peer != NULL ? ": the peer calls itself " : NULL);
    fv_buf_append_text(&sentence, peer);
    fv_buf_append_text(&sentence, " (inferred)");
    put_sentence(w, "NEXT", &sentence);
}

static void put_change(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    const char *remedy = fedval_incident_get_remedy(incident);
    bool open = fedval_incident_get_certainty(incident) == FEDVAL_CERTAINTY_UNDETERMINED;
    if (remedy != NULL && fedval_incident_get_explained_by(incident) == 0) {
        put_label(w, open ? "DO" : "CHANGE");
        fv_diagnosis_put_prose(w, remedy);
        fv_out_newline(&w->out);
    }
    if (fedval_incident_get_mend_side(incident) == FEDVAL_MEND_SIDE_CISCO) {
        put_label(w, "PARTNER");
        fv_out_text(&w->out, "nothing to change on the Microsoft side");
        fv_out_newline(&w->out);
    }
}

static void put_letter(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    fv_buf letter;
    fv_buf_init(&letter);
    if (fv_diagnosis_append_letter(&letter, w->log, incident))
        put_sentence(w, "SEND", &letter);
}

static void put_verify(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    const char *domain = fedval_incident_get_domain(incident);
    if (domain == NULL || fedval_incident_get_mend_side(incident) == FEDVAL_MEND_SIDE_NEITHER)
        return;
    put_label(w, "VERIFY");
    fv_out_text(&w->out, "fedval check ");
    fv_diagnosis_put(w, domain);
    fv_out_newline(&w->out);
}

/* ---- stories ---- */

static void put_repetition(fv_diagnosis_writer *w, size_t group)
{
    char first[FV_DIAGNOSIS_TIME_SIZE], last[FV_DIAGNOSIS_TIME_SIZE];
    uint64_t size = fedval_log_get_group_size(w->log, group);
    if (size < 2)
        return;
    bool zoned = fedval_incident_is_zone_known(fedval_log_get_group_first(w->log, group)) != 0;
    fv_diagnosis_time(fedval_log_get_group_first_time_ms(w->log, group), zoned, first);
    fv_diagnosis_time(fedval_log_get_group_last_time_ms(w->log, group), zoned, last);
    fv_out_u64(&w->out, size);
    fv_out_text(&w->out, " times the same");
    if (first[0] != '\0') {
        fv_out_text(&w->out, ", first ");
        fv_out_text(&w->out, first);
        fv_out_text(&w->out, ", last ");
        fv_out_text(&w->out, last);
    }
    fv_out_text(&w->out, "; the first:");
    fv_out_newline(&w->out);
}

/* The incidents that this one explains; the first of them has the hops. */
static const fedval_incident *find_explained(const fedval_log *log, const fedval_incident *cause,
                                             size_t n)
{
    uint32_t id = fedval_incident_get_id(cause);
    for (size_t i = 0; i < fedval_log_count_incidents(log); i++) {
        const fedval_incident *incident = fedval_log_get_incident(log, i);
        if (fedval_incident_get_explained_by(incident) == id && n-- == 0)
            return incident;
    }
    return NULL;
}

/* Where it was logged: the line too, where the cause stands in the same log. */
static void append_place(fv_buf *buf, const fedval_incident *explained,
                         const fedval_incident *cause)
{
    const char *source = fedval_incident_get_source(explained);
    fv_buf_append_text(buf, source);
    if (strcmp(source, fedval_incident_get_source(cause)) != 0)
        return;
    fv_buf_append_char(buf, ':');
    fv_buf_append_u64(buf, fedval_incident_get_line(explained));
}

static void put_joined(fv_diagnosis_writer *w, const fedval_incident *cause,
                       const fedval_incident *explained)
{
    if (explained == NULL)
        return;
    const char *domain = fedval_incident_get_domain(explained);
    fv_buf sentence;
    fv_buf_init(&sentence);
    fv_buf_append_text(&sentence, "by ");
    fv_buf_append_text(&sentence, fedval_incident_get_joined_by(explained));
    fv_buf_append_text(&sentence, "; ");
    append_place(&sentence, explained, cause);
    fv_buf_append_text(&sentence, " alone: undetermined (R2 or R4 of ");
    fv_buf_append_text(&sentence, domain != NULL ? domain : "the caller's domain");
    fv_buf_append_char(&sentence, ')');
    put_sentence(w, "JOINED", &sentence);
}

static void put_story(fv_diagnosis_writer *w, size_t group)
{
    const fedval_incident *incident = fedval_log_get_group_first(w->log, group);
    const fedval_incident *explained = find_explained(w->log, incident, 0);
    const fedval_incident *seen = explained != NULL ? explained : incident;
    fv_out_newline(&w->out);
    put_repetition(w, group);
    fv_diagnosis_put_ladder(w, incident, seen);
    fv_diagnosis_put_event(
        w, incident, fedval_incident_get_certainty(incident) != FEDVAL_CERTAINTY_UNDETERMINED);
    for (size_t n = 0; explained != NULL && n < MAX_EXPLAINED; n++) {
        fv_diagnosis_put_event(w, explained, false);
        explained = find_explained(w->log, incident, n + 1);
    }
    if (explained != NULL) {
        fv_out_text(&w->out, "   <  and more of the same call: --format json has all of them");
        fv_out_newline(&w->out);
    }
    fv_out_newline(&w->out);
    put_cause(w, incident);
    put_joined(w, incident, find_explained(w->log, incident, 0));
    put_next(w, incident);
    put_change(w, incident);
    put_letter(w, incident);
    put_verify(w, incident);
}

/* An explained incident is told in the story of its cause. */
static bool has_story(const fedval_log *log, size_t group)
{
    return fedval_incident_get_explained_by(fedval_log_get_group_first(log, group)) == 0;
}

static size_t count_stories(const fedval_log *log)
{
    size_t count = 0;
    for (size_t i = 0; i < fedval_log_count_groups(log); i++)
        count += has_story(log, i);
    return count;
}

static void put_limit(fv_diagnosis_writer *w, size_t num_stories)
{
    uint64_t not_kept = fedval_log_count_not_kept(w->log);
    if (num_stories > MAX_STORIES) {
        fv_out_newline(&w->out);
        fv_out_u64(&w->out, num_stories - MAX_STORIES);
        fv_out_text(&w->out, " more are not shown: --format json has all of them");
        fv_out_newline(&w->out);
    }
    if (not_kept > 0) {
        fv_out_newline(&w->out);
        fv_out_text(&w->out, "limit-reached: ");
        fv_out_u64(&w->out, not_kept);
        fv_out_text(&w->out, " further incidents were counted, not kept");
        fv_out_newline(&w->out);
    }
}

static void put_document(fv_diagnosis_writer *w)
{
    size_t num_stories = count_stories(w->log);
    size_t shown = 0;
    put_head(w, num_stories);
    for (size_t i = 0; i < fedval_log_count_groups(w->log) && shown < MAX_STORIES; i++) {
        if (!has_story(w->log, i))
            continue;
        put_story(w, i);
        shown++;
    }
    put_limit(w, num_stories);
}

fedval_status fedval_log_to_text(const fedval_log *log, const fedval_diagnosis_options *options,
                                 const fedval_text_options *look, char **out_text, size_t *out_len)
{
    fv_diagnosis_writer w = {.log = log};
    fedval_diagnosis_options chosen;
    fedval_status status = fv_diagnosis_check(log, options, out_text, &chosen);
    if (status == FEDVAL_OK)
        status = fv_out_init(&w.out, look);
    if (status != FEDVAL_OK)
        return status;
    fv_redactor_init(&w.redactor, chosen.redact != 0);
    put_document(&w);
    char *text = NULL;
    size_t len = 0;
    status = fv_out_finish(&w.out, &text, &len);
    if (status == FEDVAL_OK && w.redactor.failed) {
        fedval_text_free(text);
        status = FEDVAL_ERROR_NO_MEMORY;
    }
    fv_redactor_clear(&w.redactor);
    if (status != FEDVAL_OK)
        return status;
    *out_text = text;
    if (out_len != NULL)
        *out_len = len;
    return FEDVAL_OK;
}
