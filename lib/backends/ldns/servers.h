/* The DNS servers that are asked, and what facts call them. */
#ifndef FV_LDNS_SERVERS_H
#define FV_LDNS_SERVERS_H

#include "base/address.h"
#include "base/text.h"
#include "fedval/status.h"

#include <stdbool.h>

#define FV_MAX_SERVERS 4 /* of the system's */

typedef struct fv_server {
    fv_address address;
    uint16_t port;
} fv_server;

typedef struct fv_servers {
    fv_server items[FV_MAX_SERVERS];
    size_t count;
    bool is_system;
} fv_servers;

/* "192.0.2.53", "192.0.2.53:5353", "2001:db8::53", "[2001:db8::53]:5353"; port 53 by default. */
bool fv_server_parse(fv_text text, fv_address *out_address, uint16_t *out_port);
/* Those of /etc/resolv.conf. 0; NO_MEMORY. */
fedval_status fv_servers_read_system(fv_servers *servers);
/* "resolver 192.0.2.53", "system resolver 192.0.2.53, 192.0.2.54"; malloc'ed. 0; NO_MEMORY. */
fedval_status fv_servers_describe(const fv_servers *servers, char **out_text);

#endif
