/* The remedy of an incident: what to change, or where to look. */
#include "logs/incidents/wording.h"

#include <string.h>

#define TRAVERSAL_NAME                                                                             \
    "On Expressway-C: give the peer of the traversal zone by a name that is in the "               \
    "certificate of Expressway-E, not by its address; on Expressway-E, the TLS verify subject "    \
    "name by one in the certificate of Expressway-C"
#define TRAVERSAL_TRUST                                                                            \
    "On Expressway-C and Expressway-E: each needs the other's CA in its trusted CA list, and a "   \
    "valid certificate for both clientAuth and serverAuth"

static const char *remedy_of_open(const fedval_incident *incident)
{
    if (fv_incident_is_answered_outside(incident)) {
        return "Leave DNS and certificates as they are; ask the side of {domain}, which gave the "
               "answer: on an Expressway, Status > Search history of the same minute";
    }
    if (fv_incident_is_asserted_nowhere(incident) && fv_incident_is_bare(incident)) {
        return "On the Cisco side: let P-Asserted-Identity name your own SIP domain, as From does. "
               "If that does not mend it, get the Edge's SIPStack trace or the client's UccApiLog "
               "of the same call, and check {domain}";
    }
    if (fv_incident_has_hint(incident, FV_SYMPTOM_NEXT_HOP)) {
        return "Ask the side of {peer}, to which the call was passed on: the reason is in its "
               "log of the same call. On the Cisco side that is one's own search history (Status > "
               "Search history)";
    }
    if (fv_incident_has_hint(incident, FV_SYMPTOM_SECONDARY)) {
        return "Look in the same log for an earlier failure with this partner, and check {domain}; "
               "else get the Edge's SIPStack trace";
    }
    if (incident->kind == FEDVAL_INCIDENT_KIND_EDGE_RECORD && fv_incident_is_of_status(incident)) {
        return "Look in the same trace for the record of this Call-ID that has a Result-Code "
               "(TF_DIAG; SIPStack at all levels writes it): it says why. And check {domain}";
    }
    return NULL;
}

/* Between servers of one side no record of public DNS has a part. */
static const char *remedy_of_inside(const fedval_incident *incident)
{
    if (!incident->is_inside)
        return NULL;
    if (incident->code != NULL && incident->code->finding == FEDVAL_FINDING_SRV_MISSING) {
        return "On the Microsoft side: see in its own DNS why the server that logged this finds no "
               "record of {domain}, which is a domain of that side";
    }
    return incident->num_fqdns > 0 || incident->expected_name == NULL
               ? "On the Microsoft side: see in its own DNS and on {target} itself, its service "
                 "and "
                 "its certificate, why the server that logged this could not use it"
               : "On the Microsoft side: see in its own DNS and on {reference} itself, its service "
                 "and its certificate, why the server that logged this could not use it";
}

#define LISTED_IN_THE_CLOUD                                                                        \
    "Get-CsTenantFederationConfiguration shows whether federation is on (AllowFederatedUsers) "    \
    "and "                                                                                         \
    "what is allowed. Only where AllowedDomains is a list, add the domain: "                       \
    "Set-CsTenantFederationConfiguration -AllowedDomainsAsAList @{Add=\"{domain}\"}; where it is " \
    "AllowAllKnownDomains add none, since a list shuts everybody else out"

#define POLICY_IN_THE_CLOUD                                                                        \
    "see that the user's external access policy allows federation (Get-CsExternalAccessPolicy; "   \
    "Grant-CsExternalAccessPolicy gives the user another)"

/* The log of the client itself has no more to say: the next one is that of a server. */
static const char *remedy_of_client(const fedval_incident *incident)
{
    if (!incident->of_client_trace || incident->finding != FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG)
        return NULL;
    return fv_incident_is_of_cloud(incident)
               ? "Look whether the call reached the Cisco side: the Expressway's search history "
                 "and "
                 "diagnostic log of the same minute. Microsoft 365 has no log of a server to read. "
                 "And check {domain}"
               : "Get the Edge's SIPStack trace of the same call, and look in the Expressway's "
                 "search history whether it arrived there. And check {domain}";
}

