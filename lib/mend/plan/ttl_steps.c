/* The steps that lower TTLs before records change, and those that put them back at the end. RFC
 * 2181 5.2: "the TTLs of all RRs in an RRSet must be the same". So each record of a set has a step.
 */
#include "mend/plan/step.h"

#include "base/sip_tls.h"

#include <string.h>

fedval_plan_step fv_plan_dns_step(const fv_planner *planner, size_t index, uint32_t op,
                                  fv_record record)
{
    const fedval_plan_domain *domain = &planner->plan->domains[index];
    return (fedval_plan_step){.side = FEDVAL_SIDE_CISCO,
                              .op = op,
                              .kind = FEDVAL_PLAN_KIND_DNS,
                              .zone = domain->zone,
                              .record = record,
                              .domain = index,
                              .certificate = SIZE_MAX};
}

fv_record fv_plan_srv_record(const fedval_plan_domain *domain)
{
    return (fv_record){.type = FEDVAL_TYPE_SRV,
                       .owner = domain->srv_owner,
                       .port = FV_SIP_TLS_PORT,
                       .data = domain->target};
}

fv_record fv_plan_address_record(const fv_plan_address *address)
{
    fv_record record = {.type = address->type,
                        .owner = address->owner,
                        .data = address->address,
                        .is_to_choose = address->is_to_choose};
    if (!address->is_to_choose)
        (void)fv_address_parse(fv_text_of(address->address), &record.address);
    return record;
}

/* ---- down ---- */

/* Adds the step for one record, whose TTL is `before` now. Returns its number. 0: memory is
 * short. */
static uint32_t lower(fv_planner *planner, size_t index, const char *owner,
                      const fv_record *present, uint32_t before)
{
    fedval_plan_step step = fv_plan_dns_step(planner, index, FEDVAL_OP_REPLACE, *present);
    step.record.owner = owner;
    step.record.ttl = planner->plan->low_ttl;
    step.wait_s = before;
    const fedval_plan_step *added = fv_plan_add_step(planner, &step);
    return added == NULL ? 0 : added->number;
}

/* The facts of today are gone once the plan is made. */
static bool keep_old_srv(fedval_plan *plan, fedval_plan_domain *domain)
{
    if (!domain->has_new_srv || !domain->has_old_srv || domain->is_owner_alias)
        return true;
    size_t num = domain->srv->num_records;
    domain->old_srv = fv_arena_alloc_array(&plan->arena, num, sizeof(*domain->old_srv));
    for (size_t i = 0; domain->old_srv != NULL && i < num; i++) {
        if (domain->srv->records[i].type != FEDVAL_TYPE_SRV)
            continue;
        const char *data = fv_record_print_data(&plan->arena, &domain->srv->records[i]);
        if (data == NULL)
            return false;
        domain->old_srv[domain->num_old_srv++] = data;
    }
    return domain->old_srv != NULL;
}

static bool lower_srv(fv_planner *planner, size_t index)
{
    fedval_plan *plan = planner->plan;
    fedval_plan_domain *domain = &plan->domains[index];
    uint32_t before = fv_plan_last_ttl(plan, domain->old_ttl);
    if (!domain->has_new_srv || !domain->has_old_srv || domain->is_owner_alias ||
        before <= plan->low_ttl)
        return true;
    for (size_t i = 0; i < domain->srv->num_records; i++) {
        const fv_record *record = &domain->srv->records[i];
        if (record->type != FEDVAL_TYPE_SRV)
            continue;
        domain->lower_step = lower(planner, index, domain->srv_owner, record, before);
        if (domain->lower_step == 0)
            return false;
    }
    return true;
}

static bool has_stale(const fedval_plan_domain *domain, uint32_t type)
{
    for (size_t i = 0; i < domain->num_stale; i++) {
        if (domain->stale[i].type == type)
            return true;
    }
    return false;
}

/* An address that is only added takes none away from anybody, so no TTL has to be lowered for
 * it. */
