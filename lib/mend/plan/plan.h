/* A plan, and the functions that its stages share. The stages: certificates as they are (present),
 * records (targets and addresses), names, ready files, steps, the walk over them, the verdicts.
 * Each judges with the rules of a check, on evidence that is made from a state (world.c). */
#ifndef FV_MEND_PLAN_PLAN_H
#define FV_MEND_PLAN_PLAN_H

#include "fedval/plan.h"
#include "judge/judgement.h"
#include "model/finding.h"
#include "model/intent.h"
#include "model/policy.h"

/* ---- what a plan holds ---- */

/* The first release with a store of its own for the certificate that an Expressway calls with. A
 * release is a number as in FEDVAL_POLICY_EXPRESSWAY_VERSION. */
#define FV_PLAN_WITH_TWO_STORES 1505
/* The one release with the switch EnableServerEkuUpload. */
#define FV_PLAN_WITH_SWITCH 1504

typedef struct fv_plan_name {
    const char *name;
    const char *purpose; /* for people */
    uint64_t hash;       /* hash of the name without regard to case */
    bool is_kept;        /* no matter of this plan: another service or the present one has it */
} fv_plan_name;

/* A chain that a peer presents or will present, evaluated once. Evidence holds a token for it
 * (token.h), since a certificate that does not exist yet has no DER. */
typedef struct fv_plan_chain {
    bool is_known;
    const fv_certificate *const *certificates;
    size_t num_certificates;
    fv_trust_result trust, trust_as_client;
    bool is_assumed; /* there is no certificate yet: its trust and times are assumed */
} fv_plan_chain;

/* The chains of a certificate. */
enum { FV_PLAN_PRESENT, FV_PLAN_READY, FV_PLAN_PLANNED, FV_PLAN_NUM_CHAINS };

struct fedval_plan_certificate {
    size_t cluster, peer_index;
    const char *peer;
    uint32_t role; /* FEDVAL_ROLE_ */
    bool is_for_both;
    uint32_t origin; /* FEDVAL_PLAN_ORIGIN_ */
    const char *subject;
    const char *common_name;
    /* of the certificate that will serve, where it exists; NULL: it does not, or it is redacted */
    const char *serial; /* hexadecimal */
    char sha256[FV_DIGEST_TEXT_SIZE];
    fv_plan_name *names;
    size_t num_names, names_capacity;
    fv_bytes *ready_der; /* the ready file: a chain with the end entity first, or a request alone */
    size_t num_ready_der;
    const char *ready_file; /* its name; NULL: the intent holds its text */
    bool is_ready_request, is_reversed, is_present_reversed;
    bool is_present_given;    /* the intent gives the certificate in use; else it was seen */
    bool is_present_doubtful; /* one that is given does not name the peer */
    bool is_present_strange;  /* ... nor anything else that is planned for the peer */
    uint32_t signature;       /* FEDVAL_VERIFY_ of a ready request; 0: there is none */
    bool is_refused;          /* the ready file will not do */
    const char *another;      /* the peer that it names in place of this one; NULL: none */
    const char *refused_for;  /* the codes of the findings that refuse it: "a, b"; may be "" */
    fedval_finding *findings;
    size_t num_findings, findings_capacity;
    fv_plan_chain chains[FV_PLAN_NUM_CHAINS];
};

/* The TTL that a set of records has today. RFC 2181 5.2: "the TTLs of all RRs in an RRSet must be
 * the same". */
typedef struct fv_plan_ttl {
    uint32_t seconds;
    bool is_left;  /* it is what was left in a resolver's cache: the zone's may be higher */
    bool is_known; /* else nothing is there; a TTL of 0 is one */
} fv_plan_ttl;

/* The families of address records, and their types. */
enum { FV_PLAN_IPV4, FV_PLAN_IPV6, FV_PLAN_NUM_FAMILIES };
static const uint32_t fv_plan_address_types[FV_PLAN_NUM_FAMILIES] = {FEDVAL_TYPE_A,
                                                                     FEDVAL_TYPE_AAAA};

/* An address record of the target. */
typedef struct fv_plan_address {
    const char *owner; /* no final dot */
    const char *address;
    uint32_t type, ttl;
    bool is_to_choose; /* `address` only describes it: the administrator has to choose one */
} fv_plan_address;

