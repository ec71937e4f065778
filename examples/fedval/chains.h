/* The certificate chains that files give, in place of probes. */
#ifndef CHAINS_H
#define CHAINS_H

#include "options.h"
#include "output.h"

#include <fedval/evidence.h>

typedef struct cmd_chains {
    fedval_fact **facts;
    bool *are_used; /* whether a domain has the host for a target */
    size_t count;
} cmd_chains;

/* Those of --chain and --client-chain. False when one cannot be used: the output has been told. */
bool chains_load(cmd_chains *chains, const cmd_settings *settings, cmd_output *output);
/* Looks which hosts are targets in this evidence. */
void chains_note_use(cmd_chains *chains, const fedval_evidence *evidence);
/* A host that is nobody's target was likely misspelt: says so on standard error. */
void chains_complain(const cmd_chains *chains);
void chains_clear(cmd_chains *chains);

#endif
