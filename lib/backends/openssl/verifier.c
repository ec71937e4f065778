/* The crypto port on libcrypto. Keys are built from their raw numbers, because d2i_PUBKEY of
 * OpenSSL 3.0 takes several times as long as a verification. */
#define OPENSSL_SUPPRESS_DEPRECATED /* raw numbers need RSA and EC_KEY, which are deprecated */

#include "fedval/openssl.h"

#include "backends/signature/scheme.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_RSA_BYTES = 2048, /* 16,384 bits, as libcrypto itself */
    MAX_EXPONENT_BYTES = 8,
};

typedef struct verifier {
    EVP_MD *hashes[FV_SCHEME_NUM_HASHES]; /* NULL: libcrypto does not offer it */
    EC_GROUP *curves[FV_PUBLIC_NUM_CURVES];
} verifier;

typedef struct key {
    fv_public_kind kind;
    RSA *rsa;
    EC_KEY *ec;
    EVP_PKEY *ed25519;
} key;

static const struct {
    const char *name;
    int nid;
} hash_rows[FV_SCHEME_NUM_HASHES] = {
    [FV_SCHEME_MD5] = {"MD5", NID_md5},          [FV_SCHEME_SHA1] = {"SHA1", NID_sha1},
    [FV_SCHEME_SHA224] = {"SHA224", NID_sha224}, [FV_SCHEME_SHA256] = {"SHA256", NID_sha256},
    [FV_SCHEME_SHA384] = {"SHA384", NID_sha384}, [FV_SCHEME_SHA512] = {"SHA512", NID_sha512},
};

static const int curve_nids[FV_PUBLIC_NUM_CURVES] = {
    [FV_PUBLIC_P224] = NID_secp224r1,
    [FV_PUBLIC_P256] = NID_X9_62_prime256v1,
    [FV_PUBLIC_P384] = NID_secp384r1,
    [FV_PUBLIC_P521] = NID_secp521r1,
};

/* Empties the queue of errors that libcrypto keeps for each thread, because nothing here reads it.
 */
static void forget_errors(void)
{
    ERR_clear_error();
}

/* libcrypto also answers "bad" when it ran out of memory. Only its queue of errors tells the two
 * apart. */
static bool has_run_out_of_memory(void)
{
    unsigned long error;
    bool found = false;
    while ((error = ERR_get_error()) != 0)
        found = found || ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE;
    return found;
}

static fedval_status digest(const uint8_t *data, size_t data_len, uint8_t out_digest[32],
                            void *user)
{
    verifier *self = user;
    unsigned len = 32;
    return EVP_Digest(data, data_len, out_digest, &len, self->hashes[FV_SCHEME_SHA256], NULL) == 1
               ? FEDVAL_OK
               : FEDVAL_ERROR_NO_MEMORY;
}

static void key_close(void *opened, void *user)
{
    key *self = opened;
    (void)user;
    if (self == NULL)
        return;
    RSA_free(self->rsa);
    EC_KEY_free(self->ec);
    EVP_PKEY_free(self->ed25519);
    free(self);
}

static fedval_status open_rsa(const fv_public_key *parts, key *out)
{
    if (parts->modulus.len > MAX_RSA_BYTES || parts->exponent.len > MAX_EXPONENT_BYTES)
        return FEDVAL_ERROR_NOT_FOUND;
    BIGNUM *n = BN_bin2bn(parts->modulus.data, (int)parts->modulus.len, NULL);
    BIGNUM *e = BN_bin2bn(parts->exponent.data, (int)parts->exponent.len, NULL);
    out->rsa = RSA_new();
    if (n != NULL && e != NULL && out->rsa != NULL && RSA_set0_key(out->rsa, n, e, NULL) == 1)
        return FEDVAL_OK;
    BN_free(n);
    BN_free(e);
    return FEDVAL_ERROR_NO_MEMORY;
}

