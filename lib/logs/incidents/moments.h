/* The faults on a connection's port, by time: a back-to-back user agent between two logs changes
 * the Call-ID, and then the port on Expressway's side and the time tell which fault is meant. */
#ifndef FV_LOGS_MOMENTS_H
#define FV_LOGS_MOMENTS_H

#include "logs/incidents/store.h"

/* Faults that have a port and a time whose zone is known, in two orders. */
typedef struct fv_moments {
    const fedval_incident **by_time;   /* port, time */
    const fedval_incident **by_domain; /* port, domain, time */
    size_t count;
} fv_moments;

/* In the arena of the store. False when memory is short. */
bool fv_moments_build(fv_moments *moments, fv_store *store);
/* The fault nearest in time on the port of `open`, within 5 seconds, about the same domain where
 * both name one; NULL when there is none. */
const fedval_incident *fv_moments_find(const fv_moments *moments, const fedval_incident *open);

#endif
