#include "rules/rules.h"

bool fv_findings_append(fv_arena *arena, fv_findings *findings, const fv_finding *finding)
{
    void *items = findings->items;
    fv_finding *slot =
        fv_arena_append(arena, &items, &findings->num_items, &findings->capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    findings->items = items;
    *slot = *finding;
    return true;
}
