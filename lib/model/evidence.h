/* The evidence about one domain, and the look-ups that rules and session share. */
#ifndef FV_MODEL_EVIDENCE_H
#define FV_MODEL_EVIDENCE_H

#include "fedval/name.h"
#include "model/fact.h"

#define FV_EVIDENCE_MAX_FACTS 10000
#define FV_EVIDENCE_MAX_BYTES (64u << 20)
/* A decoded certificate can take many times the memory of its DER. So only the first certificates
 * are decoded when they are added: at most so many, with at most so many bytes of DER. The others
 * are decoded each time that they are judged. */
#define FV_EVIDENCE_MAX_DECODED 1024u
#define FV_EVIDENCE_MAX_DECODED_BYTES (1u << 20)

#define FV_EVIDENCE_MAX_VIEWS 16u

struct fedval_evidence {
    fv_arena arena;
    const char *domain;       /* A-labels */
    const char *domain_given; /* as it was given, UTF-8 */
    int64_t time;
    fedval_fact **facts; /* in the order in which their questions were first answered */
    size_t num_facts, facts_capacity;
    /* the same facts in the order of their questions (fv_question_compare), whatever the order in
     * which the answers came: who judges walks these */
    fedval_fact **in_order;
    size_t in_order_capacity;
    uint64_t *keys; /* a hash of each fact's question */
    size_t keys_capacity;
    size_t num_bytes;
    size_t num_probes; /* facts of a server or of the calling side */
    size_t num_looks;  /* facts of further looks at a server; most evidence has none */
    /* counts over all facts that were ever appended, replaced ones included */
    size_t num_decoded, num_decoded_bytes;
    uint32_t views[FV_EVIDENCE_MAX_VIEWS]; /* FEDVAL_VIEW_ of each */
    uint32_t num_views;                    /* up to the last that something was said of */
    /* Who judges holds pointers to facts. Set while something is judged that is being changed:
     * facts that others replace then live on until the evidence is freed. */
    bool keeps_replaced;
    fedval_fact *replaced; /* the last one; the others hang on it (`next_replaced`) */
};

/* Brings a SIP domain into the form of fedval_name_normalise. Returns SYNTAX and says why if the
 * text is none, such as one with an underscore; NO_MEMORY. */
fedval_status fv_evidence_normalise_domain(fv_text given, char out[FEDVAL_NAME_SIZE],
                                           fedval_error *error);

/* Returns the fact that answers a DNS question; NULL when it was not asked. */
const fedval_fact *fv_evidence_find_dns(const fedval_evidence *evidence, const char *name,
                                        uint32_t type, uint32_t view);
/* Whether a zone lists this host as its name server. */
bool fv_evidence_is_name_server(const fedval_evidence *evidence, const char *host);
/* Returns the fact about `address` and `port` of `host`. Where there is none, it returns one that
 * holds for every port, every address, or both, such as a chain from a file. NULL when there is
 * none either. */
const fedval_fact *fv_evidence_find_probe(const fedval_evidence *evidence, const char *host,
                                          const char *address, uint16_t port);
/* Returns the fact of one look at exactly this address and port; NULL when nobody looked. */
const fedval_fact *fv_evidence_find_look(const fedval_evidence *evidence, const char *host,
                                         const char *address, uint16_t port, uint32_t look);
/* Returns the chain that the Expressway presents when it calls; NULL when it was not observed. */
const fedval_fact *fv_evidence_find_client_chain(const fedval_evidence *evidence);

/* ---- views (evidence_views.c) ---- */

/* Returns the highest number of a view that has facts. */
uint32_t fv_evidence_last_view(const fedval_evidence *evidence);
/* Returns the view that is judged. */
uint32_t fv_evidence_judged_view(const fedval_evidence *evidence);
/* Whether `view` is one from inside, beside `other_view`: it gives private addresses alone and the
 * other does not, or it gives some and the other public ones alone. */
bool fv_evidence_is_inside(const fedval_evidence *evidence, uint32_t view, uint32_t other_view);
/* Whether the view that is judged is that of resolvers whose addresses are not globally routable,
 * those of this machine among them, and was not given as the public one. */
bool fv_evidence_is_public_unasked(const fedval_evidence *evidence);
/* As fv_evidence_is_public_unasked, where a resolver is not one of this machine: what it says may
 * be the inner half of split DNS. */
bool fv_evidence_is_inner_alone(const fedval_evidence *evidence);
/* Whether hosts have private addresses alone, as resolvers say that are not known to be public. */
bool fv_evidence_has_inner_addresses_alone(const fedval_evidence *evidence);
/* Copies the evidence without the answers of other views than the first. Returns 0, or
 * NO_MEMORY. */
fedval_status fv_evidence_copy_first_view(const fedval_evidence *from, fedval_evidence **out);
/* Copies the evidence, with `view` and view 0 in each other's place; 0: as it is. 0; NO_MEMORY;
 * LIMIT. */
fedval_status fv_evidence_copy_with_first(const fedval_evidence *from, uint32_t view,
                                          fedval_evidence **out);

#endif
