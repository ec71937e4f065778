/* A certificate that is to be reissued. */
#ifndef FV_MEND_REISSUE_H
#define FV_MEND_REISSUE_H

#include "mend/mend.h"

/* What is planned for one end-entity certificate in one role, gathered over the targets that
 * present it. */
typedef struct fv_reissue {
    const fv_scene_chain *chain;
    uint32_t number; /* its number in the report, counted from 1 */
    /* of a calling certificate: the plan for the server that presents the same one, if it does */
    const struct fv_reissue *of_server;
    /* an address that presents it, if other addresses of the host present other certificates */
    const char *address;
    bool is_elsewhere;  /* other addresses present it too, or may, since they were not seen */
    const char *host;   /* the host that presents it; NULL: the domain calls with it */
    const char **names; /* the names to be added */
    size_t num_names, names_capacity;
    size_t num_kept; /* how many names of the present certificate are listed as kept */
    uint32_t *mended;
    size_t num_mended;
    uint32_t trust;
    const char
        *provider; /* the host of the provider whose certificate it is; NULL: of no provider */
} fv_reissue;

typedef struct fv_reissues {
    fv_reissue *items;
    size_t num_items;
} fv_reissues;

/* Returns the plan for the certificate of `chain`, which `target` presents at `at`. Both are NULL
 * for the calling certificate. Returns NULL if memory is short. */
fv_reissue *fv_reissue_open(fv_mend *mend, fv_reissues *all, const fv_scene_target *target,
                            const fv_scene_address *at, const fv_scene_chain *chain);
/* Adds to each peer's certificate the names that it lacks: of every target of this domain and of
 * the other domains that the same peers serve (cluster.c). Returns 0, or NO_MEMORY. */
fedval_status fv_mend_cluster(fv_mend *mend, fv_reissues *all);

/* Writes into `action` which certificate it changes. `item` NULL: that certificate was not seen. */
void fv_reissue_tell_which(const fv_reissue *item, fv_report_action *action);
/* Adds an action for the certificate of `item`, and writes into `action` which one that is. Where
 * the same certificate is the server's and the calling one: an action that the server has already
 * is marked as one for both, and so is a new one if `is_of_both` says that it makes a new
 * certificate. `item` NULL: as above. Returns 0, or NO_MEMORY. */
fedval_status fv_reissue_add_action(fv_mend *mend, const fv_reissue *item, bool is_of_both,
                                    fv_report_action *action);

/* Whether `at` shows the end-entity certificate of `chain`. */
bool fv_reissue_is_shown(const fv_scene_address *at, const fv_scene_chain *chain);
/* Returns on which peers the new certificate of `item` is to be loaded: "the peer at 192.0.2.1
 * alone", or "each peer that shows it (seen at 192.0.2.1, 192.0.2.2)". It is one alone only if
 * every other address was seen to show another certificate. Returns NULL if memory is short. */
const char *fv_reissue_where(fv_mend *mend, const fv_reissue *item);

/* ---- names ---- */

/* Adds a name that the target `owner` needs (NULL: that calls need). Returns 0, or NO_MEMORY. */
fedval_status fv_reissue_add_name(fv_mend *mend, fv_reissue *item, const char *owner,
                                  const char *wanted);
/* Adds a name that another peer or another domain needs (R8). Returns 0, or NO_MEMORY. */
fedval_status fv_reissue_add_cluster_name(fv_mend *mend, fv_reissue *item, const char *owner,
                                          const char *wanted);
/* Puts the actions from `first` on that add names to the certificate into the order of the targets
 * of all domains, so that the report of each domain lists the same names in the same order. Returns
 * 0, or NO_MEMORY. */
fedval_status fv_reissue_order_names(fv_mend *mend, const fv_reissue *item, size_t first);
/* Asks for the name of a target that an action has made: no certificate was seen there, so the
 * server has to get one with the name. Returns 0, or NO_MEMORY. */
fedval_status fv_reissue_ask_for_name(fv_mend *mend, const fv_scene_target *target);
/* Lists the names that the new certificate keeps, and counts those beyond the limits of a report.
 * Returns 0, or NO_MEMORY. */
fedval_status fv_reissue_keep_names(fv_mend *mend, fv_reissue *item, const char *owner);

/* ---- faults ---- */

/* Adds the actions that cure the faults found at `target` (NULL: of the calling certificate).
 * Returns 0, or NO_MEMORY. */
fedval_status fv_reissue_cure(fv_mend *mend, fv_reissue *item, const fv_scene_target *target,
                              const fv_scene_chain *chain);

/* Notes in `item` what the cure of `code` changes in the certificate or its chain, such as a new
 * key. Call it only for codes that were found: `item` has room for no others. */
void fv_reissue_take_cure(const fv_mend *mend, fv_reissue *item, uint32_t code);

/* Adds the planned certificate to `mend`, so that the rules can judge it. Adds nothing if nothing
 * is to change. Returns 0, or NO_MEMORY. */
fedval_status fv_reissue_plan(fv_mend *mend, const fv_reissue *item);

#endif
