/* The domains of the incidents, and the evidence about domains that was in the logs. */
#include "logs/incidents/store.h"

#include <string.h>

static bool add_domain(fv_store *store, const char *domain)
{
    if (domain == NULL)
        return true;
    uint64_t hash = fv_hash_text(store->seed, domain);
    fv_lookup_walk walk = {0};
    for (;;) {
        uint32_t at = fv_lookup_next(&store->by_domain, hash, &walk);
        if (at == FV_LOOKUP_NONE)
            break;
        if (strcmp(store->domains[at], domain) == 0)
            return true;
    }
    void *domains = store->domains;
    uint32_t at = (uint32_t)store->num_domains;
    const char **slot = fv_arena_append(&store->arena, &domains, &store->num_domains,
                                        &store->domains_capacity, sizeof(const char *));
    store->domains = domains;
    if (slot == NULL)
        return false;
    *slot = domain;
    return fv_lookup_add(&store->by_domain, hash, at);
}

bool fv_store_collect_domains(fv_store *store)
{
    for (size_t i = 0; i < store->num_incidents; i++) {
        const fedval_incident *incident = store->incidents[i];
        if (!incident->is_related || incident->finding == FEDVAL_FINDING_NOT_A_FEDERATION_FAULT ||
            incident->finding == FEDVAL_FINDING_LINK_WORKS)
            continue;
        if (!add_domain(store, incident->domain) || !add_domain(store, incident->other_domain))
            return false;
    }
    return true;
}

static fedval_evidence *find_evidence(const fv_store *store, const char *domain)
{
    for (size_t i = 0; i < store->num_evidence; i++) {
        if (strcmp(fedval_evidence_get_domain(store->evidence[i]), domain) == 0)
            return store->evidence[i];
    }
    return NULL;
}

static fedval_status new_evidence(fv_store *store, const char *domain, fedval_evidence **out)
{
    fedval_status status = fedval_evidence_new(domain, strlen(domain), out, NULL);
    if (status != FEDVAL_OK)
        return status;
    void *evidence = store->evidence;
    fedval_evidence **slot = fv_arena_append(&store->arena, &evidence, &store->num_evidence,
                                             &store->evidence_capacity, sizeof(fedval_evidence *));
    store->evidence = evidence;
    if (slot == NULL) {
        fedval_evidence_free(*out);
        *out = NULL;
        return FEDVAL_ERROR_NO_MEMORY;
    }
    *slot = *out;
    return FEDVAL_OK;
}

fedval_status fv_store_add_fact(fv_store *store, const char *domain, const fedval_fact *fact)
{
    fedval_evidence *evidence = find_evidence(store, domain);
    fedval_status status = FEDVAL_OK;
    if (evidence == NULL && store->num_evidence >= FV_STORE_MAX_EVIDENCE)
        return FEDVAL_OK;
    if (evidence == NULL)
        status = new_evidence(store, domain, &evidence);
    if (status != FEDVAL_OK)
        return status;
    if (fedval_fact_get_time(fact) != FEDVAL_TIME_UNKNOWN)
        fedval_evidence_set_time(evidence, fedval_fact_get_time(fact));
    return fedval_evidence_append(evidence, fact);
}
