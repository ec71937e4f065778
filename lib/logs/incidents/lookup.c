#include "logs/incidents/lookup.h"

#include "base/grow.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_HEADS 64 /* a power of two */

void fv_lookup_init(fv_lookup *index)
{
    memset(index, 0, sizeof(*index));
}

void fv_lookup_clear(fv_lookup *index)
{
    free(index->heads);
    free(index->entries);
    fv_lookup_init(index);
}

static void link_entry(fv_lookup *index, uint32_t at)
{
    uint32_t *head = &index->heads[index->entries[at].hash & (index->num_heads - 1)];
    index->entries[at].next = *head;
    *head = at;
}

/* Keeps at least as many lists as entries, so that most lists are short. */
static bool grow_heads(fv_lookup *index, size_t num_heads)
{
    uint32_t *heads = calloc(num_heads, sizeof(*heads));
    if (heads == NULL)
        return false;
    memset(heads, 0xff, num_heads * sizeof(*heads)); /* sets each to FV_LOOKUP_NONE */
    free(index->heads);
    index->heads = heads;
    index->num_heads = num_heads;
    for (size_t i = 0; i < index->count; i++) {
        if (index->entries[i].value != FV_LOOKUP_NONE)
            link_entry(index, (uint32_t)i);
    }
    return true;
}

bool fv_lookup_add(fv_lookup *index, uint64_t hash, uint32_t value)
{
    if (index->count >= FV_LOOKUP_NONE - 1)
        return false;
    fv_lookup_entry *entries =
        fv_grow(index->entries, index->count + 1, &index->capacity, sizeof(*entries));
    if (entries == NULL)
        return false;
    index->entries = entries;
    if (index->count == index->num_heads &&
        !grow_heads(index, index->num_heads == 0 ? FIRST_HEADS : 2 * index->num_heads))
        return false;
    index->entries[index->count] = (fv_lookup_entry){hash, value, FV_LOOKUP_NONE};
    link_entry(index, (uint32_t)index->count++);
    return true;
}

void fv_lookup_remove(fv_lookup *index, uint64_t hash, uint32_t value)
{
    if (index->num_heads == 0)
        return;
    uint32_t *link = &index->heads[hash & (index->num_heads - 1)];
    while (*link != FV_LOOKUP_NONE) {
        fv_lookup_entry *entry = &index->entries[*link];
        if (entry->hash == hash && entry->value == value) {
            *link = entry->next;
            entry->value = FV_LOOKUP_NONE;
            return;
        }
        link = &entry->next;
    }
}

uint32_t fv_lookup_next(const fv_lookup *index, uint64_t hash, fv_lookup_walk *walk)
{
    if (index->num_heads == 0)
        return FV_LOOKUP_NONE;
    uint32_t at = walk->begun ? walk->next : index->heads[hash & (index->num_heads - 1)];
    walk->begun = true;
    while (at != FV_LOOKUP_NONE && index->entries[at].hash != hash)
        at = index->entries[at].next;
    if (at == FV_LOOKUP_NONE) {
        walk->next = FV_LOOKUP_NONE;
        return FV_LOOKUP_NONE;
    }
    walk->next = index->entries[at].next;
    return index->entries[at].value;
}
