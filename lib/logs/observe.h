/* What healthy records of Expressway say by the way: the SRV answers that it got, and the names in
 * the certificates that it met. The first become evidence, which the rules of the live check can
 * judge; the second stand beside a refusal of the name. */
#ifndef FV_LOGS_OBSERVE_H
#define FV_LOGS_OBSERVE_H

#include "logs/incident.h"
#include "logs/store.h"

#define FV_OBSERVER_NAMES_SIZE 400

/* What the last records of a source said. */
typedef struct fv_observer {
    char domain[FEDVAL_NAME_SIZE]; /* of which the federation record was asked for; "" */
    char owner[FEDVAL_NAME_SIZE];
    char names[FV_OBSERVER_NAMES_SIZE]; /* of the last certificate, with commas; "" */
    fv_when when;                       /* of these names */
} fv_observer;

void fv_observer_init(fv_observer *observer);
/* Looks at a record that is no incident. False when memory is short. */
bool fv_observe(fv_observer *observer, fv_draft *draft, fv_store *store, uint64_t line);
/* Adds to an incident what was observed before it. */
void fv_observer_complete(const fv_observer *observer, fedval_incident *incident);

#endif
