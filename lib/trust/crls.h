/* The CRLs that a caller gave. */
#ifndef FV_TRUST_CRLS_H
#define FV_TRUST_CRLS_H

#include "base/arena.h"
#include "fedval/trust.h"
#include "x509/crl.h"

#include <stdatomic.h>

struct fedval_crls {
    _Atomic(size_t) num_holders; /* the caller, and the judges that have it */
    fv_arena arena;
    bool is_sealed;
    const fv_crl **items;
    size_t num_items, capacity;
    const char **issuers; /* of each, for people */
    size_t num_issuers, issuers_capacity;
};

/* Keeps it alive until fedval_crls_free was called once more. */
static inline fedval_crls *fv_crls_hold(fedval_crls *crls)
{
    atomic_fetch_add(&crls->num_holders, 1);
    return crls;
}

#endif
