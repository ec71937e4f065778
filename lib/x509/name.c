#include "x509/name.h"

#include "base/size.h"
#include "x509/name_slips.h"
#include "x509/name_string.h"
#include "x509/oid.h"

#include <stdlib.h>
#include <string.h>

void fv_name_reader_init(fv_name_reader *reader, const fv_name *name)
{
    fv_cursor outside;
    fv_der sequence = {0};
    fv_cursor_init(&outside, name->raw);
    (void)fv_der_read_tag(&outside, FV_DER_SEQUENCE, &sequence);
    fv_cursor_init(&reader->rdns, sequence.value);
    fv_cursor_init(&reader->attributes, (fv_bytes){NULL, 0});
    reader->rdn = SIZE_MAX; /* wraps to 0 at the first RDN */
    reader->is_broken = false;
}

/* AttributeTypeAndValue ::= SEQUENCE { type OID, value ANY } */
static bool read_attribute(fv_cursor *attributes, fv_attribute *out)
{
    fv_der element;
    fv_cursor inside;
    if (!fv_der_read_tag(attributes, FV_DER_SEQUENCE, &element))
        return false;
    fv_cursor_init(&inside, element.value);
    if (!fv_der_read_tag(&inside, FV_DER_OID, &element) || element.value.len == 0)
        return false;
    out->type = element.value;
    if (!fv_der_read(&inside, &element))
        return false;
    out->tag = element.tag;
    out->value = element.value;
    return fv_cursor_left(&inside) == 0;
}

/* Moves to the next RDN. An RDN has at least one attribute (X.501: SET SIZE (1..MAX)). */
static bool open_rdn(fv_name_reader *reader)
{
    fv_der set;
    if (!fv_der_read_tag(&reader->rdns, FV_DER_SET, &set) || set.value.len == 0)
        return false;
    fv_cursor_init(&reader->attributes, set.value);
    reader->rdn++;
    return true;
}

bool fv_name_reader_next(fv_name_reader *reader, fv_attribute *out)
{
    fv_attribute attribute;
    if (reader->is_broken)
        return false;
    if (fv_cursor_left(&reader->attributes) == 0) {
        if (fv_cursor_left(&reader->rdns) == 0)
            return false;
        reader->is_broken = !open_rdn(reader);
    }
    if (reader->is_broken || !read_attribute(&reader->attributes, &attribute)) {
        reader->is_broken = true;
        return false;
    }
    attribute.rdn = reader->rdn;
    *out = attribute;
    return true;
}

/* The counts that a first pass over a name collects, so that the second pass can allocate. */
struct survey {
    size_t num_rdns;
    size_t num_attributes;
    size_t num_common_names;
    size_t extra; /* bytes that recoding to UTF-8 may add */
    bool has_bad_string, has_odd_characters, has_odd_kind, has_odd_contents, has_bad_oid;
    uint64_t slips;
};

static bool survey_name(const fv_name *name, struct survey *out)
{
    fv_name_reader reader;
    fv_attribute attribute;
    fv_name_reader_init(&reader, name);
    while (fv_name_reader_next(&reader, &attribute)) {
        out->num_attributes++;
        out->extra += fv_string_growth(attribute.tag, attribute.value);
        out->has_bad_string |= !fv_string_is_well_formed(attribute.tag, attribute.value);
        out->has_odd_characters |= fv_string_has_odd_characters(attribute.tag, attribute.value);
        out->has_odd_kind |= !fv_string_is_allowed(attribute.tag);
        out->has_odd_contents |= fv_string_has_odd_contents(attribute.tag, attribute.value);
        out->has_bad_oid |= !fv_oid_is_valid(attribute.type);
        out->slips |= fv_attribute_find_slips(attribute.type, attribute.tag, attribute.value);
        out->num_common_names += fv_oid_equal(attribute.type, FV_OID(FV_OID_COMMON_NAME));
    }
    out->num_rdns = reader.rdn + 1;
    return !reader.is_broken;
}

static void put_length(uint8_t *to, size_t len)
{
    to[0] = (uint8_t)(len >> 24);
    to[1] = (uint8_t)(len >> 16);
    to[2] = (uint8_t)(len >> 8);
    to[3] = (uint8_t)len;
}

enum { LENGTH_SIZE = 4, LARGEST_NAME = 1 << 28 }; /* so that every length fits */

