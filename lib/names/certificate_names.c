/* The public functions that match a certificate's names. They check their arguments and call
 * certificate_match.c. */
#include "fedval/certificate.h"

#include "fedval/name.h"
#include "names/certificate_match.h"
#include "names/packed.h"
#include "x509/object.h"

static bool read_policy(uint32_t wildcard_rule, uint32_t cn_rule, uint32_t accepts_sip_uri,
                        fv_name_policy *out)
{
    if (fedval_wildcard_rule_to_string(wildcard_rule) == NULL ||
        fedval_cn_rule_to_string(cn_rule) == NULL || accepts_sip_uri > 1)
        return false;
    *out = (fv_name_policy){wildcard_rule, cn_rule, accepts_sip_uri == 1};
    return true;
}

fedval_status fedval_certificate_match(const fedval_certificate *certificate, const char *name,
                                       size_t name_len, uint32_t wildcard_rule, uint32_t cn_rule,
                                       uint32_t accepts_sip_uri, uint32_t *out_match)
{
    fv_name_policy policy;
    fv_name_match match;

    if (certificate == NULL || name == NULL || out_match == NULL ||
        !read_policy(wildcard_rule, cn_rule, accepts_sip_uri, &policy))
        return FEDVAL_ERROR_ARGUMENT;
    if (!fv_certificate_match(&certificate->facts, fv_text_given(name, name_len), &policy, &match))
        return FEDVAL_ERROR_SYNTAX;
    *out_match = match.how;
    return FEDVAL_OK;
}

fedval_status fedval_certificate_match_batch(const fedval_certificate *certificate,
                                             const char *text, size_t text_len,
                                             const uint32_t *offsets, size_t num_names,
                                             uint32_t wildcard_rule, uint32_t cn_rule,
                                             uint32_t accepts_sip_uri, uint32_t *out_matches)
{
    fv_name_policy policy;

    if (num_names == 0)
        return FEDVAL_OK;
    if (certificate == NULL || text == NULL || offsets == NULL || out_matches == NULL ||
        num_names > SIZE_MAX / sizeof(*offsets) - 1 ||
        !fv_packed_is_sound(offsets, num_names + 1, text_len) ||
        !read_policy(wildcard_rule, cn_rule, accepts_sip_uri, &policy))
        return FEDVAL_ERROR_ARGUMENT;
    for (size_t i = 0; i < num_names; i++) {
        fv_name_match match = {0};
        (void)fv_certificate_match(&certificate->facts, fv_packed_get(text, offsets, i), &policy,
                                   &match);
        out_matches[i] = match.how;
    }
    return FEDVAL_OK;
}
