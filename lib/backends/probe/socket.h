/* Non-blocking TCP to one address. */
#ifndef FV_BACKENDS_PROBE_SOCKET_H
#define FV_BACKENDS_PROBE_SOCKET_H

#include "base/address.h"

/* Begins to connect. Returns the descriptor, or -1 with the outcome that says why. */
int fv_socket_connect(const fv_address *address, uint16_t port, uint32_t *out_outcome);
/* No outcome: the connection is still being made. */
#define FV_SOCKET_WAIT UINT32_MAX

/* 0 when connected, FV_SOCKET_WAIT, else the outcome that says why not. */
uint32_t fv_socket_connected(int fd, const fv_address *address);

#endif
