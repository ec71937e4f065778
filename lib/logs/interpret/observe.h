/* Facts in healthy entries of Expressway: the SRV answers that it got, and the names in the
 * certificates that it saw. The SRV answers become evidence, which the rules of the live check can
 * judge. The names are shown with an incident if a name was refused. */
#ifndef FV_LOGS_OBSERVE_H
#define FV_LOGS_OBSERVE_H

#include "fedval/evidence.h"
#include "logs/interpret/draft.h"

#define FV_OBSERVER_NAMES_SIZE 400
#define FV_OBSERVER_MAX_TARGETS 4
#define FV_OBSERVER_MAX_CALLS 16
#define FV_OBSERVER_CALL_SIZE 128

/* What the latest entries of a source said. */
typedef struct fv_observer {
    char domain[FEDVAL_NAME_SIZE]; /* whose federation record was asked for; "" */
    char owner[FEDVAL_NAME_SIZE];
    char host[FEDVAL_NAME_SIZE]; /* whose address was asked for; "" */
    /* targets of the last federation record that was answered */
    char targets[FV_OBSERVER_MAX_TARGETS][FEDVAL_NAME_SIZE];
    size_t num_targets;
    char target_domain[FEDVAL_NAME_SIZE]; /* the domain of that record */
    char names[FV_OBSERVER_NAMES_SIZE];   /* of the last certificate, with commas; "" */
    fv_when when;                         /* time of these names */
    /* Call-IDs of the latest calls that a server of a Microsoft side sent to an Expressway; the
     * next one takes the place `next_call`; "": none */
    char calls[FV_OBSERVER_MAX_CALLS][FV_OBSERVER_CALL_SIZE];
    size_t next_call;
} fv_observer;

void fv_observer_init(fv_observer *observer);
/* Receives what an observer sees. */
typedef struct fv_observer_sink {
    /* Takes a fact about `domain`; returns the statuses of fedval_evidence_append. */
    fedval_status (*take_fact)(void *user, const char *domain, const fedval_fact *fact);
    /* Takes the name or address of a host of a Microsoft side, known from a federation record.
     * Returns false if memory is short. */
    bool (*take_host)(void *user, const char *host);
    /* Takes a request whose P-Asserted-Identity is another than its From: `other_domain`, or
     * `asserted`, and the Call-ID are there. Returns false if memory is short. */
    bool (*take_asserted)(void *user, const fedval_incident *request);
    void *user;
} fv_observer_sink;

/* Looks at an entry that is not an incident. Returns false if memory is short. */
bool fv_observe(fv_observer *observer, fv_draft *draft, const fv_observer_sink *sink);
/* Adds to an incident what was observed before it. */
void fv_observer_complete(fv_observer *observer, fedval_incident *incident);
/* Whether `name` is a target of the last federation record that was answered. */
bool fv_observer_is_target(const fv_observer *observer, const char *name);
/* Whether a server of a Microsoft side sent the call, a short time before. NULL: no. */
bool fv_observer_is_microsoft_call(const fv_observer *observer, const char *call_id);
/* Returns the domain of "_sipfederationtls._tcp.skype.lab"; NULL for any other name. */
const char *fv_observer_service_domain(fv_draft *draft, fv_span name);

#endif
