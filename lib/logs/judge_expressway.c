/* Records of Expressway other than SIP messages: TLS, TCP and DNS. */
#include "logs/incident.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define FINDING(name) FEDVAL_FINDING_##name

/* What OpenSSL and Expressway say of a handshake, and what it means. Without blanks, as the view
 * has it; the first that is found counts. */
typedef struct reason {
    const char *text;
    uint32_t inbound;  /* the peer called: it is the TLS client */
    uint32_t outbound; /* Expressway called */
} reason;

static const reason reasons[] = {
    /* What the peer says of our certificate. */
    {"alertcertificateexpired", FINDING(PEER_REJECTED_CERTIFICATE),
     FINDING(PEER_REJECTED_CERTIFICATE)},
    {"alertcertificaterevoked", FINDING(PEER_REJECTED_CERTIFICATE),
     FINDING(PEER_REJECTED_CERTIFICATE)},
    {"alertcertificaterequired", FINDING(CLIENT_CERTIFICATE_MISSING),
     FINDING(CLIENT_CERTIFICATE_MISSING)},
    {"alertcertificate", FINDING(PEER_REJECTED_CERTIFICATE), FINDING(PEER_REJECTED_CERTIFICATE)},
    {"alertbadcertificate", FINDING(PEER_REJECTED_CERTIFICATE), FINDING(PEER_REJECTED_CERTIFICATE)},
    {"alertunsupportedcertificate", FINDING(PEER_REJECTED_CERTIFICATE),
     FINDING(PEER_REJECTED_CERTIFICATE)},
    {"alertunknownca", FINDING(PEER_REJECTED_CERTIFICATE), FINDING(PEER_REJECTED_CERTIFICATE)},
    {"alertnocertificate", FINDING(CLIENT_CERTIFICATE_MISSING),
     FINDING(CLIENT_CERTIFICATE_MISSING)},
    {"alertprotocolversion", FINDING(TLS_NO_COMMON_VERSION), FINDING(TLS_NO_COMMON_VERSION)},
    {"alert", FINDING(TLS_HANDSHAKE_FAILED), FINDING(TLS_HANDSHAKE_FAILED)},
    /* What Expressway says of the peer's. */
    {"identitywasunacceptable", FINDING(PEER_CERTIFICATE_NAME_REFUSED),
     FINDING(PEER_CERTIFICATE_NAME_REFUSED)},
    {"nocertificatereturned", FINDING(CLIENT_CERTIFICATE_MISSING),
     FINDING(CLIENT_CERTIFICATE_MISSING)},
    {"didnotreturnacertificate", FINDING(CLIENT_CERTIFICATE_MISSING),
     FINDING(CLIENT_CERTIFICATE_MISSING)},
    {"unsupportedcertificatepurpose", FINDING(CERT_EKU_NO_CLIENT_AUTH),
     FINDING(CERT_EKU_NO_SERVER_AUTH)},
    {"unsuitablecertificatepurpose", FINDING(CERT_EKU_NO_CLIENT_AUTH),
     FINDING(CERT_EKU_NO_SERVER_AUTH)},
    {"certificatehasexpired", FINDING(CERT_EXPIRED), FINDING(CERT_EXPIRED)},
    {"certificateisnotyetvalid", FINDING(CERT_NOT_YET_VALID), FINDING(CERT_NOT_YET_VALID)},
    {"certificaterevoked", FINDING(CERT_REVOKED), FINDING(CERT_REVOKED)},
    {"unabletogetcertificatecrl", FINDING(REVOCATION_OFFLINE), FINDING(REVOCATION_OFFLINE)},
    {"selfsignedcertificate", FINDING(PEER_CERTIFICATE_UNTRUSTED),
     FINDING(PEER_CERTIFICATE_UNTRUSTED)},
    {"self-signedcertificate", FINDING(PEER_CERTIFICATE_UNTRUSTED),
     FINDING(PEER_CERTIFICATE_UNTRUSTED)},
    {"issuercertificate", FINDING(PEER_CERTIFICATE_UNTRUSTED), FINDING(PEER_CERTIFICATE_UNTRUSTED)},
    {"verifythefirstcertificate", FINDING(PEER_CERTIFICATE_UNTRUSTED),
     FINDING(PEER_CERTIFICATE_UNTRUSTED)},
    {"certificatenottrusted", FINDING(PEER_CERTIFICATE_UNTRUSTED),
     FINDING(PEER_CERTIFICATE_UNTRUSTED)},
    {"certificateverifyfailed", FINDING(PEER_CERTIFICATE_UNTRUSTED),
     FINDING(PEER_CERTIFICATE_UNTRUSTED)},
    /* What has nothing to do with certificates. */
    {"unsupportedprotocol", FINDING(TLS_NO_COMMON_VERSION), FINDING(TLS_NO_COMMON_VERSION)},
    {"noprotocolsavailable", FINDING(TLS_NO_COMMON_VERSION), FINDING(TLS_NO_COMMON_VERSION)},
    {"nosharedcipher", FINDING(TLS_NO_COMMON_VERSION), FINDING(TLS_NO_COMMON_VERSION)},
    {"wrongversionnumber", FINDING(TLS_NOT_SPOKEN), FINDING(TLS_NOT_SPOKEN)},
    {"unknownprotocol", FINDING(TLS_NOT_SPOKEN), FINDING(TLS_NOT_SPOKEN)},
    {"httprequest", FINDING(TLS_NOT_SPOKEN), FINDING(TLS_NOT_SPOKEN)},
};

