/* Endpoints of the report: what was seen, target by target. */
#ifndef FV_JUDGE_ENDPOINTS_H
#define FV_JUDGE_ENDPOINTS_H

#include "judge/judgement.h"

/* 0; NO_MEMORY; what the verifier's digest returns. */
fedval_status fv_endpoints_from(const fv_judgement *judgement, fedval_report *report);

/* One chain: its certificate (without its digest) and its paths; name_match stays 0. Everything
 * lies in the scene's arena. The same results. */
fedval_status fv_endpoints_describe_chain(const fv_scene *scene, const fv_scene_chain *chain,
                                          fv_report_presented *out);

#endif
