#define _GNU_SOURCE /* SOCK_NONBLOCK, SOCK_CLOEXEC */
#include "wire.h"

#include "fedval/backend.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_MESSAGE 65535
#define MAX_DATAGRAMS 16 /* in one turn, because strangers may send without end */

static const struct {
    int error;
    fv_wire_progress progress;
} errors[] = {
    {EAGAIN, FV_WIRE_WAIT},           {EINTR, FV_WIRE_WAIT},
    {EINPROGRESS, FV_WIRE_WAIT},      {EMFILE, FV_WIRE_LOCAL},
    {ENFILE, FV_WIRE_LOCAL},          {ENOBUFS, FV_WIRE_LOCAL},
    {ENOMEM, FV_WIRE_LOCAL},          {EADDRNOTAVAIL, FV_WIRE_LOCAL},
    {ENETUNREACH, FV_WIRE_NO_ROUTE},  {EHOSTUNREACH, FV_WIRE_NO_ROUTE},
    {EAFNOSUPPORT, FV_WIRE_NO_ROUTE}, {EACCES, FV_WIRE_NO_ROUTE},
};

static fv_wire_progress progress_of(int error)
{
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        if (errors[i].error == error)
            return errors[i].progress;
    }
    return FV_WIRE_REFUSED;
}

void fv_wire_init(fv_wire *wire)
{
    *wire = (fv_wire){.fd = -1};
}

void fv_wire_close(fv_wire *wire)
{
    if (wire->fd >= 0)
        close(wire->fd);
    free(wire->in);
    fv_wire_init(wire);
}

static socklen_t fill(const fv_server *server, struct sockaddr_storage *out)
{
    memset(out, 0, sizeof(*out));
    if (server->address.len == 4) {
        struct sockaddr_in *v4 = (void *)out;
        v4->sin_family = AF_INET;
        v4->sin_port = htons(server->port);
        memcpy(&v4->sin_addr, server->address.bytes, 4);
        return sizeof(*v4);
    }
    struct sockaddr_in6 *v6 = (void *)out;
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(server->port);
    memcpy(&v6->sin6_addr, server->address.bytes, 16);
    return sizeof(*v6);
}

/* ---- sending ---- */

void fv_wire_repeat(fv_wire *wire)
{
    ssize_t sent = send(wire->fd, wire->out + 2, wire->out_len - 2, MSG_NOSIGNAL);
    (void)sent; /* an error shows up when the answer is read */
}

static fv_wire_progress send_rest(fv_wire *wire)
{
    while (wire->out_at < wire->out_len) {
        ssize_t sent =
            send(wire->fd, wire->out + wire->out_at, wire->out_len - wire->out_at, MSG_NOSIGNAL);
        if (sent < 0)
            return progress_of(errno);
        wire->out_at += (size_t)sent;
    }
    return FV_WIRE_WAIT;
}

/* Connects the socket: then it receives only from its server, and gets an error if nobody listens
 * there. */
fv_wire_progress fv_wire_open(fv_wire *wire, const fv_server *server, const fv_dns_query *query,
                              bool is_tcp)
{
    struct sockaddr_storage where;
    socklen_t where_len = fill(server, &where);
    fv_wire_close(wire);
    wire->is_tcp = is_tcp;
    size_t len = fv_dns_query_write(query, wire->out + 2);
    wire->out[0] = (uint8_t)(len >> 8);
    wire->out[1] = (uint8_t)len;
    wire->out_len = 2 + len;
    int type = (is_tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC;
    wire->fd = socket(where.ss_family, type, 0);
    if (wire->fd < 0)
        return progress_of(errno);
    bool is_connected = connect(wire->fd, (const struct sockaddr *)&where, where_len) == 0;
    if (!is_connected && errno != EINPROGRESS)
        return progress_of(errno);
    wire->is_connected = is_connected;
    if (!is_tcp)
        fv_wire_repeat(wire);
    return FV_WIRE_WAIT;
}

uint32_t fv_wire_wants(const fv_wire *wire)
{
    return wire->is_tcp && wire->out_at < wire->out_len ? FEDVAL_IO_WRITE : FEDVAL_IO_READ;
}

/* ---- receiving ---- */

static fv_wire_progress advance_udp(fv_wire *wire, const fv_dns_query *query)
{
    static _Thread_local uint8_t datagram[MAX_MESSAGE];
    for (int i = 0; i < MAX_DATAGRAMS; i++) {
        ssize_t got = recv(wire->fd, datagram, sizeof(datagram), 0);
        if (got < 0)
            return progress_of(errno);
        if (!fv_dns_answer_fits(datagram, (size_t)got, query)) {
            wire->is_unfit = true;
            continue;
        }
        wire->message = datagram;
        wire->message_len = (size_t)got;
        return FV_WIRE_MESSAGE;
    }
    return FV_WIRE_WAIT;
}

static fv_wire_progress finish_connect(fv_wire *wire)
{
    int error = 0;
    socklen_t error_len = sizeof(error);
    if (getsockopt(wire->fd, SOL_SOCKET, SO_ERROR, &error, &error_len) != 0)
        error = errno;
    wire->is_connected = error == 0;
    return error == 0 ? FV_WIRE_WAIT : progress_of(error);
}

/* Returns how many bytes are needed in all: first the length, then the length and the message. */
static size_t wanted(const fv_wire *wire)
{
    return wire->in_len < 2 ? 2 : 2 + ((size_t)wire->in[0] << 8 | wire->in[1]);
}

static fv_wire_progress receive_tcp(fv_wire *wire)
{
    if (wire->in == NULL && (wire->in = malloc(2 + MAX_MESSAGE)) == NULL)
        return FV_WIRE_LOCAL;
    while (wire->in_len < wanted(wire)) {
        ssize_t got = recv(wire->fd, wire->in + wire->in_len, wanted(wire) - wire->in_len, 0);
        if (got == 0)
            return FV_WIRE_REFUSED;
        if (got < 0)
            return progress_of(errno);
        wire->in_len += (size_t)got;
    }
    wire->message = wire->in + 2;
    wire->message_len = wire->in_len - 2;
    return FV_WIRE_MESSAGE;
}

static fv_wire_progress advance_tcp(fv_wire *wire, const fv_dns_query *query)
{
    fv_wire_progress progress = wire->is_connected ? FV_WIRE_WAIT : finish_connect(wire);
    if (progress == FV_WIRE_WAIT && wire->is_connected)
        progress = send_rest(wire);
    if (progress != FV_WIRE_WAIT || wire->out_at < wire->out_len)
        return progress;
    progress = receive_tcp(wire);
    /* There is one message per connection. If it answers another question, the server is at
     * fault. */
    if (progress == FV_WIRE_MESSAGE && !fv_dns_answer_fits(wire->message, wire->message_len, query))
        return FV_WIRE_UNFIT;
    return progress;
}

fv_wire_progress fv_wire_advance(fv_wire *wire, const fv_dns_query *query)
{
    return wire->is_tcp ? advance_tcp(wire, query) : advance_udp(wire, query);
}
