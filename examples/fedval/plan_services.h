/* Other services in the zones that lead to the same Expressways. */
#ifndef PLAN_SERVICES_H
#define PLAN_SERVICES_H

#include "plan_today.h"

/* Adds to the evidence of each domain the SRV records of other services that the zone files have,
 * and the addresses of their targets, so that the plan keeps the names. False: the output has been
 * told. */
bool plan_services_look(plan_today *today, const cmd_settings *gathering, cmd_output *output);

#endif
