/* The sources that were read, and what each holds. */
#include "logs/incidents/store.h"

static bool take_answers(fv_arena *arena, const uint64_t *answers, size_t num_statuses,
                         fv_answers *out)
{
    size_t count = 0;
    for (size_t i = 0; i < num_statuses; i++)
        count += answers[i] > 0;
    out->num_statuses = 0;
    out->statuses = fv_arena_alloc_array(arena, count, sizeof(uint32_t));
    out->counts = fv_arena_alloc_array(arena, count, sizeof(uint64_t));
    if (out->statuses == NULL || out->counts == NULL)
        return false;
    for (size_t i = 0; i < num_statuses; i++) {
        if (answers[i] == 0)
            continue;
        out->statuses[out->num_statuses] = (uint32_t)i;
        out->counts[out->num_statuses++] = answers[i];
    }
    return true;
}

bool fv_store_add_source(fv_store *store, const fv_source *source, const uint64_t *answers,
                         size_t num_statuses)
{
    void *sources = store->sources;
    fv_source *slot = fv_arena_append(&store->arena, &sources, &store->num_sources,
                                      &store->sources_capacity, sizeof(fv_source));
    store->sources = sources;
    if (slot == NULL)
        return false;
    *slot = *source;
    return take_answers(&store->arena, answers, num_statuses, &slot->answers);
}
