/* Expressway's events about whole calls. Its Event Log has them where the diagnostic log has the
 * messages. They name both parties, and no server: who ended the call is not in them. */
#include "logs/interpret/draft.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool field_has(const fv_draft *draft, fv_key key, const char *word)
{
    fv_span span;
    return fv_entry_get(draft->entry, key, 0, &span) &&
           fv_sight_find(draft->sight, span, word) < span.to;
}

static void read_alias(fv_draft *draft, fv_key key, fv_party *out)
{
    fv_span span;
    if (fv_entry_get(draft->entry, key, 0, &span) && !fv_entry_is_cut(draft->entry, key))
        fv_draft_read_party(draft, fv_sight_text(draft->sight, span), out);
}

static void read_parties(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    incident->kind = FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP;
    read_alias(draft, FV_KEY_SRC_ALIAS, &incident->from);
    read_alias(draft, FV_KEY_DST_ALIAS, &incident->to);
    incident->domain = incident->from.domain;
}

/* Nothing in the event says that one of the two is of a Microsoft side: something else in the logs
 * must. */
static bool note_event(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    incident->is_call_event = true;
    incident->is_related = false;
    incident->domain = NULL;
    return incident->from.domain != NULL && incident->to.domain != NULL &&
           !fv_incident_is_same_text(incident->from.domain, incident->to.domain);
}

static bool judge_connected(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    incident->status = 200;
    incident->reported_text = fv_draft_field_spaced(draft, FV_KEY_EVENT);
    incident->of_far_side = true;
    return fv_draft_apply_far_side(incident) && note_event(draft);
}

#define BY_RULE                                                                                    \
    "the Expressway itself refused the call, by its call policy; its search history (Status > "    \
    "Search history) says by which rule"
#define BY_SOMEBODY                                                                                \
    "the event does not say who gave it: the partner, whose answer would show that DNS and "       \
    "certificates hold, or the Expressway itself, whose search history (Status > Search history) " \
    "says why"

/* "Policy Response" is the answer of the Expressway's own call policy. */
static bool judge_refused(fv_draft *draft, uint32_t status)
{
    fedval_incident *incident = draft->incident;
    bool is_own = field_has(draft, FV_KEY_DETAIL, "Policy Response") ||
                  field_has(draft, FV_KEY_REASON, "Policy Response");
    incident->status = status;
    incident->reported_code = fv_draft_number_text(draft, status);
    incident->reported_text = fv_draft_field_spaced(draft, FV_KEY_DETAIL);
    incident->finding = FEDVAL_FINDING_NOT_A_FEDERATION_FAULT;
    incident->certainty = is_own ? FEDVAL_CERTAINTY_INFERRED : FEDVAL_CERTAINTY_UNDETERMINED;
    incident->basis = is_own ? "from the words \"Policy Response\" of the event" : NULL;
    incident->detail = is_own ? BY_RULE : BY_SOMEBODY;
    return note_event(draft);
}

#define UNTOLD                                                                                     \
    "the event does not say why the call failed: it can be the way to the other side, too"

/* The server could not be reached, or failed: whether DNS and certificates held is not known. */
static bool judge_failed(fv_draft *draft, uint32_t status)
{
    fedval_incident *incident = draft->incident;
    incident->status = status;
    incident->reported_code = fv_draft_number_text(draft, status);
    incident->reported_text = fv_draft_field_spaced(draft, FV_KEY_DETAIL);
    incident->finding = FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    incident->detail = UNTOLD;
    return note_event(draft);
}

static bool is_failure(uint32_t status)
{
    return status == 408 || status == 500 || status == 503;
}

/* The statuses that one side or the other gives to a call which reached it. */
static bool is_refusal(uint32_t status)
{
    static const uint32_t statuses[] = {403, 404, 410, 480, 484, 486, 488, 600, 603};
    for (size_t i = 0; i < COUNT(statuses); i++) {
        if (statuses[i] == status)
            return true;
    }
    return false;
}

static bool judge_rejected(fv_draft *draft)
{
    uint32_t status = fv_draft_field_number(draft, FV_KEY_RESPONSE_CODE);
    bool timed_out = field_has(draft, FV_KEY_DETAIL, "Server time-out") ||
                     field_has(draft, FV_KEY_REASON, "Server time-out");
    if (!timed_out && is_failure(status))
        return judge_failed(draft, status);
    if (!timed_out && status != 504)
        return is_refusal(status) && judge_refused(draft, status);
    fv_draft_report_time_out(draft->incident);
    return draft->incident->from.text != NULL;
}

bool fv_judge_call_event(fv_draft *draft)
{
    bool is_rejected = field_has(draft, FV_KEY_EVENT, "CallRejected") ||
                       field_has(draft, FV_KEY_EVENT, "SearchCompleted");
    read_parties(draft);
    return is_rejected ? judge_rejected(draft) : judge_connected(draft);
}
