/* Writes DNS questions and reads DNS answers. No I/O. */
#ifndef FV_LDNS_MESSAGE_H
#define FV_LDNS_MESSAGE_H

#include "records.h"

#define FV_DNS_MAX_NAME 255
#define FV_DNS_MAX_QUERY (12 + FV_DNS_MAX_NAME + 4 + 11)
#define FV_DNS_UDP_SIZE 1232 /* passes every path without fragments (DNS Flag Day 2020) */

/* A name in the format of messages, uncompressed. */
typedef struct fv_dns_name {
    uint8_t bytes[FV_DNS_MAX_NAME];
    size_t len;
} fv_dns_name;

typedef struct fv_dns_query {
    uint16_t id;
    uint16_t type;
    fv_dns_name name;
    bool want_ad;           /* ask for the AD bit in the answer (RFC 6840 5.7) */
    bool checking_disabled; /* CD */
    bool want_signatures;   /* DO */
    bool no_edns;
    bool no_recursion; /* the zone's own server is asked for what it has itself */
} fv_dns_query;

/* The content of an answer. If `outcome` is 0, an alias leads to `next`, which has to be asked
 * for. */
typedef struct fv_dns_answer {
    uint32_t outcome; /* FEDVAL_OUTCOME_ */
    uint32_t rcode;   /* with the bits of EDNS; shows FORMERR and BADVERS */
    bool ad;
    bool aa;            /* the answer of a server of the zone */
    const char *detail; /* static; or NULL */
    fv_dns_name next;
    int32_t ede; /* INFO-CODE of an Extended DNS Error; -1: none */
    char ede_text[128];
    bool has_signatures; /* RRSIG records, in any section */
    bool has_ds;         /* DS records in the answer */
    fv_dns_name zone;    /* owner of a SOA record; len 0: none */
    unsigned aliases;    /* CNAME records followed so far; set it before reading */
} fv_dns_answer;

bool fv_dns_name_from_text(const char *text, fv_dns_name *out);
/* Returns the length. */
size_t fv_dns_query_write(const fv_dns_query *query, uint8_t out[FV_DNS_MAX_QUERY]);
/* RFC 5452 9.1: whether this is an answer to the question, judged only by its header and question.
 * An answer with an error may lack the question. */
bool fv_dns_answer_fits(const uint8_t *data, size_t len, const fv_dns_query *query);
/* Reads the answer to a query and appends its records to the fact: the aliases, and the records of
 * the wanted type at their end. If it cannot be decoded, or answers something else, the outcome is
 * `malformed`. Returns 0, or NO_MEMORY (outputs are then undefined). */
fedval_status fv_dns_answer_read(const uint8_t *data, size_t len, const fv_dns_query *query,
                                 fedval_fact *fact, fv_dns_answer *answer);

#endif
