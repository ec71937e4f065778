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

/* Returns a step of the Cisco side about a record of `type`; its owner and data are still to be
 * set. `index` is that of the domain. */
fedval_plan_step fv_plan_dns_step(const fv_planner *planner, size_t index, uint32_t op,
                                  const char *type);
/* Return texts in the plan's arena. NULL: memory is short. */
const char *fv_plan_dotted(fedval_plan *plan, const char *name);         /* with a final dot */
const char *fv_plan_new_srv_data(fedval_plan *plan, const char *target); /* the planned record's */

/* Steps of one domain, which has a target (ttl_steps.c). */
bool fv_plan_add_lower_steps(fv_planner *planner, size_t index);
bool fv_plan_add_raise_steps(fv_planner *planner, size_t index);
/* Adds a step for each old server that has to stay up while caches lead calls to it
 * (keep_steps.c). */
bool fv_plan_add_keep_steps(fv_planner *planner);

bool fv_plan_add_requests(fv_planner *planner); /* certificates that are to be issued */
bool fv_plan_add_loads(fv_planner *planner);    /* CAs and certificates, onto Expressway */
bool fv_plan_add_partners(fv_planner *planner); /* PowerShell and letters */
/* Adds what a partner could do instead of a record. */
bool fv_plan_add_alternatives(fv_planner *planner);

#endif
