#include "judge/redact_numbers.h"

#include <string.h>

#define NUMBER_DIGITS 7 /* the shortest telephone number that is hidden */
#define PLUS_DIGITS 5   /* the same after a plus sign */
#define NUM_PARTS 4     /* of an IPv4 address */
#define MAX_PART 255
#define MAX_MARKS 12 /* before the first digit */

/* Marks between the parts of a number. Bytes of other characters, such as a dash or a narrow blank,
 * part them too. */
static bool is_between(char c)
{
    return (c != '\0' && strchr(" \t.,;-/()[]+_|", c) != NULL) || (uint8_t)c >= 0x80;
}

typedef struct number {
    size_t end, digits, parts, small_parts; /* small: at most 255 */
    bool has_plus;
} number;

/* Moves behind one part. Returns false if a letter follows it, so that it is a word. */
static bool take_part(fv_text text, size_t *at, number *n)
{
    size_t begin = *at;
    uint32_t value = 0;
    while (*at < text.len && fv_ascii_is_digit(text.data[*at])) {
        value = value > MAX_PART ? value : value * 10 + (uint32_t)(text.data[*at] - '0');
        ++*at;
    }
    if (*at < text.len && fv_ascii_is_alpha(text.data[*at]))
        return false;
    n->digits += *at - begin;
    n->parts++;
    n->small_parts += value <= MAX_PART;
    n->end = *at;
    return true;
}

/* Many plus signs without a number would each be read to their end, so only a few marks may be
 * before the first digit. */
static number read_number(fv_text text, size_t at)
{
    number n = {.end = at};
    size_t begin = at;
    while (at < text.len && (n.parts > 0 || at - begin <= MAX_MARKS)) {
        char c = text.data[at];
        n.has_plus = n.has_plus || (c == '+' && n.parts == 0);
        if (fv_ascii_is_digit(c)) {
            if (!take_part(text, &at, &n))
                break;
        } else if (is_between(c)) {
            at++;
        } else {
            break;
        }
    }
    return n;
}

size_t fv_redact_number_len(fv_text text, size_t at)
{
    if (at >= text.len || !(fv_ascii_is_digit(text.data[at]) || text.data[at] == '+'))
        return 0;
    number n = read_number(text, at);
    bool is_number = n.digits >= NUMBER_DIGITS || (n.has_plus && n.digits >= PLUS_DIGITS);
    bool is_address = n.parts >= NUM_PARTS && n.small_parts >= NUM_PARTS;
    return is_number || is_address ? n.end - at : 0;
}

/* Whether so many numbers of an IPv4 address follow each other in `text`, with `marks` between
 * them.
 */
static bool holds_numbers(fv_text text, size_t least, const char *marks)
{
    size_t parts = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t value = 0;
        size_t begin = at;
        while (at < text.len && fv_ascii_is_digit(text.data[at]) && at - begin < 4)
            value = value * 10 + (uint32_t)(text.data[at++] - '0');
        parts = at > begin && at - begin <= 3 && value <= MAX_PART ? parts + 1 : 0;
        if (parts == least)
            return true;
        if (parts > 0 && at < text.len && strchr(marks, text.data[at]) == NULL)
            parts = 0;
        at += at < text.len;
    }
    return false;
}

bool fv_redact_tells_address(fv_text name)
{
    return memchr(name.data, '.', name.len) != NULL ? holds_numbers(name, NUM_PARTS - 1, ".")
                                                    : holds_numbers(name, NUM_PARTS, "-_");
}

bool fv_redact_is_figure(fv_text word)
{
    size_t digits = 0;
    bool hex = word.len > 2 && word.len <= 10 && word.data[0] == '0' && word.data[1] == 'x';
    for (size_t i = 0; i < word.len; i++) {
        char c = fv_ascii_lower(word.data[i]);
        bool is_digit = fv_ascii_is_digit(c);
        digits += is_digit;
        if (hex ? i > 1 && !is_digit && (c < 'a' || c > 'f') : !is_digit && c != '.')
            return false;
    }
    return digits > 0 && (hex || digits <= 5);
}

bool fv_redact_is_random(fv_text text)
{
    size_t digits = 0, letters = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = fv_ascii_lower(text.data[i]);
        digits += fv_ascii_is_digit(c);
        letters += c >= 'a' && c <= 'f';
        if (!fv_ascii_is_digit(c) && c != '-' && (c < 'a' || c > 'f'))
            return false;
    }
    /* Digits alone may be a telephone number. */
    return text.len >= 8 && digits > 0 && letters > 2 && !fv_redact_tells_address(text);
}
