/* The end-entity certificate's own faults and advice, whatever path it is on. */
#include "trust/rules.h"

#include "x509/oid.h"

#define SECONDS_PER_DAY INT64_C(86400)

int64_t fv_days_between(int64_t now, int64_t then)
{
    int64_t seconds = then - now;
    return seconds >= 0 ? seconds / SECONDS_PER_DAY
                        : -((SECONDS_PER_DAY - 1 - seconds) / SECONDS_PER_DAY);
}

static void append_usage(fv_buf *buf, fv_bytes oid)
{
    if (buf->len > 0)
        fv_buf_append_text(buf, ", ");
    if (fv_oid_equal(oid, FV_OID(FV_OID_SERVER_AUTH)))
        fv_buf_append_text(buf, "serverAuth");
    else if (fv_oid_equal(oid, FV_OID(FV_OID_CLIENT_AUTH)))
        fv_buf_append_text(buf, "clientAuth");
    else if (!fv_oid_append(buf, oid))
        fv_buf_append_text(buf, "malformed");
}

void fv_judge_param_usages(fv_judge *judge, fv_finding *finding, const fv_certificate *certificate)
{
    enum { MAX_SHOWN = 10 };
    const fv_extended_key_usage *usage = &certificate->extended_key_usage;
    fv_buf text;
    if (finding == NULL)
        return;
    fv_buf_init(&text);
    for (size_t i = 0; i < usage->num_oids && i < MAX_SHOWN; i++)
        append_usage(&text, usage->oids[i]);
    if (usage->num_oids > MAX_SHOWN)
        fv_buf_append_text(&text, ", ...");
    fv_judge_param_buf(judge, finding, "usages", &text);
}

/* RFC 5280 4.1.2.5 */
static void judge_validity(fv_judge *judge, const fv_certificate *certificate)
{
    int64_t now = judge->input->time;
    const fv_time *from = &certificate->not_before, *to = &certificate->not_after;
    fv_finding *finding;
    if (from->presence == FV_KNOWN && now < from->seconds) {
        finding = fv_judge_add(judge, FEDVAL_FINDING_CERT_NOT_YET_VALID);
        fv_judge_param_time(judge, finding, "not_before", from->seconds);
        fv_judge_param_time(judge, finding, "time", now);
    }
    if (to->presence == FV_KNOWN && now > to->seconds) {
        finding = fv_judge_add(judge, FEDVAL_FINDING_CERT_EXPIRED);
        fv_judge_param_time(judge, finding, "not_after", to->seconds);
        fv_judge_param_time(judge, finding, "time", now);
    } else if (to->presence == FV_KNOWN &&
               fv_days_between(now, to->seconds) < judge->input->policy->expiry_warning_days) {
        finding = fv_judge_add(judge, FEDVAL_FINDING_CERT_EXPIRES_SOON);
        fv_judge_param_time(judge, finding, "not_after", to->seconds);
        fv_judge_param_number(judge, finding, "days", fv_days_between(now, to->seconds));
    }
}

/* RFC 5280 4.2.1.12: without the extension any purpose will do. Federation is mutual TLS (R6): its
 * certificates are looked at for both purposes, those of the Web PKI for the one asked for. */
static void judge_purpose(fv_judge *judge, const fv_certificate *certificate)
{
    const fv_extended_key_usage *usage = &certificate->extended_key_usage;
    uint32_t purpose = judge->input->purpose;
    bool both = !fv_judge_is_strict(judge);
    if (usage->presence != FV_KNOWN || usage->has_any)
        return;
    if (!usage->has_server_auth && (both || purpose == FEDVAL_PURPOSE_SERVER))
        fv_judge_param_usages(judge, fv_judge_add(judge, FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH),
                              certificate);
    if (!usage->has_client_auth && (both || purpose == FEDVAL_PURPOSE_CLIENT))
        fv_judge_param_usages(judge, fv_judge_add(judge, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH),
                              certificate);
}

/* Microsoft's rules for its own certificates, good advice to partners. */
static void advise(fv_judge *judge, const fv_certificate *certificate)
{
    if (certificate->algorithm.kind == FV_SIGNATURE_RSA_PSS)
        fv_judge_add(judge, FEDVAL_FINDING_CERT_SIGNATURE_PSS);
    if (certificate->crl_points.presence == FV_ABSENT)
        fv_judge_add(judge, FEDVAL_FINDING_CERT_NO_CRL_DISTRIBUTION_POINT);
}

void fv_judge_end_entity(fv_judge *judge, const fv_certificate *certificate)
{
    fv_judge_encoding(judge, certificate, false);
    fv_judge_critical_extensions(judge, certificate);
    judge_validity(judge, certificate);
    judge_purpose(judge, certificate);
    fv_judge_key(judge, certificate);
    fv_judge_signature_algorithm(judge, certificate);
    if (fv_judge_is_strict(judge))
        fv_judge_webpki_end_entity(judge, certificate);
    else
        advise(judge, certificate);
}
