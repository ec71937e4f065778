/* Walks over the steps: after each, do the calls that work today still work? While caches may hold
 * the old SRV record, calls that follow it have to work too. */
#include "mend/plan/plan.h"

#include "judge/finding.h"
#include "judge/judge.h"

#include <stdlib.h>
#include <string.h>

typedef struct walker {
    fv_planner *planner;
    bool *loaded;          /* for each certificate */
    fv_plan_state *states; /* for each domain */
    bool *may_be_cached;   /* for each domain, whether a cache may hold its old SRV record */
} walker;

/* The calls that errors break, and the first such error. */
typedef struct breakage {
    uint32_t directions;
    uint32_t code;
} breakage;

static fedval_status look(walker *w, size_t index, const fv_plan_state *state, breakage *out)
{
    fv_judgement judgement;
    fedval_policy policy;
    fv_rules_input input;
    fedval_evidence *evidence = NULL;
    fv_arena scratch;
    fv_arena_init(&scratch);
    fedval_status status = fv_plan_judge(w->planner, &scratch, &w->planner->plan->domains[index],
                                         state, &judgement, &policy, &input, &evidence);
    for (size_t i = 0; status == FEDVAL_OK && i < judgement.remarks.num_items; i++) {
        const fv_remark *remark = &judgement.remarks.items[i];
        uint32_t breaks = remark->severity == FEDVAL_SEVERITY_ERROR
                              ? fv_finding_breaks(&judgement.scene, remark)
                              : 0;
        if (breaks != 0 && out->code == 0)
            out->code = remark->code;
        out->directions |= breaks;
    }
    fedval_evidence_free(evidence);
    fv_arena_clear(&scratch);
    return status;
}

/* The extent of a step: one peer, or all (SIZE_MAX); one role, or both (0). */
typedef struct extent {
    size_t peer;
    uint32_t role;
} extent;

/* Judges by the present record and, if a cache may hold the old one, by that too. */
static fedval_status look_at_all(walker *w, size_t index, extent of, breakage *out)
{
    fv_plan_state state = w->states[index];
    state.loaded = w->loaded;
    state.only = of.peer;
    state.role = of.role;
    *out = (breakage){0};
    fedval_status status = look(w, index, &state, out);
    if (status != FEDVAL_OK || !w->may_be_cached[index])
        return status;
    state.has_new_srv = false;
    return look(w, index, &state, out);
}

static const char *words_for(uint32_t directions)
{
    switch (directions) {
    case FEDVAL_DIRECTION_TO_MICROSOFT:
        return "calls to Microsoft";
    case FEDVAL_DIRECTION_FROM_MICROSOFT:
        return "calls from Microsoft";
    default:
        return "calls in both directions";
    }
}

