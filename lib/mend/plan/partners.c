/* The steps for partners: their list of allowed domains, the CAs that they import, and what they
 * could do instead of a record. */
#include "mend/plan/step.h"

#include <string.h>

static fedval_plan_step partner_step(const fv_plan_partner *partner, uint32_t kind)
{
    return (fedval_plan_step){.side = FEDVAL_SIDE_MICROSOFT,
                              .op = FEDVAL_OP_ADD,
                              .kind = kind,
                              .owner = partner->name,
                              .domain = SIZE_MAX,
                              .certificate = SIZE_MAX};
}

uint32_t fv_plan_news(const fedval_plan_domain *domain, const fv_plan_partner *partner,
                      size_t index)
{
    bool is_first = domain->verdict_today != FEDVAL_VERDICT_NOT_CHECKED && !domain->has_old_srv;
    if (partner->is_allowed != NULL)
        return partner->is_allowed[index] ? FV_PLAN_NEWS_LISTED : FV_PLAN_NEWS_NOT_LISTED;
    if (domain->is_proxy)
        return FV_PLAN_NEWS_PROXY;
    return is_first ? FV_PLAN_NEWS_FIRST : FV_PLAN_NEWS_NONE;
}

/* Counts for a text such as "the 2 domains that it has not on its list". The commands are in the
 * partner's file. */
static size_t count_unlisted(const fedval_plan *plan, const fv_plan_partner *partner)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->num_domains; i++)
        count += plan->domains[i].target != NULL && !fv_plan_is_listed(partner, i);
    return count;
}

static const char *command_for(fedval_plan *plan, const fv_plan_partner *partner, const char *name)
{
    if (partner->is_office365) {
        return FV_PLAN_JOIN(plan,
                            "Set-CsTenantFederationConfiguration -AllowedDomainsAsAList "
                            "@{Add=\"",
                            name, "\"}");
    }
    if (plan->edge_fqdn != NULL) {
        return FV_PLAN_JOIN(plan, "New-CsAllowedDomain -Identity \"", name, "\" -ProxyFqdn \"",
                            plan->edge_fqdn, "\"");
    }
    return FV_PLAN_JOIN(plan, "New-CsAllowedDomain -Identity \"", name, "\"");
}

static bool add_powershell(fv_planner *planner, const fv_plan_partner *partner)
{
    fedval_plan *plan = planner->plan;
    size_t count = count_unlisted(plan, partner);
    const char *number = fv_plan_number(plan, count);
    fedval_plan_step step = partner_step(partner, FEDVAL_PLAN_KIND_POWERSHELL);
    if (count == 0)
        return true;
    for (size_t i = 0; count == 1 && i < plan->num_domains; i++) {
        if (plan->domains[i].target != NULL && !fv_plan_is_listed(partner, i))
            step.data = command_for(plan, partner, plan->domains[i].name);
    }
    if (count > 1 && number != NULL) {
        step.data = FV_PLAN_JOIN(plan, number, " domains on the list of allowed domains: ",
                                 partner->is_office365 ? "Set-CsTenantFederationConfiguration"
                                                       : "New-CsAllowedDomain",
                                 ", one command a domain");
    }
    return fv_plan_add_step(planner, &step) != NULL;
}

static const char *letter_text(fedval_plan *plan, const fv_plan_partner *partner)
{
    const char *text = "tell the partner which domains, names and addresses federate";
    uint32_t ca = fv_plan_find_ca(plan);
    if (ca == FV_CA_PUBLIC)
        return text;
    if (ca == FV_CA_UNKNOWN) {
        return FV_PLAN_JOIN(plan, text,
                            "; whether it has to import a root is not known: the plan does not "
                            "know which CA signs (ca)");
    }
    if (partner->is_office365)
        return FV_PLAN_JOIN(plan, text, "; Office 365 takes public CAs only");
    for (size_t i = 0; i < plan->num_cas; i++) {
        if (plan->cas[i].is_root) {
            return FV_PLAN_JOIN(plan, text, "; import ", plan->cas[i].name, " (SHA-256 ",
                                plan->cas[i].sha256, ")");
        }
    }
    return FV_PLAN_JOIN(plan, text, "; import the root of the CA that signs");
}

