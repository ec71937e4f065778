#include "backends/openssl/handshake.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/windows_tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#define MAX_CLIENT_CAS 1024 /* how many names of one request are kept */

/* ---- what is offered ---- */

/* Windows Server has X25519 from 2016 on. */
static char groups_of_2016[] = "X25519:P-256:P-384";
static char groups_of_2012_r2[] = "P-256:P-384";
static char windows_signatures[] =
    "RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:RSA+SHA512:"
    "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:RSA+SHA1:ECDSA+SHA1";

/* The suites, groups and signatures that a look offers. NULL: all that the context has; suites are
 * those of a Windows, FV_WINDOWS_, where one is named. */
static const struct {
    uint32_t look;
    uint32_t windows;
    const char *suites;
    char *groups, *signatures; /* not const, because the macros of OpenSSL take them so */
} narrower_offers[] = {
    {FEDVAL_LOOK_WINDOWS, FV_WINDOWS_2016, NULL, groups_of_2016, windows_signatures},
    {FEDVAL_LOOK_WINDOWS_2012_R2, FV_WINDOWS_2012_R2, NULL, groups_of_2012_r2, windows_signatures},
    {FEDVAL_LOOK_WINDOWS_2019, FV_WINDOWS_2019, NULL, groups_of_2016, windows_signatures},
    {FEDVAL_LOOK_RSA, 0, "aRSA:!eNULL:@SECLEVEL=0", NULL, NULL},
    {FEDVAL_LOOK_ECDSA, 0, "aECDSA:!eNULL:@SECLEVEL=0", NULL, NULL},
};

/* Offers the suites of TLS 1.2 that a version of Windows, FV_WINDOWS_, offers, as far as OpenSSL
 * has them. It calls those that it was built without "(NONE)". */
static bool set_windows_suites(SSL *ssl, uint32_t windows)
{
    fv_buf list;
    fv_buf_init(&list);
    for (size_t i = 0; i < fv_num_windows_suites; i++) {
        const char *name = OPENSSL_cipher_name(fv_windows_suites[i].name);
        if ((fv_windows_suites[i].offered_by & windows) == 0 || name[0] == '(')
            continue;
        fv_buf_append_text(&list, name);
        fv_buf_append_text(&list, ":");
    }
    fv_buf_append_text(&list, "@SECLEVEL=0");
    bool is_set = !list.failed && SSL_set_cipher_list(ssl, list.data) == 1;
    fv_buf_clear(&list);
    return is_set;
}

static bool set_suites(SSL *ssl, uint32_t windows, const char *suites)
{
    return windows != 0 ? set_windows_suites(ssl, windows) : SSL_set_cipher_list(ssl, suites) == 1;
}

bool fv_openssl_set_look(SSL *ssl, uint32_t look)
{
    for (size_t i = 0; i < sizeof(narrower_offers) / sizeof(narrower_offers[0]); i++) {
        if (narrower_offers[i].look != look)
            continue;
        return SSL_set_max_proto_version(ssl, TLS1_2_VERSION) == 1 &&
               SSL_set_min_proto_version(ssl, TLS1_2_VERSION) == 1 &&
               set_suites(ssl, narrower_offers[i].windows, narrower_offers[i].suites) &&
               (narrower_offers[i].groups == NULL ||
                SSL_set1_groups_list(ssl, narrower_offers[i].groups) == 1) &&
               (narrower_offers[i].signatures == NULL ||
                SSL_set1_sigalgs_list(ssl, narrower_offers[i].signatures) == 1);
    }
    return true;
}

/* ---- the client's identity ---- */

static bool use_chain(SSL_CTX *context, BIO *pem)
{
    X509 *certificate = PEM_read_bio_X509(pem, NULL, NULL, NULL);
    bool fine = certificate != NULL && SSL_CTX_use_certificate(context, certificate) == 1;
    X509_free(certificate);
    while (fine && (certificate = PEM_read_bio_X509(pem, NULL, NULL, NULL)) != NULL) {
        fine = SSL_CTX_add0_chain_cert(context, certificate) == 1;
        if (!fine)
            X509_free(certificate);
    }
    ERR_clear_error();
    return fine;
}

/* An encrypted key is refused: OpenSSL would ask for a password on the terminal. */
static int no_password(char *text, int size, int writing, void *user)
{
    (void)text;
    (void)size;
    (void)writing;
    (void)user;
    return -1;
}

static bool use_key(SSL_CTX *context, BIO *pem)
{
    EVP_PKEY *key = PEM_read_bio_PrivateKey(pem, NULL, no_password, NULL);
    bool fine =
        key != NULL && SSL_CTX_use_PrivateKey(context, key) == 1 &&
        SSL_CTX_check_private_key(context) == 1; /* a key of another kind has a place of its own */
    EVP_PKEY_free(key);
    ERR_clear_error();
    return fine;
}

