/* The members of an incident. */
#ifndef FV_LOGS_INCIDENT_H
#define FV_LOGS_INCIDENT_H

#include "base/arena.h"
#include "catalogue/symptom_codes.h"
#include "fedval/log.h"
#include "logs/read/when.h"

#define FV_INCIDENT_MAX_FQDNS 8
#define FV_INCIDENT_MAX_HOPS 12
#define FV_INCIDENT_TEXT_MAX 512

/* The caller or the called. A text is NULL if the log does not have it. */
typedef struct fv_party {
    const char *text;    /* "2000@acano.steven.lab" */
    const char *user;    /* "2000"; the number of a tel: address */
    const char *host;    /* normalised: a domain, or an address */
    const char *domain;  /* the host, if it is a domain */
    const char *display; /* the name beside the address */
    const char *tag;     /* the tag parameter of its header */
    bool is_hidden;      /* "anonymous.invalid" was written in place of the domain */
    bool is_unreadable;  /* a host is there, damaged or masked */
} fv_party;

/* One hop of a call, from a Via header. */
typedef struct fv_hop {
    const char *host; /* never NULL */
    uint32_t port;    /* 0: unknown */
    const char *egress_zone, *ingress_zone;
    const char *received;   /* the address from which the next hop received */
    uint32_t received_port; /* 0: unknown */
    const char *text;       /* the whole hop: "10.48.36.47:5061 egress-zone=DNSZone1" */
} fv_hop;

/* The sentences about an incident that is kept, each made when it is asked for first. */
typedef struct fv_incident_texts {
    fv_arena *arena;
    fv_late_text message, remedy, partner;
} fv_incident_texts;

/* The method of a request (RFC 3261 7.1, and its extensions), as its CSeq names it. */
typedef enum fv_method {
    FV_METHOD_UNKNOWN = 0, /* no CSeq, or none of these */
    FV_METHOD_ACK,
    FV_METHOD_BENOTIFY,
    FV_METHOD_BYE,
    FV_METHOD_CANCEL,
    FV_METHOD_INFO,
    FV_METHOD_INVITE,
    FV_METHOD_MESSAGE,
    FV_METHOD_NEGOTIATE,
    FV_METHOD_NOTIFY,
    FV_METHOD_OPTIONS,
    FV_METHOD_PRACK,
    FV_METHOD_PUBLISH,
    FV_METHOD_REFER,
    FV_METHOD_REGISTER,
    FV_METHOD_SERVICE,
    FV_METHOD_SUBSCRIBE,
    FV_METHOD_UPDATE,
} fv_method;

/* Who opened the connection, if the log shows it. */
enum { FV_WAY_UNKNOWN = 0, FV_WAY_INBOUND = 1, FV_WAY_OUTBOUND = 2 };

struct fedval_incident {
    uint32_t id;
    const char *source;
    uint64_t line;
    uint32_t kind;
    fv_when when;
    uint32_t times_logged;
    const char *call_id;
    const char *cseq; /* as the log has it: "2066245576 INVITE" */
    fv_method method; /* of `cseq` */
    uint32_t direction;
    const char *domain;
    const char *other_domain; /* the domain in P-Asserted-Identity, if From has another */
    fv_party from;
    fv_party to;
    fv_party asserted; /* P-Asserted-Identity, if public DNS can have no record for its host */
    const char *fqdns[FV_INCIDENT_MAX_FQDNS];
    size_t num_fqdns;
    const char *expected_name;
    const char *presented_name;
    const char *reported_code;
    const char *reported_text;
    const char *peer;
    const char *reporter;    /* the host that an ms-diagnostics header names as its source */
    const char *server;      /* what the answering side calls itself: "RTC/6.0" */
    uint32_t port;           /* of the connection, on Expressway's side */
    const char *own_address; /* of the connection, as the log has it; NULL: not given */
    uint32_t remote_port;    /* on the other side */
    uint32_t status;         /* of a SIP response, or 0 */
    uint32_t way;            /* FV_WAY_, seen from the side that logged it */
    bool in_traversal;       /* the connection is between Expressway-C and Expressway-E */
    bool is_related;         /* something ties it to a call with a Microsoft side */
    bool of_far_side;        /* the far side itself made the answer */
    bool of_client_trace;    /* the log is that of a Microsoft client */
    bool is_with_cloud;      /* the partner's SRV record, as the log has it, leads to a cloud */
    bool names_partner;      /* its peer is a Microsoft server */
    bool is_inside;          /* between servers of the Microsoft side alone */
    bool is_of_provider;     /* the Edge does not know the provider that hosts the domain */
    bool is_cut_record;      /* its log ends within it, before its call was named in full */
    bool shares_call_id;     /* another caller's request has the same Call-ID and CSeq */
    uint32_t finding;
    uint32_t certainty;
    const fv_symptom_code *code; /* the code that decided; or NULL */
    const char *basis;           /* what an inferred finding is based on; static */
    const char *detail;          /* meaning of the code; static, or in the arena */
    const char *quoted;          /* words of the log that belong to the detail */
    const fedval_incident *cause;
    /* A list of the incidents that this one explains, in order; `next_explained` links them. */
    const fedval_incident *first_explained, *next_explained;
    fedval_incident *last_explained;
    const char *joined_by;
    /* A call that was set up the same way, between the same domains; and one with the same partner
     * but of another domain. NULL: none was seen. */
    const fedval_incident *works, *works_of_other;
    int64_t last_ms;                 /* of a call that worked: the time of the last one like it */
    int64_t last_of_peer_ms;         /* ... of those whose peer is known to be the same */
    struct fv_incident_texts *texts; /* NULL before the incident is kept */
    fv_hop *hops;
    size_t num_hops;
    uint32_t group;
    bool is_call_event; /* an event of Expressway tells how a call ended, not who answered */
    bool in_group;      /* it was counted in its group */
};

