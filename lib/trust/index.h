/* A hash table from bytes to positions in an array that only grows. Keys lie with the caller. */
#ifndef FV_TRUST_INDEX_H
#define FV_TRUST_INDEX_H

#include "base/bytes.h"

#include <stdbool.h>

typedef struct fv_index_entry {
    uint64_t hash;
    size_t position;
    size_t next; /* entry of the same bucket, one more than its number; 0: none */
} fv_index_entry;

typedef struct fv_index {
    fv_index_entry *entries;
    size_t num_entries, capacity;
    size_t *buckets;    /* one more than the number of an entry; 0: none */
    size_t num_buckets; /* a power of two, or 0 */
} fv_index;

void fv_index_clear(fv_index *index);
/* False when memory is short; the index is then as it was. */
bool fv_index_add(fv_index *index, fv_bytes key, size_t position);
/* Forgets the entries added after the first num_entries. */
void fv_index_truncate(fv_index *index, size_t num_entries);
/* Walks the positions whose key may be this one (the hashes agree; the caller compares). *entry
 * from 0; false: no more. */
bool fv_index_next(const fv_index *index, fv_bytes key, size_t *entry, size_t *out_position);

#endif
