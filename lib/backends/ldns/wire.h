/* One question on its way to a server: a socket of its own, and so a port of its own (RFC 5452 10),
 * over UDP or TCP. */
#ifndef FV_LDNS_WIRE_H
#define FV_LDNS_WIRE_H

#include "message.h"
#include "servers.h"

typedef enum fv_wire_step {
    FV_WIRE_WAIT,    /* nothing yet */
    FV_WIRE_MESSAGE, /* an answer to the question is there */
    FV_WIRE_REFUSED, /* nobody listens there, or the line was cut */
    FV_WIRE_LOCAL,   /* this machine is short of descriptors, ports or memory */
    FV_WIRE_NO_ROUTE,
} fv_wire_step;

typedef struct fv_wire {
    int fd; /* -1: closed */
    bool is_tcp;
    bool is_connected;
    uint8_t out[2 + FV_DNS_MAX_QUERY]; /* the length that TCP puts in front, and the question */
    size_t out_len, out_at;
    uint8_t *in; /* of TCP: the length, and the answer */
    size_t in_len;
    const uint8_t *message; /* after FV_WIRE_MESSAGE: until the next call */
    size_t message_len;
} fv_wire;

void fv_wire_init(fv_wire *wire);
void fv_wire_close(fv_wire *wire);
/* Sends the question; WAIT, or why not. */
fv_wire_step fv_wire_open(fv_wire *wire, const fv_server *server, const fv_dns_query *query,
                          bool is_tcp);
/* Sends it once more over the same UDP socket. */
void fv_wire_repeat(fv_wire *wire);
/* After something has happened to the socket. What does not fit the question is passed over. */
fv_wire_step fv_wire_advance(fv_wire *wire, const fv_dns_query *query);
/* FEDVAL_IO_ that it waits for. */
uint32_t fv_wire_wants(const fv_wire *wire);

#endif
