/* Faults between two servers of the Microsoft side. Its logs hold them beside those of federation,
 * with the same codes, but no partner can mend them. */
#include "logs/interpret/draft.h"

#include "base/address.h"
#include "catalogue/catalogue.h"
#include "logs/read/event.h"
#include "model/dns_name.h"
#include "model/policy.h"

#include <string.h>

/* Names under a zone that RFC 6761 reserves, such as "test", are not meant: they are in no inner
 * network either; who makes the names of a log unreadable before giving it away writes them. */
bool fv_draft_is_private_name(const char *name)
{
    return strchr(name, '.') == NULL || fv_dns_name_is_inner(fv_text_of(name));
}

/* The name of the machine that wrote the event, as Event Viewer shows it and as XML holds it; NULL
 * if it has no domain. */
static const char *machine_of(fv_draft *draft)
{
    static const char *const labels[] = {"Computer:", "Ordinateur:", "Equipo:", "<Computer>",
                                         "MachineName:"};
    fv_span around = draft->entry->span;
    around.from = fv_event_head(draft->sight, around.from);
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
        size_t from;
        size_t at = fv_sight_find(draft->sight, around, labels[i]);
        if (at >= around.to || !fv_sight_match(draft->sight, at, labels[i], &from))
            continue;
        size_t to = from;
        while (to < around.to && draft->sight->text[to] != '<' &&
               (to == from || fv_sight_gap(draft->sight, to) == FV_GAP_NONE))
            to++;
        const char *name = fv_draft_domain(draft, fv_draft_copy(draft, (fv_span){from, to}));
        return name != NULL && strchr(name, '.') != NULL ? name : NULL;
    }
    return NULL;
}

/* Whether `host` is a neighbour of `server`: directly under the same domain. A host one level below
 * can be the partner's, in a domain for video of the same company. */
static bool is_neighbour(const char *server, const char *host)
{
    const char *dot = server != NULL ? strchr(server, '.') : NULL;
    if (dot == NULL || strchr(dot + 1, '.') == NULL || host == NULL)
        return false;
    fv_text name = fv_address_host_of(host);
    return fedval_srv_match(dot + 1, strlen(dot + 1), name.data, name.len) ==
           FEDVAL_SRV_MATCH_MATCH;
}

static bool is_under(const char *domain, const char *host)
{
    fv_text name = fv_address_host_of(host);
    uint32_t match = fedval_srv_match(domain, strlen(domain), name.data, name.len);
    return match == FEDVAL_SRV_MATCH_MATCH || match == FEDVAL_SRV_MATCH_DEEPER;
}

static bool is_private_address(const char *peer)
{
    fv_address address;
    return peer != NULL && fv_address_parse(fv_address_host_of(peer), &address) &&
           fv_address_is_inner(&address);
}

static const char *host_of_fault(const fedval_incident *incident)
{
    if (incident->expected_name != NULL)
        return incident->expected_name;
    return incident->num_fqdns > 0 ? incident->fqdns[0] : NULL;
}

/* The domains of the services that Windows and its programs call over TLS: updates, telemetry,
 * sign-in and certificate checks, in the public cloud and in the national ones. No partner with an
 * Expressway is there. */
static const char *const service_domains[] = {
    "amazonaws.com",      "azure.cn",
    "azure.com",          "azure.net",
    "azure.us",           "azureedge.net",
    "chinacloudapi.cn",   "digicert.com",
    "googleapis.com",     "live.com",
    "microsoft.com",      "microsoft.us",
    "microsoftonline.cn", "microsoftonline.com",
    "microsoftonline.us", "msauth.net",
    "msftauth.net",       "msftconnecttest.com",
    "msftncsi.com",       "office.com",
    "office.net",         "office365.com",
    "office365.us",       "outlook.cn",
    "outlook.com",        "sharepoint.cn",
    "sharepoint.com",     "sharepoint.us",
    "usgovcloudapi.net",  "windows.com",
    "windows.net",        "windowsupdate.com",
};

static bool is_service_of_windows(const char *host)
{
    for (size_t i = 0; host != NULL && i < sizeof(service_domains) / sizeof(service_domains[0]);
         i++) {
        if (is_under(service_domains[i], host))
            return true;
    }
    return false;
}

