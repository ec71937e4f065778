/* The crypto port as the core calls it. */
#ifndef FV_TRUST_VERIFIER_H
#define FV_TRUST_VERIFIER_H

#include "base/bytes.h"
#include "base/error.h"
#include "fedval/backend.h"

#include <stdatomic.h>

struct fedval_verifier {
    fedval_verifier_vtable vtable;
    void *user;
    struct fedval_verifier *self; /* lets a const verifier be held */
    /* the caller, each set of anchors that keeps keys of it, each cache before it */
    _Atomic(size_t) num_holders;
};

/* Takes one more reference. The verifier lives until fedval_verifier_free has been called for each.
 */
static inline fedval_verifier *fv_verifier_hold(const fedval_verifier *verifier)
{
    atomic_fetch_add(&verifier->self->num_holders, 1);
    return verifier->self;
}

static inline fedval_status fv_verifier_digest(const fedval_verifier *verifier, fv_bytes data,
                                               uint8_t out[32])
{
    return fv_status_checked(verifier->vtable.digest(data.data, data.len, out, verifier->user));
}

static inline fedval_status fv_verifier_key_open(const fedval_verifier *verifier, fv_bytes spki,
                                                 void **out_key)
{
    *out_key = NULL;
    return fv_status_checked(
        verifier->vtable.key_open(spki.data, spki.len, out_key, verifier->user));
}

/* Returns the FEDVAL_VERIFY_ of every signature by a key that was not opened; FAILED: `status` says
 * nothing of the key. */
static inline uint32_t fv_verifier_result_without_key(fedval_status status)
{
    if (status == FEDVAL_ERROR_SYNTAX)
        return FEDVAL_VERIFY_BAD;
    return status == FEDVAL_ERROR_NOT_FOUND ? FEDVAL_VERIFY_UNSUPPORTED : FEDVAL_VERIFY_FAILED;
}

static inline void fv_verifier_key_close(const fedval_verifier *verifier, void *key)
{
    if (key != NULL)
        verifier->vtable.key_close(key, verifier->user);
}

/* FEDVAL_VERIFY_ */
static inline uint32_t fv_verifier_verify(const fedval_verifier *verifier, void *key,
                                          fv_bytes algorithm, fv_bytes tbs, fv_bytes signature)
{
    uint32_t result = verifier->vtable.verify(key, algorithm.data, algorithm.len, tbs.data, tbs.len,
                                              signature.data, signature.len, verifier->user);
    return result >= FEDVAL_VERIFY_GOOD && result <= FEDVAL_VERIFY_FAILED ? result
                                                                          : FEDVAL_VERIFY_FAILED;
}

#endif
