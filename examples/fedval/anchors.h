/* The roots that are trusted, and revocation lists, from files. */
#ifndef ANCHORS_H
#define ANCHORS_H

#include "options.h"
#include "output.h"

#include <fedval/trust.h>

/* The anchors of --trust and --public-trust, else of the system's bundle; sealed. NULL when a file
 * cannot be used: the output has been told. */
fedval_anchors *anchors_load(const cmd_settings *settings, const fedval_verifier *verifier,
                             cmd_output *output);
/* The lists of --crl. False when one cannot be used; NULL in out_crls when none was given. */
bool crls_load(const cmd_settings *settings, fedval_crls **out_crls, cmd_output *output);

#endif
