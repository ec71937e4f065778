/* Records that lead to a hosting provider, and the standby that can take the place of others. */
#include "base/sip_tls.h"
#include "mend/mend.h"

/* Returns the standby that takes the place of the preferred targets, if none of these satisfies R2.
 * NULL: there is none. */
const fv_scene_target *fv_mend_find_substitute(const fv_scene *scene)
{
    const fv_scene_target *substitute = NULL;
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (target->counts && target->fits)
            return NULL;
        /* One that fits and does not count is a standby. */
        if (substitute == NULL && target->fits && !target->is_provider)
            substitute = target;
    }
    return substitute;
}

/* Whether the record leads to a provider, or does once it has its final dot. For a domain at
 * Microsoft that dot is the whole mend. */
static bool is_to_provider(const fv_scene *scene, const fv_scene_target *target)
{
    return !target->fits &&
           (target->is_provider || (target->undotted != NULL && scene->side == FEDVAL_SIDE_CISCO));
}

/* Returns whether every record that the Edge may use leads to a provider. The Cisco side then calls
 * from a domain that is homed there. */
bool fv_mend_is_homed_at_provider(const fv_scene *scene)
{
    bool any = false;
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (target->counts && !is_to_provider(scene, target))
            return false;
        any |= target->counts;
    }
    return any;
}

/* Returns what becomes of the record. */
static const char *how_it_stays(fv_mend *mend)
{
    const fv_scene *scene = &mend->now->scene;
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (scene->targets[i].counts && scene->targets[i].undotted != NULL) {
            return FV_MEND_JOIN(mend, "gets the final dot that it likely lacks (",
                                scene->targets[i].undotted, ".)");
        }
    }
    return "as it is";
}

/* The record serves all users of the domain, so it stays, and the Cisco side gets a domain of its
 * own. A check of that domain would be needed to know its result. */
fedval_status fv_mend_move_out(fv_mend *mend)
{
    const fv_scene *scene = &mend->now->scene;
    const fv_scene_target *substitute = fv_mend_find_substitute(scene);
    const char *own = substitute != NULL ? "; take out the one to " : "";
    const char *own_name = substitute != NULL ? substitute->name : "";
    const uint32_t *why;
    size_t num_why = fv_mend_collect_why(mend, FV_MEND_BY(SRV_RECORD), NULL, &why);
    if (why == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    const fv_mend_ttl ttl = fv_mend_ttl_of(mend, scene->srv, scene->targets[0].ttl);
    fv_report_action domain = {
        .side = scene->side,
        .op = FEDVAL_OP_ADD,
        .kind = FEDVAL_ACTION_DOMAIN,
        .owner = scene->domain,
        .data = FV_MEND_JOIN(mend, "Give the Cisco side a SIP domain of its own, such as video.",
                             scene->domain, ", and check that one: ", scene->domain,
                             " stays with Microsoft, and its record ", how_it_stays(mend), own,
                             own_name),
        .why = why,
        .num_why = num_why,
    };
    fv_report_action record = {
        .side = scene->side,
        .op = FEDVAL_OP_REPLACE,
        .kind = FEDVAL_ACTION_DNS,
        .record = fv_mend_srv_record(
            mend, NULL, FV_SIP_TLS_PORT,
            substitute != NULL ? substitute->name
                               : FV_MEND_JOIN(mend, FV_MEND_HOST_TO_CHOOSE, ".", scene->domain)),
        .ttl_authority = ttl.authority,
        .why = why,
        .num_why = num_why,
        .hurts =
            FV_MEND_JOIN(mend, "ends federation for everybody at Microsoft whose address is in ",
                         scene->domain, ": their partners would call the Cisco side"),
        .alternative_to = 1,
    };
    record.record.ttl = ttl.seconds;
    record.record.is_to_choose = substitute == NULL;
    mend->is_beyond = true;
    fedval_status status = fv_mend_add(mend, &domain);
    return status == FEDVAL_OK ? fv_mend_add(mend, &record) : status;
}
