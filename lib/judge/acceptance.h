/* Marks the remarks that the policy accepts. */
#ifndef FV_JUDGE_ACCEPTANCE_H
#define FV_JUDGE_ACCEPTANCE_H

#include "rules/rules.h"

/* Marks the remarks that the policy accepts for `domain` at the time of `input`. `domain` is NULL
 * for a chain that is judged by itself. */
void fv_acceptance_mark(const fv_rules_input *input, const char *domain, fv_remarks *remarks);

#endif
