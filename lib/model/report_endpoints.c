/* Reading the endpoints of a report. */
#include "fedval/evidence.h"
#include "model/report.h"

/* Things of zeros and NULLs stand past the end. */
static const fv_report_endpoint *endpoint_at(const fedval_report *report, size_t endpoint)
{
    static const fv_report_endpoint none;
    report = fv_report_or_none(report);
    return endpoint < report->num_endpoints ? &report->endpoints[endpoint] : &none;
}

static const fv_report_address *address_at(const fedval_report *report, size_t endpoint,
                                           size_t address)
{
    static const fv_report_address none;
    const fv_report_endpoint *e = endpoint_at(report, endpoint);
    return address < e->num_addresses ? &e->addresses[address] : &none;
}

size_t fedval_report_count_endpoints(const fedval_report *report)
{
    return fv_report_or_none(report)->num_endpoints;
}

const char *fedval_report_get_endpoint_target(const fedval_report *report, size_t endpoint)
{
    return endpoint_at(report, endpoint)->target;
}

uint16_t fedval_report_get_endpoint_port(const fedval_report *report, size_t endpoint)
{
    return endpoint_at(report, endpoint)->port;
}

uint16_t fedval_report_get_endpoint_priority(const fedval_report *report, size_t endpoint)
{
    return endpoint_at(report, endpoint)->priority;
}

uint16_t fedval_report_get_endpoint_weight(const fedval_report *report, size_t endpoint)
{
    return endpoint_at(report, endpoint)->weight;
}

uint32_t fedval_report_get_endpoint_ttl(const fedval_report *report, size_t endpoint)
{
    return endpoint_at(report, endpoint)->ttl;
}

uint32_t fedval_report_get_endpoint_rank(const fedval_report *report, size_t endpoint)
{
    return endpoint_at(report, endpoint)->rank;
}

uint32_t fedval_report_get_endpoint_srv_match(const fedval_report *report, size_t endpoint)
{
    return endpoint_at(report, endpoint)->srv_match;
}

size_t fedval_report_count_addresses(const fedval_report *report, size_t endpoint)
{
    return endpoint_at(report, endpoint)->num_addresses;
}

const char *fedval_report_get_address(const fedval_report *report, size_t endpoint, size_t address)
{
    return address_at(report, endpoint, address)->address;
}

uint32_t fedval_report_get_address_probe(const fedval_report *report, size_t endpoint,
                                         size_t address)
{
    return address_at(report, endpoint, address)->probe;
}

const char *fedval_report_get_address_tls_version(const fedval_report *report, size_t endpoint,
                                                  size_t address)
{
    return address_at(report, endpoint, address)->tls_version;
}

const char *fedval_report_get_address_subject(const fedval_report *report, size_t endpoint,
                                              size_t address)
{
    const fv_report_certificate *c = address_at(report, endpoint, address)->presented.certificate;
    return c == NULL ? NULL : c->subject;
}

int64_t fedval_report_get_address_not_after(const fedval_report *report, size_t endpoint,
                                            size_t address)
{
    const fv_report_certificate *c = address_at(report, endpoint, address)->presented.certificate;
    return c == NULL ? FEDVAL_TIME_UNKNOWN : c->not_after;
}

uint32_t fedval_report_get_address_name_match(const fedval_report *report, size_t endpoint,
                                              size_t address)
{
    return address_at(report, endpoint, address)->presented.name_match;
}

uint32_t fedval_report_get_address_trust(const fedval_report *report, size_t endpoint,
                                         size_t address)
{
    return address_at(report, endpoint, address)->presented.trust;
}

uint32_t fedval_report_get_address_origin(const fedval_report *report, size_t endpoint,
                                          size_t address)
{
    const fv_report_presented *presented = &address_at(report, endpoint, address)->presented;
    return presented->certificate == NULL ? 0 : presented->origin;
}

/* ---- steps ---- */

static const fv_report_step no_step;

static const fv_report_step *presented_step(const fv_report_presented *presented, uint32_t step)
{
    return step == FEDVAL_STEP_NAME    ? &presented->name
           : step == FEDVAL_STEP_CHAIN ? &presented->chain
                                       : &no_step;
}

static const fv_report_step *report_step(const fedval_report *report, uint32_t step)
{
    report = fv_report_or_none(report);
    return step == FEDVAL_STEP_SRV ? &report->srv : presented_step(&report->client, step);
}

static const fv_report_step *endpoint_step(const fedval_report *report, size_t endpoint,
                                           uint32_t step)
{
    const fv_report_endpoint *e = endpoint_at(report, endpoint);
    return step == FEDVAL_STEP_SRV ? &e->srv : step == FEDVAL_STEP_ADDRESS ? &e->lookup : &no_step;
}

static const fv_report_step *address_step(const fedval_report *report, size_t endpoint,
                                          size_t address, uint32_t step)
{
    const fv_report_address *a = address_at(report, endpoint, address);
    return step == FEDVAL_STEP_ADDRESS ? &a->step
           : step == FEDVAL_STEP_TLS   ? &a->tls
                                       : presented_step(&a->presented, step);
}

static uint32_t finding_of(const fedval_report *report, const fv_report_step *step)
{
    return step->finding == 0 ? 0 : fedval_report_get_finding_code(report, step->finding - 1);
}

uint32_t fedval_report_get_step_mark(const fedval_report *report, uint32_t step)
{
    return report_step(report, step)->mark;
}

uint32_t fedval_report_get_step_finding(const fedval_report *report, uint32_t step)
{
    return finding_of(report, report_step(report, step));
}

uint32_t fedval_report_get_endpoint_step_mark(const fedval_report *report, size_t endpoint,
                                              uint32_t step)
{
    return endpoint_step(report, endpoint, step)->mark;
}

uint32_t fedval_report_get_endpoint_step_finding(const fedval_report *report, size_t endpoint,
                                                 uint32_t step)
{
    return finding_of(report, endpoint_step(report, endpoint, step));
}

uint32_t fedval_report_get_address_step_mark(const fedval_report *report, size_t endpoint,
                                             size_t address, uint32_t step)
{
    return address_step(report, endpoint, address, step)->mark;
}

uint32_t fedval_report_get_address_step_finding(const fedval_report *report, size_t endpoint,
                                                size_t address, uint32_t step)
{
    return finding_of(report, address_step(report, endpoint, address, step));
}
