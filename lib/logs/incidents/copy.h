/* Copies incidents and their parts into an arena. */
#ifndef FV_LOGS_COPY_H
#define FV_LOGS_COPY_H

#include "base/arena.h"
#include "logs/incidents/incident.h"

/* Copies an incident with everything that it points to; NULL if memory is short. */
fedval_incident *fv_incident_copy(fv_arena *arena, const fedval_incident *from);
/* The texts that these are given may lie in another arena. They are replaced by copies in `arena`.
 * Return false if memory is short. */
bool fv_copy_text(fv_arena *arena, const char **text);
bool fv_copy_party(fv_arena *arena, fv_party *party);
bool fv_copy_hops(fv_arena *arena, fedval_incident *incident);

#endif
