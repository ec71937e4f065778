/* Compares the cause that a log gave with the result of a live check. */
#include "fedval/recheck.h"
#include "base/code.h"
#include "fedval/catalogue.h"

#include <string.h>

static const fv_code rechecks[] = {
    {FEDVAL_RECHECK_STANDS, "stands"},
    {FEDVAL_RECHECK_GONE, "gone"},
    {FEDVAL_RECHECK_UNKNOWN, "unknown"},
};

const char *fedval_recheck_to_string(uint32_t recheck)
{
    return fv_code_to_string(rechecks, 3, recheck);
}

fedval_status fedval_recheck_from_string(const char *text, size_t text_len, uint32_t *out_recheck)
{
    return fv_code_from_string(rechecks, 3, fv_text_given(text, text_len), out_recheck);
}

static uint32_t recheck_of(uint32_t verdict)
{
    return verdict == FEDVAL_VERDICT_FAIL   ? FEDVAL_RECHECK_STANDS
           : verdict == FEDVAL_VERDICT_PASS ? FEDVAL_RECHECK_GONE
                                            : FEDVAL_RECHECK_UNKNOWN;
}

/* A bare 504 of the Edge has one of two causes (see fedval explain R2, R4). It is still there if
 * either requirement fails. */
static uint32_t recheck_bare(const fedval_report *report)
{
    uint32_t target = recheck_of(fedval_report_get_requirement(report, 2));
    uint32_t name = recheck_of(fedval_report_get_requirement(report, 4));
    if (target == FEDVAL_RECHECK_STANDS || name == FEDVAL_RECHECK_STANDS)
        return FEDVAL_RECHECK_STANDS;
    return target == name ? target : FEDVAL_RECHECK_UNKNOWN;
}

uint32_t fedval_incident_recheck(const fedval_incident *incident, const fedval_report *report)
{
    const char *domain = fedval_incident_get_domain(incident);
    if (report == NULL || domain == NULL || strcmp(domain, fedval_report_get_domain(report)) != 0)
        return FEDVAL_RECHECK_UNKNOWN;
    uint32_t finding = fedval_incident_get_finding(incident);
    if (finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG)
        return recheck_bare(report);
    const fedval_catalogue_entry *entry = fedval_catalogue_find(finding);
    uint32_t requirement = entry != NULL ? fedval_catalogue_entry_get_requirement(entry) : 0;
    if (requirement == 0)
        return FEDVAL_RECHECK_UNKNOWN;
    return recheck_of(fedval_report_get_requirement(report, requirement));
}
