/* Findings with their texts. */
#ifndef FV_JUDGE_STATEMENT_H
#define FV_JUDGE_STATEMENT_H

#include "judge/judgement.h"

/* FEDVAL_DIRECTION_ mask of the calls that a finding breaks; 0 for warnings and notes. */
uint32_t fv_statement_breaks(const fv_scene *scene, const fv_finding *finding);
/* Fills the texts of one finding in. False: memory is short. */
bool fv_statement_fill(const fv_scene *scene, const fv_finding *finding, fv_statement *out);
/* The same for a list, in the scene's arena and in the order that the next comment says. Those
 * beyond the limit of the policy get no texts. */
fedval_status fv_statements_fill(const fv_scene *scene, const fv_findings *findings,
                                 fv_statement **out, size_t *out_num);
/* Leaves out what is beyond the limit, once nothing more is read from it. Returns how many. */
size_t fv_statements_cut(const fedval_policy *policy, size_t *num_findings);
/* All findings of a judgement: errors first, then what is indeterminate, warnings, notes; by code
 * within each, and in the order found within that. Those that are accepted come last. */
fedval_status fv_statements_from(const fv_judgement *judgement, fedval_report *report);

#endif
