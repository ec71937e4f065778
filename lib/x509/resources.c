/* The extensions of RFC 3779: IP addresses and AS numbers that a certificate delegates. No server
 * or caller has a use for them, but OpenSSL reads and checks them. `fault` and `slip` follow what
 * OpenSSL 3.0 refuses and takes. */
#include "x509/decoder.h"

#include <string.h>

enum { MOST_BYTES = 16 }; /* of an address, or of a number that is compared */

/* From the lowest to the highest address or number, both included; big-endian. */
typedef struct range {
    uint8_t low[MOST_BYTES], high[MOST_BYTES];
    bool is_single; /* written as one address prefix or one number */
} range;

typedef struct reader {
    fv_decoder *decoder;
    fv_resources *out;
    size_t num_bytes; /* of an address of the family that is read; 0: numbers of AS */
} reader;

static void note_fault(reader *r, const char *fault)
{
    if (r->out->fault == NULL)
        r->out->fault = fault;
}

static void note_slip(reader *r, const char *slip)
{
    if (r->out->slip == NULL)
        r->out->slip = slip;
}

/* ---- one address or number ---- */

/* RFC 3779 2.1.2: a BIT STRING holds the first bits of an address; those that are missing are all
 * `fill`. */
static bool read_bits(reader *r, fv_bytes bits, uint8_t fill, uint8_t *out)
{
    if (bits.len == 0 || bits.data[0] > 7 || (bits.len == 1 && bits.data[0] != 0))
        return false;
    size_t len = bits.len - 1;
    uint8_t unused = (uint8_t)((1u << bits.data[0]) - 1);
    memset(out, fill, MOST_BYTES);
    if (len > r->num_bytes) {
        note_fault(r, "an address is longer than those of its family");
        return true;
    }
    if (len == 0)
        return true;
    memcpy(out, bits.data + 1, len);
    if ((out[len - 1] & unused) != 0)
        note_slip(r, "unused bits of an address are set");
    out[len - 1] = (uint8_t)((out[len - 1] & ~unused) | (fill & unused));
    return true;
}

static bool read_number(reader *r, fv_bytes number, uint8_t *out)
{
    if (!fv_der_integer_is_minimal(number))
        return false;
    memset(out, 0, MOST_BYTES);
    if ((number.data[0] & 0x80) != 0)
        note_fault(r, "an AS number is negative");
    else if (number.len > 5 || (number.len == 5 && number.data[0] != 0))
        note_slip(r, "an AS number has more than 32 bits (RFC 6793)");
    size_t len = number.len < MOST_BYTES ? number.len : MOST_BYTES;
    memcpy(out + MOST_BYTES - len, number.data, len);
    return true;
}

static bool read_value(reader *r, fv_cursor *cursor, uint8_t fill, uint8_t *out)
{
    fv_der element;
    if (r->num_bytes == 0) {
        return fv_decoder_read(r->decoder, cursor, FV_DER_INTEGER, &element) &&
               read_number(r, element.value, out);
    }
    return fv_decoder_read(r->decoder, cursor, FV_DER_BIT_STRING, &element) &&
           read_bits(r, element.value, fill, out);
}

static bool read_pair(reader *r, fv_cursor *cursor, range *out)
{
    fv_der pair;
    fv_cursor inside;
    if (!fv_decoder_read(r->decoder, cursor, FV_DER_SEQUENCE, &pair))
        return false;
    fv_cursor_init(&inside, pair.value);
    return read_value(r, &inside, 0, out->low) && read_value(r, &inside, 0xFF, out->high) &&
           fv_cursor_left(&inside) == 0;
}

static bool read_range(reader *r, fv_cursor *cursor, range *out)
{
    *out = (range){.is_single = !fv_der_next_is(cursor, FV_DER_SEQUENCE)};
    if (!out->is_single)
        return read_pair(r, cursor, out);
    fv_cursor again = *cursor;
    if (!read_value(r, cursor, 0, out->low))
        return false;
    return read_value(r, &again, r->num_bytes == 0 ? 0 : 0xFF, out->high);
}

/* ---- a list of them ---- */

/* Adds one, as to a number. */
static void step(uint8_t *number)
{
    for (size_t i = MOST_BYTES; i-- > 0 && ++number[i] == 0;)
        continue;
}

/* Whether all addresses of the range have the same first bits, and no other address has them: then
 * it has to be written as a prefix (RFC 3779 2.2.3.7). */
static bool is_prefix(const range *a)
{
    size_t i = 0;
    while (i < MOST_BYTES && a->low[i] == a->high[i])
        i++;
    if (i == MOST_BYTES)
        return true;
    uint8_t differing = a->low[i] ^ a->high[i];
    bool is_mask = (differing & (differing + 1u)) == 0 && (a->low[i] & differing) == 0;
    for (i++; i < MOST_BYTES && is_mask; i++)
        is_mask = a->low[i] == 0 && a->high[i] == 0xFF;
    return is_mask;
}

