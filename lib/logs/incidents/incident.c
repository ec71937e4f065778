/* The getters of an incident. */
#include "logs/incidents/incident.h"
#include "model/policy.h"

#include <string.h>

bool fv_hop_is_traversal(const fv_hop *hop)
{
    return hop->egress_zone != NULL && strstr(hop->egress_zone, "Traversal") != NULL;
}

bool fv_incident_is_same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Whether two tags differ. A tag that a log cut begins like the whole one. */
static bool is_other_tag(const char *a, const char *b)
{
    size_t len_a = strlen(a), len_b = strlen(b);
    return strncmp(a, b, len_a < len_b ? len_a : len_b) != 0;
}

bool fv_incident_is_of_other_caller(const fedval_incident *a, const fedval_incident *b)
{
    if (a->from.tag != NULL && b->from.tag != NULL)
        return is_other_tag(a->from.tag, b->from.tag);
    if (a->from.domain != NULL && b->from.domain != NULL)
        return strcmp(a->from.domain, b->from.domain) != 0;
    /* A record of the Edge has no From, but names the domain that it judged. */
    return a->domain != NULL && b->domain != NULL && strcmp(a->domain, b->domain) != 0;
}

bool fv_incident_is_set_up(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_LINK_WORKS && incident->status == 200;
}

bool fv_incident_is_routine(const fedval_incident *incident)
{
    return fv_incident_is_set_up(incident) || incident->is_call_event;
}

const fedval_incident *fv_incident_seen(const fedval_incident *incident)
{
    return incident->first_explained != NULL ? incident->first_explained : incident;
}

int64_t fv_incident_last_that_worked(const fedval_incident *incident)
{
    if (incident->works == NULL)
        return FEDVAL_TIME_UNKNOWN;
    return fv_incident_is_of_connection(incident) ? incident->works->last_of_peer_ms
                                                  : incident->works->last_ms;
}

const char *fv_incident_own_domain(const fedval_incident *incident)
{
    if (incident->domain != NULL)
        return incident->domain;
    return incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT ? incident->to.domain
                                                                       : incident->from.domain;
}

const char *fv_incident_partner(const fedval_incident *incident)
{
    return incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT ? incident->from.domain
                                                                       : incident->to.domain;
}

bool fv_incident_is_asserted_nowhere(const fedval_incident *incident)
{
    return incident->asserted.host != NULL &&
           incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
}

const char *fv_incident_word_alone(const fedval_incident *explained)
{
    return explained->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG
               ? "undetermined"
               : fedval_finding_code_to_string(explained->finding);
}

bool fv_incident_is_fault(const fedval_incident *incident)
{
    return fedval_incident_get_sense(incident) == FEDVAL_INCIDENT_SENSE_CAUSE;
}

uint32_t fedval_incident_get_sense(const fedval_incident *incident)
{
    if (incident == NULL)
        return 0;
    switch (incident->finding) {
    case FEDVAL_FINDING_LINK_WORKS:
        return FEDVAL_INCIDENT_SENSE_WORKS;
    case FEDVAL_FINDING_NOT_A_FEDERATION_FAULT:
        return FEDVAL_INCIDENT_SENSE_OTHER;
    case 0:
    case FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG:
        return FEDVAL_INCIDENT_SENSE_OPEN;
    default:
        return incident->certainty == FEDVAL_CERTAINTY_UNDETERMINED ? FEDVAL_INCIDENT_SENSE_OPEN
                                                                    : FEDVAL_INCIDENT_SENSE_CAUSE;
    }
}

uint32_t fedval_incident_is_verified_by_call(const fedval_incident *incident)
{
    return incident != NULL && (incident->finding == FEDVAL_FINDING_POLICY_REFUSED ||
                                incident->finding == FEDVAL_FINDING_PARTNER_NOT_ALLOWED);
}

bool fv_incident_is_of_connection(const fedval_incident *incident)
{
    return incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_TLS ||
           incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_TCP ||
           incident->kind == FEDVAL_INCIDENT_KIND_MEETING_SERVER_TLS;
}

