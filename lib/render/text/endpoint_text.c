/* Each endpoint as a short path, SRV -> address -> TLS -> name -> chain, a mark at the step that
 * breaks. */
#include "fedval/evidence.h"
#include "fedval/name.h"
#include "fedval/policy.h"
#include "render/text/report_text.h"

#include <string.h>

#define BIT(family) (1u << FEDVAL_FAMILY_##family)

static void put_port(fv_out *out, uint16_t port)
{
    fv_out_text(out, ":");
    fv_out_u64(out, port);
}

/* ---- SRV ---- */

static void put_srv_numbers(fv_out *out, const fv_report_endpoint *endpoint)
{
    fv_out_text(out, "  (priority ");
    fv_out_u64(out, endpoint->priority);
    fv_out_text(out, ", weight ");
    fv_out_u64(out, endpoint->weight);
    fv_out_text(out, ", TTL ");
    fv_out_u64(out, endpoint->ttl);
    fv_out_text(out, endpoint->rank == FV_RANK_STANDBY ? ", standby)" : ")");
}

static bool is_not_offered(const fv_report_endpoint *endpoint)
{
    return strcmp(endpoint->target, ".") == 0;
}

static void put_srv(fv_out *out, const fedval_report *report, const fv_report_endpoint *endpoint)
{
    fv_text_begin_step(out, "SRV");
    if (endpoint->from_policy || report->srv_owner == NULL) {
        fv_text_no_mark(out);
        fv_out_text(out, endpoint->target);
        put_port(out, endpoint->port);
        fv_out_text(out, endpoint->from_policy ? "  configured at the partner: SRV is not consulted"
                                               : "  given: SRV is not consulted");
        fv_out_newline(out);
        return;
    }
    fv_text_mark(out, fv_text_worst(report, BIT(SRV), endpoint->target, NULL));
    /* The service alone: the domain stands in the first line. */
    size_t owner_len = strlen(report->srv_owner), domain_len = strlen(report->domain);
    bool ends_in_domain = owner_len > domain_len + 1 &&
                          strcmp(report->srv_owner + owner_len - domain_len, report->domain) == 0;
    fv_out_run(
        out, (fv_text){report->srv_owner, ends_in_domain ? owner_len - domain_len - 1 : owner_len});
    fv_out_text(out, " -> ");
    fv_out_text(out, endpoint->target);
    if (is_not_offered(endpoint))
        fv_out_text(out, " (not offered)");
    else
        put_port(out, endpoint->port);
    put_srv_numbers(out, endpoint);
    fv_out_newline(out);
}

/* How a DNS question ended, in words. */
static const char *dns_outcome_text(uint32_t outcome)
{
    static const char *const texts[] = {
        [0] = "not asked",
        [FEDVAL_OUTCOME_ANSWER] = "no record that counts",
        [FEDVAL_OUTCOME_NODATA] = "no record of that type (NODATA)",
        [FEDVAL_OUTCOME_NXDOMAIN] = "no such name (NXDOMAIN)",
        [FEDVAL_OUTCOME_SERVFAIL] = "the name server failed (SERVFAIL)",
        [FEDVAL_OUTCOME_REFUSED] = "the name server refused to answer (REFUSED)",
        [FEDVAL_OUTCOME_TIMEOUT] = "no answer in time",
        [FEDVAL_OUTCOME_MALFORMED] = "an answer that cannot be decoded",
        [FEDVAL_OUTCOME_UNREACHABLE] = "the name server cannot be reached",
    };
    return outcome < sizeof(texts) / sizeof(texts[0]) ? texts[outcome] : "unknown";
}

static void put_missing_srv(fv_out *out, const fedval_report *report)
{
    fv_text_begin_step(out, "SRV");
    if (report->srv_outcome == 0)
        fv_text_no_mark(out);
    else
        fv_text_mark(out, fv_text_worst(report, BIT(SRV), NULL, NULL));
    fv_out_text(out, report->srv_owner);
    fv_out_text(out, ": ");
    fv_out_text(out, dns_outcome_text(report->srv_outcome));
    fv_out_newline(out);
}

