/* The members of a report. The judge fills them once; the renderers only read them. */
#ifndef FV_MODEL_REPORT_H
#define FV_MODEL_REPORT_H

#include "base/arena.h"
#include "catalogue/catalogue.h"
#include "fedval/report.h"
#include "model/fact.h"
#include "model/kept.h"
#include "model/remark.h"

#define FV_NUM_REQUIREMENTS 8 /* R1..R8 */
#define FV_DIGEST_TEXT_SIZE 65

/* One step on the way to a server, as the judge marks it. */
typedef fedval_step fv_report_step;

struct fedval_step {
    uint32_t mark;    /* FEDVAL_MARK_ */
    uint32_t finding; /* which of the report's findings decides the mark, counted from 1; 0: none */
};

/* The texts of a finding (fv_finding_text). */
enum { FV_TEXT_MESSAGE, FV_TEXT_EXPECTED, FV_TEXT_OBSERVED, FV_TEXT_REMEDY, FV_NUM_TEXTS };

/* What the texts of a finding are made of, beside its remark and its row in the catalogue. */
typedef struct fv_finding_texts {
    fv_arena *arena; /* keeps them; `domain` and `srv_owner` live in it */
    const char *domain, *srv_owner;
    fv_late_text made[FV_NUM_TEXTS];
} fv_finding_texts;

/* A remark with its row in the catalogue, which has the templates of its texts. */
typedef fedval_finding fedval_finding;

struct fedval_finding {
    fv_remark remark;
    const fedval_catalogue_entry *entry;
    fv_kept_certificate *kept;  /* the certificate at fault; NULL: none */
    fv_finding_texts *texts;    /* NULL: it has none, as it is beyond the limit of the policy */
    uint32_t breaks;            /* FEDVAL_DIRECTION_ mask */
    const fv_symptom *symptoms; /* texts filled in */
    size_t num_symptoms;
    bool is_mended;     /* one of the report's actions mends it */
    bool is_redacted;   /* nothing in it is private any more */
    const char *remedy; /* the template of the remedy; NULL: the catalogue's holds */
    uint32_t hint;      /* FEDVAL_HINT_: how to find out more, where that helps */
};

/* One path that the search tried, end-entity certificate first. */
typedef fedval_path fv_report_path;

struct fedval_path {
    bool accepted;
    fedval_report_certificate *certificates;
    size_t num_certificates;
    /* `remark.where.certificate` names the certificate at fault */
    fedval_finding *findings;
    size_t num_findings;
    size_t num_findings_left_out; /* beyond the limit of the policy */
    /* for each finding, the index of that certificate; SIZE_MAX: the fault is the whole path's */
    const size_t *rungs;
};

#define FV_REPORT_MAX_DNS_NAMES 1000
#define FV_REPORT_MAX_DNS_NAMES_OF_ALL 10000

typedef fedval_report_certificate fv_report_certificate;

struct fedval_report_certificate {
    uint32_t role; /* FEDVAL_ROLE_ */
    const char *subject;
    uint32_t subject_kind;   /* FV_VALUE_ of it */
    bool is_redacted;        /* nothing in it is private any more */
    const char *common_name; /* the most specific one; NULL: it has none */
    const char **dns_names;
    size_t num_dns_names;
    size_t num_dns_names_left_out; /* beyond FV_REPORT_MAX_DNS_NAMES */
    int64_t not_before, not_after; /* FEDVAL_TIME_UNKNOWN: malformed */
    fv_kept_certificate *kept;     /* its bytes; NULL: it is redacted, or no certificate */
    uint32_t revocation;           /* FEDVAL_REVOCATION_, as a certificate of a path */
    uint32_t mark;                 /* FEDVAL_MARK_, as a certificate of a path; 0: it is of none */
};

/* The certificate that an address presented, or the one that calls, and the verdicts on its name
 * and its trust. */
typedef fedval_presented fv_report_presented;

struct fedval_presented {
    fv_report_certificate *certificate; /* NULL: none observed */
    uint32_t origin;     /* FEDVAL_ORIGIN_ of it; 0: a chain that no file is known of */
    uint32_t name_match; /* FEDVAL_NAME_MATCH_ (fedval/certificate.h); 0: not checked */
    uint32_t trust;      /* FEDVAL_TRUST_ (fedval/trust.h) */
    fv_report_path *paths;
    size_t num_paths;
    fv_report_step name, chain;
};

