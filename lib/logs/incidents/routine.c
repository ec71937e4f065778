/* What is no failure and happens all day: calls that were set up, and calls that an Expressway
 * rejected for reasons of its own or of the called user. One of each group is kept, to be told; the
 * others are counted. */
#include "logs/incidents/store.h"

#define MAX_ROUTINE 1000000 /* so many are told apart; that is 16 MB */
#define SAME_CALL_MS 10000  /* how far apart the answer of a call and its event may be */

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
    bool is_event, is_paired;
    uint32_t incident; /* its place in the store; NOT_KEPT: it was counted */
} fv_set_up;

#define NOT_KEPT UINT32_MAX

/* An event without a Call-ID is found by its parties and its time. */
static bool has_parties(const fedval_incident *draft)
{
    return draft->from.text != NULL && draft->to.text != NULL && draft->when.zone_known &&
           draft->when.milliseconds != FEDVAL_TIME_UNKNOWN &&
           draft->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP && draft->status < 300;
}

static uint64_t hash_set_up(const fv_store *store, const fedval_incident *draft, uint64_t slot)
{
    uint64_t hash = fv_hash_number(store->seed, slot);
    hash = fv_hash_text(hash, draft->from.text);
    return fv_hash_text(hash, draft->to.text);
}

/* Returns the event of the answer, or the answer of the event, if that was there before: both tell
 * of one call. NULL: it was not. */
static fv_set_up *take_other_half(fv_store *store, const fedval_incident *draft, uint64_t slot)
{
    bool is_event = draft->call_id == NULL;
    for (uint64_t near = slot - 1; near != slot + 2; near++) {
        fv_lookup_walk walk = {0};
        uint64_t hash = hash_set_up(store, draft, near);
        uint32_t at;
        while ((at = fv_lookup_next(&store->by_set_up, hash, &walk)) != FV_LOOKUP_NONE) {
            fv_set_up *other = &store->set_ups[at];
            if (other->is_event != is_event && !other->is_paired) {
                other->is_paired = true;
                return other;
            }
        }
    }
    return NULL;
}

/* Returns false if memory is short. */
static bool note_set_up(fv_store *store, const fedval_incident *draft, bool is_kept)
{
    uint64_t slot = fv_time_slot(&draft->when, SAME_CALL_MS);
    uint32_t at = (uint32_t)store->num_set_ups;
    void *items = store->set_ups;
    fv_set_up *item = fv_arena_append(&store->arena, &items, &store->num_set_ups,
                                      &store->set_ups_capacity, sizeof(*item));
    store->set_ups = items;
    if (item == NULL)
        return false;
    *item = (fv_set_up){.is_event = draft->call_id == NULL,
                        .incident = is_kept ? (uint32_t)store->num_incidents : NOT_KEPT};
    return fv_lookup_add(&store->by_set_up, hash_set_up(store, draft, slot), at);
}

/* Returns the incident of an event that the answer `draft` belongs to; NULL: it is not kept. */
static fedval_incident *event_of(const fv_store *store, const fv_set_up *half,
                                 const fedval_incident *draft)
{
    bool is_kept = half->is_event && half->incident < store->num_incidents;
    return is_kept && draft->call_id != NULL ? store->incidents[half->incident] : NULL;
}

bool fv_store_add_routine(fv_store *store, const fedval_incident *draft, bool *out_keep,
                          fedval_incident **out_event)
{
    fv_lookup_walk walk = {0};
    uint64_t hash = hash_routine(store, draft);
    *out_keep = false;
    *out_event = NULL;
    /* The hash is seeded, so two calls with the same one are not to be expected. */
    if (store->by_routine.count >= MAX_ROUTINE ||
        fv_lookup_next(&store->by_routine, hash, &walk) != FV_LOOKUP_NONE)
        return true;
    bool is_pairable = has_parties(draft) && store->num_set_ups < MAX_ROUTINE;
    const fv_set_up *half =
        is_pairable ? take_other_half(store, draft, fv_time_slot(&draft->when, SAME_CALL_MS))
                    : NULL;
    if (half != NULL) {
        *out_event = event_of(store, half, draft);
        return fv_lookup_add(&store->by_routine, hash, *out_event != NULL ? KEPT : COUNTED);
    }
    *out_keep = !fv_group_count(store, draft);
    store->num_routine += !*out_keep;
    return (!is_pairable || note_set_up(store, draft, *out_keep)) &&
           fv_lookup_add(&store->by_routine, hash, *out_keep ? KEPT : COUNTED);
}
