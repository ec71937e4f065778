/* Which certificate a row of the plan means, where it exists already. */
#include "base/sha256.h"
#include "mend/plan/plan.h"

/* Returns the end-entity certificate that will serve; NULL: it is still to be issued, or nobody has
 * seen it. */
static const fv_certificate *serving(const fedval_plan_certificate *certificate)
{
    bool is_kept = certificate->origin == FEDVAL_PLAN_ORIGIN_KEEP;
    const fv_plan_chain *chain = &certificate->chains[is_kept ? FV_PLAN_PRESENT : FV_PLAN_READY];
    if (!is_kept && certificate->origin != FEDVAL_PLAN_ORIGIN_READY_CERTIFICATE)
        return NULL;
    return !chain->is_assumed && chain->num_certificates > 0 ? chain->certificates[0] : NULL;
}

static bool identify(fedval_plan *plan, fedval_plan_certificate *certificate)
{
    const fv_certificate *facts = serving(certificate);
    fv_buf serial;
    if (facts == NULL)
        return true;
    fv_buf_init(&serial);
    fv_buf_append_hex(&serial, facts->serial);
    fv_sha256_write(facts->der, certificate->sha256);
    certificate->serial =
        serial.failed ? NULL : fv_arena_copy_text(&plan->arena, serial.data, serial.len);
    fv_buf_clear(&serial);
    return certificate->serial != NULL;
}

fedval_status fv_plan_identify(fv_planner *planner)
{
    for (size_t i = 0; i < planner->plan->num_certificates; i++) {
        if (!identify(planner->plan, &planner->plan->certificates[i]))
            return FEDVAL_ERROR_NO_MEMORY;
    }
    return FEDVAL_OK;
}

const char *fedval_plan_certificate_get_sha256(const fedval_plan_certificate *certificate)
{
    return certificate == NULL || certificate->serial == NULL ? NULL : certificate->sha256;
}

const char *fedval_plan_certificate_get_serial(const fedval_plan_certificate *certificate)
{
    return certificate == NULL ? NULL : certificate->serial;
}
