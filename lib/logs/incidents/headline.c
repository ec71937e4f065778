/* The headline of a diagnosis: its result in one sentence. */
#include "base/code.h"
#include "logs/incidents/story.h"

#define LINE(name) FEDVAL_HEADLINE_##name

static const fv_code headlines[] = {
    {LINE(CAUSE_FOUND), "cause-found"},
    {LINE(CAUSE_NOT_TOLD), "cause-not-told"},
    {LINE(ANSWER_CUT), "answer-cut"},
    {LINE(NOTHING_WRONG), "nothing-wrong"},
    {LINE(NO_CALL_WITH_MICROSOFT), "no-call-with-microsoft"},
    {LINE(NO_CALL_OF_FEDERATION), "no-call-of-federation"},
    {LINE(NO_FAILED_CALL), "no-failed-call"},
    {LINE(SEVERAL_CAUSES), "several-causes"},
    {LINE(CAUSE_OF_SOME), "cause-of-some"},
};

static const fv_code sentences[] = {
    {LINE(CAUSE_FOUND), "cause found"},
    {LINE(CAUSE_NOT_TOLD), "the cause cannot be told from what was given"},
    {LINE(ANSWER_CUT), "an answer 504 is there, without the From, To, Call-ID and Server that tell "
                       "whose it is; give the log itself"},
    {LINE(NOTHING_WRONG), "nothing wrong with DNS or certificates was found"},
    {LINE(NO_CALL_WITH_MICROSOFT), "no failed call with a Microsoft side was found"},
    {LINE(NO_CALL_OF_FEDERATION), "no failed call that tells of federation was found"},
    {LINE(NO_FAILED_CALL), "no failed call was found"},
    {LINE(SEVERAL_CAUSES), "more than one cause found"},
    {LINE(CAUSE_OF_SOME), "cause found of some, not of all"},
};

FV_CODE_FUNCTIONS(headline, headlines)

const char *fedval_headline_get_sentence(uint32_t headline)
{
    return fv_code_to_string(sentences, sizeof(sentences) / sizeof(sentences[0]), headline);
}

/* 401 and 407 ask for a password, 481 and 487 end a call that is over (RFC 3261 21.4): no call
 * fails by them. */
static bool is_failure(uint32_t status)
{
    return status >= 400 && status != 401 && status != 407 && status != 481 && status != 487;
}

/* Whether a SIP answer in the logs is that of a failed call, whoever gave it. */
static bool has_failures(const fv_store *store)
{
    for (size_t i = 0; i < store->num_sources; i++) {
        const fv_answers *answers = &store->sources[i].answers;
        for (size_t k = 0; k < answers->num_statuses; k++) {
            if (is_failure(answers->statuses[k]))
                return true;
        }
    }
    return false;
}

/* Whether the incident is shown by itself, and not as a part of another one. */
static bool is_told(const fv_group *group, uint32_t sense)
{
    return fv_group_is_story(group) && fedval_incident_get_sense(group->first) == sense;
}

/* Whether two causes are one to mend: the same fault of the same domain. */
static bool is_same_cause(const fedval_incident *a, const fedval_incident *b)
{
    return a->finding == b->finding && fv_incident_is_same_text(a->domain, b->domain);
}

static uint32_t headline_of_causes(const fv_store *store)
{
    const fedval_incident *first = NULL;
    bool is_several = false, is_open = false;
    for (size_t i = 0; i < store->num_groups; i++) {
        const fv_group *group = &store->groups[i];
        is_open |= is_told(group, FEDVAL_INCIDENT_SENSE_OPEN);
        if (!is_told(group, FEDVAL_INCIDENT_SENSE_CAUSE))
            continue;
        is_several |= first != NULL && !is_same_cause(first, group->first);
        first = first != NULL ? first : group->first;
    }
    return is_open ? LINE(CAUSE_OF_SOME) : is_several ? LINE(SEVERAL_CAUSES) : LINE(CAUSE_FOUND);
}

uint32_t fv_store_headline(const fv_store *store)
{
    uint32_t diagnosis = fv_store_diagnosis(store);
    bool has_calls = store->num_calls + store->num_presence + store->num_events > 0;
    if (diagnosis == FEDVAL_DIAGNOSIS_FAULTS)
        return headline_of_causes(store);
    if (diagnosis == FEDVAL_DIAGNOSIS_UNDETERMINED)
        return has_calls ? LINE(CAUSE_NOT_TOLD) : LINE(ANSWER_CUT);
    if (has_calls)
        return LINE(NOTHING_WRONG);
    if (store->num_unrelated > 0)
        return LINE(NO_CALL_WITH_MICROSOFT);
    return has_failures(store) ? LINE(NO_CALL_OF_FEDERATION) : LINE(NO_FAILED_CALL);
}
