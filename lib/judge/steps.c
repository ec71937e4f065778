#include "judge/steps.h"

#include "model/policy.h"

#include "fedval/evidence.h"
#include "fedval/policy.h"
#include "fedval/trust.h"

#include <string.h>

/* ---- before any finding: what was looked at ---- */

static bool is_dns_judged(const fedval_report *report)
{
    return report->scope != FEDVAL_SCOPE_CERTIFICATE;
}

static bool is_certificate_judged(const fedval_report *report)
{
    return report->scope != FEDVAL_SCOPE_DNS;
}

static fv_report_step seen_if(bool is_judged, bool is_seen)
{
    return (fv_report_step){.mark = !is_judged ? FEDVAL_MARK_NOT_JUDGED
                                    : is_seen  ? FEDVAL_MARK_SOUND
                                               : FEDVAL_MARK_NOT_ASKED};
}

static bool is_connected(const fv_report_address *address)
{
    return address->probe != 0 && address->probe != FEDVAL_OUTCOME_NOT_PROBED;
}

static fv_report_step begin_name(const fedval_report *report, const fv_report_presented *presented)
{
    fv_report_step step = seen_if(is_certificate_judged(report), presented->certificate != NULL);
    if (step.mark == FEDVAL_MARK_SOUND && presented->name_match == 0)
        step.mark = FEDVAL_MARK_NOT_JUDGED;
    return step;
}

static fv_report_step begin_chain(const fedval_report *report, const fv_report_presented *presented)
{
    fv_report_step step = seen_if(is_certificate_judged(report), presented->certificate != NULL);
    if (step.mark == FEDVAL_MARK_SOUND &&
        (presented->trust == FEDVAL_TRUST_NOT_CHECKED || presented->trust == FEDVAL_TRUST_UNKNOWN))
        step.mark = FEDVAL_MARK_NOT_JUDGED;
    return step;
}

static void begin_presented(const fedval_report *report, fv_report_presented *presented)
{
    presented->name = begin_name(report, presented);
    presented->chain = begin_chain(report, presented);
}

static void begin_endpoint(const fedval_report *report, fv_report_endpoint *endpoint)
{
    bool has_srv = !endpoint->from_policy && report->srv_owner != NULL;
    endpoint->srv = seen_if(is_dns_judged(report), has_srv);
    endpoint->lookup = seen_if(is_dns_judged(report), endpoint->address_outcome != 0);
    for (size_t i = 0; i < endpoint->num_addresses; i++) {
        fv_report_address *address = &endpoint->addresses[i];
        address->step = seen_if(is_dns_judged(report), address->address != NULL);
        address->tls = seen_if(is_certificate_judged(report), is_connected(address));
        begin_presented(report, &address->presented);
    }
}

static void begin(fedval_report *report)
{
    report->srv = seen_if(is_dns_judged(report), report->srv_outcome != 0);
    for (size_t i = 0; i < report->num_endpoints; i++)
        begin_endpoint(report, &report->endpoints[i]);
    begin_presented(report, &report->client);
}

/* ---- what the findings say ---- */

uint32_t fv_steps_mark_of(uint32_t severity)
{
    switch (severity) {
    case FEDVAL_SEVERITY_ERROR:
        return FEDVAL_MARK_BROKEN;
    case FEDVAL_SEVERITY_INDETERMINATE:
        return FEDVAL_MARK_OPEN;
    case FEDVAL_SEVERITY_WARNING:
        return FEDVAL_MARK_WARNING;
    default:
        return FEDVAL_MARK_SOUND;
    }
}

/* Accepted findings mark a step too: the fault is still there. */
static uint32_t mark_of(const fv_remark *remark)
{
    if (!fv_remark_counts(remark) && remark->severity > FEDVAL_SEVERITY_WARNING)
        return FEDVAL_MARK_WARNING;
    return fv_steps_mark_of(remark->severity);
}

/* Findings come worst first, so the first one decides the mark. A warning does not turn a step that
 * was not judged into one that was. */
