/* Checks whether the server keeps the rules of TLS. Used only after a handshake has failed. */
#include "backends/probe/flight.h"

#include "backends/probe/names.h"
#include "base/cursor.h"

#include <string.h>

#define RECORD_HANDSHAKE 22
#define CLIENT_HELLO 1
#define HELLO_HEAD_LEN 11 /* heads of the record and of the message, and the version */
#define RANDOM_LEN 32
#define TLS_1_3 0x0304
#define TLS_1_2 0x0303
#define EXTENSION_STATUS_REQUEST 5
#define EXTENSION_SUPPORTED_GROUPS 10
#define EXTENSION_ALPN 16
#define EXTENSION_SIGNATURE_ALGORITHMS 13
#define EXTENSION_COOKIE 44
#define EXTENSION_RENEGOTIATION_INFO 0xFF01
#define TAG_SEQUENCE 0x30

/* ---- the offer ---- */

void fv_tls_offer_note(fv_tls_offer *offer, fv_bytes sent)
{
    size_t room = sizeof(offer->bytes) - offer->len;
    size_t len = sent.len < room ? sent.len : room;
    memcpy(offer->bytes + offer->len, sent.data, len);
    offer->len += len;
}

bool fv_tls_offer_is_echoed(const fv_tls_offer *offer, const fv_tls_tee *tee)
{
    size_t len = offer->len < tee->first_len ? offer->len : tee->first_len;
    return len >= HELLO_HEAD_LEN + RANDOM_LEN && memcmp(offer->bytes, tee->first, len) == 0;
}

/* Finds the list of cipher suites in the ClientHello, which always fits into one record, and moves
 * the cursor behind it. */
static bool read_suites(const fv_tls_offer *offer, fv_cursor *cursor, fv_bytes *out)
{
    uint8_t type, session_len;
    uint16_t number;
    uint32_t len;
    fv_cursor_init(cursor, (fv_bytes){offer->bytes, offer->len});
    return fv_cursor_read_u8(cursor, &type) && type == RECORD_HANDSHAKE &&
           fv_cursor_skip(cursor, 4) && fv_cursor_read_u8(cursor, &type) && type == CLIENT_HELLO &&
           fv_cursor_read_u24(cursor, &len) && fv_cursor_skip(cursor, 2 + RANDOM_LEN) &&
           fv_cursor_read_u8(cursor, &session_len) && fv_cursor_skip(cursor, session_len) &&
           fv_cursor_read_u16(cursor, &number) && fv_cursor_take(cursor, number, out);
}

static bool find_suites(const fv_tls_offer *offer, fv_bytes *out)
{
    fv_cursor cursor;
    return read_suites(offer, &cursor, out);
}

/* Finds an extension in a list of them. */
static bool find_extension(fv_bytes list, uint16_t extension, fv_bytes *out)
{
    fv_cursor cursor;
    uint16_t len, type;
    fv_cursor_init(&cursor, list);
    while (fv_cursor_read_u16(&cursor, &type) && fv_cursor_read_u16(&cursor, &len) &&
           fv_cursor_take(&cursor, len, out)) {
        if (type == extension)
            return true;
    }
    return false;
}

/* Gets the extensions of the ClientHello. Returns false if the offer was not seen whole. */
static bool find_extensions(const fv_tls_offer *offer, fv_bytes *out)
{
    fv_cursor cursor;
    fv_bytes suites;
    uint8_t num_methods;
    uint16_t len;
    return read_suites(offer, &cursor, &suites) && fv_cursor_read_u8(&cursor, &num_methods) &&
           fv_cursor_skip(&cursor, num_methods) && fv_cursor_read_u16(&cursor, &len) &&
           fv_cursor_take(&cursor, len, out);
}

/* Finds the list of 16-bit numbers in an extension of the ClientHello (RFC 8446 4.2.3, 4.2.7). */
static bool find_list(const fv_tls_offer *offer, uint16_t extension, fv_bytes *out)
{
    fv_cursor inside;
    fv_bytes list, body;
    uint16_t len;
    if (!find_extensions(offer, &list) || !find_extension(list, extension, &body))
        return false;
    fv_cursor_init(&inside, body);
    return fv_cursor_read_u16(&inside, &len) && fv_cursor_take(&inside, len, out);
}

