/* Adds steps to a plan. */
#include "mend/plan/step.h"

/* Makes the words of the record, which is of today or of the plan. */
static bool print_record(fedval_plan *plan, fedval_plan_step *step)
{
    fv_record *record = &step->record;
    step->owner = fv_record_print_name(&plan->arena, record->owner);
    step->type = fv_record_type_word(record->type);
    step->data = fv_record_print_data(&plan->arena, record);
    record->owner = record->owner == NULL ? NULL : fv_plan_copy(plan, record->owner);
    record->data = record->data == NULL ? NULL : fv_plan_copy(plan, record->data);
    return record->owner != NULL && record->data != NULL;
}

fedval_plan_step *fv_plan_add_step(fv_planner *planner, const fedval_plan_step *step)
{
    fedval_plan *plan = planner->plan;
    void *items = plan->steps;
    fedval_plan_step told = *step;
    if ((step->kind == FEDVAL_PLAN_KIND_DNS && !print_record(plan, &told)) || told.owner == NULL ||
        told.data == NULL)
        return NULL;
    fedval_plan_step *slot = fv_arena_append(&plan->arena, &items, &plan->num_steps,
                                             &plan->steps_capacity, sizeof(*slot));
    if (slot == NULL)
        return NULL;
    plan->steps = items;
    *slot = told;
    slot->number = (uint32_t)plan->num_steps;
    /* An alias goes in the same change in which the records come: "If a CNAME RR is present at a
     * node, no other data should be present" (RFC 1034 3.6.2). */
    slot->is_one_change = step->op == FEDVAL_OP_REMOVE && step->record.type == FEDVAL_TYPE_CNAME;
    return slot;
}

/* Inserts a number so that the step's list ascends. */
static void insert_after(fedval_plan_step *step, uint32_t number)
{
    size_t at = step->num_after++;
    for (; at > 0 && step->after[at - 1] > number; at--)
        step->after[at] = step->after[at - 1];
    step->after[at] = number;
}

bool fv_plan_set_after(fv_planner *planner, fedval_plan_step *step, const uint32_t *numbers,
                       size_t count)
{
    step->after = fv_arena_alloc_array(&planner->plan->arena, count, sizeof(*step->after));
    if (step->after == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] != 0)
            insert_after(step, numbers[i]);
    }
    return true;
}
