/* Makes evidence from a state: what a check would see after some of the steps. */
#include "mend/plan/plan.h"

#include "base/sip_tls.h"
#include "judge/finding.h"
#include "judge/judge.h"
#include "mend/plan/token.h"

#include <string.h>

fv_rules_input fv_plan_input(const fv_planner *planner, const fedval_plan_domain *domain,
                             fedval_policy *out_policy)
{
    const fv_judge_row *row = &planner->judge->rows[planner->policy_index];
    bool is_microsoft = domain->side == FEDVAL_SIDE_MICROSOFT;
    *out_policy = is_microsoft && row->microsoft != NULL ? *row->microsoft : *row->policy;
    out_policy->side = domain->side;
    if (!is_microsoft && planner->intent->clusters[domain->cluster].version != 0)
        out_policy->expressway_version = planner->intent->clusters[domain->cluster].version;
    fv_rules_input input = fv_judge_input(planner->judge, out_policy);
    input.time = planner->time;
    return input;
}

/* R8 compares the targets of all domains of a cluster with every certificate. To do so once is
 * enough, with the first domain, in the intended state. R4 compares each domain's own targets
 * anyway. */
static bool is_first_domain(const fv_planner *planner, const fedval_plan_domain *domain)
{
    return planner->others != NULL && planner->num_others[domain->cluster] > 1 &&
           strcmp(planner->others[domain->cluster][0].domain, domain->name) == 0;
}

fedval_status fv_plan_gather_targets(fv_planner *planner)
{
    const fedval_plan *plan = planner->plan;
    fv_arena *work = &planner->work;
    fv_other_target **others = fv_arena_alloc_array(work, plan->num_clusters, sizeof(*others));
    planner->num_others =
        fv_arena_alloc_array(work, plan->num_clusters, sizeof(*planner->num_others));
    if (others == NULL || planner->num_others == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < plan->num_clusters; i++) {
        others[i] = fv_arena_alloc_array(work, plan->num_domains, sizeof(**others));
        if (others[i] == NULL)
            return FEDVAL_ERROR_NO_MEMORY;
    }
    for (size_t i = 0; i < plan->num_domains; i++) {
        const fedval_plan_domain *domain = &plan->domains[i];
        if (domain->target == NULL)
            continue;
        others[domain->cluster][planner->num_others[domain->cluster]++] =
            (fv_other_target){.domain = domain->name, .host = domain->target};
    }
    planner->others = others;
    return FEDVAL_OK;
}

/* ---- facts ---- */

/* Appends `fact` to the evidence if `status` is 0, and frees it in any case. */
static fedval_status give(fedval_evidence *evidence, fedval_fact *fact, fedval_status status)
{
    if (status == FEDVAL_OK)
        status = fedval_evidence_append(evidence, fact);
    fedval_fact_free(fact);
    return status;
}

static fedval_status give_copy(fedval_evidence *evidence, const fedval_fact *fact)
{
    return fact == NULL ? FEDVAL_OK : fedval_evidence_append(evidence, fact);
}

static fedval_status put_new_srv(const fv_planner *planner, const fedval_plan_domain *domain,
                                 fedval_evidence *evidence)
{
    const char *owner = domain->srv_owner;
    fedval_fact *fact = NULL;
    fedval_status status = fedval_fact_new_dns(owner, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact);
    if (status == FEDVAL_OK) {
        status = fedval_fact_append_srv(fact, owner, FEDVAL_NUL_ENDED, planner->plan->ttl, 0, 0,
                                        FV_SIP_TLS_PORT, domain->target, FEDVAL_NUL_ENDED);
    }
    if (status == FEDVAL_OK)
        status = fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_ANSWER);
    return give(evidence, fact, status);
}

static bool is_stale(const fedval_plan_domain *domain, const char *address)
{
    for (size_t i = 0; i < domain->num_stale; i++) {
        if (strcmp(domain->stale[i].address, address) == 0)
            return true;
    }
    return false;
}

static bool is_of_peer(const fv_planner *planner, const fedval_plan_domain *domain,
                       const char *address, size_t only)
{
    return only == SIZE_MAX ||
           fv_plan_peer_at(&planner->intent->clusters[domain->cluster], address) == only;
}

