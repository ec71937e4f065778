/* Makes one list of names for each peer of a cluster, for all targets and all domains at once
 * (R8). */
#include "fedval/certificate.h"
#include "mend/reissue.h"

static bool lacks(const fv_mend *mend, const fv_scene_chain *chain, const char *name)
{
    return !fedval_name_match_is_accepted(
        fv_scene_compare_name(&mend->now->scene, chain, name, NULL));
}

/* Returns whether a peer needs all names: it lacks one of `needed`, or its certificate is reissued
 * for another reason anyway. */
static bool is_due(const fv_mend *mend, const fv_cluster *needed, const fv_reissue *item)
{
    if (item->num_names > 0 || item->num_mended > 0)
        return true;
    for (size_t i = 0; i < needed->num_names; i++) {
        if (lacks(mend, item->chain, needed->names[i]))
            return true;
    }
    return false;
}

typedef struct lists {
    fv_cluster needed; /* the names that are needed now */
    /* the names that are needed once every domain has the records that its actions make */
    fv_cluster planned;
} lists;

static fedval_status add_names(fv_mend *mend, const lists *names, fv_reissue *item,
                               const char *owner)
{
    fedval_status status = FEDVAL_OK;
    if (item == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    if (!is_due(mend, &names->needed, item))
        return FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < names->planned.num_names; i++) {
        if (lacks(mend, item->chain, names->planned.names[i]))
            status = fv_reissue_add_cluster_name(mend, item, owner, names->planned.names[i]);
    }
    return status;
}

static fedval_status add_to_peers(fv_mend *mend, const lists *names, fv_reissues *all,
                                  const fv_scene_target *target)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < target->num_addresses; i++) {
        const fv_scene_address *at = &target->addresses[i];
        if (at->has_presented && at->presented.name_match != 0) {
            status =
                add_names(mend, names, fv_reissue_open(mend, all, target, at, at->presented.chain),
                          target->host);
        }
    }
    return status;
}

/* Returns whether a missing name was found and not accepted. Otherwise the names that are lacking
 * now are not asked for. */
static bool is_any_found(const fv_mend *mend)
{
    const fv_remarks *remarks = &mend->now->remarks;
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark *remark = &remarks->items[i];
        if (remark->code == FEDVAL_FINDING_CLUSTER_NAME_MISSING && fv_remark_counts(remark))
            return true;
    }
    return false;
}

static bool is_any_reissued(const fv_reissues *all)
{
    for (size_t i = 0; i < all->num_items; i++) {
        if (all->items[i].num_names > 0 || all->items[i].num_mended > 0)
            return true;
    }
    return false;
}

fedval_status fv_mend_cluster(fv_mend *mend, fv_reissues *all)
{
    const fv_scene *scene = &mend->now->scene;
    lists names;
    if (!is_any_found(mend) && !is_any_reissued(all))
        return FEDVAL_OK;
    fedval_status status = fv_cluster_collect(scene, false, &names.needed);
    if (status == FEDVAL_OK)
        status = fv_cluster_collect(scene, true, &names.planned);
    if (!is_any_found(mend))
        names.needed.num_names = 0;
    if (status == FEDVAL_OK && scene->has_client) {
        return add_names(mend, &names, fv_reissue_open(mend, all, NULL, NULL, scene->client.chain),
                         NULL);
    }
    for (size_t i = 0; status == FEDVAL_OK && i < scene->num_targets; i++) {
        if (fv_cluster_has_peer(&scene->targets[i]))
            status = add_to_peers(mend, &names, all, &scene->targets[i]);
    }
    return status;
}
