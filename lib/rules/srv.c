/* The rules on the SRV record (R1), on the domain itself, and on standbys. */
#include "base/sip_tls.h"
#include "fedval/name.h"
#include "model/dns_name.h"
#include "rules/rule.h"
#include "rules/views.h"

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
    const char *resolver = fv_rule_unknown_resolver(scene, scene->srv);
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, outcome);
    if (misplaced != NULL) {
        fv_buf_append_text(&buf, "; one is under a wrong name, ");
        fv_buf_append_text(&buf, misplaced->question.name);
    }
    if (fv_rule_asked_system_alone(scene))
        fv_buf_append_text(&buf, "; this machine's own resolver was asked, no public one");
    if (resolver != NULL) {
        fv_buf_append_text(&buf, "; says ");
        fv_buf_append_text(&buf, resolver);
        fv_buf_append_text(&buf, ", which is not known to be a public one");
    }
    return fv_rule_text(context, &buf);
}

static void srv_exists(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    if (scene->srv == NULL)
        return;
    if (is_failed_lookup(scene->srv->outcome))
        FV_EMIT(context, SRV_LOOKUP_FAILED, {"outcome", fv_rule_dns_outcome(context, scene->srv)});
    else if (scene->num_targets == 0 && !fv_views_is_open(scene->input->evidence, scene->srv))
        FV_EMIT(context, SRV_MISSING, {"outcome", missing_text(context)});
}

/* In a lab, or seen from inside, the caller says that private things are no fault. */
static void domain_is_public(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    if (scene->num_targets > 0 && scene->input->policy->allow_private == 0 &&
        fv_dns_name_is_inner(fv_text_of(scene->domain)))
        FV_EMIT_PLAIN(context, DOMAIN_NOT_PUBLIC);
}