/* These are said of healthy connections too: they count in an event of a failed handshake. */
static const reason event_reasons[] = {
    {"remotedisconnect", FINDING(CONNECTION_CUT), FINDING(CONNECTION_CUT)},
    {"EOF", FINDING(CONNECTION_CUT), FINDING(CONNECTION_CUT)},
    {"reset", FINDING(CONNECTION_CUT), FINDING(CONNECTION_CUT)},
    {"closed", FINDING(CONNECTION_CUT), FINDING(CONNECTION_CUT)},
    {"timeout", FINDING(CONNECT_TIMEOUT), FINDING(CONNECT_TIMEOUT)},
    {"timedout", FINDING(CONNECT_TIMEOUT), FINDING(CONNECT_TIMEOUT)},
};

static uint32_t find_reason(const fv_draft *draft, fv_span text, bool inbound, const reason *table,
                            size_t num_reasons)
{
    for (size_t i = 0; i < num_reasons; i++)
        if (fv_view_find(draft->view, text, table[i].text) < text.to)
            return inbound ? table[i].inbound : table[i].outbound;
    return 0;
}

static bool field_has(const fv_draft *draft, fv_key key, const char *word)
{
    fv_span span;
    return fv_record_get(draft->record, key, 0, &span) &&
           fv_view_find(draft->view, span, word) < span.to;
}

/* "['IPv4''TCP''172.16.2.2:5062']" */
static void read_socket(fv_draft *draft, fv_key key, const char **out_address, uint32_t *out_port)
{
    fv_span span;
    if (!fv_record_get(draft->record, key, 0, &span))
        return;
    fv_text text = fv_view_text(draft->view, span);
    size_t end = text.len;
    while (end > 0 && !fv_ascii_is_digit(text.data[end - 1]))
        end--;
    size_t start = end;
    while (start > 0 && text.data[start - 1] != '\'')
        start--;
    size_t colon = end;
    while (colon > start && text.data[colon - 1] != ':')
        colon--;
    uint64_t port;
    if (colon <= start + 1 || !fv_text_to_u64((fv_text){text.data + colon, end - colon}, &port) ||
        port > UINT16_MAX)
        return;
    *out_address = fv_draft_copy_text(draft, text.data + start, colon - 1 - start);
    *out_port = (uint32_t)port;
}

/* Source and destination become the peer and our own port. */
static void read_ends(fv_draft *draft, bool inbound)
{
    fedval_incident *incident = draft->incident;
    const char *unused = NULL;
    incident->peer = fv_draft_field(draft, inbound ? FV_KEY_SRC_IP : FV_KEY_DST_IP);
    incident->remote_port =
        fv_draft_field_number(draft, inbound ? FV_KEY_SRC_PORT : FV_KEY_DST_PORT);
    incident->port = fv_draft_field_number(draft, inbound ? FV_KEY_DST_PORT : FV_KEY_SRC_PORT);
    if (incident->peer == NULL)
        read_socket(draft, FV_KEY_REMOTE_ADDRESS, &incident->peer, &incident->remote_port);
    if (incident->port == 0)
        read_socket(draft, FV_KEY_LOCAL_ADDRESS, &unused, &incident->port);
}

