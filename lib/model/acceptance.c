/* The findings that a policy accepts. */
#include "fedval/catalogue.h"
#include "fedval/evidence.h"
#include "model/policy.h"

#include <string.h>

static fedval_status copy_domain(fedval_policy *policy, const char *domain, size_t domain_len,
                                 const char **out)
{
    char normal[FEDVAL_NAME_SIZE];
    if (domain == NULL)
        return FEDVAL_OK;
    fedval_status status =
        fedval_name_normalise(domain, domain_len, normal, sizeof(normal), NULL, NULL);
    if (status != FEDVAL_OK)
        return status;
    *out = fv_arena_copy_text(&policy->arena, normal, strlen(normal));
    return *out != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

fedval_status fedval_policy_append_acceptance(fedval_policy *policy, uint32_t code,
                                              const char *domain, size_t domain_len, int64_t until)
{
    fv_acceptance added = {.code = code, .until = until};
    bool is_time = until == FEDVAL_TIME_UNKNOWN ||
                   (until >= FV_POLICY_FIRST_TIME && until <= FV_POLICY_LAST_TIME);
    if (policy == NULL || fedval_catalogue_find(code) == NULL || !is_time)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = copy_domain(policy, domain, domain_len, &added.domain);
    if (status != FEDVAL_OK)
        return status;
    void *items = policy->acceptances;
    fv_acceptance *slot = fv_arena_append(&policy->arena, &items, &policy->num_acceptances,
                                          &policy->acceptances_capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    policy->acceptances = items;
    *slot = added;
    return FEDVAL_OK;
}

static const fv_acceptance *find(const fedval_policy *policy, size_t index)
{
    return policy != NULL && index < policy->num_acceptances ? &policy->acceptances[index] : NULL;
}

size_t fedval_policy_count_acceptances(const fedval_policy *policy)
{
    return policy == NULL ? 0 : policy->num_acceptances;
}

uint32_t fedval_policy_get_acceptance_code(const fedval_policy *policy, size_t index)
{
    const fv_acceptance *found = find(policy, index);
    return found == NULL ? 0 : found->code;
}

const char *fedval_policy_get_acceptance_domain(const fedval_policy *policy, size_t index)
{
    const fv_acceptance *found = find(policy, index);
    return found == NULL ? NULL : found->domain;
}

int64_t fedval_policy_get_acceptance_until(const fedval_policy *policy, size_t index)
{
    const fv_acceptance *found = find(policy, index);
    return found == NULL ? FEDVAL_TIME_UNKNOWN : found->until;
}

bool fv_acceptances_copy(fv_arena *arena, const fedval_policy *from, fedval_policy *to)
{
    size_t num = from->num_acceptances;
    to->acceptances = num == 0 ? NULL : fv_arena_alloc_array(arena, num, sizeof(fv_acceptance));
    to->num_acceptances = to->acceptances_capacity = to->acceptances == NULL ? 0 : num;
    for (size_t i = 0; i < to->num_acceptances; i++) {
        const char *domain = from->acceptances[i].domain;
        to->acceptances[i] = from->acceptances[i];
        if (domain == NULL)
            continue;
        to->acceptances[i].domain = fv_arena_copy_text(arena, domain, strlen(domain));
        if (to->acceptances[i].domain == NULL)
            return false;
    }
    return to->acceptances != NULL || num == 0;
}
