/* The shape of DNS names: letters, digits, hyphens, labels and the limits on their lengths. For
 * ASCII only; other texts are normalised first. */
#ifndef FV_MODEL_DNS_NAME_H
#define FV_MODEL_DNS_NAME_H

#include "base/buf.h"
#include "base/text.h"
#include "fedval/name.h"

#define FV_NAME_MAX_LEN 253
#define FV_LABEL_MAX_LEN 63

/* Bits that let fv_dns_name_check accept more than host names. */
enum {
    FV_DNS_NAME_UNDERSCORE = 1, /* in any label, as service names have them */
    FV_DNS_NAME_WILDCARD = 2,   /* "*" as the whole left-most label, and a label after it */
};

/* Returns the name without its trailing dot, if it has one. */
fv_text fv_dns_name_without_dot(fv_text name);
/* Returns the text before the first dot, or the whole name when it has none. */
fv_text fv_dns_name_first_label(fv_text name);
/* Whether the name begins with "*." and something follows. Inline: a certificate may hold 1,000
 * names, and six peers of 1,000 domains each look at all of them. */
static inline bool fv_dns_name_has_wildcard(fv_text name)
{
    return name.len > 2 && name.data[0] == '*' && name.data[1] == '.';
}
/* Appends the owner name of a domain's SRV records: "_sipfederationtls._tcp" (`label`), a dot, and
 * the domain. */
void fv_dns_name_append_srv_owner(fv_buf *out, const char *label, const char *domain);
/* Returns FEDVAL_NAME_FAULT_*, for a name without trailing dot. */
uint32_t fv_dns_name_check(fv_text name, uint32_t allowed);
/* Whether `name` begins with an IPv4 address, as "192.0.2.1.example.com" does: an address was
 * written where a host name is wanted, and the name of the zone was put behind it. */
bool fv_dns_name_begins_with_address(fv_text name);
/* Whether `name` ends with a zone that inner networks use and public DNS never has: "local"
 * (RFC 6762), "home.arpa" (RFC 8375), "internal", which ICANN has reserved for this, "corp" and
 * "lan", which are not delegated. */
bool fv_dns_name_is_inner(fv_text name);
/* Gives the same result as fv_dns_name_check(name, 0) == FEDVAL_NAME_FAULT_NONE, but reads eight
 * bytes at a time. */
bool fv_host_name_is_valid(fv_text name);
/* Whether two names are equal but for their ASCII case. Both must be valid, because bit 0x20 is
 * ignored in every byte: in other texts a control character could equal a hyphen or a digit. */
bool fv_host_name_equal(fv_text a, fv_text b);
/* Returns how many labels two names share, counted from the right: 2 for "a.example.com" and
 * "b.example.com". */
uint32_t fv_dns_name_count_shared(fv_text a, fv_text b);

/* Whether the dNSName `id` of a certificate can be compared at all. It must be a DNS name without
 * trailing dot (RFC 5280 4.2.1.6, "preferred name syntax"), where underscores are tolerated. Or it
 * is "*." and at least two labels (RFC 9525 6.3: the wildcard is the complete left-most label);
 * "*.com" is refused, as by every Web PKI client. */
bool fv_presented_dns_name_is_valid(fv_text id);
/* Whether a valid wildcard covers a valid name, which has one label in the place of the "*":
 * "*.example.com" covers "a.example.com", but neither "example.com" nor "a.b.example.com". */
bool fv_wildcard_covers(fv_text wildcard, fv_text name);

/* Returns one of the wrong names under which people publish a service's SRV record `owner`. For
 * "_sipfederationtls._tcp.example.com" these are, by `index`:
 * "_sipfederationtls._tcp.example.com.example.com" (the domain twice),
 * "_sipfederationtls._tls.example.com" (TLS as the transport) and "_sipfederationtls.example.com"
 * (no transport). Returns `out`, or "" where the wrong name is too long, or NULL when there is no
 * wrong name with that index. */
const char *fv_dns_misplaced_srv(const char *owner, size_t index, char out[FEDVAL_NAME_SIZE]);
bool fv_dns_is_misplaced_srv(const char *name, const char *owner);

#endif
