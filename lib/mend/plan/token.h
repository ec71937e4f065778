/* A token: a few bytes that take the place of a chain of the plan in evidence. They are no DER. */
#ifndef FV_MEND_PLAN_TOKEN_H
#define FV_MEND_PLAN_TOKEN_H

#include "base/bytes.h"

#include <stdbool.h>
#include <string.h>

typedef struct fv_plan_token {
    uint8_t bytes[12]; /* "plan:", the number of the certificate, which of its chains */
} fv_plan_token;

static inline fv_plan_token fv_plan_token_make(size_t certificate, uint32_t chain)
{
    fv_plan_token token = {{'p', 'l', 'a', 'n', ':'}};
    for (size_t i = 0; i < 4; i++)
        token.bytes[5 + i] = (uint8_t)(certificate >> (8 * i));
    token.bytes[9] = (uint8_t)chain;
    return token;
}

static inline bool fv_plan_token_read(fv_bytes bytes, size_t *out_certificate, uint32_t *out_chain)
{
    if (bytes.len != sizeof(fv_plan_token) || memcmp(bytes.data, "plan:", 5) != 0)
        return false;
    *out_certificate = 0;
    for (size_t i = 0; i < 4; i++)
        *out_certificate |= (size_t)bytes.data[5 + i] << (8 * i);
    *out_chain = bytes.data[9];
    return true;
}

#endif
