/* What healthy entries of Expressway say by the way: the SRV answers that it got, and the names in
 * the certificates that it met. The first become evidence, which the rules of the live check can
 * judge; the second stand beside a refusal of the name. */
#ifndef FV_LOGS_OBSERVE_H
#define FV_LOGS_OBSERVE_H

#include "fedval/evidence.h"
#include "logs/interpret/draft.h"

#define FV_OBSERVER_NAMES_SIZE 400
#define FV_OBSERVER_MAX_TARGETS 4

/* What the last entries of a source said. */
typedef struct fv_observer {
    char domain[FEDVAL_NAME_SIZE]; /* of which the federation record was asked for; "" */
    char owner[FEDVAL_NAME_SIZE];
    char host[FEDVAL_NAME_SIZE]; /* of which an address was asked for; "" */
    /* of the last federation record that was answered */
    char targets[FV_OBSERVER_MAX_TARGETS][FEDVAL_NAME_SIZE];
    size_t num_targets;
    char target_domain[FEDVAL_NAME_SIZE]; /* whose they are */
    char names[FV_OBSERVER_NAMES_SIZE];   /* of the last certificate, with commas; "" */
    fv_when when;                         /* of these names */
} fv_observer;

void fv_observer_init(fv_observer *observer);
/* Who takes what an observer sees. */
typedef struct fv_observer_sink {
    /* A fact about `domain`; returns as fedval_evidence_append. */
    fedval_status (*take_fact)(void *user, const char *domain, const fedval_fact *fact);
    /* A host, by name or address, at which a federation record says that a Microsoft side is; false
     * when memory is short. */
    bool (*take_host)(void *user, const char *host);
    /* The domain that P-Asserted-Identity names in a request of a call, where From names another;
     * false when memory is short. */
    bool (*take_asserted)(void *user, const char *call_id, const char *domain);
    void *user;
} fv_observer_sink;

/* Looks at an entry that is no incident. False when memory is short. */
bool fv_observe(fv_observer *observer, fv_draft *draft, const fv_observer_sink *sink);
/* Adds to an incident what was observed before it. */
void fv_observer_complete(fv_observer *observer, fedval_incident *incident);
/* Whether a name is a target of the last federation record that was answered. */
bool fv_observer_is_target(const fv_observer *observer, const char *name);
/* "_sipfederationtls._tcp.skype.lab": the domain; NULL for any other name. */
const char *fv_observer_service_domain(fv_draft *draft, fv_span name);

#endif
