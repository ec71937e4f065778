/*
 * Certificate requests (PKCS #10): what a CA is asked for, before it has issued anything.
 *
 * Does a request ask for the name of a host, and did the holder of its key sign it?
 *
 *     fedval_request *request = NULL;
 *     uint32_t signature = FEDVAL_VERIFY_FAILED, match = FEDVAL_NAME_MATCH_NONE;
 *     fedval_status status = fedval_request_new(csr, csr_len, &request, error);
 *     if (status == FEDVAL_OK)
 *         status = fedval_request_check_signature(request, verifier, &signature);
 *     if (status == FEDVAL_OK) {
 *         status = fedval_certificate_match(fedval_request_get_asked(request), "vcse.example.com",
 *                                           FEDVAL_NUL_ENDED, FEDVAL_WILDCARD_NEVER,
 *                                           FEDVAL_CN_WITHOUT_SAN, 0, &match);
 *     }
 *     fedval_request_free(request);
 *
 * All functions here are pure: no network, no clock, no state. A request never changes once it is
 * made: any number of threads may read it at the same time.
 */
#ifndef FEDVAL_REQUEST_H
#define FEDVAL_REQUEST_H

#include "fedval/backend.h"
#include "fedval/certificate.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A certificate request. Threads: read-only, any number. */
typedef struct fedval_request fedval_request;

/**
 * Decodes the first request of a file: PEM, DER, base64 without its BEGIN and END lines, or one of
 * the texts in UTF-16.
 * @param data need not end with NUL; copied @param data_len bytes
 * @param out_request free with fedval_request_free; untouched on failure
 * @param error names the line or byte at fault, and what the file holds in place of a request ("a
 * private key"); may be NULL
 * @returns 0 whenever the three parts of a request can be told apart, however flawed it is inside;
 * FEDVAL_ERROR_SYNTAX for a damaged file; FEDVAL_ERROR_NOT_FOUND when it holds no request;
 * FEDVAL_ERROR_LIMIT above FEDVAL_CERTIFICATE_MAX; FEDVAL_ERROR_NO_MEMORY; FEDVAL_ERROR_ARGUMENT
 * for NULL.
 * Source: RFC 2986, RFC 7468 7. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_request_new(const void *data, size_t data_len,
                                            fedval_request **out_request, fedval_error *error);
/** Accepts NULL. @since 0.1.0 */
FEDVAL_API void fedval_request_free(fedval_request *request);

/**
 * What it asks for, read with the getters of fedval/certificate.h: subject, key, names, key usage,
 * purposes and the other extensions that it requests. What only a CA can give is not known: the
 * issuer is "", both times are FEDVAL_TIME_UNKNOWN. Its DER is that of the request.
 * @returns borrowed, as long as the request; NULL for NULL. @since 0.1.0
 */
FEDVAL_API const fedval_certificate *fedval_request_get_asked(const fedval_request *request);
/**
 * Checks the signature of the request with the key that it holds: whoever made it has that key.
 * Nothing is said about trust, which begins with the certificate.
 * @param verifier the crypto port
 * @param out_result FEDVAL_VERIFY_ (fedval/backend.h): good, bad, unsupported or failed
 * @returns 0; NO_MEMORY; ARGUMENT for NULL; what the verifier returned where it could not open the
 * key for another reason than the key (`key_open`). Threads: any number at once, as far as the
 * verifier allows it. Source: RFC 2986 3, note 2. @since 0.1.0
 */
FEDVAL_API fedval_status fedval_request_check_signature(const fedval_request *request,
                                                        const fedval_verifier *verifier,
                                                        uint32_t *out_result);

#ifdef __cplusplus
}
#endif

#endif
