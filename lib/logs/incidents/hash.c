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

/* Returns the last `len % 8` of the bytes. */
static uint64_t last_word(const uint8_t *bytes, size_t len)
{
    const size_t rest = len % 8;
    uint64_t word = 0;
    if (rest > 0 && len > 8)
        return whole_word(bytes + len - 8) >> (8 * (8 - rest));
    for (size_t i = len - rest; i < len; i++)
        word |= (uint64_t)bytes[i] << (8 * (i % 8));
    return word;
}

static inline sip_state begin(uint64_t key)
{
    uint64_t other = key * 0x9e3779b97f4a7c15u;
    return (sip_state){key ^ 0x736f6d6570736575u, other ^ 0x646f72616e646f6du,
                       key ^ 0x6c7967656e657261u, other ^ 0x7465646279746573u};
}

static inline uint64_t end(sip_state *s, uint64_t last, size_t len)
{
    take_word(s, last | (uint64_t)len << 56);
    s->c ^= 0xff;
    for (int i = 0; i < 3; i++)
        mix(s);
    return s->a ^ s->b ^ s->c ^ s->d;
}

static uint64_t sip_hash(uint64_t key, const uint8_t *bytes, size_t len)
{
    sip_state s = begin(key);
    for (size_t at = 0; len - at >= 8; at += 8)
        take_word(&s, whole_word(bytes + at));
    return end(&s, last_word(bytes, len), len);
}

uint64_t fv_hash_text(uint64_t hash, const char *text)
{
    if (text == NULL)
        return fv_hash_number(hash, UINT64_MAX);
    return sip_hash(hash, (const uint8_t *)text, strlen(text));
}

uint64_t fv_hash_number(uint64_t hash, uint64_t number)
{
    /* Nine bytes, the last of them 0: no text holds that. */
    sip_state s = begin(hash);
    take_word(&s, number);
    return end(&s, 0, 9);
}

uint64_t fv_hash_seed(const void *object)
{
    return fv_hash_number(0x243f6a8885a308d3u, (uint64_t)(uintptr_t)object);
}