static bool has_number(fv_bytes list, uint16_t number)
{
    fv_cursor cursor;
    uint16_t item;
    fv_cursor_init(&cursor, list);
    while (fv_cursor_read_u16(&cursor, &item)) {
        if (item == number)
            return true;
    }
    return false;
}

/* Returns true also if the offer has no such list. */
static bool is_listed(const fv_tls_offer *offer, uint16_t extension, uint16_t number)
{
    fv_bytes list;
    return !find_list(offer, extension, &list) || has_number(list, number);
}

/* Returns true also if the offer was not seen. */
static bool has_suite(const fv_tls_offer *offer, uint16_t suite)
{
    fv_bytes suites;
    return !find_suites(offer, &suites) || has_number(suites, suite);
}

/* RFC 5746 and RFC 7507: these two values are signals and not suites. */
size_t fv_tls_offer_count_suites(const fv_tls_offer *offer)
{
    fv_bytes suites;
    fv_cursor cursor;
    uint16_t offered;
    size_t count = 0;
    if (!find_suites(offer, &suites))
        return 0;
    fv_cursor_init(&cursor, suites);
    while (fv_cursor_read_u16(&cursor, &offered))
        count += offered != 0x00FF && offered != 0x5600;
    return count;
}

/* ---- the server's messages ---- */

#define MAX_IDLE 4 /* messages and records without content */

typedef struct conduct {
    const fv_tls_offer *offer;
    const fv_tls_tee *tee;
    uint16_t version, suite; /* that the server chose */
    bool has_status;         /* it announces a stapled response */
    uint32_t seen;           /* bit n: a message of type n came */
    unsigned num_hellos, num_retries, num_requests;
} conduct;

/* RFC 8446 B.4: the suites 0x13nn are of TLS 1.3, which has no others. RFC 8446 4.2.8: without a
 * resumed session each ServerHello has a key share. */
static const char *judge_version(const fv_server_hello *hello)
{
    if (hello->version > TLS_1_3)
        return "chooses a version of TLS that was not offered";
    if ((hello->version == TLS_1_3) != (hello->suite >> 8 == 0x13))
        return "chooses a cipher suite of another version of TLS";
    if (hello->version == TLS_1_3 && !hello->is_retry && hello->group == 0)
        return "sends a ServerHello of TLS 1.3 without a key share";
    return NULL;
}

/* RFC 5246 7.4.1.4: "An extension type MUST NOT appear in the ServerHello unless the same extension
 * type appeared in the corresponding ClientHello." The suite of RFC 5746 3.3 stands for an
 * extension, and RFC 8446 4.2.2 lets a HelloRetryRequest bring a cookie. */
static const char *judge_extensions(const conduct *self, const fv_server_hello *hello)
{
    fv_bytes offered, body;
    fv_cursor cursor;
    uint16_t type, len;
    if (!find_extensions(self->offer, &offered))
        return NULL;
    fv_cursor_init(&cursor, hello->extensions);
    while (fv_cursor_read_u16(&cursor, &type) && fv_cursor_read_u16(&cursor, &len) &&
           fv_cursor_skip(&cursor, len)) {
        if (type == EXTENSION_RENEGOTIATION_INFO || (type == EXTENSION_COOKIE && hello->is_retry) ||
            find_extension(offered, type, &body))
            continue;
        return type == EXTENSION_ALPN
                   ? "chooses an application protocol (ALPN), and none was offered"
                   : "answers with an extension that was not offered";
    }
    return NULL;
}

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
    if (!has_suite(self->offer, hello.suite))
        return "chooses a cipher suite that was not offered";
    if (hello.compression != 0)
        return "chooses a compression that was not offered";
    if (hello.is_renegotiation)
        return "answers as if the connection had been negotiated before";
    self->suite = hello.suite;
    self->version = hello.version;
    self->has_status = find_extension(hello.extensions, EXTENSION_STATUS_REQUEST, &body);
    const char *fault = judge_version(&hello);
    return fault != NULL ? fault : judge_extensions(self, &hello);
}

