#include "backends/signature/scheme.h"

#include "base/cursor.h"

#include <string.h>

enum {
    TAG_INTEGER = 0x02,
    TAG_BIT_STRING = 0x03,
    TAG_NULL = 0x05,
    TAG_OID = 0x06,
    TAG_SEQUENCE = 0x30,
    TAG_CONTEXT = 0xA0, /* [n] EXPLICIT: add n */
};

/* Reads a DER length (X.690 8.1.3) of at most two bytes after the first: no key and no algorithm
 * needs a longer one. */
static bool read_length(fv_cursor *cursor, size_t *out)
{
    uint8_t first;
    uint16_t two;
    if (!fv_cursor_read_u8(cursor, &first))
        return false;
    *out = first;
    if (first < 0x80)
        return true;
    if (first == 0x82 && fv_cursor_read_u16(cursor, &two)) {
        *out = two;
        return two >= 0x100;
    }
    if (first != 0x81 || !fv_cursor_read_u8(cursor, &first))
        return false;
    *out = first;
    return first >= 0x80;
}

static bool read_element(fv_cursor *cursor, uint8_t tag, fv_bytes *out)
{
    fv_cursor at = *cursor;
    uint8_t seen;
    size_t len;
    if (!fv_cursor_read_u8(&at, &seen) || seen != tag || !read_length(&at, &len) ||
        !fv_cursor_take(&at, len, out))
        return false;
    *cursor = at;
    return true;
}

static bool open_element(fv_cursor *cursor, uint8_t tag, fv_cursor *out_inside)
{
    fv_bytes contents;
    if (!read_element(cursor, tag, &contents))
        return false;
    fv_cursor_init(out_inside, contents);
    return true;
}

static bool is_at_end(const fv_cursor *cursor)
{
    return fv_cursor_left(cursor) == 0;
}

typedef struct oid_row {
    const char *oid;
    uint8_t oid_len;
    int value; /* an fv_scheme_kind, fv_scheme_hash or fv_public_curve */
    fv_scheme_hash hash;
} oid_row;

#define OID(text) (text), sizeof(text) - 1
#define PKCS1 "\x2A\x86\x48\x86\xF7\x0D\x01\x01"

static const oid_row *find(const oid_row *rows, size_t num_rows, fv_bytes oid)
{
    for (size_t i = 0; i < num_rows; i++) {
        if (rows[i].oid_len == oid.len && memcmp(rows[i].oid, oid.data, oid.len) == 0)
            return &rows[i];
    }
    return NULL;
}
#define FIND(rows, oid) find((rows), sizeof(rows) / sizeof((rows)[0]), (oid))

static const oid_row schemes[] = {
    {OID(PKCS1 "\x0B"), FV_SCHEME_RSA_PKCS1, FV_SCHEME_SHA256},
    {OID(PKCS1 "\x0C"), FV_SCHEME_RSA_PKCS1, FV_SCHEME_SHA384},
    {OID(PKCS1 "\x0D"), FV_SCHEME_RSA_PKCS1, FV_SCHEME_SHA512},
    {OID(PKCS1 "\x0E"), FV_SCHEME_RSA_PKCS1, FV_SCHEME_SHA224},
    {OID(PKCS1 "\x05"), FV_SCHEME_RSA_PKCS1, FV_SCHEME_SHA1},
    {OID(PKCS1 "\x04"), FV_SCHEME_RSA_PKCS1, FV_SCHEME_MD5},
    {OID(PKCS1 "\x0A"), FV_SCHEME_RSA_PSS, FV_SCHEME_NO_HASH},
    {OID("\x2A\x86\x48\xCE\x3D\x04\x03\x02"), FV_SCHEME_ECDSA, FV_SCHEME_SHA256},
    {OID("\x2A\x86\x48\xCE\x3D\x04\x03\x03"), FV_SCHEME_ECDSA, FV_SCHEME_SHA384},
    {OID("\x2A\x86\x48\xCE\x3D\x04\x03\x04"), FV_SCHEME_ECDSA, FV_SCHEME_SHA512},
    {OID("\x2A\x86\x48\xCE\x3D\x04\x03\x01"), FV_SCHEME_ECDSA, FV_SCHEME_SHA224},
    {OID("\x2A\x86\x48\xCE\x3D\x04\x01"), FV_SCHEME_ECDSA, FV_SCHEME_SHA1},
    {OID("\x2B\x65\x70"), FV_SCHEME_ED25519, FV_SCHEME_NO_HASH},
};