/* ---- address and TLS ---- */

/* The fault of a standby stands inside a finding of its own. */
static bool is_address_allowed(const fedval_report *report, const fv_report_endpoint *endpoint,
                               const fv_report_address *address, uint32_t worst)
{
    return worst < FEDVAL_SEVERITY_INDETERMINATE &&
           !fv_text_has_finding(report, FEDVAL_FINDING_SRV_STANDBY_FAULTY, endpoint->target,
                                address->address);
}

static void put_address(fv_out *out, const fedval_report *report,
                        const fv_report_endpoint *endpoint, const fv_report_address *address)
{
    fv_text_begin_step(out, strchr(address->address, ':') != NULL ? "AAAA" : "A");
    uint32_t worst = fv_text_worst(report, BIT(ADDRESS), endpoint->target, address->address);
    fv_text_mark(out, worst);
    fv_out_text(out, address->address);
    if (address->not_public != NULL) {
        fv_out_text(out, "  ");
        fv_out_text(out, address->not_public);
        fv_out_text(out, is_address_allowed(report, endpoint, address, worst)
                             ? ", allowed by --allow-private"
                             : ", not public");
    }
    fv_out_newline(out);
}

static void put_missing_address(fv_out *out, const fedval_report *report,
                                const fv_report_endpoint *endpoint)
{
    fv_text_begin_step(out, "A");
    if (endpoint->address_outcome == 0)
        fv_text_no_mark(out);
    else
        fv_text_mark(out, fv_text_worst(report, BIT(ADDRESS), endpoint->target, NULL));
    fv_out_text(out, dns_outcome_text(endpoint->address_outcome));
    fv_out_newline(out);
}

/* What a probe came to, in words that follow "port 5061". */
static const char *probe_outcome_text(uint32_t outcome)
{
    static const char *const texts[] = {
        [FEDVAL_OUTCOME_REFUSED] = "refused the connection",
        [FEDVAL_OUTCOME_TIMEOUT] = "gave no answer in time",
        [FEDVAL_OUTCOME_UNREACHABLE] = "cannot be reached",
        [FEDVAL_OUTCOME_RESET] = "reset the connection",
        [FEDVAL_OUTCOME_CLOSED] = "closed the connection in the handshake",
        [FEDVAL_OUTCOME_NOT_TLS] = "does not speak TLS",
        [FEDVAL_OUTCOME_ALERT] = "ended the handshake with a TLS alert",
        [FEDVAL_OUTCOME_NO_COMMON_VERSION] = "speaks no TLS version that this prober speaks",
        [FEDVAL_OUTCOME_UNSUPPORTED] = "met a limit of the prober",
    };
    bool is_known = outcome < sizeof(texts) / sizeof(texts[0]) && texts[outcome] != NULL;
    return is_known ? texts[outcome] : "was not probed";
}

static void put_not_probed(fv_out *out, const fv_report_address *address)
{
    const char *source = address->probe_source;
    fv_text_no_mark(out);
    fv_out_text(out, "not probed");
    if (source == NULL && address->not_public != NULL)
        fv_out_text(out, " (not public; --allow-private probes it)");
    if (source != NULL && strncmp(source, "file ", 5) == 0) {
        fv_out_text(out, " (certificate from ");
        fv_out_text(out, source);
        fv_out_text(out, ")");
    }
}

/* A server that refuses whoever has no client certificate is a healthy one: mutual TLS. */
static bool demands_certificate(const fedval_report *report, const fv_report_endpoint *endpoint,
                                const fv_report_address *address)
{
    return fv_text_has_finding(report, FEDVAL_FINDING_TLS_CLIENT_CERTIFICATE_REQUIRED,
                               endpoint->target, address->address);
}