/* Microsoft 365 has commands of its own, and no log of a server that a customer could read. */
static const char *remedy_of_cloud(const fedval_incident *incident)
{
    bool is_open = incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    if (!fv_incident_is_of_cloud(incident) || (is_open && incident->of_client_trace))
        return NULL;
    switch (incident->finding) {
    case FEDVAL_FINDING_PARTNER_NOT_ALLOWED:
        return "On the Microsoft side, in Microsoft 365: " LISTED_IN_THE_CLOUD;
    case FEDVAL_FINDING_POLICY_REFUSED:
        return fv_incident_is_of_status(incident)
                   ? "On the Microsoft side, in Microsoft 365: " POLICY_IN_THE_CLOUD
                     ". " LISTED_IN_THE_CLOUD
                   : "On the Microsoft side, in Microsoft 365: " POLICY_IN_THE_CLOUD;
    case FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG:
        return "Get the log of the Microsoft client for the same call "
               "(Lync-UccApi-*.UccApiLog, with its logging set to Full): Microsoft 365 has no "
               "log of a server to read. And check {domain}";
    default:
        return NULL;
    }
}

/* Who has an Edge has servers of his own, and its record says which command is the right one. */
static const char *remedy_of_edge(const fedval_incident *incident)
{
    if (incident->kind != FEDVAL_INCIDENT_KIND_EDGE_RECORD ||
        incident->finding != FEDVAL_FINDING_PARTNER_NOT_ALLOWED)
        return NULL;
    return "On the Microsoft side: New-CsAllowedDomain -Identity {domain}, since the Edge says "
           "that "
           "the domain is not configured; or allow partner discovery "
           "(Get-CsAccessEdgeConfiguration)";
}

/* Returns the remedy for a domain whose record leads to a hosting provider that the Edge does not
 * know. The record is right and the Edge has to learn the provider, unless a Cisco side uses the
 * domain. NULL: the incident is not of that kind. */
static const char *remedy_of_provider(const fedval_incident *incident)
{
    if (!incident->is_of_provider)
        return NULL;
    if (incident->certainty == FEDVAL_CERTAINTY_UNDETERMINED) {
        return "Leave the SRV record of {domain} as it is, and find out where the call came from. "
               "If from users at Microsoft: on the Microsoft side that reports this, "
               "Get-CsHostingProvider shows whether the provider {target} is there and enabled "
               "(Set-CsHostingProvider -Enabled $true, or New-CsHostingProvider). If from a Cisco "
               "side: there, give its calls a SIP domain of their own, with a record of its own";
    }
    return "Leave the SRV record of {domain} as it is: its users are at Microsoft, and to point it "
           "elsewhere ends federation for all of them. On the Microsoft side that reports this: "
           "Get-CsHostingProvider shows whether the provider {target} is there and enabled; "
           "Set-CsHostingProvider -Enabled $true, or New-CsHostingProvider, adds it";
}

static const char *remedy_of_traversal(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_PEER_CERTIFICATE_NAME_REFUSED ? TRAVERSAL_NAME
                                                                             : TRAVERSAL_TRUST;
}

/* Scanners call; whom the Expressway called itself is a server, and so is a peer that something
 * ties to the Microsoft side. */
static const char *remedy_without_tls(const fedval_incident *incident)
{
    if (incident->way == FV_WAY_OUTBOUND) {
        return "On the side of {peer}, which the Expressway called: let SIP over TLS listen on "
               "port {port}; see that no load balancer or firewall answers in its place";
    }
    return incident->is_related ? "On the side of {peer}: let it speak TLS to port {port} of the "
                                  "Expressway; see that nothing on the way takes the TLS off"
                                : NULL;
}

