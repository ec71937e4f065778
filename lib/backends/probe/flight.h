/* Parses the plaintext messages of a handshake that the tee has seen. The server wrote all of them,
 * so nothing is assumed to be well formed. */
#ifndef FV_BACKENDS_PROBE_FLIGHT_H
#define FV_BACKENDS_PROBE_FLIGHT_H

#include "backends/probe/tee.h"
#include "backends/signature/scheme.h"

/* The ClientHello as it was sent, including record headers. len 0: it was not seen. */
typedef struct fv_tls_offer {
    uint8_t bytes[4096];
    size_t len;
} fv_tls_offer;

typedef struct fv_server_hello {
    uint16_t version;     /* from the supported_versions extension, if present */
    uint16_t old_version; /* from the field that TLS 1.3 leaves at 1.2, RFC 8446 4.1.3 */
    uint16_t suite;
    uint16_t group; /* from the key_share extension; 0: none */
    uint8_t compression;
    fv_bytes session;      /* its session id */
    bool is_retry;         /* HelloRetryRequest, RFC 8446 4.1.4 */
    fv_bytes extensions;   /* their list; it lives as long as the message */
    bool is_renegotiation; /* its renegotiation_info is not empty, RFC 5746 3.4 */
} fv_server_hello;

/* The key exchange as in ServerKeyExchange, up to TLS 1.2. */
typedef struct fv_key_exchange {
    uint16_t group;   /* a named curve; 0: none */
    uint32_t dh_bits; /* of the prime; 0: no DHE */
    uint16_t scheme;  /* of the signature, only in TLS 1.2; 0: not given */
    fv_bytes point;   /* the public value on the curve */
    fv_bytes signature;
    bool is_whole; /* the signature ends the message */
} fv_key_exchange;

/* What the server's certificate says of its key. */
typedef struct fv_leaf_key {
    fv_public_kind kind;
    size_t modulus_len;     /* RSA, in bytes */
    uint32_t exponent_bits; /* RSA */
} fv_leaf_key;

/* Returns false if `body` is not a ServerHello. */
bool fv_server_hello_read(fv_bytes body, fv_server_hello *out);
/* Returns false if there is no ServerKeyExchange, or if it cannot be read. */
bool fv_flight_key_exchange(const fv_tls_tee *tee, fv_key_exchange *out);
/* Returns false if there is no certificate, or if its key cannot be read. */
bool fv_flight_leaf_key(const fv_tls_tee *tee, fv_leaf_key *out);
/* Returns how ServerHello or certificates break a rule for which OpenSSL, and so an Expressway or a
 * Meeting Server, ends the handshake, though this library may have completed it. NULL: in no such
 * way. */
const char *fv_flight_shuts_out(const fv_tls_tee *tee);
/* Returns how many suites were offered; 0 if the offer was not seen. */
size_t fv_tls_offer_count_suites(const fv_tls_offer *offer);
/* Appends `sent` to the offer, as far as there is room. Call it only for the client's first
 * flight. */
void fv_tls_offer_note(fv_tls_offer *offer, fv_bytes sent);
/* Returns whether the server's first bytes are those of the ClientHello, up to the end of its
 * random value at least: it is an echo, and no TLS server. */
bool fv_tls_offer_is_echoed(const fv_tls_offer *offer, const fv_tls_tee *tee);

/* Returns false if the server sent a request for a client certificate, up to TLS 1.2, that cannot
 * be read whole. */
bool fv_flight_is_request_sound(const fv_tls_tee *tee);
/* Returns how the server broke the rules of TLS, in words that follow "the server". NULL if its
 * plaintext messages show no such fault. */
const char *fv_flight_misconduct(const fv_tls_tee *tee, const fv_tls_offer *offer);

/* Returns the algorithm of RSASSA-PSS that signs the handshake though this prober did not offer it,
 * as most peers do: whether the server breaks a rule hangs on the offer. NULL: none. */
const char *fv_flight_pss_beyond_offer(const fv_tls_tee *tee, const fv_tls_offer *offer);

/* Copies the names of a list of CAs (RFC 5246 7.4.4, RFC 8446 4.2.4) into the fact. */
fedval_status fv_tls_copy_authorities(fv_bytes list, fedval_fact *fact);
/* Copies the names of CAs in the request for a client certificate into the fact. */
fedval_status fv_flight_copy_client_cas(const fv_tls_tee *tee, fedval_fact *fact);
/* Finds the stapled OCSP response, RFC 6066 8. Returns false if there is none. */
bool fv_flight_ocsp(const fv_tls_tee *tee, fv_bytes *out);

#endif
