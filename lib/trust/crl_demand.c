/* What a profile demands of a CRL beyond RFC 5280 6.3. */
#include "trust/crl_choice.h"

/* RFC 5280 5.1, 5.2 and Baseline Requirements 7.2: the duties of an issuer of CRLs. They count in
 * the webpki profile. If a serial number is listed twice, nobody can tell which entry counts. */
static const char *find_profile_fault(const fv_crl *crl)
{
    if (crl->version != 2)
        return "its version is not 2";
    if (crl->number_presence != FV_KNOWN)
        return "it has no cRLNumber";
    if (crl->number.len == 0 || crl->number.len > 20 || (crl->number.data[0] & 0x80) != 0)
        return "its cRLNumber is negative or has more than 20 octets";
    for (size_t i = 0; i < crl->num_extensions; i++) {
        if (crl->extensions[i].is_critical && (crl->extensions[i].id == FV_EXT_CRL_NUMBER ||
                                               crl->extensions[i].id == FV_EXT_AUTHORITY_KEY_ID))
            return "an extension that must not be critical is critical";
    }
    if (fv_defects_has(&crl->defects, FV_DEFECT_TIME_TYPE))
        return "it has a date before 2050 as a GeneralizedTime";
    if (crl->authority_key_id.presence != FV_KNOWN)
        return "it has no authorityKeyIdentifier";
    if (crl->has_equal_serials)
        return "it lists a serial number twice";
    if (crl->has_other_point_names)
        return "its issuingDistributionPoint has a name that is no URI";
    return NULL;
}

/* OpenSSL knows a critical issuingDistributionPoint, deltaCRLIndicator and authorityKeyIdentifier
 * (crl_cb in crypto/x509/x_crl.c), and refuses a CRL for any other critical extension. */
static const char *find_openssl_fault(const fv_crl *crl)
{
    for (size_t i = 0; i < crl->num_extensions; i++) {
        if (crl->extensions[i].is_critical && crl->extensions[i].id == FV_EXT_CRL_NUMBER)
            return "its cRLNumber is critical, and OpenSSL does not know it as critical";
    }
    return NULL;
}

const char *fv_crl_find_demand(const fv_search *search, const fv_crl *crl, bool is_strict)
{
    bool is_openssl = search->input->policy->profile == FEDVAL_PROFILE_EXPRESSWAY;
    if (is_strict)
        return find_profile_fault(crl);
    return is_openssl ? find_openssl_fault(crl) : NULL;
}
