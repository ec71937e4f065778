/* A signature verifier that believes everything, at no cost: for tests in which signatures are not
 * what is tested. A program takes what it wants and writes the rest itself. */
#ifndef FV_TEST_BELIEVING_VERIFIER_H
#define FV_TEST_BELIEVING_VERIFIER_H

#include "fedval/backend.h"

#include <string.h>

/* No SHA-256, but other bytes give another digest. */
static inline fedval_status believer_digest(const uint8_t *data, size_t data_len,
                                            uint8_t out_digest[32], void *user)
{
    (void)user;
    memset(out_digest, 0, 32);
    for (size_t i = 0; i < data_len; i++)
        out_digest[i % 32] = (uint8_t)(out_digest[i % 32] * 31 + data[i]);
    return FEDVAL_OK;
}

static inline fedval_status believer_key_open(const uint8_t *spki, size_t spki_len, void **out_key,
                                              void *user)
{
    static uint8_t key;
    (void)spki;
    (void)spki_len;
    (void)user;
    *out_key = &key;
    return FEDVAL_OK;
}

static inline void believer_key_close(void *key, void *user)
{
    (void)key;
    (void)user;
}

static inline uint32_t believer_verify(void *key, const uint8_t *algorithm, size_t algorithm_len,
                                       const uint8_t *tbs, size_t tbs_len, const uint8_t *signature,
                                       size_t signature_len, void *user)
{
    (void)key;
    (void)algorithm;
    (void)algorithm_len;
    (void)tbs;
    (void)tbs_len;
    (void)signature;
    (void)signature_len;
    (void)user;
    return FEDVAL_VERIFY_GOOD;
}

static inline fedval_status believer_new(fedval_verifier **out_verifier)
{
    static const fedval_verifier_vtable vtable = {
        .size = sizeof(vtable),
        .digest = believer_digest,
        .key_open = believer_key_open,
        .key_close = believer_key_close,
        .verify = believer_verify,
    };
    return fedval_verifier_new(&vtable, NULL, out_verifier);
}

#endif
