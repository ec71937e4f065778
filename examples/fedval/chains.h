/* The certificate chains that files give, in place of probes. */
#ifndef CHAINS_H
#define CHAINS_H

#include "options.h"
#include "output.h"

#include <fedval/evidence.h>
#include <fedval/name.h>

/* Whether a domain has the place of a chain for a target. */
typedef struct chain_use {
    bool is_used;
    uint16_t other_port; /* the host is one at this port; 0: it is none */
    size_t taken_by; /* the number of a chain that counts at a place of this one, from 1; 0: none */
} chain_use;

typedef struct cmd_chains {
    fedval_fact **facts;
    chain_use *uses; /* one for each */
    size_t count;
    const char *edge_fqdn;              /* a target beside those of DNS; NULL: none */
    char last_target[FEDVAL_NAME_SIZE]; /* that a domain has; "": none has one */
    /* That a target has, at which a chain for an address was looked for; "": none has one. */
    char last_address[FEDVAL_NAME_SIZE];
    /* The first look-up that failed, such as "expe.example.com A failed (timeout)"; "": none has.
     */
    char failure[FEDVAL_NAME_SIZE + 40];
    bool is_dns_asked; /* an SRV record was asked for */
} cmd_chains;

/* Those of --chain and --client-chain. False when one cannot be used: the output has been told. */
bool chains_load(cmd_chains *chains, const cmd_settings *settings, cmd_output *output);
/* Looks which places are targets in this evidence. */
void chains_note_use(cmd_chains *chains, const fedval_evidence *evidence);
/* A chain that no endpoint uses is a mistake: tells the output, with what may have been meant.
 * Where a look-up failed, it is none: a note says that the chain was not used. */
void chains_complain(const cmd_chains *chains, cmd_output *output);
void chains_clear(cmd_chains *chains);

#endif
