#include "rules/rules.h"

bool fv_remarks_append(fv_arena *arena, fv_remarks *remarks, const fv_remark *remark)
{
    void *items = remarks->items;
    fv_remark *slot =
        fv_arena_append(arena, &items, &remarks->num_items, &remarks->capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    remarks->items = items;
    *slot = *remark;
    return true;
}
