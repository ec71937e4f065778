/* The resolver over the network: questions to packets, packets to facts. */
#define _DEFAULT_SOURCE

#include "fedval/ldns.h"

#include "base/error.h"
#include "base/versioned.h"
#include "channels.h"
#include "message.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define TICK_MS 100 /* how often c-ares is let repeat what was not answered */
#define DEFAULT_RETRY_MS 400
#define MAX_RETRY_MS 60000

/* The question; after SERVFAIL the same with checking disabled; and when that is answered the
 * question once more: a server that fails now and then is no sign of failed validation. */
enum phase { PHASE_PLAIN, PHASE_CHECKING_DISABLED, PHASE_AGAIN };

typedef struct net_resolver net_resolver;

typedef struct dns_ask {
    net_resolver *resolver;
    uint64_t ticket;
    fedval_fact *fact; /* NULL: given up; the ask only waits for c-ares to let go of it */
    int64_t deadline;
    fv_channel *channel;
    fv_dns_query query;
    enum phase phase;
    unsigned aliases;
    bool all_ad; /* every answer so far bore AD */
    struct dns_ask *next, *prev;
} dns_ask;

struct net_resolver {
    fv_channels pool;
    uint32_t trust_ad;
    char *source;
    dns_ask *asks;
    int64_t next_tick;
};

/* ---- the life of an ask ---- */

static void link_ask(net_resolver *resolver, dns_ask *ask)
{
    ask->next = resolver->asks;
    if (ask->next != NULL)
        ask->next->prev = ask;
    resolver->asks = ask;
}

static void free_ask(dns_ask *ask)
{
    if (ask->prev != NULL)
        ask->prev->next = ask->next;
    else
        ask->resolver->asks = ask->next;
    if (ask->next != NULL)
        ask->next->prev = ask->prev;
    free(ask);
}

static uint32_t dnssec_of(const dns_ask *ask, uint32_t outcome)
{
    if (ask->resolver->trust_ad == 0 || outcome > FEDVAL_OUTCOME_NXDOMAIN)
        return FEDVAL_DNSSEC_UNKNOWN;
    return ask->all_ad ? FEDVAL_DNSSEC_SECURE : FEDVAL_DNSSEC_INSECURE;
}

/* Fills the fact and reports it; where memory is short nothing was learnt, and it has no outcome.
 * The ask is left to its owner. */
