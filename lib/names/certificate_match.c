#include "names/certificate_match.h"

#include "base/address.h"
#include "fedval/name.h"
#include "model/dns_name.h"

#include <string.h>

typedef struct reference {
    fv_text name;       /* without trailing dot; not used for an address */
    fv_address address; /* len 0: a name */
} reference;

/* The identifiers of a certificate that equal or cover the reference. Whether the policy accepts
 * them is decided later. */
typedef struct sightings {
    bool has_san; /* the extension is there, even if it is empty */
    const fv_general_name *exact;
    const fv_general_name *uri;
    const fv_general_name *wildcard;
    const fv_text *cn;
    const fv_text *cn_wildcard;
} sightings;

/* A text is read as a host name or as an address, never as both: the last label of a host name is
 * not all digits, and IPv6 has colons. */
static bool read_reference(fv_text text, reference *out)
{
    out->name = fv_dns_name_without_dot(text);
    out->address.len = 0;
    if (fv_host_name_is_valid(out->name))
        return true;
    if (fv_address_parse(text, &out->address))
        return true;
    return fv_dns_name_check(out->name, FV_DNS_NAME_UNDERSCORE) == FEDVAL_NAME_FAULT_NONE;
}

static fv_text text_of(const fv_general_name *name)
{
    return (fv_text){(const char *)name->value.data, name->value.len};
}

/* ---- one identifier ---- */

/* Compares first, because that is cheap and nearly always fails. The comparison ignores bit 0x20 of
 * every byte, so a carriage return (0x0D) would equal a hyphen (0x2D). The check that `presented`
 * is a valid name then refuses such bytes, and NULs. */
static bool is_same_name(fv_text presented, fv_text name)
{
    return presented.len == name.len && fv_host_name_equal(presented, name) &&
           (fv_host_name_is_valid(presented) || fv_presented_dns_name_is_valid(presented));
}

static bool is_covering(fv_text presented, fv_text name)
{
    return presented.len > 2 && presented.data[0] == '*' && fv_wildcard_covers(presented, name) &&
           fv_presented_dns_name_is_valid(presented);
}

/* RFC 5922 7.1: a URI names a SIP domain only when its scheme is "sip" and it has no user part. Its
 * host is then the domain. */
static bool is_sip_domain(fv_text uri, fv_text name)
{
    static const fv_text scheme = {"sip:", 4};
    size_t end = scheme.len;

    if (!fv_text_starts_nocase(uri, scheme) || memchr(uri.data, '@', uri.len) != NULL)
        return false;
    while (end < uri.len && memchr(":;?", uri.data[end], 3) == NULL)
        end++;
    return is_same_name((fv_text){uri.data + scheme.len, end - scheme.len}, name);
}

static bool is_same_address(fv_bytes presented, const fv_address *address)
{
    return presented.len == address->len &&
           memcmp(presented.data, address->bytes, address->len) == 0;
}

/* ---- all identifiers ---- */

static const fv_general_name *find_address(const fv_general_names *names, const fv_address *wanted)
{
    for (size_t i = 0; i < names->num_items; i++) {
        const fv_general_name *name = &names->items[i];
        if (name->type == FV_GN_IP && is_same_address(name->value, wanted))
            return name;
    }
    return NULL;
}

static const fv_general_name *find_exact(const fv_general_names *names, const reference *wanted)
{
    if (wanted->address.len > 0)
        return find_address(names, &wanted->address);
    fv_bytes bytes = {(const uint8_t *)wanted->name.data, wanted->name.len};
    const fv_general_name *name = NULL;
    do
        name = fv_general_names_next_dns(names, bytes, name);
    while (name != NULL && !is_same_name(text_of(name), wanted->name));
    return name;
}

/* RFC 5922 7.1: a dNSName counts "if and only if no other identity is found that matches the "sip"
 * URI type": one of another domain says whose the certificate is. A URI with a user part names a
 * user and is no such identity. */
static bool is_of_other_sip_domain(const fv_general_names *names, fv_text name)
{
    bool has_other = false;
    for (size_t i = 0; i < names->num_items; i++) {
        fv_text uri = text_of(&names->items[i]);
        if (names->items[i].type != FV_GN_URI || !fv_text_starts_nocase(uri, (fv_text){"sip:", 4}))
            continue;
        if (is_sip_domain(uri, name))
            return false;
        has_other |= memchr(uri.data, '@', uri.len) == NULL;
    }
    return has_other;
}

static void look_at_san(const fv_general_names *names, fv_text name, sightings *out)
{
    for (size_t i = 0; i < names->num_items; i++) {
        const fv_general_name *item = &names->items[i];
        if (item->type == FV_GN_DNS && out->wildcard == NULL && is_covering(text_of(item), name))
            out->wildcard = item;
        if (item->type == FV_GN_URI && out->uri == NULL && is_sip_domain(text_of(item), name))
            out->uri = item;
    }
}

static bool is_address_text(fv_text cn, const fv_address *wanted)
{
    fv_address address;

    return fv_address_parse(cn, &address) && address.len == wanted->len &&
           memcmp(address.bytes, wanted->bytes, wanted->len) == 0;
}

