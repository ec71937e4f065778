/* Decodes and evaluates each chain that was presented, and compares it with a name, once. */
#include "rules/scene.h"

#include "names/certificate_match.h"

#include <string.h>

static bool is_same_chain(const fedval_fact *a, const fedval_fact *b)
{
    if (a == b)
        return true;
    if (a->num_chain != b->num_chain || a->chain_complete != b->chain_complete)
        return false;
    for (size_t i = 0; i < a->num_chain; i++) {
        if (!fv_bytes_equal(a->chain[i], b->chain[i]))
            return false;
    }
    return true;
}

const fv_scene_chain *fv_scene_find_chain(const fv_scene *scene, const fedval_fact *fact)
{
    for (size_t i = 0; i < scene->num_chains; i++) {
        if (scene->chains[i]->role == fact->question.role &&
            is_same_chain(scene->chains[i]->fact, fact))
            return scene->chains[i];
    }
    return NULL;
}

void fv_scene_chain_reuse(const fv_scene_chain *known, fv_scene_chain *chain)
{
    chain->certificates = known->certificates;
    chain->num_certificates = known->num_certificates;
    chain->trust = known->trust;
}

fedval_status fv_scene_chain_decode(fv_arena *arena, fv_scene_chain *chain)
{
    const fedval_fact *fact = chain->fact;
    const fv_certificate **decoded = fact->certificates;
    fedval_status status = decoded != NULL
                               ? FEDVAL_OK
                               : fv_chain_decode(arena, fact->chain, fact->num_chain, &decoded);
    if (status != FEDVAL_OK)
        return status;
    chain->certificates = decoded;
    chain->num_certificates = fact->num_chain;
    return FEDVAL_OK;
}

fedval_status fv_scene_chain_evaluate(fv_arena *arena, const fv_rules_input *input,
                                      fv_scene_chain *chain)
{
    /* Microsoft requires only serverAuth, so the calling certificate is judged for any purpose. A
     * remark of its own says that it lacks clientAuth (see fedval explain R6). */
    fv_trust_input trust = {
        .certificates = chain->certificates,
        .num_certificates = chain->num_certificates,
        .is_incomplete = !chain->fact->chain_complete,
        .purpose =
            chain->role == FEDVAL_ROLE_SERVER ? FEDVAL_PURPOSE_SERVER : input->client_purpose,
        .is_calling = chain->role == FEDVAL_ROLE_CLIENT,
        .policy = input->policy,
        .time = input->time,
        .anchors = input->anchors,
        .crls = input->crls,
        .verifier = input->verifier,
    };
    return fv_trust_evaluate(arena, &trust, &chain->trust);
}

static fedval_status fill_live(const fv_chain_supply *supply, fv_arena *arena,
                               const fv_rules_input *input, fv_scene_chain *chain)
{
    (void)supply;
    fedval_status status = fv_scene_chain_decode(arena, chain);
    return status == FEDVAL_OK ? fv_scene_chain_evaluate(arena, input, chain) : status;
}

const fv_chain_supply fv_chain_supply_live = {.fill = fill_live};

/* Returns the display name of the end-entity certificate. If a path was tried, its first rung has
 * the name already. */
static const char *name_of(fv_arena *arena, const fv_scene_chain *chain)
{
    if (chain->certificates[0] == NULL)
        return "(unreadable)";
    if (chain->trust.num_paths > 0 && chain->trust.paths[0].num_rungs > 0)
        return chain->trust.paths[0].rungs[0].name;
    return fv_certificate_copy_name(arena, chain->certificates[0]);
}

static bool append_chain(fv_scene *scene, const fv_scene_chain *chain)
{
    void *items = scene->chains;
    const fv_scene_chain **slot = fv_arena_append(scene->arena, &items, &scene->num_chains,
                                                  &scene->chains_capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    scene->chains = items;
    *slot = chain;
    return true;
}

static fedval_status make_chain(fv_scene *scene, const fedval_fact *fact,
                                const fv_scene_chain **out)
{
    const fv_rules_input *input = scene->input;
    const fv_chain_supply *supply = input->chains != NULL ? input->chains : &fv_chain_supply_live;
    fv_scene_chain *chain = fv_arena_alloc(scene->arena, sizeof(*chain));
    if (chain == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    chain->fact = fact;
    chain->role = fact->question.role;
    fedval_status status = supply->fill(supply, scene->arena, input, chain);
    if (status != FEDVAL_OK)
        return status;
    chain->name = name_of(scene->arena, chain);
    chain->name_kind = chain->certificates[0] != NULL
                           ? fv_certificate_name_kind(chain->certificates[0])
                           : (uint32_t)FV_VALUE_PLAIN;
    *out = chain;
    return chain->name != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

fedval_status fv_scene_add_chain(fv_scene *scene, const fedval_fact *fact,
                                 const fv_scene_chain **out)
{
    if (fact->num_chain == 0)
        return FEDVAL_OK;
    const fv_scene_chain *chain = fv_scene_find_chain(scene, fact);
    if (chain != NULL) {
        *out = chain;
        return FEDVAL_OK;
    }
    fedval_status status = make_chain(scene, fact, &chain);
    if (status == FEDVAL_OK && !append_chain(scene, chain))
        status = FEDVAL_ERROR_NO_MEMORY;
    if (status == FEDVAL_OK)
        *out = chain;
    return status;
}

bool fv_chain_is_reversed(const fv_scene_chain *chain)
{
    return fv_trust_find_reversed(chain->certificates, chain->num_certificates) > 0;
}

/* ---- names ---- */

/* The calling certificate is compared with the SRV target that the Edge has looked up: the first
 * one that counts. */
static const char *client_reference(const fv_scene *scene)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (scene->targets[i].counts && scene->targets[i].host != NULL)
            return scene->targets[i].host;
    }
    return NULL;
}

const char *fv_scene_reference(const fv_scene *scene, const fv_scene_target *target)
{
    const fedval_policy *policy = scene->input->policy;
    switch (policy->reference) {
    case FEDVAL_REFERENCE_SRV_TARGET:
        return target != NULL ? target->host : client_reference(scene);
    case FEDVAL_REFERENCE_SIP_DOMAIN:
        return scene->domain;
    default:
        return policy->subject_name;
    }
}

uint32_t fv_scene_compare_name(const fv_scene *scene, const fv_scene_chain *chain, const char *name,
                               fv_text *out_presented)
{
    const fedval_policy *policy = scene->input->policy;
    fv_name_policy names = {
        .wildcard = (uint32_t)policy->wildcard,
        .common_name = (uint32_t)policy->common_name,
        .accepts_sip_uri = policy->reference == FEDVAL_REFERENCE_SIP_DOMAIN,
    };
    fv_name_match match = {0};
    if (chain->certificates[0] == NULL || name == NULL || fv_chain_is_reversed(chain) ||
        !fv_certificate_match(chain->certificates[0], fv_text_of(name), &names, &match))
        return 0;
    if (out_presented != NULL)
        *out_presented = match.presented;
    return match.how;
}

bool fv_scene_is_same_certificate(const fv_scene_chain *a, const fv_scene_chain *b)
{
    return fv_bytes_equal(a->fact->chain[0], b->fact->chain[0]);
}

void fv_scene_match_name(const fv_scene *scene, const fv_scene_target *target,
                         const fv_scene_chain *chain, fv_scene_presented *out)
{
    *out = (fv_scene_presented){.chain = chain, .reference = fv_scene_reference(scene, target)};
    out->name_match = fv_scene_compare_name(scene, chain, out->reference, &out->presented);
}
