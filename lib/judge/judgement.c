/* Folds findings into the verdicts of the requirements, and those into one verdict. */
#include "judge/judgement.h"

#include "base/calendar.h"
#include "fedval/name.h"
#include "judge/acceptance.h"

/* ---- was the evidence for a requirement asked for, and does it say anything? ---- */

static bool is_any_counting(const fv_scene *scene)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (scene->targets[i].counts)
            return true;
    }
    return false;
}

/* Returns whether every address of `target` was seen at which a peer may come out. */
static bool is_wholly_seen(const fv_scene *scene, const fv_scene_target *target)
{
    for (size_t i = 0; i < target->num_addresses; i++) {
        if (fv_address_is_unseen(scene, &target->addresses[i]))
            return false;
    }
    return true;
}

static bool holds_for_certificates(const fv_scene *scene,
                                   bool (*has)(const fv_scene_target *target))
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (target->counts && (!has(target) || !is_wholly_seen(scene, target)))
            return false;
    }
    return is_any_counting(scene);
}

static bool holds_for_counting(const fv_scene *scene, bool (*has)(const fv_scene_target *target))
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (scene->targets[i].counts && !has(&scene->targets[i]))
            return false;
    }
    return is_any_counting(scene);
}

/* The calling certificate can be judged even if there is no target. */
static bool holds_for_client(const fv_scene *scene,
                             bool (*has)(const fv_scene_presented *presented))
{
    return scene->num_targets == 0 && scene->has_client && has(&scene->client);
}

/* Returns whether a server that knows answered. A policy can accept a failed look-up, but that does
 * not make the answer known. */
static bool is_answered(const fedval_fact *fact)
{
    return fact->outcome == FEDVAL_OUTCOME_ANSWER || fact->outcome == FEDVAL_OUTCOME_NODATA ||
           fact->outcome == FEDVAL_OUTCOME_NXDOMAIN;
}

/* What was asked for a target that lacks its final dot says nothing of the host that was meant. */
static bool is_address_known(const fv_scene_target *target)
{
    bool is_known = target->undotted == NULL && (target->a != NULL || target->aaaa != NULL);
    is_known = is_known && (target->a == NULL || is_answered(target->a));
    is_known = is_known && (target->aaaa == NULL || is_answered(target->aaaa));
    return target->is_address || is_known ||
           (target->num_addresses > 0 && target->addresses[0].text != NULL);
}

static bool has_name_match(const fv_scene_presented *presented)
{
    return presented->name_match != 0;
}

static bool has_trust(const fv_scene_presented *presented)
{
    uint32_t trust = presented->chain->trust.trust;
    return trust == FEDVAL_TRUST_BY_PUBLIC || trust == FEDVAL_TRUST_BY_PRIVATE;
}

static bool has_certificate(const fv_scene_presented *presented)
{
    return presented->chain != NULL && !fv_chain_is_reversed(presented->chain);
}

static bool any_presented(const fv_scene_target *target,
                          bool (*has)(const fv_scene_presented *presented))
{
    for (size_t i = 0; i < target->num_addresses; i++) {
        if (target->addresses[i].has_presented && has(&target->addresses[i].presented))
            return true;
    }
    return false;
}

static bool is_name_compared(const fv_scene_target *target)
{
    return any_presented(target, has_name_match);
}

static bool has_no_trust(const fv_scene_presented *presented)
{
    return !has_trust(presented);
}

/* If the source of one chain gives only a part of it, the trust of the target is not known, even if
 * another address sends a whole chain. */
static bool is_trust_known(const fv_scene_target *target)
{
    return any_presented(target, has_trust) && !any_presented(target, has_no_trust);
}

static bool is_certificate_known(const fv_scene_target *target)
{
    return any_presented(target, has_certificate);
}

static bool is_any_target_named(const fv_scene *scene)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (scene->targets[i].srv_match != FEDVAL_SRV_MATCH_NOT_OFFERED)
            return true;
    }
    return false;
}

/* Whether partners may see other records than those of an inner resolver, which alone was asked.
 * With `allow_private` the inside is what is judged. */
static bool is_public_dns_unseen(const fv_scene *scene)
{
    return scene->input->policy->allow_private == 0 &&
           fv_evidence_is_inner_alone(scene->input->evidence);
}

