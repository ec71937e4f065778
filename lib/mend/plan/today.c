/* Judges each domain as it is today. */
#include "mend/plan/plan.h"

#include <string.h>

static fedval_status keep_errors(fv_planner *planner, fedval_plan_domain *domain,
                                 const fv_judgement *judgement)
{
    const fv_remarks *remarks = &judgement->remarks;
    domain->why =
        fv_arena_alloc_array(&planner->plan->arena, remarks->num_items, sizeof(*domain->why));
    if (domain->why == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < remarks->num_items; i++) {
        bool is_new = remarks->items[i].severity > FEDVAL_SEVERITY_WARNING;
        for (size_t k = 0; is_new && k < domain->num_why; k++)
            is_new = domain->why[k] != remarks->items[i].code;
        if (is_new)
            domain->why[domain->num_why++] = remarks->items[i].code;
    }
    return FEDVAL_OK;
}

/* Returns the requirements without which today's verdict is open: nothing of them was seen. */
static uint32_t not_seen(const fv_judgement *judgement)
{
    uint32_t mask = 0;
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        if (judgement->required[i] && judgement->requirements[i] == FEDVAL_VERDICT_NOT_CHECKED)
            mask |= 1u << i;
    }
    return mask;
}

static bool has_given(const fedval_plan *plan, const fedval_plan_domain *domain)
{
    for (size_t i = 0; i < plan->num_certificates; i++) {
        if (plan->certificates[i].cluster == domain->cluster &&
            plan->certificates[i].is_present_given)
            return true;
    }
    return false;
}

static bool leads_to_provider(const fv_scene *scene)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (scene->targets[i].counts && scene->targets[i].is_provider)
            return true;
    }
    return false;
}

/* Returns the calls that work today: there is a record and no error breaks them. */
static uint32_t working(const fv_judgement *judgement)
{
    if (judgement->scene.num_targets == 0)
        return 0;
    return (FEDVAL_DIRECTION_TO_MICROSOFT | FEDVAL_DIRECTION_FROM_MICROSOFT) &
           ~fv_plan_broken(judgement);
}

static fedval_status judge_today(fv_planner *planner, fedval_plan_domain *domain)
{
    fedval_policy policy;
    fv_judgement judgement;
    fv_arena scratch;
    fv_rules_input input = fv_plan_input(planner, domain, &policy);
    input.evidence = domain->today;
    fv_arena_init(&scratch);
    fedval_status status = fv_judgement_make(&scratch, &input, &judgement);
    if (status == FEDVAL_OK) {
        domain->verdict_today = judgement.verdict;
        domain->works = working(&judgement);
        domain->not_seen = not_seen(&judgement);
        domain->has_given = has_given(planner->plan, domain);
        domain->is_at_provider = leads_to_provider(&judgement.scene);
        status = keep_errors(planner, domain, &judgement);
    }
    fv_arena_clear(&scratch);
    return status;
}

/* ---- TTLs ---- */

static bool find_ttl(const fedval_fact *fact, uint32_t type, uint32_t *out_seconds)
{
    for (size_t i = 0; i < fact->num_records; i++) {
        if (fact->records[i].type == type) {
            *out_seconds = fact->records[i].ttl;
            return true;
        }
    }
    return false;
}

/* The zone's own answer decides. Without one, the longest that any resolver gave does. */
fv_plan_ttl fv_plan_find_ttl(const fedval_plan_domain *domain, const char *name, uint32_t type)
{
    fv_plan_ttl ttl = {.is_known = false};
    for (size_t i = 0; domain->today != NULL && i < domain->today->num_facts; i++) {
        const fedval_fact *fact = domain->today->in_order[i];
        uint32_t seconds;
        if (fact->question.kind != FEDVAL_QUESTION_DNS || fact->question.type != type ||
            strcmp(fact->question.name, name) != 0 || !find_ttl(fact, type, &seconds))
            continue;
        if (fact->authority == FEDVAL_AUTHORITY_ZONE)
            return (fv_plan_ttl){.seconds = seconds, .is_known = true};
        if (!ttl.is_known || seconds > ttl.seconds) {
            ttl = (fv_plan_ttl){.seconds = seconds,
                                .is_left = fact->authority == FEDVAL_AUTHORITY_CACHE,
                                .is_known = true};
        }
    }
    return ttl;
}

uint32_t fv_plan_last_ttl(const fedval_plan *plan, fv_plan_ttl before)
{
    bool is_plans = !before.is_known || (before.is_left && before.seconds < plan->ttl);
    return is_plans ? plan->ttl : before.seconds;
}

/* ---- all domains ---- */

fedval_status fv_plan_judge_today(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < plan->num_domains; i++) {
        fedval_plan_domain *domain = &plan->domains[i];
        if (domain->today == NULL)
            continue;
        domain->srv = fv_evidence_find_dns(domain->today, domain->srv_owner, FEDVAL_TYPE_SRV, 0);
        status = judge_today(planner, domain);
    }
    return status;
}
