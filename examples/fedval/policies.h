/* The policies that the command line asks for. */
#ifndef POLICIES_H
#define POLICIES_H

#include "options.h"
#include "output.h"

#include <fedval/policy.h>

typedef struct cmd_policies {
    fedval_policy **items; /* one for each --profile and --policy; at least one */
    size_t count;
    /* Where neither profile nor side was given, the side decides: this judges a domain that turns
     * out to be Microsoft's, in place of the only item. NULL otherwise. */
    fedval_policy *other;
} cmd_policies;

/* False when an option or a file cannot be used: the output has been told. */
bool policies_build(cmd_policies *policies, const cmd_settings *settings, cmd_output *output);
void policies_clear(cmd_policies *policies);

#endif
