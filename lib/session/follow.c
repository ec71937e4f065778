/* Derives needs from facts: SRV records lead to hosts, hosts to addresses, addresses to probes. */
#include "fedval/name.h"
#include "model/dns_name.h"
#include "names/srv_answer.h"
#include "session/session.h"

#include <string.h>

static bool ask_dns(fedval_session *session, const char *name, uint32_t type)
{
    fedval_question question = {.kind = FEDVAL_QUESTION_DNS, .name = name, .type = type};
    for (; question.view < session->num_views; question.view++) {
        if (!fv_session_add_need(session, &question))
            return false;
    }
    return true;
}

bool fv_session_ask_srv(fedval_session *session, const char *owner)
{
    return ask_dns(session, owner, FEDVAL_TYPE_SRV) &&
           fv_session_ask_servers(session, owner, FEDVAL_TYPE_SRV);
}

/* ---- addresses to probes ---- */

static bool ask_probe(fedval_session *session, const fv_session_server *server, const char *address)
{
    fedval_question question = {.kind = FEDVAL_QUESTION_PROBE,
                                .host = server->host,
                                .address = address,
                                .port = server->port,
                                .role = FEDVAL_ROLE_SERVER};
    return fv_session_add_need(session, &question);
}

/* Adds the probes of one server, at the first `max_addresses` addresses of an A or AAAA fact. */
static bool probe_addresses(fedval_session *session, const fv_session_server *server,
                            const fedval_fact *fact)
{
    int64_t left = session->max_addresses;
    for (size_t i = 0; i < fact->num_records && left > 0; i++) {
        const fv_record *record = &fact->records[i];
        if (record->type != fact->question.type)
            continue;
        left--;
        if (fv_session_may_probe(session, record) && !ask_probe(session, server, record->data))
            return false;
    }
    return true;
}

static bool probe_known_addresses(fedval_session *session, const fv_session_server *server)
{
    static const uint32_t types[] = {FEDVAL_TYPE_A, FEDVAL_TYPE_AAAA};
    for (uint32_t at = 0; session->probes && at < 2 * session->num_views; at++) {
        const fedval_fact *fact =
            fv_evidence_find_dns(session->evidence, server->host, types[at % 2], at / 2);
        if (fact != NULL && !probe_addresses(session, server, fact))
            return false;
    }
    return true;
}

static bool follow_addresses(fedval_session *session, const fedval_fact *fact)
{
    for (size_t i = 0; session->probes && i < session->num_servers; i++) {
        fv_session_server server = session->servers[i];
        if (strcmp(server.host, fact->question.name) == 0 &&
            !probe_addresses(session, &server, fact))
            return false;
    }
    return true;
}

/* ---- SRV records to hosts ---- */

static bool is_followed(const fedval_session *session, const char *host, uint16_t port)
{
    for (size_t i = 0; i < session->num_servers; i++) {
        if (session->servers[i].port == port && strcmp(session->servers[i].host, host) == 0)
            return true;
    }
    return false;
}

