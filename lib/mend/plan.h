/* The plan: what to change, worked out together, and what comes of it. Stages - SRV records,
 * DNSSEC, addresses, certificates - each of which looks at the evidence as the one before has left
 * it. */
#ifndef FV_JUDGE_PLAN_H
#define FV_JUDGE_PLAN_H

#include "judge/judgement.h"

typedef struct fv_plan {
    fv_arena *arena;
    fv_rules_input input;      /* evidence: with the actions so far applied */
    fedval_evidence *evidence; /* the copy that they were applied to; NULL: none was needed */
    const fv_judgement *first; /* of the evidence as it is */
    const fv_judgement *now;   /* of the stage */
    bool is_changed;           /* by the stage: it has to be judged again */
    fv_report_action *actions;
    size_t num_actions, actions_capacity;
    fv_planned_certificate *planned;
    size_t num_planned, planned_capacity;
    /* While what a hosting provider runs is mended: its host. No action of either side does that;
     * what would be one is told to the provider. NULL otherwise. */
    const char *provider;
} fv_plan;

/* Works the actions out and judges again. Everything but the copy of the evidence lies in the
 * arena; call fv_plan_clear whatever came of it. 0; NO_MEMORY. */
fedval_status fv_plan_make(fv_arena *arena, const fv_judgement *first, fv_plan *out,
                           uint32_t *out_verdict);
void fv_plan_clear(fv_plan *plan);

/* "New-CsAllowedDomain ..." where the partner could do without the SRV record; NULL: it could not.
 * False: memory is short. */
bool fv_plan_partner_alternative(fv_arena *arena, const fv_judgement *first, const char **out);

/* ---- the stages, and what they share ---- */

fedval_status fv_plan_srv(fv_plan *plan);
fedval_status fv_plan_signatures(fv_plan *plan); /* of DNSSEC */
fedval_status fv_plan_addresses(fv_plan *plan);
fedval_status fv_plan_certificates(fv_plan *plan);

/* The name for a target in place of the one given (NULL: there is none yet); NULL when memory is
 * short. One that the certificate holds is preferred, then the old host's first label. */
const char *fv_plan_choose_name(fv_plan *plan, const fv_view_target *target);

/* Whether a finding that decides has one of the codes; out_why receives those that do. */
size_t fv_plan_collect_why(const fv_plan *plan, const uint32_t *codes, size_t num_codes,
                           const char *target, const uint32_t **out_why);
/* Whether a code was found in the evidence as it is; one that was not comes of the actions. */
bool fv_plan_was_found(const fv_plan *plan, uint32_t code);
/* Adds an action, or tells it to the provider. The texts must live in the arena or be static. */
fedval_status fv_plan_add(fv_plan *plan, const fv_report_action *action);
/* The evidence that may be changed: a copy, made at the first call. */
fedval_status fv_plan_open_evidence(fv_plan *plan, fedval_evidence **out);
/* Text from pieces, NULL-ended; NULL when memory is short. */
const char *fv_plan_join(fv_plan *plan, const char *const *pieces);
const char *fv_plan_number(fv_plan *plan, uint64_t number);
#define FV_PLAN_JOIN(plan, ...) fv_plan_join((plan), (const char *const[]){__VA_ARGS__, NULL})

/* What stands for an address that only the administrator knows. */
#define FV_PLAN_ADDRESS_TO_CHOOSE "<public address of the server>"
/* In the copy of the evidence something public has to stand for it; it is never shown. */
#define FV_PLAN_ADDRESS_STAND_IN "1.1.1.1"
#define FV_PLAN_TTL 3600

#endif
