/* Incidents and what they are made of, copied into an arena. */
#ifndef FV_LOGS_COPY_H
#define FV_LOGS_COPY_H

#include "base/arena.h"
#include "logs/incidents/incident.h"

/* The incident with all that hangs on it; NULL when memory is short. */
fedval_incident *fv_incident_copy(fv_arena *arena, const fedval_incident *from);
/* Each replaces *text, the party or the hops, which hang elsewhere, by a copy. False when memory is
 * short. */
bool fv_copy_text(fv_arena *arena, const char **text);
bool fv_copy_party(fv_arena *arena, fv_party *party);
bool fv_copy_hops(fv_arena *arena, fedval_incident *incident);

#endif
