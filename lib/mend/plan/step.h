/* The functions that make steps. Each returns false if memory is short. */
#ifndef FV_MEND_PLAN_STEP_H
#define FV_MEND_PLAN_STEP_H

#include "mend/plan/plan.h"

/* Appends a copy of `step` with the next number. Returns it; it is valid until the next step is
 * added. Returns NULL if memory is short or if a text of `step` could not be made. */
fedval_plan_step *fv_plan_add_step(fv_planner *planner, const fedval_plan_step *step);
/* Sets the steps that have to be done before `step`. A number 0 is skipped. */
bool fv_plan_set_after(fv_planner *planner, fedval_plan_step *step, const uint32_t *numbers,
                       size_t count);

bool fv_plan_add_requests(fv_planner *planner); /* certificates that are to be issued */
bool fv_plan_add_loads(fv_planner *planner);    /* CAs and certificates, onto Expressway */
bool fv_plan_add_partners(fv_planner *planner); /* PowerShell and letters */
/* Adds what a partner could do instead of a record. */
bool fv_plan_add_alternatives(fv_planner *planner);

#endif
