/* What --ignore says: a finding that is accepted. */
#ifndef IGNORED_H
#define IGNORED_H

#include <fedval/policy.h>

#include <stdbool.h>

typedef struct ignored_finding {
    uint32_t code;
    const char *domain; /* domain_len bytes of the value; NULL: every domain */
    size_t domain_len;
    int64_t until; /* FEDVAL_TIME_UNKNOWN: without an end */
} ignored_finding;

/* Reads "CODE", "CODE@example.com", "CODE=until 2027-03-01" or both. False: *out_wanted is what
 * would have done. */
bool ignored_read(const char *value, ignored_finding *out, const char **out_wanted);

#endif
