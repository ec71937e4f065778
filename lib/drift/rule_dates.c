#include "drift/rule_dates.h"

#include "base/calendar.h"
#include "fedval/trust.h"

/* How long public certificates may last (CA/Browser Forum, ballot SC-081v3). */
static const struct {
    int64_t from;
    const char *text;
} lifetimes[] = {
    {INT64_C(1773532800), /* 2026-03-15 */
     "From now on a public certificate lasts at most 200 days: renew twice a year"},
    {INT64_C(1805068800), /* 2027-03-15 */
     "From now on a public certificate lasts at most 100 days: renew four times a year"},
    {INT64_C(1868227200), /* 2029-03-15 */
     "From now on a public certificate lasts at most 47 days: renew every month, by a program"},
};

/* Chrome's root programme ends clientAuth in certificates of public CAs. */
#define CLIENT_AUTH_END INT64_C(1781481600) /* 2026-06-15 */

static const fv_certificate *public_leaf(const fv_scene_chain *chain)
{
    return chain->trust.trust == FEDVAL_TRUST_BY_PUBLIC ? chain->certificates[0] : NULL;
}

static bool has_public_chain(const fv_scene *scene)
{
    for (size_t i = 0; i < scene->num_chains; i++) {
        if (public_leaf(scene->chains[i]) != NULL)
            return true;
    }
    return false;
}

/* Returns when the first public certificate ends that clients may use. FV_TIME_UNKNOWN: there is
 * none. */
static int64_t first_client_end(const fv_scene *scene)
{
    int64_t end = FV_TIME_UNKNOWN;
    for (size_t i = 0; i < scene->num_chains; i++) {
        const fv_certificate *leaf = public_leaf(scene->chains[i]);
        if (leaf == NULL || leaf->not_after.presence != FV_KNOWN ||
            leaf->extended_key_usage.presence != FV_KNOWN ||
            !leaf->extended_key_usage.has_client_auth)
            continue;
        if (end == FV_TIME_UNKNOWN || leaf->not_after.seconds < end)
            end = leaf->not_after.seconds;
    }
    return end;
}

static fedval_status take_client_auth(fedval_timeline *timeline, const fv_scene *scene,
                                      fv_milestone_taker take)
{
    int64_t end = first_client_end(scene);
    fedval_milestone milestone = {.kind = FEDVAL_MILESTONE_RULE,
                                  .rule = FV_MILESTONE_RULE_CLIENT_AUTH};
    if (end == FV_TIME_UNKNOWN || end < timeline->from)
        return FEDVAL_OK;
    if (timeline->from < CLIENT_AUTH_END) {
        milestone.time = CLIENT_AUTH_END;
        milestone.text =
            "From now on public CAs issue no certificate with clientAuth: what replaces "
            "this one can be a server's alone, and an Expressway X15.5 as the peer refuses "
            "it for calls by default";
    } else {
        milestone.time = end + 1;
        milestone.text =
            "Public CAs issue no certificate with clientAuth any more: what replaces this "
            "one can be a server's alone, and an Expressway X15.5 as the peer refuses it "
            "for calls by default";
    }
    return take(timeline, &milestone);
}

fedval_status fv_rule_dates_append(fedval_timeline *timeline, const fv_judgement *first,
                                   fv_milestone_taker take)
{
    const fv_scene *scene = &first->scene;
    fedval_status status = FEDVAL_OK;
    if (!has_public_chain(scene))
        return FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < sizeof(lifetimes) / sizeof(lifetimes[0]); i++) {
        fedval_milestone milestone = {.time = lifetimes[i].from,
                                      .kind = FEDVAL_MILESTONE_RULE,
                                      .rule = FV_MILESTONE_RULE_LIFETIME,
                                      .text = lifetimes[i].text};
        if (milestone.time > timeline->from)
            status = take(timeline, &milestone);
    }
    return status == FEDVAL_OK ? take_client_auth(timeline, scene, take) : status;
}
