/*
 * The signature verifier and the TLS prober on OpenSSL. Library: libfedval-openssl.
 *
 *     fedval_verifier *verifier = NULL;
 *     fedval_port *prober = NULL;
 *     fedval_status status = fedval_openssl_verifier_new(&verifier);
 *     if (status == FEDVAL_OK)
 *         status = fedval_openssl_prober_new(NULL, 0, NULL, 0, 0, &prober, error);
 *     if (status == FEDVAL_OK)
 *         status = fedval_judge_set_verifier(judge, verifier);
 *
 * The judge then checks signatures; `prober` goes to fedval_check (fedval/check.h).
 */
#ifndef FEDVAL_OPENSSL_H
#define FEDVAL_OPENSSL_H

#include "fedval/backend.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A signature verifier on libcrypto: RSA (PKCS #1 v1.5 and PSS, up to 16,384 bits), ECDSA on P-224,
 * P-256, P-384 and P-521, Ed25519; SHA-1, SHA-2 and MD5. Whether an algorithm is strong enough is
 * the policy's business.
 * @param out_verifier free with fedval_verifier_free
 * @returns 0; FEDVAL_ERROR_NO_MEMORY; FEDVAL_ERROR_ARGUMENT for NULL; FEDVAL_ERROR_SYSTEM when
 * libcrypto offers no SHA-256. Threads: the verifier may be shared, and a key of it too.
 * @since 0.1.0
 */
FEDVAL_API fedval_status fedval_openssl_verifier_new(fedval_verifier **out_verifier);

/**
 * A prober: TCP, TLS with SNI, the chain as sent. Trust is not looked at: that is judged later.
 * TLS 1.0 to 1.3.
 * @param certificate_pem, certificate_len the chain to answer a request for a client certificate
 * with, end-entity first; NULL: none @param key_pem, key_len its private key, not encrypted
 * @param max_tls the highest version spoken, 0x0303 for TLS 1.2; 0: the library's highest
 * @param error may be NULL
 * @returns 0; FEDVAL_ERROR_NO_MEMORY; FEDVAL_ERROR_ARGUMENT for one of certificate and key alone;
 * FEDVAL_ERROR_SYNTAX when they cannot be read or do not belong together; FEDVAL_ERROR_SYSTEM when
 * there are no random numbers. Free with fedval_port_free. Threads: one at a time. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_openssl_prober_new(const void *certificate_pem,
                                                   size_t certificate_len, const void *key_pem,
                                                   size_t key_len, uint16_t max_tls,
                                                   fedval_port **out_port, fedval_error *error);

/**
 * The certificates of a PKCS #12 file (.p12, .pfx) as PEM: that of the file's key first. The key
 * itself does not come out.
 * @param data the file @param data_len bytes
 * @param password, password_len the password, without a NUL in it; NULL: opened only if the file
 * has none
 * @param out_pem malloc'ed, NUL-ended, for fedval_certificate_list_new; free with fedval_text_free;
 * untouched on failure @param out_pem_len bytes
 * @param error may be NULL; says what is wrong
 * @returns 0; FEDVAL_ERROR_NOT_FOUND when it is no PKCS #12 file; FEDVAL_ERROR_STATE when the
 * password is missing or wrong; FEDVAL_ERROR_SYNTAX for a damaged file, one without a certificate,
 * or one that asks for more than 5,000,000 rounds altogether; FEDVAL_ERROR_NO_MEMORY;
 * FEDVAL_ERROR_ARGUMENT for NULL, or a NUL in the password.
 * Threads: any. Source: RFC 7292. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_openssl_pkcs12_open(const void *data, size_t data_len,
                                                    const char *password, size_t password_len,
                                                    char **out_pem, size_t *out_pem_len,
                                                    fedval_error *error);

#ifdef __cplusplus
}
#endif

#endif
