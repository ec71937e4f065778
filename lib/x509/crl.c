#include "x509/crl.h"

#include "base/calendar.h"
#include "x509/decoder.h"
#include "x509/shape.h"

#include <stdlib.h>
#include <string.h>

/* Version ::= INTEGER, OPTIONAL; if there, v2 (RFC 5280 5.1.2.1). */
static bool read_version(fv_decoder *decoder, fv_cursor *tbs, fv_crl *out)
{
    fv_der number;
    uint32_t version;
    out->version = 1;
    if (!fv_decoder_read(decoder, tbs, FV_DER_INTEGER, &number))
        return true;
    bool is_read = fv_der_integer_to_u32(number.value, &version) && version < UINT32_MAX;
    out->version = is_read ? version + 1 : 0;
    if (out->version != 2 || !fv_der_integer_is_minimal(number.value))
        fv_decoder_note(decoder, FV_DEFECT_VERSION, number.whole.data);
    return true;
}

static bool read_times(fv_decoder *decoder, fv_cursor *tbs, fv_crl *out)
{
    if (!fv_decoder_read_time(decoder, tbs, &out->this_update))
        return false;
    out->next_update.presence = FV_ABSENT;
    (void)fv_decoder_read_time(decoder, tbs, &out->next_update);
    return true;
}

/* reasonCode ::= ENUMERATED (RFC 5280 5.3.1) */
static bool read_reason(fv_bytes value, uint8_t *out)
{
    fv_der reason;
    if (!fv_der_read_only(value, FV_DER_ENUMERATED, &reason) || reason.value.len != 1)
        return false;
    *out = reason.value.data[0];
    return true;
}

/* RFC 5280 5.3.3: "includes one or more names from the issuer field and/or issuer alternative name
 * extension of the certificate". Returns NULL if they cannot be read, or have no directory name. */
static const fv_general_names *read_entry_issuers(fv_decoder *decoder, fv_bytes value)
{
    fv_der list;
    fv_general_names *names = fv_decoder_alloc(decoder, 1, sizeof(*names));
    if (names == NULL || !fv_decoder_read_only(decoder, value, FV_DER_SEQUENCE, &list) ||
        !fv_decoder_read_general_names(decoder, list.value, names))
        return NULL;
    for (size_t i = 0; i < names->num_items; i++) {
        if (names->items[i].is_malformed)
            fv_decoder_note(decoder, FV_DEFECT_CRL_ISSUER_NAME, value.data);
    }
    for (size_t i = 0; i < names->num_items; i++) {
        if (names->items[i].type == FV_GN_DIRECTORY && names->items[i].directory != NULL)
            return names;
    }
    return NULL;
}

/* Reads crlEntryExtensions one by one and keeps no list of them, because a CRL may have millions of
 * entries. */
static bool read_entry_extensions(fv_decoder *decoder, fv_bytes contents, fv_crl_entry *out)
{
    fv_cursor list;
    fv_cursor_init(&list, contents);
    while (fv_cursor_left(&list) > 0) {
        fv_extension extension = {0};
        if (!fv_decoder_read_extension(decoder, &list, &extension))
            return false;
        if (extension.id == FV_EXT_CRL_REASON) {
            /* A reason that cannot be read does not matter: the certificate is revoked for any
             * reason. */
            if (!read_reason(extension.value, &out->reason))
                out->reason = FV_CRL_REASON_NONE;
        } else if (extension.id == FV_EXT_CERTIFICATE_ISSUER) {
            out->issuers = read_entry_issuers(decoder, extension.value);
            out->has_unnamed_issuer = out->issuers == NULL; /* nobody knows whose it is */
            out->is_extended_critically |= out->issuers == NULL;
        } else if (extension.is_critical && extension.id != FV_EXT_INVALIDITY_DATE) {
            out->is_extended_critically = true;
        }
    }
    return true;
}

/* CRL entry: SEQUENCE { userCertificate, revocationDate, crlEntryExtensions OPTIONAL }. `issuers`
 * are those of the preceding entry, because "If this extension is not present on an entry ... the
 * certificate issuer ... is the same as that for the preceding entry" (RFC 5280 5.3.3). */
