/* Reads zone master files (RFC 1035 5), record by record so that a fault has its line. */
#define _POSIX_C_SOURCE 200809L

#include "zone.h"
#include "zone_text.h"

#include "base/error.h"
#include "base/grow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Used if no origin is known: a relative name then shows, and does not become a name directly under
 * the root. Nobody owns ".invalid" (RFC 6761 6.4). */
#define NO_ORIGIN "no-origin-given.fedval.invalid."
#define DEFAULT_TTL 3600 /* used until $TTL or a record sets one */

typedef struct zone_reader {
    fv_zone *zone;
    fv_text text;
    long begin; /* offset in the text of the current record */
    FILE *file;
    fedval_error *error;
    ldns_rdf *origin, *previous, *no_origin;
    uint32_t ttl;
    int next_line;
    uint32_t line; /* line in which the current record begins */
} zone_reader;

static fedval_status fail(zone_reader *reader, const char *message)
{
    fv_error_set(reader->error, message);
    fv_error_set_place(reader->error, reader->line, 0, UINT64_MAX);
    return FEDVAL_ERROR_SYNTAX;
}

/* Fails with the message and the name at fault. */
static fedval_status fail_name(zone_reader *reader, const char *message, const ldns_rdf *name)
{
    ldns_buffer *text = fv_ldns_write(name);
    if (text != NULL)
        fv_error_set_detail(reader->error, message, fv_text_of(fv_ldns_text(text)));
    ldns_buffer_free(text);
    return fail(reader, message);
}

/* ---- one record ---- */

static fedval_status keep(zone_reader *reader, ldns_rr *rr)
{
    fv_zone *zone = reader->zone;
    if (zone->num_records >= FV_ZONE_MAX_RECORDS) {
        fail(reader, "the zone has more than 1,000,000 records");
        return FEDVAL_ERROR_LIMIT;
    }
    fv_zone_record *larger =
        fv_grow(zone->records, zone->num_records + 1, &zone->capacity, sizeof(*larger));
    if (larger == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    zone->records = larger;
    zone->records[zone->num_records] =
        (fv_zone_record){rr, reader->line, (uint32_t)zone->num_records};
    zone->num_records++;
    return FEDVAL_OK;
}

static bool is_relative(const zone_reader *reader, const ldns_rdf *name)
{
    return fv_zone_is_at_or_below(name, reader->no_origin);
}

/* Whether the owner or a name in the data is still relative. */
static bool has_relative(const zone_reader *reader, const ldns_rr *rr)
{
    if (is_relative(reader, ldns_rr_owner(rr)))
        return true;
    for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
        const ldns_rdf *field = ldns_rr_rdf(rr, i);
        if (ldns_rdf_get_type(field) == LDNS_RDF_TYPE_DNAME && is_relative(reader, field))
            return true;
    }
    return false;
}

static fedval_status take_soa(zone_reader *reader, const ldns_rr *rr)
{
    fv_zone *zone = reader->zone;
    if (zone->apex == NULL) {
        zone->apex = ldns_rdf_clone(ldns_rr_owner(rr));
        return zone->apex == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
    }
    if (ldns_dname_compare(zone->apex, ldns_rr_owner(rr)) != 0)
        return fail_name(reader, "a second SOA record, of another zone", ldns_rr_owner(rr));
    return FEDVAL_OK;
}

static fedval_status take_record(zone_reader *reader, ldns_rr *rr)
{
    if (has_relative(reader, rr))
        return fail(reader, "a relative name, and neither $ORIGIN nor an origin was given");
    if (ldns_rr_get_class(rr) != LDNS_RR_CLASS_IN)
        return fail_name(reader, "a record of another class than IN", ldns_rr_owner(rr));
    if (ldns_rr_get_type(rr) == 0) { /* ldns makes this of "www BOGUS" without data */
        return fail_name(reader, "a record of no type that is known", ldns_rr_owner(rr));
    }
    if (!fv_ldns_has_data(rr))
        return fail_name(reader, "a record without its data", ldns_rr_owner(rr));
    ldns_dname2canonical(ldns_rr_owner(rr));
    fedval_status status =
        ldns_rr_get_type(rr) == LDNS_RR_TYPE_SOA ? take_soa(reader, rr) : FEDVAL_OK;
    return status == FEDVAL_OK ? keep(reader, rr) : status;
}

/* ---- the file ---- */

/* Returns the text of the current record. */
static fv_text record_text(const zone_reader *reader)
{
    long end = ftell(reader->file);
    bool is_known = reader->begin >= 0 && end > reader->begin && (size_t)end <= reader->text.len;
    if (!is_known)
        return (fv_text){reader->text.data, 0};
    return (fv_text){reader->text.data + reader->begin, (size_t)(end - reader->begin)};
}

/* Refuses text that ldns reads, but not as its author meant it. `rr` may be NULL. */
static fedval_status judge_text(zone_reader *reader, const ldns_rr *rr)
{
    if (feof(reader->file) != 0 && !fv_zone_text_is_closed(record_text(reader)))
        return fail(reader, "a parenthesis that is not closed");
    if (rr != NULL && ldns_rr_get_type(rr) == LDNS_RR_TYPE_SRV &&
        !fv_zone_text_has_srv_numbers(record_text(reader)))
        return fail_name(reader, "a number above 65535 in the SRV record", ldns_rr_owner(rr));
    return FEDVAL_OK;
}

