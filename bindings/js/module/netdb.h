/* What ldns asks of <netdb.h>, where there is no host that has it: no service and no protocol has a
 * name. */
#ifndef FEDVAL_NETDB_H
#define FEDVAL_NETDB_H

#include <stddef.h>

struct protoent {
    char *p_name;
    int p_proto;
};

struct servent {
    char *s_name;
    int s_port;
};

static inline struct protoent *getprotobyname(const char *name)
{
    (void)name;
    return NULL;
}

static inline struct protoent *getprotobynumber(int number)
{
    (void)number;
    return NULL;
}

static inline struct servent *getservbyname(const char *name, const char *protocol)
{
    (void)name;
    (void)protocol;
    return NULL;
}

static inline struct servent *getservbyport(int port, const char *protocol)
{
    (void)port;
    (void)protocol;
    return NULL;
}

#endif
