/* The members of a judge. */
#ifndef FV_JUDGE_JUDGE_H
#define FV_JUDGE_JUDGE_H

#include "fedval/judge.h"
#include "rules/rules.h"

/* A policy, and the one that judges a domain of the Microsoft side instead. NULL: the first judges
 * both sides. */
typedef struct fv_judge_row {
    fedval_policy *policy, *microsoft;
} fv_judge_row;

struct fedval_judge {
    bool is_sealed;
    bool has_own_anchors, has_own_crls; /* the judge made the set itself, by appending */
    fedval_verifier *verifier;
    fedval_anchors *anchors;
    fedval_crls *crls;
    fv_judge_row *rows;
    size_t num_rows, rows_capacity;
};

/* Returns the policy that row `index` has for the domain of the evidence. The row must exist. */
const fedval_policy *fv_judge_choose(const fedval_judge *judge, size_t index,
                                     const fedval_evidence *evidence);
/* Returns an input with the judge's anchors, CRLs and verifier, with `policy` and with its time. */
fv_rules_input fv_judge_input(const fedval_judge *judge, const fedval_policy *policy);

#endif
