/* A port that plays back saved evidence. */
#include "base/text.h"
#include "fedval/files.h"

#include <stdlib.h>

typedef struct replay {
    const fedval_evidence *evidence;
    fedval_port_events events;
} replay;

/* ---- finding the fact ---- */

static bool is_same(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return fv_text_equal_nocase(fv_text_of(a), fv_text_of(b));
}

static bool answers_dns(const fedval_question *saved, const fedval_question *asked)
{
    return fedval_question_get_type(saved) == fedval_question_get_type(asked) &&
           fedval_question_get_view(saved) == fedval_question_get_view(asked) &&
           is_same(fedval_question_get_name(saved), fedval_question_get_name(asked));
}

/* A chain from a file has no address and may have no port. Without an address it answers for every
 * address, without a port for every port. */
static bool answers_probe(const fedval_question *saved, const fedval_question *asked)
{
    const char *address = fedval_question_get_address(saved);
    uint16_t port = fedval_question_get_port(saved);
    return is_same(fedval_question_get_host(saved), fedval_question_get_host(asked)) &&
           (address == NULL || is_same(address, fedval_question_get_address(asked))) &&
           (port == 0 || port == fedval_question_get_port(asked));
}

static bool answers(const fedval_fact *fact, const fedval_question *asked)
{
    const fedval_question *saved = fedval_fact_get_question(fact);
    if (fedval_question_get_kind(saved) != fedval_question_get_kind(asked))
        return false;
    if (fedval_question_get_kind(saved) == FEDVAL_QUESTION_DNS)
        return answers_dns(saved, asked);
    return fedval_question_get_role(saved) == fedval_question_get_role(asked) &&
           fedval_question_get_look(saved) == fedval_question_get_look(asked) &&
           answers_probe(saved, asked);
}

/* How closely a saved question that answers matches. One with an address is closest, then one with
 * a port. */
static int closeness(const fedval_question *saved)
{
    return (fedval_question_get_address(saved) != NULL ? 2 : 0) +
           (fedval_question_get_port(saved) != 0 ? 1 : 0);
}

static const fedval_fact *find(const fedval_evidence *evidence, const fedval_question *asked)
{
    const fedval_fact *found = NULL;
    int best = -1;
    for (size_t i = 0; i < fedval_evidence_count_facts(evidence); i++) {
        const fedval_fact *fact = fedval_evidence_get_fact(evidence, i);
        int close = closeness(fedval_fact_get_question(fact));
        if (close <= best || !answers(fact, asked))
            continue;
        best = close;
        found = fact;
    }
    return found;
}

/* ---- copying it ---- */

static fedval_status copy_record(const fedval_fact *from, size_t i, fedval_fact *to)
{
    const char *owner = fedval_fact_get_record_owner(from, i);
    const char *data = fedval_fact_get_record_data(from, i);
    uint32_t ttl = fedval_fact_get_record_ttl(from, i);
    switch (fedval_fact_get_record_type(from, i)) {
    case FEDVAL_TYPE_SRV:
        return fedval_fact_append_srv(to, owner, FEDVAL_NUL_ENDED, ttl,
                                      fedval_fact_get_record_priority(from, i),
                                      fedval_fact_get_record_weight(from, i),
                                      fedval_fact_get_record_port(from, i), data, FEDVAL_NUL_ENDED);
    case FEDVAL_TYPE_CNAME:
        return fedval_fact_append_cname(to, owner, FEDVAL_NUL_ENDED, ttl, data, FEDVAL_NUL_ENDED);
    default:
        return fedval_fact_append_address(to, owner, FEDVAL_NUL_ENDED, ttl, data, FEDVAL_NUL_ENDED);
    }
}

static fedval_status copy_dns(const fedval_fact *from, fedval_fact *to)
{
    fedval_status status = fedval_fact_set_dnssec(to, fedval_fact_get_dnssec(from));
    if (status == FEDVAL_OK && fedval_fact_get_ede(from) >= 0) {
        status = fedval_fact_set_ede(to, (uint16_t)fedval_fact_get_ede(from),
                                     fedval_fact_get_ede_text(from), FEDVAL_NUL_ENDED);
    }
    for (size_t i = 0; status == FEDVAL_OK && i < fedval_fact_count_records(from); i++)
        status = copy_record(from, i, to);
    return status;
}

