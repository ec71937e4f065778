/* The words for every code of fedval/name.h. */
#include "fedval/name.h"
#include "model/words.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const fv_code kinds[] = {
    {FEDVAL_NAME_KIND_HOST, "host"},
    {FEDVAL_NAME_KIND_SINGLE_LABEL, "single-label"},
    {FEDVAL_NAME_KIND_SERVICE, "service"},
    {FEDVAL_NAME_KIND_WILDCARD, "wildcard"},
    {FEDVAL_NAME_KIND_INTERNATIONALISED, "internationalised"},
    {FEDVAL_NAME_KIND_IPV4, "ipv4"},
    {FEDVAL_NAME_KIND_IPV6, "ipv6"},
    {FEDVAL_NAME_KIND_ROOT, "root"},
};

static const fv_code faults[] = {
    {FEDVAL_NAME_FAULT_NONE, "none"},
    {FEDVAL_NAME_FAULT_EMPTY, "empty"},
    {FEDVAL_NAME_FAULT_EMPTY_LABEL, "empty-label"},
    {FEDVAL_NAME_FAULT_LABEL_TOO_LONG, "label-too-long"},
    {FEDVAL_NAME_FAULT_NAME_TOO_LONG, "name-too-long"},
    {FEDVAL_NAME_FAULT_BAD_CHARACTER, "bad-character"},
    {FEDVAL_NAME_FAULT_BAD_HYPHEN, "bad-hyphen"},
    {FEDVAL_NAME_FAULT_BAD_WILDCARD, "bad-wildcard"},
    {FEDVAL_NAME_FAULT_BAD_UTF8, "bad-utf8"},
    {FEDVAL_NAME_FAULT_BAD_IDN, "bad-idn"},
    {FEDVAL_NAME_FAULT_BAD_ADDRESS, "bad-address"},
};

static const fv_code schemes[] = {
    {FEDVAL_SIP_SCHEME_SIP, "sip"},
    {FEDVAL_SIP_SCHEME_SIPS, "sips"},
    {FEDVAL_SIP_SCHEME_TEL, "tel"},
    {FEDVAL_SIP_SCHEME_OTHER, "other"},
};

static const fv_code srv_matches[] = {
    {FEDVAL_SRV_MATCH_MATCH, "match"},
    {FEDVAL_SRV_MATCH_DEEPER, "deeper"},
    {FEDVAL_SRV_MATCH_PARENT_OR_SIBLING, "parent-or-sibling"},
    {FEDVAL_SRV_MATCH_APEX, "apex"},
    {FEDVAL_SRV_MATCH_OTHER_DOMAIN, "other-domain"},
    {FEDVAL_SRV_MATCH_NOT_OFFERED, "not-offered"},
    {FEDVAL_SRV_MATCH_NOT_A_HOST_NAME, "not-a-host-name"},
    {FEDVAL_SRV_MATCH_DOMAIN_NOT_A_HOST_NAME, "domain-not-a-host-name"},
};

static const fv_code wildcard_rules[] = {
    {FEDVAL_WILDCARD_NEVER, "never"},
    {FEDVAL_WILDCARD_LEFT_MOST, "left-most"},
};

static const fv_code cn_rules[] = {
    {FEDVAL_CN_NEVER, "never"},
    {FEDVAL_CN_WITHOUT_SAN, "without-san"},
    {FEDVAL_CN_REQUIRED, "required"},
};

static const fv_code name_matches[] = {
    {FEDVAL_NAME_MATCH_SAN, "san"},
    {FEDVAL_NAME_MATCH_SAN_URI, "san-uri"},
    {FEDVAL_NAME_MATCH_SAN_ADDRESS, "san-address"},
    {FEDVAL_NAME_MATCH_SAN_WILDCARD, "san-wildcard"},
    {FEDVAL_NAME_MATCH_CN, "cn"},
    {FEDVAL_NAME_MATCH_CN_IGNORED, "cn-ignored"},
    {FEDVAL_NAME_MATCH_WILDCARD_ONLY, "wildcard-only"},
    {FEDVAL_NAME_MATCH_CN_MISSING, "cn-missing"},
    {FEDVAL_NAME_MATCH_NONE, "none"},
};

FV_CODE_FUNCTIONS(name_kind, kinds)
FV_CODE_FUNCTIONS(name_fault, faults)
FV_CODE_FUNCTIONS(sip_scheme, schemes)
FV_CODE_FUNCTIONS(srv_match, srv_matches)
FV_CODE_FUNCTIONS(wildcard_rule, wildcard_rules)
FV_CODE_FUNCTIONS(cn_rule, cn_rules)
FV_CODE_FUNCTIONS(name_match, name_matches)

const fv_words fv_wildcard_words = {wildcard_rules, COUNT(wildcard_rules)};
const fv_words fv_common_name_words = {cn_rules, COUNT(cn_rules)};

uint32_t fedval_name_match_is_accepted(uint32_t match)
{
    return match >= FEDVAL_NAME_MATCH_SAN && match <= FEDVAL_NAME_MATCH_CN;
}
