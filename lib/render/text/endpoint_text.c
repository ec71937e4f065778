/* Each endpoint as a short path, SRV -> address -> TLS -> name -> chain, with a mark at the step
 * that breaks. */
#include "base/address.h"
#include "fedval/evidence.h"
#include "fedval/name.h"
#include "fedval/policy.h"
#include "render/text/report_text.h"

#include <string.h>

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

void fv_text_srv_value(fv_out *out, const fedval_report *report, const fv_report_endpoint *endpoint)
{
    if (endpoint->from_policy || report->srv_owner == NULL) {
        fv_out_text(out, endpoint->target);
        put_port(out, endpoint->port);
        fv_out_text(out, endpoint->from_policy ? "  configured at the partner: SRV is not consulted"
                                               : "  given: SRV is not consulted");
        return;
    }
    /* Leaves the domain out, because the first line of the report has it. */
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
}

static void put_srv(fv_out *out, const fedval_report *report, const fv_report_endpoint *endpoint)
{
    fv_text_begin_step(out, "SRV");
    fv_text_mark_step(out, endpoint->srv);
    fv_text_srv_value(out, report, endpoint);
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
        [FEDVAL_OUTCOME_NOT_ANSWERED] = "left unanswered",
        [FEDVAL_OUTCOME_LOCAL] = "not asked: this machine is short of something",
        [FEDVAL_OUTCOME_ALIAS_CIRCLE] = "the aliases (CNAME) lead in a circle or are too many",
        [FEDVAL_OUTCOME_FILTERED] = "this resolver filters the name",
    };
    bool is_known = outcome < sizeof(texts) / sizeof(texts[0]) && texts[outcome] != NULL;
    return is_known ? texts[outcome] : "unknown";
}

void fv_text_missing_srv_value(fv_out *out, const fedval_report *report)
{
    fv_out_text(out, report->srv_owner);
    fv_out_text(out, ": ");
    fv_out_text(out, dns_outcome_text(report->srv_outcome));
}

static void put_missing_srv(fv_out *out, const fedval_report *report)
{
    fv_text_begin_step(out, "SRV");
    fv_text_mark_step(out, report->srv);
    fv_text_missing_srv_value(out, report);
    fv_out_newline(out);
}

/* ---- address and TLS ---- */

static void put_allowed(fv_out *out, const fv_report_address *address)
{
    const char *how = fv_out_hint(out, FEDVAL_HINT_ALLOW_PRIVATE);
    fv_out_text(out, address->is_allowed ? ", allowed" : ", not public");
    if (address->is_allowed && how != NULL) {
        fv_out_text(out, " by ");
        fv_out_text(out, how);
    }
}

void fv_text_address_value(fv_out *out, const fv_report_address *address)
{
    fv_out_text(out, address->address);
    if (address->not_public != NULL) {
        fv_out_text(out, "  ");
        fv_out_text(out, address->not_public);
        put_allowed(out, address);
    }
}

static void put_address(fv_out *out, const fv_report_address *address)
{
    fv_text_begin_step(out, fv_address_is_ipv6(address->address) ? "AAAA" : "A");
    fv_text_mark_step(out, address->step);
    fv_text_address_value(out, address);
    fv_out_newline(out);
}

void fv_text_lookup_value(fv_out *out, const fv_report_endpoint *endpoint)
{
    fv_out_text(out, dns_outcome_text(endpoint->address_outcome));
}

static void put_missing_address(fv_out *out, const fv_report_endpoint *endpoint)
{
    fv_text_begin_step(out, "A");
    fv_text_mark_step(out, endpoint->lookup);
    fv_text_lookup_value(out, endpoint);
    fv_out_newline(out);
}

/* The outcome of a probe, in words that follow "port 5061". */
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
        [FEDVAL_OUTCOME_STALLED] = "accepted the connection, then fell silent",
        [FEDVAL_OUTCOME_LOCAL] = "was not looked at: this machine is short of something",
        [FEDVAL_OUTCOME_VIOLATION] = "breaks the rules of TLS",
    };
    bool is_known = outcome < sizeof(texts) / sizeof(texts[0]) && texts[outcome] != NULL;
    return is_known ? texts[outcome] : "was not probed";
}

