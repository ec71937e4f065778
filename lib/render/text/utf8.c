#include "render/text/utf8.h"

#include <string.h>

/* Returns how many bytes a sequence with this first byte has. `*out_least` is the least character
 * that needs so many: a smaller one is an overlong form. */
static size_t expected_len(unsigned char first, uint32_t *out_bits, uint32_t *out_least)
{
    static const struct {
        unsigned char mask, value;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if ((first & forms[i].mask) == forms[i].value) {
            *out_bits = first & (unsigned char)~forms[i].mask;
            *out_least = forms[i].least;
            return i + 1;
        }
    }
    return 0;
}

size_t fv_utf8_decode(fv_text text, uint32_t *out_char)
{
    uint32_t c, least;
    if (text.len == 0)
        return 0;
    size_t len = expected_len((unsigned char)text.data[0], &c, &least);
    if (len == 0 || len > text.len)
        return 0;
    for (size_t i = 1; i < len; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if ((byte & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (byte & 0x3f);
    }
    if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    *out_char = c;
    return len;
}

void fv_utf8_append_repaired(fv_buf *buf, fv_text text)
{
    while (text.len > 0) {
        uint32_t c;
        size_t len = fv_utf8_decode(text, &c);
        if (len > 0) {
            fv_buf_append(buf, text.data, len);
        } else {
            fv_buf_append(buf, "\xef\xbf\xbd", 3);
            len = 1;
        }
        text.data += len;
        text.len -= len;
    }
}

bool fv_utf8_is_hidden(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},   {0x200b, 0x200f},
        {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe0fff},
    };
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    }
    return false;
}
