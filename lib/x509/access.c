/* Reads the URLs of CRLs and issuers: cRLDistributionPoints and authorityInfoAccess. */
#include "x509/decoder.h"
#include "x509/oid.h"

/* A list of URLs that grows while the names are read, because their number is known only at the
 * end. */
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

/* Reads a list of at least one GeneralName. Returns false when one of them cannot be read. */
static bool read_names(fv_decoder *decoder, fv_bytes contents, fv_general_names *out)
{
    fv_cursor cursor;
    fv_der element;
    size_t num_items;
    if (!fv_der_count(contents, &num_items) || num_items == 0)
        return false;
    fv_general_name *items = fv_decoder_alloc(decoder, num_items, sizeof(*items));
    if (items == NULL)
        return true;
    fv_cursor_init(&cursor, contents);
    for (size_t i = 0; i < num_items; i++) {
        if (!fv_decoder_read_any(decoder, &cursor, &element) ||
            !fv_decoder_read_general_name(decoder, &element, false, &items[i]))
            return false;
    }
    *out = (fv_general_names){.items = items, .num_items = num_items};
    return true;
}

bool fv_decoder_read_point_name(fv_decoder *decoder, fv_bytes contents, fv_point_name *out)
{
    fv_cursor cursor;
    fv_der name;
    fv_cursor_init(&cursor, contents);
    if (fv_decoder_read(decoder, &cursor, FV_DER_CONTEXT_CONSTRUCTED + 0, &name))
        return fv_cursor_left(&cursor) == 0 && read_names(decoder, name.value, &out->full);
    if (!fv_decoder_read(decoder, &cursor, FV_DER_CONTEXT_CONSTRUCTED + 1, &name))
        return false;
    out->relative = name.value;
    return fv_cursor_left(&cursor) == 0 && fv_name_is_rdn(name.value);
}

/* DistributionPoint ::= SEQUENCE { name [0], reasons [1], cRLIssuer [2] }, all OPTIONAL */
static bool read_point(fv_decoder *decoder, fv_cursor *list, fv_crl_point *out)
{
    fv_der point, part;
    fv_cursor inside;
    out->reasons = FV_ALL_REASONS;
    if (!fv_decoder_read(decoder, list, FV_DER_SEQUENCE, &point))
        return false;
    fv_cursor_init(&inside, point.value);
    if (fv_decoder_read(decoder, &inside, FV_DER_CONTEXT_CONSTRUCTED + 0, &part) &&
        !fv_decoder_read_point_name(decoder, part.value, &out->name))
        return false;
    if (fv_decoder_read(decoder, &inside, FV_DER_CONTEXT + 1, &part)) {
        if (!fv_der_read_bits(part.value, &out->reasons))
            return false;
        out->reasons &= FV_ALL_REASONS;
    }
    if (fv_decoder_read(decoder, &inside, FV_DER_CONTEXT_CONSTRUCTED + 2, &part) &&
        !read_names(decoder, part.value, &out->issuers))
        return false;
    /* RFC 5280 4.2.1.13: "either distributionPoint or cRLIssuer MUST be present" */
    bool has_name = out->name.full.num_items > 0 || out->name.relative.len > 0;
    return fv_cursor_left(&inside) == 0 &&
           (has_name || out->issuers.num_items > 0 || decoder->is_out_of_memory);
}

static void survey_point(fv_decoder *decoder, const fv_crl_point *point, fv_crl_points *out,
                         struct urls *urls)
{
    out->has_other_names |= point->name.relative.len > 0;
    for (size_t i = 0; i < point->name.full.num_items; i++) {
        if (point->name.full.items[i].type == FV_GN_URI)
            append_url(decoder, urls, &point->name.full.items[i]);
        else
            out->has_other_names = true;
    }
}

/* RFC 5280 4.2.1.13 */
bool fv_decoder_read_crl_points(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_crl_points *out = fact;
    struct urls urls = {0};
    fv_der list;
    fv_cursor cursor;
    size_t num_points;
    if (!fv_decoder_read_only(decoder, value, FV_DER_SEQUENCE, &list) ||
        !fv_der_count(list.value, &num_points) || num_points == 0)
        return false;
    fv_crl_point *points = fv_decoder_alloc(decoder, num_points, sizeof(*points));
    fv_cursor_init(&cursor, list.value);
    for (size_t i = 0; points != NULL && i < num_points; i++) {
        if (!read_point(decoder, &cursor, &points[i]))
            return false;
        survey_point(decoder, &points[i], out, &urls);
    }
    out->items = points;
    out->num_points = points == NULL ? 0 : num_points;
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
