#include "x509/extension.h"

#include "x509/oid.h"

/* The extensions with the OID 2.5.29.n, indexed by n. */
static const struct {
    uint8_t arc;
    uint8_t id;
    const char *text;
} id_ce[] = {
    {9, FV_EXT_SUBJECT_DIRECTORY_ATTRIBUTES, "subjectDirectoryAttributes"},
    {14, FV_EXT_SUBJECT_KEY_ID, "subjectKeyIdentifier"},
    {15, FV_EXT_KEY_USAGE, "keyUsage"},
    {16, FV_EXT_PRIVATE_KEY_USAGE_PERIOD, "privateKeyUsagePeriod"},
    {17, FV_EXT_SUBJECT_ALT_NAME, "subjectAltName"},
    {18, FV_EXT_ISSUER_ALT_NAME, "issuerAltName"},
    {19, FV_EXT_BASIC_CONSTRAINTS, "basicConstraints"},
    {20, FV_EXT_CRL_NUMBER, "cRLNumber"},
    {21, FV_EXT_CRL_REASON, "reasonCode"},
    {24, FV_EXT_INVALIDITY_DATE, "invalidityDate"},
    {27, FV_EXT_DELTA_CRL_INDICATOR, "deltaCRLIndicator"},
    {28, FV_EXT_ISSUING_DISTRIBUTION_POINT, "issuingDistributionPoint"},
    {29, FV_EXT_CERTIFICATE_ISSUER, "certificateIssuer"},
    {30, FV_EXT_NAME_CONSTRAINTS, "nameConstraints"},
    {31, FV_EXT_CRL_DISTRIBUTION_POINTS, "cRLDistributionPoints"},
    {32, FV_EXT_CERTIFICATE_POLICIES, "certificatePolicies"},
    {33, FV_EXT_POLICY_MAPPINGS, "policyMappings"},
    {35, FV_EXT_AUTHORITY_KEY_ID, "authorityKeyIdentifier"},
    {36, FV_EXT_POLICY_CONSTRAINTS, "policyConstraints"},
    {37, FV_EXT_EXTENDED_KEY_USAGE, "extKeyUsage"},
    {46, FV_EXT_FRESHEST_CRL, "freshestCRL"},
    {54, FV_EXT_INHIBIT_ANY_POLICY, "inhibitAnyPolicy"},
};

#define NUM_ID_CE (sizeof(id_ce) / sizeof(id_ce[0]))

static const fv_oid_entry others[] = {
    {8, "\x2B\x06\x01\x05\x05\x07\x01\x01", FV_EXT_AUTHORITY_INFO_ACCESS},
    {8, "\x2B\x06\x01\x05\x05\x07\x01\x0B", FV_EXT_SUBJECT_INFO_ACCESS},
    {8, "\x2B\x06\x01\x05\x05\x07\x01\x18", FV_EXT_TLS_FEATURE},
    {8, "\x2B\x06\x01\x05\x05\x07\x01\x03", FV_EXT_QC_STATEMENTS},
    {10, "\x2B\x06\x01\x04\x01\xD6\x79\x02\x04\x02", FV_EXT_SCT_LIST},
    {9, "\x2B\x06\x01\x04\x01\x82\x37\x15\x0A", FV_EXT_APPLICATION_POLICIES},
    {9, "\x60\x86\x48\x01\x86\xF8\x42\x01\x01", FV_EXT_NETSCAPE_CERT_TYPE},
    {8, "\x2B\x06\x01\x05\x05\x07\x01\x0E", FV_EXT_PROXY_CERT_INFO},
    {8, "\x2B\x06\x01\x05\x05\x07\x01\x07", FV_EXT_IP_RESOURCES},
    {8, "\x2B\x06\x01\x05\x05\x07\x01\x08", FV_EXT_AS_RESOURCES},
};

fv_extension_id fv_extension_find_id(fv_bytes oid)
{
    if (oid.len != 3 || oid.data[0] != 0x55 || oid.data[1] != 0x1D) {
        return (fv_extension_id)fv_oid_find(others, sizeof(others) / sizeof(others[0]), oid,
                                            FV_EXT_UNRECOGNISED);
    }
    for (size_t i = 0; i < NUM_ID_CE; i++) {
        if (id_ce[i].arc == oid.data[2])
            return (fv_extension_id)id_ce[i].id;
    }
    return FV_EXT_UNRECOGNISED;
}

const char *fv_extension_to_text(fv_extension_id id)
{
    for (size_t i = 0; i < NUM_ID_CE; i++) {
        if (id_ce[i].id == id)
            return id_ce[i].text;
    }
    if (id == FV_EXT_AUTHORITY_INFO_ACCESS)
        return "authorityInfoAccess";
    if (id == FV_EXT_SUBJECT_INFO_ACCESS)
        return "subjectInfoAccess";
    if (id == FV_EXT_TLS_FEATURE)
        return "tlsFeature";
    if (id == FV_EXT_QC_STATEMENTS)
        return "qcStatements";
    if (id == FV_EXT_APPLICATION_POLICIES)
        return "applicationPolicies";
    if (id == FV_EXT_NETSCAPE_CERT_TYPE)
        return "nsCertType";
    if (id == FV_EXT_PROXY_CERT_INFO)
        return "proxyCertInfo";
    if (id == FV_EXT_IP_RESOURCES)
        return "ipAddrBlocks";
    if (id == FV_EXT_AS_RESOURCES)
        return "autonomousSysIds";
    return id == FV_EXT_SCT_LIST ? "signedCertificateTimestamps" : NULL;
}