static void put_outcome(fv_out *out, const fv_report_address *address, bool demands)
{
    if (address->probe == FEDVAL_OUTCOME_HANDSHAKE) {
        fv_out_text(out, "speaks ");
        fv_out_text(out, address->tls_version == NULL ? "TLS" : address->tls_version);
    } else if (!demands) {
        fv_out_text(out, probe_outcome_text(address->probe));
    }
    if (demands)
        fv_out_text(out, address->probe == FEDVAL_OUTCOME_HANDSHAKE
                             ? ", demands a client certificate"
                             : "speaks TLS, demands a client certificate");
    else if (address->alert >= 0) {
        fv_out_text(out, ", alert ");
        fv_out_u64(out, (uint64_t)address->alert);
    }
}

static void put_tls(fv_out *out, const fedval_report *report, const fv_report_endpoint *endpoint,
                    const fv_report_address *address)
{
    bool demands = demands_certificate(report, endpoint, address);
    uint32_t worst = fv_text_worst(report, BIT(TRANSPORT), endpoint->target, address->address);
    fv_text_begin_step(out, "TLS");
    if (address->probe == 0 || address->probe == FEDVAL_OUTCOME_NOT_PROBED) {
        put_not_probed(out, address);
        fv_out_newline(out);
        return;
    }
    /* A failure that no finding speaks of is not sound either. */
    if (worst == 0 && address->probe != FEDVAL_OUTCOME_HANDSHAKE && !demands)
        fv_text_no_mark(out);
    else
        fv_text_mark(out, worst);
    fv_out_text(out, "port ");
    fv_out_u64(out, endpoint->port);
    fv_out_text(out, " ");
    put_outcome(out, address, demands);
    fv_out_newline(out);
}

/* ---- endpoints ---- */

/* The same certificate with the same outcome needs to be shown once. */
static bool is_same_presented(const fv_report_presented *a, const fv_report_presented *b)
{
    if (a->certificate == NULL || b->certificate == NULL || a->certificate->sha256[0] == '\0')
        return false;
    return strcmp(a->certificate->sha256, b->certificate->sha256) == 0 &&
           a->name_match == b->name_match && a->trust == b->trust;
}

static void put_repeated(fv_out *out)
{
    fv_text_begin_step(out, "name");
    fv_out_pad(out, FV_TEXT_VALUE_COLUMN);
    fv_out_text(out, "name and chain as above");
    fv_out_newline(out);
}

static void put_endpoint(fv_out *out, const fedval_report *report,
                         const fv_report_endpoint *endpoint)
{
    put_srv(out, report, endpoint);
    if (is_not_offered(endpoint))
        return;
    if (endpoint->num_addresses == 0 || endpoint->addresses[0].address == NULL)
        put_missing_address(out, report, endpoint);
    for (size_t i = 0; i < endpoint->num_addresses; i++) {
        const fv_report_address *address = &endpoint->addresses[i];
        if (address->address != NULL)
            put_address(out, report, endpoint, address);
        if (report->scope == FEDVAL_SCOPE_DNS)
            continue;
        put_tls(out, report, endpoint, address);
        bool is_repeated =
            i > 0 && is_same_presented(&address->presented, &endpoint->addresses[i - 1].presented);
        if (is_repeated)
            put_repeated(out);
        else
            fv_text_presented(out, report, &address->presented, endpoint->target, address->address);
    }
}

static void put_client(fv_out *out, const fedval_report *report)
{
    if (report->client.certificate == NULL)
        return;
    fv_out_newline(out);
    fv_out_text(out, "  The certificate that is presented when calling:");
    fv_out_newline(out);
    fv_text_presented(out, report, &report->client, NULL, NULL);
}

void fv_text_endpoints(fv_out *out, const fedval_report *report)
{
    if (report->num_endpoints == 0 && report->srv_owner != NULL) {
        fv_out_newline(out);
        put_missing_srv(out, report);
    }
    for (size_t i = 0; i < report->num_endpoints; i++) {
        fv_out_newline(out);
        put_endpoint(out, report, &report->endpoints[i]);
    }
    put_client(out, report);
}
