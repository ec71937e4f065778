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
    const char *letter; /* to the other side; NULL */
} fv_group;

/* The statuses of SIP answers that were met, in ascending order. */
typedef struct fv_answers {
    uint32_t *statuses;
    uint64_t *counts;
    size_t num_statuses;
} fv_answers;

/* A file, or another piece of input, once it was read. */
typedef struct fv_source {
    const char *name;
    uint64_t lines;
    uint32_t formats; /* FEDVAL_LOG_FORMAT_ */
    fv_answers answers;
} fv_source;

/* The domain of a P-Asserted-Identity, in a call whose From names another. */
typedef struct fv_assertion {
    const char *call_id;
    const char *domain;
} fv_assertion;

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
    fv_source *sources;
    size_t num_sources, sources_capacity;
    const char **ties; /* hosts at which a Microsoft server stands */
    size_t num_ties, ties_capacity;
    fv_assertion *assertions;
    size_t num_assertions, assertions_capacity;
    uint64_t num_not_kept;
    uint64_t num_calls, num_events, num_unrelated; /* counted at the end */
    bool has_cisco_log;
    fv_lookup by_event; /* to find an incident that is logged again */
    fv_lookup by_group;
    fv_lookup by_domain;
    fv_lookup by_tie;
    fv_lookup by_asserted;
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
/* Puts the groups in the order in which they are told, after the last incident. False when memory
 * is short. */
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
/* Takes in a source: its formats, and for each status below num_statuses how many answers have it.
 * False when memory is short. */
bool fv_store_add_source(fv_store *store, const fv_source *source, const uint64_t *answers,
                         size_t num_statuses);
/* A Microsoft server stands at this host, which is a name or an address; NULL is none. False when
 * memory is short. */
bool fv_store_tie(fv_store *store, const char *host);
/* P-Asserted-Identity names this domain in a request of the call, and From another. False when
 * memory is short. */
bool fv_store_assert_domain(fv_store *store, const char *call_id, const char *domain);
/* Says of each connection whether something ties its peer to a Microsoft side. False when memory is
 * short. */
bool fv_store_relate(fv_store *store);
/* Puts an incident into the group that it belongs to now. False when memory is short. */
bool fv_group_move(fv_store *store, fedval_incident *incident);
/* Whether a group is told by itself, and not in the story of its cause. */
bool fv_group_has_story(const fv_group *group);

#endif
