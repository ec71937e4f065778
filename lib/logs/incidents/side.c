/* Which side must change something. Depends also on who reported the fault. */
#include "catalogue/catalogue.h"
#include "logs/incidents/incident.h"

#define SIDE(name) FEDVAL_MEND_SIDE_##name

/* The alerts by which a peer says that the certificate is of the wrong kind, was revoked or has
 * expired (RFC 5246 7.2.2). They are about the certificate itself; others may as well be about the
 * trust of the peer. */
#define ALERT_UNSUPPORTED_CERTIFICATE 43
#define ALERT_CERTIFICATE_EXPIRED 45
/* "Sent by servers when a client certificate is desired but none was provided by the client" (RFC
 * 8446 6.2). */
#define ALERT_CERTIFICATE_REQUIRED 116

static bool is_fault_of_calling_certificate(const fedval_incident *incident)
{
    const fv_symptom_code *code = incident->code;
    return incident->finding == FEDVAL_FINDING_PEER_REJECTED_CERTIFICATE &&
           incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_TLS &&
           incident->way == FV_WAY_OUTBOUND && code != NULL && code->kind == FV_SYMPTOM_TLS_ALERT &&
           code->number >= ALERT_UNSUPPORTED_CERTIFICATE &&
           code->number <= ALERT_CERTIFICATE_EXPIRED;
}

bool fv_incident_lacks_own_certificate(const fedval_incident *incident)
{
    const fv_symptom_code *code = incident->code;
    if (!fv_incident_is_of_expressway(incident))
        return incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT;
    return code != NULL && code->kind == FV_SYMPTOM_TLS_ALERT &&
           code->number == ALERT_CERTIFICATE_REQUIRED && incident->way != FV_WAY_INBOUND;
}

/* The side that called sent none, so that side mends it. A report of the Microsoft side without a
 * direction does not say who called. */
static uint32_t side_that_lacks_certificate(const fedval_incident *incident)
{
    bool is_own = fv_incident_lacks_own_certificate(incident);
    if (fv_incident_is_of_expressway(incident))
        return is_own ? SIDE(CISCO) : SIDE(MICROSOFT);
    if (incident->direction == FEDVAL_CALL_DIRECTION_UNKNOWN)
        return SIDE(EITHER);
    return is_own ? SIDE(MICROSOFT) : SIDE(CISCO);
}

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
    if (is_fault_of_calling_certificate(incident))
        return SIDE(CISCO);
    if (incident->finding == FEDVAL_FINDING_CLIENT_CERTIFICATE_MISSING)
        return side_that_lacks_certificate(incident);
    if (fv_incident_is_of_expressway(incident))
        return entry->mend_side_of_expressway;
    /* Two Microsoft sides federate too. If the direction of the call is unknown, the partner may
     * not be a Cisco side. */
    if (entry->mend_side_of_microsoft == SIDE(CISCO) &&
        incident->direction == FEDVAL_CALL_DIRECTION_UNKNOWN)
        return SIDE(UNKNOWN);
    return entry->mend_side_of_microsoft;
}
