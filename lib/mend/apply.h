/* Actions that were given take the place of those that mend would work out. */
#ifndef FV_MEND_APPLY_H
#define FV_MEND_APPLY_H

#include "fedval/judge.h"
#include "fedval/name.h"
#include "mend/mend.h"

/* Borrowed. */
typedef struct fv_given_actions {
    const fv_report_action *items;
    size_t num_items;
} fv_given_actions;

/* fedval_evaluate, with the actions of somebody in the place of its own. */
fedval_status fv_evaluate_given(const fedval_judge *judge, size_t index,
                                const fedval_evidence *evidence, const fv_given_actions *given,
                                fedval_report **out_report);

/* Applies the actions, judges again, and fills in what the report says of both. As fv_mend_make. */
fedval_status fv_mend_apply(fv_arena *arena, const fv_judgement *first,
                            const fv_given_actions *given, fv_mend *out, fedval_report *report);

/* ---- the stages (apply_records.c, apply_probes.c, apply_certificates.c) ---- */

/* Changes the records of the evidence. */
fedval_status fv_apply_records(fv_mend *mend);
/* What the servers presented before, they present where the new records lead. */
fedval_status fv_apply_probes(fv_mend *mend);
/* Plans the certificates. */
fedval_status fv_apply_certificates(fv_mend *mend);

#endif
