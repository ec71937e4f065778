/* Guards ldns against names that jump without end. No I/O. */
#ifndef FV_LDNS_JUMPS_H
#define FV_LDNS_JUMPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Returns whether a name in the message jumps from pointer to pointer (RFC 1035 4.1.4) more often
 * than those of any server. ldns follows 65,535 jumps in each of thousands of names, which takes
 * long. Where the message cannot be walked, the rest of it is left to ldns, which stops there
 * too. */
bool fv_dns_has_long_jumps(const uint8_t *data, size_t len);

#endif
