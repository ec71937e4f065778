/* The scene: what the rules look at, derived once from evidence and policy. Deriving it judges
 * nothing. Texts lie in the given arena, since a report outlives its evidence. Facts and
 * certificates are borrowed from the evidence. */
#ifndef FV_RULES_SCENE_H
#define FV_RULES_SCENE_H

#include "base/arena.h"
#include "model/evidence.h"
#include "model/policy.h"
#include "model/report.h"
#include "trust/trust.h"
#include "x509/certificate.h"

struct fv_rules_input;
struct fv_scene_chain;

/* Where a scene takes its chains from. */
typedef struct fv_chain_supply {
    /* Fills in the certificates and the trust result of `chain`, whose fact and role are set. They
     * lie in `arena`. Returns 0, NO_MEMORY, or what fv_trust_evaluate returns. */
    fedval_status (*fill)(const struct fv_chain_supply *supply, fv_arena *arena,
                          const struct fv_rules_input *input, struct fv_scene_chain *chain);
} fv_chain_supply;

/* The supply of chains as they were sent: it decodes and evaluates them. */
extern const fv_chain_supply fv_chain_supply_live;

/* A name that the peers of this domain have to show for another domain, because they serve both. */
typedef struct fv_other_target {
    const char *domain;
    const char *host;
    bool lacks_record; /* no SRV record leads to it: no peer is looked up by it today */
} fv_other_target;

/* The evidence to judge, and everything that it is judged with. All pointers are borrowed. */
typedef struct fv_rules_input {
    const fedval_evidence *evidence;
    const fedval_policy *policy;
    const fedval_anchors *anchors;   /* NULL: none */
    const fedval_crls *crls;         /* NULL: none */
    const fedval_verifier *verifier; /* NULL: signatures are not checked */
    int64_t time;                    /* the time to judge at */
    uint32_t client_purpose;         /* FEDVAL_PURPOSE_ that calling certificates are judged for */
    const fv_chain_supply *chains;   /* NULL: fv_chain_supply_live */
    /* the targets of all domains that the same peers serve, this domain's own included */
    const fv_other_target *others;
    size_t num_others;
} fv_rules_input;

/* A chain that was presented. It is decoded and evaluated once, even if it was presented often. */
typedef struct fv_scene_chain {
    const fedval_fact *fact;
    uint32_t role;                             /* FEDVAL_ROLE_ */
    const fv_certificate *const *certificates; /* an item is NULL if it could not be decoded */
    size_t num_certificates;
    const char *name;   /* display name of the end-entity certificate */
    uint32_t name_kind; /* FV_VALUE_ of it */
    fv_trust_result trust;
} fv_scene_chain;

/* A chain as one peer presented it, compared with one name. */
typedef struct fv_scene_presented {
    const fv_scene_chain *chain;
    const char *reference; /* the name that it is compared with; NULL: none */
    uint32_t name_match;   /* FEDVAL_NAME_MATCH_; 0: not compared */
    fv_text presented;     /* the identifier that the match speaks of; empty: none */
} fv_scene_presented;

#define FV_SCENE_MAX_LOOKS 7

/* A further look at an address. */
typedef struct fv_scene_look {
    const fedval_fact *fact;
    bool is_judged;               /* it shows a chain that no earlier look of the target showed */
    fv_scene_presented presented; /* its chain is NULL if the look shows none */
} fv_scene_look;

typedef struct fv_scene_address {
    const char *text;         /* NULL: a chain from a file, and no address known */
    const char *not_public;   /* why the address is not public; NULL: it is, or that is not known */
    bool is_to_choose;        /* `text` only describes it: the administrator has to choose one */
    const fedval_fact *probe; /* NULL: not asked */
    /* the probe with the fuller offer, where the server refused that and took the look as Windows,
     * which is `probe` then; else NULL */
    const fedval_fact *refused;
    bool has_presented;
    bool is_repeated; /* an earlier address of the target presents the same chain */
    fv_scene_presented presented;
    fv_scene_look looks[FV_SCENE_MAX_LOOKS];
    size_t num_looks;
} fv_scene_address;

typedef struct fv_scene_target {
    const char *name; /* as received, no final dot */
    const char *host; /* in lower case, for look-ups; NULL: the target is no host name */
    uint16_t port, priority, weight;
    uint32_t ttl;
    uint32_t rank;      /* FV_RANK_ */
    uint32_t srv_match; /* FEDVAL_SRV_MATCH_ */
    bool is_provider;
    bool is_of_cloud; /* a server of Microsoft's clouds that is no provider */
    bool is_address;  /* an IP literal instead of a host name */
    /* the provider that the target likely means: a host of it with the zone's own name behind it,
     * since the final dot is missing; NULL: it is no such target */
    const char *undotted;
    bool from_policy;
    bool is_to_choose; /* its name is a placeholder: the administrator has to choose one */
    bool fits;         /* R2 holds for it */
    bool counts;       /* the requirements have to hold on it */
    const fedval_fact *a, *aaaa; /* NULL: not asked */
    fv_scene_address *addresses;
    size_t num_addresses;
    size_t num_addresses_left_out; /* beyond the policy's limit */
    bool is_up;                    /* a handshake came about at one of its addresses */
} fv_scene_target;

