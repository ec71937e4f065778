#include "plan_today.h"

#include "backends.h"
#include "gather.h"
#include "plan_services.h"
#include "plan_zones.h"

#include <fedval/check.h>
#include <fedval/session.h>

#include <stdlib.h>
#include <string.h>

static bool is_live(const cmd_settings *settings, const fedval_intent *intent)
{
    return settings->live || fedval_intent_is_live(intent) != 0;
}

static bool asks_network(const cmd_settings *settings, const fedval_intent *intent)
{
    return is_live(settings, intent) || settings->resolvers.count > 0 ||
           fedval_intent_get_resolver(intent) != NULL;
}

bool plan_today_asks(const cmd_settings *settings, const fedval_intent *intent)
{
    return asks_network(settings, intent) || settings->zones.count > 0;
}

/* ---- keeping ---- */

static bool append_facts(fedval_evidence *to, const fedval_evidence *from)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < fedval_evidence_count_facts(from); i++)
        status = fedval_evidence_append(to, fedval_evidence_get_fact(from, i));
    return status == FEDVAL_OK;
}

static void take(void *user, const fedval_evidence *evidence)
{
    plan_today *today = user;
    const char *domain = fedval_evidence_get_domain(evidence);
    for (size_t i = 0; i < today->num_domains; i++) {
        if (strcmp(fedval_intent_get_domain(today->intent, i), domain) != 0)
            continue;
        fedval_evidence **own = &today->evidence[i];
        fedval_status status = FEDVAL_OK;
        if (*own == NULL)
            status = fedval_evidence_new(domain, FEDVAL_NUL_ENDED, own, NULL);
        if (status == FEDVAL_OK && !append_facts(*own, evidence))
            status = FEDVAL_ERROR_NO_MEMORY;
        if (status == FEDVAL_OK) {
            status = fedval_evidence_set_time(*own, fedval_evidence_get_time(evidence));
            if (status == FEDVAL_OK)
                status = fedval_intent_append_evidence(today->intent, *own);
        }
        if (status != FEDVAL_OK)
            output_internal(today->judge->output, status);
        return;
    }
}

/* ---- every domain ---- */

/* Settings to gather by; the lists in them are to be freed. */
static bool set_up(const cmd_settings *settings, const fedval_intent *intent, cmd_settings *out)
{
    *out = *settings;
    out->inputs = out->resolvers = (cmd_values){0};
    out->offline = !asks_network(settings, intent);
    out->probes_nothing = !is_live(settings, intent);
    bool ok = true;
    for (size_t i = 0; ok && i < fedval_intent_count_domains(intent); i++)
        ok = values_append(&out->inputs, fedval_intent_get_domain(intent, i));
    for (size_t i = 0; ok && i < settings->resolvers.count; i++)
        ok = values_append(&out->resolvers, settings->resolvers.items[i]);
    if (ok && settings->resolvers.count == 0 && fedval_intent_get_resolver(intent) != NULL)
        ok = values_append(&out->resolvers, fedval_intent_get_resolver(intent));
    return ok;
}

bool plan_today_gather(plan_today *today, const cmd_settings *settings, cmd_judge *judge,
                       fedval_intent *intent)
{
    cmd_settings gathering;
    cmd_chains chains = {0};
    *today = (plan_today){.settings = settings, .judge = judge, .intent = intent};
    today->evidence = calloc(fedval_intent_count_domains(intent), sizeof(fedval_evidence *));
    today->num_domains = today->evidence == NULL ? 0 : fedval_intent_count_domains(intent);
    bool ok = set_up(settings, intent, &gathering) && today->evidence != NULL;
    if (ok) {
        judge->settings = &gathering;
        judge->take_evidence = take;
        judge->evidence_user = today;
        gather(&gathering, judge, &chains);
        judge->settings = settings;
        judge->take_evidence = NULL;
        ok = !output_has_failed(judge->output) && /* what stands in a zone was not learnt */
             plan_zones_say(today, &gathering, judge->output) &&
             plan_services_look(today, &gathering, judge->output);
    } else {
        output_internal(judge->output, FEDVAL_ERROR_NO_MEMORY);
    }
    free(gathering.inputs.items);
    free(gathering.resolvers.items);
    return ok;
}

