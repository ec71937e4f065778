/* What a report says in a line: its worst finding, how many there are, what was not seen. Every
 * renderer asks here. */
#include "model/report.h"
#include "model/statement.h"

const fv_statement *fv_statements_worst(const fv_statement *statements, size_t num_statements,
                                        uint32_t least)
{
    bool is_worst = num_statements > 0 && fv_finding_counts(&statements[0].finding) &&
                    statements[0].finding.severity >= least;
    return is_worst ? &statements[0] : NULL;
}

size_t fv_report_count_of(const fedval_report *report, uint32_t severity, bool counts)
{
    size_t count = 0;
    for (size_t i = 0; i < report->num_findings; i++) {
        const fv_finding *finding = &report->findings[i].finding;
        count += finding->severity == severity && fv_finding_counts(finding) == counts;
    }
    return count;
}

bool fv_report_is_unseen(const fedval_report *report, uint32_t requirement)
{
    return report->required[requirement] &&
           report->requirements[requirement] == FEDVAL_VERDICT_NOT_CHECKED;
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
    return endpoint->rank == FV_RANK_PREFERRED && is_reached && address->probe == 0 &&
           address->address != NULL && address->presented.certificate == NULL &&
           has_certificate(report);
}

bool fv_report_is_at_provider(const fedval_report *report)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        uint32_t code = report->findings[i].finding.code;
        if (code == FEDVAL_FINDING_SRV_HOSTING_PROVIDER ||
            code == FEDVAL_FINDING_SRV_BESIDE_PROVIDER)
            return true;
    }
    return false;
}
