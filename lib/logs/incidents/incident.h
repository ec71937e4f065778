/* The members of an incident. */
#ifndef FV_LOGS_INCIDENT_H
#define FV_LOGS_INCIDENT_H

#include "catalogue/symptom_codes.h"
#include "fedval/log.h"
#include "logs/read/when.h"

#define FV_INCIDENT_MAX_FQDNS 8
#define FV_INCIDENT_MAX_HOPS 12
#define FV_INCIDENT_TEXT_MAX 512

/* The caller or the called. Each text is NULL where the log does not tell it. */
typedef struct fv_party {
    const char *text;    /* "2000@acano.steven.lab" */
    const char *user;    /* "2000"; of tel: the number */
    const char *host;    /* normalised: a domain, or an address */
    const char *domain;  /* the host where it is a domain */
    const char *display; /* the name beside the address */
} fv_party;

/* One hop of a call, out of a Via header. */
typedef struct fv_hop {
    const char *host; /* never NULL */
    uint32_t port;    /* 0: not told */
    const char *egress_zone, *ingress_zone;
    const char *received;   /* the address that the next hop saw */
    uint32_t received_port; /* 0: not told */
    const char *text;       /* all of it: "10.48.36.47:5061 egress-zone=DNSZone1" */
} fv_hop;

/* Who opened the connection, where a log of a connection tells it. */
enum { FV_WAY_UNKNOWN = 0, FV_WAY_INBOUND = 1, FV_WAY_OUTBOUND = 2 };

struct fedval_incident {
    uint32_t id;
    const char *source;
    uint64_t line;
    uint32_t kind;
    fv_when when;
    uint32_t times_logged;
    const char *call_id;
    const char *cseq;
    uint32_t direction;
    const char *domain;
    const char *other_domain; /* P-Asserted-Identity's, where From names another */
    fv_party from;
    fv_party to;
    const char *fqdns[FV_INCIDENT_MAX_FQDNS];
    size_t num_fqdns;
    const char *expected_name;
    const char *presented_name;
    const char *reported_code;
    const char *reported_text;
    const char *peer;
    const char *reporter; /* the host that an ms-diagnostics header names as its source */
    const char *server;   /* what the answering side calls itself: "RTC/6.0" */
    uint32_t port;        /* of the connection, on the Expressway's side */
    uint32_t remote_port; /* on the other side */
    uint32_t status;      /* of a SIP response; 0 */
    uint32_t way;         /* FV_WAY_, seen from the side that logged it */
    bool in_traversal;    /* between Expressway-C and Expressway-E */
    bool is_related;      /* something ties it to a call with a Microsoft side */
    bool of_far_side;     /* the answer was made by the far side itself */
    bool names_partner;   /* a Microsoft server stands at its peer */
    uint32_t finding;
    uint32_t certainty;
    const fv_symptom_code *code; /* what was judged by; NULL */
    const char *basis;           /* from what an inferred finding follows; static */
    const char *detail;          /* what the code means; static, or in the arena */
    const char *quoted;          /* the words of the log that belong to the detail */
    const fedval_incident *cause;
    /* Those that this one explains, in order, each leading to the next. */
    const fedval_incident *first_explained, *next_explained;
    fedval_incident *last_explained;
    const char *joined_by;
    const char *message;
    const char *remedy;
    fv_hop *hops;
    size_t num_hops;
    uint32_t group;
    bool in_group; /* counted there */
};

/* Whether the call left by a traversal zone: then the hop is an Expressway-C. */
bool fv_hop_is_traversal(const fv_hop *hop);
/* Whether two texts are equal; NULL equals NULL alone. */
bool fv_incident_is_same_text(const char *a, const char *b);
/* Whether the incident names a cause. */
bool fv_incident_is_fault(const fedval_incident *incident);
/* Whether Expressway itself reported it, of a connection or a look-up of its own. */
bool fv_incident_is_of_expressway(const fedval_incident *incident);
/* Whether it is of a connection, which anybody on the Internet can open, and not of a call. */
bool fv_incident_is_of_connection(const fedval_incident *incident);
/* Whether a SIP status alone was read, without any word of the reason. */
bool fv_incident_is_bare(const fedval_incident *incident);
/* Whether its code has a hint of FV_SYMPTOM_. */
bool fv_incident_has_hint(const fedval_incident *incident, uint32_t hint);

#endif