static bool read_entry(fv_decoder *decoder, fv_cursor *list, const fv_general_names *issuers,
                       fv_crl_entry *out)
{
    fv_der entry, part;
    fv_cursor inside;
    fv_time revoked_at;
    if (!fv_decoder_read(decoder, list, FV_DER_SEQUENCE, &entry))
        return false;
    fv_cursor_init(&inside, entry.value);
    if (!fv_decoder_read(decoder, &inside, FV_DER_INTEGER, &part) || part.value.len == 0)
        return false;
    out->serial = fv_der_integer_minimise(part.value);
    out->reason = FV_CRL_REASON_NONE;
    out->issuers = issuers;
    if (!fv_decoder_read_time(decoder, &inside, &revoked_at))
        return false;
    out->revoked_at = revoked_at.seconds;
    if (fv_decoder_read(decoder, &inside, FV_DER_SEQUENCE, &part) &&
        !read_entry_extensions(decoder, part.value, out))
        return false;
    return fv_cursor_left(&inside) == 0;
}

static int compare_serials(fv_bytes a, fv_bytes b)
{
    if (a.len != b.len)
        return a.len < b.len ? -1 : 1;
    return a.len == 0 ? 0 : memcmp(a.data, b.data, a.len);
}

static int compare_entries(const void *a, const void *b)
{
    const fv_crl_entry *x = a, *y = b;
    int order = compare_serials(x->serial, y->serial);
    /* Equal serials keep the order in which the CRL lists them. */
    return order != 0 ? order
                      : (x->serial.data > y->serial.data) - (x->serial.data < y->serial.data);
}

static void sort_entries(fv_crl_entry *entries, size_t num_entries)
{
    for (size_t i = 1; i < num_entries; i++) {
        if (compare_serials(entries[i - 1].serial, entries[i].serial) > 0) {
            qsort(entries, num_entries, sizeof(*entries), compare_entries);
            return;
        }
    }
}

static bool has_equal_serials(const fv_crl_entry *entries, size_t num_entries)
{
    for (size_t i = 1; i < num_entries; i++) {
        if (compare_serials(entries[i - 1].serial, entries[i].serial) == 0)
            return true;
    }
    return false;
}

/* revokedCertificates: a SEQUENCE right before the extensions. RFC 5280 5.1.2.6: "When there are no
 * revoked certificates, the revoked certificates list MUST be absent." */
static void read_entries(fv_decoder *decoder, fv_cursor *tbs, fv_crl *out)
{
    fv_der list;
    fv_cursor cursor;
    size_t num_elements = 0, num = 0;
    out->entries_presence = FV_ABSENT;
    if (!fv_decoder_read(decoder, tbs, FV_DER_SEQUENCE, &list))
        return;
    bool is_cut = fv_der_count(list.value, &num_elements);
    fv_crl_entry *entries = fv_decoder_alloc(decoder, num_elements, sizeof(*entries));
    fv_cursor_init(&cursor, list.value);
    const fv_general_names *issuers = NULL;
    while (entries != NULL && num < num_elements &&
           read_entry(decoder, &cursor, issuers, &entries[num])) {
        issuers = entries[num].issuers;
        out->has_unknown_critical_entry |= entries[num].is_extended_critically;
        out->has_unnamed_issuer |= entries[num].has_unnamed_issuer;
        out->has_stray_issuer |= issuers != NULL; /* unless the CRL proves to be indirect */
        num++;
    }
    out->entries_presence = is_cut && num == num_elements ? FV_KNOWN : FV_MALFORMED;
    if (out->entries_presence == FV_MALFORMED)
        fv_decoder_note(decoder, FV_DEFECT_STRUCTURE, cursor.next);
    sort_entries(entries, num);
    out->has_equal_serials = has_equal_serials(entries, num);
    out->entries = entries;
    out->num_entries = num;
}

static bool has_other_names(const fv_point_name *name)
{
    for (size_t i = 0; i < name->full.num_items; i++) {
        if (name->full.items[i].type != FV_GN_URI)
            return true;
    }
    return name->relative.len > 0;
}

/* RFC 5280 5.2.5: distributionPoint [0], onlyContainsUserCerts [1], onlyContainsCACerts [2],
 * onlySomeReasons [3], indirectCRL [4], onlyContainsAttributeCerts [5]. */
