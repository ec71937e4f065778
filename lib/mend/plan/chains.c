/* The chains of a plan: those that peers present today, and how the rules get each of them. */
#include "mend/plan/plan.h"

#include "judge/judge.h"
#include "mend/plan/token.h"

#include <string.h>

/* ---- the supply ---- */

fedval_status fv_plan_fill_chain(const fv_chain_supply *supply, fv_arena *arena,
                                 const fv_rules_input *input, fv_scene_chain *chain)
{
    const fedval_plan *plan = ((const fv_plan_supply *)supply)->planner->plan;
    size_t index;
    uint32_t which;
    if (!fv_plan_token_read(chain->fact->chain[0], &index, &which) ||
        index >= plan->num_certificates || which >= FV_PLAN_NUM_CHAINS)
        return fv_chain_supply_live.fill(&fv_chain_supply_live, arena, input, chain);
    const fv_plan_chain *planned = &plan->certificates[index].chains[which];
    chain->certificates = planned->certificates;
    chain->num_certificates = planned->num_certificates;
    chain->trust = chain->role == FEDVAL_ROLE_CLIENT ? planned->trust_as_client : planned->trust;
    return FEDVAL_OK;
}

/* ---- evaluating ---- */

/* Returns the input by which chains are evaluated. It is the same for all domains that they
 * serve. */
static fv_trust_input trust_input_of(const fv_planner *planner,
                                     const fedval_plan_certificate *certificate, uint32_t role,
                                     fedval_policy *out_policy)
{
    const fedval_plan_domain any = {.side = FEDVAL_SIDE_CISCO, .cluster = certificate->cluster};
    fv_rules_input rules = fv_plan_input(planner, &any, out_policy);
    return (fv_trust_input){
        .purpose = role == FEDVAL_ROLE_SERVER ? FEDVAL_PURPOSE_SERVER : rules.client_purpose,
        .is_calling = role == FEDVAL_ROLE_CLIENT,
        .policy = out_policy,
        .time = planner->time,
        .anchors = rules.anchors,
        .crls = rules.crls,
        .verifier = rules.verifier,
    };
}

fedval_status fv_plan_evaluate(fv_planner *planner, const fedval_plan_certificate *certificate,
                               const fv_bytes *chain, size_t num_chain, fv_plan_chain *out)
{
    static const uint32_t roles[] = {FEDVAL_ROLE_SERVER, FEDVAL_ROLE_CLIENT};
    const fv_certificate **decoded = NULL;
    fv_arena *arena = &planner->plan->arena;
    fedval_status status = fv_chain_decode(arena, chain, num_chain, &decoded);
    *out = (fv_plan_chain){.certificates = decoded, .num_certificates = num_chain};
    for (size_t i = 0; status == FEDVAL_OK && i < 2; i++) {
        fedval_policy policy;
        fv_trust_input input = trust_input_of(planner, certificate, roles[i], &policy);
        input.certificates = decoded;
        input.num_certificates = num_chain;
        status = fv_trust_evaluate(arena, &input, i == 0 ? &out->trust : &out->trust_as_client);
    }
    out->is_known = status == FEDVAL_OK;
    return status;
}

fedval_status fv_plan_assume(fv_planner *planner, const fedval_plan_certificate *certificate,
                             const fv_certificate *facts, fv_plan_chain *out)
{
    static const uint32_t roles[] = {FEDVAL_ROLE_SERVER, FEDVAL_ROLE_CLIENT};
    fv_arena *arena = &planner->plan->arena;
    const fv_certificate **certificates = fv_arena_alloc(arena, sizeof(*certificates));
    bool ok = certificates != NULL;
    *out = (fv_plan_chain){.num_certificates = 1, .is_assumed = true};
    for (size_t i = 0; ok && i < 2; i++) {
        fv_trust_result *result = i == 0 ? &out->trust : &out->trust_as_client;
        fedval_policy policy;
        fv_trust_input input = trust_input_of(planner, certificate, roles[i], &policy);
        uint32_t trust =
            planner->plan->ca == FV_CA_PRIVATE ? FEDVAL_TRUST_BY_PRIVATE : FEDVAL_TRUST_BY_PUBLIC;
        ok = fv_trust_judge_request(arena, &input, facts, trust, result) == FEDVAL_OK;
    }
    if (!ok)
        return FEDVAL_ERROR_NO_MEMORY;
    certificates[0] = facts;
    out->certificates = certificates;
    out->is_known = true;
    return FEDVAL_OK;
}

/* ---- what is presented today ---- */

static const fedval_fact *find_seen(const fv_planner *planner, const fv_intent_cluster *cluster,
                                    const fedval_plan_certificate *certificate,
                                    const fedval_evidence *today)
{
    size_t peer = certificate->peer_index;
    for (size_t i = 0; i < today->num_facts; i++) {
        const fedval_fact *fact = today->in_order[i];
        const fedval_question *q = &fact->question;
        bool is_calling = q->role == FEDVAL_ROLE_CLIENT;
        if (q->kind != FEDVAL_QUESTION_PROBE || fact->num_chain == 0 ||
            q->look != FEDVAL_LOOK_ANY || is_calling != (certificate->role == FEDVAL_ROLE_CLIENT))
            continue;
        bool is_here = q->address == NULL ? cluster->num_peers == 1
                                          : fv_plan_peer_at(cluster, q->address) == peer;
        if (is_here)
            return fact;
    }
    (void)planner;
    return NULL;
}

