/* Compares an SRV target with the domain that it serves: is the target the domain with one label
 * before it? */
#include "fedval/name.h"
#include "model/dns_name.h"
#include "names/packed.h"

#include <string.h>

/* Whether `target` ends with "." and `domain`. Both must be valid, and `target` the longer one. */
static bool is_under(fv_text target, fv_text domain)
{
    const char *tail = target.data + (target.len - domain.len);

    return tail[-1] == '.' && fv_host_name_equal((fv_text){tail, domain.len}, domain);
}

static uint32_t match_under(fv_text target, size_t domain_len)
{
    bool one_label = memchr(target.data, '.', target.len - domain_len - 1) == NULL;

    return one_label ? FEDVAL_SRV_MATCH_MATCH : FEDVAL_SRV_MATCH_DEEPER;
}

/* The same, byte for byte, for a valid `target`. If it holds, `domain` is a part of a valid name
 * and needs no check of its own. */
static bool is_plainly_under(fv_text target, fv_text domain)
{
    if (target.len <= domain.len || domain.len == 0)
        return false;
    const char *tail = target.data + (target.len - domain.len);
    return tail[-1] == '.' && memcmp(tail, domain.data, domain.len) == 0;
}

static uint32_t match_valid(fv_text domain, fv_text target)
{
    if (target.len > domain.len && is_under(target, domain))
        return match_under(target, domain.len);
    if (fv_host_name_equal(target, domain))
        return FEDVAL_SRV_MATCH_APEX;
    return fv_dns_name_count_shared(domain, target) >= 2 ? FEDVAL_SRV_MATCH_PARENT_OR_SIBLING
                                                         : FEDVAL_SRV_MATCH_OTHER_DOMAIN;
}

static uint32_t match(fv_text domain, fv_text target)
{
    fv_text host = fv_dns_name_without_dot(target);
    bool is_host = fv_host_name_is_valid(host);

    domain = fv_dns_name_without_dot(domain);
    if (is_host && is_plainly_under(host, domain))
        return match_under(host, domain.len);
    if (!fv_host_name_is_valid(domain))
        return FEDVAL_SRV_MATCH_DOMAIN_NOT_A_HOST_NAME;
    if (target.len == 1 && target.data[0] == '.')
        return FEDVAL_SRV_MATCH_NOT_OFFERED;
    return is_host ? match_valid(domain, host) : FEDVAL_SRV_MATCH_NOT_A_HOST_NAME;
}

uint32_t fedval_srv_match(const char *domain, size_t domain_len, const char *target,
                          size_t target_len)
{
    return match(fv_text_given(domain, domain_len), fv_text_given(target, target_len));
}

fedval_status fedval_srv_match_batch(const char *text, size_t text_len, const uint32_t *offsets,
                                     size_t num_pairs, uint32_t *out_matches)
{
    if (num_pairs == 0)
        return FEDVAL_OK;
    if (text == NULL || offsets == NULL || out_matches == NULL || num_pairs > SIZE_MAX / 8 ||
        !fv_packed_is_sound(offsets, 2 * num_pairs + 1, text_len))
        return FEDVAL_ERROR_ARGUMENT;
    for (size_t i = 0; i < num_pairs; i++) {
        out_matches[i] =
            match(fv_packed_get(text, offsets, 2 * i), fv_packed_get(text, offsets, 2 * i + 1));
    }
    return FEDVAL_OK;
}
