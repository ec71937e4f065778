/* The results, after all reading has ended. */
#include "logs/incidents/story.h"
#include "logs/log.h"

static bool is_finished(const fedval_log *log)
{
    return log != NULL && log->state == FV_LOG_FINISHED;
}

uint32_t fedval_log_get_diagnosis(const fedval_log *log)
{
    return is_finished(log) ? fv_store_diagnosis(&log->store) : 0;
}

uint32_t fedval_log_get_headline(const fedval_log *log)
{
    return is_finished(log) ? fv_store_headline(&log->store) : 0;
}

size_t fedval_log_count_incidents(const fedval_log *log)
{
    return is_finished(log) ? log->store.num_incidents : 0;
}

const fedval_incident *fedval_log_get_incident(const fedval_log *log, size_t index)
{
    return index < fedval_log_count_incidents(log) ? log->store.incidents[index] : NULL;
}

uint64_t fedval_log_get_num_not_kept(const fedval_log *log)
{
    return is_finished(log) ? log->store.num_not_kept : 0;
}

size_t fedval_log_count_groups(const fedval_log *log)
{
    return is_finished(log) ? log->store.num_groups : 0;
}

static const fv_group *get_group(const fedval_log *log, size_t index)
{
    return index < fedval_log_count_groups(log) ? &log->store.groups[index] : NULL;
}

fedval_status fedval_log_set_group_gone(fedval_log *log, size_t index)
{
    if (log == NULL || index >= fedval_log_count_groups(log))
        return FEDVAL_ERROR_ARGUMENT;
    fv_group *group = &log->store.groups[index];
    /* A log that leaves the cause open names none that could be gone. */
    group->is_gone = group->first->certainty != FEDVAL_CERTAINTY_UNDETERMINED;
    return FEDVAL_OK;
}

const fedval_incident *fedval_log_get_group_first(const fedval_log *log, size_t index)
{
    const fv_group *group = get_group(log, index);
    return group != NULL ? group->first : NULL;
}

uint64_t fedval_log_get_group_size(const fedval_log *log, size_t index)
{
    const fv_group *group = get_group(log, index);
    return group != NULL ? group->size : 0;
}

int64_t fedval_log_get_group_first_time_ms(const fedval_log *log, size_t index)
{
    const fv_group *group = get_group(log, index);
    return group != NULL ? group->first_time : FEDVAL_TIME_UNKNOWN;
}

int64_t fedval_log_get_group_last_time_ms(const fedval_log *log, size_t index)
{
    const fv_group *group = get_group(log, index);
    return group != NULL ? group->last_time : FEDVAL_TIME_UNKNOWN;
}

size_t fedval_log_count_domains(const fedval_log *log)
{
    return is_finished(log) ? log->store.num_domains : 0;
}

const char *fedval_log_get_domain(const fedval_log *log, size_t index)
{
    return index < fedval_log_count_domains(log) ? log->store.domains[index] : NULL;
}

size_t fedval_log_count_evidence(const fedval_log *log)
{
    return is_finished(log) ? log->store.num_evidence : 0;
}

const fedval_evidence *fedval_log_get_evidence(const fedval_log *log, size_t index)
{
    return index < fedval_log_count_evidence(log) ? log->store.evidence[index] : NULL;
}

uint64_t fedval_log_get_num_calls(const fedval_log *log)
{
    return is_finished(log) ? log->store.num_calls : 0;
}

uint64_t fedval_log_get_num_events(const fedval_log *log)
{
    return is_finished(log) ? log->store.num_events : 0;
}

uint64_t fedval_log_get_num_presence(const fedval_log *log)
{
    return is_finished(log) ? log->store.num_presence : 0;
}

uint64_t fedval_log_get_num_unrelated(const fedval_log *log)
{
    return is_finished(log) ? log->store.num_unrelated : 0;
}

uint64_t fedval_log_get_num_not_understood(const fedval_log *log)
{
    uint64_t count = 0;
    for (size_t i = 0; i < fedval_log_count_groups(log); i++)
        count += log->store.groups[i].first->finding == 0 ? log->store.groups[i].size : 0;
    return count;
}

#define UNJUDGED_ROWS                                                                              \
    "rows of the search history with another status than Server time-out or Forbidden, such as "   \
    "Busy or Not Found: a row does not say who answered, the partner or the Expressway itself, "   \
    "so they prove nothing, not even that DNS and certificates hold. The answer with its Server "  \
    "header is in the diagnostic log (Maintenance > Diagnostics > Diagnostic logging)"

const char *fedval_log_get_not_judged(const fedval_log *log)
{
    uint32_t formats = 0;
    for (size_t i = 0; i < fedval_log_count_sources(log); i++)
        formats |= fedval_log_get_source_formats(log, i);
    return (formats & FEDVAL_LOG_FORMAT_SEARCH_HISTORY) != 0 ? UNJUDGED_ROWS : NULL;
}

