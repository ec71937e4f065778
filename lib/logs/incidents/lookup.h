/* A hash index of positions. Whoever looks something up compares the candidates himself. */
#ifndef FV_LOGS_LOOKUP_H
#define FV_LOGS_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FV_LOOKUP_NONE UINT32_MAX

typedef struct fv_lookup_entry {
    uint64_t hash;
    uint32_t value;
    uint32_t next; /* the entry after it in its list; FV_LOOKUP_NONE */
} fv_lookup_entry;

/* Lists of entries, one for each remainder of the hash. Nothing that was added is ever missed. */
typedef struct fv_lookup {
    uint32_t *heads;
    size_t num_heads; /* 0 or a power of two */
    fv_lookup_entry *entries;
    size_t count, capacity;
} fv_lookup;

/* Where a look-up is; begins as zero. */
typedef struct fv_lookup_walk {
    bool begun;
    uint32_t next;
} fv_lookup_walk;

void fv_lookup_init(fv_lookup *index);
void fv_lookup_clear(fv_lookup *index);
/* False when memory is short. */
bool fv_lookup_add(fv_lookup *index, uint64_t hash, uint32_t value);
/* The next value that was added with this hash, the newest first; FV_LOOKUP_NONE at the end. */
uint32_t fv_lookup_next(const fv_lookup *index, uint64_t hash, fv_lookup_walk *walk);

/* A hash of a row of values begins with a seed and takes in one value after another. It is SipHash,
 * keyed by what came before: whoever writes a log and does not know the seed cannot choose texts
 * of one hash. NULL and "" differ. */
uint64_t fv_hash_text(uint64_t hash, const char *text);
uint64_t fv_hash_number(uint64_t hash, uint64_t number);
/* A seed that differs from object to object and, where addresses are random, from run to run. */
uint64_t fv_hash_seed(const void *object);

#endif
