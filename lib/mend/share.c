/* What the stages share: texts, actions, findings, and the evidence that may be changed. */
#include "mend/mend.h"

#include <stdlib.h>
#include <string.h>

const char *fv_mend_join(fv_mend *mend, const char *const *pieces)
{
    const char *joined = fv_arena_join(mend->arena, pieces);
    mend->is_out_of_memory |= joined == NULL;
    return joined;
}

static fedval_status append(fv_mend *mend, const fv_report_action *action)
{
    void *items = mend->actions;
    fv_report_action *slot = fv_arena_append(mend->arena, &items, &mend->num_actions,
                                             &mend->actions_capacity, sizeof(*slot));
    if (slot == NULL || action->data == NULL || mend->is_out_of_memory)
        return FEDVAL_ERROR_NO_MEMORY;
    mend->actions = items;
    mend->is_changed = true;
    *slot = *action;
    return FEDVAL_OK;
}

static bool is_listed(const uint32_t *codes, size_t num_codes, uint32_t code)
{
    for (size_t i = 0; i < num_codes; i++) {
        if (codes[i] == code)
            return true;
    }
    return false;
}

#define MAX_WHY 16

static fv_report_action *find_told(const fv_mend *mend)
{
    for (size_t i = 0; i < mend->num_actions; i++) {
        fv_report_action *action = &mend->actions[i];
        if (action->kind == FEDVAL_ACTION_PARTNER && strcmp(action->owner, mend->provider) == 0)
            return action;
    }
    return NULL;
}

static fedval_status begin_telling(fv_mend *mend)
{
    fv_report_action action = {
        .side = FEDVAL_SIDE_MICROSOFT,
        .op = FEDVAL_OP_REPLACE,
        .kind = FEDVAL_ACTION_PARTNER,
        .owner = mend->provider,
        .data = FV_MEND_JOIN(mend,
                             "No record and no certificate of yours mends this: report it to the "
                             "hosting provider that runs ",
                             mend->provider),
    };
    return append(mend, &action);
}

/* Each provider gets one action for all faults of its servers. */
static fedval_status tell_provider(fv_mend *mend, const fv_report_action *action)
{
    uint32_t *why = fv_arena_alloc_array(mend->arena, MAX_WHY, sizeof(*why));
    if (why == NULL || (find_told(mend) == NULL && begin_telling(mend) != FEDVAL_OK))
        return FEDVAL_ERROR_NO_MEMORY;
    fv_report_action *told = find_told(mend);
    size_t count = told->num_why;
    if (count > 0)
        memcpy(why, told->why, count * sizeof(*why));
    for (size_t i = 0; i < action->num_why && count < MAX_WHY; i++) {
        if (!is_listed(why, count, action->why[i]))
            why[count++] = action->why[i];
    }
    told->why = why;
    told->num_why = count;
    mend->is_changed = true;
    return FEDVAL_OK;
}

/* Signatures have no data: what is to be done with them is a sentence. */
static fedval_status append_record(fv_mend *mend, const fv_report_action *action)
{
    fv_report_action told = *action;
    fv_record *record = &told.record;
    if (record->type != FV_TYPE_RRSIG) {
        told.data = fv_record_print_data(mend->arena, record);
        record->data = FV_MEND_JOIN(mend, record->data);
    }
    told.owner = fv_record_print_name(mend->arena, record->owner);
    record->owner = FV_MEND_JOIN(mend, record->owner);
    return told.owner == NULL || record->owner == NULL ? FEDVAL_ERROR_NO_MEMORY
                                                       : append(mend, &told);
}

fedval_status fv_mend_add(fv_mend *mend, const fv_report_action *action)
{
    if (mend->provider == NULL) {
        return action->kind == FEDVAL_ACTION_DNS ? append_record(mend, action)
                                                 : append(mend, action);
    }
    return action->op == FEDVAL_OP_KEEP ? FEDVAL_OK : tell_provider(mend, action);
}

static bool is_at(const fv_remark *remark, const char *target)
{
    return target == NULL ||
           (remark->where.target != NULL && strcmp(remark->where.target, target) == 0);
}

static bool decides(const fv_remark *remark)
{
    return remark->severity > FEDVAL_SEVERITY_WARNING && fv_remark_counts(remark);
}

static bool is_cured(const fv_remark *remark, uint32_t cures)
{
    return (cures >> fedval_catalogue_find(remark->code)->cure & 1u) != 0;
}

size_t fv_mend_collect_why(const fv_mend *mend, uint32_t cures, const char *target,
                           const uint32_t **out_why)
{
    static const uint32_t nothing[1];
    const fv_remarks *remarks = &mend->now->remarks;
    uint32_t *why = NULL;
    size_t count = 0;
    *out_why = nothing;
    for (size_t i = 0; i < remarks->num_items && count < MAX_WHY; i++) {
        const fv_remark *remark = &remarks->items[i];
        if (!decides(remark) || !is_at(remark, target) || !is_cured(remark, cures))
            continue;
        if (why == NULL)
            *out_why = why = fv_arena_alloc_array(mend->arena, MAX_WHY, sizeof(*why));
        if (why == NULL)
            return 0;
        if (!is_listed(why, count, remark->code))
            why[count++] = remark->code;
    }
    return count;
}

bool fv_mend_was_found(const fv_mend *mend, uint32_t code)
{
    const fv_remarks *remarks = &mend->first->remarks;
    for (size_t i = 0; i < remarks->num_items; i++) {
        if (remarks->items[i].code == code && remarks->items[i].severity > FEDVAL_SEVERITY_WARNING)
            return true;
    }
    return false;
}

/* Where the views agree, all of them will see what is changed: it is changed in the first, and the
 * others are left out. */
fedval_status fv_mend_open_evidence(fv_mend *mend, fedval_evidence **out)
{
    if (mend->evidence == NULL) {
        fedval_status status =
            fv_mend_was_found(mend, FEDVAL_FINDING_VIEWS_DIFFER) ||
                    fv_mend_was_found(mend, FEDVAL_FINDING_FAULT_IN_ONE_VIEW)
                ? fv_evidence_copy_with_first(mend->input.evidence, 0, &mend->evidence)
                : fv_evidence_copy_first_view(mend->input.evidence, &mend->evidence);
        if (status != FEDVAL_OK)
            return status;
        mend->evidence->keeps_replaced = true;
        mend->input.evidence = mend->evidence;
    }
    *out = mend->evidence;
    return FEDVAL_OK;
}
