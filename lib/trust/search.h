/* The search for a path (RFC 4158): what its parts share during one evaluation. */
#ifndef FV_TRUST_SEARCH_H
#define FV_TRUST_SEARCH_H

#include "trust/anchors.h"
#include "trust/sink.h"

/* A signature that was checked: of the node that holds the list, with the key of issuer. */
typedef struct fv_link {
    struct fv_link *next;
    const struct fv_node *issuer;
    uint32_t result; /* FEDVAL_VERIFY_ */
} fv_link;

/* A certificate that can stand in a path. */
typedef struct fv_node {
    const fv_certificate *certificate;
    size_t sent_index; /* SIZE_MAX: from the anchors */
    fv_anchor *anchor; /* NULL: it was sent */
    bool ends_path;    /* an anchor that the policy lets a path end at */
    bool is_self_issued;
    enum { FV_NODE_UNJUDGED, FV_NODE_SOUND, FV_NODE_FAULTY } state; /* as an issuer */
    void *key;
    fedval_status key_status; /* of opening it, once key_tried */
    bool key_tried, key_shared;
    enum { FV_SIGNER_UNJUDGED, FV_SIGNER_SOUND, FV_SIGNER_FAULTY } signer_state; /* of CRLs */
    fv_link *links;
} fv_node;

typedef struct fv_candidate {
    fv_node *node;
    uint32_t score;
    int64_t not_before;
} fv_candidate;

/* The issuers of one certificate of the path under way. */
typedef struct fv_level {
    fv_candidate *candidates;
    size_t num_candidates, capacity;
} fv_level;

/* Limits of the policy that a search can reach, as bits. */
enum {
    FV_LIMIT_DEPTH = 1,
    FV_LIMIT_SIGNATURES = 2,
    FV_LIMIT_STEPS = 4,
    FV_LIMIT_NAMES = 8,
    FV_LIMIT_CERTIFICATES = 16,
    FV_LIMIT_BYTES = 32,
};

typedef struct fv_search {
    const fv_trust_input *input;
    fv_arena *arena;  /* of the result */
    fv_arena scratch; /* of the search */
    fv_trust_result *result;
    fv_sink quiet;
    fv_node *sent; /* those that could be decoded, in order; [0] is the end-entity certificate */
    size_t num_sent;
    fv_node **anchors; /* those met so far */
    size_t num_anchors, anchors_capacity;
    fv_node **path; /* end-entity first */
    size_t path_len;
    fv_level *levels;
    size_t num_steps, num_signatures;
    uint32_t limits;   /* FV_LIMIT_ reached */
    bool is_diagnosis; /* the second search: nothing was accepted, so faults do not end a path */
    bool pruned;       /* the first search left out what the second would show */
    bool unsupported;  /* a signature could not be checked */
    /* Accepted by a private anchor where public ones are wanted: taken if there is no other. */
    fv_node **fallback;
    size_t fallback_len;
    struct fv_crl_check *crl_checks; /* the signatures of CRLs, checked once */
    /* What is known of the revocation of each certificate of the path under way. */
    uint8_t *revocation; /* FV_REVOCATION_ */
    unsigned depth;      /* 0; 1 and more: the search for the path of one who signed a CRL */
    /* evaluate.c: whether an accepted path leads from a CA that signed a CRL to the anchor of the
     * path under way. A member, so that no file of the search calls one above it. */
    bool (*has_path)(struct fv_search *search, fv_node *signer);
    fedval_status status; /* NO_MEMORY ends everything */
} fv_search;

/* nodes.c */
fedval_status fv_search_init(fv_search *search, fv_arena *arena, const fv_trust_input *input,
                             fv_trust_result *result);
void fv_search_clear(fv_search *search);
/* The node of an anchor; NULL: memory is short (status says so). */
fv_node *fv_search_anchor_node(fv_search *search, fv_anchor *anchor);
/* Whether two certificates speak of one CA: the same subject and key. */
bool fv_is_same_ca(const fv_certificate *a, const fv_certificate *b);

/* Bits of a candidate's score, the heaviest last. */
enum {
    FV_SCORE_IS_PUBLIC = 1,
    FV_SCORE_IS_VALID = 2,
    FV_SCORE_KEY_ID_AGREES = 4,
    FV_SCORE_IS_ANCHOR = 8,
    FV_SCORE_KEY_ID_NOT_OTHER = 16, /* agrees, or one of the two has none */
};

/* candidates.c: fills the level with the possible issuers of node, best first. */
bool fv_candidates_collect(fv_search *search, const fv_node *node, fv_level *level);

/* signatures.c: FEDVAL_VERIFY_ of child's signature with the key of issuer, checked once. */
uint32_t fv_search_verify(fv_search *search, fv_node *child, fv_node *issuer);
/* The same of anything else that issuer may have signed; not remembered. */
uint32_t fv_search_verify_bytes(fv_search *search, fv_node *issuer, const fv_algorithm *algorithm,
                                fv_bytes tbs, fv_bytes signature);

/* search.c */
void fv_search_run(fv_search *search);

/* How a path that is kept ends. The order is that of how far it got. */
typedef enum fv_path_end {
    FV_END_BROKEN,         /* its last link is no link */
    FV_END_LIMIT,          /* a limit of the policy */
    FV_END_WITHOUT_ISSUER, /* the last certificate's issuer is not to be found */
    FV_END_UNTRUSTED_ROOT, /* the last certificate is self-issued and no anchor */
    FV_END_PRUNED,         /* its last certificate breaks a rule (first search only) */
    FV_END_REFUSED,        /* it reached an anchor, and some rule is broken on it */
    FV_END_ACCEPTED,
} fv_path_end;

/* paths.c: keeps the path under way, with a finding for each rule that it breaks. */
void fv_search_keep(fv_search *search, fv_path_end end);
/* Forgets the paths that were kept. */
void fv_search_forget(fv_search *search);

/* path_rules.c: the rules about certificates in their place on the path under way. */
/* What rung asks of those below it: their number and their names. */
void fv_sink_place(fv_sink *sink, const fv_search *search, size_t rung);
/* Whether rung `child` of an accepted path points at the issuer above it, as peers want it that
 * take the first issuer of a name. */
void fv_trust_judge_pointer(fv_sink *sink, const fv_search *search, size_t child);
/* Certificate policies, over the whole path. */
void fv_trust_judge_policies(fv_sink *sink, fv_search *search);

/* revocation.c: the whole path. A revoked certificate and one that no CRL that was given can speak
 * of are recorded; only the first counts as a fault of a quiet sink. *out_until: the earliest
 * nextUpdate of the CRLs that were relied on, when it is earlier than what was there. */
void fv_trust_judge_revocation(fv_sink *sink, fv_search *search, int64_t *out_until);

/* summary.c: what the report says of the chain. */
void fv_search_summarise(fv_search *search);

#endif
