/* One pass of judging: scene, remarks, requirements, verdict. */
#ifndef FV_JUDGE_JUDGEMENT_H
#define FV_JUDGE_JUDGEMENT_H

#include "model/report.h"
#include "rules/rules.h"

typedef struct fv_judgement {
    fv_scene scene;
    fv_remarks remarks;
    bool is_cluster_seen;                           /* R8 can be judged */
    uint32_t requirements[FV_NUM_REQUIREMENTS + 1]; /* [1]..[8]: FEDVAL_VERDICT_ */
    bool required[FV_NUM_REQUIREMENTS + 1]; /* the verdict is no "pass" unless it was judged */
    uint32_t verdict;
} fv_judgement;

/* Judges `input`; the judgement lies in `arena`. Returns 0, NO_MEMORY, or STATE for anchors that
 * are not sealed. */
fedval_status fv_judgement_make(fv_arena *arena, const fv_rules_input *input, fv_judgement *out);

/* Returns the earliest time at which a requirement that passes now would fail. FV_TIME_UNKNOWN:
 * none is known. */
int64_t fv_judgement_valid_until(const fv_judgement *judgement);

/* Puts down how many anchors of each class there are, and their digest. NULL: there are none. */
void fv_describe_anchors(const fedval_anchors *anchors, fv_anchors_by_class out);

#endif
