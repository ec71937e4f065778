/* The questions under way at one resolver. */
#ifndef FV_LDNS_ASKS_H
#define FV_LDNS_ASKS_H

#include "fedval/backend.h"
#include "wire.h"

/* The phases of a question. PLAIN: the question itself. After SERVFAIL: UNCHECKED, the same with
 * checking disabled; ZONE, the zone to which the name belongs; DELEGATION, whether the parent says
 * that this zone is signed; AGAIN, the question once more, after a resolver that keeps failures
 * (RFC 9520) has forgotten this one. */
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
    size_t server;     /* index of the server that is asked */
    size_t num_failed; /* servers that failed on this question */
    fv_dns_query query;
    fv_dns_name name; /* the name and type of the question, kept while a failure is looked at */
    uint16_t type;
    fv_dns_phase phase;
    unsigned aliases;
    unsigned num_refused; /* how often it was refused and sent again later */
    bool all_ad;          /* every answer so far had the AD bit */
    bool all_aa;          /* every answer so far came from a server of the zone (AA) */
    bool is_own;          /* one of the zone's own servers is asked, `own`, and no other */
    fv_server own;
    bool is_short; /* this machine lacked a descriptor, port or memory last time */
    bool has_signatures, has_ds;
    int64_t next_ms, wait_ms; /* when to send it again, and how long to wait after that */
    int64_t failed_ms;        /* time of the first SERVFAIL */
    struct fv_ask *next, *prev;
} fv_ask;

struct fv_resolver {
    fv_servers servers;
    uint32_t trust_ad, retry_ms;
    uint16_t authority_port;          /* of the zones' own servers */
    const fedval_port_events *events; /* NULL: not attached */
    fv_ask *asks;
    size_t num_open, max_open; /* sockets; the maximum falls if a server refuses so many */
};

fv_ask *fv_asks_add(fv_resolver *resolver);
/* Whether the ask has no other server to turn to. */
bool fv_asks_is_alone(const fv_ask *ask);
/* Closes the socket of the ask and frees it. */
void fv_asks_remove(fv_ask *ask);
/* Sends the question, or waits for its turn; may end the ask. */
void fv_asks_send(fv_ask *ask, bool is_tcp, int64_t now_ms);
/* Call after an event on the socket; may end the ask. */
void fv_asks_advance(fv_ask *ask, int64_t now_ms);
/* Call when fv_asks_next_ms has come: sends again or ends the ask. */
void fv_asks_expire(fv_ask *ask, int64_t now_ms);
/* Sends nothing until `until_ms`, and closes the socket. */
void fv_asks_wait(fv_ask *ask, int64_t until_ms);
/* Returns when the ask has to act next. */
int64_t fv_asks_next_ms(const fv_ask *ask);
/* Ends the ask with an outcome that no server gave. */
void fv_asks_give_up(fv_ask *ask, uint32_t outcome, const char *detail);

/* ---- answers.c ---- */

/* Call when an answer is there; ends the ask or asks on. */
void fv_asks_answer(fv_ask *ask, const uint8_t *data, size_t len, int64_t now_ms);
/* Asks the next server that has not failed; returns false if there is none. */
bool fv_asks_try_other(fv_ask *ask, int64_t now_ms);

#endif
