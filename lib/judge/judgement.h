/* One pass of judging: scene, findings, requirements, verdict. */
#ifndef FV_JUDGE_JUDGEMENT_H
#define FV_JUDGE_JUDGEMENT_H

#include "model/report.h"
#include "rules/rules.h"

typedef struct fv_judgement {
    fv_scene scene;
    fv_findings findings;
    uint32_t requirements[FV_NUM_REQUIREMENTS + 1]; /* [1]..[8]: FEDVAL_VERDICT_ */
    bool required[FV_NUM_REQUIREMENTS + 1];         /* has to be judged for a "pass" */
    uint32_t verdict;
} fv_judgement;

/* 0; NO_MEMORY; STATE for anchors that are not sealed. */
fedval_status fv_judgement_make(fv_arena *arena, const fv_rules_input *input, fv_judgement *out);

/* The earliest time at which a requirement that passes now would fail; FV_TIME_UNKNOWN. */
int64_t fv_judgement_valid_until(const fv_judgement *judgement);

#endif
