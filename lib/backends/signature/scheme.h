/* The parts of DER that both verifiers read before they call their library: the signature algorithm
 * (RFC 4055, 5758, 8410) and the public key (RFC 5280 4.1.2.7). */
#ifndef FV_BACKENDS_SIGNATURE_SCHEME_H
#define FV_BACKENDS_SIGNATURE_SCHEME_H

#include "base/bytes.h"

#include <stdbool.h>

typedef enum fv_scheme_kind {
    FV_SCHEME_UNKNOWN,
    FV_SCHEME_RSA_PKCS1,
    FV_SCHEME_RSA_PSS,
    FV_SCHEME_ECDSA,
    FV_SCHEME_ED25519,
} fv_scheme_kind;

typedef enum fv_scheme_hash {
    FV_SCHEME_NO_HASH,
    FV_SCHEME_MD5,
    FV_SCHEME_SHA1,
    FV_SCHEME_SHA224,
    FV_SCHEME_SHA256,
    FV_SCHEME_SHA384,
    FV_SCHEME_SHA512,
    FV_SCHEME_NUM_HASHES,
} fv_scheme_hash;

typedef struct fv_scheme {
    fv_scheme_kind kind;
    fv_scheme_hash hash;
    fv_scheme_hash mgf1_hash; /* RSASSA-PSS */
    uint32_t salt_len;        /* RSASSA-PSS, bytes */
} fv_scheme;

typedef enum fv_public_kind {
    FV_PUBLIC_UNKNOWN,
    FV_PUBLIC_RSA,
    FV_PUBLIC_RSA_PSS, /* may make RSASSA-PSS signatures only (RFC 4055 1.2) */
    FV_PUBLIC_EC,
    FV_PUBLIC_ED25519,
} fv_public_kind;

typedef enum fv_public_curve {
    FV_PUBLIC_NO_CURVE,
    FV_PUBLIC_P224,
    FV_PUBLIC_P256,
    FV_PUBLIC_P384,
    FV_PUBLIC_P521,
    FV_PUBLIC_NUM_CURVES,
} fv_public_curve;

typedef struct fv_public_key {
    fv_public_kind kind;
    fv_public_curve curve;      /* EC */
    fv_bytes modulus, exponent; /* RSA, big-endian */
    fv_bytes point;             /* EC: the encoded point; Ed25519: its 32 bytes */
} fv_public_key;

/* Reads an AlgorithmIdentifier. `kind` is FV_SCHEME_UNKNOWN if the algorithm is not known or does
 * not have the form that its RFC demands. */
fv_scheme fv_scheme_read(fv_bytes algorithm);
/* Reads a SubjectPublicKeyInfo. False: it cannot be read. An unknown kind or curve is no failure:
 * `kind` is then FV_PUBLIC_UNKNOWN. */
bool fv_public_key_read(fv_bytes spki, fv_public_key *out);
/* Whether an ECDSA signature (RFC 3279 2.2.3) is DER as X.690 10.1 and 8.3.2 have it: one encoding
 * for each pair of numbers. libmbedcrypto takes others too, OpenSSL none. */
bool fv_ecdsa_signature_is_der(fv_bytes signature);
/* Whether a key of the kind `key` can make a signature of this scheme at all. */
bool fv_scheme_fits(const fv_scheme *scheme, fv_public_kind key);

#endif
