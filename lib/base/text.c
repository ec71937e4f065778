#include "base/text.h"

#include <string.h>

fv_text fv_text_of(const char *nul_ended)
{
    return nul_ended == NULL ? (fv_text){"", 0} : (fv_text){nul_ended, strlen(nul_ended)};
}

bool fv_text_has_nul(fv_text text)
{
    return text.len > 0 && memchr(text.data, '\0', text.len) != NULL;
}

bool fv_text_equal(fv_text a, fv_text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool fv_text_equal_nocase(fv_text a, fv_text b)
{
    if (a.len != b.len)
        return false;
    if (a.len == 0 || memcmp(a.data, b.data, a.len) == 0)
        return true;
    for (size_t i = 0; i < a.len; i++) {
        if (fv_ascii_lower(a.data[i]) != fv_ascii_lower(b.data[i]))
            return false;
    }
    return true;
}

bool fv_text_starts_nocase(fv_text text, fv_text prefix)
{
    return text.len >= prefix.len && fv_text_equal_nocase((fv_text){text.data, prefix.len}, prefix);
}

bool fv_text_ends_nocase(fv_text text, fv_text suffix)
{
    if (text.len < suffix.len)
        return false;
    if (suffix.len == 0)
        return true;
    const char *tail = text.data + (text.len - suffix.len);
    return fv_text_equal_nocase((fv_text){tail, suffix.len}, suffix);
}

fv_text fv_text_skip_mark(fv_text text)
{
    static const char mark[] = "\xEF\xBB\xBF";
    const size_t mark_len = sizeof(mark) - 1;
    if (text.len < mark_len || memcmp(text.data, mark, mark_len) != 0)
        return text;
    return (fv_text){text.data + mark_len, text.len - mark_len};
}

bool fv_text_is_utf16(fv_text text)
{
    return text.len >= 2 &&
           (memcmp(text.data, "\xFF\xFE", 2) == 0 || memcmp(text.data, "\xFE\xFF", 2) == 0);
}

fv_text fv_text_trim(fv_text text)
{
    while (text.len > 0 && fv_ascii_is_space(text.data[text.len - 1]))
        text.len--;
    while (text.len > 0 && fv_ascii_is_space(text.data[0])) {
        text.data++;
        text.len--;
    }
    return text;
}

fv_text fv_text_cut(fv_text text, size_t most_len)
{
    if (text.len <= most_len)
        return text;
    size_t len = most_len;
    while (len > 0 && most_len - len < 3 && ((unsigned char)text.data[len] & 0xC0) == 0x80)
        len--;
    return (fv_text){text.data, len};
}

bool fv_text_to_u64(fv_text text, uint64_t *out)
{
    uint64_t value = 0;
    if (text.len == 0)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!fv_ascii_is_digit(text.data[i]))
            return false;
        uint64_t digit = (uint64_t)(text.data[i] - '0');
        if (value > (UINT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}