/* RFC 5246 7.4.3, RFC 8422 5.4: group and algorithm are among those that the client offered. */
static const char *judge_keys(const conduct *self)
{
    fv_key_exchange keys;
    const char *suite = fv_tls_suite_name(self->suite);
    if (suite == NULL ||
        (strncmp(suite, "TLS_ECDHE_", 10) != 0 && strncmp(suite, "TLS_DHE_", 8) != 0))
        return NULL;
    if (!fv_flight_key_exchange(self->tee, &keys))
        return "sends a ServerKeyExchange that cannot be read";
    if (keys.group != 0 && !is_listed(self->offer, EXTENSION_SUPPORTED_GROUPS, keys.group))
        return "chooses a group that was not offered";
    if (keys.scheme != 0 && !is_listed(self->offer, EXTENSION_SIGNATURE_ALGORITHMS, keys.scheme))
        return "signs the handshake with an algorithm that was not offered";
    return NULL;
}

/* RFC 5246 7.4.2: the list of a server has at least one certificate. */
static const char *judge_certificates(fv_bytes body)
{
    fv_cursor cursor;
    uint32_t len;
    fv_cursor_init(&cursor, body);
    if (!fv_cursor_read_u24(&cursor, &len) || len != fv_cursor_left(&cursor))
        return "sends a list of certificates whose lengths do not fit";
    if (len == 0)
        return "sends an empty list of certificates";
    while (fv_cursor_left(&cursor) > 0) {
        if (!fv_cursor_read_u24(&cursor, &len) || len == 0 || !fv_cursor_skip(&cursor, len))
            return "sends a list of certificates whose lengths do not fit";
    }
    return NULL;
}

/* Returns whether `name` is one SEQUENCE that fills it, as each name of a CA is (RFC 5246 7.4.4).
 */
static bool is_name(fv_bytes name)
{
    fv_cursor cursor;
    uint8_t tag, first;
    uint16_t len = 0;
    fv_cursor_init(&cursor, name);
    if (!fv_cursor_read_u8(&cursor, &tag) || tag != TAG_SEQUENCE ||
        !fv_cursor_read_u8(&cursor, &first))
        return false;
    if (first < 0x80)
        len = first;
    else if (first == 0x81 && fv_cursor_read_u8(&cursor, &first))
        len = first;
    else if (first != 0x82 || !fv_cursor_read_u16(&cursor, &len))
        return false;
    return len == fv_cursor_left(&cursor);
}

static bool are_names(fv_bytes list)
{
    fv_cursor cursor;
    fv_bytes name;
    uint16_t len;
    fv_cursor_init(&cursor, list);
    while (fv_cursor_left(&cursor) > 0) {
        if (!fv_cursor_read_u16(&cursor, &len) || !fv_cursor_take(&cursor, len, &name) ||
            !is_name(name))
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
        return ++self->num_requests > MAX_IDLE ? "sends HelloRequests without end" : NULL;
    case FV_TLS_SERVER_HELLO:
        return judge_hello(self, body);
    case FV_TLS_CERTIFICATE:
        if (self->num_hellos > 0)
            return judge_certificates(body);
        break;
    case FV_TLS_SERVER_KEY_EXCHANGE:
        if (self->num_hellos > 0)
            return judge_keys(self);
        break;
    case FV_TLS_CERTIFICATE_REQUEST:
        if (self->num_hellos > 0) {
            return is_request_sound(body, self->version)
                       ? NULL
                       : "asks for a client certificate with a list that cannot be read";
        }
        break;
    case FV_TLS_CERTIFICATE_STATUS:
        if (self->num_hellos > 0)
            return self->has_status ? NULL : "staples a response that it did not announce";
        break;
    case FV_TLS_SERVER_HELLO_DONE:
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
    if (tee->has_odd_alert)
        return "sends an alert that is neither a warning nor fatal";
    return tee->is_broken ? "sends bytes that are no TLS record" : NULL;
}
