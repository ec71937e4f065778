/* Third stage: the certificates that the actions ask for. */
#include "fedval/name.h"
#include "mend/apply.h"
#include "mend/reissue.h"

#include <string.h>

/* A chain where it is presented; `target` and `at` are NULL for the calling one. */
typedef struct place {
    const fv_scene_target *target;
    const fv_scene_address *at;
    const fv_scene_presented *presented;
} place;

static bool changes(const fv_report_action *action, const place *where)
{
    const fv_scene_chain *chain = where->presented->chain;
    if (action->alternative_to != 0 || action->op == FEDVAL_OP_KEEP)
        return false;
    if (action->kind == FEDVAL_ACTION_PARTNER)
        return where->target != NULL && fv_is_same_text(where->target->host, action->owner);
    if (action->kind != FEDVAL_ACTION_SAN && action->kind != FEDVAL_ACTION_TRUST)
        return false;
    const char *name = chain->certificates[0] != NULL ? chain->name : NULL;
    return (action->role == chain->role || action->is_for_both) &&
           fv_is_same_text(action->certificate, name) &&
           (action->address == NULL || where->at == NULL ||
            fv_is_same_text(action->address, where->at->text));
}

static fedval_status add_name(fv_mend *mend, fv_reissue *item, const char *name)
{
    for (size_t i = 0; i < item->num_names; i++) {
        if (strcmp(item->names[i], name) == 0)
            return FEDVAL_OK;
    }
    void *items = item->names;
    const char **slot = fv_arena_append(mend->arena, &items, &item->num_names,
                                        &item->names_capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    item->names = items;
    *slot = name;
    return FEDVAL_OK;
}

static fedval_status apply(fv_mend *mend, fv_reissue *item, const fv_report_action *action,
                           const place *where)
{
    const fv_scene_presented *presented = where->presented;
    for (size_t i = 0; i < action->num_why; i++)
        fv_reissue_take_cure(mend, item, action->why[i]);
    if (action->kind == FEDVAL_ACTION_SAN)
        return add_name(mend, item, action->data);
    bool lacks_name =
        presented->reference != NULL && !fedval_name_match_is_accepted(presented->name_match);
    return action->kind == FEDVAL_ACTION_PARTNER && lacks_name
               ? add_name(mend, item, presented->reference)
               : FEDVAL_OK;
}

static fedval_status apply_at(fv_mend *mend, fv_reissues *all, const place *where)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < mend->num_actions; i++) {
        const fv_report_action *action = &mend->actions[i];
        if (!changes(action, where))
            continue;
        fv_reissue *item =
            fv_reissue_open(mend, all, where->target, where->at, where->presented->chain);
        status = item != NULL ? apply(mend, item, action, where) : FEDVAL_ERROR_NO_MEMORY;
    }
    return status;
}

static fedval_status apply_everywhere(fv_mend *mend, fv_reissues *all)
{
    const fv_scene *scene = &mend->now->scene;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        for (size_t k = 0; k < target->num_addresses; k++) {
            const fv_scene_address *at = &target->addresses[k];
            for (size_t l = 0; status == FEDVAL_OK && at->has_presented && l <= at->num_looks; l++)
                status = apply_at(mend, all, &(place){target, at, fv_scene_shown(at, l)});
        }
    }
    if (status == FEDVAL_OK && scene->has_client)
        status = apply_at(mend, all, &(place){NULL, NULL, &scene->client});
    return status;
}

fedval_status fv_apply_certificates(fv_mend *mend)
{
    fv_reissues all = {0};
    if (mend->input.policy->scope == FEDVAL_SCOPE_DNS)
        return FEDVAL_OK;
    all.items = fv_arena_alloc_array(mend->arena, mend->now->scene.num_chains, sizeof(*all.items));
    if (all.items == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = apply_everywhere(mend, &all);
    for (size_t i = 0; status == FEDVAL_OK && i < all.num_items; i++) {
        status = fv_reissue_plan(mend, &all.items[i]);
        mend->is_changed = true;
    }
    return status;
}
