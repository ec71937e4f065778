/* The members of a fact. Everybody may read them; only fact.c and fact_set.c write them. */
#ifndef FV_MODEL_FACT_H
#define FV_MODEL_FACT_H

#include "base/address.h"
#include "base/arena.h"
#include "fedval/evidence.h"
#include "model/tls.h"
#include "x509/certificate.h"

struct fedval_question {
    uint32_t kind; /* FEDVAL_QUESTION_ */
    /* DNS */
    const char *name; /* A-labels, lower case, no final dot */
    uint32_t type;    /* FEDVAL_TYPE_ */
    uint32_t view;
    /* probe */
    const char *host;    /* A-labels; NULL for a client chain */
    const char *address; /* canonical literal; NULL: every address of the host */
    uint16_t port;       /* 0: every port */
    uint32_t role;       /* FEDVAL_ROLE_ */
    uint32_t look;       /* FEDVAL_LOOK_ */
};

/* Who gives a fact. */
typedef struct fv_fact_source {
    uint32_t kind; /* FEDVAL_SOURCE_ */
    const char *place;
    fv_address address; /* of a resolver, without its port; len 0: there is none in `place` */
} fv_fact_source;

#define FV_MAX_FACT_SOURCES 32u

/* All who give a fact, or a part of it. */
typedef struct fv_fact_sources {
    fv_fact_source *items;
    size_t count, capacity;
    const char *text; /* made of all of them for people; NULL: there is none */
} fv_fact_sources;

typedef struct fv_record {
    uint32_t type;     /* FEDVAL_TYPE_ */
    const char *owner; /* as received, no final dot */
    uint32_t ttl;      /* seconds */
    uint16_t priority, weight, port;
    const char *data; /* SRV, CNAME: target as received, no final dot but for the root "."; else the
                         literal */
    fv_address address; /* A, AAAA */
    /* `data` only describes a value that somebody still has to choose, such as
     * "<host>.example.com". No rule finds fault with it. */
    bool is_to_choose;
} fv_record;

struct fedval_fact {
    /* every fact has its own arena, one inside evidence too, so that it can be replaced */
    fv_arena arena;
    fedval_fact *next_replaced; /* in evidence that keeps replaced facts */
    fedval_question question;
    uint32_t outcome; /* FEDVAL_OUTCOME_, 0 until it is set */
    bool is_final;    /* asking again is of no use; no part of the evidence */
    int64_t time;
    fv_fact_sources sources;
    const char *detail;
    /* DNS */
    fv_record *records;
    size_t num_records, records_capacity;
    uint32_t dnssec;
    uint32_t authority;
    int32_t ede; /* -1: none */
    const char *ede_text;
    /* probe */
    const char *tls_version;
    uint16_t tls_number; /* of the version: FV_TLS_1_2; 0: not known */
    const char *tls_cipher;
    fv_tls_key suite_key; /* the kind of key that `tls_cipher` asks for */
    int32_t alert;        /* -1: none */
    uint32_t client_certificate;
    fv_bytes *chain; /* DER, as sent */
    size_t num_chain, chain_capacity;
    bool chain_complete;
    const char *tls_group;
    uint32_t dhe_bits; /* of a finite-field group, "DHE 2048 bits"; 0: of another kind */
    const char *tls_signature;
    fv_tls_key signature_key; /* the kind of key that `tls_signature` is made with */
    fv_bytes *client_cas;     /* DER of their Names, as sent */
    size_t num_client_cas, client_cas_capacity;
    bool has_ocsp; /* a stapled OCSP response was asked for, or came */
    fv_bytes ocsp; /* DER; len 0: none came */
    const char *banner;
    uint16_t sip_status; /* 0: no answer */
    const char *sip_server;
    /* One for each certificate of `chain`, NULL where the bytes are no certificate. NULL as a
     * whole: not decoded yet. */
    const fv_certificate **certificates;
};

/* Copies the question of a fact into an arena. */
bool fv_question_copy(fv_arena *arena, const fedval_question *from, fedval_question *out);
/* Whether two questions are the same: by name, type and view, or by host, address, port, role and
 * look. */
bool fv_question_equal(const fedval_question *a, const fedval_question *b);
/* Puts two questions in order: DNS before probes, SRV records before others, then by what
 * fv_question_equal compares. Returns less than 0, 0 for equal ones, or more than 0. */
int fv_question_compare(const fedval_question *a, const fedval_question *b);
/* Whether a fact for this question is one for that need: the same question, or a chain that stands
 * for every address or port of the need's host, or for the need's address whatever its host is. */
bool fv_question_answers(const fedval_question *fact, const fedval_question *need);
/* Adds an A record whose address, or an SRV record whose target, somebody still has to choose.
 * `data` describes the missing value: "<host>.example.com". Returns FEDVAL_OK or
 * FEDVAL_ERROR_NO_MEMORY. */
fedval_status fv_fact_append_to_choose(fedval_fact *fact, const char *owner, const fv_record *like,
                                       const char *data);
/* What `data` says of an address that somebody still has to choose. Programs look at
 * `is_to_choose`; this text is for people. */
#define FV_ADDRESS_TO_CHOOSE "<public address of the server>"
/* The type of the signatures of DNSSEC, which an action can ask for, and which no fact holds. */
#define FV_TYPE_RRSIG 46
/* ---- records as a zone file has them (record.c) ---- */

/* Returns "SRV" and so on; NULL: an unknown type. */
const char *fv_record_type_word(uint32_t type);
/* Returns the type of a word; 0: an unknown word. */
uint32_t fv_record_type_of(const char *word);
/* Returns the data: "0 0 5061 host.example.com.". NULL: memory is short. */
const char *fv_record_print_data(fv_arena *arena, const fv_record *record);
/* Returns a name with its final dot. NULL: memory is short, or `name` is NULL. */
const char *fv_record_print_name(fv_arena *arena, const char *name);
/* The CNAME record at the name that was asked for; NULL: the answer has none. */
const fv_record *fv_fact_find_alias(const fedval_fact *fact);
/* Whether the owner of a record is neither the name that was asked for nor reached from it by the
 * CNAME records of the fact, of which 32 in a row are followed. */
bool fv_fact_has_foreign_record(const fedval_fact *fact);
/* Removes the outcome and the detail, so that the fact is open again. The records stay. */
void fv_fact_reopen(fedval_fact *fact);
fedval_status fv_fact_copy(const fedval_fact *from, fedval_fact **out);

/* ---- sources (fact_source.c) ---- */

/* Copies all sources. Returns false when memory is short. */
bool fv_fact_sources_copy(fv_arena *arena, const fv_fact_sources *from, fv_fact_sources *out);
/* Returns the words before the place of such a source in a text for people: "resolver "; "" for a
 * log and for a text of the caller's own. */
const char *fv_fact_source_lead(uint32_t kind);
bool fv_fact_source_is_resolver(uint32_t kind);

/* Decodes a chain, and makes the display name of each certificate. The result borrows from `chain`.
 * Returns FEDVAL_OK or FEDVAL_ERROR_NO_MEMORY. */
fedval_status fv_chain_decode(fv_arena *arena, const fv_bytes *chain, size_t num_chain,
                              const fv_certificate ***out);

#endif