static void conclude(dns_ask *ask, uint32_t outcome, uint32_t dnssec, const char *detail)
{
    const fedval_port_events *events = ask->resolver->pool.events;
    fedval_fact *fact = ask->fact;
    ask->fact = NULL;
    if (fact == NULL || events == NULL)
        return;
    fedval_status status = fedval_fact_set_source(fact, ask->resolver->source, FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK && detail != NULL)
        status = fedval_fact_set_detail(fact, detail, FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_dnssec(fact, dnssec);
    if (status == FEDVAL_OK && outcome != 0)
        (void)fedval_fact_set_outcome(fact, outcome);
    events->done(ask->ticket, events->user);
}

/* What to say when nothing more will come: a server that failed before is not silent. */
static void give_up(dns_ask *ask, uint32_t outcome, const char *detail)
{
    if (ask->phase != PHASE_PLAIN)
        outcome = FEDVAL_OUTCOME_SERVFAIL, detail = NULL;
    conclude(ask, outcome, FEDVAL_DNSSEC_UNKNOWN, detail);
}

/* ---- sending and receiving ---- */

static bool id_is_taken(const net_resolver *resolver, uint16_t id)
{
    const dns_ask *ask = resolver->asks;
    while (ask != NULL && ask->query.id != id)
        ask = ask->next;
    return ask != NULL;
}

/* RFC 5452 9.2: an unpredictable id. With thousands under way one may come twice: the question
 * tells them apart. */
static bool draw_id(const net_resolver *resolver, uint16_t *out)
{
    uint16_t id;
    for (int i = 0; i < 8; i++) {
        if (getrandom(&id, sizeof(id), 0) != (ssize_t)sizeof(id))
            return false;
        if (!id_is_taken(resolver, id))
            break;
    }
    *out = id;
    return true;
}

static void on_answer(void *arg, int status, int timeouts, unsigned char *data, int len);

static fedval_status send_ask(dns_ask *ask)
{
    uint8_t packet[FV_DNS_MAX_QUERY];
    ask->query.want_ad = ask->resolver->trust_ad != 0;
    ask->query.checking_disabled = ask->phase == PHASE_CHECKING_DISABLED;
    if (!draw_id(ask->resolver, &ask->query.id))
        return FEDVAL_ERROR_SYSTEM;
    fedval_status status = fv_channels_take(&ask->resolver->pool, &ask->channel);
    if (status != FEDVAL_OK)
        return status;
    size_t len = fv_dns_query_write(&ask->query, packet);
    ask->channel->num_asks++;
    ares_send(ask->channel->ares, packet, (int)len, on_answer, ask);
    return FEDVAL_OK; /* on_answer may have been called: the ask may be gone */
}

/* One more question for the same ask; when it cannot be sent the ask ends. */
static void send_again(dns_ask *ask)
{
    if (send_ask(ask) == FEDVAL_OK)
        return;
    give_up(ask, FEDVAL_OUTCOME_UNREACHABLE, "the question could not be sent");
    free_ask(ask);
}

static void move_on(dns_ask *ask, enum phase phase)
{
    ask->phase = phase;
    send_again(ask);
}

/* A server that does not know EDNS (RFC 6891 7). */
static bool dislikes_edns(const dns_ask *ask, const fv_dns_answer *answer)
{
    return !ask->query.no_edns && (answer->rcode == LDNS_RCODE_FORMERR || answer->rcode == 16 ||
                                   answer->rcode == LDNS_RCODE_NOTIMPL);
}

/* The answer with checking disabled is not used: it says only whether there is one. */
static void handle_unchecked(dns_ask *ask, const fv_dns_answer *answer)
{
    if (answer->rcode == LDNS_RCODE_NOERROR || answer->rcode == LDNS_RCODE_NXDOMAIN) {
        move_on(ask, PHASE_AGAIN);
        return;
    }
    conclude(ask, FEDVAL_OUTCOME_SERVFAIL, FEDVAL_DNSSEC_UNKNOWN, NULL);
    free_ask(ask);
}

static void handle_servfail(dns_ask *ask)
{
    if (ask->phase == PHASE_PLAIN) {
        move_on(ask, PHASE_CHECKING_DISABLED);
        return;
    }
    conclude(ask, FEDVAL_OUTCOME_SERVFAIL, FEDVAL_DNSSEC_BOGUS,
             "the resolver answers only with DNSSEC checking disabled (CD)");
    free_ask(ask);
}

static void handle_answer(dns_ask *ask, const fv_dns_answer *answer)
{
    if (dislikes_edns(ask, answer)) {
        ask->query.no_edns = true;
        send_again(ask);
    } else if (ask->phase == PHASE_CHECKING_DISABLED) {
        handle_unchecked(ask, answer);
    } else if (answer->rcode == LDNS_RCODE_SERVFAIL) {
        handle_servfail(ask);
    } else if (answer->outcome == 0) {
        ask->all_ad = ask->all_ad && answer->ad;
        ask->aliases = answer->aliases;
        ask->query.name = answer->next;
        move_on(ask, PHASE_PLAIN);
    } else {
        ask->all_ad = ask->all_ad && answer->ad;
        conclude(ask, answer->outcome, dnssec_of(ask, answer->outcome), answer->detail);
        free_ask(ask);
    }
}

/* The answer with checking disabled is read into a fact of its own, so that its records do not
 * come into the real one. */
static fedval_status read_answer(dns_ask *ask, const uint8_t *data, size_t len,
                                 fv_dns_answer *answer)
{
    fedval_fact *aside = NULL;
    if (ask->phase != PHASE_CHECKING_DISABLED)
        return fv_dns_answer_read(data, len, &ask->query, ask->fact, answer);
    fedval_status status = fedval_fact_new(fedval_fact_get_question(ask->fact), &aside);
    if (status == FEDVAL_OK)
        status = fv_dns_answer_read(data, len, &ask->query, aside, answer);
    fedval_fact_free(aside);
    return status;
}

static void on_answer(void *arg, int result, int timeouts, unsigned char *data, int len)
{
    (void)timeouts;
    dns_ask *ask = arg;
    ask->channel->num_asks--;
    if (ask->fact == NULL || result == ARES_EDESTRUCTION || result == ARES_ECANCELLED) {
        free_ask(ask);
        return;
    }
    fv_dns_answer answer = {.aliases = ask->aliases};
    fedval_status status = result == ARES_ENOMEM ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
    if (result == ARES_SUCCESS && len > 0) {
        status = read_answer(ask, data, (size_t)len, &answer);
        if (status == FEDVAL_OK) {
            handle_answer(ask, &answer);
            return;
        }
    }
    if (status != FEDVAL_OK)
        conclude(ask, 0, FEDVAL_DNSSEC_UNKNOWN, NULL);
    else if (result == ARES_ECONNREFUSED)
        give_up(ask, FEDVAL_OUTCOME_UNREACHABLE, "the DNS server cannot be contacted");
    else
        give_up(ask, FEDVAL_OUTCOME_TIMEOUT, NULL);
    free_ask(ask);
}

/* ---- the port ---- */

static fedval_status attach(const fedval_port_events *events, void *user)
{
    net_resolver *resolver = user;
    if (events == NULL)
        fv_channels_close(&resolver->pool); /* frees the asks */
    resolver->pool.events = events;
    return FEDVAL_OK;
}

static fedval_status start(uint64_t ticket, const fedval_question *question, int64_t now_ms,
                           int64_t deadline_ms, fedval_fact *fact, void *user)
{
    net_resolver *resolver = user;
    if (fedval_question_get_kind(question) != FEDVAL_QUESTION_DNS)
        return FEDVAL_ERROR_ARGUMENT;
    dns_ask *ask = calloc(1, sizeof(*ask));
    if (ask == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    ask->resolver = resolver;
    ask->ticket = ticket;
    ask->fact = fact;
    ask->deadline = deadline_ms;
    ask->all_ad = true;
    ask->query.type = (uint16_t)fedval_question_get_type(question);
    if (resolver->asks == NULL || resolver->next_tick > now_ms + TICK_MS)
        resolver->next_tick = now_ms + TICK_MS;
    link_ask(resolver, ask);
    fedval_status status = FEDVAL_ERROR_ARGUMENT;
    bool is_late = deadline_ms <= now_ms;
    if (is_late)
        give_up(ask, FEDVAL_OUTCOME_TIMEOUT, NULL); /* nothing is sent */
    else if (fv_dns_name_from_text(fedval_question_get_name(question), &ask->query.name))
        status = send_ask(ask);
    if (is_late || status != FEDVAL_OK)
        free_ask(ask);
    return is_late ? FEDVAL_OK : status;
}

static void ready(int32_t fd, uint32_t events, int64_t now_ms, void *user)
{
    (void)now_ms;
    net_resolver *resolver = user;
    fv_channels_ready(&resolver->pool, fd, events);
}

static int64_t next_deadline(void *user)
{
    const net_resolver *resolver = user;
    int64_t next = resolver->asks == NULL ? INT64_MAX : resolver->next_tick;
    for (const dns_ask *ask = resolver->asks; ask != NULL; ask = ask->next) {
        if (ask->fact != NULL && ask->deadline < next)
            next = ask->deadline;
    }
    return next;
}

/* Questions that were given up wait for c-ares to tire of them, which takes twelve seconds, and it
 * can only drop all of a channel's: those of a channel that has no others. */
static void drop_orphans(net_resolver *resolver)
{
    bool is_wanted[FV_MAX_CHANNELS] = {false};
    for (const dns_ask *ask = resolver->asks; ask != NULL; ask = ask->next)
        is_wanted[ask->channel - resolver->pool.channels] |= ask->fact != NULL;
    for (size_t i = 0; i < FV_MAX_CHANNELS; i++) {
        if (!is_wanted[i])
            fv_channels_drop(&resolver->pool.channels[i]);
    }
}

static void expire(int64_t now_ms, void *user)
{
    net_resolver *resolver = user;
    if (resolver->next_tick <= now_ms) {
        resolver->next_tick = now_ms + TICK_MS;
        fv_channels_tick(&resolver->pool);
        drop_orphans(resolver);
    }
    for (dns_ask *ask = resolver->asks; ask != NULL; ask = ask->next) {
        if (ask->fact != NULL && ask->deadline <= now_ms)
            give_up(ask, FEDVAL_OUTCOME_TIMEOUT, NULL);
    }
}

static void cancel(uint64_t ticket, void *user)
{
    net_resolver *resolver = user;
    for (dns_ask *ask = resolver->asks; ask != NULL; ask = ask->next) {
        if (ask->ticket == ticket)
            ask->fact = NULL;
    }
}

static void destroy(void *user)
{
    net_resolver *resolver = user;
    fv_channels_close(&resolver->pool);
    free(resolver->source);
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

/* ---- making one ---- */

static fedval_status set_up(net_resolver *resolver, fv_text address,
                            const fedval_ldns_options *options, fedval_error *error)
{
    resolver->trust_ad = options->trust_ad;
    resolver->pool.retry_ms = options->retry_ms == 0 ? DEFAULT_RETRY_MS : options->retry_ms;
    resolver->pool.use_system = address.data == NULL;
    if (address.data != NULL &&
        !fv_server_parse(address, &resolver->pool.address, &resolver->pool.port)) {
        fv_error_set_detail(error, "not the address of a DNS server, with or without a port",
                            address);
        return FEDVAL_ERROR_SYNTAX;
    }
    return fv_channels_describe(&resolver->pool, &resolver->source);
}

fedval_status fedval_ldns_resolver_new(const char *address, size_t address_len,
                                       const fedval_ldns_options *options, fedval_port **out_port,
                                       fedval_error *error)
{
    fedval_ldns_options choices = {.size = sizeof(choices)};
    fv_error_reset(error);
    if (out_port == NULL ||
        (options != NULL && !fv_versioned_copy(&choices, sizeof(choices), options)) ||
        choices.retry_ms > MAX_RETRY_MS || choices.trust_ad > 1)
        return FEDVAL_ERROR_ARGUMENT;
    net_resolver *resolver = calloc(1, sizeof(*resolver));
    if (resolver == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status = set_up(resolver, fv_text_given(address, address_len), &choices, error);
    if (status == FEDVAL_OK)
        status = fedval_port_new(&vtable, resolver, out_port);
    if (status != FEDVAL_OK)
        destroy(resolver);
    return status;
}
