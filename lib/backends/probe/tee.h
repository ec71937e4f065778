/* Watches the bytes that a TLS server sends, beside the TLS library that reads them. Up to TLS 1.2
 * the server's first flight is plaintext. So the tee has the chain, the request for a client
 * certificate and the number of a fatal alert, even if the library cannot parse them. */
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
    FV_TLS_ENCRYPTED_EXTENSIONS = 8,
    FV_TLS_CERTIFICATE = 11,
    FV_TLS_SERVER_KEY_EXCHANGE = 12,
    FV_TLS_CERTIFICATE_REQUEST = 13,
    FV_TLS_SERVER_HELLO_DONE = 14,
    FV_TLS_CERTIFICATE_VERIFY = 15,
    FV_TLS_CERTIFICATE_STATUS = 22,
};

#define FV_TLS_MAX_FLIGHT (512u << 10)

typedef struct fv_tls_tee {
    uint8_t header[5]; /* header of the current record */
    size_t header_len;
    size_t record_left;
    uint8_t *flight; /* plaintext handshake messages without record headers */
    size_t flight_len, flight_capacity;
    size_t num_seen; /* bytes of the flight whose messages are in `seen` */
    uint32_t seen;   /* bit n: a whole message of type n came */
    uint8_t alert[2];
    size_t alert_len;
    uint8_t first[96]; /* the first bytes, whatever they are */
    size_t first_len;
    uint32_t num_warnings, num_empty; /* warning alerts; records of length 0 */
    bool is_fragmented;               /* a handshake message goes on in another record */
    bool any_record;
    bool not_tls;              /* the first bytes are not a TLS record */
    bool is_broken;            /* later bytes are not a TLS record */
    bool is_too_long;          /* a record is longer than TLS allows */
    bool has_odd_alert;        /* an alert is neither a warning nor fatal */
    bool has_closed;           /* close_notify came */
    bool has_no_renegotiation; /* the warning no_renegotiation came, RFC 5246 7.2.2 */
    bool has_odd_version;      /* a record is of a version above TLS 1.3 */
    bool has_early_change;     /* ChangeCipherSpec came before the ServerHello */
    bool has_changed;          /* ChangeCipherSpec came */
    size_t min_sealed;         /* the length of the shortest record after it; SIZE_MAX: none came */
    bool encrypted;            /* the server encrypts from here on: nothing more to see */
    bool failed; /* memory was short, the flight is too long, or the bytes are not TLS */
} fv_tls_tee;

void fv_tls_tee_init(fv_tls_tee *tee);
void fv_tls_tee_clear(fv_tls_tee *tee);
void fv_tls_tee_feed(fv_tls_tee *tee, fv_bytes bytes);

/* Gets the message at `*at` and moves `*at` behind it. Returns false at the end, or if the message
 * is not complete. */
bool fv_tls_tee_next(const fv_tls_tee *tee, size_t *at, uint8_t *out_type, fv_bytes *out);
/* Returns the length of the message that has begun and is not complete, as its head says; 0 if
 * there is none. */
uint32_t fv_tls_tee_announced(const fv_tls_tee *tee);
/* Returns whether a whole message of this type came. Takes the same time however many came. */
bool fv_tls_tee_has(const fv_tls_tee *tee, uint8_t type);
/* Gets the body of the first message of this type. Returns false if there is none, or if it is not
 * complete. */
bool fv_tls_tee_find(const fv_tls_tee *tee, uint8_t type, fv_bytes *out);
/* Returns the version that the server chose, 0x0301 to 0x0304; 0 if it is not known. */
uint16_t fv_tls_tee_version(const fv_tls_tee *tee);
/* Returns the number of a fatal alert sent in plaintext; -1 if there was none. */
int32_t fv_tls_tee_alert(const fv_tls_tee *tee);
/* Gets the first certificate of the chain. Returns false if there is none. */
bool fv_tls_tee_leaf(const fv_tls_tee *tee, fv_bytes *out_der);
/* Appends the chain as it was sent. Sets `*out_count` to 0 if it was not seen. */
fedval_status fv_tls_tee_copy_chain(const fv_tls_tee *tee, fedval_fact *fact, size_t *out_count);

#endif
