/* Calls that were set up. The far side of a call accepts it after its checks of the domain and the
 * certificate, so it shows that both hold in that direction. */
#include "logs/interpret/draft.h"
#include "logs/interpret/observe.h"

/* Whether the answer accepts a call of one domain to another. */
static bool is_accepted_call(const fedval_incident *incident)
{
    return incident->status == 200 && incident->method == FV_METHOD_INVITE &&
           incident->to.domain != NULL &&
           !fv_incident_is_same_text(incident->from.domain, incident->to.domain) &&
           !fv_draft_is_of_own_server(incident);
}

/* Whether an Expressway received the answer from a Microsoft server, which notes its port in the
 * Via of whoever called it. The callee's client writes no Server header. */
static bool is_of_microsoft_server(const fv_draft *draft)
{
    fv_span action;
    const fedval_incident *incident = draft->incident;
    return incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP && incident->server == NULL &&
           incident->num_hops > 0 && incident->hops[0].egress_zone != NULL &&
           incident->hops[0].received_port != 0 &&
           fv_entry_get(draft->entry, FV_KEY_ACTION, 0, &action) &&
           fv_sight_match(draft->sight, action.from, "Received", NULL);
}

/* The Expressway passed on the answer to a call that a Microsoft side had sent it. */
static void judge_arrival(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    incident->direction = FEDVAL_CALL_DIRECTION_FROM_MICROSOFT;
    incident->domain = incident->to.domain;
    incident->peer = fv_draft_field(draft, FV_KEY_DST_IP);
}

bool fv_judge_set_up(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    bool is_arrival = fv_observer_is_microsoft_call(draft->observer, incident->call_id);
    bool is_far = incident->of_far_side || is_of_microsoft_server(draft);
    if (!is_accepted_call(incident) || (!is_arrival && !is_far))
        return false;
    incident->of_far_side = true;
    fv_draft_read_status(draft);
    if (is_arrival)
        judge_arrival(draft);
    if (incident->direction == FEDVAL_CALL_DIRECTION_UNKNOWN)
        return false;
    return fv_draft_apply_far_side(incident);
}
