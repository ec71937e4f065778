/* Finds a fault by port and time. A back-to-back user agent between two logs changes the Call-ID;
 * then the port on Expressway's side and the time identify the fault. */
#ifndef FV_LOGS_MOMENTS_H
#define FV_LOGS_MOMENTS_H

#include "logs/incidents/store.h"

/* The faults that have a port and a time whose time zone is known, in two orders. */
typedef struct fv_moments {
    const fedval_incident **by_time;   /* sorted by port, time */
    const fedval_incident **by_domain; /* sorted by port, domain, time */
    size_t count;
} fv_moments;

/* Uses the arena of the store. Returns false if memory is short. */
bool fv_moments_build(fv_moments *moments, fv_store *store);
/* Returns the fault nearest in time to `open` on the same port, within 5 seconds. If both have a
 * domain, it must be the same. NULL if there is none. */
const fedval_incident *fv_moments_find(const fv_moments *moments, const fedval_incident *open);

#endif
