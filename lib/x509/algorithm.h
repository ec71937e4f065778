/* Signature algorithms and public keys, in as much detail as policies need. */
#ifndef FV_X509_ALGORITHM_H
#define FV_X509_ALGORITHM_H

#include "base/bytes.h"
#include "x509/presence.h"

#include <stdbool.h>

typedef enum fv_hash {
    FV_HASH_NONE, /* the algorithm has none of its own (Ed25519), or it is not known */
    FV_HASH_MD2,
    FV_HASH_MD5,
    FV_HASH_SHA1,
    FV_HASH_SHA224,
    FV_HASH_SHA256,
    FV_HASH_SHA384,
    FV_HASH_SHA512,
    FV_HASH_SHA3, /* any size */
    FV_HASH_OTHER,
} fv_hash;

typedef enum fv_signature_kind {
    FV_SIGNATURE_OTHER, /* an OID that is not known here */
    FV_SIGNATURE_RSA_PKCS1,
    FV_SIGNATURE_RSA_PSS,
    FV_SIGNATURE_ECDSA,
    FV_SIGNATURE_DSA,
    FV_SIGNATURE_ED25519,
    FV_SIGNATURE_ED448,
} fv_signature_kind;

typedef struct fv_algorithm {
    fv_presence presence;
    fv_bytes der;        /* the whole AlgorithmIdentifier */
    fv_bytes oid;        /* contents */
    fv_bytes parameters; /* whole element; empty when there are none */
    fv_signature_kind kind;
    fv_hash hash;
    /* Whether the parameters are those that the algorithm's RFC demands: NULL for RSA (RFC 4055),
     * none for ECDSA, DSA and EdDSA (RFC 5758, RFC 8410), decodable ones for RSASSA-PSS. */
    bool has_proper_parameters;
    /* RSASSA-PSS: a salt length or trailer field that no signature can have */
    bool has_impossible_pss;
    fv_hash mgf1_hash;    /* RSASSA-PSS */
    uint32_t salt_length; /* RSASSA-PSS, bytes */
} fv_algorithm;

typedef enum fv_key_type {
    FV_KEY_OTHER,
    FV_KEY_RSA,
    FV_KEY_RSA_PSS, /* an RSA key that may make RSASSA-PSS signatures only */
    FV_KEY_EC,
    FV_KEY_DSA,
    FV_KEY_ED25519,
    FV_KEY_ED448,
    FV_KEY_X25519, /* key agreement: never an issuer's key */
    FV_KEY_X448,
} fv_key_type;

typedef enum fv_curve {
    FV_CURVE_NONE, /* not an EC key */
    FV_CURVE_P192,
    FV_CURVE_P224,
    FV_CURVE_P256,
    FV_CURVE_P384,
    FV_CURVE_P521,
    FV_CURVE_OTHER,    /* another one that OpenSSL has; bits is 0 */
    FV_CURVE_UNKNOWN,  /* named by an OID of which OpenSSL has no curve; bits is 0 */
    FV_CURVE_EXPLICIT, /* parameters instead of a name: RFC 5480 2.1.1 forbids it */
} fv_curve;

/* Why a key that can be read protects nothing: with such a key anybody can forge signatures. */
typedef enum fv_key_fault {
    FV_KEY_FAULT_NONE,
    FV_KEY_FAULT_RSA_EXPONENT, /* 1, or even (RFC 8017 3.1) */
    FV_KEY_FAULT_RSA_MODULUS,  /* even: no product of two large primes */
    FV_KEY_FAULT_POINT,        /* not on its curve (SEC 1 3.2.2.1) */
} fv_key_fault;

typedef struct fv_subject_key {
    fv_presence presence;
    fv_key_fault fault;
    fv_bytes spki;     /* the whole SubjectPublicKeyInfo */
    fv_bytes bits_der; /* contents of the BIT STRING, without the count of unused bits */
    fv_key_type type;
    fv_curve curve;
    uint32_t num_bits;       /* modulus, field or prime; 0 when not known */
    fv_bytes rsa_modulus;    /* big-endian, no leading zero */
    fv_bytes rsa_exponent;   /* likewise */
    bool has_bad_oid;        /* of its algorithm or its curve: not in the shortest form */
    bool has_odd_parameters; /* an RSA key whose parameters are not NULL */
    /* The parameters of an id-RSASSA-PSS key, which its signatures must keep to (RFC 4055 3.1). */
    bool has_pss_parameters;
    fv_hash pss_hash, pss_mgf1_hash;
    uint32_t pss_salt_length; /* at least */
} fv_subject_key;

/* "If the parameters of the issuer's public key are present ... the parameters in the signature
 * MUST validate" (RFC 4055 3.1): same hashes, salt no shorter; and no other padding. */
bool fv_algorithm_fits_key(const fv_algorithm *algorithm, const fv_subject_key *key);

/* RSASSA-PSS-params as a key or a signature holds them; false when they cannot be read. */
bool fv_algorithm_read_pss(fv_bytes parameters, fv_algorithm *out);
/* Never fail: what cannot be read is FV_MALFORMED. whole: the DER with tag and length. */
void fv_algorithm_decode(fv_bytes whole, fv_algorithm *out);
void fv_key_decode(fv_bytes whole, fv_subject_key *out);

/* "RSA-SHA256", "ECDSA-SHA384", "RSASSA-PSS-SHA256", "Ed25519", "unknown algorithm". Static. */
const char *fv_algorithm_to_text(const fv_algorithm *algorithm);
/* "RSA", "EC", "Ed25519", ... "unknown". Static. */
const char *fv_key_type_to_text(fv_key_type type);
/* "P-256" ... Static. */
const char *fv_curve_to_text(fv_curve curve);

#endif
