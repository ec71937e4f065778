/* Which side has something to change, and what, in the light of who reported the fault. */
#include "logs/interpret/draft.h"

#include "catalogue/catalogue.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define SIDE(name) FEDVAL_MEND_SIDE_##name

/* By finding, and else by family: who mends what Expressway reports, who what the Microsoft side
 * reports. A log that names a fault does not always tell on which side it lies: then it is EITHER.
 */
typedef struct mend_rule {
    uint32_t key;
    uint32_t of_expressway;
    uint32_t of_microsoft;
    const char
        *remedy; /* in place of the catalogue's, where a log tells less than a check; or NULL */
} mend_rule;

#define LOOK_FROM_OUTSIDE(what, remedy)                                                            \
    "Look from outside whether " what " is in public DNS: fedval check {domain}. If it is there, " \
    "the DNS server of the side that asked does not see it: mend that one. If not, " remedy

#define CONNECT_BY_HAND                                                                            \
    "From the side that calls, see whether {address} answers on port {port}. If not, open that "   \
    "port in the firewalls of both sides, from the one federation edge to the other"

#define TRAVERSAL_NAME                                                                             \
    "On Expressway-C: give the peer of the traversal zone by a name that stands in the "           \
    "certificate of Expressway-E, not by its address; on Expressway-E, the TLS verify subject "    \
    "name by one in the certificate of Expressway-C"
#define TRAVERSAL_TRUST                                                                            \
    "On Expressway-C and Expressway-E: each needs the other's CA in its trusted CA list, and a "   \
    "valid certificate for both clientAuth and serverAuth"

static const mend_rule by_finding[] = {
    {FEDVAL_FINDING_NOT_A_FEDERATION_FAULT, SIDE(NEITHER), SIDE(NEITHER), NULL},
    {FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG, SIDE(UNKNOWN), SIDE(UNKNOWN), NULL},
    {FEDVAL_FINDING_PARTNER_NOT_ALLOWED, SIDE(MICROSOFT), SIDE(MICROSOFT), NULL},
    {FEDVAL_FINDING_POLICY_REFUSED, SIDE(MICROSOFT), SIDE(MICROSOFT), NULL},
    {FEDVAL_FINDING_PEER_REJECTED_CERTIFICATE, SIDE(EITHER), SIDE(EITHER), NULL},
    {FEDVAL_FINDING_PEER_CERTIFICATE_UNTRUSTED, SIDE(CISCO), SIDE(EITHER), NULL},
    {FEDVAL_FINDING_PEER_CERTIFICATE_NAME_REFUSED, SIDE(CISCO), SIDE(EITHER), NULL},
    {FEDVAL_FINDING_CLIENT_CERTIFICATE_MISSING, SIDE(EITHER), SIDE(EITHER), NULL},
    {FEDVAL_FINDING_CONNECTION_CUT, SIDE(EITHER), SIDE(EITHER), NULL},
    {FEDVAL_FINDING_REVOCATION_OFFLINE, SIDE(CISCO), SIDE(EITHER),
     "See that the side which says so can fetch the CRLs that the certificates name; on "
     "Expressway, renew those that were loaded by hand"},
    {FEDVAL_FINDING_CLOCK_SKEW, SIDE(EITHER), SIDE(EITHER), NULL},
    {FEDVAL_FINDING_SRV_MISSING, SIDE(EITHER), SIDE(EITHER),
     LOOK_FROM_OUTSIDE("{owner}",
                       "publish it with port 5061 and a target one label under {domain}")},
    {FEDVAL_FINDING_ADDRESS_MISSING, SIDE(EITHER), SIDE(EITHER),
     LOOK_FROM_OUTSIDE("the address of {target}", "publish an A record for {target}")},
    {FEDVAL_FINDING_CHAIN_UNTRUSTED_ROOT, SIDE(MICROSOFT), SIDE(EITHER), NULL},
    {FEDVAL_FINDING_CONNECT_REFUSED, SIDE(EITHER), SIDE(EITHER), CONNECT_BY_HAND},
    {FEDVAL_FINDING_CONNECT_TIMEOUT, SIDE(EITHER), SIDE(EITHER), CONNECT_BY_HAND},
    {FEDVAL_FINDING_CONNECT_UNREACHABLE, SIDE(EITHER), SIDE(EITHER), CONNECT_BY_HAND},
};