/* RFC 3779 2.2.3.6, 3.2.3.4: sorted, and joined where they touch. */
static void check_order(reader *r, const range *before, const range *own)
{
    if (memcmp(own->low, own->high, MOST_BYTES) > 0)
        note_fault(r, "a range ends before it begins");
    if (r->num_bytes != 0 && !own->is_single && is_prefix(own))
        note_fault(r, "a range is written as such although it is a prefix");
    if (before == NULL)
        return;
    range next = *before;
    step(next.high);
    if (memcmp(before->high, own->low, MOST_BYTES) >= 0)
        note_fault(r, "its entries are not in order");
    else if (memcmp(next.high, own->low, MOST_BYTES) == 0)
        note_fault(r, "entries that touch are not joined");
}

/* A NULL, which takes over what the issuer has, or a SEQUENCE OF ranges. */
static bool read_choice(reader *r, fv_cursor *cursor)
{
    fv_der element;
    fv_cursor inside;
    range ranges[2];
    size_t num = 0;
    if (fv_der_next_is(cursor, FV_DER_NULL)) {
        r->out->inherits = true;
        return fv_decoder_read(r->decoder, cursor, FV_DER_NULL, &element) && element.value.len == 0;
    }
    if (!fv_decoder_read(r->decoder, cursor, FV_DER_SEQUENCE, &element))
        return false;
    r->out->has_own = true;
    fv_cursor_init(&inside, element.value);
    for (; fv_cursor_left(&inside) > 0; num++) {
        if (!read_range(r, &inside, &ranges[num % 2]))
            return false;
        check_order(r, num == 0 ? NULL : &ranges[(num + 1) % 2], &ranges[num % 2]);
    }
    if (num == 0)
        note_fault(r, "a list of it is empty");
    return true;
}

/* ---- the two extensions ---- */

/* Opens the outer SEQUENCE. OpenSSL passes over what is behind it. */
static bool open_outer(reader *r, fv_bytes value, fv_cursor *inside)
{
    fv_cursor cursor;
    fv_der list;
    fv_cursor_init(&cursor, value);
    if (!fv_decoder_read(r->decoder, &cursor, FV_DER_SEQUENCE, &list))
        return false;
    if (fv_cursor_left(&cursor) > 0)
        note_slip(r, "bytes follow its contents");
    if (list.value.len == 0)
        note_slip(r, "it is empty");
    fv_cursor_init(inside, list.value);
    return true;
}

/* RFC 3779 2.2.3.3: "the two-octet address family identifier (AFI)", and perhaps one octet more. */
static void set_family(reader *r, fv_bytes family, fv_bytes before)
{
    bool is_known = (family.len == 2 || family.len == 3) && family.data[0] == 0 &&
                    (family.data[1] == 1 || family.data[1] == 2);
    r->num_bytes = is_known && family.data[1] == 1 ? 4 : MOST_BYTES;
    if (!is_known)
        note_fault(r, "an address family is neither IPv4 nor IPv6");
    size_t shorter = family.len < before.len ? family.len : before.len;
    int order = shorter == 0 ? 0 : memcmp(before.data, family.data, shorter);
    if (before.data != NULL && (order > 0 || (order == 0 && before.len >= family.len)))
        note_fault(r, "its address families are not in order");
}

bool fv_decoder_read_ip_resources(fv_decoder *decoder, fv_bytes value, void *fact)
{
    reader r = {.decoder = decoder, .out = fact};
    fv_cursor inside, block;
    fv_der element, family, before = {0};
    r.out->value = value;
    if (!open_outer(&r, value, &inside))
        return false;
    for (; fv_cursor_left(&inside) > 0; before = family) {
        if (!fv_decoder_read(decoder, &inside, FV_DER_SEQUENCE, &element))
            return false;
        fv_cursor_init(&block, element.value);
        if (!fv_decoder_read(decoder, &block, FV_DER_OCTET_STRING, &family))
            return false;
        set_family(&r, family.value, before.value);
        if (!read_choice(&r, &block) || fv_cursor_left(&block) > 0)
            return false;
    }
    return true;
}

bool fv_decoder_read_as_resources(fv_decoder *decoder, fv_bytes value, void *fact)
{
    reader r = {.decoder = decoder, .out = fact};
    fv_cursor inside, choice;
    fv_der element;
    r.out->value = value;
    if (!open_outer(&r, value, &inside))
        return false;
    for (uint8_t i = 0; i < 2; i++) { /* asnum [0], rdi [1] */
        if (!fv_der_next_is(&inside, FV_DER_CONTEXT_CONSTRUCTED + i))
            continue;
        if (!fv_decoder_read(decoder, &inside, FV_DER_CONTEXT_CONSTRUCTED + i, &element))
            return false;
        fv_cursor_init(&choice, element.value);
        if (!read_choice(&r, &choice) || fv_cursor_left(&choice) > 0)
            return false;
    }
    return fv_cursor_left(&inside) == 0;
}
