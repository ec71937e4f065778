/* The differences between mbedTLS 2.28 and 3.6. No other file of this backend asks for the version.
 */
#ifndef FV_BACKENDS_MBEDTLS_COMPAT_H
#define FV_BACKENDS_MBEDTLS_COMPAT_H

#include "base/bytes.h"

#include <mbedtls/version.h>

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/md.h>
#include <mbedtls/pk.h>
#include <mbedtls/pkcs5.h>
#include <mbedtls/ssl.h>
#include <stdbool.h>

/* The chain is a fact, which the rules judge later. Up to 3.6.0 the library takes NONE for REQUIRED
 * in TLS 1.3; later and earlier, NONE spares the arithmetic of a chain that was made to cost much.
 */
#if MBEDTLS_VERSION_NUMBER >= 0x03000000 && MBEDTLS_VERSION_NUMBER <= 0x03060000
#define FV_COMPAT_AUTHMODE MBEDTLS_SSL_VERIFY_OPTIONAL
#else
#define FV_COMPAT_AUTHMODE MBEDTLS_SSL_VERIFY_NONE
#endif

#if MBEDTLS_VERSION_NUMBER >= 0x03000000

#include <psa/crypto.h>

static inline int fv_compat_init(void)
{
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

/* RFC 8018 5.2. */
static inline int fv_compat_pbkdf2(const mbedtls_md_info_t *digest, const unsigned char *password,
                                   size_t password_len, const unsigned char *salt, size_t salt_len,
                                   unsigned rounds, unsigned char *out, size_t len)
{
    return mbedtls_pkcs5_pbkdf2_hmac_ext(mbedtls_md_get_type(digest), password, password_len, salt,
                                         salt_len, rounds, (uint32_t)len, out);
}

static inline int fv_compat_parse_key(mbedtls_pk_context *key, const unsigned char *pem, size_t len,
                                      mbedtls_ctr_drbg_context *random)
{
    return mbedtls_pk_parse_key(key, pem, len, NULL, 0, mbedtls_ctr_drbg_random, random);
}

static inline int fv_compat_check_pair(const mbedtls_pk_context *certificate_key,
                                       const mbedtls_pk_context *key,
                                       mbedtls_ctr_drbg_context *random)
{
    return mbedtls_pk_check_pair(certificate_key, key, mbedtls_ctr_drbg_random, random);
}

/* 3.6 offers RSASSA-PSS because TLS 1.3 needs it (RFC 8446 4.2.3), but it cannot read RSASSA-PSS
 * from a TLS 1.2 server that chooses it. With PKCS #1 first in the list, most such servers choose
 * PKCS #1. Servers that follow an order of their own are asked again, with TLS 1.2 and PKCS #1
 * only. */
static const uint16_t fv_compat_signatures[] = {
    MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256, MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384,
    MBEDTLS_TLS1_3_SIG_ECDSA_SECP521R1_SHA512, MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256,
    MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384,       MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512,
    MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA256,    MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA384,
    MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA512,    MBEDTLS_TLS1_3_SIG_NONE,
};

static const uint16_t fv_compat_narrow_signatures[] = {
    MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256,
    MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384,
    MBEDTLS_TLS1_3_SIG_ECDSA_SECP521R1_SHA512,
    MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256,
    MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384,
    MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512,
    MBEDTLS_TLS1_3_SIG_NONE,
};

static inline void fv_compat_set_offer(mbedtls_ssl_config *config, bool is_narrow)
{
    mbedtls_ssl_conf_min_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
    if (is_narrow)
        mbedtls_ssl_conf_max_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
    mbedtls_ssl_conf_sig_algs(config,
                              is_narrow ? fv_compat_narrow_signatures : fv_compat_signatures);
}

static inline bool fv_compat_wants_narrower(const mbedtls_ssl_context *ssl, int result)
{
    return result == MBEDTLS_ERR_SSL_ILLEGAL_PARAMETER &&
           mbedtls_ssl_get_version_number(ssl) == MBEDTLS_SSL_VERSION_TLS1_2;
}

/* Returns the number of the fatal alert that was read last. No function of the library tells it. */
static inline int32_t fv_compat_alert(const mbedtls_ssl_context *ssl)
{
    const unsigned char *message = ssl->MBEDTLS_PRIVATE(in_msg);
    return message != NULL ? message[1] : -1;
}

static inline void fv_compat_set_tls_1_2(mbedtls_ssl_config *config)
{
    mbedtls_ssl_conf_min_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
    mbedtls_ssl_conf_max_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
}

/* The groups that Windows Server offers by default: X25519 from 2016 on. */
static inline void fv_compat_set_windows_groups(mbedtls_ssl_config *config, bool has_x25519)
{
    static const uint16_t groups[] = {
        MBEDTLS_SSL_IANA_TLS_GROUP_X25519, MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
        MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1, MBEDTLS_SSL_IANA_TLS_GROUP_NONE};
    mbedtls_ssl_conf_groups(config, groups + (has_x25519 ? 0 : 1));
}

#define FV_COMPAT_BAD_VERSION MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION

static inline bool fv_compat_is_over(mbedtls_ssl_context *ssl)
{
    return mbedtls_ssl_is_handshake_over(ssl) != 0;
}

/* Returns the message that the next step reads or writes, of enum mbedtls_ssl_states. */
static inline int fv_compat_state(const mbedtls_ssl_context *ssl)
{
    return ssl->MBEDTLS_PRIVATE(state);
}

static inline bool fv_compat_is_tls_1_3(const mbedtls_ssl_context *ssl)
{
    return mbedtls_ssl_get_version_number(ssl) == MBEDTLS_SSL_VERSION_TLS1_3;
}

/* Whether the Finished of the server is wrong, by its bytes or by its length, or its key share of
 * TLS 1.3. */
static inline bool fv_compat_is_server_wrong(const mbedtls_ssl_context *ssl, int state, int result)
{
    if (state == MBEDTLS_SSL_SERVER_HELLO && fv_compat_is_tls_1_3(ssl))
        return result == MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE;
    return state == MBEDTLS_SSL_SERVER_FINISHED &&
           (result == MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE || result == MBEDTLS_ERR_SSL_DECODE_ERROR);
}

/* Returns the fatal alert that the library sent in TLS 1.3; 0: none. */
static inline int fv_compat_sent_alert(const mbedtls_ssl_context *ssl)
{
    return fv_compat_is_tls_1_3(ssl) ? ssl->MBEDTLS_PRIVATE(alert_type) : 0;
}

/* Returns the handshake message of TLS 1.3 that was read last, with its head; no bytes if there is
 * none. It lives until the next step. */
static inline fv_bytes fv_compat_message(const mbedtls_ssl_context *ssl)
{
    const unsigned char *message = ssl->MBEDTLS_PRIVATE(in_msg);
    bool is_there = fv_compat_is_tls_1_3(ssl) && message != NULL &&
                    ssl->MBEDTLS_PRIVATE(in_msgtype) == MBEDTLS_SSL_MSG_HANDSHAKE &&
                    ssl->MBEDTLS_PRIVATE(in_hslen) <= ssl->MBEDTLS_PRIVATE(in_msglen);
    return is_there ? (fv_bytes){message, ssl->MBEDTLS_PRIVATE(in_hslen)} : (fv_bytes){NULL, 0};
}

/* Returns the chain of the server, also of a handshake that failed; NULL: none came. */
static inline const mbedtls_x509_crt *fv_compat_peer_chain(const mbedtls_ssl_context *ssl)
{
#if defined(MBEDTLS_SSL_KEEP_PEER_CERTIFICATE)
    const mbedtls_ssl_session *begun = ssl->MBEDTLS_PRIVATE(session_negotiate);
    if (begun != NULL)
        return begun->MBEDTLS_PRIVATE(peer_cert);
#endif
    return mbedtls_ssl_get_peer_cert(ssl);
}

#else

static inline int fv_compat_init(void)
{
    return 0;
}

static inline int fv_compat_pbkdf2(const mbedtls_md_info_t *digest, const unsigned char *password,
                                   size_t password_len, const unsigned char *salt, size_t salt_len,
                                   unsigned rounds, unsigned char *out, size_t len)
{
    mbedtls_md_context_t context;
    mbedtls_md_init(&context);
    int status = mbedtls_md_setup(&context, digest, 1);
    if (status == 0) {
        status = mbedtls_pkcs5_pbkdf2_hmac(&context, password, password_len, salt, salt_len, rounds,
                                           (uint32_t)len, out);
    }
    mbedtls_md_free(&context);
    return status;
}

static inline int fv_compat_parse_key(mbedtls_pk_context *key, const unsigned char *pem, size_t len,
                                      mbedtls_ctr_drbg_context *random)
{
    (void)random;
    return mbedtls_pk_parse_key(key, pem, len, NULL, 0);
}

static inline int fv_compat_check_pair(const mbedtls_pk_context *certificate_key,
                                       const mbedtls_pk_context *key,
                                       mbedtls_ctr_drbg_context *random)
{
    (void)random;
    return mbedtls_pk_check_pair(certificate_key, key);
}

static inline void fv_compat_set_offer(mbedtls_ssl_config *config, bool is_narrow)
{
    (void)is_narrow;
    mbedtls_ssl_conf_min_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_1);
}

