/* SHA-256 (FIPS 180-4), for digests that are shown to people. Signatures are checked by the
 * verifier, not with this. */
#ifndef FV_BASE_SHA256_H
#define FV_BASE_SHA256_H

#include "base/bytes.h"

void fv_sha256(fv_bytes data, uint8_t out[32]);

#endif
