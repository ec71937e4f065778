#include "backends/probe/flight.h"

#include "backends/probe/names.h"
#include "base/cursor.h"
#include "base/text.h"
#include "fedval/certificate.h"

#include <string.h>

#define TLS_1_2 0x0303
#define RANDOM_LEN 32
#define EXTENSION_SUPPORTED_VERSIONS 43
#define EXTENSION_KEY_SHARE 51
#define EXTENSION_RENEGOTIATION_INFO 0xFF01
#define STATUS_TYPE_OCSP 1
#define CURVE_TYPE_NAMED 3
#define MAX_CLIENT_CAS 1024 /* kept from one request */

/* ---- ServerHello ---- */

/* RFC 8446 4.1.3: SHA-256 of "HelloRetryRequest". */
static const uint8_t retry_random[RANDOM_LEN] = {
    0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
    0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C};

static void read_extension(uint16_t type, fv_bytes body, fv_server_hello *out)
{
    fv_cursor cursor;
    uint16_t number;
    if (type == EXTENSION_RENEGOTIATION_INFO)
        out->is_renegotiation = body.len != 1 || body.data[0] != 0;
    fv_cursor_init(&cursor, body);
    if (!fv_cursor_read_u16(&cursor, &number))
        return;
    if (type == EXTENSION_SUPPORTED_VERSIONS && body.len == 2)
        out->version = number;
    if (type == EXTENSION_KEY_SHARE)
        out->group = number;
}

/* Reads the extensions: none at all, or a list that fills the rest of the message (RFC 5246
 * 7.4.1.3). */
static bool read_extensions(fv_cursor *cursor, fv_server_hello *out)
{
    uint16_t total, type, len;
    fv_bytes body;
    if (fv_cursor_left(cursor) == 0)
        return true;
    if (!fv_cursor_read_u16(cursor, &total) || total != fv_cursor_left(cursor))
        return false;
    fv_cursor list = *cursor;
    (void)fv_cursor_take(&list, total, &out->extensions);
    while (fv_cursor_left(cursor) > 0) {
        if (!fv_cursor_read_u16(cursor, &type) || !fv_cursor_read_u16(cursor, &len) ||
            !fv_cursor_take(cursor, len, &body))
            return false;
        read_extension(type, body, out);
    }
    return true;
}

bool fv_server_hello_read(fv_bytes body, fv_server_hello *out)
{
    fv_cursor cursor;
    fv_bytes random;
    uint8_t session_len;
    *out = (fv_server_hello){0};
    fv_cursor_init(&cursor, body);
    if (!fv_cursor_read_u16(&cursor, &out->version) ||
        !fv_cursor_take(&cursor, RANDOM_LEN, &random) ||
        !fv_cursor_read_u8(&cursor, &session_len) || session_len > 32 ||
        !fv_cursor_take(&cursor, session_len, &out->session) ||
        !fv_cursor_read_u16(&cursor, &out->suite) || !fv_cursor_read_u8(&cursor, &out->compression))
        return false;
    out->old_version = out->version;
    out->is_retry = memcmp(random.data, retry_random, RANDOM_LEN) == 0;
    return read_extensions(&cursor, out);
}

/* ---- ServerKeyExchange ---- */

static uint32_t count_bits(fv_bytes number)
{
    while (number.len > 0 && number.data[0] == 0) {
        number.data++;
        number.len--;
    }
    if (number.len == 0)
        return 0;
    uint32_t bits = (uint32_t)(number.len - 1) * 8;
    for (uint8_t top = number.data[0]; top != 0; top >>= 1)
        bits++;
    return bits;
}

/* RFC 5246 7.4.3: prime, generator and public value, each after its length. */
static bool read_dhe(fv_cursor *cursor, fv_key_exchange *out)
{
    fv_bytes prime, rest;
    uint16_t len;
    if (!fv_cursor_read_u16(cursor, &len) || !fv_cursor_take(cursor, len, &prime) ||
        !fv_cursor_read_u16(cursor, &len) || !fv_cursor_take(cursor, len, &rest) ||
        !fv_cursor_read_u16(cursor, &len) || !fv_cursor_take(cursor, len, &rest))
        return false;
    out->dh_bits = count_bits(prime);
    return true;
}

/* RFC 8422 5.4 */
static bool read_ecdhe(fv_cursor *cursor, fv_key_exchange *out)
{
    uint8_t type, point_len;
    return fv_cursor_read_u8(cursor, &type) && type == CURVE_TYPE_NAMED &&
           fv_cursor_read_u16(cursor, &out->group) && fv_cursor_read_u8(cursor, &point_len) &&
           fv_cursor_take(cursor, point_len, &out->point);
}

