#include "base/base64.h"

#include "base/cursor.h"

#include <string.h>

/* Values of decoding[]: 0 to 63 a digit, else what else the character is. */
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

/* Decodes group by group; a blank between two characters sends it to the slow path for one group.
 */
struct decoder {
    fv_cursor in;
    uint8_t *out;
    size_t out_len;
    bool allow_space;
    uint32_t num_lines; /* line ends passed */
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

/* The next character's value with blanks passed over; BAD when there is none. */
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

/* Blanks at the end, and nothing else. */
static bool is_at_end(struct decoder *d)
{
    uint8_t c;
    while (fv_cursor_peek_u8(&d->in, &c) && d->allow_space && decoding[c] == SPACE) {
        (void)fv_cursor_skip(&d->in, 1);
        d->num_lines += c == '\n';
    }
    return fv_cursor_left(&d->in) == 0;
}

/* One group that has blanks in it or is the last. RFC 4648 3.5: unused bits must be zero. */
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
    /* One group of three bytes for each four characters or part of it. */
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

/* --- PEM ---------------------------------------------------------------------------------- */

static const fv_text dashes = {"-----", 5};
static const fv_text begin_mark = {"-----BEGIN ", 11};
static const fv_text end_mark = {"-----END ", 9};

void fv_pem_init(fv_pem *pem, fv_text text)
{
    static const fv_text byte_order_mark = {"\xEF\xBB\xBF", 3}; /* as Windows editors write it */
    if (fv_text_starts_nocase(text, byte_order_mark)) {
        text.data += byte_order_mark.len;
        text.len -= byte_order_mark.len;
    }
    pem->rest = text;
    pem->line = 1;
}

static void advance(fv_pem *pem, size_t len)
{
    pem->rest.data += len;
    pem->rest.len -= len;
}

/* The next line without its end and without blanks around it. */
static bool next_line(fv_pem *pem, fv_text *out)
{
    if (pem->rest.len == 0)
        return false;
    const char *end = memchr(pem->rest.data, '\n', pem->rest.len);
    size_t len = end == NULL ? pem->rest.len : (size_t)(end - pem->rest.data);
    *out = fv_text_trim((fv_text){pem->rest.data, len});
    advance(pem, end == NULL ? len : len + 1);
    pem->line += end != NULL;
    return true;
}

/* "-----BEGIN label-----" */
static bool read_mark(fv_text line, fv_text mark, fv_text *out_label)
{
    if (line.len < mark.len + dashes.len || memcmp(line.data, mark.data, mark.len) != 0 ||
        !fv_text_ends_nocase(line, dashes))
        return false;
    *out_label = (fv_text){line.data + mark.len, line.len - mark.len - dashes.len};
    return true;
}

/* RFC 1421 headers ("Proc-Type: 4,ENCRYPTED") stand before keys and end with an empty line. */
static void skip_headers(fv_pem *pem)
{
    fv_pem ahead = *pem;
    fv_text line;
    if (!next_line(&ahead, &line) || line.len == 0 || memchr(line.data, ':', line.len) == NULL)
        return;
    while (next_line(&ahead, &line) && line.len > 0) {
    }
    *pem = ahead;
}

static enum fv_pem_result malformed_at(fv_pem *pem, uint32_t line)
{
    pem->line = line;
    return FV_PEM_MALFORMED;
}

/* From after the BEGIN line to after the END line. */
static enum fv_pem_result read_body(fv_pem *pem, fv_arena *arena, fv_pem_block *block)
{
    struct decoder d;
    fv_text line, label;
    skip_headers(pem);
    const char *end = pem->rest.len == 0 ? NULL : memchr(pem->rest.data, '-', pem->rest.len);
    if (end == NULL)
        return malformed_at(pem, block->line);
    fv_text body = {pem->rest.data, (size_t)(end - pem->rest.data)};
    if (!prepare(&d, arena, body, true))
        return FV_PEM_NO_MEMORY;
    if (!decode_all(&d) || d.out_len == 0)
        return malformed_at(pem, pem->line + d.num_lines);
    pem->line += d.num_lines;
    advance(pem, body.len);
    uint32_t end_line = pem->line;
    if (!next_line(pem, &line) || !read_mark(line, end_mark, &label) ||
        !fv_text_equal(label, block->label))
        return malformed_at(pem, end_line);
    block->der = (fv_bytes){d.out, d.out_len};
    return FV_PEM_BLOCK;
}

enum fv_pem_result fv_pem_next(fv_pem *pem, fv_arena *arena, fv_pem_block *out)
{
    fv_pem at = *pem;
    fv_text line;
    for (;;) {
        fv_pem_block block = {.line = at.line};
        if (!next_line(&at, &line)) {
            *pem = at;
            return FV_PEM_END;
        }
        if (line.len < dashes.len || line.data[0] != '-')
            continue;
        if (read_mark(line, begin_mark, &block.label)) {
            enum fv_pem_result result = read_body(&at, arena, &block);
            pem->line = at.line;
            if (result == FV_PEM_BLOCK) {
                *pem = at;
                *out = block;
            }
            return result;
        }
        /* A broken mark, or an END whose BEGIN got lost: never pass over part of a list. */
        if (fv_text_starts_nocase(line, begin_mark) || fv_text_starts_nocase(line, end_mark))
            return malformed_at(pem, block.line);
    }
}
