#include "jumps.h"

#include "base/cursor.h"

#include <ldns/ldns.h>

#define COUNTS_AT 4  /* of questions, answers, authority and additional records */
#define MAX_JUMPS 16 /* in one name */
#define POINTER 0xC0

typedef struct message_walk {
    fv_bytes message;
    fv_cursor cursor;
    bool has_long_jumps;
} message_walk;

/* ---- one name ---- */

/* Moves behind the labels up to the end of the name or to a pointer. Returns whether it is a
 * pointer; `*out_target` is where it leads. */
static bool read_labels(fv_cursor *cursor, size_t *out_target)
{
    uint8_t len, low;
    while (fv_cursor_read_u8(cursor, &len) && len != 0) {
        if (len >= POINTER && fv_cursor_read_u8(cursor, &low)) {
            *out_target = (size_t)(len & 0x3F) << 8 | low;
            return true;
        }
        if (len > LDNS_MAX_LABELLEN || !fv_cursor_skip(cursor, len))
            return false;
    }
    return false;
}

/* Moves behind the name at the cursor, and notes whether it jumps too often. */
static void walk_name(message_walk *walk, fv_cursor *cursor)
{
    size_t target;
    bool is_pointer = read_labels(cursor, &target);
    for (int jumps = 1; is_pointer && target < walk->message.len; jumps++) {
        if (jumps > MAX_JUMPS) {
            walk->has_long_jumps = true;
            return;
        }
        fv_cursor there;
        fv_cursor_init(&there, (fv_bytes){walk->message.data + target, walk->message.len - target});
        is_pointer = read_labels(&there, &target);
    }
}

/* ---- the data of a record ---- */

static const struct {
    ldns_rdf_type type;
    size_t len;
} fixed_fields[] = {
    {LDNS_RDF_TYPE_INT8, 1},   {LDNS_RDF_TYPE_ALG, 1},      {LDNS_RDF_TYPE_INT16, 2},
    {LDNS_RDF_TYPE_TYPE, 2},   {LDNS_RDF_TYPE_CERT_ALG, 2}, {LDNS_RDF_TYPE_CLASS, 2},
    {LDNS_RDF_TYPE_A, 4},      {LDNS_RDF_TYPE_INT32, 4},    {LDNS_RDF_TYPE_TIME, 4},
    {LDNS_RDF_TYPE_PERIOD, 4}, {LDNS_RDF_TYPE_AAAA, 16},
};

/* Moves behind a field that holds no name. Returns false if its length is not known here. */
static bool skip_field(fv_cursor *cursor, ldns_rdf_type type)
{
    uint8_t len;
    if (type == LDNS_RDF_TYPE_STR)
        return fv_cursor_read_u8(cursor, &len) && fv_cursor_skip(cursor, len);
    for (size_t i = 0; i < sizeof(fixed_fields) / sizeof(fixed_fields[0]); i++) {
        if (fixed_fields[i].type == type)
            return fv_cursor_skip(cursor, fixed_fields[i].len);
    }
    return false;
}

/* The names of a HIP record (RFC 8005 5) follow keys: any place may be the begin of one. */
static void walk_every_place(message_walk *walk, fv_cursor cursor)
{
    do {
        fv_cursor name = cursor;
        walk_name(walk, &name);
    } while (fv_cursor_skip(&cursor, 1) && !walk->has_long_jumps);
}

/* The fields are those by which ldns reads the type. Of the fields without a fixed length only
 * those of HIP stand before a name. */
static void walk_data(message_walk *walk, uint16_t type, fv_bytes data)
{
    const ldns_rr_descriptor *fields = ldns_rr_descript(type);
    size_t num_fields = ldns_rr_descriptor_maximum(fields);
    fv_cursor cursor;
    fv_cursor_init(&cursor, data);
    for (size_t i = 0; i < num_fields && fv_cursor_left(&cursor) > 0; i++) {
        ldns_rdf_type field = ldns_rr_descriptor_field_type(fields, i);
        if (field == LDNS_RDF_TYPE_HIP)
            walk_every_place(walk, cursor);
        if (field == LDNS_RDF_TYPE_DNAME)
            walk_name(walk, &cursor);
        else if (!skip_field(&cursor, field))
            return;
    }
}

/* ---- the message ---- */

static bool walk_record(message_walk *walk)
{
    uint16_t type, len;
    fv_bytes data;
    walk_name(walk, &walk->cursor);
    if (!fv_cursor_read_u16(&walk->cursor, &type) || !fv_cursor_skip(&walk->cursor, 6) ||
        !fv_cursor_read_u16(&walk->cursor, &len) || !fv_cursor_take(&walk->cursor, len, &data)) {
        return false;
    }
    walk_data(walk, type, data);
    return true;
}

bool fv_dns_has_long_jumps(const uint8_t *data, size_t len)
{
    message_walk walk = {.message = {data, len}};
    uint16_t num_questions = 0, count;
    size_t num_records = 0;
    fv_cursor_init(&walk.cursor, walk.message);
    (void)(fv_cursor_skip(&walk.cursor, COUNTS_AT) &&
           fv_cursor_read_u16(&walk.cursor, &num_questions));
    for (int i = 0; i < 3 && fv_cursor_read_u16(&walk.cursor, &count); i++)
        num_records += count;
    for (size_t i = 0; i < num_questions && !walk.has_long_jumps; i++) {
        walk_name(&walk, &walk.cursor);
        if (!fv_cursor_skip(&walk.cursor, 4))
            return walk.has_long_jumps;
    }
    for (size_t i = 0; i < num_records && !walk.has_long_jumps; i++) {
        if (!walk_record(&walk))
            break;
    }
    return walk.has_long_jumps;
}