uint32_t fedval_log_get_mend_side(const fedval_log *log)
{
    return is_finished(log) ? fv_store_mend_side(&log->store) : FEDVAL_MEND_SIDE_UNKNOWN;
}

uint32_t fedval_log_has_group_story(const fedval_log *log, size_t index)
{
    const fv_group *group = get_group(log, index);
    return group != NULL && fv_group_has_story(group) ? 1 : 0;
}

uint32_t fedval_log_get_group_next(const fedval_log *log, size_t index)
{
    return fedval_incident_get_next(fedval_log_get_group_first(log, index));
}

const char *fedval_log_get_group_letter(const fedval_log *log, size_t index)
{
    const fv_group *group = get_group(log, index);
    return group != NULL ? group->letter : NULL;
}

size_t fedval_log_count_group_domains(const fedval_log *log, size_t index)
{
    return fedval_incident_count_verify_domains(fedval_log_get_group_first(log, index));
}

const char *fedval_log_get_group_domain(const fedval_log *log, size_t index, size_t n)
{
    return fedval_incident_get_verify_domain(fedval_log_get_group_first(log, index), n);
}

/* ---- what follows from one incident ---- */

uint32_t fedval_incident_get_next(const fedval_incident *incident)
{
    return incident != NULL ? fv_incident_next(incident) : 0;
}

size_t fedval_incident_count_verify_domains(const fedval_incident *incident)
{
    const char *domains[2];
    return incident != NULL ? fv_incident_list_domains(incident, domains) : 0;
}

const char *fedval_incident_get_verify_domain(const fedval_incident *incident, size_t index)
{
    const char *domains[2];
    size_t count = incident != NULL ? fv_incident_list_domains(incident, domains) : 0;
    return index < count ? domains[index] : NULL;
}

/* Who is explained by another incident has no letter of its own. */
uint32_t fedval_log_get_letter_side(const fedval_log *log, size_t index)
{
    const fedval_incident *incident = fedval_log_get_incident(log, index);
    return incident != NULL && incident->cause == NULL ? fv_letter_side(&log->store, incident)
                                                       : (uint32_t)FEDVAL_MEND_SIDE_UNKNOWN;
}

static fedval_status take_letter(const fv_store *store, const fedval_incident *incident,
                                 char **out_text, size_t *out_len)
{
    fv_buf letter;
    fv_buf_init(&letter);
    bool has_letter = incident->cause == NULL && fv_tell_letter(&letter, store, incident, NULL);
    if (!has_letter)
        return FEDVAL_ERROR_NOT_FOUND; /* nothing was written */
    return fv_buf_hand_over(&letter, out_text, out_len);
}

fedval_status fedval_log_letter_to_text(const fedval_log *log, size_t index, char **out_text,
                                        size_t *out_len)
{
    const fedval_incident *incident = fedval_log_get_incident(log, index);
    if (log == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    return incident == NULL ? FEDVAL_ERROR_NOT_FOUND
                            : take_letter(&log->store, incident, out_text, out_len);
}

/* ---- what was read ---- */

size_t fedval_log_count_sources(const fedval_log *log)
{
    return is_finished(log) ? log->store.num_sources : 0;
}

static const fv_source *get_source(const fedval_log *log, size_t index)
{
    return index < fedval_log_count_sources(log) ? &log->store.sources[index] : NULL;
}

const char *fedval_log_get_source_name(const fedval_log *log, size_t index)
{
    const fv_source *source = get_source(log, index);
    return source != NULL ? source->name : NULL;
}

uint64_t fedval_log_get_source_lines(const fedval_log *log, size_t index)
{
    const fv_source *source = get_source(log, index);
    return source != NULL ? source->lines : 0;
}

uint32_t fedval_log_get_source_formats(const fedval_log *log, size_t index)
{
    const fv_source *source = get_source(log, index);
    return source != NULL ? source->formats : 0;
}

size_t fedval_log_count_source_answers(const fedval_log *log, size_t index)
{
    const fv_source *source = get_source(log, index);
    return source != NULL ? source->answers.num_statuses : 0;
}

uint32_t fedval_log_get_source_answer_status(const fedval_log *log, size_t index, size_t n)
{
    bool is_there = n < fedval_log_count_source_answers(log, index);
    return is_there ? get_source(log, index)->answers.statuses[n] : 0;
}

uint64_t fedval_log_get_source_answer_times(const fedval_log *log, size_t index, size_t n)
{
    bool is_there = n < fedval_log_count_source_answers(log, index);
    return is_there ? get_source(log, index)->answers.counts[n] : 0;
}
