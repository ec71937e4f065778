/* Checks whether the server keeps the rules of TLS: message by message, as far as they are plain.
 */
#include "backends/probe/conduct.h"

#include "base/cursor.h"

#include <string.h>

#define TLS_1_2 0x0303
#define EXTENSION_STATUS_REQUEST 5

#define MAX_IDLE 4 /* messages and records without content */

typedef struct conduct {
    const fv_tls_offer *offer;
    const fv_tls_tee *tee;
    fv_server_hello hello; /* the last one */
    bool has_status;       /* it announces a stapled response */
    uint32_t seen;         /* bit n: a message of type n came */
    unsigned num_hellos, num_retries, num_requests;
} conduct;

static const char *judge_hello(conduct *self, fv_bytes body)
{
    fv_server_hello hello;
    if (!fv_server_hello_read(body, &hello))
        return "sends a ServerHello that cannot be read";
    if (hello.is_retry)
        self->num_retries++;
    else
        self->num_hellos++;
    if (self->num_retries > 1)
        return "asks for another ClientHello again and again (HelloRetryRequest)";
    if (self->num_hellos > 1)
        return "sends a second ServerHello";
    self->hello = hello;
    self->has_status = fv_tls_find_extension(hello.extensions, EXTENSION_STATUS_REQUEST, &body);
    return fv_conduct_hello(self->offer, &hello);
}

static bool are_names(fv_bytes list)
{
    fv_cursor cursor;
    fv_bytes name;
    uint16_t len;
    fv_cursor_init(&cursor, list);
    while (fv_cursor_left(&cursor) > 0) {
        if (!fv_cursor_read_u16(&cursor, &len) || !fv_cursor_take(&cursor, len, &name) ||
            !fv_conduct_is_sequence(name))
            return false;
    }
    return true;
}

/* RFC 5246 7.4.4. Before TLS 1.2 there are no signature algorithms (RFC 4346 7.4.4). */
static bool is_request_sound(fv_bytes body, uint16_t version)
{
    fv_cursor cursor;
    fv_bytes names;
    uint8_t num_types;
    uint16_t len;
    fv_cursor_init(&cursor, body);
    if (!fv_cursor_read_u8(&cursor, &num_types) || !fv_cursor_skip(&cursor, num_types))
        return false;
    if (version == TLS_1_2 && (!fv_cursor_read_u16(&cursor, &len) || len == 0 || len % 2 != 0 ||
                               !fv_cursor_skip(&cursor, len)))
        return false;
    return fv_cursor_read_u16(&cursor, &len) && fv_cursor_take(&cursor, len, &names) &&
           fv_cursor_left(&cursor) == 0 && are_names(names);
}

bool fv_flight_is_request_sound(const fv_tls_tee *tee)
{
    fv_bytes body;
    return !fv_tls_tee_find(tee, FV_TLS_CERTIFICATE_REQUEST, &body) ||
           is_request_sound(body, fv_tls_tee_version(tee));
}

/* Each message but HelloRequest and HelloRetryRequest comes once (RFC 5246 7.3). */
static bool is_repeated(conduct *self, uint8_t type)
{
    uint32_t bit = type < 32 ? UINT32_C(1) << type : 0;
    bool is_again = (self->seen & bit) != 0;
    self->seen |= bit;
    return is_again && type != FV_TLS_HELLO_REQUEST && type != FV_TLS_SERVER_HELLO;
}

static const char *judge_message(conduct *self, uint8_t type, fv_bytes body)
{
    if (is_repeated(self, type))
        return "sends a handshake message twice";
    switch (type) {
    case FV_TLS_HELLO_REQUEST: /* may come at any time, RFC 5246 7.4.1.1 */
        if (body.len > 0)
            return "sends a HelloRequest that is not empty";
        return ++self->num_requests > MAX_IDLE ? "sends HelloRequests without end" : NULL;
    case FV_TLS_SERVER_HELLO:
        return judge_hello(self, body);
    case FV_TLS_CERTIFICATE:
        if (self->num_hellos > 0)
            return fv_conduct_certificates(body);
        break;
    case FV_TLS_SERVER_KEY_EXCHANGE:
        if (self->num_hellos > 0) {
            return fv_conduct_key_exchange(self->tee, self->offer, &self->hello,
                                           (self->seen >> FV_TLS_CERTIFICATE & 1) != 0);
        }
        break;
    case FV_TLS_CERTIFICATE_REQUEST:
        if (self->num_hellos > 0) {
            return is_request_sound(body, self->hello.version)
                       ? NULL
                       : "asks for a client certificate with a list that cannot be read";
        }
        break;
    case FV_TLS_CERTIFICATE_STATUS:
        if (self->num_hellos > 0)
            return self->has_status ? NULL : "staples a response that it did not announce";
        break;
    case FV_TLS_SERVER_HELLO_DONE:
        if (self->num_hellos > 0) {
            return body.len == 0 ? fv_conduct_done(&self->hello, self->seen)
                                 : "sends a ServerHelloDone that is not empty";
        }
        break;
    case FV_TLS_NEW_SESSION_TICKET:
        if (self->num_hellos > 0)
            return NULL;
        break;
    default:
        return "sends a handshake message that has no place there";
    }
    return "sends a handshake message before its ServerHello";
}

const char *fv_flight_misconduct(const fv_tls_tee *tee, const fv_tls_offer *offer)
{
    conduct self = {.offer = offer, .tee = tee};
    const char *fault = NULL;
    uint8_t type;
    fv_bytes body;
    for (size_t at = 0; fault == NULL && fv_tls_tee_next(tee, &at, &type, &body);)
        fault = judge_message(&self, type, body);
    if (fault != NULL)
        return fault;
    if (tee->num_warnings > MAX_IDLE)
        return "sends warning alerts without end";
    if (tee->num_empty > MAX_IDLE)
        return "sends empty records without end";
    if (tee->is_too_long)
        return "sends a record that is longer than TLS allows";
    if (tee->has_early_change && self.num_hellos > 0)
        return fv_conduct_early_change;
    if (self.num_hellos > 0 && tee->min_sealed < fv_conduct_min_sealed(&self.hello))
        return "sends a record that is too short to be encrypted";
    if (tee->has_no_renegotiation)
        return "refuses to negotiate again what has only begun (no_renegotiation)";
    if (tee->has_odd_alert)
        return "sends an alert that is neither a warning nor fatal";
    return tee->is_broken ? "sends bytes that are no TLS record" : NULL;
}
