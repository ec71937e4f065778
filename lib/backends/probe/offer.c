/* Parses the ClientHello that was sent: what the server may choose from. */
#include "backends/probe/conduct.h"

#include "base/cursor.h"

#include <string.h>

#define RECORD_HANDSHAKE 22
#define CLIENT_HELLO 1
#define HELLO_HEAD_LEN 11 /* heads of the record and of the message, and the version */
#define RANDOM_LEN 32

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

bool fv_tls_offer_session(const fv_tls_offer *offer, fv_bytes *out)
{
    fv_cursor cursor;
    uint8_t len;
    fv_cursor_init(&cursor, (fv_bytes){offer->bytes, offer->len});
    return fv_cursor_skip(&cursor, HELLO_HEAD_LEN + RANDOM_LEN) &&
           fv_cursor_read_u8(&cursor, &len) && fv_cursor_take(&cursor, len, out);
}

bool fv_tls_find_extension(fv_bytes list, uint16_t extension, fv_bytes *out)
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

bool fv_tls_offer_extensions(const fv_tls_offer *offer, fv_bytes *out)
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
    if (!fv_tls_offer_extensions(offer, &list) || !fv_tls_find_extension(list, extension, &body))
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

bool fv_tls_offer_lists(const fv_tls_offer *offer, uint16_t extension, uint16_t number)
{
    fv_bytes list;
    return !find_list(offer, extension, &list) || has_number(list, number);
}

/* RFC 5746 and RFC 7507: these two values are signals and not suites. */
static bool is_signal(uint16_t suite)
{
    return suite == 0x00FF || suite == 0x5600;
}

bool fv_tls_offer_has_suite(const fv_tls_offer *offer, uint16_t suite)
{
    fv_bytes suites;
    return !find_suites(offer, &suites) || (has_number(suites, suite) && !is_signal(suite));
}

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
        count += !is_signal(offered);
    return count;
}
