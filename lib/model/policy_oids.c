/* The certificate policies that a policy asks for: the user-initial-policy-set of RFC 5280 6.1.1
 * (c).
 */
#include "model/policy.h"
#include "x509/oid.h"

#include <string.h>

fedval_status fedval_policy_append_policy_oid(fedval_policy *policy, const char *oid,
                                              size_t oid_len)
{
    uint8_t der[FV_OID_MOST];
    size_t der_len;
    fv_policy_oid added;
    if (policy == NULL || oid == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_text text = {oid, oid_len == FEDVAL_NUL_ENDED ? strlen(oid) : oid_len};
    if (!fv_oid_parse(text, der, &der_len))
        return FEDVAL_ERROR_SYNTAX;
    void *items = policy->initial_policies;
    added.text = fv_arena_copy_text(&policy->arena, text.data, text.len);
    if (added.text == NULL ||
        !fv_arena_copy_bytes(&policy->arena, (fv_bytes){der, der_len}, &added.der))
        return FEDVAL_ERROR_NO_MEMORY;
    fv_policy_oid *slot = fv_arena_append(&policy->arena, &items, &policy->num_initial_policies,
                                          &policy->initial_policies_capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    policy->initial_policies = items;
    *slot = added;
    return FEDVAL_OK;
}

size_t fedval_policy_count_policy_oids(const fedval_policy *policy)
{
    return policy == NULL ? 0 : policy->num_initial_policies;
}

const char *fedval_policy_get_policy_oid(const fedval_policy *policy, size_t index)
{
    return index < fedval_policy_count_policy_oids(policy) ? policy->initial_policies[index].text
                                                           : NULL;
}
