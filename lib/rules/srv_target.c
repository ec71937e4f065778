/* The rules on the target of an SRV record (R2). */
#include "fedval/name.h"
#include "model/dns_name.h"
#include "rules/rule.h"

#include <string.h>

/* Why a text is no host name, indexed by FEDVAL_NAME_FAULT_. */
static const char *const name_faults[] = {
    [FEDVAL_NAME_FAULT_EMPTY] = "it is empty",
    [FEDVAL_NAME_FAULT_EMPTY_LABEL] = "it has a dot too many",
    [FEDVAL_NAME_FAULT_LABEL_TOO_LONG] = "it has a label of more than 63 characters",
    [FEDVAL_NAME_FAULT_NAME_TOO_LONG] = "it has more than 253 characters",
    [FEDVAL_NAME_FAULT_BAD_CHARACTER] = "it holds a character that is no letter, digit or hyphen",
    [FEDVAL_NAME_FAULT_BAD_HYPHEN] = "a label begins or ends with a hyphen",
    [FEDVAL_NAME_FAULT_BAD_WILDCARD] = "it holds an asterisk",
    [FEDVAL_NAME_FAULT_BAD_ADDRESS] = "it is nearly an IP address",
};

static const char *fault_of_name(const char *name)
{
    uint32_t fault = fv_dns_name_check(fv_text_of(name), 0);
    if (strcmp(name, ".") == 0)
        return "it is the root, which has to be alone";
    if (fault < sizeof(name_faults) / sizeof(name_faults[0]) && name_faults[fault] != NULL)
        return name_faults[fault];
    return "it cannot be a host in DNS";
}

/* In every profile the target has to be a host name. */
static void target_is_host_name(fv_rule_context *context)
{
    const fv_scene_target *target = context->target;
    if (target->host != NULL || fv_scene_is_not_offered(context->scene))
        return;
    if (target->is_address)
        FV_EMIT_PLAIN(context, SRV_TARGET_IS_ADDRESS);
    else
        FV_EMIT(context, SRV_TARGET_INVALID, {"fault", fault_of_name(target->name)});
}

/* Says how many labels the target has below the domain. */
static const char *labels_below(fv_rule_context *context)
{
    const char *domain = context->scene->domain;
    size_t dots = 0;
    for (const char *c = context->target->name; *c != '\0'; c++)
        dots += *c == '.';
    for (const char *c = domain; *c != '\0'; c++)
        dots -= *c == '.';
    return fv_rule_number(context, dots);
}

static void emit_mismatch(fv_rule_context *context)
{
    switch (context->target->srv_match) {
    case FEDVAL_SRV_MATCH_DEEPER:
        FV_EMIT(context, SRV_TARGET_BELOW_SUBDOMAIN, {"labels", labels_below(context)},
                {"wanted", fv_rule_wanted_depth(context)});
        return;
    case FEDVAL_SRV_MATCH_APEX:
        FV_EMIT_PLAIN(context, SRV_TARGET_IS_DOMAIN);
        return;
    case FEDVAL_SRV_MATCH_PARENT_OR_SIBLING:
    case FEDVAL_SRV_MATCH_OTHER_DOMAIN:
        FV_EMIT(context, SRV_TARGET_OUTSIDE_DOMAIN, {"relation", fv_rule_target_relation(context)});
        return;
    default:
        return;
    }
}

/* Whether the domain is taken for one of the Cisco side only because calls name it beside another
 * one: which of the two the Edge looks up is not documented (see fedval explain R1). */
static bool is_one_of_two(const fv_scene *scene)
{
    return scene->is_side_inferred && scene->input->policy->other_domain != NULL;
}

static void emit_provider(fv_rule_context *context)
{
    bool is_open = is_one_of_two(context->scene);
    context->severity = is_open ? FEDVAL_SEVERITY_INDETERMINATE : 0;
    FV_EMIT(context, SRV_POINTS_TO_PROVIDER,
            {"calls", is_open ? "and calls that leave from Expressway name this domain beside "
                                "another one: which of the two the Edge looks up is not known"
                              : "while calls of this domain leave from Expressway"});
    context->severity = 0;
}

/* Of a domain that calls from Expressway it breaks R2 for certain; of one that is homed there no
 * document says whether such a host serves federation as well. */
static void emit_of_cloud(fv_rule_context *context, uint32_t requirement, uint32_t severity)
{
    const fv_param params[] = {{"provider", fv_host_cloud_provider(context->target->name)}};
    context->severity = severity;
    fv_emit_for(context, requirement, FEDVAL_FINDING_SRV_TARGET_OF_CLOUD, params, 1);
    context->severity = 0;
}

/* Where the name has an address nobody can tell whether it is meant so, but for R2 of the Edge. */
static void emit_undotted(fv_rule_context *context)
{
    const fv_scene_target *target = context->target;
    const fv_param params[] = {{"provider", target->undotted}};
    bool is_open = context->scene->side == FEDVAL_SIDE_MICROSOFT && target->num_addresses > 0;
    context->severity = is_open ? FEDVAL_SEVERITY_INDETERMINATE : FEDVAL_SEVERITY_ERROR;
    fv_emit_for(context, 2, FEDVAL_FINDING_SRV_PROVIDER_WITHOUT_DOT, params, 1);
    context->severity = 0;
}

static bool any_fitting_standby(const fv_scene *scene, const char **out_name)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (scene->targets[i].rank == FV_RANK_STANDBY && scene->targets[i].fits) {
            *out_name = scene->targets[i].name;
            return true;
        }
    }
    return false;
}

