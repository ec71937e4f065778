/* A diagnosis for a tired administrator. First the result in short; then for each call who said
 * what to whom, the cause, how certain it is, and what to change on which side. */
#include "render/diagnosis/diagnosis_text.h"
#include "logs/incidents/story.h"
#include "logs/log.h"

#include <string.h>

#define MAX_STORIES 50 /* more than anybody reads; the JSON has all of them */
#define MAX_EXPLAINED 10

static void put_label(fv_diagnosis_writer *w, const char *label)
{
    fv_out_styled(&w->out, FV_BOLD, label);
    fv_out_pad(&w->out, FV_DIAGNOSIS_LABEL_COLUMN);
}

/* Writes a sentence under its label, wrapped; clears the buffer. */
static void put_sentence(fv_diagnosis_writer *w, const char *label, fv_buf *sentence)
{
    put_label(w, label);
    fv_diagnosis_put_told(w, sentence);
    fv_out_newline(&w->out);
}

/* ---- the head ---- */

static void put_count(fv_diagnosis_writer *w, uint64_t count, const char *one, const char *many)
{
    fv_out_u64(&w->out, count);
    fv_out_text(&w->out, count == 1 ? one : many);
}

/* Writes "1 call, 1 request for presence and 2 events without a call in 2 logs: ". */
static void put_counts(fv_diagnosis_writer *w)
{
    const struct {
        uint64_t count;
        const char *one, *many;
    } parts[] = {
        {fedval_log_get_num_calls(w->log), " call", " calls"},
        {fedval_log_get_num_presence(w->log), " request for presence", " requests for presence"},
        {fedval_log_get_num_events(w->log), " event without a call", " events without a call"},
    };
    const size_t num_parts = sizeof(parts) / sizeof(parts[0]);
    size_t sources = fedval_log_count_sources(w->log), left = 0;
    for (size_t i = 0; i < num_parts; i++)
        left += parts[i].count > 0;
    if (left == 0)
        put_count(w, 0, parts[0].one, parts[0].many);
    for (size_t i = 0; i < num_parts; i++) {
        if (parts[i].count == 0)
            continue;
        put_count(w, parts[i].count, parts[i].one, parts[i].many);
        left--;
        fv_out_text(&w->out, left > 1 ? ", " : left == 1 ? " and " : "");
    }
    fv_out_text(&w->out, " in ");
    put_count(w, sources, " log: ", " logs: ");
}

/* Says of several causes where all of them are mended, so that none is taken for the only one. */
static const char *side_of_several(uint32_t side)
{
    switch (side) {
    case FEDVAL_MEND_SIDE_CISCO:
        return ". What is known is all mended on the Cisco side.";
    case FEDVAL_MEND_SIDE_MICROSOFT:
        return ". What is known is all mended on the Microsoft side.";
    default:
        return NULL;
    }
}

void fv_diagnosis_put_head(fv_diagnosis_writer *w)
{
    static const char *const sides[] = {
        [FEDVAL_MEND_SIDE_UNKNOWN] = ".",
        [FEDVAL_MEND_SIDE_NEITHER] = ".",
        [FEDVAL_MEND_SIDE_CISCO] = ". Mend on the Cisco side.",
        [FEDVAL_MEND_SIDE_MICROSOFT] = ". Mend on the Microsoft side.",
        [FEDVAL_MEND_SIDE_EITHER] = ". Cisco side or Microsoft side: see each cause.",
    };
    uint32_t headline = fedval_log_get_headline(w->log);
    uint32_t side = fedval_log_get_mend_side(w->log);
    bool is_one =
        headline != FEDVAL_HEADLINE_SEVERAL_CAUSES && headline != FEDVAL_HEADLINE_CAUSE_OF_SOME;
    const char *several = is_one ? NULL : side_of_several(side);
    put_counts(w);
    fv_out_styled(&w->out, FV_BOLD, fedval_headline_get_sentence(headline));
    fv_out_text(&w->out, several != NULL ? several : sides[side]);
    fv_out_newline(&w->out);
}

