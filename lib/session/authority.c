/* The zone's own servers: which there are, and what each is asked by itself. */
#include "fedval/name.h"
#include "model/dns_name.h"
#include "session/session.h"

#include <string.h>

/* ---- what to ask of whom ---- */

static bool is_in_zone(const char *name, const char *zone)
{
    size_t name_len = strlen(name), zone_len = strlen(zone);
    if (name_len < zone_len || strcmp(name + name_len - zone_len, zone) != 0)
        return false;
    return name_len == zone_len || name[name_len - zone_len - 1] == '.';
}

static bool ask(fedval_session *session, const fv_zone_server *server, const fv_zone_ask *what)
{
    fedval_question question = {.kind = FEDVAL_QUESTION_DNS,
                                .name = what->name,
                                .type = what->type,
                                .host = server->host,
                                .address = server->address};
    return !is_in_zone(what->name, session->own.zone) || fv_session_add_need(session, &question);
}

bool fv_session_ask_servers(fedval_session *session, const char *name, uint32_t type)
{
    fv_zone_servers *own = &session->own;
    void *items = own->asks;
    if (!session->authoritative)
        return true;
    for (size_t i = 0; i < own->num_asks; i++) {
        if (own->asks[i].type == type && strcmp(own->asks[i].name, name) == 0)
            return true;
    }
    const char *copy = fv_arena_copy_text(&session->arena, name, strlen(name));
    fv_zone_ask *slot = copy == NULL ? NULL
                                     : fv_arena_append(&session->arena, &items, &own->num_asks,
                                                       &own->asks_capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    own->asks = items;
    *slot = (fv_zone_ask){copy, type};
    for (size_t i = 0; i < own->num_servers; i++) {
        const fv_zone_ask what = {copy, type};
        if (!ask(session, &own->servers[i], &what))
            return false;
    }
    return true;
}

static bool add_server(fedval_session *session, const char *host, const char *address)
{
    fv_zone_servers *own = &session->own;
    bool is_good = true;
    for (size_t i = 0; i < own->num_servers; i++) {
        if (strcmp(own->servers[i].address, address) == 0)
            return true;
    }
    if (own->num_servers == FV_SESSION_MAX_SERVERS)
        return true;
    const fv_zone_server server = {host,
                                   fv_arena_copy_text(&session->arena, address, strlen(address))};
    if (server.address == NULL)
        return false;
    own->servers[own->num_servers++] = server;
    for (size_t i = 0; i < own->num_asks && is_good; i++) {
        const fv_zone_ask what = own->asks[i];
        is_good = ask(session, &server, &what);
    }
    return is_good;
}

/* ---- which servers there are ---- */

static const char *find_host(const fv_zone_servers *own, const char *name)
{
    for (size_t i = 0; i < own->num_hosts; i++) {
        if (strcmp(own->hosts[i], name) == 0)
            return own->hosts[i];
    }
    return NULL;
}

/* A stranger's zone must not make this machine ask servers of the network that it is in. */
bool fv_session_follow_server(fedval_session *session, const fedval_fact *fact)
{
    const char *host = find_host(&session->own, fact->question.name);
    bool is_good = true;
    for (size_t i = 0; host != NULL && i < fact->num_records && is_good; i++) {
        const fv_record *record = &fact->records[i];
        if (record->type == fact->question.type && fv_session_may_probe(session, record))
            is_good = add_server(session, host, record->data);
    }
    return is_good;
}

static bool ask_address(fedval_session *session, const char *host, uint32_t type)
{
    fedval_question question = {.kind = FEDVAL_QUESTION_DNS, .name = host, .type = type};
    const fedval_fact *known = fedval_evidence_find(session->evidence, &question);
    return known != NULL ? fv_session_follow_server(session, known)
                         : fv_session_add_need(session, &question);
}

static bool add_host(fedval_session *session, const char *text)
{
    char host[FEDVAL_NAME_SIZE];
    fv_zone_servers *own = &session->own;
    if (fedval_name_normalise(text, strlen(text), host, sizeof(host), NULL, NULL) != FEDVAL_OK ||
        find_host(own, host) != NULL || own->num_hosts == FV_SESSION_MAX_SERVERS)
        return true;
    const char *copy = fv_arena_copy_text(&session->arena, host, strlen(host));
    if (copy == NULL)
        return false;
    own->hosts[own->num_hosts++] = copy;
    return ask_address(session, copy, FEDVAL_TYPE_A) &&
           ask_address(session, copy, FEDVAL_TYPE_AAAA);
}

static bool ask_ns(fedval_session *session, const char *name)
{
    fedval_question question = {.kind = FEDVAL_QUESTION_DNS, .name = name, .type = FEDVAL_TYPE_NS};
    return fv_session_add_need(session, &question);
}

bool fv_session_ask_zone(fedval_session *session)
{
    return !session->authoritative || ask_ns(session, session->evidence->domain);
}

/* The name of a zone has NS records; any other name belongs to a zone above it. */
bool fv_session_follow_ns(fedval_session *session, const fedval_fact *fact)
{
    const char *parent = strchr(fact->question.name, '.');
    bool is_good = true;
    if (!session->authoritative || session->own.zone != NULL)
        return true;
    if (fact->outcome == FEDVAL_OUTCOME_NODATA || fact->outcome == FEDVAL_OUTCOME_NXDOMAIN)
        return parent == NULL || ask_ns(session, parent + 1);
    if (fact->outcome != FEDVAL_OUTCOME_ANSWER)
        return true;
    session->own.zone =
        fv_arena_copy_text(&session->arena, fact->question.name, strlen(fact->question.name));
    is_good = session->own.zone != NULL;
    for (size_t i = 0; i < fact->num_records && is_good; i++) {
        if (fact->records[i].type == FEDVAL_TYPE_NS)
            is_good = add_host(session, fact->records[i].data);
    }
    return is_good;
}
