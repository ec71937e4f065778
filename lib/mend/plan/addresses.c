/* Plans the address records of each target: those that are wanted, and of these the ones that are
 * missing and the ones of today that are stale. */
#include "base/address.h"
#include "mend/plan/records.h"

#include <string.h>

/* ---- addresses ---- */

static uint32_t type_of(const char *address)
{
    return fv_address_is_ipv6(address) ? FEDVAL_TYPE_AAAA : FEDVAL_TYPE_A;
}

/* Returns what was seen of the addresses of `host`. NULL: nobody asked. */
static const fedval_fact *find_addresses(const fedval_plan_domain *domain, const char *host,
                                         uint32_t type)
{
    return domain->today == NULL ? NULL : fv_evidence_find_dns(domain->today, host, type, 0);
}

static bool is_there(const fedval_plan_domain *domain, const char *host, const char *address)
{
    const fedval_fact *fact = find_addresses(domain, host, type_of(address));
    for (size_t i = 0; fact != NULL && i < fact->num_records; i++) {
        if (fact->records[i].type == type_of(address) &&
            strcmp(fact->records[i].data, address) == 0)
            return true;
    }
    return false;
}

/* Returns whether the host has every address of the cluster already. */
bool fv_plan_is_complete(const fv_planner *planner, const fedval_plan_domain *domain,
                         const char *host)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[domain->cluster];
    size_t count = 0;
    for (size_t i = 0; i < cluster->num_peers; i++) {
        for (size_t k = 0; k < cluster->peers[i].num_addresses; k++, count++) {
            if (!is_there(domain, host, cluster->peers[i].addresses[k]))
                return false;
        }
    }
    return count > 0;
}

/* Returns an address or an alias at the host that belongs to no peer. NULL: there is none. */
const char *fv_plan_find_foreign(const fv_planner *planner, const fedval_plan_domain *domain,
                                 const char *host)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[domain->cluster];
    for (size_t f = 0; f < FV_PLAN_NUM_FAMILIES; f++) {
        const fedval_fact *fact = find_addresses(domain, host, fv_plan_address_types[f]);
        for (size_t i = 0; fact != NULL && i < fact->num_records; i++) {
            const fv_record *record = &fact->records[i];
            if (record->type == FEDVAL_TYPE_CNAME ||
                fv_plan_peer_at(cluster, record->data) == SIZE_MAX)
                return record->data;
        }
    }
    return NULL;
}

/* ---- what is wanted, missing and stale ---- */

static uint32_t ttl_of(const fv_planner *planner, const fedval_plan_domain *domain, uint32_t type)
{
    size_t family = type == FEDVAL_TYPE_AAAA ? FV_PLAN_IPV6 : FV_PLAN_IPV4;
    return fv_plan_last_ttl(planner->plan, domain->address_ttl[family]);
}

/* Returns the CNAME record at the target. NULL: there is none, or it leads to the addresses of the
 * peers and to no other, and may stay. */
static const fv_record *find_alias(const fv_planner *planner, const fedval_plan_domain *domain)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[domain->cluster];
    const fv_record *alias = NULL;
    bool may_stay = fv_plan_is_complete(planner, domain, domain->target);
    for (size_t f = 0; f < FV_PLAN_NUM_FAMILIES; f++) {
        const uint32_t type = fv_plan_address_types[f];
        const fedval_fact *fact = find_addresses(domain, domain->target, type);
        for (size_t i = 0; fact != NULL && i < fact->num_records; i++) {
            may_stay &= fact->records[i].type != type ||
                        fv_plan_peer_at(cluster, fact->records[i].data) != SIZE_MAX;
        }
        if (fact != NULL && alias == NULL)
            alias = fv_fact_find_alias(fact);
    }
    return may_stay ? NULL : alias;
}

/* Looks at the records that the target has today: their TTLs, and whether it is an alias. */
static void note_present(const fv_planner *planner, fedval_plan_domain *domain)
{
    for (size_t f = 0; f < FV_PLAN_NUM_FAMILIES; f++)
        domain->address_ttl[f] = fv_plan_find_ttl(domain, domain->target, fv_plan_address_types[f]);
    domain->target_alias = find_alias(planner, domain);
}

