/* The backends that this command was built with. */
#ifndef BACKENDS_H
#define BACKENDS_H

#include "options.h"
#include "output.h"

#include <fedval/backend.h>

/* Each tells the output why when it cannot be had: a capability that was not built in, an address
 * that is none, a file that cannot be used. */

/* The faster of those that are built in, or that of --tls; out_verifier stays NULL where none is:
 * signatures are then not verified. */
bool backends_verifier(const cmd_settings *settings, fedval_verifier **out_verifier,
                       cmd_output *output);
/* The prober of the same library, with the identity of --client-cert; NULL as above. */
bool backends_prober(const cmd_settings *settings, fedval_port **out_prober, cmd_output *output);
/* One view: the zone files, then the resolver at `address` (NULL: the system's), unless offline.
 * NULL when it cannot be had. */
fedval_port *backends_resolver(const cmd_settings *settings, const char *address,
                               cmd_output *output);

#endif
