/* Findings that were accepted (--ignore, a policy), and were not there. */
#ifndef ACCEPTED_H
#define ACCEPTED_H

#include "policies.h"

#include <fedval/report.h>

typedef struct cmd_accepted {
    bool *has_met; /* for each acceptance of the policies, in turn; NULL: there are none */
    size_t num_reports;
} cmd_accepted;

/* Makes room for the acceptances of `policies`. False: memory is short. */
bool accepted_init(cmd_accepted *accepted, const cmd_policies *policies);
void accepted_clear(cmd_accepted *accepted);
/* Notes which acceptances a report made use of, be they over by now. */
void accepted_note(cmd_accepted *accepted, const cmd_policies *policies,
                   const fedval_report *report);
/* Tells on standard error of those that no report made use of. */
void accepted_tell(const cmd_accepted *accepted, const cmd_policies *policies);

#endif
