#include "servers.h"

#include "base/buf.h"

#include <ldns/ldns.h>
#include <string.h>

/* ---- the server's address ---- */

static bool parse_port(fv_text text, uint16_t *out)
{
    uint64_t value;
    if (!fv_text_to_u64(text, &value) || value == 0 || value > UINT16_MAX)
        return false;
    *out = (uint16_t)value;
    return true;
}

/* Reads "[address]" or "[address]:port". */
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

/* ---- the system's servers ---- */

static bool copy_server(const ldns_rdf *from, fv_server *out)
{
    size_t len = ldns_rdf_size(from);
    if (len != 4 && len != 16)
        return false;
    out->address = (fv_address){.len = (uint8_t)len};
    memcpy(out->address.bytes, ldns_rdf_data(from), len);
    out->port = 53;
    return true;
}

/* If resolv.conf names no server, the one on this machine is asked: see resolv.conf(5). */
fedval_status fv_servers_read_system(fv_servers *servers)
{
    static const fv_server local = {{.bytes = {127, 0, 0, 1}, .len = 4}, 53};
    ldns_resolver *system = NULL;
    ldns_status status = ldns_resolver_new_frm_file(&system, NULL);
    servers->is_system = true;
    if (status == LDNS_STATUS_MEM_ERR)
        return FEDVAL_ERROR_NO_MEMORY;
    size_t count = status == LDNS_STATUS_OK ? ldns_resolver_nameserver_count(system) : 0;
    for (size_t i = 0; i < count && servers->count < FV_MAX_SERVERS; i++) {
        if (copy_server(ldns_resolver_nameservers(system)[i], &servers->items[servers->count]))
            servers->count++;
    }
    if (status == LDNS_STATUS_OK)
        ldns_resolver_deep_free(system);
    if (servers->count == 0)
        servers->items[servers->count++] = local;
    return FEDVAL_OK;
}

bool fv_servers_parse(fv_text text, fv_servers *out)
{
    for (out->count = 0; out->count < FV_MAX_SERVERS; out->count++) {
        const char *comma = text.len > 0 ? memchr(text.data, ',', text.len) : NULL;
        size_t len = comma == NULL ? text.len : (size_t)(comma - text.data);
        fv_server *server = &out->items[out->count];
        if (!fv_server_parse((fv_text){text.data, len}, &server->address, &server->port))
            return false;
        if (comma == NULL) {
            out->count++;
            return true;
        }
        text = (fv_text){comma + 1, text.len - len - 1};
    }
    return false;
}

/* ---- as text ---- */

/* Writes "192.0.2.53", "192.0.2.53:5353" or "[2001:db8::53]:5353". */
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

fedval_status fv_servers_describe(const fv_servers *servers, char **out_text)
{
    fv_buf source;
    size_t len;
    fv_buf_init(&source);
    fv_buf_append_text(&source, servers->is_system ? "system resolver " : "resolver ");
    for (size_t i = 0; i < servers->count; i++) {
        fv_buf_append_text(&source, i == 0 ? "" : ", ");
        write_server(&source, &servers->items[i].address, servers->items[i].port);
    }
    *out_text = fv_buf_take(&source, &len);
    return *out_text == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

char *fv_server_describe(const char *host, const fv_server *server)
{
    fv_buf source;
    size_t len;
    fv_buf_init(&source);
    fv_buf_append_text(&source, "name server ");
    fv_buf_append_text(&source, host);
    fv_buf_append_text(&source, " (");
    write_server(&source, &server->address, server->port);
    fv_buf_append_char(&source, ')');
    return fv_buf_take(&source, &len);
}
