/* The status of a SIP answer, and what it proves. */
#include "logs/interpret/draft.h"

static const fv_symptom_code *status_of(const fedval_incident *incident)
{
    return fv_symptom_code_find(FV_SYMPTOM_SIP_STATUS, incident->status);
}

bool fv_draft_apply_far_side(fedval_incident *incident)
{
    const fv_symptom_code *status = status_of(incident);
    if (!incident->of_far_side || status == NULL || status->look_at == NULL)
        return false;
    incident->finding = FEDVAL_FINDING_LINK_WORKS;
    incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    incident->basis = "such an answer is made after the checks of domain and certificate";
    if (incident->detail == NULL || fv_incident_has_hint(incident, FV_SYMPTOM_NEXT_HOP))
        incident->detail = status->meaning;
    incident->code = status;
    return true;
}

/* Reads "504" and the words after it. */
void fv_draft_read_status(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    fv_span reason;
    incident->reported_code = fv_draft_number_text(draft, incident->status);
    if (fv_entry_get(draft->entry, FV_KEY_START_LINE, 0, &reason)) {
        reason.from += draft->sight->text[reason.from] == '_';
        incident->reported_text = fv_draft_copy_spaced(draft, reason);
    }
    incident->code = status_of(incident);
    fv_draft_place(draft);
}

void fv_draft_report_time_out(fedval_incident *incident)
{
    incident->reported_code = "504";
    incident->reported_text = "Server time-out";
    incident->status = 504;
    incident->code = fv_symptom_code_find(FV_SYMPTOM_SIP_STATUS, 504);
    incident->direction = FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
    incident->finding = FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
}
