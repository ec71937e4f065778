/* fedval_plan_new: makes a plan from an intent. */
#include "mend/plan/plan.h"
#include "base/sip_tls.h"

#include "judge/judge.h"
#include "model/dns_name.h"

#include <stdlib.h>
#include <string.h>

/* ---- what the intent says, in the plan's own memory ---- */

static bool copy_cluster(fedval_plan *plan, const fv_intent_cluster *from, fv_plan_cluster *to)
{
    to->version = from->version;
    to->has_switch = from->version == FV_PLAN_WITH_SWITCH;
    to->name = fv_plan_copy(plan, from->name != NULL ? from->name : from->peers[0].name);
    to->num_peers = from->num_peers;
    to->peers = fv_arena_alloc_array(&plan->arena, from->num_peers, sizeof(*to->peers));
    bool ok = to->name != NULL && to->peers != NULL;
    for (size_t i = 0; ok && i < from->num_peers; i++) {
        to->peers[i].name = fv_plan_copy(plan, from->peers[i].name);
        ok = to->peers[i].name != NULL;
    }
    return ok;
}

static const char *make_srv_owner(fedval_plan *plan, const char *domain)
{
    fv_buf text;
    fv_buf_init(&text);
    fv_dns_name_append_srv_owner(&text, FV_SRV_FEDERATION, domain);
    const char *owner = text.failed ? NULL : fv_plan_copy(plan, text.data);
    fv_buf_clear(&text);
    return owner;
}

static bool copy_domain(fedval_plan *plan, const fv_intent_domain *from, fedval_plan_domain *to)
{
    to->name = fv_plan_copy(plan, from->name);
    to->zone = fv_plan_copy(plan, from->zone);
    to->srv_owner = make_srv_owner(plan, from->name);
    to->side = from->side == FEDVAL_SIDE_MICROSOFT ? FEDVAL_SIDE_MICROSOFT : FEDVAL_SIDE_CISCO;
    to->cluster = to->side == FEDVAL_SIDE_MICROSOFT ? SIZE_MAX : from->cluster;
    to->today = from->today;
    to->verdict_today = to->verdict_after = FEDVAL_VERDICT_NOT_CHECKED;
    return to->name != NULL && to->zone != NULL && to->srv_owner != NULL;
}

static const bool *list_allowed(fedval_plan *plan, const fedval_intent *intent,
                                const fv_intent_partner *partner)
{
    bool *allowed = fv_arena_alloc_array(&plan->arena, intent->num_domains, sizeof(*allowed));
    for (size_t i = 0; allowed != NULL && i < partner->num_allowed; i++) {
        const fv_intent_domain *domain = fv_intent_find_domain(intent, partner->allowed[i]);
        if (domain != NULL)
            allowed[domain - intent->domains] = true;
    }
    return allowed;
}

static bool copy_partner(fedval_plan *plan, const fedval_intent *intent,
                         const fv_intent_partner *from, fv_plan_partner *to)
{
    to->name = fv_plan_copy(plan, from->name);
    to->is_office365 = from->is_office365;
    to->proxy_fqdn = fv_plan_copy(plan, from->proxy_fqdn);
    to->is_allowed = from->says_allowed ? list_allowed(plan, intent, from) : NULL;
    return to->name != NULL && (from->proxy_fqdn == NULL || to->proxy_fqdn != NULL) &&
           (!from->says_allowed || to->is_allowed != NULL);
}

/* Returns whether the peer has two certificates, one for each role: from X15.5 on. An earlier
 * release has one store, whose certificate serves both roles (see fedval explain R6). Where the
 * release is not known, a certificate to call with in the intent tells. */
static bool has_two(const fv_intent_cluster *cluster, const fv_intent_peer *peer)
{
    return cluster->version >= FV_PLAN_WITH_TWO_STORES ||
           (cluster->version == 0 && peer->calling.is_given);
}

static bool add_certificate(fedval_plan *plan, size_t cluster, size_t peer, uint32_t role,
                            bool is_for_both)
{
    fedval_plan_certificate *certificate = &plan->certificates[plan->num_certificates++];
    const char *name = plan->clusters[cluster].peers[peer].name;
    *certificate = (fedval_plan_certificate){.cluster = cluster,
                                             .peer_index = peer,
                                             .peer = name,
                                             .role = role,
                                             .is_for_both = is_for_both,
                                             .common_name = name};
    certificate->subject = FV_PLAN_JOIN(plan, "CN=", name);
    return certificate->subject != NULL;
}

