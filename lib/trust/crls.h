/* The CRLs that a caller gave. */
#ifndef FV_TRUST_CRLS_H
#define FV_TRUST_CRLS_H

#include "base/arena.h"
#include "fedval/trust.h"
#include "x509/crl.h"

#include <stdatomic.h>

/* A key that the signature on a CRL was found good with, and the verifier that found it. */
typedef struct fv_crl_proof {
    fedval_verifier *verifier; /* held */
    size_t spki_len;
    uint8_t spki[];
} fv_crl_proof;

/* A CRL that was given. To hash a large CRL takes long, so it is done once: the proof is kept for
 * all chains. */
typedef struct fv_given_crl {
    fv_crl crl;
    size_t index;       /* its place among the CRLs */
    const char *issuer; /* the name of its issuer, for people */
    _Atomic(fv_crl_proof *) proof;
} fv_given_crl;

struct fedval_crls {
    _Atomic(size_t) num_holders; /* the caller counts as one, each judge that has it as one more */
    fv_arena arena;
    bool is_sealed;
    fv_given_crl **items;
    size_t num_items, capacity;
};

/* Whether `verifier` has found the signature good with the key `spki` before. */
bool fv_given_crl_is_proven(fv_given_crl *given, const fedval_verifier *verifier, fv_bytes spki);
/* Remembers that `verifier` found it so. Does nothing if a proof is there already or memory is
 * short. */
void fv_given_crl_prove(fv_given_crl *given, const fedval_verifier *verifier, fv_bytes spki);

/* Takes one more reference. The collection lives until fedval_crls_free has been called for each.
 */
static inline fedval_crls *fv_crls_hold(fedval_crls *crls)
{
    atomic_fetch_add(&crls->num_holders, 1);
    return crls;
}

#endif
