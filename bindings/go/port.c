#include "port.h"

#include "_cgo_export.h"

static fedval_status attach(const fedval_port_events *events, void *user)
{
    return goPortAttach((uintptr_t)user, (fedval_port_events *)events);
}

static fedval_status start(uint64_t ticket, const fedval_question *question, int64_t now_ms,
                           int64_t deadline_ms, fedval_fact *fact, void *user)
{
    return goPortStart((uintptr_t)user, ticket, (fedval_question *)question, now_ms, deadline_ms,
                       fact);
}

static void ready(int32_t fd, uint32_t events, int64_t now_ms, void *user)
{
    (void)events, (void)now_ms;
    goPortReady((uintptr_t)user, fd);
}

static int64_t next_deadline(void *user)
{
    return goPortNextDeadline((uintptr_t)user);
}

static void expire(int64_t now_ms, void *user)
{
    goPortExpire((uintptr_t)user, now_ms);
}

static void cancel(uint64_t ticket, void *user)
{
    goPortCancel((uintptr_t)user, ticket);
}

static void destroy(void *user)
{
    goPortDestroy((uintptr_t)user);
}

fedval_port *fedval_go_port_new(uintptr_t handle)
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
    fedval_port *port = NULL;
    /* The handle is a number that stands for the Go value: no pointer of Go is kept. */
    return fedval_port_new(&vtable, (void *)handle, &port) == FEDVAL_OK ? port : NULL;
}

static void session_ended(uint64_t id, fedval_evidence *evidence, fedval_status status, void *user)
{
    (void)id;
    goSessionEnded(evidence, status, (uintptr_t)user);
}

fedval_status fedval_go_runner_add(fedval_runner *runner, fedval_session *session, uintptr_t handle,
                                   uint64_t *out_id)
{
    return fedval_runner_add(runner, session, session_ended, (void *)handle, out_id);
}

void fedval_go_interest(const fedval_port_events *events, int32_t fd, uint32_t wanted)
{
    events->interest(fd, wanted, events->user);
}

void fedval_go_done(const fedval_port_events *events, uint64_t ticket)
{
    events->done(ticket, events->user);
}

static int64_t now(void *user)
{
    (void)user;
    return goNow();
}

fedval_status fedval_go_set_clock(fedval_runner *runner)
{
    return fedval_runner_set_clock(runner, now, NULL);
}
