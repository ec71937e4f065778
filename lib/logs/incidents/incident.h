/* The members of an incident. */
#ifndef FV_LOGS_INCIDENT_H
#define FV_LOGS_INCIDENT_H

#include "fedval/log.h"
#include "logs/read/when.h"

#define FV_INCIDENT_MAX_FQDNS 8
#define FV_INCIDENT_MAX_HOPS 12
#define FV_INCIDENT_TEXT_MAX 512

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
    const char *from;
    const char *to;
    const char *from_domain;
    const char *to_domain;
    const char *fqdns[FV_INCIDENT_MAX_FQDNS];
    size_t num_fqdns;
    const char *expected_name;
    const char *presented_name;
    const char *reported_code;
    const char *reported_text;
    const char *peer;
    const char *reporter; /* the host that a report names as its source */
    const char *server;   /* what the answering side calls itself: "RTC/6.0" */
    uint32_t port;        /* of the connection, on the Expressway's side */
    uint32_t remote_port; /* on the other side */
    uint32_t status;      /* of a SIP response; 0 */
    bool in_traversal;    /* between Expressway-C and Expressway-E */
    uint32_t finding;
    uint32_t certainty;
    uint32_t hints;     /* FV_SYMPTOM_, of the code that was judged by */
    const char *basis;  /* from what an inferred finding follows; static */
    const char *detail; /* what the code means; static, or in the arena */
    uint32_t explained_by;
    const char *joined_by;
    const char *message;
    const char *remedy;
    const char *hops[FV_INCIDENT_MAX_HOPS];
    size_t num_hops;
    uint32_t group;
    bool in_group; /* counted there */
};

/* Whether two texts are equal; NULL equals NULL alone. */
bool fv_incident_is_same_text(const char *a, const char *b);
/* Whether the incident names a cause. */
bool fv_incident_is_fault(const fedval_incident *incident);
/* Whether Expressway itself reported it, of a connection or a look-up of its own. */
bool fv_incident_is_of_expressway(const fedval_incident *incident);

#endif
