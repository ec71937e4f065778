/* Finds the CA that signed a CRL: the issuer of the certificate, or another CA that has a path of
 * its own (RFC 5280 6.3.3 (f), (g)). */
#ifndef FV_TRUST_CRL_SIGNER_H
#define FV_TRUST_CRL_SIGNER_H

#include "trust/crls.h"
#include "trust/search.h"

/* What was found out about one CRL with one CA above the certificate on the path. Each is found out
 * once, since every CRL is compared with every other. */
typedef struct fv_crl_check {
    struct fv_crl_check *next; /* of the same CRL, with another CA */
    const fv_node *issuer;
    bool is_verified;
    uint32_t result; /* FEDVAL_VERIFY_, once `is_verified` */
    enum { FV_BASE_UNKNOWN, FV_BASE_GIVEN, FV_BASE_MISSING } base; /* of a delta */
    const fv_node *base_under; /* the root of the path that `base` was found out on */
} fv_crl_check;

/* Returns what was found out so far. NULL: memory is short (the status of the search says so). */
fv_crl_check *fv_crl_check_of(fv_search *search, const fv_given_crl *given, const fv_node *issuer);

/* `issuer` is the CA above the certificate on the current path. Returns NULL if the signature is
 * good and its signer may sign this CRL; else the reason. */
const char *fv_crl_find_signer_fault(fv_search *search, fv_given_crl *given, fv_node *issuer);

#endif
