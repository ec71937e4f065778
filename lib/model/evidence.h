/* The evidence about one domain, and the look-ups that rules and session share. */
#ifndef FV_MODEL_EVIDENCE_H
#define FV_MODEL_EVIDENCE_H

#include "model/fact.h"

#define FV_EVIDENCE_MAX_FACTS 10000
#define FV_EVIDENCE_MAX_BYTES (64u << 20)
/* Decoded certificates can take many times the room of their DER. So many, and so many bytes of
 * DER, are decoded once, as they come; of the rest only those that are judged are, each time. */
#define FV_EVIDENCE_MAX_DECODED 1024u
#define FV_EVIDENCE_MAX_DECODED_BYTES (1u << 20)

struct fedval_evidence {
    fv_arena arena;
    const char *domain;       /* A-labels */
    const char *domain_given; /* as it was given, UTF-8 */
    int64_t time;
    fedval_fact **facts; /* in the order in which their questions were first answered */
    size_t num_facts, facts_capacity;
    uint64_t *keys; /* a hash of each fact's question */
    size_t keys_capacity;
    size_t num_bytes;
    size_t num_decoded, num_decoded_bytes; /* of all facts that were ever appended */
};

/* The fact that answers a DNS question; NULL: it was not asked. */
const fedval_fact *fv_evidence_find_dns(const fedval_evidence *evidence, const char *name,
                                        uint32_t type, uint32_t view);
/* The fact for this address of a host: an exact one, else one that stands for every address or
 * port of the host (a chain from a file). NULL: it was not probed. */
const fedval_fact *fv_evidence_find_probe(const fedval_evidence *evidence, const char *host,
                                          const char *address, uint16_t port);
/* The fact of one look at this very address; NULL: it was not taken. */
const fedval_fact *fv_evidence_find_look(const fedval_evidence *evidence, const char *host,
                                         const char *address, uint16_t port, uint32_t look);
/* The chain that the Expressway calls with; NULL: it was not observed. */
const fedval_fact *fv_evidence_find_client_chain(const fedval_evidence *evidence);

#endif
