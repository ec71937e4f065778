/* The search for a path (RFC 4158): the data that its parts share during one evaluation. */
#ifndef FV_TRUST_SEARCH_H
#define FV_TRUST_SEARCH_H

#include "trust/anchors.h"
#include "trust/sink.h"

/* The result of one signature check. The node that has the list is the child; `issuer` gave the
 * key. */
typedef struct fv_link {
    struct fv_link *next;
    const struct fv_node *issuer;
    uint32_t result; /* FEDVAL_VERIFY_ */
} fv_link;

/* A certificate that can be part of a path. */
typedef struct fv_node {
    const fv_certificate *certificate;
    size_t sent_index; /* SIZE_MAX: from the anchors */
    fv_anchor *anchor; /* NULL: it was sent */
    bool ends_path;    /* an anchor that the policy lets a path end at */
    bool is_self_issued;
    /* whether it is sound as an issuer */
    enum { FV_NODE_UNJUDGED, FV_NODE_SOUND, FV_NODE_FAULTY } state;
    void *key;
    fedval_status key_status; /* the result of opening `key`, once `key_tried` */
    bool key_tried, key_shared;
    /* as a signer of CRLs: why it is not trusted, on a path to the root that it was judged under
     * last; NULL: it is */
    const char *signer_fault;
    const struct fv_node *judged_under; /* NULL: it was not judged yet */
    bool is_crl_signer;                 /* a CRL that was used proved to be signed by it */
    /* The entry by which a CRL revokes it, seen on whichever sound path; NULL: none was seen. */
    const struct fv_crl_entry *revoked_by;
    struct fv_kept_fit *fits; /* crl_fits.c; NULL: none kept */
    fv_link *links;
} fv_node;

typedef struct fv_candidate {
    fv_node *node;
    uint32_t score;
    int64_t not_before;
} fv_candidate;

/* The possible issuers of one certificate of the current path. */
typedef struct fv_level {
    fv_candidate *candidates;
    size_t num_candidates, capacity;
} fv_level;

/* The limits of the policy that a search can reach, as bits. */
enum {
    FV_LIMIT_DEPTH = 1,
    FV_LIMIT_SIGNATURES = 2,
    FV_LIMIT_TRIES = 4,
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
    /* the certificates that could be decoded, in order; [0] is the end-entity certificate */
    fv_node *sent;
    size_t num_sent;
    fv_node **anchors; /* the anchors met so far */
    size_t num_anchors, anchors_capacity;
    fv_node **path; /* end-entity first */
    size_t path_len;
    fv_level *levels;
    size_t num_tries, num_signatures;
    uint32_t limits;   /* the FV_LIMIT_ bits that were reached */
    bool is_diagnosis; /* the second search: nothing was accepted, so faults do not end a path */
    /* the first search left a path unfinished, which the second would follow to its end */
    bool pruned;
    /* A sound path that says less than another might: it ends at a private anchor while the policy
     * wants public ones, or revocation is not known on it. It is taken if there is no better one.
     */
    fv_node **fallback;
    size_t fallback_len;
    unsigned fallback_rank;
    const fv_certificate *wanted_root; /* NULL: a path may end at any anchor of the policy */
    struct fv_crl_check **crl_checks;  /* for each CRL that was given, a list; NULL: none yet */
    size_t num_fits;                   /* kept by all nodes (crl_fits.c) */
    /* The revocation of each certificate of the current path, as far as it is known. */
    uint8_t *revocation; /* FEDVAL_REVOCATION_ */
    const struct fv_crl_entry **revoked_by;
    /* 0: the search for the chain; 1 and more: the search for the path of a CA that signed a CRL */
    unsigned depth;
    /* evaluate.c: returns why no accepted path leads from a CA that signed a CRL to the anchor of
     * the current path; NULL: one does. A pointer, so that no file of the search calls a file above
     * it. */
    const char *(*find_path_fault)(struct fv_search *search, fv_node *signer);
    fedval_status status; /* NO_MEMORY ends everything */
} fv_search;

/* nodes.c */
fedval_status fv_search_init(fv_search *search, fv_arena *arena, const fv_trust_input *input,
                             fv_trust_result *result);
