/* Several domains judged together: which of them the same peers serve, and what each asks of those
 * peers' certificates (R8). */
#ifndef FV_MEND_TOGETHER_H
#define FV_MEND_TOGETHER_H

#include "judge/judgement.h"

typedef struct fv_together {
    fv_arena arena; /* that the lists lie in */
    struct fv_together_domain *domains;
    size_t num_domains;
} fv_together;

/* Judges each input once for itself, and relates the domains to one another. The inputs must
 * outlive `out`; call fv_together_clear whatever came of it. 0; NO_MEMORY; as fv_judgement_make. */
fedval_status fv_together_relate(const fv_rules_input *inputs, size_t num_inputs, fv_together *out);
void fv_together_clear(fv_together *together);
/* Gives the input of domain `index` what the others ask for. */
void fv_together_tell(const fv_together *together, size_t index, fv_rules_input *input);

#endif
