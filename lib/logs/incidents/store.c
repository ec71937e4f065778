#include "logs/incidents/store.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define SAME_CONNECTION_MS 5000

/* The texts of an incident that lie in an arena. */
static const size_t text_members[] = {
    offsetof(fedval_incident, call_id),       offsetof(fedval_incident, cseq),
    offsetof(fedval_incident, domain),        offsetof(fedval_incident, other_domain),
    offsetof(fedval_incident, from),          offsetof(fedval_incident, to),
    offsetof(fedval_incident, from_domain),   offsetof(fedval_incident, to_domain),
    offsetof(fedval_incident, expected_name), offsetof(fedval_incident, presented_name),
    offsetof(fedval_incident, reported_code), offsetof(fedval_incident, reported_text),
    offsetof(fedval_incident, peer),          offsetof(fedval_incident, server),
    offsetof(fedval_incident, message),       offsetof(fedval_incident, remedy),
};

void fv_store_init(fv_store *store)
{
    memset(store, 0, sizeof(*store));
    fv_arena_init(&store->arena);
    store->seed = fv_hash_seed(store);
    store->max_incidents = FEDVAL_LOG_MAX_INCIDENTS;
}

void fv_store_clear(fv_store *store)
{
    for (size_t i = 0; i < store->num_evidence; i++)
        fedval_evidence_free(store->evidence[i]);
    fv_arena_clear(&store->arena);
    fv_lookup_clear(&store->by_event);
    fv_lookup_clear(&store->by_group);
    fv_lookup_clear(&store->by_domain);
}

static bool copy_text(fv_arena *arena, const char **text)
{
    if (*text == NULL)
        return true;
    *text = fv_arena_copy_text(arena, *text, strlen(*text));
    return *text != NULL;
}

static bool copy_list(fv_arena *arena, const char **texts, size_t num_texts)
{
    for (size_t i = 0; i < num_texts; i++)
        if (!copy_text(arena, &texts[i]))
            return false;
    return true;
}

static fedval_incident *copy_incident(fv_arena *arena, const fedval_incident *draft)
{
    fedval_incident *copy = fv_arena_alloc(arena, sizeof(*copy));
    if (copy == NULL)
        return NULL;
    *copy = *draft;
    for (size_t i = 0; i < COUNT(text_members); i++)
        if (!copy_text(arena, (const char **)(void *)((char *)copy + text_members[i])))
            return NULL;
    bool lists = copy_list(arena, copy->fqdns, copy->num_fqdns) &&
                 copy_list(arena, copy->hops, copy->num_hops);
    return lists ? copy : NULL;
}

/* ---- the same thing logged again ---- */

static bool has_call(const fedval_incident *incident)
{
    return incident->call_id != NULL;
}

static bool has_connection(const fedval_incident *incident)
{
    return incident->peer != NULL && incident->port != 0 && incident->remote_port != 0;
}

/* A call that is known by its parties alone, as the event log has it. */
static bool has_parties(const fedval_incident *incident)
{
    return incident->from != NULL && incident->to != NULL && incident->when.zone_known &&
           incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP;
}

/* What is known again is found by its call; else, with the time, by its parties or its connection:
 * of these there are many in a log. */
static uint64_t hash_call(const fv_store *store, const fedval_incident *incident)
{
    uint64_t hash = fv_hash_number(store->seed, incident->kind);
    hash = fv_hash_text(hash, incident->call_id);
    hash = fv_hash_text(hash, incident->cseq);
    return fv_hash_text(hash, incident->reported_code);
}

static uint64_t hash_parties(const fv_store *store, const fedval_incident *incident, uint64_t slot)
{
    uint64_t hash = fv_hash_number(store->seed, slot);
    hash = fv_hash_text(hash, incident->from);
    hash = fv_hash_text(hash, incident->to);
    return fv_hash_text(hash, incident->reported_code);
}

static uint64_t hash_connection(const fv_store *store, const fedval_incident *incident,
                                uint64_t slot)
{
    uint64_t hash = fv_hash_number(store->seed, slot);
    hash = fv_hash_text(hash, incident->peer);
    hash = fv_hash_number(hash, incident->port);
    return fv_hash_number(hash, incident->remote_port);
}

