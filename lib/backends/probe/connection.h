/* One probe under way: connect, handshake, first read, and the fact that comes of it. */
#ifndef FV_BACKENDS_PROBE_CONNECTION_H
#define FV_BACKENDS_PROBE_CONNECTION_H

#include "backends/probe/engine.h"
#include "backends/probe/tee.h"
#include "base/address.h"

struct fv_probe_io {
    int fd;
    fv_tls_tee tee;
    int32_t broken; /* 0, FV_IO_CLOSED or FV_IO_RESET */
};

typedef enum fv_phase {
    FV_PHASE_CONNECT,
    FV_PHASE_HANDSHAKE,
    FV_PHASE_FIRST_READ, /* TLS 1.3: is the client refused? */
    FV_PHASE_DRAIN, /* the library gave up: the rest of the server's flight is read for its chain */
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
    bool is_narrow;            /* the second try, with a narrower offer */
    int64_t deadline_ms;       /* of the question */
    int64_t phase_deadline_ms; /* INT64_MAX, or when the phase ends early */
} fv_connection;

/* No outcome: the engine wants another connection to the same server, with a narrower offer. */
#define FV_CONNECTION_AGAIN UINT32_MAX

/* Begins; 0 while under way (FEDVAL_IO_ events wanted in *out_events), else the outcome. */
uint32_t fv_connection_start(fv_connection *connection, uint32_t *out_events);
/* Goes on after an event; results as above, or FV_CONNECTION_AGAIN. */
uint32_t fv_connection_advance(fv_connection *connection, int64_t now_ms, uint32_t *out_events);
/* The outcome when a deadline has passed. */
uint32_t fv_connection_expire(const fv_connection *connection);
int64_t fv_connection_deadline(const fv_connection *connection);
/* Writes what was observed into the fact; after an error it has no outcome. */
fedval_status fv_connection_describe(fv_connection *connection, uint32_t outcome);
/* After FV_CONNECTION_AGAIN, once nobody watches the old socket; results as for start. */
uint32_t fv_connection_restart(fv_connection *connection, uint32_t *out_events);
/* Closes the socket and frees what hangs on it. */
void fv_connection_clear(fv_connection *connection);

#endif
