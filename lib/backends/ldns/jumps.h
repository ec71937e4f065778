/* Guards ldns against names that jump without end. No I/O. */
#ifndef FV_LDNS_JUMPS_H
#define FV_LDNS_JUMPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Returns whether every record of a message (RFC 1035 4.1) can be read: no name jumps from pointer
 * to pointer more often than those of any server, and the data of each record end where its fields
 * end. ldns follows up to 65,535 jumps in each of thousands of names, which takes long; and where
 * the data are longer than the fields, it takes what is left for the next record. */
bool fv_dns_can_be_read(const uint8_t *data, size_t len);

#endif