/* In place of a slot: of a connection whose time is not known; of any one. */
#define SLOT_UNKNOWN UINT64_MAX
#define SLOT_ANY (UINT64_MAX - 1)

static uint64_t slot_of(const fedval_incident *incident)
{
    return incident->when.milliseconds == FEDVAL_TIME_UNKNOWN
               ? SLOT_UNKNOWN
               : fv_time_slot(&incident->when, SAME_CONNECTION_MS);
}

static bool is_near(const fedval_incident *a, const fedval_incident *b, int64_t limit)
{
    if (a->when.milliseconds == FEDVAL_TIME_UNKNOWN || b->when.milliseconds == FEDVAL_TIME_UNKNOWN)
        return true;
    int64_t apart = a->when.milliseconds - b->when.milliseconds;
    return apart >= -limit && apart <= limit;
}

/* b is the later one. */
static bool is_same_event(const fedval_incident *a, const fedval_incident *b)
{
    if (!has_call(b) && has_parties(a) && has_parties(b))
        return fv_incident_is_same_text(a->from, b->from) &&
               fv_incident_is_same_text(a->to, b->to) &&
               fv_incident_is_same_text(a->reported_code, b->reported_code) &&
               is_near(a, b, SAME_CONNECTION_MS);
    if (has_call(a) != has_call(b))
        return false;
    if (has_call(a))
        return a->kind == b->kind && fv_incident_is_same_text(a->call_id, b->call_id) &&
               fv_incident_is_same_text(a->cseq, b->cseq) &&
               fv_incident_is_same_text(a->reported_code, b->reported_code);
    return fv_incident_is_same_text(a->peer, b->peer) && a->port == b->port &&
           a->remote_port == b->remote_port && is_near(a, b, SAME_CONNECTION_MS);
}

/* A summary of a message came before the message itself, which names the caller. */
static bool take_caller(fv_store *store, fedval_incident *known, const fedval_incident *again)
{
    if (known->domain != NULL || again->domain == NULL || known->finding != again->finding)
        return true;
    known->domain = again->domain;
    known->other_domain = again->other_domain;
    known->from_domain = again->from_domain;
    known->to_domain = again->to_domain;
    known->server = again->server;
    known->message = again->message;
    known->remedy = again->remedy;
    if (!copy_text(&store->arena, &known->domain) ||
        !copy_text(&store->arena, &known->other_domain) ||
        !copy_text(&store->arena, &known->from_domain) ||
        !copy_text(&store->arena, &known->to_domain) || !copy_text(&store->arena, &known->server) ||
        !copy_text(&store->arena, &known->message) || !copy_text(&store->arena, &known->remedy))
        return false;
    if (known->in_group)
        store->groups[known->group].size--;
    store->groups_changed = true;
    known->in_group = false;
    return fv_group_put(store, known);
}

static bool take_missing(fv_arena *arena, const char **to, const char *from)
{
    if (*to != NULL || from == NULL)
        return true;
    *to = from;
    return copy_text(arena, to);
}

/* The nearer to the other side a response was logged, the more hops it names, and the port between
 * the sides. */
static bool take_outer(fv_store *store, fedval_incident *known, const fedval_incident *again)
{
    if (again->num_hops <= known->num_hops)
        return true;
    memcpy(known->hops, again->hops, sizeof(known->hops));
    if (!copy_list(&store->arena, known->hops, again->num_hops))
        return false;
    known->num_hops = again->num_hops;
    if (again->peer == NULL || again->port == 0)
        return true;
    known->port = again->port;
    known->remote_port = again->remote_port;
    known->peer = again->peer;
    return copy_text(&store->arena, &known->peer);
}

/* What is stated says more than what was inferred from a sister entry. */
static bool merge(fv_store *store, fedval_incident *known, const fedval_incident *again)
{
    known->times_logged++;
    bool more_certain = again->certainty < known->certainty;
    if (more_certain) {
        known->certainty = again->certainty;
        known->finding = again->finding;
        known->basis = again->basis;
        known->kind = again->kind;
        known->reported_text = again->reported_text;
        known->message = again->message;
        known->remedy = again->remedy;
        if (!copy_text(&store->arena, &known->reported_text) ||
            !copy_text(&store->arena, &known->message) || !copy_text(&store->arena, &known->remedy))
            return false;
    }
    if (!take_outer(store, known, again))
        return false;
    if (!take_caller(store, known, again))
        return false;
    return take_missing(&store->arena, &known->from, again->from) &&
           take_missing(&store->arena, &known->to, again->to) &&
           take_missing(&store->arena, &known->peer, again->peer);
}

