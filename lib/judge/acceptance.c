#include "judge/acceptance.h"

#include "base/calendar.h"
#include "fedval/report.h"

#include <string.h>

static bool is_meant(const fv_acceptance *acceptance, const char *domain, const fv_finding *finding)
{
    if (acceptance->code != finding->code && acceptance->code != finding->fault)
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

/* If several acceptances fit one finding, the one that lasts longest counts. */
static void mark(const fv_rules_input *input, const char *domain, fv_finding *finding)
{
    for (size_t i = 0; i < input->policy->num_acceptances; i++) {
        const fv_acceptance *acceptance = &input->policy->acceptances[i];
        if (!is_meant(acceptance, domain, finding) ||
            (finding->acceptance != 0 && !is_later(acceptance->until, finding->accepted_until)))
            continue;
        finding->accepted_until = acceptance->until;
        finding->acceptance = has_ended(acceptance, input->time) ? FEDVAL_ACCEPTANCE_EXPIRED
                                                                 : FEDVAL_ACCEPTANCE_IN_FORCE;
    }
}

void fv_acceptance_mark(const fv_rules_input *input, const char *domain, fv_findings *findings)
{
    for (size_t i = 0; input->policy->num_acceptances > 0 && i < findings->num_items; i++)
        mark(input, domain, &findings->items[i]);
}
