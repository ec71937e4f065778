/* The remedy of a code where the policy changes that of the catalogue. */
#include "rules/rules.h"

const char *fv_remedy_of(const fedval_policy *policy, uint32_t code)
{
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