fedval_status fv_openssl_load_identity(SSL_CTX *context, const uint8_t *certificate_pem,
                                       size_t certificate_len, const uint8_t *key_pem,
                                       size_t key_len, fedval_error *error)
{
    fedval_status status = FEDVAL_ERROR_SYNTAX;
    BIO *certificate = NULL, *key = NULL;
    if (certificate_len > INT32_MAX || key_len > INT32_MAX)
        return FEDVAL_ERROR_LIMIT;
    certificate = BIO_new_mem_buf(certificate_pem, (int)certificate_len);
    key = BIO_new_mem_buf(key_pem, (int)key_len);
    if (certificate == NULL || key == NULL)
        status = FEDVAL_ERROR_NO_MEMORY;
    else if (!use_chain(context, certificate))
        fv_error_set(error, "the client certificate is no PEM certificate that OpenSSL can read");
    else if (!use_key(context, key)) {
        fv_error_refuse(error, FEDVAL_REASON_CLIENT_KEY,
                        "the client key cannot be read (encrypted?), or it does not belong to the "
                        "client certificate");
    } else
        status = FEDVAL_OK;
    BIO_free(certificate);
    BIO_free(key);
    return status;
}

/* ---- what is hidden ---- */

/* TLS 1.3 encrypts the message that holds the scheme, so OpenSSL is asked for key and hash; RFC
 * 8446 4.2.3 has the names. Before TLS 1.3 the tee reads the scheme from the plain text. */
static const struct {
    int type, hash;
    const char *name;
} schemes[] = {
    {EVP_PKEY_RSA_PSS, NID_sha256, "rsa_pss_rsae_sha256"},
    {EVP_PKEY_RSA_PSS, NID_sha384, "rsa_pss_rsae_sha384"},
    {EVP_PKEY_RSA_PSS, NID_sha512, "rsa_pss_rsae_sha512"},
    {EVP_PKEY_EC, NID_sha256, "ecdsa_secp256r1_sha256"},
    {EVP_PKEY_EC, NID_sha384, "ecdsa_secp384r1_sha384"},
    {EVP_PKEY_EC, NID_sha512, "ecdsa_secp521r1_sha512"},
    {EVP_PKEY_ED25519, NID_undef, "ed25519"},
    {EVP_PKEY_ED448, NID_undef, "ed448"},
};

static const char *scheme_of(SSL *ssl)
{
    int type = NID_undef, hash = NID_undef;
    if (SSL_get_peer_signature_type_nid(ssl, &type) != 1)
        return NULL;
    (void)SSL_get_peer_signature_nid(ssl, &hash);
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (schemes[i].type == type && (schemes[i].hash == hash || schemes[i].hash == NID_undef))
            return schemes[i].name;
    }
    return NULL;
}

static fedval_status describe_authorities(SSL *ssl, fedval_fact *fact)
{
    const STACK_OF(X509_NAME) *names = SSL_get0_peer_CA_list(ssl);
    fedval_status status = FEDVAL_OK;
    for (int i = 0; names != NULL && i < sk_X509_NAME_num(names) && i < MAX_CLIENT_CAS; i++) {
        const unsigned char *der = NULL;
        size_t der_len = 0;
        if (status == FEDVAL_OK &&
            X509_NAME_get0_der(sk_X509_NAME_value(names, i), &der, &der_len) == 1)
            status = fedval_fact_append_client_ca(fact, der, der_len);
    }
    return status;
}

static fedval_status describe_ocsp(SSL *ssl, fedval_fact *fact)
{
    const unsigned char *der = NULL;
    long der_len = SSL_get_tlsext_status_ocsp_resp(ssl, &der);
    if (der != NULL && der_len > 0)
        return fedval_fact_set_ocsp(fact, der, (size_t)der_len);
    return SSL_is_init_finished(ssl) ? fedval_fact_set_ocsp(fact, "", 0) : FEDVAL_OK;
}

fedval_status fv_openssl_describe_hidden(SSL *ssl, fedval_fact *fact)
{
    const char *scheme = scheme_of(ssl);
    fedval_status status = FEDVAL_OK;
    if (scheme != NULL && fedval_fact_get_tls_signature(fact) == NULL) {
        status = fedval_fact_set_key_exchange(fact, fedval_fact_get_tls_group(fact),
                                              FEDVAL_NUL_ENDED, scheme, FEDVAL_NUL_ENDED);
    }
    if (status == FEDVAL_OK && fedval_fact_count_client_cas(fact) == 0)
        status = describe_authorities(ssl, fact);
    if (status == FEDVAL_OK && fedval_fact_get_ocsp(fact, NULL) == NULL)
        status = describe_ocsp(ssl, fact);
    return status;
}
