#include "logs/index.h"

#include "base/size.h"

#include <stdlib.h>
#include <string.h>

#define MAX_STEPS 256
#define FIRST_CAPACITY 64

void fv_index_init(fv_index *index)
{
    memset(index, 0, sizeof(*index));
}

void fv_index_clear(fv_index *index)
{
    free(index->slots);
    fv_index_init(index);
}

static void place(fv_index *index, uint32_t hash, uint32_t value)
{
    size_t at = hash & (index->capacity - 1);
    while (index->slots[at].value != FV_INDEX_NONE)
        at = (at + 1) & (index->capacity - 1);
    index->slots[at] = (fv_index_slot){hash, value};
}

static bool grow(fv_index *index)
{
    fv_index old = *index;
    size_t capacity, size;
    if (!fv_size_mul(old.capacity, 2, &capacity))
        return false;
    if (capacity == 0)
        capacity = FIRST_CAPACITY;
    if (!fv_size_mul(capacity, sizeof(fv_index_slot), &size))
        return false;
    fv_index_slot *slots = malloc(size);
    if (slots == NULL)
        return false;
    memset(slots, 0xff, size); /* every value FV_INDEX_NONE */
    index->slots = slots;
    index->capacity = capacity;
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].value != FV_INDEX_NONE)
            place(index, old.slots[i].hash, old.slots[i].value);
    free(old.slots);
    return true;
}

bool fv_index_add(fv_index *index, uint32_t hash, uint32_t value)
{
    if (index->count >= index->capacity / 2 && !grow(index))
        return false;
    place(index, hash, value);
    index->count++;
    return true;
}

uint32_t fv_index_next(const fv_index *index, uint32_t hash, fv_index_walk *walk)
{
    while (index->capacity > 0 && walk->steps < MAX_STEPS) {
        const fv_index_slot *slot = &index->slots[(hash + walk->steps) & (index->capacity - 1)];
        if (slot->value == FV_INDEX_NONE)
            return FV_INDEX_NONE;
        walk->steps++;
        if (slot->hash == hash)
            return slot->value;
    }
    return FV_INDEX_NONE;
}

/* FNV-1a, 32 bits. */
static uint32_t add_byte(uint32_t hash, uint8_t byte)
{
    return (hash ^ byte) * 16777619u;
}

uint32_t fv_hash_text(uint32_t hash, const char *text)
{
    hash = add_byte(hash, text == NULL ? 1 : 2);
    for (; text != NULL && *text != '\0'; text++)
        hash = add_byte(hash, (uint8_t)*text);
    return hash;
}

uint32_t fv_hash_number(uint32_t hash, uint32_t number)
{
    for (int shift = 0; shift < 32; shift += 8)
        hash = add_byte(hash, (uint8_t)(number >> shift));
    return hash;
}
