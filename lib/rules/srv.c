/* The rules on the SRV record (R1) and its target (R2). */
#include "base/sip_tls.h"
#include "fedval/name.h"
#include "model/dns_name.h"
#include "rules/rule.h"

#include <string.h>

/* ---- R1: the record ---- */

/* A circle of aliases is no failed look-up: it is a fault of the zone, and no record lies at its
 * end. */
static bool is_failed_lookup(uint32_t outcome)
{
    return outcome != FEDVAL_OUTCOME_ANSWER && outcome != FEDVAL_OUTCOME_NODATA &&
           outcome != FEDVAL_OUTCOME_NXDOMAIN && outcome != FEDVAL_OUTCOME_ALIAS_CIRCLE;
}

/* Returns an SRV record at a name where no partner looks for it. NULL: there is none. */
static const fedval_fact *find_misplaced(const fv_scene *scene)
{
    const fedval_evidence *evidence = scene->input->evidence;
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        if (fact->question.kind == FEDVAL_QUESTION_DNS && fact->question.view == 0 &&
            fact->question.type == FEDVAL_TYPE_SRV && fact->outcome == FEDVAL_OUTCOME_ANSWER &&
            fv_dns_is_misplaced_srv(fact->question.name, scene->srv_owner))
            return fact;
    }
    return NULL;
}

static const char *missing_text(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    const fedval_fact *misplaced = find_misplaced(scene);
    const char *outcome = fv_rule_dns_outcome(context, scene->srv);
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, outcome);
    if (misplaced != NULL) {
        fv_buf_append_text(&buf, "; one stands under a wrong name, ");
        fv_buf_append_text(&buf, misplaced->question.name);
    }
    if (fv_rule_asked_system_alone(scene))
        fv_buf_append_text(&buf, "; this machine's own resolver was asked, no public one");
    return fv_rule_text(context, &buf);
}

static void srv_exists(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    if (scene->srv == NULL)
        return;
    if (is_failed_lookup(scene->srv->outcome))
        FV_EMIT(context, SRV_LOOKUP_FAILED, {"outcome", fv_rule_dns_outcome(context, scene->srv)});
    else if (scene->num_targets == 0)
        FV_EMIT(context, SRV_MISSING, {"outcome", missing_text(context)});
}

/* RFC 2782: "A Target of "." means that the service is decidedly not available at this domain." */
static bool is_not_offered(const fv_scene *scene)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (scene->targets[i].srv_match != FEDVAL_SRV_MATCH_NOT_OFFERED)
            return false;
    }
    return scene->num_targets > 0;
}

static void service_is_offered(fv_rule_context *context)
{
    if (is_not_offered(context->scene))
        FV_EMIT_PLAIN(context, SRV_NOT_OFFERED);
}

static void emit_bogus(fv_rule_context *context, const fedval_fact *fact)
{
    if (fact != NULL && fact->dnssec == FEDVAL_DNSSEC_BOGUS)
        FV_EMIT(context, SRV_DNSSEC_BOGUS, {"name", fv_rule_copy(context, fact->question.name)});
}

static void srv_answer_is_not_bogus(fv_rule_context *context)
{
    emit_bogus(context, context->scene->srv);
}

/* A validating resolver gives no bogus address either. One finding covers both A and AAAA. */
static void address_answer_is_not_bogus(fv_rule_context *context)
{
    const fedval_fact *a = context->target->a;
    emit_bogus(context, a != NULL && a->dnssec == FEDVAL_DNSSEC_BOGUS ? a : context->target->aaaa);
}

static bool is_judged_by_microsoft(const fv_rule_context *context)
{
    const fedval_policy *policy = context->scene->input->policy;
    return policy->service == FEDVAL_SERVICE_SIPFEDERATIONTLS &&
           (policy->profile == FEDVAL_PROFILE_MICROSOFT_EDGE ||
            policy->profile == FEDVAL_PROFILE_OFFICE365);
}

/* Expressway listens for SIP over TLS on 5061 and for SIP without it on 5060 [C]. */
static bool is_plain_sip(const fv_rule_context *context)
{
    return context->target->port == FV_SIP_PLAIN_PORT && is_judged_by_microsoft(context);
}

/* RFC 2782 lets a record hold port 0, but IANA has reserved it: no server can listen there. */
static bool is_dead_port(const fv_rule_context *context)
{
    return context->target->port == 0 && is_judged_by_microsoft(context);
}

