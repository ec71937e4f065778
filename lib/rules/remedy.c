/* The remedy of a code where the policy changes that of the catalogue. */
#include "rules/rules.h"

/* The certificate of a partner that an Expressway judges: the Expressway can let it pass (see
 * fedval explain R6). */
static const char *remedy_for_expressway(uint32_t code)
{
    return code == FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH
               ? "Only where the Expressway on the Cisco side is X15.5 or later: there, "
                 "xConfiguration "
                 "SIP TLS Certificate ExtendedKeyUsage Checking Mode: Off; or give this domain's "
                 "server a calling certificate with clientAuth (a private CA still gives it)"
               : NULL;
}

const char *fv_remedy_of(const fedval_policy *policy, uint32_t code)
{
    const char *of_expressway =
        policy->profile == FEDVAL_PROFILE_EXPRESSWAY ? remedy_for_expressway(code) : NULL;
    if (of_expressway != NULL)
        return of_expressway;
    if (policy->trust != FEDVAL_ROOTS_PUBLIC_ONLY)
        return NULL;
    switch (code) {
    case FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT:
    case FEDVAL_FINDING_CHAIN_SELF_SIGNED:
    case FEDVAL_FINDING_CHAIN_PRIVATE_ROOT:
        return "Use a certificate of a public CA: the other side takes no other";
    case FEDVAL_FINDING_CHAIN_INCOMPLETE:
        return "If {issuer} is an intermediate of a public CA, have the server send it (on "
               "Expressway: put it into the trusted CA list); else use a certificate of a public "
               "CA: the other side takes no other; where to get the intermediate: {aia_url}";
    default:
        return NULL;
    }
}
