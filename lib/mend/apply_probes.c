/* Second stage: the same servers answer where the new records lead. */
#include "mend/apply.h"

#include <string.h>

static bool is_still_there(const fv_scene *scene, const fv_scene_target *old)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (target->host != NULL && old->host != NULL && strcmp(target->host, old->host) == 0 &&
            target->port == old->port)
            return true;
    }
    return false;
}

static bool is_same_address(const fv_scene_address *from, const fv_scene_address *to)
{
    return from->text != NULL && to->text != NULL && strcmp(from->text, to->text) == 0;
}

/* How it answers at an address or a port that has to change says nothing about the new one; what it
 * presents it will present there too. */
static bool is_telling(const fv_scene_address *from, const fv_scene_target *old,
                       const fv_scene_address *to, const fv_scene_target *target)
{
    bool is_same = is_same_address(from, to);
    bool is_anywhere = from->probe != NULL && from->probe->question.address == NULL;
    if (from->probe == NULL || (!is_same && !from->has_presented))
        return false;
    return from->has_presented ? true : is_same && (old->port == target->port || is_anywhere);
}

static fedval_status copy_probe(fv_mend *mend, const fedval_fact *probe,
                                const fv_scene_target *target, const fv_scene_address *to)
{
    fedval_evidence *evidence;
    fedval_status status = fv_mend_open_evidence(mend, &evidence);
    if (status != FEDVAL_OK)
        return status;
    fedval_fact renamed = *probe;
    renamed.question.host = target->host;
    renamed.question.address = probe->question.address != NULL ? to->text : NULL;
    renamed.question.port = probe->question.port != 0 ? target->port : 0;
    mend->is_changed = true;
    return fedval_evidence_append(evidence, &renamed);
}

/* The address that is the same, else the first that presents something. NULL: there is none, or
 * nobody looked at that address before either. */
static const fv_scene_address *find_like(const fv_scene_target *old, const fv_scene_address *to,
                                         const fv_scene_target *target)
{
    const fv_scene_address *found = NULL;
    for (size_t i = 0; i < old->num_addresses; i++) {
        const fv_scene_address *from = &old->addresses[i];
        bool is_same = is_same_address(from, to);
        if (is_same && from->probe == NULL)
            return NULL;
        if (!is_telling(from, old, to, target))
            continue;
        if (is_same)
            return from;
        if (found == NULL)
            found = from;
    }
    return found;
}

static bool takes_over(const fv_mend *mend, const fv_scene_target *old,
                       const fv_scene_target *target)
{
    if (old->is_provider || old->host == NULL || target->host == NULL)
        return old->host == NULL && !old->is_provider && target->host != NULL;
    return strcmp(old->host, target->host) == 0 || !is_still_there(&mend->now->scene, old);
}

static fedval_status probe_address(fv_mend *mend, const fv_scene_target *target,
                                   const fv_scene_address *to)
{
    const fv_scene *first = &mend->first->scene;
    for (size_t i = 0; i < first->num_targets; i++) {
        const fv_scene_target *old = &first->targets[i];
        const fv_scene_address *from =
            takes_over(mend, old, target) ? find_like(old, to, target) : NULL;
        if (from != NULL)
            return copy_probe(mend, from->probe, target, to);
    }
    return FEDVAL_OK;
}

fedval_status fv_apply_probes(fv_mend *mend)
{
    const fv_scene *scene = &mend->now->scene;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        for (size_t k = 0; status == FEDVAL_OK && k < target->num_addresses; k++) {
            if (target->addresses[k].probe == NULL)
                status = probe_address(mend, target, &target->addresses[k]);
        }
    }
    return status;
}
