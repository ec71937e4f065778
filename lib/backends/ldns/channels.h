/* A pool of c-ares channels: each question goes out on a channel that has nothing else to do,
 * as long as there is one, so that it gets a fresh socket and port of its own (RFC 5452 10). */
#ifndef FV_LDNS_CHANNELS_H
#define FV_LDNS_CHANNELS_H

#include "base/address.h"
#include "fedval/backend.h"

#include <sys/select.h> /* ares.h names fd_set */

#include <ares.h>
#include <stdbool.h>

#define FV_MAX_CHANNELS 16

typedef struct fv_channels fv_channels;

typedef struct fv_channel {
    fv_channels *pool;
    ares_channel ares; /* NULL: not made yet */
    size_t num_asks;   /* outstanding */
} fv_channel;

typedef struct fv_socket {
    int32_t fd;
    fv_channel *channel;
} fv_socket;

struct fv_channels {
    bool use_system;
    fv_address address;
    uint16_t port;
    uint32_t retry_ms;
    const fedval_port_events *events; /* NULL: not attached */
    fv_channel channels[FV_MAX_CHANNELS];
    fv_socket *sockets;
    size_t num_sockets, sockets_capacity;
};

/* "192.0.2.53", "192.0.2.53:5353", "2001:db8::53", "[2001:db8::53]:5353"; port 53 by default. */
bool fv_server_parse(fv_text text, fv_address *out_address, uint16_t *out_port);
/* NO_MEMORY; SYSTEM when c-ares cannot be set up. */
fedval_status fv_channels_take(fv_channels *pool, fv_channel **out_channel);
/* "resolver 192.0.2.53", "system resolver 192.0.2.53, 192.0.2.54"; malloc'ed. Returns as
 * fv_channels_take. */
fedval_status fv_channels_describe(fv_channels *pool, char **out_text);
/* Lets the channel of this descriptor read and write; others are passed over. */
void fv_channels_ready(fv_channels *pool, int32_t fd, uint32_t events);
/* Lets busy channels repeat what was not answered in time. */
void fv_channels_tick(fv_channels *pool);
/* Ends every question of a channel with ARES_ECANCELLED. */
void fv_channels_drop(fv_channel *channel);
/* Ends every question with ARES_EDESTRUCTION. */
void fv_channels_close(fv_channels *pool);

#endif
