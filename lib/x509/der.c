#include "x509/der.h"

bool fv_der_read_long_length(fv_cursor *cursor, uint8_t size_of_length, size_t *out_len,
                             bool *out_is_minimal)
{
    size_t num_bytes = size_of_length & 0x7F;
    fv_bytes bytes;
    /* 0x80 begins the indefinite form, which DER does not allow (X.690 10.1). */
    if (num_bytes == 0 || num_bytes > 4 || !fv_cursor_take(cursor, num_bytes, &bytes))
        return false;
    size_t len = 0;
    for (size_t i = 0; i < num_bytes; i++)
        len = len << 8 | bytes.data[i];
    *out_is_minimal = bytes.data[0] != 0 && len >= 0x80;
    *out_len = len;
    return true;
}

bool fv_der_read_only(fv_bytes bytes, uint8_t tag, fv_der *out)
{
    fv_cursor cursor;
    fv_cursor_init(&cursor, bytes);
    return fv_der_read_tag(&cursor, tag, out) && fv_cursor_left(&cursor) == 0;
}

bool fv_der_count(fv_bytes contents, size_t *out)
{
    fv_cursor cursor;
    fv_der element;
    size_t count = 0;
    fv_cursor_init(&cursor, contents);
    while (fv_der_read_loosely(&cursor, &element))
        count++;
    if (fv_cursor_left(&cursor) > 0)
        return false;
    *out = count;
    return true;
}

static uint32_t reverse_bits(uint8_t byte)
{
    uint32_t out = 0;
    for (unsigned i = 0; i < 8; i++)
        out |= (uint32_t)(byte >> i & 1) << (7 - i);
    return out;
}

/* Bit 0 is the highest bit of the first byte. */
bool fv_der_read_bits(fv_bytes contents, uint32_t *out)
{
    if (contents.len < 1)
        return false;
    uint8_t num_unused = contents.data[0];
    size_t num_bytes = contents.len - 1;
    if (num_unused > 7 || (num_bytes == 0 && num_unused > 0))
        return false;
    *out = 0;
    for (size_t i = 0; i < num_bytes && i < 4; i++) {
        unsigned unused = i + 1 == num_bytes ? (1U << num_unused) - 1 : 0;
        *out |= reverse_bits((uint8_t)(contents.data[1 + i] & ~unused)) << (8 * i);
    }
    return true;
}

/* Whether the first byte only repeats the sign of the second: 00 7F and FF 80 have such a byte, 00
 * 80 has not. */
static bool has_needless_byte(fv_bytes value)
{
    return value.len > 1 && ((value.data[0] == 0x00 && value.data[1] < 0x80) ||
                             (value.data[0] == 0xFF && value.data[1] >= 0x80));
}

bool fv_der_integer_is_minimal(fv_bytes value)
{
    return value.len > 0 && !has_needless_byte(value);
}

fv_bytes fv_der_integer_minimise(fv_bytes value)
{
    while (has_needless_byte(value)) {
        value.data++;
        value.len--;
    }
    return value;
}

bool fv_der_integer_to_u32(fv_bytes value, uint32_t *out)
{
    if (value.len == 0 || value.data[0] >= 0x80)
        return false;
    value = fv_der_integer_minimise(value);
    uint64_t number = 0;
    for (size_t i = 0; i < value.len && number <= UINT32_MAX; i++)
        number = number << 8 | value.data[i];
    *out = number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
    return true;
}
