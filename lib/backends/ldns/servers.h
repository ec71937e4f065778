/* The DNS servers to ask, and their names in facts. */
#ifndef FV_LDNS_SERVERS_H
#define FV_LDNS_SERVERS_H

#include "base/address.h"
#include "base/text.h"
#include "fedval/status.h"

#include <stdbool.h>

#define FV_MAX_SERVERS 4 /* at most so many of the system's */

typedef struct fv_server {
    fv_address address;
    uint16_t port;
} fv_server;

typedef struct fv_servers {
    fv_server items[FV_MAX_SERVERS];
    size_t count;
    bool is_system;
} fv_servers;

/* Reads "192.0.2.53", "192.0.2.53:5353", "2001:db8::53" or "[2001:db8::53]:5353". The default port
 * is 53. */
bool fv_server_parse(fv_text text, fv_address *out_address, uint16_t *out_port);
/* Reads one server, or several with commas between them. */
bool fv_servers_parse(fv_text text, fv_servers *out);
/* Reads the servers in /etc/resolv.conf. Returns 0 or NO_MEMORY. */
fedval_status fv_servers_read_system(fv_servers *servers);
/* Writes "name server ns.example.com (192.0.2.53)"; from malloc; NULL: memory is short. */
char *fv_server_describe(const char *host, const fv_server *server);
/* Writes "resolver 192.0.2.53" or "system resolver 192.0.2.53, 192.0.2.54"; from malloc. Returns 0
 * or NO_MEMORY. */
fedval_status fv_servers_describe(const fv_servers *servers, char **out_text);

#endif
