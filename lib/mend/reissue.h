/* A certificate that is to be issued anew: what is known of it. */
#ifndef FV_MEND_REISSUE_H
#define FV_MEND_REISSUE_H

#include "mend/mend.h"

/* What is planned for one end-entity certificate, gathered over the targets that present it. */
typedef struct fv_reissue {
    const fv_scene_chain *chain;
    const char *host;   /* that presents it; NULL: the domain calls with it */
    const char **names; /* to be added */
    size_t num_names, names_capacity;
    uint32_t *mended;
    size_t num_mended;
    uint32_t trust;
    const char
        *provider; /* the host of the provider whose certificate it is; NULL: of no provider */
} fv_reissue;

/* Adds what will be presented to `mend`, so that the rules can judge it; nothing when nothing is
 * to change. 0; NO_MEMORY. */
fedval_status fv_reissue_plan(fv_mend *mend, const fv_reissue *item);

#endif
