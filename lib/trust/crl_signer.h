/* Who signed a CRL: the CA above the certificate, or another one that a path of its own leads to
 * (RFC 5280 6.3.3 (f), (g)). */
#ifndef FV_TRUST_CRL_SIGNER_H
#define FV_TRUST_CRL_SIGNER_H

#include "trust/crls.h"
#include "trust/search.h"

/* issuer: the CA above the certificate on the path under way. NULL: the signature is good, and by
 * somebody who may sign this CRL; else why not. */
const char *fv_crl_find_signer_fault(fv_search *search, fv_given_crl *given, fv_node *issuer);

#endif
