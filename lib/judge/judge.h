/* What a judge holds. */
#ifndef FV_JUDGE_JUDGE_H
#define FV_JUDGE_JUDGE_H

#include "fedval/judge.h"
#include "rules/rules.h"

/* A policy, and the one that judges in its place a domain of the Microsoft side; NULL: none does.
 */
typedef struct fv_judge_row {
    fedval_policy *policy, *microsoft;
} fv_judge_row;

struct fedval_judge {
    bool is_sealed;
    bool has_own_anchors, has_own_crls; /* made here, by appending */
    fedval_verifier *verifier;
    fedval_anchors *anchors;
    fedval_crls *crls;
    fv_judge_row *rows;
    size_t num_rows;
};

/* The policy of a row for this domain; the row exists. */
const fedval_policy *fv_judge_choose(const fedval_judge *judge, size_t index,
                                     const fedval_evidence *evidence);
/* Anchors, CRLs, verifier and that policy, with the policy's time. */
fv_rules_input fv_judge_input(const fedval_judge *judge, const fedval_policy *policy);

#endif
