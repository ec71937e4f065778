/* The incidents that were found: each kept once, counted by group. */
#ifndef FV_LOGS_STORE_H
#define FV_LOGS_STORE_H

#include "base/arena.h"
#include "fedval/evidence.h"
#include "logs/incidents/incident.h"
#include "logs/incidents/lookup.h"

#define FV_STORE_MAX_GROUPS 20000
#define FV_STORE_MAX_EVIDENCE 1000

typedef struct fv_group {
    const fedval_incident *first;
    uint64_t size;
    int64_t first_time;
    int64_t last_time;
} fv_group;

typedef struct fv_store {
    fv_arena arena;
    uint64_t seed; /* of all hashes */
    fedval_incident **incidents;
    size_t num_incidents, incidents_capacity, max_incidents;
    fv_group *groups;
    size_t num_groups, groups_capacity;
    bool groups_changed; /* an incident went from one to another */
    const char **domains;
    size_t num_domains, domains_capacity;
    fedval_evidence **evidence; /* one for each domain that was looked up */
    size_t num_evidence, evidence_capacity;
    uint64_t num_not_kept;
    fv_lookup by_event; /* to find an incident that is logged again */
    fv_lookup by_group;
    fv_lookup by_domain;
} fv_store;

void fv_store_init(fv_store *store);
void fv_store_clear(fv_store *store);
/* Takes a draft in: copied, or counted, or added to what says the same. False when memory is short.
 */
bool fv_store_add(fv_store *store, const fedval_incident *draft);
/* Adds to an incident that is kept what the same one, logged again, tells. False when memory is
 * short. */
bool fv_store_merge(fv_store *store, fedval_incident *known, const fedval_incident *again);
/* Puts an incident that is kept into its group, a new one if need be. False when memory is short.
 */
bool fv_group_put(fv_store *store, fedval_incident *incident);
/* Counts one that is not kept. */
void fv_group_count(fv_store *store, const fedval_incident *incident);
/* Puts the groups in order after the last incident. False when memory is short. */
bool fv_store_settle_groups(fv_store *store);
/* Joins the incidents with one another. False when memory is short. */
bool fv_store_join(fv_store *store);
/* Collects the domains that are worth a live check. False when memory is short. */
bool fv_store_collect_domains(fv_store *store);
/* Words message and remedy of each incident that is kept. False when memory is short. */
bool fv_store_tell(fv_store *store);
/* Adds a fact to the evidence about a domain; beyond FV_STORE_MAX_EVIDENCE domains it is dropped.
 * As fedval_evidence_append. */
fedval_status fv_store_add_fact(fv_store *store, const char *domain, const fedval_fact *fact);
uint32_t fv_store_diagnosis(const fv_store *store);

#endif
