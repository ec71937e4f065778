/* What a report says in a line: its worst finding, how many there are, what was not seen. Every
 * renderer asks here. */
#include "model/report.h"

#include "fedval/trust.h"
#include "model/finding.h"

const fedval_finding *fv_findings_worst(const fedval_finding *findings, size_t num_findings,
                                        uint32_t least)
{
    bool is_worst = num_findings > 0 && fv_remark_counts(&findings[0].remark) &&
                    findings[0].remark.severity >= least;
    return is_worst ? &findings[0] : NULL;
}

size_t fv_report_count_of(const fedval_report *report, uint32_t severity, bool counts)
{
    size_t count = 0;
    for (size_t i = 0; i < report->num_findings; i++) {
        const fv_remark *remark = &report->findings[i].remark;
        count += remark->severity == severity && fv_remark_counts(remark) == counts;
    }
    return count;
}

const char *fv_report_scope_text(const fedval_report *report)
{
    switch (report->scope) {
    case FEDVAL_SCOPE_DNS:
        return "DNS alone (R1 to R3)";
    case FEDVAL_SCOPE_CERTIFICATE:
        return "the certificate alone (R4 to R8)";
    default:
        return NULL;
    }
}

static bool is_at_provider(const fedval_report *report)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        uint32_t code = report->findings[i].remark.code;
        if (code == FEDVAL_FINDING_SRV_HOSTING_PROVIDER ||
            code == FEDVAL_FINDING_SRV_BESIDE_PROVIDER)
            return true;
    }
    return false;
}

const char *fedval_report_get_pass_of(const fedval_report *report)
{
    if (report == NULL || report->verdict != FEDVAL_VERDICT_PASS)
        return NULL;
    if (report->scope != FEDVAL_SCOPE_ALL)
        return fv_report_scope_text(report);
    /* DNS and certificates do not tell whether the provider federates with this partner. */
    return is_at_provider(report) ? "DNS and certificates" : NULL;
}

bool fv_report_is_unseen(const fedval_report *report, uint32_t requirement)
{
    return report->required[requirement] &&
           report->requirements[requirement] == FEDVAL_VERDICT_NOT_CHECKED;
}

bool fv_report_is_public_dns_unseen(const fedval_report *report)
{
    for (size_t i = 0; i < report->num_not_checked; i++) {
        if (report->not_checked[i] == FEDVAL_NOT_CHECKED_PUBLIC_DNS)
            return fv_report_is_unseen(report, 1);
    }
    return false;
}

static bool has_certificate(const fedval_report *report)
{
    for (size_t i = 0; i < report->num_endpoints; i++) {
        const fv_report_endpoint *endpoint = &report->endpoints[i];
        for (size_t k = 0; k < endpoint->num_addresses; k++) {
            if (endpoint->addresses[k].presented.certificate != NULL)
                return true;
        }
    }
    return false;
}

bool fv_report_is_address_unseen(const fedval_report *report, const fv_report_endpoint *endpoint,
                                 const fv_report_address *address)
{
    bool is_reached = address->not_public == NULL || address->is_allowed;
    bool is_rank = endpoint->rank == FV_RANK_PREFERRED || endpoint->rank == FV_RANK_STANDBY;
    return is_rank && is_reached && address->probe == 0 && address->address != NULL &&
           address->presented.certificate == NULL && has_certificate(report);
}

/* ---- letters ---- */

bool fv_action_is_change(const fv_report_action *action)
{
    return action->op != FEDVAL_OP_KEEP && action->alternative_to == 0;
}

bool fv_action_is_change_of(const fv_report_action *action, uint32_t side)
{
    return action->side == side && fv_action_is_change(action);
}

bool fv_report_has_changes(const fedval_report *report, uint32_t side)
{
    for (size_t i = 0; i < report->num_actions; i++) {
        if (fv_action_is_change_of(&report->actions[i], side))
            return true;
    }
    return false;
}

uint32_t fedval_report_has_owner_letter(const fedval_report *report)
{
    if (report == NULL || report->verdict == FEDVAL_VERDICT_PASS)
        return 0;
    return fv_report_has_changes(report, report->side) ||
           (report->num_findings > 0 && fv_remark_is_fault(&report->findings[0].remark));
}

/* The accepted path is the first. */
static const char *private_root_of(const fv_report_presented *presented)
{
    if (presented->trust != FEDVAL_TRUST_BY_PRIVATE || presented->num_paths == 0 ||
        presented->paths[0].num_certificates == 0)
        return NULL;
    const fv_report_path *path = &presented->paths[0];
    return path->certificates[path->num_certificates - 1].subject;
}

const char *fedval_report_get_private_root(const fedval_report *report)
{
    const char *root = NULL;
    for (size_t i = 0; report != NULL && root == NULL && i < report->num_endpoints; i++) {
        const fv_report_endpoint *endpoint = &report->endpoints[i];
        for (size_t k = 0; root == NULL && k < endpoint->num_addresses; k++)
            root = private_root_of(&endpoint->addresses[k].presented);
    }
    return root;
}
