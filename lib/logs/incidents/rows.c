/* The direction of a row of the search history, and of an event about a whole call. They name two
 * parties and no server, so something else in the logs must show which one is of a Microsoft
 * side. */
#include "logs/incidents/store.h"

#include <string.h>

/* The domain of the Microsoft side, if a server of it was seen in the call; or NULL. */
static const char *microsoft_domain(const fedval_incident *incident)
{
    if (!incident->names_partner)
        return NULL;
    return incident->direction == FEDVAL_CALL_DIRECTION_TO_MICROSOFT     ? incident->to.domain
           : incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT ? incident->from.domain
                                                                         : NULL;
}

/* Returns the domain at index `at` of one list: the domains of all incidents, then those whose
 * federation record an Expressway looked up, as it does before it calls. May be NULL. */
static const char *domain_at(const fv_store *store, size_t at)
{
    return at < store->num_incidents
               ? microsoft_domain(store->incidents[at])
               : fedval_evidence_get_domain(store->evidence[at - store->num_incidents]);
}

static bool build(const fv_store *store, fv_lookup *by_name)
{
    for (size_t i = 0; i < store->num_incidents + store->num_evidence; i++) {
        const char *domain = domain_at(store, i);
        if (domain != NULL &&
            !fv_lookup_add(by_name, fv_hash_text(store->seed, domain), (uint32_t)i))
            return false;
    }
    return true;
}

static bool is_of_microsoft(const fv_store *store, const fv_lookup *by_name, const char *domain)
{
    fv_lookup_walk walk = {0};
    uint32_t at;
    if (domain == NULL)
        return false;
    while ((at = fv_lookup_next(by_name, fv_hash_text(store->seed, domain), &walk)) !=
           FV_LOOKUP_NONE) {
        if (strcmp(domain_at(store, at), domain) == 0)
            return true;
    }
    return false;
}

/* Expressway does not even search for a call from Microsoft that fails so. */
static bool is_row(const fedval_incident *incident)
{
    return incident->kind == FEDVAL_INCIDENT_KIND_SEARCH_HISTORY && incident->status == 504 &&
           incident->direction == FEDVAL_CALL_DIRECTION_UNKNOWN;
}

/* Finds the direction of an event about a whole call. */
static bool direct_event(fv_store *store, const fv_lookup *by_name, fedval_incident *event)
{
    bool is_to = is_of_microsoft(store, by_name, event->to.domain);
    if (is_to == is_of_microsoft(store, by_name, event->from.domain))
        return true;
    event->direction =
        is_to ? FEDVAL_CALL_DIRECTION_TO_MICROSOFT : FEDVAL_CALL_DIRECTION_FROM_MICROSOFT;
    event->domain = is_to ? event->from.domain : event->to.domain;
    event->is_related = true;
    return fv_group_move(store, event);
}

static bool direct_row(fv_store *store, const fv_lookup *by_name, fedval_incident *row)
{
    if (!is_of_microsoft(store, by_name, row->to.domain))
        return true;
    row->direction = FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
    return fv_group_move(store, row);
}

bool fv_store_direct_rows(fv_store *store)
{
    fv_lookup by_name;
    fv_lookup_init(&by_name);
    bool ok = build(store, &by_name);
    for (size_t i = 0; ok && i < store->num_incidents; i++) {
        fedval_incident *incident = store->incidents[i];
        if (incident->is_call_event)
            ok = direct_event(store, &by_name, incident);
        else if (is_row(incident))
            ok = direct_row(store, &by_name, incident);
    }
    fv_lookup_clear(&by_name);
    return ok;
}
