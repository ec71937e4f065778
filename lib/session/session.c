/* The session: the evidence so far, and the needs that follow from it. */
#include "session/session.h"

#include "base/buf.h"
#include "base/error.h"
#include "base/sip_tls.h"
#include "fedval/name.h"
#include "model/dns_name.h"
#include "model/policy.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(FV_SIP_TLS_PORT == FEDVAL_SIP_TLS_PORT, "base/ includes no header of names");

/* ---- what the policies look up ---- */

/* Makes the DNS name "label.domain". */
static fedval_status make_owner(fedval_session *session, const char *label, const char **out_owner,
                                fedval_error *error)
{
    char name[FEDVAL_NAME_SIZE];
    fv_buf text;
    fv_buf_init(&text);
    fv_dns_name_append_srv_owner(&text, label, session->evidence->domain);
    fedval_status status = FEDVAL_ERROR_NO_MEMORY;
    if (text.failed)
        goto done;
    status = fedval_name_normalise(text.data, text.len, name, sizeof(name), NULL, NULL);
    if (status != FEDVAL_OK) {
        fv_error_set_detail(error, "the name of the SRV record is too long",
                            (fv_text){text.data, text.len});
        goto done;
    }
    *out_owner = fv_arena_copy_text(&session->arena, name, strlen(name));
    status = *out_owner == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
done:
    fv_buf_clear(&text);
    return status;
}

static fedval_status ask_service(fedval_session *session, const fedval_policy *policy,
                                 fedval_error *error)
{
    const char *label = fv_policy_service_label(policy);
    const char *owner = NULL;
    if (label == NULL)
        return FEDVAL_OK;
    fedval_status status = make_owner(session, label, &owner, error);
    if (status != FEDVAL_OK || fv_session_has_owner(session, owner))
        return status;
    if (session->num_owners == FV_SESSION_MAX_OWNERS)
        return FEDVAL_ERROR_LIMIT;
    session->owners[session->num_owners++] = owner;
    return fv_session_ask_srv(session, owner) ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

static fedval_status ask_policy(fedval_session *session, const fedval_policy *policy,
                                fedval_error *error)
{
    if (policy->edge_fqdn == NULL)
        return ask_service(session, policy, error);
    return fv_session_follow_host(session, policy->edge_fqdn, FV_SIP_TLS_PORT)
               ? FEDVAL_OK
               : FEDVAL_ERROR_NO_MEMORY;
}

/* Keeps the widest value of each setting, because all policies are judged on the same evidence. */
static void widen(fedval_session *session, const fedval_policy *policy)
{
    session->probes = session->probes || policy->scope != FEDVAL_SCOPE_DNS;
    session->allow_private = session->allow_private || policy->allow_private != 0;
    if (policy->limits.targets > session->max_targets)
        session->max_targets = policy->limits.targets;
    if (policy->limits.addresses > session->max_addresses)
        session->max_addresses = policy->limits.addresses;
    if (policy->limits.connections > session->max_connections)
        session->max_connections = policy->limits.connections;
    session->sip_options = session->sip_options || policy->sip_options != 0;
    session->authoritative = session->authoritative || policy->authoritative != 0;
}

static fedval_status ask_policies(fedval_session *session, const fedval_policy *const *policies,
                                  size_t num_policies, fedval_error *error)
{
    for (size_t i = 0; i < num_policies; i++) {
        if (policies[i] == NULL)
            return FEDVAL_ERROR_ARGUMENT;
        widen(session, policies[i]);
    }
    for (size_t i = 0; i < num_policies; i++) {
        fedval_status status = ask_policy(session, policies[i], error);
        if (status != FEDVAL_OK)
            return status;
    }
    return fv_session_ask_zone(session) ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

/* ---- life ---- */

fedval_status fedval_session_new(const char *domain, size_t domain_len,
                                 const fedval_policy *const *policies, size_t num_policies,
                                 uint32_t num_views, fedval_session **out_session,
                                 fedval_error *error)
{
    fv_error_reset(error);
    if (domain == NULL || policies == NULL || num_policies == 0 || num_views == 0 ||
        out_session == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_session *session = calloc(1, sizeof(*session));
    if (session == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&session->arena);
    session->num_views = num_views;
    fedval_status status = fedval_evidence_new(domain, domain_len, &session->evidence, error);
    if (status == FEDVAL_OK)
        status = ask_policies(session, policies, num_policies, error);
    if (status != FEDVAL_OK) {
        fedval_session_free(session);
        return status;
    }
    *out_session = session;
    return FEDVAL_OK;
}

void fedval_session_free(fedval_session *session)
{
    if (session == NULL)
        return;
    fedval_evidence_free(session->evidence);
    fv_arena_clear(&session->arena);
    free(session);
}

/* ---- needs and facts ---- */

fedval_status fedval_session_next(fedval_session *session, const fedval_question **out_question)
{
    if (session == NULL || out_question == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    while (session->next < session->num_needs && session->needs[session->next]->settled)
        session->next++;
    *out_question =
        session->next < session->num_needs ? &session->needs[session->next++]->question : NULL;
    return FEDVAL_OK;
}

static bool settle(fedval_session *session, const fedval_question *question)
{
    bool any = false;
    for (size_t i = 0; i < session->num_needs; i++) {
        fv_need *need = session->needs[i];
        if (!fv_question_answers(question, &need->question))
            continue;
        any = true;
        session->num_open -= need->settled ? 0 : 1;
        need->settled = true;
    }
    return any;
}

fedval_status fedval_session_supply(fedval_session *session, const fedval_fact *fact)
{
    if (session == NULL || fact == NULL || fact->outcome == 0)
        return FEDVAL_ERROR_ARGUMENT;
    if (session->evidence == NULL)
        return FEDVAL_ERROR_STATE;
    fedval_status status = fedval_evidence_append(session->evidence, fact);
    if (status != FEDVAL_OK)
        return status;
    settle(session, &fact->question);
    return fv_session_follow_fact(session, fact) ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

fedval_status fedval_session_skip(fedval_session *session, const fedval_question *question)
{
    if (session == NULL || question == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    return settle(session, question) ? FEDVAL_OK : FEDVAL_ERROR_NOT_FOUND;
}

uint32_t fedval_session_is_done(const fedval_session *session)
{
    return session != NULL && session->num_open == 0;
}

/* ---- the evidence ---- */

const fedval_evidence *fedval_session_get_evidence(const fedval_session *session)
{
    return session == NULL ? NULL : session->evidence;
}

fedval_status fedval_session_set_time(fedval_session *session, int64_t time)
{
    if (session == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (session->evidence == NULL)
        return FEDVAL_ERROR_STATE;
    return fedval_evidence_set_time(session->evidence, time);
}

fedval_evidence *fedval_session_take_evidence(fedval_session *session)
{
    if (session == NULL)
        return NULL;
    fedval_evidence *evidence = session->evidence;
    session->evidence = NULL;
    return evidence;
}
