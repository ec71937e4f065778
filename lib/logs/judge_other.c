/* The search history, and sentences people quote. */
#include "logs/incident.h"

#include <string.h>

/* The columns of a row are told apart by blanks; protocol and status hold some of their own. */
static const char *alias_at(fv_draft *draft, size_t index)
{
    fv_span row = draft->record->span;
    size_t from = row.from;
    for (size_t i = row.from; i <= row.to; i++) {
        if (i < row.to && (i == from || fv_view_gap(draft->view, i) == FV_GAP_NONE))
            continue;
        fv_span word = {from, i};
        bool is_alias = fv_view_find(draft->view, word, "@") < word.to;
        if (is_alias && index-- == 0) {
            size_t scheme;
            if (fv_view_match(draft->view, from, "sip:", &scheme))
                word.from = scheme;
            return fv_draft_copy(draft, word);
        }
        from = i;
    }
    return NULL;
}

static const char *domain_of_alias(fv_draft *draft, const char *alias)
{
    const char *at = alias != NULL ? strchr(alias, '@') : NULL;
    if (at == NULL)
        return NULL;
    return fv_draft_domain(draft, fv_draft_copy_text(draft, at + 1, strcspn(at + 1, ":;>")));
}

bool fv_judge_history(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    bool timed_out = fv_draft_has(draft, "Server time-out") || fv_draft_has(draft, "504");
    bool forbidden = fv_draft_has(draft, "Forbidden");
    if (!timed_out && !forbidden)
        return false;
    incident->kind = FEDVAL_INCIDENT_KIND_SEARCH_HISTORY;
    incident->from = alias_at(draft, 0);
    incident->to = alias_at(draft, 1);
    incident->from_domain = domain_of_alias(draft, incident->from);
    incident->to_domain = domain_of_alias(draft, incident->to);
    incident->domain = incident->from_domain;
    incident->reported_code = timed_out ? "504" : "403";
    incident->reported_text = timed_out ? "Server time-out" : "Forbidden";
    incident->status = timed_out ? 504 : 403;
    incident->finding =
        timed_out ? FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG : FEDVAL_FINDING_POLICY_REFUSED;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    return true;
}

bool fv_judge_sentence(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    if (!fv_draft_has(draft, "not authorized to communicate with federated partners"))
        return false;
    incident->kind = FEDVAL_INCIDENT_KIND_SIP_RESPONSE;
    incident->status = 403;
    incident->reported_code = "403";
    fv_span text = draft->record->span;
    size_t end;
    if (fv_view_match(draft->view, text.from, "403", &end))
        text.from = end;
    incident->reported_text = fv_draft_copy_spaced(draft, text);
    incident->finding = FEDVAL_FINDING_POLICY_REFUSED;
    incident->certainty = FEDVAL_CERTAINTY_STATED;
    incident->detail = "the user's policy on the Microsoft side does not allow federation";
    return true;
}
