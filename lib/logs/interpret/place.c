/* The subject of an incident: its names, its domain, the direction of the call, and how these
 * refine the meaning of its code. */
#include "logs/interpret/draft.h"

#include "base/address.h"
#include "model/policy.h"

#include <string.h>

#define CISCO_AROUND 3000
#define CLIENT_HEAD_MAX 100 /* the words before a message in a client's log */

static void append_fqdn(fedval_incident *incident, const char *fqdn)
{
    if (fqdn != NULL && incident->num_fqdns < FV_INCIDENT_MAX_FQDNS)
        incident->fqdns[incident->num_fqdns++] = fqdn;
}

static void read_fqdns(fv_draft *draft, const fv_params *params)
{
    char name[] = "fqdn0";
    append_fqdn(draft->incident, fv_draft_param_name(draft, params, "fqdn"));
    for (char n = '0'; n <= '9'; n++) {
        name[4] = n;
        append_fqdn(draft->incident, fv_draft_param_name(draft, params, name));
    }
}

static const char *first_of(fv_draft *draft, const fv_params *params, const char *const *names,
                            size_t num_names)
{
    for (size_t i = 0; i < num_names; i++) {
        const char *value = fv_draft_param_name(draft, params, names[i]);
        if (value != NULL)
            return value;
    }
    return NULL;
}

/* Returns the name in the spelling that names are compared in. What is no single name, such as one
 * with a port, or a piece of one, stays as it is. */
static const char *in_one_spelling(fv_draft *draft, const char *name)
{
    const char *domain = name != NULL ? fv_draft_domain(draft, name) : NULL;
    return domain != NULL && strchr(domain, '.') != NULL ? domain : name;
}

void fv_draft_read_params(fv_draft *draft, const fv_params *params)
{
    static const char *const expected[] = {"expected-fqdn", "tls-target", "target-fqdn"};
    static const char *const presented[] = {"certName", "PeerServer", "peer-server"};
    static const char *const peers[] = {"Peer", "ip-address"};
    fedval_incident *incident = draft->incident;
    read_fqdns(draft, params);
    const char *domain = fv_draft_param_name(draft, params, "domain");
    incident->domain = fv_draft_domain(draft, domain);
    draft->is_damaged = draft->is_damaged || (domain != NULL && incident->domain == NULL) ||
                        fv_params_is_empty(draft->sight, params, "domain");
    const char *reporter = fv_draft_param(draft, params, "source");
    incident->reporter = reporter != NULL && fv_draft_is_name(reporter) ? reporter : NULL;
    incident->expected_name = in_one_spelling(draft, first_of(draft, params, expected, 3));
    const char *peer = in_one_spelling(draft, first_of(draft, params, presented, 3));
    if (incident->expected_name != NULL)
        incident->presented_name = peer;
    if (incident->peer == NULL)
        incident->peer = peer != NULL ? peer : first_of(draft, params, peers, 2);
}

static bool is_equal(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static uint32_t match_name(const char *domain, const char *name)
{
    fv_text host = fv_address_host_of(name);
    return fedval_srv_match(domain, strlen(domain), host.data, host.len);
}

static bool is_under(const char *domain, const char *name)
{
    if (domain == NULL || name == NULL)
        return false;
    uint32_t match = match_name(domain, name);
    return match == FEDVAL_SRV_MATCH_MATCH || match == FEDVAL_SRV_MATCH_DEEPER ||
           match == FEDVAL_SRV_MATCH_APEX;
}

/* Only a client's own server authenticates its responses, so the log is a client's. */
static bool is_client_trace(const fv_draft *draft)
{
    fv_span span;
    return draft->entry->start == FV_START_CLIENT ||
           fv_entry_get(draft->entry, FV_KEY_AUTHENTICATION, 0, &span);
}

/* Finds the direction from a domain or name: if it belongs to the caller, the call goes to
 * Microsoft; if to the called, it comes from Microsoft. */
static uint32_t direction_of_name(const fedval_incident *incident, const char *domain,
                                  const char *name)
{
    bool caller = is_equal(domain, incident->from.domain) || is_under(incident->from.domain, name);
    bool called = is_equal(domain, incident->to.domain) || is_under(incident->to.domain, name);
    if (caller == called)
        return FEDVAL_CALL_DIRECTION_UNKNOWN;
    return caller ? FEDVAL_CALL_DIRECTION_TO_MICROSOFT : FEDVAL_CALL_DIRECTION_FROM_MICROSOFT;
}

static const char *first_name(const fedval_incident *incident)
{
    if (incident->expected_name != NULL)
        return incident->expected_name;
    return incident->num_fqdns > 0 ? incident->fqdns[0] : NULL;
}

/* Only servers of the Microsoft side set ids, so the domain of the reporter is Microsoft's side. */
static uint32_t direction_of_reporter(const fedval_incident *incident)
{
    uint32_t direction = direction_of_name(incident, NULL, incident->reporter);
    return direction == FEDVAL_CALL_DIRECTION_TO_MICROSOFT ? FEDVAL_CALL_DIRECTION_FROM_MICROSOFT
           : direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT ? FEDVAL_CALL_DIRECTION_TO_MICROSOFT
                                                               : direction;
}

/* Whether words of a log of Expressway or Meeting Server are nearby: the message was torn out of
 * it. */
static bool is_in_cisco_log(const fv_draft *draft)
{
    static const char *const words[] = {"tvcs:", "SIP trace:", "ingress-zone="};
    fv_span around = draft->entry->span;
    around.from -= around.from < CISCO_AROUND ? around.from : CISCO_AROUND;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (fv_sight_find(draft->sight, around, words[i]) < around.to)
            return true;
    }
    return false;
}

