/* A CA certificate that issues the one below it in a path (RFC 5280 6.1.3, 6.1.4). */
#include "trust/names.h"
#include "trust/rules.h"

/* 6.1.3 (a)(2). Both ends belong to the period (4.1.2.5). */
static void judge_validity(fv_judge *judge, const fv_certificate *certificate)
{
    int64_t now = judge->input->time;
    bool is_late =
        certificate->not_after.presence == FV_KNOWN && now > certificate->not_after.seconds;
    bool is_early =
        certificate->not_before.presence == FV_KNOWN && now < certificate->not_before.seconds;
    if (!is_late && !is_early)
        return;
    fv_finding *finding = fv_judge_add(judge, FEDVAL_FINDING_CHAIN_ISSUER_EXPIRED);
    fv_judge_param_time(judge, finding, "not_before", certificate->not_before.seconds);
    fv_judge_param_time(judge, finding, "not_after", certificate->not_after.seconds);
    fv_judge_param_time(judge, finding, "time", now);
    fv_judge_param_text(judge, finding, "state", is_late ? "expired" : "not yet valid");
}

/* 6.1.4 (k): version 3 with cA, but an anchor may be older than version 3: it is trusted because
 * it was configured, not because of what it says of itself. */
static void judge_basic_constraints(fv_judge *judge, const fv_certificate *certificate,
                                    bool is_anchor)
{
    const fv_basic_constraints *constraints = &certificate->basic_constraints;
    if (constraints->presence == FV_KNOWN && !constraints->is_ca)
        fv_judge_add_reason(judge, FEDVAL_FINDING_CHAIN_NOT_A_CA,
                            "basicConstraints says that it is no CA");
    else if (constraints->presence != FV_KNOWN && !is_anchor)
        fv_judge_add_reason(judge, FEDVAL_FINDING_CHAIN_NOT_A_CA, "it has no basicConstraints");
}

/* 6.1.4 (n) */
static void judge_key_usage(fv_judge *judge, const fv_certificate *certificate)
{
    const fv_key_usage *usage = &certificate->key_usage;
    if (usage->presence == FV_KNOWN && (usage->bits & FV_KEY_USAGE_KEY_CERT_SIGN) == 0)
        fv_judge_add_reason(judge, FEDVAL_FINDING_CHAIN_NOT_A_CA, "keyUsage has no keyCertSign");
}

/* 4.2.1.12, along the path as every Web PKI client and SChannel read it: the purposes of a CA
 * certificate bound those of what it issues. */
static void judge_extended_key_usage(fv_judge *judge, const fv_certificate *certificate)
{
    const fv_extended_key_usage *usage = &certificate->extended_key_usage;
    uint32_t purpose = judge->input->purpose;
    if (usage->presence != FV_KNOWN || usage->has_any || purpose == FEDVAL_PURPOSE_ANY)
        return;
    if (purpose == FEDVAL_PURPOSE_SERVER ? usage->has_server_auth : usage->has_client_auth)
        return;
    fv_finding *finding = fv_judge_add(judge, FEDVAL_FINDING_CHAIN_EKU_NOT_PERMITTED);
    fv_judge_param_text(judge, finding, "purpose", fedval_purpose_to_string(purpose));
    fv_judge_param_usages(judge, finding, certificate);
}

void fv_judge_issuer(fv_judge *judge, const fv_certificate *certificate, bool is_anchor)
{
    fv_judge_encoding(judge, certificate, is_anchor);
    fv_judge_critical_extensions(judge, certificate);
    judge_validity(judge, certificate);
    judge_basic_constraints(judge, certificate, is_anchor);
    judge_key_usage(judge, certificate);
    judge_extended_key_usage(judge, certificate);
    fv_judge_constraints(judge, certificate);
    fv_judge_key(judge, certificate);
    if (!is_anchor) /* nobody looks at the signature on an anchor */
        fv_judge_signature_algorithm(judge, certificate);
    if (fv_judge_is_strict(judge))
        fv_judge_webpki_issuer(judge, certificate, is_anchor);
}