/* Whether a record of the Cisco side leads to the cloud, whose name no certificate there holds. */
static bool is_wrong_record(const fedval_incident *incident)
{
    return incident->finding == FEDVAL_FINDING_SRV_POINTS_TO_PROVIDER ||
           incident->finding == FEDVAL_FINDING_SRV_TARGET_OF_CLOUD;
}

/* Returns why the event is about servers of the Microsoft side alone; NULL if it may be about
 * federation. The certificate of an SRV target holds a name of public DNS. */
static const char *why_event_is_inside(fv_draft *draft)
{
    const fedval_incident *incident = draft->incident;
    const char *host = host_of_fault(incident);
    const char *machine = machine_of(draft);
    if (is_neighbour(machine, host))
        return "the name is under the domain of the server that logged the event";
    if (host != NULL && fv_dns_name_is_inner(fv_address_host_of(host)))
        return "the name is none of public DNS, so no partner's";
    if (fv_host_is_of_cloud(host) && !is_wrong_record(incident)) {
        return "the name is that of a server of Microsoft's cloud, whose certificate is no "
               "partner's";
    }
    if (is_service_of_windows(host))
        return "the name is that of a service which Windows itself calls, not a partner's";
    if (machine == NULL && is_private_address(incident->peer))
        return "the address of the peer is a private one, inside the Microsoft side";
    return NULL;
}

/* A look-up that gave a target for another domain, or none, is about that domain's records. */
static bool is_of_other_domain(const fedval_incident *incident)
{
    return incident->domain != NULL && !is_neighbour(incident->reporter, incident->domain) &&
           strcmp(incident->domain, strchr(incident->reporter, '.') + 1) != 0;
}

/* Returns the name of the server that the fault is about; a TLS failure without a name names its
 * peer. */
static const char *server_of_fault(const fedval_incident *incident)
{
    const char *host = host_of_fault(incident);
    fv_address address;
    if (host != NULL || incident->peer == NULL ||
        incident->finding != FEDVAL_FINDING_CONNECTION_CUT)
        return host;
    return fv_address_parse(fv_address_host_of(incident->peer), &address) ? NULL : incident->peer;
}

static bool is_of_srv(const fedval_incident *incident)
{
    const fedval_catalogue_entry *entry = fedval_catalogue_find(incident->finding);
    return entry != NULL && entry->family == FEDVAL_FAMILY_SRV;
}

/* Whether the server is one that no public DNS names. In a lab it may be the partner's, under the
 * domain of the call. A record of the Edge names one side of the call alone. */
static bool is_of_inner_server(const fedval_incident *incident)
{
    const char *host = server_of_fault(incident);
    bool to_microsoft = incident->direction == FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
    const char *partner = to_microsoft ? incident->from.domain : incident->to.domain;
    if (host == NULL || !fv_dns_name_is_inner(fv_address_host_of(host)) || is_of_srv(incident))
        return false;
    if (incident->kind == FEDVAL_INCIDENT_KIND_EDGE_RECORD && to_microsoft)
        return true;
    return incident->kind == FEDVAL_INCIDENT_KIND_SIP_RESPONSE && partner != NULL &&
           !fv_dns_name_is_inner(fv_text_of(partner)) && !is_under(partner, host);
}

/* Whether a client called a partner and a server of its own domain failed. A partner in a domain
 * below may have its server there. */
static bool is_of_own_server(const fedval_incident *incident)
{
    const char *host = server_of_fault(incident);
    return incident->of_client_trace && host != NULL && !is_of_srv(incident) &&
           incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT &&
           incident->from.domain != NULL && incident->to.domain != NULL &&
           is_under(incident->from.domain, host) && !is_under(incident->to.domain, host) &&
           !is_under(incident->from.domain, incident->to.domain);
}

/* Whether the server of the calling user looked up the domain of that user. */
static bool is_of_own_domain(const fedval_incident *incident)
{
    return incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT &&
           incident->domain != NULL && incident->reporter != NULL &&
           fv_incident_is_same_text(incident->domain, incident->from.domain) &&
           is_under(incident->domain, incident->reporter);
}

