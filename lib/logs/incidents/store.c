#include "logs/incidents/store.h"

#include "logs/incidents/copy.h"

#include <stdlib.h>
#include <string.h>

#define SAME_CONNECTION_MS 5000
/* So many callers with one Call-ID and CSeq are compared; each is also found by its tag. */
#define MAX_CALLERS 64

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
    fv_lookup_clear(&store->by_tie);
    fv_lookup_clear(&store->by_asserted);
    fv_lookup_clear(&store->by_routine);
    fv_lookup_clear(&store->by_set_up);
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

/* Whether the call can be recognised only by its parties, as in the event log. */
static bool has_parties(const fedval_incident *incident)
{
    return incident->from.text != NULL && incident->to.text != NULL && incident->when.zone_known &&
           incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP;
}

/* Three keys by which an incident that is logged again is found: its call; else its parties and
 * time; else its connection and time. The slot of time keeps the lists short. */
static uint64_t hash_call(const fv_store *store, const fedval_incident *incident)
{
    uint64_t hash = fv_hash_number(store->seed, incident->kind);
    hash = fv_hash_text(hash, incident->call_id);
    hash = fv_hash_text(hash, incident->cseq);
    return fv_hash_text(hash, incident->reported_code);
}

/* `call` is what hash_call returns. */
static uint64_t hash_caller(uint64_t call, const fedval_incident *incident)
{
    return fv_hash_text(call, incident->from.tag);
}

