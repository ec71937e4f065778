/* The questions under way at one resolver. */
#ifndef FV_LDNS_ASKS_H
#define FV_LDNS_ASKS_H

#include "fedval/backend.h"
#include "wire.h"

/* What is being asked. After SERVFAIL the same with checking disabled, whose zone its answer
 * belongs to, whether that zone's parent says that it is signed, and the question once more, when a
 * resolver that keeps failures (RFC 9520) has forgotten this one. */
typedef enum fv_dns_phase {
    FV_DNS_PLAIN,
    FV_DNS_UNCHECKED,
    FV_DNS_ZONE,
    FV_DNS_DELEGATION,
    FV_DNS_AGAIN,
} fv_dns_phase;

typedef struct fv_resolver fv_resolver;

typedef struct fv_ask {
    fv_resolver *resolver;
    uint64_t ticket;
    fedval_fact *fact;
    int64_t deadline_ms;
    fv_wire wire;
    size_t server;     /* of the resolver's, the one asked */
    size_t num_failed; /* servers that failed on this question */
    fv_dns_query query;
    fv_dns_name name; /* what the phases of a failure come back to */
    uint16_t type;
    fv_dns_phase phase;
    unsigned aliases;
    unsigned num_refused; /* asked again later, for the server may be busy */
    bool all_ad;          /* every answer so far bore AD */
    bool is_short;        /* this machine lacked something the last time */
    bool has_signatures, has_ds;
    int64_t next_ms, wait_ms; /* when it is sent again, and how long after that */
    int64_t failed_ms;        /* when the first SERVFAIL came */
    struct fv_ask *next, *prev;
} fv_ask;

struct fv_resolver {
    fv_servers servers;
    uint32_t trust_ad, retry_ms;
    char *source;
    const fedval_port_events *events; /* NULL: not attached */
    fv_ask *asks;
    size_t num_open, max_open; /* sockets; less where the server refuses so many */
};

fv_ask *fv_asks_add(fv_resolver *resolver);
/* Closes its socket and frees it. */
void fv_asks_remove(fv_ask *ask);
/* Sends the question of the ask, or waits for its turn; may end the ask. */
void fv_asks_send(fv_ask *ask, bool is_tcp, int64_t now_ms);
/* Something has happened to its socket; may end the ask. */
void fv_asks_advance(fv_ask *ask, int64_t now_ms);
/* Its time has come: to send again, or to end. */
void fv_asks_expire(fv_ask *ask, int64_t now_ms);
/* Nothing is sent until then; a socket is closed. */
void fv_asks_wait(fv_ask *ask, int64_t until_ms);
/* When that is. */
int64_t fv_asks_next_ms(const fv_ask *ask);
/* Ends it with an outcome that no server gave. */
void fv_asks_give_up(fv_ask *ask, uint32_t outcome, const char *detail);

/* ---- answers.c ---- */

/* An answer is there; may end the ask, or ask on. */
void fv_asks_answer(fv_ask *ask, const uint8_t *data, size_t len, int64_t now_ms);
/* The next server, where there is one that has not failed; false: there is none. */
bool fv_asks_try_other(fv_ask *ask, int64_t now_ms);

#endif