struct fedval_plan_domain {
    const char *name, *srv_owner;
    const char *zone;
    const char *target; /* NULL: none */
    uint32_t side;
    size_t cluster;
    uint32_t verdict_today, verdict_after;
    fedval_finding *findings;
    size_t num_findings;
    /* today */
    const fedval_evidence *today; /* valid while the plan is made */
    const fedval_fact *srv;
    uint32_t works; /* FEDVAL_DIRECTION_ mask */
    bool is_at_provider;
    /* what changes */
    bool has_new_srv, has_old_srv, is_owner_alias;
    bool is_target_in_use; /* today's SRV record leads there, or the partner's configuration */
    bool is_proxy;         /* the target is the proxy that the policy names */
    bool shares_target;    /* it is the target of a domain before this one, which has the steps */
    fv_plan_ttl old_ttl;   /* of today's SRV records */
    const char **old_srv;  /* the data of those that the new one replaces */
    size_t num_old_srv;
    fv_plan_address *wanted, *missing, *stale;
    size_t num_wanted, num_missing, num_stale;
    fv_plan_ttl address_ttl[FV_PLAN_NUM_FAMILIES]; /* of today's address records of the target */
    const fv_record *target_alias;                 /* the target is a CNAME today; NULL: it is none.
                                                      Valid while the plan is made */
    uint32_t *why;                                 /* codes of today's errors */
    size_t num_why;
    uint32_t not_seen; /* requirements that today's verdict lacks: bit n is R<n> */
    bool has_given;    /* the intent gives certificates in use, which that verdict leaves out */
    /* numbers of steps; 0: none */
    uint32_t lower_step, srv_step, addresses_step;
    uint32_t address_lower_step[FV_PLAN_NUM_FAMILIES], clean_step[FV_PLAN_NUM_FAMILIES];
    uint32_t alias_lower_step, alias_step; /* where the target's CNAME record goes */
};

struct fedval_plan_step {
    uint32_t number;
    uint32_t *after;
    size_t num_after;
    uint32_t wait_s, side, op, kind;
    const char *zone, *owner, *type, *data;
    fv_record record; /* dns: what it is about; `owner`, `type` and `data` are its words */
    const uint32_t *why;
    size_t num_why;
    const char *hurts;
    uint32_t alternative_to;
    /* what it changes, for the walk: indices; SIZE_MAX: nothing */
    size_t domain, certificate;
    uint32_t effect;    /* FV_PLAN_EFFECT_ */
    bool is_one_change; /* to be made in one change with the records that take its place */
};

enum {
    FV_PLAN_EFFECT_NONE,
    FV_PLAN_EFFECT_ADDRESSES, /* the missing addresses are there */
    FV_PLAN_EFFECT_SRV,
    FV_PLAN_EFFECT_CLEAN, /* the stale addresses are gone */
    FV_PLAN_EFFECT_CERTIFICATE,
};

/* A CA certificate that Expressway or a partner needs. */
typedef struct fv_plan_ca {
    size_t cluster; /* SIZE_MAX: all clusters need it */
    const char *name;
    uint32_t name_kind; /* FV_VALUE_ of it */
    fv_bytes der;
    char sha256[FV_DIGEST_TEXT_SIZE];
    bool is_root;
} fv_plan_ca;

/* A file that can be written; `index` is that of a domain, certificate, cluster or partner. */
enum {
    FV_PLAN_FILE_ZONE,
    FV_PLAN_FILE_CONFIG,
    FV_PLAN_FILE_PAGE,
    FV_PLAN_FILE_TRUST,
    FV_PLAN_FILE_XCONFIGURATION,
    FV_PLAN_FILE_POWERSHELL,
    FV_PLAN_FILE_LETTER,
};

typedef struct fv_plan_file {
    uint32_t kind; /* FV_PLAN_FILE_ */
    size_t index;
    const char *name;
} fv_plan_file;

typedef struct fv_plan_peer {
    const char *name;
} fv_plan_peer;

typedef struct fv_plan_cluster {
    bool has_domains; /* of the Cisco side; else nothing is planned for it */
    const char *name; /* its FQDN, or that of its first peer */
    int64_t version;
    /* Whether its release has the switch EnableServerEkuUpload, without which it loads no server's
     * certificate that lacks clientAuth (see fedval explain R6); and whether such a certificate is
     * planned. */
    bool has_switch, needs_switch;
    fv_plan_peer *peers;
    size_t num_peers;
} fv_plan_cluster;

typedef struct fv_plan_partner {
    const char *name;
    bool is_office365;
    const char *proxy_fqdn;
    const bool *is_allowed; /* for each domain, whether the partner allows it; NULL: not known */
} fv_plan_partner;

/* Whether the partner is known to have the domain on its list. */
static inline bool fv_plan_is_listed(const fv_plan_partner *partner, size_t domain)
{
    return partner->is_allowed != NULL && partner->is_allowed[domain];
}

