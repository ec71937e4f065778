/* Expressway entries that are not SIP messages: TLS, TCP and events. */
#include "logs/interpret/draft.h"
#include "logs/interpret/method.h"
#include "logs/interpret/reason.h"

#include "base/sip_tls.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define FINDING(name) FEDVAL_FINDING_##name

static bool field_has(const fv_draft *draft, fv_key key, const char *word)
{
    fv_span span;
    return fv_entry_get(draft->entry, key, 0, &span) &&
           fv_sight_find(draft->sight, span, word) < span.to;
}

/* "['IPv4''TCP''172.16.2.2:5062']" */
static void read_socket(fv_draft *draft, fv_key key, const char **out_address, uint32_t *out_port)
{
    fv_span span;
    if (!fv_entry_get(draft->entry, key, 0, &span))
        return;
    fv_text text = fv_sight_text(draft->sight, span);
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

/* Sets the peer and our own port from source and destination. */
static void read_ends(fv_draft *draft, bool inbound)
{
    fedval_incident *incident = draft->incident;
    const char *unused = NULL;
    incident->peer = fv_draft_field(draft, inbound ? FV_KEY_SRC_IP : FV_KEY_DST_IP);
    incident->own_address = fv_draft_field(draft, inbound ? FV_KEY_DST_IP : FV_KEY_SRC_IP);
    incident->remote_port =
        fv_draft_field_number(draft, inbound ? FV_KEY_SRC_PORT : FV_KEY_DST_PORT);
    incident->port = fv_draft_field_number(draft, inbound ? FV_KEY_DST_PORT : FV_KEY_SRC_PORT);
    if (incident->peer == NULL)
        read_socket(draft, FV_KEY_REMOTE_ADDRESS, &incident->peer, &incident->remote_port);
    if (incident->port == 0)
        read_socket(draft, FV_KEY_LOCAL_ADDRESS, &unused, &incident->port);
}

/* Whether the other side called. The event or the IsServer field says it; otherwise the source port
 * decides. */
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
    /* Expressway's own calls come from the ports 25000 to 29999. */
    uint32_t port = fv_draft_field_number(draft, FV_KEY_SRC_PORT);
    return port != 0 && (port < 25000 || port > 29999);
}

/* Whether the entry has a field from which is_inbound can decide. */
static bool is_way_known(const fv_draft *draft)
{
    fv_span span;
    return field_has(draft, FV_KEY_EVENT, "bound") ||
           fv_entry_get(draft->entry, FV_KEY_IS_SERVER, 0, &span) ||
           fv_entry_get(draft->entry, FV_KEY_SRC_PORT, 0, &span);
}

/* Returns the port that was called, on whichever side it is. */
static uint32_t called_port(const fedval_incident *incident, bool inbound)
{
    return inbound ? incident->port : incident->remote_port;
}

/* Expressway-E listens for Expressway-C on the ports from 7001 on, one for each traversal zone. */
static bool is_traversal_port(uint32_t port)
{
    return port >= 7001 && port <= 7099;
}

/* Sets no side: a connection belongs to federation only if something later ties its peer to a
 * Microsoft side. */
static bool found(fv_draft *draft, uint32_t kind, uint32_t finding, bool inbound, fv_key text)
{
    fedval_incident *incident = draft->incident;
    incident->kind = kind;
    incident->finding = finding;
    incident->certainty = FEDVAL_CERTAINTY_STATED;
    incident->reported_text = fv_draft_field_spaced(draft, text);
    read_ends(draft, inbound);
    incident->in_traversal = is_traversal_port(called_port(incident, inbound));
    if (is_way_known(draft))
        incident->way = inbound ? FV_WAY_INBOUND : FV_WAY_OUTBOUND;
    const char *name = fv_draft_field(draft, FV_KEY_PEER_NAME);
    if (name != NULL && !fv_entry_is_cut(draft->entry, FV_KEY_PEER_NAME))
        incident->fqdns[incident->num_fqdns++] = name;
    return true;
}

/* Applies the meaning of the words, and the code that they express. */
static void apply_sentence(fv_draft *draft, const fv_sentence *sentence)
{
    fedval_incident *incident = draft->incident;
    if (sentence->kind != 0)
        incident->code = fv_symptom_code_find(sentence->kind, sentence->number);
    incident->detail = sentence->meaning;
    if (incident->detail == NULL && incident->code != NULL)
        incident->detail = incident->code->meaning;
    if (sentence->basis != NULL) {
        incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        incident->basis = sentence->basis;
    }
}

static bool judge_tls_text(fv_draft *draft, fv_key key, bool is_event)
{
    fv_span text;
    if (!fv_entry_get(draft->entry, key, 0, &text))
        return false;
    bool inbound = is_inbound(draft);
    const fv_sentence *sentence = fv_reason_find(draft->sight, text, is_event);
    if (sentence == NULL && !is_event)
        return false;
    uint32_t finding = sentence == NULL ? FINDING(TLS_HANDSHAKE_FAILED)
                       : inbound        ? sentence->inbound
                                        : sentence->outbound;
    found(draft, FEDVAL_INCIDENT_KIND_EXPRESSWAY_TLS, finding, inbound, key);
    if (sentence != NULL)
        apply_sentence(draft, sentence);
    draft->is_damaged = draft->is_damaged || fv_entry_is_cut(draft->entry, key);
    return true;
}

/* Partners are usually called on 5061, or 5062 with mutual TLS. A failure on another port belongs
 * to another service. */
static bool is_other_service(uint32_t port)
{
    return port != 0 && port != FV_SIP_TLS_PORT && port != FV_SIP_MUTUAL_TLS_PORT;
}

