#include "names/srv_answer.h"

#include "fedval/name.h"

/* Sets `*out` to the only record, which needs no order. */
static fedval_status take_only(fv_arena *arena, const fv_record *record, fv_srv_answer *out)
{
    if (record->type != FEDVAL_TYPE_SRV)
        return FEDVAL_OK;
    const fv_record **records = fv_arena_alloc(arena, sizeof(*records));
    if (records == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    records[0] = record;
    *out = (fv_srv_answer){records, 1, 1};
    return FEDVAL_OK;
}

typedef struct lists {
    const fv_record **records;
    uint16_t *priorities, *weights;
    uint32_t *places;
    size_t count;
} lists;

static bool make_lists(fv_arena *arena, size_t room, lists *out)
{
    out->records = fv_arena_alloc_array(arena, room, sizeof(*out->records));
    out->priorities = fv_arena_alloc_array(arena, room, sizeof(*out->priorities));
    out->weights = fv_arena_alloc_array(arena, room, sizeof(*out->weights));
    out->places = fv_arena_alloc_array(arena, room, sizeof(*out->places));
    return out->records != NULL && out->priorities != NULL && out->weights != NULL &&
           out->places != NULL;
}

static void collect(const fedval_fact *fact, lists *out)
{
    for (size_t i = 0; i < fact->num_records && out->count < FEDVAL_SRV_MAX_RECORDS; i++) {
        const fv_record *record = &fact->records[i];
        if (record->type != FEDVAL_TYPE_SRV)
            continue;
        out->records[out->count] = record;
        out->priorities[out->count] = record->priority;
        out->weights[out->count++] = record->weight;
    }
}

fedval_status fv_srv_answer_order(fv_arena *arena, const fedval_fact *fact, fv_srv_answer *out)
{
    lists found = {.count = 0};
    *out = (fv_srv_answer){NULL, 0, 0};
    if (fact->num_records == 0)
        return FEDVAL_OK;
    if (fact->num_records == 1)
        return take_only(arena, &fact->records[0], out);
    size_t room =
        fact->num_records < FEDVAL_SRV_MAX_RECORDS ? fact->num_records : FEDVAL_SRV_MAX_RECORDS;
    const fv_record **ordered = fv_arena_alloc_array(arena, room, sizeof(*ordered));
    if (ordered == NULL || !make_lists(arena, room, &found))
        return FEDVAL_ERROR_NO_MEMORY;
    collect(fact, &found);
    fedval_status status = fedval_srv_order_edge(found.priorities, found.weights, found.count,
                                                 found.places, &out->num_preferred);
    if (status != FEDVAL_OK)
        return status;
    for (size_t i = 0; i < found.count; i++)
        ordered[i] = found.records[found.places[i]];
    out->records = ordered;
    out->num_records = found.count;
    return FEDVAL_OK;
}
