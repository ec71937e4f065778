/* Makes findings: remarks with their texts. */
#ifndef FV_JUDGE_FINDING_H
#define FV_JUDGE_FINDING_H

#include "judge/judgement.h"
#include "model/finding.h"

/* Returns the FEDVAL_DIRECTION_ mask of the calls that a remark breaks; 0 for warnings and
 * notes. */
uint32_t fv_finding_breaks(const fv_scene *scene, const fv_remark *remark);
/* Makes the finding of one remark. Its texts are made when somebody asks for them: `texts` says
 * of what, and lives as long as the scene's arena, which keeps them. False: memory is short. */
bool fv_finding_fill(const fv_scene *scene, const fv_remark *remark, fv_finding_texts *texts,
                     fedval_finding *out);
/* The same, and makes the texts at once: for whom the parameters of the remark do not outlive. */
bool fv_finding_tell(const fv_scene *scene, const fv_remark *remark, fedval_finding *out);
/* Makes the findings of a list of remarks, in the scene's arena, in the order of
 * fv_findings_from.
 * Findings beyond the limit of the policy get no texts. Returns 0, or NO_MEMORY. */
fedval_status fv_findings_fill(const fv_scene *scene, const fv_remarks *remarks,
                               fedval_finding **out, size_t *out_num);
/* Lowers `*num_findings` to the limit of the policy. Call it once the rest is not read any more.
 * Returns how many are left out. */
size_t fv_findings_cut(const fedval_policy *policy, size_t *num_findings);
/* Puts all remarks of a judgement into `report`: errors first, then indeterminate ones, warnings,
 * notes; by code within each, then in the order found. Accepted remarks come last. Returns 0, or
 * NO_MEMORY. */
fedval_status fv_findings_from(const fv_judgement *judgement, fedval_report *report);

#endif