static bool judge_connect(fv_draft *draft)
{
    bool refused = field_has(draft, FV_KEY_REASON, "refused");
    bool inbound = is_inbound(draft);
    uint32_t port = fv_draft_field_number(draft, FV_KEY_DST_PORT);
    if (is_other_service(port)) {
        found(draft, FEDVAL_INCIDENT_KIND_EXPRESSWAY_TCP, FINDING(NOT_A_FEDERATION_FAULT), inbound,
              FV_KEY_DETAIL);
        draft->incident->certainty = FEDVAL_CERTAINTY_INFERRED;
        draft->incident->basis = "from the port, which is neither " FV_SIP_TLS_PORT_TEXT
                                 " nor " FV_SIP_MUTUAL_TLS_PORT_TEXT "; it counts only "
                                 "where the partner's SRV record names it";
        return true;
    }
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
    if (port != FV_SIP_TLS_PORT && port != FV_SIP_MUTUAL_TLS_PORT)
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

/* Whether ",CSeq=" or the like begins here. A comma within a user has no name after it. */
static bool is_next_value(const fv_sight *sight, size_t at, size_t end)
{
    size_t name = at + 1;
    if (sight->text[at] != ',')
        return false;
    while (name < end && (fv_ascii_is_alpha(sight->text[name]) || sight->text[name] == '-'))
        name++;
    return name == end || (name > at + 1 && sight->text[name] == '=');
}

/* Returns the value of `name` in "Receive Response Code=504, Method=INVITE, CSeq=1,
 * To=sip:alice@skype.lab, Call-ID=4f5a, ...". */
static fv_span value_in(const fv_draft *draft, fv_span detail, const char *name)
{
    size_t value;
    size_t at = fv_sight_find(draft->sight, detail, name);
    if (at >= detail.to || !fv_sight_match(draft->sight, at, name, &value))
        return (fv_span){detail.to, detail.to};
    size_t end = value;
    while (end < detail.to && !is_next_value(draft->sight, end, detail.to))
        end++;
    return (fv_span){value, end};
}

static const char *read_sequence(fv_draft *draft, fv_span detail)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_text number = fv_sight_text(draft->sight, value_in(draft, detail, ",CSeq="));
    fv_text method = fv_sight_text(draft->sight, value_in(draft, detail, ",Method="));
    fv_buf_append(&buf, number.data, number.len);
    fv_buf_append_char(&buf, ' ');
    fv_buf_append(&buf, method.data, method.len);
    draft->incident->method = fv_method_of(method);
    return fv_draft_take(draft, &buf);
}

/* A line that summarises a response, where messages themselves are not logged. It does not tell who
 * made the answer, so it counts if it came from port 5061, the port of a federation link. */
static bool judge_summary(fv_draft *draft)
{
    fv_span detail;
    fedval_incident *incident = draft->incident;
    if (!field_has(draft, FV_KEY_DETAIL, "ReceiveResponseCode=504,") ||
        !fv_entry_get(draft->entry, FV_KEY_DETAIL, 0, &detail) ||
        fv_draft_field_number(draft, FV_KEY_SRC_PORT) != FV_SIP_TLS_PORT)
        return false;
    incident->kind = FEDVAL_INCIDENT_KIND_EXPRESSWAY_SIP;
    incident->call_id = fv_draft_copy(draft, value_in(draft, detail, ",Call-ID="));
    incident->cseq = read_sequence(draft, detail);
    fv_span to = value_in(draft, detail, ",To=");
    fv_draft_read_party(draft, fv_sight_text(draft->sight, to), &incident->to);
    incident->peer = fv_draft_field(draft, FV_KEY_SRC_IP);
    incident->remote_port = FV_SIP_TLS_PORT;
    incident->port = fv_draft_field_number(draft, FV_KEY_LOCAL_PORT);
    fv_draft_report_time_out(incident);
    return true;
}

/* Whether the event is exactly "Inbound TLS Negotiation Error". If there is more text, the value
 * has lost its quotation marks. */
static bool is_whole_event(const fv_draft *draft)
{
    fv_span event;
    size_t end;
    if (!fv_entry_get(draft->entry, FV_KEY_EVENT, 0, &event))
        return false;
    size_t error = fv_sight_find(draft->sight, event, "TLSNegotiationError");
    return fv_sight_match(draft->sight, error, "TLSNegotiationError", &end) && end == event.to;
}

static bool is_of_call(const fv_draft *draft)
{
    static const char *const events[] = {"CallRejected", "SearchCompleted", "CallConnected",
                                         "CallAnswered"};
    for (size_t i = 0; i < COUNT(events); i++) {
        if (field_has(draft, FV_KEY_EVENT, events[i]))
            return true;
    }
    return false;
}

bool fv_judge_expressway(fv_draft *draft)
{
    if (draft->entry->message != FV_START_NONE)
        return fv_judge_sip(draft);
    if (field_has(draft, FV_KEY_EVENT, "TLSNegotiationError")) {
        return judge_tls_text(draft, FV_KEY_DETAIL, true) ||
               (is_whole_event(draft) && judge_tls_text(draft, FV_KEY_EVENT, true));
    }
    if (is_of_call(draft))
        return fv_judge_call_event(draft);
    if (field_has(draft, FV_KEY_MODULE, "developer.ssl"))
        return judge_tls_text(draft, FV_KEY_SSL_ERROR, false);
    if (field_has(draft, FV_KEY_MODULE, "network.tcp"))
        return judge_tcp(draft);
    if (field_has(draft, FV_KEY_MODULE, "network.sip"))
        return judge_summary(draft);
    return field_has(draft, FV_KEY_MODULE, "network.dns") && fv_judge_dns(draft);
}
