/* The severity of a code where the profile or the input changes that of the catalogue. */
#include "fedval/trust.h"
#include "rules/rules.h"

static const struct {
    uint32_t profile, code, severity;
} exceptions[] = {
    /* Baseline Requirements 6.1.5: no other keys than those listed. */
    {FEDVAL_PROFILE_WEBPKI, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED, FEDVAL_SEVERITY_ERROR},
    /* Microsoft's cloud has turned TLS 1.0 and 1.1 off [C]. */
    {FEDVAL_PROFILE_OFFICE365, FEDVAL_FINDING_TLS_VERSION_TOO_OLD, FEDVAL_SEVERITY_ERROR},
    /* OpenSSL takes the first issuer whose name and key identifier fit [C]. */
    {FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_FINDING_CHAIN_KEY_ID_MISMATCH, FEDVAL_SEVERITY_ERROR},
    /* How an Edge treats the wildcard of a peer is not documented [U]. */
    {FEDVAL_PROFILE_MICROSOFT_EDGE, FEDVAL_FINDING_CERT_NAME_WILDCARD_ONLY,
     FEDVAL_SEVERITY_INDETERMINATE},
    {FEDVAL_PROFILE_OFFICE365, FEDVAL_FINDING_CERT_NAME_WILDCARD_ONLY,
     FEDVAL_SEVERITY_INDETERMINATE},
    /* Edge servers run on Windows Server 2008 R2 to 2019 [C]. */
    {FEDVAL_PROFILE_MICROSOFT_EDGE, FEDVAL_FINDING_TLS_WINDOWS_REFUSED, FEDVAL_SEVERITY_ERROR},
    {FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_FINDING_TLS_WINDOWS_REFUSED, FEDVAL_SEVERITY_NOTE},
    {FEDVAL_PROFILE_RFC5922_SIP, FEDVAL_FINDING_TLS_WINDOWS_REFUSED, FEDVAL_SEVERITY_NOTE},
    /* Neither Microsoft's cloud nor a standard SIP peer runs on such a Windows. */
    {FEDVAL_PROFILE_OFFICE365, FEDVAL_FINDING_TLS_WINDOWS_NOT_SEEN, FEDVAL_SEVERITY_NOTE},
    {FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_FINDING_TLS_WINDOWS_NOT_SEEN, FEDVAL_SEVERITY_NOTE},
    {FEDVAL_PROFILE_RFC5922_SIP, FEDVAL_FINDING_TLS_WINDOWS_NOT_SEEN, FEDVAL_SEVERITY_NOTE},
    {FEDVAL_PROFILE_OFFICE365, FEDVAL_FINDING_TLS_WINDOWS_VERSION_REFUSED, FEDVAL_SEVERITY_NOTE},
    {FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_FINDING_TLS_WINDOWS_VERSION_REFUSED, FEDVAL_SEVERITY_NOTE},
    {FEDVAL_PROFILE_RFC5922_SIP, FEDVAL_FINDING_TLS_WINDOWS_VERSION_REFUSED, FEDVAL_SEVERITY_NOTE},
    /* RFC 5922 7.2: "Implementations MUST NOT match any form of wildcard". What an Edge makes of a
     * peer's wildcard is not documented. */
    {FEDVAL_PROFILE_RFC5922_SIP, FEDVAL_FINDING_CERT_NAME_WILDCARD_ONLY, FEDVAL_SEVERITY_ERROR},
    {FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_FINDING_CERT_NAME_WILDCARD_ONLY, FEDVAL_SEVERITY_ERROR},
    /* Web servers and standard SIP peers are not asked to be clients too. */
    {FEDVAL_PROFILE_WEBPKI, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH, FEDVAL_SEVERITY_NOTE},
    {FEDVAL_PROFILE_RFC5922_SIP, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH, FEDVAL_SEVERITY_NOTE},
};

/* Nobody can see the partner's list of trusted CAs from outside. So on premises a root that is not
 * public decides nothing, unless private anchors were given in place of that list. */
static bool is_trust_list_unknown(const fv_rules_input *input)
{
    return input->policy->profile == FEDVAL_PROFILE_MICROSOFT_EDGE &&
           (input->anchors == NULL ||
            fedval_anchors_count(input->anchors, FEDVAL_ANCHOR_PRIVATE) == 0);
}

uint32_t fv_severity_of(const fv_rules_input *input, uint32_t code)
{
    /* Whoever asks whether a certificate is good for clients wants an error if it is not. For
     * federation it stays a warning: Expressway X15.5 refuses it by default, but for a Lync Edge it
     * is not documented. */
    if (code == FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH &&
        input->client_purpose == FEDVAL_PURPOSE_CLIENT &&
        input->policy->service != FEDVAL_SERVICE_SIPFEDERATIONTLS)
        return FEDVAL_SEVERITY_ERROR;
    for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]); i++) {
        if (exceptions[i].code == code && exceptions[i].profile == input->policy->profile)
            return exceptions[i].severity;
    }
    if (code == FEDVAL_FINDING_CHAIN_PRIVATE_ROOT &&
        input->policy->trust == FEDVAL_ROOTS_PUBLIC_ONLY)
        return FEDVAL_SEVERITY_ERROR;
    /* A server may leave out its root (RFC 8446 4.4.2): an issuer that is not sent may be one. */
    if ((code == FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT || code == FEDVAL_FINDING_CHAIN_INCOMPLETE) &&
        is_trust_list_unknown(input))
        return FEDVAL_SEVERITY_INDETERMINATE;
    return fedval_catalogue_entry_get_severity(fedval_catalogue_find(code));
}
