/* One handshake of mbedTLS, step by step: TLS 1.3 encrypts messages that only the library sees. */
#ifndef FV_BACKENDS_MBEDTLS_HANDSHAKE_H
#define FV_BACKENDS_MBEDTLS_HANDSHAKE_H

#include "backends/probe/engine.h"
#include "fedval/evidence.h"

#include <mbedtls/ssl.h>

typedef struct fv_mbedtls_handshake {
    mbedtls_ssl_context ssl;
    fv_probe_io *io;
    int32_t alert;   /* the fatal alert received under encryption; -1: none, or not known */
    int32_t asked;   /* TLS 1.3: 1 if a client certificate was requested, 0 if not; -1: not known */
    uint16_t scheme; /* TLS 1.3: the algorithm that signs the handshake; 0: not known */
    uint8_t *authorities; /* TLS 1.3: the list of CAs in the request for a client certificate */
    size_t authorities_len;
} fv_mbedtls_handshake;

/* Returns what a result of mbedTLS means for the probe, wherever it comes from. */
fv_progress fv_mbedtls_progress(int result);
/* Goes on with the handshake. */
fv_progress fv_mbedtls_go_on(fv_mbedtls_handshake *self);
/* Adds to `fact` the parts of the handshake that are sent encrypted; the chain too if `with_chain`.
 */
fedval_status fv_mbedtls_describe_hidden(const fv_mbedtls_handshake *self, bool with_chain,
                                         fedval_fact *fact);

#endif
