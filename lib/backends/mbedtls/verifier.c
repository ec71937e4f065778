/* The crypto port on libmbedcrypto. */
#include "fedval/mbedtls.h"

#include "backends/signature/scheme.h"

#include <mbedtls/asn1.h>
#include <mbedtls/bignum.h>
#include <mbedtls/ecp.h>
#include <mbedtls/md.h>
#include <mbedtls/pk.h>
#include <mbedtls/rsa.h>
#include <stdlib.h>

enum { MAX_EXPONENT_BYTES = 8 };

typedef struct key {
    fv_public_kind kind;
    mbedtls_pk_context pk;
} key;

static const mbedtls_md_type_t hash_types[FV_SCHEME_NUM_HASHES] = {
    [FV_SCHEME_NO_HASH] = MBEDTLS_MD_NONE,  [FV_SCHEME_MD5] = MBEDTLS_MD_MD5,
    [FV_SCHEME_SHA1] = MBEDTLS_MD_SHA1,     [FV_SCHEME_SHA224] = MBEDTLS_MD_SHA224,
    [FV_SCHEME_SHA256] = MBEDTLS_MD_SHA256, [FV_SCHEME_SHA384] = MBEDTLS_MD_SHA384,
    [FV_SCHEME_SHA512] = MBEDTLS_MD_SHA512,
};

static const mbedtls_md_info_t *hash_info(fv_scheme_hash hash)
{
    return mbedtls_md_info_from_type(hash_types[hash]);
}

static fedval_status digest(const uint8_t *data, size_t data_len, uint8_t out_digest[32],
                            void *user)
{
    (void)user;
    return mbedtls_md(hash_info(FV_SCHEME_SHA256), data, data_len, out_digest) == 0
               ? FEDVAL_OK
               : FEDVAL_ERROR_NO_MEMORY;
}

static void key_close(void *opened, void *user)
{
    key *self = opened;
    (void)user;
    if (self == NULL)
        return;
    mbedtls_pk_free(&self->pk);
    free(self);
}

/* An error of mbedTLS may be a sum: the error of a module (a multiple of 0x80) and the error of a
 * module that it calls. */
static bool is_out_of_memory(int error)
{
    int of_module = -(-error & ~0x7f), within = -(-error & 0x7f);
    return of_module == MBEDTLS_ERR_PK_ALLOC_FAILED || of_module == MBEDTLS_ERR_ECP_ALLOC_FAILED ||
           of_module == MBEDTLS_ERR_MD_ALLOC_FAILED || within == MBEDTLS_ERR_MPI_ALLOC_FAILED ||
           within == MBEDTLS_ERR_ASN1_ALLOC_FAILED;
}

static fedval_status parse(key *into, const uint8_t *spki, size_t spki_len)
{
    int error = mbedtls_pk_parse_public_key(&into->pk, spki, spki_len);
    if (error == 0)
        return FEDVAL_OK;
    if (is_out_of_memory(error))
        return FEDVAL_ERROR_NO_MEMORY;
    return error == MBEDTLS_ERR_PK_UNKNOWN_PK_ALG || error == MBEDTLS_ERR_PK_UNKNOWN_NAMED_CURVE ||
                   error == MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE
               ? FEDVAL_ERROR_NOT_FOUND
               : FEDVAL_ERROR_SYNTAX;
}

/* SEC 1 2.3.3: 2 and 3 begin a compressed point. X9.62 has a hybrid form too, 6 and 7. mbedTLS 2.28
 * reads neither, 3.6 the first for some curves. */
static bool is_uncompressed(const fv_public_key *parts)
{
    return parts->kind != FV_PUBLIC_EC || parts->point.len == 0 ||
           (parts->point.data[0] != 2 && parts->point.data[0] != 3 && parts->point.data[0] != 6 &&
            parts->point.data[0] != 7);
}

