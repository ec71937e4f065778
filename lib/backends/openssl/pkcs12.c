/* Reads the certificates of a PKCS #12 file (RFC 7292). libcrypto decrypts it. */
#include "base/error.h"
#include "base/secret.h"
#include "base/text.h"
#include "fedval/openssl.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_FILE = 16 << 20,
    /* Of a whole file. Programs write 2,048 to 600,000 at each of two or three places. Larger
     * counts, or more of them, in a hostile file would keep the machine busy. */
    MAX_ITERATIONS = 5000000,
    MAX_DEPTH = 8,
    MAX_KEY = 64, /* bytes: no cipher and no MAC of such a file has a longer key */
};

/* ---- how much work the file asks for ---- */

/* Takes the rounds of one key derivation from `left`, those that the whole file may still ask for.
 * Returns false if they are more. */
static bool is_bounded(const ASN1_INTEGER *iterations, uint64_t *left)
{
    uint64_t count = 1;
    if (iterations != NULL &&
        (ASN1_INTEGER_get_uint64(&count, iterations) != 1 || count > MAX_ITERATIONS))
        return false;
    bool is_ok = count <= *left;
    *left -= is_ok ? count : 0;
    return is_ok;
}

static bool is_key_bounded(const ASN1_INTEGER *len)
{
    uint64_t bytes = 0;
    return ASN1_INTEGER_get_uint64(&bytes, len) == 1 && bytes <= MAX_KEY;
}

static bool is_pbkdf2_bounded(const X509_ALGOR *algorithm, uint64_t *left)
{
    PBKDF2PARAM *parameters =
        ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM), algorithm->parameter);
    bool is_ok = parameters != NULL && is_bounded(parameters->iter, left) &&
                 (parameters->keylength == NULL || is_key_bounded(parameters->keylength));
    PBKDF2PARAM_free(parameters);
    return is_ok;
}

/* The iterations of PBES2 and PBMAC1 (RFC 8018) belong to the key derivation; their parameters have
 * one form. The older schemes have a count of their own. */
static bool is_scheme_bounded(const X509_ALGOR *algorithm, uint64_t *left)
{
    bool is_ok = false;
    int kind = OBJ_obj2nid(algorithm->algorithm);
    if (kind == NID_pbes2 || kind == NID_pbmac1) {
        PBE2PARAM *scheme =
            ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), algorithm->parameter);
        is_ok = scheme != NULL && OBJ_obj2nid(scheme->keyfunc->algorithm) == NID_id_pbkdf2 &&
                is_pbkdf2_bounded(scheme->keyfunc, left);
        PBE2PARAM_free(scheme);
        return is_ok;
    }
    PBEPARAM *scheme = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBEPARAM), algorithm->parameter);
    is_ok = scheme != NULL && is_bounded(scheme->iter, left);
    PBEPARAM_free(scheme);
    return is_ok;
}

/* A key has a scheme of its own, which is run after that of the part in which the key lies. Bags
 * can hold bags. */
static bool are_bags_bounded(const STACK_OF(PKCS12_SAFEBAG) * bags, int depth, uint64_t *left)
{
    bool is_ok = bags != NULL && depth < MAX_DEPTH;
    for (int i = 0; is_ok && i < sk_PKCS12_SAFEBAG_num(bags); i++) {
        const PKCS12_SAFEBAG *bag = sk_PKCS12_SAFEBAG_value(bags, i);
        const X509_ALGOR *algorithm = NULL;
        int kind = PKCS12_SAFEBAG_get_nid(bag);
        if (kind == NID_safeContentsBag)
            is_ok = are_bags_bounded(PKCS12_SAFEBAG_get0_safes(bag), depth + 1, left);
        if (kind != NID_pkcs8ShroudedKeyBag)
            continue;
        X509_SIG_get0(PKCS12_SAFEBAG_get0_pkcs8(bag), &algorithm, NULL);
        is_ok = is_scheme_bounded(algorithm, left);
    }
    return is_ok;
}

static bool is_safe_bounded(PKCS7 *safe, const char *password, uint64_t *left)
{
    bool is_plain = PKCS7_type_is_data(safe), is_encrypted = PKCS7_type_is_encrypted(safe);
    if (is_encrypted && !is_scheme_bounded(safe->d.encrypted->enc_data->algorithm, left))
        return false;
    if (!is_plain && !is_encrypted)
        return true;
    STACK_OF(PKCS12_SAFEBAG) *bags =
        is_plain ? PKCS12_unpack_p7data(safe) : PKCS12_unpack_p7encdata(safe, password, -1);
    /* What cannot be decrypted is not read on. */
    bool is_ok = bags == NULL || are_bags_bounded(bags, 0, left);
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
    return is_ok;
}

/* With PBMAC1 (RFC 9579) the count beside the MAC is not used. OpenSSL knows PBMAC1 since 3.4. */
static bool is_mac_bounded(PKCS12 *file, uint64_t *left)
{
    const ASN1_INTEGER *iterations = NULL;
    const X509_ALGOR *algorithm = NULL;
    PKCS12_get0_mac(NULL, &algorithm, NULL, &iterations, file);
    if (algorithm != NULL && OBJ_obj2nid(algorithm->algorithm) == NID_pbmac1)
        return is_scheme_bounded(algorithm, left);
    return is_bounded(iterations, left);
}