void fv_search_clear(fv_search *search);
/* The node of an anchor; NULL: memory is short (status says so). */
fv_node *fv_search_anchor_node(fv_search *search, fv_anchor *anchor);
/* Whether two certificates are of the same CA: they have the same subject and key. */
bool fv_is_same_ca(const fv_certificate *a, const fv_certificate *b);

/* Bits of a candidate's score, the heaviest last. */
enum {
    FV_SCORE_IS_PUBLIC = 1,
    FV_SCORE_IS_VALID = 2,
    FV_SCORE_KEY_ID_AGREES = 4,
    FV_SCORE_IS_ANCHOR = 8,
    FV_SCORE_KEY_ID_NOT_OTHER = 16, /* agrees, or one of the two has none */
};

/* candidates.c: fills `level` with the possible issuers of `node`, the best first. */
bool fv_candidates_collect(fv_search *search, const fv_node *node, fv_level *level);

/* signatures.c: checks the signature of `child` with the key of `issuer`, once for each pair.
 * Returns FEDVAL_VERIFY_. */
uint32_t fv_search_verify(fv_search *search, fv_node *child, fv_node *issuer);
/* The same for other bytes that `issuer` may have signed. The result is not remembered. */
uint32_t fv_search_verify_bytes(fv_search *search, fv_node *issuer, const fv_algorithm *algorithm,
                                fv_bytes tbs, fv_bytes signature);

/* search.c */
void fv_search_run(fv_search *search);

/* How a path ended, in the order of how far it got. */
typedef enum fv_path_end {
    FV_END_BROKEN,         /* its last certificate did not sign the one before it */
    FV_END_LIMIT,          /* a limit of the policy */
    FV_END_WITHOUT_ISSUER, /* no issuer of the last certificate was found */
    FV_END_UNTRUSTED_ROOT, /* the last certificate is self-issued and is not an anchor */
    FV_END_PRUNED,         /* its last certificate breaks a rule (first search only) */
    FV_END_REFUSED,        /* it reached an anchor, and some rule is broken on it */
    FV_END_ACCEPTED,
} fv_path_end;

/* paths.c: keeps the current path, with a remark for each rule that it breaks. */
void fv_search_keep(fv_search *search, fv_path_end end);
/* Forgets the paths that were kept. */
void fv_search_forget(fv_search *search);

/* path_rules.c: the rules about certificates at their place in the current path. */
/* Judges the demands of the certificate at `rung` on those below it: their number, their names and,
 * in the webpki profile, their key id. */
void fv_sink_place(fv_sink *sink, const fv_search *search, size_t rung);
/* Returns how the authorityKeyIdentifier of `child` disagrees with `issuer`; NULL: it does not. */
const char *fv_trust_find_pointer_fault(const fv_certificate *child, const fv_certificate *issuer);
/* Adds a remark, and returns true, if the certificate at rung `child` of an accepted path does not
 * make clear which certificate issued it. Peers that take the first issuer of that name may then
 * take a wrong one. */
bool fv_trust_judge_pointer(fv_sink *sink, const fv_search *search, size_t child);
/* Adds a fault, for an Expressway alone, where the authorityKeyIdentifier of a root disagrees with
 * the root itself. */
void fv_trust_judge_root_pointer(fv_sink *sink, const fv_certificate *root);
/* Warns of IP addresses or AS numbers of the end-entity certificate that OpenSSL refuses for what
 * the certificate at `rung` has of them. To an Expressway that is a fault of the path. */
void fv_trust_warn_of_resources(fv_sink *sink, const fv_search *search, size_t rung);
/* first_issuer.c: adds a remark if the first issuers that fit, which OpenSSL takes, are not those
 * of the accepted path, and it refuses them. */
void fv_trust_judge_first_issuer(fv_sink *sink, fv_search *search);
/* Certificate policies, over the whole path. */
void fv_trust_judge_policies(fv_sink *sink, fv_search *search);

/* revocation.c: judges the revocation of all certificates of the path except the last. There is a
 * remark if one is revoked, and also if no given CRL decides; but only revocation counts as a
 * fault. `*out_until` is lowered to the earliest nextUpdate of the CRLs that were relied on. */
void fv_trust_judge_revocation(fv_sink *sink, fv_search *search, int64_t *out_until);

/* summary.c: writes the part of the result that speaks of the chain as a whole. */
void fv_search_summarise(fv_search *search);

#endif
