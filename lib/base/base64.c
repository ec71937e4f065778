#include "base/base64.h"

#include "base/cursor.h"

#include <string.h>

/* The values in decoding[]: 0 to 63 for a digit, else one of these. NOT_DIGIT is the mask that
 * tells the two apart. */
enum { SPACE = 0x40, PAD = 0x41, BAD = 0x80, NOT_DIGIT = 0xC0 };

#define B BAD
#define S SPACE
static const uint8_t decoding[256] = {
    B,  B,  B,  B,  B,  B,  B,  B,  B,  S,  S,  S,  S,  S,   B,  B,  B,  B,  B,  B,  B,  B,  B,  B,
    B,  B,  B,  B,  B,  B,  B,  B,  S,  B,  B,  B,  B,  B,   B,  B,  B,  B,  B,  62, B,  B,  B,  63,
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, B,  B,  B,  PAD, B,  B,  B,  0,  1,  2,  3,  4,  5,  6,
    7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,  21, 22, 23, 24, 25, B,  B,  B,  B,  B,
    B,  26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38,  39, 40, 41, 42, 43, 44, 45, 46, 47, 48,
    49, 50, 51, B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,   B,  B,  B,  B,  B,  B,  B,  B,  B,  B,
    B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,   B,  B,  B,  B,  B,  B,  B,  B,  B,  B,
    B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,   B,  B,  B,  B,  B,  B,  B,  B,  B,  B,
    B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,   B,  B,  B,  B,  B,  B,  B,  B,  B,  B,
    B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,   B,  B,  B,  B,  B,  B,  B,  B,  B,  B,
    B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,  B,   B,  B,
};
#undef B
#undef S

/* Decodes groups of four characters. Whole groups without blanks take a fast path; a group with a
 * blank inside it takes the slow path, and after it the fast path goes on. */
struct decoder {
    fv_cursor in;
    uint8_t *out;
    size_t out_len;
    bool allow_space;
    /* line ends read so far */
    uint32_t num_lines;
};

static void decode_whole_groups(struct decoder *d)
{
    fv_bytes group;
    fv_cursor at = d->in;
    uint8_t *out = d->out + d->out_len;
    while (fv_cursor_take(&at, 4, &group)) {
        uint32_t a = decoding[group.data[0]], b = decoding[group.data[1]];
        uint32_t c = decoding[group.data[2]], e = decoding[group.data[3]];
        if (((a | b | c | e) & NOT_DIGIT) != 0)
            break;
        uint32_t bits = a << 18 | b << 12 | c << 6 | e;
        out[0] = (uint8_t)(bits >> 16);
        out[1] = (uint8_t)(bits >> 8);
        out[2] = (uint8_t)bits;
        out += 3;
        d->in = at;
    }
    d->out_len = (size_t)(out - d->out);
}

/* Passes over blanks and returns the value of the next character; BAD when there is none. */
static uint8_t next_value(struct decoder *d)
{
    uint8_t c;
    while (fv_cursor_peek_u8(&d->in, &c)) {
        uint8_t value = decoding[c];
        if (value == SPACE && !d->allow_space)
            return BAD;
        if (value == BAD)
            return BAD;
        (void)fv_cursor_skip(&d->in, 1);
        d->num_lines += c == '\n';
        if (value != SPACE)
            return value;
    }
    return BAD;
}

/* Passes over blanks and returns whether the text ends there. */
static bool is_at_end(struct decoder *d)
{
    uint8_t c;
    while (fv_cursor_peek_u8(&d->in, &c) && d->allow_space && decoding[c] == SPACE) {
        (void)fv_cursor_skip(&d->in, 1);
        d->num_lines += c == '\n';
    }
    return fv_cursor_left(&d->in) == 0;
}

/* Decodes one group that has blanks in it or is the last. RFC 4648 3.5: "These pad bits MUST be set
 * to zero by conforming encoders", so other bits are refused. */
static bool decode_one_group(struct decoder *d, bool *out_is_last)
{
    uint8_t v[4];
    for (size_t i = 0; i < 4; i++) {
        v[i] = next_value(d);
        if (v[i] == BAD || (v[i] == PAD && i < 2) || (i == 3 && v[2] == PAD && v[3] != PAD))
            return false;
    }
    size_t num_bytes = v[2] == PAD ? 1 : v[3] == PAD ? 2 : 3;
    if ((num_bytes == 1 && (v[1] & 15) != 0) || (num_bytes == 2 && (v[2] & 3) != 0))
        return false;
    uint32_t bits = (uint32_t)v[0] << 18 | (uint32_t)v[1] << 12 | (uint32_t)(v[2] & 63) << 6 |
                    (uint32_t)(v[3] & 63);
    for (size_t i = 0; i < num_bytes; i++)
        d->out[d->out_len++] = (uint8_t)(bits >> (16 - 8 * i));
    *out_is_last = num_bytes < 3;
    return true;
}

static bool decode_all(struct decoder *d)
{
    bool is_last = false;
    for (;;) {
        if (!is_last)
            decode_whole_groups(d);
        if (is_at_end(d))
            return true;
        if (is_last || !decode_one_group(d, &is_last))
            return false;
    }
}

static bool prepare(struct decoder *d, fv_arena *arena, fv_text text, bool allow_space)
{
    /* Three bytes for each group of four characters, an incomplete last group included. */
    d->out = fv_arena_alloc_array(arena, text.len / 4 + 1, 3);
    d->out_len = 0;
    d->allow_space = allow_space;
    d->num_lines = 0;
    fv_cursor_init(&d->in, (fv_bytes){(const uint8_t *)text.data, text.len});
    return d->out != NULL;
}

fedval_status fv_base64_decode(fv_arena *arena, fv_text text, fv_bytes *out)
{
    struct decoder d;
    if (!prepare(&d, arena, text, false))
        return FEDVAL_ERROR_NO_MEMORY;
    if (!decode_all(&d))
        return FEDVAL_ERROR_SYNTAX;
    *out = (fv_bytes){d.out, d.out_len};
    return FEDVAL_OK;
}

fedval_status fv_base64_decode_lines(fv_arena *arena, fv_text text, fv_bytes *out,
                                     uint32_t *out_num_lines)
{
    struct decoder d;
    if (!prepare(&d, arena, text, true))
        return FEDVAL_ERROR_NO_MEMORY;
    bool is_whole = decode_all(&d);
    *out_num_lines = d.num_lines;
    if (!is_whole)
        return FEDVAL_ERROR_SYNTAX;
    *out = (fv_bytes){d.out, d.out_len};
    return FEDVAL_OK;
}

void fv_base64_encode(fv_buf *buf, fv_bytes bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        uint32_t bits = (uint32_t)bytes.data[i] << 16;
        bits |= left > 1 ? (uint32_t)bytes.data[i + 1] << 8 : 0;
        bits |= left > 2 ? bytes.data[i + 2] : 0;
        const char group[4] = {digits[bits >> 18], digits[bits >> 12 & 63],
                               left > 1 ? digits[bits >> 6 & 63] : '=',
                               left > 2 ? digits[bits & 63] : '='};
        fv_buf_append(buf, group, sizeof(group));
    }
}
