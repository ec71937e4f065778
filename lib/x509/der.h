/* DER elements (X.690) over the cursor: definite lengths and one-byte tags, which is all that
 * certificates use. */
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

/* A length of more than one byte; size_of_length is the byte that announces it. */
bool fv_der_read_long_length(fv_cursor *cursor, uint8_t size_of_length, size_t *out_len,
                             bool *out_is_minimal);

/* Reads one element, one with a needlessly long length too. Moves nothing and returns false when
 * there is no whole element there. Inline: the inner loop of all decoding. */
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

/* The same for DER alone. */
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

/* One element of that tag and nothing after it. */
bool fv_der_read_only(fv_bytes bytes, uint8_t tag, fv_der *out);
/* How many elements follow; false when they cannot all be cut. */
bool fv_der_count(fv_bytes contents, size_t *out);

/* A named bit list: contents of a BIT STRING. Bit n is 1 << n; those from 32 on are passed over.
 * False: it is no BIT STRING, or bits that do not belong to it are set (X.690 11.2.1). */
bool fv_der_read_bits(fv_bytes contents, uint32_t *out);

/* INTEGER contents: not empty and in the shortest form (X.690 8.3.2). */
bool fv_der_integer_is_minimal(fv_bytes value);
/* The shortest form; an empty one stays empty. */
fv_bytes fv_der_integer_minimise(fv_bytes value);
/* A non-negative INTEGER; one that is too large is given as UINT32_MAX. False: negative or empty.
 */
bool fv_der_integer_to_u32(fv_bytes value, uint32_t *out);

#endif
