/* ASCII text, locale-free. */
#ifndef FV_BASE_TEXT_H
#define FV_BASE_TEXT_H

#include "base/bytes.h"
#include "fedval/status.h"

#include <stdbool.h>
#include <string.h>

/* A borrowed run of characters, not NUL-ended. */
typedef struct fv_text {
    const char *data;
    size_t len;
} fv_text;

static inline bool fv_ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool fv_ascii_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline char fv_ascii_lower(char c)
{
    return fv_ascii_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

static inline bool fv_ascii_is_alpha(char c)
{
    return fv_ascii_is_upper(c) || (c >= 'a' && c <= 'z');
}

static inline bool fv_ascii_is_alnum(char c)
{
    return fv_ascii_is_alpha(c) || fv_ascii_is_digit(c);
}

/* Returns the value of a hexadecimal digit; -1 for any other character. */
static inline int fv_ascii_hex_digit(char c)
{
    if (fv_ascii_is_digit(c))
        return c - '0';
    c = fv_ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static inline bool fv_ascii_is_space(char c) /* blank, tab, CR, LF, VT, FF */
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Whether two NUL-ended texts are equal; two that are NULL are. */
static inline bool fv_is_same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Whether a NUL-ended text begins with another; NULL begins with nothing. */
static inline bool fv_begins_with(const char *text, const char *start)
{
    return text != NULL && strncmp(text, start, strlen(start)) == 0;
}

fv_text fv_text_of(const char *nul_ended); /* NULL gives an empty text */
/* Wraps a text that came in through the public API: `text_len` bytes, or everything up to the NUL
 * when `text_len` is FEDVAL_NUL_ENDED. NULL gives an empty text whose data is NULL. */
static inline fv_text fv_text_given(const char *text, size_t text_len)
{
    if (text == NULL)
        return (fv_text){NULL, 0};
    return (fv_text){text, text_len == FEDVAL_NUL_ENDED ? strlen(text) : text_len};
}

bool fv_text_has_nul(fv_text text); /* then it cannot be kept as a NUL-ended text */
bool fv_text_equal(fv_text a, fv_text b);
bool fv_text_equal_nocase(fv_text a, fv_text b);
bool fv_text_starts_nocase(fv_text text, fv_text prefix);
bool fv_text_ends_nocase(fv_text text, fv_text suffix);
/* Without the byte order mark in UTF-8 that Windows editors put before a text. */
fv_text fv_text_skip_mark(fv_text text);
/* Whether a text begins with the byte order mark of UTF-16, of either order. */
bool fv_text_is_utf16(fv_text text);
fv_text fv_text_trim(fv_text text); /* without leading and trailing ASCII space */
/* Returns the first `most_len` bytes at most, without cutting a UTF-8 character in two. */
fv_text fv_text_cut(fv_text text, size_t most_len);
/* Parses a text that consists of decimal digits alone, without a sign. Returns false for any other
 * text, and on overflow. */
bool fv_text_to_u64(fv_text text, uint64_t *out);

#endif
