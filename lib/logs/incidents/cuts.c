/* A connection that was cut, in the logs of both sides. The Microsoft side sees only that its peer
 * broke the handshake off; the Expressway at the same moment says why. */
#include "logs/incidents/store.h"

#define MAX_ENDS 256
#define SAME_MOMENT_MS 5000
#define QUARTER_HOUR_MS ((int64_t)15 * 60 * 1000)
#define MAX_ZONES_MS ((int64_t)14 * 60 * 60 * 1000)

/* The connections of Microsoft servers that the other side refused, for a reason. */
typedef struct refused_ends {
    const fedval_incident *items[MAX_ENDS];
    size_t count;
} refused_ends;

static bool is_refused_end(const fedval_incident *incident)
{
    return fv_incident_is_of_connection(incident) && incident->is_related &&
           incident->way == FV_WAY_INBOUND && incident->num_fqdns > 0 &&
           fv_incident_is_fault(incident) && incident->finding != FEDVAL_FINDING_CONNECTION_CUT;
}

/* Clocks that do not say their zone are apart by whole quarters of an hour, 14 hours at most. */
static bool is_same_moment(const fv_when *a, const fv_when *b)
{
    if (a->milliseconds == FEDVAL_TIME_UNKNOWN || b->milliseconds == FEDVAL_TIME_UNKNOWN)
        return false;
    int64_t apart = a->milliseconds - b->milliseconds;
    apart = apart < 0 ? -apart : apart;
    if (!(a->zone_known && b->zone_known) && apart <= MAX_ZONES_MS + SAME_MOMENT_MS) {
        apart %= QUARTER_HOUR_MS;
        apart = apart > QUARTER_HOUR_MS / 2 ? QUARTER_HOUR_MS - apart : apart;
    }
    return apart <= SAME_MOMENT_MS;
}

static bool is_end_of(const fedval_incident *end, const fedval_incident *cut)
{
    return fv_incident_is_same_text(end->fqdns[0], cut->reporter) &&
           is_same_moment(&end->when, &cut->when);
}

static bool is_cut(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_CONNECTION_CUT && incident->cause == NULL &&
           incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT &&
           incident->reporter != NULL && !fv_incident_is_of_connection(incident);
}

bool fv_store_join_cuts(fv_store *store)
{
    refused_ends ends = {.count = 0};
    bool ok = true;
    for (size_t i = 0; i < store->num_incidents && ends.count < MAX_ENDS; i++) {
        if (is_refused_end(store->incidents[i]))
            ends.items[ends.count++] = store->incidents[i];
    }
    for (size_t i = 0; ok && ends.count > 0 && i < store->num_incidents; i++) {
        fedval_incident *cut = store->incidents[i];
        for (size_t k = 0; ok && is_cut(cut) && k < ends.count; k++) {
            if (is_end_of(ends.items[k], cut))
                ok = fv_store_explain(store, ends.items[k], cut, "the caller's name and the time");
        }
    }
    return ok;
}