/* `address` NULL: one that is to be chosen. */
static fedval_status want(fv_planner *planner, fedval_plan_domain *domain, const char *address)
{
    uint32_t type = address == NULL ? FEDVAL_TYPE_A : type_of(address);
    const char *kept =
        fv_plan_copy(planner->plan, address == NULL ? FV_ADDRESS_TO_CHOOSE : address);
    if (kept == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_plan_address item = {domain->target, kept, type, ttl_of(planner, domain, type),
                            address == NULL};
    for (size_t i = 0; i < domain->num_wanted; i++) {
        if (strcmp(domain->wanted[i].address, kept) == 0)
            return FEDVAL_OK;
    }
    domain->wanted[domain->num_wanted++] = item;
    if (domain->target_alias != NULL || address == NULL ||
        !is_there(domain, domain->target, address))
        domain->missing[domain->num_missing++] = item;
    return FEDVAL_OK;
}

static fedval_status want_addresses(fv_planner *planner, fedval_plan_domain *domain)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[domain->cluster];
    fv_arena *arena = &planner->plan->arena;
    size_t count = 1;
    for (size_t i = 0; i < cluster->num_peers; i++)
        count += cluster->peers[i].num_addresses;
    domain->wanted = fv_arena_alloc_array(arena, count, sizeof(*domain->wanted));
    domain->missing = fv_arena_alloc_array(arena, count, sizeof(*domain->missing));
    if (domain->wanted == NULL || domain->missing == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; i < cluster->num_peers; i++) {
        for (size_t k = 0; status == FEDVAL_OK && k < cluster->peers[i].num_addresses; k++)
            status = want(planner, domain, cluster->peers[i].addresses[k]);
    }
    if (status == FEDVAL_OK && domain->num_wanted == 0 &&
        find_addresses(domain, domain->target, FEDVAL_TYPE_A) == NULL)
        status = want(planner, domain, NULL);
    return status;
}

/* Notes the addresses of the target that no longer belong to a peer. */
static fedval_status note_stale(fv_planner *planner, fedval_plan_domain *domain, uint32_t type)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[domain->cluster];
    const fedval_fact *fact = find_addresses(domain, domain->target, type);
    for (size_t i = 0; fact != NULL && i < fact->num_records && domain->num_wanted > 0; i++) {
        const fv_record *record = &fact->records[i];
        if (domain->target_alias != NULL)
            break; /* they belong to the name that the alias leads to */
        if (record->type != type || fv_plan_peer_at(cluster, record->data) != SIZE_MAX)
            continue;
        const char *address = fv_plan_copy(planner->plan, record->data);
        if (address == NULL)
            return FEDVAL_ERROR_NO_MEMORY;
        domain->stale[domain->num_stale++] =
            (fv_plan_address){domain->target, address, type, ttl_of(planner, domain, type), false};
    }
    return FEDVAL_OK;
}

static fedval_status note_all_stale(fv_planner *planner, fedval_plan_domain *domain)
{
    size_t count = 0;
    for (size_t f = 0; f < FV_PLAN_NUM_FAMILIES; f++) {
        const fedval_fact *fact = find_addresses(domain, domain->target, fv_plan_address_types[f]);
        count += fact == NULL ? 0 : fact->num_records;
    }
    domain->stale = fv_arena_alloc_array(&planner->plan->arena, count, sizeof(*domain->stale));
    if (domain->stale == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = note_stale(planner, domain, FEDVAL_TYPE_A);
    return status == FEDVAL_OK ? note_stale(planner, domain, FEDVAL_TYPE_AAAA) : status;
}

fedval_status fv_plan_addresses(fv_planner *planner, fedval_plan_domain *domain)
{
    note_present(planner, domain);
    fedval_status status = want_addresses(planner, domain);
    if (domain->num_wanted == 0)
        domain->target_alias = NULL;
    return status == FEDVAL_OK ? note_all_stale(planner, domain) : status;
}
