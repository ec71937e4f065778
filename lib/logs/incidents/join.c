/* Incidents of one call in several logs: what one leaves open another can name. */
#include "logs/incidents/store.h"

#include <string.h>

/* The clocks of both sides run by NTP; a connection carries many calls, so its port counts only
 * together with the time. */
#define SAME_MOMENT_MS 5000

static bool is_open(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
}

static uint32_t hash_call(const fedval_incident *incident)
{
    return fv_hash_text(FV_HASH_START, incident->call_id);
}

/* A connection carries many calls: the time tells them apart. */
static uint32_t hash_port(const fedval_incident *incident, uint32_t slot)
{
    return fv_hash_number(fv_hash_number(FV_HASH_START, incident->port), slot);
}

static uint32_t slot_of(const fedval_incident *incident)
{
    return fv_time_slot(&incident->when, SAME_MOMENT_MS);
}

static bool build(const fv_store *store, fv_lookup *by_call, fv_lookup *by_port)
{
    for (size_t i = 0; i < store->num_incidents; i++) {
        const fedval_incident *incident = store->incidents[i];
        if (!fv_incident_is_fault(incident))
            continue;
        if (incident->call_id != NULL && !fv_lookup_add(by_call, hash_call(incident), (uint32_t)i))
            return false;
        if (incident->port != 0 && incident->when.zone_known &&
            !fv_lookup_add(by_port, hash_port(incident, slot_of(incident)), (uint32_t)i))
            return false;
    }
    return true;
}

static bool is_same_call(const fedval_incident *a, const fedval_incident *b)
{
    if (strcmp(a->call_id, b->call_id) != 0)
        return false;
    return a->cseq == NULL || b->cseq == NULL || strcmp(a->cseq, b->cseq) == 0;
}

static const fedval_incident *find_call(const fv_store *store, const fv_lookup *by_call,
                                        const fedval_incident *open)
{
    fv_lookup_walk walk = {0};
    while (open->call_id != NULL) {
        uint32_t at = fv_lookup_next(by_call, hash_call(open), &walk);
        if (at == FV_LOOKUP_NONE)
            break;
        if (store->incidents[at]->call_id != NULL && is_same_call(store->incidents[at], open))
            return store->incidents[at];
    }
    return NULL;
}

static int64_t apart(const fedval_incident *a, const fedval_incident *b)
{
    int64_t difference = a->when.milliseconds - b->when.milliseconds;
    return difference < 0 ? -difference : difference;
}

static bool fits(const fedval_incident *other, const fedval_incident *open)
{
    return other->port == open->port && apart(other, open) <= SAME_MOMENT_MS &&
           (other->domain == NULL || open->domain == NULL ||
            strcmp(other->domain, open->domain) == 0);
}

/* A back-to-back user agent between the logs changes the Call-ID: then the nearest fault on the
 * same port is taken, which has to be about the same domain where both name one. */
static const fedval_incident *find_port(const fv_store *store, const fv_lookup *by_port,
                                        const fedval_incident *open)
{
    const fedval_incident *nearest = NULL;
    if (open->port == 0 || !open->when.zone_known)
        return NULL;
    for (uint32_t slot = slot_of(open) - 1; slot != slot_of(open) + 2; slot++) {
        fv_lookup_walk walk = {0};
        uint32_t at;
        while ((at = fv_lookup_next(by_port, hash_port(open, slot), &walk)) != FV_LOOKUP_NONE) {
            const fedval_incident *other = store->incidents[at];
            if (fits(other, open) && (nearest == NULL || apart(other, open) < apart(nearest, open)))
                nearest = other;
        }
    }
    return nearest;
}

static bool explain(fv_store *store, fedval_incident *open, const fedval_incident *cause,
                    const char *joined_by)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, open->message);
    fv_buf_append_text(&buf, "; explained by incident ");
    fv_buf_append_u64(&buf, cause->id);
    fv_buf_append_text(&buf, " (");
    fv_buf_append_text(&buf, cause->source);
    fv_buf_append_char(&buf, ':');
    fv_buf_append_u64(&buf, cause->line);
    fv_buf_append_text(&buf, "), joined by ");
    fv_buf_append_text(&buf, joined_by);
    char *message = buf.failed ? NULL : fv_arena_copy_text(&store->arena, buf.data, buf.len);
    fv_buf_clear(&buf);
    if (message == NULL)
        return false;
    open->message = message;
    open->explained_by = cause->id;
    open->joined_by = joined_by;
    open->remedy = cause->remedy;
    return true;
}

static bool join_one(fv_store *store, const fv_lookup *by_call, const fv_lookup *by_port,
                     fedval_incident *open)
{
    const fedval_incident *cause = find_call(store, by_call, open);
    if (cause != NULL)
        return explain(store, open, cause,
                       cause->cseq != NULL && open->cseq != NULL ? "Call-ID and CSeq" : "Call-ID");
    cause = find_port(store, by_port, open);
    return cause == NULL || explain(store, open, cause, "port and time");
}

bool fv_store_join(fv_store *store)
{
    fv_lookup by_call, by_port;
    fv_lookup_init(&by_call);
    fv_lookup_init(&by_port);
    bool ok = build(store, &by_call, &by_port);
    for (size_t i = 0; ok && i < store->num_incidents; i++)
        if (is_open(store->incidents[i]))
            ok = join_one(store, &by_call, &by_port, store->incidents[i]);
    fv_lookup_clear(&by_call);
    fv_lookup_clear(&by_port);
    return ok;
}