bool fv_incident_is_of_status(const fedval_incident *incident)
{
    return incident->status != 0 &&
           (incident->code == NULL || incident->code->kind == FV_SYMPTOM_SIP_STATUS);
}

bool fv_incident_is_bare(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG &&
           fv_incident_is_of_status(incident);
}

bool fv_incident_is_answered_outside(const fedval_incident *incident)
{
    return incident->kind == FEDVAL_INCIDENT_KIND_EDGE_RECORD && incident->of_far_side &&
           incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT &&
           fv_incident_is_bare(incident);
}

bool fv_incident_is_of_presence(const fedval_incident *incident)
{
    return incident->method == FV_METHOD_SUBSCRIBE || incident->method == FV_METHOD_NOTIFY ||
           incident->method == FV_METHOD_BENOTIFY || incident->method == FV_METHOD_PUBLISH;
}

bool fv_incident_is_of_cloud(const fedval_incident *incident)
{
    return incident->kind != FEDVAL_INCIDENT_KIND_EDGE_RECORD &&
           incident->kind != FEDVAL_INCIDENT_KIND_WINDOWS_EVENT &&
           (incident->is_with_cloud || fv_host_is_of_cloud(incident->reporter) ||
            fv_host_is_of_cloud(incident->peer) ||
            (incident->num_fqdns > 0 && fv_host_is_of_cloud(incident->fqdns[0])));
}

bool fv_incident_has_hint(const fedval_incident *incident, uint32_t hint)
{
    return incident->code != NULL && (incident->code->hints & hint) != 0;
}

bool fv_incident_is_of_expressway(const fedval_incident *incident)
{
    return incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_TLS ||
           incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_TCP ||
           incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_DNS;
}

uint32_t fedval_incident_get_id(const fedval_incident *incident)
{
    return incident != NULL ? incident->id : 0;
}

const char *fedval_incident_get_source(const fedval_incident *incident)
{
    return incident != NULL ? incident->source : NULL;
}

uint64_t fedval_incident_get_line(const fedval_incident *incident)
{
    return incident != NULL ? incident->line : 0;
}

uint32_t fedval_incident_get_kind(const fedval_incident *incident)
{
    return incident != NULL ? incident->kind : 0;
}

uint32_t fedval_incident_get_times_logged(const fedval_incident *incident)
{
    return incident != NULL ? incident->times_logged : 0;
}

const char *fedval_incident_get_call_id(const fedval_incident *incident)
{
    return incident != NULL ? incident->call_id : NULL;
}

const char *fedval_incident_get_cseq(const fedval_incident *incident)
{
    return incident != NULL ? incident->cseq : NULL;
}

uint32_t fedval_incident_get_direction(const fedval_incident *incident)
{
    return incident != NULL ? incident->direction : 0;
}

const char *fedval_incident_get_domain(const fedval_incident *incident)
{
    return incident != NULL ? incident->domain : NULL;
}

const char *fedval_incident_get_from(const fedval_incident *incident)
{
    return incident != NULL ? incident->from.text : NULL;
}

const char *fedval_incident_get_reporter(const fedval_incident *incident)
{
    return incident != NULL ? incident->reporter : NULL;
}

const char *fedval_incident_get_asserted(const fedval_incident *incident)
{
    return incident != NULL ? incident->asserted.text : NULL;
}

const char *fedval_incident_get_to(const fedval_incident *incident)
{
    return incident != NULL ? incident->to.text : NULL;
}

const char *fedval_incident_get_expected_name(const fedval_incident *incident)
{
    return incident != NULL ? incident->expected_name : NULL;
}

const char *fedval_incident_get_presented_name(const fedval_incident *incident)
{
    return incident != NULL ? incident->presented_name : NULL;
}

const char *fedval_incident_get_reported_code(const fedval_incident *incident)
{
    return incident != NULL ? incident->reported_code : NULL;
}

const char *fedval_incident_get_reported_text(const fedval_incident *incident)
{
    return incident != NULL ? incident->reported_text : NULL;
}

const char *fedval_incident_get_peer(const fedval_incident *incident)
{
    return incident != NULL ? incident->peer : NULL;
}

