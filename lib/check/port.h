/* What is inside a port. */
#ifndef FV_CHECK_PORT_H
#define FV_CHECK_PORT_H

#include "fedval/backend.h"

#include <stdbool.h>

struct fedval_port {
    fedval_port_vtable vtable;
    void *user;
    bool attached;
    fedval_port_events events; /* valid while attached; the backend keeps its address */
};

#endif
