/* A certificate that is to be issued anew: what is known of it. */
#ifndef FV_MEND_REISSUE_H
#define FV_MEND_REISSUE_H

#include "mend/mend.h"

/* What is planned for one end-entity certificate, gathered over the targets that present it. */
typedef struct fv_reissue {
    const fv_scene_chain *chain;
    uint32_t number;     /* among those of the report, counted from 1 */
    const char *address; /* where it is presented, if other addresses of the host present others */
    const char *host;    /* that presents it; NULL: the domain calls with it */
    const char **names;  /* to be added */
    size_t num_names, names_capacity;
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

/* Returns what is planned for the certificate of `chain`, which `target` presents at `at`; both are
 * NULL for the calling one. NULL when memory is short. */
fv_reissue *fv_reissue_open(fv_mend *mend, fv_reissues *all, const fv_scene_target *target,
                            const fv_scene_address *at, const fv_scene_chain *chain);
/* Adds the names that the peers of a cluster lack, to each certificate all at once: of every target
 * of this domain and of the others that the same peers serve (cluster.c). 0; NO_MEMORY. */
fedval_status fv_mend_cluster(fv_mend *mend, fv_reissues *all);

/* Writes into the action which certificate it changes. `item` NULL: one that was not seen. */
void fv_reissue_tell_which(const fv_reissue *item, fv_report_action *action);

/* ---- names ---- */

/* Adds a name that the target `owner` (NULL: the calls) asks for. 0; NO_MEMORY. */
fedval_status fv_reissue_add_name(fv_mend *mend, fv_reissue *item, const char *owner,
                                  const char *wanted);
/* Adds a name that another peer or another domain asks for (R8). 0; NO_MEMORY. */
fedval_status fv_reissue_add_cluster_name(fv_mend *mend, fv_reissue *item, const char *owner,
                                          const char *wanted);
/* Nothing was presented for a target that an action has made: whatever serves it needs its name.
 * 0; NO_MEMORY. */
fedval_status fv_reissue_ask_for_name(fv_mend *mend, const fv_scene_target *target);
/* Lists the names that the new certificate keeps. 0; NO_MEMORY. */
fedval_status fv_reissue_keep_names(fv_mend *mend, const fv_reissue *item, const char *owner);

/* ---- faults ---- */

/* Adds what cures the faults that were found at `target` (NULL: of the calling certificate).
 * 0; NO_MEMORY. */
fedval_status fv_reissue_cure(fv_mend *mend, fv_reissue *item, const fv_scene_target *target,
                              const fv_scene_chain *chain);

/* Adds what will be presented to `mend`, so that the rules can judge it; nothing when nothing is
 * to change. 0; NO_MEMORY. */
fedval_status fv_reissue_plan(fv_mend *mend, const fv_reissue *item);

#endif
