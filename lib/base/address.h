/* IP addresses: parses and writes their literals (RFC 4291; written as in RFC 5952), and says which
 * are public. */
#ifndef FV_BASE_ADDRESS_H
#define FV_BASE_ADDRESS_H

#include "base/text.h"

#define FV_ADDRESS_TEXT_SIZE 46

typedef struct fv_address {
    uint8_t bytes[16];
    uint8_t len; /* 4 or 16; 0: none */
} fv_address;

/* Parses an IPv4 or IPv6 literal. Returns false for any other text, one with brackets, blanks or a
 * zone index included. */
bool fv_address_parse(fv_text text, fv_address *out);
/* Whether the text is an IPv6 literal. NULL is none. */
bool fv_address_is_ipv6(const char *text);
/* Returns the host of "host:port", of "host", and of an IPv6 address, whose colons are its own. */
fv_text fv_address_host_of(const char *text);
/* Reads the address of a DNS server: "192.0.2.53", "192.0.2.53:5353", "2001:db8::53" or
 * "[2001:db8::53]:5353". The default port is 53. */
bool fv_address_parse_server(fv_text text, fv_address *out_address, uint16_t *out_port);
void fv_address_format(const fv_address *address, char out[FV_ADDRESS_TEXT_SIZE]);

/* Returns why an address in public DNS cannot be reached from outside: "private (RFC 1918)",
 * "loopback", "link-local", "shared (CGNAT, RFC 6598)", "documentation", "unspecified",
 * "multicast", "reserved", "unique local". Returns NULL for a public address. An IPv4-mapped IPv6
 * address is judged as the IPv4 address in it. */
const char *fv_address_not_public(const fv_address *address);
/* Whether the address is one of the own network or machine: private (RFC 1918), unique local or
 * loopback. */
bool fv_address_is_inner(const fv_address *address);

#endif
