/* Groups incidents that report the same fault of the same thing, and counts them. */
#include "logs/incidents/store.h"

#include <stdlib.h>
#include <string.h>

static const char *first_fqdn(const fedval_incident *incident)
{
    return incident->num_fqdns > 0 ? incident->fqdns[0] : NULL;
}

/* Returns why a connection failed: the code's meaning, else the log's text. Two alerts are two
 * faults. */
static const char *failure_of(const fedval_incident *incident)
{
    if (!fv_incident_is_of_connection(incident))
        return NULL;
    return incident->detail != NULL ? incident->detail : incident->reported_text;
}

/* A call that was set up proves something of one partner alone. */
static const char *partner_of(const fedval_incident *incident)
{
    return fv_incident_is_routine(incident) ? fv_incident_partner(incident) : NULL;
}

/* The event of a call that was set up names both sides and not which of them is Microsoft's: until
 * something tells, a call of other domains is another one. */
static bool is_of_two(const fedval_incident *incident)
{
    return incident->is_call_event && incident->finding == FEDVAL_FINDING_LINK_WORKS;
}

static const char *caller_of(const fedval_incident *incident)
{
    return is_of_two(incident) ? incident->from.domain : NULL;
}

static const char *called_of(const fedval_incident *incident)
{
    return is_of_two(incident) ? incident->to.domain : NULL;
}

static uint64_t hash_group(const fv_store *store, const fedval_incident *incident)
{
    uint64_t hash = fv_hash_number(store->seed, incident->kind);
    hash = fv_hash_number(hash, incident->finding);
    hash = fv_hash_number(hash, incident->certainty);
    hash = fv_hash_number(hash, incident->direction);
    hash = fv_hash_text(hash, incident->reported_code);
    hash = fv_hash_text(hash, incident->domain);
    hash = fv_hash_text(hash, incident->other_domain);
    hash = fv_hash_text(hash, incident->asserted.host);
    hash = fv_hash_text(hash, incident->expected_name);
    hash = fv_hash_text(hash, incident->presented_name);
    hash = fv_hash_number(hash, incident->is_related);
    hash = fv_hash_number(hash, incident->way);
    hash = fv_hash_text(hash, partner_of(incident));
    hash = fv_hash_text(hash, caller_of(incident));
    hash = fv_hash_text(hash, called_of(incident));
    hash = fv_hash_text(hash, failure_of(incident));
    hash = fv_hash_number(hash, incident->cause != NULL ? incident->cause->id : 0);
    return fv_hash_text(hash, first_fqdn(incident));
}

static bool is_same_group(const fedval_incident *a, const fedval_incident *b)
{
    return a->kind == b->kind && a->finding == b->finding && a->certainty == b->certainty &&
           a->direction == b->direction && a->way == b->way && a->is_related == b->is_related &&
           a->cause == b->cause && fv_incident_is_same_text(a->reported_code, b->reported_code) &&
           fv_incident_is_same_text(a->domain, b->domain) &&
           fv_incident_is_same_text(a->other_domain, b->other_domain) &&
           fv_incident_is_same_text(a->asserted.host, b->asserted.host) &&
           fv_incident_is_same_text(a->expected_name, b->expected_name) &&
           fv_incident_is_same_text(a->presented_name, b->presented_name) &&
           fv_incident_is_same_text(partner_of(a), partner_of(b)) &&
           fv_incident_is_same_text(caller_of(a), caller_of(b)) &&
           fv_incident_is_same_text(called_of(a), called_of(b)) &&
           fv_incident_is_same_text(failure_of(a), failure_of(b)) &&
           fv_incident_is_same_text(first_fqdn(a), first_fqdn(b));
}

static void count_in(fv_group *group, const fedval_incident *incident)
{
    int64_t time = incident->when.milliseconds;
    group->size++;
    if (group->first != NULL && !fv_incident_is_same_text(group->first->peer, incident->peer))
        group->has_other_peers = true;
    if (time == FEDVAL_TIME_UNKNOWN)
        return;
    if (group->first_time == FEDVAL_TIME_UNKNOWN || time < group->first_time)
        group->first_time = time;
    if (group->last_time == FEDVAL_TIME_UNKNOWN || time > group->last_time)
        group->last_time = time;
}

/* Of a group whose first incident moved away only the hash is left to compare: it is seeded and
 * covers all that is_same_group() compares. */
static fv_group *find_group(const fv_store *store, const fedval_incident *incident, uint64_t hash)
{
    fv_lookup_walk walk = {0};
    for (;;) {
        uint32_t at = fv_lookup_next(&store->by_group, hash, &walk);
        if (at == FV_LOOKUP_NONE)
            return NULL;
        const fedval_incident *first = store->groups[at].first;
        if (first == NULL || is_same_group(first, incident))
            return &store->groups[at];
    }
}

