#include "x509/certificate.h"

#include "base/calendar.h"
#include "x509/decoder.h"

#include <string.h>

/* version [0] EXPLICIT INTEGER DEFAULT v1 */
static bool read_version(fv_decoder *decoder, fv_cursor *tbs, fv_certificate *out)
{
    fv_der outer, number;
    uint32_t version;
    out->version = 1;
    out->version_presence = FV_ABSENT;
    if (!fv_decoder_read(decoder, tbs, FV_DER_CONTEXT_CONSTRUCTED, &outer))
        return true;
    out->version_presence = FV_MALFORMED;
    bool is_integer = fv_decoder_read_only(decoder, outer.value, FV_DER_INTEGER, &number);
    out->has_integer_version = is_integer && fv_der_integer_is_minimal(number.value);
    if (!is_integer || !fv_der_integer_to_u32(number.value, &version) ||
        version >= UINT32_MAX - 1) {
        fv_decoder_note(decoder, FV_DEFECT_VERSION, outer.whole.data);
        return true;
    }
    out->version_presence = FV_KNOWN;
    out->version = version + 1;
    /* X.690 11.5: a default is never written in DER, and v1 is the default. */
    if (version == 0 || version > 2)
        fv_decoder_note(decoder, FV_DEFECT_VERSION, outer.whole.data);
    if (!fv_der_integer_is_minimal(number.value))
        fv_decoder_note(decoder, FV_DEFECT_INTEGER_FORM, number.whole.data);
    return true;
}

/* RFC 5280 4.1.2.2: "The serial number MUST be a positive integer", and "Conforming CAs MUST NOT
 * use serialNumber values longer than 20 octets." */
static bool read_serial(fv_decoder *decoder, fv_cursor *tbs, fv_certificate *out)
{
    fv_der number;
    if (!fv_decoder_read(decoder, tbs, FV_DER_INTEGER, &number))
        return false;
    out->serial = number.value;
    if (!fv_der_integer_is_minimal(number.value))
        fv_decoder_note(decoder, FV_DEFECT_INTEGER_FORM, number.whole.data);
    fv_bytes shortest = fv_der_integer_minimise(number.value);
    if (shortest.len == 0 || shortest.data[0] >= 0x80 ||
        (shortest.len == 1 && shortest.data[0] == 0))
        fv_decoder_note(decoder, FV_DEFECT_SERIAL_NOT_POSITIVE, number.whole.data);
    /* Real CAs use 20 random octets, and write a zero octet before them where the number would else
     * be negative. That octet is not counted. */
    size_t sign_len = shortest.len > 0 && shortest.data[0] == 0 ? 1 : 0;
    if (shortest.len - sign_len > 20)
        fv_decoder_note(decoder, FV_DEFECT_SERIAL_TOO_LONG, number.whole.data);
    return true;
}

static bool read_validity(fv_decoder *decoder, fv_cursor *tbs, fv_certificate *out)
{
    fv_der validity;
    fv_cursor inside;
    if (!fv_decoder_read(decoder, tbs, FV_DER_SEQUENCE, &validity))
        return false;
    fv_cursor_init(&inside, validity.value);
    out->not_before.presence = FV_MALFORMED;
    out->not_after.presence = FV_MALFORMED;
    if (!fv_decoder_read_time(decoder, &inside, &out->not_before) ||
        !fv_decoder_read_time(decoder, &inside, &out->not_after))
        fv_decoder_note(decoder, FV_DEFECT_TIME, validity.whole.data);
    else
        fv_decoder_expect_end(decoder, &inside);
    return true;
}

/* issuerUniqueID [1] and subjectUniqueID [2]. Only their presence matters: in v1 they are a defect
 * (RFC 5280 4.1.2.8). */
static bool read_unique_id(fv_decoder *decoder, fv_cursor *tbs, uint8_t tag, uint32_t version)
{
    fv_der id;
    if (!fv_decoder_read(decoder, tbs, tag, &id))
        return false;
    if (version < 2)
        fv_decoder_note(decoder, FV_DEFECT_UNIQUE_ID, id.whole.data);
    return true;
}

static void read_extensions(fv_decoder *decoder, fv_cursor *tbs, fv_certificate *out)
{
    fv_der outer;
    fv_extension *extensions = NULL;
    out->extensions_presence = FV_ABSENT;
    if (fv_decoder_read(decoder, tbs, FV_DER_CONTEXT_CONSTRUCTED + 3, &outer)) {
        if (out->version < 3)
            fv_decoder_note(decoder, FV_DEFECT_EXTENSIONS_VERSION, outer.whole.data);
        bool is_whole =
            fv_decoder_read_extensions(decoder, outer.value, &extensions, &out->num_extensions);
        out->extensions = extensions;
        out->extensions_presence = is_whole ? FV_KNOWN : FV_MALFORMED;
    }
    fv_decoder_read_facts(decoder, out, extensions);
}

