/* How the names of a certificate match a reference identity (RFC 9525, RFC 5922). */
#ifndef FV_NAMES_CERTIFICATE_MATCH_H
#define FV_NAMES_CERTIFICATE_MATCH_H

#include "x509/certificate.h"

typedef struct fv_name_policy {
    uint32_t wildcard;    /* FEDVAL_WILDCARD_ */
    uint32_t common_name; /* FEDVAL_CN_ */
    bool accepts_sip_uri; /* a sip: URI in the SAN names a SIP domain (RFC 5922 7.1) */
} fv_name_policy;

typedef struct fv_name_match {
    uint32_t how; /* FEDVAL_NAME_MATCH_ */
    /* The identifier that how speaks of: a dNSName, URI or Common Name as it stands in the
     * certificate, the octets of an address; empty for FEDVAL_NAME_MATCH_NONE. */
    fv_text presented;
} fv_name_match;

/* reference: a host name in ASCII, any case, one trailing dot allowed, or the literal of an
 * address. False when it is neither; *out is untouched then. Allocates nothing. */
bool fv_certificate_match(const fv_certificate *certificate, fv_text reference,
                          const fv_name_policy *policy, fv_name_match *out);

#endif
