/* The port of the resolver that asks over the network. */
#include "fedval/ldns.h"

#include "asks.h"
#include "base/error.h"
#include "base/versioned.h"

#include <stdlib.h>

#define DEFAULT_RETRY_MS 400
#define MAX_RETRY_MS 60000
#define DNS_PORT 53
#define MAX_OPEN 128 /* questions at a time; a small network's resolver takes so many */

static fedval_status attach(const fedval_port_events *events, void *user)
{
    fv_resolver *resolver = user;
    while (events == NULL && resolver->asks != NULL)
        fv_asks_remove(resolver->asks);
    resolver->events = events;
    return FEDVAL_OK;
}

/* A question may name a server of the zone, which is then asked by itself. */
static bool set_own(fv_ask *ask, const fedval_question *question)
{
    const char *address = fedval_question_get_address(question);
    ask->is_own = address != NULL;
    ask->own.port = ask->resolver->authority_port;
    return address == NULL || (fedval_question_get_host(question) != NULL &&
                               fv_address_parse(fv_text_of(address), &ask->own.address));
}

static fedval_status start(uint64_t ticket, const fedval_question *question, int64_t now_ms,
                           int64_t deadline_ms, fedval_fact *fact, void *user)
{
    fv_resolver *resolver = user;
    fv_dns_name name;
    const char *text = fedval_question_get_name(question);
    if (fedval_question_get_kind(question) != FEDVAL_QUESTION_DNS ||
        !fv_dns_name_from_text(text, &name))
        return FEDVAL_ERROR_ARGUMENT;
    fv_ask *ask = fv_asks_add(resolver);
    if (ask == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    ask->ticket = ticket;
    ask->fact = fact;
    ask->deadline_ms = deadline_ms;
    ask->query.type = (uint16_t)fedval_question_get_type(question);
    ask->query.name = name;
    if (!set_own(ask, question)) {
        fv_asks_remove(ask);
        return FEDVAL_ERROR_ARGUMENT;
    }
    if (deadline_ms <= now_ms)
        fv_asks_give_up(ask, FEDVAL_OUTCOME_TIMEOUT, NULL); /* nothing is sent */
    else
        fv_asks_send(ask, false, now_ms);
    return FEDVAL_OK;
}

static void ready(int32_t fd, uint32_t events, int64_t now_ms, void *user)
{
    fv_resolver *resolver = user;
    fv_ask *ask = resolver->asks;
    (void)events;
    while (ask != NULL && ask->wire.fd != fd)
        ask = ask->next;
    if (ask != NULL)
        fv_asks_advance(ask, now_ms);
}

static int64_t next_deadline(void *user)
{
    const fv_resolver *resolver = user;
    int64_t next = INT64_MAX;
    for (const fv_ask *ask = resolver->asks; ask != NULL; ask = ask->next) {
        if (fv_asks_next_ms(ask) < next)
            next = fv_asks_next_ms(ask);
    }
    return next;
}

/* Visits each ask once. Asks that begin because another one ended wait for the next turn. */
static void expire(int64_t now_ms, void *user)
{
    fv_resolver *resolver = user;
    for (fv_ask *ask = resolver->asks, *next; ask != NULL; ask = next) {
        next = ask->next;
        if (fv_asks_next_ms(ask) <= now_ms)
            fv_asks_expire(ask, now_ms);
    }
}

static void cancel(uint64_t ticket, void *user)
{
    fv_resolver *resolver = user;
    for (fv_ask *ask = resolver->asks; ask != NULL; ask = ask->next) {
        if (ask->ticket == ticket) {
            fv_asks_remove(ask);
            return;
        }
    }
}

static void destroy(void *user)
{
    fv_resolver *resolver = user;
    (void)attach(NULL, resolver);
    free(resolver);
}

static const fedval_port_vtable vtable = {
    .size = sizeof(vtable),
    .attach = attach,
    .start = start,
    .ready = ready,
    .next_deadline = next_deadline,
    .expire = expire,
    .cancel = cancel,
    .destroy = destroy,
};

/* ---- creating a resolver ---- */

static fedval_status set_up(fv_resolver *resolver, fv_text address,
                            const fedval_ldns_options *options, fedval_error *error)
{
    resolver->trust_ad = options->trust_ad;
    resolver->retry_ms = options->retry_ms == 0 ? DEFAULT_RETRY_MS : options->retry_ms;
    resolver->max_open = MAX_OPEN;
    resolver->authority_port =
        options->authority_port == 0 ? DNS_PORT : (uint16_t)options->authority_port;
    if (address.data == NULL)
        return fv_servers_read_system(&resolver->servers);
    if (!fv_servers_parse(address, &resolver->servers)) {
        fv_error_set_detail(error, "not the address of a DNS server, with or without a port",
                            address);
        return FEDVAL_ERROR_SYNTAX;
    }
    return FEDVAL_OK;
}

fedval_status fedval_ldns_resolver_new(const char *address, size_t address_len,
                                       const fedval_ldns_options *options, fedval_port **out_port,
                                       fedval_error *error)
{
    fedval_ldns_options choices = {.size = sizeof(choices)};
    fv_error_reset(error);
    if (out_port == NULL ||
        (options != NULL && !fv_versioned_copy(&choices, sizeof(choices), options)) ||
        choices.retry_ms > MAX_RETRY_MS || choices.trust_ad > 1 ||
        choices.authority_port > UINT16_MAX)
        return FEDVAL_ERROR_ARGUMENT;
    fv_resolver *resolver = calloc(1, sizeof(*resolver));
    if (resolver == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = set_up(resolver, fv_text_given(address, address_len), &choices, error);
    if (status == FEDVAL_OK)
        status = fedval_port_new(&vtable, resolver, out_port);
    if (status != FEDVAL_OK)
        destroy(resolver);
    return status;
}