/* Writes the length of the OID, the OID, the tag, the length of the value, the value. */
static uint8_t *put_attribute(uint8_t *to, const fv_attribute *attribute)
{
    put_length(to, attribute->type.len);
    to += LENGTH_SIZE;
    memcpy(to, attribute->type.data, attribute->type.len);
    to += attribute->type.len;
    *to++ = fv_string_is_text(attribute->tag) ? FV_DER_UTF8_STRING : attribute->tag;
    uint8_t *value = to + LENGTH_SIZE;
    uint8_t *end = fv_string_normalise(attribute->tag, attribute->value, value);
    put_length(to, (size_t)(end - value));
    return end;
}

static int compare_bytes(const void *a, const void *b)
{
    const fv_bytes *x = a, *y = b;
    size_t shorter = x->len < y->len ? x->len : y->len;
    int order = shorter == 0 ? 0 : memcmp(x->data, y->data, shorter);
    if (order != 0)
        return order;
    return x->len < y->len ? -1 : x->len > y->len;
}

/* Sorts the attributes of one RDN. An RDN is a SET, so their order has no meaning; DER sorts them,
 * but folding to lower case may have changed the order. */
static bool sort_rdn(fv_arena *arena, uint8_t *content, const fv_bytes *attributes, size_t num)
{
    size_t len = 0;
    fv_bytes *sorted = fv_arena_alloc_array(arena, num, sizeof(*sorted));
    if (sorted == NULL)
        return false;
    memcpy(sorted, attributes, num * sizeof(*sorted));
    for (size_t i = 0; i < num; i++)
        len += sorted[i].len;
    qsort(sorted, num, sizeof(*sorted), compare_bytes);
    uint8_t *copy = fv_arena_alloc(arena, len);
    if (copy == NULL)
        return false;
    uint8_t *to = copy;
    for (size_t i = 0; i < num; i++) {
        memcpy(to, sorted[i].data, sorted[i].len);
        to += sorted[i].len;
    }
    memcpy(content, copy, len);
    return true;
}

/* Writes one normalised name. Remembers where each attribute of the current RDN is, because they
 * may have to be sorted. */
struct writer {
    fv_arena *arena;
    uint8_t *to;
    uint8_t *rdn; /* its length goes here */
    fv_bytes *attributes;
    size_t num_attributes;
};

static bool end_rdn(struct writer *writer)
{
    if (writer->rdn == NULL)
        return true;
    uint8_t *content = writer->rdn + LENGTH_SIZE;
    put_length(writer->rdn, (size_t)(writer->to - content));
    return writer->num_attributes < 2 ||
           sort_rdn(writer->arena, content, writer->attributes, writer->num_attributes);
}

static bool write_attribute(struct writer *writer, const fv_attribute *attribute, bool starts_rdn)
{
    if (starts_rdn) {
        if (!end_rdn(writer))
            return false;
        writer->rdn = writer->to;
        writer->to += LENGTH_SIZE;
        writer->num_attributes = 0;
    }
    uint8_t *start = writer->to;
    writer->to = put_attribute(start, attribute);
    if (writer->attributes != NULL) {
        writer->attributes[writer->num_attributes++] =
            (fv_bytes){start, (size_t)(writer->to - start)};
    }
    return true;
}

/* Allocates room for everything that write_attribute can write. The normalised form adds at most
 * three lengths for each attribute: those of the RDN, of the OID and of the value. */
static bool open_writer(fv_arena *arena, const fv_name *name, const struct survey *survey,
                        struct writer *out)
{
    size_t room;
    if (!fv_size_mul(survey->num_attributes, 3 * LENGTH_SIZE, &room) ||
        !fv_size_add(room, name->raw.len, &room) || !fv_size_add(room, survey->extra, &room))
        return false;
    *out = (struct writer){.arena = arena, .to = fv_arena_alloc(arena, room)};
    if (survey->num_attributes > survey->num_rdns)
        out->attributes = fv_arena_alloc_array(arena, survey->num_attributes, sizeof(fv_bytes));
    return out->to != NULL &&
           (survey->num_attributes == survey->num_rdns || out->attributes != NULL);
}

