/* What is no failure and happens all day: calls that were set up, and calls that an Expressway
 * rejected for reasons of its own or of the called user. One of each group is kept, to be told; the
 * others are counted. */
#include "logs/incidents/store.h"

#define MAX_ROUTINE 1000000 /* so many are told apart; that is 16 MB */
#define SAME_CALL_MS 10000  /* how far apart the answer of a call and its event may be */
#define MAX_HALVES 64       /* so many of the same parties and time are compared */

static uint64_t hash_call(const fv_store *store, const char *call_id)
{
    return fv_hash_text(fv_hash_number(store->seed, 0), call_id);
}

/* The call, without its answers: a change of a call that is up is no other call. An event without a
 * Call-ID is known by its parties, and by its time. */
static uint64_t hash_routine(const fv_store *store, const fedval_incident *draft)
{
    if (draft->call_id != NULL)
        return hash_call(store, draft->call_id);
    uint64_t hash = fv_hash_number(store->seed, draft->status);
    hash = fv_hash_text(hash, draft->from.text);
    hash = fv_hash_text(hash, draft->to.text);
    return fv_hash_number(hash, (uint64_t)draft->when.milliseconds);
}

enum { KEPT = 0, COUNTED = 1 };

bool fv_store_is_counted(const fv_store *store, const char *call_id)
{
    fv_lookup_walk walk = {0};
    return fv_lookup_next(&store->by_routine, hash_call(store, call_id), &walk) == COUNTED;
}

/* ---- a call that was set up, told by its answer and by its event ---- */

typedef struct fv_set_up {
    int64_t when_ms;
    /* It tells of this call, or is the one that is kept of the group that counts it; NULL: none. */
    const fedval_incident *incident;
    bool is_counted;
} fv_set_up;

/* An event without a Call-ID is found by its parties and its time. */
static bool has_parties(const fedval_incident *draft)
{
    return draft->from.text != NULL && draft->to.text != NULL && draft->when.zone_known &&
           draft->when.milliseconds != FEDVAL_TIME_UNKNOWN &&
           draft->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP && draft->status < 300;
}

static bool is_event(const fedval_incident *draft)
{
    return draft->call_id == NULL;
}

/* Of answers, or of events, between the parties of the draft. */
static uint64_t hash_set_up(const fv_store *store, const fedval_incident *draft, uint64_t slot,
                            bool of_events)
{
    uint64_t hash = fv_hash_number(store->seed, slot);
    hash = fv_hash_number(hash, of_events);
    hash = fv_hash_text(hash, draft->from.text);
    return fv_hash_text(hash, draft->to.text);
}

typedef struct nearest {
    uint64_t hash;
    uint32_t at;
    uint64_t apart; /* milliseconds */
} nearest;

static uint64_t apart(int64_t a, int64_t b)
{
    return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
}

static void look_for_nearest(fv_store *store, int64_t when_ms, uint64_t hash, nearest *best)
{
    fv_lookup_walk walk = {0};
    for (size_t i = 0; i < MAX_HALVES; i++) {
        uint32_t at = fv_lookup_next(&store->by_set_up, hash, &walk);
        if (at == FV_LOOKUP_NONE)
            return;
        store->num_compared++;
        uint64_t here = apart(store->set_ups[at].when_ms, when_ms);
        if (here < best->apart)
            *best = (nearest){hash, at, here};
    }
}

/* Returns the event of the answer, or the answer of the event, if that was there before: both tell
 * of one call. It is not found again. NULL: it was not there. */
static const fv_set_up *take_other_half(fv_store *store, const fedval_incident *draft)
{
    nearest best = {.at = FV_LOOKUP_NONE, .apart = SAME_CALL_MS + 1};
    uint64_t slot = fv_time_slot(&draft->when, SAME_CALL_MS);
    for (uint64_t near = slot - 1; near != slot + 2; near++) {
        look_for_nearest(store, draft->when.milliseconds,
                         hash_set_up(store, draft, near, !is_event(draft)), &best);
    }
    if (best.at == FV_LOOKUP_NONE)
        return NULL;
    fv_lookup_remove(&store->by_set_up, best.hash, best.at);
    return &store->set_ups[best.at];
}

/* `counted_by` is the incident that is kept of the group that counts the draft; NULL: it is not
 * counted. Sets `*out_at` to its place. Returns false if memory is short. */
static bool note_set_up(fv_store *store, const fedval_incident *draft,
                        const fedval_incident *counted_by, uint32_t *out_at)
{
    uint64_t slot = fv_time_slot(&draft->when, SAME_CALL_MS);
    void *items = store->set_ups;
    *out_at = (uint32_t)store->num_set_ups;
    fv_set_up *item = fv_arena_append(&store->arena, &items, &store->num_set_ups,
                                      &store->set_ups_capacity, sizeof(*item));
    store->set_ups = items;
    if (item == NULL)
        return false;
    *item = (fv_set_up){draft->when.milliseconds, counted_by, counted_by != NULL};
    return fv_lookup_add(&store->by_set_up, hash_set_up(store, draft, slot, is_event(draft)),
                         *out_at);
}

void fv_store_place_routine(fv_store *store, const fv_routine *routine,
                            const fedval_incident *place)
{
    if (routine->set_up != FV_LOOKUP_NONE)
        store->set_ups[routine->set_up].incident = place;
}

/* Returns the kept event of the answer, whose place the answer takes; NULL: it was counted, or an
 * answer has its place. */
static fedval_incident *kept_event(const fv_store *store, const fv_set_up *event)
{
    bool is_kept = event->incident != NULL && !event->is_counted && is_event(event->incident);
    return is_kept ? store->incidents[event->incident->id - 1] : NULL;
}

/* Counts the draft if an incident of its group is kept. `half` is the event of its call, which says
 * less: the answer has the Call-ID and the peer, and is counted in its place. */
static bool add_one(fv_store *store, const fedval_incident *draft, const fv_set_up *half,
                    bool is_pairable, fv_routine *out)
{
    if (half != NULL && half->is_counted) {
        fv_group_uncount(store, half->incident);
        store->num_routine--;
    }
    const fedval_incident *counted_by = fv_group_count(store, draft);
    out->is_kept = counted_by == NULL;
    store->num_routine += !out->is_kept;
    return half != NULL || !is_pairable || note_set_up(store, draft, counted_by, &out->set_up);
}

bool fv_store_add_routine(fv_store *store, const fedval_incident *draft, fv_routine *out)
{
    fv_lookup_walk walk = {0};
    uint64_t hash = hash_routine(store, draft);
    *out = (fv_routine){.set_up = FV_LOOKUP_NONE};
    /* The hash is seeded, so two calls with the same one are not to be expected. */
    if (store->by_routine.count >= MAX_ROUTINE ||
        fv_lookup_next(&store->by_routine, hash, &walk) != FV_LOOKUP_NONE)
        return true;
    bool is_pairable = has_parties(draft) && store->num_set_ups < MAX_ROUTINE;
    const fv_set_up *half = is_pairable ? take_other_half(store, draft) : NULL;
    if (half != NULL && !is_event(draft))
        out->event = kept_event(store, half);
    bool is_told = half != NULL && (is_event(draft) || out->event != NULL);
    if (!is_told && !add_one(store, draft, half, is_pairable, out))
        return false;
    bool is_kept = out->is_kept || out->event != NULL;
    return fv_lookup_add(&store->by_routine, hash, is_kept ? KEPT : COUNTED);
}
