/* Collects the CA certificates that Expressway has to hold to send the whole chain, and that a
 * partner may have to import. */
#include "mend/plan/plan.h"

#include "base/sha256.h"

#include <string.h>

static bool has_authority(const fedval_plan *plan, size_t cluster, fv_bytes der)
{
    for (size_t i = 0; i < plan->num_cas; i++) {
        if (fv_bytes_equal(plan->cas[i].der, der) &&
            (plan->cas[i].cluster == cluster || plan->cas[i].cluster == SIZE_MAX))
            return true;
    }
    return false;
}

/* Adds `der` if it is a CA certificate; else does nothing. */
static fedval_status add_authority(fv_planner *planner, size_t cluster, fv_bytes der)
{
    fedval_plan *plan = planner->plan;
    fv_certificate facts;
    fv_bytes copy;
    void *items = plan->cas;
    if (has_authority(plan, cluster, der))
        return FEDVAL_OK;
    if (!fv_arena_copy_bytes(&plan->arena, der, &copy))
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = fv_certificate_decode(&plan->arena, copy, &facts);
    if (status == FEDVAL_ERROR_NO_MEMORY)
        return status;
    if (status != FEDVAL_OK || facts.basic_constraints.presence != FV_KNOWN ||
        !facts.basic_constraints.is_ca)
        return FEDVAL_OK;
    fv_plan_ca *slot =
        fv_arena_append(&plan->arena, &items, &plan->num_cas, &plan->cas_capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    plan->cas = items;
    slot->cluster = cluster;
    slot->der = copy;
    slot->is_root = fv_certificate_is_self_issued(&facts);
    slot->name = fv_certificate_copy_name(&plan->arena, &facts);
    slot->name_kind = fv_certificate_name_kind(&facts);
    fv_sha256_write(copy, slot->sha256);
    return slot->name == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

/* Adds the path that the rules accepted for the ready chain, with its anchor. If there is none,
 * adds the CAs in the ready file. */
static fedval_status add_chain(fv_planner *planner, const fedval_plan_certificate *certificate)
{
    const fv_trust_path *path = certificate->chains[FV_PLAN_PLANNED].trust.accepted;
    fedval_status status = FEDVAL_OK;
    if (certificate->origin != FEDVAL_PLAN_ORIGIN_READY_CERTIFICATE)
        return FEDVAL_OK;
    for (size_t i = 1; path != NULL && status == FEDVAL_OK && i < path->num_rungs; i++)
        status = add_authority(planner, certificate->cluster, path->rungs[i].certificate->der);
    for (size_t i = 1; path == NULL && status == FEDVAL_OK && i < certificate->num_ready_der; i++)
        status = add_authority(planner, certificate->cluster, certificate->ready_der[i]);
    return status;
}

fedval_status fv_plan_authorities(fv_planner *planner)
{
    const fedval_intent *intent = planner->intent;
    fedval_plan *plan = planner->plan;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; i < intent->num_files; i++) {
        const fv_intent_file *file = &intent->files[i];
        if (file->use != FEDVAL_INTENT_FILE_TRUST)
            continue;
        for (size_t k = 0; status == FEDVAL_OK && k < file->num_chain; k++)
            status = add_authority(planner, SIZE_MAX, file->chain[k]);
    }
    for (size_t i = 0; status == FEDVAL_OK && i < plan->num_certificates; i++)
        status = add_chain(planner, &plan->certificates[i]);
    return status;
}

static uint32_t ca_of_chain(const fedval_plan_certificate *certificate)
{
    const fv_plan_chain *chain = &certificate->chains[FV_PLAN_PLANNED];
    if (!chain->is_known || chain->is_assumed)
        return FV_CA_UNKNOWN;
    if (chain->trust.trust == FEDVAL_TRUST_BY_PUBLIC)
        return FV_CA_PUBLIC;
    return chain->trust.trust == FEDVAL_TRUST_BY_PRIVATE ? FV_CA_PRIVATE : FV_CA_UNKNOWN;
}

bool fv_plan_tells_first(const fedval_plan *plan)
{
    bool any = plan->ca == FV_CA_PRIVATE;
    for (size_t i = 0; plan->ca == FV_CA_UNKNOWN && i < plan->num_certificates; i++) {
        any |= plan->certificates[i].origin == FEDVAL_PLAN_ORIGIN_READY_CERTIFICATE &&
               ca_of_chain(&plan->certificates[i]) == FV_CA_PRIVATE;
    }
    return any;
}

uint32_t fv_plan_find_ca(const fedval_plan *plan)
{
    uint32_t found = FV_CA_UNKNOWN;
    if (plan->ca != FV_CA_UNKNOWN)
        return plan->ca;
    if (fv_plan_tells_first(plan))
        return FV_CA_PRIVATE;
    for (size_t i = 0; i < plan->num_certificates; i++) {
        uint32_t ca = ca_of_chain(&plan->certificates[i]);
        if (ca == FV_CA_UNKNOWN)
            return ca;
        if (found != FV_CA_PRIVATE)
            found = ca;
    }
    return found;
}
