/* Sentences people quote. */
#include "logs/interpret/draft.h"

bool fv_judge_sentence(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    if (!fv_draft_has(draft, "not authorized to communicate with federated partners"))
        return false;
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