/* Adds one address to the facts of its family. */
static fedval_status append_address(fedval_fact *fact, const fv_plan_address *address)
{
    fv_record like = {.type = FEDVAL_TYPE_A, .ttl = address->ttl};
    return address->is_to_choose
               ? fv_fact_append_to_choose(fact, address->owner, &like, address->address)
               : fedval_fact_append_address(fact, address->owner, FEDVAL_NUL_ENDED, address->ttl,
                                            address->address, FEDVAL_NUL_ENDED);
}

static fedval_status append_today(const fv_planner *planner, const fedval_plan_domain *domain,
                                  const fv_plan_state *state, const fedval_fact *today,
                                  fedval_fact *fact)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; today != NULL && status == FEDVAL_OK && i < today->num_records; i++) {
        const fv_record *record = &today->records[i];
        if ((record->type != FEDVAL_TYPE_A && record->type != FEDVAL_TYPE_AAAA) ||
            (state->is_clean && is_stale(domain, record->data)) ||
            (state->has_new_addresses && domain->target_alias != NULL) ||
            !is_of_peer(planner, domain, record->data, state->only))
            continue;
        status = fedval_fact_append_address(fact, record->owner, FEDVAL_NUL_ENDED, record->ttl,
                                            record->data, FEDVAL_NUL_ENDED);
    }
    return status;
}

static fedval_status append_missing(const fv_planner *planner, const fedval_plan_domain *domain,
                                    const fv_plan_state *state, uint32_t type, fedval_fact *fact)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < domain->num_missing; i++) {
        const fv_plan_address *address = &domain->missing[i];
        if (address->type == type &&
            (address->is_to_choose || is_of_peer(planner, domain, address->address, state->only)))
            status = append_address(fact, address);
    }
    return status;
}

/* Adds the addresses of the planned target, of one family. */
static fedval_status put_target_addresses(const fv_planner *planner,
                                          const fedval_plan_domain *domain,
                                          const fv_plan_state *state, uint32_t type,
                                          fedval_evidence *evidence)
{
    const fedval_fact *today =
        domain->today == NULL ? NULL : fv_evidence_find_dns(domain->today, domain->target, type, 0);
    fedval_fact *fact = NULL;
    if (!state->has_new_addresses && today == NULL && state->only == SIZE_MAX)
        return FEDVAL_OK;
    fedval_status status = fedval_fact_new_dns(domain->target, FEDVAL_NUL_ENDED, type, 0, &fact);
    if (status == FEDVAL_OK)
        status = append_today(planner, domain, state, today, fact);
    if (status == FEDVAL_OK && state->has_new_addresses)
        status = append_missing(planner, domain, state, type, fact);
    if (status == FEDVAL_OK) {
        status = fedval_fact_set_outcome(fact, fact->num_records > 0 ? FEDVAL_OUTCOME_ANSWER
                                                                     : FEDVAL_OUTCOME_NODATA);
    }
    return give(evidence, fact, status);
}

/* ---- chains ---- */

/* Returns which chain of a certificate is in place in `state` (FV_PLAN_PRESENT and so on). */
static uint32_t chain_of(const fv_planner *planner, const fv_plan_state *state,
                         const fedval_plan_certificate *certificate)
{
    size_t index = (size_t)(certificate - planner->plan->certificates);
    if (state->chain == FV_PLAN_READY)
        return FV_PLAN_READY;
    return state->loaded == NULL || state->loaded[index] ? FV_PLAN_PLANNED : FV_PLAN_PRESENT;
}

static fedval_status append_token(const fv_planner *planner, const fv_plan_state *state,
                                  const fedval_plan_certificate *certificate, fedval_fact *fact,
                                  bool *out_is_known)
{
    uint32_t which = chain_of(planner, state, certificate);
    fv_plan_token token =
        fv_plan_token_make((size_t)(certificate - planner->plan->certificates), which);
    *out_is_known = certificate->chains[which].is_known;
    return *out_is_known ? fedval_fact_append_certificate(fact, token.bytes, sizeof(token.bytes))
                         : FEDVAL_OK;
}