static fedval_status open_ec(const verifier *self, const fv_public_key *parts, key *out)
{
    const EC_GROUP *curve = self->curves[parts->curve];
    if (curve == NULL)
        return FEDVAL_ERROR_NOT_FOUND;
    out->ec = EC_KEY_new();
    if (out->ec == NULL || EC_KEY_set_group(out->ec, curve) != 1)
        return FEDVAL_ERROR_NO_MEMORY;
    if (EC_KEY_oct2key(out->ec, parts->point.data, parts->point.len, NULL) == 1)
        return FEDVAL_OK;
    return has_run_out_of_memory() ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_ERROR_SYNTAX;
}

static fedval_status open_parts(const verifier *self, const fv_public_key *parts, key *out)
{
    out->kind = parts->kind;
    switch (parts->kind) {
    case FV_PUBLIC_RSA:
    case FV_PUBLIC_RSA_PSS:
        return open_rsa(parts, out);
    case FV_PUBLIC_EC:
        return open_ec(self, parts, out);
    case FV_PUBLIC_ED25519:
        out->ed25519 = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, parts->point.data,
                                                   parts->point.len);
        return out->ed25519 != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
    case FV_PUBLIC_UNKNOWN:
        break;
    }
    return FEDVAL_ERROR_NOT_FOUND;
}

static fedval_status key_open(const uint8_t *spki, size_t spki_len, void **out_key, void *user)
{
    fv_public_key parts;
    if (!fv_public_key_read((fv_bytes){spki, spki_len}, &parts))
        return FEDVAL_ERROR_SYNTAX;
    key *made = calloc(1, sizeof(*made));
    if (made == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = open_parts(user, &parts, made);
    forget_errors();
    if (status == FEDVAL_OK)
        *out_key = made;
    else
        key_close(made, user);
    return status;
}

static bool hash_tbs(const verifier *self, fv_scheme_hash hash, fv_bytes tbs,
                     uint8_t out[EVP_MAX_MD_SIZE], unsigned *out_len)
{
    return EVP_Digest(tbs.data, tbs.len, out, out_len, self->hashes[hash], NULL) == 1;
}

/* RFC 8017 8.1.2: RSA gives the encoded message, then EMSA-PSS checks it. */
static bool verify_pss(const verifier *self, const key *with, const fv_scheme *scheme,
                       const uint8_t *hash, fv_bytes signature)
{
    uint8_t encoded[MAX_RSA_BYTES];
    int size = RSA_size(with->rsa);
    if (signature.len != (size_t)size ||
        RSA_public_decrypt(size, signature.data, encoded, with->rsa, RSA_NO_PADDING) != size)
        return false;
    return RSA_verify_PKCS1_PSS_mgf1(with->rsa, hash, self->hashes[scheme->hash],
                                     self->hashes[scheme->mgf1_hash], encoded,
                                     (int)scheme->salt_len) == 1;
}

static bool verify_hash(const verifier *self, const key *with, const fv_scheme *scheme,
                        const uint8_t *hash, unsigned hash_len, fv_bytes signature)
{
    if (scheme->kind == FV_SCHEME_RSA_PSS)
        return verify_pss(self, with, scheme, hash, signature);
    if (scheme->kind == FV_SCHEME_RSA_PKCS1) {
        return RSA_verify(hash_rows[scheme->hash].nid, hash, hash_len, signature.data,
                          (unsigned)signature.len, with->rsa) == 1;
    }
    return ECDSA_verify(0, hash, (int)hash_len, signature.data, (int)signature.len, with->ec) == 1;
}

/* Ed25519 (RFC 8032) signs the message itself, not a hash of it. */
static uint32_t verify_ed25519(const key *with, fv_bytes tbs, fv_bytes signature)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    uint32_t result = FEDVAL_VERIFY_FAILED;
    if (context != NULL && EVP_DigestVerifyInit(context, NULL, NULL, NULL, with->ed25519) == 1) {
        result = EVP_DigestVerify(context, signature.data, signature.len, tbs.data, tbs.len) == 1
                     ? FEDVAL_VERIFY_GOOD
                     : FEDVAL_VERIFY_BAD;
    }
    EVP_MD_CTX_free(context);
    return result;
}