static void put(fv_report_step *step, uint32_t mark, uint32_t finding)
{
    bool is_open = step->mark == FEDVAL_MARK_SOUND ||
                   (step->mark > FEDVAL_MARK_BROKEN && mark > FEDVAL_MARK_WARNING);
    if (step->finding != 0 || mark == FEDVAL_MARK_SOUND || !is_open)
        return;
    step->mark = mark;
    step->finding = finding;
}

static void put_presented(fv_report_presented *presented, uint32_t family, uint32_t mark,
                          uint32_t finding)
{
    if (family == FEDVAL_FAMILY_NAME)
        put(&presented->name, mark, finding);
    if (family == FEDVAL_FAMILY_CERTIFICATE || family == FEDVAL_FAMILY_TRUST)
        put(&presented->chain, mark, finding);
}

static void put_address(fv_report_address *address, uint32_t family, uint32_t mark,
                        uint32_t finding)
{
    if (family == FEDVAL_FAMILY_ADDRESS)
        put(&address->step, mark, finding);
    if (family == FEDVAL_FAMILY_TRANSPORT)
        put(&address->tls, mark, finding);
    if (address->presented.certificate != NULL)
        put_presented(&address->presented, family, mark, finding);
}

/* `address` 0: the finding is about the endpoint as a whole and concerns each of its addresses. */
static void put_endpoint(fv_report_endpoint *endpoint, uint32_t address, uint32_t family,
                         uint32_t mark, uint32_t finding)
{
    if (family == FEDVAL_FAMILY_SRV)
        put(&endpoint->srv, mark, finding);
    if (family == FEDVAL_FAMILY_ADDRESS)
        put(&endpoint->lookup, mark, finding);
    for (size_t i = 0; i < endpoint->num_addresses; i++) {
        if (address == 0 || address == i + 1)
            put_address(&endpoint->addresses[i], family, mark, finding);
    }
}

/* The fault of a standby marks the step of its own family, as a warning. */
static uint32_t family_of(const fedval_finding *finding)
{
    uint32_t fault = finding->remark.fault;
    return fault == 0 ? finding->entry->family : fedval_catalogue_find(fault)->family;
}

/* A finding that names no endpoint is about the SRV record, so it marks each endpoint. R8 marks
 * none: a name that a peer lacks for another peer is no fault on the way to this one. */
static void put_finding(fedval_report *report, const fedval_finding *finding, uint32_t number)
{
    const fv_where *where = &finding->remark.where;
    if (finding->remark.requirement == 8)
        return;
    uint32_t family = family_of(finding), mark = mark_of(&finding->remark);
    if (where->role == FEDVAL_ROLE_CLIENT) {
        put_presented(&report->client, family, mark, number);
    } else if (where->endpoint != 0) {
        put_endpoint(&report->endpoints[where->endpoint - 1], where->endpoint_address, family, mark,
                     number);
    } else if (family == FEDVAL_FAMILY_SRV) {
        put(&report->srv, mark, number);
        for (size_t i = 0; i < report->num_endpoints; i++)
            put(&report->endpoints[i].srv, mark, number);
    }
}

/* A chain is judged at the first address that presents it; the other addresses copy its marks. If
 * no finding explains why TLS did not come up (the prober itself may have failed), nothing is known
 * of the server. */
static void finish_endpoint(fv_report_endpoint *endpoint)
{
    for (size_t i = 0; i < endpoint->num_addresses; i++) {
        fv_report_address *address = &endpoint->addresses[i];
        if (address->tls.mark == FEDVAL_MARK_SOUND && !address->is_up)
            address->tls.mark = FEDVAL_MARK_NOT_JUDGED;
        if (address->same_as == 0)
            continue;
        const fv_report_presented *first = &endpoint->addresses[address->same_as - 1].presented;
        address->presented.name = first->name;
        address->presented.chain = first->chain;
    }
}

void fv_steps_mark(fedval_report *report)
{
    begin(report);
    for (size_t i = 0; i < report->num_findings; i++) {
        bool is_kept = (int64_t)i < report->policy->limits.findings;
        put_finding(report, &report->findings[i], is_kept ? (uint32_t)i + 1 : 0);
    }
    for (size_t i = 0; i < report->num_endpoints; i++)
        finish_endpoint(&report->endpoints[i]);
}
