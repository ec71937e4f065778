/* A hash table from bytes to positions in an array that only grows. The caller keeps the keys. */
#ifndef FV_TRUST_INDEX_H
#define FV_TRUST_INDEX_H

#include "base/bytes.h"

#include <stdbool.h>

typedef struct fv_index_entry {
    uint64_t hash;
    size_t position;
    size_t next; /* the next entry of the same bucket, as its number + 1; 0: none */
} fv_index_entry;

typedef struct fv_index {
    fv_index_entry *entries;
    size_t num_entries, capacity;
    size_t *buckets;    /* the first entry of each bucket, as its number + 1; 0: none */
    size_t num_buckets; /* a power of two, or 0 */
} fv_index;

void fv_index_clear(fv_index *index);
/* False: memory is short, and the index is unchanged. */
bool fv_index_add(fv_index *index, fv_bytes key, size_t position);
/* Removes all entries after the first `num_entries`. */
void fv_index_truncate(fv_index *index, size_t num_entries);
/* Walks the positions whose key may be `key`: their hashes are equal, and the caller compares the
 * keys. `*entry` is 0 at first. False: no more. */
bool fv_index_next(const fv_index *index, fv_bytes key, size_t *entry, size_t *out_position);

#endif