static void put_not_public(fv_out *out)
{
    const char *how = fv_out_hint(out, FEDVAL_HINT_ALLOW_PRIVATE);
    fv_out_text(out, " (not public");
    if (how != NULL) {
        fv_out_text(out, "; to probe it: ");
        fv_out_text(out, how);
    }
    fv_out_text(out, ")");
}

static void put_not_probed(fv_out *out, const fv_report_address *address)
{
    fv_out_text(out, "not probed");
    if (address->presented.origin == 0 && address->not_public != NULL && !address->is_allowed)
        put_not_public(out);
    if (address->presented.origin == FEDVAL_ORIGIN_FILE) {
        fv_out_text(out, " (certificate from ");
        fv_out_text(out,
                    address->probe_sources.text != NULL ? address->probe_sources.text : "a file");
        fv_out_text(out, ")");
    }
}

/* A server that demands a client certificate is healthy: federation is mutual TLS. */
static bool demands_certificate(const fv_report_address *address)
{
    return address->is_up && address->client_certificate == FEDVAL_CLIENT_CERTIFICATE_REQUIRED;
}

static void put_outcome(fv_out *out, const fv_report_address *address, bool demands)
{
    if (address->probe == FEDVAL_OUTCOME_HANDSHAKE) {
        fv_out_text(out, "speaks ");
        fv_out_text(out, address->tls_version == NULL ? "TLS" : address->tls_version);
    } else if (!demands) {
        fv_out_text(out, probe_outcome_text(address->probe));
    }
    if (demands) {
        fv_out_text(out, address->probe == FEDVAL_OUTCOME_HANDSHAKE
                             ? ", demands a client certificate"
                             : "speaks TLS, demands a client certificate");
    } else if (address->alert >= 0) {
        fv_out_text(out, ", alert ");
        fv_out_u64(out, (uint64_t)address->alert);
    }
}

void fv_text_tls_value(fv_out *out, const fv_report_endpoint *endpoint,
                       const fv_report_address *address)
{
    if (address->probe == 0 || address->probe == FEDVAL_OUTCOME_NOT_PROBED) {
        put_not_probed(out, address);
        return;
    }
    fv_out_text(out, "port ");
    fv_out_u64(out, endpoint->port);
    fv_out_text(out, " ");
    put_outcome(out, address, demands_certificate(address));
}

static void put_tls(fv_out *out, const fv_report_endpoint *endpoint,
                    const fv_report_address *address)
{
    fv_text_begin_step(out, "TLS");
    fv_text_mark_step(out, address->tls);
    fv_text_tls_value(out, endpoint, address);
    fv_out_newline(out);
}

/* ---- endpoints ---- */

/* Whether the address above it presents the same chain. */
static bool is_as_above(const fv_report_endpoint *endpoint, size_t index)
{
    uint32_t same = endpoint->addresses[index].same_as;
    return same != 0 && (same == index || same == endpoint->addresses[index - 1].same_as);
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
        put_missing_address(out, endpoint);
    for (size_t i = 0; i < endpoint->num_addresses; i++) {
        const fv_report_address *address = &endpoint->addresses[i];
        if (address->address != NULL)
            put_address(out, address);
        if (report->scope == FEDVAL_SCOPE_DNS)
            continue;
        put_tls(out, endpoint, address);
        if (is_as_above(endpoint, i))
            put_repeated(out);
        else
            fv_text_presented(out, &address->presented, endpoint->target);
    }
}

static void put_client(fv_out *out, const fedval_report *report)
{
    if (report->client.certificate == NULL)
        return;
    fv_out_newline(out);
    fv_out_text(out, "  The certificate that is presented when calling:");
    fv_out_newline(out);
    fv_text_presented(out, &report->client, NULL);
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