/* Decrypts with the `password` that is known to be right, so that what lies inside is looked at. */
static bool are_safes_bounded(PKCS12 *file, const char *password, uint64_t *left)
{
    STACK_OF(PKCS7) *safes = PKCS12_unpack_authsafes(file);
    bool is_ok = safes != NULL;
    for (int i = 0; is_ok && i < sk_PKCS7_num(safes); i++)
        is_ok = is_safe_bounded(sk_PKCS7_value(safes, i), password, left);
    sk_PKCS7_pop_free(safes, PKCS7_free);
    return is_ok;
}

/* ---- all of it ---- */

/* A file that is meant for others often has no password. There are two ways to write that: the
 * empty password and none at all. */
static bool verify(PKCS12 *file, const char *password, const char **out_password)
{
    static const char *const nothing[] = {"", NULL};
    if (password != NULL) {
        *out_password = password;
        return PKCS12_verify_mac(file, password, -1) == 1;
    }
    for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++) {
        *out_password = nothing[i];
        if (!PKCS12_mac_present(file) || PKCS12_verify_mac(file, nothing[i], 0) == 1)
            return true;
    }
    return false;
}

/* Writes the certificate that belongs to the key first, then the others. libcrypto needs the key to
 * find that certificate; the key is then freed. */
static fedval_status collect(PKCS12 *file, const char *password, BIO *pem)
{
    EVP_PKEY *key = NULL;
    X509 *own = NULL;
    STACK_OF(X509) *others = NULL;
    bool is_read = PKCS12_parse(file, password, &key, &own, &others) == 1;
    bool is_written = own == NULL || PEM_write_bio_X509(pem, own) == 1;
    for (int i = 0; i < sk_X509_num(others); i++)
        is_written &= PEM_write_bio_X509(pem, sk_X509_value(others, i)) == 1;
    EVP_PKEY_free(key);
    X509_free(own);
    sk_X509_pop_free(others, X509_free);
    if (!is_written)
        return FEDVAL_ERROR_NO_MEMORY;
    return is_read ? FEDVAL_OK : FEDVAL_ERROR_SYNTAX;
}

/* ---- certificates that are not encrypted ---- */

/* Returns whether `safe` is plain, and appends its certificates to `out`. */
static bool take_plain(PKCS7 *safe, STACK_OF(X509) * out)
{
    STACK_OF(PKCS12_SAFEBAG) *bags = PKCS7_type_is_data(safe) ? PKCS12_unpack_p7data(safe) : NULL;
    bool is_ok = bags != NULL;
    for (int i = 0; is_ok && i < sk_PKCS12_SAFEBAG_num(bags); i++) {
        const PKCS12_SAFEBAG *bag = sk_PKCS12_SAFEBAG_value(bags, i);
        X509 *certificate = PKCS12_SAFEBAG_get_nid(bag) == NID_certBag &&
                                    PKCS12_SAFEBAG_get_bag_nid(bag) == NID_x509Certificate
                                ? PKCS12_SAFEBAG_get1_cert(bag)
                                : NULL;
        if (certificate != NULL && sk_X509_push(out, certificate) == 0) {
            X509_free(certificate);
            is_ok = false;
        }
    }
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
    return is_ok;
}

/* Writes the certificates of a file in which only the keys are encrypted, in their order: no
 * password is needed to read them. The MAC is not checked, for which it would be needed. Returns
 * whether there are any, and nothing beside them that is encrypted as a whole. */
static bool collect_plain(const PKCS12 *file, BIO *pem)
{
    STACK_OF(PKCS7) *safes = PKCS12_unpack_authsafes(file);
    STACK_OF(X509) *certificates = sk_X509_new_null();
    bool is_ok = safes != NULL && certificates != NULL;
    for (int i = 0; is_ok && i < sk_PKCS7_num(safes); i++)
        is_ok = take_plain(sk_PKCS7_value(safes, i), certificates);
    is_ok = is_ok && sk_X509_num(certificates) > 0;
    for (int i = 0; is_ok && i < sk_X509_num(certificates); i++)
        is_ok = PEM_write_bio_X509(pem, sk_X509_value(certificates, i)) == 1;
    sk_X509_pop_free(certificates, X509_free);
    sk_PKCS7_pop_free(safes, PKCS7_free);
    return is_ok;
}

/* ---- opening it ---- */

static fedval_status fail(fedval_error *error, fedval_status status, const char *message)
{
    fv_error_set(error, message);
    return status;
}

