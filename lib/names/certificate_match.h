/* Compares the names of a certificate with a reference identity (RFC 9525, RFC 5922). */
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
    /* The identifier that decided `how`: a dNSName, URI or Common Name as the certificate has it,
     * or the octets of an address. Empty for FEDVAL_NAME_MATCH_NONE. */
    fv_text presented;
} fv_name_match;

/* Compares the names of the certificate with `reference`: a host name in ASCII, of any case and
 * with or without a trailing dot, or the literal of an address. When `reference` is neither, it
 * returns false and `*out` is untouched. Allocates nothing. */
bool fv_certificate_match(const fv_certificate *certificate, fv_text reference,
                          const fv_name_policy *policy, fv_name_match *out);

#endif