/* Whether an Expressway logged the answer to a call that it had sent out to its last hop. */
static bool has_left_expressway(const fedval_incident *incident)
{
    return incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP && incident->num_hops > 0 &&
           incident->hops[0].egress_zone != NULL && incident->hops[0].received_port != 0;
}

/* Whether the client received this answer, so that its user made the call. An answer that it sent
 * has 'Sending Packet' in its head. */
static bool is_received_by_client(const fv_draft *draft)
{
    fv_span head = draft->entry->span;
    head.to = head.to - head.from > CLIENT_HEAD_MAX ? head.from + CLIENT_HEAD_MAX : head.to;
    return draft->entry->start == FV_START_CLIENT && draft->entry->message == FV_START_RESPONSE &&
           fv_sight_find(draft->sight, head, "Sending Packet") == head.to;
}

static uint32_t find_direction(const fv_draft *draft)
{
    const fedval_incident *incident = draft->incident;
    /* The host that failed can be one of the reporter's own side, so it comes second. */
    uint32_t direction = direction_of_reporter(incident);
    if (direction == FEDVAL_CALL_DIRECTION_UNKNOWN && has_left_expressway(incident))
        return FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
    if (direction == FEDVAL_CALL_DIRECTION_UNKNOWN && is_received_by_client(draft))
        return FEDVAL_CALL_DIRECTION_FROM_MICROSOFT;
    if (direction == FEDVAL_CALL_DIRECTION_UNKNOWN)
        direction = direction_of_name(incident, incident->domain, first_name(incident));
    if (direction != FEDVAL_CALL_DIRECTION_UNKNOWN)
        return direction;
    if (draft->answered != 0)
        return draft->answered;
    if (is_client_trace(draft))
        return FEDVAL_CALL_DIRECTION_FROM_MICROSOFT;
    if (incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP || fv_draft_has_zones(incident))
        return FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
    /* The Edge names the called domain in the start line. A fault about another domain is therefore
     * about the caller's domain. */
    if (incident->kind == FEDVAL_INCIDENT_KIND_EDGE_RECORD && incident->to.domain != NULL &&
        (incident->domain != NULL || incident->expected_name != NULL))
        return FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
    /* Only the Microsoft side's own users see an id, unless the log around it is of Cisco. */
    fv_span span;
    if (!is_in_cisco_log(draft) && fv_entry_get(draft->entry, FV_KEY_DIAGNOSTICS, 0, &span) &&
        incident->num_hops <= 1 && (incident->domain != NULL || first_name(incident) != NULL))
        return FEDVAL_CALL_DIRECTION_FROM_MICROSOFT;
    return FEDVAL_CALL_DIRECTION_UNKNOWN;
}

/* Whether the name can be one that was found, or wanted, for this domain. A target that is outside
 * its domain is never directly under it. */
static bool belongs_to(const fedval_incident *incident, const char *domain, const char *name)
{
    return is_under(domain, name) &&
           !(incident->finding == FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN &&
             match_name(domain, name) == FEDVAL_SRV_MATCH_MATCH);
}

/* Returns the domain for which the name in the certificate was wanted: a domain of the call, else
 * the parent of the name. The parent of a target outside its domain is another domain, and the host
 * of a provider serves many domains. */
