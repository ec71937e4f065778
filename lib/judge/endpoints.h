/* Endpoints of the report: what was seen, target by target. */
#ifndef FV_JUDGE_ENDPOINTS_H
#define FV_JUDGE_ENDPOINTS_H

#include "judge/judgement.h"

/* 0; NO_MEMORY; what the verifier's digest returns. */
fedval_status fv_endpoints_from(const fv_judgement *judgement, fedval_report *report);

#endif
