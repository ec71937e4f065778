/* Part of the stage of SRV records: records that lead nowhere, beside one that works. */
#include "mend/mend.h"

static bool is_usable(const fv_mend *mend, const fv_scene_target *target)
{
    bool allows = mend->input.policy->allow_private != 0;
    for (size_t i = 0; i < target->num_addresses; i++) {
        const fv_scene_address *address = &target->addresses[i];
        if (address->text != NULL && (address->not_public == NULL || allows))
            return target->counts && target->fits;
    }
    return false;
}

static bool has_usable(const fv_mend *mend)
{
    for (size_t i = 0; i < mend->now->scene.num_targets; i++) {
        if (is_usable(mend, &mend->now->scene.targets[i]))
            return true;
    }
    return false;
}

/* Whether the name of the target has no address at all. The Edge may take such a record at every
 * call. */
static bool is_dead(fv_mend *mend, const fv_scene_target *target, const uint32_t **out_why)
{
    *out_why = NULL;
    if (!target->counts || !target->fits || target->host == NULL || target->is_provider ||
        target->num_addresses > 0)
        return false;
    size_t num_why = fv_mend_collect_why(mend, FV_MEND_BY(ADDRESS_RECORD), target->name, out_why);
    mend->is_out_of_memory = mend->is_out_of_memory || *out_why == NULL;
    return num_why == 1 && (*out_why)[0] == FEDVAL_FINDING_ADDRESS_MISSING;
}

static fedval_status add_removal(fv_mend *mend, const fv_scene_target *target, const uint32_t *why)
{
    const fv_mend_ttl ttl = fv_mend_ttl_of(mend, mend->now->scene.srv, target->ttl);
    fv_report_action action = {
        .side = mend->now->scene.side,
        .op = FEDVAL_OP_REMOVE,
        .kind = FEDVAL_ACTION_DNS,
        .record = fv_mend_srv_record(mend, target, target->port, target->host),
        .ttl_authority = ttl.authority,
        .why = why,
        .num_why = 1,
        .comes_first = true,
    };
    action.record.ttl = ttl.seconds;
    return fv_mend_add(mend, &action);
}

/* If the host is to serve calls after all, it needs an address; `number` is the removal's. */
static fedval_status add_alternative(fv_mend *mend, const fv_scene_target *target,
                                     const uint32_t *why, uint32_t number)
{
    fv_report_action action = {
        .side = mend->now->scene.side,
        .op = FEDVAL_OP_ADD,
        .kind = FEDVAL_ACTION_DNS,
        .record = fv_mend_address_record(target->host, FV_MEND_TTL, NULL),
        .why = why,
        .num_why = 1,
        .alternative_to = number,
    };
    return fv_mend_add(mend, &action);
}

/* Puts those records that stay into the evidence. */
static fedval_status keep_others(fv_mend *mend)
{
    const fv_scene *scene = &mend->now->scene;
    const uint32_t *why;
    fedval_evidence *evidence;
    fedval_fact *fact = NULL;
    fedval_status status = fv_mend_open_evidence(mend, &evidence);
    if (status == FEDVAL_OK)
        status = fedval_fact_new_dns(scene->srv_owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ANSWER);
    for (size_t i = 0; status == FEDVAL_OK && i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (is_dead(mend, target, &why))
            continue;
        status = fedval_fact_append_srv(fact, scene->srv_owner, FEDVAL_NUL_ENDED, target->ttl,
                                        target->priority, target->weight, target->port,
                                        target->name, FEDVAL_NUL_ENDED);
    }
    if (status == FEDVAL_OK)
        status = fedval_evidence_append(evidence, fact);
    fedval_fact_free(fact);
    return status;
}

fedval_status fv_mend_dead_records(fv_mend *mend)
{
    const fv_scene *scene = &mend->now->scene;
    const uint32_t *why;
    uint32_t number = 0;
    fedval_status status = FEDVAL_OK;
    if (scene->srv_owner == NULL || !has_usable(mend))
        return FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (!is_dead(mend, target, &why))
            continue;
        status = add_removal(mend, target, why);
        if (status == FEDVAL_OK)
            status = add_alternative(mend, target, why, ++number);
    }
    return status == FEDVAL_OK && number > 0 ? keep_others(mend) : status;
}
