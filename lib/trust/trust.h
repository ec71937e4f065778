/* Chain trust (RFC 5280 section 6, RFC 4158) on decoded facts: what rules and judge call. */
#ifndef FV_TRUST_TRUST_H
#define FV_TRUST_TRUST_H

#include "base/arena.h"
#include "fedval/trust.h"
#include "model/finding.h"
#include "model/policy.h"
#include "x509/certificate.h"

#define FV_TRUST_NO_RUNG SIZE_MAX

/* A finding and the rung of the path that it stands at. Its parameters are those that the messages
 * of the catalogue name (catalogue/rows_trust.c, rows_certificate.c); {certificate} is the display
 * name of the certificate, times are RFC 3339, numbers decimal. */
typedef struct fv_trust_finding {
    fv_finding finding;
    size_t rung; /* 0: end-entity certificate; FV_TRUST_NO_RUNG: the path as a whole */
    /* More of the same code at the same rung that were left out; the parameter {more} says so. */
    size_t num_more;
    char *more; /* that parameter */
} fv_trust_finding;

typedef struct fv_trust_findings {
    fv_trust_finding *items;
    size_t num_items, capacity;
} fv_trust_findings;

/* What is known of a certificate's revocation. */
enum {
    FV_REVOCATION_NOT_ASKED, /* an anchor, or a path that was not looked at for it */
    FV_REVOCATION_NOT_CHECKED,
    FV_REVOCATION_GOOD,
    FV_REVOCATION_REVOKED,
};

/* A certificate of a path. */
typedef struct fv_trust_rung {
    const fv_certificate *certificate;
    size_t sent_index;  /* position in what was sent; SIZE_MAX: from the anchors */
    const char *name;   /* display name: "CN=vcse.steven.lab" */
    uint8_t revocation; /* FV_REVOCATION_ */
} fv_trust_rung;

/* One path that was tried, end-entity first. */
typedef struct fv_trust_path {
    bool accepted;
    bool ends_at_anchor;   /* its last rung is an anchor */
    uint32_t anchor_class; /* FEDVAL_ANCHOR_; 0 when it does not end at one */
    fv_trust_rung *rungs;
    size_t num_rungs;
    uint32_t reach; /* how far it got: the larger the further; to compare paths with */
    fv_trust_findings findings;
} fv_trust_path;

/* What a chain is judged by. Everything is borrowed. */
typedef struct fv_trust_input {
    const fv_certificate *const *certificates; /* as sent; NULL: could not be decoded */
    size_t num_certificates;
    bool is_incomplete;              /* the source gives the end-entity certificate only: what is
                                        missing and what is surplus cannot be told */
    uint32_t purpose;                /* FEDVAL_PURPOSE_ */
    const fedval_policy *policy;     /* its time aside */
    int64_t time;                    /* to judge at */
    const fedval_anchors *anchors;   /* sealed; NULL: none */
    const fedval_crls *crls;         /* NULL: revocation is not checked */
    const fedval_verifier *verifier; /* NULL: signatures are not checked, trust is unknown */
} fv_trust_input;

/* What came of it; everything lies in the arena that was given or in the input. */
typedef struct fv_trust_result {
    uint32_t trust; /* FEDVAL_TRUST_: about the path; an expired end-entity certificate on a sound
                       path is trusted, and has a finding in end_entity */
    const fv_trust_path *accepted; /* NULL: none */
    int64_t valid_until;  /* earliest notAfter of the accepted path (end-entity included) and
                             nextUpdate of the CRLs used; FV_TIME_UNKNOWN: no accepted path */
    fv_trust_path *paths; /* every path tried, the accepted one first, then the one that got
                             furthest; at most FV_TRUST_MAX_PATHS */
    size_t num_paths;
    size_t num_paths_dropped; /* tried beyond those kept */
    /* The end-entity certificate's own faults and advice, whatever its path. */
    fv_trust_findings end_entity;
    /* What the report says of the chain: the accepted path's findings, or those of the refused path
     * that got furthest; order, surplus, revocation and limits. */
    fv_trust_findings chain;
} fv_trust_result;

/* Where the end-entity certificate stands in a chain whose first certificate is the CA that issued
 * it, directly or not; 0: the chain is not in reverse. */
size_t fv_trust_find_reversed(const fv_certificate *const *certificates, size_t num_certificates);

#define FV_TRUST_MAX_PATHS 32

/* 0; NO_MEMORY; STATE for anchors that are not sealed. Flaws are findings, not errors. */
fedval_status fv_trust_evaluate(fv_arena *arena, const fv_trust_input *input, fv_trust_result *out);

#endif