#define NO_RECORD "not a record that can be read: "

static const struct wanted_data {
    const char *type;
    const char *message; /* what a record of this type wants; what it has follows */
} wanted_data[] = {
    {"A", NO_RECORD "A wants an IPv4 address, not"},
    {"AAAA", NO_RECORD "AAAA wants an IPv6 address, not"},
    {"CNAME", NO_RECORD "CNAME wants one name, not"},
    {"MX", NO_RECORD "MX wants preference and host, not"},
    {"NS", NO_RECORD "NS wants one name, not"},
    {"PTR", NO_RECORD "PTR wants one name, not"},
    {"SOA", NO_RECORD "SOA wants server, mailbox, serial, refresh, retry, expire and minimum, not"},
    {"SRV", NO_RECORD "SRV wants priority, weight, port and target, not"},
};

/* Fails for a record whose data does not fit its type. */
static fedval_status fail_data(zone_reader *reader)
{
    char data[120];
    const char *message = NO_RECORD "what follows its type does not fit it";
    fv_text type = fv_zone_text_take_type(record_text(reader), data, sizeof(data));
    for (size_t i = 0; i < sizeof(wanted_data) / sizeof(wanted_data[0]); i++) {
        if (fv_text_equal_nocase(type, fv_text_of(wanted_data[i].type)))
            message = wanted_data[i].message;
    }
    fv_error_set_detail(reader->error, message, fv_text_of(data[0] == '\0' ? "nothing" : data));
    return fail(reader, "");
}

static fedval_status read_record(zone_reader *reader, bool *out_end)
{
    ldns_rr *rr = NULL;
    reader->line = (uint32_t)reader->next_line;
    reader->begin = ftell(reader->file);
    ldns_status result = ldns_rr_new_frm_fp_l(&rr, reader->file, &reader->ttl, &reader->origin,
                                              &reader->previous, &reader->next_line);
    if (result == LDNS_STATUS_OK) {
        fedval_status status = judge_text(reader, rr);
        if (status == FEDVAL_OK)
            status = take_record(reader, rr);
        if (reader->zone->num_records == 0 ||
            reader->zone->records[reader->zone->num_records - 1].rr != rr)
            ldns_rr_free(rr); /* the zone did not take it */
        return status;
    }
    if (result == LDNS_STATUS_MEM_ERR)
        return FEDVAL_ERROR_NO_MEMORY;
    /* BIND makes many records of one such line. */
    if (fv_text_starts_nocase(record_text(reader), fv_text_of("$GENERATE"))) {
        return fail(reader, "$GENERATE is not followed: write its records out, as "
                            "named-compilezone does");
    }
    if (result == LDNS_STATUS_SYNTAX_INCLUDE)
        return fail(reader, "$INCLUDE is not followed: give the whole zone as one file");
    if (result == LDNS_STATUS_SYNTAX_EMPTY || result == LDNS_STATUS_SYNTAX_TTL ||
        result == LDNS_STATUS_SYNTAX_ORIGIN) {
        *out_end = feof(reader->file) != 0;
        return judge_text(reader, NULL);
    }
    if (result == LDNS_STATUS_SYNTAX_RDATA_ERR || result == LDNS_STATUS_SYNTAX_MISSING_VALUE_ERR)
        return fail_data(reader);
    fv_error_set_detail(reader->error, "not a record that can be read",
                        fv_text_of(ldns_get_errorstr_by_id(result)));
    return fail(reader, "");
}

static fedval_status read_all(zone_reader *reader)
{
    fedval_status status = FEDVAL_OK;
    for (bool end = false; status == FEDVAL_OK && !end;) {
        status = read_record(reader, &end);
        end = end || feof(reader->file) != 0;
    }
    return status;
}

/* Returns NULL if the text is not a name, or if memory is short. */
static ldns_rdf *read_origin(fv_text origin)
{
    char *copy = strndup(origin.data, origin.len);
    ldns_rdf *name = copy == NULL || fv_text_has_nul(origin) ? NULL : ldns_dname_new_frm_str(copy);
    free(copy);
    return name;
}

