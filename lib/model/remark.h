/* A remark: what a rule puts into the sink: a code, a place and parameters. It has no text; with
 * its row of the catalogue, which has the templates, it becomes a finding (model/finding.h). */
#ifndef FV_MODEL_REMARK_H
#define FV_MODEL_REMARK_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "fedval/finding.h"

/* The place of a fault. A member is NULL or 0 where it does not apply. */
typedef struct fv_where {
    const char *target;        /* SRV target */
    const char *address;       /* IP address */
    uint16_t port;             /* 0: none */
    fv_bytes der;              /* the certificate at fault; no bytes: none */
    const char *certificate;   /* its display name */
    uint32_t certificate_kind; /* FV_VALUE_ of that name */
    uint32_t role;             /* FEDVAL_ROLE_, 0: none */
    /* The same place as an index into the report: the number of the endpoint, and the number of the
     * address within it. Counted from 1; 0: no particular one. */
    uint32_t endpoint, endpoint_address;
} fv_where;

typedef struct fv_remark {
    uint32_t code;        /* FEDVAL_FINDING_ */
    uint32_t severity;    /* FEDVAL_SEVERITY_, the one in force here; trust/ leaves 0 where the
                             profile decides */
    uint32_t requirement; /* 1..8, 0: none; from trust/: the catalogue decides */
    fv_where where;
    /* for srv-standby-faulty: the code of the fault that the standby has; 0: none */
    uint32_t fault;
    const fv_param *params;
    size_t num_params;
    size_t num_more;        /* how many more of its kind the certificate has, which are not kept */
    bool has_consequence;   /* its parameter {consequence} was set by trust/ */
    uint32_t acceptance;    /* FEDVAL_ACCEPTANCE_; 0: nobody accepted it */
    int64_t accepted_until; /* FEDVAL_TIME_UNKNOWN: without an end */
} fv_remark;

/* Whether the remark counts for the verdict: it is not accepted now. */
static inline bool fv_remark_counts(const fv_remark *remark)
{
    return remark->acceptance != FEDVAL_ACCEPTANCE_IN_FORCE;
}

/* Whether the remark counts and is an error or open. */
static inline bool fv_remark_is_fault(const fv_remark *remark)
{
    return fv_remark_counts(remark) && remark->severity >= FEDVAL_SEVERITY_INDETERMINATE;
}

/* Collects the values for the templates of a remark: its own parameters, then the domain, the SRV
 * owner, the target, the address and the certificate. Returns how many there are. */
#define FV_REMARK_MAX_PARAMS 16
size_t fv_remark_collect_params(const fv_remark *remark, const char *domain, const char *srv_owner,
                                fv_param out[FV_REMARK_MAX_PARAMS]);

/* A remark keeps only so many bytes of a text from outside, because a certificate may hold
 * megabytes of names. */
#define FV_REMARK_TEXT_MOST 1024

#endif
