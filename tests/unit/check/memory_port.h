/* A resolver and prober out of a table, for tests of whatever drives ports. */
#ifndef MEMORY_PORT_H
#define MEMORY_PORT_H

#include "fedval/backend.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is said to one question. */
typedef struct memory_row {
    const char *question; /* "SRV name", "A name", "host address:port" */
    uint32_t outcome;     /* 0: this port has nothing on it */
    const char *data;     /* SRV: the target, at port 5061; A and AAAA: the address; an alias's
                             target where the outcome is SERVFAIL or NOT_ANSWERED; else NULL */
    int64_t delay_ms;     /* -1: never; then the port keeps its deadline only when it is punctual */
} memory_row;

typedef struct memory_ask {
    uint64_t ticket;
    fedval_fact *fact;
    const memory_row *row; /* NULL: free */
    int64_t due;
} memory_ask;

enum { MEMORY_ASKS = 64 };

typedef struct memory_port {
    const memory_row *rows;
    size_t num_rows;
    bool late;                 /* does not keep its deadlines */
    bool is_final;             /* says of each answer that asking again is of no use */
    fedval_status start_fails; /* what start returns, 0: it works */
    const fedval_port_events *events;
    memory_ask asks[MEMORY_ASKS];
    size_t num_open, most_open, num_started, num_cancelled;
} memory_port;

static inline void memory_write_question(const fedval_question *q, char *out, size_t out_size)
{
    if (fedval_question_get_kind(q) == FEDVAL_QUESTION_PROBE) {
        snprintf(out, out_size, "%s %s:%u", fedval_question_get_host(q),
                 fedval_question_get_address(q), (unsigned)fedval_question_get_port(q));
    } else {
        snprintf(out, out_size, "%s %s", fedval_type_to_string(fedval_question_get_type(q)),
                 fedval_question_get_name(q));
    }
}

static inline const memory_row *memory_find(const memory_port *port, const fedval_question *q)
{
    char text[600];
    memory_write_question(q, text, sizeof(text));
    for (size_t i = 0; i < port->num_rows; i++) {
        if (strcmp(port->rows[i].question, text) == 0)
            return &port->rows[i];
    }
    return NULL;
}

static inline fedval_status memory_fill(const memory_row *row, fedval_fact *fact, uint32_t outcome)
{
    const fedval_question *q = fedval_fact_get_question(fact);
    fedval_status status = FEDVAL_OK;
    if (outcome == FEDVAL_OUTCOME_ANSWER && fedval_question_get_type(q) == FEDVAL_TYPE_SRV) {
        status = fedval_fact_append_srv(fact, fedval_question_get_name(q), FEDVAL_NUL_ENDED, 60, 0,
                                        0, 5061, row->data, FEDVAL_NUL_ENDED);
    } else if (outcome == FEDVAL_OUTCOME_ANSWER) {
        status = fedval_fact_append_address(fact, fedval_question_get_name(q), FEDVAL_NUL_ENDED, 60,
                                            row->data, FEDVAL_NUL_ENDED);
    } else if ((outcome == FEDVAL_OUTCOME_SERVFAIL || outcome == FEDVAL_OUTCOME_NOT_ANSWERED) &&
               row->data != NULL) {
        status = fedval_fact_append_cname(fact, fedval_question_get_name(q), FEDVAL_NUL_ENDED, 60,
                                          row->data, FEDVAL_NUL_ENDED);
    }
    return status == FEDVAL_OK ? fedval_fact_set_outcome(fact, outcome) : status;
}

static inline fedval_status memory_fetch(const fedval_question *question, int64_t timeout_ms,
                                         fedval_fact *fact, void *user)
{
    memory_port *port = user;
    const memory_row *row = memory_find(port, question);
    port->num_started++;
    if (row == NULL || row->outcome == 0)
        return FEDVAL_ERROR_NOT_FOUND;
    bool in_time = row->delay_ms >= 0 && row->delay_ms <= timeout_ms;
    return memory_fill(row, fact, in_time ? row->outcome : (uint32_t)FEDVAL_OUTCOME_TIMEOUT);
}

static inline fedval_status memory_attach(const fedval_port_events *events, void *user)
{
    ((memory_port *)user)->events = events;
    return FEDVAL_OK;
}

static inline fedval_status memory_start(uint64_t ticket, const fedval_question *question,
                                         int64_t now_ms, int64_t deadline_ms, fedval_fact *fact,
                                         void *user)
{
    memory_port *port = user;
    const memory_row *row = memory_find(port, question);
    size_t place = 0;
    if (port->start_fails != FEDVAL_OK)
        return port->start_fails;
    port->num_started++;
    if (row == NULL || row->outcome == 0)
        return FEDVAL_ERROR_NOT_FOUND;
    if (row->delay_ms == 0) {
        fedval_status status = memory_fill(row, fact, row->outcome);
        if (status == FEDVAL_OK)
            port->events->done(ticket, port->events->user);
        return status;
    }
    while (place < MEMORY_ASKS && port->asks[place].row != NULL)
        place++;
    if (place == MEMORY_ASKS)
        abort();
    bool in_time = row->delay_ms > 0 && now_ms + row->delay_ms < deadline_ms;
    int64_t end = port->late ? INT64_MAX : deadline_ms;
    port->asks[place] = (memory_ask){ticket, fact, row, in_time ? now_ms + row->delay_ms : end};
    if (++port->num_open > port->most_open)
        port->most_open = port->num_open;
    return FEDVAL_OK;
}

static inline void memory_ready(int32_t fd, uint32_t events, int64_t now_ms, void *user)
{
    (void)fd, (void)events, (void)now_ms, (void)user;
}

static inline int64_t memory_next_deadline(void *user)
{
    const memory_port *port = user;
    int64_t next = INT64_MAX;
    for (size_t i = 0; i < MEMORY_ASKS; i++) {
        if (port->asks[i].row != NULL && port->asks[i].due < next)
            next = port->asks[i].due;
    }
    return next;
}

static inline void memory_expire(int64_t now_ms, void *user)
{
    memory_port *port = user;
    for (size_t i = 0; i < MEMORY_ASKS; i++) {
        memory_ask ask = port->asks[i];
        if (ask.row == NULL || ask.due > now_ms)
            continue;
        port->asks[i].row = NULL;
        port->num_open--;
        if (port->is_final)
            fedval_fact_set_final(ask.fact);
        memory_fill(ask.row, ask.fact,
                    ask.row->delay_ms < 0 ? (uint32_t)FEDVAL_OUTCOME_TIMEOUT : ask.row->outcome);
        port->events->done(ask.ticket, port->events->user);
    }
}

static inline void memory_cancel(uint64_t ticket, void *user)
{
    memory_port *port = user;
    for (size_t i = 0; i < MEMORY_ASKS; i++) {
        if (port->asks[i].row == NULL || port->asks[i].ticket != ticket)
            continue;
        port->asks[i].row = NULL;
        port->num_open--;
        port->num_cancelled++;
    }
}

static const fedval_port_vtable memory_simple = {.size = sizeof(memory_simple),
                                                 .fetch = memory_fetch};
static const fedval_port_vtable memory_driven = {.size = sizeof(memory_driven),
                                                 .attach = memory_attach,
                                                 .start = memory_start,
                                                 .ready = memory_ready,
                                                 .next_deadline = memory_next_deadline,
                                                 .expire = memory_expire,
                                                 .cancel = memory_cancel};

#endif
