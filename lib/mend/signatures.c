/* The first stage, repeated after new records: the signatures of DNSSEC. */
#include "mend/mend.h"

void fv_mend_sign_again(fedval_evidence *evidence)
{
    for (size_t i = 0; i < evidence->num_facts; i++) {
        if (evidence->facts[i]->dnssec == FEDVAL_DNSSEC_BOGUS)
            evidence->facts[i]->dnssec = FEDVAL_DNSSEC_SECURE;
    }
}

static bool is_signing_planned(const fv_mend *mend)
{
    for (size_t i = 0; i < mend->num_actions; i++) {
        if (mend->actions[i].kind == FEDVAL_ACTION_DNS &&
            mend->actions[i].record.type == FV_TYPE_RRSIG)
            return true;
    }
    return false;
}

fedval_status fv_mend_signatures(fv_mend *mend)
{
    const uint32_t *why;
    size_t num_why = fv_mend_collect_why(mend, FV_MEND_BY(ZONE_SIGNATURES), NULL, &why);
    fedval_evidence *evidence;
    if (why == NULL || num_why == 0)
        return why != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fv_mend_open_evidence(mend, &evidence);
    if (status != FEDVAL_OK)
        return status;
    fv_mend_sign_again(evidence);
    mend->is_changed = true;
    if (is_signing_planned(mend))
        return FEDVAL_OK;
    fv_report_action action = {
        .side = mend->now->scene.side,
        .op = FEDVAL_OP_REPLACE,
        .kind = FEDVAL_ACTION_DNS,
        .record = {.type = FV_TYPE_RRSIG, .owner = mend->now->scene.domain, .ttl = FV_MEND_TTL},
        .data = "sign the zone again, or correct or remove the DS record at the parent",
        .why = why,
        .num_why = num_why,
    };
    return fv_mend_add(mend, &action);
}
