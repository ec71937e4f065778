/* Whether what works now goes on working while the steps are done. */
#include "mend/plan/plan.h"

static bool hurts_any(const fedval_plan *plan)
{
    for (size_t i = 0; i < plan->num_steps; i++) {
        if (plan->steps[i].hurts != NULL && plan->steps[i].alternative_to == 0)
            return true;
    }
    return false;
}

/* Returns whether a certificate is replaced whose names are not known: other services may need some
 * of them. */
static bool replaces_unseen(const fedval_plan *plan)
{
    for (size_t i = 0; i < plan->num_certificates; i++) {
        const fedval_plan_certificate *certificate = &plan->certificates[i];
        if (certificate->role == FEDVAL_ROLE_SERVER &&
            certificate->origin != FEDVAL_PLAN_ORIGIN_KEEP &&
            (!certificate->chains[FV_PLAN_PRESENT].is_known || certificate->is_present_doubtful))
            return true;
    }
    return false;
}

static uint32_t find_harm(const fedval_plan *plan)
{
    if (hurts_any(plan))
        return FEDVAL_PLAN_HARM_SOME;
    bool is_open = replaces_unseen(plan);
    for (size_t i = 0; i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        if (domain->side == FEDVAL_SIDE_MICROSOFT)
            continue; /* the plan changes nothing there */
        if (domain->verdict_today == FEDVAL_VERDICT_NOT_CHECKED ||
            (domain->not_seen & 1u << 1) != 0)
            return FEDVAL_PLAN_HARM_UNKNOWN; /* nobody looked for its record */
        is_open |= domain->verdict_today == FEDVAL_VERDICT_INDETERMINATE;
    }
    return is_open ? FEDVAL_PLAN_HARM_NONE_KNOWN : FEDVAL_PLAN_HARM_NONE;
}

fedval_status fv_plan_weigh(fv_planner *planner)
{
    planner->plan->harm = find_harm(planner->plan);
    return FEDVAL_OK;
}
