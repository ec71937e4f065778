/* Where to fetch things: cRLDistributionPoints and authorityInfoAccess. */
#include "x509/decoder.h"
#include "x509/oid.h"

/* A growing list of URLs; how many there are is known only at the end. */
struct urls {
    fv_text *items;
    size_t num_items;
    size_t capacity;
};

static void append_url(fv_decoder *decoder, struct urls *urls, const fv_general_name *name)
{
    void *items = urls->items;
    fv_text *slot =
        fv_arena_append(decoder->arena, &items, &urls->num_items, &urls->capacity, sizeof(*slot));
    if (slot == NULL) {
        decoder->is_out_of_memory = true;
        return;
    }
    urls->items = items;
    *slot = (fv_text){(const char *)name->value.data, name->value.len};
}

/* Only the URIs of a list of general names are of use. */
static bool append_urls(fv_decoder *decoder, fv_bytes contents, fv_crl_points *out,
                        struct urls *urls)
{
    fv_cursor cursor;
    fv_der element;
    fv_cursor_init(&cursor, contents);
    while (fv_decoder_read_any(decoder, &cursor, &element)) {
        fv_general_name name = {0};
        if (!fv_decoder_read_general_name(decoder, &element, false, &name))
            return false;
        if (name.type == FV_GN_URI)
            append_url(decoder, urls, &name);
        else
            out->has_other_names = true;
    }
    return fv_cursor_left(&cursor) == 0;
}

/* DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] } */
static bool read_point_name(fv_decoder *decoder, fv_bytes contents, fv_crl_points *out,
                            struct urls *urls)
{
    fv_cursor cursor;
    fv_der name;
    fv_cursor_init(&cursor, contents);
    if (fv_decoder_read(decoder, &cursor, FV_DER_CONTEXT_CONSTRUCTED + 0, &name))
        return fv_cursor_left(&cursor) == 0 && append_urls(decoder, name.value, out, urls);
    out->has_other_names = true;
    return fv_decoder_read(decoder, &cursor, FV_DER_CONTEXT_CONSTRUCTED + 1, &name) &&
           fv_cursor_left(&cursor) == 0;
}

/* DistributionPoint ::= SEQUENCE { name [0], reasons [1], cRLIssuer [2] }, all OPTIONAL */
static bool read_point(fv_decoder *decoder, fv_cursor *list, fv_crl_points *out, struct urls *urls)
{
    fv_der point, part;
    fv_cursor inside;
    if (!fv_decoder_read(decoder, list, FV_DER_SEQUENCE, &point))
        return false;
    fv_cursor_init(&inside, point.value);
    if (fv_decoder_read(decoder, &inside, FV_DER_CONTEXT_CONSTRUCTED + 0, &part) &&
        !read_point_name(decoder, part.value, out, urls))
        return false;
    bool has_reasons = fv_decoder_read(decoder, &inside, FV_DER_CONTEXT + 1, &part);
    bool has_issuer = fv_decoder_read(decoder, &inside, FV_DER_CONTEXT_CONSTRUCTED + 2, &part);
    out->has_partial_point |= has_reasons || has_issuer;
    out->num_points++;
    return fv_cursor_left(&inside) == 0;
}

/* RFC 5280 4.2.1.13 */
bool fv_decoder_read_crl_points(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_crl_points *out = fact;
    struct urls urls = {0};
    fv_der list;
    fv_cursor cursor;
    if (!fv_decoder_read_only(decoder, value, FV_DER_SEQUENCE, &list) || list.value.len == 0)
        return false;
    fv_cursor_init(&cursor, list.value);
    while (fv_cursor_left(&cursor) > 0) {
        if (!read_point(decoder, &cursor, out, &urls))
            return false;
    }
    out->urls = (fv_urls){urls.items, urls.num_items};
    return true;
}

/* AccessDescription ::= SEQUENCE { accessMethod OID, accessLocation GeneralName } */
static bool read_description(fv_decoder *decoder, fv_cursor *list, struct urls *ca_issuers,
                             struct urls *ocsp)
{
    fv_der element, method;
    fv_cursor inside;
    fv_general_name location = {0};
    if (!fv_decoder_read(decoder, list, FV_DER_SEQUENCE, &element))
        return false;
    fv_cursor_init(&inside, element.value);
    if (!fv_decoder_read(decoder, &inside, FV_DER_OID, &method) || method.value.len == 0 ||
        !fv_decoder_read_any(decoder, &inside, &element) || fv_cursor_left(&inside) > 0 ||
        !fv_decoder_read_general_name(decoder, &element, false, &location))
        return false;
    if (location.type == FV_GN_URI && fv_oid_equal(method.value, FV_OID(FV_OID_CA_ISSUERS)))
        append_url(decoder, ca_issuers, &location);
    if (location.type == FV_GN_URI && fv_oid_equal(method.value, FV_OID(FV_OID_OCSP)))
        append_url(decoder, ocsp, &location);
    return true;
}

/* RFC 5280 4.2.2.1 */
bool fv_decoder_read_info_access(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_info_access *out = fact;
    struct urls ca_issuers = {0}, ocsp = {0};
    fv_der list;
    fv_cursor cursor;
    if (!fv_decoder_read_only(decoder, value, FV_DER_SEQUENCE, &list) || list.value.len == 0)
        return false;
    fv_cursor_init(&cursor, list.value);
    while (fv_cursor_left(&cursor) > 0) {
        if (!read_description(decoder, &cursor, &ca_issuers, &ocsp))
            return false;
    }
    out->ca_issuers = (fv_urls){ca_issuers.items, ca_issuers.num_items};
    out->ocsp = (fv_urls){ocsp.items, ocsp.num_items};
    return true;
}