static bool fill(fv_arena *arena, const struct survey *survey, fv_name *name)
{
    struct writer writer;
    fv_name_reader reader;
    fv_attribute attribute;
    size_t last_rdn = SIZE_MAX;
    fv_text *common_names =
        fv_arena_alloc_array(arena, survey->num_common_names, sizeof(*common_names));
    if (common_names == NULL || !open_writer(arena, name, survey, &writer))
        return false;
    const uint8_t *start = writer.to;
    fv_name_reader_init(&reader, name);
    while (fv_name_reader_next(&reader, &attribute)) {
        if (!write_attribute(&writer, &attribute, attribute.rdn != last_rdn))
            return false;
        last_rdn = attribute.rdn;
        if (fv_oid_equal(attribute.type, FV_OID(FV_OID_COMMON_NAME)) &&
            !fv_string_to_text(arena, attribute.tag, attribute.value,
                               &common_names[name->num_common_names++]))
            return false;
    }
    if (!end_rdn(&writer))
        return false;
    name->common_names = common_names;
    name->normalised = (fv_bytes){start, (size_t)(writer.to - start)};
    return true;
}

bool fv_name_decode(fv_arena *arena, fv_bytes whole, fv_name *out)
{
    fv_name name = {.presence = FV_KNOWN, .raw = whole};
    struct survey survey = {0};
    fv_der sequence;
    if (whole.len > LARGEST_NAME || !fv_der_read_only(whole, FV_DER_SEQUENCE, &sequence) ||
        !survey_name(&name, &survey)) {
        *out = (fv_name){.presence = FV_MALFORMED, .raw = whole};
        return true;
    }
    name.num_rdns = survey.num_rdns;
    name.has_bad_string = survey.has_bad_string;
    name.has_odd_characters = survey.has_odd_characters;
    name.has_odd_kind = survey.has_odd_kind;
    name.has_odd_contents = survey.has_odd_contents;
    name.has_bad_oid = survey.has_bad_oid;
    name.slips = survey.slips;
    if (name.num_rdns > 0 && !fill(arena, &survey, &name))
        return false;
    *out = name;
    return true;
}

static uint8_t *put_tag(uint8_t *to, uint8_t tag, size_t len)
{
    *to++ = tag;
    if (len < 0x80) {
        *to++ = (uint8_t)len;
        return to;
    }
    size_t num_bytes = len > 0xFFFFFF ? 4 : len > 0xFFFF ? 3 : len > 0xFF ? 2 : 1;
    *to++ = (uint8_t)(0x80 | num_bytes);
    for (size_t i = num_bytes; i-- > 0;)
        *to++ = (uint8_t)(len >> (8 * i));
    return to;
}

bool fv_name_append_rdn(fv_arena *arena, const fv_name *base, fv_bytes rdn, fv_name *out)
{
    enum { MOST_OF_A_TAG = 6 };
    fv_der sequence;
    *out = (fv_name){.presence = FV_MALFORMED};
    if (base->presence != FV_KNOWN || rdn.len == 0 || rdn.len > LARGEST_NAME ||
        !fv_der_read_only(base->raw, FV_DER_SEQUENCE, &sequence))
        return true;
    uint8_t *whole = fv_arena_alloc(arena, sequence.value.len + rdn.len + 2 * MOST_OF_A_TAG);
    uint8_t *set = fv_arena_alloc(arena, rdn.len + MOST_OF_A_TAG);
    if (whole == NULL || set == NULL)
        return false;
    uint8_t *end = put_tag(set, FV_DER_SET, rdn.len);
    memcpy(end, rdn.data, rdn.len);
    size_t set_len = (size_t)(end - set) + rdn.len;
    uint8_t *to = put_tag(whole, FV_DER_SEQUENCE, sequence.value.len + set_len);
    memcpy(to, sequence.value.data, sequence.value.len);
    memcpy(to + sequence.value.len, set, set_len);
    size_t whole_len = (size_t)(to - whole) + sequence.value.len + set_len;
    return fv_name_decode(arena, (fv_bytes){whole, whole_len}, out);
}

bool fv_name_is_rdn(fv_bytes contents)
{
    fv_cursor attributes;
    fv_attribute attribute;
    fv_cursor_init(&attributes, contents);
    bool is_read = fv_cursor_left(&attributes) > 0;
    while (is_read && fv_cursor_left(&attributes) > 0)
        is_read = read_attribute(&attributes, &attribute);
    return is_read;
}

bool fv_name_equal(const fv_name *a, const fv_name *b)
{
    return a->presence == FV_KNOWN && b->presence == FV_KNOWN &&
           fv_bytes_equal(a->normalised, b->normalised);
}

bool fv_name_is_within(const fv_name *name, const fv_name *base)
{
    return name->presence == FV_KNOWN && base->presence == FV_KNOWN &&
           base->normalised.len <= name->normalised.len &&
           (base->normalised.len == 0 ||
            memcmp(name->normalised.data, base->normalised.data, base->normalised.len) == 0);
}