static const char *domain_of_name(fv_draft *draft, const char *name)
{
    const fedval_incident *incident = draft->incident;
    if (belongs_to(incident, incident->to.domain, name))
        return incident->to.domain;
    if (belongs_to(incident, incident->from.domain, name))
        return incident->from.domain;
    if (incident->finding == FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN || fv_host_is_of_cloud(name))
        return NULL;
    fv_text host = fv_address_host_of(name);
    const char *dot = memchr(host.data, '.', host.len);
    if (dot == NULL)
        return NULL;
    size_t rest = host.len - (size_t)(dot + 1 - host.data);
    if (memchr(dot + 1, '.', rest) == NULL)
        return NULL;
    return fv_draft_domain(draft, fv_draft_copy_text(draft, dot + 1, rest));
}

void fv_draft_place(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    incident->direction = find_direction(draft);
    if (draft->is_damaged)
        return;
    if (incident->domain == NULL && first_name(incident) != NULL)
        incident->domain = domain_of_name(draft, first_name(incident));
    if (incident->domain != NULL)
        return;
    /* Each side judges the other one's domain, so without a direction it can be either. An answer
     * without a value, which says no cause, is what a Cisco side gets. */
    if (incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT)
        incident->domain = incident->to.domain;
    else if (incident->direction == FEDVAL_CALL_DIRECTION_TO_MICROSOFT ||
             (incident->code != NULL && fv_incident_is_of_status(incident)))
        incident->domain = incident->from.domain;
}

/* Whether every target is such a one: a record beside it that is none has a fault of its own. */
static bool has_undotted_target(const fedval_incident *incident)
{
    for (size_t i = 0; i < incident->num_fqdns; i++) {
        if (fv_provider_without_dot(NULL, fv_address_host_of(incident->fqdns[i]),
                                    fv_text_of(incident->domain)) == NULL)
            return false;
    }
    return incident->num_fqdns > 0;
}

/* Whether a target is directly under the domain, although the entry says that none is. */
static bool has_matching_target(const fedval_incident *incident)
{
    for (size_t i = 0; i < incident->num_fqdns; i++) {
        if (match_name(incident->domain, incident->fqdns[i]) == FEDVAL_SRV_MATCH_MATCH)
            return true;
    }
    return false;
}

void fv_draft_refine_srv(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    if (incident->finding != FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN || incident->domain == NULL ||
        incident->num_fqdns == 0)
        return;
    if (has_matching_target(incident)) {
        draft->is_damaged = true;
        incident->basis = NULL;
        incident->finding = FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
        incident->detail = "the code says that no target is directly under the domain, but a name "
                           "beside it is: the domain or the name was read damaged";
        return;
    }
    if (has_undotted_target(incident)) {
        incident->finding = FEDVAL_FINDING_SRV_PROVIDER_WITHOUT_DOT;
        incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        incident->basis = "the target is a host of Microsoft's cloud with the domain's own zone "
                          "behind it";
        return;
    }
    if (fv_draft_refine_cloud(incident))
        return;
    uint32_t match = match_name(incident->domain, incident->fqdns[0]);
    for (size_t i = 1; i < incident->num_fqdns; i++) {
        if (match_name(incident->domain, incident->fqdns[i]) != match)
            return;
    }
    if (match == FEDVAL_SRV_MATCH_DEEPER)
        incident->finding = FEDVAL_FINDING_SRV_TARGET_BELOW_SUBDOMAIN;
    else if (match == FEDVAL_SRV_MATCH_APEX)
        incident->finding = FEDVAL_FINDING_SRV_TARGET_IS_DOMAIN;
    else if (match == FEDVAL_SRV_MATCH_NOT_A_HOST_NAME)
        incident->finding = FEDVAL_FINDING_SRV_TARGET_INVALID;
}

void fv_draft_refine_address(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    const char *host = incident->domain;
    if (incident->finding != FEDVAL_FINDING_ADDRESS_MISSING || incident->num_fqdns > 0 ||
        host == NULL || is_equal(host, incident->to.domain) ||
        is_equal(host, incident->from.domain))
        return;
    const char *domain = domain_of_name(draft, host);
    append_fqdn(incident, host);
    if (domain != NULL)
        incident->domain = domain;
}

void fv_draft_apply_code(fv_draft *draft, const fv_symptom_code *code)
{
    fedval_incident *incident = draft->incident;
    incident->finding = code->finding;
    incident->code = code;
    incident->detail = code->meaning;
    incident->certainty = code->certainty == FEDVAL_CERTAINTY_STATED ? FEDVAL_CERTAINTY_STATED
                                                                     : FEDVAL_CERTAINTY_INFERRED;
    if (code->certainty == FEDVAL_CERTAINTY_INFERRED)
        incident->basis = "from what the code is known to mean";
    else if (code->certainty == FEDVAL_CERTAINTY_UNSURE)
        incident->basis = "from what the code likely means, which is not confirmed";
    if (code->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG)
        incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
}