/* ---- the targets of a plan ---- */

static bool has_address_fact(const fedval_evidence *evidence, const char *host)
{
    for (size_t i = 0; evidence != NULL && i < fedval_evidence_count_facts(evidence); i++) {
        const fedval_question *question =
            fedval_fact_get_question(fedval_evidence_get_fact(evidence, i));
        const char *name = fedval_question_get_name(question);
        if (fedval_question_get_type(question) == FEDVAL_TYPE_A && name != NULL &&
            strcmp(name, host) == 0)
            return true;
    }
    return false;
}

static void note(uint64_t id, fedval_evidence *evidence, fedval_status status, void *user)
{
    (void)id;
    if (status == FEDVAL_OK)
        take(user, evidence);
    fedval_evidence_free(evidence);
}

/* A session that looks one host up, as if the policy named it. */
static fedval_status add_host(plan_today *today, fedval_runner *runner, const char *domain,
                              const char *host)
{
    fedval_policy *policy = NULL;
    fedval_session *session = NULL;
    fedval_status status = fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &policy);
    if (status == FEDVAL_OK)
        status = fedval_policy_set_text(policy, FEDVAL_POLICY_EDGE_FQDN, host, FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK) {
        status = fedval_session_new(domain, strlen(domain), (const fedval_policy *const *)&policy,
                                    1, 1, &session, NULL);
    }
    if (status == FEDVAL_OK)
        status = fedval_runner_add(runner, session, note, today, NULL);
    if (status != FEDVAL_OK)
        fedval_session_free(session);
    fedval_policy_free(policy);
    return status;
}

static fedval_status add_hosts(plan_today *today, fedval_runner *runner, const fedval_plan *plan,
                               size_t *out_count)
{
    fedval_status status = FEDVAL_OK;
    *out_count = 0;
    for (size_t i = 0; status == FEDVAL_OK && i < today->num_domains; i++) {
        const fedval_plan_domain *domain = fedval_plan_get_domain(plan, i);
        const char *target = fedval_plan_domain_get_target(domain);
        if (target == NULL || has_address_fact(today->evidence[i], target))
            continue;
        status = add_host(today, runner, fedval_plan_domain_get_name(domain), target);
        *out_count += status == FEDVAL_OK;
    }
    return status;
}

bool plan_today_look_at_targets(plan_today *today, const fedval_plan *plan)
{
    cmd_settings gathering;
    fedval_runner *runner = NULL;
    fedval_port *resolver = NULL;
    size_t count = 0;
    bool ok = set_up(today->settings, today->intent, &gathering);
    if (ok) {
        resolver = backends_resolver(
            &gathering, gathering.resolvers.count > 0 ? gathering.resolvers.items[0] : NULL,
            today->judge->output);
    }
    fedval_status status = resolver == NULL ? FEDVAL_ERROR_NO_MEMORY : fedval_runner_new(&runner);
    if (status == FEDVAL_OK)
        status = fedval_runner_append_resolver(runner, resolver);
    if (status == FEDVAL_OK)
        status = add_hosts(today, runner, plan, &count);
    if (status == FEDVAL_OK && count > 0)
        status = fedval_runner_run(runner);
    if (status != FEDVAL_OK && resolver != NULL)
        output_internal(today->judge->output, status);
    fedval_runner_free(runner);
    fedval_port_free(resolver);
    free(gathering.inputs.items);
    free(gathering.resolvers.items);
    return status == FEDVAL_OK && count > 0;
}

void plan_today_clear(plan_today *today)
{
    for (size_t i = 0; i < today->num_domains; i++)
        fedval_evidence_free(today->evidence[i]);
    free(today->evidence);
    *today = (plan_today){0};
}