/* RFC 5246 4.7: before TLS 1.2 the signature has no algorithm of its own. */
static void read_signature(fv_cursor *cursor, uint16_t version, fv_key_exchange *out)
{
    uint16_t len;
    if (version == TLS_1_2 && !fv_cursor_read_u16(cursor, &out->scheme))
        return;
    out->is_whole = fv_cursor_read_u16(cursor, &len) &&
                    fv_cursor_take(cursor, len, &out->signature) && fv_cursor_left(cursor) == 0;
}

bool fv_flight_key_exchange(const fv_tls_tee *tee, fv_key_exchange *out)
{
    fv_server_hello hello;
    fv_bytes body;
    fv_cursor cursor;
    *out = (fv_key_exchange){0};
    if (!fv_tls_tee_find(tee, FV_TLS_SERVER_HELLO, &body) || !fv_server_hello_read(body, &hello) ||
        !fv_tls_tee_find(tee, FV_TLS_SERVER_KEY_EXCHANGE, &body))
        return false;
    fv_cursor_init(&cursor, body);
    const char *suite = fv_tls_suite_name(hello.suite);
    bool is_read = fv_begins_with(suite, "TLS_DHE_")     ? read_dhe(&cursor, out)
                   : fv_begins_with(suite, "TLS_ECDHE_") ? read_ecdhe(&cursor, out)
                                                         : false;
    if (is_read)
        read_signature(&cursor, hello.version, out);
    return is_read;
}

bool fv_flight_leaf_key(const fv_tls_tee *tee, fv_leaf_key *out)
{
    fv_bytes der, spki;
    fv_public_key key = {0};
    fedval_certificate *certificate = NULL;
    if (!fv_tls_tee_leaf(tee, &der) ||
        fedval_certificate_new(der.data, der.len, &certificate) != FEDVAL_OK)
        return false;
    spki.data = fedval_certificate_get_spki(certificate, &spki.len);
    bool is_read = spki.data != NULL && fv_public_key_read(spki, &key);
    if (is_read) {
        uint32_t bits = count_bits(key.modulus);
        *out = (fv_leaf_key){key.kind, (bits + 7) / 8, count_bits(key.exponent)};
    }
    fedval_certificate_free(certificate);
    return is_read;
}

/* ---- the request for a client certificate, and the stapled response ---- */

/* RFC 5246 7.4.4. Before TLS 1.2 there are no signature algorithms (RFC 4346 7.4.4). */
static bool find_authorities(const fv_tls_tee *tee, fv_bytes *out)
{
    fv_bytes body;
    fv_cursor cursor;
    uint8_t num_types;
    uint16_t len;
    if (!fv_tls_tee_find(tee, FV_TLS_CERTIFICATE_REQUEST, &body))
        return false;
    fv_cursor_init(&cursor, body);
    if (!fv_cursor_read_u8(&cursor, &num_types) || !fv_cursor_skip(&cursor, num_types))
        return false;
    if (fv_tls_tee_version(tee) == TLS_1_2 &&
        (!fv_cursor_read_u16(&cursor, &len) || !fv_cursor_skip(&cursor, len)))
        return false;
    return fv_cursor_read_u16(&cursor, &len) && fv_cursor_take(&cursor, len, out);
}

fedval_status fv_tls_copy_authorities(fv_bytes list, fedval_fact *fact)
{
    fv_bytes name;
    fv_cursor cursor;
    uint16_t len;
    fedval_status status = FEDVAL_OK;
    fv_cursor_init(&cursor, list);
    for (size_t i = 0; i < MAX_CLIENT_CAS && status == FEDVAL_OK &&
                       fv_cursor_read_u16(&cursor, &len) && fv_cursor_take(&cursor, len, &name);
         i++)
        status = fedval_fact_append_client_ca(fact, name.data, name.len);
    return status;
}

fedval_status fv_flight_copy_client_cas(const fv_tls_tee *tee, fedval_fact *fact)
{
    fv_bytes list;
    return find_authorities(tee, &list) ? fv_tls_copy_authorities(list, fact) : FEDVAL_OK;
}

bool fv_flight_ocsp(const fv_tls_tee *tee, fv_bytes *out)
{
    fv_bytes body;
    fv_cursor cursor;
    uint8_t type;
    uint32_t len;
    if (!fv_tls_tee_find(tee, FV_TLS_CERTIFICATE_STATUS, &body))
        return false;
    fv_cursor_init(&cursor, body);
    return fv_cursor_read_u8(&cursor, &type) && type == STATUS_TYPE_OCSP &&
           fv_cursor_read_u24(&cursor, &len) && len > 0 && fv_cursor_take(&cursor, len, out);
}
