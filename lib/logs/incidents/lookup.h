/* A hash index of positions. Who looks something up compares the candidates himself. */
#ifndef FV_LOGS_LOOKUP_H
#define FV_LOGS_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FV_LOOKUP_NONE UINT32_MAX

typedef struct fv_lookup_slot {
    uint32_t hash;
    uint32_t value; /* FV_LOOKUP_NONE: empty */
} fv_lookup_slot;

typedef struct fv_lookup {
    fv_lookup_slot *slots;
    size_t capacity; /* 0 or a power of two */
    size_t count;
} fv_lookup;

/* Where a look-up stands; begins as zero. */
typedef struct fv_lookup_walk {
    size_t steps;
} fv_lookup_walk;

void fv_lookup_init(fv_lookup *index);
void fv_lookup_clear(fv_lookup *index);
/* False when memory is short. Of very many equal hashes some are left out. */
bool fv_lookup_add(fv_lookup *index, uint32_t hash, uint32_t value);
/* The next value that was added with this hash; FV_LOOKUP_NONE when there is none. A walk is
 * bounded, and so is adding: equal hashes must be few, or some are missed. */
uint32_t fv_lookup_next(const fv_lookup *index, uint32_t hash, fv_lookup_walk *walk);

/* Starts with FV_HASH_START; NULL and "" differ. */
#define FV_HASH_START 2166136261u
uint32_t fv_hash_text(uint32_t hash, const char *text);
uint32_t fv_hash_number(uint32_t hash, uint32_t number);

#endif
