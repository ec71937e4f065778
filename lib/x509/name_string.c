#include "x509/name_string.h"

#include "x509/der.h"

#include <string.h>

/* Returns how many bytes a character has, or 0 where the value is kept as it is, as for UTF-8.
 * TeletexString is read as Latin-1, as other programs do. */
static size_t unit_size(uint8_t tag)
{
    switch (tag) {
    case FV_DER_TELETEX_STRING:
        return 1;
    case FV_DER_BMP_STRING:
        return 2;
    case FV_DER_UNIVERSAL_STRING:
        return 4;
    default:
        return 0;
    }
}

static bool is_byte_text(uint8_t tag)
{
    return tag == FV_DER_UTF8_STRING || tag == FV_DER_PRINTABLE_STRING ||
           tag == FV_DER_IA5_STRING || tag == FV_DER_NUMERIC_STRING || tag == FV_DER_VISIBLE_STRING;
}

bool fv_string_is_text(uint8_t tag)
{
    return is_byte_text(tag) || unit_size(tag) > 0;
}

size_t fv_string_growth(uint8_t tag, fv_bytes value)
{
    /* An upper bound: one byte of Latin-1 becomes two at most, two bytes of a BMPString three, four
     * bytes of a UniversalString four. */
    return unit_size(tag) == 0 ? 0 : value.len;
}

static uint8_t *put_utf8(uint32_t c, uint8_t *to)
{
    if (c < 0x80) {
        *to++ = (uint8_t)c;
    } else if (c < 0x800) {
        *to++ = (uint8_t)(0xC0 | c >> 6);
        *to++ = (uint8_t)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *to++ = (uint8_t)(0xE0 | c >> 12);
        *to++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
        *to++ = (uint8_t)(0x80 | (c & 0x3F));
    } else {
        *to++ = (uint8_t)(0xF0 | (c >> 18 & 0x07));
        *to++ = (uint8_t)(0x80 | (c >> 12 & 0x3F));
        *to++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
        *to++ = (uint8_t)(0x80 | (c & 0x3F));
    }
    return to;
}

/* Recodes a text to UTF-8. A number above U+10FFFF, which is no Unicode character, becomes
 * U+FFFD. */
static uint8_t *recode(fv_bytes value, size_t unit, uint8_t *to)
{
    fv_cursor cursor;
    fv_bytes bytes;
    fv_cursor_init(&cursor, value);
    while (fv_cursor_take(&cursor, unit, &bytes)) {
        uint32_t c = 0;
        for (size_t i = 0; i < unit; i++)
            c = c << 8 | bytes.data[i];
        to = put_utf8(c > 0x10FFFF ? 0xFFFD : c, to);
    }
    return to;
}

/* Turns runs of blanks into one, removes blanks at both ends (RFC 4518 2.6.1) and makes ASCII
 * letters lower case. `from` and `to` may be the same place; otherwise they must not overlap. */
static uint8_t *fold(const uint8_t *from, size_t len, uint8_t *to)
{
    uint8_t *start = to;
    bool is_after_blank = true;
    for (size_t i = 0; i < len; i++) {
        char c = (char)from[i];
        if (fv_ascii_is_space(c)) {
            if (!is_after_blank)
                *to++ = ' ';
            is_after_blank = true;
        } else {
            *to++ = (uint8_t)fv_ascii_lower(c);
            is_after_blank = false;
        }
    }
    return to > start && is_after_blank ? to - 1 : to;
}

uint8_t *fv_string_normalise(uint8_t tag, fv_bytes value, uint8_t *to)
{
    size_t unit = unit_size(tag);
    if (is_byte_text(tag))
        return fold(value.data, value.len, to);
    if (unit == 0) {
        if (value.len > 0)
            memcpy(to, value.data, value.len);
        return to + value.len;
    }
    uint8_t *end = recode(value, unit, to);
    return fold(to, (size_t)(end - to), to);
}

bool fv_string_to_text(fv_arena *arena, uint8_t tag, fv_bytes value, fv_text *out)
{
    size_t unit = unit_size(tag);
    if (unit == 0) {
        *out = (fv_text){(const char *)value.data, value.len};
        return true;
    }
    uint8_t *copy = fv_arena_alloc_array(arena, value.len, 2);
    if (copy == NULL)
        return false;
    uint8_t *end = recode(value, unit, copy);
    *out = (fv_text){(const char *)copy, (size_t)(end - copy)};
    return true;
}

static bool is_utf8(fv_text text)
{
    while (text.len > 0) {
        size_t len = fv_string_utf8_len(text);
        if (len == 0)
            return false;
        text.data += len;
        text.len -= len;
    }
    return true;
}

/* BMPString and UniversalString hold code points, so no surrogates and none past the last plane. */
static bool are_code_points(fv_bytes value, size_t unit)
{
    for (size_t at = 0; at < value.len; at += unit) {
        uint32_t code = 0;
        for (size_t i = 0; i < unit; i++)
            code = code << 8 | value.data[at + i];
        if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
            return false;
    }
    return true;
}

bool fv_string_is_well_formed(uint8_t tag, fv_bytes value)
{
    size_t unit = unit_size(tag);
    if (tag == FV_DER_UTF8_STRING)
        return is_utf8((fv_text){(const char *)value.data, value.len});
    return unit == 0 || (value.len % unit == 0 && are_code_points(value, unit));
}

/* The types of values that OpenSSL reads in a name. A BIT STRING is that of an
 * x500UniqueIdentifier. */
bool fv_string_is_allowed(uint8_t tag)
{
    static const uint8_t tags[] = {FV_DER_BIT_STRING,
                                   FV_DER_UTF8_STRING,
                                   FV_DER_SEQUENCE,
                                   FV_DER_NUMERIC_STRING,
                                   FV_DER_PRINTABLE_STRING,
                                   FV_DER_TELETEX_STRING,
                                   FV_DER_IA5_STRING,
                                   FV_DER_UNIVERSAL_STRING,
                                   FV_DER_BMP_STRING,
                                   0x15 /* VideotexString */,
                                   0x1D /* a type without a name */};
    return memchr(tags, tag, sizeof(tags)) != NULL;
}

bool fv_string_has_odd_contents(uint8_t tag, fv_bytes value)
{
    if (!fv_string_is_text(tag))
        return false;
    bool has_bytes = unit_size(tag) < 2;
    return value.len == 0 || (has_bytes && memchr(value.data, 0, value.len) != NULL);
}

bool fv_string_has_odd_characters(uint8_t tag, fv_bytes value)
{
    if (tag != FV_DER_PRINTABLE_STRING && tag != FV_DER_IA5_STRING)
        return false;
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] >= 0x80)
            return true;
    }
    return false;
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

size_t fv_string_utf8_len(fv_text text)
{
    if (text.len == 0)
        return 0;
    unsigned char c = (unsigned char)text.data[0];
    size_t len = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
    if (len == 0 || len > text.len)
        return 0;
    for (size_t i = 1; i < len; i++) {
        if (!is_continuation(text.data[i]))
            return 0;
    }
    unsigned char second = len > 1 ? (unsigned char)text.data[1] : 0;
    bool is_bad = (c == 0xE0 && second < 0xA0) || (c == 0xED && second >= 0xA0) ||
                  (c == 0xF0 && second < 0x90) || (c == 0xF4 && second >= 0x90);
    return is_bad ? 0 : len;
}
