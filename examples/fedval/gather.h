/* Runs a session for each domain, and hands the evidence on in the order of the domains. */
#ifndef GATHER_H
#define GATHER_H

#include "chains.h"
#include "judge.h"

void gather(const cmd_settings *settings, cmd_judge *judge, cmd_chains *chains);

#endif
