/* A hash index of positions. Who looks something up compares the candidates himself. */
#ifndef FV_LOGS_INDEX_H
#define FV_LOGS_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FV_INDEX_NONE UINT32_MAX

typedef struct fv_index_slot {
    uint32_t hash;
    uint32_t value; /* FV_INDEX_NONE: empty */
} fv_index_slot;

typedef struct fv_index {
    fv_index_slot *slots;
    size_t capacity; /* 0 or a power of two */
    size_t count;
} fv_index;

/* Where a look-up stands; begins as zero. */
typedef struct fv_index_walk {
    size_t steps;
} fv_index_walk;

void fv_index_init(fv_index *index);
void fv_index_clear(fv_index *index);
/* False when memory is short. */
bool fv_index_add(fv_index *index, uint32_t hash, uint32_t value);
/* The next value that was added with this hash; FV_INDEX_NONE when there is none. A walk is
 * bounded: among very many equal hashes, which only somebody hostile can make, some are missed. */
uint32_t fv_index_next(const fv_index *index, uint32_t hash, fv_index_walk *walk);

/* Starts with FV_HASH_START; NULL and "" differ. */
#define FV_HASH_START 2166136261u
uint32_t fv_hash_text(uint32_t hash, const char *text);
uint32_t fv_hash_number(uint32_t hash, uint32_t number);

#endif
