/* The remedy of a code where the policy changes that of the catalogue. */
#include "rules/rules.h"

/* ---- a certificate without clientAuth ---- */

/* What can call, by who is called: from X15.5 on an Expressway has a certificate of its own for
 * that (see fedval explain R6). */
#define STORE_OF_X155 "X15.5 has a store of its own for the certificate that calls: "
#define INTO_STORE                                                                                 \
    "put one with clientAuth or without extended key usage into it (public CAs no longer give "    \
    "clientAuth; the root of a private CA has to be imported by every partner that is called), "   \
    "or a copy of the server's certificate (a check box at its upload)"
#define INTO_STORE_PUBLIC                                                                          \
    "put a copy of the server's certificate into it (a check box at its upload), or one without "  \
    "extended key usage; public CAs no longer give clientAuth, and the other side takes no "       \
    "private CA. Whether Microsoft refuses serverAuth alone is not documented"
/* Before X15.5 the certificate that calls is the one that every partner is shown. */
#define ONE_FOR_BOTH                                                                               \
    "Until then one certificate serves both roles: one of a private CA in its place is refused "   \
    "by every partner that has not imported its root"
#define BY_SCP                                                                                     \
    "a certificate without clientAuth gets onto the device by SCP alone, which Cisco documents"
#define BY_SWITCH                                                                                  \
    "on the Expressway-E a certificate without clientAuth loads after xConfiguration XCP TLS "     \
    "Certificate CVS EnableServerEkuUpload: On (Expressway-E only)"

typedef struct release_remedy {
    int64_t before;   /* the row holds for releases below this one; see words_for */
    const char *text; /* where the other side may take a private CA */
    const char *of_public_only;
} release_remedy;

static const release_remedy of_releases[] = {
    {1, /* the release is not known */
     STORE_OF_X155 INTO_STORE ". Before X15.5 upgrade first. " ONE_FOR_BOTH,
     STORE_OF_X155 INTO_STORE_PUBLIC ". Before X15.5 upgrade first"},
    {1504, "Upgrade first: " STORE_OF_X155 INTO_STORE ". " ONE_FOR_BOTH "; " BY_SCP,
     "Upgrade first: " STORE_OF_X155 INTO_STORE_PUBLIC ". Until then " BY_SCP},
    {1505, "Upgrade first: " STORE_OF_X155 INTO_STORE ". " ONE_FOR_BOTH "; " BY_SWITCH,
     "Upgrade first: " STORE_OF_X155 INTO_STORE_PUBLIC ". Until then " BY_SWITCH},
    {INT64_MAX, STORE_OF_X155 INTO_STORE, STORE_OF_X155 INTO_STORE_PUBLIC},
};

/* The certificate of a partner that an Expressway judges: the Expressway can let it pass. An Edge
 * has one external certificate for all of its partners (see fedval explain R6). */
#define OF_EDGE                                                                                    \
    "Only where the Expressway on the Cisco side is X15.5 or later: there, xConfiguration SIP TLS" \
    " Certificate ExtendedKeyUsage Checking Mode: Off; earlier releases do not look at it. An "    \
    "Edge shows one external certificate to all of its partners, and public CAs no longer give "   \
    "clientAuth: leave it as it is"

/* A standard SIP peer, a web client or a Meeting Server calls. */
#define OF_ANY_CALLER                                                                              \
    "Call with a certificate that has clientAuth, or no extended key usage (public CAs no longer " \
    "give clientAuth)"

static const char *remedy_without_client_auth(const fedval_policy *policy)
{
    size_t i = 0;
    if (policy->profile == FEDVAL_PROFILE_EXPRESSWAY || policy->side == FEDVAL_SIDE_MICROSOFT)
        return OF_EDGE;
    if (policy->service != FEDVAL_SERVICE_SIPFEDERATIONTLS)
        return OF_ANY_CALLER;
    while (policy->expressway_version >= of_releases[i].before)
        i++;
    return policy->trust == FEDVAL_ROOTS_PUBLIC_ONLY ? of_releases[i].of_public_only
                                                     : of_releases[i].text;
}

/* ---- a root that is not public ---- */

static const char *remedy_where_public_only(uint32_t code)
{
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

const char *fv_remedy_of(const fedval_policy *policy, uint32_t code)
{
    if (code == FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH)
        return remedy_without_client_auth(policy);
    return policy->trust == FEDVAL_ROOTS_PUBLIC_ONLY ? remedy_where_public_only(code) : NULL;
}