static uint64_t hash_parties(const fv_store *store, const fedval_incident *incident, uint64_t slot)
{
    uint64_t hash = fv_hash_number(store->seed, slot);
    hash = fv_hash_text(hash, incident->from.text);
    hash = fv_hash_text(hash, incident->to.text);
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

/* Two values used as a slot: for a connection without a time; for a connection at any time. */
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

/* Whether both are answers to requests with one Call-ID and CSeq. */
static bool is_same_call(const fedval_incident *a, const fedval_incident *b)
{
    return a->kind == b->kind && fv_incident_is_same_text(a->call_id, b->call_id) &&
           fv_incident_is_same_text(a->cseq, b->cseq) &&
           fv_incident_is_same_text(a->reported_code, b->reported_code);
}

/* Whether both are the same event without a Call-ID; `b` is the later one. */
static bool is_same_event(const fedval_incident *a, const fedval_incident *b)
{
    if (!has_call(b) && has_parties(b)) {
        return fv_incident_is_same_text(a->from.text, b->from.text) &&
               fv_incident_is_same_text(a->to.text, b->to.text) &&
               fv_incident_is_same_text(a->reported_code, b->reported_code) &&
               is_near(a, b, SAME_CONNECTION_MS);
    }
    if (has_call(a) || has_call(b))
        return false;
    return fv_incident_is_same_text(a->peer, b->peer) && a->port == b->port &&
           a->remote_port == b->remote_port && is_near(a, b, SAME_CONNECTION_MS);
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

/* Finds the event of a call that was told before its answer: the event log of an Expressway may be
 * read before its network log. */
static fedval_incident *find_event_of(const fv_store *store, const fedval_incident *answer,
                                      uint64_t hash)
{
    fv_lookup_walk walk = {0};
    uint32_t at;
    while ((at = fv_lookup_next(&store->by_event, hash, &walk)) != FV_LOOKUP_NONE) {
        fedval_incident *event = store->incidents[at];
        if (event->is_call_event && event->call_id == NULL &&
            fv_incident_is_same_text(event->from.text, answer->from.text) &&
            fv_incident_is_same_text(event->to.text, answer->to.text) &&
            event->status == answer->status && is_near(event, answer, SAME_CONNECTION_MS))
            return event;
    }
    return NULL;
}

static fedval_incident *find_caller(const fv_store *store, const fedval_incident *draft,
                                    uint64_t call)
{
    fv_lookup_walk walk = {0};
    uint64_t hash = hash_caller(call, draft);
    uint32_t at;
    while ((at = fv_lookup_next(&store->by_event, hash, &walk)) != FV_LOOKUP_NONE) {
        fedval_incident *known = store->incidents[at];
        if (is_same_call(known, draft) &&
            fv_incident_is_same_text(known->from.tag, draft->from.tag))
            return known;
    }
    return NULL;
}

/* Returns the same answer of the same call. Sets `*out_shares` if another caller has a call with
 * this Call-ID and CSeq, and notes it there. */
static fedval_incident *find_call(const fv_store *store, const fedval_incident *draft,
                                  bool *out_shares)
{
    uint64_t hash = hash_call(store, draft);
    fedval_incident *known = draft->from.tag != NULL ? find_caller(store, draft, hash) : NULL;
    fv_lookup_walk walk = {0};
    for (size_t compared = 0; known == NULL && compared < MAX_CALLERS;) {
        uint32_t at = fv_lookup_next(&store->by_event, hash, &walk);
        if (at == FV_LOOKUP_NONE)
            break;
        fedval_incident *other = store->incidents[at];
        if (!is_same_call(other, draft))
            continue;
        compared++;
        if (!fv_incident_is_of_other_caller(other, draft))
            return other;
        other->shares_call_id = true;
        *out_shares = true;
    }
    return known;
}

typedef uint64_t hash_in_slot(const fv_store *store, const fedval_incident *incident,
                              uint64_t slot);

/* Looks in the slot of the draft's time, and in the slots before and after. */
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

/* Finds the record that a cut one repeats, among the last ones: the same fault, or what is left of
 * it, in the same log at the same time. */
static fedval_incident *find_whole(const fv_store *store, const fedval_incident *cut)
{
    enum { MOST_LOOKED_AT = 64 };
    size_t num = store->num_incidents;
    for (size_t i = num; i-- > 0 && num - i <= MOST_LOOKED_AT;) {
        fedval_incident *whole = store->incidents[i];
        if (whole->kind == cut->kind &&
            (whole->finding == cut->finding || cut->certainty == FEDVAL_CERTAINTY_UNDETERMINED) &&
            whole->when.milliseconds != FEDVAL_TIME_UNKNOWN &&
            whole->when.milliseconds == cut->when.milliseconds &&
            fv_incident_is_same_text(whole->source, cut->source) &&
            (cut->call_id == NULL || fv_incident_is_same_text(whole->call_id, cut->call_id)))
            return whole;
    }
    return NULL;
}

/* Finds an event that has no Call-ID. */
static fedval_incident *find_event(const fv_store *store, const fedval_incident *draft)
{
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

/* Adds an incident that is kept to the index. Returns false if memory is short. */
static bool index_event(fv_store *store, const fedval_incident *incident, uint32_t at)
{
    fv_lookup *index = &store->by_event;
    if (has_call(incident)) {
        uint64_t call = hash_call(store, incident);
        if (!fv_lookup_add(index, call, at) ||
            (incident->from.tag != NULL && !fv_lookup_add(index, hash_caller(call, incident), at)))
            return false;
    }
    if (has_parties(incident))
        return fv_lookup_add(index, hash_parties(store, incident, slot_of(incident)), at);
    if (has_call(incident) || !has_connection(incident))
        return true;
    if (!fv_lookup_add(index, hash_connection(store, incident, slot_of(incident)), at))
        return false;
    /* One incident of each connection is enough here. */
    uint64_t any = hash_connection(store, incident, SLOT_ANY);
    fv_lookup_walk walk = {0};
    return fv_lookup_next(index, any, &walk) != FV_LOOKUP_NONE || fv_lookup_add(index, any, at);
}

static fv_incident_texts *new_texts(fv_arena *arena)
{
    fv_incident_texts *texts = fv_arena_alloc(arena, sizeof(*texts));
    if (texts == NULL)
        return NULL;
    texts->arena = arena;
    atomic_init(&texts->message, NULL);
    atomic_init(&texts->remedy, NULL);
    atomic_init(&texts->partner, NULL);
    return texts;
}

static bool keep(fv_store *store, const fedval_incident *draft, bool shares_call_id)
{
    uint32_t at = (uint32_t)store->num_incidents;
    fedval_incident *incident = fv_incident_copy(&store->arena, draft);
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
    incident->texts = new_texts(&store->arena);
    if (incident->texts == NULL)
        return false;
    incident->shares_call_id = shares_call_id;
    return fv_group_put(store, incident) && index_event(store, incident, at);
}

/* Returns the event that was kept for the same call as the answer `draft`; NULL: none. */
static fedval_incident *find_told(const fv_store *store, const fedval_incident *draft)
{
    uint64_t slot = slot_of(draft);
    fedval_incident *found = NULL;
    if (!has_call(draft) || !has_parties(draft) || draft->status < 300)
        return NULL;
    for (uint64_t near = slot - 1; found == NULL && near != slot + 2; near++)
        found = find_event_of(store, draft, hash_parties(store, draft, near));
    return found;
}

/* The answer itself tells more than the event: it takes its place. */
static bool take_answer(fv_store *store, fedval_incident *event, const fedval_incident *answer)
{
    uint32_t at = event->id - 1;
    event->is_call_event = false;
    event->is_related |= answer->is_related;
    event->of_far_side = answer->of_far_side;
    event->call_id = answer->call_id;
    event->cseq = answer->cseq;
    event->way = answer->way;
    return fv_copy_text(&store->arena, &event->call_id) &&
           fv_copy_text(&store->arena, &event->cseq) && fv_store_merge(store, event, answer) &&
           fv_group_move(store, event) &&
           fv_lookup_add(&store->by_event, hash_call(store, event), at);
}

/* Sets `*out_place` to the incident that tells of the draft; it stays if none does. */
static bool add(fv_store *store, const fedval_incident *draft, const fedval_incident **out_place)
{
    bool shares_call_id = false;
    fedval_incident *known =
        has_call(draft) ? find_call(store, draft, &shares_call_id) : find_event(store, draft);
    if (known == NULL && draft->is_cut_record)
        known = find_whole(store, draft);
    if (known != NULL) {
        *out_place = known;
        return fv_store_merge(store, known, draft);
    }
    fedval_incident *event = find_told(store, draft);
    if (event != NULL)
        return take_answer(store, event, draft);
    if (store->num_incidents >= store->max_incidents) {
        fv_group_count(store, draft);
        store->num_not_kept++;
        return true;
    }
    if (!keep(store, draft, shares_call_id))
        return false;
    *out_place = store->incidents[store->num_incidents - 1];
    return true;
}

bool fv_store_add(fv_store *store, const fedval_incident *draft)
{
    /* Only Microsoft servers write ms-diagnostics, so their name in it ties as their peer does. */
    if ((draft->names_partner && !fv_store_tie(store, draft->peer)) ||
        !fv_store_tie(store, draft->reporter))
        return false;
    fv_routine routine = {.is_kept = true, .set_up = FV_LOOKUP_NONE};
    if (fv_incident_is_routine(draft) && !fv_store_add_routine(store, draft, &routine))
        return false;
    if (!routine.is_kept)
        return routine.event == NULL || take_answer(store, routine.event, draft);
    const fedval_incident *place = NULL;
    if (!add(store, draft, &place))
        return false;
    fv_store_place_routine(store, &routine, place);
    return true;
}

/* Whether an answer 504 was counted whose headers are missing, or run together. What else was found
 * does not explain it. */
static bool has_cut_answer(const fv_store *store)
{
    for (size_t i = 0; i < store->num_sources; i++) {
        if (store->sources[i].has_cut_answer)
            return true;
    }
    return false;
}

uint32_t fv_store_diagnosis(const fv_store *store)
{
    uint32_t diagnosis =
        has_cut_answer(store) ? FEDVAL_DIAGNOSIS_UNDETERMINED : FEDVAL_DIAGNOSIS_NOTHING;
    for (size_t i = 0; i < store->num_incidents; i++) {
        const fedval_incident *incident = store->incidents[i];
        if (!incident->is_related)
            continue;
        if (fv_incident_is_fault(incident))
            return FEDVAL_DIAGNOSIS_FAULTS;
        if (incident->certainty == FEDVAL_CERTAINTY_UNDETERMINED)
            diagnosis = FEDVAL_DIAGNOSIS_UNDETERMINED;
    }
    return diagnosis;
}