static bool is_observed(const fv_judgement *judgement, uint32_t requirement)
{
    const fv_scene *scene = &judgement->scene;
    if (requirement <= 3 && is_public_dns_unseen(scene))
        return false;
    switch (requirement) {
    case 1:
        return scene->srv != NULL && is_answered(scene->srv);
    case 2:
        return scene->srv != NULL && is_any_target_named(scene);
    case 3:
        return holds_for_counting(scene, is_address_known);
    case 4:
        return holds_for_certificates(scene, is_name_compared) ||
               holds_for_client(scene, has_name_match);
    case 5:
        return scene->input->verifier != NULL && (holds_for_certificates(scene, is_trust_known) ||
                                                  holds_for_client(scene, has_trust));
    case 6:
        return scene->has_client && holds_for_certificates(scene, is_certificate_known);
    case 8:
        return judgement->is_cluster_seen;
    default:
        return holds_for_certificates(scene, is_certificate_known) ||
               holds_for_client(scene, has_certificate);
    }
}

static bool is_asked_of_certificate(const fv_scene *scene, const fv_scene_target *target,
                                    uint32_t requirement)
{
    switch (requirement) {
    case 4:
        return fv_scene_reference(scene, target) != NULL;
    case 5:
        return scene->input->verifier != NULL;
    default:
        return requirement == 7;
    }
}

/* A peer may connect to any address of a target. If one address hides its certificate, the question
 * stays open. */
static bool is_left_open(const fv_scene *scene, uint32_t requirement)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        for (size_t k = 0; target->counts && k < target->num_addresses; k++) {
            if (is_asked_of_certificate(scene, target, requirement) &&
                fv_address_is_blank(&target->addresses[k]))
                return true;
        }
    }
    return false;
}

static bool is_in_scope(const fv_scene *scene, uint32_t requirement)
{
    switch (scene->input->policy->scope) {
    case FEDVAL_SCOPE_DNS:
        return requirement <= 3;
    case FEDVAL_SCOPE_CERTIFICATE:
        return requirement > 3;
    default:
        return true;
    }
}

/* ---- the fold ---- */

/* The worst severity of the remarks of each requirement: of those that count, and of those that
 * were accepted. 0: there are none. */
typedef struct severities {
    uint32_t counting[FV_NUM_REQUIREMENTS + 1];
    uint32_t accepted[FV_NUM_REQUIREMENTS + 1];
} severities;

static void find_worst(const fv_remarks *remarks, severities *out)
{
    *out = (severities){{0}, {0}};
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark *remark = &remarks->items[i];
        uint32_t *list = fv_remark_counts(remark) ? out->counting : out->accepted;
        if (remark->requirement <= FV_NUM_REQUIREMENTS &&
            remark->severity > list[remark->requirement])
            list[remark->requirement] = remark->severity;
    }
}

/* Returns whether a peer lacks the name by which it is looked up (R4). R8 asks for that name too,
 * so R8 cannot pass. */
static bool does_peer_lack_own_name(const fv_judgement *judgement)
{
    return judgement->is_cluster_seen && judgement->requirements[4] != FEDVAL_VERDICT_PASS;
}

static uint32_t fold_requirement(const fv_judgement *judgement, const severities *found,
                                 uint32_t requirement)
{
    uint32_t worst = found->counting[requirement];
    if (!is_in_scope(&judgement->scene, requirement))
        return FEDVAL_VERDICT_NOT_CHECKED;
    if (worst == FEDVAL_SEVERITY_ERROR)
        return FEDVAL_VERDICT_FAIL;
    if (worst == FEDVAL_SEVERITY_INDETERMINATE || is_left_open(&judgement->scene, requirement) ||
        (requirement == 8 && does_peer_lack_own_name(judgement)))
        return FEDVAL_VERDICT_INDETERMINATE;
    /* If the policy accepts that the chain leads to no known root, trust counts as known. */
    bool is_trust_accepted = requirement == 5 && found->accepted[5] > FEDVAL_SEVERITY_WARNING;
    bool is_known = is_trust_accepted || is_observed(judgement, requirement);
    return is_known ? FEDVAL_VERDICT_PASS : FEDVAL_VERDICT_NOT_CHECKED;
}

static bool has(const uint32_t *requirements, uint32_t verdict)
{
    for (size_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        if (requirements[i] == verdict)
            return true;
    }
    return false;
}

/* Returns whether the profile asks for the requirement. R1 and R2 need an SRV record, R3 a target,
 * R4 a name that the profile compares. */
static bool does_profile_ask(const fv_scene *scene, uint32_t requirement)
{
    const fedval_policy *policy = scene->input->policy;
    switch (requirement) {
    case 1:
    case 2:
        return scene->srv_owner != NULL;
    case 3:
        return scene->srv_owner != NULL || policy->edge_fqdn != NULL;
    case 4:
        return policy->reference != FEDVAL_REFERENCE_GIVEN_OR_NOTHING ||
               policy->subject_name != NULL;
    default:
        return requirement == 5 || requirement == 7;
    }
}

/* What the policy requires by name is required whatever the scope leaves out: it was not judged
 * then. */