static void service_is_offered(fv_rule_context *context)
{
    if (fv_scene_is_not_offered(context->scene))
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

/* A validating resolver gives no bogus address either. One remark covers both A and AAAA. */
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

/* The forms of registrars ask for priority, weight and port in any order. */
static const char *swapped_text(const fv_scene_target *target)
{
    if (target->priority == FV_SIP_TLS_PORT) {
        return "; its priority is " FV_SIP_TLS_PORT_TEXT
               ", so the numbers are likely in the wrong fields";
    }
    return target->weight == FV_SIP_TLS_PORT ? "; its weight is " FV_SIP_TLS_PORT_TEXT
                                               ", so the numbers are likely in the wrong fields"
                                             : "";
}

/* 0: that of the catalogue. */
static uint32_t severity_of_port(const fv_rule_context *context)
{
    bool is_swapped = swapped_text(context->target)[0] != '\0' && !is_plain_sip(context);
    return is_dead_port(context) ? FEDVAL_SEVERITY_ERROR
           : is_swapped          ? FEDVAL_SEVERITY_INDETERMINATE
                                 : 0;
}

static void port_is_usual(fv_rule_context *context)
{
    const fv_scene_target *target = context->target;
    if (target->from_policy || target->port == FV_SIP_TLS_PORT ||
        target->srv_match == FEDVAL_SRV_MATCH_NOT_OFFERED)
        return;
    const fv_param params[] = {{"port", fv_rule_number(context, target->port)},
                               {"swapped", swapped_text(target)}};
    context->severity = severity_of_port(context);
    fv_emit(context,
            is_plain_sip(context) ? FEDVAL_FINDING_SRV_PORT_PLAIN_SIP
                                  : FEDVAL_FINDING_SRV_PORT_UNUSUAL,
            params, 2);
    context->severity = 0;
}

/* Resolvers follow an alias to SRV records as to any other. Whoever changes the records has to know
 * of the alias. */
static void owner_is_no_alias(fv_rule_context *context)
{
    const fv_record *alias =
        context->scene->srv == NULL ? NULL : fv_fact_find_alias(context->scene->srv);
    if (alias != NULL)
        FV_EMIT(context, SRV_OWNER_ALIAS, {"alias", fv_rule_copy(context, alias->data)});
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

/* Returns the parameter `key` with the text of `fault` that the template `text` has. */
static fv_param filled(fv_rule_context *context, const char *key, const char *text,
                       const fv_remark *fault)
{
    fv_param made = {key, "", FV_VALUE_PLAIN};
    fv_param params[FV_REMARK_MAX_PARAMS];
    size_t num_params =
        fv_remark_collect_params(fault, context->scene->domain, context->scene->srv_owner, params);
    context->is_out_of_memory |=
        !fv_template_fill_list(context->scene->arena, text, params, num_params, &made);
    return made;
}

static void standby_is_sound(fv_rule_context *context)
{
    for (size_t i = 0; i < context->standby_faults.num_items; i++) {
        const fv_remark *fault = &context->standby_faults.items[i];
        const fedval_catalogue_entry *entry = fedval_catalogue_find(fault->code);
        const fv_param params[] = {filled(context, "fault", entry->message, fault),
                                   filled(context, "remedy", entry->remedy, fault)};
        fv_emit_faulty(context, FEDVAL_FINDING_SRV_STANDBY_FAULTY, fault, params, 2);
    }
}

/* clang-format off */
const fv_rule fv_rules_srv[] = {
    {"srv-exists", FV_LEVEL_SCENE, srv_exists,
     {FEDVAL_FINDING_SRV_MISSING, FEDVAL_FINDING_SRV_LOOKUP_FAILED}},
    {"domain-is-public", FV_LEVEL_SCENE, domain_is_public, {FEDVAL_FINDING_DOMAIN_NOT_PUBLIC}},
    {"service-is-offered", FV_LEVEL_SCENE, service_is_offered, {FEDVAL_FINDING_SRV_NOT_OFFERED}},
    {"srv-answer-is-not-bogus", FV_LEVEL_SCENE, srv_answer_is_not_bogus,
     {FEDVAL_FINDING_SRV_DNSSEC_BOGUS}},
    {"address-answer-is-not-bogus", FV_LEVEL_TARGET, address_answer_is_not_bogus,
     {FEDVAL_FINDING_SRV_DNSSEC_BOGUS}},
    {"port-is-usual", FV_LEVEL_TARGET, port_is_usual,
     {FEDVAL_FINDING_SRV_PORT_UNUSUAL, FEDVAL_FINDING_SRV_PORT_PLAIN_SIP}},
    {"owner-is-no-alias", FV_LEVEL_SCENE, owner_is_no_alias, {FEDVAL_FINDING_SRV_OWNER_ALIAS}},
    {"domain-is-plain", FV_LEVEL_SCENE, domain_is_plain, {FEDVAL_FINDING_DOMAIN_INTERNATIONALISED}},
    {"caller-domains-agree", FV_LEVEL_SCENE, caller_domains_agree,
     {FEDVAL_FINDING_CALLER_DOMAINS_DIFFER}},
    {"views-agree", FV_LEVEL_SCENE, fv_views_agree,
     {FEDVAL_FINDING_VIEWS_DIFFER, FEDVAL_FINDING_SPLIT_DNS,
      FEDVAL_FINDING_FAULT_IN_ONE_VIEW /* made of the faults of all rules, by rules.c */}},
    {"servers-agree", FV_LEVEL_SCENE, fv_servers_agree,
     {FEDVAL_FINDING_DNS_SERVERS_DIFFER, FEDVAL_FINDING_DNS_CACHE_DIFFERS}},
    {"servers-answer", FV_LEVEL_SCENE, fv_servers_answer, {FEDVAL_FINDING_DNS_SERVER_FAULTY}},
    {"servers-are-asked", FV_LEVEL_SCENE, fv_servers_are_asked,
     {FEDVAL_FINDING_DNS_SERVER_NOT_ASKED}},
    {"standby-is-sound", FV_LEVEL_LAST, standby_is_sound, {FEDVAL_FINDING_SRV_STANDBY_FAULTY}},
};
/* clang-format on */

const size_t fv_num_rules_srv = sizeof(fv_rules_srv) / sizeof(fv_rules_srv[0]);