/* What is new to a partner about the target of a domain. */
enum {
    FV_PLAN_NEWS_NONE,
    FV_PLAN_NEWS_LISTED,     /* the domain is on the partner's list already */
    FV_PLAN_NEWS_NOT_LISTED, /* it is not */
    FV_PLAN_NEWS_PROXY,      /* the target is the partner's proxy: SRV is not consulted */
    FV_PLAN_NEWS_FIRST,      /* the domain had no record so far */
};

/* Returns the FV_PLAN_NEWS_ of domain `index` to a partner. */
uint32_t fv_plan_news(const fedval_plan_domain *domain, const fv_plan_partner *partner,
                      size_t index);

typedef struct fv_plan_texts {
    const char **items;
    size_t count, capacity;
} fv_plan_texts;

/* What only the administrator knows. */
typedef struct fv_plan_question {
    const char *text;
    const char *member; /* of the intent, which answers it; NULL: no single one does */
    const char *about;  /* the cluster, peer, domain, partner, address or name that it is about;
                           NULL: the intent itself */
} fv_plan_question;

struct fedval_plan {
    fv_arena arena;
    int64_t evaluated_at;
    uint32_t verdict_today, verdict_after;
    uint32_t harm;        /* FEDVAL_PLAN_HARM_ */
    bool judged_again[9]; /* [1]..[8] */
    uint32_t ca;          /* FV_CA_: who signs the requests */
    uint32_t ttl, low_ttl;
    const char *edge_fqdn; /* the proxy that the policy names; NULL: none */
    fv_plan_texts assumed;
    fv_plan_question *questions;
    size_t num_questions, questions_capacity;
    fedval_plan_domain *domains;
    size_t num_domains;
    fedval_plan_certificate *certificates;
    size_t num_certificates;
    fedval_plan_step *steps;
    size_t num_steps, steps_capacity;
    fv_plan_cluster *clusters;
    size_t num_clusters;
    fv_plan_partner *partners;
    size_t num_partners;
    fv_plan_ca *cas;
    size_t num_cas, cas_capacity;
    fv_plan_file *files;
    size_t num_files, files_capacity;
};

/* ---- while it is made ---- */

typedef struct fv_planner fv_planner;

/* Gives the rules the chains of the plan for their tokens in evidence. */
typedef struct fv_plan_supply {
    fv_chain_supply base;
    const fv_planner *planner;
} fv_plan_supply;

struct fv_planner {
    fedval_plan *plan;
    const fedval_intent *intent;
    const fedval_judge *judge;
    size_t policy_index;
    int64_t time;
    fv_arena work; /* what is needed only until the plan is made */
    /* the targets of all domains of each cluster; R8 is judged with the first domain */
    fv_other_target **others;
    size_t *num_others;
    fv_plan_supply supply;
};

/* The state of a domain after some of the steps. */
typedef struct fv_plan_state {
    bool has_new_srv;
    bool has_new_addresses;
    bool is_clean; /* stale addresses are gone */
    /* for each certificate, whether the planned one is in place; NULL: all are */
    const bool *loaded;
    uint32_t chain; /* FV_PLAN_READY: the ready chain of `only`; else FV_PLAN_PLANNED */
    size_t only;    /* look at this peer alone; SIZE_MAX: at all of the cluster */
    uint32_t role;  /* FEDVAL_ROLE_: look at certificates of this role alone; 0: of both */
} fv_plan_state;

/* ---- stages; each returns 0, NO_MEMORY or LIMIT ---- */

fedval_status fv_plan_present(fv_planner *planner);
/* Notes which certificate each row means, once its origin is known. Returns 0, or NO_MEMORY. */
fedval_status fv_plan_identify(fv_planner *planner);
fedval_status fv_plan_judge_today(fv_planner *planner);
fedval_status fv_plan_records(fv_planner *planner);
fedval_status fv_plan_names(fv_planner *planner);
fedval_status fv_plan_ready(fv_planner *planner);
fedval_status fv_plan_choose(fv_planner *planner);
fedval_status fv_plan_authorities(fv_planner *planner);
fedval_status fv_plan_steps(fv_planner *planner);
fedval_status fv_plan_walk(fv_planner *planner);
/* Collects the targets that R8 compares, for the last judgement. */
fedval_status fv_plan_gather_targets(fv_planner *planner);
fedval_status fv_plan_judge_after(fv_planner *planner);
fedval_status fv_plan_weigh(fv_planner *planner); /* the harm on the way */
fedval_status fv_plan_ask(fv_planner *planner);
fedval_status fv_plan_files(fv_planner *planner);

/* ---- what they share ---- */

