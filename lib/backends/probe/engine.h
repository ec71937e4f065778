/* The part of a probe that a TLS library does for one connection. The shared prober does the rest:
 * sockets, deadlines, tickets, outcomes. So every TLS library gives the same facts for the same
 * server. */
#ifndef FV_BACKENDS_PROBE_ENGINE_H
#define FV_BACKENDS_PROBE_ENGINE_H

#include "fedval/backend.h"

#include <stdbool.h>

/* Results of reading or writing; success is a number of bytes above 0. */
enum { FV_IO_WAIT = -1, FV_IO_CLOSED = -2, FV_IO_RESET = -3 };

/* The socket as the TLS library sees it. */
typedef struct fv_probe_io fv_probe_io;
int32_t fv_probe_io_read(fv_probe_io *io, uint8_t *data, size_t data_len);
int32_t fv_probe_io_write(fv_probe_io *io, const uint8_t *data, size_t data_len);

typedef enum fv_progress {
    FV_PROGRESS_WANT_READ,
    FV_PROGRESS_WANT_WRITE,
    FV_PROGRESS_DONE,       /* the handshake, read or write is complete */
    FV_PROGRESS_REFUSED,    /* a fatal alert; its number may be unknown */
    FV_PROGRESS_FAILED,     /* the connection was closed or reset */
    FV_PROGRESS_NO_VERSION, /* the server chose a version that the library does not support */
    FV_PROGRESS_LIMIT,      /* the library cannot parse the server's bytes: a limit of its own */
    FV_PROGRESS_STRICTER,   /* the library takes no extension that nobody knows, and OpenSSL does */
    FV_PROGRESS_NARROWER,   /* the server chose what the library offers but cannot do: offer less */
    FV_PROGRESS_BAD_SIGNATURE, /* the server's signature is wrong: it does not own its key */
    FV_PROGRESS_VIOLATION,     /* the library says that the server broke the rules of TLS */
} fv_progress;

/* The offer to the server. */
typedef struct fv_offer {
    const char *host; /* for SNI; NULL: none is sent */
    uint32_t look;    /* FEDVAL_LOOK_ */
    bool is_narrow;   /* the second try, after FV_PROGRESS_NARROWER */
} fv_offer;

typedef struct fv_probe_engine {
    /* Returns a connection; NULL if memory is short. */
    void *(*open)(const fv_offer *offer, fv_probe_io *io, void *user);
    fv_progress (*handshake)(void *connection);
    /* Reads up to `data_len` bytes of what the server sends inside TLS. In TLS 1.3 a server refuses
     * a client only after the handshake, so the first read shows it. */
    fv_progress (*read)(void *connection, uint8_t *data, size_t data_len, size_t *out_len);
    /* Writes all of it, or returns FV_PROGRESS_WANT_: then call it again with the same bytes. */
    fv_progress (*write)(void *connection, const uint8_t *data, size_t data_len);
    /* Adds to the fact what the plaintext messages do not show; the chain too if `with_chain`. */
    fedval_status (*describe)(void *connection, bool with_chain, fedval_fact *fact);
    /* Returns 1 if a client certificate was requested, 0 if not, -1 if the library cannot say. */
    int32_t (*was_asked)(void *connection);
    /* Returns the number of the fatal alert received under encryption; -1 if none is known. */
    int32_t (*alert)(void *connection);
    void (*close)(void *connection);
    /* Whether there is an identity with which to answer a request for a client certificate. */
    bool has_identity;
    void (*destroy)(void *user);
    void *user;
} fv_probe_engine;

/* Creates a prober port that uses a copy of `engine`. The port owns `engine->user` only on
 * success. */
fedval_status fv_probe_port_new(const fv_probe_engine *engine, fedval_port **out_port);

#endif
