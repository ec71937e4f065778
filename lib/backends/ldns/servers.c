#include "servers.h"

#include "base/buf.h"

#include <ldns/ldns.h>
#include <string.h>

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
        if (!fv_address_parse_server((fv_text){text.data, len}, &server->address, &server->port))
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
static void write_server(fv_buf *out, const fv_server *server)
{
    char text[FV_ADDRESS_TEXT_SIZE];
    bool bracketed = server->port != 53 && server->address.len == 16;
    fv_address_format(&server->address, text);
    fv_buf_append_text(out, bracketed ? "[" : "");
    fv_buf_append_text(out, text);
    fv_buf_append_text(out, bracketed ? "]" : "");
    if (server->port != 53) {
        fv_buf_append_char(out, ':');
        fv_buf_append_u64(out, server->port);
    }
}

/* Adds a source to the fact and clears `place`. */
static fedval_status tell(fedval_fact *fact, uint32_t kind, fv_buf *place)
{
    fedval_status status = place->failed
                               ? FEDVAL_ERROR_NO_MEMORY
                               : fedval_fact_append_source(fact, kind, place->data, place->len);
    fv_buf_clear(place);
    return status;
}

fedval_status fv_servers_tell(const fv_servers *servers, fedval_fact *fact)
{
    const uint32_t kind =
        servers->is_system ? FEDVAL_SOURCE_SYSTEM_RESOLVER : FEDVAL_SOURCE_RESOLVER;
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < servers->count; i++) {
        fv_buf place;
        fv_buf_init(&place);
        write_server(&place, &servers->items[i]);
        status = tell(fact, kind, &place);
    }
    return status;
}

fedval_status fv_server_tell(const fv_server *server, const char *host, fedval_fact *fact)
{
    fv_buf place;
    fv_buf_init(&place);
    fv_buf_append_text(&place, host);
    fv_buf_append_text(&place, " (");
    write_server(&place, server);
    fv_buf_append_char(&place, ')');
    return tell(fact, FEDVAL_SOURCE_NAME_SERVER, &place);
}
