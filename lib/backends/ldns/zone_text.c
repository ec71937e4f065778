/* The words of a master file (RFC 1035 5.1): blanks, comments, quoted strings, escapes,
 * parentheses. */
#include "zone_text.h"

/* Priority, weight, port, target. */
#define SRV_WORDS 4

typedef struct zone_scan {
    fv_text rest;
    size_t depth; /* number of open parentheses */
} zone_scan;

static char take(zone_scan *scan)
{
    char c = scan->rest.data[0];
    scan->rest.data++;
    scan->rest.len--;
    return c;
}

static void pass_comment(zone_scan *scan)
{
    while (scan->rest.len > 0 && scan->rest.data[0] != '\n')
        take(scan);
}

/* Skips to the closing quotation mark; an escaped one does not close. */
static void pass_string(zone_scan *scan)
{
    while (scan->rest.len > 0) {
        char c = take(scan);
        if (c == '"')
            return;
        if (c == '\\' && scan->rest.len > 0)
            take(scan);
    }
}

static bool is_word_end(char c)
{
    return fv_ascii_is_space(c) || c == ';' || c == '(' || c == ')' || c == '\0';
}

static fv_text take_word(zone_scan *scan)
{
    fv_text word = scan->rest;
    while (scan->rest.len > 0 && !is_word_end(scan->rest.data[0])) {
        char c = take(scan);
        if (c == '"')
            pass_string(scan);
        else if (c == '\\' && scan->rest.len > 0)
            take(scan);
    }
    word.len -= scan->rest.len;
    return word;
}

/* Returns the next word; an empty one at the end. */
static fv_text next_word(zone_scan *scan)
{
    while (scan->rest.len > 0) {
        char c = scan->rest.data[0];
        if (!is_word_end(c))
            return take_word(scan);
        if (c == ';') {
            pass_comment(scan);
            continue;
        }
        if (c == '(')
            scan->depth++;
        else if (c == ')' && scan->depth > 0)
            scan->depth--;
        take(scan);
    }
    return scan->rest;
}

static bool is_sixteen_bits(fv_text word)
{
    uint64_t value;
    if (word.len > 1 && word.data[0] == '-')
        return false;
    return !fv_text_to_u64(word, &value) || value <= UINT16_MAX;
}

bool fv_zone_text_has_srv_numbers(fv_text record)
{
    zone_scan scan = {.rest = record};
    fv_text last[SRV_WORDS] = {{0}}, word; /* the last words, oldest first */
    while ((word = next_word(&scan)).len > 0) {
        if (fv_text_equal(word, fv_text_of("\\#"))) { /* data in hexadecimal, RFC 3597 5 */
            return true;
        }
        for (size_t i = 1; i < SRV_WORDS; i++)
            last[i - 1] = last[i];
        last[SRV_WORDS - 1] = word;
    }
    return is_sixteen_bits(last[0]) && is_sixteen_bits(last[1]) && is_sixteen_bits(last[2]);
}

/* The class and the TTL come before the type, in either order (RFC 1035 5.1). */
static bool is_class_or_ttl(fv_text word)
{
    return (word.data[0] >= '0' && word.data[0] <= '9') ||
           fv_text_equal_nocase(word, fv_text_of("IN")) ||
           fv_text_equal_nocase(word, fv_text_of("CH")) ||
           fv_text_equal_nocase(word, fv_text_of("HS"));
}

fv_text fv_zone_text_take_type(fv_text record, char *out_data, size_t out_size)
{
    zone_scan scan = {.rest = record};
    size_t len = 0;
    if (record.len > 0 && !fv_ascii_is_space(record.data[0]))
        next_word(&scan); /* the owner */
    fv_text type = next_word(&scan), word;
    while (type.len > 0 && is_class_or_ttl(type))
        type = next_word(&scan);
    while ((word = next_word(&scan)).len > 0) {
        if (len > 0 && len + 1 < out_size)
            out_data[len++] = ' ';
        for (size_t i = 0; i < word.len && len + 1 < out_size; i++)
            out_data[len++] = word.data[i] > ' ' && word.data[i] <= '~' ? word.data[i] : '?';
    }
    out_data[len] = '\0';
    return type;
}

bool fv_zone_text_is_closed(fv_text record)
{
    zone_scan scan = {.rest = record};
    while (next_word(&scan).len > 0)
        ;
    return scan.depth == 0;
}
