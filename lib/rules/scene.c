/* Derives the SRV targets of the scene: which there are, how each relates to the domain, which of
 * them count. */
#include "rules/scene.h"

#include "base/sip_tls.h"
#include "fedval/name.h"
#include "model/dns_name.h"
#include "names/srv_answer.h"

#include <string.h>

static bool is_lower(const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (fv_ascii_is_upper(name[i]))
            return false;
    }
    return true;
}

/* Returns the name in lower case. */
static const char *lower(fv_arena *arena, const char *name, size_t len)
{
    /* Shortcut: a copy would say the same, and most names are in lower case already. */
    if (is_lower(name, len))
        return name;
    char *copy = fv_arena_copy_text(arena, name, len);
    for (size_t i = 0; copy != NULL && i < len; i++)
        copy[i] = fv_ascii_lower(copy[i]);
    return copy;
}

/* ---- side ---- */

static const fedval_fact *find_srv(const fedval_evidence *evidence, const fedval_policy *policy,
                                   fv_buf *owner)
{
    const char *label = fv_policy_service_label(policy);
    if (label == NULL)
        return NULL;
    fv_buf_append_text(owner, label);
    fv_buf_append_char(owner, '.');
    fv_buf_append_text(owner, evidence->domain);
    return owner->failed ? NULL : fv_evidence_find_dns(evidence, owner->data, FEDVAL_TYPE_SRV, 0);
}

/* Sign-in, Lyncdiscover and Direct Routing have hosts there too, which serve no federation.
 * The hosts of providers are there as well, so callers ask first whether `name` is one of them. */
static bool is_of_cloud(const fedval_policy *policy, const char *name)
{
    return policy->service == FEDVAL_SERVICE_SIPFEDERATIONTLS && fv_host_is_of_cloud(name);
}

/* Returns the provider that the target likely means, if it only lacks the final dot. */
static const char *find_undotted(const fedval_policy *policy, const char *name, const char *domain)
{
    return policy->service == FEDVAL_SERVICE_SIPFEDERATIONTLS
               ? fv_provider_without_dot(policy, fv_text_of(name), fv_text_of(domain))
               : NULL;
}

/* Returns the number of the most preferred priority; UINT32_MAX: there is no record. */
static uint32_t preferred_priority(const fedval_fact *srv)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; srv != NULL && i < srv->num_records; i++) {
        const fv_record *record = &srv->records[i];
        if (record->type == FEDVAL_TYPE_SRV && record->priority < least)
            least = record->priority;
    }
    return least;
}

/* Whether the domain is homed at a provider: each preferred record leads there. One beside or
 * behind a record of the domain's own is a fault of a Cisco domain. */
static bool is_hosted(const fedval_fact *srv, const fedval_policy *policy, const char *domain)
{
    const uint32_t preferred = preferred_priority(srv);
    for (size_t i = 0; srv != NULL && i < srv->num_records; i++) {
        const fv_record *record = &srv->records[i];
        if (record->type == FEDVAL_TYPE_SRV && record->priority == preferred &&
            !fv_policy_is_provider(policy, record->data) && !is_of_cloud(policy, record->data) &&
            find_undotted(policy, record->data, domain) == NULL)
            return false;
    }
    return preferred != UINT32_MAX;
}

/* An Edge looks at From and P-Asserted-Identity of calls to Microsoft (see fedval explain R1):
 * where a second caller's domain is given, both call from Expressway, wherever their records lead.
 */
static bool is_callers(const fedval_policy *policy)
{
    return policy->other_domain != NULL;
}

uint32_t fv_side_infer(const fedval_evidence *evidence, const fedval_policy *policy)
{
    fv_buf owner;
    if (is_callers(policy))
        return FEDVAL_SIDE_CISCO;
    fv_buf_init(&owner);
    bool is_microsoft = is_hosted(find_srv(evidence, policy, &owner), policy, evidence->domain);
    fv_buf_clear(&owner);
    return is_microsoft ? FEDVAL_SIDE_MICROSOFT : FEDVAL_SIDE_CISCO;
}

