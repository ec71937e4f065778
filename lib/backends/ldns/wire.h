/* One question on its way to a server, over UDP or TCP. It has a socket of its own, and so a port
 * of its own (RFC 5452 10). */
#ifndef FV_LDNS_WIRE_H
#define FV_LDNS_WIRE_H

#include "message.h"
#include "servers.h"

typedef enum fv_wire_progress {
    FV_WIRE_WAIT,    /* nothing yet */
    FV_WIRE_MESSAGE, /* an answer to the question is there */
    FV_WIRE_REFUSED, /* nobody listens there, or the connection was cut */
    FV_WIRE_UNFIT,   /* an answer over TCP that does not fit the question */
    FV_WIRE_LOCAL,   /* this machine lacks descriptors, ports or memory */
    FV_WIRE_NO_ROUTE,
} fv_wire_progress;

typedef struct fv_wire {
    int fd; /* -1: closed */
    bool is_tcp;
    bool is_connected;
    bool is_unfit;                     /* an answer came that does not fit the question */
    uint8_t out[2 + FV_DNS_MAX_QUERY]; /* the length, which only TCP sends, and the question */
    size_t out_len, out_at;
    uint8_t *in; /* TCP only: the length, and the answer */
    size_t in_len;
    const uint8_t *message; /* valid after FV_WIRE_MESSAGE, until the next call */
    size_t message_len;
} fv_wire;

void fv_wire_init(fv_wire *wire);
void fv_wire_close(fv_wire *wire);
/* Sends the question. Returns WAIT, or the reason why it could not. */
fv_wire_progress fv_wire_open(fv_wire *wire, const fv_server *server, const fv_dns_query *query,
                              bool is_tcp);
/* Sends the question again over the same UDP socket. */
void fv_wire_repeat(fv_wire *wire);
/* Call after an event on the socket. Datagrams that do not fit the question are ignored. */
fv_wire_progress fv_wire_advance(fv_wire *wire, const fv_dns_query *query);
/* Returns the FEDVAL_IO_ events to wait for. */
uint32_t fv_wire_wants(const fv_wire *wire);

#endif