/* Who called: the event says so; a record of TCP has the well-known port on the called side. */
static bool is_inbound(fv_draft *draft)
{
    if (field_has(draft, FV_KEY_EVENT, "Outbound"))
        return false;
    if (field_has(draft, FV_KEY_EVENT, "Inbound"))
        return true;
    if (field_has(draft, FV_KEY_IS_SERVER, "true"))
        return true;
    if (field_has(draft, FV_KEY_IS_SERVER, "false"))
        return false;
    /* Expressway's own calls leave from 25000 to 29999. */
    uint32_t port = fv_draft_field_number(draft, FV_KEY_SRC_PORT);
    return port < 25000 || port > 29999;
}

static bool found(fv_draft *draft, uint32_t kind, uint32_t finding, bool inbound, fv_key text)
{
    fedval_incident *incident = draft->incident;
    incident->kind = kind;
    incident->finding = finding;
    incident->certainty = FEDVAL_CERTAINTY_STATED;
    incident->direction =
        inbound ? FEDVAL_CALL_DIRECTION_FROM_MICROSOFT : FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
    incident->reported_text = fv_draft_field_spaced(draft, text);
    read_ends(draft, inbound);
    const char *name = fv_draft_field(draft, FV_KEY_PEER_NAME);
    if (name != NULL)
        incident->fqdns[incident->num_fqdns++] = name;
    return true;
}

static bool judge_tls_text(fv_draft *draft, fv_key key, bool is_event)
{
    fv_span text;
    if (!fv_record_get(draft->record, key, 0, &text))
        return false;
    bool inbound = is_inbound(draft);
    uint32_t finding = find_reason(draft, text, inbound, reasons, COUNT(reasons));
    if (finding == 0 && is_event)
        finding = find_reason(draft, text, inbound, event_reasons, COUNT(event_reasons));
    if (finding == 0 && is_event)
        finding = FINDING(TLS_HANDSHAKE_FAILED);
    if (finding == 0)
        return false;
    found(draft, FEDVAL_INCIDENT_KIND_EXPRESSWAY_TLS, finding, inbound, key);
    if (key == FV_KEY_SSL_ERROR && finding == FINDING(PEER_CERTIFICATE_UNTRUSTED)) {
        draft->incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        draft->incident->basis = "from \"certificate verify failed\", without the reason";
    }
    return true;
}

static bool judge_connect(fv_draft *draft)
{
    bool refused = field_has(draft, FV_KEY_REASON, "refused");
    bool inbound = is_inbound(draft);
    found(draft, FEDVAL_INCIDENT_KIND_EXPRESSWAY_TCP,
          refused ? FINDING(CONNECT_REFUSED) : FINDING(CONNECT_TIMEOUT), inbound, FV_KEY_DETAIL);
    if (!refused) {
        draft->incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        draft->incident->basis = "from a connection that failed without being refused";
    }
    return true;
}

static bool judge_idle(fv_draft *draft)
{
    uint32_t port = fv_draft_field_number(draft, FV_KEY_DST_PORT);
    if (port != 5061 && port != 5062)
        return false;
    found(draft, FEDVAL_INCIDENT_KIND_EXPRESSWAY_TCP, FINDING(CONNECTION_CUT), is_inbound(draft),
          FV_KEY_REASON);
    draft->incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    draft->incident->basis =
        "a connection that was set up carried nothing until it was given up, as "
        "when a firewall inspects SIP";
    return true;
}

static bool judge_tcp(fv_draft *draft)
{
    if (field_has(draft, FV_KEY_DETAIL, "ConnectionFailed"))
        return judge_connect(draft);
    if (field_has(draft, FV_KEY_REASON, "Idlecountdownexpired"))
        return judge_idle(draft);
    return judge_tls_text(draft, FV_KEY_REASON, false);
}

static const char *const resolve_failures[] = {
    "notresolve", "failedtoresolve", "unabletoresolve", "unresolv",     "NXDOMAIN", "nosuchname",
    "notfound",   "retrieved:0",     "hostnotfound",    "failedtofind", "DNSfail"};

