#include "backends/probe/tee.h"

#include "base/cursor.h"
#include "base/grow.h"

#include <stdlib.h>
#include <string.h>

/* Record content types, RFC 8446 section 5.1. */
enum { RECORD_CHANGE_CIPHER_SPEC = 20, RECORD_ALERT = 21, RECORD_HANDSHAKE = 22, RECORD_DATA = 23 };

#define MAX_RECORD (16384 + 2048) /* RFC 5246 6.2.3 */
#define ALERT_WARNING 1
#define ALERT_FATAL 2
#define ALERT_CLOSE_NOTIFY 0
#define ALERT_NO_RENEGOTIATION 100
#define MAX_MINOR_VERSION 4
#define EXTENSION_SUPPORTED_VERSIONS 43
#define RANDOM_LEN 32

void fv_tls_tee_init(fv_tls_tee *tee)
{
    memset(tee, 0, sizeof(*tee));
    tee->min_sealed = SIZE_MAX;
}

void fv_tls_tee_clear(fv_tls_tee *tee)
{
    free(tee->flight);
    fv_tls_tee_init(tee);
}

static bool grow(fv_tls_tee *tee, size_t wanted)
{
    uint8_t *flight =
        wanted > FV_TLS_MAX_FLIGHT ? NULL : fv_grow(tee->flight, wanted, &tee->flight_capacity, 1);
    if (flight == NULL)
        return false;
    tee->flight = flight;
    return true;
}

static void keep_handshake(fv_tls_tee *tee, fv_bytes bytes)
{
    if (!grow(tee, tee->flight_len + bytes.len)) {
        tee->failed = true;
        return;
    }
    memcpy(tee->flight + tee->flight_len, bytes.data, bytes.len);
    tee->flight_len += bytes.len;
}

/* Keeps the first fatal alert. Warnings may come before it, for example about an unrecognised
 * name. */
static void keep_alert(fv_tls_tee *tee, fv_bytes bytes)
{
    for (size_t i = 0; i < bytes.len && fv_tls_tee_alert(tee) < 0; i++) {
        if (tee->alert_len == sizeof(tee->alert))
            tee->alert_len = 0;
        tee->alert[tee->alert_len++] = bytes.data[i];
        if (tee->alert_len < sizeof(tee->alert))
            continue;
        tee->has_closed |= tee->alert[1] == ALERT_CLOSE_NOTIFY;
        tee->has_no_renegotiation |= tee->alert[1] == ALERT_NO_RENEGOTIATION;
        tee->num_warnings += tee->alert[0] == ALERT_WARNING;
        tee->has_odd_alert |= tee->alert[0] != ALERT_WARNING && tee->alert[0] != ALERT_FATAL;
    }
}

/* Returns whether a record may begin with these bytes: its type and the major version. A server
 * that answers with "OK" or an empty line never sends a whole header. */
static bool is_record_start(const fv_tls_tee *tee)
{
    uint8_t type = tee->header[0];
    return type >= RECORD_CHANGE_CIPHER_SPEC && type <= RECORD_DATA &&
           (tee->header_len < 2 || tee->header[1] == 3);
}

static void begin_record(fv_tls_tee *tee)
{
    uint8_t type = tee->header[0];
    tee->any_record = true;
    bool is_change = type == RECORD_CHANGE_CIPHER_SPEC;
    bool is_early = is_change && !fv_tls_tee_has(tee, FV_TLS_SERVER_HELLO);
    tee->has_early_change |= is_early;
    if ((is_change && !is_early) || type == RECORD_DATA)
        tee->encrypted = true;
    tee->record_left = (size_t)tee->header[3] << 8 | tee->header[4];
    if (tee->has_changed && tee->record_left < tee->min_sealed)
        tee->min_sealed = tee->record_left;
    tee->has_changed |= is_change && !is_early;
    tee->num_empty += tee->record_left == 0;
    tee->has_odd_alert |= type == RECORD_ALERT && tee->record_left == 0;
    tee->has_odd_version |= tee->header[2] > MAX_MINOR_VERSION;
    if (tee->record_left > MAX_RECORD)
        tee->failed = tee->is_too_long = true;
}

static void keep_header(fv_tls_tee *tee, uint8_t byte)
{
    tee->header[tee->header_len++] = byte;
    if (!is_record_start(tee)) {
        tee->not_tls = !tee->any_record;
        tee->is_broken = tee->any_record;
        tee->failed = true;
    } else if (tee->header_len == sizeof(tee->header)) {
        begin_record(tee);
    }
}

static void keep_payload(fv_tls_tee *tee, fv_bytes bytes)
{
    if (tee->encrypted || tee->header[0] == RECORD_CHANGE_CIPHER_SPEC)
        return;
    if (tee->header[0] == RECORD_HANDSHAKE)
        keep_handshake(tee, bytes);
    else
        keep_alert(tee, bytes);
}

/* Notes the messages that have become whole. Each is looked at once: a server may send a hundred
 * thousand of them. */
static void note_messages(fv_tls_tee *tee)
{
    uint8_t type;
    fv_bytes body;
    while (fv_tls_tee_next(tee, &tee->num_seen, &type, &body))
        tee->seen |= type < 32 ? UINT32_C(1) << type : 0;
}

static void keep_first(fv_tls_tee *tee, fv_bytes bytes)
{
    size_t room = sizeof(tee->first) - tee->first_len;
    size_t len = bytes.len < room ? bytes.len : room;
    memcpy(tee->first + tee->first_len, bytes.data, len);
    tee->first_len += len;
}

