/* Steps, as the files that make them share them. Each function returns false when memory is short.
 */
#ifndef FV_MEND_PLAN_STEP_H
#define FV_MEND_PLAN_STEP_H

#include "mend/plan/plan.h"

/* Appends a copy with the next number; NULL also when a text of it could not be made. It is valid
 * until the next one is added. */
fedval_plan_step *fv_plan_add_step(fv_planner *planner, const fedval_plan_step *step);
/* The steps to be done before it; 0 stands for none. */
bool fv_plan_set_after(fv_planner *planner, fedval_plan_step *step, const uint32_t *numbers,
                       size_t count);

bool fv_plan_add_requests(fv_planner *planner); /* certificates that are to be issued */
bool fv_plan_add_loads(fv_planner *planner);    /* CAs and certificates, onto Expressway */
bool fv_plan_add_partners(fv_planner *planner); /* PowerShell and letters */
/* What a partner could do in place of a record. */
bool fv_plan_add_alternatives(fv_planner *planner);

#endif
