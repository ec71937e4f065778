/* What to change, worked out together, and what comes of it. Stages - SRV records,
 * DNSSEC, addresses, certificates - each of which looks at the evidence as the one before has left
 * it. */
#ifndef FV_MEND_MEND_H
#define FV_MEND_MEND_H

#include "judge/judgement.h"

typedef struct fv_mend {
    fv_arena *arena;
    fv_rules_input input;      /* evidence: with the actions so far applied */
    fedval_evidence *evidence; /* the copy that they were applied to; NULL: none was needed */
    const fv_judgement *first; /* of the evidence as it is */
    const fv_judgement *now;   /* of the stage */
    bool is_changed;           /* by the stage: it has to be judged again */
    bool is_out_of_memory;     /* a text could not be made; sticks */
    fv_report_action *actions;
    size_t num_actions, actions_capacity;
    fv_planned_certificate *planned;
    size_t num_planned, planned_capacity;
    /* While what a hosting provider runs is mended: its host. No action of either side does that;
     * what would be one is told to the provider. NULL otherwise. */
    const char *provider;
} fv_mend;

/* Works the actions out and judges again. Everything but the copy of the evidence lies in the
 * arena; call fv_mend_clear whatever came of it. 0; NO_MEMORY. */
fedval_status fv_mend_make(fv_arena *arena, const fv_judgement *first, fv_mend *out,
                           uint32_t *out_verdict);
void fv_mend_clear(fv_mend *mend);

/* "New-CsAllowedDomain ..." where the partner could do without the SRV record; NULL: it could not.
 * False: memory is short. */
bool fv_mend_partner_alternative(fv_arena *arena, const fv_judgement *first, const char **out);

/* ---- the stages, and what they share ---- */

fedval_status fv_mend_srv(fv_mend *mend);
fedval_status fv_mend_signatures(fv_mend *mend); /* of DNSSEC */
fedval_status fv_mend_addresses(fv_mend *mend);
fedval_status fv_mend_certificates(fv_mend *mend);

/* The name for a target in place of the one given (NULL: there is none yet); NULL when memory is
 * short. One that the certificate holds is preferred, then the old host's first label. */
const char *fv_mend_choose_name(fv_mend *mend, const fv_scene_target *target);

/* Whether a finding that decides has one of the codes; out_why receives those that do. */
size_t fv_mend_collect_why(const fv_mend *mend, const uint32_t *codes, size_t num_codes,
                           const char *target, const uint32_t **out_why);
/* Whether a code was found in the evidence as it is; one that was not comes of the actions. */
bool fv_mend_was_found(const fv_mend *mend, uint32_t code);
/* Adds an action, or tells it to the provider. The texts must live in the arena or be static. */
fedval_status fv_mend_add(fv_mend *mend, const fv_report_action *action);
/* The evidence that may be changed: a copy, made at the first call. */
fedval_status fv_mend_open_evidence(fv_mend *mend, fedval_evidence **out);
/* Text from pieces, NULL-ended; NULL when memory is short. */
const char *fv_mend_join(fv_mend *mend, const char *const *pieces);
const char *fv_mend_number(fv_mend *mend, uint64_t number);
#define FV_MEND_JOIN(mend, ...) fv_mend_join((mend), (const char *const[]){__VA_ARGS__, NULL})

/* What stands for an address that only the administrator knows. */
#define FV_MEND_ADDRESS_TO_CHOOSE "<public address of the server>"
/* In the copy of the evidence something public has to stand for it; it is never shown. */
#define FV_MEND_ADDRESS_STAND_IN "1.1.1.1"
#define FV_MEND_TTL 3600

#endif