static void set_side(fv_scene *scene)
{
    const fedval_policy *policy = scene->input->policy;
    scene->side = (uint32_t)policy->side;
    scene->is_side_inferred = policy->side == FEDVAL_SIDE_UNKNOWN;
    if (scene->is_side_inferred) {
        bool is_microsoft = !is_callers(policy) && is_hosted(scene->srv, policy, scene->domain);
        scene->side = is_microsoft ? FEDVAL_SIDE_MICROSOFT : FEDVAL_SIDE_CISCO;
    }
}

bool fv_scene_is_at_provider(const fv_scene *scene)
{
    return scene->side == FEDVAL_SIDE_MICROSOFT && scene->input->policy->edge_fqdn == NULL &&
           is_hosted(scene->srv, scene->input->policy, scene->domain);
}

static fedval_status set_srv(fv_scene *scene)
{
    const fv_rules_input *input = scene->input;
    const char *label = fv_policy_service_label(input->policy);
    size_t label_len = label != NULL ? strlen(label) : 0;
    size_t domain_len = strlen(input->evidence->domain);
    char *owner = fv_arena_alloc(scene->arena, label_len + domain_len + 2);
    if (owner == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    owner[label_len] = '.';
    memcpy(owner + label_len + 1, input->evidence->domain, domain_len);
    scene->domain = owner + label_len + 1;
    if (label == NULL || input->policy->edge_fqdn != NULL)
        return FEDVAL_OK;
    memcpy(owner, label, label_len);
    scene->srv_owner = owner;
    scene->srv = fv_evidence_find_dns(input->evidence, owner, FEDVAL_TYPE_SRV, 0);
    return FEDVAL_OK;
}

/* ---- targets ---- */

/* Returns false if memory is short. */
static bool set_undotted(const fv_scene *scene, fv_scene_target *target)
{
    const char *meant = find_undotted(scene->input->policy, target->name, scene->domain);
    if (meant != NULL)
        target->undotted = fv_arena_copy_text(scene->arena, meant, strlen(meant));
    return meant == NULL || target->undotted != NULL;
}

static fedval_status describe_target(fv_scene *scene, fv_scene_target *target)
{
    const fv_rules_input *input = scene->input;
    fv_text name = fv_text_of(target->name);
    fv_address address;
    target->name = name.data = fv_arena_copy_text(scene->arena, name.data, name.len);
    if (target->name == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    target->srv_match =
        target->is_to_choose
            ? (uint32_t)FEDVAL_SRV_MATCH_MATCH
            : fedval_srv_match(scene->domain, strlen(scene->domain), name.data, name.len);
    target->is_address = fv_address_parse(name, &address);
    target->is_provider = fv_policy_is_provider(input->policy, target->name);
    target->is_of_cloud = target->srv_match != FEDVAL_SRV_MATCH_MATCH && !target->is_provider &&
                          is_of_cloud(input->policy, target->name);
    if (!target->from_policy && !set_undotted(scene, target))
        return FEDVAL_ERROR_NO_MEMORY;
    if (!target->is_to_choose && !fv_host_name_is_valid(name))
        return FEDVAL_OK;
    target->host = lower(scene->arena, target->name, name.len);
    return target->host != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

/* Returns whether R2 holds: the target is exactly one label under the domain, or is a provider's
 * and the domain is the Microsoft side's. One that lacks its final dot is not the host that was
 * meant, in any profile. */
static bool fits(const fv_scene *scene, const fv_scene_target *target)
{
    if (target->host == NULL)
        return false;
    if (target->undotted != NULL)
        return false;
    if (target->from_policy || scene->input->policy->target_rule == FEDVAL_TARGET_RULE_ANY)
        return true;
    return target->srv_match == FEDVAL_SRV_MATCH_MATCH ||
           (target->is_provider && scene->side == FEDVAL_SIDE_MICROSOFT);
}

/* The requirements have to hold on every preferred target that satisfies R2. If none does, they
 * have to hold on all preferred targets. */
static void set_counting(fv_scene *scene)
{
    bool any_fits = false;
    for (size_t i = 0; i < scene->num_targets; i++) {
        fv_scene_target *target = &scene->targets[i];
        target->fits = fits(scene, target);
        any_fits |= target->fits && target->rank == FV_RANK_PREFERRED;
    }
    for (size_t i = 0; i < scene->num_targets; i++) {
        fv_scene_target *target = &scene->targets[i];
        target->counts = target->rank == FV_RANK_PREFERRED && (target->fits || !any_fits);
    }
}

static void fill_target(const fv_record *record, bool is_preferred, fv_scene_target *out)
{
    out->name = record->data;
    out->port = record->port;
    out->priority = record->priority;
    out->weight = record->weight;
    out->ttl = record->ttl;
    out->is_to_choose = record->is_to_choose;
    out->rank = is_preferred ? FV_RANK_PREFERRED : FV_RANK_STANDBY;
}

static fedval_status targets_from_srv(fv_scene *scene)
{
    fv_srv_answer answer = {0};
    if (scene->srv == NULL || scene->srv->num_records == 0)
        return FEDVAL_OK;
    fedval_status status = fv_srv_answer_order(scene->arena, scene->srv, &answer);
    if (status != FEDVAL_OK)
        return status;
    size_t limit = (size_t)scene->input->policy->limits.targets;
    size_t count = answer.num_records < limit ? answer.num_records : limit;
    scene->num_targets_left_out = answer.num_records - count;
    scene->targets = fv_arena_alloc_array(scene->arena, count, sizeof(*scene->targets));
    if (scene->targets == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        fill_target(answer.records[i], i < answer.num_preferred, &scene->targets[i]);
    scene->num_targets = count;
    return FEDVAL_OK;
}

/* Makes the only target of a profile without SRV, or of a partner that has configured the name of
 * the proxy. */
static fedval_status target_from_policy(fv_scene *scene, const char *name)
{
    if (name == NULL)
        return FEDVAL_OK;
    scene->targets = fv_arena_alloc(scene->arena, sizeof(*scene->targets));
    if (scene->targets == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    scene->targets[0] = (fv_scene_target){
        .name = name, .port = FV_SIP_TLS_PORT, .rank = FV_RANK_PREFERRED, .from_policy = true};
    scene->num_targets = 1;
    return FEDVAL_OK;
}

static fedval_status find_targets(fv_scene *scene)
{
    const fedval_policy *policy = scene->input->policy;
    if (policy->edge_fqdn != NULL)
        return target_from_policy(scene, policy->edge_fqdn);
    if (scene->srv_owner == NULL)
        return target_from_policy(scene, policy->subject_name);
    return targets_from_srv(scene);
}

/* Of a domain at a provider the calling certificate is the provider's, which no file of a customer
 * holds: what was given is that of the other side. */
static fedval_status add_client(fv_scene *scene)
{
    if (fv_scene_is_at_provider(scene))
        return FEDVAL_OK;
    const fedval_fact *fact = fv_evidence_find_client_chain(scene->input->evidence);
    const fv_scene_chain *chain = NULL;
    fedval_status status = fact != NULL ? fv_scene_add_chain(scene, fact, &chain) : FEDVAL_OK;
    if (status != FEDVAL_OK || chain == NULL)
        return status;
    scene->has_client = true;
    fv_scene_match_name(scene, NULL, chain, &scene->client);
    return FEDVAL_OK;
}

fedval_status fv_scene_derive(fv_arena *arena, const fv_rules_input *input, fv_scene *out)
{
    *out = (fv_scene){.arena = arena, .input = input};
    out->kept = fv_arena_alloc(arena, sizeof(*out->kept));
    fedval_status status = out->kept == NULL ? FEDVAL_ERROR_NO_MEMORY : set_srv(out);
    if (status == FEDVAL_OK)
        status = find_targets(out);
    set_side(out);
    for (size_t i = 0; status == FEDVAL_OK && i < out->num_targets; i++)
        status = describe_target(out, &out->targets[i]);
    if (status == FEDVAL_OK)
        set_counting(out);
    for (size_t i = 0; status == FEDVAL_OK && i < out->num_targets; i++)
        status = fv_scene_add_addresses(out, &out->targets[i]);
    return status == FEDVAL_OK ? add_client(out) : status;
}

bool fv_scene_is_not_offered(const fv_scene *scene)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (scene->targets[i].srv_match != FEDVAL_SRV_MATCH_NOT_OFFERED)
            return false;
    }
    return scene->num_targets > 0;
}