typedef struct fv_scene {
    fv_arena *arena;
    const fv_rules_input *input;
    const char *domain;
    uint32_t side; /* FEDVAL_SIDE_, never unknown */
    bool is_side_inferred;
    const char *srv_owner;    /* NULL: SRV is not consulted */
    const fedval_fact *srv;   /* NULL: not asked */
    fv_scene_target *targets; /* best first */
    size_t num_targets;
    size_t num_targets_left_out;
    const fv_scene_chain **chains;
    size_t num_chains, chains_capacity;
    fv_kept_list *kept; /* what a report on the scene keeps of its certificates */
    bool has_client;    /* the certificate that the domain calls with was given */
    fv_scene_presented client;
} fv_scene;

/* Derives the scene of `input`. Returns 0, NO_MEMORY, or what fv_trust_evaluate returns. */
fedval_status fv_scene_derive(fv_arena *arena, const fv_rules_input *input, fv_scene *out);

/* Returns the likely side of the domain (FEDVAL_SIDE_). An SRV target that belongs to a known
 * provider suggests Microsoft's. */
uint32_t fv_side_infer(const fedval_evidence *evidence, const fedval_policy *policy);

/* ---- for the files of the scene alone ---- */

/* Decodes and evaluates the chain of `fact`, unless the scene has it already. `*out` becomes NULL
 * if the fact holds no chain. Returns 0, NO_MEMORY, or what fv_trust_evaluate returns. */
fedval_status fv_scene_add_chain(fv_scene *scene, const fedval_fact *fact,
                                 const fv_scene_chain **out);
/* Returns the chain of the scene that was made from `fact`, or from an equal one. NULL: there is
 * none. */
const fv_scene_chain *fv_scene_find_chain(const fv_scene *scene, const fedval_fact *fact);
/* Gives `chain` the certificates and the trust result of `known`, the same chain in an earlier
 * scene. */
void fv_scene_chain_reuse(const fv_scene_chain *known, fv_scene_chain *chain);
/* Decodes the certificates of the fact of `chain`. Those that the chain has already stay as they
 * are. Returns 0, or NO_MEMORY. */
fedval_status fv_scene_chain_decode(fv_arena *arena, fv_scene_chain *chain);
/* Evaluates the certificates of `chain`. Returns 0, NO_MEMORY, or what fv_trust_evaluate
 * returns. */
fedval_status fv_scene_chain_evaluate(fv_arena *arena, const fv_rules_input *input,
                                      fv_scene_chain *chain);
/* Returns the name that the policy wants in the certificate of `target` (NULL: in the calling
 * certificate). NULL: the policy compares no name there. */
const char *fv_scene_reference(const fv_scene *scene, const fv_scene_target *target);
/* Compares `chain` with the name that fv_scene_reference gives, and fills `out`. */
void fv_scene_match_name(const fv_scene *scene, const fv_scene_target *target,
                         const fv_scene_chain *chain, fv_scene_presented *out);
/* Compares the end-entity certificate of `chain` with `name`, by the rules of the policy. Returns
 * FEDVAL_NAME_MATCH_; 0: it cannot be compared. `out_presented` may be NULL. */
uint32_t fv_scene_compare_name(const fv_scene *scene, const fv_scene_chain *chain, const char *name,
                               fv_text *out_presented);
/* Whether the domain is the Microsoft side's and each preferred record leads to a provider. */
bool fv_scene_is_at_provider(const fv_scene *scene);
/* Returns whether every target is ".": 'A Target of "." means that the service is decidedly not
 * available at this domain' (RFC 2782). */
bool fv_scene_is_not_offered(const fv_scene *scene);
/* Returns whether both chains have the same end-entity certificate. */
bool fv_scene_is_same_certificate(const fv_scene_chain *a, const fv_scene_chain *b);
/* Fills in the addresses of `target`, their probes and their chains. Returns 0, NO_MEMORY, or what
 * fv_trust_evaluate returns. */
fedval_status fv_scene_add_addresses(fv_scene *scene, fv_scene_target *target);

/* Returns whether the first certificate is the CA of a later one. Such a certificate is not the one
 * to compare and to judge. */
bool fv_chain_is_reversed(const fv_scene_chain *chain);
/* Returns whether the server is up. It is also if it ended the handshake only because the prober
 * has no certificate: a healthy mutual-TLS server does so. */
bool fv_probe_is_up(const fedval_fact *probe);
/* Whether the server showed `chain` and then refused, because the prober takes no signature of its
 * kind of key. */
bool fv_probe_cannot_sign(const fedval_fact *probe, const fv_scene_chain *chain);
/* Returns what look `index` shows: 0 is the probe itself, 1 to `num_looks` are the further looks.
 * If a further look shows nothing new, returns what the probe shows. */
const fv_scene_presented *fv_scene_shown(const fv_scene_address *address, size_t index);
/* Returns whether TLS came up at the address but nobody knows which certificate was presented.
 * `address` NULL: false. */
bool fv_address_is_blank(const fv_scene_address *address);
/* Returns whether a peer may connect to the address and nobody looked which certificate it gets
 * there. A probe that failed has a remark of its own. An address that is not public is for R3
 * alone, unless the policy allows such addresses. */
bool fv_address_is_unseen(const fv_scene *scene, const fv_scene_address *address);

#endif