static const char *why_report_is_inside(const fedval_incident *incident)
{
    if (is_of_inner_server(incident))
        return "the name is none of public DNS, so no partner's";
    if (is_of_own_server(incident))
        return "the server is under the domain of the calling user, not of the called one";
    if (is_of_own_domain(incident))
        return "the domain is that of the calling user, and a server of that side looked it up";
    if (!is_neighbour(incident->reporter, host_of_fault(incident)) || is_of_other_domain(incident))
        return NULL;
    return "the server that failed is under the domain of the one that reports it";
}

/* Whether the call stayed in one domain, as a log of the Microsoft side shows it. The Cisco side
 * may call with the domain of the called by mistake. */
static bool stays_in_domain(const fedval_incident *incident)
{
    const char *host = host_of_fault(incident);
    return incident->kind != FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP && incident->from.domain != NULL &&
           fv_incident_is_same_text(incident->from.domain, incident->to.domain) &&
           (host == NULL || is_under(incident->from.domain, host));
}

void fv_draft_set_inside(fedval_incident *incident, const char *basis)
{
    incident->finding = FEDVAL_FINDING_NOT_A_FEDERATION_FAULT;
    incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    incident->basis = basis;
    incident->is_inside = true;
}

/* No partner sees a call within one domain. */
static void leave_partners(fedval_incident *incident)
{
    incident->direction = FEDVAL_CALL_DIRECTION_UNKNOWN;
    incident->is_related = false;
}

/* A call with a partner failed all the same, if the server was on its way. A refusal that is no
 * fault of federation keeps its own words. */
void fv_draft_leave_inside(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    bool is_event = incident->kind == FEDVAL_INCIDENT_KIND_WINDOWS_EVENT;
    bool stays = !is_event && stays_in_domain(incident);
    if (stays && incident->of_client_trace &&
        incident->finding == FEDVAL_FINDING_NOT_A_FEDERATION_FAULT)
        leave_partners(incident);
    if (!fv_incident_is_fault(incident))
        return;
    const char *why = is_event ? why_event_is_inside(draft)
                      : stays
                          ? "caller and called are of one domain, so no partner had a part in it"
                          : why_report_is_inside(incident);
    if (why == NULL)
        return;
    fv_draft_set_inside(incident, why);
    if (is_event || stays)
        leave_partners(incident);
}

/* ---- codes that speak of "a peer server": 1038 and 1039 ---- */

/* The domain that the Microsoft side called; a command of PowerShell names the one that it tests.
 */
static const char *called_domain(const fedval_incident *incident)
{
    return incident->kind == FEDVAL_INCIDENT_KIND_POWERSHELL ? incident->domain
                                                             : incident->to.domain;
}

static bool names_partner(const fedval_incident *incident)
{
    const char *domain = called_domain(incident);
    const char *names[] = {incident->expected_name, incident->peer};
    for (size_t i = 0; domain != NULL && i < 2; i++) {
        if (names[i] != NULL && is_under(domain, names[i]))
            return true;
    }
    for (size_t i = 0; domain != NULL && i < incident->num_fqdns; i++) {
        if (is_under(domain, incident->fqdns[i]))
            return true;
    }
    return false;
}

static bool says_cause(const fedval_incident *incident)
{
    return incident->finding != FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG &&
           incident->finding != FEDVAL_FINDING_NOT_A_FEDERATION_FAULT &&
           incident->finding != FEDVAL_FINDING_LINK_WORKS;
}

static const char *open_detail(fv_draft *draft)
{
    fv_buf buf;
    fv_buf_init(&buf);
    if (draft->incident->detail != NULL) {
        fv_buf_append_text(&buf, draft->incident->detail);
        fv_buf_append_text(&buf, "; ");
    }
    fv_buf_append_text(&buf, "no peer-type says whether that server is a partner's");
    return fv_draft_take(draft, &buf);
}

void fv_draft_open_any_peer(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    if (draft->any_peer == NULL || !says_cause(incident))
        return;
    if (names_partner(incident)) {
        if (incident->certainty != FEDVAL_CERTAINTY_STATED)
            return;
        incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        incident->basis = "no peer-type says whose server it is; its name is under the called "
                          "domain";
        return;
    }
    incident->finding = FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    incident->basis = NULL;
    incident->detail = open_detail(draft);
    incident->code = draft->any_peer;
    /* The domain of such a server is nobody's who could mend it. */
    if (incident->direction == FEDVAL_CALL_DIRECTION_FROM_MICROSOFT)
        incident->domain = called_domain(incident);
}
