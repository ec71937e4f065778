/* The parts of the check whether a server keeps the rules of TLS. A fault is told in words that
 * follow "the server"; NULL is none. */
#ifndef FV_BACKENDS_PROBE_CONDUCT_H
#define FV_BACKENDS_PROBE_CONDUCT_H

#include "backends/probe/flight.h"

/* ---- offer.c ---- */

/* Finds an extension in a list of them. */
bool fv_tls_find_extension(fv_bytes list, uint16_t extension, fv_bytes *out);
/* Gets the extensions of the ClientHello. Returns false if the offer was not seen whole. */
bool fv_tls_offer_extensions(const fv_tls_offer *offer, fv_bytes *out);
/* Whether `number` is in the list of an extension. Returns true also if there is no such list. */
bool fv_tls_offer_lists(const fv_tls_offer *offer, uint16_t extension, uint16_t number);
/* Gets the session id of the ClientHello. Returns false if the offer was not seen. */
bool fv_tls_offer_session(const fv_tls_offer *offer, fv_bytes *out);
/* Returns true also if the offer was not seen. */
bool fv_tls_offer_has_suite(const fv_tls_offer *offer, uint16_t suite);

/* ---- conduct_keys.c ---- */

extern const char fv_conduct_odd_key[];

/* Whether `der` is one SEQUENCE that fills it. */
bool fv_conduct_is_sequence(fv_bytes der);
/* Judges the Certificate message, up to TLS 1.2. */
const char *fv_conduct_certificates(fv_bytes body);
/* Whether the key of the certificate is of another kind than that which the suite signs with. */
bool fv_conduct_is_key_odd(const fv_tls_tee *tee, const fv_server_hello *hello);
/* Judges the end of a flight that had messages of the types of which `seen` has the bits. */
const char *fv_conduct_done(const fv_server_hello *hello, uint32_t seen);
/* Judges the ServerKeyExchange, by the suite and the certificate that came before it. */
const char *fv_conduct_key_exchange(const fv_tls_tee *tee, const fv_tls_offer *offer,
                                    const fv_server_hello *hello, bool has_certificate);

/* ---- conduct_hello.c ---- */

/* RFC 5246 7.3. In TLS 1.3 it may come at any time, RFC 8446 5, but OpenSSL takes none there. */
extern const char fv_conduct_early_change[];

/* Judges one ServerHello or HelloRetryRequest by itself. */
const char *fv_conduct_hello(const fv_tls_offer *offer, const fv_server_hello *hello);
/* Whether a list of extensions has one that OpenSSL does not know, and so passes over. */
bool fv_tls_has_unknown_extension(fv_bytes list);
/* Whether a ServerHello of TLS 1.3 has such an extension. */
bool fv_flight_has_unknown_answer(const fv_tls_tee *tee);
/* Returns the length of the shortest record that the suite encrypts; 0 if it is not known. */
size_t fv_conduct_min_sealed(const fv_server_hello *hello);

#endif