/* ---- the cause ---- */

static const struct {
    const char *label;
    enum fv_style style;
} senses[] = {
    [0] = {"", FV_PLAIN},
    [FEDVAL_INCIDENT_SENSE_CAUSE] = {"CAUSE", FV_RED},
    [FEDVAL_INCIDENT_SENSE_OPEN] = {"OPEN", FV_YELLOW},
    [FEDVAL_INCIDENT_SENSE_OTHER] = {"OTHER", FV_YELLOW},
    [FEDVAL_INCIDENT_SENSE_WORKS] = {"WORKS", FV_GREEN},
};

static void put_cause(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    const char *id = fedval_finding_code_to_string(incident->finding);
    uint32_t requirement = fedval_incident_get_requirement(incident);
    fv_buf message;
    fv_buf_init(&message);
    uint32_t sense = fedval_incident_get_sense(incident);
    put_label(w, senses[sense].label);
    fv_out_styled(&w->out, senses[sense].style, id != NULL ? id : "not known here");
    if (requirement != 0) {
        fv_out_text(&w->out, " (R");
        fv_out_u64(&w->out, requirement);
        fv_out_text(&w->out, ")");
    }
    fv_out_text(&w->out, ", ");
    fv_out_text(&w->out, fedval_certainty_to_string(incident->certainty));
    fv_out_newline(&w->out);
    fv_out_pad(&w->out, FV_DIAGNOSIS_LABEL_COLUMN);
    fv_tell_message(&message, incident, fv_diagnosis_shower(w));
    fv_diagnosis_put_told(w, &message);
    fv_out_newline(&w->out);
}

static void put_next(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    fv_buf sentence;
    fv_buf_init(&sentence);
    if (fv_tell_next(&sentence, incident, fv_diagnosis_shower(w)))
        put_sentence(w, "NEXT", &sentence);
}

static void put_gone(fv_diagnosis_writer *w)
{
    fv_buf sentence;
    fv_buf_init(&sentence);
    fv_buf_append_text(&sentence, FV_GROUP_GONE);
    put_sentence(w, "DONE", &sentence);
}

static void put_change(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    fv_buf remedy;
    fv_buf_init(&remedy);
    bool has_remedy = fv_tell_remedy(&remedy, incident, fv_diagnosis_shower(w));
    if (has_remedy)
        put_sentence(w, fv_incident_is_fault(incident) ? "CHANGE" : "DO", &remedy);
    fv_buf partner;
    fv_buf_init(&partner);
    if (fv_tell_partner(&partner, incident, fv_diagnosis_shower(w)))
        put_sentence(w, "PARTNER", &partner);
}

static void put_letter(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    fv_buf letter;
    fv_buf_init(&letter);
    fv_buf_append_text(&letter, fv_diagnosis_letter_to(w, incident));
    fv_buf_append_text(&letter, ": \"");
    if (fv_tell_letter(&letter, &w->log->store, incident, fv_diagnosis_shower(w))) {
        fv_buf_append_char(&letter, '"');
        put_sentence(w, "SEND", &letter);
    }
    w->redactor.failed = w->redactor.failed || letter.failed;
    fv_buf_clear(&letter);
}

static void put_verify(fv_diagnosis_writer *w, size_t group)
{
    const fedval_incident *first = fedval_log_get_group_first(w->log, group);
    bool by_call = fedval_incident_is_verified_by_call(first) != 0;
    for (size_t i = 0; i < fedval_log_count_group_domains(w->log, group); i++) {
        put_label(w, "VERIFY");
        fv_out_text(&w->out, by_call ? FV_DIAGNOSIS_CALL_AGAIN ": " : "");
        fv_out_text(&w->out, "fedval check ");
        fv_diagnosis_put(w, FV_SHOWN_DOMAIN, fedval_log_get_group_domain(w->log, group, i));
        fv_out_newline(&w->out);
    }
}

/* ---- stories ---- */

