/* Non-blocking TCP to one address. */
#ifndef FV_BACKENDS_PROBE_SOCKET_H
#define FV_BACKENDS_PROBE_SOCKET_H

#include "base/address.h"

/* Begins to connect. Returns the descriptor; or -1, with the reason in `*out_outcome`. */
int fv_socket_connect(const fv_address *address, uint16_t port, uint32_t *out_outcome);
/* Not an outcome: the connection is not complete yet. */
#define FV_SOCKET_WAIT UINT32_MAX

/* Returns 0 when connected, FV_SOCKET_WAIT, or the outcome with the reason of the failure. */
uint32_t fv_socket_connected(int fd, const fv_address *address);

#endif