uint32_t fedval_incident_get_port(const fedval_incident *incident)
{
    return incident != NULL ? incident->port : 0;
}

uint32_t fedval_incident_get_finding(const fedval_incident *incident)
{
    return incident != NULL ? incident->finding : 0;
}

uint32_t fedval_incident_get_certainty(const fedval_incident *incident)
{
    return incident != NULL ? incident->certainty : 0;
}

uint32_t fedval_incident_get_explained_by(const fedval_incident *incident)
{
    return incident != NULL && incident->cause != NULL ? incident->cause->id : 0;
}

uint32_t fedval_incident_get_worked(const fedval_incident *incident)
{
    return incident != NULL && incident->works != NULL ? incident->works->id : 0;
}

int64_t fedval_incident_get_last_worked_ms(const fedval_incident *incident)
{
    return incident != NULL ? fv_incident_last_that_worked(incident) : FEDVAL_TIME_UNKNOWN;
}

uint32_t fedval_incident_get_worked_for_other(const fedval_incident *incident)
{
    bool is_other = incident != NULL && incident->works == NULL && incident->works_of_other != NULL;
    return is_other ? incident->works_of_other->id : 0;
}

const char *fedval_incident_get_joined_by(const fedval_incident *incident)
{
    return incident != NULL ? incident->joined_by : NULL;
}

int64_t fedval_incident_get_time_ms(const fedval_incident *incident)
{
    return incident != NULL ? incident->when.milliseconds : FEDVAL_TIME_UNKNOWN;
}

uint32_t fedval_incident_is_zone_known(const fedval_incident *incident)
{
    return incident != NULL && incident->when.zone_known ? 1 : 0;
}

size_t fedval_incident_count_fqdns(const fedval_incident *incident)
{
    return incident != NULL ? incident->num_fqdns : 0;
}

const char *fedval_incident_get_fqdn(const fedval_incident *incident, size_t index)
{
    return index < fedval_incident_count_fqdns(incident) ? incident->fqdns[index] : NULL;
}

size_t fedval_incident_count_hops(const fedval_incident *incident)
{
    return incident != NULL ? incident->num_hops : 0;
}

const char *fedval_incident_get_hop(const fedval_incident *incident, size_t index)
{
    return index < fedval_incident_count_hops(incident) ? incident->hops[index].text : NULL;
}

static const fv_hop *get_hop(const fedval_incident *incident, size_t index)
{
    return index < fedval_incident_count_hops(incident) ? &incident->hops[index] : NULL;
}

const char *fedval_incident_get_hop_host(const fedval_incident *incident, size_t index)
{
    const fv_hop *hop = get_hop(incident, index);
    return hop != NULL ? hop->host : NULL;
}

uint32_t fedval_incident_get_hop_port(const fedval_incident *incident, size_t index)
{
    const fv_hop *hop = get_hop(incident, index);
    return hop != NULL ? hop->port : 0;
}

const char *fedval_incident_get_hop_egress_zone(const fedval_incident *incident, size_t index)
{
    const fv_hop *hop = get_hop(incident, index);
    return hop != NULL ? hop->egress_zone : NULL;
}

const char *fedval_incident_get_hop_ingress_zone(const fedval_incident *incident, size_t index)
{
    const fv_hop *hop = get_hop(incident, index);
    return hop != NULL ? hop->ingress_zone : NULL;
}

const char *fedval_incident_get_hop_received(const fedval_incident *incident, size_t index)
{
    const fv_hop *hop = get_hop(incident, index);
    return hop != NULL ? hop->received : NULL;
}

uint32_t fedval_incident_get_hop_received_port(const fedval_incident *incident, size_t index)
{
    const fv_hop *hop = get_hop(incident, index);
    return hop != NULL ? hop->received_port : 0;
}

uint32_t fedval_incident_get_status(const fedval_incident *incident)
{
    return incident != NULL ? incident->status : 0;
}

uint32_t fedval_incident_is_related(const fedval_incident *incident)
{
    return incident != NULL && incident->is_related ? 1 : 0;
}

const char *fedval_incident_get_other_domain(const fedval_incident *incident)
{
    return incident != NULL ? incident->other_domain : NULL;
}