typedef fedval_address fv_report_address;

struct fedval_address {
    const char *address;           /* NULL: a chain from a file, and no address known */
    const char *not_public;        /* why it is not public; NULL: public */
    bool is_allowed;               /* not public, and the policy lets such addresses pass */
    uint32_t probe;                /* FEDVAL_OUTCOME_; 0: not asked */
    fv_fact_sources probe_sources; /* who gave the probe, or the chain in its place */
    const char *tls_version;       /* NULL: none */
    int32_t alert;                 /* -1: none */
    uint32_t client_certificate;   /* FEDVAL_CLIENT_CERTIFICATE_: does it ask for one? */
    bool is_up;                    /* TLS came up, or ended only for want of a client certificate */
    uint32_t same_as; /* an earlier address of the endpoint that presents the same chain, counted
                         from 1; 0: none */
    fv_report_presented presented;
    fv_report_step step, tls; /* of the address itself, and of the connection */
};

enum { FV_RANK_PREFERRED = FEDVAL_RANK_PREFERRED, FV_RANK_STANDBY = FEDVAL_RANK_STANDBY };

typedef fedval_endpoint fv_report_endpoint;

struct fedval_endpoint {
    const char *target;
    uint16_t port, priority, weight;
    uint32_t ttl;
    uint32_t rank;      /* FV_RANK_ */
    uint32_t srv_match; /* FEDVAL_SRV_MATCH_ (fedval/name.h) */
    bool is_provider;
    bool from_policy;         /* --edge-fqdn: SRV was not consulted */
    uint32_t address_outcome; /* FEDVAL_OUTCOME_ of the look-up; 0: not asked */
    fv_report_address *addresses;
    size_t num_addresses;
    fv_report_step srv;
    fv_report_step lookup; /* of the address look-up, where it gave no address */
};

typedef fedval_action fv_report_action;

struct fedval_action {
    uint32_t side, op, kind; /* FEDVAL_SIDE_, FEDVAL_OP_, FEDVAL_ACTION_ */
    const char *owner; /* dns: owner name with final dot; partner: the provider's host; else the SRV
                          target, or NULL */
    /* dns: what it is about; `owner` and `data` are its texts. Of signatures (FV_TYPE_RRSIG) it has
     * no data. Type 0: other kinds */
    fv_record record;
    bool is_owner_to_choose; /* the owner is a placeholder, as the data may be */
    uint32_t ttl_authority;  /* FEDVAL_AUTHORITY_: whose TTL it is; UNKNOWN also where it is new */
    const char
        *data; /* dns: rdata in presentation form; san: the name; trust, partner: what to do */
    fv_part data_part;   /* san: the value of the name, behind the word for its type */
    const uint32_t *why; /* finding codes */
    size_t num_why;
    uint32_t role;             /* FEDVAL_ROLE_ of the certificate that it changes; 0: none */
    bool is_for_both;          /* it is the server's and the calling one: load it as both */
    const char *certificate;   /* its display name; NULL: none was seen */
    uint32_t certificate_kind; /* FV_VALUE_ of that name */
    const char *address;       /* where it is presented, if the host presents several; else NULL */
    bool is_elsewhere;         /* other addresses present it too, or may */
    uint32_t reissue;          /* the same number: the same certificate; 0: none was seen */
    const char *hurts;         /* whom it hurts, and how; NULL: nobody */
    /* the number of the action that this one can replace, counted from 1; 0: none */
    uint32_t alternative_to;
    bool comes_first; /* it can be done at once, and is of use by itself */
    /* san, keep: how many names the certificate keeps beside, beyond the limits of a report */
    size_t num_names_left_out;
};

typedef struct fv_report_anchors {
    size_t count;
    char
        sha256[FV_DIGEST_TEXT_SIZE]; /* over the sorted digests of the anchors; "" when not known */
} fv_report_anchors;

/* The anchors that the judge had, by FEDVAL_ANCHOR_ (fedval/trust.h). The first are none. */
#define FV_NUM_ANCHOR_CLASSES 3
typedef fv_report_anchors fv_anchors_by_class[FV_NUM_ANCHOR_CLASSES];

