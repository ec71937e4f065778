/* SHA-256 (FIPS 180-4), for digests that are shown to people. Signatures are checked by the
 * verifier, not with this. */
#ifndef FV_BASE_SHA256_H
#define FV_BASE_SHA256_H

#include "base/bytes.h"

/* A digest in hexadecimal, and its NUL. */
#define FV_SHA256_TEXT_SIZE 65

void fv_sha256(fv_bytes data, uint8_t out[32]);
/* Writes the digest of `data` in lower-case hexadecimal. */
void fv_sha256_write(fv_bytes data, char out[FV_SHA256_TEXT_SIZE]);

#endif
