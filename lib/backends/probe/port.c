#include "backends/probe/connection.h"
#include "base/grow.h"

#include <stdlib.h>
#include <string.h>

/* The prober behind fedval_port. The order of its connections has no meaning. */
typedef struct prober {
    fv_probe_engine engine;
    fedval_port_events events;
    bool attached;
    fv_connection **open;
    size_t num_open, capacity;
} prober;

static void forget(prober *self, size_t index)
{
    self->open[index] = self->open[--self->num_open];
}

static void drop(prober *self, fv_connection *connection)
{
    if (connection->io.fd >= 0 && self->attached)
        self->events.interest(connection->io.fd, 0, self->events.user);
    fv_connection_clear(connection);
    free(connection);
}

/* Fills the fact before it frees the connection. Nothing is touched after `done`, which may change
 * the prober. */
static void finish(prober *self, size_t index, uint32_t outcome)
{
    fv_connection *connection = self->open[index];
    uint64_t ticket = connection->ticket;
    /* If memory is short, the fact has no outcome: the driver of the port sees that. */
    (void)fv_connection_describe(connection, outcome);
    forget(self, index);
    drop(self, connection);
    self->events.done(ticket, self->events.user);
}

static bool make_room(prober *self)
{
    fv_connection **open =
        fv_grow(self->open, self->num_open + 1, &self->capacity, sizeof(fv_connection *));
    if (open == NULL)
        return false;
    self->open = open;
    return true;
}

static fedval_status attach(const fedval_port_events *events, void *user)
{
    prober *self = user;
    if (events == NULL) {
        while (self->num_open > 0)
            drop(self, self->open[--self->num_open]);
        self->attached = false;
        return FEDVAL_OK;
    }
    if (self->attached)
        return FEDVAL_ERROR_STATE;
    self->events = *events;
    self->attached = true;
    return FEDVAL_OK;
}

/* Handles the progress of the connection at `index`: it is over, or connects again, or
 * waits. */
static void settle(prober *self, size_t index, uint32_t outcome, uint32_t wanted, int64_t now_ms)
{
    fv_connection *connection = self->open[index];
    if (outcome == FV_CONNECTION_AGAIN) {
        self->events.interest(connection->io.fd, 0, self->events.user);
        outcome = fv_connection_restart(connection, now_ms, &wanted);
    }
    if (outcome != 0)
        finish(self, index, outcome);
    else if (connection->io.fd >= 0)
        self->events.interest(connection->io.fd, wanted, self->events.user);
}

static fedval_status start(uint64_t ticket, const fedval_question *question, int64_t now_ms,
                           int64_t deadline_ms, fedval_fact *fact, void *user)
{
    prober *self = user;
    uint32_t wanted = 0;
    fv_connection *connection;
    if (!self->attached)
        return FEDVAL_ERROR_STATE;
    if (fedval_question_get_kind(question) != FEDVAL_QUESTION_PROBE)
        return FEDVAL_ERROR_ARGUMENT;
    if (!make_room(self) || (connection = calloc(1, sizeof(*connection))) == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    connection->engine = &self->engine;
    connection->ticket = ticket;
    connection->question = question;
    connection->fact = fact;
    connection->deadline_ms = deadline_ms;
    self->open[self->num_open++] = connection;
    uint32_t outcome = fv_connection_start(connection, now_ms, &wanted);
    settle(self, self->num_open - 1, outcome, wanted, now_ms);
    return FEDVAL_OK;
}

static void ready(int32_t fd, uint32_t events, int64_t now_ms, void *user)
{
    prober *self = user;
    (void)events;
    for (size_t i = 0; i < self->num_open; i++) {
        uint32_t wanted = 0;
        if (self->open[i]->io.fd != fd)
            continue;
        uint32_t outcome = fv_connection_advance(self->open[i], now_ms, &wanted);
        settle(self, i, outcome, wanted, now_ms);
        return;
    }
}

static int64_t next_deadline(void *user)
{
    const prober *self = user;
    int64_t first = INT64_MAX;
    for (size_t i = 0; i < self->num_open; i++) {
        int64_t deadline = fv_connection_deadline(self->open[i]);
        if (deadline < first)
            first = deadline;
    }
    return first;
}

/* A phase that expired may go on with the same socket; then it waits for the same events. */
static void expire_one(prober *self, size_t index, int64_t now_ms)
{
    uint32_t wanted = 0;
    int fd = self->open[index]->io.fd;
    uint32_t outcome = fv_connection_expire(self->open[index], now_ms, &wanted);
    if (outcome != 0 || self->open[index]->io.fd != fd)
        settle(self, index, outcome, wanted, now_ms);
}

static void expire(int64_t now_ms, void *user)
{
    prober *self = user;
    for (size_t i = self->num_open; i-- > 0;) {
        if (i < self->num_open && fv_connection_deadline(self->open[i]) <= now_ms)
            expire_one(self, i, now_ms);
    }
}

static void cancel(uint64_t ticket, void *user)
{
    prober *self = user;
    for (size_t i = 0; i < self->num_open; i++) {
        if (self->open[i]->ticket != ticket)
            continue;
        fv_connection *connection = self->open[i];
        forget(self, i);
        drop(self, connection);
        return;
    }
}

static void destroy(void *user)
{
    prober *self = user;
    (void)attach(NULL, self);
    if (self->engine.destroy != NULL)
        self->engine.destroy(self->engine.user);
    free(self->open);
    free(self);
}

fedval_status fv_probe_port_new(const fv_probe_engine *engine, fedval_port **out_port)
{
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
    prober *self = calloc(1, sizeof(*self));
    if (self == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    self->engine = *engine;
    fedval_status status = fedval_port_new(&vtable, self, out_port);
    if (status != FEDVAL_OK)
        free(self);
    return status;
}
