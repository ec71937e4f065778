/* SHA-256 (FIPS 180-4), for digests that are shown. Signatures are the verifier's business. */
#ifndef FV_BASE_SHA256_H
#define FV_BASE_SHA256_H

#include "base/bytes.h"

void fv_sha256(fv_bytes data, uint8_t out[32]);

#endif
