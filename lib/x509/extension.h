/* Extensions of certificates, CRLs and CRL entries. */
#ifndef FV_X509_EXTENSION_H
#define FV_X509_EXTENSION_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum fv_extension_id {
    FV_EXT_UNRECOGNISED,
    FV_EXT_BASIC_CONSTRAINTS,
    FV_EXT_KEY_USAGE,
    FV_EXT_EXTENDED_KEY_USAGE,
    FV_EXT_SUBJECT_ALT_NAME,
    FV_EXT_ISSUER_ALT_NAME,
    FV_EXT_SUBJECT_KEY_ID,
    FV_EXT_AUTHORITY_KEY_ID,
    FV_EXT_NAME_CONSTRAINTS,
    FV_EXT_CERTIFICATE_POLICIES,
    FV_EXT_POLICY_MAPPINGS,
    FV_EXT_POLICY_CONSTRAINTS,
    FV_EXT_INHIBIT_ANY_POLICY,
    FV_EXT_CRL_DISTRIBUTION_POINTS,
    FV_EXT_FRESHEST_CRL,
    FV_EXT_AUTHORITY_INFO_ACCESS,
    FV_EXT_SUBJECT_INFO_ACCESS,
    FV_EXT_SCT_LIST,
    FV_EXT_TLS_FEATURE,
    FV_EXT_CRL_NUMBER,
    FV_EXT_DELTA_CRL_INDICATOR,
    FV_EXT_ISSUING_DISTRIBUTION_POINT,
    FV_EXT_CRL_REASON,
    FV_EXT_INVALIDITY_DATE,
    FV_EXT_CERTIFICATE_ISSUER,
    FV_EXT_APPLICATION_POLICIES, /* Microsoft: 1.3.6.1.4.1.311.21.10 */
    FV_EXT_NETSCAPE_CERT_TYPE,   /* 2.16.840.1.113730.1.1 */
    FV_EXT_PROXY_CERT_INFO,      /* RFC 3820 3.8 */
    FV_EXT_IP_RESOURCES,         /* RFC 3779 2.2 */
    FV_EXT_AS_RESOURCES,         /* RFC 3779 3.2 */
    FV_EXT_PRIVATE_KEY_USAGE_PERIOD,
    FV_EXT_SUBJECT_DIRECTORY_ATTRIBUTES,
    FV_EXT_QC_STATEMENTS, /* RFC 3739 3.2.6 */
} fv_extension_id;

typedef struct fv_extension {
    fv_extension_id id;
    bool is_critical;
    bool is_duplicate; /* an earlier one has the same OID; its contents are not read */
    bool is_malformed; /* recognised, but the contents cannot be read */
    /* FV_DEFECT_BIT of what is wrong inside the contents: what OpenSSL refuses to decode, and what
     * it passes over. Both are 0 for extensions of which shape_rows.c has no shape. */
    uint64_t faults, slips;
    fv_bytes oid;   /* contents */
    fv_bytes value; /* contents of the OCTET STRING */
} fv_extension;

/* Returns the extension with the OID `oid`, or FV_EXT_UNRECOGNISED for an OID that is not in the
 * list. */
fv_extension_id fv_extension_find_id(fv_bytes oid);
/* "subjectAltName" and the like, as RFC 5280 writes them; NULL for FV_EXT_UNRECOGNISED. Static. */
const char *fv_extension_to_text(fv_extension_id id);

#endif
