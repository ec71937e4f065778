/* The DNS servers to ask, and what facts say of them. */
#ifndef FV_LDNS_SERVERS_H
#define FV_LDNS_SERVERS_H

#include "base/address.h"
#include "base/text.h"
#include "fedval/fact.h"

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

/* Reads one server, or several with commas between them. */
bool fv_servers_parse(fv_text text, fv_servers *out);
/* Reads the servers in /etc/resolv.conf. Returns 0 or NO_MEMORY. */
fedval_status fv_servers_read_system(fv_servers *servers);
/* Adds a server of a zone to the sources of `fact`, by its name. */
fedval_status fv_server_tell(const fv_server *server, const char *host, fedval_fact *fact);
/* Adds the resolvers to the sources of `fact`. */
fedval_status fv_servers_tell(const fv_servers *servers, fedval_fact *fact);

#endif