/* Returns whether only a standby satisfies R2. Whether the Edge ever tries the standby is not
 * documented. */
static bool is_left_to_standby(const fv_scene *scene, const fv_scene_target *target,
                               const char **out_name)
{
    return target->counts && !target->fits && any_fitting_standby(scene, out_name);
}

/* Returns the first target that is a host of the domain's own. NULL: there is none. */
static const char *find_own(const fv_scene *scene)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (target->host != NULL && !target->is_provider && !target->is_of_cloud)
            return target->name;
    }
    return NULL;
}

static const char *decision_of(const fv_scene *scene)
{
    if (scene->side == FEDVAL_SIDE_MICROSOFT) {
        return "if the domain is shared by own servers and Microsoft's cloud (hybrid), keep only "
               "the record to the own Edge; if all are in the cloud, keep only the provider's";
    }
    return "if nobody is at Microsoft, take the provider's record out; if some are, leave it, give "
           "the calls from Expressway a SIP domain of their own, and take the other record out";
}

static bool is_beside_own(const fv_scene *scene, const fv_scene_target *target)
{
    return target->is_provider && find_own(scene) != NULL;
}

/* A record to a provider and one to a host of one's own contradict each other. If no preferred
 * record satisfies R2, whether it holds is not known. */
static void target_is_beside_provider(fv_rule_context *context)
{
    const fv_scene_target *target = context->target;
    if (!is_beside_own(context->scene, target) || target->from_policy)
        return;
    bool is_open = target->counts && !target->fits;
    const fv_param params[] = {{"own", find_own(context->scene)},
                               {"decision", decision_of(context->scene)}};
    context->severity = is_open ? FEDVAL_SEVERITY_INDETERMINATE : FEDVAL_SEVERITY_WARNING;
    fv_emit_for(context, is_open ? 2 : 0, FEDVAL_FINDING_SRV_BESIDE_PROVIDER, params, 2);
    context->severity = 0;
}

static void target_is_in_domain(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    const fv_scene_target *target = context->target;
    const char *standby;
    if (target->fits || target->host == NULL || target->from_policy || is_beside_own(scene, target))
        return;
    if (target->undotted != NULL)
        emit_undotted(context);
    else if (is_left_to_standby(scene, target, &standby))
        FV_EMIT(context, SRV_PREFERRED_NOT_MATCHING, {"standby", standby});
    else if (target->is_provider)
        emit_provider(context);
    else if (target->is_of_cloud) {
        emit_of_cloud(context, 2,
                      is_one_of_two(scene) ? FEDVAL_SEVERITY_INDETERMINATE : FEDVAL_SEVERITY_ERROR);
    } else
        emit_mismatch(context);
}

static void target_is_provider(fv_rule_context *context)
{
    if (is_beside_own(context->scene, context->target))
        return;
    if (context->target->is_provider && context->target->fits)
        FV_EMIT_PLAIN(context, SRV_HOSTING_PROVIDER);
    else if (context->target->is_of_cloud && context->target->fits)
        emit_of_cloud(context, 1, FEDVAL_SEVERITY_INDETERMINATE);
}

static const char *find_alias(const fedval_fact *fact)
{
    const fv_record *alias = fact != NULL ? fv_fact_find_alias(fact) : NULL;
    return alias != NULL ? alias->data : NULL;
}

/* RFC 2782: "the name MUST NOT be an alias (in the sense of RFC 1034 or RFC 2181)". */
static void target_is_no_alias(fv_rule_context *context)
{
    const char *alias = find_alias(context->target->a);
    if (alias == NULL)
        alias = find_alias(context->target->aaaa);
    if (alias != NULL && !context->target->from_policy)
        FV_EMIT(context, SRV_TARGET_ALIAS, {"alias", fv_rule_copy(context, alias)});
}

/* clang-format off */
const fv_rule fv_rules_srv_target[] = {
    {"target-is-host-name", FV_LEVEL_TARGET, target_is_host_name,
     {FEDVAL_FINDING_SRV_TARGET_IS_ADDRESS, FEDVAL_FINDING_SRV_TARGET_INVALID}},
    {"target-is-in-domain", FV_LEVEL_TARGET, target_is_in_domain,
     {FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN, FEDVAL_FINDING_SRV_TARGET_BELOW_SUBDOMAIN,
      FEDVAL_FINDING_SRV_TARGET_IS_DOMAIN, FEDVAL_FINDING_SRV_POINTS_TO_PROVIDER,
      FEDVAL_FINDING_SRV_PREFERRED_NOT_MATCHING, FEDVAL_FINDING_SRV_TARGET_OF_CLOUD,
      FEDVAL_FINDING_SRV_PROVIDER_WITHOUT_DOT}},
    {"target-is-provider", FV_LEVEL_TARGET, target_is_provider,
     {FEDVAL_FINDING_SRV_HOSTING_PROVIDER, FEDVAL_FINDING_SRV_TARGET_OF_CLOUD}},
    {"target-is-beside-provider", FV_LEVEL_TARGET, target_is_beside_provider,
     {FEDVAL_FINDING_SRV_BESIDE_PROVIDER}},
    {"target-is-no-alias", FV_LEVEL_TARGET, target_is_no_alias, {FEDVAL_FINDING_SRV_TARGET_ALIAS}},
};
/* clang-format on */

const size_t fv_num_rules_srv_target = sizeof(fv_rules_srv_target) / sizeof(fv_rules_srv_target[0]);
