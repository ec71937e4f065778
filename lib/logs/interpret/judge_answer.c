/* SIP responses without ms-diagnostics: who made them, and what that proves. */
#include "logs/interpret/draft.h"
#include "logs/interpret/observe.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool is_among(const uint32_t *statuses, size_t count, uint32_t status)
{
    for (size_t i = 0; i < count; i++) {
        if (statuses[i] == status)
            return true;
    }
    return false;
}

bool fv_draft_is_of_microsoft(const fv_draft *draft)
{
    fv_span server;
    return fv_entry_get(draft->entry, FV_KEY_SERVER, 0, &server) &&
           fv_sight_match(draft->sight, server.from, "RTC", NULL);
}

/* Whether a 504 or 403 came from a Microsoft server. Without a Server header, a 504 counts only if
 * an Expressway logged it. */
static bool is_bare_refusal(const fv_draft *draft)
{
    const fedval_incident *incident = draft->incident;
    if ((incident->status != 504 && incident->status != 403) || !fv_draft_has_message(draft))
        return false;
    if (incident->server != NULL)
        return fv_draft_is_of_microsoft(draft);
    return incident->status == 504 && incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP &&
           incident->call_id != NULL;
}

/* Whether the answer itself tells of a Microsoft server: its Server header, or the parameters that
 * such a server adds to Via. */
static bool is_tied(const fv_draft *draft)
{
    const fedval_incident *incident = draft->incident;
    for (size_t i = 0; i < incident->num_hops; i++) {
        if (incident->hops[i].received_port != 0)
            return true;
    }
    return incident->server != NULL;
}

/* The Edge looks up the domain in From. */
static void judge_caller(fedval_incident *incident)
{
    const fv_party *from = &incident->from;
    const char *basis =
        from->domain != NULL ? (fv_draft_is_private_name(from->domain)
                                    ? "the domain in the From of the call is none of public DNS"
                                    : NULL)
        : from->is_hidden    ? "the From of the call hides its caller and so names no domain"
        : from->host != NULL ? "the From of the call holds an address in place of a domain"
        : from->user != NULL && !from->is_unreadable
            ? "the From of the call holds a number without a domain"
            : NULL;
    bool is_one_of_two = incident->other_domain != NULL;
    if (basis == NULL || (is_one_of_two && from->domain != NULL))
        return;
    incident->finding = FEDVAL_FINDING_CALLER_NOT_A_DOMAIN;
    incident->certainty = is_one_of_two ? FEDVAL_CERTAINTY_UNDETERMINED : FEDVAL_CERTAINTY_INFERRED;
    incident->basis = is_one_of_two ? NULL : basis;
}

static void judge_bare(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    fv_draft_read_status(draft);
    if (incident->status == 403) {
        incident->finding = FEDVAL_FINDING_POLICY_REFUSED;
        incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        incident->basis = "the Microsoft side answered 403, not 504";
        incident->detail = "the Microsoft side refuses the call: by the user's policy, or because "
                           "the domain is on no list of allowed domains";
        return;
    }
    incident->finding = FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    incident->is_related = is_tied(draft);
    /* Users of the Microsoft side get an ms-diagnostics id. There is none, so the caller is on the
     * other side. */
    if (incident->direction == FEDVAL_CALL_DIRECTION_UNKNOWN)
        incident->direction = FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
    judge_caller(incident);
}

/* A failure of the far side. A request that it could not take tells of the request; where a server
 * of its own failed, or was not reached, that can have any cause. */
static bool judge_far_failure(fv_draft *draft, const fv_symptom_code *status)
{
    static const uint32_t of_servers[] = {400, 408, 500, 502, 503, 505};
    static const uint32_t of_requests[] = {405, 413, 415, 420, 433, 482, 483, 501};
    fedval_incident *incident = draft->incident;
    bool is_open = is_among(of_servers, COUNT(of_servers), incident->status);
    if (!is_open && !is_among(of_requests, COUNT(of_requests), incident->status))
        return false;
    fv_draft_read_status(draft);
    incident->finding = is_open ? FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG : status->finding;
    incident->certainty = is_open ? FEDVAL_CERTAINTY_UNDETERMINED : FEDVAL_CERTAINTY_INFERRED;
    incident->basis = is_open ? NULL : "from the status that the far side gave";
    incident->detail = status->meaning;
    return true;
}

/* The Edge passed on a failure that the called side made: the call had arrived there. */
static void judge_called_side(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    fv_draft_read_status(draft);
    incident->finding = FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    incident->detail = "the called side itself gave it, so DNS and certificates likely hold in "
                       "this direction; why, its own log says";
}

