/* What the plain part of a handshake says: the messages that the tee has seen, taken apart. All of
 * it is the server's, so nothing of it is believed to be well formed. */
#ifndef FV_BACKENDS_PROBE_FLIGHT_H
#define FV_BACKENDS_PROBE_FLIGHT_H

#include "backends/probe/tee.h"

/* The ClientHello that was offered, as it was sent: records and all. len 0: not seen. */
typedef struct fv_tls_offer {
    uint8_t bytes[4096];
    size_t len;
} fv_tls_offer;

typedef struct fv_server_hello {
    uint16_t version; /* that of the supported_versions extension, where it is there */
    uint16_t suite;
    uint16_t group; /* of the key_share extension; 0: none */
    uint8_t compression;
    bool is_retry; /* HelloRetryRequest, RFC 8446 4.1.4 */
} fv_server_hello;

/* The keys of the exchange as ServerKeyExchange shows them, TLS 1.2 and before. */
typedef struct fv_key_exchange {
    uint16_t group;   /* a named curve; 0: none */
    uint32_t dh_bits; /* of the prime; 0: no DHE */
    uint16_t scheme;  /* of the signature, TLS 1.2 alone; 0: not said */
} fv_key_exchange;

/* False: the body cannot be read as one. */
bool fv_server_hello_read(fv_bytes body, fv_server_hello *out);
/* False: there is none, or it cannot be read. */
bool fv_flight_key_exchange(const fv_tls_tee *tee, fv_key_exchange *out);
/* True also where the offer was not seen. */
bool fv_tls_offer_has_suite(const fv_tls_offer *offer, uint16_t suite);
/* How many suites were offered; 0: the offer was not seen. */
size_t fv_tls_offer_count_suites(const fv_tls_offer *offer);
/* Notes what the client sends, as long as it is its first flight. */
void fv_tls_offer_note(fv_tls_offer *offer, fv_bytes sent);

/* How the server broke the rules of TLS, in words that follow "the server"; NULL: it did not, as
 * far as its plain messages show. */
const char *fv_flight_misconduct(const fv_tls_tee *tee, const fv_tls_offer *offer);

/* The CAs that the request for a client certificate names, into the fact. */
fedval_status fv_flight_copy_client_cas(const fv_tls_tee *tee, fedval_fact *fact);
/* The stapled OCSP response, RFC 6066 8. False: none. */
bool fv_flight_ocsp(const fv_tls_tee *tee, fv_bytes *out);

#endif
