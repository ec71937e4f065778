/* Joins incidents of one call in several logs: one log may name the cause that another leaves
 * open. */
#include "logs/incidents/moments.h"

#include <string.h>

static bool is_open(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
}

/* A refusal of which the log has the status alone: a record of the Edge says why. */
static bool is_refusal(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_POLICY_REFUSED &&
           fv_incident_is_of_status(incident) && incident->kind != FEDVAL_INCIDENT_KIND_EDGE_RECORD;
}

/* Means any CSeq of a call. No real CSeq begins with an asterisk. */
static const char any_cseq[] = "*";

/* Of the faults with one Call-ID and CSeq, at most so many are compared with a call. Hostile logs
 * can hold thousands of them. */
#define MAX_COMPARED 64

static uint64_t hash_call(const fv_store *store, const fedval_incident *incident, const char *cseq)
{
    return fv_hash_text(fv_hash_text(store->seed, incident->call_id), cseq);
}

/* The key of a fault of one domain, for calls of several callers with one Call-ID and CSeq. */
static uint64_t hash_domain(const fv_store *store, const fedval_incident *incident,
                            const char *domain)
{
    return fv_hash_text(hash_call(store, incident, incident->cseq), domain);
}

static bool add_call(const fv_store *store, fv_lookup *by_call, size_t at)
{
    const fedval_incident *incident = store->incidents[at];
    if (incident->call_id == NULL)
        return true;
    if (incident->domain != NULL &&
        !fv_lookup_add(by_call, hash_domain(store, incident, incident->domain), (uint32_t)at))
        return false;
    return fv_lookup_add(by_call, hash_call(store, incident, incident->cseq), (uint32_t)at) &&
           fv_lookup_add(by_call, hash_call(store, incident, any_cseq), (uint32_t)at);
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

/* Whether the fault can be that of the request of `open`. If two callers have requests with the
 * same Call-ID and CSeq, it must be about a domain of this one. */
static bool is_of_request(const fedval_incident *fault, const fedval_incident *open)
{
    if (is_refusal(open) && fault->kind != FEDVAL_INCIDENT_KIND_EDGE_RECORD)
        return false;
    if (fault->from.tag != NULL && open->from.tag != NULL)
        return !fv_incident_is_of_other_caller(fault, open);
    return !open->shares_call_id || fault->domain == NULL ||
           fv_incident_is_same_text(fault->domain, open->domain) ||
           fv_incident_is_same_text(fault->domain, open->other_domain) ||
           fv_incident_is_same_text(fault->domain, open->to.domain);
}

static bool is_of_cseq(const fedval_incident *fault, const fedval_incident *open, const char *cseq)
{
    return fv_incident_is_same_text(fault->call_id, open->call_id) &&
           (cseq == any_cseq || fv_incident_is_same_text(fault->cseq, cseq));
}

/* Returns the first fault of the call of `open` with this `cseq`, under this key. */
static const fedval_incident *find_cseq(const fv_store *store, const fv_lookup *by_call,
                                        const fedval_incident *open, const char *cseq, uint64_t key)
{
    fv_lookup_walk walk = {0};
    for (size_t compared = 0; compared < MAX_COMPARED;) {
        uint32_t at = fv_lookup_next(by_call, key, &walk);
        if (at == FV_LOOKUP_NONE)
            return NULL;
        const fedval_incident *fault = store->incidents[at];
        if (!is_of_cseq(fault, open, cseq))
            continue;
        compared++;
        if (is_of_request(fault, open))
            return fault;
    }
    return NULL;
}

static const fedval_incident *find_domain(const fv_store *store, const fv_lookup *by_call,
                                          const fedval_incident *open, const char *domain)
{
    return domain == NULL
               ? NULL
               : find_cseq(store, by_call, open, open->cseq, hash_domain(store, open, domain));
}

/* Finds the fault of one of several callers by its domains. */
static const fedval_incident *find_shared(const fv_store *store, const fv_lookup *by_call,
                                          const fedval_incident *open)
{
    const fedval_incident *found = find_domain(store, by_call, open, open->domain);
    if (found == NULL)
        found = find_domain(store, by_call, open, open->other_domain);
    return found != NULL ? found : find_domain(store, by_call, open, open->to.domain);
}

static const fedval_incident *find_call(const fv_store *store, const fv_lookup *by_call,
                                        const fedval_incident *open)
{
    const fedval_incident *found = NULL;
    if (open->call_id == NULL)
        return NULL;
    if (open->cseq == NULL)
        return find_cseq(store, by_call, open, any_cseq, hash_call(store, open, any_cseq));
    if (open->shares_call_id)
        found = find_shared(store, by_call, open);
    if (found == NULL)
        found = find_cseq(store, by_call, open, open->cseq, hash_call(store, open, open->cseq));
    return found != NULL ? found
                         : find_cseq(store, by_call, open, NULL, hash_call(store, open, NULL));
}

bool fv_store_explain(fv_store *store, const fedval_incident *cause, fedval_incident *explained,
                      const char *joined_by)
{
    fedval_incident *kept = store->incidents[cause->id - 1];
    if (kept->first_explained == NULL)
        kept->first_explained = explained;
    else
        kept->last_explained->next_explained = explained;
    kept->last_explained = explained;
    explained->cause = cause;
    explained->joined_by = joined_by;
    explained->is_related = explained->is_related || cause->is_related;
    return fv_group_move(store, explained);
}

static bool join_one(fv_store *store, const fv_lookup *by_call, const fv_moments *moments,
                     fedval_incident *open)
{
    const fedval_incident *cause = find_call(store, by_call, open);
    bool by_cseq = cause != NULL && cause->cseq != NULL && open->cseq != NULL;
    const char *joined_by = by_cseq ? "Call-ID and CSeq" : "Call-ID";
    if (cause == NULL && is_open(open)) {
        cause = fv_moments_find(moments, open);
        joined_by = "port and time";
    }
    return cause == NULL || fv_store_explain(store, cause, open, joined_by);
}

bool fv_store_join(fv_store *store)
{
    fv_lookup by_call;
    fv_moments moments;
    fv_lookup_init(&by_call);
    bool ok = build(store, &by_call) && fv_moments_build(&moments, store);
    for (size_t i = 0; ok && i < store->num_incidents; i++) {
        if (is_open(store->incidents[i]) || is_refusal(store->incidents[i]))
            ok = join_one(store, &by_call, &moments, store->incidents[i]);
    }
    fv_lookup_clear(&by_call);
    return ok;
}