/* A Meeting Server has no page for it: its commands are those of its own command line. */
static const char *remedy_of_meeting_server(const fedval_incident *incident)
{
    if (incident->kind != FEDVAL_INCIDENT_KIND_MEETING_SERVER_TLS)
        return NULL;
    switch (incident->finding) {
    case FEDVAL_FINDING_PEER_CERTIFICATE_UNTRUSTED:
        return "On the Meeting Server: put the root and the intermediates of {peer} into the "
               "bundle that it trusts for SIP (tls sip trust <bundle>), and restart the Call "
               "Bridge";
    case FEDVAL_FINDING_PEER_CERTIFICATE_NAME_REFUSED:
    case FEDVAL_FINDING_CLIENT_CERTIFICATE_MISSING:
        return "On the side of {peer}: show a certificate that the Meeting Server can accept; "
               "or on the Meeting Server see what it verifies of SIP peers (tls sip)";
    default:
        return NULL;
    }
}

/* What Expressway refuses in a handshake is the certificate of its peer. */
static const char *remedy_of_peer(const fedval_incident *incident)
{
    if (!fv_incident_is_of_expressway(incident))
        return NULL;
    switch (incident->finding) {
    case FEDVAL_FINDING_CERT_EXPIRED:
    case FEDVAL_FINDING_CERT_NOT_YET_VALID:
        return "On the side of {peer}: renew the certificate that it shows; and see that the clock "
               "of the Expressway is right";
    case FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH:
        return "On the side of {peer}: have its server certificate issued anew with serverAuth";
    case FEDVAL_FINDING_TLS_NOT_SPOKEN:
        return remedy_without_tls(incident);
    case FEDVAL_FINDING_SRV_MISSING:
        return "Look from outside whether {owner} is in public DNS. If it is there, the DNS server "
               "of the Expressway does not see it: mend that one. If not, the side of {domain} has "
               "to publish it with port 5061; Expressway takes any target";
    default:
        return NULL;
    }
}

/* Returns the advice of the code itself, or NULL to use the remedy of the finding. For a bare 504
 * it is NULL: the remedy of the finding names the domain. If an HRESULT or the names beside the
 * code decided, the advice to look at them is of no use any more. */
static const char *advice_of(const fedval_incident *incident)
{
    if (incident->code == NULL || fv_incident_is_bare(incident) ||
        (fv_incident_has_hint(incident, FV_SYMPTOM_SEE_HRESULT) && fv_incident_is_fault(incident)))
        return NULL;
    /* The advice of the alert is for the side that got it because it had called. */
    if (incident->finding == FEDVAL_FINDING_CLIENT_CERTIFICATE_MISSING &&
        incident->way == FV_WAY_INBOUND)
        return NULL;
    return incident->code->finding == incident->finding ? incident->code->advice : NULL;
}

/* Returns the template of the remedy; static; NULL if none is known. */
static const char *remedy_of(const fedval_incident *incident)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(incident->finding);
    bool is_open = incident->finding == FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    const char *remedy = is_open ? remedy_of_open(incident) : NULL;
    if (entry == NULL) {
        return "See whether DNS and certificates of {domain} are sound. If they are, "
               "ask the side that logged this for its cause";
    }
    if (incident->in_traversal && incident->finding != FEDVAL_FINDING_NOT_A_FEDERATION_FAULT)
        return remedy_of_traversal(incident);
    if (remedy == NULL)
        remedy = remedy_of_inside(incident);
    if (remedy == NULL)
        remedy = remedy_of_provider(incident);
    if (remedy == NULL)
        remedy = remedy_of_cloud(incident);
    if (remedy == NULL)
        remedy = remedy_of_edge(incident);
    if (remedy == NULL)
        remedy = remedy_of_meeting_server(incident);
    if (remedy == NULL)
        remedy = remedy_of_peer(incident);
    if (remedy == NULL)
        remedy = advice_of(incident);
    if (remedy == NULL)
        remedy = remedy_of_client(incident);
    if (remedy != NULL)
        return remedy;
    return entry->log_remedy != NULL ? entry->log_remedy : entry->remedy;
}

/* Appends "Look at the called user: offline, or do not disturb". */
static bool tell_look(fv_buf *buf, const fedval_incident *incident)
{
    if (incident->finding != FEDVAL_FINDING_LINK_WORKS || incident->code == NULL ||
        incident->code->look_at == NULL)
        return false;
    fv_buf_append_text(buf, "Leave DNS and certificates as they are; look at ");
    fv_buf_append_text(buf, incident->code->look_at);
    return true;
}

