/* Watches the bytes that a TLS server sends, beside the TLS library that reads them. Up to TLS 1.2
 * the server's first flight is plain text: its chain is there even when the library cannot parse
 * it, and so are the request for a client certificate and the number of a fatal alert. */
#ifndef FV_BACKENDS_PROBE_TEE_H
#define FV_BACKENDS_PROBE_TEE_H

#include "base/bytes.h"
#include "fedval/evidence.h"

#include <stdbool.h>

/* Handshake message types, RFC 5246 section 7.4. */
enum {
    FV_TLS_HELLO_REQUEST = 0,
    FV_TLS_SERVER_HELLO = 2,
    FV_TLS_NEW_SESSION_TICKET = 4,
    FV_TLS_CERTIFICATE = 11,
    FV_TLS_SERVER_KEY_EXCHANGE = 12,
    FV_TLS_CERTIFICATE_REQUEST = 13,
    FV_TLS_SERVER_HELLO_DONE = 14,
    FV_TLS_CERTIFICATE_STATUS = 22,
};

#define FV_TLS_MAX_FLIGHT (512u << 10)

typedef struct fv_tls_tee {
    uint8_t header[5]; /* of the record being read */
    size_t header_len;
    size_t record_left;
    uint8_t *flight; /* plain handshake messages, record layer taken off */
    size_t flight_len, flight_capacity;
    uint8_t alert[2];
    size_t alert_len;
    uint8_t first[96]; /* the first bytes, whatever they are */
    size_t first_len;
    uint32_t num_warnings, num_empty; /* warning alerts, records of no length */
    bool any_record;
    bool not_tls;    /* the first bytes are no TLS record */
    bool is_broken;  /* later ones are none */
    bool has_closed; /* close_notify came */
    bool encrypted;  /* the server has changed ciphers: nothing more to see */
    bool failed;     /* memory ran short, the flight is too long, or what comes is no TLS record */
} fv_tls_tee;

void fv_tls_tee_init(fv_tls_tee *tee);
void fv_tls_tee_clear(fv_tls_tee *tee);
void fv_tls_tee_feed(fv_tls_tee *tee, fv_bytes bytes);

/* The message at `at`, which moves behind it; false at the end, or where it is not whole. */
bool fv_tls_tee_next(const fv_tls_tee *tee, size_t *at, uint8_t *out_type, fv_bytes *out);
/* The body of the first message of this type; false while there is none (or not all of it). */
bool fv_tls_tee_find(const fv_tls_tee *tee, uint8_t type, fv_bytes *out);
/* The version the server chose, 0x0301..0x0304; 0: not known. */
uint16_t fv_tls_tee_version(const fv_tls_tee *tee);
/* The number of a fatal alert sent in plain text; -1: none. */
int32_t fv_tls_tee_alert(const fv_tls_tee *tee);
/* Appends the chain as sent; 0 certificates when it was not seen. */
fedval_status fv_tls_tee_copy_chain(const fv_tls_tee *tee, fedval_fact *fact, size_t *out_count);

#endif
