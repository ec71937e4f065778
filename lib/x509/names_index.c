/* An index of the dNSNames of a certificate. The peers of a large cluster hold a name for each of
 * their domains, and each of these domains looks for its own name there. */
#include "base/hash.h"
#include "x509/general_name.h"

/* So few names are looked through as quickly as an index is asked. */
#define FEW_NAMES 32

struct fv_names_index {
    /* For each hash, the number of the first name, counted from 1; 0: there is none. Different
     * names may have the same hash. If somebody chose names so that all have, finding one costs as
     * much as without an index, and no more. */
    uint32_t *first;
    uint32_t *next; /* for each name, the number of the next one with the same hash */
    size_t mask;
    bool has_pattern;
};

/* Texts that are equal but for bits of 0x20, and so for ASCII case, have equal hashes. */
static size_t slot_of(const fv_names_index *index, fv_bytes name)
{
    return (size_t)fv_hash_bytes(FV_HASH_SEED, name, 0x20) & index->mask;
}

static bool is_pattern(const fv_general_name *name)
{
    return name->type == FV_GN_URI ||
           (name->type == FV_GN_DNS && name->value.len > 0 && name->value.data[0] == '*');
}

/* The last name goes in first, so that each list has its names in their order. */
static void fill(fv_names_index *index, const fv_general_names *names)
{
    for (size_t i = names->num_items; i > 0; i--) {
        const fv_general_name *name = &names->items[i - 1];
        index->has_pattern |= is_pattern(name);
        if (name->type != FV_GN_DNS)
            continue;
        size_t slot = slot_of(index, name->value);
        index->next[i - 1] = index->first[slot];
        index->first[slot] = (uint32_t)i;
    }
}

bool fv_general_names_index(fv_arena *arena, fv_general_names *names)
{
    size_t num_slots = 2 * FEW_NAMES;
    names->index = NULL;
    if (names->num_items <= FEW_NAMES || names->num_items > UINT32_MAX / 2)
        return true;
    while (num_slots < names->num_items)
        num_slots *= 2;
    fv_names_index *index = fv_arena_alloc(arena, sizeof(*index));
    if (index == NULL)
        return false;
    index->mask = num_slots - 1;
    index->first = fv_arena_alloc_array(arena, num_slots, sizeof(*index->first));
    index->next = fv_arena_alloc_array(arena, names->num_items, sizeof(*index->next));
    if (index->first == NULL || index->next == NULL)
        return false;
    fill(index, names);
    names->index = index;
    return true;
}

static const fv_general_name *next_in_list(const fv_general_names *names, fv_bytes name, size_t at)
{
    for (; at < names->num_items; at++) {
        const fv_general_name *item = &names->items[at];
        if (item->type == FV_GN_DNS && item->value.len == name.len)
            return item;
    }
    return NULL;
}

const fv_general_name *fv_general_names_next_dns(const fv_general_names *names, fv_bytes name,
                                                 const fv_general_name *last)
{
    const fv_names_index *index = names->index;
    size_t at = last == NULL ? 0 : (size_t)(last - names->items) + 1;
    if (index == NULL)
        return next_in_list(names, name, at);
    uint32_t number = last == NULL ? index->first[slot_of(index, name)] : index->next[at - 1];
    return number == 0 ? NULL : &names->items[number - 1];
}

bool fv_general_names_may_have_pattern(const fv_general_names *names)
{
    return names->index == NULL || names->index->has_pattern;
}
