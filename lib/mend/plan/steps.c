/* Puts the steps into an order that never breaks what works. TTLs are lowered while certificates
 * are made. Certificates are loaded before an address or a record leads to them. The record comes
 * after the addresses. Stale records go once no cache can hold them. */
#include "mend/plan/plan.h"

#include "mend/plan/step.h"

#include <string.h>

/* ---- DNS ---- */

static fedval_plan_step dns_step(const fv_planner *planner, size_t index, uint32_t op,
                                 const char *type)
{
    const fedval_plan_domain *domain = &planner->plan->domains[index];
    return (fedval_plan_step){.side = FEDVAL_SIDE_CISCO,
                              .op = op,
                              .kind = FEDVAL_PLAN_KIND_DNS,
                              .zone = domain->zone,
                              .type = type,
                              .domain = index,
                              .certificate = SIZE_MAX};
}

static const char *dotted(fedval_plan *plan, const char *name)
{
    return name == NULL ? NULL : FV_PLAN_JOIN(plan, name, ".");
}

static const char *srv_data(fedval_plan *plan, const char *target)
{
    return FV_PLAN_JOIN(plan, "0 0 5061 ", target, ".");
}

/* Returns the rdata of a present record as text. */
static const char *present_srv_data(fedval_plan *plan, const fv_record *record)
{
    const char *priority = fv_plan_number(plan, record->priority);
    const char *weight = fv_plan_number(plan, record->weight);
    const char *port = fv_plan_number(plan, record->port);
    const char *target = fv_plan_copy(plan, record->data);
    if (priority == NULL || weight == NULL || port == NULL || target == NULL)
        return NULL;
    return FV_PLAN_JOIN(plan, priority, " ", weight, " ", port, " ", target,
                        strcmp(target, ".") == 0 ? "" : ".");
}

static bool lowers_ttl(const fv_planner *planner, const fedval_plan_domain *domain)
{
    return domain->has_new_srv && domain->has_old_srv && !domain->is_owner_alias &&
           domain->works != 0 && domain->old_ttl > planner->plan->low_ttl;
}

/* Lowers the TTL of each record of the set in a step of its own. RFC 2181 5.2: "the TTLs of all RRs
 * in an RRSet must be the same". */
static bool add_lower_steps(fv_planner *planner, size_t index)
{
    fedval_plan *plan = planner->plan;
    fedval_plan_domain *domain = &plan->domains[index];
    if (!lowers_ttl(planner, domain))
        return true;
    for (size_t i = 0; i < domain->srv->num_records; i++) {
        if (domain->srv->records[i].type != FEDVAL_TYPE_SRV)
            continue;
        fedval_plan_step step = dns_step(planner, index, FEDVAL_OP_REPLACE, "SRV");
        step.owner = dotted(plan, domain->srv_owner);
        step.data = present_srv_data(plan, &domain->srv->records[i]);
        step.ttl = plan->low_ttl;
        step.wait_s = domain->old_ttl;
        if (fv_plan_add_step(planner, &step) == NULL)
            return false;
        domain->lower_step = (uint32_t)plan->num_steps;
    }
    return true;
}

