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

/* Reads one element. Each moves nothing and returns false when there is no whole element there
 * (of that tag). */
bool fv_der_read(fv_cursor *cursor, fv_der *out);
bool fv_der_read_tag(fv_cursor *cursor, uint8_t tag, fv_der *out);
bool fv_der_next_is(const fv_cursor *cursor, uint8_t tag);
/* How many elements follow; 0 when they cannot all be cut. */
size_t fv_der_count(fv_cursor cursor);

/* INTEGER contents: shortest form, not empty. */
bool fv_der_integer_is_minimal(fv_bytes value);
/* A non-negative INTEGER; one that is too large is given as UINT32_MAX. False: negative or empty.
 */
bool fv_der_integer_to_u32(fv_bytes value, uint32_t *out);

#endif
