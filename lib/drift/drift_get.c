/* The getters of a drift. */
#include "drift/drift.h"

#include <stdlib.h>

void fedval_drift_free(fedval_drift *drift)
{
    if (drift == NULL)
        return;
    fv_arena_clear(&drift->arena);
    free(drift);
}

const char *fedval_drift_get_domain(const fedval_drift *drift)
{
    return drift == NULL ? NULL : drift->domain;
}

const char *fedval_drift_get_profile(const fedval_drift *drift)
{
    return drift == NULL ? NULL : drift->profile;
}

uint32_t fedval_drift_get_change(const fedval_drift *drift)
{
    return drift == NULL ? 0 : drift->change;
}

size_t fedval_drift_count_items(const fedval_drift *drift)
{
    return drift == NULL ? 0 : drift->num_items;
}

const fedval_drift_item *fedval_drift_get_item(const fedval_drift *drift, size_t index)
{
    return index < fedval_drift_count_items(drift) ? &drift->items[index] : NULL;
}

uint32_t fedval_drift_item_get_changed(const fedval_drift_item *item)
{
    return item == NULL ? 0 : item->what;
}

uint32_t fedval_drift_item_get_effect(const fedval_drift_item *item)
{
    return item == NULL ? 0 : item->effect;
}

const char *fedval_drift_item_get_place(const fedval_drift_item *item)
{
    return item == NULL ? NULL : item->place;
}

uint32_t fedval_drift_item_get_role(const fedval_drift_item *item)
{
    return item == NULL ? 0 : item->role;
}

const char *fedval_drift_item_get_old(const fedval_drift_item *item)
{
    return item == NULL ? NULL : item->before;
}

const char *fedval_drift_item_get_new(const fedval_drift_item *item)
{
    return item == NULL ? NULL : item->now;
}

uint32_t fedval_drift_item_is_renewal(const fedval_drift_item *item)
{
    return item != NULL && item->is_renewal;
}
