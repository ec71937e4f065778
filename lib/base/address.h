/* IP addresses: literal <-> bytes (RFC 4291, RFC 5952 text), and which of them are public. */
#ifndef FV_BASE_ADDRESS_H
#define FV_BASE_ADDRESS_H

#include "base/text.h"

#define FV_ADDRESS_TEXT_SIZE 46

typedef struct fv_address {
    uint8_t bytes[16];
    uint8_t len; /* 4 or 16; 0: none */
} fv_address;

/* A literal without brackets, blanks or zone index; false for anything else. */
bool fv_address_parse(fv_text text, fv_address *out);
void fv_address_format(const fv_address *address, char out[FV_ADDRESS_TEXT_SIZE]);

/* Why an address in public DNS cannot be reached from outside: "private (RFC 1918)", "loopback",
 * "link-local", "shared (CGNAT, RFC 6598)", "documentation", "unspecified", "multicast",
 * "reserved", "unique local"; NULL for a public one. IPv4-mapped IPv6 is judged as IPv4. */
const char *fv_address_not_public(const fv_address *address);

#endif