static fedval_status put_probe(const fv_planner *planner, const fedval_plan_domain *domain,
                               const fv_plan_state *state, const char *host, const char *address,
                               size_t peer, fedval_evidence *evidence)
{
    const fedval_plan_certificate *certificate =
        fv_plan_find_certificate(planner->plan, domain->cluster, peer, FEDVAL_ROLE_SERVER);
    fedval_fact *fact = NULL;
    bool is_known = false;
    if (state->role == FEDVAL_ROLE_CLIENT)
        return FEDVAL_OK;
    fedval_status status = fedval_fact_new_probe(host, FEDVAL_NUL_ENDED, address, FEDVAL_NUL_ENDED,
                                                 FV_SIP_TLS_PORT, FEDVAL_ROLE_SERVER, &fact);
    if (status == FEDVAL_OK)
        status = append_token(planner, state, certificate, fact, &is_known);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_HANDSHAKE);
    if (status == FEDVAL_OK && !is_known) {
        fedval_fact_free(fact);
        return FEDVAL_OK;
    }
    return give(evidence, fact, status);
}

/* Adds a probe for each address of a host: with the peer's certificate if it is a peer's, else as
 * it was seen today. */
static fedval_status put_probes(const fv_planner *planner, const fedval_plan_domain *domain,
                                const fv_plan_state *state, const char *host, uint32_t type,
                                fedval_evidence *evidence)
{
    const fv_intent_cluster *cluster = &planner->intent->clusters[domain->cluster];
    const fedval_fact *fact = fv_evidence_find_dns(evidence, host, type, 0);
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; fact != NULL && status == FEDVAL_OK && i < fact->num_records; i++) {
        const fv_record *record = &fact->records[i];
        if (record->type != type || record->is_to_choose)
            continue;
        size_t peer = fv_plan_peer_at(cluster, record->data);
        const fedval_fact *seen =
            domain->today == NULL
                ? NULL
                : fv_evidence_find_probe(domain->today, host, record->data, FV_SIP_TLS_PORT);
        status = peer != SIZE_MAX
                     ? put_probe(planner, domain, state, host, record->data, peer, evidence)
                     : give_copy(evidence, seen);
    }
    return status;
}

/* If the address of the target is still to be chosen, no probe can be made of it. Then
 * the chain of the first peer stands for the whole host, as a chain from a file does. */
static fedval_status put_chosen(const fv_planner *planner, const fedval_plan_domain *domain,
                                const fv_plan_state *state, fedval_evidence *evidence)
{
    if (domain->num_missing == 0 || !domain->missing[0].is_to_choose || !state->has_new_addresses)
        return FEDVAL_OK;
    return put_probe(planner, domain, state, domain->target, NULL,
                     state->only == SIZE_MAX ? 0 : state->only, evidence);
}

static fedval_status put_calling(const fv_planner *planner, const fedval_plan_domain *domain,
                                 const fv_plan_state *state, fedval_evidence *evidence)
{
    const fedval_plan_certificate *certificate =
        fv_plan_find_certificate(planner->plan, domain->cluster,
                                 state->only == SIZE_MAX ? 0 : state->only, FEDVAL_ROLE_CLIENT);
    fedval_fact *fact = NULL;
    bool is_known = false;
    if (state->role == FEDVAL_ROLE_SERVER)
        return FEDVAL_OK;
    fedval_status status = fedval_fact_new_probe(NULL, FEDVAL_NUL_ENDED, NULL, FEDVAL_NUL_ENDED, 0,
                                                 FEDVAL_ROLE_CLIENT, &fact);
    if (status == FEDVAL_OK)
        status = append_token(planner, state, certificate, fact, &is_known);
    if (status == FEDVAL_OK && !is_known) {
        fedval_fact_free(fact);
        return FEDVAL_OK;
    }
    return give(evidence, fact, status);
}

/* ---- the whole ---- */

