#include "mend/apply.h"

#include <string.h>

/* ---- a copy for the report ---- */

static bool copy_text(fv_arena *arena, const char **text)
{
    if (*text != NULL)
        *text = fv_arena_copy_text(arena, *text, strlen(*text));
    return *text != NULL;
}

static bool copy_action(fv_arena *arena, const fv_report_action *from, fv_report_action *out)
{
    *out = *from;
    const char **texts[] = {&out->owner, &out->data,    &out->record.owner, &out->record.data,
                            &out->hurts, &out->address, &out->certificate};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (*texts[i] != NULL && !copy_text(arena, texts[i]))
            return false;
    }
    uint32_t *why = fv_arena_alloc_array(arena, from->num_why + 1, sizeof(*why));
    if (why == NULL)
        return false;
    if (from->num_why > 0)
        memcpy(why, from->why, from->num_why * sizeof(*why));
    out->why = why;
    return true;
}

static fedval_status take_actions(fv_mend *mend, const fv_given_actions *given)
{
    mend->actions = fv_arena_alloc_array(mend->arena, given->num_items + 1, sizeof(*mend->actions));
    for (size_t i = 0; mend->actions != NULL && i < given->num_items; i++) {
        if (!copy_action(mend->arena, &given->items[i], &mend->actions[i]))
            return FEDVAL_ERROR_NO_MEMORY;
        mend->num_actions++;
        mend->is_beyond |= given->items[i].kind == FEDVAL_ACTION_DOMAIN;
    }
    return mend->actions != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

/* ---- the whole ---- */

fedval_status fv_mend_apply(fv_arena *arena, const fv_judgement *first,
                            const fv_given_actions *given, fv_mend *out, fedval_report *report)
{
    static const fv_mend_stage stages[] = {fv_apply_records, fv_apply_probes,
                                           fv_apply_certificates};
    fv_judgement last;
    fv_mend_begin(arena, first, out);
    fedval_status status = take_actions(out, given);
    if (status == FEDVAL_OK)
        status = fv_mend_run(out, stages, sizeof(stages) / sizeof(stages[0]), &last);
    out->now = NULL;
    return status == FEDVAL_OK ? fv_mend_tell_outcome(out, &last, report) : status;
}
