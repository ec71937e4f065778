/* The incidents that were found. Each is kept once and counted in its group. */
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
    const char *letter;   /* to the other side; NULL */
    bool has_other_peers; /* not all are of the first one's peer */
    bool is_gone;         /* a check that was made since found the fault gone */
} fv_group;

/* What is said in place of the change that a group asks for, where its fault is gone. */
#define FV_GROUP_GONE                                                                              \
    "the check that was made since found this fault gone: nothing is left to change for it"

/* The statuses of the SIP answers in a source, in ascending order. */
typedef struct fv_answers {
    uint32_t *statuses;
    uint64_t *counts;
    size_t num_statuses;
} fv_answers;

/* A file, or another piece of input, after it was read. */
typedef struct fv_source {
    const char *name;
    uint64_t lines;
    uint32_t formats; /* FEDVAL_LOG_FORMAT_ */
    fv_answers answers;
    bool has_cut_answer; /* a 504 of which no header could be read */
} fv_source;

/* The P-Asserted-Identity of a call whose From has another host. */
typedef struct fv_assertion {
    const char *call_id;
    const char *domain; /* NULL: public DNS can have no record for its host */
    fv_party party;     /* then */
} fv_assertion;

typedef struct fv_store {
    fv_arena arena;
    uint64_t seed; /* of all hashes */
    fedval_incident **incidents;
    size_t num_incidents, incidents_capacity, max_incidents;
    fv_group *groups;
    size_t num_groups, groups_capacity;
    bool groups_changed; /* an incident moved to another group */
    const char **domains;
    size_t num_domains, domains_capacity;
    fedval_evidence **evidence; /* one for each domain that was looked up in a log */
    size_t num_evidence, evidence_capacity;
    fv_source *sources;
    size_t num_sources, sources_capacity;
    const char **ties; /* hosts that are Microsoft servers */
    size_t num_ties, ties_capacity;
    fv_assertion *assertions;
    size_t num_assertions, assertions_capacity;
    uint64_t num_not_kept;
    uint64_t num_routine; /* counted in their groups, not kept */
    /* counted at the end; requests for presence are no calls */
    uint64_t num_calls, num_presence, num_events, num_unrelated;
    bool has_cisco_log;
    fv_lookup by_event; /* finds an incident that is logged again */
    fv_lookup by_group;
    fv_lookup by_domain;
    fv_lookup by_tie;
    fv_lookup by_asserted;
    fv_lookup by_routine;
    /* calls that were set up, by their parties and time, of which the answer or the event is still
     * missing */
    fv_lookup by_set_up;
    struct fv_set_up *set_ups;
    size_t num_set_ups, set_ups_capacity;
    uint64_t num_compared; /* of these, over all; a test of growth reads it */
} fv_store;

void fv_store_init(fv_store *store);
void fv_store_clear(fv_store *store);
/* Adds a draft: keeps a copy, or only counts it, or merges it into the same incident logged before.
 * Returns false if memory is short. */
bool fv_store_add(fv_store *store, const fedval_incident *draft);
/* What is done with a routine incident. */
typedef struct fv_routine {
    bool is_kept;           /* as other incidents are; else it is counted, or known */
    fedval_incident *event; /* the kept event of the call whose answer this is; NULL: none */
    uint32_t set_up;        /* its place among the calls that were set up; or FV_LOOKUP_NONE */
} fv_routine;

/* Takes a routine incident. Returns false if memory is short. */
bool fv_store_add_routine(fv_store *store, const fedval_incident *draft, fv_routine *out);
/* Notes which incident tells of a routine one that was to be kept; NULL: none does. */
void fv_store_place_routine(fv_store *store, const fv_routine *routine,
                            const fedval_incident *place);
/* Whether the call was set up, and was counted in its group alone. */
bool fv_store_is_counted(const fv_store *store, const char *call_id);
/* Adds to `known` what `again`, the same incident logged again, says. Returns false if memory is
 * short. */
bool fv_store_merge(fv_store *store, fedval_incident *known, const fedval_incident *again);
/* Puts a kept incident into its group, and makes the group if needed. Returns false if memory is
 * short. */
bool fv_group_put(fv_store *store, fedval_incident *incident);
/* Counts an incident that is not kept. Returns the one that is kept of its group; NULL: there is
 * none, and a routine incident was not counted. */
const fedval_incident *fv_group_count(fv_store *store, const fedval_incident *incident);
/* Takes one that was counted, and is not kept, out of the group of `first`. */
void fv_group_uncount(fv_store *store, const fedval_incident *first);
/* Sorts the groups for output, after the last incident. Returns false if memory is short. */
bool fv_store_settle_groups(fv_store *store);
/* Joins incidents with their causes. Returns false if memory is short. */
bool fv_store_join(fv_store *store);
/* Makes `cause` explain `explained`. False: memory is short. */
bool fv_store_explain(fv_store *store, const fedval_incident *cause, fedval_incident *explained,
                      const char *joined_by);
/* Joins the connections that the Microsoft side reports as cut with what the side that cut them
 * says (cuts.c). False: memory is short. */
bool fv_store_join_cuts(fv_store *store);
/* Sets against each failure the call that was set up the same way. Returns false if memory is
 * short. */
bool fv_store_weigh(fv_store *store);
/* Collects the domains that are worth a live check. Returns false if memory is short. */
bool fv_store_collect_domains(fv_store *store);
/* Writes the text of each hop. Returns false if memory is short. */
bool fv_store_tell(fv_store *store);
/* Adds a fact to the evidence about a domain. It is dropped if there are already
 * FV_STORE_MAX_EVIDENCE other domains. Returns the statuses of fedval_evidence_append. */
fedval_status fv_store_add_fact(fv_store *store, const char *domain, const fedval_fact *fact);
uint32_t fv_store_diagnosis(const fv_store *store);
/* Adds a source: its formats, and `answers`, the number of answers for each status below
 * `num_statuses`. Returns false if memory is short. */
bool fv_store_add_source(fv_store *store, const fv_source *source, const uint64_t *answers,
                         size_t num_statuses);
/* Notes that a Microsoft server is at this host, a name or an address. NULL is ignored. Returns
 * false if memory is short. */
bool fv_store_tie(fv_store *store, const char *host);
/* Notes the P-Asserted-Identity of a request, which is another than its From. Returns false if
 * memory is short. */
bool fv_store_assert(fv_store *store, const fedval_incident *request);
/* Decides for each connection whether something ties its peer to a Microsoft side. Returns false if
 * memory is short. */
bool fv_store_relate(fv_store *store);
/* Decides for each row of the search history whether its call went to a Microsoft side. Returns
 * false if memory is short. */
bool fv_store_direct_rows(fv_store *store);
/* Moves an incident into the group to which it belongs now. Returns false if memory is short. */
bool fv_group_move(fv_store *store, fedval_incident *incident);
/* Whether a group has a story of its own, and is not part of the story of its cause. */
bool fv_group_has_story(const fv_group *group);

#endif
