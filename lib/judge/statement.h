/* Makes statements: findings with their texts. */
#ifndef FV_JUDGE_STATEMENT_H
#define FV_JUDGE_STATEMENT_H

#include "judge/judgement.h"
#include "model/statement.h"

/* Returns the FEDVAL_DIRECTION_ mask of the calls that a finding breaks; 0 for warnings and
 * notes. */
uint32_t fv_statement_breaks(const fv_scene *scene, const fv_finding *finding);
/* Makes the statement of one finding. Its texts are made when somebody asks for them: `texts` says
 * of what, and lives as long as the scene's arena, which keeps them. False: memory is short. */
bool fv_statement_fill(const fv_scene *scene, const fv_finding *finding, fv_statement_texts *texts,
                       fv_statement *out);
/* The same, and makes the texts at once: for whom the parameters of the finding do not outlive. */
bool fv_statement_tell(const fv_scene *scene, const fv_finding *finding, fv_statement *out);
/* Makes the statements of a list of findings, in the scene's arena, in the order of
 * fv_statements_from.
 * Findings beyond the limit of the policy get no texts. Returns 0, or NO_MEMORY. */
fedval_status fv_statements_fill(const fv_scene *scene, const fv_findings *findings,
                                 fv_statement **out, size_t *out_num);
/* Lowers `*num_findings` to the limit of the policy. Call it once the rest is not read any more.
 * Returns how many are left out. */
size_t fv_statements_cut(const fedval_policy *policy, size_t *num_findings);
/* Puts all findings of a judgement into `report`: errors first, then indeterminate ones, warnings,
 * notes; by code within each, then in the order found. Accepted findings come last. Returns 0, or
 * NO_MEMORY. */
fedval_status fv_statements_from(const fv_judgement *judgement, fedval_report *report);

#endif
