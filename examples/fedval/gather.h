/* Runs a session for each domain, and hands the evidence on in the order of the domains. */
#ifndef GATHER_H
#define GATHER_H

#include "chains.h"
#include "judge.h"

void gather(const fv_settings *settings, fv_judge *judge, fv_chains *chains);

#endif
