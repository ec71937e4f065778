/* Which findings the policy accepts. */
#ifndef FV_JUDGE_ACCEPTANCE_H
#define FV_JUDGE_ACCEPTANCE_H

#include "rules/rules.h"

/* Marks the findings that the policy accepts of `domain` (NULL: no domain, a chain by itself) at
 * the time that is judged at. */
void fv_acceptance_mark(const fv_rules_input *input, const char *domain, fv_findings *findings);

#endif
