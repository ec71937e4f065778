/* Chain trust (RFC 5280 section 6, RFC 4158) on decoded facts: what rules and judge call. */
#ifndef FV_TRUST_TRUST_H
#define FV_TRUST_TRUST_H

#include "base/arena.h"
#include "fedval/trust.h"
#include "model/policy.h"
#include "model/remark.h"
#include "x509/certificate.h"

#define FV_TRUST_NO_RUNG SIZE_MAX

/* A remark and the rung of the path that it belongs to. The messages of the catalogue name its
 * parameters (catalogue/rows_trust.c, rows_certificate.c): {certificate} is the display name of the
 * certificate, times are RFC 3339, numbers decimal. */
typedef struct fv_trust_remark {
    fv_remark remark;
    size_t rung; /* 0: end-entity certificate; FV_TRUST_NO_RUNG: the path as a whole */
    /* The parameter {more}: how many of the same code at the same rung were left out, in digits. */
    char *more;
} fv_trust_remark;

typedef struct fv_trust_remarks {
    fv_trust_remark *items;
    size_t num_items, capacity;
} fv_trust_remarks;

/* A certificate of a path. */
typedef struct fv_trust_rung {
    const fv_certificate *certificate;
    size_t sent_index;  /* position in what was sent; SIZE_MAX: from the anchors */
    const char *name;   /* display name: "CN=vcse.steven.lab" */
    uint8_t revocation; /* FEDVAL_REVOCATION_ */
} fv_trust_rung;

/* One path that was tried, end-entity first. */
typedef struct fv_trust_path {
    bool accepted;
    bool ends_at_anchor;   /* its last rung is an anchor */
    uint32_t anchor_class; /* FEDVAL_ANCHOR_; 0 when it does not end at one */
    fv_trust_rung *rungs;
    size_t num_rungs;
    uint32_t reach; /* how far the path got, to compare paths: larger is further */
    fv_trust_remarks remarks;
} fv_trust_path;

/* The input of an evaluation. Everything is borrowed. */
typedef struct fv_trust_input {
    const fv_certificate *const *certificates; /* as sent; NULL: could not be decoded */
    size_t num_certificates;
    /* the source gives only the end-entity certificate, so missing and surplus certificates
     * cannot be found */
    bool is_incomplete;
    uint32_t purpose; /* FEDVAL_PURPOSE_ */
    /* The chain is shown when calling, so its key has to sign, whatever `purpose` asks for. */
    bool is_calling;
    const fedval_policy *policy;     /* its time is not used: `time` is */
    int64_t time;                    /* to judge at */
    const fedval_anchors *anchors;   /* sealed; NULL: none */
    const fedval_crls *crls;         /* NULL: revocation is not checked */
    const fedval_verifier *verifier; /* NULL: signatures are not checked, trust is unknown */
} fv_trust_input;

/* The result. Everything lies in the given arena or in the input. */
typedef struct fv_trust_result {
    /* FEDVAL_TRUST_ of the path. Example: an expired end-entity certificate on a sound path is
     * trusted, and has a remark in `end_entity`. */
    uint32_t trust;
    const fv_trust_path *accepted; /* NULL: none */
    /* the earliest notAfter of the accepted path, end-entity certificate included, and
     * nextUpdate of the CRLs that were used; FV_TIME_UNKNOWN: no accepted path */
    int64_t valid_until;
    /* the paths that were tried: the accepted one first, then the one that got furthest; at most
     * FV_TRUST_MAX_PATHS */
    fv_trust_path *paths;
    size_t num_paths;
    size_t num_paths_dropped; /* how many more were tried */
    /* Faults of the end-entity certificate itself, and advice on it, whatever its path. */
    fv_trust_remarks end_entity;
    /* Findings about the chain: those of the accepted path, or of the refused path that got
     * furthest; then order, surplus, revocation and limits. */
    fv_trust_remarks chain;
} fv_trust_result;

/* The index of the end-entity certificate in a chain whose first certificate is the CA that issued
 * it, directly or not; 0: the chain is not in reverse. */
size_t fv_trust_find_reversed(const fv_certificate *const *certificates, size_t num_certificates);

#define FV_TRUST_MAX_PATHS 32

/* 0; NO_MEMORY; STATE for anchors that are not sealed. Flaws are remarks, not errors. */
fedval_status fv_trust_evaluate(fv_arena *arena, const fv_trust_input *input, fv_trust_result *out);

/* The same of a certificate that is asked for and not issued yet: `asked` is judged by itself, and
 * the trust of its chain is taken for granted. 0; NO_MEMORY. */
fedval_status fv_trust_judge_request(fv_arena *arena, const fv_trust_input *input,
                                     const fv_certificate *asked, uint32_t trust,
                                     fv_trust_result *out);

#endif
