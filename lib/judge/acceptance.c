#include "judge/acceptance.h"

#include "base/calendar.h"
#include "fedval/report.h"

#include <string.h>

static bool is_meant(const fv_acceptance *acceptance, const char *domain, const fv_remark *remark)
{
    if (acceptance->code != remark->code && acceptance->code != remark->fault)
        return false;
    return acceptance->domain == NULL ||
           (domain != NULL && strcmp(acceptance->domain, domain) == 0);
}

static bool has_ended(const fv_acceptance *acceptance, int64_t time)
{
    return acceptance->until != FV_TIME_UNKNOWN && time >= acceptance->until;
}

static bool is_later(int64_t a, int64_t b)
{
    return a == FV_TIME_UNKNOWN || (b != FV_TIME_UNKNOWN && a > b);
}

/* If several acceptances fit one remark, the one that lasts longest counts. */
static void mark(const fv_rules_input *input, const char *domain, fv_remark *remark)
{
    for (size_t i = 0; i < input->policy->num_acceptances; i++) {
        const fv_acceptance *acceptance = &input->policy->acceptances[i];
        if (!is_meant(acceptance, domain, remark) ||
            (remark->acceptance != 0 && !is_later(acceptance->until, remark->accepted_until)))
            continue;
        remark->accepted_until = acceptance->until;
        remark->acceptance = has_ended(acceptance, input->time) ? FEDVAL_ACCEPTANCE_EXPIRED
                                                                : FEDVAL_ACCEPTANCE_IN_FORCE;
    }
}

void fv_acceptance_mark(const fv_rules_input *input, const char *domain, fv_remarks *remarks)
{
    for (size_t i = 0; input->policy->num_acceptances > 0 && i < remarks->num_items; i++)
        mark(input, domain, &remarks->items[i]);
}