#define NIST_HASH "\x60\x86\x48\x01\x65\x03\x04\x02"
static const oid_row hashes[] = {
    {OID(NIST_HASH "\x01"), FV_SCHEME_SHA256, FV_SCHEME_NO_HASH},
    {OID(NIST_HASH "\x02"), FV_SCHEME_SHA384, FV_SCHEME_NO_HASH},
    {OID(NIST_HASH "\x03"), FV_SCHEME_SHA512, FV_SCHEME_NO_HASH},
    {OID(NIST_HASH "\x04"), FV_SCHEME_SHA224, FV_SCHEME_NO_HASH},
    {OID("\x2B\x0E\x03\x02\x1A"), FV_SCHEME_SHA1, FV_SCHEME_NO_HASH},
};
static const oid_row mgf1[] = {{OID(PKCS1 "\x08"), 1, FV_SCHEME_NO_HASH}};

static const oid_row curves[] = {
    {OID("\x2A\x86\x48\xCE\x3D\x03\x01\x07"), FV_PUBLIC_P256, FV_SCHEME_NO_HASH},
    {OID("\x2B\x81\x04\x00\x22"), FV_PUBLIC_P384, FV_SCHEME_NO_HASH},
    {OID("\x2B\x81\x04\x00\x23"), FV_PUBLIC_P521, FV_SCHEME_NO_HASH},
    {OID("\x2B\x81\x04\x00\x21"), FV_PUBLIC_P224, FV_SCHEME_NO_HASH},
};

static const oid_row key_kinds[] = {
    {OID(PKCS1 "\x01"), FV_PUBLIC_RSA, FV_SCHEME_NO_HASH},
    {OID(PKCS1 "\x0A"), FV_PUBLIC_RSA_PSS, FV_SCHEME_NO_HASH},
    {OID("\x2A\x86\x48\xCE\x3D\x02\x01"), FV_PUBLIC_EC, FV_SCHEME_NO_HASH},
    {OID("\x2B\x65\x70"), FV_PUBLIC_ED25519, FV_SCHEME_NO_HASH},
};

/* RFC 4055 2.1: the parameters of a hash are NULL, but absent ones have to be accepted too. */
static bool is_null_or_absent(fv_cursor *cursor)
{
    fv_bytes nothing;
    return is_at_end(cursor) ||
           (read_element(cursor, TAG_NULL, &nothing) && nothing.len == 0 && is_at_end(cursor));
}

static bool read_hash(fv_cursor *cursor, fv_scheme_hash *out)
{
    fv_cursor inside;
    fv_bytes oid;
    if (!open_element(cursor, TAG_SEQUENCE, &inside) || !read_element(&inside, TAG_OID, &oid))
        return false;
    const oid_row *row = FIND(hashes, oid);
    if (row == NULL || !is_null_or_absent(&inside))
        return false;
    *out = (fv_scheme_hash)row->value;
    return true;
}

static bool read_mgf1(fv_cursor *cursor, fv_scheme_hash *out)
{
    fv_cursor inside;
    fv_bytes oid;
    return open_element(cursor, TAG_SEQUENCE, &inside) && read_element(&inside, TAG_OID, &oid) &&
           FIND(mgf1, oid) != NULL && read_hash(&inside, out) && is_at_end(&inside);
}

