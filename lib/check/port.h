/* The members of a port, for the files of this folder. */
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

/* Returns the interface that both ports offer: the event-driven one if both have it, else the
 * blocking one if both have that, else FV_FACE_NONE. */
enum { FV_FACE_NONE, FV_FACE_SIMPLE, FV_FACE_EVENTS };
uint32_t fv_port_common_face(const fedval_port *first, const fedval_port *second);

#endif
