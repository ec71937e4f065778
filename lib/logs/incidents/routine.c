/* What is no failure and happens all day: calls that were set up, and calls that an Expressway
 * rejected for reasons of its own or of the called user. One of each group is kept, to be told; the
 * others are counted. */
#include "logs/incidents/store.h"

#define MAX_ROUTINE 1000000 /* so many are told apart; that is 16 MB */

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

bool fv_store_add_routine(fv_store *store, const fedval_incident *draft, bool *out_keep)
{
    fv_lookup_walk walk = {0};
    uint64_t hash = hash_routine(store, draft);
    *out_keep = false;
    /* The hash is seeded, so two calls with the same one are not to be expected. */
    if (store->by_routine.count >= MAX_ROUTINE ||
        fv_lookup_next(&store->by_routine, hash, &walk) != FV_LOOKUP_NONE)
        return true;
    *out_keep = !fv_group_count(store, draft);
    store->num_routine += !*out_keep;
    return fv_lookup_add(&store->by_routine, hash, *out_keep ? KEPT : COUNTED);
}
