#include "trust/index.h"

#include "base/grow.h"
#include "base/hash.h"
#include "base/size.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_BUCKETS 128 /* a power of two */

/* The hash need not resist an attacker: the keys come from certificates that the caller chose to
 * trust, so nobody gains by making them collide. */
static uint64_t hash_of(fv_bytes key)
{
    return fv_hash_bytes(FV_HASH_SEED, key, 0);
}

void fv_index_clear(fv_index *index)
{
    free(index->entries);
    free(index->buckets);
    *index = (fv_index){0};
}

static void link_entry(fv_index *index, size_t number)
{
    fv_index_entry *entry = &index->entries[number];
    size_t *bucket = &index->buckets[entry->hash & (index->num_buckets - 1)];
    entry->next = *bucket;
    *bucket = number + 1;
}

static void relink(fv_index *index)
{
    memset(index->buckets, 0, index->num_buckets * sizeof(*index->buckets));
    for (size_t i = 0; i < index->num_entries; i++)
        link_entry(index, i);
}

/* Keeps at least two buckets for each entry, so that most hold one entry or none. */
static bool widen(fv_index *index)
{
    size_t wider = FIRST_BUCKETS;
    if (index->num_buckets > 0 && !fv_size_mul(index->num_buckets, 2, &wider))
        return false;
    size_t *buckets = calloc(wider, sizeof(*buckets));
    if (buckets == NULL)
        return false;
    free(index->buckets);
    index->buckets = buckets;
    index->num_buckets = wider;
    relink(index);
    return true;
}

bool fv_index_add(fv_index *index, fv_bytes key, size_t position)
{
    fv_index_entry *entries =
        fv_grow(index->entries, index->num_entries + 1, &index->capacity, sizeof(*entries));
    if (entries == NULL)
        return false;
    index->entries = entries;
    if (index->num_entries >= index->num_buckets / 2 && !widen(index))
        return false;
    index->entries[index->num_entries] = (fv_index_entry){hash_of(key), position, 0};
    link_entry(index, index->num_entries++);
    return true;
}

void fv_index_truncate(fv_index *index, size_t num_entries)
{
    if (num_entries >= index->num_entries)
        return;
    index->num_entries = num_entries;
    relink(index);
}

bool fv_index_next(const fv_index *index, fv_bytes key, size_t *entry, size_t *out_position)
{
    if (index->num_buckets == 0 || *entry == SIZE_MAX)
        return false;
    bool is_first = *entry == 0;
    uint64_t hash = is_first ? hash_of(key) : index->entries[*entry - 1].hash;
    size_t number = is_first ? index->buckets[hash & (index->num_buckets - 1)]
                             : index->entries[*entry - 1].next;
    while (number != 0 && index->entries[number - 1].hash != hash)
        number = index->entries[number - 1].next;
    *entry = number == 0 ? SIZE_MAX : number;
    if (number != 0)
        *out_position = index->entries[number - 1].position;
    return number != 0;
}
