#include "jumps.h"

#include "base/cursor.h"

#include <ldns/ldns.h>

#define COUNTS_AT 4  /* the numbers of questions, answers, authority and additional records */
#define MAX_JUMPS 16 /* in one name */
#define POINTER 0xC0

/* ---- one name ---- */

/* Moves behind labels, up to the end of the name or behind a pointer. `*out_target` is where the
 * pointer leads, or 0 at the end of the name. `*room` is how long the name may still become. */
static bool read_labels(fv_cursor *cursor, size_t *room, size_t *out_target)
{
    uint8_t len, low;
    *out_target = 0;
    while (fv_cursor_read_u8(cursor, &len)) {
        if (len == 0)
            return true;
        if (len >= POINTER) {
            if (!fv_cursor_read_u8(cursor, &low))
                return false;
            *out_target = (size_t)(len & 0x3F) << 8 | low;
            return *out_target > 0;
        }
        if (len > LDNS_MAX_LABELLEN || len >= *room || !fv_cursor_skip(cursor, len))
            return false;
        *room -= len + 1U;
    }
    return false;
}

/* Moves behind the name at the cursor, which goes through the whole message. */
static bool read_name(fv_cursor *cursor)
{
    fv_bytes message = {cursor->start, (size_t)(cursor->end - cursor->start)};
    size_t room = LDNS_MAX_DOMAINLEN, target;
    bool good = read_labels(cursor, &room, &target);
    for (int jumps = 1; good && target > 0; jumps++) {
        fv_cursor there;
        fv_cursor_init(&there, message);
        good = jumps <= MAX_JUMPS && fv_cursor_skip(&there, target) &&
               read_labels(&there, &room, &target);
    }
    return good;
}

/* ---- the data of a record ---- */

static const struct {
    ldns_rdf_type type;
    size_t len;
} fixed_fields[] = {
    {LDNS_RDF_TYPE_INT8, 1},
    {LDNS_RDF_TYPE_ALG, 1},
    {LDNS_RDF_TYPE_CERTIFICATE_USAGE, 1},
    {LDNS_RDF_TYPE_SELECTOR, 1},
    {LDNS_RDF_TYPE_MATCHING_TYPE, 1},
    {LDNS_RDF_TYPE_INT16, 2},
    {LDNS_RDF_TYPE_TYPE, 2},
    {LDNS_RDF_TYPE_CERT_ALG, 2},
    {LDNS_RDF_TYPE_A, 4},
    {LDNS_RDF_TYPE_INT32, 4},
    {LDNS_RDF_TYPE_TIME, 4},
    {LDNS_RDF_TYPE_PERIOD, 4},
    {LDNS_RDF_TYPE_TSIGTIME, 6},
    {LDNS_RDF_TYPE_EUI48, 6},
    {LDNS_RDF_TYPE_EUI64, 8},
    {LDNS_RDF_TYPE_ILNP64, 8},
    {LDNS_RDF_TYPE_AAAA, 16},
};

/* The first byte of these fields says how many follow. */
static const ldns_rdf_type counted_fields[] = {
    LDNS_RDF_TYPE_STR,     LDNS_RDF_TYPE_NSEC3_SALT,       LDNS_RDF_TYPE_TAG,
    LDNS_RDF_TYPE_B32_EXT, LDNS_RDF_TYPE_NSEC3_NEXT_OWNER,
};

static bool is_counted(ldns_rdf_type type)
{
    for (size_t i = 0; i < sizeof(counted_fields) / sizeof(counted_fields[0]); i++) {
        if (counted_fields[i] == type)
            return true;
    }
    return false;
}

/* RFC 8005 5: the lengths of two keys are before them. */
static bool skip_keys(fv_cursor *cursor)
{
    uint8_t first, algorithm;
    uint16_t second;
    return fv_cursor_read_u8(cursor, &first) && fv_cursor_read_u8(cursor, &algorithm) &&
           fv_cursor_read_u16(cursor, &second) && fv_cursor_skip(cursor, first + (size_t)second);
}

/* Moves behind a field that holds no name; `left` bytes of the data are left. A field whose length
 * is not known takes them all, as it does in ldns. */
static bool skip_field(fv_cursor *cursor, ldns_rdf_type type, size_t left)
{
    uint8_t short_len;
    uint16_t len;
    if (type == LDNS_RDF_TYPE_HIP)
        return skip_keys(cursor);
    if (type == LDNS_RDF_TYPE_INT16_DATA)
        return fv_cursor_read_u16(cursor, &len) && fv_cursor_skip(cursor, len);
    if (is_counted(type))
        return fv_cursor_read_u8(cursor, &short_len) && fv_cursor_skip(cursor, short_len);
    for (size_t i = 0; i < sizeof(fixed_fields) / sizeof(fixed_fields[0]); i++) {
        if (fixed_fields[i].type == type)
            return fv_cursor_skip(cursor, fixed_fields[i].len);
    }
    return fv_cursor_skip(cursor, left);
}

/* Moves behind the data, field by field, and returns whether they end where the last field ends. */
static bool read_data(fv_cursor *cursor, uint16_t type, size_t len)
{
    const ldns_rr_descriptor *fields = ldns_rr_descript(type);
    size_t num_fields = ldns_rr_descriptor_maximum(fields);
    size_t end = fv_cursor_offset(cursor) + len;
    if (len > fv_cursor_left(cursor))
        return false;
    for (size_t i = 0; i < num_fields && fv_cursor_offset(cursor) < end; i++) {
        ldns_rdf_type field = ldns_rr_descriptor_field_type(fields, i);
        bool good = field == LDNS_RDF_TYPE_DNAME
                        ? read_name(cursor)
                        : skip_field(cursor, field, end - fv_cursor_offset(cursor));
        if (!good)
            return false;
    }
    return fv_cursor_offset(cursor) == end;
}

/* ---- the message ---- */

static bool read_record(fv_cursor *cursor)
{
    uint16_t type, len;
    return read_name(cursor) && fv_cursor_read_u16(cursor, &type) && fv_cursor_skip(cursor, 6) &&
           fv_cursor_read_u16(cursor, &len) && read_data(cursor, type, len);
}

bool fv_dns_can_be_read(const uint8_t *data, size_t len)
{
    uint16_t num_questions, count;
    size_t num_records = 0;
    fv_cursor cursor;
    fv_cursor_init(&cursor, (fv_bytes){data, len});
    if (!fv_cursor_skip(&cursor, COUNTS_AT) || !fv_cursor_read_u16(&cursor, &num_questions))
        return false;
    for (int i = 0; i < 3; i++) {
        if (!fv_cursor_read_u16(&cursor, &count))
            return false;
        num_records += count;
    }
    for (size_t i = 0; i < num_questions; i++) {
        if (!read_name(&cursor) || !fv_cursor_skip(&cursor, 4))
            return false;
    }
    for (size_t i = 0; i < num_records; i++) {
        if (!read_record(&cursor))
            return false;
    }
    return true;
}
