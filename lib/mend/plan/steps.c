/* Puts the steps into an order that never breaks what works. TTLs are lowered while certificates
 * are made. Certificates are loaded before an address or a record leads to them. The record comes
 * after the addresses. Stale records go once no cache can hold them. */
#include "mend/plan/plan.h"

#include "mend/plan/step.h"

#include <string.h>

/* ---- DNS ---- */

/* Removes the CNAME record at the target. The address records take its place in the same change of
 * the zone, so they do not wait for it. */
static bool remove_target_alias(fv_planner *planner, size_t index, const uint32_t *loads,
                                size_t num_loads)
{
    fedval_plan *plan = planner->plan;
    fedval_plan_domain *domain = &plan->domains[index];
    const fv_record *alias = domain->target_alias;
    if (alias == NULL)
        return true;
    uint32_t *after = fv_arena_alloc_array(&planner->work, num_loads + 1, sizeof(*after));
    if (after == NULL)
        return false;
    fedval_plan_step step = fv_plan_dns_step(planner, index, FEDVAL_OP_REMOVE, *alias);
    step.record.owner = domain->target;
    step.record.ttl = domain->alias_lower_step != 0 ? plan->low_ttl : alias->ttl;
    step.wait_s = step.record.ttl;
    memcpy(after, loads, num_loads * sizeof(*after));
    after[num_loads] = domain->alias_lower_step;
    fedval_plan_step *added = fv_plan_add_step(planner, &step);
    if (added == NULL || !fv_plan_set_after(planner, added, after, num_loads + 1))
        return false;
    domain->alias_step = added->number;
    return true;
}

static bool add_address_steps(fv_planner *planner, size_t index, const uint32_t *loads,
                              size_t num_loads)
{
    fedval_plan *plan = planner->plan;
    fedval_plan_domain *domain = &plan->domains[index];
    if (domain->shares_target)
        return true;
    if (!remove_target_alias(planner, index, loads, num_loads))
        return false;
    for (size_t i = 0; i < domain->num_missing; i++) {
        const fv_plan_address *address = &domain->missing[i];
        fedval_plan_step step =
            fv_plan_dns_step(planner, index, FEDVAL_OP_ADD, fv_plan_address_record(address));
        step.record.ttl = fv_plan_address_ttl(plan, domain, address->type);
        step.why = domain->why;
        step.num_why = domain->num_why;
        step.effect = FV_PLAN_EFFECT_ADDRESSES;
        fedval_plan_step *added = fv_plan_add_step(planner, &step);
        if (added == NULL ||
            (domain->is_target_in_use && !fv_plan_set_after(planner, added, loads, num_loads)))
            return false;
        domain->addresses_step = added->number;
    }
    return true;
}

/* Writes the numbers of the steps that add the missing addresses. They follow one another. Writes
 * zeros if there are none. */
static void list_addresses(const fedval_plan_domain *domain, uint32_t *out)
{
    const size_t count = domain->num_missing;
    for (size_t i = 0; i < count; i++) {
        out[i] =
            domain->addresses_step == 0 ? 0 : domain->addresses_step - (uint32_t)(count - 1 - i);
    }
}

static const char *hurts_provider(fedval_plan *plan, const fedval_plan_domain *domain)
{
    return FV_PLAN_JOIN(plan, "ends federation for everybody at Microsoft whose address is in ",
                        domain->name, ": their partners would call the Cisco side");
}

/* Removes an alias at the owner first. RFC 1034 3.6.2: "If a CNAME RR is present at a node, no
 * other data should be present". */
static bool remove_alias(fv_planner *planner, size_t index, uint32_t *out_number)
{
    fedval_plan *plan = planner->plan;
    fedval_plan_domain *domain = &plan->domains[index];
    const fv_record *alias = domain->srv == NULL ? NULL : fv_fact_find_alias(domain->srv);
    *out_number = 0;
    if (alias == NULL)
        return true;
    fedval_plan_step step = fv_plan_dns_step(planner, index, FEDVAL_OP_REMOVE, *alias);
    step.record.owner = domain->srv_owner;
    if (fv_plan_add_step(planner, &step) == NULL)
        return false;
    *out_number = (uint32_t)plan->num_steps;
    return true;
}

