/*
 * The signature verifier and the TLS prober on mbedTLS. Library: libfedval-mbedtls.
 *
 *     fedval_verifier *verifier = NULL;
 *     fedval_port *prober = NULL;
 *     fedval_status status = fedval_mbedtls_verifier_new(&verifier);
 *     if (status == FEDVAL_OK)
 *         status = fedval_mbedtls_prober_new(NULL, 0, NULL, 0, &prober, error);
 *     if (status == FEDVAL_OK)
 *         status = fedval_judge_set_verifier(judge, verifier);
 *
 * The judge then checks signatures; `prober` goes to fedval_check (fedval/check.h).
 */
#ifndef FEDVAL_MBEDTLS_H
#define FEDVAL_MBEDTLS_H

#include "fedval/backend.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A signature verifier on libmbedcrypto: RSA (PKCS #1 v1.5 and PSS), ECDSA on P-224, P-256, P-384
 * and P-521; SHA-1, SHA-2 and MD5 as far as mbedTLS was built with them. Ed25519 is unsupported.
 * Whether an algorithm is strong enough is the policy's business.
 * @param out_verifier free with fedval_verifier_free
 * @returns 0; FEDVAL_ERROR_NO_MEMORY; FEDVAL_ERROR_ARGUMENT for NULL; FEDVAL_ERROR_SYSTEM when
 * mbedTLS was built without SHA-256. Threads: the verifier may be shared; a key of it too where
 * mbedTLS was built with MBEDTLS_THREADING_C, as Debian's is. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_mbedtls_verifier_new(fedval_verifier **out_verifier);

/**
 * A prober: TCP, TLS with SNI, the chain as sent. Trust is not looked at: that is judged later.
 * TLS 1.0 to 1.2 with mbedTLS 2.28, TLS 1.2 and 1.3 with 3.6.
 * @param certificate_pem, certificate_len the chain to answer a request for a client certificate
 * with, end-entity first; NULL: none @param key_pem, key_len its private key, not encrypted
 * @param error may be NULL
 * @returns 0; FEDVAL_ERROR_NO_MEMORY; FEDVAL_ERROR_ARGUMENT for one of certificate and key alone;
 * FEDVAL_ERROR_SYNTAX when they cannot be read or do not belong together; FEDVAL_ERROR_SYSTEM when
 * there are no random numbers. Free with fedval_port_free. Threads: one at a time. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_mbedtls_prober_new(const void *certificate_pem,
                                                   size_t certificate_len, const void *key_pem,
                                                   size_t key_len, fedval_port **out_port,
                                                   fedval_error *error);

/**
 * The certificates of a PKCS #12 file as PEM, as fedval_openssl_pkcs12_open gives them; the keys in
 * it are not opened. Known are PBES2 with AES or triple DES, and the older triple DES schemes. Not
 * known are RC2, PBMAC1, files in BER with lengths that are not definite, and passwords of more
 * than 31 characters.
 * @param data the file @param data_len bytes
 * @param password NUL-ended UTF-8; NULL: opened only if none is needed
 * @param out_pem malloc'ed, NUL-ended, for fedval_certificate_list_new; free with fedval_text_free;
 * untouched on failure @param out_pem_len bytes
 * @param error may be NULL; says what is wrong
 * @returns 0; FEDVAL_ERROR_NOT_FOUND when it is no PKCS #12 file; FEDVAL_ERROR_STATE when the
 * password is missing or wrong; FEDVAL_ERROR_SYNTAX for a damaged file, one without a certificate,
 * one that is encrypted in a way that is not known, or that asks for more than 5,000,000 rounds
 * altogether; FEDVAL_ERROR_NO_MEMORY; FEDVAL_ERROR_ARGUMENT.
 * Threads: any. Source: RFC 7292. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_mbedtls_pkcs12_open(const void *data, size_t data_len,
                                                    const char *password, size_t password_len,
                                                    char **out_pem, size_t *out_pem_len,
                                                    fedval_error *error);

#ifdef __cplusplus
}
#endif

#endif
