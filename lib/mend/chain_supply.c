/* Gives the rules the chains that will be there once the actions are carried out. */
#include "mend/mend.h"

#include <string.h>

static const fv_planned_certificate *find_planned(const fv_mend *mend, const fv_scene_chain *chain)
{
    for (size_t i = 0; i < mend->num_planned; i++) {
        const fv_planned_certificate *planned = &mend->planned[i];
        if (planned->role == chain->role &&
            fv_bytes_equal(planned->replaces, chain->fact->chain[0]))
            return planned;
    }
    return NULL;
}

/* Puts the planned certificate in place of the end entity. */
static fedval_status put_planned(fv_arena *arena, const fv_planned_certificate *planned,
                                 fv_scene_chain *chain)
{
    const fv_certificate **certificates =
        fv_arena_alloc_array(arena, chain->num_certificates, sizeof(*certificates));
    if (certificates == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    memcpy(certificates, chain->certificates, chain->num_certificates * sizeof(*certificates));
    certificates[0] = &planned->facts;
    chain->certificates = certificates;
    return FEDVAL_OK;
}

static bool is_mended(const fv_planned_certificate *planned, uint32_t code)
{
    for (size_t i = 0; i < planned->num_mended; i++) {
        if (planned->mended[i] == code)
            return true;
    }
    return false;
}

static void leave_mended_out(const fv_planned_certificate *planned, fv_trust_remarks *remarks)
{
    size_t kept = 0;
    for (size_t i = 0; i < remarks->num_items; i++) {
        if (!is_mended(planned, remarks->items[i].remark.code))
            remarks->items[kept++] = remarks->items[i];
    }
    remarks->num_items = kept;
}

static fedval_status fill_planned(const fv_planned_certificate *planned, fv_arena *arena,
                                  const fv_rules_input *input, fv_scene_chain *chain)
{
    fedval_status status = fv_scene_chain_decode(arena, chain);
    if (status == FEDVAL_OK)
        status = put_planned(arena, planned, chain);
    if (status != FEDVAL_OK)
        return status;
    /* The certificate that it replaces could not be read, so there is nothing to evaluate. */
    if (planned->facts.tbs.len == 0) {
        chain->trust =
            (fv_trust_result){.trust = planned->trust, .valid_until = FEDVAL_TIME_UNKNOWN};
        return FEDVAL_OK;
    }
    status = fv_scene_chain_evaluate(arena, input, chain);
    leave_mended_out(planned, &chain->trust.end_entity);
    leave_mended_out(planned, &chain->trust.chain);
    if (planned->trust != 0)
        chain->trust.trust = planned->trust;
    return status;
}

fedval_status fv_mend_fill_chain(const fv_chain_supply *supply, fv_arena *arena,
                                 const fv_rules_input *input, fv_scene_chain *chain)
{
    const fv_mend *mend = ((const fv_mend_supply *)supply)->mend;
    const fv_planned_certificate *planned = find_planned(mend, chain);
    if (planned != NULL)
        return fill_planned(planned, arena, input, chain);
    const fv_scene_chain *first = fv_scene_find_chain(&mend->first->scene, chain->fact);
    if (first == NULL)
        return fv_chain_supply_live.fill(&fv_chain_supply_live, arena, input, chain);
    fv_scene_chain_reuse(first, chain);
    return FEDVAL_OK;
}