/* Whether records or certificates change, so that a partner has something to be told. */
static bool changes_anything(const fedval_plan *plan)
{
    bool any = false;
    for (size_t i = 0; i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        any |= domain->has_new_srv || domain->num_missing > 0 || domain->num_stale > 0;
    }
    for (size_t i = 0; i < plan->num_certificates; i++)
        any |= plan->certificates[i].origin != FEDVAL_PLAN_ORIGIN_KEEP;
    return any;
}

static bool add_letter(fv_planner *planner, const fv_plan_partner *partner)
{
    fedval_plan_step step = partner_step(partner, FEDVAL_PLAN_KIND_LETTER);
    if (count_unlisted(planner->plan, partner) == 0 && !changes_anything(planner->plan))
        return true;
    step.side = FEDVAL_SIDE_CISCO; /* the Cisco side writes the letter, the partner reads it */
    step.data = letter_text(planner->plan, partner);
    return fv_plan_add_step(planner, &step) != NULL;
}

bool fv_plan_add_partners(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    bool ok = true;
    for (size_t i = 0; ok && i < plan->num_partners; i++)
        ok = add_powershell(planner, &plan->partners[i]);
    for (size_t i = 0; ok && i < plan->num_partners; i++)
        ok = add_letter(planner, &plan->partners[i]);
    return ok;
}

/* ---- alternatives ---- */

static bool has_why(const fedval_plan_domain *domain, uint32_t requirement)
{
    for (size_t i = 0; i < domain->num_why; i++) {
        if (fedval_catalogue_find(domain->why[i])->requirement == requirement)
            return true;
    }
    return false;
}

/* Returns a target of today that a partner could name as the proxy. NULL: there is none. */
static const char *old_target(fedval_plan *plan, const fedval_plan_domain *domain)
{
    for (size_t i = 0; domain->srv != NULL && i < domain->srv->num_records; i++) {
        const fv_record *record = &domain->srv->records[i];
        if (record->type == FEDVAL_TYPE_SRV && strcmp(record->data, ".") != 0)
            return fv_plan_copy(plan, record->data);
    }
    return NULL;
}

/* A partner with an Edge of its own can name the proxy of a domain. It does not look up the SRV
 * record then. */
static bool add_proxy(fv_planner *planner, const fv_plan_partner *partner, size_t index)
{
    fedval_plan *plan = planner->plan;
    const fedval_plan_domain *domain = &plan->domains[index];
    const char *target = old_target(plan, domain);
    fedval_plan_step step = partner_step(partner, FEDVAL_PLAN_KIND_POWERSHELL);
    if (target == NULL)
        return true;
    step.op = fv_plan_is_listed(partner, index) ? FEDVAL_OP_REPLACE : FEDVAL_OP_ADD;
    step.data = FV_PLAN_JOIN(plan, fv_plan_is_listed(partner, index) ? "Set" : "New",
                             "-CsAllowedDomain -Identity \"", domain->name, "\" -ProxyFqdn \"",
                             target, "\"");
    step.alternative_to = domain->srv_step;
    step.domain = index;
    return fv_plan_add_step(planner, &step) != NULL;
}

bool fv_plan_add_alternatives(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    bool ok = true;
    for (size_t i = 0; i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        bool is_open = domain->srv_step != 0 && has_why(domain, 2) && !domain->is_at_provider;
        for (size_t k = 0; ok && is_open && k < plan->num_partners; k++) {
            if (!plan->partners[k].is_office365)
                ok = add_proxy(planner, &plan->partners[k], i);
        }
    }
    return ok;
}