/* "_sipfederationtls._tcp.skype.lab" */
static const char *service_domain(fv_draft *draft, fv_span name)
{
    size_t end;
    if (!fv_view_match(draft->view, name.from, "sipfederationtls.", &end))
        return NULL;
    if (fv_view_match(draft->view, end, "tcp.", &end) && end < name.to)
        return fv_draft_domain(draft, fv_draft_copy(draft, (fv_span){end, name.to}));
    return NULL;
}

static bool judge_dns(fv_draft *draft)
{
    fv_span detail, name;
    bool failed = false;
    if (!fv_record_get(draft->record, FV_KEY_DETAIL, 0, &detail) ||
        !fv_record_get(draft->record, FV_KEY_NAME, 0, &name))
        return false;
    for (size_t i = 0; i < COUNT(resolve_failures) && !failed; i++)
        failed = fv_view_find(draft->view, detail, resolve_failures[i]) < detail.to ||
                 field_has(draft, FV_KEY_REASON, resolve_failures[i]);
    if (!failed)
        return false;
    const char *domain = service_domain(draft, name);
    found(draft, FEDVAL_INCIDENT_KIND_EXPRESSWAY_DNS,
          domain != NULL ? FINDING(SRV_MISSING) : FINDING(ADDRESS_MISSING), false, FV_KEY_DETAIL);
    draft->incident->domain = domain;
    if (domain == NULL)
        draft->incident->fqdns[draft->incident->num_fqdns++] = fv_draft_copy(draft, name);
    draft->incident->certainty = FEDVAL_CERTAINTY_INFERRED;
    draft->incident->basis = "from a look-up that Expressway's resolver could not answer";
    return true;
}

/* "sip:2000@acano.steven.lab" of an event. */
static const char *read_alias(fv_draft *draft, fv_key key, const char **out_domain)
{
    const char *alias = fv_draft_field(draft, key);
    if (alias == NULL)
        return NULL;
    if (fv_text_starts_nocase(fv_text_of(alias), fv_text_of("sip:")))
        alias += 4;
    const char *at = strchr(alias, '@');
    if (at != NULL)
        *out_domain =
            fv_draft_domain(draft, fv_draft_copy_text(draft, at + 1, strcspn(at + 1, ":;>")));
    return alias;
}

/* The event of a call that was rejected: the Event Log has it where the diagnostic log has the
 * message. */
static bool judge_rejection(fv_draft *draft)
{
    fedval_incident *incident = draft->incident;
    bool timed_out = field_has(draft, FV_KEY_DETAIL, "Server time-out") ||
                     field_has(draft, FV_KEY_REASON, "Server time-out");
    if (!timed_out && fv_draft_field_number(draft, FV_KEY_RESPONSE_CODE) != 504)
        return false;
    incident->kind = FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP;
    incident->from = read_alias(draft, FV_KEY_SRC_ALIAS, &incident->from_domain);
    incident->to = read_alias(draft, FV_KEY_DST_ALIAS, &incident->to_domain);
    incident->reported_code = "504";
    incident->reported_text = "Server time-out";
    incident->status = 504;
    incident->domain = incident->from_domain;
    incident->direction = FEDVAL_CALL_DIRECTION_TO_MICROSOFT;
    incident->finding = FINDING(CAUSE_NOT_IN_THIS_LOG);
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    return incident->from != NULL;
}

bool fv_judge_expressway(fv_draft *draft)
{
    if (draft->record->message != FV_START_NONE)
        return fv_judge_sip(draft);
    if (field_has(draft, FV_KEY_EVENT, "TLSNegotiationError"))
        return judge_tls_text(draft, FV_KEY_DETAIL, true) ||
               judge_tls_text(draft, FV_KEY_EVENT, true);
    if (field_has(draft, FV_KEY_EVENT, "CallRejected") ||
        field_has(draft, FV_KEY_EVENT, "SearchCompleted"))
        return judge_rejection(draft);
    if (field_has(draft, FV_KEY_MODULE, "developer.ssl"))
        return judge_tls_text(draft, FV_KEY_SSL_ERROR, false);
    if (field_has(draft, FV_KEY_MODULE, "network.tcp"))
        return judge_tcp(draft);
    return field_has(draft, FV_KEY_MODULE, "network.dns") && judge_dns(draft);
}
