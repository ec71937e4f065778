/* Decisions over all incidents: how many calls there are, which side must change something, what
 * fault is likely next, what to check. */
#include "logs/incidents/story.h"

#include "catalogue/catalogue.h"

#include <string.h>

bool fv_group_is_story(const fv_group *group)
{
    return group->first->is_related && fv_group_has_story(group);
}

uint32_t fv_store_mend_side(const fv_store *store)
{
    uint32_t side = FEDVAL_MEND_SIDE_UNKNOWN;
    for (size_t i = 0; i < store->num_groups; i++) {
        if (!fv_group_is_story(&store->groups[i]))
            continue;
        uint32_t here = fedval_incident_get_mend_side(store->groups[i].first);
        if (here == FEDVAL_MEND_SIDE_UNKNOWN || here == FEDVAL_MEND_SIDE_NEITHER)
            continue;
        if (side != FEDVAL_MEND_SIDE_UNKNOWN && side != here)
            return FEDVAL_MEND_SIDE_EITHER;
        side = here;
    }
    return side;
}

/* Each entry without a Call-ID counts as a call of its own. Entries about a connection or a look-up
 * count as no call, so a call that such an entry explains counts itself. */
static bool is_of_call(const fedval_incident *incident)
{
    bool is_nameless = incident->kind == FEDVAL_INCIDENT_KIND_EDGE_RECORD &&
                       incident->call_id == NULL && incident->to.text == NULL;
    bool is_cut = incident->is_cut_record && incident->call_id == NULL;
    bool is_told = incident->cause != NULL && !fv_incident_is_of_connection(incident->cause);
    return incident->is_related && !is_told && !is_nameless && !is_cut &&
           !fv_incident_is_of_expressway(incident) && !fv_incident_is_of_connection(incident) &&
           incident->kind != FEDVAL_INCIDENT_KIND_WINDOWS_EVENT;
}

/* An entry about a connection counts as an event, unless it explains a call, which counts. */
static bool is_event(const fedval_incident *incident)
{
    bool is_of_a_call = fv_incident_is_of_connection(incident) && incident->first_explained != NULL;
    return incident->is_related && incident->cause == NULL && !is_of_a_call;
}

static bool is_of_cisco_side(const fedval_incident *incident)
{
    return fv_incident_is_of_expressway(incident) ||
           incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP ||
           incident->kind == FEDVAL_INCIDENT_KIND_SEARCH_HISTORY;
}

/* What tells apart the callers of one Call-ID; NULL if there is one caller. */
static const char *caller_of(const fedval_incident *incident)
{
    if (!incident->shares_call_id)
        return NULL;
    return incident->from.tag != NULL ? incident->from.tag : incident->domain;
}

/* Adds the Call-ID of incident number `at`. Sets `*out_new` if it is the first of this caller with
 * this Call-ID. */
static bool add_call(fv_store *store, fv_lookup *calls, uint32_t at, bool *out_new)
{
    const fedval_incident *incident = store->incidents[at];
    *out_new = true;
    if (incident->call_id == NULL)
        return true;
    if (!fv_incident_is_routine(incident) && fv_store_is_counted(store, incident->call_id)) {
        *out_new = false;
        return true;
    }
    uint64_t hash = fv_hash_text(store->seed, incident->call_id);
    hash = fv_hash_text(hash, caller_of(incident));
    fv_lookup_walk walk = {0};
    uint32_t at_known;
    while ((at_known = fv_lookup_next(calls, hash, &walk)) != FV_LOOKUP_NONE) {
        const fedval_incident *known = store->incidents[at_known];
        if (strcmp(known->call_id, incident->call_id) == 0 &&
            fv_incident_is_same_text(caller_of(known), caller_of(incident)))
            *out_new = false;
    }
    return !*out_new || fv_lookup_add(calls, hash, at);
}

bool fv_store_count(fv_store *store)
{
    fv_lookup calls;
    bool ok = true;
    fv_lookup_init(&calls);
    for (uint32_t i = 0; ok && i < store->num_incidents; i++) {
        const fedval_incident *incident = store->incidents[i];
        bool is_new = false;
        store->has_cisco_log = store->has_cisco_log || is_of_cisco_side(incident);
        if (is_of_call(incident))
            ok = add_call(store, &calls, i, &is_new);
        else
            store->num_events += is_event(incident);
        if (fv_incident_is_of_presence(incident))
            store->num_presence += is_new;
        else
            store->num_calls += is_new;
    }
    for (size_t i = 0; i < store->num_groups; i++) {
        const fv_group *group = &store->groups[i];
        if (!group->first->is_related)
            store->num_unrelated += group->size;
        else if (fv_incident_is_routine(group->first))
            store->num_calls += group->size - 1; /* the first one was counted as an incident */
    }
    fv_lookup_clear(&calls);
    return ok;
}

/* After a repair of the record alone, the certificate would not have the new name: that is the next
 * fault. */
uint32_t fv_incident_next(const fedval_incident *incident)
{
    bool is_target = incident->finding == FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN ||
                     incident->finding == FEDVAL_FINDING_SRV_TARGET_BELOW_SUBDOMAIN;
    return is_target ? FEDVAL_FINDING_CERT_NAME_MISMATCH : 0;
}

static uint32_t requirement_of(uint32_t finding)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(finding);
    return entry != NULL ? entry->requirement : 0;
}

/* An alert about the certificate has several possible causes: take the likeliest. */
uint32_t fedval_incident_get_requirement(const fedval_incident *incident)
{
    if (incident == NULL)
        return 0;
    const fv_symptom_code *code = incident->code;
    if (incident->finding == FEDVAL_FINDING_PEER_REJECTED_CERTIFICATE && code != NULL &&
        code->kind == FV_SYMPTOM_TLS_ALERT)
        return code->num_causes > 0 ? requirement_of(code->causes[0].finding) : 0;
    return requirement_of(incident->finding);
}

size_t fv_incident_list_domains(const fedval_incident *incident, const char *out_domains[2])
{
    size_t count = 0;
    bool is_nowhere = incident->finding == FEDVAL_FINDING_CALLER_NOT_A_DOMAIN;
    if (!incident->is_related || (is_nowhere && incident->other_domain == NULL) ||
        fedval_incident_get_mend_side(incident) == FEDVAL_MEND_SIDE_NEITHER)
        return 0;
    if (incident->domain != NULL && !is_nowhere)
        out_domains[count++] = incident->domain;
    if (incident->other_domain != NULL)
        out_domains[count++] = incident->other_domain;
    return count;
}
