#include "drift/drift.h"

#include <string.h>

const char *fv_drift_copy(fedval_drift *drift, const char *text)
{
    const char *copied =
        text == NULL ? NULL : fv_arena_copy_text(&drift->arena, text, strlen(text));
    drift->failed |= copied == NULL && text != NULL;
    return copied;
}

void fv_drift_add(fedval_drift *drift, const fv_drift_item *item)
{
    void *items = drift->items;
    fv_drift_item *slot =
        fv_arena_append(&drift->arena, &items, &drift->num_items, &drift->capacity, sizeof(*slot));
    if (slot == NULL) {
        drift->failed = true;
        return;
    }
    drift->items = items;
    *slot = *item;
    slot->place =
        item->place == NULL || item->place[0] == '\0' ? NULL : fv_drift_copy(drift, item->place);
    slot->before = fv_drift_copy(drift, item->before);
    slot->now = fv_drift_copy(drift, item->now);
}