/* Returns the rules' input for a domain, without evidence. `out_policy` gets the policy of its
 * cluster, and borrows its texts. */
fv_rules_input fv_plan_input(const fv_planner *planner, const fedval_plan_domain *domain,
                             fedval_policy *out_policy);
/* Judges `domain` in `state`; the judgement lies in `arena`. It borrows `*out_evidence` and
 * `out_policy`. The caller frees the evidence, also after a failure. Returns 0, NO_MEMORY, LIMIT,
 * or what fv_judgement_make returns. */
fedval_status fv_plan_judge(fv_planner *planner, fv_arena *arena, const fedval_plan_domain *domain,
                            const fv_plan_state *state, fv_judgement *out,
                            fedval_policy *out_policy, fv_rules_input *out_input,
                            fedval_evidence **out_evidence);
/* The `fill` of a fv_plan_supply. */
fedval_status fv_plan_fill_chain(const fv_chain_supply *supply, fv_arena *arena,
                                 const fv_rules_input *input, fv_scene_chain *chain);
/* Returns the FEDVAL_DIRECTION_ mask of the calls that errors break. */
uint32_t fv_plan_broken(const fv_judgement *judgement);

/* Returns the certificate that a peer uses in `role`; it may be one for both roles. */
fedval_plan_certificate *fv_plan_find_certificate(const fedval_plan *plan, size_t cluster,
                                                  size_t peer, uint32_t role);
/* Returns the TTL of the records of `type` that `name` has today. */
fv_plan_ttl fv_plan_find_ttl(const fedval_plan_domain *domain, const char *name, uint32_t type);
/* Returns the TTL that a set of records gets at last: the one before, or that of the plan. */
uint32_t fv_plan_last_ttl(const fedval_plan *plan, fv_plan_ttl before);
/* Returns the TTL that the address records of the target get while others are removed. */
uint32_t fv_plan_address_ttl(const fedval_plan *plan, const fedval_plan_domain *domain,
                             uint32_t type);
/* Returns whether any identifier of the certificate, be it a wildcard or the Common Name, is or
 * covers `name`. */
bool fv_plan_is_named(const fv_certificate *facts, const char *name);
const fv_intent_store *fv_plan_store_of(const fv_planner *planner,
                                        const fedval_plan_certificate *certificate);
/* Returns the index of the peer that has `address`. SIZE_MAX: none has it. */
size_t fv_plan_peer_at(const fv_intent_cluster *cluster, const char *address);
/* Evaluates a chain of DER, end entity first, both as a server's and as a caller's. Returns 0,
 * NO_MEMORY, or what fv_trust_evaluate returns. */
fedval_status fv_plan_evaluate(fv_planner *planner, const fedval_plan_certificate *certificate,
                               const fv_bytes *chain, size_t num_chain, fv_plan_chain *out);
/* Plans a certificate that is newly requested. Returns 0, or NO_MEMORY. */
fedval_status fv_plan_ask_for(fv_planner *planner, fedval_plan_certificate *certificate);
/* Makes a chain that is assumed to be trusted, from the facts of its end entity. Returns 0, or
 * NO_MEMORY. */
fedval_status fv_plan_assume(fv_planner *planner, const fedval_plan_certificate *certificate,
                             const fv_certificate *facts, fv_plan_chain *out);

/* Make texts in the plan's arena. NULL: memory is short. */
const char *fv_plan_copy(fedval_plan *plan, const char *text);
#define FV_PLAN_JOIN(plan, ...)                                                                    \
    fv_arena_join(&(plan)->arena, (const char *const[]){__VA_ARGS__, NULL})
const char *fv_plan_number(fedval_plan *plan, uint64_t number);
/* Adds `text` if `texts` does not have it yet. False: memory is short, or `text` is NULL. */
bool fv_plan_add_text(fedval_plan *plan, fv_plan_texts *texts, const char *text);
/* Adds a question if no other has its text; copies `member` and `about`, not `text`. False: memory
 * is short, or `text` is NULL. */
bool fv_plan_add_question(fedval_plan *plan, const char *member, const char *about,
                          const char *text);
/* Returns FV_CA_: whose CA the certificates come from. If the intent does not say so, the chains
 * tell it, unless some certificate is still to be signed. */
uint32_t fv_plan_find_ca(const fedval_plan *plan);
/* Returns whether partners have to import a private root before a certificate is loaded. */
bool fv_plan_tells_first(const fedval_plan *plan);
/* Returns whether a CA certificate is known that the cluster has to hold. */
const char *fv_plan_role_word(uint32_t role); /* "server", "calling" */

#endif
