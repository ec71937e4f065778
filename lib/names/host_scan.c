/*
 * Host names eight bytes at a time: a table of characters costs a nanosecond a byte, and names
 * are compared by the million. Every byte of a word is classified at once with carry-free
 * arithmetic on 7-bit values; a byte of 128 or more is refused first.
 */
#include "names/dns_name.h"

#include "fedval/name.h"

#include <string.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGH UINT64_C(0x8080808080808080)
#define CASE UINT64_C(0x2020202020202020)

/* Byte 0 in the lowest bits on every machine; compilers make one load of it. */
static uint64_t load8(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;

    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
           (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
           (uint64_t)b[7] << 56;
}

/* Up to 7 bytes, filled up with a letter. */
static uint64_t load_short(fv_text text)
{
    char filled[8] = {'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a'};

    for (size_t i = 0; i < text.len; i++)
        filled[i] = text.data[i];
    return load8(filled);
}

/* The high bit of each byte that is at least n; all bytes below 128. */
static uint64_t at_least(uint64_t word, unsigned char n)
{
    return ((word | HIGH) - n * ONES) & HIGH;
}

/* Nonzero when a byte cannot stand in a host name, or when of two neighbours one is a dot and the
 * other a dot or a hyphen. */
static uint64_t faults_of_word(uint64_t word)
{
    uint64_t lower = word | CASE; /* only letters become letters by it */
    uint64_t from_hyphen = at_least(word, '-');
    uint64_t from_dot = at_least(word, '.');
    uint64_t from_slash = at_least(word, '/');
    uint64_t letter = at_least(lower, 'a') & ~at_least(lower, 'z' + 1);
    uint64_t digit = at_least(word, '0') & ~at_least(word, '9' + 1);
    uint64_t dot = from_dot & ~from_slash;
    uint64_t dot_or_hyphen = from_hyphen & ~from_slash;
    uint64_t bad = HIGH & ~(letter | digit | dot_or_hyphen);

    return (word & HIGH) | bad | (dot & dot_or_hyphen >> 8) | (dot_or_hyphen & dot >> 8);
}

/* Words overlap by a byte, so that every two neighbours stand in one of them. */
static bool is_scan_clean(fv_text name)
{
    if (name.len < 8)
        return faults_of_word(load_short(name)) == 0;
    uint64_t faults = faults_of_word(load8(name.data + name.len - 8));
    for (size_t i = 0; i + 8 < name.len; i += 7)
        faults |= faults_of_word(load8(name.data + i));
    return faults == 0;
}

bool fv_host_name_is_valid(fv_text name)
{
    if (name.len == 0)
        return false;
    char first = name.data[0], last = name.data[name.len - 1];
    /* Only then can a label be too long, or the last one all digits. */
    if (name.len > FV_LABEL_MAX_LEN || fv_ascii_is_digit(last))
        return fv_dns_name_check(name, 0) == FEDVAL_NAME_FAULT_NONE;
    if (first == '-' || first == '.' || last == '-' || last == '.')
        return false;
    return is_scan_clean(name);
}

bool fv_host_name_equal(fv_text a, fv_text b)
{
    if (a.len != b.len)
        return false;
    if (a.len < 8)
        return ((load_short(a) ^ load_short(b)) & ~CASE) == 0;
    size_t last = a.len - 8;
    uint64_t different = load8(a.data + last) ^ load8(b.data + last);
    for (size_t i = 0; i < last; i += 8)
        different |= load8(a.data + i) ^ load8(b.data + i);
    return (different & ~CASE) == 0;
}
