/* A policy may name the proxy that the partner has configured for our domains (edge_fqdn). Then no
 * SRV record is consulted: what has to exist are the addresses of that name, and the name in each
 * certificate. */
#include "mend/plan/records.h"

#include <string.h>

static bool is_within(const char *name, const char *zone)
{
    size_t len = strlen(name), zone_len = strlen(zone);
    return zone_len <= len && strcmp(name + len - zone_len, zone) == 0 &&
           (zone_len == len || name[len - zone_len - 1] == '.');
}

/* Returns the longest zone of the intent that holds `name`. NULL: none does. */
static const char *find_zone(const fedval_plan *plan, const char *name)
{
    const char *found = NULL;
    for (size_t i = 0; i < plan->num_domains; i++) {
        const char *zone = plan->domains[i].zone;
        if (is_within(name, zone) && (found == NULL || strlen(zone) > strlen(found)))
            found = zone;
    }
    return found;
}

/* Takes the zone of the intent, or else the parent of the name, and asks whether that is right. */
static bool set_zone(fedval_plan *plan, fedval_plan_domain *domain)
{
    const char *zone = find_zone(plan, domain->target);
    const char *dot = strchr(domain->target, '.');
    if (zone == NULL && dot == NULL)
        return true;
    domain->zone = zone != NULL ? zone : dot + 1;
    return zone != NULL ||
           fv_plan_add_question(plan, "zone", domain->target,
                                FV_PLAN_JOIN(plan, "is ", domain->target, " a name in the zone ",
                                             domain->zone, "? The plan puts its addresses there"));
}

/* Returns the first domain that has the proxy as its target. NULL: there is none yet. */
static const fedval_plan_domain *find_first(const fedval_plan *plan,
                                            const fedval_plan_domain *domain, const char *fqdn)
{
    for (const fedval_plan_domain *other = plan->domains; other < domain; other++) {
        if (other->target != NULL && strcmp(other->target, fqdn) == 0)
            return other;
    }
    return NULL;
}

/* One name cannot lead to two clusters. */
static bool ask_which_cluster(fedval_plan *plan, const fedval_plan_domain *domain,
                              const fedval_plan_domain *first, const char *fqdn)
{
    return fv_plan_add_question(plan, "edge_fqdn", fqdn,
                                FV_PLAN_JOIN(plan, "which cluster does ", fqdn,
                                             " lead to? The policy names it as the "
                                             "proxy of domains of ",
                                             plan->clusters[first->cluster].name, " and of ",
                                             plan->clusters[domain->cluster].name, " (edge_fqdn)"));
}

static bool tell(fedval_plan *plan, const char *fqdn)
{
    return fv_plan_add_text(
        plan, &plan->assumed,
        FV_PLAN_JOIN(plan, "the partner has configured ", fqdn,
                     " as the proxy of each domain (edge_fqdn of the policy): no SRV record is "
                     "planned, and partners that have not will need one"));
}

fedval_status fv_plan_take_proxy(fv_planner *planner, fedval_plan_domain *domain, const char *fqdn)
{
    fedval_plan *plan = planner->plan;
    const fedval_plan_domain *first = find_first(plan, domain, fqdn);
    if (first != NULL && first->cluster != domain->cluster)
        return ask_which_cluster(plan, domain, first, fqdn) ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
    domain->target = first != NULL ? first->target : fv_plan_copy(plan, fqdn);
    domain->is_proxy = true;
    domain->shares_target = first != NULL;
    domain->is_target_in_use = domain->target != NULL;
    bool ok = domain->target != NULL && tell(plan, fqdn) &&
              (first == NULL ? set_zone(plan, domain) : (domain->zone = first->zone) != NULL);
    return ok ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}
