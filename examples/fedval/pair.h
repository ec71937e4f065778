/* --pair: both sides of one federation, from a check or from evidence. */
#ifndef PAIR_H
#define PAIR_H

#include "chains.h"
#include "judge.h"

/* The policies of a pair, in their order (policies.c): the Edge, the cloud, Expressway. */
enum { BY_EDGE, BY_CLOUD, BY_EXPRESSWAY, NUM_PAIR_POLICIES };

/* The reports on two domains, the Cisco side's first, each under the policies of a pair. */
typedef struct cmd_pair {
    cmd_judge *judge;
    fedval_report *reports[2 * NUM_PAIR_POLICIES];
    size_t num_reports;
} cmd_pair;

/* The judge hands its reports to the pair from now on. */
void pair_begin(cmd_pair *pair, cmd_judge *judge);
/* Shows what follows from both, notes the exit status, and frees the reports. */
void pair_finish(cmd_pair *pair);
/* Checks the two domains as a pair. */
void pair_check(const cmd_settings *settings, cmd_judge *judge, cmd_chains *chains);

#endif