static bool open_certificates(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    const fedval_intent *intent = planner->intent;
    size_t room = 0;
    for (size_t i = 0; i < intent->num_clusters; i++)
        room += 2 * intent->clusters[i].num_peers;
    plan->certificates = fv_arena_alloc_array(&plan->arena, room, sizeof(*plan->certificates));
    bool ok = plan->certificates != NULL;
    for (size_t i = 0; i < intent->num_clusters; i++) {
        const fv_intent_cluster *cluster = &intent->clusters[i];
        for (size_t k = 0; ok && plan->clusters[i].has_domains && k < cluster->num_peers; k++) {
            bool two = has_two(cluster, &cluster->peers[k]);
            ok = add_certificate(plan, i, k, FEDVAL_ROLE_SERVER, !two) &&
                 (!two || add_certificate(plan, i, k, FEDVAL_ROLE_CLIENT, false));
        }
    }
    return ok;
}

static bool open_arrays(fedval_plan *plan, const fedval_intent *intent)
{
    plan->clusters =
        fv_arena_alloc_array(&plan->arena, intent->num_clusters, sizeof(*plan->clusters));
    plan->domains = fv_arena_alloc_array(&plan->arena, intent->num_domains, sizeof(*plan->domains));
    plan->partners =
        fv_arena_alloc_array(&plan->arena, intent->num_partners, sizeof(*plan->partners));
    plan->num_clusters = intent->num_clusters;
    plan->num_domains = intent->num_domains;
    plan->num_partners = intent->num_partners;
    return plan->clusters != NULL && plan->domains != NULL && plan->partners != NULL;
}

static fedval_status copy_intent(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    const fedval_intent *intent = planner->intent;
    plan->evaluated_at = planner->time;
    plan->ca = intent->ca;
    plan->ttl = intent->ttl;
    plan->low_ttl = intent->low_ttl;
    const char *edge_fqdn = planner->judge->rows[planner->policy_index].policy->edge_fqdn;
    plan->edge_fqdn = fv_plan_copy(plan, edge_fqdn);
    bool ok = open_arrays(plan, intent) && (edge_fqdn == NULL || plan->edge_fqdn != NULL);
    for (size_t i = 0; ok && i < intent->num_clusters; i++)
        ok = copy_cluster(plan, &intent->clusters[i], &plan->clusters[i]);
    for (size_t i = 0; ok && i < intent->num_domains; i++)
        ok = copy_domain(plan, &intent->domains[i], &plan->domains[i]);
    for (size_t i = 0; ok && i < intent->num_domains; i++) {
        if (plan->domains[i].side != FEDVAL_SIDE_MICROSOFT)
            plan->clusters[plan->domains[i].cluster].has_domains = true;
    }
    for (size_t i = 0; ok && i < intent->num_partners; i++)
        ok = copy_partner(plan, intent, &intent->partners[i], &plan->partners[i]);
    return ok && open_certificates(planner) ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

/* ---- the stages in turn ---- */

typedef fedval_status (*stage)(fv_planner *planner);

static fedval_status run_stages(fv_planner *planner)
{
    static const stage stages[] = {
        copy_intent,   fv_plan_present, fv_plan_judge_today,    fv_plan_records,
        fv_plan_names, fv_plan_ready,   fv_plan_choose,         fv_plan_authorities,
        fv_plan_steps, fv_plan_walk,    fv_plan_gather_targets, fv_plan_judge_after,
        fv_plan_weigh, fv_plan_ask,     fv_plan_files,          fv_plan_identify,
    };
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < sizeof(stages) / sizeof(stages[0]); i++)
        status = stages[i](planner);
    return status;
}

/* Clears the pointers that belong to the intent. */
static void let_go(fedval_plan *plan)
{
    for (size_t i = 0; i < plan->num_domains; i++) {
        plan->domains[i].today = NULL;
        plan->domains[i].srv = NULL;
    }
}

fedval_status fedval_plan_new(const fedval_judge *judge, size_t index, const fedval_intent *intent,
                              int64_t now, fedval_plan **out_plan)
{
    fv_planner planner = {.intent = intent, .judge = judge, .policy_index = index, .time = now};
    if (judge == NULL || intent == NULL || out_plan == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!judge->is_sealed)
        return FEDVAL_ERROR_STATE;
    if (index >= judge->num_rows)
        return FEDVAL_ERROR_ARGUMENT;
    if (now == FEDVAL_TIME_UNKNOWN)
        planner.time = judge->rows[index].policy->time;
    if (planner.time == FEDVAL_TIME_UNKNOWN)
        return FEDVAL_ERROR_ARGUMENT;
    planner.plan = calloc(1, sizeof(*planner.plan));
    if (planner.plan == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&planner.plan->arena);
    fv_arena_init(&planner.work);
    planner.supply = (fv_plan_supply){{.fill = fv_plan_fill_chain}, &planner};
    fedval_status status = run_stages(&planner);
    fv_arena_clear(&planner.work);
    if (status != FEDVAL_OK) {
        fedval_plan_free(planner.plan);
        return status;
    }
    let_go(planner.plan);
    *out_plan = planner.plan;
    return FEDVAL_OK;
}

void fedval_plan_free(fedval_plan *plan)
{
    if (plan == NULL)
        return;
    fv_arena_clear(&plan->arena);
    free(plan);
}