static bool read_distribution_point(fv_decoder *decoder, fv_bytes value, fv_crl *out)
{
    fv_der sequence, part;
    fv_cursor inside;
    if (!fv_decoder_read_only(decoder, value, FV_DER_SEQUENCE, &sequence))
        return false;
    fv_cursor_init(&inside, sequence.value);
    out->has_point_name = fv_decoder_read(decoder, &inside, FV_DER_CONTEXT_CONSTRUCTED + 0, &part);
    if (out->has_point_name && !fv_decoder_read_point_name(decoder, part.value, &out->point_name))
        return false;
    out->has_other_point_names = has_other_names(&out->point_name);
    if (!fv_decoder_read_boolean(decoder, &inside, FV_DER_CONTEXT + 1, &out->is_user_only) ||
        !fv_decoder_read_boolean(decoder, &inside, FV_DER_CONTEXT + 2, &out->is_ca_only))
        return false;
    out->has_only_some_reasons = fv_decoder_read(decoder, &inside, FV_DER_CONTEXT + 3, &part);
    if (out->has_only_some_reasons && !fv_der_read_bits(part.value, &out->reasons))
        return false;
    out->reasons &= FV_ALL_REASONS;
    return fv_decoder_read_boolean(decoder, &inside, FV_DER_CONTEXT + 4, &out->is_indirect) &&
           fv_decoder_read_boolean(decoder, &inside, FV_DER_CONTEXT + 5, &out->is_attribute_only) &&
           fv_cursor_left(&inside) == 0;
}

/* Copies the members only when all of them could be read. Otherwise they keep their defaults. */
static bool read_whole_distribution_point(fv_decoder *decoder, fv_bytes value, fv_crl *out)
{
    fv_crl read = {.reasons = FV_ALL_REASONS};
    out->distribution_point = value;
    if (!read_distribution_point(decoder, value, &read))
        return false;
    out->has_point_name = read.has_point_name;
    out->has_other_point_names = read.has_other_point_names;
    out->point_name = read.point_name;
    out->reasons = read.reasons;
    out->is_user_only = read.is_user_only;
    out->is_ca_only = read.is_ca_only;
    out->has_only_some_reasons = read.has_only_some_reasons;
    out->is_indirect = read.is_indirect;
    out->is_attribute_only = read.is_attribute_only;
    return true;
}

static bool read_number(fv_decoder *decoder, fv_bytes value, fv_bytes *out)
{
    fv_der number;
    if (!fv_decoder_read_only(decoder, value, FV_DER_INTEGER, &number) || number.value.len == 0)
        return false;
    *out = number.value;
    return true;
}

/* Returns false when the extension is known here and its contents cannot be read. */
static bool read_fact(fv_decoder *decoder, const fv_extension *extension, fv_crl *out)
{
    fv_bytes value = extension->value;
    bool is_read = true;
    if (extension->id == FV_EXT_AUTHORITY_KEY_ID) {
        is_read = fv_decoder_read_authority_key_id(decoder, value, &out->authority_key_id);
        out->authority_key_id.presence = is_read ? FV_KNOWN : FV_MALFORMED;
        out->authority_key_id.is_critical = extension->is_critical;
    } else if (extension->id == FV_EXT_CRL_NUMBER) {
        is_read = read_number(decoder, value, &out->number);
        out->number_presence = is_read ? FV_KNOWN : FV_MALFORMED;
    } else if (extension->id == FV_EXT_ISSUING_DISTRIBUTION_POINT) {
        is_read = read_whole_distribution_point(decoder, value, out);
        out->distribution_point_presence = is_read ? FV_KNOWN : FV_MALFORMED;
    } else if (extension->id == FV_EXT_DELTA_CRL_INDICATOR) {
        out->is_delta = true;
        is_read = read_number(decoder, value, &out->base_number);
    } else if (extension->is_critical) {
        out->has_unknown_critical = true;
    }
    return is_read;
}

static void read_extensions(fv_decoder *decoder, fv_cursor *tbs, fv_crl *out)
{
    fv_der outer;
    fv_extension *extensions = NULL;
    out->extensions_presence = FV_ABSENT;
    if (fv_decoder_read(decoder, tbs, FV_DER_CONTEXT_CONSTRUCTED + 0, &outer)) {
        if (out->version < 2)
            fv_decoder_note(decoder, FV_DEFECT_EXTENSIONS_VERSION, outer.whole.data);
        bool is_whole =
            fv_decoder_read_extensions(decoder, outer.value, &extensions, &out->num_extensions);
        out->extensions_presence = is_whole ? FV_KNOWN : FV_MALFORMED;
    }
    fv_presence unseen = out->extensions_presence == FV_MALFORMED ? FV_UNKNOWN : FV_ABSENT;
    out->authority_key_id.presence = unseen;
    out->number_presence = unseen;
    out->distribution_point_presence = unseen;
    for (size_t i = 0; i < out->num_extensions; i++) {
        if (extensions[i].is_duplicate)
            continue;
        if (!read_fact(decoder, &extensions[i], out)) {
            extensions[i].is_malformed = true;
            fv_decoder_note(decoder, FV_DEFECT_EXTENSION_VALUE, extensions[i].oid.data);
        }
        fv_decoder_check_shape(decoder, &extensions[i]);
    }
    out->extensions = extensions;
}