static bool is_required(const fv_scene *scene, uint32_t requirement)
{
    bool is_added = (scene->input->policy->require >> requirement & 1) != 0;
    return is_added || (is_in_scope(scene, requirement) && does_profile_ask(scene, requirement));
}

static bool lacks_required(const fv_judgement *judgement)
{
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        if (judgement->required[i] && judgement->requirements[i] == FEDVAL_VERDICT_NOT_CHECKED)
            return true;
    }
    return false;
}

/* Nothing passes while a requirement that is needed was not judged. */
static uint32_t fold(const fv_judgement *judgement)
{
    const uint32_t *requirements = judgement->requirements;
    if (has(requirements, FEDVAL_VERDICT_FAIL))
        return FEDVAL_VERDICT_FAIL;
    if (has(requirements, FEDVAL_VERDICT_INDETERMINATE) || lacks_required(judgement))
        return FEDVAL_VERDICT_INDETERMINATE;
    return has(requirements, FEDVAL_VERDICT_PASS) ? FEDVAL_VERDICT_PASS
                                                  : FEDVAL_VERDICT_INDETERMINATE;
}

fedval_status fv_judgement_make(fv_arena *arena, const fv_rules_input *input, fv_judgement *out)
{
    out->remarks = (fv_remarks){0};
    fedval_status status = fv_scene_derive(arena, input, &out->scene);
    if (status == FEDVAL_OK)
        status = fv_rules_apply(&out->scene, &out->remarks);
    if (status == FEDVAL_OK)
        status = fv_cluster_look(&out->scene, &out->is_cluster_seen);
    if (status != FEDVAL_OK)
        return status;
    fv_acceptance_mark(input, out->scene.domain, &out->remarks);
    severities found;
    find_worst(&out->remarks, &found);
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        out->requirements[i] = fold_requirement(out, &found, i);
        out->required[i] = is_required(&out->scene, i);
    }
    out->verdict = fold(out);
    return FEDVAL_OK;
}

/* ---- valid until ---- */

static int64_t earlier(int64_t a, int64_t b)
{
    if (a == FV_TIME_UNKNOWN || b == FV_TIME_UNKNOWN)
        return a == FV_TIME_UNKNOWN ? b : a;
    return a < b ? a : b;
}

/* Returns the end of a path without its end-entity certificate. */
static int64_t issuers_end(const fv_trust_path *path)
{
    int64_t end = FV_TIME_UNKNOWN;
    for (size_t i = 1; path != NULL && i < path->num_rungs; i++)
        end = earlier(end, path->rungs[i].certificate->not_after.seconds);
    return end;
}

/* Returns when the first acceptance ends that a requirement needs to pass. */
static int64_t acceptance_end(const fv_judgement *judgement)
{
    const fv_remarks *remarks = &judgement->remarks;
    int64_t end = FV_TIME_UNKNOWN;
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark *remark = &remarks->items[i];
        bool is_of_verdict = remark->requirement > 0 && remark->requirement <= FV_NUM_REQUIREMENTS;
        if (is_of_verdict && !fv_remark_counts(remark) &&
            remark->severity > FEDVAL_SEVERITY_WARNING &&
            judgement->requirements[remark->requirement] == FEDVAL_VERDICT_PASS)
            end = earlier(end, remark->accepted_until);
    }
    return end;
}

static int64_t after(int64_t time, int64_t now)
{
    return time > now ? time : FV_TIME_UNKNOWN;
}

/* R7 ends with the end-entity certificate, R5 with the path. If the end-entity certificate has
 * expired, R5 still holds until the rest of the path ends. */
static int64_t chain_end(const fv_judgement *judgement, const fv_scene_chain *chain)
{
    const fv_certificate *certificate = chain->certificates[0];
    int64_t now = judgement->scene.input->time;
    int64_t path_end = chain->trust.valid_until;
    int64_t end = FV_TIME_UNKNOWN;
    if (judgement->requirements[7] == FEDVAL_VERDICT_PASS && certificate != NULL)
        end = after(certificate->not_after.seconds, now - 1);
    if (judgement->requirements[5] == FEDVAL_VERDICT_PASS)
        end = earlier(end, path_end > now ? path_end : issuers_end(chain->trust.accepted));
    return end;
}

int64_t fv_judgement_valid_until(const fv_judgement *judgement)
{
    const fv_scene *scene = &judgement->scene;
    int64_t end = acceptance_end(judgement);
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        for (size_t k = 0; target->counts && k < target->num_addresses; k++) {
            if (target->addresses[k].has_presented)
                end = earlier(end, chain_end(judgement, target->addresses[k].presented.chain));
        }
    }
    return scene->has_client ? earlier(end, chain_end(judgement, scene->client.chain)) : end;
}
