/* Sets up a handshake of OpenSSL, and describes the results that the bytes on the wire do not show.
 */
#ifndef FV_BACKENDS_OPENSSL_HANDSHAKE_H
#define FV_BACKENDS_OPENSSL_HANDSHAKE_H

#include "fedval/evidence.h"

#include <openssl/ssl.h>
#include <stdbool.h>

/* Makes `ssl` offer the suites and groups of `look`, a FEDVAL_LOOK_. */
bool fv_openssl_set_look(SSL *ssl, uint32_t look);
/* Loads the chain and the key that answer a request for a client certificate. SYNTAX, NO_MEMORY,
 * LIMIT. */
fedval_status fv_openssl_load_identity(SSL_CTX *context, const uint8_t *certificate_pem,
                                       size_t certificate_len, const uint8_t *key_pem,
                                       size_t key_len, fedval_error *error);
/* Adds to `fact` the parts of a TLS 1.3 handshake that are sent encrypted. */
fedval_status fv_openssl_describe_hidden(SSL *ssl, fedval_fact *fact);

#endif