static fedval_status key_open(const uint8_t *spki, size_t spki_len, void **out_key, void *user)
{
    fv_public_key parts;
    if (!fv_public_key_read((fv_bytes){spki, spki_len}, &parts))
        return FEDVAL_ERROR_SYNTAX;
    if (parts.kind == FV_PUBLIC_UNKNOWN || parts.kind == FV_PUBLIC_ED25519 ||
        !is_uncompressed(&parts) || parts.modulus.len > MBEDTLS_MPI_MAX_SIZE ||
        parts.exponent.len > MAX_EXPONENT_BYTES)
        return FEDVAL_ERROR_NOT_FOUND;
    key *made = calloc(1, sizeof(*made));
    if (made == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    made->kind = parts.kind;
    mbedtls_pk_init(&made->pk);
    fedval_status status = parse(made, spki, spki_len);
    if (status == FEDVAL_OK)
        *out_key = made;
    else
        key_close(made, user);
    return status;
}

static int verify_hash(key *with, const fv_scheme *scheme, const uint8_t *hash, size_t hash_len,
                       fv_bytes signature)
{
    mbedtls_md_type_t type = hash_types[scheme->hash];
    mbedtls_pk_rsassa_pss_options pss = {hash_types[scheme->mgf1_hash], (int)scheme->salt_len};
    switch (scheme->kind) {
    case FV_SCHEME_RSA_PSS:
        return mbedtls_pk_verify_ext(MBEDTLS_PK_RSASSA_PSS, &pss, &with->pk, type, hash, hash_len,
                                     signature.data, signature.len);
    case FV_SCHEME_RSA_PKCS1:
    case FV_SCHEME_ECDSA:
    case FV_SCHEME_ED25519:
    case FV_SCHEME_UNKNOWN:
        break;
    }
    return mbedtls_pk_verify(&with->pk, type, hash, hash_len, signature.data, signature.len);
}

static uint32_t verify(void *opened, const uint8_t *algorithm, size_t algorithm_len,
                       const uint8_t *tbs, size_t tbs_len, const uint8_t *signature,
                       size_t signature_len, void *user)
{
    key *with = opened;
    uint8_t hash[MBEDTLS_MD_MAX_SIZE];
    fv_scheme scheme = fv_scheme_read((fv_bytes){algorithm, algorithm_len});
    const mbedtls_md_info_t *info = hash_info(scheme.hash);
    (void)user;
    /* mbedTLS masks with the hash of the message, whatever it is told. */
    if (scheme.kind == FV_SCHEME_RSA_PSS && scheme.mgf1_hash != scheme.hash)
        return FEDVAL_VERIFY_UNSUPPORTED;
    if (scheme.kind == FV_SCHEME_UNKNOWN || scheme.kind == FV_SCHEME_ED25519 || info == NULL ||
        (scheme.kind == FV_SCHEME_RSA_PSS && hash_info(scheme.mgf1_hash) == NULL))
        return FEDVAL_VERIFY_UNSUPPORTED;
    fv_bytes signed_as = {signature, signature_len};
    if (!fv_scheme_fits(&scheme, with->kind) ||
        (scheme.kind == FV_SCHEME_ECDSA && !fv_ecdsa_signature_is_der(signed_as)))
        return FEDVAL_VERIFY_BAD;
    if (mbedtls_md(info, tbs, tbs_len, hash) != 0)
        return FEDVAL_VERIFY_FAILED;
    int error = verify_hash(with, &scheme, hash, mbedtls_md_get_size(info), signed_as);
    if (error == 0)
        return FEDVAL_VERIFY_GOOD;
    return is_out_of_memory(error) ? FEDVAL_VERIFY_FAILED : FEDVAL_VERIFY_BAD;
}

fedval_status fedval_mbedtls_verifier_new(fedval_verifier **out_verifier)
{
    static const fedval_verifier_vtable vtable = {
        .size = sizeof(vtable),
        .digest = digest,
        .key_open = key_open,
        .key_close = key_close,
        .verify = verify,
    };
    if (out_verifier == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (hash_info(FV_SCHEME_SHA256) == NULL)
        return FEDVAL_ERROR_SYSTEM;
    return fedval_verifier_new(&vtable, NULL, out_verifier);
}
