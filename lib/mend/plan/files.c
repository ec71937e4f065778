/* Lists the files that can be written from a plan, with their names. */
#include "mend/plan/plan.h"

#include <string.h>

static bool add_file(fv_planner *planner, uint32_t kind, size_t index, const char *name)
{
    fedval_plan *plan = planner->plan;
    void *items = plan->files;
    if (name == NULL)
        return false;
    fv_plan_file *slot = fv_arena_append(&plan->arena, &items, &plan->num_files,
                                         &plan->files_capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    plan->files = items;
    *slot = (fv_plan_file){kind, index, name};
    return true;
}

static bool has_zone(const fedval_plan *plan, const char *zone)
{
    for (size_t i = 0; i < plan->num_files; i++) {
        if (plan->files[i].kind == FV_PLAN_FILE_ZONE &&
            strcmp(plan->domains[plan->files[i].index].zone, zone) == 0)
            return true;
    }
    return false;
}

static bool add_zones(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    bool ok = true;
    for (size_t i = 0; ok && i < plan->num_steps; i++) {
        const fedval_plan_step *step = &plan->steps[i];
        if (step->kind == FEDVAL_PLAN_KIND_DNS && !has_zone(plan, step->zone)) {
            ok = add_file(planner, FV_PLAN_FILE_ZONE, step->domain,
                          FV_PLAN_JOIN(plan, step->zone, ".zone"));
        }
    }
    return ok;
}

static bool add_requests(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    bool ok = true;
    for (size_t i = 0; ok && i < plan->num_certificates; i++) {
        const fedval_plan_certificate *certificate = &plan->certificates[i];
        const char *role = fv_plan_role_word(certificate->role);
        if (certificate->origin != FEDVAL_PLAN_ORIGIN_NEW)
            continue;
        ok = add_file(planner, FV_PLAN_FILE_CONFIG, i,
                      FV_PLAN_JOIN(plan, certificate->peer, ".", role, ".cnf")) &&
             add_file(planner, FV_PLAN_FILE_PAGE, i,
                      FV_PLAN_JOIN(plan, certificate->peer, ".", role, ".csr-page.txt"));
    }
    return ok;
}

static bool has_authorities(const fedval_plan *plan, size_t cluster)
{
    for (size_t i = 0; i < plan->num_cas; i++) {
        if (plan->cas[i].cluster == cluster || plan->cas[i].cluster == SIZE_MAX)
            return true;
    }
    return false;
}

#define FIRST_WITH_LINES 1504

static bool has_step_for(const fedval_plan *plan, uint32_t kind, const char *owner,
                         bool takes_alternatives)
{
    for (size_t i = 0; i < plan->num_steps; i++) {
        if (plan->steps[i].kind == kind &&
            (takes_alternatives || plan->steps[i].alternative_to == 0) &&
            strcmp(plan->steps[i].owner, owner) == 0)
            return true;
    }
    return false;
}

static bool has_load(const fedval_plan *plan, size_t cluster)
{
    for (size_t i = 0; i < plan->num_steps; i++) {
        if (plan->steps[i].kind == FEDVAL_PLAN_KIND_EXPRESSWAY &&
            plan->steps[i].certificate != SIZE_MAX &&
            plan->certificates[plan->steps[i].certificate].cluster == cluster)
            return true;
    }
    return false;
}

static bool add_clusters(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    bool ok = true;
    for (size_t i = 0; ok && i < plan->num_clusters; i++) {
        const char *name = plan->clusters[i].name;
        if (has_authorities(plan, i) && has_step_for(plan, FEDVAL_PLAN_KIND_TRUST, name, false))
            ok = add_file(planner, FV_PLAN_FILE_TRUST, i, FV_PLAN_JOIN(plan, name, ".trust.pem"));
        if (ok && plan->clusters[i].version >= FIRST_WITH_LINES && has_load(plan, i)) {
            ok = add_file(planner, FV_PLAN_FILE_XCONFIGURATION, i,
                          FV_PLAN_JOIN(plan, name, ".xconfiguration.txt"));
        }
    }
    return ok;
}

static bool add_partners(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    bool ok = true;
    for (size_t i = 0; ok && i < plan->num_partners; i++) {
        const char *name = plan->partners[i].name;
        if (has_step_for(plan, FEDVAL_PLAN_KIND_POWERSHELL, name,
                         plan->partners[i].proxy_fqdn != NULL))
            ok = add_file(planner, FV_PLAN_FILE_POWERSHELL, i, FV_PLAN_JOIN(plan, name, ".ps1"));
        if (ok && has_step_for(plan, FEDVAL_PLAN_KIND_LETTER, name, false)) {
            ok = add_file(planner, FV_PLAN_FILE_LETTER, i,
                          FV_PLAN_JOIN(plan, "letter-", name, ".txt"));
        }
    }
    return ok;
}

fedval_status fv_plan_files(fv_planner *planner)
{
    bool ok = add_zones(planner) && add_requests(planner) && add_clusters(planner) &&
              add_partners(planner);
    return ok ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}
