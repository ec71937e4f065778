/* A hash that speeds up look-ups, eight bytes at a time. Two things may have the same hash, so
 * callers compare the things too. */
#ifndef FV_BASE_HASH_H
#define FV_BASE_HASH_H

#include "base/bytes.h"

#define FV_HASH_SEED UINT64_C(0xcbf29ce484222325)

static inline uint64_t fv_hash_word(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* Hashes the bytes and their number. Each byte first gets the bits of `fold` set: 0 hashes bytes as
 * they are; 0x20 makes "A" and "a" hash alike, for texts whose ASCII case does not matter. */
static inline uint64_t fv_hash_bytes(uint64_t hash, fv_bytes bytes, uint8_t fold)
{
    const uint64_t folds = fold * UINT64_C(0x0101010101010101);
    uint64_t word = 0;
    size_t at = 0;
    for (; bytes.len - at >= sizeof(word); at += sizeof(word)) {
        memcpy(&word, bytes.data + at, sizeof(word));
        hash = fv_hash_word(hash, word | folds);
    }
    if (at < bytes.len && at > 0) {
        /* the last eight bytes, some of them for the second time */
        memcpy(&word, bytes.data + bytes.len - sizeof(word), sizeof(word));
    } else {
        for (word = 0; at < bytes.len; at++)
            word = word << 8 | bytes.data[at];
    }
    return fv_hash_word(fv_hash_word(hash, word | folds), bytes.len);
}

#endif