void fv_diagnosis_put_repetition(fv_diagnosis_writer *w, size_t group)
{
    char first[FV_WHEN_TEXT_SIZE], last[FV_WHEN_TEXT_SIZE];
    uint64_t size = fedval_log_get_group_size(w->log, group);
    if (size < 2)
        return;
    bool zoned = fedval_incident_is_zone_known(fedval_log_get_group_first(w->log, group)) != 0;
    fv_when_format(fedval_log_get_group_first_time_ms(w->log, group), zoned, first);
    fv_when_format(fedval_log_get_group_last_time_ms(w->log, group), zoned, last);
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

/* Appends where the explained incident was logged, with its line if the cause is in the same
 * log. */
static void append_place(fv_diagnosis_writer *w, fv_buf *buf, const fedval_incident *explained)
{
    const fedval_incident *cause = explained->cause;
    fv_buf_append_text(buf, fv_redact(&w->redactor, FV_SHOWN_SOURCE, explained->source));
    if (strcmp(explained->source, cause->source) != 0)
        return;
    fv_buf_append_char(buf, ':');
    fv_buf_append_u64(buf, explained->line);
}

static void put_joined(fv_diagnosis_writer *w, const fedval_incident *explained)
{
    fv_buf sentence;
    if (explained == NULL)
        return;
    fv_buf_init(&sentence);
    fv_buf_append_text(&sentence, "by ");
    fv_buf_append_text(&sentence, explained->joined_by);
    fv_buf_append_text(&sentence, "; ");
    append_place(w, &sentence, explained);
    fv_buf_append_text(&sentence, " alone: ");
    fv_buf_append_text(&sentence, fv_incident_word_alone(explained));
    put_sentence(w, "JOINED", &sentence);
}

static void put_explained(fv_diagnosis_writer *w, const fedval_incident *incident)
{
    const fedval_incident *explained = incident->first_explained;
    for (size_t n = 0; explained != NULL && n < MAX_EXPLAINED; n++) {
        fv_diagnosis_put_event(w, explained, false);
        explained = explained->next_explained;
    }
    if (explained == NULL)
        return;
    fv_out_text(&w->out, "   <  and more of the same call: JSON has all of them");
    fv_out_newline(&w->out);
}

static void put_story(fv_diagnosis_writer *w, size_t group)
{
    const fedval_incident *incident = fedval_log_get_group_first(w->log, group);
    fv_out_newline(&w->out);
    fv_diagnosis_put_repetition(w, group);
    fv_diagnosis_put_ladder(w, incident, fv_incident_seen(incident));
    fv_diagnosis_put_event(w, incident, fv_incident_is_fault(incident));
    put_explained(w, incident);
    fv_out_newline(&w->out);
    put_cause(w, incident);
    put_joined(w, incident->first_explained);
    if (w->log->store.groups[group].is_gone) {
        put_gone(w);
        return;
    }
    put_next(w, incident);
    put_change(w, incident);
    put_letter(w, incident);
    put_verify(w, group);
}

static void put_limit(fv_diagnosis_writer *w, size_t num_stories)
{
    uint64_t not_kept = fedval_log_get_num_not_kept(w->log);
    if (num_stories > MAX_STORIES) {
        fv_out_newline(&w->out);
        fv_out_u64(&w->out, num_stories - MAX_STORIES);
        fv_out_text(&w->out, " more are not shown: JSON has all of them");
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
    size_t num_stories = 0;
    fv_diagnosis_put_head(w);
    for (size_t i = 0; i < fedval_log_count_groups(w->log); i++) {
        if (fv_group_is_story(&w->log->store.groups[i]) && num_stories++ < MAX_STORIES)
            put_story(w, i);
    }
    put_limit(w, num_stories);
    fv_diagnosis_put_unrelated(w);
    fv_diagnosis_put_sources(w);
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
    fv_diagnosis_prepare(&w.redactor, log, chosen.redact != 0);
    put_document(&w);
    char *text = NULL;
    size_t len = 0;
    status = fv_out_finish(&w.out, &text, &len);
    return fv_diagnosis_hand_out(&w.redactor, status, text, len, out_text, out_len);
}