/* RFC 5280 4.1: reads the fields in their order. Returns false at the first that is missing. */
static bool read_tbs(fv_decoder *decoder, fv_bytes contents, fv_certificate *out, fv_cursor *tbs)
{
    fv_cursor_init(tbs, contents);
    if (!read_version(decoder, tbs, out) || !read_serial(decoder, tbs, out) ||
        !fv_decoder_read_algorithm(decoder, tbs, &out->outer_algorithm, &out->algorithm) ||
        !fv_decoder_read_name(decoder, tbs, FV_DEFECT_ISSUER, &out->issuer) ||
        !read_validity(decoder, tbs, out) ||
        !fv_decoder_read_name(decoder, tbs, FV_DEFECT_SUBJECT, &out->subject) ||
        !fv_decoder_read_key(decoder, tbs, &out->key))
        return false;
    if (out->issuer.presence == FV_KNOWN && out->issuer.num_rdns == 0)
        fv_decoder_note(decoder, FV_DEFECT_ISSUER_EMPTY, out->issuer.raw.data);
    out->has_issuer_unique_id = read_unique_id(decoder, tbs, FV_DER_CONTEXT + 1, out->version);
    out->has_subject_unique_id = read_unique_id(decoder, tbs, FV_DER_CONTEXT + 2, out->version);
    read_extensions(decoder, tbs, out);
    if (out->subject.presence == FV_KNOWN && out->subject.num_rdns == 0 &&
        out->subject_alt_name.presence == FV_KNOWN && !out->subject_alt_name.is_critical)
        fv_decoder_note(decoder, FV_DEFECT_SAN_NOT_CRITICAL, out->subject.raw.data);
    /* 4.2.1.10: "MUST be used only in a CA certificate" */
    const fv_basic_constraints *constraints = &out->basic_constraints;
    if (out->name_constraints.presence == FV_KNOWN && !constraints->is_ca &&
        (constraints->presence == FV_KNOWN || constraints->presence == FV_ABSENT))
        fv_decoder_note(decoder, FV_DEFECT_LEAF_CONSTRAINTS, out->tbs.data);
    fv_decoder_expect_end(decoder, tbs);
    return true;
}

fedval_status fv_certificate_decode(fv_arena *arena, fv_bytes der, fv_certificate *out)
{
    fv_certificate certificate;
    fv_signed outside;
    fv_cursor tbs;
    memset(&certificate, 0, sizeof(certificate));
    fv_decoder decoder = {arena, der.data, &certificate.defects, false};
    certificate.not_before.seconds = FV_TIME_UNKNOWN;
    certificate.not_after.seconds = FV_TIME_UNKNOWN;
    if (!fv_decoder_read_signed(&decoder, der, &outside))
        return FEDVAL_ERROR_SYNTAX;
    certificate.der = outside.der;
    certificate.tbs = outside.tbs.whole;
    certificate.outer_algorithm = outside.algorithm;
    certificate.signature_presence = outside.signature_presence;
    certificate.signature = outside.signature;
    if (!read_tbs(&decoder, outside.tbs.value, &certificate, &tbs))
        fv_decoder_note(&decoder, FV_DEFECT_STRUCTURE, tbs.next);
    if (decoder.is_out_of_memory)
        return FEDVAL_ERROR_NO_MEMORY;
    *out = certificate;
    return FEDVAL_OK;
}

/* Appends the certificate's name for people: the subject, else the first subjectAltName, else "(no
 * name)". */
static void append_name(fv_buf *buf, const fv_certificate *certificate)
{
    const fv_general_names *names = &certificate->subject_alt_name.names;
    size_t before = buf->len;
    fv_name_append_text(buf, &certificate->subject);
    if (buf->len == before && names->num_items > 0)
        fv_general_name_append_text(buf, &names->items[0]);
    if (buf->len == before)
        fv_buf_append_text(buf, "(no name)");
}

bool fv_certificate_keep_name(fv_arena *arena, fv_certificate *certificate)
{
    fv_buf text;
    fv_buf_init(&text);
    append_name(&text, certificate);
    if (!text.failed) {
        certificate->display_name =
            fv_arena_copy_excerpt(arena, (fv_text){text.data, text.len}, FV_CERTIFICATE_NAME_MOST);
    }
    fv_buf_clear(&text);
    return certificate->display_name != NULL;
}

const char *fv_certificate_copy_name(fv_arena *arena, const fv_certificate *certificate)
{
    const char *kept = certificate->display_name;
    if (kept != NULL)
        return fv_arena_copy_text(arena, kept, strlen(kept));
    fv_certificate copy = *certificate;
    return fv_certificate_keep_name(arena, &copy) ? copy.display_name : NULL;
}

uint32_t fv_certificate_name_kind(const fv_certificate *certificate)
{
    const fv_general_names *names = &certificate->subject_alt_name.names;
    const fv_name *subject = &certificate->subject;
    if (subject->presence == FV_KNOWN && subject->num_rdns > 0)
        return FV_VALUE_SUBJECT;
    if (subject->presence == FV_MALFORMED || names->num_items == 0)
        return FV_VALUE_PLAIN;
    return names->items[0].type == FV_GN_DNS ? FV_VALUE_HOST : FV_VALUE_SUBJECT;
}

bool fv_certificate_is_self_issued(const fv_certificate *certificate)
{
    return fv_name_equal(&certificate->issuer, &certificate->subject);
}
