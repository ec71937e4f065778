/* Joins incidents of one call in several logs: one log may name the cause that another leaves
 * open. */
#include "logs/incidents/moments.h"

#include <string.h>

static bool is_open(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
}

/* Means any CSeq of a call. No real CSeq begins with an asterisk. */
static const char any_cseq[] = "*";

static uint64_t hash_call(const fv_store *store, const fedval_incident *incident, const char *cseq)
{
    return fv_hash_text(fv_hash_text(store->seed, incident->call_id), cseq);
}

static bool add_call(const fv_store *store, fv_lookup *by_call, size_t at)
{
    const fedval_incident *incident = store->incidents[at];
    return incident->call_id == NULL ||
           (fv_lookup_add(by_call, hash_call(store, incident, incident->cseq), (uint32_t)at) &&
            fv_lookup_add(by_call, hash_call(store, incident, any_cseq), (uint32_t)at));
}

static bool build(const fv_store *store, fv_lookup *by_call)
{
    /* Added from the last to the first, because a look-up returns the newest entry first: so it
     * returns the first fault. */
    for (size_t i = store->num_incidents; i-- > 0;) {
        if (fv_incident_is_fault(store->incidents[i]) && !add_call(store, by_call, i))
            return false;
    }
    return true;
}

/* Returns the first fault of the call of `open` with this `cseq`. */
static const fedval_incident *find_cseq(const fv_store *store, const fv_lookup *by_call,
                                        const fedval_incident *open, const char *cseq)
{
    fv_lookup_walk walk = {0};
    for (;;) {
        uint32_t at = fv_lookup_next(by_call, hash_call(store, open, cseq), &walk);
        if (at == FV_LOOKUP_NONE)
            return NULL;
        const fedval_incident *other = store->incidents[at];
        if (fv_incident_is_same_text(other->call_id, open->call_id) &&
            (cseq == any_cseq || fv_incident_is_same_text(other->cseq, cseq)))
            return other;
    }
}

static const fedval_incident *find_call(const fv_store *store, const fv_lookup *by_call,
                                        const fedval_incident *open)
{
    if (open->call_id == NULL)
        return NULL;
    if (open->cseq == NULL)
        return find_cseq(store, by_call, open, any_cseq);
    const fedval_incident *found = find_cseq(store, by_call, open, open->cseq);
    return found != NULL ? found : find_cseq(store, by_call, open, NULL);
}

static void add_explained(fedval_incident *cause, fedval_incident *open)
{
    if (cause->first_explained == NULL)
        cause->first_explained = open;
    else
        cause->last_explained->next_explained = open;
    cause->last_explained = open;
}

static bool join_one(fv_store *store, const fv_lookup *by_call, const fv_moments *moments,
                     fedval_incident *open)
{
    const fedval_incident *cause = find_call(store, by_call, open);
    bool by_cseq = cause != NULL && cause->cseq != NULL && open->cseq != NULL;
    open->joined_by = by_cseq ? "Call-ID and CSeq" : "Call-ID";
    if (cause == NULL) {
        cause = fv_moments_find(moments, open);
        open->joined_by = cause != NULL ? "port and time" : NULL;
    }
    open->cause = cause;
    if (cause == NULL)
        return true;
    open->is_related = open->is_related || cause->is_related;
    add_explained(store->incidents[cause->id - 1], open);
    return fv_group_move(store, open);
}

bool fv_store_join(fv_store *store)
{
    fv_lookup by_call;
    fv_moments moments;
    fv_lookup_init(&by_call);
    bool ok = build(store, &by_call) && fv_moments_build(&moments, store);
    for (size_t i = 0; ok && i < store->num_incidents; i++) {
        if (is_open(store->incidents[i]))
            ok = join_one(store, &by_call, &moments, store->incidents[i]);
    }
    fv_lookup_clear(&by_call);
    return ok;
}
