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

/* Returns a step of the Cisco side about a record. `index` is that of the domain. The words of the
 * record are made when the step is added, and its data are copied then. */
fedval_plan_step fv_plan_dns_step(const fv_planner *planner, size_t index, uint32_t op,
                                  fv_record record);
/* Return records without a TTL: the planned SRV record of a domain, and that of an address. */
fv_record fv_plan_srv_record(const fedval_plan_domain *domain);
fv_record fv_plan_address_record(const fv_plan_address *address);

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
