/* Which of the zones that were given holds the records of each domain. */
#ifndef PLAN_ZONES_H
#define PLAN_ZONES_H

#include "plan_today.h"

/* Says it to the intent, so that the lines of a plan go to the zone that there is: to example.com
 * for sales.example.com, unless a lower zone was given or the higher one delegates the domain.
 * `gathering` is what today was gathered by. False: the output has been told. */
bool plan_zones_say(const plan_today *today, const cmd_settings *gathering, cmd_output *output);

#endif
