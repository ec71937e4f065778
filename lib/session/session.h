/* What is inside a session. */
#ifndef FV_SESSION_SESSION_H
#define FV_SESSION_SESSION_H

#include "fedval/session.h"
#include "model/evidence.h"

/* SRV service labels that profiles look up: _sipfederationtls._tcp and _sips._tcp. */
#define FV_SESSION_MAX_OWNERS 2

/* One question. Settled: it has its fact, or was skipped. */
typedef struct fv_need {
    fedval_question question;
    bool settled;
} fv_need;

/* A host and port that are followed. */
typedef struct fv_endpoint {
    const char *host; /* normalised */
    uint16_t port;
} fv_endpoint;

struct fedval_session {
    fv_arena arena;
    fedval_evidence *evidence; /* NULL: taken */
    uint32_t num_views;
    bool probes; /* some policy judges certificates */
    bool allow_private;
    int64_t max_targets, max_addresses, max_connections;
    bool sip_options;
    const char *owners[FV_SESSION_MAX_OWNERS]; /* names of the SRV questions */
    size_t num_owners;
    fv_endpoint *endpoints;
    size_t num_endpoints, endpoints_capacity;
    fv_need **needs; /* each keeps its place: questions are borrowed by the caller */
    size_t num_needs, needs_capacity;
    size_t next; /* of the needs, the first not handed out */
    size_t num_open;
};

/* Whether that name's SRV records are asked for (follow.c). */
bool fv_session_has_owner(const fedval_session *session, const char *owner);
#define FV_SESSION_MAX_LOOKS 4

/* Further looks, FEDVAL_LOOK_, at a server that has shown its certificate (looks.c). */
size_t fv_session_list_looks(const fedval_session *session, const fedval_fact *fact,
                             uint32_t looks[FV_SESSION_MAX_LOOKS]);
/* What a fact gives rise to. Each: false when memory is short. */
bool fv_session_ask_srv(fedval_session *session, const char *owner);
bool fv_session_follow_host(fedval_session *session, const char *host, uint16_t port);
bool fv_session_follow_fact(fedval_session *session, const fedval_fact *fact);

#endif
