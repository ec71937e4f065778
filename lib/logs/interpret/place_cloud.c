/* Names of Microsoft's clouds in an incident: the fault is in an SRV record that leads there. */
#include "logs/interpret/draft.h"

#include "base/address.h"
#include "model/policy.h"

bool fv_draft_has_zones(const fedval_incident *incident)
{
    for (size_t i = 0; i < incident->num_hops; i++) {
        if (incident->hops[i].egress_zone != NULL || incident->hops[i].ingress_zone != NULL)
            return true;
    }
    return false;
}

static bool has_cloud_target(const fedval_incident *incident)
{
    for (size_t i = 0; i < incident->num_fqdns; i++) {
        if (fv_host_is_of_cloud(incident->fqdns[i]))
            return true;
    }
    return false;
}

static const char provider_basis[] =
    "the target is a server of Microsoft's cloud; an Edge that has this hosting provider enabled "
    "asks for no target under the domain";

static bool has_provider_target(const fedval_incident *incident)
{
    for (size_t i = 0; i < incident->num_fqdns; i++) {
        if (fv_host_is_known_provider(fv_address_host_of(incident->fqdns[i])))
            return true;
    }
    return false;
}

/* The target is another host of Microsoft's cloud: a check of the record finds the same. */
static void refine_other_of_cloud(fedval_incident *incident)
{
    incident->finding = FEDVAL_FINDING_SRV_TARGET_OF_CLOUD;
    incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    incident->basis = "the target is a server of Microsoft's cloud that its documents do not name "
                      "for federation";
}

/* The SRV record leads to Microsoft's cloud, as that of a domain which is hosted there should. Who
 * calls from Expressway must not use such a domain; else the Edge does not know the provider. */
static void refine_provider(fedval_incident *incident)
{
    bool is_of_expressway = incident->kind == FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP ||
                            fv_draft_has_zones(incident) ||
                            (incident->kind == FEDVAL_INCIDENT_KIND_EDGE_RECORD &&
                             incident->peer != NULL && !fv_host_is_of_cloud(incident->peer));
    if (incident->direction == FEDVAL_CALL_DIRECTION_TO_MICROSOFT && is_of_expressway) {
        incident->finding = FEDVAL_FINDING_SRV_POINTS_TO_PROVIDER;
        incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        incident->basis = "the target is a server of Microsoft's cloud, and the call did not come "
                          "from there";
        return;
    }
    incident->finding = FEDVAL_FINDING_PARTNER_NOT_ALLOWED;
    incident->is_of_provider = true;
    /* Where nothing shows that the domain is at Microsoft, a Cisco side may be using it. */
    bool is_at_provider = incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT ||
                          fv_host_is_of_cloud(incident->peer);
    incident->certainty =
        is_at_provider ? FEDVAL_CERTAINTY_INFERRED : FEDVAL_CERTAINTY_UNDETERMINED;
    incident->basis = is_at_provider ? provider_basis : NULL;
}

bool fv_draft_refine_cloud(fedval_incident *incident)
{
    if (!has_cloud_target(incident))
        return false;
    if (has_provider_target(incident))
        refine_provider(incident);
    else
        refine_other_of_cloud(incident);
    return true;
}

void fv_draft_refine_name(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    if (incident->finding != FEDVAL_FINDING_CERT_NAME_MISMATCH ||
        !fv_host_is_of_cloud(incident->expected_name))
        return;
    bool is_cloud = fv_host_is_of_cloud(incident->presented_name);
    uint32_t wrong_record = fv_host_is_known_provider(fv_address_host_of(incident->expected_name))
                                ? FEDVAL_FINDING_SRV_POINTS_TO_PROVIDER
                                : FEDVAL_FINDING_SRV_TARGET_OF_CLOUD;
    incident->finding = is_cloud ? FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG : wrong_record;
    incident->certainty = is_cloud ? FEDVAL_CERTAINTY_UNDETERMINED : FEDVAL_CERTAINTY_INFERRED;
    incident->basis = is_cloud ? NULL
                               : "the name that was expected is that of a server of Microsoft's "
                                 "cloud, which no certificate of the Cisco side can hold";
}
