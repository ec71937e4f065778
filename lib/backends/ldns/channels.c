#include "channels.h"

#include "base/size.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#define TRIES 5 /* doubling from 400 ms: 12.4 s; the deadline of the question comes first */

/* ---- the server's address ---- */

static bool parse_port(fv_text text, uint16_t *out)
{
    uint64_t value;
    if (!fv_text_to_u64(text, &value) || value == 0 || value > UINT16_MAX)
        return false;
    *out = (uint16_t)value;
    return true;
}

/* "[address]" or "[address]:port" */
static bool parse_bracketed(fv_text text, fv_address *out_address, uint16_t *out_port)
{
    const char *close = memchr(text.data, ']', text.len);
    if (close == NULL)
        return false;
    size_t inside = (size_t)(close - text.data) - 1;
    fv_text rest = {close + 1, text.len - inside - 2};
    return fv_address_parse((fv_text){text.data + 1, inside}, out_address) &&
           out_address->len == 16 &&
           (rest.len == 0 ||
            (rest.data[0] == ':' && parse_port((fv_text){rest.data + 1, rest.len - 1}, out_port)));
}

bool fv_server_parse(fv_text all, fv_address *out_address, uint16_t *out_port)
{
    *out_port = 53;
    if (all.len > 0 && all.data[0] == '[')
        return parse_bracketed(all, out_address, out_port);
    if (fv_address_parse(all, out_address))
        return true;
    const char *colon = memchr(all.data, ':', all.len);
    if (colon == NULL)
        return false;
    size_t before = (size_t)(colon - all.data);
    return fv_address_parse((fv_text){all.data, before}, out_address) && out_address->len == 4 &&
           parse_port((fv_text){colon + 1, all.len - before - 1}, out_port);
}

/* ---- sockets ---- */

static fv_socket *find_socket(const fv_channels *pool, int32_t fd)
{
    for (size_t i = 0; i < pool->num_sockets; i++) {
        if (pool->sockets[i].fd == fd)
            return &pool->sockets[i];
    }
    return NULL;
}

static bool add_socket(fv_channels *pool, int32_t fd, fv_channel *channel)
{
    if (pool->num_sockets == pool->sockets_capacity) {
        size_t room = pool->sockets_capacity == 0 ? 16 : 2 * pool->sockets_capacity, bytes;
        fv_socket *larger =
            fv_size_mul(room, sizeof(*larger), &bytes) ? realloc(pool->sockets, bytes) : NULL;
        if (larger == NULL)
            return false;
        pool->sockets = larger;
        pool->sockets_capacity = room;
    }
    pool->sockets[pool->num_sockets++] = (fv_socket){fd, channel};
    return true;
}

/* c-ares opens, watches and closes a socket. One that memory is too short to note is never
 * reported ready: its question ends at its deadline. */
static void on_socket(void *data, ares_socket_t fd, int readable, int writable)
{
    fv_channel *channel = data;
    fv_channels *pool = channel->pool;
    fv_socket *known = find_socket(pool, fd);
    uint32_t events = (readable != 0 ? (uint32_t)FEDVAL_IO_READ : 0) |
                      (writable != 0 ? (uint32_t)FEDVAL_IO_WRITE : 0);
    if (events == 0 && known != NULL)
        *known = pool->sockets[--pool->num_sockets];
    else if (known != NULL)
        known->channel = channel;
    else if (events == 0 || !add_socket(pool, fd, channel))
        return;
    if (pool->events != NULL)
        pool->events->interest(fd, events, pool->events->user);
}

/* ---- channels ---- */

static int set_server(const fv_channels *pool, ares_channel ares)
{
    struct ares_addr_port_node node = {.udp_port = pool->port, .tcp_port = pool->port};
    node.family = pool->address.len == 4 ? AF_INET : AF_INET6;
    memcpy(&node.addr, pool->address.bytes, pool->address.len);
    return ares_set_servers_ports(ares, &node);
}

/* NOCHECKRESP: else SERVFAIL and REFUSED would be retried and end as "could not contact". */
static fedval_status open_channel(fv_channels *pool, fv_channel *channel)
{
    struct ares_options options = {
        .flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_EDNS,
        .timeout = (int)pool->retry_ms,
        .tries = TRIES,
        .ednspsz = 4096, /* what is taken; what is offered stands in the question */
        .sock_state_cb = on_socket,
        .sock_state_cb_data = channel,
    };
    int mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_EDNSPSZ |
               ARES_OPT_SOCK_STATE_CB;
    channel->pool = pool;
    channel->num_asks = 0;
    int result = ares_init_options(&channel->ares, &options, mask);
    if (result != ARES_SUCCESS) {
        channel->ares = NULL;
        return result == ARES_ENOMEM ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_ERROR_SYSTEM;
    }
    if (!pool->use_system && set_server(pool, channel->ares) != ARES_SUCCESS) {
        ares_destroy(channel->ares);
        channel->ares = NULL;
        return FEDVAL_ERROR_NO_MEMORY;
    }
    return FEDVAL_OK;
}

/* An idle one, else a new one, else the least busy. */
fedval_status fv_channels_take(fv_channels *pool, fv_channel **out_channel)
{
    fv_channel *best = NULL, *unmade = NULL;
    for (size_t i = 0; i < FV_MAX_CHANNELS; i++) {
        fv_channel *channel = &pool->channels[i];
        if (channel->ares == NULL)
            unmade = unmade == NULL ? channel : unmade;
        else if (best == NULL || channel->num_asks < best->num_asks)
            best = channel;
    }
    if (unmade != NULL && (best == NULL || best->num_asks > 0)) {
        fedval_status status = open_channel(pool, unmade);
        if (status != FEDVAL_OK)
            return status;
        best = unmade;
    }
    *out_channel = best;
    return FEDVAL_OK;
}

void fv_channels_ready(fv_channels *pool, int32_t fd, uint32_t events)
{
    const fv_socket *socket = find_socket(pool, fd);
    if (socket == NULL)
        return;
    ares_process_fd(socket->channel->ares, (events & FEDVAL_IO_READ) != 0 ? fd : ARES_SOCKET_BAD,
                    (events & FEDVAL_IO_WRITE) != 0 ? fd : ARES_SOCKET_BAD);
}

void fv_channels_tick(fv_channels *pool)
{
    for (size_t i = 0; i < FV_MAX_CHANNELS; i++) {
        if (pool->channels[i].ares != NULL && pool->channels[i].num_asks > 0)
            ares_process_fd(pool->channels[i].ares, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    }
}

void fv_channels_drop(fv_channel *channel)
{
    if (channel->ares != NULL && channel->num_asks > 0)
        ares_cancel(channel->ares);
}

void fv_channels_close(fv_channels *pool)
{
    for (size_t i = 0; i < FV_MAX_CHANNELS; i++) {
        if (pool->channels[i].ares != NULL)
            ares_destroy(pool->channels[i].ares);
        pool->channels[i].ares = NULL;
    }
    free(pool->sockets);
    pool->sockets = NULL;
    pool->num_sockets = pool->sockets_capacity = 0;
}