static inline bool fv_compat_wants_narrower(const mbedtls_ssl_context *ssl, int result)
{
    (void)ssl;
    (void)result;
    return false;
}

/* Up to TLS 1.2 a refusal comes in plain text, and is read there. */
static inline int32_t fv_compat_alert(const mbedtls_ssl_context *ssl)
{
    (void)ssl;
    return -1;
}

static inline void fv_compat_set_tls_1_2(mbedtls_ssl_config *config)
{
    mbedtls_ssl_conf_min_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
    mbedtls_ssl_conf_max_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
}

/* The groups that Windows Server offers by default: X25519 from 2016 on. */
static inline void fv_compat_set_windows_groups(mbedtls_ssl_config *config, bool has_x25519)
{
    static const mbedtls_ecp_group_id groups[] = {MBEDTLS_ECP_DP_CURVE25519,
                                                  MBEDTLS_ECP_DP_SECP256R1,
                                                  MBEDTLS_ECP_DP_SECP384R1, MBEDTLS_ECP_DP_NONE};
    mbedtls_ssl_conf_curves(config, groups + (has_x25519 ? 0 : 1));
}

#define FV_COMPAT_BAD_VERSION MBEDTLS_ERR_SSL_BAD_HS_PROTOCOL_VERSION

static inline bool fv_compat_is_over(const mbedtls_ssl_context *ssl)
{
    return ssl->state == MBEDTLS_SSL_HANDSHAKE_OVER;
}

static inline int fv_compat_state(const mbedtls_ssl_context *ssl)
{
    return ssl->state;
}

static inline bool fv_compat_is_tls_1_3(const mbedtls_ssl_context *ssl)
{
    (void)ssl;
    return false;
}

static inline bool fv_compat_is_server_wrong(const mbedtls_ssl_context *ssl, int state, int result)
{
    (void)ssl;
    (void)state;
    return result == MBEDTLS_ERR_SSL_BAD_HS_FINISHED;
}

static inline int fv_compat_sent_alert(const mbedtls_ssl_context *ssl)
{
    (void)ssl;
    return 0;
}

static inline fv_bytes fv_compat_message(const mbedtls_ssl_context *ssl)
{
    (void)ssl;
    return (fv_bytes){NULL, 0};
}

static inline const mbedtls_x509_crt *fv_compat_peer_chain(const mbedtls_ssl_context *ssl)
{
    return mbedtls_ssl_get_peer_cert(ssl);
}

#endif

#if defined(MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET)
#define FV_COMPAT_IS_TICKET(result) ((result) == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET)
#else
#define FV_COMPAT_IS_TICKET(result) false
#endif

#endif
