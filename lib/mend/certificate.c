/* The last stage: makes sure that certificates are sound and hold the names of every target that
 * they serve. */
#include "fedval/name.h"
#include "mend/mend.h"
#include "mend/reissue.h"

#include <string.h>

/* A certificate that cannot be read counts as one that lacks the name. */
static bool lacks_name(const fv_scene_presented *presented)
{
    if (presented->name_match == 0)
        return presented->chain->certificates[0] == NULL && presented->reference != NULL;
    return !fedval_name_match_is_accepted(presented->name_match);
}

static fedval_status mend_presented(fv_mend *mend, fv_reissues *all, const fv_scene_target *target,
                                    const fv_scene_address *at, const fv_scene_presented *presented)
{
    fv_reissue *item = fv_reissue_open(mend, all, target, at, presented->chain);
    if (item == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = FEDVAL_OK;
    /* The administrator may have yet to choose the name of the host. Then no certificate holds it:
     * had one held a name that serves, that name would have been proposed. */
    if (lacks_name(presented) || (target != NULL && target->is_to_choose)) {
        status = fv_reissue_add_name(mend, item, target != NULL ? target->host : NULL,
                                     presented->reference);
    }
    return status == FEDVAL_OK ? fv_reissue_cure(mend, item, target, presented->chain) : status;
}

static fedval_status mend_target(fv_mend *mend, fv_reissues *all, const fv_scene_target *target)
{
    fedval_status status = FEDVAL_OK;
    bool is_presented = false;
    for (size_t i = 0; status == FEDVAL_OK && i < target->num_addresses; i++) {
        const fv_scene_address *at = &target->addresses[i];
        for (size_t k = 0; status == FEDVAL_OK && at->has_presented && k <= at->num_looks; k++)
            status = mend_presented(mend, all, target, at, fv_scene_shown(at, k));
        is_presented |= at->has_presented;
    }
    if (status == FEDVAL_OK && !is_presented && target->host != NULL && !target->is_provider &&
        !target->is_of_cloud && mend->input.policy->reference == FEDVAL_REFERENCE_SRV_TARGET)
        status = fv_reissue_ask_for_name(mend, target);
    return status;
}

static const char *owner_of(const fv_mend *mend, const fv_reissue *item)
{
    const fv_scene *scene = &mend->now->scene;
    for (size_t i = 0; i < scene->num_targets; i++) {
        for (size_t k = 0; k < scene->targets[i].num_addresses; k++) {
            const fv_scene_address *address = &scene->targets[i].addresses[k];
            if (address->has_presented &&
                fv_scene_is_same_certificate(address->presented.chain, item->chain))
                return scene->targets[i].host;
        }
    }
    return NULL;
}

static fedval_status mend_targets(fv_mend *mend, fv_reissues *all)
{
    const fv_scene *scene = &mend->now->scene;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        mend->provider = target->is_provider ? target->host : NULL;
        if (target->counts && !target->is_of_cloud)
            status = mend_target(mend, all, target);
    }
    mend->provider = NULL;
    return status;
}

static fedval_status plan(fv_mend *mend, fv_reissue *item)
{
    fedval_status status = FEDVAL_OK;
    /* The names that the server's certificate keeps are listed once, where it is the calling one
     * too. */
    bool is_listed = item->of_server != NULL && item->of_server->num_names > 0;
    if (item->num_names > 0 && item->provider == NULL && !is_listed)
        status = fv_reissue_keep_names(mend, item, owner_of(mend, item));
    return status == FEDVAL_OK ? fv_reissue_plan(mend, item) : status;
}

fedval_status fv_mend_certificates(fv_mend *mend)
{
    const fv_scene *scene = &mend->now->scene;
    fv_reissues all = {0};
    size_t first = mend->num_actions;
    if (mend->input.policy->scope == FEDVAL_SCOPE_DNS)
        return FEDVAL_OK;
    all.items = fv_arena_alloc_array(mend->arena, scene->num_chains, sizeof(*all.items));
    if (all.items == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = mend_targets(mend, &all);
    if (status == FEDVAL_OK && scene->has_client)
        status = mend_presented(mend, &all, NULL, NULL, &scene->client);
    if (status == FEDVAL_OK)
        status = fv_mend_cluster(mend, &all);
    for (size_t i = 0; status == FEDVAL_OK && i < all.num_items; i++)
        status = fv_reissue_order_names(mend, &all.items[i], first);
    for (size_t i = 0; status == FEDVAL_OK && i < all.num_items; i++)
        status = plan(mend, &all.items[i]);
    return status;
}