/* A small INTEGER, such as the length of a salt: 0 to 32,767. */
static bool read_small(fv_cursor *cursor, uint32_t *out)
{
    fv_bytes value;
    if (!read_element(cursor, TAG_INTEGER, &value) || value.len < 1 || value.len > 2 ||
        (value.data[0] & 0x80) != 0)
        return false;
    *out = value.len == 1 ? value.data[0] : (uint32_t)(value.data[0] << 8 | value.data[1]);
    return true;
}

typedef bool read_field(fv_cursor *cursor, void *out);

static bool read_hash_field(fv_cursor *cursor, void *out)
{
    return read_hash(cursor, out);
}

static bool read_mgf1_field(fv_cursor *cursor, void *out)
{
    return read_mgf1(cursor, out);
}

static bool read_small_field(fv_cursor *cursor, void *out)
{
    return read_small(cursor, out);
}

/* Reads one optional [n] EXPLICIT field. If it is absent, `out` keeps the default that it holds. */
static bool read_optional(fv_cursor *cursor, uint8_t n, read_field *read, void *out)
{
    uint8_t next;
    fv_cursor inside;
    if (!fv_cursor_peek_u8(cursor, &next) || next != TAG_CONTEXT + n)
        return true;
    return open_element(cursor, (uint8_t)(TAG_CONTEXT + n), &inside) && read(&inside, out) &&
           is_at_end(&inside);
}

/* RFC 4055 3.1, RSASSA-PSS-params. The defaults are SHA-1, MGF1 with SHA-1, a salt of 20 bytes and
 * trailer field 1. */
static bool read_pss(fv_cursor *cursor, fv_scheme *out)
{
    fv_cursor inside;
    uint32_t trailer = 1;
    *out = (fv_scheme){FV_SCHEME_RSA_PSS, FV_SCHEME_SHA1, FV_SCHEME_SHA1, 20};
    return open_element(cursor, TAG_SEQUENCE, &inside) &&
           read_optional(&inside, 0, read_hash_field, &out->hash) &&
           read_optional(&inside, 1, read_mgf1_field, &out->mgf1_hash) &&
           read_optional(&inside, 2, read_small_field, &out->salt_len) &&
           read_optional(&inside, 3, read_small_field, &trailer) && trailer == 1 &&
           is_at_end(&inside) && is_at_end(cursor);
}

fv_scheme fv_scheme_read(fv_bytes algorithm)
{
    static const fv_scheme unknown;
    fv_cursor cursor, inside;
    fv_bytes oid;
    fv_scheme pss;
    fv_cursor_init(&cursor, algorithm);
    if (!open_element(&cursor, TAG_SEQUENCE, &inside) || !is_at_end(&cursor) ||
        !read_element(&inside, TAG_OID, &oid))
        return unknown;
    const oid_row *row = FIND(schemes, oid);
    if (row == NULL)
        return unknown;
    if (row->value == FV_SCHEME_RSA_PSS)
        return read_pss(&inside, &pss) ? pss : unknown;
    /* RFC 5758 3.2 wants none for ECDSA; some CAs write NULL, which OpenSSL passes over. That it is
     * wrong is a defect of the encoding, for the core to judge. */
    bool may_be_null = row->value == FV_SCHEME_RSA_PKCS1 || row->value == FV_SCHEME_ECDSA;
    bool proper = may_be_null ? is_null_or_absent(&inside) : is_at_end(&inside);
    return proper ? (fv_scheme){(fv_scheme_kind)row->value, row->hash, FV_SCHEME_NO_HASH, 0}
                  : unknown;
}

/* Reads a positive INTEGER, and drops the leading zero byte that keeps it positive. */
static bool read_positive(fv_cursor *cursor, fv_bytes *out)
{
    fv_bytes value;
    if (!read_element(cursor, TAG_INTEGER, &value) || value.len == 0 || (value.data[0] & 0x80) != 0)
        return false;
    if (value.data[0] == 0)
        value = (fv_bytes){value.data + 1, value.len - 1};
    *out = value;
    return value.len > 0;
}

