#include "logs/read/decode.h"

#include <stdbool.h>
#include <string.h>

#define UTF8_MAX 4
#define REPLACEMENT 0xfffd

void fv_decoder_init(fv_decoder *decoder)
{
    memset(decoder, 0, sizeof(*decoder));
}

static size_t take(fv_bytes *bytes, size_t count)
{
    bytes->data += count;
    bytes->len -= count;
    return count;
}

/* By its byte order mark; without one, by the zero half of the first character. */
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

/* A lone surrogate is written as U+FFFD. */
static size_t write_unit(fv_decoder *decoder, uint32_t unit, uint8_t *out)
{
    if (unit >= 0xd800 && unit < 0xdc00) {
        decoder->high = unit;
        return 0;
    }
    if (unit >= 0xdc00 && unit < 0xe000) {
        uint32_t c = decoder->high == 0
                         ? REPLACEMENT
                         : 0x10000 + ((decoder->high - 0xd800) << 10) + (unit - 0xdc00);
        decoder->high = 0;
        return write_utf8(c, out);
    }
    decoder->high = 0;
    return write_utf8(unit, out);
}

static size_t read_utf16(fv_decoder *decoder, fv_bytes *bytes, uint8_t *out, size_t out_size)
{
    size_t written = 0;
    while (out_size - written >= UTF8_MAX) {
        while (decoder->num_pending < 2 && bytes->len > 0) {
            decoder->pending[decoder->num_pending++] = bytes->data[0];
            take(bytes, 1);
        }
        if (decoder->num_pending < 2)
            break;
        bool little = decoder->encoding == FV_ENCODING_UTF16_LE;
        uint32_t unit =
            (uint32_t)decoder->pending[little ? 1 : 0] << 8 | decoder->pending[little ? 0 : 1];
        decoder->num_pending = 0;
        written += write_unit(decoder, unit, out + written);
    }
    return written;
}

size_t fv_decoder_read(fv_decoder *decoder, fv_bytes *bytes, uint8_t *out, size_t out_size)
{
    if (decoder->encoding == FV_ENCODING_UNDECIDED) {
        while (decoder->num_pending < 2 && bytes->len > 0) {
            decoder->pending[decoder->num_pending++] = bytes->data[0];
            take(bytes, 1);
        }
        if (decoder->num_pending < 2)
            return 0;
        decoder->encoding = guess(decoder->pending);
    }
    if (decoder->encoding != FV_ENCODING_BYTES)
        return read_utf16(decoder, bytes, out, out_size);
    size_t old = decoder->num_pending < out_size ? decoder->num_pending : 0;
    if (old > 0)
        memcpy(out, decoder->pending, old);
    decoder->num_pending -= old;
    size_t count = bytes->len < out_size - old ? bytes->len : out_size - old;
    if (count > 0)
        memcpy(out + old, bytes->data, count);
    take(bytes, count);
    return old + count;
}

size_t fv_decoder_finish(fv_decoder *decoder, uint8_t *out)
{
    size_t count = decoder->num_pending;
    bool whole = decoder->encoding == FV_ENCODING_UNDECIDED;
    decoder->num_pending = 0;
    if (!whole || count == 0)
        return 0;
    memcpy(out, decoder->pending, count);
    return count;
}
