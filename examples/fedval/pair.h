/* --pair: both sides of one federation, from a check or from evidence. */
#ifndef PAIR_H
#define PAIR_H

#include "chains.h"
#include "judge.h"

/* The policies of a pair, in their order (policies.c): the Edge, the cloud, Expressway. */
enum { NUM_PAIR_POLICIES = 3 }; /* of policies_build */

#define NUM_SIDES 2

/* The reports on two domains, the Cisco side's first, each under the policies of a pair. */
typedef struct cmd_pair {
    cmd_judge *judge;
    const char *names[NUM_SIDES]; /* the domains to choose; NULL: the only two there are */
    fedval_report *reports[NUM_SIDES][NUM_PAIR_POLICIES];
    size_t counts[NUM_SIDES];
    size_t num_taken, num_beyond; /* reports seen; those of a third domain, or of one twice */
} cmd_pair;

/* Whether the first two inputs of `evaluate` name the two domains, and files follow: neither of
 * them is a file. */
bool pair_names_sides(const cmd_settings *settings);
/* The judge hands its reports to the pair from now on. */
void pair_begin(cmd_pair *pair, cmd_judge *judge);
/* Redacts the reports of both sides: `count` of them under each policy, on evidence in the same
 * order. The sides are compared, so one word stands for the same thing in all of them. Returns 0,
 * or NO_MEMORY. */
fedval_status pair_redact(const cmd_judge *judge, const fedval_evidence *const *evidence,
                          size_t count, fedval_report **reports);
/* Shows what follows from both, notes the exit status, and frees the reports. */
void pair_finish(cmd_pair *pair);
/* Checks the two domains as a pair. */
void pair_check(const cmd_settings *settings, cmd_judge *judge, cmd_chains *chains);

#endif
