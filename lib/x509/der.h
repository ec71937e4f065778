/* Reads DER elements (X.690) with the cursor. Certificates use only definite lengths and tags of
 * one byte, so nothing else is supported. */
#ifndef FV_X509_DER_H
#define FV_X509_DER_H

#include "base/cursor.h"

enum {
    FV_DER_BOOLEAN = 0x01,
    FV_DER_INTEGER = 0x02,
    FV_DER_BIT_STRING = 0x03,
    FV_DER_OCTET_STRING = 0x04,
    FV_DER_NULL = 0x05,
    FV_DER_OID = 0x06,
    FV_DER_ENUMERATED = 0x0A,
    FV_DER_UTF8_STRING = 0x0C,
    FV_DER_NUMERIC_STRING = 0x12,
    FV_DER_PRINTABLE_STRING = 0x13,
    FV_DER_TELETEX_STRING = 0x14,
    FV_DER_IA5_STRING = 0x16,
    FV_DER_UTC_TIME = 0x17,
    FV_DER_GENERALIZED_TIME = 0x18,
    FV_DER_VISIBLE_STRING = 0x1A,
    FV_DER_UNIVERSAL_STRING = 0x1C,
    FV_DER_BMP_STRING = 0x1E,
    FV_DER_SEQUENCE = 0x30,
    FV_DER_SET = 0x31,
    FV_DER_CONTEXT = 0x80,             /* [n] IMPLICIT of a primitive type: add n */
    FV_DER_CONTEXT_CONSTRUCTED = 0xA0, /* [n] EXPLICIT, or IMPLICIT of a constructed type */
};

typedef struct fv_der {
    uint8_t tag;
    bool has_long_length; /* the length has more bytes than it needs: BER, not DER */
    fv_bytes whole;       /* with tag and length */
    fv_bytes value;
} fv_der;

/* Reads a length of several bytes. `size_of_length` is the first byte of the length field, which
 * says how many follow: 0x82 for two. */
bool fv_der_read_long_length(fv_cursor *cursor, uint8_t size_of_length, size_t *out_len,
                             bool *out_is_minimal);

/* Reads one element, even when its length has more bytes than needed. When no whole element is
 * there, it returns false and moves nothing. Inline, because all decoding spends most of its time
 * here. */
static inline bool fv_der_read_loosely(fv_cursor *cursor, fv_der *out)
{
    fv_cursor at = *cursor;
    uint8_t tag, first;
    bool is_minimal = true;
    if (!fv_cursor_read_u8(&at, &tag) || (tag & 0x1F) == 0x1F || !fv_cursor_read_u8(&at, &first))
        return false;
    size_t len = first;
    if (first >= 0x80 && !fv_der_read_long_length(&at, first, &len, &is_minimal))
        return false;
    if (!fv_cursor_take(&at, len, &out->value))
        return false;
    out->tag = tag;
    out->has_long_length = !is_minimal;
    out->whole = (fv_bytes){cursor->next, (size_t)(at.next - cursor->next)};
    *cursor = at;
    return true;
}

/* The same, but refuses a length that has more bytes than needed. */
static inline bool fv_der_read(fv_cursor *cursor, fv_der *out)
{
    fv_cursor at = *cursor;
    if (!fv_der_read_loosely(&at, out) || out->has_long_length)
        return false;
    *cursor = at;
    return true;
}

static inline bool fv_der_next_is(const fv_cursor *cursor, uint8_t tag)
{
    uint8_t next;
    return fv_cursor_peek_u8(cursor, &next) && next == tag;
}

static inline bool fv_der_read_tag(fv_cursor *cursor, uint8_t tag, fv_der *out)
{
    return fv_der_next_is(cursor, tag) && fv_der_read(cursor, out);
}

/* Reads one element with the tag `tag`, and accepts nothing behind it. */
bool fv_der_read_only(fv_bytes bytes, uint8_t tag, fv_der *out);
/* Counts the elements in `contents`. Returns false when the bytes cannot all be cut into
 * elements. */
bool fv_der_count(fv_bytes contents, size_t *out);

/* Reads a named bit list, which is the contents of a BIT STRING. Bit n becomes 1 << n; bits from 32
 * on are ignored, and so are set bits that the string says are unused, as OpenSSL does
 * (FV_DEFECT_BIT_PADDING). Returns false when it is no BIT STRING. */
bool fv_der_read_bits(fv_bytes contents, uint32_t *out);

/* Whether INTEGER contents are not empty and have no needless byte at the beginning (X.690
 * 8.3.2). */
bool fv_der_integer_is_minimal(fv_bytes value);
/* Removes needless bytes at the beginning of INTEGER contents. Empty contents stay empty. */
fv_bytes fv_der_integer_minimise(fv_bytes value);
/* Reads an INTEGER that is not negative; a number that is too large becomes UINT32_MAX. Returns
 * false for a negative number, and for empty contents. */
bool fv_der_integer_to_u32(fv_bytes value, uint32_t *out);

#endif
