/* The members of a timeline. timeline.c fills them once; the renderers only read them. */
#ifndef FV_DRIFT_TIMELINE_H
#define FV_DRIFT_TIMELINE_H

#include "base/arena.h"
#include "base/value.h"
#include "fedval/timeline.h"

/* A finding that comes or goes. */
typedef struct fv_milestone_finding {
    uint32_t code, severity, requirement;
    bool is_new, is_accepted;
    const char *message;
    fv_parts message_parts; /* the values in it */
} fv_milestone_finding;

/* The rules that come into force on a day of their own. Numbers are permanent: identifiers of
 * calendar entries are made of them. */
typedef enum fv_milestone_rule {
    FV_MILESTONE_RULE_NONE = 0,
    FV_MILESTONE_RULE_LIFETIME = 1,    /* how long public certificates may be valid */
    FV_MILESTONE_RULE_CLIENT_AUTH = 2, /* public CAs issue no certificate with clientAuth */
} fv_milestone_rule;

struct fedval_milestone {
    int64_t time;
    uint32_t kind;            /* FEDVAL_MILESTONE_ */
    uint32_t before, verdict; /* FEDVAL_VERDICT_; 0: of a rule */
    fv_milestone_rule rule;   /* of FEDVAL_MILESTONE_RULE */
    const char *text;         /* of a rule */
    fv_milestone_finding *findings;
    size_t num_findings, capacity;
};

struct fedval_timeline {
    fv_arena arena;
    const char *domain;
    const char *source; /* what the evidence was read from; NULL: not said */
    uint32_t profile, verdict;
    int64_t from;
    uint32_t *accepted; /* the codes that the policy accepts, and that are met at some time */
    size_t num_accepted, accepted_capacity;
    fedval_milestone *milestones;
    size_t num_milestones, capacity;
};

#endif