/* Whether the call left through a traversal zone: then the hop is an Expressway-C. */
bool fv_hop_is_traversal(const fv_hop *hop);
/* Says what the entry would have said without the one that explains it: the id of its finding, or
 * "undetermined". */
const char *fv_incident_word_alone(const fedval_incident *explained);
/* Whether two texts are equal. NULL equals only NULL. */
bool fv_incident_is_same_text(const char *a, const char *b);
/* Whether two incidents with one Call-ID and CSeq belong to the requests of two callers. RFC 3261
 * 8.2.2.2: a request is the same "if the From tag, Call-ID, and CSeq exactly match". */
bool fv_incident_is_of_other_caller(const fedval_incident *a, const fedval_incident *b);
/* Returns the incident that has the hops and the people of the call: the first one that `incident`
 * explains, or `incident` itself. */
const fedval_incident *fv_incident_seen(const fedval_incident *incident);
/* Whether it is a call that was set up. */
bool fv_incident_is_set_up(const fedval_incident *incident);
/* Whether it happens all day, and is no failure of federation: a call that was set up, or an event
 * of a call that was rejected. */
bool fv_incident_is_routine(const fedval_incident *incident);
/* Returns the domain of the Cisco side, and that of its partner; NULL: not known. */
const char *fv_incident_own_domain(const fedval_incident *incident);
/* When the last call was that worked the same way; of a connection, through the same peer. */
int64_t fv_incident_last_that_worked(const fedval_incident *incident);
const char *fv_incident_partner(const fedval_incident *incident);
/* Whether the call is open, and its P-Asserted-Identity names no domain of public DNS. */
bool fv_incident_is_asserted_nowhere(const fedval_incident *incident);
/* Whether the incident names a cause. */
bool fv_incident_is_fault(const fedval_incident *incident);
/* Whether Expressway itself reported it, about its own connection or look-up. */
bool fv_incident_is_of_expressway(const fedval_incident *incident);
/* Whether it is about a connection, which anybody on the Internet can open, and not about a
 * call. */
bool fv_incident_is_of_connection(const fedval_incident *incident);
/* Whether the log has only a SIP status, without a reason. */
bool fv_incident_is_bare(const fedval_incident *incident);
/* Whether the Edge passed on a failure that the called side gave, without a reason. */
bool fv_incident_is_answered_outside(const fedval_incident *incident);
/* Whether the Microsoft side is one of Microsoft's clouds, where nobody can read a server's log. */
bool fv_incident_is_of_cloud(const fedval_incident *incident);
/* Whether it is about a request for presence or news of it, and about no call. */
bool fv_incident_is_of_presence(const fedval_incident *incident);
/* Whether a missing client certificate is that of the side which reports it: the alert about it is
 * sent by the server, so who got it had called. */
bool fv_incident_lacks_own_certificate(const fedval_incident *incident);
/* Whether a SIP status alone decided. */
bool fv_incident_is_of_status(const fedval_incident *incident);
/* Whether its code has this hint, one of FV_SYMPTOM_. */
bool fv_incident_has_hint(const fedval_incident *incident, uint32_t hint);

#endif