/* A group begins with an incident that is kept. */
static bool add_group(fv_store *store, fedval_incident *incident, uint64_t hash)
{
    if (store->num_groups >= FV_STORE_MAX_GROUPS)
        return true;
    uint32_t at = (uint32_t)store->num_groups;
    void *groups = store->groups;
    fv_group *group = fv_arena_append(&store->arena, &groups, &store->num_groups,
                                      &store->groups_capacity, sizeof(fv_group));
    store->groups = groups;
    if (group == NULL)
        return false;
    *group = (fv_group){
        .first = incident, .first_time = FEDVAL_TIME_UNKNOWN, .last_time = FEDVAL_TIME_UNKNOWN};
    count_in(group, incident);
    incident->group = at;
    incident->in_group = true;
    return fv_lookup_add(&store->by_group, hash, at);
}

bool fv_group_put(fv_store *store, fedval_incident *incident)
{
    uint64_t hash = hash_group(store, incident);
    fv_group *group = find_group(store, incident, hash);
    if (group == NULL)
        return add_group(store, incident, hash);
    if (group->first == NULL)
        group->first = incident;
    count_in(group, incident);
    incident->group = (uint32_t)(group - store->groups);
    incident->in_group = true;
    return true;
}

/* Of a group of routine incidents one is kept, so all move with it. */
static void take_all(fv_group *to, fv_group *from)
{
    to->size += from->size;
    if (from->first_time != FEDVAL_TIME_UNKNOWN && from->first_time < to->first_time)
        to->first_time = from->first_time;
    if (from->last_time != FEDVAL_TIME_UNKNOWN && from->last_time > to->last_time)
        to->last_time = from->last_time;
    from->size = 0;
}

bool fv_group_move(fv_store *store, fedval_incident *incident)
{
    bool was_in_group = incident->in_group;
    uint32_t before = incident->group;
    if (was_in_group) {
        fv_group *left = &store->groups[before];
        left->size--;
        if (left->first == incident)
            left->first = NULL;
    }
    store->groups_changed = true;
    incident->in_group = false;
    if (!fv_group_put(store, incident))
        return false;
    if (was_in_group && incident->in_group && incident->group != before &&
        fv_incident_is_routine(incident))
        take_all(&store->groups[incident->group], &store->groups[before]);
    return true;
}

const fedval_incident *fv_group_count(fv_store *store, const fedval_incident *incident)
{
    fv_group *group = find_group(store, incident, hash_group(store, incident));
    /* Of a group whose incident moved away nothing would be told. */
    if (group == NULL || (group->first == NULL && fv_incident_is_routine(incident)))
        return NULL;
    count_in(group, incident);
    return group->first;
}

void fv_group_uncount(fv_store *store, const fedval_incident *first)
{
    if (first->in_group && store->groups[first->group].size > 1)
        store->groups[first->group].size--;
}

/* The order of groups: causes of a call or domain, open questions of a call, other causes, other
 * questions, no fault; last, incidents that nothing ties to a Microsoft side. */
static uint32_t rank_of(const fedval_incident *incident)
{
    bool is_named = incident->call_id != NULL || incident->domain != NULL;
    if (!incident->is_related)
        return 5;
    if (fv_incident_is_fault(incident))
        return is_named ? 0 : 2;
    if (incident->certainty != FEDVAL_CERTAINTY_UNDETERMINED)
        return 4;
    return is_named ? 1 : 3;
}

static int compare_groups(const void *left, const void *right)
{
    const fv_group *a = left, *b = right;
    uint32_t rank_a = rank_of(a->first), rank_b = rank_of(b->first);
    if (rank_a != rank_b)
        return rank_a < rank_b ? -1 : 1;
    return a->first->id < b->first->id ? -1 : a->first->id > b->first->id;
}

/* After incidents moved between groups: sets the first incident of each group again, and counts
 * again if all incidents were kept. */
static void renew(fv_store *store)
{
    bool all_kept = store->num_not_kept + store->num_routine == 0;
    for (size_t i = 0; i < store->num_groups; i++) {
        fv_group *group = &store->groups[i];
        group->first = NULL;
        if (all_kept) {
            *group =
                (fv_group){.first_time = FEDVAL_TIME_UNKNOWN, .last_time = FEDVAL_TIME_UNKNOWN};
        }
    }
    for (size_t i = 0; i < store->num_incidents; i++) {
        const fedval_incident *incident = store->incidents[i];
        fv_group *group = incident->in_group ? &store->groups[incident->group] : NULL;
        if (group != NULL && group->first == NULL)
            group->first = incident;
        if (group != NULL && all_kept)
            count_in(group, incident);
    }
}

bool fv_store_settle_groups(fv_store *store)
{
    if (store->groups_changed)
        renew(store);
    size_t kept = 0;
    for (size_t i = 0; i < store->num_groups; i++) {
        if (store->groups[i].first != NULL && store->groups[i].size > 0)
            store->groups[kept++] = store->groups[i];
    }
    store->num_groups = kept;
    if (kept > 0)
        qsort(store->groups, kept, sizeof(fv_group), compare_groups);
    store->groups_changed = false;
    return true;
}

bool fv_group_has_story(const fv_group *group)
{
    return group->first->cause == NULL;
}
