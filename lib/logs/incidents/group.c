/* Incidents that say the same of the same, counted. */
#include "logs/incidents/store.h"

#include <string.h>

static const char *first_fqdn(const fedval_incident *incident)
{
    return incident->num_fqdns > 0 ? incident->fqdns[0] : NULL;
}

static uint64_t hash_group(const fv_store *store, const fedval_incident *incident)
{
    uint64_t hash = fv_hash_number(store->seed, incident->kind);
    hash = fv_hash_number(hash, incident->finding);
    hash = fv_hash_number(hash, incident->direction);
    hash = fv_hash_text(hash, incident->reported_code);
    hash = fv_hash_text(hash, incident->domain);
    hash = fv_hash_text(hash, incident->expected_name);
    hash = fv_hash_text(hash, incident->presented_name);
    return fv_hash_text(hash, first_fqdn(incident));
}

static bool is_same_group(const fedval_incident *a, const fedval_incident *b)
{
    return a->kind == b->kind && a->finding == b->finding && a->certainty == b->certainty &&
           a->direction == b->direction &&
           fv_incident_is_same_text(a->reported_code, b->reported_code) &&
           fv_incident_is_same_text(a->domain, b->domain) &&
           fv_incident_is_same_text(a->expected_name, b->expected_name) &&
           fv_incident_is_same_text(a->presented_name, b->presented_name) &&
           fv_incident_is_same_text(first_fqdn(a), first_fqdn(b));
}

static void count_in(fv_group *group, const fedval_incident *incident)
{
    int64_t time = incident->when.milliseconds;
    group->size++;
    if (time == FEDVAL_TIME_UNKNOWN)
        return;
    if (group->first_time == FEDVAL_TIME_UNKNOWN || time < group->first_time)
        group->first_time = time;
    if (group->last_time == FEDVAL_TIME_UNKNOWN || time > group->last_time)
        group->last_time = time;
}

static fv_group *find_group(const fv_store *store, const fedval_incident *incident, uint64_t hash)
{
    fv_lookup_walk walk = {0};
    for (;;) {
        uint32_t at = fv_lookup_next(&store->by_group, hash, &walk);
        if (at == FV_LOOKUP_NONE)
            return NULL;
        if (is_same_group(store->groups[at].first, incident))
            return &store->groups[at];
    }
}

/* Groups are made of incidents that are kept. */
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
    *group = (fv_group){incident, 0, FEDVAL_TIME_UNKNOWN, FEDVAL_TIME_UNKNOWN};
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
    count_in(group, incident);
    incident->group = (uint32_t)(group - store->groups);
    incident->in_group = true;
    return true;
}

void fv_group_count(fv_store *store, const fedval_incident *incident)
{
    fv_group *group = find_group(store, incident, hash_group(store, incident));
    if (group != NULL)
        count_in(group, incident);
}

/* Each group's first incident is still in it; those that lost all are gone. */
bool fv_store_settle_groups(fv_store *store)
{
    if (!store->groups_changed)
        return true;
    uint32_t *places = fv_arena_alloc_array(&store->arena, store->num_groups, sizeof(uint32_t));
    if (places == NULL)
        return false;
    size_t kept = 0;
    for (size_t i = 0; i < store->num_groups; i++) {
        places[i] = (uint32_t)kept;
        if (store->groups[i].size > 0)
            store->groups[kept++] = store->groups[i];
    }
    for (size_t i = store->num_incidents; i-- > 0;) {
        fedval_incident *incident = store->incidents[i];
        if (!incident->in_group)
            continue;
        incident->group = places[incident->group];
        store->groups[incident->group].first = incident;
    }
    store->num_groups = kept;
    store->groups_changed = false;
    return true;
}