static fedval_incident *find_same(const fv_store *store, const fedval_incident *draft,
                                  uint64_t hash)
{
    fv_lookup_walk walk = {0};
    for (;;) {
        uint32_t at = fv_lookup_next(&store->by_event, hash, &walk);
        if (at == FV_LOOKUP_NONE)
            return NULL;
        if (is_same_event(store->incidents[at], draft))
            return store->incidents[at];
    }
}

typedef uint64_t hash_in_slot(const fv_store *store, const fedval_incident *incident,
                              uint64_t slot);

/* In the slot of the draft's time and in those beside it. */
static fedval_incident *find_near(const fv_store *store, const fedval_incident *draft,
                                  hash_in_slot *hash)
{
    uint64_t slot = slot_of(draft);
    for (uint64_t near = slot - 1; near != slot + 2; near++) {
        fedval_incident *found = find_same(store, draft, hash(store, draft, near));
        if (found != NULL)
            return found;
    }
    return NULL;
}

static fedval_incident *find_event(const fv_store *store, const fedval_incident *draft)
{
    if (has_call(draft))
        return find_same(store, draft, hash_call(store, draft));
    if (has_parties(draft))
        return find_near(store, draft, hash_parties);
    if (!has_connection(draft))
        return NULL;
    if (slot_of(draft) == SLOT_UNKNOWN)
        return find_same(store, draft, hash_connection(store, draft, SLOT_ANY));
    fedval_incident *found = find_near(store, draft, hash_connection);
    return found != NULL ? found
                         : find_same(store, draft, hash_connection(store, draft, SLOT_UNKNOWN));
}

/* Makes an incident that is kept findable. False when memory is short. */
static bool index_event(fv_store *store, const fedval_incident *incident, uint32_t at)
{
    fv_lookup *index = &store->by_event;
    if (has_call(incident) && !fv_lookup_add(index, hash_call(store, incident), at))
        return false;
    if (has_parties(incident))
        return fv_lookup_add(index, hash_parties(store, incident, slot_of(incident)), at);
    if (has_call(incident) || !has_connection(incident))
        return true;
    if (!fv_lookup_add(index, hash_connection(store, incident, slot_of(incident)), at))
        return false;
    /* One incident of a connection is enough to find it by. */
    uint64_t any = hash_connection(store, incident, SLOT_ANY);
    fv_lookup_walk walk = {0};
    return fv_lookup_next(index, any, &walk) != FV_LOOKUP_NONE || fv_lookup_add(index, any, at);
}

static bool keep(fv_store *store, const fedval_incident *draft)
{
    uint32_t at = (uint32_t)store->num_incidents;
    fedval_incident *incident = copy_incident(&store->arena, draft);
    if (incident == NULL)
        return false;
    void *incidents = store->incidents;
    fedval_incident **slot = fv_arena_append(&store->arena, &incidents, &store->num_incidents,
                                             &store->incidents_capacity, sizeof(fedval_incident *));
    store->incidents = incidents;
    if (slot == NULL)
        return false;
    *slot = incident;
    incident->id = at + 1;
    return fv_group_put(store, incident) && index_event(store, incident, at);
}

bool fv_store_add(fv_store *store, const fedval_incident *draft)
{
    fedval_incident *known = find_event(store, draft);
    if (known != NULL)
        return merge(store, known, draft);
    if (store->num_incidents < store->max_incidents)
        return keep(store, draft);
    fv_group_count(store, draft);
    store->num_not_kept++;
    return true;
}

uint32_t fv_store_diagnosis(const fv_store *store)
{
    uint32_t diagnosis = FEDVAL_DIAGNOSIS_NOTHING;
    for (size_t i = 0; i < store->num_incidents; i++) {
        const fedval_incident *incident = store->incidents[i];
        if (fv_incident_is_fault(incident))
            return FEDVAL_DIAGNOSIS_FAULTS;
        if (incident->certainty == FEDVAL_CERTAINTY_UNDETERMINED)
            diagnosis = FEDVAL_DIAGNOSIS_UNDETERMINED;
    }
    return diagnosis;
}
