/* Which side must change something. Depends also on who reported the fault. */
#include "catalogue/catalogue.h"
#include "logs/incidents/incident.h"

#define SIDE(name) FEDVAL_MEND_SIDE_##name

uint32_t fedval_incident_get_mend_side(const fedval_incident *incident)
{
    const fedval_catalogue_entry *entry =
        incident != NULL ? fedval_catalogue_find(incident->finding) : NULL;
    if (entry == NULL)
        return SIDE(UNKNOWN);
    if (incident->certainty == FEDVAL_CERTAINTY_UNDETERMINED)
        return entry->mend_side_of_microsoft == SIDE(NEITHER) ? SIDE(NEITHER) : SIDE(UNKNOWN);
    if (incident->in_traversal && entry->mend_side_of_expressway != SIDE(NEITHER))
        return SIDE(CISCO);
    if (fv_incident_is_of_expressway(incident))
        return entry->mend_side_of_expressway;
    /* Two Microsoft sides federate too. If the direction of the call is unknown, the partner may
     * not be a Cisco side. */
    if (entry->mend_side_of_microsoft == SIDE(CISCO) &&
        incident->direction == FEDVAL_CALL_DIRECTION_UNKNOWN)
        return SIDE(UNKNOWN);
    return entry->mend_side_of_microsoft;
}
