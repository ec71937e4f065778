/* What the planning of records and that of addresses share. */
#ifndef FV_MEND_PLAN_RECORDS_H
#define FV_MEND_PLAN_RECORDS_H

#include "mend/plan/plan.h"

/* Returns whether the host has every address of the cluster already. */
bool fv_plan_is_complete(const fv_planner *planner, const fedval_plan_domain *domain,
                         const char *host);
/* Returns an address or an alias at the host that belongs to no peer. NULL: there is none. */
const char *fv_plan_find_foreign(const fv_planner *planner, const fedval_plan_domain *domain,
                                 const char *host);
/* Takes the proxy that the policy names as the target. Returns 0, or NO_MEMORY. */
fedval_status fv_plan_take_proxy(fv_planner *planner, fedval_plan_domain *domain, const char *fqdn);
/* Plans the address records of the target. Returns 0, or NO_MEMORY. */
fedval_status fv_plan_addresses(fv_planner *planner, fedval_plan_domain *domain);

#endif
