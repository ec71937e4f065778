/* The life of a question: its sockets, repetitions and servers. */
#define _DEFAULT_SOURCE

#include "asks.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define PACE_MS 20        /* wait for a turn, if many are under way */
#define SHORT_WAIT_MS 100 /* wait for a descriptor */

fv_ask *fv_asks_add(fv_resolver *resolver)
{
    fv_ask *ask = calloc(1, sizeof(*ask));
    if (ask == NULL)
        return NULL;
    fv_wire_init(&ask->wire);
    ask->resolver = resolver;
    ask->all_ad = ask->all_aa = true;
    ask->next = resolver->asks;
    if (ask->next != NULL)
        ask->next->prev = ask;
    resolver->asks = ask;
    return ask;
}

bool fv_asks_is_alone(const fv_ask *ask)
{
    return ask->is_own || ask->resolver->servers.count == 1;
}

static void close_wire(fv_ask *ask)
{
    fv_resolver *resolver = ask->resolver;
    if (ask->wire.fd < 0) {
        fv_wire_close(&ask->wire);
        return;
    }
    resolver->num_open--;
    if (resolver->events != NULL)
        resolver->events->interest(ask->wire.fd, 0, resolver->events->user);
    fv_wire_close(&ask->wire);
}

void fv_asks_remove(fv_ask *ask)
{
    close_wire(ask);
    if (ask->prev != NULL)
        ask->prev->next = ask->next;
    else
        ask->resolver->asks = ask->next;
    if (ask->next != NULL)
        ask->next->prev = ask->prev;
    free(ask);
}

static fedval_status set_source(const fv_ask *ask)
{
    const fedval_question *question = fedval_fact_get_question(ask->fact);
    return ask->is_own ? fv_server_tell(&ask->own, fedval_question_get_host(question), ask->fact)
                       : fv_servers_tell(&ask->resolver->servers, ask->fact);
}

/* Ends the ask. If `outcome` is 0 (memory was short), the fact gets no outcome. */
void fv_asks_give_up(fv_ask *ask, uint32_t outcome, const char *detail)
{
    fv_resolver *resolver = ask->resolver;
    const fedval_port_events *events = resolver->events;
    uint64_t ticket = ask->ticket;
    /* This server answered before, with a failure: so report that failure, not silence. */
    if (ask->phase != FV_DNS_PLAIN && outcome != FEDVAL_OUTCOME_LOCAL) {
        outcome = FEDVAL_OUTCOME_SERVFAIL;
        detail = NULL;
    }
    fedval_status status = set_source(ask);
    if (status == FEDVAL_OK && detail != NULL)
        status = fedval_fact_set_detail(ask->fact, detail, FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK && outcome != 0)
        (void)fedval_fact_set_outcome(ask->fact, outcome);
    fv_asks_remove(ask);
    if (events != NULL)
        events->done(ticket, events->user);
}

/* ---- sending ---- */

static bool id_is_taken(const fv_resolver *resolver, uint16_t id)
{
    for (const fv_ask *ask = resolver->asks; ask != NULL; ask = ask->next) {
        if (ask->query.id == id)
            return true;
    }
    return false;
}

/* RFC 5452 9.2: an id that cannot be predicted. With thousands of questions two may have the same
 * id; socket and question still differ. */
static bool draw_id(const fv_resolver *resolver, uint16_t *out)
{
    uint16_t id = 0;
    for (int i = 0; i < 8; i++) {
        if (getrandom(&id, sizeof(id), 0) != (ssize_t)sizeof(id))
            return false;
        if (!id_is_taken(resolver, id))
            break;
    }
    *out = id;
    return true;
}

void fv_asks_wait(fv_ask *ask, int64_t until_ms)
{
    close_wire(ask);
    ask->next_ms = until_ms;
}

static void end_without_answer(fv_ask *ask, fv_wire_progress progress)
{
    if (progress == FV_WIRE_UNFIT) {
        fv_asks_give_up(ask, FEDVAL_OUTCOME_MALFORMED,
                        "the answer over TCP is to another question");
    } else {
        fv_asks_give_up(ask, FEDVAL_OUTCOME_UNREACHABLE,
                        progress == FV_WIRE_NO_ROUTE ? "there is no route to the DNS server"
                        : ask->wire.is_tcp
                            ? "the answer is too long for UDP, and over TCP the DNS server cannot "
                              "be contacted or cuts the connection"
                            : "the DNS server cannot be contacted");
    }
}

