/* The shape of DNS names: letters, digits, hyphens, labels and their limits. ASCII only; what is
 * not ASCII is normalised first. */
#ifndef FV_MODEL_DNS_NAME_H
#define FV_MODEL_DNS_NAME_H

#include "base/text.h"
#include "fedval/name.h"

#define FV_NAME_MAX_LEN 253
#define FV_LABEL_MAX_LEN 63

/* What fv_dns_name_check lets through beyond a host name. */
enum {
    FV_DNS_NAME_UNDERSCORE = 1, /* in any label, as service names have them */
    FV_DNS_NAME_WILDCARD = 2,   /* "*" as the whole left-most label, and a label after it */
};

/* A name without its one trailing dot. */
fv_text fv_dns_name_without_dot(fv_text name);
/* The text before the first dot; the whole name when it has none. */
fv_text fv_dns_name_first_label(fv_text name);
/* Whether a name begins with "*." and goes on after it. */
bool fv_dns_name_has_wildcard(fv_text name);
/* FEDVAL_NAME_FAULT_* of a name that has no trailing dot. */
uint32_t fv_dns_name_check(fv_text name, uint32_t allowed);
/* The same as fv_dns_name_check(name, 0) == FEDVAL_NAME_FAULT_NONE, eight bytes at a time. */
bool fv_host_name_is_valid(fv_text name);
/* Whether two names are equal, ASCII case aside; both must be valid (else control characters
 * could pass for hyphens and digits). */
bool fv_host_name_equal(fv_text a, fv_text b);
/* How many labels two names share, counted from the right. */
uint32_t fv_dns_name_count_shared(fv_text a, fv_text b);

/* Whether a dNSName of a certificate can be compared at all: a DNS name without trailing dot
 * (RFC 5280 4.2.1.6, "preferred name syntax"), underscores tolerated, or "*." in front of two
 * labels at least (RFC 9525 6.3: the wildcard is the complete left-most label; "*.com" is void as
 * in every Web PKI client). */
bool fv_presented_dns_name_is_valid(fv_text id);
/* Whether a valid wildcard covers a valid name: the same labels but for one more on the left. */
bool fv_wildcard_covers(fv_text wildcard, fv_text name);

/* The wrong names under which people publish `owner`, a service's SRV record: with the domain
 * twice, with TLS as the transport, without a transport. NULL past the end; else `out`, which is ""
 * where such a name is too long. */
const char *fv_dns_misplaced_srv(const char *owner, size_t index, char out[FEDVAL_NAME_SIZE]);
bool fv_dns_is_misplaced_srv(const char *name, const char *owner);

#endif
