#define _GNU_SOURCE /* accept4 */
#include "conversation.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define DEADLINE_MS 5000
#define MAX_STEPS 20000 /* more than the bounds of a handshake allow */

typedef struct watch {
    int32_t fd;
    uint32_t events;
} watch;

static watch watches[8];

static void on_interest(int32_t fd, uint32_t events, void *user)
{
    (void)user;
    size_t free_place = 8;
    for (size_t i = 0; i < 8; i++) {
        if (watches[i].events != 0 && watches[i].fd == fd) {
            watches[i].events = events;
            return;
        }
        if (watches[i].events == 0)
            free_place = i;
    }
    if (events == 0)
        return;
    if (free_place == 8)
        abort();
    watches[free_place] = (watch){fd, events};
}

static void on_done(uint64_t ticket, void *user)
{
    (void)ticket;
    ((conversation *)user)->is_done = true;
}

static int bind_socket(int type, uint16_t port)
{
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(port)};
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        abort();
    if (bind(fd, (const struct sockaddr *)&where, sizeof(where)) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* The two sockets need one port number, which the other kind of socket may have taken. */
void conversation_open(conversation *self)
{
    struct sockaddr_in where;
    socklen_t where_len = sizeof(where);
    self->peer = -1;
    for (int tries = 0; tries < 100; tries++) {
        self->listener = bind_socket(SOCK_STREAM, 0);
        if (self->listener < 0 || listen(self->listener, 4) != 0 ||
            getsockname(self->listener, (struct sockaddr *)&where, &where_len) != 0)
            abort();
        self->port = ntohs(where.sin_port);
        self->udp = bind_socket(SOCK_DGRAM, self->port);
        if (self->udp >= 0)
            return;
        close(self->listener);
    }
    abort();
}

bool conversation_take(conversation *self, const uint8_t **out, size_t *out_len)
{
    if (self->size == 0)
        return false;
    size_t len = self->data[0];
    self->data++;
    self->size--;
    if (len > self->size)
        len = self->size;
    *out = self->data;
    *out_len = len;
    self->data += len;
    self->size -= len;
    return true;
}

static void hang_up(conversation *self)
{
    if (self->peer >= 0)
        close(self->peer);
    self->peer = -1;
}

static void accept_peer(conversation *self)
{
    int fd = accept4(self->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0)
        return;
    hang_up(self);
    self->peer = fd;
}

/* Returns whether the port had something to do. */
static bool serve_port(fedval_port *port, int64_t now_ms)
{
    bool any = false;
    for (size_t i = 0; i < 8; i++) {
        struct pollfd one = {.fd = watches[i].fd,
                             .events =
                                 (short)(((watches[i].events & FEDVAL_IO_READ) ? POLLIN : 0) |
                                         ((watches[i].events & FEDVAL_IO_WRITE) ? POLLOUT : 0))};
        if (watches[i].events == 0 || poll(&one, 1, 0) <= 0)
            continue;
        fedval_port_ready(port, one.fd, watches[i].events, now_ms);
        any = true;
    }
    return any;
}

/* What was asked has come before anything is answered; what is left over from an input goes. */
static void clean(conversation *self)
{
    uint8_t rest[512];
    hang_up(self);
    while (recv(self->udp, rest, sizeof(rest), 0) >= 0)
        continue;
    for (int fd; (fd = accept(self->listener, NULL, NULL)) >= 0;)
        close(fd);
}

void conversation_run(conversation *self, fedval_port *port, fedval_fact *fact,
                      void (*feed)(conversation *self))
{
    const fedval_port_events events = {sizeof(events), on_interest, on_done, self};
    int64_t now_ms = 1000;
    const int64_t deadline_ms = now_ms + DEADLINE_MS;
    memset(watches, 0, sizeof(watches));
    if (fedval_port_attach(port, &events) != FEDVAL_OK ||
        fedval_port_start(port, 1, fedval_fact_get_question(fact), now_ms, deadline_ms, fact) !=
            FEDVAL_OK)
        abort();
    for (size_t steps = 0; !self->is_done; steps++) {
        if (steps == MAX_STEPS || now_ms > deadline_ms)
            abort();
        accept_peer(self);
        feed(self);
        if (serve_port(port, now_ms) || self->is_done)
            continue;
        int64_t next_ms = fedval_port_next_deadline_ms(port);
        now_ms = next_ms > now_ms ? next_ms : now_ms + 1;
        if (now_ms > deadline_ms)
            now_ms = deadline_ms;
        fedval_port_expire(port, now_ms);
    }
    if (fedval_fact_get_outcome(fact) == 0)
        abort();
    fedval_port_attach(port, NULL);
    clean(self);
}
