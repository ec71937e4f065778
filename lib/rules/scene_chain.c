/* The chains that were presented: decoded, evaluated and compared with a name, each once. */
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

static fv_scene_chain *find_chain(const fv_scene *scene, const fedval_fact *fact)
{
    for (size_t i = 0; i < scene->num_chains; i++) {
        if (scene->chains[i]->role == fact->question.role &&
            is_same_chain(scene->chains[i]->fact, fact))
            return scene->chains[i];
    }
    return NULL;
}

static const fv_planned_certificate *find_planned(const fv_rules_input *input, fv_bytes der)
{
    for (size_t i = 0; i < input->num_planned; i++) {
        if (fv_bytes_equal(input->planned[i].replaces, der))
            return &input->planned[i];
    }
    return NULL;
}

/* The planned certificate takes the place of the first. */
static fedval_status put_planned(fv_scene *scene, fv_scene_chain *chain)
{
    const fv_certificate **certificates =
        fv_arena_alloc_array(scene->arena, chain->num_certificates, sizeof(*certificates));
    if (certificates == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    memcpy(certificates, chain->certificates, chain->num_certificates * sizeof(*certificates));
    certificates[0] = &chain->planned->facts;
    chain->certificates = certificates;
    return FEDVAL_OK;
}

static fedval_status decode(fv_scene *scene, fv_scene_chain *chain)
{
    const fedval_fact *fact = chain->fact;
    const fv_certificate **decoded = fact->certificates;
    fedval_status status =
        decoded != NULL ? FEDVAL_OK
                        : fv_chain_decode(scene->arena, fact->chain, fact->num_chain, &decoded);
    if (status != FEDVAL_OK)
        return status;
    chain->certificates = decoded;
    chain->num_certificates = fact->num_chain;
    chain->planned = find_planned(scene->input, fact->chain[0]);
    return chain->planned != NULL ? put_planned(scene, chain) : FEDVAL_OK;
}

static bool is_mended(const fv_planned_certificate *planned, uint32_t code)
{
    for (size_t i = 0; i < planned->num_mended; i++) {
        if (planned->mended[i] == code)
            return true;
    }
    return false;
}

static void drop_mended(const fv_planned_certificate *planned, fv_trust_findings *findings)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->num_items; i++) {
        if (!is_mended(planned, findings->items[i].finding.code))
            findings->items[kept++] = findings->items[i];
    }
    findings->num_items = kept;
}

static void apply_plan(fv_scene_chain *chain)
{
    drop_mended(chain->planned, &chain->trust.end_entity);
    drop_mended(chain->planned, &chain->trust.chain);
    if (chain->planned->trust != 0)
        chain->trust.trust = chain->planned->trust;
}

/* It takes the place of a certificate that could not be read: there is nothing to evaluate. */
static bool is_planned_blind(const fv_scene_chain *chain)
{
    return chain->planned != NULL && chain->planned->facts.tbs.len == 0;
}

static fedval_status evaluate(fv_scene *scene, fv_scene_chain *chain)
{
    const fv_rules_input *input = scene->input;
    /* Microsoft asks for serverAuth alone, so the calling certificate is judged for any purpose;
     * that it lacks clientAuth is a finding of its own (spec R6). */
    fv_trust_input trust = {
        .certificates = chain->certificates,
        .num_certificates = chain->num_certificates,
        .is_incomplete = !chain->fact->chain_complete,
        .purpose =
            chain->role == FEDVAL_ROLE_SERVER ? FEDVAL_PURPOSE_SERVER : input->client_purpose,
        .policy = input->policy,
        .time = input->time,
        .anchors = input->anchors,
        .crls = input->crls,
        .verifier = input->verifier,
    };
    if (is_planned_blind(chain)) {
        chain->trust =
            (fv_trust_result){.trust = chain->planned->trust, .valid_until = FEDVAL_TIME_UNKNOWN};
        return FEDVAL_OK;
    }
    fedval_status status = fv_trust_evaluate(scene->arena, &trust, &chain->trust);
    if (status == FEDVAL_OK && chain->planned != NULL)
        apply_plan(chain);
    return status;
}

/* The end-entity certificate has its name already where a path was tried. */
static const char *name_of(fv_arena *arena, const fv_scene_chain *chain)
{
    if (chain->certificates[0] == NULL)
        return "(unreadable)";
    if (chain->trust.num_paths > 0 && chain->trust.paths[0].num_rungs > 0)
        return chain->trust.paths[0].rungs[0].name;
    return fv_certificate_copy_name(arena, chain->certificates[0]);
}

static bool append_chain(fv_scene *scene, fv_scene_chain *chain)
{
    void *items = scene->chains;
    fv_scene_chain **slot = fv_arena_append(scene->arena, &items, &scene->num_chains,
                                            &scene->chains_capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    scene->chains = items;
    *slot = chain;
    return true;
}

static fedval_status make_chain(fv_scene *scene, const fedval_fact *fact, fv_scene_chain **out)
{
    fv_scene_chain *chain = fv_arena_alloc(scene->arena, sizeof(*chain));
    if (chain == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    chain->fact = fact;
    chain->role = fact->question.role;
    fedval_status status = decode(scene, chain);
    if (status == FEDVAL_OK)
        status = evaluate(scene, chain);
    if (status != FEDVAL_OK)
        return status;
    chain->name = name_of(scene->arena, chain);
    *out = chain;
    return chain->name != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

/* As an earlier scene has judged it, unless it is to be replaced. */
static fv_scene_chain *find_earlier(const fv_scene *scene, const fedval_fact *fact)
{
    const fv_rules_input *input = scene->input;
    if (input->earlier == NULL || find_planned(input, fact->chain[0]) != NULL)
        return NULL;
    return find_chain(input->earlier, fact);
}

fedval_status fv_scene_add_chain(fv_scene *scene, const fedval_fact *fact,
                                 const fv_scene_chain **out)
{
    if (fact->num_chain == 0)
        return FEDVAL_OK;
    fv_scene_chain *chain = find_chain(scene, fact);
    if (chain != NULL) {
        *out = chain;
        return FEDVAL_OK;
    }
    chain = find_earlier(scene, fact);
    fedval_status status = chain != NULL ? FEDVAL_OK : make_chain(scene, fact, &chain);
    if (status == FEDVAL_OK && !append_chain(scene, chain))
        status = FEDVAL_ERROR_NO_MEMORY;
    if (status == FEDVAL_OK)
        *out = chain;
    return status;
}

/* ---- names ---- */

/* The calling certificate is compared with the target that the Edge has looked up: the first that
 * counts. */
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

void fv_scene_match_name(const fv_scene *scene, const fv_scene_target *target,
                         const fv_scene_chain *chain, fv_scene_presented *out)
{
    const fedval_policy *policy = scene->input->policy;
    fv_name_policy names = {
        .wildcard = (uint32_t)policy->wildcard,
        .common_name = (uint32_t)policy->common_name,
        .accepts_sip_uri = policy->reference == FEDVAL_REFERENCE_SIP_DOMAIN,
    };
    fv_name_match match = {0};
    *out = (fv_scene_presented){.chain = chain, .reference = fv_scene_reference(scene, target)};
    if (chain->certificates[0] == NULL || out->reference == NULL)
        return;
    if (fv_certificate_match(chain->certificates[0], fv_text_of(out->reference), &names, &match)) {
        out->name_match = match.how;
        out->presented = match.presented;
    }
}
