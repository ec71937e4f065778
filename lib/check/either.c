/* A port made of two others. It asks `first`; if `first` returns NOT_FOUND, it asks `second`. */
#include "check/port.h"

#include <stdlib.h>

typedef struct either {
    fedval_port *first, *second; /* owned */
} either;

static fedval_status fetch(const fedval_question *question, int64_t timeout_ms, fedval_fact *fact,
                           void *user)
{
    either *both = user;
    fedval_status status = fedval_port_fetch(both->first, question, timeout_ms, fact);
    if (status != FEDVAL_ERROR_NOT_FOUND)
        return status;
    return fedval_port_fetch(both->second, question, timeout_ms, fact);
}

static fedval_status attach(const fedval_port_events *events, void *user)
{
    either *both = user;
    fedval_status status = fedval_port_attach(both->first, events);
    if (status != FEDVAL_OK)
        return status;
    status = fedval_port_attach(both->second, events);
    if (status != FEDVAL_OK)
        fedval_port_attach(both->first, NULL);
    return status;
}

static fedval_status start(uint64_t ticket, const fedval_question *question, int64_t now_ms,
                           int64_t deadline_ms, fedval_fact *fact, void *user)
{
    either *both = user;
    fedval_status status =
        fedval_port_start(both->first, ticket, question, now_ms, deadline_ms, fact);
    if (status != FEDVAL_ERROR_NOT_FOUND)
        return status;
    return fedval_port_start(both->second, ticket, question, now_ms, deadline_ms, fact);
}

/* Both ports get the call: each ignores descriptors and tickets that are not its own. */
static void ready(int32_t fd, uint32_t events, int64_t now_ms, void *user)
{
    either *both = user;
    fedval_port_ready(both->first, fd, events, now_ms);
    fedval_port_ready(both->second, fd, events, now_ms);
}

static int64_t next_deadline(void *user)
{
    either *both = user;
    int64_t first = fedval_port_next_deadline_ms(both->first);
    int64_t second = fedval_port_next_deadline_ms(both->second);
    return first < second ? first : second;
}

static void expire(int64_t now_ms, void *user)
{
    either *both = user;
    fedval_port_expire(both->first, now_ms);
    fedval_port_expire(both->second, now_ms);
}

static void cancel(uint64_t ticket, void *user)
{
    either *both = user;
    fedval_port_cancel(both->first, ticket);
    fedval_port_cancel(both->second, ticket);
}

static void destroy(void *user)
{
    either *both = user;
    fedval_port_free(both->first);
    fedval_port_free(both->second);
    free(both);
}

static const fedval_port_vtable simple_face = {
    .size = sizeof(simple_face), .fetch = fetch, .destroy = destroy};

static const fedval_port_vtable event_face = {
    .size = sizeof(event_face),
    .attach = attach,
    .start = start,
    .ready = ready,
    .next_deadline = next_deadline,
    .expire = expire,
    .cancel = cancel,
    .destroy = destroy,
};

fedval_status fedval_port_new_either(fedval_port *first, fedval_port *second,
                                     fedval_port **out_port)
{
    if (first == NULL || second == NULL || first == second || out_port == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    uint32_t face = fv_port_common_face(first, second);
    if (face == FV_FACE_NONE)
        return FEDVAL_ERROR_ARGUMENT;
    either *both = calloc(1, sizeof(*both));
    if (both == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    both->first = first;
    both->second = second;
    fedval_status status =
        fedval_port_new(face == FV_FACE_EVENTS ? &event_face : &simple_face, both, out_port);
    if (status != FEDVAL_OK)
        free(both);
    return status;
}
