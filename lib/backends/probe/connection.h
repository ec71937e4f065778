/* One probe under way: connect, handshake, first read, and the fact that comes of it. */
#ifndef FV_BACKENDS_PROBE_CONNECTION_H
#define FV_BACKENDS_PROBE_CONNECTION_H

#include "backends/probe/io.h"
#include "backends/probe/sip.h"
#include "base/address.h"

typedef enum fv_phase {
    FV_PHASE_WAIT, /* this machine lacks a descriptor or a port: tried again in a moment */
    FV_PHASE_CONNECT,
    FV_PHASE_HANDSHAKE,
    FV_PHASE_FIRST_READ, /* TLS 1.3: is the client refused? */
    FV_PHASE_DRAIN, /* the library gave up: the rest of the server's flight is read for its chain */
    FV_PHASE_HELLO, /* a silent server is sent a ClientHello that holds an empty line */
    FV_PHASE_OPTIONS, /* one SIP request inside TLS */
} fv_phase;

typedef struct fv_connection {
    fv_probe_io io;
    const fv_probe_engine *engine;
    void *tls;
    uint64_t ticket;
    const fedval_question *question;
    fedval_fact *fact;
    fv_address address;
    fv_phase phase;
    fv_step failure;     /* how the library's handshake ended; DONE: it did not fail */
    bool is_narrow;      /* the second try, with a narrower offer */
    bool is_plain;       /* the second try, without a TLS library: is this a server of text? */
    int64_t deadline_ms; /* of the question */
    int64_t phase_deadline_ms; /* INT64_MAX, or when the phase ends early */
    fv_sip_exchange *sip;      /* NULL: none is wanted */
} fv_connection;

/* No outcome: another connection to the same server, with another offer, is wanted. */
#define FV_CONNECTION_AGAIN UINT32_MAX

/* Begins; 0 while under way (FEDVAL_IO_ events wanted in *out_events), else the outcome. */
uint32_t fv_connection_start(fv_connection *connection, int64_t now_ms, uint32_t *out_events);
/* Goes on after an event; results as above, or FV_CONNECTION_AGAIN. */
uint32_t fv_connection_advance(fv_connection *connection, int64_t now_ms, uint32_t *out_events);
/* When a deadline has passed; results as for advance. */
uint32_t fv_connection_expire(fv_connection *connection, int64_t now_ms, uint32_t *out_events);
int64_t fv_connection_deadline(const fv_connection *connection);
/* After FV_CONNECTION_AGAIN, once nobody watches the old socket; results as for start. */
uint32_t fv_connection_restart(fv_connection *connection, int64_t now_ms, uint32_t *out_events);
/* Closes the socket and frees what hangs on it. */
void fv_connection_clear(fv_connection *connection);

/* ---- describe.c ---- */

/* The number of the fatal alert received; -1: none. */
int32_t fv_connection_alert(const fv_connection *connection);
/* Was a client certificate requested? 1, 0, or -1 when it is not known. */
int32_t fv_connection_was_asked(const fv_connection *connection);
/* What it means that the handshake did not succeed: a FEDVAL_OUTCOME_. */
uint32_t fv_connection_failure(const fv_connection *connection);
/* Writes what was observed into the fact; after an error it has no outcome. */
fedval_status fv_connection_describe(fv_connection *connection, uint32_t outcome);

#endif
