#include "drift/due_times.h"

#include "base/calendar.h"
#include "trust/crls.h"

#include <string.h>

#define SECONDS_PER_DAY INT64_C(86400)

static size_t place_of(const fv_due_times *times, int64_t time)
{
    size_t low = 0, high = times->num;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (times->items[middle] < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_time(fv_due_times *times, int64_t time)
{
    void *items = times->items;
    size_t at = place_of(times, time);
    bool is_there = at < times->num && times->items[at] == time;
    if (time == FV_TIME_UNKNOWN || time <= times->after || is_there ||
        (times->num == FV_DUE_TIMES_MOST && at == times->num))
        return;
    if (times->num == FV_DUE_TIMES_MOST) {
        times->num--; /* drops the latest time to make room */
    } else if (fv_arena_append(times->arena, &items, &times->num, &times->capacity,
                               sizeof(*times->items)) == NULL) {
        times->failed = true;
        return;
    } else {
        times->items = items;
        times->num--;
    }
    memmove(times->items + at + 1, times->items + at, (times->num - at) * sizeof(*times->items));
    times->items[at] = time;
    times->num++;
}

int64_t fv_due_times_next(const fv_due_times *times, int64_t time)
{
    size_t at = place_of(times, time + 1);
    return at < times->num ? times->items[at] : FV_TIME_UNKNOWN;
}

/* ---- what a judgement hangs on ---- */

/* RFC 5280 4.1.2.5: the validity period is "from notBefore through notAfter, inclusive". So the
 * change comes one second after the end. A warning counts whole days, so it begins one second after
 * its day. */
static void add_certificate(fv_due_times *times, const fedval_policy *policy,
                            const fv_certificate *certificate)
{
    const int64_t days[] = {policy->expiry_warning_days, policy->expiry_critical_days};
    if (certificate == NULL)
        return;
    if (certificate->not_before.presence == FV_KNOWN)
        add_time(times, certificate->not_before.seconds);
    if (certificate->not_after.presence != FV_KNOWN)
        return;
    int64_t end = certificate->not_after.seconds;
    add_time(times, end + 1);
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
        add_time(times, end - days[i] * SECONDS_PER_DAY + 1);
}

static void add_chain(fv_due_times *times, const fedval_policy *policy, const fv_scene_chain *chain)
{
    for (size_t i = 0; i < chain->num_certificates; i++)
        add_certificate(times, policy, chain->certificates[i]);
    for (size_t i = 0; i < chain->trust.num_paths; i++) {
        const fv_trust_path *path = &chain->trust.paths[i];
        for (size_t k = 0; k < path->num_rungs; k++)
            add_certificate(times, policy, path->rungs[k].certificate);
    }
}

static void add_crls(fv_due_times *times, const fedval_crls *crls)
{
    for (size_t i = 0; i < fedval_crls_count(crls); i++) {
        int64_t begin = fedval_crls_get_this_update(crls, i);
        int64_t end = fedval_crls_get_next_update(crls, i);
        add_time(times, begin);
        if (end == FV_TIME_UNKNOWN)
            continue;
        add_time(times, end);
        add_time(times, end + 1);
    }
}

void fv_due_times_collect(fv_due_times *times, const fv_judgement *judgement)
{
    const fv_rules_input *input = judgement->scene.input;
    for (size_t i = 0; i < judgement->scene.num_chains; i++)
        add_chain(times, input->policy, judgement->scene.chains[i]);
    add_crls(times, input->crls);
    for (size_t i = 0; i < input->policy->num_acceptances; i++)
        add_time(times, input->policy->acceptances[i].until);
}
