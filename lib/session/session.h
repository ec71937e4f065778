/* The members of a session. */
#ifndef FV_SESSION_SESSION_H
#define FV_SESSION_SESSION_H

#include "fedval/session.h"
#include "model/evidence.h"

/* How many SRV owner names the profiles can look up: those of _sipfederationtls._tcp and
 * _sips._tcp. */
#define FV_SESSION_MAX_OWNERS 2

/* One question. It is settled when it has its fact, or was skipped. */
typedef struct fv_need {
    fedval_question question;
    bool settled;
    bool is_known; /* its fact was there before the question */
} fv_need;

/* A host and port whose addresses are looked up and probed. */
typedef struct fv_session_server {
    const char *host; /* normalised */
    uint16_t port;
} fv_session_server;

#define FV_SESSION_MAX_SERVERS 16 /* of the zone, by their addresses */

/* One server of the zone. */
typedef struct fv_zone_server {
    const char *host, *address;
} fv_zone_server;

/* What each server of the zone is asked. */
typedef struct fv_zone_ask {
    const char *name;
    uint32_t type;
} fv_zone_ask;

/* The servers of the zone that holds the domain, and what they are asked. Either list may grow
 * after the other. */
typedef struct fv_zone_servers {
    const char *zone; /* NULL: not known yet */
    const char *hosts[FV_SESSION_MAX_SERVERS];
    size_t num_hosts;
    fv_zone_server servers[FV_SESSION_MAX_SERVERS];
    size_t num_servers;
    fv_zone_ask *asks;
    size_t num_asks, asks_capacity;
} fv_zone_servers;

struct fedval_session {
    fv_arena arena;
    /* NULL after the caller has taken it */
    fedval_evidence *evidence;
    uint32_t num_views;
    bool probes; /* some policy judges certificates */
    bool allow_private;
    int64_t max_targets, max_addresses, max_connections;
    bool sip_options;
    bool authoritative;                        /* the zone's own servers are asked, too */
    const char *owners[FV_SESSION_MAX_OWNERS]; /* names of the SRV questions */
    size_t num_owners;
    fv_zone_servers own;
    fv_session_server *servers;
    size_t num_servers, servers_capacity;
    /* an array of pointers, so that a need stays in its place while the array grows: callers borrow
     * its question */
    fv_need **needs;
    size_t num_needs, needs_capacity;
    /* the index of the first need that was not handed out */
    size_t next;
    size_t num_open;
    size_t num_followed; /* needs whose known facts were followed */
};

/* Whether the session asks for the SRV records of `owner` (follow.c). */
bool fv_session_has_owner(const fedval_session *session, const char *owner);
#define FV_SESSION_MAX_LOOKS 5

/* Further looks, FEDVAL_LOOK_, at a server that has shown its certificate (looks.c). */
size_t fv_session_list_looks(const fedval_session *session, const fedval_fact *fact,
                             uint32_t looks[FV_SESSION_MAX_LOOKS]);
/* ---- needs.c ---- */

/* Adds a need, unless it exists. If the evidence already holds the fact, the need is settled at
 * once; fv_session_follow_fact follows the fact later. When there are as many needs as the evidence
 * can hold facts, no more are added. False: memory is short. */
bool fv_session_add_need(fedval_session *session, const fedval_question *question);
bool fv_session_may_probe(const fedval_session *session, const fv_record *record);

/* The zone's own servers (authority.c). Each does nothing unless they are to be asked. */
bool fv_session_ask_zone(fedval_session *session);
bool fv_session_ask_servers(fedval_session *session, const char *name, uint32_t type);
bool fv_session_follow_ns(fedval_session *session, const fedval_fact *fact);
bool fv_session_follow_server(fedval_session *session, const fedval_fact *fact);

/* Each adds the needs that an answer gives rise to; false when memory is short. */
bool fv_session_ask_srv(fedval_session *session, const char *owner);
bool fv_session_follow_host(fedval_session *session, const char *host, uint16_t port);
bool fv_session_follow_fact(fedval_session *session, const fedval_fact *fact);

#endif