static bool lower_addresses(fv_planner *planner, size_t index, size_t family)
{
    fedval_plan *plan = planner->plan;
    fedval_plan_domain *domain = &plan->domains[index];
    const uint32_t type = fv_plan_address_types[family];
    const fedval_fact *fact =
        domain->today == NULL ? NULL : fv_evidence_find_dns(domain->today, domain->target, type, 0);
    uint32_t before = fv_plan_last_ttl(plan, domain->address_ttl[family]);
    if (fact == NULL || !has_stale(domain, type) || before <= plan->low_ttl)
        return true;
    for (size_t i = 0; i < fact->num_records; i++) {
        if (fact->records[i].type != type)
            continue;
        domain->address_lower_step[family] =
            lower(planner, index, domain->target, &fact->records[i], before);
        if (domain->address_lower_step[family] == 0)
            return false;
    }
    return true;
}

static bool lower_alias(fv_planner *planner, size_t index)
{
    fedval_plan *plan = planner->plan;
    fedval_plan_domain *domain = &plan->domains[index];
    const fv_record *alias = domain->target_alias;
    if (alias == NULL || alias->ttl <= plan->low_ttl)
        return true;
    domain->alias_lower_step = lower(planner, index, domain->target, alias, alias->ttl);
    return domain->alias_lower_step != 0;
}

/* Where nothing works, there is nothing to wait for. */
bool fv_plan_add_lower_steps(fv_planner *planner, size_t index)
{
    if (!keep_old_srv(planner->plan, &planner->plan->domains[index]))
        return false;
    if (planner->plan->domains[index].works == 0 || planner->plan->domains[index].shares_target)
        return true;
    return lower_srv(planner, index) && lower_addresses(planner, index, FV_PLAN_IPV4) &&
           lower_addresses(planner, index, FV_PLAN_IPV6) && lower_alias(planner, index);
}

/* ---- and up again ---- */

uint32_t fv_plan_address_ttl(const fedval_plan *plan, const fedval_plan_domain *domain,
                             uint32_t type)
{
    size_t family = type == FEDVAL_TYPE_AAAA ? FV_PLAN_IPV6 : FV_PLAN_IPV4;
    return domain->address_lower_step[family] != 0
               ? plan->low_ttl
               : fv_plan_last_ttl(plan, domain->address_ttl[family]);
}

static bool raise_addresses(fv_planner *planner, size_t index, size_t family)
{
    const fedval_plan *plan = planner->plan;
    const fedval_plan_domain *domain = &plan->domains[index];
    for (size_t i = 0; domain->address_lower_step[family] != 0 && i < domain->num_wanted; i++) {
        const fv_plan_address *address = &domain->wanted[i];
        if (address->type != fv_plan_address_types[family])
            continue;
        fedval_plan_step step =
            fv_plan_dns_step(planner, index, FEDVAL_OP_REPLACE, fv_plan_address_record(address));
        step.record.ttl = address->ttl;
        fedval_plan_step *added = fv_plan_add_step(planner, &step);
        if (added == NULL || !fv_plan_set_after(planner, added, &domain->clean_step[family], 1))
            return false;
    }
    return true;
}

static bool raise_srv(fv_planner *planner, size_t index)
{
    fedval_plan *plan = planner->plan;
    const fedval_plan_domain *domain = &plan->domains[index];
    if (domain->lower_step == 0)
        return true;
    fedval_plan_step step =
        fv_plan_dns_step(planner, index, FEDVAL_OP_REPLACE, fv_plan_srv_record(domain));
    step.record.ttl = fv_plan_last_ttl(plan, domain->old_ttl);
    fedval_plan_step *added = fv_plan_add_step(planner, &step);
    return added != NULL && fv_plan_set_after(planner, added, &domain->srv_step, 1);
}

bool fv_plan_add_raise_steps(fv_planner *planner, size_t index)
{
    return raise_srv(planner, index) && raise_addresses(planner, index, FV_PLAN_IPV4) &&
           raise_addresses(planner, index, FV_PLAN_IPV6);
}
