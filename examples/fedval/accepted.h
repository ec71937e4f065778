/* Findings that were accepted (--ignore, a policy), and were not there. */
#ifndef ACCEPTED_H
#define ACCEPTED_H

#include "policies.h"

#include <fedval/chain.h>
#include <fedval/report.h>
#include <fedval/timeline.h>

typedef struct cmd_accepted {
    bool *has_met; /* for each acceptance of the policies, in turn; NULL: there are none */
    size_t num_results;
} cmd_accepted;

/* Makes room for the acceptances of `policies`. False: memory is short. */
bool accepted_init(cmd_accepted *accepted, const cmd_policies *policies);
void accepted_clear(cmd_accepted *accepted);
/* Notes which acceptances a report made use of, be they over by now. */
void accepted_note(cmd_accepted *accepted, const cmd_policies *policies,
                   const fedval_report *report);
/* The same, of a chain that was judged by itself. */
void accepted_note_chain(cmd_accepted *accepted, const cmd_policies *policies,
                         const fedval_chain_result *result);
/* The same, of what breaks when. */
void accepted_note_timeline(cmd_accepted *accepted, const cmd_policies *policies,
                            const fedval_timeline *timeline);
/* Tells on standard error of those that nothing made use of. */
void accepted_tell(const cmd_accepted *accepted, const cmd_policies *policies);

#endif
