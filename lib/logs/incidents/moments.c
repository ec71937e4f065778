#include "logs/incidents/moments.h"

#include <stdlib.h>
#include <string.h>

/* How far apart the clocks of the two sides may be (both run NTP). A connection carries many calls,
 * so its port identifies a fault only together with the time. */
#define SAME_MOMENT_MS 5000

static int compare_numbers(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

/* Incidents are numbered in the order of reading. At equal times, the one read first comes
 * first. */
static int compare_times(const fedval_incident *a, const fedval_incident *b)
{
    int order = compare_numbers(a->when.milliseconds, b->when.milliseconds);
    return order != 0 ? order : compare_numbers(a->id, b->id);
}

static int compare_by_time(const void *left, const void *right)
{
    const fedval_incident *a = *(const fedval_incident *const *)left;
    const fedval_incident *b = *(const fedval_incident *const *)right;
    int order = compare_numbers(a->port, b->port);
    return order != 0 ? order : compare_times(a, b);
}

/* An incident without a domain sorts before all others. */
static int compare_domains(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

static int compare_by_domain(const void *left, const void *right)
{
    const fedval_incident *a = *(const fedval_incident *const *)left;
    const fedval_incident *b = *(const fedval_incident *const *)right;
    int order = compare_numbers(a->port, b->port);
    if (order == 0)
        order = compare_domains(a->domain, b->domain);
    return order != 0 ? order : compare_times(a, b);
}

/* A fault in one caller's address or in one user's rights does not explain a call of somebody else.
 */
static bool is_of_one_caller(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_CALLER_NOT_A_DOMAIN ||
           incident->finding == FEDVAL_FINDING_POLICY_REFUSED;
}

static bool has_moment(const fedval_incident *incident)
{
    return incident->port != 0 && incident->when.zone_known;
}

bool fv_moments_build(fv_moments *moments, fv_store *store)
{
    size_t size = sizeof(const fedval_incident *);
    moments->count = 0;
    moments->by_time = fv_arena_alloc_array(&store->arena, store->num_incidents, size);
    moments->by_domain = fv_arena_alloc_array(&store->arena, store->num_incidents, size);
    if (moments->by_time == NULL || moments->by_domain == NULL)
        return false;
    for (size_t i = 0; i < store->num_incidents; i++) {
        const fedval_incident *incident = store->incidents[i];
        if (!fv_incident_is_fault(incident) || !incident->is_related || !has_moment(incident) ||
            is_of_one_caller(incident))
            continue;
        moments->by_time[moments->count] = incident;
        moments->by_domain[moments->count++] = incident;
    }
    qsort(moments->by_time, moments->count, size, compare_by_time);
    qsort(moments->by_domain, moments->count, size, compare_by_domain);
    return true;
}

static int64_t apart(const fedval_incident *a, const fedval_incident *b)
{
    int64_t difference = a->when.milliseconds - b->when.milliseconds;
    return difference < 0 ? -difference : difference;
}

typedef int compare(const void *left, const void *right);

/* Returns how many of `sorted` come before `key`. */
static size_t count_before(const fedval_incident *const *sorted, size_t count,
                           const fedval_incident *key, compare *order)
{
    size_t from = 0, to = count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (order(&sorted[middle], &key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Whether `fault` can be the cause of the failed call `open`. A call that a Microsoft server
 * answered had a connection, so a fault of a connection is not its cause. Expressway gives a call
 * one Call-ID, so two of its entries with different Call-IDs are two calls. */
static bool can_explain(const fedval_incident *fault, const fedval_incident *open)
{
    if (fv_incident_is_of_connection(fault) && open->names_partner)
        return false;
    return open->domain != NULL || fault->kind != FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP ||
           open->kind != FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP || fault->call_id == NULL ||
           open->call_id == NULL;
}

static bool is_near(const fedval_incident *other, const fedval_incident *key, bool same_domain)
{
    return can_explain(other, key) && other->port == key->port &&
           apart(other, key) <= SAME_MOMENT_MS &&
           (!same_domain || compare_domains(other->domain, key->domain) == 0);
}

/* So many faults of one port are looked at before and after a moment. */
#define MAX_NEIGHBOURS 64

/* Returns the first one from `place` on, in steps of `step`, that is near `key`. What is farther
 * away in time ends the search; a fault that cannot be that of the call does not. */
static const fedval_incident *first_near(const fedval_incident *const *sorted, size_t count,
                                         size_t place, size_t step, const fedval_incident *key,
                                         bool same_domain)
{
    for (size_t n = 0; n < MAX_NEIGHBOURS && place < count; n++, place += step) {
        const fedval_incident *other = sorted[place];
        if (other->port != key->port || apart(other, key) > SAME_MOMENT_MS)
            return NULL;
        if (is_near(other, key, same_domain))
            return other;
    }
    return NULL;
}

/* Returns the one nearest in time to `key`. */
static const fedval_incident *nearest(const fedval_incident *const *sorted, size_t count,
                                      const fedval_incident *key, compare *order)
{
    bool same_domain = order == compare_by_domain;
    size_t place = count_before(sorted, count, key, order);
    /* A step of -1, and a place of -1 is past the end. */
    const fedval_incident *before =
        first_near(sorted, count, place - 1, SIZE_MAX, key, same_domain);
    const fedval_incident *after = first_near(sorted, count, place, 1, key, same_domain);
    if (before == NULL || after == NULL)
        return before != NULL ? before : after;
    return apart(after, key) < apart(before, key) ? after : before;
}

const fedval_incident *fv_moments_find(const fv_moments *moments, const fedval_incident *open)
{
    if (!has_moment(open))
        return NULL;
    if (open->domain == NULL)
        return nearest(moments->by_time, moments->count, open, compare_by_time);
    fedval_incident unnamed = *open;
    unnamed.domain = NULL;
    const fedval_incident *same =
        nearest(moments->by_domain, moments->count, open, compare_by_domain);
    const fedval_incident *other =
        nearest(moments->by_domain, moments->count, &unnamed, compare_by_domain);
    if (same == NULL || other == NULL)
        return same != NULL ? same : other;
    return apart(other, open) < apart(same, open) ? other : same;
}