static fedval_status put_old_hosts(const fv_planner *planner, const fedval_plan_domain *domain,
                                   const fv_plan_state *state, fedval_evidence *evidence)
{
    static const uint32_t types[] = {FEDVAL_TYPE_A, FEDVAL_TYPE_AAAA};
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; i < domain->srv->num_records; i++) {
        char host[FEDVAL_NAME_SIZE];
        const fv_record *record = &domain->srv->records[i];
        if (record->type != FEDVAL_TYPE_SRV ||
            fedval_name_normalise(record->data, strlen(record->data), host, sizeof(host), NULL,
                                  NULL) != FEDVAL_OK ||
            (domain->target != NULL && strcmp(host, domain->target) == 0))
            continue;
        for (size_t t = 0; status == FEDVAL_OK && t < 2; t++)
            status = give_copy(evidence, fv_evidence_find_dns(domain->today, host, types[t], 0));
        for (size_t t = 0; status == FEDVAL_OK && t < 2; t++)
            status = put_probes(planner, domain, state, host, types[t], evidence);
    }
    return status;
}

static fedval_status put_target(const fv_planner *planner, const fedval_plan_domain *domain,
                                const fv_plan_state *state, fedval_evidence *evidence)
{
    static const uint32_t types[] = {FEDVAL_TYPE_A, FEDVAL_TYPE_AAAA};
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < 2; i++)
        status = put_target_addresses(planner, domain, state, types[i], evidence);
    for (size_t i = 0; status == FEDVAL_OK && i < 2; i++)
        status = put_probes(planner, domain, state, domain->target, types[i], evidence);
    return status == FEDVAL_OK ? put_chosen(planner, domain, state, evidence) : status;
}

/* Makes the evidence that a check would collect of `domain` in `state`. The caller frees it.
 * Returns 0, NO_MEMORY, or LIMIT. */
static fedval_status make_evidence(const fv_planner *planner, const fedval_plan_domain *domain,
                                   const fv_plan_state *state, fedval_evidence **out)
{
    fedval_evidence *evidence = NULL;
    bool is_new = state->has_new_srv && domain->target != NULL;
    fedval_status status = fedval_evidence_new(domain->name, strlen(domain->name), &evidence, NULL);
    if (status != FEDVAL_OK)
        return status;
    (void)fedval_evidence_set_time(evidence, planner->time);
    status = is_new ? put_new_srv(planner, domain, evidence) : give_copy(evidence, domain->srv);
    if (status == FEDVAL_OK && !is_new && domain->srv != NULL)
        status = put_old_hosts(planner, domain, state, evidence);
    if (status == FEDVAL_OK && domain->target != NULL && (is_new || domain->is_target_in_use))
        status = put_target(planner, domain, state, evidence);
    if (status == FEDVAL_OK)
        status = put_calling(planner, domain, state, evidence);
    if (status != FEDVAL_OK) {
        fedval_evidence_free(evidence);
        return status;
    }
    *out = evidence;
    return FEDVAL_OK;
}

fedval_status fv_plan_judge(fv_planner *planner, fv_arena *arena, const fedval_plan_domain *domain,
                            const fv_plan_state *state, fv_judgement *out,
                            fedval_policy *out_policy, fv_rules_input *out_input,
                            fedval_evidence **out_evidence)
{
    *out_evidence = NULL;
    *out_input = fv_plan_input(planner, domain, out_policy);
    if (state->chain == FV_PLAN_PLANNED && is_first_domain(planner, domain)) {
        out_input->others = planner->others[domain->cluster];
        out_input->num_others = planner->num_others[domain->cluster];
    }
    fedval_status status = make_evidence(planner, domain, state, out_evidence);
    if (status != FEDVAL_OK)
        return status;
    out_input->evidence = *out_evidence;
    out_input->chains = &planner->supply.base;
    return fv_judgement_make(arena, out_input, out);
}

uint32_t fv_plan_broken(const fv_judgement *judgement)
{
    uint32_t broken = 0;
    for (size_t i = 0; i < judgement->remarks.num_items; i++) {
        const fv_remark *remark = &judgement->remarks.items[i];
        if (remark->severity == FEDVAL_SEVERITY_ERROR)
            broken |= fv_finding_breaks(&judgement->scene, remark);
    }
    return broken;
}
