/* Part of the stage of SRV records: their port and their owner. */
#include "base/sip_tls.h"
#include "mend/mend.h"

uint16_t fv_mend_choose_port(const fv_mend *mend, const fv_scene_target *target)
{
    if (target == NULL || target->port == 0)
        return FV_SIP_TLS_PORT;
    bool is_plain_sip = target->port == FV_SIP_PLAIN_PORT &&
                        fv_mend_was_found(mend, FEDVAL_FINDING_SRV_PORT_PLAIN_SIP);
    bool is_swapped = target->priority == FV_SIP_TLS_PORT || target->weight == FV_SIP_TLS_PORT;
    return is_plain_sip || is_swapped ? FV_SIP_TLS_PORT : target->port;
}

fv_record fv_mend_srv_record(const fv_mend *mend, const fv_scene_target *like, uint16_t port,
                             const char *target)
{
    fv_record record = {.type = FEDVAL_TYPE_SRV, .port = port, .data = target};
    record.owner = mend->now->scene.srv_owner;
    record.priority = like != NULL ? like->priority : 0;
    record.weight = like != NULL ? like->weight : 0;
    return record;
}

static const fv_record *find_owner_alias(const fv_mend *mend)
{
    const fedval_fact *srv = mend->first->scene.srv;
    return srv != NULL ? fv_fact_find_alias(srv) : NULL;
}

bool fv_mend_is_owner_alias(const fv_mend *mend)
{
    return find_owner_alias(mend) != NULL;
}

fedval_status fv_mend_remove_owner_alias(fv_mend *mend)
{
    const fv_record *alias = find_owner_alias(mend);
    const uint32_t *why;
    if (alias == NULL)
        return FEDVAL_OK;
    size_t num_why = fv_mend_collect_why(mend, FV_MEND_BY(SRV_RECORD), NULL, &why);
    if (why == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_report_action action = {
        .side = mend->now->scene.side,
        .op = FEDVAL_OP_REMOVE,
        .kind = FEDVAL_ACTION_DNS,
        .record = *alias,
        .ttl_authority = mend->first->scene.srv->authority,
        .why = why,
        .num_why = num_why,
    };
    action.record.owner = mend->now->scene.srv_owner;
    return fv_mend_add(mend, &action);
}