struct fedval_report {
    fv_arena arena;
    const char *domain, *domain_given;
    uint32_t side;
    bool side_inferred;
    uint32_t profile, scope;
    const fedval_policy *policy; /* that judged */
    int64_t gathered_at, evaluated_at;
    fv_fact_sources dns_sources; /* of the SRV fact */
    fv_anchors_by_class anchors;
    uint32_t verdict;
    uint32_t requirements[FV_NUM_REQUIREMENTS + 1]; /* [1]..[8]: FEDVAL_VERDICT_ */
    bool required[FV_NUM_REQUIREMENTS + 1];         /* has to be judged for a "pass" */
    int64_t valid_until;
    uint32_t srv_outcome;  /* FEDVAL_OUTCOME_; 0: not asked */
    const char *srv_owner; /* "_sipfederationtls._tcp.<domain>"; NULL: SRV is not consulted */
    fv_report_step srv;    /* the step of the SRV record, if there is no endpoint to hold it */
    fv_report_endpoint *endpoints;
    size_t num_endpoints;
    fv_report_presented client; /* the calling certificate, where one was given */
    /* errors first, then indeterminate, warnings, notes; by code within; then the accepted ones */
    fedval_finding *findings;
    size_t num_findings;
    size_t num_findings_left_out; /* beyond the limit of the policy */
    fv_report_action *actions;
    size_t num_actions;
    const char *partner_alternative; /* what an on-premises partner could configure instead; NULL */
    uint32_t after_actions;          /* FEDVAL_VERDICT_ */
    /* The basis of `after_actions`: which requirements were judged again, on the facts as the
     * actions would make them, and what was assumed. */
    bool judged_again[FV_NUM_REQUIREMENTS + 1];
    const char **assumed;
    size_t num_assumed;
    /* Why `after_actions` is no pass: the codes of the findings that decide it, each once, and the
     * requirements that are wanted and were not judged. */
    uint32_t *remaining;
    size_t num_remaining;
    bool open_after[FV_NUM_REQUIREMENTS + 1];
    bool
        needs_together; /* the new SRV record asks for a name that no certificate seen here holds */
    uint32_t wait_s;    /* how long caches may hold what the actions change */
    bool wait_is_least; /* the TTL of the zone is not known, only what was left of it in a cache */
    uint32_t *not_checked;       /* FEDVAL_NOT_CHECKED_ */
    uint32_t *not_checked_hints; /* FEDVAL_HINT_ of what would look */
    size_t num_not_checked;
};

/* Whether the action adds an address that nobody asked for, since the SRV record of the host is
 * missing: it may be there already. */
bool fv_action_is_unasked(const fv_report_action *action);

/* ---- the report in a line (report_summary.c) ---- */

/* Returns the finding that decides: of findings sorted worst first, the first one, if it counts and
 * is at least that severe; else NULL. */
const fedval_finding *fv_findings_worst(const fedval_finding *findings, size_t num_findings,
                                        uint32_t least);
/* Returns how many findings of a severity count for the verdict, or are accepted (`counts`
 * false). */
size_t fv_report_count_of(const fedval_report *report, uint32_t severity, bool counts);
/* Returns what a report of a part was judged on: "DNS alone (R1 to R3)". NULL: it is of the whole.
 */
const char *fv_report_scope_text(const fedval_report *report);
/* Whether a requirement was not checked although a pass needs it. */
bool fv_report_is_unseen(const fedval_report *report, uint32_t requirement);
/* Whether R1 to R3 were not judged because an inner resolver alone was asked. */
bool fv_report_is_public_dns_unseen(const fedval_report *report);
/* Returns whether a certificate was seen at another address, and nobody looked at this one, which
 * peers may be given. */
bool fv_report_is_address_unseen(const fedval_report *report, const fv_report_endpoint *endpoint,
                                 const fv_report_address *address);
/* Whether the action changes something on that side by itself: it keeps nothing, and takes no other
 * action's place. */
/* Whether the action changes something. A name that is kept does not, nor does the alternative to
 * another action. */
bool fv_action_is_change(const fv_report_action *action);
bool fv_action_is_change_of(const fv_report_action *action, uint32_t side);
bool fv_report_has_changes(const fedval_report *report, uint32_t side);

/* Returns those of a class; none for an unknown class. */
const fv_report_anchors *fv_report_anchors_of(const fv_anchors_by_class anchors,
                                              uint32_t anchor_class);
/* Returns their digest; NULL: it is not known. */
const char *fv_report_anchors_digest(const fv_anchors_by_class anchors, uint32_t anchor_class);

#endif
