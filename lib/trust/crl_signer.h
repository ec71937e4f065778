/* Finds the CA that signed a CRL: the issuer of the certificate, or another CA that has a path of
 * its own (RFC 5280 6.3.3 (f), (g)). */
#ifndef FV_TRUST_CRL_SIGNER_H
#define FV_TRUST_CRL_SIGNER_H

#include "trust/crls.h"
#include "trust/search.h"

/* `issuer` is the CA above the certificate on the current path. Returns NULL if the signature is
 * good and its signer may sign this CRL; else the reason. */
const char *fv_crl_find_signer_fault(fv_search *search, fv_given_crl *given, fv_node *issuer);

#endif
