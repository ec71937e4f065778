#include "x509/oid.h"

#include <string.h>

int fv_oid_find(const fv_oid_entry *entries, size_t num_entries, fv_bytes oid, int fallback)
{
    for (size_t i = 0; i < num_entries; i++) {
        if (fv_oid_equal(oid, entries[i].der, entries[i].len))
            return entries[i].value;
    }
    return fallback;
}

bool fv_oid_is_valid(fv_bytes oid)
{
    if (oid.len == 0 || (oid.data[oid.len - 1] & 0x80) != 0)
        return false;
    for (size_t i = 0; i < oid.len; i++) {
        /* X.690 8.19.2: the first byte of an arc is never 0x80, which would be a leading zero. */
        if (oid.data[i] == 0x80 && (i == 0 || (oid.data[i - 1] & 0x80) == 0))
            return false;
    }
    return true;
}

/* Reads the next arc, which is a number in base 128. Returns false at the end, and for an arc that
 * does not fit 64 bits. */
static bool read_arc(fv_bytes *oid, uint64_t *out)
{
    uint64_t arc = 0;
    while (oid->len > 0 && arc <= UINT64_MAX >> 7) {
        uint8_t byte = *oid->data++;
        oid->len--;
        arc = arc << 7 | (byte & 0x7F);
        if ((byte & 0x80) == 0) {
            *out = arc;
            return true;
        }
    }
    return false;
}

bool fv_oid_append(fv_buf *buf, fv_bytes oid)
{
    fv_bytes check = oid;
    uint64_t arc = 0;
    if (!fv_oid_is_valid(oid))
        return false;
    while (check.len > 0) {
        if (!read_arc(&check, &arc))
            return false;
    }
    /* X.690 8.19.4: one number holds the first two arcs, as 40 * first + second. */
    (void)read_arc(&oid, &arc);
    uint64_t first = arc < 80 ? arc / 40 : 2;
    fv_buf_append_u64(buf, first);
    fv_buf_append_char(buf, '.');
    fv_buf_append_u64(buf, arc - first * 40);
    while (read_arc(&oid, &arc)) {
        fv_buf_append_char(buf, '.');
        fv_buf_append_u64(buf, arc);
    }
    return true;
}

/* The next number of "1.2.840", and the dot behind it. */
static bool take_number(fv_text *text, uint64_t *out)
{
    size_t i = 0;
    uint64_t number = 0;
    while (i < text->len && text->data[i] >= '0' && text->data[i] <= '9') {
        if (number > (UINT64_MAX - 9) / 10)
            return false;
        number = number * 10 + (uint64_t)(text->data[i++] - '0');
    }
    bool has_dot = i < text->len && text->data[i] == '.';
    if (i == 0 || (i < text->len && !has_dot) || (has_dot && i + 1 == text->len))
        return false;
    text->data += i + has_dot;
    text->len -= i + has_dot;
    *out = number;
    return true;
}

static bool put_arc(uint8_t out[FV_OID_MOST], size_t *len, uint64_t arc)
{
    unsigned shift = 0;
    while (shift < 63 && arc >> shift > 0x7F)
        shift += 7;
    for (;; shift -= 7) {
        if (*len == FV_OID_MOST)
            return false;
        out[(*len)++] = (uint8_t)((arc >> shift & 0x7F) | (shift > 0 ? 0x80 : 0));
        if (shift == 0)
            return true;
    }
}

bool fv_oid_parse(fv_text text, uint8_t out[FV_OID_MOST], size_t *out_len)
{
    uint64_t first, second, arc;
    size_t len = 0;
    if (!take_number(&text, &first) || !take_number(&text, &second) || first > 2 ||
        (first < 2 && second > 39) || second > UINT64_MAX - 80 ||
        !put_arc(out, &len, first * 40 + second))
        return false;
    while (text.len > 0) {
        if (!take_number(&text, &arc) || !put_arc(out, &len, arc))
            return false;
    }
    *out_len = len;
    return true;
}

static int compare_oids(const void *a, const void *b)
{
    const fv_oid_place *x = a, *y = b;
    if (x->oid.len != y->oid.len)
        return x->oid.len < y->oid.len ? -1 : 1;
    int order = x->oid.len == 0 ? 0 : memcmp(x->oid.data, y->oid.data, x->oid.len);
    if (order != 0)
        return order;
    return x->index < y->index ? -1 : x->index > y->index;
}

void fv_oid_sort(fv_oid_place *places, size_t num_places)
{
    qsort(places, num_places, sizeof(*places), compare_oids);
}