/* RFC 8017 A.1.1 */
static bool read_rsa(fv_bytes bits, fv_public_key *out)
{
    fv_cursor cursor, inside;
    fv_cursor_init(&cursor, bits);
    return open_element(&cursor, TAG_SEQUENCE, &inside) && is_at_end(&cursor) &&
           read_positive(&inside, &out->modulus) && read_positive(&inside, &out->exponent) &&
           is_at_end(&inside);
}

/* RFC 5480 2.1.1: the curve has a name; otherwise the kind of the key becomes FV_PUBLIC_UNKNOWN. */
static void read_curve(fv_cursor *parameters, fv_public_key *key)
{
    fv_bytes oid;
    const oid_row *row = NULL;
    if (read_element(parameters, TAG_OID, &oid) && is_at_end(parameters))
        row = FIND(curves, oid);
    if (row == NULL)
        key->kind = FV_PUBLIC_UNKNOWN;
    else
        key->curve = (fv_public_curve)row->value;
}

static bool read_bits(fv_cursor *cursor, fv_bytes *out)
{
    fv_bytes bits;
    if (!read_element(cursor, TAG_BIT_STRING, &bits) || bits.len < 2 || bits.data[0] != 0)
        return false;
    *out = (fv_bytes){bits.data + 1, bits.len - 1};
    return true;
}

bool fv_public_key_read(fv_bytes spki, fv_public_key *out)
{
    fv_cursor cursor, inside, algorithm;
    fv_bytes oid;
    fv_public_key key = {0};
    fv_cursor_init(&cursor, spki);
    if (!open_element(&cursor, TAG_SEQUENCE, &inside) || !is_at_end(&cursor) ||
        !open_element(&inside, TAG_SEQUENCE, &algorithm) ||
        !read_element(&algorithm, TAG_OID, &oid) || !read_bits(&inside, &key.point) ||
        !is_at_end(&inside))
        return false;
    const oid_row *row = FIND(key_kinds, oid);
    key.kind = row == NULL ? FV_PUBLIC_UNKNOWN : (fv_public_kind)row->value;
    if ((key.kind == FV_PUBLIC_RSA || key.kind == FV_PUBLIC_RSA_PSS) && !read_rsa(key.point, &key))
        return false;
    if (key.kind == FV_PUBLIC_ED25519 && key.point.len != 32)
        return false;
    if (key.kind == FV_PUBLIC_EC)
        read_curve(&algorithm, &key);
    *out = key;
    return true;
}

bool fv_scheme_fits(const fv_scheme *scheme, fv_public_kind key)
{
    switch (scheme->kind) {
    case FV_SCHEME_RSA_PKCS1:
        return key == FV_PUBLIC_RSA;
    case FV_SCHEME_RSA_PSS:
        return key == FV_PUBLIC_RSA || key == FV_PUBLIC_RSA_PSS;
    case FV_SCHEME_ECDSA:
        return key == FV_PUBLIC_EC;
    case FV_SCHEME_ED25519:
        return key == FV_PUBLIC_ED25519;
    case FV_SCHEME_UNKNOWN:
        break;
    }
    return false;
}

/* X.690 8.3.2: "the bits of the first octet and bit 8 of the second octet shall not all be ones;
 * and shall not all be zero". The numbers of a signature are not negative. */
static bool read_number(fv_cursor *cursor)
{
    fv_bytes number;
    if (!read_element(cursor, TAG_INTEGER, &number) || number.len == 0 ||
        (number.data[0] & 0x80) != 0)
        return false;
    return number.len == 1 || number.data[0] != 0 || (number.data[1] & 0x80) != 0;
}

bool fv_ecdsa_signature_is_der(fv_bytes signature)
{
    fv_cursor whole, inside;
    fv_cursor_init(&whole, signature);
    return open_element(&whole, TAG_SEQUENCE, &inside) && is_at_end(&whole) &&
           read_number(&inside) && read_number(&inside) && is_at_end(&inside);
}