/* Everything that a handshake shows apart from the certificate chain. */
static fedval_status copy_handshake(const fedval_fact *from, fedval_fact *to)
{
    size_t len;
    const uint8_t *ocsp = fedval_fact_get_ocsp(from, &len);
    const char *banner = fedval_fact_get_banner(from);
    fedval_status status =
        fedval_fact_set_key_exchange(to, fedval_fact_get_tls_group(from), FEDVAL_NUL_ENDED,
                                     fedval_fact_get_tls_signature(from), FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK && ocsp != NULL)
        status = fedval_fact_set_ocsp(to, ocsp, len);
    if (status == FEDVAL_OK && banner != NULL)
        status = fedval_fact_set_banner(to, banner, FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK && fedval_fact_get_sip_status(from) != 0) {
        status = fedval_fact_set_sip(to, fedval_fact_get_sip_status(from),
                                     fedval_fact_get_sip_server(from), FEDVAL_NUL_ENDED);
    }
    for (size_t i = 0; status == FEDVAL_OK && i < fedval_fact_count_client_cas(from); i++) {
        const uint8_t *der = fedval_fact_get_client_ca(from, i, &len);
        status = fedval_fact_append_client_ca(to, der, len);
    }
    return status;
}

static fedval_status copy_probe(const fedval_fact *from, fedval_fact *to)
{
    int32_t alert = fedval_fact_get_alert(from);
    fedval_status status =
        fedval_fact_set_tls(to, fedval_fact_get_tls_version(from), FEDVAL_NUL_ENDED,
                            fedval_fact_get_tls_cipher(from), FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK && alert >= 0)
        status = fedval_fact_set_alert(to, (uint8_t)alert);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_client_certificate(to, fedval_fact_get_client_certificate(from));
    if (status == FEDVAL_OK)
        status = fedval_fact_set_chain_complete(to, fedval_fact_get_chain_complete(from));
    for (size_t i = 0; status == FEDVAL_OK && i < fedval_fact_count_certificates(from); i++) {
        size_t len;
        const uint8_t *der = fedval_fact_get_certificate(from, i, &len);
        status = fedval_fact_append_certificate(to, der, len);
    }
    return status == FEDVAL_OK ? copy_handshake(from, to) : status;
}

static fedval_status copy_fact(const fedval_fact *from, fedval_fact *to)
{
    const char *source = fedval_fact_get_source(from), *detail = fedval_fact_get_detail(from);
    bool is_dns = fedval_question_get_kind(fedval_fact_get_question(from)) == FEDVAL_QUESTION_DNS;
    uint32_t outcome = fedval_fact_get_outcome(from);
    fedval_status status = is_dns ? copy_dns(from, to) : copy_probe(from, to);
    if (status == FEDVAL_OK && outcome != 0)
        status = fedval_fact_set_outcome(to, outcome);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_time(to, fedval_fact_get_time(from));
    if (status == FEDVAL_OK && source != NULL)
        status = fedval_fact_set_source(to, source, FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK && detail != NULL)
        status = fedval_fact_set_detail(to, detail, FEDVAL_NUL_ENDED);
    return status;
}

/* ---- the port ---- */

static fedval_status fetch(const fedval_question *question, int64_t timeout_ms, fedval_fact *fact,
                           void *user)
{
    const replay *port = user;
    (void)timeout_ms;
    const fedval_fact *found = find(port->evidence, question);
    return found == NULL ? FEDVAL_ERROR_NOT_FOUND : copy_fact(found, fact);
}

static fedval_status attach(const fedval_port_events *events, void *user)
{
    replay *port = user;
    port->events = events == NULL ? (fedval_port_events){0} : *events;
    return FEDVAL_OK;
}

static fedval_status start(uint64_t ticket, const fedval_question *question, int64_t now_ms,
                           int64_t deadline_ms, fedval_fact *fact, void *user)
{
    replay *port = user;
    (void)now_ms;
    fedval_status status = fetch(question, deadline_ms, fact, user);
    if (status == FEDVAL_OK)
        port->events.done(ticket, port->events.user);
    return status;
}

/* Every answer is given at once, so there is never a question under way. */
static void ready(int32_t fd, uint32_t events, int64_t now_ms, void *user)
{
    (void)fd;
    (void)events;
    (void)now_ms;
    (void)user;
}

static int64_t next_deadline(void *user)
{
    (void)user;
    return INT64_MAX;
}

static void expire(int64_t now_ms, void *user)
{
    (void)now_ms;
    (void)user;
}

static void cancel(uint64_t ticket, void *user)
{
    (void)ticket;
    (void)user;
}

fedval_status fedval_replay_new(const fedval_evidence *evidence, fedval_port **out_port)
{
    static const fedval_port_vtable vtable = {
        .size = sizeof(vtable),
        .fetch = fetch,
        .attach = attach,
        .start = start,
        .ready = ready,
        .next_deadline = next_deadline,
        .expire = expire,
        .cancel = cancel,
        .destroy = free,
    };
    if (evidence == NULL || out_port == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    replay *port = calloc(1, sizeof(*port));
    if (port == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    port->evidence = evidence;
    fedval_status status = fedval_port_new(&vtable, port, out_port);
    if (status != FEDVAL_OK)
        free(port);
    return status;
}
