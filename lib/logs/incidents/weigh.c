/* Sets calls that worked against the failures beside them. What holds for all calls of a direction,
 * such as a missing record, is not certain if one of them was set up. */
#include "catalogue/catalogue.h"
#include "logs/incidents/store.h"

static bool is_evidence(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_LINK_WORKS && incident->is_related &&
           incident->direction != FEDVAL_CALL_DIRECTION_UNKNOWN;
}

/* The keys by which such a call is found; of two domains, of one partner, of one peer. */
enum { BY_DOMAINS = 1, BY_PARTNER, BY_PEER };

/* Returns 0 if the incident lacks what the key is made of. */
static uint64_t hash_key(const fv_store *store, const fedval_incident *incident, uint32_t by)
{
    const char *own = by == BY_DOMAINS ? fv_incident_own_domain(incident) : "";
    const char *other = by == BY_PEER ? incident->peer : fv_incident_partner(incident);
    if (own == NULL || other == NULL)
        return 0;
    uint64_t hash = fv_hash_number(fv_hash_number(store->seed, by), incident->direction);
    return fv_hash_text(fv_hash_text(hash, own), other);
}

static bool add_keys(const fv_store *store, fv_lookup *works, uint32_t at)
{
    for (uint32_t by = BY_DOMAINS; by <= BY_PEER; by++) {
        uint64_t hash = hash_key(store, store->incidents[at], by);
        if (hash != 0 && !fv_lookup_add(works, hash, at))
            return false;
    }
    return true;
}

/* The last call of a group may have gone through another peer than the first. */
static void note_last(const fv_group *group, fedval_incident *incident)
{
    incident->last_ms = group->last_time;
    if (!group->has_other_peers)
        incident->last_of_peer_ms = group->last_time;
}

/* Added from the last to the first, because a look-up returns the newest entry first. Of a call
 * that was set up, the first of its group is kept, and the time of the last. */
static bool build(fv_store *store, fv_lookup *works)
{
    for (size_t i = store->num_incidents; i-- > 0;) {
        fedval_incident *incident = store->incidents[i];
        if (!is_evidence(incident))
            continue;
        incident->last_ms = incident->last_of_peer_ms = incident->when.milliseconds;
        if (fv_incident_is_set_up(incident) && incident->in_group)
            note_last(&store->groups[incident->group], incident);
        if (!add_keys(store, works, (uint32_t)i))
            return false;
    }
    return true;
}

/* The hash is seeded, so what it finds needs no comparison. */
static const fedval_incident *find(const fv_store *store, const fv_lookup *works,
                                   const fedval_incident *incident, uint32_t by)
{
    fv_lookup_walk walk = {0};
    uint64_t hash = hash_key(store, incident, by);
    uint32_t at = hash != 0 ? fv_lookup_next(works, hash, &walk) : FV_LOOKUP_NONE;
    return at != FV_LOOKUP_NONE ? store->incidents[at] : NULL;
}

/* Whether the incident says why calls of a direction cannot work, or leaves open why they do not.
 * The rights of one user tell nothing of others. */
static bool is_weighed(const fedval_incident *incident)
{
    return incident->is_related && !incident->is_inside && !incident->in_traversal &&
           incident->direction != FEDVAL_CALL_DIRECTION_UNKNOWN &&
           incident->finding != FEDVAL_FINDING_POLICY_REFUSED &&
           incident->finding != FEDVAL_FINDING_LINK_WORKS &&
           incident->finding != FEDVAL_FINDING_NOT_A_FEDERATION_FAULT;
}

/* An inferred cause that a later call refutes is open again, unless it explains a failure of its
 * own moment. */
static bool is_refuted(const fedval_incident *incident)
{
    int64_t last_ms = fv_incident_last_that_worked(incident);
    return incident->works != NULL && incident->certainty == FEDVAL_CERTAINTY_INFERRED &&
           incident->first_explained == NULL &&
           incident->when.milliseconds != FEDVAL_TIME_UNKNOWN &&
           incident->when.zone_known == incident->works->when.zone_known &&
           last_ms != FEDVAL_TIME_UNKNOWN && last_ms > incident->when.milliseconds;
}

static bool weigh(fv_store *store, const fv_lookup *works, fedval_incident *incident)
{
    bool is_of_peer = fv_incident_is_of_connection(incident);
    incident->works = find(store, works, incident, is_of_peer ? BY_PEER : BY_DOMAINS);
    /* Of a caller without a domain it is not known whether a call of another domain is one. */
    if (incident->works == NULL && !is_of_peer && fv_incident_own_domain(incident) != NULL)
        incident->works_of_other = find(store, works, incident, BY_PARTNER);
    if (!is_refuted(incident))
        return true;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    return fv_group_move(store, incident);
}

bool fv_store_weigh(fv_store *store)
{
    fv_lookup works;
    fv_lookup_init(&works);
    bool ok = build(store, &works);
    for (size_t i = 0; ok && works.count > 0 && i < store->num_incidents; i++) {
        if (is_weighed(store->incidents[i]))
            ok = weigh(store, &works, store->incidents[i]);
    }
    fv_lookup_clear(&works);
    return ok;
}