void fv_tls_tee_feed(fv_tls_tee *tee, fv_bytes bytes)
{
    keep_first(tee, bytes);
    while (bytes.len > 0 && !tee->failed) {
        if (tee->header_len < sizeof(tee->header)) {
            keep_header(tee, bytes.data[0]);
            bytes.data++;
            bytes.len--;
        } else {
            size_t len = bytes.len < tee->record_left ? bytes.len : tee->record_left;
            keep_payload(tee, (fv_bytes){bytes.data, len});
            bytes.data += len;
            bytes.len -= len;
            tee->record_left -= len;
        }
        if (tee->header_len == sizeof(tee->header) && tee->record_left == 0) {
            tee->header_len = 0;
            note_messages(tee);
            tee->is_fragmented |= tee->num_seen < tee->flight_len;
        }
    }
    note_messages(tee);
}

bool fv_tls_tee_next(const fv_tls_tee *tee, size_t *at, uint8_t *out_type, fv_bytes *out)
{
    fv_cursor cursor;
    uint32_t len;
    fv_cursor_init(&cursor, (fv_bytes){tee->flight, tee->flight_len});
    if (!fv_cursor_skip(&cursor, *at) || !fv_cursor_read_u8(&cursor, out_type) ||
        !fv_cursor_read_u24(&cursor, &len) || !fv_cursor_take(&cursor, len, out))
        return false;
    *at = fv_cursor_offset(&cursor);
    return true;
}

uint32_t fv_tls_tee_announced(const fv_tls_tee *tee)
{
    fv_cursor cursor;
    uint8_t type;
    uint32_t len;
    fv_cursor_init(&cursor, (fv_bytes){tee->flight, tee->flight_len});
    if (!fv_cursor_skip(&cursor, tee->num_seen) || !fv_cursor_read_u8(&cursor, &type) ||
        !fv_cursor_read_u24(&cursor, &len))
        return 0;
    return len;
}

bool fv_tls_tee_has(const fv_tls_tee *tee, uint8_t type)
{
    return type < 32 && (tee->seen >> type & 1) != 0;
}

bool fv_tls_tee_find(const fv_tls_tee *tee, uint8_t type, fv_bytes *out)
{
    uint8_t found;
    fv_bytes body;
    if (!fv_tls_tee_has(tee, type))
        return false;
    for (size_t at = 0; fv_tls_tee_next(tee, &at, &found, &body);) {
        if (found == type) {
            *out = body;
            return true;
        }
    }
    return false;
}

/* Returns the version in the supported_versions extension (RFC 8446 section 4.2.1); 0 if it is not
 * there. */
static uint16_t extension_version(fv_cursor *cursor)
{
    uint16_t total, type, len;
    if (!fv_cursor_read_u16(cursor, &total))
        return 0;
    while (fv_cursor_read_u16(cursor, &type) && fv_cursor_read_u16(cursor, &len)) {
        uint16_t version;
        if (type == EXTENSION_SUPPORTED_VERSIONS && len == 2)
            return fv_cursor_read_u16(cursor, &version) ? version : 0;
        if (!fv_cursor_skip(cursor, len))
            return 0;
    }
    return 0;
}

uint16_t fv_tls_tee_version(const fv_tls_tee *tee)
{
    fv_bytes hello;
    fv_cursor cursor;
    uint16_t version, later;
    uint8_t session_len;
    if (!fv_tls_tee_find(tee, FV_TLS_SERVER_HELLO, &hello))
        return 0;
    fv_cursor_init(&cursor, hello);
    if (!fv_cursor_read_u16(&cursor, &version))
        return 0;
    /* random, session id, cipher suite, compression method, RFC 5246 section 7.4.1.3 */
    if (!fv_cursor_skip(&cursor, RANDOM_LEN) || !fv_cursor_read_u8(&cursor, &session_len) ||
        !fv_cursor_skip(&cursor, (size_t)session_len + 3))
        return version;
    later = extension_version(&cursor);
    return later != 0 ? later : version;
}

int32_t fv_tls_tee_alert(const fv_tls_tee *tee)
{
    if (tee->alert_len < sizeof(tee->alert) || tee->alert[0] != ALERT_FATAL)
        return -1;
    return tee->alert[1];
}

bool fv_tls_tee_leaf(const fv_tls_tee *tee, fv_bytes *out_der)
{
    fv_bytes message;
    fv_cursor cursor;
    uint32_t len;
    if (!fv_tls_tee_find(tee, FV_TLS_CERTIFICATE, &message))
        return false;
    fv_cursor_init(&cursor, message);
    return fv_cursor_read_u24(&cursor, &len) && fv_cursor_read_u24(&cursor, &len) &&
           fv_cursor_take(&cursor, len, out_der);
}

fedval_status fv_tls_tee_copy_chain(const fv_tls_tee *tee, fedval_fact *fact, size_t *out_count)
{
    fv_bytes message, der;
    fv_cursor cursor;
    uint32_t len;
    size_t count = 0;
    fedval_status status = FEDVAL_OK;
    *out_count = 0;
    if (!fv_tls_tee_find(tee, FV_TLS_CERTIFICATE, &message))
        return FEDVAL_OK;
    fv_cursor_init(&cursor, message);
    if (!fv_cursor_read_u24(&cursor, &len))
        return FEDVAL_OK;
    while (status == FEDVAL_OK && fv_cursor_read_u24(&cursor, &len) &&
           fv_cursor_take(&cursor, len, &der)) {
        status = fedval_fact_append_certificate(fact, der.data, der.len);
        count++;
    }
    *out_count = count;
    return status;
}