static bool add_srv_step(fv_planner *planner, size_t index, const uint32_t *loads, size_t num_loads)
{
    fedval_plan *plan = planner->plan;
    fedval_plan_domain *domain = &plan->domains[index];
    if (!domain->has_new_srv)
        return true;
    const size_t num_after = num_loads + 2 + domain->num_missing;
    uint32_t *after = fv_arena_alloc_array(&planner->work, num_after, sizeof(*after));
    fedval_plan_step step =
        fv_plan_dns_step(planner, index, domain->has_old_srv ? FEDVAL_OP_REPLACE : FEDVAL_OP_ADD,
                         fv_plan_srv_record(domain));
    step.record.ttl =
        domain->lower_step != 0 ? plan->low_ttl : fv_plan_last_ttl(plan, domain->old_ttl);
    step.why = domain->why;
    step.num_why = domain->num_why;
    step.effect = FV_PLAN_EFFECT_SRV;
    const fv_record *alias = domain->srv == NULL ? NULL : fv_fact_find_alias(domain->srv);
    if (domain->has_old_srv)
        step.wait_s = step.record.ttl;
    if (alias != NULL && alias->ttl > step.wait_s)
        step.wait_s = alias->ttl;
    if (after == NULL || !remove_alias(planner, index, &after[num_after - 1]))
        return false;
    if (domain->is_at_provider) {
        step.hurts = hurts_provider(plan, domain);
        if (step.hurts == NULL)
            return false;
    }
    memcpy(after, loads, num_loads * sizeof(*after));
    after[num_loads] = domain->lower_step;
    list_addresses(domain, &after[num_loads + 1]);
    fedval_plan_step *added = fv_plan_add_step(planner, &step);
    if (added == NULL || !fv_plan_set_after(planner, added, after, num_after))
        return false;
    domain->srv_step = added->number;
    return true;
}

/* Removes the addresses of no peer once no cache can hold the record that led there. */
static bool add_clean_steps(fv_planner *planner, size_t index)
{
    fedval_plan *plan = planner->plan;
    fedval_plan_domain *domain = &plan->domains[index];
    for (size_t i = 0; !domain->shares_target && i < domain->num_stale; i++) {
        const fv_plan_address *address = &domain->stale[i];
        const size_t family = address->type == FEDVAL_TYPE_AAAA ? FV_PLAN_IPV6 : FV_PLAN_IPV4;
        uint32_t *after =
            fv_arena_alloc_array(&planner->work, domain->num_missing + 2, sizeof(*after));
        if (after == NULL)
            return false;
        after[0] = domain->srv_step;
        after[1] = domain->address_lower_step[family];
        list_addresses(domain, &after[2]);
        fedval_plan_step step =
            fv_plan_dns_step(planner, index, FEDVAL_OP_REMOVE, fv_plan_address_record(address));
        step.record.ttl = fv_plan_address_ttl(plan, domain, address->type);
        step.wait_s = step.record.ttl;
        step.effect = FV_PLAN_EFFECT_CLEAN;
        step.hurts = FV_PLAN_JOIN(plan, "whatever else is reached at ", address->address, " by ",
                                  address->owner);
        fedval_plan_step *added = step.hurts == NULL ? NULL : fv_plan_add_step(planner, &step);
        if (added == NULL || !fv_plan_set_after(planner, added, after, domain->num_missing + 2))
            return false;
        domain->clean_step[family] = added->number;
    }
    return true;
}

/* ---- in order ---- */

typedef bool (*domain_stage)(fv_planner *planner, size_t index);

static bool for_each_domain(fv_planner *planner, domain_stage stage)
{
    bool ok = true;
    for (size_t i = 0; ok && i < planner->plan->num_domains; i++)
        ok = planner->plan->domains[i].target == NULL || stage(planner, i);
    return ok;
}

static bool add_records(fv_planner *planner, size_t index, bool is_srv)
{
    const fedval_plan *plan = planner->plan;
    const fedval_plan_domain *domain = &plan->domains[index];
    uint32_t *loads = fv_arena_alloc_array(&planner->work, plan->num_certificates, sizeof(*loads));
    size_t num_loads = 0;
    if (loads == NULL)
        return false;
    for (size_t i = 0; i < plan->num_steps; i++) {
        const fedval_plan_step *step = &plan->steps[i];
        if (step->effect == FV_PLAN_EFFECT_CERTIFICATE &&
            plan->certificates[step->certificate].cluster == domain->cluster)
            loads[num_loads++] = step->number;
        if (step->effect == FV_PLAN_EFFECT_ADDRESSES)
            break; /* nothing is loaded after the first record */
    }
    return is_srv ? add_srv_step(planner, index, loads, num_loads)
                  : add_address_steps(planner, index, loads, num_loads);
}

static bool add_addresses(fv_planner *planner, size_t index)
{
    return add_records(planner, index, false);
}

static bool add_srv(fv_planner *planner, size_t index)
{
    return add_records(planner, index, true);
}

fedval_status fv_plan_steps(fv_planner *planner)
{
    bool tells_first = fv_plan_tells_first(planner->plan);
    bool ok = for_each_domain(planner, fv_plan_add_lower_steps) && fv_plan_add_requests(planner) &&
              (!tells_first || fv_plan_add_partners(planner)) && fv_plan_add_loads(planner) &&
              for_each_domain(planner, add_addresses) && for_each_domain(planner, add_srv) &&
              for_each_domain(planner, add_clean_steps) &&
              for_each_domain(planner, fv_plan_add_raise_steps) &&
              fv_plan_add_keep_steps(planner) && (tells_first || fv_plan_add_partners(planner)) &&
              fv_plan_add_alternatives(planner);
    return ok ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}
