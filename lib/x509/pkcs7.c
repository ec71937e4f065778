/* The certificates and CRLs in a SignedData (RFC 5652 5.1; RFC 2315 9.1 has the same shape):
 *
 *   ContentInfo ::= SEQUENCE { contentType OID, content [0] EXPLICIT SignedData }
 *   SignedData ::= SEQUENCE { version, digestAlgorithms SET, encapContentInfo SEQUENCE,
 *                             certificates [0] IMPLICIT SET OPTIONAL, crls [1] IMPLICIT SET
 * OPTIONAL, signerInfos SET }
 *
 * The outside may be BER with indefinite lengths, as some programs write it; certificates and CRLs
 * are DER. Nothing is verified: the file is a bag. */
#include "x509/bundle.h"

#include "x509/der.h"
#include "x509/oid.h"

#define OID_SIGNED_DATA "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"
#define MAX_DEPTH 16

/* Reads an element whose length may be indefinite. In that case `value` ends before the two zero
 * bytes that close it. */
static bool read_ber(fv_cursor *cursor, uint32_t depth, fv_der *out)
{
    fv_cursor at = *cursor;
    fv_der inner;
    uint8_t tag, length;
    if (!fv_cursor_read_u8(&at, &tag) || !fv_cursor_read_u8(&at, &length))
        return false;
    if (length != 0x80)
        return fv_der_read_loosely(cursor, out);
    const uint8_t *start = at.next;
    while (fv_cursor_left(&at) >= 2 && !(at.next[0] == 0 && at.next[1] == 0)) {
        if (depth >= MAX_DEPTH || !read_ber(&at, depth + 1, &inner))
            return false;
    }
    if (fv_cursor_left(&at) < 2)
        return false;
    out->tag = tag;
    out->has_long_length = true;
    out->value = (fv_bytes){start, (size_t)(at.next - start)};
    (void)fv_cursor_skip(&at, 2);
    out->whole = (fv_bytes){cursor->next, (size_t)(at.next - cursor->next)};
    *cursor = at;
    return true;
}

static bool read_tag(fv_cursor *cursor, uint8_t tag, fv_der *out)
{
    return fv_der_next_is(cursor, tag) && read_ber(cursor, 0, out);
}

/* Opens the structures around SignedData, and sets `out` behind encapContentInfo. */
static bool open_signed_data(fv_bytes der, fv_cursor *out)
{
    fv_cursor cursor;
    fv_der element;
    fv_cursor_init(&cursor, der);
    if (!read_tag(&cursor, FV_DER_SEQUENCE, &element))
        return false;
    fv_cursor_init(&cursor, element.value);
    if (!read_tag(&cursor, FV_DER_OID, &element) ||
        !fv_oid_equal(element.value, FV_OID(OID_SIGNED_DATA)) ||
        !read_tag(&cursor, FV_DER_CONTEXT_CONSTRUCTED, &element))
        return false;
    fv_cursor_init(&cursor, element.value);
    if (!read_tag(&cursor, FV_DER_SEQUENCE, &element))
        return false;
    fv_cursor_init(out, element.value);
    return read_tag(out, FV_DER_INTEGER, &element) && read_tag(out, FV_DER_SET, &element) &&
           read_tag(out, FV_DER_SEQUENCE, &element);
}

/* A SEQUENCE is a certificate or a CRL. Other forms, such as attribute certificates, have context
 * tags and are skipped. */
static fedval_status take_set(fv_bytes set, fv_bundle_take take, void *user)
{
    fv_cursor cursor;
    fv_der element;
    bool any = false;
    fv_cursor_init(&cursor, set);
    while (fv_cursor_left(&cursor) > 0) {
        if (!fv_der_read_loosely(&cursor, &element))
            return FEDVAL_ERROR_SYNTAX;
        if (element.tag != FV_DER_SEQUENCE)
            continue;
        fedval_status status = take(element.whole, user);
        if (status != FEDVAL_OK)
            return status;
        any = true;
    }
    return any ? FEDVAL_OK : FEDVAL_ERROR_NOT_FOUND;
}

fedval_status fv_pkcs7_each(fv_bytes der, fv_bundle_kind kind, fv_bundle_take take, void *user)
{
    fv_cursor cursor;
    fv_der element = {0};
    if (!open_signed_data(der, &cursor))
        return FEDVAL_ERROR_SYNTAX;
    bool has_certificates = read_tag(&cursor, FV_DER_CONTEXT_CONSTRUCTED + 0, &element);
    if (kind == FV_BUNDLE_CERTIFICATE)
        return has_certificates ? take_set(element.value, take, user) : FEDVAL_ERROR_NOT_FOUND;
    if (kind == FV_BUNDLE_CRL && read_tag(&cursor, FV_DER_CONTEXT_CONSTRUCTED + 1, &element))
        return take_set(element.value, take, user);
    return FEDVAL_ERROR_NOT_FOUND;
}
