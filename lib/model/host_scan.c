/* Reads host names many bytes at a time, because a table of characters costs a nanosecond a byte
 * and names are compared by the million. Two words of eight bytes are classified at once, as a
 * vector of 16 signed bytes (a byte of 128 or more is then negative and belongs to no class). On
 * machines without such vectors, the compiler makes plain arithmetic of it. */
#include "model/dns_name.h"

#include "fedval/name.h"

#include <string.h>

#define CASE UINT64_C(0x2020202020202020)

typedef int8_t byte_vector __attribute__((vector_size(16)));
typedef uint64_t word_vector __attribute__((vector_size(16)));

static uint64_t load8(const char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof(word));
    return word;
}

/* Loads up to 7 bytes, and fills the rest with a letter, which is valid everywhere. */
static uint64_t load_short(fv_text text)
{
    char filled[8] = {'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a'};

    for (size_t i = 0; i < text.len; i++)
        filled[i] = text.data[i];
    return load8(filled);
}

/* Returns nonzero when a byte cannot be in a host name, or when two neighbours within a word are
 * ".." or ".-" or "-.". */
static word_vector find_faults(word_vector words)
{
    byte_vector bytes = (byte_vector)words;
    byte_vector lower = bytes | 0x20; /* turns no other byte into a letter */
    byte_vector letter = (lower >= 'a') & (lower <= 'z');
    byte_vector digit = (bytes >= '0') & (bytes <= '9');
    byte_vector dot = bytes == '.';
    byte_vector joint = dot | (bytes == '-');
    word_vector dots = (word_vector)dot;
    word_vector joints = (word_vector)joint;

    return (word_vector) ~(letter | digit | joint) | (dots & joints >> 8) | (joints & dots >> 8);
}

/* Checks words that overlap by one byte, so that every two neighbours are together in one word. */
static bool is_scan_clean(fv_text name)
{
    word_vector ends = {load8(name.data), load8(name.data + name.len - 8)};
    word_vector faults = find_faults(ends);

    for (size_t i = 7; i + 8 < name.len; i += 14) {
        size_t second = i + 15 < name.len ? i + 7 : name.len - 8;
        word_vector words = {load8(name.data + i), load8(name.data + second)};
        faults |= find_faults(words);
    }
    return (faults[0] | faults[1]) == 0;
}

static bool is_short_scan_clean(fv_text name)
{
    word_vector words = {load_short(name), 0};

    return find_faults(words)[0] == 0;
}

bool fv_host_name_is_valid(fv_text name)
{
    if (name.len == 0)
        return false;
    char first = name.data[0], last = name.data[name.len - 1];
    /* The slow check is for names that may fail it: one longer than a label may be, since one of
     * its labels may be too long; and one that ends with a digit, since its last label may be
     * digits alone. */
    if (name.len > FV_LABEL_MAX_LEN || fv_ascii_is_digit(last))
        return fv_dns_name_check(name, 0) == FEDVAL_NAME_FAULT_NONE;
    if (first == '-' || first == '.' || last == '-' || last == '.')
        return false;
    return name.len < 8 ? is_short_scan_clean(name) : is_scan_clean(name);
}

bool fv_host_name_equal(fv_text a, fv_text b)
{
    if (a.len != b.len)
        return false;
    if (a.len < 8)
        return ((load_short(a) ^ load_short(b)) & ~CASE) == 0;
    /* Names of one certificate often end alike; most differ in their first bytes. */
    if (((load8(a.data) ^ load8(b.data)) & ~CASE) != 0)
        return false;
    size_t last = a.len - 8;
    uint64_t different = load8(a.data + last) ^ load8(b.data + last);
    for (size_t i = 8; i < last; i += 8)
        different |= load8(a.data + i) ^ load8(b.data + i);
    return (different & ~CASE) == 0;
}

bool fv_wildcard_covers(fv_text wildcard, fv_text name)
{
    size_t first = fv_dns_name_first_label(name).len;
    fv_text above = {wildcard.data + 1, wildcard.len - 1}; /* ".example.com" */

    if (!fv_dns_name_has_wildcard(wildcard) || name.len - first != above.len)
        return false;
    return fv_host_name_equal(above, (fv_text){name.data + first, above.len});
}
