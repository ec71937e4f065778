/* The certificate chains that files give, in place of probes. */
#ifndef CHAINS_H
#define CHAINS_H

#include "options.h"
#include "output.h"

#include <fedval/evidence.h>

typedef struct fv_chains {
    fedval_fact **facts;
    size_t count;
} fv_chains;

/* Those of --chain and --client-chain. False when one cannot be used: the output has been told. */
bool chains_load(fv_chains *chains, const fv_settings *settings, fv_output *output);
void chains_clear(fv_chains *chains);

#endif