/* RFC 5280 5.1: reads the fields in their order. Returns false at the first that is missing. */
static bool read_tbs(fv_decoder *decoder, fv_bytes contents, fv_crl *out, fv_cursor *tbs)
{
    fv_cursor_init(tbs, contents);
    if (!read_version(decoder, tbs, out) ||
        !fv_decoder_read_algorithm(decoder, tbs, &out->outer_algorithm, &out->algorithm) ||
        !fv_decoder_read_name(decoder, tbs, FV_DEFECT_ISSUER, &out->issuer) ||
        !read_times(decoder, tbs, out))
        return false;
    if (out->issuer.presence == FV_KNOWN && out->issuer.num_rdns == 0)
        fv_decoder_note(decoder, FV_DEFECT_ISSUER_EMPTY, out->issuer.raw.data);
    read_entries(decoder, tbs, out);
    read_extensions(decoder, tbs, out);
    out->has_stray_issuer &= !out->is_indirect;
    fv_decoder_expect_end(decoder, tbs);
    return true;
}

fedval_status fv_crl_decode(fv_arena *arena, fv_bytes der, fv_crl *out)
{
    fv_crl crl;
    fv_signed outside;
    fv_cursor tbs;
    memset(&crl, 0, sizeof(crl));
    fv_decoder decoder = {arena, der.data, &crl.defects, false};
    crl.reasons = FV_ALL_REASONS;
    crl.this_update.seconds = FV_TIME_UNKNOWN;
    crl.next_update.seconds = FV_TIME_UNKNOWN;
    if (!fv_decoder_read_signed(&decoder, der, &outside))
        return FEDVAL_ERROR_SYNTAX;
    crl.der = outside.der;
    crl.tbs = outside.tbs.whole;
    crl.outer_algorithm = outside.algorithm;
    crl.signature_presence = outside.signature_presence;
    crl.signature = outside.signature;
    if (!read_tbs(&decoder, outside.tbs.value, &crl, &tbs))
        fv_decoder_note(&decoder, FV_DEFECT_STRUCTURE, tbs.next);
    if (decoder.is_out_of_memory)
        return FEDVAL_ERROR_NO_MEMORY;
    *out = crl;
    return FEDVAL_OK;
}

const fv_crl_entry *fv_crl_find(const fv_crl *crl, fv_bytes serial)
{
    size_t low = 0, high = crl->num_entries;
    serial = fv_der_integer_minimise(serial);
    while (low < high) { /* ends at the first entry whose serial is not below `serial` */
        size_t middle = low + (high - low) / 2;
        if (compare_serials(crl->entries[middle].serial, serial) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == crl->num_entries || compare_serials(crl->entries[low].serial, serial) != 0)
        return NULL;
    return &crl->entries[low];
}

const fv_crl_entry *fv_crl_find_next(const fv_crl *crl, const fv_crl_entry *entry)
{
    const fv_crl_entry *next = entry + 1;
    bool is_there = next < crl->entries + crl->num_entries;
    return is_there && compare_serials(next->serial, entry->serial) == 0 ? next : NULL;
}

static fv_bytes without_zeros(fv_bytes number)
{
    while (number.len > 0 && number.data[0] == 0) {
        number.data++;
        number.len--;
    }
    return number;
}

static bool is_negative(fv_bytes number)
{
    return number.len > 0 && (number.data[0] & 0x80) != 0;
}

/* RFC 5280 5.2.3 has no negative numbers. Where a CA writes one, it is less than 0, and of two the
 * one that is shorter or has the larger bytes is greater. */
int fv_crl_compare_numbers(fv_bytes a, fv_bytes b)
{
    if (is_negative(a) != is_negative(b))
        return is_negative(a) ? -1 : 1;
    int order = is_negative(a) && a.len != b.len
                    ? (a.len < b.len) - (a.len > b.len)
                    : compare_serials(without_zeros(a), without_zeros(b));
    return (order > 0) - (order < 0);
}
