/* What a TLS library does for one connection. The shared prober does the rest: sockets, deadlines,
 * tickets, outcomes. So both probers give the same facts for the same server. */
#ifndef FV_BACKENDS_PROBE_ENGINE_H
#define FV_BACKENDS_PROBE_ENGINE_H

#include "fedval/backend.h"

#include <stdbool.h>

/* What came of reading or writing; else a number of bytes, above 0. */
enum { FV_IO_WAIT = -1, FV_IO_CLOSED = -2, FV_IO_RESET = -3 };

/* The socket as the TLS library sees it. */
typedef struct fv_probe_io fv_probe_io;
int32_t fv_probe_io_read(fv_probe_io *io, uint8_t *data, size_t data_len);
int32_t fv_probe_io_write(fv_probe_io *io, const uint8_t *data, size_t data_len);

typedef enum fv_step {
    FV_STEP_WANT_READ,
    FV_STEP_WANT_WRITE,
    FV_STEP_DONE,          /* the handshake, a read or a write */
    FV_STEP_REFUSED,       /* a fatal alert; its number may not be known */
    FV_STEP_FAILED,        /* the line was closed or reset */
    FV_STEP_NO_VERSION,    /* the library does not speak the version that the server chose */
    FV_STEP_LIMIT,         /* a limit of the library itself: it cannot parse what the server sent */
    FV_STEP_NARROWER,      /* the server chose what the library offers but cannot do: offer less */
    FV_STEP_BAD_SIGNATURE, /* the server's signature is wrong: it does not own its key */
    FV_STEP_VIOLATION,     /* the library says that the server breaks the rules of TLS */
} fv_step;

/* What is offered to the server. */
typedef struct fv_offer {
    const char *host; /* for SNI; NULL: none is sent */
    uint32_t look;    /* FEDVAL_LOOK_ */
    bool is_narrow;   /* the second try, after FV_STEP_NARROWER */
} fv_offer;

typedef struct fv_probe_engine {
    /* A connection; NULL when memory is short. */
    void *(*open)(const fv_offer *offer, fv_probe_io *io, void *user);
    fv_step (*handshake)(void *connection);
    /* Up to data_len bytes of what the server says inside TLS. Once the handshake is done TLS 1.3
     * refuses a client at the first read only. */
    fv_step (*read)(void *connection, uint8_t *data, size_t data_len, size_t *out_len);
    /* All of it, or FV_STEP_WANT_: then again with the same bytes. */
    fv_step (*write)(void *connection, const uint8_t *data, size_t data_len);
    /* What the plain messages do not show; the chain too where with_chain. */
    fedval_status (*describe)(void *connection, bool with_chain, fedval_fact *fact);
    /* Was a client certificate requested? 1, 0, or -1 when the library cannot say. */
    int32_t (*was_asked)(void *connection);
    /* The number of the fatal alert received under encryption; -1: none known. */
    int32_t (*alert)(void *connection);
    void (*close)(void *connection);
    /* Is there an identity to answer a request for a client certificate with? */
    bool has_identity;
    void (*destroy)(void *user);
    void *user;
} fv_probe_engine;

/* A prober port over an engine, which is copied; its user passes only on success. */
fedval_status fv_probe_port_new(const fv_probe_engine *engine, fedval_port **out_port);

#endif