static void port_is_usual(fv_rule_context *context)
{
    const fv_scene_target *target = context->target;
    if (target->from_policy || target->port == FV_SIP_TLS_PORT ||
        target->srv_match == FEDVAL_SRV_MATCH_NOT_OFFERED)
        return;
    const fv_param params[] = {{"port", fv_rule_number(context, target->port)}};
    context->severity = is_dead_port(context) ? FEDVAL_SEVERITY_ERROR : 0;
    fv_emit(context,
            is_plain_sip(context) ? FEDVAL_FINDING_SRV_PORT_PLAIN_SIP
                                  : FEDVAL_FINDING_SRV_PORT_UNUSUAL,
            params, 1);
    context->severity = 0;
}

/* ---- R2: the target ---- */

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
        return "it is the root, which has to stand alone";
    if (fault < sizeof(name_faults) / sizeof(name_faults[0]) && name_faults[fault] != NULL)
        return name_faults[fault];
    return "it cannot stand in DNS as a host";
}

/* In every profile the target has to be a host name. */
static void target_is_host_name(fv_rule_context *context)
{
    const fv_scene_target *target = context->target;
    if (target->host != NULL || is_not_offered(context->scene))
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

/* Of a domain that calls from Expressway it breaks R2 for certain; of one that is homed there no
 * document says whether such a host serves federation as well. */
static void emit_of_cloud(fv_rule_context *context, uint32_t requirement, uint32_t severity)
{
    const fv_param params[] = {{"provider", fv_host_cloud_provider(context->target->name)}};
    context->severity = severity;
    fv_emit_for(context, requirement, FEDVAL_FINDING_SRV_TARGET_OF_CLOUD, params, 1);
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

static void target_is_in_domain(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    const fv_scene_target *target = context->target;
    const char *standby;
    if (target->fits || target->host == NULL || target->from_policy)
        return;
    if (is_left_to_standby(scene, target, &standby))
        FV_EMIT(context, SRV_PREFERRED_NOT_MATCHING, {"standby", standby});
    else if (target->is_provider)
        FV_EMIT_PLAIN(context, SRV_POINTS_TO_PROVIDER);
    else if (target->is_of_cloud)
        emit_of_cloud(context, 2, FEDVAL_SEVERITY_ERROR);
    else
        emit_mismatch(context);
}

static void target_is_provider(fv_rule_context *context)
{
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

/* Resolvers follow an alias to SRV records as to any other. Whoever changes the records has to know
 * of the alias. */
static void owner_is_no_alias(fv_rule_context *context)
{
    const char *alias = find_alias(context->scene->srv);
    if (alias != NULL)
        FV_EMIT(context, SRV_OWNER_ALIAS, {"alias", fv_rule_copy(context, alias)});
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

/* ---- the domain ---- */

static bool is_internationalised(const char *domain)
{
    for (const char *label = domain; label != NULL; label = strchr(label, '.')) {
        label += *label == '.';
        if (strncmp(label, "xn--", 4) == 0)
            return true;
    }
    return false;
}

static void domain_is_plain(fv_rule_context *context)
{
    const fedval_evidence *evidence = context->scene->input->evidence;
    if (is_internationalised(evidence->domain)) {
        FV_EMIT(context, DOMAIN_INTERNATIONALISED,
                {"given", fv_rule_copy(context, evidence->domain_given)});
    }
}

static void caller_domains_agree(fv_rule_context *context)
{
    const fv_rules_input *input = context->scene->input;
    const char *other = input->policy->other_domain;
    if (other != NULL && strcmp(other, input->evidence->domain) != 0)
        FV_EMIT(context, CALLER_DOMAINS_DIFFER, {"other", fv_rule_copy(context, other)});
}

/* ---- standby ---- */

static const char *filled(fv_rule_context *context, const char *text, const fv_finding *fault)
{
    fv_param params[FV_FINDING_MAX_PARAMS];
    size_t num_params =
        fv_finding_collect_params(fault, context->scene->domain, context->scene->srv_owner, params);
    const char *text_filled = fv_template_fill(context->scene->arena, text, params, num_params);
    context->is_out_of_memory |= text_filled == NULL;
    return text_filled != NULL ? text_filled : "";
}

static void standby_is_sound(fv_rule_context *context)
{
    for (size_t i = 0; i < context->standby_faults.num_items; i++) {
        const fv_finding *fault = &context->standby_faults.items[i];
        const fedval_catalogue_entry *entry = fedval_catalogue_find(fault->code);
        const fv_param params[] = {{"fault", filled(context, entry->message, fault)},
                                   {"remedy", filled(context, entry->remedy, fault)}};
        fv_emit_faulty(context, FEDVAL_FINDING_SRV_STANDBY_FAULTY, fault, params, 2);
    }
}

/* clang-format off */
const fv_rule fv_rules_srv[] = {
    {"srv-exists", FV_LEVEL_SCENE, srv_exists,
     {FEDVAL_FINDING_SRV_MISSING, FEDVAL_FINDING_SRV_LOOKUP_FAILED}},
    {"service-is-offered", FV_LEVEL_SCENE, service_is_offered, {FEDVAL_FINDING_SRV_NOT_OFFERED}},
    {"srv-answer-is-not-bogus", FV_LEVEL_SCENE, srv_answer_is_not_bogus,
     {FEDVAL_FINDING_SRV_DNSSEC_BOGUS}},
    {"address-answer-is-not-bogus", FV_LEVEL_TARGET, address_answer_is_not_bogus,
     {FEDVAL_FINDING_SRV_DNSSEC_BOGUS}},
    {"port-is-usual", FV_LEVEL_TARGET, port_is_usual,
     {FEDVAL_FINDING_SRV_PORT_UNUSUAL, FEDVAL_FINDING_SRV_PORT_PLAIN_SIP}},
    {"owner-is-no-alias", FV_LEVEL_SCENE, owner_is_no_alias, {FEDVAL_FINDING_SRV_OWNER_ALIAS}},
    {"target-is-host-name", FV_LEVEL_TARGET, target_is_host_name,
     {FEDVAL_FINDING_SRV_TARGET_IS_ADDRESS, FEDVAL_FINDING_SRV_TARGET_INVALID}},
    {"target-is-in-domain", FV_LEVEL_TARGET, target_is_in_domain,
     {FEDVAL_FINDING_SRV_TARGET_OUTSIDE_DOMAIN, FEDVAL_FINDING_SRV_TARGET_BELOW_SUBDOMAIN,
      FEDVAL_FINDING_SRV_TARGET_IS_DOMAIN, FEDVAL_FINDING_SRV_POINTS_TO_PROVIDER,
      FEDVAL_FINDING_SRV_PREFERRED_NOT_MATCHING, FEDVAL_FINDING_SRV_TARGET_OF_CLOUD}},
    {"target-is-provider", FV_LEVEL_TARGET, target_is_provider,
     {FEDVAL_FINDING_SRV_HOSTING_PROVIDER, FEDVAL_FINDING_SRV_TARGET_OF_CLOUD}},
    {"target-is-no-alias", FV_LEVEL_TARGET, target_is_no_alias, {FEDVAL_FINDING_SRV_TARGET_ALIAS}},
    {"domain-is-plain", FV_LEVEL_SCENE, domain_is_plain, {FEDVAL_FINDING_DOMAIN_INTERNATIONALISED}},
    {"caller-domains-agree", FV_LEVEL_SCENE, caller_domains_agree,
     {FEDVAL_FINDING_CALLER_DOMAINS_DIFFER}},
    {"views-agree", FV_LEVEL_SCENE, fv_views_agree,
     {FEDVAL_FINDING_VIEWS_DIFFER, FEDVAL_FINDING_SPLIT_DNS}},
    {"servers-agree", FV_LEVEL_SCENE, fv_servers_agree,
     {FEDVAL_FINDING_DNS_SERVERS_DIFFER, FEDVAL_FINDING_DNS_CACHE_DIFFERS}},
    {"servers-answer", FV_LEVEL_SCENE, fv_servers_answer, {FEDVAL_FINDING_DNS_SERVER_FAULTY}},
    {"standby-is-sound", FV_LEVEL_LAST, standby_is_sound, {FEDVAL_FINDING_SRV_STANDBY_FAULTY}},
};
/* clang-format on */

const size_t fv_num_rules_srv = sizeof(fv_rules_srv) / sizeof(fv_rules_srv[0]);
