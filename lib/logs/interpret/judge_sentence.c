/* Sentences that people quote without the entry around them. */
#include "logs/interpret/draft.h"

/* The Edge's sentence about a domain that is not on any list. */
static bool judge_not_configured(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    if (!fv_draft_has(draft, "The domain of the message is not configured"))
        return false;
    for (size_t i = 0; i < fv_num_edge_texts; i++) {
        if (fv_edge_texts[i].finding == FEDVAL_FINDING_PARTNER_NOT_ALLOWED)
            incident->detail = fv_edge_texts[i].meaning;
    }
    incident->kind = FEDVAL_INCIDENT_KIND_EDGE_RECORD;
    incident->reported_text = fv_draft_copy_spaced(draft, draft->entry->span);
    incident->finding = FEDVAL_FINDING_PARTNER_NOT_ALLOWED;
    incident->certainty = FEDVAL_CERTAINTY_STATED;
    return true;
}

bool fv_judge_sentence(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    if (fv_draft_has(draft, "handshake error"))
        return fv_judge_meeting_server(draft);
    if (!fv_draft_has(draft, "not authorized to communicate with federated partners"))
        return judge_not_configured(draft);
    incident->kind = FEDVAL_INCIDENT_KIND_SIP_RESPONSE;
    incident->status = 403;
    incident->reported_code = "403";
    fv_span text = draft->entry->span;
    size_t end;
    if (fv_sight_match(draft->sight, text.from, "403", &end))
        text.from = end;
    incident->reported_text = fv_draft_copy_spaced(draft, text);
    incident->finding = FEDVAL_FINDING_POLICY_REFUSED;
    incident->certainty = FEDVAL_CERTAINTY_STATED;
    incident->detail = "the user's policy on the Microsoft side does not allow federation";
    return true;
}