static bool add_address_steps(fv_planner *planner, size_t index, const uint32_t *loads,
                              size_t num_loads)
{
    fedval_plan *plan = planner->plan;
    fedval_plan_domain *domain = &plan->domains[index];
    for (size_t i = 0; i < domain->num_missing; i++) {
        const fv_plan_address *address = &domain->missing[i];
        fedval_plan_step step = dns_step(planner, index, FEDVAL_OP_ADD,
                                         address->type == FEDVAL_TYPE_AAAA ? "AAAA" : "A");
        step.owner = dotted(plan, address->owner);
        step.data = address->address;
        step.ttl = address->ttl;
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
    fedval_plan_step step = dns_step(planner, index, FEDVAL_OP_REMOVE, "CNAME");
    step.owner = dotted(plan, domain->srv_owner);
    step.data = dotted(plan, fv_plan_copy(plan, alias->data));
    step.ttl = alias->ttl;
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
    uint32_t *after = fv_arena_alloc_array(&planner->work, num_loads + 3, sizeof(*after));
    fedval_plan_step step =
        dns_step(planner, index, domain->has_old_srv ? FEDVAL_OP_REPLACE : FEDVAL_OP_ADD, "SRV");
    step.owner = dotted(plan, domain->srv_owner);
    step.data = srv_data(plan, domain->target);
    step.ttl = domain->lower_step != 0 ? plan->low_ttl : plan->ttl;
    step.why = domain->why;
    step.num_why = domain->num_why;
    step.effect = FV_PLAN_EFFECT_SRV;
    if (domain->has_old_srv)
        step.wait_s = domain->lower_step != 0 ? plan->low_ttl : domain->old_ttl;
    if (after == NULL || !remove_alias(planner, index, &after[num_loads + 2]))
        return false;
    if (domain->is_at_provider) {
        step.hurts = hurts_provider(plan, domain);
        if (step.hurts == NULL)
            return false;
    }
    memcpy(after, loads, num_loads * sizeof(*after));
    after[num_loads] = domain->lower_step;
    after[num_loads + 1] = domain->addresses_step;
    fedval_plan_step *added = fv_plan_add_step(planner, &step);
    if (added == NULL || !fv_plan_set_after(planner, added, after, num_loads + 3))
        return false;
    domain->srv_step = added->number;
    return true;
}

/* Removes the addresses of no peer once no cache can hold the record that led there. */
static bool add_clean_steps(fv_planner *planner, size_t index)
{
    fedval_plan *plan = planner->plan;
    const fedval_plan_domain *domain = &plan->domains[index];
    for (size_t i = 0; i < domain->num_stale; i++) {
        const fv_plan_address *address = &domain->stale[i];
        const uint32_t after[] = {domain->srv_step, domain->addresses_step};
        fedval_plan_step step = dns_step(planner, index, FEDVAL_OP_REMOVE,
                                         address->type == FEDVAL_TYPE_AAAA ? "AAAA" : "A");
        step.owner = dotted(plan, address->owner);
        step.data = address->address;
        step.ttl = address->ttl;
        step.wait_s = address->ttl;
        step.effect = FV_PLAN_EFFECT_CLEAN;
        step.hurts = FV_PLAN_JOIN(plan, "whatever else is reached at ", address->address, " by ",
                                  address->owner);
        fedval_plan_step *added = step.hurts == NULL ? NULL : fv_plan_add_step(planner, &step);
        if (added == NULL || !fv_plan_set_after(planner, added, after, 2))
            return false;
    }
    return true;
}

static bool add_raise_step(fv_planner *planner, size_t index)
{
    fedval_plan *plan = planner->plan;
    const fedval_plan_domain *domain = &plan->domains[index];
    if (domain->lower_step == 0)
        return true;
    fedval_plan_step step = dns_step(planner, index, FEDVAL_OP_REPLACE, "SRV");
    step.owner = dotted(plan, domain->srv_owner);
    step.data = srv_data(plan, domain->target);
    step.ttl = plan->ttl;
    fedval_plan_step *added = fv_plan_add_step(planner, &step);
    return added != NULL && fv_plan_set_after(planner, added, &domain->srv_step, 1);
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
    bool tells_first = planner->plan->is_ca_private;
    bool ok = for_each_domain(planner, add_lower_steps) && fv_plan_add_requests(planner) &&
              (!tells_first || fv_plan_add_partners(planner)) && fv_plan_add_loads(planner) &&
              for_each_domain(planner, add_addresses) && for_each_domain(planner, add_srv) &&
              for_each_domain(planner, add_clean_steps) &&
              for_each_domain(planner, add_raise_step) &&
              (tells_first || fv_plan_add_partners(planner)) && fv_plan_add_alternatives(planner);
    return ok ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}
