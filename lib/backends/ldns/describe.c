/* What the facts say of where they are from. */
#include "channels.h"

#include "base/buf.h"

#include <arpa/inet.h>
#include <string.h>

#define MAX_SERVERS 4 /* of the system's, that are named */

/* The servers that are asked, in that order; the first MAX_SERVERS. */
static fedval_status list_servers(fv_channels *pool, fv_address *addresses, uint16_t *ports,
                                  size_t *out_count)
{
    fv_channel *channel = NULL;
    struct ares_addr_port_node *servers = NULL;
    fedval_status status = fv_channels_take(pool, &channel);
    if (status != FEDVAL_OK)
        return status;
    if (ares_get_servers_ports(channel->ares, &servers) != ARES_SUCCESS)
        return FEDVAL_ERROR_NO_MEMORY;
    size_t count = 0;
    for (const struct ares_addr_port_node *node = servers; node != NULL && count < MAX_SERVERS;
         node = node->next, count++) {
        addresses[count] = (fv_address){.len = node->family == AF_INET ? 4 : 16};
        memcpy(addresses[count].bytes, &node->addr, addresses[count].len);
        ports[count] = (uint16_t)(node->udp_port == 0 ? 53 : node->udp_port);
    }
    ares_free_data(servers);
    *out_count = count;
    return FEDVAL_OK;
}

/* "192.0.2.53", "192.0.2.53:5353", "[2001:db8::53]:5353" */
static void write_server(fv_buf *out, const fv_address *address, uint16_t port)
{
    char text[FV_ADDRESS_TEXT_SIZE];
    bool bracketed = port != 53 && address->len == 16;
    fv_address_format(address, text);
    fv_buf_append_text(out, bracketed ? "[" : "");
    fv_buf_append_text(out, text);
    fv_buf_append_text(out, bracketed ? "]" : "");
    if (port != 53) {
        fv_buf_append_char(out, ':');
        fv_buf_append_u64(out, port);
    }
}

/* The system's resolvers, in the order in which they are asked. */
static fedval_status write_system(fv_buf *source, fv_channels *pool)
{
    fv_address addresses[MAX_SERVERS];
    uint16_t ports[MAX_SERVERS];
    size_t count = 0;
    fedval_status status = list_servers(pool, addresses, ports, &count);
    fv_buf_append_text(source, "system resolver");
    for (size_t i = 0; i < count; i++) {
        fv_buf_append_text(source, i == 0 ? " " : ", ");
        write_server(source, &addresses[i], ports[i]);
    }
    return status;
}

fedval_status fv_channels_describe(fv_channels *pool, char **out_source)
{
    fv_buf source;
    size_t len;
    fedval_status status = FEDVAL_OK;
    fv_buf_init(&source);
    if (pool->use_system) {
        status = write_system(&source, pool);
    } else {
        fv_buf_append_text(&source, "resolver ");
        write_server(&source, &pool->address, pool->port);
    }
    *out_source = fv_buf_take(&source, &len);
    return status == FEDVAL_OK && *out_source == NULL ? FEDVAL_ERROR_NO_MEMORY : status;
}