static fedval_status open_file(PKCS12 *file, const char *given, BIO *pem, fedval_error *error)
{
    static const char unopened[] = "a PKCS #12 file with contents that cannot be opened: old ones "
                                   "are encrypted with RC2, and OpenSSL's legacy provider, which "
                                   "has it, is not installed here. Where it is: openssl pkcs12 "
                                   "-legacy -in FILE -nokeys -out FILE.pem";
    static const char too_much[] =
        "a PKCS #12 file that is damaged, or asks for too much work to open it";
    const char *password = NULL;
    uint64_t left = MAX_ITERATIONS;
    if (!is_mac_bounded(file, &left))
        return fail(error, FEDVAL_ERROR_SYNTAX, too_much);
    if (!verify(file, given, &password)) {
        if (given == NULL && collect_plain(file, pem))
            return FEDVAL_OK;
        return fail(error, FEDVAL_ERROR_STATE,
                    given == NULL ? "a PKCS #12 file, which has to be opened with its password"
                                  : "a PKCS #12 file, which this password does not open");
    }
    if (!are_safes_bounded(file, password, &left))
        return fail(error, FEDVAL_ERROR_SYNTAX, too_much);
    fedval_status status = collect(file, password, pem);
    if (status == FEDVAL_ERROR_SYNTAX)
        return fail(error, status, unopened);
    if (status == FEDVAL_OK && BIO_pending(pem) == 0)
        return fail(error, FEDVAL_ERROR_SYNTAX, "a PKCS #12 file without a certificate");
    return status;
}

/* Copies the text that was written to `pem`, and ends it with a NUL. */
static fedval_status copy_text(BIO *pem, char **out_pem, size_t *out_len)
{
    char *data = NULL;
    size_t len = (size_t)BIO_get_mem_data(pem, &data);
    char *copy = malloc(len + 1);
    if (copy == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    memcpy(copy, data, len);
    copy[len] = '\0';
    *out_pem = copy;
    *out_len = len;
    return FEDVAL_OK;
}

/* RC2, with which old files are encrypted, is in a provider that OpenSSL 3 loads only where it is
 * asked for. It is loaded for this file alone, into a context of its own, and nothing else of the
 * process can come to use it. */
typedef struct own_context {
    OSSL_LIB_CTX *context;
    OSSL_PROVIDER *common, *legacy;
} own_context;

static bool open_context(own_context *own)
{
    own->context = OSSL_LIB_CTX_new();
    if (own->context == NULL)
        return false;
    own->common = OSSL_PROVIDER_load(own->context, "default");
    own->legacy = OSSL_PROVIDER_load(own->context, "legacy");
    return own->common != NULL && own->legacy != NULL;
}

static void close_context(own_context *own)
{
    if (own->legacy != NULL)
        OSSL_PROVIDER_unload(own->legacy);
    if (own->common != NULL)
        OSSL_PROVIDER_unload(own->common);
    OSSL_LIB_CTX_free(own->context);
}

/* `context` is NULL for the usual one. */
static fedval_status open_bytes(const uint8_t *data, size_t len, OSSL_LIB_CTX *context,
                                const char *password, BIO *pem, fedval_error *error)
{
    const unsigned char *bytes = data;
    PKCS12 *file = PKCS12_init_ex(NID_pkcs7_data, context, NULL);
    if (file == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    /* OpenSSL frees `file`, and sets it to NULL, where the bytes are no such file. */
    if (len > MAX_FILE || d2i_PKCS12(&file, &bytes, (long)len) == NULL) {
        PKCS12_free(file);
        return fail(error, FEDVAL_ERROR_NOT_FOUND, "no PKCS #12 file");
    }
    fedval_status status = open_file(file, password, pem, error);
    PKCS12_free(file);
    return status;
}

/* Tries again with the old ciphers where the usual ones do not do. */
static fedval_status open_any(const uint8_t *data, size_t len, const char *password, BIO *pem,
                              fedval_error *error)
{
    own_context own = {0};
    fedval_status status = open_bytes(data, len, NULL, password, pem, error);
    if (status == FEDVAL_ERROR_SYNTAX && open_context(&own)) {
        (void)BIO_reset(pem);
        fv_error_reset(error);
        status = open_bytes(data, len, own.context, password, pem, error);
    }
    close_context(&own);
    return status;
}

fedval_status fedval_openssl_pkcs12_open(const void *data, size_t data_len, const char *password,
                                         size_t password_len, char **out_pem, size_t *out_pem_len,
                                         fedval_error *error)
{
    fv_error_reset(error);
    fv_text given = fv_text_given(password, password_len);
    if (data == NULL || out_pem == NULL || out_pem_len == NULL || fv_text_has_nul(given))
        return FEDVAL_ERROR_ARGUMENT;
    /* OPENSSL_CONF may forbid algorithms, but what a file holds does not depend on it. */
    (void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    BIO *pem = BIO_new(BIO_s_mem());
    char *copy = given.data != NULL ? fv_secret_copy(given.data, given.len) : NULL;
    fedval_status status = pem == NULL || (copy == NULL && given.data != NULL)
                               ? FEDVAL_ERROR_NO_MEMORY
                               : open_any(data, data_len, copy, pem, error);
    fv_secret_free(copy, given.len);
    if (status == FEDVAL_OK)
        status = copy_text(pem, out_pem, out_pem_len);
    BIO_free(pem);
    ERR_clear_error();
    return status;
}
