/* SipHash-1-3 (Aumasson and Bernstein, 2012). */
#include "logs/incidents/lookup.h"

#include <string.h>

typedef struct sip_state {
    uint64_t a, b, c, d;
} sip_state;

static uint64_t rotate(uint64_t value, unsigned count)
{
    return value << count | value >> (64 - count);
}

static inline void mix(sip_state *s)
{
    s->a += s->b;
    s->b = rotate(s->b, 13) ^ s->a;
    s->a = rotate(s->a, 32);
    s->c += s->d;
    s->d = rotate(s->d, 16) ^ s->c;
    s->a += s->d;
    s->d = rotate(s->d, 21) ^ s->a;
    s->c += s->b;
    s->b = rotate(s->b, 17) ^ s->c;
    s->c = rotate(s->c, 32);
}

static inline void take_word(sip_state *s, uint64_t word)
{
    s->d ^= word;
    mix(s);
    s->a ^= word;
}

/* Eight bytes, little-endian: compilers make one load of it. */
static inline uint64_t whole_word(const uint8_t *b)
{
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
           (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
           (uint64_t)b[7] << 56;
}

static uint64_t last_word(const uint8_t *bytes, size_t len)
{
    uint64_t word = 0;
    for (size_t i = 0; i < len; i++)
        word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

static uint64_t sip_hash(uint64_t key, const uint8_t *bytes, size_t len)
{
    uint64_t other = key * 0x9e3779b97f4a7c15u;
    sip_state s = {key ^ 0x736f6d6570736575u, other ^ 0x646f72616e646f6du,
                   key ^ 0x6c7967656e657261u, other ^ 0x7465646279746573u};
    size_t at = 0;
    for (; len - at >= 8; at += 8)
        take_word(&s, whole_word(bytes + at));
    take_word(&s, last_word(bytes + at, len - at) | (uint64_t)len << 56);
    s.c ^= 0xff;
    for (int i = 0; i < 3; i++)
        mix(&s);
    return s.a ^ s.b ^ s.c ^ s.d;
}

uint64_t fv_hash_text(uint64_t hash, const char *text)
{
    if (text == NULL)
        return fv_hash_number(hash, UINT64_MAX);
    return sip_hash(hash, (const uint8_t *)text, strlen(text));
}

uint64_t fv_hash_number(uint64_t hash, uint64_t number)
{
    uint8_t bytes[9] = {0};
    for (size_t i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(number >> (8 * i));
    return sip_hash(hash, bytes, sizeof(bytes));
}

uint64_t fv_hash_seed(const void *object)
{
    return fv_hash_number(0x243f6a8885a308d3u, (uint64_t)(uintptr_t)object);
}
