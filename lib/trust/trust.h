/* Chain trust (RFC 5280 section 6, RFC 4158) on decoded facts: what rules and judge call. */
#ifndef FV_TRUST_TRUST_H
#define FV_TRUST_TRUST_H

#include "base/arena.h"
#include "fedval/trust.h"
#include "model/finding.h"
#include "model/policy.h"
#include "x509/certificate.h"

/*
 * The parameters that each finding carries, in the order in which they are appended. Every finding
 * about one certificate has its display name as where.certificate and as {certificate}. Times are
 * RFC 3339, numbers decimal. A parameter in brackets is there only when it is known.
 *
 * About the end-entity certificate alone (fv_trust_result.end_entity; rung 0, of no path):
 *   cert-expired                 certificate, not_after, time
 *   cert-not-yet-valid           certificate, not_before, time
 *   cert-expires-soon            certificate, not_after, days (left, whole)
 *   cert-malformed               certificate, reason
 *   cert-eku-no-server-auth      certificate, usages ("clientAuth, 1.2.3")
 *   cert-eku-no-client-auth      the same
 *   cert-key-weak                certificate, key ("RSA 1024"), wanted ("RSA of 2048 bits or more")
 *   cert-key-unsupported         certificate, key, wanted
 *   cert-signature-weak          certificate, algorithm
 *   cert-signature-pss           certificate
 *   cert-no-crl-distribution-point  certificate
 *
 * About a path (each with the rung it stands at):
 *   chain-untrusted-root         certificate (the last one of the path), root (the name wanted or
 *                                the self-signed certificate reached), num_anchors, root_sent
 *                                ("yes" or "no"), [aia_url]
 *   chain-self-signed            certificate, num_anchors
 *   chain-incomplete             certificate, issuer (the name wanted), num_anchors, [aia_url]
 *   chain-private-root           certificate (the anchor), root (the same), consequence
 *   chain-bad-signature          certificate, issuer
 *   chain-signature-unsupported  certificate, issuer, algorithm
 *   chain-issuer-expired         certificate, not_before, not_after, time, state ("expired" or
 *                                "not yet valid")
 *   chain-not-a-ca               certificate, reason
 *   chain-path-too-long          certificate, max (intermediates allowed below it), length (there)
 *   chain-name-not-permitted     certificate, name, issuer (whose constraint), reason
 *   chain-eku-not-permitted      certificate, purpose ("server" or "client"), usages
 *   chain-policy-violated        certificate, reason
 *   chain-unknown-critical-extension  certificate, oid
 *   chain-expires-soon           certificate, not_after, days
 *   cert-malformed, cert-key-weak, cert-signature-weak    as above, of a CA certificate
 *   cert-revoked                 certificate, serial, revoked_at, crl_reason, issuer
 *   crl-unusable                 certificate, issuer, reason
 *
 * About the chain as a whole (no rung):
 *   chain-out-of-order           order (the order wanted: "1, 3, 2", positions as sent, from 1)
 *   chain-unneeded-certificates  certificates (their display names), count
 *   revocation-not-checked       certificate (the end-entity's), reason
 *   limit-reached                limit (the policy field's name), value
 */

#define FV_TRUST_NO_RUNG SIZE_MAX

/* A finding and the rung of the path that it stands at. */
typedef struct fv_trust_finding {
    fv_finding finding;
    size_t rung; /* 0: end-entity certificate; FV_TRUST_NO_RUNG: the path as a whole */
} fv_trust_finding;

typedef struct fv_trust_findings {
    fv_trust_finding *items;
    size_t num_items, capacity;
} fv_trust_findings;

/* A certificate of a path. */
typedef struct fv_trust_rung {
    const fv_certificate *certificate;
    size_t sent_index; /* position in what was sent; SIZE_MAX: from the anchors */
    const char *name;  /* display name: "CN=vcse.steven.lab" */
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
    size_t num_paths, paths_capacity;
    size_t num_paths_dropped; /* tried beyond those kept */
    /* The end-entity certificate's own faults and advice, whatever its path. */
    fv_trust_findings end_entity;
    /* What the report says of the chain: the accepted path's findings, or those of the refused path
     * that got furthest; order, surplus, revocation and limits. */
    fv_trust_findings chain;
} fv_trust_result;

#define FV_TRUST_MAX_PATHS 32

/* 0; NO_MEMORY; STATE for anchors that are not sealed. Flaws are findings, not errors. */
fedval_status fv_trust_evaluate(fv_arena *arena, const fv_trust_input *input, fv_trust_result *out);

/* The display_name of a certificate (fv_certificate_keep_name), whether it was kept or not. */
const char *fv_trust_display_name(fv_arena *arena, const fv_certificate *certificate);

#endif
