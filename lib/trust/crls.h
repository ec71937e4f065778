/* The CRLs that a caller gave. */
#ifndef FV_TRUST_CRLS_H
#define FV_TRUST_CRLS_H

#include "base/arena.h"
#include "fedval/trust.h"
#include "x509/crl.h"

#include <stdatomic.h>

/* A key with which the signature on a CRL was found good, and the verifier that found it. */
typedef struct fv_crl_proof {
    fedval_verifier *verifier; /* held */
    size_t spki_len;
    uint8_t spki[];
} fv_crl_proof;

/* A CRL that was given. A large one is digested once: the proof is kept for all chains. */
typedef struct fv_given_crl {
    fv_crl crl;
    const char *issuer; /* for people */
    _Atomic(fv_crl_proof *) proof;
} fv_given_crl;

struct fedval_crls {
    _Atomic(size_t) num_holders; /* the caller, and the judges that have it */
    fv_arena arena;
    bool is_sealed;
    fv_given_crl **items;
    size_t num_items, capacity;
};

/* Whether the signature is known to be good by this key and this verifier. */
bool fv_given_crl_is_proven(fv_given_crl *given, const fedval_verifier *verifier, fv_bytes spki);
/* Remembers that it is, where nothing is remembered yet and memory allows. */
void fv_given_crl_prove(fv_given_crl *given, const fedval_verifier *verifier, fv_bytes spki);

/* Keeps it alive until fedval_crls_free was called once more. */
static inline fedval_crls *fv_crls_hold(fedval_crls *crls)
{
    atomic_fetch_add(&crls->num_holders, 1);
    return crls;
}

#endif
