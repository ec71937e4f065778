/* What goes into a handshake of OpenSSL, and what comes out of it beside the chain. */
#ifndef FV_BACKENDS_OPENSSL_HANDSHAKE_H
#define FV_BACKENDS_OPENSSL_HANDSHAKE_H

#include "fedval/evidence.h"

#include <openssl/ssl.h>
#include <stdbool.h>

/* Offers what the look, FEDVAL_LOOK_, offers. */
bool fv_openssl_set_look(SSL *ssl, uint32_t look);
/* Chain and key to answer a request for a client certificate with. SYNTAX, NO_MEMORY, LIMIT. */
fedval_status fv_openssl_load_identity(SSL_CTX *context, const uint8_t *certificate_pem,
                                       size_t certificate_len, const uint8_t *key_pem,
                                       size_t key_len, fedval_error *error);
/* What TLS 1.3 sends under encryption, into the fact. */
fedval_status fv_openssl_describe_hidden(SSL *ssl, fedval_fact *fact);

#endif
