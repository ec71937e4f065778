/* Fills in the endpoints of a report: what was seen at each target. */
#ifndef FV_JUDGE_ENDPOINTS_H
#define FV_JUDGE_ENDPOINTS_H

#include "judge/judgement.h"

/* Returns 0, NO_MEMORY, or what the verifier's digest returns. */
fedval_status fv_endpoints_from(const fv_judgement *judgement, fedval_report *report);

/* Describes one chain: its certificate (without its digest) and its paths; `name_match` stays 0.
 * All of it lies in the scene's arena. Returns 0, or NO_MEMORY. */
fedval_status fv_endpoints_describe_chain(const fv_scene *scene, const fv_scene_chain *chain,
                                          fv_report_presented *out);

#endif
