/* One probe under way: connect, handshake, first read, and the fact with the result. */
#ifndef FV_BACKENDS_PROBE_CONNECTION_H
#define FV_BACKENDS_PROBE_CONNECTION_H

#include "backends/probe/io.h"
#include "backends/probe/sip.h"
#include "base/address.h"

typedef enum fv_phase {
    FV_PHASE_WAIT, /* this machine lacks a descriptor or a port; tries again shortly */
    FV_PHASE_CONNECT,
    FV_PHASE_HANDSHAKE,
    FV_PHASE_FIRST_READ, /* TLS 1.3: is the client refused? */
    FV_PHASE_LISTEN,     /* does the server speak first inside TLS? */
    FV_PHASE_DRAIN,   /* the library gave up; reads the rest of the server's flight for the chain */
    FV_PHASE_BANNER,  /* no TLS: reads the rest of the first line */
    FV_PHASE_HELLO,   /* a silent server gets a ClientHello that contains an empty line */
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
    fv_progress failure;       /* how the library's handshake failed; DONE if it did not */
    bool is_narrow;            /* a further try, with a narrower offer */
    bool is_plain;             /* a further try, without TLS: is it a text server? */
    bool is_up;                /* the handshake is complete */
    int64_t began_ms, way_ms;  /* when it was begun, and how long the way there and back takes */
    int64_t deadline_ms;       /* of the question */
    int64_t phase_deadline_ms; /* INT64_MAX, or when the phase ends early */
    fv_sip_exchange *sip;      /* what is said inside TLS; NULL: nothing yet */
} fv_connection;

/* No outcome: connect to the same server again, with another offer. */
#define FV_CONNECTION_AGAIN UINT32_MAX

/* Begins. Returns 0 while under way, with the FEDVAL_IO_ events to wait for in `*out_events`; else
 * the outcome. */
uint32_t fv_connection_start(fv_connection *connection, int64_t now_ms, uint32_t *out_events);
/* Goes on after an event. Returns the same, or FV_CONNECTION_AGAIN. */
uint32_t fv_connection_advance(fv_connection *connection, int64_t now_ms, uint32_t *out_events);
/* Goes on after a deadline has passed. Returns the same as fv_connection_advance. */
uint32_t fv_connection_expire(fv_connection *connection, int64_t now_ms, uint32_t *out_events);
int64_t fv_connection_deadline(const fv_connection *connection);
/* Connects again after FV_CONNECTION_AGAIN. Nobody may watch the old socket any more. Returns the
 * same as fv_connection_start. */
uint32_t fv_connection_restart(fv_connection *connection, int64_t now_ms, uint32_t *out_events);
/* Closes the socket and frees everything that belongs to the connection. */
void fv_connection_clear(fv_connection *connection);

/* ---- describe.c ---- */

/* Returns 1 if a client certificate was requested, 0 if not, -1 if it is not known. */
int32_t fv_connection_was_asked(const fv_connection *connection);
/* Returns the FEDVAL_OUTCOME_ for a handshake that failed. */
uint32_t fv_connection_failure(const fv_connection *connection);
/* Writes the observations into the fact. After an error the fact has no outcome. */
fedval_status fv_connection_describe(fv_connection *connection, uint32_t outcome);

#endif
