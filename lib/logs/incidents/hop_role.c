/* The role of a hop: who the machine was in the call, as far as its Via header tells. */
#include "base/code.h"
#include "logs/incidents/incident.h"

static const fv_code roles[] = {
    {FEDVAL_HOP_ROLE_CALLER, "caller"},
    {FEDVAL_HOP_ROLE_EXPRESSWAY, "expressway"},
    {FEDVAL_HOP_ROLE_EXPRESSWAY_C, "expressway-c"},
    {FEDVAL_HOP_ROLE_UNKNOWN, "unknown"},
};

FV_CODE_FUNCTIONS(hop_role, roles)

/* An egress zone is written by Expressway alone. The hop that is farthest from the answering side
 * began the call. */
uint32_t fedval_incident_get_hop_role(const fedval_incident *incident, size_t index)
{
    size_t count = fedval_incident_count_hops(incident);
    if (index >= count)
        return FEDVAL_HOP_ROLE_UNKNOWN;
    if (fv_hop_is_traversal(&incident->hops[index]))
        return FEDVAL_HOP_ROLE_EXPRESSWAY_C;
    if (incident->hops[index].egress_zone != NULL)
        return FEDVAL_HOP_ROLE_EXPRESSWAY;
    return index == count - 1 ? FEDVAL_HOP_ROLE_CALLER : FEDVAL_HOP_ROLE_UNKNOWN;
}
