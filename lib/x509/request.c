#include "x509/request.h"

#include "base/calendar.h"
#include "x509/decoder.h"
#include "x509/oid.h"

#include <string.h>

/* extensionRequest (RFC 2985 5.4.2), and the attribute that Microsoft uses in its place, with the
 * same contents. */
#define OID_EXTENSION_REQUEST "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x0E"
#define OID_MICROSOFT_EXTENSIONS "\x2B\x06\x01\x04\x01\x82\x37\x02\x01\x0E"

/* CertificationRequestInfo.version: 0 is the only value that RFC 2986 defines. */
static bool read_version(fv_decoder *decoder, fv_cursor *tbs)
{
    fv_der number;
    uint32_t version;
    if (!fv_decoder_read(decoder, tbs, FV_DER_INTEGER, &number))
        return false;
    if (!fv_der_integer_to_u32(number.value, &version) || version != 0)
        fv_decoder_note(decoder, FV_DEFECT_VERSION, number.whole.data);
    return true;
}

/* Attribute ::= SEQUENCE { type OID, values SET OF ANY }. When the attribute asks for extensions,
 * `*out` becomes its one value. Returns false when its structure cannot be read. */
static bool read_attribute(fv_decoder *decoder, fv_cursor *list, fv_bytes *out)
{
    fv_der attribute, type, values, value;
    fv_cursor inside;
    if (!fv_decoder_read(decoder, list, FV_DER_SEQUENCE, &attribute))
        return false;
    fv_cursor_init(&inside, attribute.value);
    if (!fv_decoder_read(decoder, &inside, FV_DER_OID, &type) ||
        !fv_decoder_read(decoder, &inside, FV_DER_SET, &values))
        return false;
    if (!fv_oid_equal(type.value, FV_OID(OID_EXTENSION_REQUEST)) &&
        !fv_oid_equal(type.value, FV_OID(OID_MICROSOFT_EXTENSIONS)))
        return true;
    if (!fv_decoder_read_only(decoder, values.value, FV_DER_SEQUENCE, &value))
        return false;
    *out = value.whole;
    return true;
}

/* attributes [0] IMPLICIT SET OF Attribute. A request may have no attribute that asks for
 * extensions. */
static void read_attributes(fv_decoder *decoder, fv_cursor *tbs, fv_certificate *out)
{
    fv_der attributes;
    fv_bytes wanted = {NULL, 0};
    fv_extension *extensions = NULL;
    out->extensions_presence = FV_ABSENT;
    if (fv_decoder_read(decoder, tbs, FV_DER_CONTEXT_CONSTRUCTED + 0, &attributes)) {
        fv_cursor list;
        fv_cursor_init(&list, attributes.value);
        while (fv_cursor_left(&list) > 0 && read_attribute(decoder, &list, &wanted))
            continue;
        if (fv_cursor_left(&list) > 0) {
            out->extensions_presence = FV_MALFORMED;
            fv_decoder_note(decoder, FV_DEFECT_STRUCTURE, list.next);
        }
    }
    if (wanted.len > 0) {
        bool is_whole =
            fv_decoder_read_extensions(decoder, wanted, &extensions, &out->num_extensions);
        out->extensions = extensions;
        out->extensions_presence = is_whole ? FV_KNOWN : FV_MALFORMED;
    }
    fv_decoder_read_facts(decoder, out, extensions);
}

/* RFC 2986 4.1: reads the fields in their order. Returns false at the first that is missing. */
static bool read_info(fv_decoder *decoder, fv_bytes contents, fv_certificate *out, fv_cursor *tbs)
{
    fv_cursor_init(tbs, contents);
    if (!read_version(decoder, tbs) ||
        !fv_decoder_read_name(decoder, tbs, FV_DEFECT_SUBJECT, &out->subject) ||
        !fv_decoder_read_key(decoder, tbs, &out->key))
        return false;
    read_attributes(decoder, tbs, out);
    fv_decoder_expect_end(decoder, tbs);
    return true;
}

fedval_status fv_request_decode(fv_arena *arena, fv_bytes der, fv_certificate *out)
{
    fv_certificate asked;
    fv_signed outside;
    fv_cursor tbs;
    memset(&asked, 0, sizeof(asked));
    fv_decoder decoder = {arena, der.data, &asked.defects, false};
    asked.version = 3;
    asked.version_presence = FV_UNKNOWN;
    asked.issuer.presence = FV_UNKNOWN;
    asked.not_before = asked.not_after = (fv_time){FV_UNKNOWN, FV_TIME_UNKNOWN, {NULL, 0}};
    if (!fv_decoder_read_signed(&decoder, der, &outside))
        return FEDVAL_ERROR_SYNTAX;
    asked.der = outside.der;
    asked.tbs = outside.tbs.whole;
    asked.algorithm = asked.outer_algorithm = outside.algorithm;
    asked.signature_presence = outside.signature_presence;
    asked.signature = outside.signature;
    if (!read_info(&decoder, outside.tbs.value, &asked, &tbs))
        fv_decoder_note(&decoder, FV_DEFECT_STRUCTURE, tbs.next);
    if (decoder.is_out_of_memory)
        return FEDVAL_ERROR_NO_MEMORY;
    *out = asked;
    return FEDVAL_OK;
}
