/* A finding: one coded statement that the rules make about the evidence. Only the code and the
 * parameters are set by a rule; every text comes from the catalogue. */
#ifndef FV_MODEL_FINDING_H
#define FV_MODEL_FINDING_H

#include "base/arena.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "fedval/status.h"

/* Where it was found; NULL or 0 where it does not apply. */
typedef struct fv_where {
    const char *target;      /* SRV target */
    const char *address;     /* IP address */
    uint16_t port;           /* 0: none */
    const char *certificate; /* display name of the certificate at fault */
    uint32_t role;           /* FEDVAL_ROLE_, 0: none */
    /* The same place in the report: which of its endpoints, and which of that one's addresses.
     * Counted from 1; 0: none in particular. */
    uint32_t endpoint, endpoint_address;
} fv_where;

typedef struct fv_finding {
    uint32_t code;        /* FEDVAL_FINDING_ */
    uint32_t severity;    /* FEDVAL_SEVERITY_, the one in force here; trust/ leaves 0 where the
                             profile decides */
    uint32_t requirement; /* 1..8, 0: none; from trust/: the catalogue decides */
    fv_where where;
    uint32_t fault; /* of srv-standby-faulty: the code of what is wrong with it; 0: none */
    const fv_param *params;
    size_t num_params;
} fv_finding;

/* A text that comes from outside ends after so many bytes in a finding: a certificate may hold
 * megabytes of names. */
#define FV_FINDING_TEXT_MOST 1024

#endif
