/* Judges several domains together: which of them do the same peers serve, and which names does each
 * need in the certificates of those peers (R8)? */
#ifndef FV_MEND_TOGETHER_H
#define FV_MEND_TOGETHER_H

#include "judge/judgement.h"

typedef struct fv_together {
    fv_arena arena; /* holds the lists */
    struct fv_together_domain *domains;
    size_t num_domains;
} fv_together;

/* Judges each input by itself and finds the domains that share peers. The inputs must outlive
 * `out`. Call fv_together_clear also after a failure. Returns 0, NO_MEMORY, or what
 * fv_judgement_make returns. */
fedval_status fv_together_relate(const fv_rules_input *inputs, size_t num_inputs, fv_together *out);
void fv_together_clear(fv_together *together);
/* Adds to the input of domain `index` the targets of the domains that share its peers. */
void fv_together_tell(const fv_together *together, size_t index, fv_rules_input *input);

#endif