/* SIPPROXY_E_EPROUTING_MSG_ALLOWED_DOMAIN_NO_SRV_MATCH: the domain is on the list already. */
#define LISTED_WITHOUT_MATCH 0xc3e93d6fu

bool fv_tell_partner(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower)
{
    const fedval_incident *about = incident->cause != NULL ? incident->cause : incident;
    const fv_symptom_code *code = about->code;
    fv_wording w;
    if (fedval_incident_get_mend_side(incident) != FEDVAL_MEND_SIDE_CISCO ||
        about->certainty != FEDVAL_CERTAINTY_STATED)
        return false;
    fv_buf_append_text(buf, "nothing to change on the Microsoft side for this");
    if (code == NULL || code->kind != FV_SYMPTOM_EDGE_RESULT ||
        code->number != LISTED_WITHOUT_MATCH)
        return true;
    fv_word(&w, about, shower);
    fv_template_append(
        buf,
        "; it could name the server itself instead, and the domain is on its list "
        "already: Set-CsAllowedDomain -Identity {domain} -ProxyFqdn <the SRV target>",
        w.params, w.num_params);
    fv_wording_clear(&w, buf);
    return true;
}

bool fv_tell_remedy(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower)
{
    const fedval_incident *about = incident->cause != NULL ? incident->cause : incident;
    const char *remedy = remedy_of(about);
    fv_wording w;
    if (tell_look(buf, about))
        return true;
    if (remedy == NULL)
        return false;
    fv_word(&w, about, shower);
    fv_template_append(buf, remedy, w.params, w.num_params);
    fv_buf_append_text(buf, fv_word_where_domain(about, remedy));
    fv_wording_clear(&w, buf);
    return true;
}

/* A letter holds the half of its reader alone. Here the reader is the side that sent none. */
void fv_tell_letter_remedy(fv_buf *buf, const fedval_incident *incident, bool is_to_peer,
                           const fv_shower *shower)
{
    const fedval_incident *about = incident->cause != NULL ? incident->cause : incident;
    fv_wording w;
    if (about->finding != FEDVAL_FINDING_CLIENT_CERTIFICATE_MISSING) {
        fv_tell_remedy(buf, incident, shower);
        return;
    }
    fv_word(&w, about, shower);
    fv_word_letter(&w, about, is_to_peer);
    fv_template_append(buf, "let {client} show a certificate with clientAuth when it calls",
                       w.params, w.num_params);
    fv_wording_clear(&w, buf);
}

/* What to ask of the side whose certificate an Expressway refused: its own half of the remedy. */
static const struct ask_row {
    uint32_t finding;
    const char *ask;
} asks[] = {
    {FEDVAL_FINDING_CERT_EXPIRED,
     "please renew the certificate that {peer} shows, and load the new one on each server that "
     "shows it"},
    {FEDVAL_FINDING_CERT_NOT_YET_VALID,
     "please see from when the certificate that {peer} shows is valid, and load one that is valid "
     "now"},
    {FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH,
     "please have the server certificate of {peer} issued anew with serverAuth"},
};

bool fv_tell_letter_ask(fv_buf *buf, const fedval_incident *incident, bool is_to_peer,
                        const fv_shower *shower)
{
    const fedval_incident *about = incident->cause != NULL ? incident->cause : incident;
    fv_wording w;
    const char *ask = NULL;
    for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++) {
        if (asks[i].finding == about->finding && fv_incident_is_of_expressway(about))
            ask = asks[i].ask;
    }
    if (ask == NULL)
        return false;
    fv_word(&w, about, shower);
    fv_word_letter(&w, about, is_to_peer);
    fv_template_append(buf, ask, w.params, w.num_params);
    fv_wording_clear(&w, buf);
    return true;
}

bool fv_tell_unrelated_remedy(fv_buf *buf, const fedval_incident *incident, const fv_shower *shower)
{
    if (!fv_incident_is_fault(incident))
        return false;
    fv_buf_append_text(buf, "If it is your partner's: ");
    return fv_tell_remedy(buf, incident, shower);
}
