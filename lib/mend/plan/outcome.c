/* What a plan comes to. */
#include "base/code.h"
#include "mend/plan/plan.h"

static const fv_code outcomes[] = {
    {FEDVAL_PLAN_OUTCOME_PASS, "pass"},
    {FEDVAL_PLAN_OUTCOME_FAIL, "fail"},
    {FEDVAL_PLAN_OUTCOME_INDETERMINATE, "indeterminate"},
    {FEDVAL_PLAN_OUTCOME_NOTHING_TO_DO, "nothing-to-do"},
    {FEDVAL_PLAN_OUTCOME_READY_REFUSED, "ready-refused"},
};

FV_CODE_FUNCTIONS(plan_outcome, outcomes)

static bool is_any_refused(const fedval_plan *plan)
{
    for (size_t i = 0; i < plan->num_certificates; i++) {
        if (plan->certificates[i].is_refused)
            return true;
    }
    return false;
}

uint32_t fedval_plan_get_outcome(const fedval_plan *plan)
{
    switch (fedval_plan_get_verdict_after(plan)) {
    case FEDVAL_VERDICT_PASS:
        return is_any_refused(plan)   ? FEDVAL_PLAN_OUTCOME_READY_REFUSED
               : plan->num_steps == 0 ? FEDVAL_PLAN_OUTCOME_NOTHING_TO_DO
                                      : FEDVAL_PLAN_OUTCOME_PASS;
    case FEDVAL_VERDICT_FAIL:
        return FEDVAL_PLAN_OUTCOME_FAIL;
    case FEDVAL_VERDICT_INDETERMINATE:
        return FEDVAL_PLAN_OUTCOME_INDETERMINATE;
    default:
        return 0;
    }
}
