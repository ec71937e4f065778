#include "logs/read/charset.h"

#include <stdbool.h>
#include <string.h>

#define UTF8_MAX 4
#define REPLACEMENT 0xfffd
#define SWAPPED_MAX 3

void fv_charset_init(fv_charset *charset)
{
    memset(charset, 0, sizeof(*charset));
}

static size_t take(fv_bytes *bytes, size_t count)
{
    bytes->data += count;
    bytes->len -= count;
    return count;
}

/* Guesses the encoding from the byte order mark, or without one from which half of the first unit
 * is zero. */
static fv_encoding guess(const uint8_t *first)
{
    if ((first[0] == 0xff && first[1] == 0xfe) || (first[0] != 0 && first[1] == 0))
        return FV_ENCODING_UTF16_LE;
    if ((first[0] == 0xfe && first[1] == 0xff) || (first[0] == 0 && first[1] != 0))
        return FV_ENCODING_UTF16_BE;
    return FV_ENCODING_BYTES;
}

static size_t write_utf8(uint32_t c, uint8_t *out)
{
    if (c < 0x80) {
        out[0] = (uint8_t)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (uint8_t)(0xc0 | c >> 6);
        out[1] = (uint8_t)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (uint8_t)(0xe0 | c >> 12);
        out[1] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
        out[2] = (uint8_t)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (uint8_t)(0xf0 | c >> 18);
    out[1] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
    out[2] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
    out[3] = (uint8_t)(0x80 | (c & 0x3f));
    return 4;
}

/* A lone surrogate is written as U+FFFD. A unit of zero is the other half of UTF-32. */
static size_t write_unit(fv_charset *charset, uint32_t unit, uint8_t *out)
{
    if (unit == 0)
        return 0;
    if (unit >= 0xd800 && unit < 0xdc00) {
        charset->high = unit;
        return 0;
    }
    if (unit >= 0xdc00 && unit < 0xe000) {
        uint32_t c = charset->high == 0
                         ? REPLACEMENT
                         : 0x10000 + ((charset->high - 0xd800) << 10) + (unit - 0xdc00);
        charset->high = 0;
        return write_utf8(c, out);
    }
    charset->high = 0;
    return write_utf8(unit, out);
}

/* Whether the bytes of the units have changed places, because one byte of the log was lost: three
 * units in a row whose second half is zero. Few texts have one. */
static bool is_out_of_step(fv_charset *charset, uint32_t unit)
{
    bool is_swapped = (unit & 0xff) == 0 && unit >= 0x0900 && unit < 0x7f00;
    charset->num_swapped = is_swapped ? (uint8_t)(charset->num_swapped + 1) : 0;
    return charset->num_swapped == SWAPPED_MAX;
}

static bool is_ascii_text(uint8_t c)
{
    return (c >= ' ' && c < 0x7f) || c == '\n' || c == '\r' || c == '\t';
}

/* Adds the pending unit to `narrow` if its two bytes read as ASCII ("ab"). Returns whether so many
 * of them came in a row that the log must be 8-bit text from here on. One alone proves nothing: in
 * UTF-16 the bytes of "ab" are an ideograph. */
static bool is_narrow(fv_charset *charset)
{
    const uint8_t *unit = charset->pending;
    if (!is_ascii_text(unit[0]) || !is_ascii_text(unit[1])) {
        charset->num_narrow = 0;
        return false;
    }
    charset->narrow[charset->num_narrow++] = unit[0];
    charset->narrow[charset->num_narrow++] = unit[1];
    return charset->num_narrow == FV_CHARSET_NARROW;
}

/* Writes the bytes of `narrow` as 8-bit text, on a line of its own, and reads on as 8-bit text.
 * They were written as UTF-16 before. */
static size_t write_narrow(fv_charset *charset, uint8_t *out)
{
    out[0] = '\n';
    memcpy(out + 1, charset->narrow, FV_CHARSET_NARROW);
    charset->encoding = FV_ENCODING_BYTES;
    charset->num_pending = 0;
    charset->num_narrow = 0;
    return 1 + FV_CHARSET_NARROW;
}

static size_t read_utf16(fv_charset *charset, fv_bytes *bytes, uint8_t *out, size_t out_size)
{
    size_t written = 0;
    while (out_size - written >= UTF8_MAX + 1 + FV_CHARSET_NARROW) {
        while (charset->num_pending < 2 && bytes->len > 0) {
            charset->pending[charset->num_pending++] = bytes->data[0];
            take(bytes, 1);
        }
        if (charset->num_pending < 2)
            break;
        if (is_narrow(charset))
            return written + write_narrow(charset, out + written);
        bool little = charset->encoding == FV_ENCODING_UTF16_LE;
        uint32_t unit =
            (uint32_t)charset->pending[little ? 1 : 0] << 8 | charset->pending[little ? 0 : 1];
        charset->num_pending = 0;
        if (is_out_of_step(charset, unit)) {
            charset->num_swapped = 0;
            charset->pending[0] = charset->pending[1];
            charset->num_pending = 1;
            continue;
        }
        written += write_unit(charset, unit, out + written);
    }
    return written;
}

/* Leaves out the zero bytes of UTF-16 that a program appended to a log of another encoding. Returns
 * how many bytes are left. */
static size_t drop_zeros(uint8_t *bytes, size_t len)
{
    uint8_t *zero = len > 0 ? memchr(bytes, 0, len) : NULL;
    if (zero == NULL)
        return len;
    size_t kept = (size_t)(zero - bytes);
    for (size_t i = kept; i < len; i++) {
        if (bytes[i] != 0)
            bytes[kept++] = bytes[i];
    }
    return kept;
}

size_t fv_charset_read(fv_charset *charset, fv_bytes *bytes, uint8_t *out, size_t out_size)
{
    if (charset->encoding == FV_ENCODING_UNDECIDED) {
        while (charset->num_pending < 2 && bytes->len > 0) {
            charset->pending[charset->num_pending++] = bytes->data[0];
            take(bytes, 1);
        }
        if (charset->num_pending < 2)
            return 0;
        charset->encoding = guess(charset->pending);
    }
    if (charset->encoding != FV_ENCODING_BYTES)
        return read_utf16(charset, bytes, out, out_size);
    size_t old = charset->num_pending < out_size ? charset->num_pending : 0;
    if (old > 0)
        memcpy(out, charset->pending, old);
    charset->num_pending -= old;
    size_t count = bytes->len < out_size - old ? bytes->len : out_size - old;
    if (count > 0)
        memcpy(out + old, bytes->data, count);
    take(bytes, count);
    return drop_zeros(out, old + count);
}

size_t fv_charset_finish(fv_charset *charset, uint8_t *out)
{
    size_t count = charset->num_pending;
    bool whole = charset->encoding == FV_ENCODING_UNDECIDED;
    charset->num_pending = 0;
    if (!whole || count == 0)
        return 0;
    memcpy(out, charset->pending, count);
    return count;
}