static fedval_status tell(walker *w, fedval_plan_step *step, size_t index, breakage broken)
{
    fedval_plan *plan = w->planner->plan;
    const char *before = step->hurts;
    step->hurts = FV_PLAN_JOIN(plan, before == NULL ? "" : before, before == NULL ? "" : "; ",
                               words_for(broken.directions), " of ", plan->domains[index].name,
                               " break: ", fedval_finding_code_to_string(broken.code));
    return step->hurts == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

/* Returns the state that follows the one of domain `index` and changes with it. The records of a
 * proxy serve every domain that shares it. SIZE_MAX: there is no further one. */
static size_t next_with_target(const fedval_plan *plan, size_t index, size_t after)
{
    for (size_t i = after + 1; plan->domains[index].is_proxy && i < plan->num_domains; i++) {
        if (plan->domains[i].shares_target &&
            plan->domains[i].target == plan->domains[index].target)
            return i;
    }
    return SIZE_MAX;
}

static void apply(walker *w, const fedval_plan_step *step)
{
    const fedval_plan *plan = w->planner->plan;
    switch (step->effect) {
    case FV_PLAN_EFFECT_CERTIFICATE:
        w->loaded[step->certificate] = true;
        break;
    case FV_PLAN_EFFECT_ADDRESSES:
        for (size_t i = step->domain; i != SIZE_MAX; i = next_with_target(plan, step->domain, i))
            w->states[i].has_new_addresses = true;
        break;
    case FV_PLAN_EFFECT_SRV:
        w->states[step->domain].has_new_srv = true;
        w->may_be_cached[step->domain] = true;
        break;
    case FV_PLAN_EFFECT_CLEAN:
        for (size_t i = step->domain; i != SIZE_MAX; i = next_with_target(plan, step->domain, i))
            w->states[i].is_clean = true;
        break;
    default:
        break;
    }
}

/* A step may have to wait until no cache holds the record that an earlier step replaced. Once it is
 * done, none does. */
static void let_caches_run_out(walker *w, const fedval_plan_step *step)
{
    const fedval_plan *plan = w->planner->plan;
    for (size_t i = 0; i < step->num_after; i++) {
        const fedval_plan_step *before = &plan->steps[step->after[i] - 1];
        if (before->effect == FV_PLAN_EFFECT_SRV)
            w->may_be_cached[before->domain] = false;
    }
}

/* Records what a finished step has broken. Only if something is broken now, undoes the step with
 * `take_back` and judges the state before it, to compare. */
static fedval_status compare(walker *w, fedval_plan_step *step, size_t index, extent of,
                             void (*take_back)(walker *w, const fedval_plan_step *step,
                                               const fv_plan_state *before),
                             const fv_plan_state *before)
{
    breakage now, earlier;
    bool was_cached = w->may_be_cached[index];
    fedval_status status = look_at_all(w, index, of, &now);
    now.directions &= w->planner->plan->domains[index].works;
    if (status != FEDVAL_OK || now.directions == 0)
        return status;
    take_back(w, step, before);
    status = look_at_all(w, index, of, &earlier);
    apply(w, step);
    w->may_be_cached[index] = was_cached;
    now.directions &= ~earlier.directions;
    return status == FEDVAL_OK && now.directions != 0 ? tell(w, step, index, now) : status;
}

static void take_record_back(walker *w, const fedval_plan_step *step, const fv_plan_state *before)
{
    w->states[step->domain] = *before;
    if (step->effect == FV_PLAN_EFFECT_SRV)
        w->may_be_cached[step->domain] = false;
}

static void take_certificate_back(walker *w, const fedval_plan_step *step,
                                  const fv_plan_state *before)
{
    (void)before;
    w->loaded[step->certificate] = false;
}

/* Returns whether the step need not be judged. Each address has a step of its own. To judge the
 * first is enough, since each leads to a peer that has its certificate. And nobody looks up the
 * addresses of a target before the SRV record leads there. */
static bool changes_nothing(const walker *w, const fedval_plan_step *step)
{
    const fv_plan_state *state = &w->states[step->domain];
    const fedval_plan_domain *domain = &w->planner->plan->domains[step->domain];
    if (step->effect == FV_PLAN_EFFECT_CLEAN)
        return state->is_clean;
    return step->effect == FV_PLAN_EFFECT_ADDRESSES &&
           (state->has_new_addresses || (!domain->is_target_in_use && !state->has_new_srv));
}

static fedval_status walk_record(walker *w, fedval_plan_step *step)
{
    const extent all = {SIZE_MAX, 0};
    fv_plan_state before = w->states[step->domain];
    bool is_idle = changes_nothing(w, step);
    apply(w, step);
    if (is_idle || w->planner->plan->domains[step->domain].works == 0)
        return FEDVAL_OK;
    return compare(w, step, step->domain, all, take_record_back, &before);
}

/* ---- certificates ---- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Returns the names of a certificate in order. NULL: memory is short. */
static const char **sort_names(fv_arena *arena, const fedval_plan_certificate *certificate)
{
    const char **names = fv_arena_alloc_array(arena, certificate->num_names, sizeof(*names));
    for (size_t i = 0; names != NULL && i < certificate->num_names; i++)
        names[i] = certificate->names[i].name;
    if (names != NULL)
        qsort(names, certificate->num_names, sizeof(*names), compare_names);
    return names;
}

static bool is_listed(const char *const *names, size_t count, const char *name)
{
    return bsearch(&name, names, count, sizeof(*names), compare_names) != NULL;
}

/* Returns whether the certificate holds each target of the domain letter by letter. If so, it
 * matches under every policy on wildcards and Common Names. */
static bool holds_targets(const char *const *names, size_t count, const fedval_plan_domain *domain)
{
    if (domain->target == NULL || !is_listed(names, count, domain->target))
        return false;
    for (size_t i = 0; domain->srv != NULL && i < domain->srv->num_records; i++) {
        if (domain->srv->records[i].type == FEDVAL_TYPE_SRV &&
            !is_listed(names, count, domain->srv->records[i].data))
            return false;
    }
    return true;
}

/* Apart from its names, the rules judge a certificate alike for every domain. So if it is requested
 * as planned, all domains whose names it holds give the result of the first one. */
static bool meets_the_same(const walker *w, const fedval_plan_certificate *certificate,
                           const char *const *names, const fedval_plan_domain *domain)
{
    const fv_judge_row *row = &w->planner->judge->rows[w->planner->policy_index];
    return certificate->origin == FEDVAL_PLAN_ORIGIN_NEW &&
           row->policy->reference == FEDVAL_REFERENCE_SRV_TARGET &&
           holds_targets(names, certificate->num_names, domain);
}

/* A new certificate of a peer concerns every domain of the cluster. */
static fedval_status walk_certificate(walker *w, fedval_plan_step *step)
{
    const fedval_plan *plan = w->planner->plan;
    const fedval_plan_certificate *certificate = &plan->certificates[step->certificate];
    const extent of = {certificate->peer_index, certificate->is_for_both ? 0 : certificate->role};
    const char **names = sort_names(&w->planner->work, certificate);
    fedval_status status = names == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
    bool is_first = true;
    apply(w, step);
    for (size_t i = 0; status == FEDVAL_OK && i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        if (domain->works == 0 || domain->cluster != certificate->cluster ||
            (!is_first && meets_the_same(w, certificate, names, domain)))
            continue;
        status = compare(w, step, i, of, take_certificate_back, NULL);
        is_first = false;
    }
    return status;
}

static bool open_walk(walker *w, fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    fv_arena *work = &planner->work;
    *w = (walker){.planner = planner};
    w->loaded = fv_arena_alloc_array(work, plan->num_certificates, sizeof(*w->loaded));
    w->states = fv_arena_alloc_array(work, plan->num_domains, sizeof(*w->states));
    w->may_be_cached = fv_arena_alloc_array(work, plan->num_domains, sizeof(*w->may_be_cached));
    if (w->loaded == NULL || w->states == NULL || w->may_be_cached == NULL)
        return false;
    for (size_t i = 0; i < plan->num_domains; i++)
        w->states[i] = (fv_plan_state){.chain = FV_PLAN_PLANNED, .only = SIZE_MAX};
    return true;
}

fedval_status fv_plan_walk(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    walker w;
    if (!open_walk(&w, planner))
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < plan->num_steps; i++) {
        fedval_plan_step *step = &plan->steps[i];
        let_caches_run_out(&w, step);
        if (step->effect == FV_PLAN_EFFECT_CERTIFICATE)
            status = walk_certificate(&w, step);
        else if (step->effect != FV_PLAN_EFFECT_NONE)
            status = walk_record(&w, step);
    }
    return status;
}
