/* The servers that calls reach today and will not reach any more: each has to stay up while a cache
 * may lead calls to it. */
#include "mend/plan/step.h"

#include "base/hash.h"
#include "model/dns_name.h"

#include <string.h>

/* A server, and the steps after which no record leads to it. */
typedef struct keep {
    const char *server; /* an address, or a host */
    uint64_t hash;
    uint32_t *after;
    size_t num_after, after_capacity;
    uint32_t seconds; /* the longest that a cache may hold such a record */
} keep;

typedef struct keeps {
    fv_planner *planner;
    keep *items;
    size_t count, capacity;
} keeps;

static keep *find(keeps *k, const char *server)
{
    fv_text text = fv_text_of(server);
    uint64_t hash =
        fv_hash_bytes(FV_HASH_SEED, (fv_bytes){(const uint8_t *)text.data, text.len}, 0);
    for (size_t i = 0; i < k->count; i++) {
        if (k->items[i].hash == hash && strcmp(k->items[i].server, server) == 0)
            return &k->items[i];
    }
    void *items = k->items;
    keep *slot = fv_arena_append(&k->planner->work, &items, &k->count, &k->capacity, sizeof(*slot));
    if (slot == NULL)
        return NULL;
    k->items = items;
    *slot = (keep){.server = fv_plan_copy(k->planner->plan, server), .hash = hash};
    return slot->server == NULL ? NULL : slot;
}

/* Several domains may lead to one server: it is kept until the last of them has left it. */
static bool note(keeps *k, const char *server, uint32_t step)
{
    keep *kept = step == 0 ? NULL : find(k, server);
    if (step == 0)
        return true;
    if (kept == NULL)
        return false;
    const fedval_plan_step *before = &k->planner->plan->steps[step - 1];
    void *items = kept->after;
    uint32_t *slot = fv_arena_append(&k->planner->work, &items, &kept->num_after,
                                     &kept->after_capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    kept->after = items;
    *slot = step;
    if (before->wait_s > kept->seconds)
        kept->seconds = before->wait_s;
    return true;
}

static const fv_intent_cluster *cluster_of(const keeps *k, const fedval_plan_domain *domain)
{
    return &k->planner->intent->clusters[domain->cluster];
}

/* Notes the addresses of a host that are no peer's. `*out_num_seen` counts all that were seen. */
static bool note_addresses(keeps *k, const fedval_plan_domain *domain, const char *host,
                           uint32_t step, size_t *out_num_seen)
{
    bool ok = true;
    *out_num_seen = 0;
    for (size_t f = 0; f < FV_PLAN_NUM_FAMILIES; f++) {
        const uint32_t type = fv_plan_address_types[f];
        const fedval_fact *fact = fv_evidence_find_dns(domain->today, host, type, 0);
        for (size_t i = 0; ok && fact != NULL && i < fact->num_records; i++) {
            const fv_record *record = &fact->records[i];
            if (record->type != type)
                continue;
            ++*out_num_seen;
            if (fv_plan_peer_at(cluster_of(k, domain), record->data) == SIZE_MAX)
                ok = note(k, record->data, step);
        }
    }
    return ok;
}

/* Of a host whose addresses were not seen, only the name is known. */
static bool note_old_targets(keeps *k, const fedval_plan_domain *domain)
{
    bool ok = true;
    for (size_t i = 0; ok && domain->srv != NULL && i < domain->srv->num_records; i++) {
        char host[FEDVAL_NAME_SIZE];
        size_t num_seen;
        const fv_record *record = &domain->srv->records[i];
        if (record->type != FEDVAL_TYPE_SRV ||
            fedval_name_normalise(record->data, strlen(record->data), host, sizeof(host), NULL,
                                  NULL) != FEDVAL_OK ||
            strcmp(host, domain->target) == 0)
            continue;
        ok = note_addresses(k, domain, host, domain->srv_step, &num_seen) &&
             (num_seen > 0 || note(k, host, domain->srv_step));
    }
    return ok;
}

static bool note_stale(keeps *k, const fedval_plan_domain *domain)
{
    bool ok = true;
    for (size_t i = 0; ok && i < domain->num_stale; i++) {
        const fv_plan_address *stale = &domain->stale[i];
        size_t family = stale->type == FEDVAL_TYPE_AAAA ? FV_PLAN_IPV6 : FV_PLAN_IPV4;
        ok = note(k, stale->address, domain->clean_step[family]);
    }
    return ok;
}

/* Notes what is behind the CNAME record that goes. */
static bool note_behind_alias(keeps *k, const fedval_plan_domain *domain)
{
    size_t num_seen;
    return domain->alias_step == 0 ||
           note_addresses(k, domain, domain->target, domain->alias_step, &num_seen);
}

static bool add_keep_step(fv_planner *planner, const keep *kept)
{
    fedval_plan *plan = planner->plan;
    const char *seconds = fv_plan_number(plan, kept->seconds);
    const char *last = fv_plan_number(plan, kept->after[kept->num_after - 1]);
    fedval_plan_step step = {.side = FEDVAL_SIDE_CISCO,
                             .op = FEDVAL_OP_KEEP,
                             .kind = FEDVAL_PLAN_KIND_EXPRESSWAY,
                             .owner = kept->server,
                             .domain = SIZE_MAX,
                             .certificate = SIZE_MAX};
    if (seconds == NULL || last == NULL)
        return false;
    step.data = FV_PLAN_JOIN(plan, "keep the old server up until ", seconds, " s after step ", last,
                             ": so long may caches lead calls to it. Switch it off then, not "
                             "before");
    fedval_plan_step *added = fv_plan_add_step(planner, &step);
    return added != NULL && fv_plan_set_after(planner, added, kept->after, kept->num_after);
}

bool fv_plan_add_keep_steps(fv_planner *planner)
{
    const fedval_plan *plan = planner->plan;
    keeps k = {.planner = planner};
    bool ok = true;
    for (size_t i = 0; ok && i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        if (domain->target == NULL || domain->works == 0 || domain->is_at_provider)
            continue;
        ok =
            note_old_targets(&k, domain) && note_stale(&k, domain) && note_behind_alias(&k, domain);
    }
    for (size_t i = 0; ok && i < k.count; i++)
        ok = add_keep_step(planner, &k.items[i]);
    return ok;
}
