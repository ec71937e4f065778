/* check --since FILE: what changed since the last run, whose reports the file holds. */
#ifndef SINCE_H
#define SINCE_H

#include "chains.h"
#include "judge.h"

/* Checks the domains, shows what changed, and writes their reports in place of the file. Where
 * something went wrong the file stays as it is. */
void since_check(const cmd_settings *settings, cmd_judge *judge, cmd_chains *chains);

#endif