static void look_at_subject(const fv_name *subject, const reference *wanted, sightings *out)
{
    bool is_address = wanted->address.len > 0;

    for (size_t i = 0; i < subject->num_common_names; i++) {
        const fv_text *cn = &subject->common_names[i];
        if (is_address ? is_address_text(*cn, &wanted->address) : is_same_name(*cn, wanted->name))
            out->cn = cn;
        else if (!is_address && is_covering(*cn, wanted->name))
            out->cn_wildcard = cn;
    }
}

/* ---- the outcome ---- */

static uint32_t judge_san(const sightings *seen, const fv_name_policy *policy)
{
    if (seen->exact != NULL) {
        return seen->exact->type == FV_GN_IP ? FEDVAL_NAME_MATCH_SAN_ADDRESS
                                             : FEDVAL_NAME_MATCH_SAN;
    }
    if (seen->uri != NULL && policy->accepts_sip_uri)
        return FEDVAL_NAME_MATCH_SAN_URI;
    if (seen->wildcard != NULL && policy->wildcard == FEDVAL_WILDCARD_LEFT_MOST)
        return FEDVAL_NAME_MATCH_SAN_WILDCARD;
    return FEDVAL_NAME_MATCH_NONE;
}

static uint32_t judge(const sightings *seen, const reference *wanted, const fv_name_policy *policy)
{
    uint32_t by_san = judge_san(seen, policy);
    bool in_san = by_san != FEDVAL_NAME_MATCH_NONE;
    bool in_cn = seen->cn != NULL ||
                 (seen->cn_wildcard != NULL && policy->wildcard == FEDVAL_WILDCARD_LEFT_MOST);
    /* RFC 9525 1.2, RFC 5280 4.2.1.6: only an iPAddress names an address, never a Common Name. */
    bool cn_counts = policy->common_name != FEDVAL_CN_NEVER && wanted->address.len == 0;

    if (policy->common_name == FEDVAL_CN_REQUIRED) {
        if (in_cn && cn_counts && (in_san || !seen->has_san))
            return FEDVAL_NAME_MATCH_CN;
        if (in_san && !in_cn)
            return FEDVAL_NAME_MATCH_CN_MISSING;
    } else if (in_san) {
        return by_san;
    } else if (in_cn && cn_counts && !seen->has_san) {
        return FEDVAL_NAME_MATCH_CN;
    }
    if (seen->wildcard != NULL || (seen->cn_wildcard != NULL && cn_counts && !seen->has_san))
        return FEDVAL_NAME_MATCH_WILDCARD_ONLY;
    return in_cn ? FEDVAL_NAME_MATCH_CN_IGNORED : FEDVAL_NAME_MATCH_NONE;
}

static fv_text either(const fv_general_name *in_san, const fv_text *in_cn)
{
    if (in_san != NULL)
        return text_of(in_san);
    return in_cn != NULL ? *in_cn : fv_text_of(NULL);
}

static fv_text choose_presented(const sightings *seen, uint32_t how)
{
    switch (how) {
    case FEDVAL_NAME_MATCH_SAN:
    case FEDVAL_NAME_MATCH_SAN_ADDRESS:
        return either(seen->exact, NULL);
    case FEDVAL_NAME_MATCH_SAN_URI:
        return either(seen->uri, NULL);
    case FEDVAL_NAME_MATCH_SAN_WILDCARD:
    case FEDVAL_NAME_MATCH_WILDCARD_ONLY:
        return either(seen->wildcard, seen->cn_wildcard);
    case FEDVAL_NAME_MATCH_CN:
    case FEDVAL_NAME_MATCH_CN_IGNORED:
        return either(NULL, seen->cn != NULL ? seen->cn : seen->cn_wildcard);
    case FEDVAL_NAME_MATCH_CN_MISSING:
        return either(seen->exact != NULL ? seen->exact
                      : seen->uri != NULL ? seen->uri
                                          : seen->wildcard,
                      NULL);
    default:
        return fv_text_of(NULL);
    }
}

static void match_at_length(const fv_certificate *certificate, const reference *wanted,
                            const fv_name_policy *policy, sightings *seen, fv_name_match *out)
{
    const fv_general_names *names = &certificate->subject_alt_name.names;

    if (wanted->address.len == 0 && fv_general_names_may_have_pattern(names))
        look_at_san(names, wanted->name, seen);
    look_at_subject(&certificate->subject, wanted, seen);
    out->how = judge(seen, wanted, policy);
    out->presented = choose_presented(seen, out->how);
}

bool fv_certificate_match(const fv_certificate *certificate, fv_text text,
                          const fv_name_policy *policy, fv_name_match *out)
{
    const fv_subject_alt_name *san = &certificate->subject_alt_name;
    sightings seen = {.has_san = san->presence == FV_KNOWN || san->presence == FV_MALFORMED};
    reference wanted;

    if (!read_reference(text, &wanted))
        return false;
    seen.exact = find_exact(&san->names, &wanted);
    if (policy->accepts_sip_uri && seen.exact != NULL && seen.exact->type == FV_GN_DNS &&
        is_of_other_sip_domain(&san->names, wanted.name))
        seen.exact = NULL;
    if (seen.exact != NULL && policy->common_name != FEDVAL_CN_REQUIRED) {
        out->how = judge_san(&seen, policy);
        out->presented = text_of(seen.exact);
        return true;
    }
    match_at_length(certificate, &wanted, policy, &seen, out);
    return true;
}