static fedval_status open_reader(zone_reader *reader, fv_text text, fv_text origin)
{
    reader->text = text;
    reader->ttl = DEFAULT_TTL;
    reader->next_line = 1;
    reader->no_origin = ldns_dname_new_frm_str(NO_ORIGIN);
    if (reader->no_origin == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    reader->origin = origin.data == NULL ? ldns_rdf_clone(reader->no_origin) : read_origin(origin);
    if (reader->origin == NULL && origin.data != NULL) {
        fv_error_set_detail(reader->error, "the origin is no name", origin);
        return FEDVAL_ERROR_SYNTAX;
    }
    /* The file is opened only for reading, so the text is not changed. */
    reader->file = fmemopen((void *)(uintptr_t)text.data, text.len, "r");
    return reader->file == NULL || reader->origin == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

static void close_reader(zone_reader *reader)
{
    if (reader->file != NULL)
        fclose(reader->file);
    ldns_rdf_deep_free(reader->origin);
    ldns_rdf_deep_free(reader->previous);
    ldns_rdf_deep_free(reader->no_origin);
}

/* ---- the zone as a whole ---- */

static int compare_records(const void *a, const void *b)
{
    const fv_zone_record *left = a, *right = b;
    int order = ldns_dname_compare(ldns_rr_owner(left->rr), ldns_rr_owner(right->rr));
    if (order != 0)
        return order;
    return left->order < right->order ? -1 : 1;
}

/* RFC 1034 3.6.2: no other record may have the same name as an alias, except those of DNSSEC. */
static bool may_stand_beside_alias(ldns_rr_type type)
{
    return type == LDNS_RR_TYPE_RRSIG || type == LDNS_RR_TYPE_NSEC || type == LDNS_RR_TYPE_CNAME;
}

static fedval_status check_alias(zone_reader *reader, size_t index)
{
    const fv_zone *zone = reader->zone;
    const ldns_rdf *owner = ldns_rr_owner(zone->records[index].rr);
    size_t first = index;
    while (first > 0 && ldns_dname_compare(ldns_rr_owner(zone->records[first - 1].rr), owner) == 0)
        first--;
    for (size_t i = first; i < zone->num_records; i++) {
        const ldns_rr *rr = zone->records[i].rr;
        if (ldns_dname_compare(ldns_rr_owner(rr), owner) != 0)
            return FEDVAL_OK;
        if (i == index || (may_stand_beside_alias(ldns_rr_get_type(rr)) &&
                           ldns_rr_get_type(rr) != LDNS_RR_TYPE_CNAME))
            continue;
        reader->line = zone->records[index].line;
        return fail_name(reader, "a CNAME record beside other records", owner);
    }
    return FEDVAL_OK;
}

static fedval_status check_zone(zone_reader *reader)
{
    const fv_zone *zone = reader->zone;
    if (zone->apex == NULL) {
        reader->line = 0;
        return fail(reader,
                    "the zone has no SOA record: lines that are to be put into a zone are read "
                    "when they stand in it, so give the whole zone file with them");
    }
    for (size_t i = 0; i < zone->num_records; i++) {
        const ldns_rdf *owner = ldns_rr_owner(zone->records[i].rr);
        reader->line = zone->records[i].line;
        if (!fv_zone_is_at_or_below(owner, zone->apex))
            return fail_name(reader, "a record outside the zone of the SOA record", owner);
    }
    qsort(zone->records, zone->num_records, sizeof(*zone->records), compare_records);
    for (size_t i = 0; i < zone->num_records; i++) {
        fedval_status status = ldns_rr_get_type(zone->records[i].rr) == LDNS_RR_TYPE_CNAME
                                   ? check_alias(reader, i)
                                   : FEDVAL_OK;
        if (status != FEDVAL_OK)
            return status;
    }
    return FEDVAL_OK;
}

/* Refuses text at which ldns would stop, or never return. */
static fedval_status check_text(fv_text text, fedval_error *error)
{
    const char *nul = text.len == 0 ? NULL : memchr(text.data, '\0', text.len);
    if (text.len > FV_ZONE_MAX_BYTES) {
        fv_error_set(error, "the zone is larger than 64 MiB");
        return FEDVAL_ERROR_LIMIT;
    }
    if (fv_text_is_utf16(text)) {
        fv_error_set(error, "this is text in UTF-16: it has to be saved as UTF-8");
        return FEDVAL_ERROR_SYNTAX;
    }
    bool is_pem = text.len > 10 && memcmp(text.data, "-----BEGIN", 10) == 0;
    if (text.len == 0)
        fv_error_set(error, "the zone is empty");
    else if (is_pem)
        fv_error_set(error, "this is PEM, such as a certificate, and no zone");
    else if (nul != NULL)
        fv_error_set(error, "the zone holds a NUL byte: it is no text");
    if (nul != NULL)
        fv_error_set_place(error, 0, 0, (uint64_t)(nul - text.data));
    return text.len == 0 || is_pem || nul != NULL ? FEDVAL_ERROR_SYNTAX : FEDVAL_OK;
}

fedval_status fv_zone_read(fv_zone *zone, fv_text text, fv_text origin, fedval_error *error)
{
    zone_reader reader = {.zone = zone, .error = error};
    text = fv_text_skip_mark(text);
    fedval_status status = check_text(text, error);
    if (status != FEDVAL_OK)
        return status;
    status = open_reader(&reader, text, origin);
    if (status == FEDVAL_OK)
        status = read_all(&reader);
    if (status == FEDVAL_OK)
        status = check_zone(&reader);
    close_reader(&reader);
    return status;
}

void fv_zone_clear(fv_zone *zone)
{
    for (size_t i = 0; i < zone->num_records; i++)
        ldns_rr_free(zone->records[i].rr);
    free(zone->records);
    ldns_rdf_deep_free(zone->apex);
    *zone = (fv_zone){.records = NULL};
}