static bool add_server(fedval_session *session, fv_session_server server)
{
    void *items = session->servers;
    server.host = fv_arena_copy_text(&session->arena, server.host, strlen(server.host));
    fv_session_server *slot = server.host == NULL
                                  ? NULL
                                  : fv_arena_append(&session->arena, &items, &session->num_servers,
                                                    &session->servers_capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    session->servers = items;
    *slot = server;
    return true;
}

bool fv_session_follow_host(fedval_session *session, const char *host, uint16_t port)
{
    fv_session_server server = {host, port};
    if (!is_followed(session, host, port) && !add_server(session, server))
        return false;
    return ask_dns(session, host, FEDVAL_TYPE_A) && ask_dns(session, host, FEDVAL_TYPE_AAAA) &&
           fv_session_ask_servers(session, host, FEDVAL_TYPE_A) &&
           fv_session_ask_servers(session, host, FEDVAL_TYPE_AAAA) &&
           probe_known_addresses(session, &server);
}

/* Whether the SRV target leads to a host. RFC 2782: 'A Target of "." means that the service is
 * decidedly not available at this domain.' Address literals, and texts that are no names, are not
 * followed either. */
static bool is_host(const char *target, char out_host[FEDVAL_NAME_SIZE])
{
    uint32_t kind;
    if (fedval_name_normalise(target, strlen(target), out_host, FEDVAL_NAME_SIZE, &kind, NULL) !=
        FEDVAL_OK)
        return false;
    return kind == FEDVAL_NAME_KIND_HOST || kind == FEDVAL_NAME_KIND_SINGLE_LABEL ||
           kind == FEDVAL_NAME_KIND_INTERNATIONALISED;
}

static bool follow_target(fedval_session *session, const fv_record *record)
{
    char host[FEDVAL_NAME_SIZE];
    return !is_host(record->data, host) || fv_session_follow_host(session, host, record->port);
}

/* Follows the best records first, so that they are the ones within the limit on targets. */
static bool follow_srv(fedval_session *session, const fedval_fact *fact)
{
    fv_arena scratch;
    fv_srv_answer answer = {0};
    fv_arena_init(&scratch);
    bool good = fv_srv_answer_order(&scratch, fact, &answer) == FEDVAL_OK;
    /* Counts records, not hosts: otherwise one host with a thousand ports would cause a thousand
     * probes. */
    for (size_t i = 0; i < answer.num_records && (int64_t)i < session->max_targets && good; i++)
        good = follow_target(session, answer.records[i]);
    fv_arena_clear(&scratch);
    return good;
}

bool fv_session_has_owner(const fedval_session *session, const char *owner)
{
    for (size_t i = 0; i < session->num_owners; i++) {
        if (strcmp(session->owners[i], owner) == 0)
            return true;
    }
    return false;
}

static bool follow_probe(fedval_session *session, const fedval_fact *fact)
{
    uint32_t looks[FV_SESSION_MAX_LOOKS];
    /* The chain of an address whatever its host is names nothing to look at further. */
    size_t count = fact->question.host != NULL ? fv_session_list_looks(session, fact, looks) : 0;
    for (size_t i = 0; i < count; i++) {
        fedval_question question = fact->question;
        question.look = looks[i];
        if (!fv_session_add_need(session, &question))
            return false;
    }
    return true;
}

/* A record that is missing may exist under a wrong name: each such name is worth a question. */
static bool look_for_misplaced(fedval_session *session, const fedval_fact *fact)
{
    char name[FEDVAL_NAME_SIZE];
    bool is_missing =
        fact->outcome == FEDVAL_OUTCOME_NODATA || fact->outcome == FEDVAL_OUTCOME_NXDOMAIN;
    bool good = true;
    for (size_t i = 0; good && is_missing; i++) {
        const char *wrong = fv_dns_misplaced_srv(fact->question.name, i, name);
        fedval_question question = {
            .kind = FEDVAL_QUESTION_DNS, .name = wrong, .type = FEDVAL_TYPE_SRV};
        if (wrong == NULL)
            break;
        good = wrong[0] == '\0' || fv_session_add_need(session, &question);
    }
    return good;
}

static bool follow_one(fedval_session *session, const fedval_fact *fact)
{
    const fedval_question *question = &fact->question;
    if (question->kind == FEDVAL_QUESTION_PROBE)
        return follow_probe(session, fact);
    if (question->kind != FEDVAL_QUESTION_DNS || question->address != NULL)
        return true;
    if (question->type == FEDVAL_TYPE_NS)
        return question->view != 0 || fv_session_follow_ns(session, fact);
    /* The view that is judged is chosen after all have answered. Till then the answers of every
     * view are followed. */
    if (question->type == FEDVAL_TYPE_SRV) {
        return !fv_session_has_owner(session, question->name) ||
               (follow_srv(session, fact) &&
                (question->view != 0 || look_for_misplaced(session, fact)));
    }
    return follow_addresses(session, fact) && fv_session_follow_server(session, fact);
}

bool fv_session_follow_fact(fedval_session *session, const fedval_fact *fact)
{
    bool is_good = follow_one(session, fact);
    /* A new need may be one whose fact is there already, and which leads on. */
    while (is_good && session->num_followed < session->num_needs) {
        const fv_need *need = session->needs[session->num_followed];
        if (need->is_known)
            is_good = follow_one(session, fedval_evidence_find(session->evidence, &need->question));
        session->num_followed += is_good ? 1 : 0;
    }
    return is_good;
}
