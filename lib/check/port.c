#include "check/port.h"

#include "base/code.h"
#include "base/error.h"
#include "base/versioned.h"

#include <stdlib.h>

static const fv_code events_of_io[] = {
    {FEDVAL_IO_READ, "read"},
    {FEDVAL_IO_WRITE, "write"},
};

FV_CODE_FUNCTIONS(io, events_of_io)

static bool has_functions_of_events(const fedval_port_vtable *vtable)
{
    return vtable->attach != NULL && vtable->start != NULL && vtable->ready != NULL &&
           vtable->next_deadline != NULL && vtable->expire != NULL && vtable->cancel != NULL;
}

static bool has_events(const fedval_port_vtable *vtable)
{
    return vtable->answers_at_once != 0 || has_functions_of_events(vtable);
}

/* A port that answers at once leaves the event-driven face to this file. */
static bool is_complete(const fedval_port_vtable *vtable)
{
    if (vtable->answers_at_once == 0)
        return vtable->fetch != NULL || has_functions_of_events(vtable);
    return vtable->answers_at_once == 1 && vtable->fetch != NULL && vtable->attach == NULL &&
           vtable->start == NULL && vtable->ready == NULL && vtable->next_deadline == NULL &&
           vtable->expire == NULL && vtable->cancel == NULL;
}

fedval_status fedval_port_new(const fedval_port_vtable *vtable, void *user, fedval_port **out_port)
{
    fedval_port_vtable copy;
    if (vtable == NULL || out_port == NULL || !fv_versioned_copy(&copy, sizeof(copy), vtable))
        return FEDVAL_ERROR_ARGUMENT;
    if (!is_complete(&copy))
        return FEDVAL_ERROR_ARGUMENT;
    fedval_port *port = calloc(1, sizeof(*port));
    if (port == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    port->vtable = copy;
    port->user = user;
    *out_port = port;
    return FEDVAL_OK;
}

void fedval_port_free(fedval_port *port)
{
    if (port == NULL)
        return;
    fedval_port_attach(port, NULL);
    if (port->vtable.destroy != NULL)
        port->vtable.destroy(port->user);
    free(port);
}

uint32_t fedval_port_is_event_driven(const fedval_port *port)
{
    return port != NULL && has_events(&port->vtable);
}

uint32_t fv_port_common_face(const fedval_port *first, const fedval_port *second)
{
    if (has_events(&first->vtable) && has_events(&second->vtable))
        return FV_FACE_EVENTS;
    return first->vtable.fetch != NULL && second->vtable.fetch != NULL ? FV_FACE_SIMPLE
                                                                       : FV_FACE_NONE;
}

fedval_status fedval_port_fetch(fedval_port *port, const fedval_question *question,
                                int64_t timeout_ms, fedval_fact *fact)
{
    if (port == NULL || question == NULL || fact == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (port->vtable.fetch == NULL)
        return FEDVAL_ERROR_STATE;
    return fv_status_checked(port->vtable.fetch(question, timeout_ms, fact, port->user));
}

static fedval_status detach(fedval_port *port)
{
    if (!port->attached)
        return FEDVAL_OK;
    port->attached = false;
    if (port->vtable.answers_at_once != 0)
        return FEDVAL_OK;
    return fv_status_checked(port->vtable.attach(NULL, port->user));
}

fedval_status fedval_port_attach(fedval_port *port, const fedval_port_events *events)
{
    fedval_port_events copy;
    if (port == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (events == NULL)
        return detach(port);
    if (!fv_versioned_copy(&copy, sizeof(copy), events) || copy.interest == NULL ||
        copy.done == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!has_events(&port->vtable) || port->attached)
        return FEDVAL_ERROR_STATE;
    port->events = copy;
    if (port->vtable.answers_at_once != 0) {
        port->attached = true;
        return FEDVAL_OK;
    }
    fedval_status status = fv_status_checked(port->vtable.attach(&port->events, port->user));
    port->attached = status == FEDVAL_OK;
    return status;
}

static fedval_status answer_at_once(fedval_port *port, uint64_t ticket,
                                    const fedval_question *question, int64_t timeout_ms,
                                    fedval_fact *fact)
{
    fedval_status status = fedval_port_fetch(port, question, timeout_ms, fact);
    if (status == FEDVAL_OK)
        port->events.done(ticket, port->events.user);
    return status;
}

fedval_status fedval_port_start(fedval_port *port, uint64_t ticket, const fedval_question *question,
                                int64_t now_ms, int64_t deadline_ms, fedval_fact *fact)
{
    if (port == NULL || question == NULL || fact == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (!port->attached)
        return FEDVAL_ERROR_STATE;
    if (port->vtable.answers_at_once != 0)
        return answer_at_once(port, ticket, question, deadline_ms - now_ms, fact);
    return fv_status_checked(
        port->vtable.start(ticket, question, now_ms, deadline_ms, fact, port->user));
}

/* Whether a question can be under way: what answers at once never has one. */
static bool is_waiting(const fedval_port *port)
{
    return port != NULL && port->attached && port->vtable.answers_at_once == 0;
}

void fedval_port_ready(fedval_port *port, int32_t fd, uint32_t events, int64_t now_ms)
{
    if (is_waiting(port))
        port->vtable.ready(fd, events, now_ms, port->user);
}

int64_t fedval_port_next_deadline_ms(fedval_port *port)
{
    if (!is_waiting(port))
        return INT64_MAX;
    return port->vtable.next_deadline(port->user);
}

void fedval_port_expire(fedval_port *port, int64_t now_ms)
{
    if (is_waiting(port))
        port->vtable.expire(now_ms, port->user);
}

void fedval_port_cancel(fedval_port *port, uint64_t ticket)
{
    if (is_waiting(port))
        port->vtable.cancel(ticket, port->user);
}
