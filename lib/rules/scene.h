/* The scene: evidence and policy turned into what the rules look at, once. Nothing is judged here.
 * Texts lie in the arena that was given: a report outlives its evidence. Facts and certificates are
 * borrowed from the evidence. */
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
typedef struct fv_chain_source {
    /* Fills in the certificates and the trust result of `chain`, whose fact and role are set.
     * What is made lies in the arena. 0; NO_MEMORY; what fv_trust_evaluate returns. */
    fedval_status (*fill)(const struct fv_chain_source *source, fv_arena *arena,
                          const struct fv_rules_input *input, struct fv_scene_chain *chain);
} fv_chain_source;

/* Decodes what was sent and evaluates it. */
extern const fv_chain_source fv_chain_source_live;

/* A name that the peers of this domain have to show for another domain, because they serve both. */
typedef struct fv_other_target {
    const char *domain;
    const char *host;
    bool is_planned; /* no SRV record leads to it yet: the actions of that domain make it */
} fv_other_target;

/* What is judged, and by what. Borrowed. */
typedef struct fv_rules_input {
    const fedval_evidence *evidence;
    const fedval_policy *policy;
    const fedval_anchors *anchors;   /* NULL: none */
    const fedval_crls *crls;         /* NULL: none */
    const fedval_verifier *verifier; /* NULL: signatures are not checked */
    int64_t time;                    /* to judge at */
    uint32_t client_purpose;         /* FEDVAL_PURPOSE_ that calling certificates are judged for */
    const fv_chain_source *chains;   /* NULL: fv_chain_source_live */
    const fv_other_target *others;   /* of the domains that the same peers serve,
                                      those of this domain among them */
    size_t num_others;
} fv_rules_input;

/* A chain that was presented, decoded and evaluated once however often it was presented. */
typedef struct fv_scene_chain {
    const fedval_fact *fact;
    uint32_t role;                             /* FEDVAL_ROLE_ */
    const fv_certificate *const *certificates; /* NULL where one could not be decoded */
    size_t num_certificates;
    const char *name; /* display name of the end-entity certificate */
    fv_trust_result trust;
} fv_scene_chain;

/* A chain as one peer presented it, compared with one name. */
typedef struct fv_scene_presented {
    const fv_scene_chain *chain;
    const char *reference; /* what it is compared with; NULL: nothing */
    uint32_t name_match;   /* FEDVAL_NAME_MATCH_; 0: not compared */
    fv_text presented;     /* the identifier that the match speaks of; empty: none */
} fv_scene_presented;

#define FV_SCENE_MAX_LOOKS 5

/* A further look at an address. */
typedef struct fv_scene_look {
    const fedval_fact *fact;
    bool is_judged;               /* it shows a chain that no earlier look of the target showed */
    fv_scene_presented presented; /* chain NULL: it shows none */
} fv_scene_look;

typedef struct fv_scene_address {
    const char *text;         /* NULL: a chain from a file, and no address known */
    const char *not_public;   /* why it is not public; NULL: public, or not known */
    const fedval_fact *probe; /* NULL: not asked */
    bool has_presented;
    bool is_repeated; /* an earlier address of the target presents the same chain */
    fv_scene_presented presented;
    fv_scene_look looks[FV_SCENE_MAX_LOOKS];
    size_t num_looks;
} fv_scene_address;

typedef struct fv_scene_target {
    const char *name; /* as received, no final dot */
    const char *host; /* in lower case, for look-ups; NULL: no host name */
    uint16_t port, priority, weight;
    uint32_t ttl;
    uint32_t rank;      /* FV_RANK_ */
    uint32_t srv_match; /* FEDVAL_SRV_MATCH_ */
    bool is_provider;
    bool is_address; /* an IP literal instead of a host name */
    bool from_policy;
    bool is_to_choose;           /* somebody has to choose its name: it is a placeholder */
    bool fits;                   /* R2 holds for it */
    bool counts;                 /* the requirements have to hold on it */
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
    bool has_client; /* the certificate that the domain calls with was given */
    fv_scene_presented client;
} fv_scene;

/* 0; NO_MEMORY; what fv_trust_evaluate returns. */
fedval_status fv_scene_derive(fv_arena *arena, const fv_rules_input *input, fv_scene *out);

/* Whose domain it likely is: a target that is a known provider suggests Microsoft's. */
uint32_t fv_side_infer(const fedval_evidence *evidence, const fedval_policy *policy);

/* ---- for the files of the scene alone ---- */

/* Decodes and evaluates the chain of a fact, or finds it among those that were; NULL in *out where
 * the fact holds none. */
fedval_status fv_scene_add_chain(fv_scene *scene, const fedval_fact *fact,
                                 const fv_scene_chain **out);
/* The chain of the scene that was made of the same fact, or of one that is equal to it; NULL. */
const fv_scene_chain *fv_scene_find_chain(const fv_scene *scene, const fedval_fact *fact);
/* Decodes the chain of a fact into `chain`; certificates that were decoded before stay as they are.
 * 0; NO_MEMORY. */
fedval_status fv_scene_chain_decode(fv_arena *arena, fv_scene_chain *chain);
/* Evaluates the certificates of `chain`. 0; NO_MEMORY; what fv_trust_evaluate returns. */
fedval_status fv_scene_chain_evaluate(fv_arena *arena, const fv_rules_input *input,
                                      fv_scene_chain *chain);
/* The name that the policy asks for at a target (NULL: the client's); NULL: it compares none. */
const char *fv_scene_reference(const fv_scene *scene, const fv_scene_target *target);
/* Compares a chain with it. */
void fv_scene_match_name(const fv_scene *scene, const fv_scene_target *target,
                         const fv_scene_chain *chain, fv_scene_presented *out);
/* Compares the end-entity certificate of `chain` with `name`, as the policy wants it. Returns
 * FEDVAL_NAME_MATCH_; 0 where it cannot be compared. `out_presented` may be NULL. */
uint32_t fv_scene_compare_name(const fv_scene *scene, const fv_scene_chain *chain, const char *name,
                               fv_text *out_presented);
/* Whether both end-entity certificates are the same one. */
bool fv_scene_is_same_certificate(const fv_scene_chain *a, const fv_scene_chain *b);
/* Fills addresses, probes and what was presented there. */
fedval_status fv_scene_add_addresses(fv_scene *scene, fv_scene_target *target);

/* The first certificate is the CA of a later one: it is not the one to compare and to judge. */
bool fv_chain_is_reversed(const fv_scene_chain *chain);
/* Did the peer end the handshake only because it wants a certificate that the prober has not?
 * That is a healthy mutual-TLS server. */
bool fv_probe_is_up(const fedval_fact *probe);
/* What a look at an address shows to be judged, from 0 for the first to `num_looks` for the last;
 * what the first shows, where a later one shows nothing new. */
const fv_scene_presented *fv_scene_shown(const fv_scene_address *address, size_t index);
/* TLS came up there, and what was presented is not known. NULL: false. */
bool fv_address_is_blank(const fv_scene_address *address);

#endif