/* The far side answered without ms-diagnostics. */
static bool judge_answer(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    const fv_symptom_code *status = fv_symptom_code_find(FV_SYMPTOM_SIP_STATUS, incident->status);
    if (!incident->of_far_side || status == NULL)
        return false;
    if (status->look_at != NULL) {
        fv_draft_read_status(draft);
        return fv_draft_apply_far_side(incident);
    }
    if (incident->status >= 400 && draft->answered == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT) {
        judge_called_side(draft);
        return true;
    }
    return judge_far_failure(draft, status);
}

static bool is_of_own_zone(const fedval_incident *incident)
{
    for (size_t i = 0; i < incident->num_hops; i++) {
        const char *zone = incident->hops[i].ingress_zone;
        if (zone != NULL && strstr(zone, "Default") == NULL)
            return true;
    }
    return false;
}

#define ARRIVED "the call of the Microsoft side arrived, so its connection worked; "
#define REFUSED "the Expressway itself refused the call; its search history says by which rule"
#define GIVEN_UP                                                                                   \
    "the Expressway itself gave the call up; its search history says why, and so do failed "       \
    "connections of the same moment"

/* A refusal is one of a rule; the other statuses come where the next side was not reached, too. */
static const char *own_refusal_text(uint32_t status, bool is_of_microsoft)
{
    bool is_rule = status == 403 || status == 404 || status == 480;
    if (is_of_microsoft)
        return is_rule ? ARRIVED REFUSED : ARRIVED GIVEN_UP;
    return is_rule ? REFUSED : GIVEN_UP;
}

static bool is_own_refusal(const fv_draft *draft)
{
    static const uint32_t statuses[] = {403, 404, 408, 480, 503, 504};
    fv_span server;
    return is_among(statuses, COUNT(statuses), draft->incident->status) &&
           fv_entry_get(draft->entry, FV_KEY_SERVER, 0, &server) &&
           fv_sight_match(draft->sight, server.from, "TANDBERG", NULL);
}

/* The Expressway itself refused a call that came from inside or from a Microsoft side, so this is
 * no answer of the partner. Calls from strangers are refused all day, and do not count. */
static bool judge_own_refusal(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    bool is_of_microsoft = fv_observer_is_microsoft_call(draft->observer, incident->call_id);
    if (!is_own_refusal(draft) || (!is_of_microsoft && !is_of_own_zone(incident)))
        return false;
    fv_draft_read_status(draft);
    incident->direction =
        is_of_microsoft ? FEDVAL_CALL_DIRECTION_FROM_MICROSOFT : FEDVAL_CALL_DIRECTION_UNKNOWN;
    if (is_of_microsoft)
        incident->domain = incident->to.domain;
    incident->finding = FEDVAL_FINDING_NOT_A_FEDERATION_FAULT;
    incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    incident->basis = "from its Server header: the Expressway itself answered, not the partner";
    incident->detail = own_refusal_text(incident->status, is_of_microsoft);
    incident->quoted = fv_draft_field_spaced(draft, FV_KEY_WARNING);
    incident->is_related = is_of_microsoft;
    return true;
}

/* Whether the request of a client went to another domain, so that other servers than its own had a
 * part in it. */
static bool crosses_domains(const fedval_incident *incident)
{
    return (incident->method == FV_METHOD_INVITE || incident->method == FV_METHOD_MESSAGE) &&
           incident->from.domain != NULL && incident->to.domain != NULL &&
           !fv_incident_is_same_text(incident->from.domain, incident->to.domain);
}

/* A client's log: a failure without ms-diagnostics does not say whether the client's own server
 * gave it or one beyond. */
static bool judge_of_client(fv_draft *draft)
{
    static const uint32_t statuses[] = {408, 500, 503, 504};
    fedval_incident *incident = draft->incident;
    if (!is_among(statuses, COUNT(statuses), incident->status) ||
        draft->entry->start != FV_START_CLIENT ||
        (!crosses_domains(incident) && !fv_draft_is_of_own_server(incident)))
        return false;
    fv_draft_read_status(draft);
    incident->finding = FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    incident->is_related = true;
    incident->detail = "without ms-diagnostics it does not say who gave it: the client's own "
                       "server, or one of the partner";
    return true;
}

bool fv_judge_answer(fv_draft *draft)
{
    if (draft->incident->status == 200)
        return fv_judge_set_up(draft);
    bool is_called_side = draft->answered == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT;
    if (!is_called_side && is_bare_refusal(draft)) {
        judge_bare(draft);
        return true;
    }
    return judge_answer(draft) || judge_own_refusal(draft) || judge_of_client(draft);
}
