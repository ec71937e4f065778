/* A CA certificate that issues the one below it in a path (RFC 5280 6.1.3, 6.1.4). */
#include "trust/names.h"
#include "trust/rules.h"

/* 6.1.3 (a)(2). The period goes "from notBefore through notAfter, inclusive" (4.1.2.5). */
static void judge_validity(fv_sink *sink, const fv_certificate *certificate)
{
    int64_t now = sink->input->time;
    bool is_late =
        certificate->not_after.presence == FV_KNOWN && now > certificate->not_after.seconds;
    bool is_early =
        certificate->not_before.presence == FV_KNOWN && now < certificate->not_before.seconds;
    if (!is_late && !is_early)
        return;
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED);
    fv_sink_param_time(sink, remark, "not_before", certificate->not_before.seconds);
    fv_sink_param_time(sink, remark, "not_after", certificate->not_after.seconds);
    fv_sink_param_time(sink, remark, "time", now);
    fv_sink_param_text(sink, remark, "state", is_late ? "expired" : "not yet valid");
}

/* OpenSSL (check_ssl_ca in crypto/x509/v3_purp.c): without basicConstraints, a root is a CA if it
 * has version 1, or a keyUsage, or an nsCertType with sslCA. */
static bool is_no_ca_to_openssl(const fv_sink *sink, const fv_certificate *anchor)
{
    const fv_netscape_type *type = &anchor->netscape_type;
    bool is_ssl_ca = type->presence == FV_KNOWN && (type->bits & FV_NETSCAPE_SSL_CA) != 0;
    return sink->input->policy->profile == FEDVAL_PROFILE_EXPRESSWAY && anchor->version != 1 &&
           anchor->basic_constraints.presence == FV_ABSENT &&
           anchor->key_usage.presence == FV_ABSENT && !is_ssl_ca;
}

/* 6.1.4 (k): a CA certificate has version 3 and cA. An anchor may be older than version 3: it is
 * trusted because it was configured, whatever it says of itself. */
static void judge_basic_constraints(fv_sink *sink, const fv_certificate *certificate,
                                    bool is_anchor)
{
    const fv_basic_constraints *constraints = &certificate->basic_constraints;
    if (constraints->presence == FV_KNOWN && !constraints->is_ca) {
        fv_sink_add_reason(sink, FEDVAL_FINDING_CHAIN_NOT_A_CA,
                           "basicConstraints says that it is no CA");
    } else if (constraints->presence != FV_KNOWN && !is_anchor) {
        fv_sink_add_reason(sink, FEDVAL_FINDING_CHAIN_NOT_A_CA, "it has no basicConstraints");
    } else if (is_anchor && is_no_ca_to_openssl(sink, certificate)) {
        fv_sink_add_reason(sink, FEDVAL_FINDING_CHAIN_NOT_A_CA,
                           "it has neither basicConstraints nor keyUsage, and OpenSSL takes such a "
                           "root for no CA unless its version is 1");
    }
}

/* 6.1.4 (n): "If a key usage extension is present, verify that the keyCertSign bit is set." */
static void judge_key_usage(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_key_usage *usage = &certificate->key_usage;
    if (usage->presence == FV_KNOWN && (usage->bits & FV_KEY_USAGE_KEY_CERT_SIGN) == 0)
        fv_sink_add_reason(sink, FEDVAL_FINDING_CHAIN_NOT_A_CA, "keyUsage has no keyCertSign");
}

/* 4.2.1.12, applied along the path as every Web PKI client and SChannel do: a certificate can only
 * have a purpose that the CA certificates above it have too. */
static void judge_extended_key_usage(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_extended_key_usage *usage = fv_sink_purposes_of(sink, certificate);
    uint32_t purpose = sink->input->purpose;
    bool is_for_sip = usage->has_sip_domain &&
                      sink->input->policy->profile == FEDVAL_PROFILE_RFC5922_SIP; /* RFC 5924 */
    bool is_for_any = usage->has_any && fv_sink_takes_any_purpose(sink);
    if (usage->presence != FV_KNOWN || is_for_any || is_for_sip || purpose == FEDVAL_PURPOSE_ANY)
        return;
    if (purpose == FEDVAL_PURPOSE_SERVER ? usage->has_server_auth : usage->has_client_auth)
        return;
    fv_remark *remark = fv_sink_add(sink, FEDVAL_FINDING_CHAIN_EKU_NOT_PERMITTED);
    fv_sink_param_text(sink, remark, "purpose", fedval_purpose_to_string(purpose));
    fv_sink_param_usages(sink, remark, certificate);
}

void fv_trust_judge_issuer(fv_sink *sink, const fv_certificate *certificate, bool is_anchor)
{
    fv_trust_judge_encoding(sink, certificate, is_anchor);
    fv_trust_judge_critical_extensions(sink, certificate);
    judge_validity(sink, certificate);
    judge_basic_constraints(sink, certificate, is_anchor);
    judge_key_usage(sink, certificate);
    judge_extended_key_usage(sink, certificate);
    fv_trust_judge_constraints(sink, certificate);
    fv_trust_judge_key(sink, certificate);
    if (!is_anchor) { /* nobody looks at the signature on an anchor */
        fv_trust_judge_signature_algorithm(sink, certificate);
    }
    if (fv_sink_is_strict(sink))
        fv_trust_judge_webpki_issuer(sink, certificate, is_anchor);
}
