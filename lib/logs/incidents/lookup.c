#include "logs/incidents/lookup.h"

#include "base/size.h"

#include <stdlib.h>
#include <string.h>

#define MAX_STEPS 256
#define FIRST_CAPACITY 64

void fv_lookup_init(fv_lookup *index)
{
    memset(index, 0, sizeof(*index));
}

void fv_lookup_clear(fv_lookup *index)
{
    free(index->slots);
    fv_lookup_init(index);
}

static void place(fv_lookup *index, uint32_t hash, uint32_t value)
{
    for (size_t steps = 0; steps < MAX_STEPS; steps++) {
        fv_lookup_slot *slot = &index->slots[(hash + steps) & (index->capacity - 1)];
        if (slot->value != FV_LOOKUP_NONE)
            continue;
        *slot = (fv_lookup_slot){hash, value};
        index->count++;
        return;
    }
}

static bool grow(fv_lookup *index)
{
    fv_lookup old = *index;
    size_t capacity, size;
    if (!fv_size_mul(old.capacity, 2, &capacity))
        return false;
    if (capacity == 0)
        capacity = FIRST_CAPACITY;
    if (!fv_size_mul(capacity, sizeof(fv_lookup_slot), &size))
        return false;
    fv_lookup_slot *slots = malloc(size);
    if (slots == NULL)
        return false;
    memset(slots, 0xff, size); /* every value FV_LOOKUP_NONE */
    index->slots = slots;
    index->capacity = capacity;
    index->count = 0;
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].value != FV_LOOKUP_NONE)
            place(index, old.slots[i].hash, old.slots[i].value);
    free(old.slots);
    return true;
}

bool fv_lookup_add(fv_lookup *index, uint32_t hash, uint32_t value)
{
    if (index->count >= index->capacity / 2 && !grow(index))
        return false;
    place(index, hash, value);
    return true;
}

uint32_t fv_lookup_next(const fv_lookup *index, uint32_t hash, fv_lookup_walk *walk)
{
    while (index->capacity > 0 && walk->steps < MAX_STEPS) {
        const fv_lookup_slot *slot = &index->slots[(hash + walk->steps) & (index->capacity - 1)];
        if (slot->value == FV_LOOKUP_NONE)
            return FV_LOOKUP_NONE;
        walk->steps++;
        if (slot->hash == hash)
            return slot->value;
    }
    return FV_LOOKUP_NONE;
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