static uint32_t verify_read(const verifier *self, const key *with, const fv_scheme *scheme,
                            fv_bytes tbs, fv_bytes signature)
{
    uint8_t hash[EVP_MAX_MD_SIZE];
    unsigned hash_len = sizeof(hash);
    if (scheme->kind == FV_SCHEME_ED25519)
        return verify_ed25519(with, tbs, signature);
    if (self->hashes[scheme->hash] == NULL ||
        (scheme->kind == FV_SCHEME_RSA_PSS && self->hashes[scheme->mgf1_hash] == NULL))
        return FEDVAL_VERIFY_UNSUPPORTED;
    if (!hash_tbs(self, scheme->hash, tbs, hash, &hash_len))
        return FEDVAL_VERIFY_FAILED;
    return verify_hash(self, with, scheme, hash, hash_len, signature) ? FEDVAL_VERIFY_GOOD
                                                                      : FEDVAL_VERIFY_BAD;
}

static uint32_t verify(void *opened, const uint8_t *algorithm, size_t algorithm_len,
                       const uint8_t *tbs, size_t tbs_len, const uint8_t *signature,
                       size_t signature_len, void *user)
{
    const key *with = opened;
    fv_scheme scheme = fv_scheme_read((fv_bytes){algorithm, algorithm_len});
    if (scheme.kind == FV_SCHEME_UNKNOWN)
        return FEDVAL_VERIFY_UNSUPPORTED;
    if (!fv_scheme_fits(&scheme, with->kind) || signature_len > INT32_MAX)
        return FEDVAL_VERIFY_BAD;
    forget_errors(); /* errors that other code has left in the queue */
    uint32_t result = verify_read(user, with, &scheme, (fv_bytes){tbs, tbs_len},
                                  (fv_bytes){signature, signature_len});
    if (result == FEDVAL_VERIFY_BAD && has_run_out_of_memory())
        result = FEDVAL_VERIFY_FAILED;
    forget_errors();
    return result;
}

static void destroy(void *user)
{
    verifier *self = user;
    if (self == NULL)
        return;
    for (size_t i = 0; i < FV_SCHEME_NUM_HASHES; i++)
        EVP_MD_free(self->hashes[i]);
    for (size_t i = 0; i < FV_PUBLIC_NUM_CURVES; i++)
        EC_GROUP_free(self->curves[i]);
    free(self);
}

static verifier *make(void)
{
    verifier *self = calloc(1, sizeof(*self));
    if (self == NULL)
        return NULL;
    /* OPENSSL_CONF may forbid algorithms, but verdicts must not depend on the environment. */
    (void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    for (size_t i = 0; i < FV_SCHEME_NUM_HASHES; i++) {
        if (hash_rows[i].name != NULL)
            self->hashes[i] = EVP_MD_fetch(NULL, hash_rows[i].name, NULL);
    }
    for (size_t i = 0; i < FV_PUBLIC_NUM_CURVES; i++) {
        if (curve_nids[i] != 0)
            self->curves[i] = EC_GROUP_new_by_curve_name(curve_nids[i]);
    }
    forget_errors();
    return self;
}

fedval_status fedval_openssl_verifier_new(fedval_verifier **out_verifier)
{
    static const fedval_verifier_vtable vtable = {
        .size = sizeof(vtable),
        .digest = digest,
        .key_open = key_open,
        .key_close = key_close,
        .verify = verify,
        .destroy = destroy,
    };
    if (out_verifier == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    verifier *self = make();
    if (self == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = self->hashes[FV_SCHEME_SHA256] == NULL
                               ? FEDVAL_ERROR_SYSTEM
                               : fedval_verifier_new(&vtable, self, out_verifier);
    if (status != FEDVAL_OK)
        destroy(self);
    return status;
}