static void settle(fv_ask *ask, fv_wire_progress progress, int64_t now_ms)
{
    const fedval_port_events *events = ask->resolver->events;
    switch (progress) {
    case FV_WIRE_WAIT:
        if (events != NULL)
            events->interest(ask->wire.fd, fv_wire_wants(&ask->wire), events->user);
        return;
    case FV_WIRE_MESSAGE:
        fv_asks_answer(ask, ask->wire.message, ask->wire.message_len, now_ms);
        return;
    case FV_WIRE_LOCAL:
        ask->is_short = true;
        fv_asks_wait(ask, now_ms + SHORT_WAIT_MS);
        return;
    case FV_WIRE_REFUSED:
    case FV_WIRE_UNFIT:
    case FV_WIRE_NO_ROUTE:
        if (!fv_asks_try_other(ask, now_ms))
            end_without_answer(ask, progress);
        return;
    }
}

/* UDP was too short for the answer: TCP may use all the time that is left, or half of it if there
 * is another server to ask. */
static int64_t tcp_ends(const fv_ask *ask, int64_t now_ms)
{
    bool is_last = fv_asks_is_alone(ask) || ask->phase != FV_DNS_PLAIN ||
                   ask->num_failed + 1 >= ask->resolver->servers.count;
    return is_last ? INT64_MAX : now_ms + (ask->deadline_ms - now_ms) / 2;
}

void fv_asks_send(fv_ask *ask, bool is_tcp, int64_t now_ms)
{
    fv_resolver *resolver = ask->resolver;
    close_wire(ask);
    if (resolver->num_open >= resolver->max_open) {
        fv_asks_wait(ask, now_ms + PACE_MS);
        return;
    }
    ask->query.want_ad = resolver->trust_ad != 0 && !ask->is_own;
    ask->query.no_recursion = ask->is_own;
    if (!draw_id(resolver, &ask->query.id)) {
        fv_asks_give_up(ask, FEDVAL_OUTCOME_LOCAL, "this machine has no random numbers");
        return;
    }
    ask->is_short = false;
    if (ask->wait_ms == 0)
        ask->wait_ms = resolver->retry_ms;
    ask->next_ms = is_tcp ? tcp_ends(ask, now_ms) : now_ms + ask->wait_ms;
    const fv_server *server = ask->is_own ? &ask->own : &resolver->servers.items[ask->server];
    fv_wire_progress progress = fv_wire_open(&ask->wire, server, &ask->query, is_tcp);
    resolver->num_open += ask->wire.fd >= 0;
    settle(ask, progress, now_ms);
}

void fv_asks_advance(fv_ask *ask, int64_t now_ms)
{
    settle(ask, fv_wire_advance(&ask->wire, &ask->query), now_ms);
}

/* ---- time ---- */

int64_t fv_asks_next_ms(const fv_ask *ask)
{
    return ask->next_ms < ask->deadline_ms ? ask->next_ms : ask->deadline_ms;
}

static void end_late(fv_ask *ask)
{
    if (ask->is_short) {
        fv_asks_give_up(ask, FEDVAL_OUTCOME_LOCAL,
                        "this machine is short of descriptors, ports or memory");
    } else {
        fv_asks_give_up(ask, FEDVAL_OUTCOME_TIMEOUT,
                        ask->wire.is_tcp     ? "the answer is too long for UDP, and over TCP none "
                                               "came in time"
                        : ask->wire.is_unfit ? "only answers that do not fit the question came"
                                             : NULL);
    }
}

void fv_asks_expire(fv_ask *ask, int64_t now_ms)
{
    fv_resolver *resolver = ask->resolver;
    if (ask->deadline_ms <= now_ms) {
        end_late(ask);
        return;
    }
    if (ask->wire.fd < 0) {
        fv_asks_send(ask, false, now_ms);
        return;
    }
    if (ask->wire.is_tcp) { /* another server may be reached over TCP */
        (void)fv_asks_try_other(ask, now_ms);
        return;
    }
    ask->wait_ms *= 2;
    ask->next_ms = now_ms + ask->wait_ms;
    if (fv_asks_is_alone(ask)) {
        fv_wire_repeat(&ask->wire);
        return;
    }
    ask->server = (ask->server + 1) % resolver->servers.count;
    fv_asks_send(ask, false, now_ms);
}
