/* A hash index of positions. The caller compares the candidates that a look-up returns. */
#ifndef FV_LOGS_LOOKUP_H
#define FV_LOGS_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FV_LOOKUP_NONE UINT32_MAX

typedef struct fv_lookup_entry {
    uint64_t hash;
    uint32_t value; /* FV_LOOKUP_NONE: it was removed */
    uint32_t next;  /* next entry of its list; or FV_LOOKUP_NONE */
} fv_lookup_entry;

/* Lists of entries, one for each remainder of the hash. A look-up finds every entry with its
 * hash. */
typedef struct fv_lookup {
    uint32_t *heads;
    size_t num_heads; /* 0 or a power of two */
    fv_lookup_entry *entries;
    size_t count, capacity;
} fv_lookup;

/* The place of a look-up; begin with all zero. */
typedef struct fv_lookup_walk {
    bool begun;
    uint32_t next;
} fv_lookup_walk;

void fv_lookup_init(fv_lookup *index);
void fv_lookup_clear(fv_lookup *index);
/* Returns false if memory is short. */
bool fv_lookup_add(fv_lookup *index, uint64_t hash, uint32_t value);
/* Removes the newest entry with this hash and value, if there is one. */
void fv_lookup_remove(fv_lookup *index, uint64_t hash, uint32_t value);
/* Returns the next value that was added with this hash, newest first; FV_LOOKUP_NONE at the end. */
uint32_t fv_lookup_next(const fv_lookup *index, uint64_t hash, fv_lookup_walk *walk);

/* To hash several values, begin with a seed and pass each result on as `hash` of the next call. The
 * hash is SipHash, keyed by `hash`: somebody who writes a log and does not know the seed cannot
 * choose texts with equal hashes. NULL and "" have different hashes. */
uint64_t fv_hash_text(uint64_t hash, const char *text);
uint64_t fv_hash_number(uint64_t hash, uint64_t number);
/* Returns a seed that differs between objects, and between runs if addresses are random. */
uint64_t fv_hash_seed(const void *object);

#endif