/* DNS and certificates are those of the domain that the reporting side found fault with. */
static const mend_rule by_family[] = {
    {FEDVAL_FAMILY_SRV, SIDE(MICROSOFT), SIDE(CISCO), NULL},
    {FEDVAL_FAMILY_ADDRESS, SIDE(MICROSOFT), SIDE(CISCO), NULL},
    {FEDVAL_FAMILY_TRANSPORT, SIDE(EITHER), SIDE(EITHER), NULL},
    {FEDVAL_FAMILY_NAME, SIDE(MICROSOFT), SIDE(CISCO), NULL},
    {FEDVAL_FAMILY_CERTIFICATE, SIDE(MICROSOFT), SIDE(CISCO), NULL},
    {FEDVAL_FAMILY_TRUST, SIDE(MICROSOFT), SIDE(CISCO), NULL},
};

static const mend_rule *find_rule(const mend_rule *table, size_t num_rules, uint32_t key)
{
    for (size_t i = 0; i < num_rules; i++)
        if (table[i].key == key)
            return &table[i];
    return NULL;
}

static const mend_rule *rule_of(const fedval_incident *incident)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(incident->finding);
    if (entry == NULL)
        return NULL;
    const mend_rule *rule = find_rule(by_finding, COUNT(by_finding), incident->finding);
    return rule != NULL ? rule : find_rule(by_family, COUNT(by_family), entry->family);
}

const char *fv_incident_remedy(const fedval_incident *incident)
{
    bool open = incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    if (open && (incident->hints & FV_SYMPTOM_NEXT_HOP) != 0)
        return "The failure was given one hop further: get the log of {peer} for the same call, "
               "and check {domain}";
    if (open && (incident->hints & FV_SYMPTOM_SECONDARY) != 0)
        return "Look in the same log for an earlier failure with this partner, and check {domain}; "
               "else get the Edge's SIPStack trace";
    if (incident->finding == 0)
        return "See whether DNS and certificates are sound: fedval check {domain}. If they are, "
               "ask the side that logged this for its cause";
    const mend_rule *rule = rule_of(incident);
    if (incident->in_traversal && incident->finding != FEDVAL_FINDING_NOT_A_FEDERATION_FAULT)
        return incident->finding == FEDVAL_FINDING_PEER_CERTIFICATE_NAME_REFUSED ? TRAVERSAL_NAME
                                                                                 : TRAVERSAL_TRUST;
    const fedval_catalogue_entry *entry = fedval_catalogue_find(incident->finding);
    if (rule != NULL && rule->remedy != NULL)
        return rule->remedy;
    return entry != NULL ? entry->remedy : NULL;
}

uint32_t fedval_incident_get_mend_side(const fedval_incident *incident)
{
    const mend_rule *rule = incident != NULL ? rule_of(incident) : NULL;
    if (rule == NULL || incident->certainty == FEDVAL_CERTAINTY_UNDETERMINED)
        return rule != NULL && rule->of_microsoft == SIDE(NEITHER) ? SIDE(NEITHER) : SIDE(UNKNOWN);
    if (incident->in_traversal && rule->of_expressway != SIDE(NEITHER))
        return SIDE(CISCO);
    if (fv_incident_is_of_expressway(incident))
        return rule->of_expressway;
    /* Two Microsoft sides federate too: without the way of the call the partner is not known to be
     * the Cisco side. */
    if (rule->of_microsoft == SIDE(CISCO) && incident->direction == FEDVAL_CALL_DIRECTION_UNKNOWN)
        return SIDE(UNKNOWN);
    return rule->of_microsoft;
}
