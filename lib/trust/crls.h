/* The CRLs that a caller gave. */
#ifndef FV_TRUST_CRLS_H
#define FV_TRUST_CRLS_H

#include "base/arena.h"
#include "fedval/trust.h"
#include "x509/crl.h"

struct fedval_crls {
    fv_arena arena;
    bool is_sealed;
    const fv_crl **items;
    size_t num_items, capacity;
    const char **issuers; /* of each, for people */
    size_t num_issuers, issuers_capacity;
};

#endif