/* Returns a chain that was seen at the peer's address in the evidence of any domain. NULL: there is
 * none. */
static const fedval_fact *find_today(const fv_planner *planner,
                                     const fedval_plan_certificate *certificate)
{
    const fedval_intent *intent = planner->intent;
    for (size_t i = 0; i < intent->num_domains; i++) {
        const fv_intent_domain *domain = &intent->domains[i];
        const fedval_fact *fact = domain->today == NULL ||
                                          domain->cluster != certificate->cluster ||
                                          domain->side == FEDVAL_SIDE_MICROSOFT
                                      ? NULL
                                      : find_seen(planner, &intent->clusters[domain->cluster],
                                                  certificate, domain->today);
        if (fact != NULL)
            return fact;
    }
    return NULL;
}

/* Returns the end entity, what was behind it, and then what was in front of it, the nearest
 * first: so that a file in reverse has its end entity, its intermediates and its root. */
static fv_bytes *turn_round(fv_arena *arena, const fv_bytes *from, size_t count, size_t end_entity)
{
    fv_bytes *turned = fv_arena_alloc_array(arena, count, sizeof(*turned));
    size_t num = 0;
    for (size_t i = end_entity; turned != NULL && i < count; i++)
        turned[num++] = from[i];
    for (size_t i = end_entity; turned != NULL && i > 0; i--)
        turned[num++] = from[i - 1];
    return turned;
}

/* Copies the certificates of a file with the end entity first. */
static fedval_status put_in_order(fv_planner *planner, const fv_bytes *from, size_t count,
                                  fv_bytes **out, bool *out_is_reversed)
{
    const fv_certificate **decoded = NULL;
    fv_arena *arena = &planner->plan->arena;
    fv_bytes *copy = fv_arena_alloc_array(arena, count, sizeof(*copy));
    if (copy == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (!fv_arena_copy_bytes(arena, from[i], &copy[i]))
            return FEDVAL_ERROR_NO_MEMORY;
    }
    fedval_status status = fv_chain_decode(arena, copy, count, &decoded);
    if (status != FEDVAL_OK)
        return status;
    size_t end_entity = fv_trust_find_reversed(decoded, count);
    *out_is_reversed = end_entity > 0;
    *out = copy;
    if (*out_is_reversed)
        *out = turn_round(arena, copy, count, end_entity);
    return *out == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

static const fv_intent_file *file_at(const fv_planner *planner, size_t number)
{
    const fv_intent_file *file = number == 0 ? NULL : &planner->intent->files[number - 1];
    return file != NULL && file->is_supplied ? file : NULL;
}

static fedval_status fill_present(fv_planner *planner, fedval_plan_certificate *certificate)
{
    const fv_intent_file *file =
        file_at(planner, fv_plan_store_of(planner, certificate)->certificate);
    const fedval_fact *seen = file == NULL ? find_today(planner, certificate) : NULL;
    fv_bytes *chain = NULL;
    if (file == NULL && seen == NULL)
        return FEDVAL_OK;
    size_t count = file != NULL ? file->num_chain : seen->num_chain;
    fedval_status status = put_in_order(planner, file != NULL ? file->chain : seen->chain, count,
                                        &chain, &certificate->is_present_reversed);
    certificate->is_present_given = file != NULL;
    if (status == FEDVAL_OK) {
        status = fv_plan_evaluate(planner, certificate, chain, count,
                                  &certificate->chains[FV_PLAN_PRESENT]);
    }
    return status;
}

static fedval_status take_ready(fv_planner *planner, fedval_plan_certificate *certificate)
{
    const fv_intent_file *file = file_at(planner, fv_plan_store_of(planner, certificate)->ready);
    if (file == NULL)
        return FEDVAL_OK;
    if (!file->is_inline) {
        certificate->ready_file = fv_plan_copy(planner->plan, file->path);
        if (certificate->ready_file == NULL)
            return FEDVAL_ERROR_NO_MEMORY;
    }
    certificate->is_ready_request = file->is_request;
    certificate->num_ready_der = file->is_request ? 1 : file->num_chain;
    return put_in_order(planner, file->chain, certificate->num_ready_der, &certificate->ready_der,
                        &certificate->is_reversed);
}

fedval_status fv_plan_present(fv_planner *planner)
{
    fedval_plan *plan = planner->plan;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < plan->num_certificates; i++) {
        status = fill_present(planner, &plan->certificates[i]);
        if (status == FEDVAL_OK)
            status = take_ready(planner, &plan->certificates[i]);
    }
    return status;
}
