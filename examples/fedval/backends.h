/* The backends that this command was built with. */
#ifndef BACKENDS_H
#define BACKENDS_H

#include "options.h"
#include "output.h"

#include <fedval/backend.h>

/* Each returns NULL after telling the output why: a capability that was not built in, an address
 * that is none, a file that cannot be used. */

/* The faster of those that are built in, or that of --tls. */
fedval_verifier *backends_verifier(const fv_settings *settings, fv_output *output);
/* The prober of the same library, with the identity of --client-cert. */
fedval_port *backends_prober(const fv_settings *settings, fv_output *output);
/* One view: the zone files, then the resolver at `address` (NULL: the system's), unless offline. */
fedval_port *backends_resolver(const fv_settings *settings, const char *address, fv_output *output);

#endif
